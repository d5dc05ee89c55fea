"""A document as an Excel workbook: a sheet a table (or several under each other), ready to print on F4.

Formulas of a table stay formulas, with the value that the warehouse gives stored beside, so that a planner can change
an assumption (the cells on yellow) and see the rest follow.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from flows.report.document import Column, Document, Table, Value

_NUMBER_FORMATS = {"text": "General", "year": "0", "pct": "#,##0.00", "people": "#,##0", "rupiah": "#,##0"}
_CELL = re.compile(r"\[(\w+):(\d+):(\d+)\]")
_FOLIO = 14  # Excel's number of the paper F4 (215 x 330 mm), on which offices print
_MM_A_CHARACTER = 1.9
_LINE_POINTS = 13.5
_WIDE_MM = 190  # what fits on an upright page


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book, self._made = book, dict[tuple[Any, ...], Any]()

    def get(self, **settings: Any) -> Any:
        key = tuple(sorted(settings.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Arial", "font_size": 10} | settings)
        return self._made[key]

    def body(self, column: Column, is_input: bool) -> Any:
        align = "left" if column.kind == "text" else "center" if column.kind == "year" else "right"
        settings = {"border": 1, "valign": "top", "align": align, "num_format": _NUMBER_FORMATS[column.kind]}
        if column.kind == "text":
            settings["text_wrap"] = True
        if is_input:
            settings["bg_color"] = "#FFF2CC"
        return self.get(**settings)


def write_xlsx(document: Document) -> bytes:
    """The workbook's bytes."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"title": document.title, "comments": document.provenance, "created": datetime(2024, 1, 1)})
    styles = _Styles(book)
    places = _places(document)
    sheets: dict[str, Worksheet] = {}
    for table in document.tables:
        if table.sheet not in sheets:
            sheets[table.sheet] = _start_sheet(book, styles, document, table)
        _write_table(sheets[table.sheet], styles, table, places)
    for name, sheet in sheets.items():
        _widen(sheet, [table for table in document.tables if table.sheet == name])
    book.close()
    return memory.getvalue()


def _places(document: Document) -> dict[str, tuple[str, int]]:
    """The sheet of each table and the row (from 0) in which its body begins."""
    places: dict[str, tuple[str, int]] = {}
    next_row: dict[str, int] = {}
    for table in document.tables:
        top = next_row.get(table.sheet, 3)
        body = top + 1 + (2 if table.has_groups else 1)
        places[table.key] = (table.sheet, body)
        next_row[table.sheet] = body + len(table.rows) + 1 + len(table.notes) + 2
    return places


def _start_sheet(book: xlsxwriter.Workbook, styles: _Styles, document: Document, table: Table) -> Worksheet:
    sheet = book.add_worksheet(table.sheet[:31])
    sheet.write_string(0, 0, document.title, styles.get(bold=True, font_size=12))
    sheet.write_string(1, 0, document.subtitle, styles.get(italic=True))
    if document.mark:
        sheet.write_string(2, 0, document.mark, styles.get(bold=True, font_color="#C00000"))
        sheet.set_header(f'&C&"Arial,Bold"{document.mark}')
    sheet.set_footer("&L&8&A&R&8&P/&N")
    sheet.set_paper(_FOLIO)
    if table.width_mm > _WIDE_MM:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.hide_gridlines(2)
    return sheet


def _write_table(sheet: Worksheet, styles: _Styles, table: Table, places: dict[str, tuple[str, int]]) -> None:
    body = places[table.key][1]
    header = body - (2 if table.has_groups else 1)
    sheet.write_string(header - 1, 0, table.caption, styles.get(bold=True))
    _write_header(sheet, styles, table, header)
    for number, row in enumerate(table.rows):
        sheet.set_row(body + number, _LINE_POINTS * _lines(row, table.columns))
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            style = styles.body(column, (number, place) in table.inputs)
            formula = table.formulas.get((number, place))
            if formula is not None and value is not None:
                sheet.write_formula(
                    body + number, place, "=" + _with_addresses(formula, table, places), style, _plain(value)
                )
            else:
                _write_value(sheet, body + number, place, value, style)
    below = body + len(table.rows)
    for number, text in enumerate((table.source, *table.notes)):
        sheet.write_string(below + number, 0, text, styles.get(font_size=8, italic=True))
    if header == 4:  # the sheet's first table: its header stays in sight, and stands on every page
        sheet.freeze_panes(body, 2 if table.columns[0].kind == "text" and len(table.columns) > 4 else 1)
        sheet.repeat_rows(header, body - 1)


def _write_header(sheet: Worksheet, styles: _Styles, table: Table, top: int) -> None:
    style = styles.get(bold=True, border=1, align="center", valign="vcenter", text_wrap=True, bg_color="#D9E2F3")
    place = 0
    while place < len(table.columns):
        column = table.columns[place]
        last = place
        while column.group and last + 1 < len(table.columns) and table.columns[last + 1].group == column.group:
            last += 1
        if not table.has_groups:
            sheet.write_string(top, place, column.header, style)
        elif not column.group:
            sheet.merge_range(top, place, top + 1, place, column.header, style)
        else:
            if last > place:
                sheet.merge_range(top, place, top, last, column.group, style)
            else:
                sheet.write_string(top, place, column.group, style)
            for at in range(place, last + 1):
                sheet.write_string(top + 1, at, table.columns[at].header, style)
        place = last + 1
    longest = max(len(column.header) * _MM_A_CHARACTER / column.width_mm for column in table.columns)
    sheet.set_row(top + (1 if table.has_groups else 0), 15 * min(max(1, int(longest) + 1), 6))


def _lines(row: tuple[Value, ...], columns: tuple[Column, ...]) -> int:
    """How many lines the longest text of a row takes: not every program heightens a row by itself."""
    texts = [(value, column.width_mm) for value, column in zip(row, columns, strict=True) if isinstance(value, str)]
    return max((ceil(len(text) * _MM_A_CHARACTER / width) for text, width in texts), default=1)


def _write_value(sheet: Worksheet, row: int, column: int, value: Value, style: Any) -> None:
    if value is None:
        sheet.write_string(row, column, "–", style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, float(value), style)


def _plain(value: Value) -> float | str:
    return float(value) if isinstance(value, int | Decimal) else str(value)


def _with_addresses(formula: str, table: Table, places: dict[str, tuple[str, int]]) -> str:
    """A formula with its `[key:row:column]` as addresses; those on other sheets with the sheet's name."""

    def address(match: re.Match[str]) -> str:
        sheet, body = places[table.key if match[1] == "self" else match[1]]
        cell = xl_rowcol_to_cell(body + int(match[2]), int(match[3]))
        return cell if sheet == table.sheet else f"'{sheet[:31]}'!{cell}"

    return re.sub(r":'[^']+'!", ":", _CELL.sub(address, formula))


def _widen(sheet: Worksheet, tables: list[Table]) -> None:
    for place in range(max(len(table.columns) for table in tables)):
        widths = [table.columns[place].width_mm for table in tables if place < len(table.columns)]
        sheet.set_column(place, place, max(widths) / _MM_A_CHARACTER)
