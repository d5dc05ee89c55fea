"""The naive way, as most would write it: pandas reads each file, a melt, the Pandera model per file, an insert.

It knows the two layouts of `make_inputs` by heart (header rows, columns), parses the same text numbers and goes
by the same model, so that what it loads and refuses can be compared with ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd
from pandera.errors import SchemaErrors

from flows.addresses import a1
from schemas.coverage import SEGMENTS, Coverage
from schemas.fields import kind_of
from tests.benchmarks.make_inputs import MONTHS, Expected

Engine = Literal["openpyxl", "calamine"]
_MEASURE = {"Semesta": "eligible_workers", "Peserta Aktif": "active_members", "Cakupan (%)": "reported_coverage_pct"}
_KEYS = ["region_code", "as_of_date", "segment"]
_MODEL_COLUMNS = list(Coverage.to_schema().columns)


def run_naive(inbox: Path, files: Sequence[Path], target: Path, engine: Engine) -> Expected:
    """Load the files into a new DuckDB file; what was loaded and what was refused."""
    refused: list[list[str]] = []
    with duckdb.connect(str(target)) as connection:
        connection.execute(
            "create table coverage (file varchar, cell varchar, region_code varchar, as_of_date date, segment varchar, "
            "measure varchar, value double)"
        )
        for path in files:
            name = path.relative_to(inbox).as_posix()
            cells, bad = load_file(path, engine)
            refused += [[name, cell, rule] for cell, rule in bad]
            cells["file"] = name
            connection.register("cells", cells)
            connection.execute(
                "insert into coverage select file, cell, region_code, as_of_date, segment, measure, value from cells"
            )
            connection.unregister("cells")
        rows = connection.execute("select measure, count(*), sum(value) from coverage group by measure").fetchall()
    return Expected(sum(row[1] for row in rows), {row[0]: row[2] for row in rows}, refused)


def load_file(path: Path, engine: Engine) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """The good cells of one file, and its refused cells with their rules."""
    sheet = pd.read_excel(path, header=None, engine=engine, keep_default_na=False, dtype=object)
    cells = _melt_long(sheet) if sheet.iat[2, 0] == "Kode Wilayah" else _melt_wide(sheet)
    parsed = [_number(raw, measure) for raw, measure in zip(cells["raw"], cells["measure"], strict=True)]
    cells["value"] = [value for value, _ in parsed]
    cells["step"] = [step for _, step in parsed]
    cells["value"] = cells["value"].astype(float)
    wrong = cells["value"].isna()
    bad = [
        (a1(int(row), int(column)), "not_a_number") for row, column in cells.loc[wrong, ["row", "column"]].to_numpy()
    ]
    cells = cells[~wrong]
    failed = _failures(cells)
    is_bad = pd.Series(list(zip(cells["row"], cells["column"], strict=True)), index=cells.index).isin(failed.keys())
    bad += [(a1(row, column), rule) for (row, column), rule in failed.items()]
    good = cells[~is_bad].copy()
    good["cell"] = [a1(row, column) for row, column in zip(good["row"], good["column"], strict=True)]
    return good, bad


def _melt_wide(sheet: pd.DataFrame) -> pd.DataFrame:
    """The small layout: date in the title, segment and measure in a two-row header."""
    found = re.search(r"Per (\d+) (\w+) (\d{4})", str(sheet.iat[1, 0]))
    if found is None:
        raise ValueError("no date in the title")
    day = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    segments = sheet.iloc[3].replace("", None).ffill()
    measures = sheet.iloc[4]
    body = sheet.iloc[5:]
    body = body[body[2].astype(str).str.match(r"\d\d\.\d\d$")]
    wanted = [column for column in sheet.columns if measures[column] in _MEASURE]
    cells = body.assign(row=body.index).melt(["row", 2], wanted, "column", "raw").rename(columns={2: "region_code"})
    cells["segment"] = cells["column"].map(segments)
    cells["measure"] = cells["column"].map(measures).map(_MEASURE)
    cells["as_of_date"] = pd.Timestamp(day)
    return cells[cells["raw"] != ""]


def _melt_long(sheet: pd.DataFrame) -> pd.DataFrame:
    """The large layout: a row a region × date × segment."""
    body = sheet.iloc[3:].rename(columns={0: "region_code", 2: "as_of_date", 3: "segment"})
    body = body.assign(row=body.index, as_of_date=pd.to_datetime(body["as_of_date"]))
    cells = body.melt(["row", *_KEYS], [4, 5, 6], "column", "raw")
    cells["measure"] = cells["column"].map(sheet.iloc[2]).map(_MEASURE)
    return cells


def _number(raw: Any, measure: str) -> tuple[float | None, float]:
    """A number and one unit of its last printed digit; None where it is no number."""
    if not isinstance(raw, str):
        return float(raw), 10.0 ** -len(f"{float(raw):.15g}".partition(".")[2])
    text = raw.strip().rstrip("%")
    text = text.replace(",", ".") if measure == "reported_coverage_pct" else text.replace(".", "")
    try:
        return float(text), 10.0 ** -len(text.partition(".")[2])
    except ValueError:
        return None, 0.0


def _failures(cells: pd.DataFrame) -> dict[tuple[int, int], str]:
    """The cells that fail a check which refuses, by row and column of the sheet."""
    records = cells.pivot(index=_KEYS, columns="measure", values="value").reset_index()
    places = cells.assign(place=list(zip(cells["row"], cells["column"], strict=True)))
    places = places.pivot(index=_KEYS, columns="measure", values="place").reset_index()
    steps = cells[cells["measure"] == "reported_coverage_pct"].set_index(_KEYS)["step"]
    records["reported_coverage_pct_step"] = steps.reindex(pd.MultiIndex.from_frame(records[_KEYS])).to_numpy()
    records["extract_no"] = pd.Series(0, index=records.index, dtype="int32")
    records["basis"] = pd.Categorical(["unstated"] * len(records))
    records["region_code"] = records["region_code"].astype("category")
    records["segment"] = pd.Categorical(records["segment"], list(SEGMENTS))
    records["as_of_date"] = records["as_of_date"].astype("datetime64[ns]")
    try:
        Coverage.validate(records[_MODEL_COLUMNS], lazy=True)
        return {}
    except SchemaErrors as errors:
        failures = errors.failure_cases
    return _placed(failures, places)


def _placed(failures: pd.DataFrame, places: pd.DataFrame) -> dict[tuple[int, int], str]:
    rules = kind_of(Coverage).rules
    failed: dict[tuple[int, int], str] = {}
    for check, column, index in failures[["check", "column", "index"]].itertuples(index=False):
        if rules[check].severity == "error":
            for measure in rules[check].measures or (column,):
                failed[places.at[int(index), measure]] = check
    return failed
