"""The figures of a table's columns, as the rules about columns ask for them: each column is read once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from flows.read.numbers import Number, decimals_of, read_number, read_uniform
from flows.read.workbook import Cell
from schemas.kind import Unit

_DIGIT = re.compile(r"\d")
_MOST = 0.9  # of the rows that say something: a few may be wrong


class Figures:
    """By column the numbers of a table's body; NaN where a cell shows none."""

    def __init__(self, cells: Mapping[int, Sequence[Cell]]) -> None:
        self._cells = cells
        self._read: dict[tuple[int, Unit], np.ndarray] = {}
        self._printed_to: dict[int, np.ndarray] = {}

    def of(self, column: int, unit: Unit = "people") -> np.ndarray:
        """What a column shows, read as head counts or as percentages."""
        if (column, unit) not in self._read:
            self._read[column, unit] = _numbers_of(self._cells[column], unit)
        return self._read[column, unit]

    def numbers(self, column: int, unit: Unit = "people") -> list[float]:
        """The numbers that a column shows, without the cells that show none."""
        return [number for number in self.of(column, unit).tolist() if number == number]

    def shows_any(self, column: int) -> bool:
        """Whether some cell of a column shows a number."""
        return not bool(np.isnan(self.of(column)).all())

    def follows(self, pct: int, part: int, *whole: int) -> bool:
        """Whether percentages are those of a column of counts in another, or in the sum of others, in two rows or more
        and nine of ten of them."""
        known, agreeing = self._agreement(pct, part, whole)
        return agreeing >= max(2, _MOST * known)

    def contradicts(self, pct: int, part: int, whole: int) -> bool:
        """Whether percentages are not those of two columns of counts, in two rows or more and most of them."""
        known, agreeing = self._agreement(pct, part, (whole,))
        return known > 1 and 2 * agreeing < known

    def _agreement(self, pct: int, part: int, whole: Sequence[int]) -> tuple[int, int]:
        """In how many rows a percentage and its counts stand, and in how many of them they agree."""
        printed, counted, of = self.of(pct, "pct"), self.of(part), self._sum(whole)
        known = ~np.isnan(printed) & ~np.isnan(counted) & ~np.isnan(of) & (of != 0)
        if not known.any():
            return 0, 0
        step = self._step(pct)[known]
        printed, ratio = printed[known], counted[known] / of[known]
        agrees = (np.abs(printed - ratio * 100) <= step) | (np.abs(printed - ratio) <= step)
        return int(known.sum()), int(agrees.sum())

    def _step(self, pct: int) -> np.ndarray:
        """One unit of the last printed digit of each percentage of a column."""
        if pct not in self._printed_to:
            decimals = [decimals_of(number) for number in self.of(pct, "pct").tolist()]
            self._printed_to[pct] = 1.000001 * 10.0 ** -np.array(decimals)
        return self._printed_to[pct]

    def make_up(self, parts: Sequence[int], whole: int) -> bool:
        """Whether columns add up to another in two rows or more, and in nine of ten of them."""
        sums, wholes = self._sum(parts), self.of(whole)
        known = ~np.isnan(sums) & ~np.isnan(wholes)
        return int((sums == wholes)[known].sum()) >= max(2, _MOST * int(known.sum()))

    def are_apart_by(self, one: int, other: int, gap: int) -> bool:
        """Whether two columns of percentages differ by what a third shows, in two rows or more and nine of ten."""
        apart = np.abs(self.of(one, "pct") - self.of(other, "pct")) - np.abs(self.of(gap, "pct"))
        known = ~np.isnan(apart)
        return int((np.abs(apart) <= self._step(gap))[known].sum()) >= max(2, _MOST * int(known.sum()))

    def is_sum(self, total: int, parts: Sequence[int]) -> bool:
        """Whether a "Jumlah" is, in every row that has one, the sum of other columns; each of them may be cut to a
        whole."""
        if len(parts) < 2:
            return False
        wholes = self.of(total)
        rows = ~np.isnan(wholes)
        agrees = np.abs(self._sum(parts) - wholes) <= len(parts)
        return int(rows.sum()) > 1 and bool(agrees[rows].all())

    def _sum(self, columns: Sequence[int]) -> np.ndarray:
        """The sum of columns in each row; NaN where one of them shows no number."""
        return np.sum([self.of(column) for column in columns], axis=0)


def _numbers_of(cells: Sequence[Cell], unit: Unit) -> np.ndarray:
    """The numbers of cells: at once where those that are not blank are all numbers, words, or typed alike."""
    types = {type(cell) for cell in cells if cell != ""}
    if types <= {int, float}:
        return np.array([np.nan if cell == "" else cell for cell in cells], float)
    numbers = np.full(len(cells), np.nan)
    if types == {str}:
        texts = [cell for cell in cells if type(cell) is str and cell]
        if not _DIGIT.search("".join(texts)):
            return numbers
        if (uniform := read_uniform(texts, unit, 1)) is not None:
            numbers[[cell != "" for cell in cells]] = uniform[0]
            return numbers
    for row, cell in enumerate(cells):
        if (number := as_number(cell, unit)) is not None:
            numbers[row] = number
    return numbers


def as_number(cell: Cell, unit: str = "people") -> float | None:
    """The number that a cell shows as a head count or a percentage; None where it shows none."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell)
    found = read_number(cell, "pct" if unit == "pct" else "people") if type(cell) is str else None
    return found.value if isinstance(found, Number) else None
