"""A document as a Word file: real tables with captions above and sources below, on F4; landscape where one is wide."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document as new_document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from flows.report.document import Column, Document, Table, shown_value
from flows.report.fixed_zip import with_fixed_times

_SHORT, _LONG = Mm(215), Mm(330)  # F4
_MARGIN = Mm(20)
_UPRIGHT_MM, _LANDSCAPE_MM = 175, 290  # what is left between the margins
_ALIGN = {"text": WD_ALIGN_PARAGRAPH.LEFT, "year": WD_ALIGN_PARAGRAPH.CENTER}


def write_docx(document: Document) -> bytes:
    """The file's bytes."""
    word = new_document()
    is_wide = any(
        table.width_mm > _UPRIGHT_MM for table in document.tables
    )  # one way round: turning leaves empty pages
    _set_up(word, document, is_wide)
    title = word.add_paragraph()
    _run(title, document.title, size=14, bold=True)
    _run(word.add_paragraph(), document.subtitle, size=10, italic=True)
    if document.mark:
        _run(word.add_paragraph(), document.mark, size=12, bold=True, colour=RGBColor(0xC0, 0, 0))
    for table in document.tables:
        _write_table(word, table, document.lang, is_wide)
    memory = io.BytesIO()
    word.save(memory)
    return with_fixed_times(memory.getvalue())


def _set_up(word: Any, document: Document, is_wide: bool) -> None:
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Arial")
    style.paragraph_format.space_after = Pt(4)
    core = word.core_properties
    core.title, core.author = document.title, "ucj"
    core._element.get_or_add_description().text = document.provenance  # by its property no more than 255 characters
    core.created = core.modified = datetime(2024, 1, 1)
    core.revision = 1
    _set_page(word.sections[0], is_wide, document.mark)


def _set_page(section: Any, is_wide: bool, mark: str) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if is_wide else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    if mark:
        header = section.header.paragraphs[0]
        _run(header, mark, size=9, bold=True, colour=RGBColor(0xC0, 0, 0))
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write_table(word: Any, table: Table, lang: str, is_wide: bool) -> None:
    caption = word.add_paragraph(style="Caption")
    _run(caption, table.caption, size=10, bold=True, colour=RGBColor(0, 0, 0))
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(10)
    caption.paragraph_format.page_break_before = table.starts_page
    header_rows = 2 if table.has_groups else 1
    made = word.add_table(rows=header_rows + len(table.rows), cols=len(table.columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(table, _LANDSCAPE_MM if is_wide else _UPRIGHT_MM)
    size = 7 if is_wide and len(table.columns) > 9 else 8
    _set_widths(made, widths)
    grid = [row.cells for row in made.rows]
    _write_header(grid, table, size)
    for row, values in zip(grid[header_rows:], table.rows, strict=True):
        for cell, value, column in zip(row, values, table.columns, strict=True):
            _fill(cell, shown_value(value, column.kind, lang), size, _align(column))
    for number, row in enumerate(made.rows):
        _mark_row(row, is_header=number < header_rows)
    source = word.add_paragraph()
    _run(source, table.source, size=8, italic=True)
    for note in table.notes:
        _run(word.add_paragraph(), note, size=8)


def _write_header(grid: list[Any], table: Table, size: int) -> None:
    for place, column in enumerate(table.columns):
        if not table.has_groups:
            _fill_header(grid[0][place], column.header, size)
        elif not column.group:
            _fill_header(grid[0][place].merge(grid[1][place]), column.header, size)
        else:
            _fill_header(grid[1][place], column.header, size)
            is_first = place == 0 or table.columns[place - 1].group != column.group
            if is_first:
                last = max(at for at, other in enumerate(table.columns) if other.group == column.group)
                _fill_header(grid[0][place].merge(grid[0][last]), column.group, size)


def _fill_header(cell: Any, text: str, size: int) -> None:
    _fill(cell, text, size, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "E7E6E6")
    cell._tc.get_or_add_tcPr().append(shade)


def _fill(cell: Any, text: str, size: int, align: Any, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, text, size=size, bold=bold)


def _align(column: Column) -> Any:
    return _ALIGN.get(column.kind, WD_ALIGN_PARAGRAPH.RIGHT)


def _widths(table: Table, room_mm: int) -> list[Any]:
    """The columns' own widths, drawn together where the page is narrower."""
    factor = min(1.0, room_mm / table.width_mm)
    return [Mm(column.width_mm * factor) for column in table.columns]


def _set_widths(made: Any, widths: list[Any]) -> None:
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _mark_row(row: Any, is_header: bool) -> None:
    """No row breaks over a page; header rows repeat on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _run(paragraph: Any, text: str, size: int, bold: bool = False, italic: bool = False, colour: Any = None) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
