"""A copy of a checked workbook in which the offending cells are coloured and commented, with a first sheet of findings.

An .xlsx or .xlsm keeps its values, formulas and formats; macros are neither run nor kept. Of other formats, and of
workbooks that are too large or too odd for openpyxl, the copy holds the cells as they were read. The file that was
checked is only read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Protocol

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from flows.check import FileCheck
from flows.errors import WrongUse
from flows.messages import CHECK_HEADERS, message_of, number_text, severity_of
from flows.read.limits import limits_of
from flows.read.open_file import open_workbook
from flows.read.workbook import shown
from flows.records import Finding
from flows.report.foreign_text import FORMULA_MARKS, neutral_text
from flows.settings import Settings

_FILLS = {"error": PatternFill("solid", fgColor="FFFF7C80"), "warning": PatternFill("solid", fgColor="FFFFEB3B")}
_LARGEST_XML_MB = 16  # of all sheets unpacked: a million styled rows, 42 MB, cost openpyxl 800 MB and 39 seconds
_FONT = "Calibri"
_WIDTHS = (6, 24, 10, 14, 36, 100)
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_SIGNS = 360, 18, 52  # pixels, pixels, signs a line
_WORDS: dict[str, dict[str, Any]] = {
    "id": {
        "sheet_name": "Pemeriksaan",
        "legend": "Sel merah harus diperbaiki, sel kuning perlu diperiksa; pesannya juga ada di komentar sel. Perbaiki "
                  "di berkas asli, atau hapus lembar ini sebelum salinan ini dikirim.",
        "as_read": "Salinan ini memuat sel seperti yang dibaca, tanpa format aslinya.",
        "not_read": "Isi berkasnya tidak dapat dibaca; hanya alasannya yang ada di sini.",
        "none": "Tidak ada temuan.",
        "cannot_write": "--xlsx {out}: tidak dapat ditulis ({reason}). Tutup dulu di Excel, atau pilih tempat lain.",
    },
    "en": {
        "sheet_name": "Check",
        "legend": "Red cells are to be mended, yellow cells to be looked at; the message is also in the cell's "
                  "comment. Mend the original, or delete this sheet before you send this copy.",
        "as_read": "This copy holds the cells as they were read, without their formats.",
        "not_read": "The file's content could not be read; only the reason stands here.",
        "none": "There are no findings.",
        "cannot_write": "--xlsx {out}: cannot be written ({reason}). Close it in Excel, or choose another place.",
    },
}  # fmt: skip


class CopyText(Protocol):
    """What is said of a checked file and of a finding's weight."""

    def verdict(self, checked: FileCheck) -> str:
        """One line over all findings."""

    def level(self, finding: Finding) -> str:
        """How bad a finding is, in a word."""


@dataclass(frozen=True)
class _Copy:
    """The workbook to colour, and its sheets by the names that the reader gave them.

    `lacks` is the key in _WORDS of the sentence that says what the copy lacks; empty: nothing.
    """

    book: Workbook
    sheets: dict[str, Worksheet]
    lacks: str


def write_copy(checked: FileCheck, out: Path, settings: Settings, text: CopyText, lang: str) -> None:
    """Write the coloured copy. Raises WrongUse where `out` cannot be written."""
    copy = _open_copy(checked, settings)
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in checked.findings:
        if finding.cell and finding.sheet in copy.sheets:
            by_cell.setdefault((finding.sheet, finding.cell), []).append(finding)
    for (sheet, cell), findings in by_cell.items():
        _mark_cell(copy.sheets[sheet], cell, findings, text, lang)
    _add_findings_sheet(copy, checked, text, lang)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        copy.book.save(out)
    except OSError as error:
        raise WrongUse(_WORDS[lang]["cannot_write"].format(out=out, reason=error.strerror)) from None


def _open_copy(checked: FileCheck, settings: Settings) -> _Copy:
    if not checked.reading.file_format:  # refused before its cells were read: nothing here opens it either
        book = Workbook()
        book.remove(book.worksheets[0])
        return _Copy(book, {}, "not_read")
    if checked.reading.file_format == "xlsx" and _sheet_xml_mb(checked.path) <= _LARGEST_XML_MB:
        try:
            book = load_workbook(checked.path)
        except Exception:  # openpyxl raises anything at all on files that Excel and our reader open
            return _copy_as_read(checked.path, settings)
        return _Copy(book, {sheet.title: sheet for sheet in book.worksheets}, "")
    return _copy_as_read(checked.path, settings)


def _sheet_xml_mb(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/worksheets/")) >> 20


def _copy_as_read(path: Path, settings: Settings) -> _Copy:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {}
    for sheet in open_workbook(path, limits_of(settings)).sheets:
        name = re.sub(r"[\\/*?:\[\]]", "_", sheet.name).strip("'")[:31]
        page = sheets[sheet.name] = book.create_sheet(name)
        for number, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row, start=1):
                if value != "":
                    _write(page.cell(number, column), value)
    return _Copy(book, sheets, "as_read")


def _write(cell: Cell, value: Any) -> None:
    """A value as it was read; a text stays a text, whatever sign it begins with."""
    if isinstance(value, bool | int | float | date | time | timedelta):
        cell.value = value
    else:
        _write_text(cell, shown(value))


def _write_text(cell: Cell, text: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    if text.startswith(FORMULA_MARKS):
        cell.data_type = "s"
        cell.quotePrefix = True  # Excel goes on to take it for a text when the cell is edited


def _mark_cell(sheet: Worksheet, address: str, findings: Sequence[Finding], text: CopyText, lang: str) -> None:
    cell = sheet[address]
    if isinstance(cell, MergedCell):  # of merged cells only the first can hold a comment
        area = next(area for area in sheet.merged_cells.ranges if address in area)
        cell = sheet.cell(area.min_row, area.min_col)
    is_error = any(severity_of(finding.rule) == "error" for finding in findings)
    cell.fill = _FILLS["error" if is_error else "warning"]
    said = [f"{text.level(finding)}: {message_of(finding, lang)}" for finding in findings]
    before = [cell.comment.text] if cell.comment else []
    words = ILLEGAL_CHARACTERS_RE.sub(" ", "\n\n".join([*said, *before]))
    lines = sum(1 + len(line) // _COMMENT_SIGNS for line in words.split("\n"))
    cell.comment = Comment(words, "ucj check", height=_COMMENT_LINE * (lines + 1), width=_COMMENT_WIDTH)


def _add_findings_sheet(copy: _Copy, checked: FileCheck, text: CopyText, lang: str) -> None:
    """All findings on a first sheet, each with a link to its cell; the other sheets are no longer selected."""
    words = _WORDS[lang]
    for other in copy.book.worksheets:  # two selected sheets are a group: what is typed in one goes into both
        other.sheet_view.tabSelected = False
    page = copy.book.create_sheet(words["sheet_name"], 0)
    copy.book.active = 0
    page.sheet_view.tabSelected = True
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0  # printed as wide as the paper
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    notes = [text.verdict(checked), words["legend"], *([words[copy.lacks]] if copy.lacks else [])]
    for number, note in enumerate(notes, start=1):
        _write_neutral(page.cell(number, 1), note)
    page.cell(1, 1).font = Font(name=_FONT, bold=True, size=13)
    top = len(notes) + 2
    for column, (title, width) in enumerate(zip(CHECK_HEADERS[lang], _WIDTHS, strict=True), start=1):
        page.cell(top, column, title).font = Font(name=_FONT, bold=True)
        page.column_dimensions[page.cell(top, column).column_letter].width = width
    page.freeze_panes = f"A{top + 1}"
    if not checked.findings:
        page.cell(top + 1, 2, words["none"])
    for number, finding in enumerate(checked.findings, start=1):
        _write_finding(page, top + number, number, finding, copy, text, lang)


def _write_finding(
    page: Worksheet, row: int, number: int, finding: Finding, copy: _Copy, text: CopyText, lang: str
) -> None:
    page.cell(row, 1, number)
    found = number_text(finding.details.get("found", finding.raw_text), lang)  # 38,595 as in the message beside it
    said = (finding.sheet, finding.cell, text.level(finding), found, message_of(finding, lang))
    for column, word in enumerate(said, start=2):
        cell = page.cell(row, column)
        _write_neutral(cell, word)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    page.cell(row, 4).fill = _FILLS[severity_of(finding.rule)]
    if finding.cell and finding.sheet in copy.sheets:
        link = page.cell(row, 3)
        sheet = copy.sheets[finding.sheet].title.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{sheet}'!{finding.cell}")
        link.font = Font(name=_FONT, color="FF0563C1", underline="single")


def _write_neutral(cell: Cell, text: str) -> None:
    """A text from a stranger's workbook that no spreadsheet takes for a formula, even when it is copied elsewhere."""
    _write_text(cell, neutral_text(text))
