"""Rates and rests that are of something else than their words say: what the figures beside them give away.

A rate of "Terdaftar", of a target, of last month or of all members is no coverage, and a "Potensi" that lacks the
members is what is left of it. Where the counts of the table itself give a rate, nothing here doubts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from flows.read.column_doubts import agrees_in_most, as_number, follows, of_whom
from flows.read.columns import Column, not_understood
from flows.read.words import Lexicon, tokens_of
from flows.read.workbook import Cell

# In a title beside these a rate is of a target, a share or a growth, unless a header calls it the coverage.
_OTHER_RATES = {"target", "sasaran", "komposisi", "proporsi", "struktur", "distribusi", "kontribusi", "porsi", "share",
                "sebaran", "pertumbuhan", "growth", "kenaikan", "penurunan", "perubahan", "laju"}  # fmt: skip
_COVERAGE = {"cakupan", "coverage"}
_REACHED = {"sudah", "telah"}
_MISSING = {"belum", "sisa", "gap", "kekurangan"}


def without_other_rates(
    columns: list[Column], lexicon: Lexicon, titles: Iterable[str], body: Sequence[Sequence[Cell]]
) -> list[Column]:
    """The columns of a table, those put in doubt whose rate or rest is of something else; `titles` stand over it."""
    told_apart = {word for column in columns for word in column.understanding.leftover}  # "Target" beside "Realisasi"
    says_other = any(not (_OTHER_RATES - told_apart).isdisjoint(tokens_of(title)) for title in titles)
    return [_judge(column, columns, lexicon, body, says_other) for column in columns]


def _judge(
    column: Column, columns: Sequence[Column], lexicon: Lexicon, body: Sequence[Sequence[Cell]], says_other: bool
) -> Column:
    if column.role != "measure":
        return column
    measure = lexicon.kind.measure(column.understanding.measure)
    unread = [
        each.number for each in columns
        if each.role in ("unknown", "ignored") and any(as_number(row[each.number]) is not None for row in body)
    ]  # fmt: skip
    if measure.ratio:
        parts, wholes = (_beside(column, columns, name, lexicon) for name in measure.ratio)
        if len(parts) == len(wholes) == 1 and follows(body, column.number, parts[0], wholes[0]):
            return column
        is_other = any(_is_of_unread(column.number, part, unread, body) for part in parts)
        is_other |= says_other and _COVERAGE.isdisjoint(tokens_of(column.header_text))
        is_other |= not wholes and _is_change(column, columns, measure.ratio[0], lexicon)
        return not_understood(column) if is_other else column
    for rate in lexicon.kind.measures:
        if rate.ratio and rate.ratio[1] == measure.name:
            counted = _beside(column, columns, rate.ratio[0], lexicon)
            is_reached = not _REACHED.isdisjoint(tokens_of(column.header_text))
            missing = [each.number for each in columns if not _MISSING.isdisjoint(tokens_of(each.header_text))]
            is_same = any(_are_equal(column.number, each, body) for each in missing if each != column.number)
            if is_reached or is_same or _is_rest(column.number, counted, unread, body):
                return not_understood(column)
    return column


def _beside(column: Column, columns: Sequence[Column], measure: str, lexicon: Lexicon) -> list[int]:
    """The columns of a measure of the same members."""
    wanted = of_whom(column.understanding, lexicon)
    return [
        each.number for each in columns
        if each.role == "measure" and each.understanding.measure == measure
        and of_whom(each.understanding, lexicon) == wanted
    ]  # fmt: skip


def _is_of_unread(pct: int, part: int, unread: Sequence[int], body: Sequence[Sequence[Cell]]) -> bool:
    """Whether a rate is that of a count in a column that is not read ("Terdaftar"), or in both ("Non Aktif")."""
    return any(follows(body, pct, part, other) or follows(body, pct, part, part, other) for other in unread)


def _is_change(column: Column, columns: Sequence[Column], part: str, lexicon: Lexicon) -> bool:
    """Whether a bare "%" stands beside the same count at several times: it is how much that grew, or may be."""
    time = lexicon.kind.time.name
    counts = [each.understanding for each in columns if each.role == "measure" and each.understanding.measure == part]
    times = {said.members.get(time) for said in counts}
    is_named = not _COVERAGE.isdisjoint(tokens_of(column.header_text))
    return len(times) > 1 and time not in column.understanding.members and not is_named


def _are_equal(one: int, other: int, body: Sequence[Sequence[Cell]]) -> bool:
    rows = [(as_number(row[one]), as_number(row[other])) for row in body]
    return agrees_in_most((a, b) for a, b in rows if a is not None and b is not None)


def _is_rest(number: int, counted: Sequence[int], unread: Sequence[int], body: Sequence[Sequence[Cell]]) -> bool:
    """Whether a count and what was counted of it make up a column that is not read: then it is what is left of that."""
    for part, whole in product(counted, unread):
        rows = [[as_number(row[at]) for at in (number, part, whole)] for row in body]
        if agrees_in_most((a + b, c) for a, b, c in rows if a is not None and b is not None and c is not None):
            return True
    return False
