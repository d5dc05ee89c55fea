"""Open a .csv: any separator, UTF-8 with or without BOM, or Windows-1252."""

from __future__ import annotations

import csv
import io
import re

from flows.read.limits import Limits, UnreadableFile
from flows.read.workbook import Cell, Sheet, Workbook, square


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
    if separator == ",":
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
    """Refuse a file whose decimal commas may have been taken for separators: "43,2" without quotes is two cells."""
    widths = [len(row) for row in rows]
    wide = [number for number, width in enumerate(widths) if width > 2]
    for number in wide:
        if widths[number] != widths[wide[0]]:
            reason = f"baris {number + 1} berisi {widths[number]} kolom, baris {wide[0] + 1} {widths[wide[0]]}"
            raise UnreadableFile("damaged_file", reason=reason)
