"""Open a file: bytes → sheets of cells with true addresses. What a file is, its content says, never its name.

.xlsx, .xlsm, .xlsb, .xls and .ods through python-calamine, .csv, and HTML that was named .xls. Errors and
formulas without a value stand in the grid as `BrokenCell`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from flows.addresses import a1, column_letters
from flows.read.dates import MONTH_NAMES
from flows.read.limits import Limits, UnreadableFile
from flows.read.packages import check_ods_sheets, check_package, check_parts
from flows.read.sheet_xml import HiddenFacts, scan_workbook

_LONGEST_HEADING = 300  # characters; a longer text around a table is no heading of it
_SHARED_FROM = 500_000
Cell = Any  # '' (blank), str, float, int, bool, date, datetime, time, timedelta or BrokenCell
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True)
class BrokenCell:
    """A cell that shows something but holds no value: an error, or a formula that was never calculated."""

    rule: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from A1 on, all equally long. `is_scanned`: hidden facts and formats are known.

    A part of a sheet that was turned (`turned`: its rows are the sheet's columns) begins at the sheet's row and
    column `origin`; `address` and `place` lead back to the sheet itself. `around` holds texts that stand around the
    sheet and in none of its cells (a web page's).
    `counted` is how many cells hold something by another reader than the one that gave the rows: the scan of the
    XML for .xlsx, the separators for a .csv without quotes. It is None for .xls, .xlsb, .ods and HTML, which have
    one reader only.
    """

    number: int
    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    is_scanned: bool = False
    merges: tuple[Merge, ...] = ()
    percent_rows: dict[int, list[int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    counted: int | None = None
    origin: tuple[int, int] = (0, 0)
    is_turned: bool = False
    around: tuple[str, ...] = ()

    def place(self, row: Any, column: Any) -> tuple[Any, Any]:
        """Row and column in the sheet itself; takes arrays too."""
        top, left = self.origin
        return (top + column, left + row) if self.is_turned else (top + row, left + column)

    def address(self, row: int, column: int) -> str:
        """The address of a cell in the sheet itself (D17)."""
        return a1(*self.place(row, column))

    def line(self, column: int) -> str:
        """A column's letters; of a turned area its row's number, for there the sheet's rows are columns."""
        return str(self.origin[0] + column + 1) if self.is_turned else column_letters(self.origin[1] + column)

    def turn(self, top: int, left: int, bottom: int, right: int) -> Sheet:
        """An area with its columns as rows, so that what stands across stands down."""
        merges = (
            (max(c1, left) - left, max(r1, top) - top, min(c2, right) - left, min(r2, bottom) - top)
            for r1, c1, r2, c2 in self.merges
            if r1 <= bottom and r2 >= top and c1 <= right and c2 >= left
        )
        percent: dict[int, list[int]] = {}
        for column, rows in self.percent_rows.items():
            for row in rows:
                if top <= row <= bottom and left <= column <= right:
                    percent.setdefault(row - top, []).append(column - left)
        return replace(
            self,
            rows=[list(column[top : bottom + 1]) for column in self.columns[left : right + 1]],
            merges=tuple(merges),
            percent_rows=percent,
            hidden_rows=frozenset(column - left for column in self.hidden_columns),
            hidden_columns=frozenset(row - top for row in self.hidden_rows),
            origin=(top, left),
            is_turned=True,
        )

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The same cells by column."""
        return list(zip(*self.rows, strict=True))

    @cached_property
    def distinct(self) -> list[set[Cell]]:
        """What stands in each column, each once: columns repeat themselves, and a rule looks at each thing once."""
        return [set(column) for column in self.columns]

    @cached_property
    def texts(self) -> list[set[str]]:
        """The texts among them."""
        return [{cell for cell in distinct if type(cell) is str} for distinct in self.distinct]


@dataclass(frozen=True)
class Workbook:
    """A file's format and its sheets, in the order of the file."""

    file_format: str
    sheets: tuple[Sheet, ...]


def open_workbook(path: Path, limits: Limits) -> Workbook:
    """Every sheet of a file. Raises UnreadableFile where there is nothing that can be read."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise UnreadableFile("empty_file")
    if head.startswith(b"PK"):
        return _open_zip(path, limits)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise UnreadableFile("password")
        return _open_with_calamine(path, "xls", {}, limits)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        return _open_html(path, limits)
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return _open_csv(path, limits)
    raise UnreadableFile("not_a_workbook", suffix=path.suffix or "(tanpa akhiran)")


def _open_zip(path: Path, limits: Limits) -> Workbook:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.NameToInfo
            check_package(archive, limits)
            if "xl/workbook.bin" in names:
                check_parts(archive)
                return _open_with_calamine(path, "xlsb", {}, limits)
            if "xl/workbook.xml" in names:
                facts = scan_workbook(archive, limits)
                return _open_with_calamine(path, "xlsx", facts, limits)
            if "content.xml" in names:
                check_parts(archive)
                check_ods_sheets(archive, limits)
                return _open_with_calamine(path, "ods", {}, limits)
    except (zipfile.BadZipFile, EOFError, ElementTree.ParseError, KeyError, OSError, ValueError, zlib.error) as error:
        raise _fault_of(error) from None
    raise UnreadableFile("not_a_workbook", suffix=path.suffix)


def _fault_of(error: Exception) -> Exception:
    """The file is damaged; or, as the system, zlib, expat and calamine each say in their own words, memory ran out."""
    if "memory" in str(error).lower():
        return MemoryError()
    return UnreadableFile("damaged_file", reason=str(error))


def _open_with_calamine(path: Path, file_format: str, facts: dict[str, HiddenFacts], limits: Limits) -> Workbook:
    import python_calamine as calamine

    try:
        try:
            sheets = _sheets(calamine.CalamineWorkbook.from_path(path), facts, limits)
        except calamine.CalamineError:
            if file_format != "xlsx":
                raise
            sheets = _sheets(calamine.CalamineWorkbook.from_filelike(_without_dimensions(path)), facts, limits)
    except calamine.PasswordError:
        raise UnreadableFile("password") from None
    except calamine.CalamineError as error:
        raise _fault_of(error) from None
    return Workbook(file_format, sheets)


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


def _without_dimensions(path: Path) -> io.BytesIO:
    """The package without the <dimension> of its sheets: calamine refuses a broken one, and needs none."""
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as cleaned:
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
        return Sheet(number, name, _squared(rows), is_hidden, False, merges)
    broken = {place: BrokenCell("error_cell", text) for place, text in facts.errors.items()}
    broken |= {place: BrokenCell("formula_without_value", "") for place in facts.empty_formulas}
    _put(rows, broken)
    for row, column in facts.months:
        _show_month(rows, row, column)
    return Sheet(
        number=number,
        name=name,
        rows=_squared(rows),
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


def _put(rows: list[list[Cell]], cells: dict[tuple[int, int], BrokenCell]) -> None:
    """Place cells in the grid; it grows where calamine left out a last row or column of them."""
    for (row, column), cell in cells.items():
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = cell


def _squared(rows: list[list[Cell]]) -> list[list[Cell]]:
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def _open_csv(path: Path, limits: Limits) -> Workbook:
    content = path.read_bytes()
    if b"\0" in content:
        raise UnreadableFile("not_a_workbook", suffix=path.suffix)
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
    return Workbook("csv", (Sheet(1, "csv", _squared(rows), counted=counted),))


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


class _Grid:
    """A table of a page while it is read: its rows so far, where None is a place that no cell has taken."""

    def __init__(self, limits: Limits) -> None:
        self.rows: list[list[str | None]] = []
        self.merges: list[Merge] = []
        self.row = -1
        self.text: list[str] | None = None
        self.spans: dict[str, int] = {}
        self.has_inner = False
        self.around: tuple[str, ...] = ()
        self._limits = limits
        self._column = 0
        self._width = 0

    def start_row(self) -> None:
        """The next cells stand in the next row."""
        self.row += 1
        self._column = 0

    def close_cell(self) -> None:
        """Put the open cell at the first free place of its row, and take the places that it spans."""
        if self.text is None:
            return
        row = max(self.row, 0)
        down = min(self.spans.get("rowspan", 1), 10_000)
        right = self.spans.get("colspan", 1)
        line = self.rows[row] if row < len(self.rows) else []
        column = self._column
        while column < len(line) and line[column] is not None:
            column += 1
        self._width = max(self._width, column + right)
        self._limits.check_size("HTML", max(len(self.rows), row + down), self._width)
        while len(self.rows) < row + down:
            self.rows.append([])
        for below in self.rows[row : row + down]:
            below.extend([None] * (column + right - len(below)))
            below[column : column + right] = [""] * right
        self.rows[row][column] = "".join(self.text).strip()
        if down > 1 or right > 1:
            self.merges.append((row, column, row + down - 1, column + right - 1))
        self._column = column + right
        self.text = None


class _Tables(HTMLParser):
    """The innermost tables of a page as grids; a spanning cell becomes a merge. What stands around one (a heading,
    the cells of a table that only lays out the page) are its surroundings."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Grid] = []
        self._limits = limits
        self._open: list[_Grid] = []
        self._loose: list[str] = []  # texts since the last table that stand in none

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag == "table":
            if self._open:
                self._keep_text_before_inner_table()
            self._open.append(_Grid(self._limits))
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].start_row()
        elif tag in ("td", "th"):
            grid = self._open[-1]
            grid.close_cell()
            grid.text = []
            grid.spans = {
                name: max(int(value[:10]), 1)
                for name, value in attrs
                if name.endswith("span") and value and value.isdecimal()
            }
        elif tag == "br" and self._open[-1].text is not None:
            self._open[-1].text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._open and (text := self._open[-1].text) is not None:
            text.append(data)
        elif not self._open and data.strip():
            self._loose.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        if tag in ("td", "th", "tr"):
            self._open[-1].close_cell()
        elif tag == "table":
            grid = self._open.pop()
            grid.close_cell()
            if self._open:
                self._open[-1].has_inner, self._open[-1].text = True, None
            if grid.rows and not grid.has_inner:
                laid_out = [text for outer in self._open for row in outer.rows for text in row if text]
                grid.around = tuple(text for text in (*self._loose, *laid_out) if len(text) <= _LONGEST_HEADING)
                self.tables.append(grid)
                self._loose = []

    def _keep_text_before_inner_table(self) -> None:
        """The text of a cell before the table inside it stands around that table."""
        if text := "".join(self._open[-1].text or ()).strip():
            self._loose.append(text)


def _open_html(path: Path, limits: Limits) -> Workbook:
    content = path.read_bytes()
    parser = _Tables(limits)
    parser.feed(content.decode("utf-8", errors="replace"))
    sheets = (
        Sheet(
            number,
            f"tabel {number}",
            _squared([[c or "" for c in row] for row in grid.rows]),
            merges=tuple(grid.merges),
            around=grid.around,
        )
        for number, grid in enumerate(parser.tables, start=1)
    )
    return Workbook("html", tuple(sheets))


def shown(cell: Cell) -> str:
    """A cell as a person would quote it: text as it stands, numbers without a trailing .0, dates as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, BrokenCell):
        return cell.text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing: empty, or white space alone."""
    return cell == "" or (type(cell) is str and not cell.strip())
