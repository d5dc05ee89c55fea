"""Open a file: bytes → sheets of cells with true addresses. What a file is, its content says, never its name.

.xlsx, .xlsm, .xlsb, .xls and .ods through python-calamine; `separated` opens .csv, `web_page` HTML that was named .xls.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, takewhile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from flows.read.dates import MONTH_NAMES
from flows.read.limits import Limits, UnreadableFile
from flows.read.numbers import is_figure
from flows.read.packages import check_ods_sheets, check_package, check_parts
from flows.read.separated import open_separated
from flows.read.sheet_xml import HiddenFacts, scan_workbook
from flows.read.web_page import open_web_page
from flows.read.workbook import BrokenCell, Cell, Merge, Sheet, Workbook, shown, square

_SHARED_FROM = 500_000
_HEAD_BYTES = 4096


@dataclass(frozen=True)
class Source:
    """A file by its name, and where its bytes are: on the disk, or (of a sealed copy that was opened) only here."""

    path: Path
    content: bytes | None = None

    def read(self) -> bytes:
        """All of its bytes."""
        return self.path.read_bytes() if self.content is None else self.content

    def head(self) -> bytes:
        """Its first bytes."""
        if self.content is not None:
            return self.content[:_HEAD_BYTES]
        with self.path.open("rb") as file:
            return file.read(_HEAD_BYTES)

    def for_zip(self) -> Path | io.BytesIO:
        """What opens it as an archive."""
        return self.path if self.content is None else io.BytesIO(self.content)


def open_workbook(path: Path, limits: Limits) -> Workbook:
    """Every sheet of a file. Raises UnreadableFile where there is nothing that can be read."""
    return open_source(Source(path), limits)


def open_source(source: Source, limits: Limits) -> Workbook:
    """Every sheet of a file, wherever its bytes are. Raises UnreadableFile as `open_workbook` does."""
    workbook = _open(source, limits)
    if len(workbook.sheets) < 2:
        return workbook
    names = tuple(sheet.name for sheet in workbook.sheets)
    return replace(workbook, sheets=_with_cover(tuple(replace(sheet, beside=names) for sheet in workbook.sheets)))


def _with_cover(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """The sheets, those with figures knowing the texts of the sheets that come before the first of them."""
    cover = tuple(takewhile(lambda sheet: not any(map(is_figure, chain.from_iterable(sheet.rows))), sheets))
    texts = tuple(text for sheet in cover for row in sheet.rows for text in row if type(text) is str and text.strip())
    return (*cover, *(replace(sheet, cover=texts) for sheet in sheets[len(cover) :])) if texts else sheets


def _open(source: Source, limits: Limits) -> Workbook:
    path, head = source.path, source.head()
    if not head:
        raise UnreadableFile("empty_file")
    if head.startswith(b"PK"):
        return _open_zip(source, limits)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in source.read():
            raise UnreadableFile("password")
        return _open_with_calamine(source, "xls", {}, limits)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        return open_web_page(source.read(), limits)
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return open_separated(source.read(), path.suffix, limits)
    raise UnreadableFile("not_a_workbook", suffix=path.suffix or "(tanpa akhiran)")


def _open_zip(source: Source, limits: Limits) -> Workbook:
    try:
        with zipfile.ZipFile(source.for_zip()) as archive:
            names = archive.NameToInfo
            check_package(archive, limits)
            if "xl/workbook.bin" in names:
                check_parts(archive)
                return _open_with_calamine(source, "xlsb", {}, limits)
            if "xl/workbook.xml" in names:
                facts = scan_workbook(archive, limits)
                return _open_with_calamine(source, "xlsx", facts, limits)
            if "content.xml" in names:
                check_parts(archive)
                check_ods_sheets(archive, limits)
                return _open_with_calamine(source, "ods", {}, limits)
    except (zipfile.BadZipFile, EOFError, ElementTree.ParseError, KeyError, OSError, ValueError, zlib.error) as error:
        raise _fault_of(error) from None
    raise UnreadableFile("not_a_workbook", suffix=source.path.suffix)


def _fault_of(error: Exception) -> Exception:
    """The file is damaged; or, as the system, zlib, expat and calamine each say in their own words, memory ran out."""
    if "memory" in str(error).lower() or str(error).startswith("Error -4 "):  # zlib's Z_MEM_ERROR
        return MemoryError()
    return UnreadableFile("damaged_file", reason=str(error))


def _open_with_calamine(source: Source, file_format: str, facts: dict[str, HiddenFacts], limits: Limits) -> Workbook:
    import python_calamine as calamine

    try:
        try:
            sheets = _sheets(_calamine_of(source), facts, limits)
        except calamine.CalamineError:
            if file_format != "xlsx":
                raise
            sheets = _sheets(calamine.CalamineWorkbook.from_filelike(_without_dimensions(source)), facts, limits)
    except calamine.PasswordError:
        raise UnreadableFile("password") from None
    except calamine.CalamineError as error:
        raise _fault_of(error) from None
    return Workbook(file_format, sheets)


def _calamine_of(source: Source) -> Any:
    import python_calamine as calamine

    if source.content is None:
        return calamine.CalamineWorkbook.from_path(source.path)
    return calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.content))


def _sheets(book: Any, facts: dict[str, HiddenFacts], limits: Limits) -> tuple[Sheet, ...]:
    """Every worksheet of an open workbook. Raises CalamineError, and UnreadableFile where one is too large."""
    import python_calamine as calamine

    sheets: list[Sheet] = []
    cells = 0
    for number, metadata in enumerate(book.sheets_metadata, start=1):
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        source = book.get_sheet_by_name(metadata.name)
        height, width = source.total_height or 0, source.total_width or 0
        limits.check_size(metadata.name, height, width)
        cells += height * width
        if cells > limits.largest_sheet_cells:  # all sheets are in memory together
            raise UnreadableFile("sheet_too_large", sheet=metadata.name, largest=limits.largest_sheet_cells)
        rows = source.to_python(skip_empty_area=False)
        if height * width > _SHARED_FROM:
            _share_texts(rows)
        merges = tuple((r1, c1, r2, c2) for (r1, c1), (r2, c2) in source.merged_cell_ranges or ())
        is_hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
        sheets.append(_sheet(number, metadata.name, rows, is_hidden, merges, facts.get(metadata.name)))
    return tuple(sheets)


def _share_texts(rows: list[list[Cell]]) -> None:
    """Keep equal texts once: calamine makes one a cell, which in a large sheet are a hundred megabytes."""
    share = {"": ""}.setdefault
    for row in rows:
        row[:] = [share(cell, cell) if type(cell) is str else cell for cell in row]


def _without_dimensions(source: Source) -> io.BytesIO:
    """The package without the <dimension> of its sheets: calamine refuses a broken one, and needs none."""
    copy = io.BytesIO()
    with zipfile.ZipFile(source.for_zip()) as archive, zipfile.ZipFile(copy, "w") as cleaned:
        for name in archive.namelist():
            content = archive.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"<(?:\w+:)?dimension\b[^>]*/>", b"", content, count=1)
            cleaned.writestr(name, content)
    copy.seek(0)
    return copy


def _sheet(
    number: int,
    name: str,
    rows: list[list[Cell]],
    is_hidden: bool,
    merges: tuple[Merge, ...],
    facts: HiddenFacts | None,
) -> Sheet:
    if facts is None:
        return Sheet(number, name, square(rows), is_hidden, False, merges)
    broken = {place: BrokenCell("error_cell", text) for place, text in facts.errors.items()}
    broken |= {place: BrokenCell("formula_without_value", "") for place in facts.empty_formulas}
    _put(rows, broken)
    for row, column in facts.months:
        _show_month(rows, row, column)
    for (row, column), unit in facts.units.items():
        _show_unit(rows, row, column, unit)
    return Sheet(
        number=number,
        name=name,
        rows=square(rows),
        is_hidden=is_hidden,
        is_scanned=True,
        merges=merges,
        percent_rows=facts.percent_rows,
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
        counted=facts.filled,
    )


def _show_month(rows: list[list[Cell]], row: int, column: int) -> None:
    """A date that is shown as "Okt-25" is that month, though Excel keeps its first day."""
    if row < len(rows) and column < len(rows[row]) and isinstance(cell := rows[row][column], date):
        rows[row][column] = f"{MONTH_NAMES[cell.month - 1]} {cell.year}"


def _show_unit(rows: list[list[Cell]], row: int, column: int, unit: str) -> None:
    """A number that is shown as "302 ribu" is that text, though Excel keeps 302."""
    if row < len(rows) and column < len(rows[row]) and isinstance(cell := rows[row][column], int | float):
        rows[row][column] = f"{shown(cell)} {unit}"


def _put(rows: list[list[Cell]], cells: dict[tuple[int, int], BrokenCell]) -> None:
    """Place cells in the grid; it grows where calamine left out a last row or column of them."""
    for (row, column), cell in cells.items():
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = cell
