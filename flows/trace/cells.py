"""The cells that figures rest on: what is known of each, and whether its kept workbook still says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.addresses import place_of
from flows.publish.asking import read_rows
from flows.read.limits import Limits, UnreadableFile, limits_of
from flows.read.open_file import open_workbook
from flows.read.workbook import Cell, Sheet, shown
from flows.receive.inbox import hash_file
from flows.settings import Settings

_VALUES = """
select value_id, extract_id, sheet, cell, source, region_code, cast(as_of_date as varchar) as as_of, segment, basis,
    measure, value, raw_text, received_at, known_from, correction_id as correction_ids
from core.coverage_value where value_id in (select unnest($ids))
union all
select value_id, extract_id, sheet, cell, source, region_code, cast(year as varchar), '', '', measure, value, raw_text,
    received_at, known_from, correction_id
from core.labour_force_value where value_id in (select unnest($ids))
union all
select plan_target_id || '#baseline', extract_id, sheet, baseline_cell, source, region_code,
    cast(baseline_year as varchar), segment, '', 'baseline_pct', baseline_pct, baseline_raw_text, received_at,
    known_from, correction_ids
from core.plan_target where plan_target_id || '#baseline' in (select unnest($ids))
union all
select plan_target_id, extract_id, sheet, target_cell, source, region_code, cast(target_year as varchar), segment, '',
    'target_pct', target_pct, target_raw_text, received_at, known_from, correction_ids
from core.plan_target where plan_target_id in (select unnest($ids))
union all
select published_figure_id || '#coverage_pct', extract_id, sheet, coverage_pct_cell, source, region_code,
    cast(stated_on as varchar), segment, '', 'coverage_pct', coverage_pct, coverage_pct_raw_text, received_at,
    known_from, correction_ids
from core.published_figure where published_figure_id || '#coverage_pct' in (select unnest($ids))
union all
select published_figure_id || '#active_members', extract_id, sheet, active_members_cell, source, region_code,
    cast(stated_on as varchar), segment, '', 'active_members', active_members, active_members_raw_text, received_at,
    known_from, correction_ids
from core.published_figure where published_figure_id || '#active_members' in (select unnest($ids))
union all
select published_figure_id || '#eligible_workers', extract_id, sheet, eligible_workers_cell, source, region_code,
    cast(stated_on as varchar), segment, '', 'eligible_workers', eligible_workers, eligible_workers_raw_text,
    received_at, known_from, correction_ids
from core.published_figure where published_figure_id || '#eligible_workers' in (select unnest($ids))
union all
select assistance_id || '#recipients', extract_id, sheet, recipients_cell, source, region_code, cast(year as varchar),
    '', '', 'recipients', recipients, recipients_raw_text, received_at, known_from, correction_ids
from core.assistance where assistance_id || '#recipients' in (select unnest($ids))
union all
select assistance_id || '#months', extract_id, sheet, months_cell, source, region_code, cast(year as varchar), '', '',
    'months', months, months_raw_text, received_at, known_from, correction_ids
from core.assistance where assistance_id || '#months' in (select unnest($ids))
union all
select assistance_id || '#budget_rupiah', extract_id, sheet, budget_cell, source, region_code, cast(year as varchar),
    '', '', 'budget_rupiah', budget_rupiah, budget_raw_text, received_at, known_from, correction_ids
from core.assistance where assistance_id || '#budget_rupiah' in (select unnest($ids))
"""
_FILES = """
select extract.extract_id, extract.file_name, min(receipt.kept_as) as kept_as
from meta.extract as extract
join meta.receipt as receipt
    on extract.extract_id = receipt.sha256 and receipt.outcome = 'new' and receipt.kind = 'extract'
where extract.extract_id in (select unnest($ids))
group by all
"""


@dataclass(frozen=True)
class SourceCell:
    """A cell with its place, what it held, when it came, and what the kept workbook says now.

    `confirmed` is True where the kept bytes are those that came and the cell still holds that text; `found_now` is what
    it holds where it does not. `correction_ids` are corrections of the cell, or of others in its row.
    """

    value_id: str
    extract_id: str
    file_name: str
    kept_as: str
    sheet: str
    cell: str
    source: str
    region_code: str
    as_of: str
    segment: str
    measure: str
    value: Any
    raw_text: str
    received_at: datetime
    known_from: datetime
    correction_ids: tuple[str, ...] = ()
    confirmed: bool = False
    found_now: str = ""


class CellReader:
    """Looks cells up in the published file and confirms them in the kept workbooks, each of which is opened once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
        self._connection, self._settings = connection, settings
        self._sheets: dict[str, dict[str, Sheet]] = {}
        self._faults: dict[str, str] = {}

    def read(self, value_ids: Iterable[str]) -> dict[str, SourceCell]:
        """The cells of some ids, confirmed or not. An id that nothing holds is left out."""
        ids = sorted(set(value_ids))
        rows = read_rows(self._connection, _VALUES, {"ids": ids})
        extract_ids = sorted({row["extract_id"] for row in rows})
        files = {row[0]: row[1:] for row in self._connection.execute(_FILES, {"ids": extract_ids}).fetchall()}
        return {row["value_id"]: self._confirm(row, *files[row["extract_id"]]) for row in rows}

    def _confirm(self, row: dict[str, Any], file_name: str, kept_as: str) -> SourceCell:
        found = self._found(row, self._settings.received / kept_as)
        facts = {name: row[name] for name in row if name not in ("basis", "correction_ids")}
        is_confirmed = found is not None and says_the_same(found, row["raw_text"])
        said = self._faults.get(row["extract_id"], "") if found is None else "" if is_confirmed else shown(found)
        return SourceCell(
            **facts, file_name=file_name, kept_as=kept_as, confirmed=is_confirmed, found_now=said,
            correction_ids=tuple(filter(None, (row["correction_ids"] or "").split(","))),
        )  # fmt: skip

    def _found(self, row: dict[str, Any], path: Path) -> Cell | None:
        """What the cell of the kept workbook holds; None where its bytes are not those that came, or are gone."""
        extract_id = row["extract_id"]
        if extract_id not in self._sheets and extract_id not in self._faults:
            self._open(extract_id, path)
        sheet = self._sheets.get(extract_id, {}).get(row["sheet"])
        if sheet is None:
            return None
        line, place = place_of(row["cell"])
        is_inside = line < len(sheet.rows) and place < sheet.width
        return sheet.rows[line][place] if is_inside else ""

    def _open(self, extract_id: str, path: Path) -> None:
        try:
            if hash_file(path) != extract_id:
                self._faults[extract_id] = f"{path}: sha256"
                return
            limits: Limits = limits_of(self._settings)
            self._sheets[extract_id] = {sheet.name: sheet for sheet in open_workbook(path, limits).sheets}
        except (OSError, UnreadableFile) as fault:
            self._faults[extract_id] = f"{path}: {fault}"


def says_the_same(cell: Cell, raw_text: str) -> bool:
    """Whether a cell holds the text that is kept: as text, or as the same number."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        try:
            return float(cell) == float(raw_text)
        except ValueError:
            return False
    return (cell if isinstance(cell, str) else shown(cell)) == raw_text or isinstance(cell, date)
