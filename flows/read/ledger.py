"""Accounting for a sheet: every non-blank cell is booked once, under header, loaded, furniture, ignored or refused.

There is no default: what nothing has booked stays open, and `extract` refuses a sheet with open cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from flows.addresses import a1
from flows.read.workbook import Sheet
from flows.records import Finding

_BLANK, _OPEN = 0, 1
_BUCKETS = {"header": 2, "loaded": 3, "furniture": 4, "ignored": 5, "refused": 6}


class Ledger:
    """The book of one sheet. Furniture is counted by the rule that recognised it."""

    def __init__(self, sheet: Sheet) -> None:
        filled = np.fromiter(
            (cell != "" for row in sheet.rows for cell in row), dtype=bool, count=len(sheet.rows) * sheet.width
        )
        self._state = np.where(filled, _OPEN, _BLANK).astype(np.uint8).reshape(len(sheet.rows), sheet.width)
        self._sheet = sheet
        self.furniture_rules: Counter[str] = Counter()

    def book(
        self, rows: Sequence[int] | np.ndarray | slice, columns: Sequence[int] | slice, bucket: str, rule: str = ""
    ) -> int:
        """Book the open cells of an area; returns how many there were."""
        height, width = self._state.shape
        row_numbers = np.arange(height)[rows] if isinstance(rows, slice) else np.asarray(rows, dtype=int)
        column_numbers = np.arange(width)[columns] if isinstance(columns, slice) else np.asarray(columns, dtype=int)
        area = np.ix_(row_numbers, column_numbers)
        opened = self._state[area] == _OPEN
        self._state[area] = np.where(opened, _BUCKETS[bucket], self._state[area])
        count = int(opened.sum())
        if rule and count:
            self.furniture_rules[rule] += count
        return count

    def book_white_space(self) -> None:
        """Cells that hold white space alone look blank to a person."""
        for number, row in enumerate(self._sheet.rows):
            blanks = [c for c, cell in enumerate(row) if type(cell) is str and cell and not cell.strip()]
            if blanks:
                self.book([number], blanks, "furniture", "white_space")

    def open_cells(self) -> list[tuple[int, int]]:
        """The cells that nothing has accounted for."""
        return [(int(row), int(column)) for row, column in np.argwhere(self._state == _OPEN)]

    def refuse_all(self) -> None:
        """The whole sheet is refused: every filled cell is."""
        self._state[self._state != _BLANK] = _BUCKETS["refused"]
        self.furniture_rules.clear()

    def count(self, bucket: str) -> int:
        """How many cells lie in a bucket."""
        return int((self._state == _BUCKETS[bucket]).sum())

    @property
    def filled(self) -> int:
        return int((self._state != _BLANK).sum())


class Clerk:
    """Books the cells of one table and writes down what is wrong with them. `index` counts body rows from 0."""

    def __init__(self, ledger: Ledger, sheet: Sheet, first_row: int, columns: list[int]) -> None:
        self.ledger, self.sheet, self.first_row, self.columns = ledger, sheet, first_row, columns
        self.findings: list[Finding] = []

    def find(self, rule: str, row: int, column: int, raw_text: str, **details: Any) -> None:
        """A finding at a cell of the sheet."""
        self.findings.append(Finding(rule, self.sheet.name, a1(row, column), raw_text, details))

    def refuse_row(self, rule: str, index: int, column: int, raw_text: str, **details: Any) -> None:
        """Refuse a row of the body, with the finding at one of its cells."""
        self.find(rule, self.first_row + index, column, raw_text, **details)
        self.ledger.book([self.first_row + index], self.columns, "refused")

    def refuse_cell(self, rule: str, index: int, column: int, raw_text: str, **details: Any) -> None:
        """Refuse one cell of the body."""
        self.find(rule, self.first_row + index, column, raw_text, **details)
        self.ledger.book([self.first_row + index], [column], "refused")

    def book_row(self, index: int, rule: str) -> None:
        """A row of the body is furniture, by that rule."""
        self.ledger.book([self.first_row + index], self.columns, "furniture", rule)

    def book_cells(self, indexes: np.ndarray, columns: list[int], bucket: str) -> None:
        """Book cells of the body."""
        self.ledger.book(self.first_row + indexes, columns, bucket)
