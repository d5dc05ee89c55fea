"""What an open file holds: sheets of cells with true addresses. `open_file` makes them.

Errors and formulas without a value stand in the grid as `BrokenCell`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from flows.addresses import a1, column_letters

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
    sheet and in none of its cells (a web page's), `cover` those of the sheets of text that come first in the workbook,
    `beside` the names of all its sheets.
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
    cover: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

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


def square(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows, all as long as the longest."""
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows
