"""Read a planning document back: the facts it carries, and every cell of its tables by a place that a person finds.

Only files that `ucj rpjmd` wrote are read; an office may have opened and saved them since.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from flows.errors import WrongUse
from flows.report.write_html import PROVENANCE_ID
from flows.report.write_text import PROVENANCE_MARK

Cells = dict[str, str]
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
_SOURCE_LINE = re.compile(r"(?:Sumber|Source): ")  # names the release, which a later one with equal figures need not be


def read_facts(path: Path, lang: str) -> dict[str, Any]:
    """The facts that a document carries. Raises WrongUse where it carries none."""
    try:
        facts = json.loads(_facts_text(path))
        if {"request", "figures", "extracts"} <= set(facts):
            return dict(facts)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        pass
    said = {
        "id": "{path}: berkas ini tidak membawa keterangan asal-usul dari `ucj rpjmd`, jadi tidak dapat diperiksa.",
        "en": "{path}: this file carries no provenance of `ucj rpjmd`, so it cannot be verified.",
    }
    raise WrongUse(said[lang].format(path=path))


def _facts_text(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as packed:
            root = ElementTree.fromstring(packed.read("docProps/core.xml"))
        return root.findtext(_DESCRIPTION) or ""
    text = path.read_text(encoding="utf-8-sig")
    if suffix == ".html":
        return text.partition(f'id="{PROVENANCE_ID}">')[2].partition("</script>")[0]
    if suffix == ".csv":
        return next((row[1] for row in _csv_rows(text) if row[:1] == [PROVENANCE_MARK]), "")
    return text.partition(f"<!-- {PROVENANCE_MARK} ")[2].partition(" -->")[0]


def read_cells(packed: bytes, suffix: str) -> Cells:
    """Every filled cell of the tables of a document, by its place; the lines that name the source are left out."""
    readers = {".xlsx": _xlsx_cells, ".docx": _docx_cells, ".html": _html_cells, ".csv": _csv_cells, ".md": _md_cells}
    cells = readers[suffix](packed)
    return {place: text for place, text in cells.items() if text and not _SOURCE_LINE.match(text)}


def _xlsx_cells(packed: bytes) -> Cells:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(packed), data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": _as_text(cell.value)
        for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None
    }  # fmt: skip


def _as_text(value: object) -> str:
    """A number as a program that saved the file again may have changed its form: 26.3 and 26.30 are the same."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, int | float) else str(value)


def _docx_cells(packed: bytes) -> Cells:
    from docx import Document

    tables = Document(io.BytesIO(packed)).tables
    return {
        f"{number}:{row_no}:{column_no}": cell.text
        for number, table in enumerate(tables, start=1)
        for row_no, row in enumerate(table.rows, start=1)
        for column_no, cell in enumerate(row.cells, start=1)
    }


def _html_cells(packed: bytes) -> Cells:
    reader = _TableReader()
    reader.feed(packed.decode())
    return reader.cells


class _TableReader(HTMLParser):
    """Collects the cells of every table of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: Cells = {}
        self._table = self._row = self._column = 0
        self._open = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._table, self._row = self._table + 1, 0
        elif tag == "tr":
            self._row, self._column = self._row + 1, 0
        elif tag in ("td", "th"):
            self._column += 1
            self._open = True
            self.cells[self._place()] = ""

    def handle_endtag(self, tag: str) -> None:
        self._open &= tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[self._place()] += data

    def _place(self) -> str:
        return f"{self._table}:{self._row}:{self._column}"


def _csv_rows(text: str) -> list[list[str]]:
    delimiter = ";" if text.count(";") > text.count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _csv_cells(packed: bytes) -> Cells:
    rows = [row for row in _csv_rows(packed.decode("utf-8-sig")) if row[:1] != [PROVENANCE_MARK]]
    return {f"{r}:{c}": text for r, row in enumerate(rows, start=1) for c, text in enumerate(row, start=1)}


def _md_cells(packed: bytes) -> Cells:
    lines = [line for line in packed.decode().splitlines() if not line.startswith(f"<!-- {PROVENANCE_MARK}")]
    return {
        f"{r}:{c}": text.strip()
        for r, line in enumerate(lines, start=1) for c, text in enumerate(re.split(r"(?<!\\)\|", line), start=1)
    }  # fmt: skip
