"""Total rows against their parts. A total is never loaded; one that is not its parts is a finding.

"Jumlah" may sum everything, the rows since the total before it, the kabupaten or the kota; a branch's
row the regencies above or below it. It holds if one of these holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from flows.addresses import a1
from flows.read.regions import RegionBook
from flows.read.workbook import Cell
from flows.records import Finding


@dataclass(frozen=True)
class TotalRow:
    """A total, branch or average row: its place in the body and the province it names, if any."""

    index: int
    role: str
    positions: tuple[int, ...]


def check_totals(
    sheet: str,
    first_row: int,
    totals: list[TotalRow],
    columns: list[tuple[int, np.ndarray, np.ndarray, float]],
    region: np.ndarray,
    groups: list[tuple[Cell, ...]],
    book: RegionBook,
) -> list[Finding]:
    """Findings for the totals that no sum of rows gives. Columns with a refused cell cannot be checked.

    A column is its number, states, values, and the size of one printed unit, half of which each row may be
    off. `groups` are a row's own segment and date: a total sums rows of its own group.
    """
    findings = []
    kinds = np.array([book.regions[place].kind if place >= 0 else "" for place in region])
    for total in totals:
        group = groups[total.index]
        if total.role == "average" or (group and "" in group):
            continue
        breaks = [other.index for other in totals if groups[other.index] == group]
        is_alike = np.array([other == group for other in groups], bool)
        for column, state, value, unit in columns:
            is_part = (region >= 0) & (state == 1) & is_alike
            if state[total.index] != 1 or not is_part.any() or (state[region >= 0] == 2).any():
                continue
            printed = float(value[total.index])
            sums = [float(value[mask & is_part].sum()) for mask in _candidates(total.index, breaks, kinds)]
            allowed = 0.5 if unit == 1 else unit / 2 * (int(is_part.sum()) + 1) + 1e-6
            if not any(abs(candidate - printed) <= allowed for candidate in sums):
                nearest = min(sums, key=lambda candidate: abs(candidate - printed))
                findings.append(
                    Finding("total_disagrees", sheet, a1(first_row + total.index, column), f"{printed:.0f}",
                            {"printed": printed, "sum": nearest, "difference": printed - nearest})
                )  # fmt: skip
    return findings


def _candidates(index: int, breaks: list[int], kinds: np.ndarray) -> Iterator[np.ndarray]:
    size = len(kinds)
    rows = np.arange(size)
    before = max((other for other in breaks if other < index), default=-1)
    after = min((other for other in breaks if other > index), default=size)
    yield np.ones(size, bool)
    yield (rows > before) & (rows < index)
    yield (rows > index) & (rows < after)
    yield kinds == "kabupaten"
    yield kinds == "kota"
