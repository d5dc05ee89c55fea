"""Open a .csv: any separator, UTF-8 with or without BOM, or Windows-1252."""

from __future__ import annotations

import csv
import io
import re

from flows.read.limits import Limits, UnreadableFile
from flows.read.numbers import is_figure
from flows.read.words import years_in
from flows.read.workbook import Cell, Sheet, Workbook, is_blank, shown, square

_FEWEST_FIELDS = 2  # of a row of a table; one alone is a title, a heading or a note


def open_separated(content: bytes, suffix: str, limits: Limits) -> Workbook:
    """The one sheet of a .csv. Raises UnreadableFile where it is none, is damaged or too large."""
    if b"\0" in content:
        raise UnreadableFile("not_a_workbook", suffix=suffix)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    separator = max(";\t,|", key=lambda mark: sum(line.count(mark) for line in text.splitlines()[:50]))
    _refuse_long_line(text, separator, limits)
    rows: list[list[Cell]] = []
    width = 0
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            width = max(width, len(row))
            limits.check_size("csv", len(rows) + 1, width)
            rows.append(list(row))
    except csv.Error as error:
        raise UnreadableFile("damaged_file", reason=str(error)) from None
    _refuse_ragged(rows)
    counted = None if '"' in text else sum(map(bool, re.split(f"[{re.escape(separator)}\r\n]", text)))
    return Workbook("csv", (Sheet(1, "csv", square(rows), counted=counted),))


def _refuse_long_line(text: str, separator: str, limits: Limits) -> None:
    """Refuse a line of too many cells before it becomes a list of them."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > limits.largest_sheet_columns:
            limits.check_size("csv", 1, text.count(separator, start, end) + 1)
        start = end + 1


def _refuse_ragged(rows: list[list[Cell]]) -> None:
    """Refuse a file with a row of figures that has more fields than the header over it, or another number than the
    first such row: a field was lost or split ("43,2" without quotes is two), and what follows it is another's."""
    header, width, first = 0, 0, -1
    for number, row in enumerate(rows):
        filled = [place for place, cell in enumerate(row) if not is_blank(cell)]
        if len(filled) < _FEWEST_FIELDS:
            continue
        figures = [place for place in filled if is_figure(row[place])]
        is_of_years = first < 0 and all(years_in(shown(row[place])) for place in filled)
        if not figures or is_of_years:  # a row of a header; behind figures that of another one, or a region without any
            width = len(row) if first >= 0 else max(width, filled[-1] + 1)
            header, first = number, -1
            continue
        width = width or len(row)
        first = number if first < 0 else first
        if figures[-1] >= width:
            raise _disagreeing(number, figures[-1] + 1, header, width)
        if len(row) != len(rows[first]):
            raise _disagreeing(number, len(row), first, len(rows[first]))


def _disagreeing(number: int, fields: int, other: int, of_other: int) -> UnreadableFile:
    return UnreadableFile("fields_disagree", row=number + 1, fields=fields, other=other + 1, of_other=of_other)
