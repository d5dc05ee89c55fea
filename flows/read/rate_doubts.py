"""Rates and rests that are of something else than their words say: what the figures beside them give away.

A rate of "Terdaftar", of a target, of last month or of all members is no coverage, and a "Potensi" that lacks the
members is what is left of it. Where the counts of the table itself give a rate, nothing here doubts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations, product

from flows.read.column_doubts import of_whom
from flows.read.columns import Column, not_understood
from flows.read.figures import Figures
from flows.read.words import Lexicon, first_phrase, tokens_of

# In a title beside these a rate is of a target, a share or a growth, unless a header calls it the coverage.
_OTHER_RATES = {"target", "sasaran", "komposisi", "proporsi", "struktur", "distribusi", "kontribusi", "porsi", "share",
                "sebaran", "pertumbuhan", "growth", "kenaikan", "penurunan", "perubahan", "laju", "peningkatan",
                "kinerja", "keaktifan", "aktivasi", "retensi", "indeks", "skor", "kepatuhan",
                "churn"}  # fmt: skip
_COVERAGE = {"cakupan", "coverage"}
_REACHED = {"sudah", "telah"}
_MISSING = {"belum", "sisa", "gap", "kekurangan"}


def without_other_rates(
    columns: list[Column], lexicon: Lexicon, titles: Iterable[str], figures: Figures
) -> list[Column]:
    """The columns of a table, those put in doubt whose rate or rest is of something else; `titles` stand over it."""
    told_apart = {word for column in columns if not column.is_anchor for word in column.understanding.leftover}
    said = [set(tokens_of(title)) for title in titles]
    others = [words for words in said if words & (_OTHER_RATES - told_apart)]
    says_other = bool(others) and not any(words & _COVERAGE for words in said if words not in others)
    names = max((each.number for each in columns if each.role == "region"), default=-1)
    unread = [
        each.number for each in columns
        if figures.shows_any(each.number)
        and (each.role == "unknown" or (each.role == "ignored" and each.number > names))  # running numbers stand before
    ]  # fmt: skip
    return [_judge(column, columns, lexicon, figures, unread, says_other) for column in columns]


def _judge(
    column: Column, columns: Sequence[Column], lexicon: Lexicon, figures: Figures, unread: Sequence[int],
    says_other: bool,
) -> Column:  # fmt: skip
    """A column, not understood where it is of something else; `unread` columns show figures too."""
    if column.role != "measure":
        return column
    measure = lexicon.kind.measure(column.understanding.measure)
    if measure.ratio:
        parts, wholes = (_beside(column, columns, name, lexicon) for name in measure.ratio)
        giving = [
            each for each in columns
            if each.role == "measure" and each.understanding.measure == measure.ratio[1] and len(parts) == 1
            and figures.follows(column.number, parts[0], each.number)
        ]  # fmt: skip
        time = lexicon.kind.time.name
        own = of_whom(column.understanding, lexicon).keys() - {time}
        if any(not own or of_whom(each.understanding, lexicon).keys() - {time} for each in giving):
            return column
        if giving:
            return not_understood(column)  # the members of one segment in per cent of all workers
        is_other = any(_is_of_unread(column.number, part, unread, figures) for part in parts)
        names_it = not _COVERAGE.isdisjoint(tokens_of(column.header_text))
        names_it |= bool(first_phrase(column.header_text, measure.title_words))
        is_other |= says_other and not names_it
        is_other |= not (parts or wholes) and any(
            figures.follows(column.number, part, whole) for part, whole in permutations(unread, 2)
        )  # "Cakupan" behind "Potensi badan usaha" and "Badan usaha aktif"
        is_other |= not wholes and _is_change(column, columns, measure.ratio[0], lexicon)
        return not_understood(column) if is_other else column
    for rate in lexicon.kind.measures:
        if rate.ratio and rate.ratio[1] == measure.name:
            counted = _beside(column, columns, rate.ratio[0], lexicon)
            is_reached = not _REACHED.isdisjoint(tokens_of(column.header_text))
            missing = [each.number for each in columns if not _MISSING.isdisjoint(tokens_of(each.header_text))]
            is_same = any(figures.make_up([column.number], each) for each in missing if each != column.number)
            if is_reached or is_same or _is_rest(column.number, counted, unread, figures):
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


def _is_of_unread(pct: int, part: int, unread: Sequence[int], figures: Figures) -> bool:
    """Whether a rate is that of a count in a column that is not read ("Terdaftar"), or in both ("Non Aktif")."""
    return any(figures.follows(pct, part, other) or figures.follows(pct, part, part, other) for other in unread)


def _is_change(column: Column, columns: Sequence[Column], part: str, lexicon: Lexicon) -> bool:
    """Whether a bare "%" stands beside the same count at several times: it is how much that grew, or may be."""
    time = lexicon.kind.time.name
    counts = [each.understanding for each in columns if each.role == "measure" and each.understanding.measure == part]
    times = {said.members.get(time) for said in counts}
    is_named = not _COVERAGE.isdisjoint(tokens_of(column.header_text))
    return len(times) > 1 and time not in column.understanding.members and not is_named


def _is_rest(number: int, counted: Sequence[int], unread: Sequence[int], figures: Figures) -> bool:
    """Whether a count and what was counted of it make up a column that is not read: then it is what is left of that."""
    return any(figures.make_up([number, part], whole) for part, whole in product(counted, unread))
