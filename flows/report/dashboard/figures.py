"""What the report shows, read from the published file alone: rows of the queries beside this module, and origins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.publish.asking import Row, read_rows
from flows.report.query import open_published

HERE = Path(__file__).parent
HISTORY = 6  # days of which a regency's table shows the figures; the chart shows all
_STEPS = ("province", "region", "segment", "target", "target_year", "distance")
_ANSWERS = ("history", "plan_origin", "assistance", "finding", "freshness", "printed_cell")
_COUNTS = (("e", "eligible"), ("a", "active"))


@dataclass(frozen=True)
class Figures:
    """Rows by the name of their query, the sheets that figures stand in, and the cells of each figure by its key.

    A key is `35.03/2025-10-31`; its text lists cells by segment as `PU e3!D17` (eligible workers, sheet 3, cell D17;
    `*` behind a corrected one) or, of a sum, the segments: `TOTAL e=PU+BPU`; without TOTAL it is the sum of all.
    """

    release: Row
    rows: dict[str, list[Row]]
    sheets: list[Row]
    cells: dict[str, str]


def read_figures(path: Path, lang: str) -> Figures:
    """Everything that the report shows. Raises NotPublished where there is no published file."""
    with open_published(path, lang) as connection:
        rows: dict[str, list[Row]] = {}
        for name in _STEPS:
            connection.execute(f"create temp table {name} as {read_query(name)}")
            rows[name] = read_rows(connection, f"from {name}")
        for name in _ANSWERS:
            rows[name] = read_rows(connection, read_query(name))
        origins = read_rows(connection, read_query("origin"), {"history": HISTORY})
        extracts = {row["extract_id"]: row for row in read_rows(connection, "from meta.extract")}
        (release,) = read_rows(connection, "from meta.release")
    places = Places(extracts)
    return Figures(release, rows, places.sheets, {**_coverage_cells(origins, places), **_other_cells(rows, places)})


def read_query(name: str) -> str:
    """The text of a query."""
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


class Places:
    """Numbers the sheets in the order in which figures name them, so that a cell is a few letters."""

    def __init__(self, extracts: dict[str, Row]) -> None:
        self._extracts, self._numbers = extracts, dict[tuple[str, str], int]()
        self.sheets: list[Row] = []

    def cell(self, mark: str, extract_id: str, sheet: str, cell: str) -> str:
        """A cell as the page's script reads it: `e3!D17`."""
        key = (extract_id, sheet)
        if key not in self._numbers:
            extract = self._extracts[extract_id]
            self._numbers[key] = len(self.sheets)
            facts = {name: extract[name] for name in ("file_name", "source", "received_at")}
            self.sheets.append(facts | {"sheet": sheet})
        return f"{mark}{self._numbers[key]}!{cell}"


def _coverage_cells(origins: list[Row], places: Places) -> dict[str, str]:
    """By region and day the segments with their cells; a TOTAL that is the sum of all the others is left out."""
    days: dict[str, list[str]] = {}
    for row in origins:
        said = []
        for mark, name in _COUNTS:
            if row[f"{name}_cell"]:
                place = [row[f"{name}_{part}"] for part in ("extract", "sheet", "cell")]
                said.append(places.cell(mark, *place) + ("*" if row[f"{name}_is_corrected"] else ""))
            elif row[f"{name}_total_source"]:
                said.append(f"{mark}={row[f'{name}_total_source']}")
        segments = days.setdefault(f"{row['region_code']}/{row['as_of_date']}", [])
        others = "+".join(sorted(segment.partition(" ")[0] for segment in segments))
        if said != [f"e={others}", f"a={others}"]:
            segments.append(" ".join([row["segment"], *said]))
    return {day: "|".join(segments) for day, segments in days.items()}


def _other_cells(rows: dict[str, list[Row]], places: Places) -> dict[str, str]:
    """The cells of targets, programmes and printed figures, by `plan/35.03/RPJPD`, `aid/…`, `print/…`."""
    cells: dict[str, list[str]] = {}

    def add(key: str, mark: str, row: Row, cell: Any) -> None:
        if cell:
            cells.setdefault(key, []).append(places.cell(mark, row["extract_id"], row["sheet"], cell))

    for row in rows["plan_origin"]:
        add(f"plan/{row['region_code']}/{row['document']}", row["what"][0], row, row["cell"])
    for row in rows["assistance"]:
        for mark, name in (("r", "recipients"), ("m", "months"), ("g", "budget")):
            add(f"aid/{row['assistance_id']}", mark, row, row[f"{name}_cell"])
    for row in rows["printed_cell"]:
        for mark, name in (("p", "coverage_pct"), ("a", "active_members"), ("e", "eligible_workers")):
            add(f"print/{row['published_figure_id']}", mark, row, row[f"{name}_cell"])
    return {key: " ".join(said) for key, said in cells.items()}
