"""The rows of a table of records: each becomes one record, or one for each of its target years, or is refused whole.

A record with a cell that cannot be read would be another record without it, so nothing of such a row is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from flows.read.dates import find_dates
from flows.read.headers import is_column_numbers
from flows.read.ledger import Clerk, Ledger
from flows.read.numbers import Ambiguous, Missing, Number, decimals_of, read_number
from flows.read.record_header import RecordColumn, RecordHeader
from flows.read.regions import RegionBook, RegionMatch, decide_by_context
from flows.read.words import tokens_of, years_in
from flows.read.workbook import BrokenCell, Cell, Sheet, is_blank, shown
from flows.records import Finding, Records, SourceColumn, TableAccount
from schemas.kind import RecordField

NATION = "00"
_NATION_WORDS = {"00", "indonesia", "nasional", "republik indonesia"}
_YEARS = range(1990, 2070)


@dataclass(frozen=True)
class RecordReading:
    """What one table of records gave."""

    records: Records | None
    account: TableAccount
    columns: list[SourceColumn]
    findings: list[Finding]


class _Refused(Exception):
    """A cell that refuses its row: the rule, and what its message says."""

    def __init__(self, rule: str, **details: Any) -> None:
        super().__init__(rule)
        self.rule, self.details = rule, details


def read_records(sheet: Sheet, header: RecordHeader, book: RegionBook, ledger: Ledger) -> RecordReading:
    """Read the rows under a header."""
    reader = _RowReader(sheet, header, book, ledger)
    reader.book_header()
    for index in range(len(sheet.rows) - reader.first_row):
        reader.read_row(index)
    return reader.as_reading()


class _RowReader:
    """Reads one table, row by row."""

    def __init__(self, sheet: Sheet, header: RecordHeader, book: RegionBook, ledger: Ledger) -> None:
        self.sheet, self.header, self.book = sheet, header, book
        self.first_row = header.bottom + 1
        self.clerk = Clerk(ledger, sheet, self.first_row, [column.number for column in header.columns])
        self.rows: list[dict[str, Any]] = []
        self.last_row = header.bottom
        self.hidden = 0
        names = [column for column in header.known if column.field and column.field.reads in ("region", "place")]
        matches = [
            book.match(shown(row[column.number]))
            for column in names if not column.is_code for row in sheet.rows[self.first_row :]
        ]  # fmt: skip
        self.decided = decide_by_context(book, matches)
        self.region_above = self._region_above()

    def book_header(self) -> None:
        """Header and titles; the columns that are left out by name or not understood."""
        ledger, columns = self.clerk.ledger, [column.number for column in self.header.columns]
        ledger.book(slice(self.header.top, self.first_row), columns, "header")
        for row in range(self.header.top):
            for number, cell in enumerate(self.sheet.rows[row]):
                if (type(cell) is str and not is_blank(cell)) or isinstance(cell, date):
                    ledger.book([row], number, "furniture", "title")
        if self.first_row < len(self.sheet.rows) and is_column_numbers(self.sheet.rows[self.first_row]):
            ledger.book([self.first_row], columns, "header")
        body = slice(self.first_row, len(self.sheet.rows))
        for column in self.header.columns:
            if column.is_ignored:
                ledger.book(body, column.number, "ignored")
            elif column.field is None and ledger.book(body, column.number, "refused"):
                self.clerk.find("unknown_column", self.header.top, column.number, column.header_text,
                                words=column.header_text)  # fmt: skip

    def read_row(self, index: int) -> None:
        """Read one row of the body; a lone text is a note, a row with nothing but its region is not filled in."""
        cells = self.sheet.rows[self.first_row + index]
        filled = [column for column in self.header.known if not is_blank(cells[column.number])]
        if not filled or (index == 0 and is_column_numbers(cells)):
            return
        if len(filled) == 1 and type(cells[filled[0].number]) is str:
            self.clerk.book_row(index, "note")
            return
        if all(column.field is not None and column.field.reads in ("region", "place") for column in filled):
            self.clerk.book_row(index, "unfilled")
            return
        self.last_row = self.first_row + index
        record, faults = self._read_fields(cells, self.last_row)
        targets = self._expand(record, cells, self.last_row, faults)
        for column, fault in faults:
            text = shown(cells[column.number])
            self.clerk.refuse_row(fault.rule, index, column.number, text, header=column.header_text, **fault.details)
        if faults:
            return
        row = np.array([index])
        for column in filled:
            is_content = column.field in self.header.kind.contents
            self.clerk.book_cells(row, column.number, "loaded" if is_content else "header")
        self.rows += targets
        self.hidden += self.last_row in self.sheet.hidden_rows or self.sheet.is_hidden

    def _read_fields(self, cells: list[Cell], row: int) -> tuple[dict[str, Any], list[tuple[RecordColumn, _Refused]]]:
        """Every field of a row but the numbers that stand once a year; and the cells that refuse it."""
        record: dict[str, Any] = {"row": row}
        faults: list[tuple[RecordColumn, _Refused]] = []
        place = self.header.known[0]
        for field in self.header.kind.fields:
            columns = self.header.columns_of(field)
            plain = [column for column in columns if not column.year]
            place = plain[0] if plain else columns[0] if columns else place
            record |= _empty(field)
            try:
                if field.reads in ("region", "place"):
                    record |= self._read_region(field, plain, cells)
                elif plain and not is_blank(cells[plain[0].number]):
                    record |= _read_cell(field, cells[plain[0].number], self._is_percent(row, plain[0].number))
                    record[f"{field.name}_column"] = plain[0].number
                    if field.reads == "number" and np.isnan(record[field.name]) and self._is_needed(field):
                        raise _Refused("record_field_missing", field=field.title)
                elif field.name in self.header.said_above:
                    record[field.name] = self.header.said_above[field.name]
                elif field.default is not None:
                    record[field.name] = field.default
                elif self._is_needed(field):
                    raise _Refused("record_field_missing", field=field.title)
            except _Refused as fault:
                faults.append((place, fault))
        return record, faults

    def _is_needed(self, field: RecordField) -> bool:
        """Whether each row must fill it: not a year that the headers of numbers say, nor a number below such."""
        fed = [column.field for column in self.header.known if column.field and column.year]
        is_said_by_header = any(each is field or each.year_field == field.name for each in fed)
        return field.is_required and not field.may_be_empty and not is_said_by_header

    def _expand(
        self, record: dict[str, Any], cells: list[Cell], row: int, faults: list[tuple[RecordColumn, _Refused]]
    ) -> list[dict[str, Any]]:
        """A record for each year that heads a number in it: first those with one such column, then the others."""
        records = [record]
        for field in self.header.kind.numbers:
            dated = [column for column in self.header.columns_of(field) if column.year]
            made = []
            for column in dated:
                try:
                    if not is_blank(cells[column.number]):
                        read = _read_cell(field, cells[column.number], self._is_percent(row, column.number))
                        said = {field.year_field: column.year, f"{field.year_field}_column": -1}
                        said[f"{field.name}_column"] = column.number
                        made += [each | read | said for each in records] if not np.isnan(read[field.name]) else []
                except _Refused as fault:
                    faults.append((column, fault))
            whole = [each for each in records if not np.isnan(each[field.name])]
            records = whole + made if dated else records
            if not records and not faults:
                faults.append((dated[0], _Refused("record_field_missing", field=field.title)))
        return records

    def _is_percent(self, row: int, column: int) -> bool:
        return row in self.sheet.percent_rows.get(column, ())

    # -- regions ------------------------------------------------------------------------------------

    def _region_above(self) -> str:
        """The code of the one region that the titles or the sheet's name are about; empty where they name none."""
        texts = [cell for row in self.sheet.rows[: self.header.top] for cell in row if type(cell) is str]
        named = set().union(*(self.book.named_in(text) for text in (*texts, self.sheet.name)))
        return self.book.regions[named.pop()].code if len(named) == 1 else ""

    def _read_region(self, field: RecordField, columns: list[RecordColumn], cells: list[Cell]) -> dict[str, Any]:
        """The region by its code and name, which must agree; of a place also the text, and its region if it is one."""
        by_code, by_name = "", ""
        said: dict[str, Any] = {}
        for column in columns:
            cell = cells[column.number]
            if is_blank(cell):
                continue
            said[f"{field.name}_column"] = column.number
            if field.reads == "place" and not column.is_code:
                return said | {field.name: " ".join(shown(cell).split())}
            if column.is_code:
                by_code = self._code_of(cell)
            else:
                by_name = self._named(shown(cell))
        if by_code and by_name and by_code != by_name:
            raise _Refused("code_contradicts_name", code=by_code, means=self._shown(by_code))
        found = by_code or by_name or (self.region_above if field.is_said_above else "")
        if not found and field.is_required:
            raise _Refused("record_field_missing", field=field.title)
        return said | {field.name: found}

    def _code_of(self, cell: Cell) -> str:
        if shown(cell).strip("'") in ("0", NATION):
            return NATION
        places = self.book.match_code(cell)
        if len(places) != 1:
            raise _Refused("record_code_unknown", code=shown(cell))
        return self.book.regions[places[0]].code

    def _named(self, text: str) -> str:
        if " ".join(tokens_of(text)) in _NATION_WORDS:
            return NATION
        match = self.book.match(text)
        positions = (self.decided[match.positions],) if match.positions in self.decided else match.positions
        if len(positions) > 1:
            raise _Refused("region_ambiguous", regions=", ".join(map(self._shown, self._codes(match))))
        if not positions:
            near = ", ".join(f"{region.code} {region.name}" for region in self.book.nearest(text))
            raise _Refused("region_unknown", near=near)
        return self.book.regions[positions[0]].code

    def _codes(self, match: RegionMatch) -> list[str]:
        return [self.book.regions[place].code for place in match.positions]

    def _shown(self, code: str) -> str:
        return "Indonesia" if code == NATION else f"{code} {self.book.regions[self.book.position[code]].name}"

    def _settle_places(self) -> None:
        """A place without a code gets one where its name is one region's and no other's."""
        field = next((field for field in self.header.kind.fields if field.reads == "place"), None)
        for record in self.rows if field else ():
            if not record["region_code"] and field:
                match = self.book.match(record[field.name])
                is_nation = " ".join(tokens_of(record[field.name])) in _NATION_WORDS
                positions = (self.decided[match.positions],) if match.positions in self.decided else match.positions
                if is_nation or (len(positions) == 1 and match.role in ("region", "total")):
                    record["region_code"] = NATION if is_nation else self.book.regions[positions[0]].code
                elif match.role == "unknown" and (near := self.book.nearest(record[field.name])):
                    names = ", ".join(f"{region.code} {region.name}" for region in near)
                    self.clerk.find("place_unknown", record["row"], record[f"{field.name}_column"],
                                    record[field.name], near=names)  # fmt: skip

    # -- the whole ----------------------------------------------------------------------------------

    def as_reading(self) -> RecordReading:
        """What was read."""
        self._settle_places()
        if self.hidden:
            self.clerk.find("hidden_cells", self.first_row, self.header.known[0].number, "", count=self.hidden)
        kind, sheet, header = self.header.kind, self.sheet, self.header
        names = list(self.rows[0]) if self.rows else []
        fields = {name: [row[name] for row in self.rows] for name in names}
        size = len(self.rows)
        records = Records(kind.name, {"sheet_no": [sheet.number] * size, **fields}) if size else None
        corners = (header.columns[0], header.top), (header.columns[-1], self.last_row)
        place = ":".join(sheet.address(row, column.number) for column, row in corners)
        regions = tuple(dict.fromkeys(code for code in fields.get("region_code", []) if code))
        account = TableAccount(sheet.number, sheet.name, 1, kind.name, place, (), regions)
        columns = [self._source_column(column) for column in header.columns]
        return RecordReading(records, account, columns, self.clerk.findings)

    def _source_column(self, column: RecordColumn) -> SourceColumn:
        name = column.field.name if column.field else "ignored" if column.is_ignored else ""
        if column.year:
            name += f" {column.year}"
        letters = self.sheet.line(column.number)
        return SourceColumn(self.sheet.number, self.sheet.name, 1, letters, name, column.header_text, 1)


def _empty(field: RecordField) -> dict[str, Any]:
    """A field that is not there."""
    if field.reads == "number":
        return {field.name: np.nan, f"{field.name}_column": -1, f"{field.name}_text": "", f"{field.name}_step": np.nan}
    nothing = {"year": None, "period": None}.get(field.reads, "")
    return {field.name: nothing, f"{field.name}_column": -1}


def _read_cell(field: RecordField, cell: Cell, is_percent: bool) -> dict[str, Any]:
    """What a cell says of a field. Raises _Refused where it says nothing that the field can hold."""
    if isinstance(cell, BrokenCell):
        raise _Refused(cell.rule)
    if field.reads == "number":
        return _read_figure(field, cell, is_percent)
    readers: dict[str, Callable[[RecordField, Cell], Any]] = {
        "member": _read_member, "year": _read_year, "period": _read_period, "text": _read_text
    }  # fmt: skip
    return {field.name: readers[field.reads](field, cell)}


def _read_text(_: RecordField, cell: Cell) -> str:
    return " ".join(shown(cell).split())


def _read_member(field: RecordField, cell: Cell) -> str:
    words = [word for word in tokens_of(shown(cell)) if word != "persen"]
    for value, phrases in field.members.items():
        if words == list(tokens_of(value)) or any(words == list(tokens_of(phrase)) for phrase in phrases):
            return value
    raise _Refused("dimension_unknown", field=field.title)


def _read_year(field: RecordField, cell: Cell) -> int:
    text = shown(cell).strip()
    if years_in(text) == (text,) and int(text) in _YEARS:
        return int(text)
    raise _Refused("not_a_year", field=field.title)


def _read_period(field: RecordField, cell: Cell) -> date:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    text = shown(cell).strip()
    if years_in(text) == (text,):
        return date(int(text), 12, 31)
    days = {found.day for found in find_dates(text)}
    day = days.pop() if len(days) == 1 else None
    if day is None:
        raise _Refused("not_a_date", field=field.title)
    return day


def _read_figure(field: RecordField, cell: Cell, is_percent: bool) -> dict[str, Any]:
    """A number with its text and one unit of its last digit; a mark for missing leaves the field empty."""
    assert field.unit is not None
    name = field.name
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        value, factor = float(cell), 100 if is_percent and field.unit == "pct" else 1
        if field.unit == "pct" and not is_percent and 0 < abs(value) <= 1:
            raise _Refused("two_readings", one=value, other=round(value * 100, 10))
        step = factor * 10.0 ** -min(decimals_of(value), 9)
        return {name: round(value * factor, 10), f"{name}_text": shown(cell), f"{name}_step": step}
    found = read_number(cell, field.unit) if type(cell) is str else None
    if isinstance(found, Missing):
        return _empty(field)
    if isinstance(found, Ambiguous):
        raise _Refused("two_readings", one=found.one, other=found.other)
    if not isinstance(found, Number):
        raise _Refused("not_a_number")
    if field.unit == "pct" and not found.is_pct and 0 < abs(found.value) <= 1:
        raise _Refused("two_readings", one=found.value, other=round(found.value * 100, 10))
    return {name: found.value, f"{name}_text": cell, f"{name}_step": 10.0**-found.decimals}
