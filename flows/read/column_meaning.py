"""What each column of a table is: its header path, what the kind's words make of it, and what else may explain it.

These are steps 3 to 5 of `layout`: a path is understood when every word of it is known; a column that its header does
not explain may explain itself or take its measure from the title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flows.read.column_doubts import PEOPLE, without_doubtful, without_other_lists
from flows.read.column_figures import (
    are_rates,
    by_its_counts,
    by_its_whole,
    by_their_rate,
    by_their_sum,
    is_of_other_counts,
    is_of_segment,
    of_its_counts,
)
from flows.read.columns import Column, Surroundings, Title, in_one_line, not_understood, of_people
from flows.read.dates import in_whole_years, is_about_figures, leads_to_month
from flows.read.figures import Figures, as_number
from flows.read.headers import Anchor, closing_labels, has_blank_group, header_path, label_meaning, takes_group
from flows.read.legends import spelled_out
from flows.read.months import Month, day_of, find_months
from flows.read.numbers import Number, is_figure, read_number
from flows.read.rate_doubts import without_other_rates
from flows.read.regions import RegionBook
from flows.read.titles import CAPTION
from flows.read.words import PCT_WORDS, Lexicon, Understanding, names_year, scale_in, tokens_of, years_in
from flows.read.workbook import Cell, Sheet, is_blank, shown

_DECEMBER = Month(12, 12)
_AIMS = {"target", "sasaran"}
_BROKEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def explain_columns(
    sheet: Sheet,
    lexicon: Lexicon,
    paths: dict[int, tuple[str, ...]],
    anchor: Anchor,
    last: int,
    surroundings: Surroundings,
    legend: Mapping[str, str],
    book: RegionBook,
) -> tuple[Column, ...]:
    """What each column of a table is: first by its header, short words of which a `legend` may explain, then by its
    cells, its title and the columns beside it."""
    scale = max((scale_in(text.words) for texts in surroundings for text in texts), default=1)
    shows_change = any(map(lexicon.shows_change, paths.values()))
    measure = _measure_by_title(lexicon, surroundings, sheet.name, shows_change)
    title = Title(measure, _says_pct(surroundings), scale)
    month = _month_of_years(lexicon, surroundings)
    rows = range(anchor.bottom + 1, last + 1)
    body = {number: sheet.columns[number][rows.start : rows.stop] for number in paths}
    figures = Figures(body)
    texts = {text for path in paths.values() for text in path}
    in_full = {text: spelled_out(text, legend, lexicon) for text in texts} | in_whole_years(texts)
    columns = [
        _by_header(sheet, lexicon, anchor, number, path, in_full, body[number], month, book)
        for number, path in paths.items()
        if path or not all(map(is_blank, body[number]))
    ]
    if any(column.role == "label" for column in columns):
        columns = [_as_value(column, body[column.number]) for column in columns]
    elif title.measure:
        columns = [_with_title(column, lexicon, title, columns, body[column.number], figures) for column in columns]
    columns = by_their_sum(columns, lexicon, figures)
    columns = [_by_its_unit(column, lexicon, body[column.number]) for column in columns]
    columns = [by_its_counts(column, columns, lexicon, figures) for column in columns]
    columns = [by_its_whole(column, columns, lexicon, figures) for column in columns]
    columns = [of_its_counts(column, columns, lexicon, figures) for column in columns]
    columns = by_their_rate(columns, lexicon, figures, of_segment=is_of_segment(columns, lexicon, surroundings))
    columns = [
        not_understood(column) if takes_group(sheet, anchor, column.number)
        and (is_of_other_counts(column, columns, lexicon, figures) or _is_behind_groups(column, columns, lexicon))
        else column for column in columns
    ]  # fmt: skip
    if title.measure and title.scale == 1:
        columns = [_by_title_s_unit(column, lexicon, title, columns, body[column.number]) for column in columns]
    if sheet.is_turned:
        columns = _under_headings(columns, body)
    columns = without_other_lists(columns, anchor, body, book)
    columns = without_doubtful(columns, lexicon, title, surroundings, anchor, figures, book)
    titles = [text.words for text in surroundings.above or surroundings.head]
    return tuple(without_other_rates(columns, lexicon, titles, figures))


def _by_header(
    sheet: Sheet, lexicon: Lexicon, anchor: Anchor, number: int, path: tuple[str, ...], in_full: Mapping[str, str],
    cells: Sequence[Cell], month: Month | None, book: RegionBook,
) -> Column:  # fmt: skip
    """A column by its header path, with texts `in_full` in place of short years and words; where that leaves something
    open, whether its cells are labels, classes or years."""
    spoken = tuple(in_full[text] for text in path)
    said = _in_its_year(_understand(lexicon, spoken), month, lexicon.kind.time.name)
    is_anchor = number == anchor.column and anchor.names_regions
    is_under_names = sheet.is_turned and not said.measure and not is_anchor  # years or segments of each region
    if is_under_names or (number == anchor.column and not is_anchor):
        said = _by_content(said, lexicon, set(cells))
    elif (said.leftover or not path) and not is_anchor:
        said = _by_content(said, lexicon, {cell for cell in cells if type(cell) is str and cell[:1].isalpha()})
    if (
        said.is_ignored
        and (named := _by_content(said, lexicon, {cell for cell in cells if type(cell) is str})).is_label
    ):
        said = named  # "Keterangan" over "Semesta", "TK Aktif", "Cakupan"
    if said.carries == lexicon.kind.time.name and lexicon.kind.time.reads == "year":
        said = _by_content(said, lexicon, {cell for cell in cells if type(cell) is str})  # "Periode" over months
    is_of_group = any(name not in said.weak and lexicon.kind.dimension(name).weak for name in said.members)
    if is_of_group and "total" in tokens_of(path[-1]) and takes_group(sheet, anchor, number):
        said = replace(said, leftover=(*said.leftover, in_one_line(path)))  # the group's total, or all groups'?
    if said.measure and has_blank_group(sheet, anchor, number):
        said = replace(said, leftover=(*said.leftover, in_one_line(path)))  # of which group, nobody knows
    if number != anchor.column and said.is_region and path == header_path(sheet, anchor, anchor.column):
        said = _beside_names(lexicon, cells, book, is_before=number < anchor.column)
    is_class = not is_anchor and anchor.names_regions and _holds_classes(cells, book)
    is_year = lexicon.kind.time.reads == "date" and not is_anchor and _holds_years(path, cells)
    return Column(number, path, said, is_anchor=is_anchor, is_class=is_class, is_year=is_year)


def _beside_names(lexicon: Lexicon, cells: Sequence[Cell], book: RegionBook, is_before: bool) -> Understanding:
    """What a column is that shares its header with the names: running numbers or codes before them, or labels."""
    filled = [cell for cell in cells if not is_blank(cell)]
    if filled and all(map(book.match_code, filled)):
        return Understanding(is_code=True)
    texts = {cell for cell in filled if type(cell) is str and cell[:1].isalpha()}
    unknown = Understanding(is_ignored=is_before, leftover=() if is_before else tuple(map(shown, filled[:1])))
    return _by_content(unknown, lexicon, texts) if texts else unknown


def _understand(lexicon: Lexicon, path: tuple[str, ...]) -> Understanding:
    """What a header path says; where a word is misspelled, with the right one; else what its texts say as one that is
    broken over rows ("Pengang-" over "guran" over "Terbuka")."""
    said = lexicon.understand_spelled(path)
    if not (said.leftover and _AIMS.isdisjoint(said.leftover)):  # "Target" over "Semesta" is a group
        return said
    whole = lexicon.understand((_BROKEN.sub("", "\n".join(text.strip() for text in path)).replace("\n", " "),))
    return whole if whole.measure and not whole.leftover else said


def _month_of_years(lexicon: Lexicon, surroundings: Surroundings) -> Month | None:
    """The one day or month that the title says without its year ("keadaan 31 Desember"); None where it says none, and
    where a note says another ("Catatan: 2025 posisi Oktober")."""
    if lexicon.kind.time.reads != "date":
        return None
    titles = [text.words for text in surroundings.above or surroundings.head if is_about_figures(text.words)]
    notes = [text.words for text in surroundings.below]
    months = {month for text in (*titles, *notes) if leads_to_month(text) for month in find_months(text)}
    months |= {_DECEMBER for title in titles if "akhir tahun" in title.lower()}
    return months.pop() if len(months) == 1 else None


def _in_its_year(said: Understanding, month: Month | None, time: str) -> Understanding:
    """A column headed by a year alone, under a title that says the day of each year, is of that day."""
    if month is None or time in said.members or len(said.leftover) != 1 or years_in(said.leftover[0]) != said.leftover:
        return said
    if (day := day_of(month.code, int(said.leftover[0]))) is None:
        return said
    return replace(said, members={**said.members, time: day.isoformat()}, leftover=())


def _by_its_unit(column: Column, lexicon: Lexicon, cells: Sequence[Cell]) -> Column:
    """A column of counts whose texts all say per cent ("Capaian": "15,61%") holds the percentage."""
    if column.role != "measure" or not (as_pct := lexicon.kind.measure(column.understanding.measure).as_pct):
        return column
    is_said = False
    for cell in cells:
        number = read_number(cell, "pct") if type(cell) is str and not is_blank(cell) else None
        if isinstance(number, Number):
            if not number.is_pct:  # nearly always the first text
                return column
            is_said = True
    if not is_said:
        return column
    return replace(column, understanding=replace(column.understanding, measure=as_pct, is_pct=True))


def _says_pct(surroundings: Surroundings) -> bool:
    return any(not PCT_WORDS.isdisjoint(tokens_of(text.words)) for texts in surroundings for text in texts)


def _by_title_s_unit(
    column: Column, lexicon: Lexicon, title: Title, columns: Sequence[Column], cells: Sequence[Cell]
) -> Column:
    """ "Realisasi" under a title about percentages ("Cakupan Kepesertaan (%)") holds percentages, where next to nothing
    is above 100 and no count of the whole stands beside it; in doubt where the title does not say per cent."""
    said = column.understanding
    if column.role != "measure" or lexicon.kind.measure(said.measure).as_pct != title.measure:
        return column
    _, whole = lexicon.kind.measure(title.measure).ratio or ("", "")
    counts_people = said.scale != 1 or not PEOPLE.isdisjoint(tokens_of(" ".join(column.header)))
    if counts_people or any(other.understanding.measure == whole for other in columns):
        return column
    numbers = [number for cell in cells if not is_blank(cell) and (number := as_number(cell)) is not None]
    if not numbers or not are_rates(numbers):
        return column
    if title.says_pct:
        return replace(column, understanding=replace(said, measure=title.measure, is_pct=True))
    return not_understood(column)


def _under_headings(columns: list[Column], body: Mapping[int, Sequence[Cell]]) -> list[Column]:
    """Where regions stand across, a row without figures ("Penerima Upah (PU)") heads the rows that follow it.

    What it says counts for those that do not say it themselves; what of it is not understood puts them in doubt.
    """
    heading: Column | None = None
    after_total = False
    measured: set[str] = set()  # by the block so far
    under = []
    for column in columns:
        if not column.is_anchor and all(map(is_blank, body[column.number])):
            heading = column = replace(column, is_heading=True)
            after_total, measured = False, set()
        elif heading and after_total and not column.understanding.members:
            column = not_understood(column)  # "Cakupan" behind "Total Peserta": of the block, or of all?
        elif heading and column.role == "measure":
            said, above = column.understanding, heading.understanding
            own = said.members
            if said.measure in measured:
                after_total |= bool(said.weak)
            else:  # "Jumlah potensi pekerja" as the first of its block is the number of them
                own = {name: value for name, value in own.items() if name not in said.weak & above.members.keys()}
            measured.add(said.measure)
            members = {**above.members, **own}
            doubt = () if said.members.keys() >= above.members.keys() and above.members else above.leftover
            column = replace(column, understanding=replace(said, members=members, leftover=doubt))
        under.append(column)
    return _without_closing_rows(under)


def _without_closing_rows(columns: list[Column]) -> list[Column]:
    """Rows at the end of the last block that none of the others has ("Cakupan UCJ" below PU and BPU) may be of all."""
    blocks: list[list[Column]] = []
    for column in columns:
        if column.is_heading:
            blocks.append([])
        elif blocks:
            blocks[-1].append(column)
    count = closing_labels([[column.header[-1:] for column in block] for block in blocks])
    closing = blocks[-1][-count:] if count else []
    return [not_understood(column) if column in closing and column.role == "measure" else column for column in columns]


def _holds_classes(cells: Sequence[Cell], book: RegionBook) -> bool:
    """Whether a column holds nothing but "Kab." and "Kota"; "Provinsi" beside a total."""
    first = next((cell for cell in cells if not is_blank(cell)), None)
    if type(first) is not str or book.match(first).role != "section":
        return False
    return all(
        is_blank(cell) or (type(cell) is str and book.match(cell).role in ("section", "total")) for cell in cells
    )


def _holds_years(path: tuple[str, ...], cells: Sequence[Cell]) -> bool:
    """Whether a column is headed "Tahun" and holds nothing but years."""
    if not path or not names_year(path[-1]):
        return False
    texts = {shown(cell) for cell in cells if not is_blank(cell)}
    return bool(texts) and all(years_in(text) == (text.strip(),) for text in texts)


def _by_content(said: Understanding, lexicon: Lexicon, cells: Iterable[Cell]) -> Understanding:
    """A column that its header does not explain may explain itself: its cells name measures, or segments; the one
    segment or survey month of all rows too."""
    meanings = [label_meaning(lexicon, cell) for cell in cells if not is_blank(cell)]
    known = [meaning for meaning in meanings if meaning]
    time = lexicon.kind.time.name
    if known and all(meaning and not meaning[0] and time in dict(meaning[1]) for meaning in meanings):
        return Understanding(carries=time)
    is_of_all = len(set(known)) == 1 and all(meanings) and not known[0][0]
    if not is_of_all and (len(set(known)) < 2 or len(known) * 2 < len(meanings)):
        return said
    if any(measure for measure, _ in known):
        return Understanding(is_label=True)
    dimensions = set.intersection(*({name for name, _ in members} for _, members in known))
    return Understanding(carries=min(dimensions)) if len(dimensions) == 1 else said


def _is_behind_groups(column: Column, columns: Sequence[Column], lexicon: Lexicon) -> bool:
    """Whether a rate behind the last of several groups has a header that none of the others has: a "Cakupan" behind
    "PU" and "BPU" over "Terdaftar", "Aktif" is of both, unless a merge says otherwise."""
    said = lexicon.understand(column.header[-1:])
    if column.role != "measure" or not said.measure or not lexicon.kind.measure(said.measure).ratio:
        return False
    labels: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for each in columns:
        if len(each.header) > 1:
            labels[each.header[:-1]].append(each.header[-1])
    own = labels.pop(column.header[:-1], [])
    is_last = own[-1:] == [column.header[-1]]
    return is_last and any(other == own[:-1] for other in labels.values())


def _as_value(column: Column, cells: Sequence[Cell]) -> Column:
    """A column that names no measure, in a table whose rows do, holds values."""
    said = of_people(column.understanding)
    if column.role != "unknown" or said.leftover:
        return column
    return replace(column, is_value=True, understanding=said) if any(map(is_figure, cells)) else column


def _measure_by_title(lexicon: Lexicon, surroundings: Surroundings, sheet_name: str, shows_change: bool) -> str:
    """The one measure that the title, the sheet's name, or a source line is about, the nearest first; empty: none."""
    above, below, head = ([text.words for text in texts] for texts in surroundings)
    caption = [text for text in above if CAPTION.match(text)][-1:]  # "Tabel 2. Peserta Aktif" is about its own table
    naming = [text for text in above if lexicon.measure_of_title(text, shows_change)]
    strict = [text for text in naming[-1:] if not lexicon.names_loosely(text)]  # "Potensi" below "Kepesertaan per …"
    strict = strict if all(map(lexicon.names_loosely, naming[:-1])) else []
    for texts in (caption, above, strict, [sheet_name], head):
        named = {lexicon.measure_of_title(text, shows_change) for text in texts} - {""}
        if len(named) == 1:
            return min(named)
    for texts in (above, [sheet_name], head, below):
        named = set().union(*(lexicon.title_measures(text) for text in texts))
        if len(named) == 1:
            return min(named)
    return ""


def _with_title(
    column: Column, lexicon: Lexicon, title: Title, columns: Sequence[Column], cells: Sequence[Cell], figures: Figures
) -> Column:
    """What a column headed by a time, a segment, a total or a whole ("L+P") measures, where only the title says it."""
    said = column.understanding
    if column.is_anchor or said.measure or said.carries or said.is_part or said.is_label:
        return column
    if any(_is_said(title.measure, said.strong_members, other) for other in columns):
        return column  # "Pekerja PU" beside "Peserta Aktif PU" is something else
    if said.leftover:
        parts = [other.number for other in columns if other.role == "unknown" and other is not column]
        if not said.names_total or not figures.is_sum(column.number, parts):
            return column
    elif not (said.members or said.names_total or said.is_whole or said.says_people):
        return column
    beside = _most_of_siblings(columns, figures) if _may_be_few(lexicon, said) else 0.0
    if not _agrees(cells, lexicon, title, said, beside):
        return column
    return replace(column, understanding=replace(said, measure=title.measure, leftover=()))


def _may_be_few(lexicon: Lexicon, said: Understanding) -> bool:
    """Whether a header names a segment of which a regency may have a handful of workers."""
    return any(value in lexicon.kind.dimension(name).few for name, value in said.members.items())


def _most_of_siblings(columns: Sequence[Column], figures: Figures) -> float:
    """The largest number of the columns that name a segment and no measure; a total is none."""
    siblings = [each for each in columns if each.role == "unknown"]
    named = [each.number for each in siblings if each.understanding.strong_members]
    return max((number for at in named for number in figures.numbers(at)), default=0.0)


def _is_said(measure: str, members: Mapping[str, str], column: Column) -> bool:
    """Whether a column says by itself that it is a measure of some members."""
    said = column.understanding
    return column.role == "measure" and said.measure == measure and said.strong_members == members


def _agrees(cells: Iterable[Cell], lexicon: Lexicon, title: Title, said: Understanding, beside: float) -> bool:
    """Whether cells can be what a title says: rates, nearly all up to 100; head counts, whole people and not all few,
    or few `beside` the larger numbers of others ("PMI" beside "PU").

    Small whole numbers under "Cakupan Kepesertaan" may be people: there something must say per cent.
    """
    texts = [cell for cell in cells if not is_blank(cell)]
    kind = lexicon.kind
    unit = kind.measure(title.measure).unit
    numbers = [number for cell in texts if (number := as_number(cell, unit)) is not None]
    if not numbers:
        return False
    if unit == "pct":
        may_count = title.measure in {measure.as_pct for measure in kind.measures}
        is_said = title.says_pct or said.is_pct or any(type(cell) is str and "%" in cell for cell in texts)
        return are_rates(numbers) and (not may_count or is_said or any(number % 1 for number in numbers))
    people = [number * (title.scale if said.scale == 1 else said.scale) for number in numbers]
    return not said.is_pct and all(abs(each - round(each)) < 1e-6 for each in people) and max(*people, beside) >= 1000
