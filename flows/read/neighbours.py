"""Tables that stand beside each other, on one row or the one lower than the other: which columns are whose.

Two region headers in one row head two tables. So do two of which the one stands lower and further right (or left),
where a column between them is blank as long as both may go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flows.read.headers import Anchor
from flows.read.words import Lexicon
from flows.read.workbook import Sheet, is_blank, shown


def find_beside(sheet: Sheet, anchor: Anchor, anchors: Sequence[Anchor]) -> list[Anchor]:
    """The anchors of the tables that stand beside one."""
    return [other for other in anchors if other is not anchor and _is_beside(sheet, anchor, other, anchors)]


def starts_lower(anchor: Anchor, beside: Sequence[Anchor]) -> bool:
    """Whether a table begins below the header of one beside it."""
    return any(other.bottom < anchor.top for other in beside)


def column_limits(
    sheet: Sheet, anchor: Anchor, beside: Sequence[Anchor], anchors: Sequence[Anchor], lexicons: Sequence[Lexicon]
) -> tuple[int, int]:
    """The first and the last column that may be a table's: up to the blank columns before its neighbours; where there
    are none, or several, a neighbour begins with its "No" and code columns."""
    left = max((each for each in beside if each.column < anchor.column), key=lambda each: each.column, default=None)
    right = min((each for each in beside if each.column > anchor.column), key=lambda each: each.column, default=None)
    first = _border(sheet, left, anchor, anchors, lexicons)[1] if left else 0
    last = _border(sheet, anchor, right, anchors, lexicons)[0] if right else sheet.width - 1
    return first, last


def _border(
    sheet: Sheet, left: Anchor, right: Anchor, anchors: Sequence[Anchor], lexicons: Sequence[Lexicon]
) -> tuple[int, int]:
    """The last column of a table and the first one of its neighbour.

    Between blank columns and a region column in the same row as the other stand its "No" and codes; figures only
    where its names come last. Otherwise the blank column may be one of the left table.
    """
    leading = _leading_columns(sheet, right.row, right.column, left.column, lexicons)
    gap = _gap(sheet, left, right, anchors)
    comes_last = right.column + 1 >= sheet.width or is_blank(sheet.rows[right.row][right.column + 1])
    if gap and (gap[-1] + 1 == leading or comes_last or not _share_rows(left, right)):
        return gap[0] - 1, gap[-1] + 1
    return leading - 1, leading


def _share_rows(one: Anchor, other: Anchor) -> bool:
    return other.top <= one.bottom and one.top <= other.bottom


def _is_beside(sheet: Sheet, one: Anchor, other: Anchor, anchors: Sequence[Anchor]) -> bool:
    if _share_rows(one, other):
        return True
    left, right = sorted((one, other), key=lambda anchor: anchor.column)
    return bool(_gap(sheet, left, right, anchors))


def _gap(sheet: Sheet, left: Anchor, right: Anchor, anchors: Sequence[Anchor]) -> list[int]:
    """The blank columns between two tables; none where there are several runs of them: one may be in a table."""
    top, end = min(left.top, right.top), _foot(sheet, left, right, anchors)
    between = range(left.column + 1, right.column)
    blank = [n for n in between if all(map(is_blank, sheet.columns[n][top:end]))]
    return blank if all(after - before == 1 for before, after in pairwise(blank)) else []


def _foot(sheet: Sheet, one: Anchor, other: Anchor, anchors: Sequence[Anchor]) -> int:
    """The row below which neither of two tables goes on: both region columns are blank there, or a third begins."""
    first = max(one.bottom, other.bottom) + 1
    third = min((each.top for each in anchors if each.top >= first), default=len(sheet.rows))
    for row in range(first, third):
        if is_blank(sheet.rows[row][one.column]) and is_blank(sheet.rows[row][other.column]):
            return row
    return third


def _leading_columns(sheet: Sheet, row: int, column: int, stop: int, lexicons: Sequence[Lexicon]) -> int:
    """The first of the "No" and code columns that stand directly left of a region column."""
    while column - 1 > stop:
        text = shown(sheet.rows[row][column - 1])
        understood = lexicons[0].understand((text,)) if text else None
        if understood is None or not (understood.is_code or understood.is_ignored):
            break
        column -= 1
    return column
