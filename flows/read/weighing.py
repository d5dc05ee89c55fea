"""What was weighed while a sheet was read, and why one thing won: for `ucj check -v`. It decides nothing itself.

It asks the same functions as the reader, in the same order, and keeps what they passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.read.dates import dates_of_figures, find_dates, is_about_figures
from flows.read.headers import find_anchors, find_label_anchors
from flows.read.layout import Table, find_tables
from flows.read.months import find_months
from flows.read.regions import RegionBook
from flows.read.said_time import date_texts, is_signature
from flows.read.turned import find_areas
from flows.read.words import Lexicon
from flows.read.workbook import Sheet, shown


@dataclass(frozen=True)
class Weighed:
    """A candidate: for what (`header`, `kind`, `date`), where, its text, and the verdict's code."""

    sheet: str
    what: str
    place: str
    text: str
    verdict: str


def weigh_sheet(sheet: Sheet, file_name: str, lexicons: Sequence[Lexicon], book: RegionBook) -> Iterator[Weighed]:
    """The candidates for headers, kinds and dates of one sheet, in the order in which they were looked at."""
    tables = find_tables(sheet, lexicons, book)
    yield from _headers(sheet, tables, lexicons, book)
    for table in tables:
        yield from _kinds(table, lexicons)
        yield from _dates(table, file_name)


def _headers(sheet: Sheet, tables: Sequence[Table], lexicons: Sequence[Lexicon], book: RegionBook) -> Iterator[Weighed]:
    used = {table.sheet.address(table.header_top, table.anchor) for table in tables}
    for anchor in find_anchors(sheet, lexicons, book):
        is_used = sheet.address(anchor.top, anchor.column) in used and not tables[0].sheet.is_turned
        verdict = "upright" if is_used else "no_measure"
        yield _header(sheet, anchor.row, anchor.column, verdict)
    if any(table.names_regions and not table.sheet.is_turned for table in tables):
        return
    for area in find_areas(sheet, book):
        verdict = "turned" if sheet.address(area.top, area.left) in used else "no_measure"
        yield _header(sheet, area.top, area.left, verdict)
    if any(table.names_regions for table in tables):
        return
    for anchor in find_label_anchors(sheet, lexicons):
        verdict = "one_region" if sheet.address(anchor.top, anchor.column) in used else "no_measure"
        yield _header(sheet, anchor.row, anchor.column, verdict)


def _header(sheet: Sheet, row: int, column: int, verdict: str) -> Weighed:
    return Weighed(sheet.name, "header", sheet.address(row, column), shown(sheet.rows[row][column]), verdict)


def _kinds(table: Table, lexicons: Sequence[Lexicon]) -> Iterator[Weighed]:
    """How many columns of numbers each kind's words explain."""
    place = table.sheet.address(table.header_top, table.anchor)
    for lexicon in lexicons:
        said = [lexicon.understand(column.header) for column in table.columns if column.header]
        count = (
            len(table.measures) if lexicon is table.lexicon else sum(bool(s.measure and not s.leftover) for s in said)
        )
        verdict = "kind_taken" if lexicon is table.lexicon else "kind_left"
        yield Weighed(table.sheet.name, "kind", place, f"{lexicon.kind.title}: {count}", verdict)


def _dates(table: Table, file_name: str) -> Iterator[Weighed]:
    if table.lexicon.kind.time.reads != "date":
        return
    taken = {text.address for text, _ in date_texts(table)}
    below = {text.address for text in table.below}
    for text in dict.fromkeys((*table.above, *table.head, *table.below)):
        if not isinstance(text.cell, date) and not find_dates(text.words):
            if find_months(text.words):
                yield Weighed(table.sheet.name, "date", text.address, text.words, "month_alone")
            continue
        if text.address in taken:
            verdict = "date_taken"
        elif not is_about_figures(text.words):
            verdict = "print_or_source"
        elif is_signature(table, text.words):
            verdict = "signature"
        else:
            verdict = "not_said_as_of" if text.address in below else "wider_place"
        yield Weighed(table.sheet.name, "date", text.address, text.words, verdict)
    for words in table.sheet.cover:
        if dates_of_figures(words, must_say_so=True):
            yield Weighed(table.sheet.name, "date", "", words, "wider_place" if taken else "cover")
    for place, name in (("sheet_name", table.sheet.name), ("file_name", file_name)):
        if find_dates(name.replace("_", " ")):
            yield Weighed(table.sheet.name, "date", "", name, "wider_place" if taken else place)
        elif find_months(name.replace("_", " ")):
            yield Weighed(table.sheet.name, "date", "", name, "wider_place" if taken else "month_alone")
