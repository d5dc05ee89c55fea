"""Accounting for a sheet: every non-blank cell is booked once, under header, loaded, furniture, ignored or refused.

There is no default: what nothing has booked stays open, and `extract` refuses a sheet with open cells. `filled` is
the count that `extract` compares with `Sheet.counted`, which another reader made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import Any

import numpy as np

from flows.read.workbook import Cell, Sheet
from flows.records import Finding

Rows = Sequence[int] | np.ndarray | slice
Columns = Sequence[int] | np.ndarray | slice | int
_LIST = (list, np.ndarray)
_BLANK, _OPEN = 0, 1
_BUCKETS = {"header": 2, "loaded": 3, "furniture": 4, "ignored": 5, "refused": 6}


class Ledger:
    """The book of one sheet. Furniture is counted by the rule that recognised it.

    `whole` is the book of the whole sheet where this is a page of it: that of a turned area.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._state = np.zeros((len(sheet.rows), sheet.width), np.uint8)
        self.furniture_rules: Counter[str] = Counter()
        self.whole = self
        for number, (column, distinct) in enumerate(zip(sheet.columns, sheet.distinct, strict=True)):
            if "" not in distinct:
                self._state[:, number] = _OPEN
            elif len(distinct) > 1:
                self._state[:, number] = [cell != "" for cell in column]
            if any(map(str.isspace, sheet.texts[number])):
                self._book_white_space(number, column)

    def page_of(self, sheet: Sheet) -> Ledger:
        """The page for a sheet or for a turned area of it: what is booked there is booked in the whole."""
        if not sheet.is_turned:
            return self
        (top, left), height, width = sheet.origin, sheet.width, len(sheet.rows)
        page = copy(self)
        page._state = self._state[top : top + height, left : left + width].T
        page.whole = self
        return page

    def _book_white_space(self, number: int, column: Sequence[Cell]) -> None:
        """Cells that hold white space alone look blank to a person."""
        blanks = [row for row, cell in enumerate(column) if type(cell) is str and cell.isspace()]
        self.book(blanks, number, "furniture", "white_space")

    def book(self, rows: Rows, columns: Columns, bucket: str, rule: str = "") -> int:
        """Book the open cells of an area; returns how many there were."""
        if isinstance(rows, _LIST) and isinstance(columns, _LIST):
            return self._book(np.ix_(np.asarray(rows, int), np.asarray(columns, int)), bucket, rule)
        return self._book((rows, columns), bucket, rule)

    def book_each(self, rows: np.ndarray, columns: np.ndarray, bucket: str) -> None:
        """Book single cells: the row and the column of each."""
        self._book((rows, columns), bucket, "")

    def _book(self, area: Any, bucket: str, rule: str) -> int:
        state = self._state[area]
        is_open = state == _OPEN
        count = int(np.count_nonzero(is_open))
        if count:
            self._state[area] = np.where(is_open, _BUCKETS[bucket], state)
            if rule:
                self.furniture_rules[rule] += count
        return count

    def open_cells(self) -> list[tuple[int, int]]:
        """The cells that nothing has accounted for."""
        return [(int(row), int(column)) for row, column in np.argwhere(self._state == _OPEN)]

    def refuse_all(self) -> None:
        """The whole sheet is refused: every filled cell is."""
        self._state[self._state != _BLANK] = _BUCKETS["refused"]
        self.furniture_rules.clear()

    def count(self, bucket: str) -> int:
        """How many cells lie in a bucket."""
        return int(np.count_nonzero(self._state == _BUCKETS[bucket]))

    @property
    def filled(self) -> int:
        return int(np.count_nonzero(self._state))


class Clerk:
    """Books the cells of one table and writes down what is wrong with them. `index` counts body rows from 0."""

    def __init__(self, ledger: Ledger, sheet: Sheet, first_row: int, columns: list[int]) -> None:
        self.ledger, self.sheet, self.first_row, self.columns = ledger, sheet, first_row, columns
        self.findings: list[Finding] = []

    def find(self, rule: str, row: int, column: int, raw_text: str, **details: Any) -> None:
        """A finding at a cell of the sheet."""
        self.findings.append(Finding(rule, self.sheet.name, self.sheet.address(row, column), raw_text, details))

    def refuse_row(self, rule: str, index: int, column: int, raw_text: str, **details: Any) -> None:
        """Refuse a row of the body, with the finding at one of its cells."""
        self.find(rule, self.first_row + index, column, raw_text, **details)
        self.ledger.book([self.first_row + index], self.columns, "refused")

    def refuse_cell(self, rule: str, index: int, column: int, raw_text: str, **details: Any) -> None:
        """Refuse one cell of the body."""
        self.find(rule, self.first_row + index, column, raw_text, **details)
        self.ledger.book([self.first_row + index], column, "refused")

    def book_row(self, index: int, rule: str) -> None:
        """A row of the body is furniture, by that rule."""
        self.ledger.book([self.first_row + index], self.columns, "furniture", rule)

    def book_cells(self, indexes: np.ndarray, columns: Columns, bucket: str, rule: str = "") -> None:
        """Book cells of the body."""
        self.ledger.book(self.first_row + indexes, columns, bucket, rule)
