"""What columns are by the figures beside them: a sum tells what its parts count, a rate of which counts it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flows.read.column_doubts import OF_NO_TARGET
from flows.read.columns import Column, Surroundings
from flows.read.figures import Figures
from flows.read.words import INACTIVE_WORDS, Lexicon, first_phrase, tokens_of

_RATE_WORDS = OF_NO_TARGET | {"capaian"}
_MEMBERS = {"peserta", "aktif"}
_SHARE_OF = {"persen", "terhadap", "thd", "thdp", "dari"}
_MOST_OF = 0.8


def by_their_sum(columns: list[Column], lexicon: Lexicon, figures: Figures) -> list[Column]:
    """Columns "TK PU", "TK BPU", "TK Jakon" that make up a "Total TK Aktif" in every row count what it does."""
    parts = [
        column for column in columns
        if column.role == "unknown" and not column.understanding.leftover and column.understanding.members
        and not column.understanding.weak
    ]  # fmt: skip
    totals = [
        column for column in columns
        if column.role == "measure" and lexicon.kind.measure(column.understanding.measure).unit == "people"
        and not column.understanding.members.keys() - column.understanding.weak
    ]  # fmt: skip
    numbers = [column.number for column in parts]
    sums = {column.understanding.measure for column in totals if figures.is_sum(column.number, numbers)}
    if len(parts) < 2 or len(sums) != 1:
        return columns
    return [
        replace(column, understanding=replace(column.understanding, measure=min(sums))) if column in parts else column
        for column in columns
    ]


def by_its_counts(column: Column, columns: Sequence[Column], lexicon: Lexicon, figures: Figures) -> Column:
    """A column "Capaian" whose figures are the share of one count beside it in another holds that percentage."""
    said = column.understanding
    if column.role != "measure" or not (as_pct := lexicon.kind.measure(said.measure).as_pct):
        return column
    counts, rates = figures.numbers(column.number), figures.numbers(column.number, "pct")  # "38.595" is a head count
    if not (are_rates(counts) and are_rates(rates) and any(rate % 1 for rate in rates)):
        return column
    _, whole = lexicon.kind.measure(as_pct).ratio or ("", "")
    parts = [each.number for each in columns if each.role == "measure" and each.understanding.measure == said.measure]
    wholes = [
        each.number for each in columns
        if each.understanding.measure == whole or (each.role == "unknown" and not each.understanding.leftover)
    ]  # fmt: skip
    pairs = ((part, of) for part in parts for of in wholes if part != column.number)
    if not any(figures.follows(column.number, part, of) for part, of in pairs):
        return column
    return replace(column, understanding=replace(said, measure=as_pct, is_pct=True))


def by_its_whole(column: Column, columns: Sequence[Column], lexicon: Lexicon, figures: Figures) -> Column:
    """A column "% thd semesta" holds the percentage where the counts beside it give its figures: else it may be that of
    anything."""
    said = column.understanding
    rates = [each for each in lexicon.kind.measures if each.ratio and each.ratio[1] == said.measure]
    if not (said.is_pct and rates and said.leftover and set(said.leftover) <= _SHARE_OF):
        return column
    at = {
        name: [each.number for each in columns if each.role == "measure" and each.understanding.measure == name
               and each.understanding.members == said.members]
        for name in rates[0].ratio or ()
    }  # fmt: skip
    part, whole = at.values()
    if not (len(part) == len(whole) == 1 and figures.follows(column.number, part[0], whole[0])):
        return column
    return replace(column, understanding=replace(said, measure=rates[0].name, leftover=()))


def of_its_counts(column: Column, columns: Sequence[Column], lexicon: Lexicon, figures: Figures) -> Column:
    """A bare "%" behind "Semesta BPU" and "Aktif BPU" is of BPU, where no other counts beside it give its figures."""
    said = column.understanding
    if column.role != "measure" or said.members or not (ratio := lexicon.kind.measure(said.measure).ratio):
        return column
    at: dict[frozenset[tuple[str, str]], list[list[int]]] = defaultdict(lambda: [[], []])
    for other in columns:
        if other.role == "measure" and other.understanding.measure in ratio:
            beside = other.understanding
            members = frozenset(item for item in beside.members.items() if item[0] not in beside.weak)
            at[members][ratio.index(other.understanding.measure)].append(other.number)
    pairs = {
        members: (parts[0], wholes[0]) for members, (parts, wholes) in at.items() if len(parts) == len(wholes) == 1
    }
    if not any(pairs):
        return column
    found = [members for members, (part, whole) in pairs.items() if figures.follows(column.number, part, whole)]
    return replace(column, understanding=replace(said, members=dict(found[0]))) if len(found) == 1 else column


def is_of_segment(columns: Sequence[Column], lexicon: Lexicon, surroundings: Surroundings) -> bool:
    """Whether the titles or a column of the table say of which segment its figures are."""
    time = lexicon.kind.time.name
    titles = [text.words for text in surroundings.above or surroundings.head]
    is_carried = any(column.role == "dimension" and column.understanding.carries != time for column in columns)
    named = [members for title in titles for members in lexicon.context_members(title).values()]
    return is_carried or (bool(named) and all(len(members) == 1 for members in named))


def by_their_rate(columns: list[Column], lexicon: Lexicon, figures: Figures, of_segment: bool) -> list[Column]:
    """Columns of a segment's workers without a measure that a rate and its other count give are the wanting counts
    ("Jml TK Jakon" beside "TK Jakon Aktif" and "Cakupan"); so is "Pekerja PU" beside "Peserta Aktif PU" where several
    segments stand so. "Jumlah Pekerja" may be more than can be members, unless the table is `of_segment`."""
    for rate in lexicon.kind.measures:
        if not rate.ratio:
            continue
        part, whole = rate.ratio
        of = {name: [each for each in columns if each.role == "measure" and each.understanding.measure == name]
              for name in (part, whole, rate.name)}  # fmt: skip
        are_registered = any(first_phrase(each.header_text, INACTIVE_WORDS) for each in columns)  # active or not
        found: list[Column] = []
        unsaid: list[Column] = []
        for column in columns:
            if column.role != "unknown" or column.understanding.leftover or are_registered:
                continue
            if not (of_segment or _names_segment(column, lexicon)):
                continue
            parts, wholes, rates = (_of_the_same(column, of[name]) for name in (part, whole, rate.name))
            if wholes or len(parts) != 1 or len(rates) > 1:
                continue
            if not rates and _counts_more(column, parts[0], figures):
                unsaid.append(column)
            elif rates and figures.follows(rates[0].number, parts[0].number, column.number):
                says_so = not _RATE_WORDS.isdisjoint(tokens_of(rates[0].header_text))
                found += [column] if says_so else []  # "% Aktif": of whom?
        found += unsaid if len(unsaid) > 1 and not of[rate.name] else []
        columns = [
            replace(each, understanding=replace(each.understanding, measure=whole)) if each in found else each
            for each in columns
        ]
    return columns


def _names_segment(column: Column, lexicon: Lexicon) -> bool:
    """Whether a column names a member that is no total."""
    said = column.understanding
    return bool(said.members.keys() - said.weak - {lexicon.kind.time.name})


def _of_the_same(column: Column, others: Sequence[Column]) -> list[Column]:
    """Which of some columns have the members of another; the only one where it has none."""
    same = [each for each in others if each.understanding.members == column.understanding.members]
    return same or [each for each in others if not each.understanding.members and len(others) == 1]


def _counts_more(column: Column, part: Column, figures: Figures) -> bool:
    """Whether a column of workers ("Pekerja") is nowhere below the "Peserta" or "Aktif" beside it."""
    says_so = "pekerja" in tokens_of(column.header_text) and not _MEMBERS.isdisjoint(tokens_of(part.header_text))
    counted, whole = figures.of(part.number), figures.of(column.number)
    return says_so and bool((whole >= counted)[~np.isnan(whole) & ~np.isnan(counted)].all())


def is_of_other_counts(column: Column, columns: Sequence[Column], lexicon: Lexicon, figures: Figures) -> bool:
    """Whether the counts of the segment that stands over a rate do not give its figures: a "Cakupan" behind the columns
    of PU and BPU is of both."""
    said = column.understanding
    named = said.members.keys() - said.weak - {lexicon.kind.time.name}
    if column.role != "measure" or not named or not (ratio := lexicon.kind.measure(said.measure).ratio):
        return False
    beside = [
        [other.number for other in columns if other.role == "measure" and other.understanding.measure == name
         and other.understanding.members == said.members and other.understanding.scale == 1]
        for name in ratio
    ]  # fmt: skip
    part, whole = beside
    return len(part) == len(whole) == 1 and figures.contradicts(column.number, part[0], whole[0])


def are_rates(numbers: Sequence[float]) -> bool:
    """Whether nearly all numbers are up to 100: one that lost its comma is refused alone."""
    return sum(number <= 100 for number in numbers) >= _MOST_OF * len(numbers)
