"""Columns whose words are all known and that may hold something else all the same, because of what stands beside them.

A sum over months, what came in this month beside what stands at its end, shares that make 100, per cent of a quota,
places of work, the province's figure: each is put in doubt, and a column in doubt is not loaded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from flows.read.columns import Column, Surroundings, Text, Title, not_understood
from flows.read.dates import find_dates, may_be_month_first
from flows.read.figures import Figures
from flows.read.headers import Anchor
from flows.read.numbers import decimals_of
from flows.read.regions import RegionBook
from flows.read.titles import footnotes_in, mark_of, marks_of_others
from flows.read.words import INACTIVE_WORDS, RIVAL_DENOMINATORS, Lexicon, Understanding, has_phrase, tokens_of
from flows.read.workbook import Cell

_ACTIVE = "aktif"
_UNTIL_NOW = re.compile(
    r"\b(?:s d|sd|sampai dengan|sampai) bulan (?:ini|lalu)\b|\b(?:kumulatif|akumulasi|cumulative)\b"
)
_IN_THIS_TIME = re.compile(r"\b(?:bulan|tahun|minggu|triwulan) ini\b|\bper (?:bulan|tahun|minggu|triwulan)\b")
_BASELINE = re.compile(r"\b(?:baseline|kondisi awal|data awal)\b")
PEOPLE = {"peserta", "kepesertaan", "orang", "jiwa", "pekerja", "tk", "naker", "tenaga", "members", "people"}
_COUNTS_WORKERS = {"semesta", *PEOPLE}
_THINGS = {"nilai", "program", "unit"}  # beside "Aktif" or "Realisasi" alone they count rupiah, programmes, things
_PROGRAMMES = {"jkk", "jkm", "jht", "jp", "jkp"}
_PLACES = re.compile(r"\b(?:tempat kerja|lokasi kerja)\b", re.IGNORECASE)
_WORKERS = re.compile(
    r"\b(?:peserta|kepesertaan|tk|naker|tenaga|pekerja|orang|konstruksi|jakon|basis|berdasarkan)\b", re.IGNORECASE
)
_BUDGETS = {"anggaran", "pagu", "kuota", "alokasi", "penerimaan"}
_REACHED = {"realisasi", "capaian", "real", "tercapai"}
_OF_OTHER_TARGETS = {"penambahan", "tambahan", "tambah", "baru", "iuran", "pk", "bu", "desa", "perusahaan", "usaha"}
OF_NO_TARGET = {"cakupan", "coverage", "cov", "realisasi"}  # never the part of a target that was reached
_FEWEST_NAMES = 3
_FEWEST_SHARES = (3, 6)  # regions: with counts that give the same shares, and without counts


def without_doubtful(
    columns: list[Column], lexicon: Lexicon, title: Title, surroundings: Surroundings, anchor: Anchor, figures: Figures,
    book: RegionBook,
) -> list[Column]:  # fmt: skip
    """The columns of a table, those put in doubt that may hold something else; `figures` are those of its body."""
    columns = without_narrow_names(columns, lexicon)
    columns = _without_partial_sums(columns)
    columns = _without_loose_names(columns, lexicon, title, surroundings.above or surroundings.head)
    columns = _without_sums_over_times(columns, lexicon, figures)
    columns = _without_new_years(columns, lexicon)
    titles = [text.words for text in surroundings.above or surroundings.head]
    columns = _without_marked(columns, lexicon, [text.words for text in surroundings.below], titles)
    if month_first := may_be_month_first({text for column in columns for text in column.header}):
        columns = [column if month_first.isdisjoint(column.header) else not_understood(column) for column in columns]
    if anchor.names_regions:
        columns = [_without_shares(column, columns, lexicon, figures) for column in columns]
    columns = _without_provinces(columns, lexicon, book, anchor.names_regions)
    columns = _without_what_follows_a_baseline(columns, lexicon)
    columns = _without_other_counts(columns, lexicon)
    columns = _without_places(_without_reached_budgets(columns), lexicon)
    columns = _without_things(_without_other_sums(columns, lexicon, figures), lexicon)
    rivals = {word for column in columns for word in column.understanding.leftover} & RIVAL_DENOMINATORS
    return [_in_doubt(column, lexicon, rivals, columns, figures) for column in columns] if rivals else columns


def _without_marked(
    columns: list[Column], lexicon: Lexicon, notes: Sequence[str], titles: Sequence[str]
) -> list[Column]:
    """ "Peserta Aktif 1)" over a footnote that says that it is of others, of another time, or of a segment that the
    header leaves out."""
    footnotes, others = footnotes_in(notes), marks_of_others(notes, titles)
    of_member = {mark for mark, note in footnotes.items() if lexicon.names_member(note)}

    def is_of_others(column: Column) -> bool:
        marks = {mark_of(text) for text in column.header}
        is_named = column.understanding.members.keys() - column.understanding.weak - {lexicon.kind.time.name}
        return not others.isdisjoint(marks) or not (is_named or of_member.isdisjoint(marks))

    if not footnotes:
        return columns
    return [not_understood(each) if each.role == "measure" and is_of_others(each) else each for each in columns]


def without_narrow_names(columns: Sequence[Column], lexicon: Lexicon) -> list[Column]:
    """ "Proyek Aktif" counts construction's members beside "PU Aktif", and may count projects beside "Peserta PU"; a
    "Semesta Konstruksi" counts workers, a "Konstruksi Aktif" beside it or beside a "Konstruksi Potensi" too. So
    do "Mandiri" and "Proyek" beside each other."""
    if not any(column.understanding.narrow for column in columns):
        return list(columns)
    named = [
        (name, value, lexicon.shape(column.header)) for column in columns if column.role == "measure"
        for name, value in column.understanding.members.items()
        if name not in column.understanding.weak
    ]  # fmt: skip
    of_workers = _narrow_names_of_workers(columns, lexicon)

    def is_alone(column: Column) -> bool:
        said, shape = column.understanding, lexicon.shape(column.header)
        beside = [each for each in columns if len(column.header) > 1 and each.header[:-1] == column.header[:-1]]
        is_sector = any(each.role == "unknown" and each.understanding.leftover for each in beside)  # "Perdagangan"
        counts_workers = any((name, said.members[name]) in of_workers for name in said.narrow)
        return (is_sector or not counts_workers) and any(
            not any(name == other and said.members[name] != value and shape == of for other, value, of in named)
            for name in said.narrow
        )

    return [not_understood(column) if column.role == "measure" and is_alone(column) else column for column in columns]


def _narrow_names_of_workers(columns: Sequence[Column], lexicon: Lexicon) -> set[tuple[str, str]]:
    """The members named by a narrow word that stands beside a word for workers, or under two head counts."""
    counts: dict[tuple[str, str], set[str]] = defaultdict(set)
    of_workers = set()
    for column in columns:
        said = column.understanding
        for name in said.narrow if column.role == "measure" else ():
            member = (name, said.members[name])
            if not _COUNTS_WORKERS.isdisjoint(tokens_of(column.header_text)):
                of_workers.add(member)
            if lexicon.kind.measure(said.measure).unit == "people":
                counts[member].add(said.measure)
    return of_workers | {member for member, measures in counts.items() if len(measures) > 1}


def _without_partial_sums(columns: list[Column]) -> list[Column]:
    """A "Total (PU+BPU)" is the total of a table that names PU and BPU and no other; else it is a part of one."""
    named = {
        item for column in columns
        for item in column.understanding.members.items() if item[0] not in column.understanding.weak
    }  # fmt: skip

    def is_partial(summed: frozenset[tuple[str, str]]) -> bool:
        return summed != {item for item in named if item[0] in dict(summed)}

    return [
        not_understood(column) if column.role == "measure" and is_partial(column.understanding.summed) else column
        for column in columns
    ]


def _without_loose_names(columns: list[Column], lexicon: Lexicon, title: Title, titles: Sequence[Text]) -> list[Column]:
    """Under "Semesta Pekerja" or "Peserta Non Aktif" a column "Peserta PU" may be of that, where no header names it."""
    if not any(column.understanding.is_loose for column in columns):
        return columns
    counts_title = title.measure and lexicon.kind.measure(title.measure).unit == "people"
    is_of_title = counts_title and all(column.understanding.measure != title.measure for column in columns)
    headers = " ".join(column.header_text for column in columns)
    of_measures = [text.words for text in titles if lexicon.names_measure(text.words)]
    others = {word for text in of_measures for word in lexicon.other_figures(text)}
    if not is_of_title and all(has_phrase(headers, word) for word in others):
        return columns
    return [not_understood(column) if column.understanding.is_loose else column for column in columns]


def _without_sums_over_times(columns: list[Column], lexicon: Lexicon, figures: Figures) -> list[Column]:
    """A "Jumlah" beside the same figure at several times sums those ("Total s.d. April" too): it is of no day. Where
    head counts do add up to it, they are what came in each month and no more of their days than it is."""
    time = lexicon.kind.time.name
    timed = [column for column in columns if time in column.understanding.members and column.role == "measure"]
    if len(timed) < 2:
        return columns
    sums = {column.number for column in columns if column.role == "measure" and _names_a_sum(column, lexicon)}
    times: dict[Any, set[str]] = defaultdict(set)
    for column in timed:
        if column.number not in sums:
            times[_figure_of(column.understanding, time)].add(column.understanding.members[time])
    of_no_day = {
        number for number in sums
        if len(times[_figure_of(next(c for c in columns if c.number == number).understanding, time)]) > 1
    }  # fmt: skip
    counted = [
        c.number
        for c in timed
        if c.number not in sums and lexicon.kind.measure(c.understanding.measure).unit == "people"
    ]
    if len(of_no_day) == 1 and len(counted) > 1 and figures.is_sum(min(of_no_day), counted):
        of_no_day |= set(counted)
    return [not_understood(column) if column.number in of_no_day else column for column in columns]


def _without_new_years(columns: list[Column], lexicon: Lexicon) -> list[Column]:
    """A January behind a December under one year ("2024" over "Nov", "Des", "Jan") is of another one, or those are."""
    time = lexicon.kind.time.name
    times: dict[Any, list[str]] = defaultdict(list)
    under_years = []
    for column in columns if lexicon.kind.time.reads == "date" else ():
        if (
            column.role == "measure"
            and time in column.understanding.members
            and not any(map(find_dates, column.header))
        ):
            under_years.append(column.number)
            times[_figure_of(column.understanding, time)].append(column.understanding.members[time])
    turned = {figure for figure, said in times.items() if _runs_over_new_year(said)}
    if not turned:
        return columns
    return [
        not_understood(column)
        if column.number in under_years and _figure_of(column.understanding, time) in turned else column
        for column in columns
    ]  # fmt: skip


def _runs_over_new_year(times: Sequence[str]) -> bool:
    """Whether days run forward but for a January that follows a November or December of its own year."""
    steps = list(pairwise(times))
    turns = [(one, other) for one, other in steps if one[:4] == other[:4] and one[5:7] > "10" and other[5:7] < "03"]
    return bool(turns) and all(one <= other for one, other in steps if (one, other) not in turns)


def _without_shares(column: Column, columns: Sequence[Column], lexicon: Lexicon, figures: Figures) -> Column:
    """A percentage whose regions make 100 together is the share of each in all, whatever it is called.

    Of a few regions that may be chance, unless the counts beside it give the same shares.
    """
    said = column.understanding
    rates = {each.as_pct: each.name for each in lexicon.kind.measures if each.as_pct}
    if column.role != "measure" or said.measure not in rates:
        return column
    numbers = figures.of(column.number, "pct")
    known = numbers[~np.isnan(numbers)].tolist()
    whole = 100 if max(known, default=0) > 1 else 1
    regions = known[:-1] if known and known[-1] == whole else known
    rounded = max((10.0 ** -decimals_of(number) for number in regions), default=0.0) / 2  # each is off by so much
    if len(regions) < _FEWEST_SHARES[0] or abs(sum(regions) - whole) > rounded * len(regions) + 1e-9:
        return column
    counted = [
        figures.of(other.number) for other in columns
        if other.role == "measure" and other.understanding.measure == rates[said.measure]
        and of_whom(other.understanding, lexicon) == of_whom(said, lexicon)
    ]  # fmt: skip
    is_share = any(_are_shares(numbers, counts, whole) for counts in counted)
    return not_understood(column) if is_share or (not counted and len(regions) >= _FEWEST_SHARES[1]) else column


def _are_shares(percentages: np.ndarray, counts: np.ndarray, whole: int) -> bool:
    """Whether percentages are those of counts in their sum, in every row but that of the sum."""
    rows = ~np.isnan(percentages) & (percentages != whole)
    of_all = float(counts[rows].sum())  # NaN where one is not known
    return of_all > 0 and bool((np.abs(percentages - counts / of_all * whole)[rows] <= whole / 1000).all())


def without_other_lists(
    columns: list[Column], anchor: Anchor, cells: Mapping[int, Sequence[Cell]], book: RegionBook
) -> list[Column]:
    """What stands behind a second column of the same names in another order is of that list, which has no header that
    says so."""
    if not anchor.names_regions:
        return columns
    place_of = {cell: book.match(cell).positions for cell in {*cells[anchor.column]} if type(cell) is str}
    names = [place_of.get(cell, ()) for cell in cells[anchor.column]]
    for column in columns:
        if column.number <= anchor.column or column.role in ("measure", "dimension", "code"):
            continue
        others = [place_of.get(cell, ()) if type(cell) is str else () for cell in cells[column.number]]
        listed = [places for places in others if places]
        is_list = len(listed) >= _FEWEST_NAMES and len(set(listed)) == len(listed)
        if is_list and any(other not in ((), name) for name, other in zip(names, others, strict=True)):
            return [
                not_understood(each) if each.role == "measure" and each.number > column.number else each
                for each in columns
            ]
    return columns


def _without_provinces(columns: list[Column], lexicon: Lexicon, book: RegionBook, names_regions: bool) -> list[Column]:
    """A column "TPT Jawa Timur" among those of the regencies repeats the figure of their province; in a table about one
    regency it is never that regency's."""
    provinces = _phrases_of(tuple(book.province_names))
    measures = [column for column in columns if column.role == "measure"]
    named = {column.number for column in measures if provinces.search(f" {' '.join(tokens_of(column.header[-1]))} ")}
    unread = [column for column in columns if column.role == "unknown"]
    is_own = not any(lexicon.names_measure(column.header_text) for column in unread)  # "TPT Trenggalek" is not read
    if not named or (names_regions and is_own and len(named) == len(measures)):
        return columns
    return [not_understood(column) if column.number in named else column for column in columns]


def _without_what_follows_a_baseline(columns: list[Column], lexicon: Lexicon) -> list[Column]:
    """Behind "Baseline" or "Kondisi Awal" the columns of later days hold what is aimed at."""
    unread = (" ".join(tokens_of(column.header_text)) for column in columns if column.role == "unknown")
    if not any(_BASELINE.search(header) for header in unread):
        return columns
    time = lexicon.kind.time.name
    return [
        not_understood(column) if column.role == "measure" and time in column.understanding.members else column
        for column in columns
    ]


@lru_cache(maxsize=4)
def _phrases_of(provinces: tuple[str, ...]) -> re.Pattern[str]:
    """The names of the provinces, and what stands for one, between words."""
    names = [" ".join(tokens_of(name)) for name in provinces]
    return re.compile(f" (?:{'|'.join([*names, 'provinsi', 'nasional'])}) ")


def _without_other_counts(columns: list[Column], lexicon: Lexicon) -> list[Column]:
    """Beside "TK Non Aktif" a "Total Peserta" is all of them, active or not; a "Realisasi bulan ini" is what came in a
    month, and so is any "bulan ini" beside "s.d. bulan ini"."""
    headers = [" ".join(tokens_of(" ".join(column.header))) for column in columns]
    names_inactive = any(word in header for header in headers for word in INACTIVE_WORDS)
    names_until_now = any(_UNTIL_NOW.search(header) for header in headers)
    names_month = any(_IN_THIS_TIME.search(header) for header in headers)
    if not (names_inactive or names_until_now or names_month):
        return columns
    counts = [measure for measure in lexicon.kind.measures if measure.unit == "people"]
    of_active = {count.name for count in counts if any(_ACTIVE in tokens_of(word) for word in count.words)}

    def is_other(column: Column, header: str) -> bool:
        may_be_inactive = column.understanding.measure in of_active and _ACTIVE not in header.split()
        may_be_of_month = "bulan ini" in header or _ACTIVE not in header.split()
        is_of_month = column.understanding.measure in of_active and may_be_of_month and not _UNTIL_NOW.search(header)
        came_then = may_be_inactive and bool(_IN_THIS_TIME.search(header)) and not _UNTIL_NOW.search(header)
        return (names_inactive and may_be_inactive) or (names_until_now and is_of_month) or came_then

    return [
        not_understood(column) if column.role == "measure" and is_other(column, header) else column
        for column, header in zip(columns, headers, strict=True)
    ]


def _without_places(columns: list[Column], lexicon: Lexicon) -> list[Column]:
    """ "Tempat Kerja Aktif" counts places, where it does not stand beside the members by identity card."""

    def names_other(one: Column, other: Column) -> bool:
        said, beside = one.understanding, other.understanding
        time = lexicon.kind.time.name
        named, others = ({k: v for k, v in each.members.items() if k != time} for each in (said, beside))
        return said.measure == beside.measure and bool(others) and others != named

    def counts_places(column: Column) -> bool:
        texts = [text for text in column.header if lexicon.names_measure(text)]
        return any(_PLACES.search(text) and not _WORKERS.search(text) for text in texts)

    return [
        not_understood(column)
        if column.role == "measure" and counts_places(column) and not any(names_other(column, each) for each in columns)
        else column
        for column in columns
    ]


def _without_things(columns: list[Column], lexicon: Lexicon) -> list[Column]:
    """ "Nilai Realisasi" and "Program Aktif" name no people."""

    def counts_things(column: Column) -> bool:
        words = set(tokens_of(column.header[-1]))
        return not words.isdisjoint(_THINGS) and words.isdisjoint(PEOPLE) and lexicon.names_measure(column.header[-1])

    return [
        not_understood(column)
        if column.role == "measure" and lexicon.kind.measure(column.understanding.measure).unit == "people"
        and counts_things(column) else column
        for column in columns
    ]  # fmt: skip


def _without_other_sums(columns: list[Column], lexicon: Lexicon, figures: Figures) -> list[Column]:
    """A "Jumlah" that only a group or the title measures, and that sums programmes (each member in several) or counts
    of the table together with a column that is not read, is of more than they say."""
    sums = [
        column for column in columns
        if column.role == "measure" and lexicon.kind.measure(column.understanding.measure).unit == "people"
        and _names_a_sum(column, lexicon)
    ]  # fmt: skip
    unread = [column for column in columns if column.role == "unknown"] if sums else []
    programmes = [each.number for each in unread if not _PROGRAMMES.isdisjoint(tokens_of(each.header[-1]))]
    others = [each.number for each in unread]
    doubtful = set()
    for total in sums:
        counted = [
            each.number for each in columns
            if each.role == "measure" and each.understanding.measure != total.understanding.measure
            and lexicon.kind.measure(each.understanding.measure).unit == "people"
        ]  # fmt: skip
        with_unread = bool(counted and others) and figures.is_sum(total.number, [*counted, *others])
        if with_unread and _is_whole_of_rate(total, columns, lexicon, figures):
            continue  # "Aktif" and "Belum" make up the whole
        if with_unread or (len(programmes) > 1 and figures.is_sum(total.number, programmes)):
            doubtful.add(total.number)
    return [not_understood(column) if column.number in doubtful else column for column in columns]


def _is_whole_of_rate(whole: Column, columns: Sequence[Column], lexicon: Lexicon, figures: Figures) -> bool:
    """Whether a rate of the table is that of its other count in a column."""
    measured = [column for column in columns if column.role == "measure"]
    ratios = [(each, lexicon.kind.measure(each.understanding.measure).ratio) for each in measured]
    return any(
        figures.follows(rate.number, part.number, whole.number)
        for rate, ratio in ratios if ratio and ratio[1] == whole.understanding.measure
        for part in measured if part.understanding.measure == ratio[0]
    )  # fmt: skip


def _without_reached_budgets(columns: list[Column]) -> list[Column]:
    """A "Realisasi" beside "Anggaran" or "Kuota" is what of that was reached, in rupiah or in places; so is one beside
    "Target penambahan" or "Target desa"."""
    unread = [set(tokens_of(column.header_text)) for column in columns if column.role == "unknown"]
    aims = [words for words in unread if words & (RIVAL_DENOMINATORS | {"tambah"}) and words & _OF_OTHER_TARGETS]
    if not aims and all(_BUDGETS.isdisjoint(column.understanding.leftover) for column in columns):
        return columns
    return [
        not_understood(column)
        if column.role == "measure"
        and set(tokens_of(column.header[-1])) & _REACHED
        and not column.understanding.is_pct
        and PEOPLE.isdisjoint(tokens_of(" ".join(column.header)))
        and _ACTIVE not in tokens_of(" ".join(column.header))
        else column
        for column in columns
    ]


def _in_doubt(
    column: Column, lexicon: Lexicon, rivals: set[str], columns: Sequence[Column], figures: Figures
) -> Column:
    """A percentage is not understood beside "Target": it may be per cent of that, unless the counts beside it say of
    what it is, or a "Cakupan" stands beside a target that is per cent too, or a "Selisih" says how far apart the two
    are."""
    said = column.understanding
    if column.role != "measure" or said.measure not in {measure.as_pct for measure in lexicon.kind.measures}:
        return column
    part, whole = (
        [other.number for other in columns if other.role == "measure" and other.understanding.measure == name
         and of_whom(other.understanding, lexicon) == of_whom(said, lexicon)]
        for name in lexicon.kind.measure(said.measure).ratio or ("", "")
    )  # fmt: skip
    if len(part) == len(whole) == 1 and figures.follows(column.number, part[0], whole[0]):
        return column
    of_targets = [other.number for other in columns if rivals & set(other.understanding.leftover)]
    numbers = [number for at in of_targets for number in figures.numbers(at, "pct")]
    is_of_title = not lexicon.understand(column.header).measure  # which is about one measure, and no target
    names_it = is_of_title or not OF_NO_TARGET.isdisjoint(tokens_of(" ".join(column.header)))
    gaps = [other.number for other in columns if lexicon.shows_change(other.header)]
    names_it |= any(figures.are_apart_by(column.number, at, gap) for at in of_targets for gap in gaps)
    if names_it and not (part or whole) and numbers and max(numbers) <= 100:
        return column
    return replace(column, understanding=replace(said, leftover=tuple(sorted(rivals))))


def _names_a_sum(column: Column, lexicon: Lexicon) -> bool:
    """Whether the lowest text over a column names a total and no measure."""
    said = lexicon.understand(column.header[-1:])
    return bool(column.header) and said.names_total and not said.measure


def _figure_of(said: Understanding, time: str) -> Any:
    """What a column measures, whenever."""
    return said.measure, *sorted(item for item in said.members.items() if item[0] != time and item[0] not in said.weak)


def of_whom(said: Understanding, lexicon: Lexicon) -> dict[str, str]:
    """What a column names apart from the defaults: "Total Aktif" and "Semesta" are both of all."""
    return {name: value for name, value in said.members.items() if value != lexicon.kind.dimension(name).default}
