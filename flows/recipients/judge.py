"""Judge the rows of lists: set operations in DuckDB, in memory; what leaves it are places, rules and keyed hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from flows.build.models import SQL
from flows.read.dates import MONTH_PATTERN, month_number
from flows.recipients.keys import NikKey
from flows.recipients.read_lists import FIELDS, PeopleSheet, name_key
from schemas.recipients import RULES
from schemas.regions import Region
from schemas.villages import Village

# PNS, PPPK, TNI and Polri have their own insurer (Taspen, Asabri).
_EXCLUDED = (
    "asn", "pns", "pppk", "p k", "cpns", "tni", "polri", "asn pns", "asn pppk", "pns asn", "tni polri", "polisi",
    "pegawai negeri sipil", "pegawai negeri sipil pns", "pegawai negeri", "aparatur sipil negara", "tentara", "tni ad",
    "tentara nasional indonesia", "tentara nasional indonesia tni", "kepolisian ri", "kepolisian",
    "kepolisian ri polri",
    "kepolisian republik indonesia", "anggota tni", "anggota polri", "tni al", "tni au", "guru pns", "guru asn",
    "asn tni polri", "pegawai pemerintah dengan perjanjian kerja",
)  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """On which day cover begins, and how old one may be on it: from `lowest_age` on, below `age_limit`."""

    cover_day: date
    lowest_age: int
    age_limit: int


@dataclass(frozen=True)
class Reference:
    """What places there are."""

    villages: tuple[Village, ...]
    regions: tuple[Region, ...]

    def village_keys(self) -> frozenset[str]:
        return frozenset(name_key(village.name) for village in self.villages)

    def district_keys(self) -> frozenset[str]:
        return frozenset(name_key(village.district) for village in self.villages)


def judge_rows(
    sheets: Sequence[PeopleSheet], reference: Reference, terms: Terms, key: NikKey, folder: Path, name: str
) -> None:
    """Judge every row by itself; what is kept of the rows and their faults go into two files of a folder.

    They hold nothing by which a person is known without the key.
    """
    with connect() as connection:
        _load_reference(connection, reference)
        for number, sheet in enumerate(sheets):
            cells = _as_columns(sheet)
            connection.register("read_cells", cells)
            connection.execute(
                f"{'insert into cell_text' if number else 'create table cell_text as'} select * from read_cells"
            )
            connection.unregister("read_cells")
        ask = {"cover_day": terms.cover_day, "lowest_age": terms.lowest_age, "age_limit": terms.age_limit, **key.pads}
        for table in ("person", "placed", "row_fault", "kept_row"):
            make_table(connection, table, ask)
        for table, path in zip(("kept_row", "row_fault"), judged_files(folder, name), strict=True):
            connection.execute(f"copy {table} to '{str(path).replace(chr(39), chr(39) * 2)}' (format parquet)")


def judged_files(folder: Path, name: str) -> tuple[Path, Path]:
    """Where the rows and the faults of a list wait for the desk."""
    return folder / f".{name}.rows.part", folder / f".{name}.faults.part"


def connect(path: str = ":memory:", memory_mb: int = 1000) -> duckdb.DuckDBPyConnection:
    """A database that never spills to the disk what it holds in memory."""
    return duckdb.connect(path, config={"memory_limit": f"{memory_mb}MB", "temp_directory": ""})


def make_table(connection: duckdb.DuckDBPyConnection, name: str, ask: dict[str, Any] | None = None) -> None:
    """Make a table of `sql/recipients/`, with those parameters that it names."""
    sql = (SQL / "recipients" / f"{name}.sql").read_text(encoding="utf-8")
    given = {parameter: value for parameter, value in (ask or {}).items() if f"${parameter}" in sql}
    connection.execute(f"create or replace temp table {name} as {sql}", given)


def add_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """The rules and their weight: what makes a row not eligible goes before what is to be mended."""
    order = sorted(RULES, key=lambda rule: RULES[rule].outcome != "not_eligible")
    connection.execute("create or replace temp table recipient_rule (rule varchar, outcome varchar, weight integer)")
    connection.executemany(
        "insert into recipient_rule values (?, ?, ?)", [[r, RULES[r].outcome, n] for n, r in enumerate(order)]
    )


def _load_reference(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    villages = reference.villages
    columns = {
        "village_code": [village.code for village in villages],
        "village_digits": [village.code.replace(".", "") for village in villages],
        "village_key": [name_key(village.name) for village in villages],
        "district_key": [name_key(village.district) for village in villages],
    }
    _put(connection, "village", columns)
    regencies = [region.code.replace(".", "") for region in reference.regions if region.kind != "provinsi"]
    _put(connection, "known_region", {"nik_region": regencies})
    _put(connection, "excluded_occupation", {"words": list(_EXCLUDED)})
    names = MONTH_PATTERN.removeprefix("(?:").partition(")")[0].split("|")
    _put(connection, "month_name", {"name": names, "month_no": [month_number(name) for name in names]})


def _put(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, list[Any]]) -> None:
    named = ", ".join(f"unnest(?) as {name}" for name in columns)
    connection.execute(f"create table {table} as select {named}", list(columns.values()))


def _as_columns(sheet: PeopleSheet) -> dict[str, np.ndarray]:
    size = len(sheet)
    empty = np.full(size, "", dtype=object)
    columns = {name: np.array(sheet.texts[name], dtype=object) if name in sheet.texts else empty for name in FIELDS}
    return {
        "sheet_no": np.full(size, sheet.sheet_no, dtype=np.int32),
        "row_no": np.array(sheet.rows, dtype=np.int32),
        **columns,
        "said_village": np.full(size, sheet.said_village, dtype=object),
        "said_district": np.full(size, sheet.said_district, dtype=object),
    }
