"""Total rows against their parts. A total is never loaded; one that is not its parts is a finding.

"Jumlah" may sum everything, the rows since the total before it, the kabupaten or the kota; a branch's
row the regencies above or below it; at the end of a list in two halves the other half too. It holds if one of
these holds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from flows.read.layout import Table
from flows.read.regions import RegionBook
from flows.read.rows import Rows, TotalRow
from flows.read.values import NUMBER, REFUSED, Measures
from flows.records import Finding


def column_sums(measures: Measures, rows: Rows) -> np.ndarray:
    """The sum of the regions of each measure column."""
    is_part = (measures.state == NUMBER) & (rows.region >= 0)
    is_part[:, [index for index, _ in rows.parts]] = False
    return np.where(is_part, measures.value, 0.0).sum(axis=1)


def check_totals(
    table: Table, measures: Measures, rows: Rows, book: RegionBook, before: np.ndarray | None
) -> list[Finding]:
    """Findings for totals that no sum of rows gives, and for percentages that the totals themselves do not give.

    `before` are the column sums of the halves of the list at the left of this table; None where there are none.

    Columns with a refused cell cannot be checked.
    Each row may be off by half of one printed unit. A total sums rows of its own segment and date.
    """
    totals, region = rows.totals, rows.region
    counts = [n for n, column in enumerate(measures.columns) if column.measure.unit == "people"]
    findings = check_total_percentages(table, measures, totals)
    if not totals or not counts:
        return findings
    state, value = measures.state[counts], measures.value[counts]
    units = np.array([measures.columns[n].unit for n in counts])
    is_broken = (state[:, region >= 0] == REFUSED).any(axis=1)
    kinds = np.array([book.regions[place].kind if place >= 0 else "" for place in region.tolist()])
    carried = [table.spread(column) for column in table.row_fields]
    groups = list(zip(*carried, strict=True)) if carried else [()] * len(region)
    for total in totals:
        group = groups[total.index]
        if total.role in ("average", "carried") or "" in group:
            continue
        breaks = [other.index for other in totals if groups[other.index] == group]
        is_alike = np.array([other == group for other in groups], bool)
        is_alike[[index for index, _ in rows.parts]] = False  # they are in their region's own row
        is_part = (state == NUMBER) & (region >= 0) & is_alike
        parts = np.where(is_part, value, 0.0)
        sums = np.stack([parts @ mask for mask in _candidates(total.index, breaks, kinds)], axis=1)
        if before is not None:
            sums = np.column_stack([sums, sums[:, 0] + before[counts]])
        printed = value[:, total.index]
        allowed = np.where(units == 1, 0.5, units / 2 * (is_part.sum(axis=1) + 1) + 1e-6)
        distance = np.abs(sums - printed[:, None])
        is_off = (state[:, total.index] == NUMBER) & is_part.any(axis=1) & ~is_broken & (distance.min(axis=1) > allowed)
        for n in np.flatnonzero(is_off).tolist():
            nearest, found = float(sums[n, distance[n].argmin()]), float(printed[n])
            place = table.sheet.address(table.first_row + total.index, measures.columns[counts[n]].column.number)
            details = {"printed": found, "sum": nearest, "difference": found - nearest}
            findings.append(Finding("total_disagrees", table.sheet.name, place, f"{found:.0f}", details))
    return findings


def check_total_percentages(table: Table, measures: Measures, totals: list[TotalRow]) -> list[Finding]:
    """Findings for percentages of total rows that their own counts do not give; a mean of percentages gives them never.

    One unit of the last printed digit is allowed: offices truncate as often as they round.
    """
    rows = [total.index for total in totals if total.role != "average"]
    findings = []
    for n, column in enumerate(measures.columns):
        beside = [_beside(measures, n, name) for name in column.measure.ratio or ()]
        parts = [at for at in beside if at is not None]
        if not rows or len(parts) != 2:
            continue
        part, whole = (measures.value[at] for at in parts)
        with np.errstate(divide="ignore", invalid="ignore"):
            computed = 100 * part / whole
        is_read = (measures.state[[n, *parts]] == NUMBER).all(axis=0) & (whole > 0)
        is_off = is_read & (np.abs(column.value - computed) > column.step + 1e-9)
        for index in [index for index in rows if is_off[index]]:
            place = table.sheet.address(table.first_row + index, column.column.number)
            details = {"printed": float(column.value[index]), "part": float(part[index]), "whole": float(whole[index]),
                       "computed": round(float(computed[index]), 2)}  # fmt: skip
            text = f"{column.value[index]:.10g}"
            findings.append(Finding("total_pct_disagrees", table.sheet.name, place, text, details))
    return findings


def _beside(measures: Measures, n: int, measure: str) -> int | None:
    """The one column of a measure for the same segment and date as column `n`; None where there are none or several."""
    members = measures.columns[n].column.understanding.members
    found = [
        at
        for at, other in enumerate(measures.columns)
        if other.measure.name == measure and other.column.understanding.members == members
    ]
    return found[0] if len(found) == 1 else None


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
