"""A small builder of real .xlsx files, and a plain view of what the reader made of them.

Rows are lists from column A on; None is a blank cell. What is loaded is shown by cell address, so that
an expected value stands in a test as a person reads it in the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter

from flows.addresses import a1
from flows.messages import message_of, severity_of
from flows.read.extract import read_extract
from flows.read.limits import Limits
from flows.read.regions import RegionBook, load_region_book
from flows.read.words import Vocabulary, vocabulary_of
from flows.records import Finding, Reading
from flows.validate import Validated, validate
from schemas.catalogue import all_kinds
from schemas.regions import read_regions

TITLE = "Cakupan Jamsostek per 13 November 2024"
HEADER = ["Kabupaten/Kota", "Semesta", "Peserta Aktif"]


class Builder:
    """Writes one workbook, sheet by sheet, at a place of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = xlsxwriter.Workbook(str(path))
        self._formats: dict[str, Any] = {}

    def sheet(
        self,
        rows: Sequence[Sequence[Any]],
        name: str = "Rekap",
        at: tuple[int, int] = (0, 0),
        merges: Sequence[str] = (),
        formats: dict[str, str] | None = None,
        hidden_rows: Sequence[int] = (),
        hidden_columns: Sequence[str] = (),
        hidden: bool = False,
    ) -> Builder:
        """A sheet of rows from `at` on; `merges` as "B3:D3"; `formats` by cell; hidden rows as Excel counts them."""
        page = self.book.add_worksheet(name)
        formats = formats or {}
        for number, row in enumerate(rows, start=at[0]):
            for column, value in enumerate(row, start=at[1]):
                if value is not None:
                    self._write(page, number, column, value, formats.get(a1(number, column), ""))
        for area in merges:
            page.merge_range(area, "")  # this blanks the first cell, so its value is written again
            top, left = _place(area.partition(":")[0])
            value = rows[top - at[0]][left - at[1]]
            if value is not None:
                self._write(page, top, left, value, "")
        for row in hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        for letters in hidden_columns:
            page.set_column(f"{letters}:{letters}", None, None, {"hidden": True})
        if hidden:
            page.hide()
        return self

    def save(self) -> Path:
        """Close the file; where it lies."""
        self.book.close()
        return self.path

    def _write(self, page: Any, row: int, column: int, value: Any, number_format: str) -> None:
        style = None
        if number_format or isinstance(value, date):
            shown_as = number_format or "dd/mm/yyyy"
            style = self._formats.setdefault(shown_as, self.book.add_format({"num_format": shown_as}))
        if isinstance(value, str) and value.startswith("="):
            formula, _, stored = value.partition(" -> ")
            page.write_formula(row, column, formula, style, int(stored))
        elif isinstance(value, str):
            page.write_string(row, column, value, style)
        elif isinstance(value, date):
            page.write_datetime(row, column, _as_datetime(value), style)
        else:
            page.write_number(row, column, value, style)


def _as_datetime(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.min + timedelta(days=value.toordinal() - 1)


def _place(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]) - 1, column - 1


@dataclass(frozen=True)
class Seen:
    """A reading in plain words. `loaded` holds each loaded cell of the first or the named sheet by address."""

    reading: Reading

    @property
    def loaded(self) -> dict[str, tuple[Any, ...]]:
        """Address (with the sheet's name before it where there are several) → what it was loaded as."""
        return {
            place: (region, *(said for said in dimensions), measure, value)
            for place, region, dimensions, measure, value in _plain(self.reading)
        }

    @property
    def values(self) -> dict[str, float]:
        """Address → value."""
        return {place: value for place, _, _, _, value in _plain(self.reading)}

    @property
    def rules(self) -> list[str]:
        """The findings, as "rule" or "rule at CELL", in order."""
        return [f"{f.rule} at {f.cell}" if f.cell else f.rule for f in self.reading.findings]

    @property
    def errors(self) -> list[str]:
        """The findings that refuse something, as in `rules`."""
        return [
            f"{f.rule} at {f.cell}" if f.cell else f.rule
            for f in self.reading.findings
            if severity_of(f.rule) == "error"
        ]

    def furniture(self, sheet: int = 0) -> dict[str, int]:
        """The furniture of a sheet, by rule."""
        return self.reading.sheets[sheet].furniture_rules

    def message(self, rule: str) -> str:
        """The message of the first finding of that rule, in Bahasa Indonesia."""
        return message_of(next(f for f in self.reading.findings if f.rule == rule))


def by_column(seen: Seen) -> dict[str, tuple[Any, ...]]:
    """Column → what is loaded from it, without region and value."""
    return {place[:1]: said[1:-1] for place, said in seen.loaded.items()}


@lru_cache(maxsize=1)
def _tools() -> tuple[RegionBook, Vocabulary]:
    book = load_region_book()
    return book, vocabulary_of(all_kinds(), book.province_names)


def read(path: Path, name: str = "") -> Seen:
    """Read a file as the job does, and see that every cell is accounted for."""
    book, vocabulary = _tools()
    reading = read_extract(path, name or path.name, "x", vocabulary, book, Limits(largest_sheet_cells=10**7))
    for sheet in reading.sheets:
        buckets = sheet.header + sheet.loaded + sheet.furniture + sheet.ignored + sheet.refused
        assert buckets == sheet.cells, f"{sheet.sheet}: {buckets} of {sheet.cells} cells are accounted for"
        assert sum(sheet.furniture_rules.values()) == sheet.furniture
    for finding in reading.findings:
        assert "{" not in message_of(finding) and "{" not in message_of(finding, "en")
    return Seen(reading)


def read_rows(path: Path, rows: Sequence[Sequence[Any]], name: str = "Rekap", **options: Any) -> Seen:
    """Write the rows into one sheet of a workbook in that folder, and read it."""
    return read(Builder(path / "kiriman.xlsx").sheet(rows, name, **options).save())


def judge(seen: Seen) -> Validated:
    """The reading after validation, alone in its batch."""
    return validate([seen.reading], read_regions())


def judged(seen: Seen) -> tuple[dict[str, float], list[Finding]]:
    """What validation lets through, address → value, and all findings."""
    result = judge(seen)
    values = {
        a1(int(row.cell_row), int(row.cell_column)): float(row.value)
        for frame in result.cells.values()
        for row in frame.itertuples()
    }
    return values, result.findings.get("x", [])


def _plain(reading: Reading) -> list[tuple[str, str, list[Any], str, float]]:
    book, vocabulary = _tools()
    names = {sheet.sheet_no: sheet.sheet for sheet in reading.sheets}
    several = len({int(n) for cells in reading.cells for n in cells.fields["sheet_no"]}) > 1
    plain = []
    for cells in reading.cells:
        kind = next(lexicon.kind for lexicon in vocabulary.lexicons if lexicon.kind.name == cells.kind)
        fields = cells.fields
        for at in range(len(cells)):
            place = a1(int(fields["cell_row"][at]), int(fields["cell_column"][at]))
            if several:
                place = f"{names[int(fields['sheet_no'][at])]}!{place}"
            dimensions: list[Any] = []
            for dimension in kind.dimensions:
                code = int(fields[dimension.name][at])
                if dimension.reads == "date":
                    dimensions.append(str(date(1970, 1, 1) + timedelta(days=code)))
                elif dimension.reads == "year":
                    dimensions.append(code)
                elif (member := list(dimension.members)[code]) != "unstated":
                    dimensions.append(member)
            region = book.regions[int(fields["region"][at])].code
            measure = kind.measures[int(fields["measure"][at])].name
            plain.append((place, region, dimensions, measure, float(fields["value"][at])))
    assert len({place for place, *_ in plain}) == len(plain), "a cell is loaded twice"
    return plain
