"""Open HTML that was named .xls, as web systems export it: each of its innermost tables is a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from flows.read.limits import Limits
from flows.read.workbook import Merge, Sheet, Workbook, square

_LONGEST_HEADING = 300  # characters; a longer text around a table is no heading of it


def open_web_page(content: bytes, limits: Limits) -> Workbook:
    """The innermost tables of a page, each a sheet."""
    parser = _Tables(limits)
    parser.feed(content.decode("utf-8", errors="replace"))
    sheets = (
        Sheet(
            number,
            f"tabel {number}",
            square([[c or "" for c in row] for row in grid.rows]),
            merges=tuple(grid.merges),
            around=grid.around,
        )
        for number, grid in enumerate(parser.tables, start=1)
    )
    return Workbook("html", tuple(sheets))


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
