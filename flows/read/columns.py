"""What each column of a table is: its header path, what the kind's words make of it, and what else may explain it.

These are steps 3 to 5 of `layout`: a path is understood when every word of it is known; a column that its header does
not explain may explain itself or take its measure from the title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from flows.addresses import a1
from flows.read.dates import is_about_figures, leads_to_month
from flows.read.headers import Anchor, label_meaning, takes_group
from flows.read.months import Month, day_of, find_months
from flows.read.numbers import Number, decimals_of, is_figure, read_number
from flows.read.regions import RegionBook
from flows.read.words import (
    RIVAL_DENOMINATORS,
    Lexicon,
    Understanding,
    has_phrase,
    names_year,
    scale_in,
    tokens_of,
    years_in,
)
from flows.read.workbook import Cell, Sheet, is_blank, shown

_ACTIVE = "aktif"
_INACTIVE = ("non aktif", "nonaktif", "tidak aktif", "inactive")
_UNTIL_NOW = re.compile(
    r"\b(?:s d|sd|sampai dengan|sampai) bulan (?:ini|lalu)\b|\b(?:kumulatif|akumulasi|cumulative)\b"
)
_CAPTION = re.compile(r"\s*(?:tabel|table)\s*\d", re.IGNORECASE)
_MOST_OF = 0.8
_PEOPLE = {"peserta", "kepesertaan", "orang", "jiwa", "pekerja", "tk", "naker", "tenaga", "members", "people"}
_PLACES = re.compile(r"\b(?:proyek|tempat kerja|lokasi kerja)\b", re.IGNORECASE)
_WORKERS = re.compile(
    r"\b(?:peserta|kepesertaan|tk|naker|tenaga|pekerja|orang|konstruksi|jakon|basis|berdasarkan)\b", re.IGNORECASE
)
_BUDGETS = {"anggaran", "pagu", "kuota", "alokasi", "penerimaan"}
_REACHED = {"realisasi", "capaian"}
_COVERAGE = {"cakupan", "coverage", "realisasi"}  # never the part of a target that was reached


@dataclass(frozen=True)
class Column:
    """A column of a table, its header path and what the kind's words make of it.

    Where the rows say what is measured, a column stands once for each label, which completes its header.
    """

    number: int
    header: tuple[str, ...]
    understanding: Understanding
    is_anchor: bool = False
    is_value: bool = False
    is_class: bool = False
    is_year: bool = False
    is_heading: bool = False
    label: Cell = ""

    @property
    def role(self) -> str:
        """region, code, measure, dimension, label, value, year (of a row's months), part (of a breakdown), class (Kab.
        or Kota), heading (of those that follow), ignored or unknown."""
        said = self.understanding
        if self.is_anchor:
            return "region"
        if self.is_value:
            return "value"
        if self.is_class:
            return "class"
        if self.is_year:
            return "year"
        if self.is_heading:
            return "heading"
        if said.leftover:
            return "unknown"
        if said.is_part:
            return "part"
        if said.measure:
            return "measure"
        if said.carries:
            return "dimension"
        if said.is_label:
            return "label"
        return "code" if said.is_code else "ignored" if said.is_ignored else "unknown"

    @property
    def header_text(self) -> str:
        return _in_one_line(self.header)


@lru_cache(maxsize=5_000)
def _in_one_line(path: tuple[str, ...]) -> str:
    return " › ".join(" ".join(text.split()) for text in path)


@dataclass(frozen=True)
class Text:
    """A text (or a real date) outside the tables, with its place in the sheet itself."""

    row: int
    column: int
    cell: Cell

    @property
    def words(self) -> str:
        return shown(self.cell)

    @property
    def address(self) -> str:
        return a1(self.row, self.column) if self.row >= 0 else ""


class Surroundings(NamedTuple):
    """The texts over a table, below it, and over the sheet's first tables."""

    above: tuple[Text, ...]
    below: tuple[Text, ...]
    head: tuple[Text, ...]


class Title(NamedTuple):
    """The one measure that a table's title is about, empty where it is none; whether it says per cent; and the scale
    that the texts around give to head counts ("dalam ribuan")."""

    measure: str
    says_pct: bool
    scale: int


def explain_columns(
    sheet: Sheet,
    lexicon: Lexicon,
    paths: dict[int, tuple[str, ...]],
    anchor: Anchor,
    last: int,
    surroundings: Surroundings,
    book: RegionBook,
) -> tuple[Column, ...]:
    """What each column of a table is: first by its header, then by its cells, its title and the columns beside it."""
    scale = max((scale_in(text.words) for texts in surroundings for text in texts), default=1)
    title = Title(_measure_by_title(lexicon, surroundings, sheet.name), _says_pct(surroundings), scale)
    month = _month_of_years(lexicon, surroundings)
    body = {number: sheet.columns[number][anchor.bottom + 1 : last + 1] for number in paths}
    columns = [
        _by_header(sheet, lexicon, anchor, number, path, body[number], month, book)
        for number, path in paths.items()
        if path or not all(map(is_blank, body[number]))
    ]
    if any(column.role == "label" for column in columns):
        columns = [_as_value(column, body[column.number]) for column in columns]
    elif title.measure:
        columns = [_with_title(column, lexicon, title, columns, sheet, anchor, last) for column in columns]
    columns = [_by_its_unit(column, lexicon, body[column.number]) for column in columns]
    if title.measure and title.scale == 1:
        columns = [_by_title_s_unit(column, lexicon, title, columns, body[column.number]) for column in columns]
    columns = _without_loose_names(columns, lexicon, title, surroundings.above or surroundings.head)
    if sheet.is_turned:
        columns = _under_headings(columns, body)
    columns = _without_sums_over_times(columns, lexicon, sheet, range(anchor.bottom + 1, last + 1))
    if anchor.names_regions:
        columns = [_without_shares(column, lexicon, body[column.number]) for column in columns]
    columns = _without_provinces(columns, book)
    columns = _without_other_counts(columns, lexicon)
    columns = _without_places(_without_reached_budgets(columns), lexicon)
    rivals = {word for column in columns for word in column.understanding.leftover} & RIVAL_DENOMINATORS
    if not rivals:
        return tuple(columns)
    rows = sheet.rows[anchor.bottom + 1 : last + 1]
    return tuple(_in_doubt(column, lexicon, rivals, columns, rows) for column in columns)


def _by_header(
    sheet: Sheet, lexicon: Lexicon, anchor: Anchor, number: int, path: tuple[str, ...], cells: Sequence[Cell],
    month: Month | None, book: RegionBook,
) -> Column:  # fmt: skip
    """A column by its header path; where that leaves something open, whether its cells are labels, classes or years."""
    said = _in_its_year(lexicon.understand(path), month, lexicon.kind.time.name)
    is_anchor = number == anchor.column and anchor.names_regions
    is_under_names = sheet.is_turned and not said.measure and not is_anchor  # years or segments of each region
    if is_under_names or (number == anchor.column and not is_anchor):
        said = _by_content(said, lexicon, set(cells))
    elif said.leftover and not is_anchor:
        said = _by_content(said, lexicon, {cell for cell in cells if type(cell) is str and cell[:1].isalpha()})
    is_of_group = any(name not in said.weak and lexicon.kind.dimension(name).weak for name in said.members)
    if is_of_group and "total" in tokens_of(path[-1]) and takes_group(sheet, anchor, number):
        said = replace(said, leftover=(*said.leftover, _in_one_line(path)))  # the group's total, or all groups'?
    is_class = not is_anchor and anchor.names_regions and _holds_classes(cells, book)
    is_year = lexicon.kind.time.reads == "date" and not is_anchor and _holds_years(path, cells)
    return Column(number, path, said, is_anchor=is_anchor, is_class=is_class, is_year=is_year)


def _month_of_years(lexicon: Lexicon, surroundings: Surroundings) -> Month | None:
    """The one day or month that the title says without its year ("keadaan 31 Desember"); None where it says none."""
    if lexicon.kind.time.reads != "date":
        return None
    titles = [text.words for text in surroundings.above or surroundings.head if is_about_figures(text.words)]
    months = {month for title in titles if leads_to_month(title) for month in find_months(title)}
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
    return any("persen" in tokens_of(text.words) for texts in surroundings for text in texts)


def _by_title_s_unit(
    column: Column, lexicon: Lexicon, title: Title, columns: Sequence[Column], cells: Sequence[Cell]
) -> Column:
    """ "Realisasi" under a title about percentages ("Cakupan Kepesertaan (%)") holds percentages, where next to nothing
    is above 100 and no count of the whole stands beside it; in doubt where the title does not say per cent."""
    said = column.understanding
    if column.role != "measure" or lexicon.kind.measure(said.measure).as_pct != title.measure:
        return column
    _, whole = lexicon.kind.measure(title.measure).ratio or ("", "")
    counts_people = said.scale != 1 or not _PEOPLE.isdisjoint(tokens_of(" ".join(column.header)))
    if counts_people or any(other.understanding.measure == whole for other in columns):
        return column
    numbers = [number for cell in cells if not is_blank(cell) and (number := _as_number(cell)) is not None]
    if not numbers or not _are_rates(numbers):
        return column
    if title.says_pct:
        return replace(column, understanding=replace(said, measure=title.measure, is_pct=True))
    return _not_understood(column)


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
    return [_not_understood(column) if column.understanding.is_loose else column for column in columns]


def _not_understood(column: Column) -> Column:
    """A column whose words are known and leave open all the same what it holds."""
    return replace(column, understanding=replace(column.understanding, leftover=(column.header_text,)))


def _under_headings(columns: list[Column], body: Mapping[int, Sequence[Cell]]) -> list[Column]:
    """Where regions stand across, a row without figures ("Penerima Upah (PU)") heads the rows that follow it.

    What it says counts for those that do not say it themselves; what of it is not understood puts them in doubt.
    """
    heading: Column | None = None
    under = []
    for column in columns:
        if not column.is_anchor and all(map(is_blank, body[column.number])):
            heading = column = replace(column, is_heading=True)
        elif heading and column.role == "measure":
            said, above = column.understanding, heading.understanding
            members = {**above.members, **said.members}
            doubt = () if said.members.keys() >= above.members.keys() and above.members else above.leftover
            column = replace(column, understanding=replace(said, members=members, leftover=doubt))
        under.append(column)
    return under


def _without_sums_over_times(columns: list[Column], lexicon: Lexicon, sheet: Sheet, rows: range) -> list[Column]:
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
    if len(of_no_day) == 1 and len(counted) > 1 and _is_sum(sheet, min(of_no_day), counted, rows):
        of_no_day |= set(counted)
    return [_not_understood(column) if column.number in of_no_day else column for column in columns]


def _without_shares(column: Column, lexicon: Lexicon, cells: Sequence[Cell]) -> Column:
    """A percentage whose regions make 100 together is the share of each in all, whatever it is called."""
    if column.role != "measure" or column.understanding.measure not in {each.as_pct for each in lexicon.kind.measures}:
        return column
    numbers = [number for cell in cells if not is_blank(cell) and (number := _as_number(cell, "pct")) is not None]
    whole = 100 if max(numbers, default=0) > 1 else 1
    regions = numbers[:-1] if numbers and numbers[-1] == whole else numbers
    rounded = max((10.0 ** -decimals_of(number) for number in regions), default=0.0) / 2  # each is off by so much
    is_share = len(regions) > 2 and abs(sum(regions) - whole) <= min(rounded * len(regions), 0.003 * whole) + 1e-9
    return _not_understood(column) if is_share else column


def _without_provinces(columns: list[Column], book: RegionBook) -> list[Column]:
    """A column "TPT Jawa Timur" among those of the regencies repeats the figure of their province."""
    names = [" ".join(tokens_of(name)) for name in book.province_names] + ["provinsi", "nasional"]
    measures = [column for column in columns if column.role == "measure"]
    named = {c.number for c in measures if any(has_phrase(c.header[-1], name) for name in names)} if measures else set()
    if not named or len(named) == len(measures):
        return columns
    return [_not_understood(column) if column.number in named else column for column in columns]


def _without_other_counts(columns: list[Column], lexicon: Lexicon) -> list[Column]:
    """Beside "TK Non Aktif" a "Total Peserta" is all of them, active or not; beside "s.d. bulan ini" a "bulan ini" is
    what came in that month."""
    headers = [" ".join(tokens_of(" ".join(column.header))) for column in columns]
    names_inactive = any(word in header for header in headers for word in _INACTIVE)
    names_until_now = any(_UNTIL_NOW.search(header) for header in headers)
    if not (names_inactive or names_until_now):
        return columns
    counts = [measure for measure in lexicon.kind.measures if measure.unit == "people"]
    of_active = {count.name for count in counts if any(_ACTIVE in tokens_of(word) for word in count.words)}

    def is_other(column: Column, header: str) -> bool:
        may_be_inactive = column.understanding.measure in of_active and _ACTIVE not in header.split()
        may_be_of_month = "bulan ini" in header or _ACTIVE not in header.split()
        is_of_month = column.understanding.measure in of_active and may_be_of_month and not _UNTIL_NOW.search(header)
        return (names_inactive and may_be_inactive) or (names_until_now and is_of_month)

    return [
        _not_understood(column) if column.role == "measure" and is_other(column, header) else column
        for column, header in zip(columns, headers, strict=True)
    ]


def _without_places(columns: list[Column], lexicon: Lexicon) -> list[Column]:
    """ "Proyek Aktif" and "Tempat Kerja Aktif" count projects and places, where they do not stand among segments."""

    def names_other(one: Column, other: Column) -> bool:
        said, beside = one.understanding, other.understanding
        members = (_of_whom(said, lexicon), _of_whom(beside, lexicon))
        return said.measure == beside.measure and members[0].keys() == members[1].keys() and members[0] != members[1]

    def counts_places(column: Column) -> bool:
        texts = [text for text in column.header if lexicon.names_measure(text)]
        return any(_PLACES.search(text) and not _WORKERS.search(text) for text in texts)

    return [
        _not_understood(column)
        if column.role == "measure" and counts_places(column) and not any(names_other(column, each) for each in columns)
        else column
        for column in columns
    ]


def _without_reached_budgets(columns: list[Column]) -> list[Column]:
    """A "Realisasi" beside "Anggaran" or "Kuota" is what of that was reached, in rupiah or in places."""
    words = {word for column in columns for word in column.understanding.leftover}
    if _BUDGETS.isdisjoint(words):
        return columns
    return [
        _not_understood(column)
        if column.role == "measure"
        and set(tokens_of(column.header[-1])) & _REACHED
        and not column.understanding.is_pct
        and _PEOPLE.isdisjoint(tokens_of(" ".join(column.header)))
        and _ACTIVE not in tokens_of(" ".join(column.header))
        else column
        for column in columns
    ]


def _names_a_sum(column: Column, lexicon: Lexicon) -> bool:
    """Whether the lowest text over a column names a total and no measure."""
    said = lexicon.understand(column.header[-1:])
    return bool(column.header) and said.names_total and not said.measure


def _figure_of(said: Understanding, time: str) -> Any:
    """What a column measures, whenever."""
    return said.measure, *sorted(item for item in said.members.items() if item[0] != time and item[0] not in said.weak)


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
    """A column that its header does not explain may explain itself: its cells name measures, or segments."""
    meanings = [label_meaning(lexicon, cell) for cell in cells if not is_blank(cell)]
    known = [meaning for meaning in meanings if meaning]
    time = lexicon.kind.time.name
    if known and all(meaning and meaning[1] and {name for name, _ in meaning[1]} == {time} for meaning in meanings):
        return Understanding(carries=time)
    if len(set(known)) < 2 or len(known) * 2 < len(meanings):
        return said
    if any(measure for measure, _ in known):
        return Understanding(is_label=True)
    dimensions = set.intersection(*({name for name, _ in members} for _, members in known))
    return Understanding(carries=min(dimensions)) if len(dimensions) == 1 else said


def _as_value(column: Column, cells: Sequence[Cell]) -> Column:
    """A column that names no measure, in a table whose rows do, holds values."""
    said = column.understanding
    if column.role != "unknown" or said.leftover:
        return column
    return replace(column, is_value=True) if any(map(is_figure, cells)) else column


def _in_doubt(
    column: Column, lexicon: Lexicon, rivals: set[str], columns: Sequence[Column], body: Sequence[Sequence[Cell]]
) -> Column:
    """A percentage is not understood beside "Target": it may be per cent of that, unless the counts beside it say of
    what it is, or a "Cakupan" stands beside a target that is per cent too."""
    said = column.understanding
    if column.role != "measure" or said.measure not in {measure.as_pct for measure in lexicon.kind.measures}:
        return column
    part, whole = (
        [other.number for other in columns if other.role == "measure" and other.understanding.measure == name
         and _of_whom(other.understanding, lexicon) == _of_whom(said, lexicon)]
        for name in lexicon.kind.measure(said.measure).ratio or ("", "")
    )  # fmt: skip
    if len(part) == len(whole) == 1 and _follows(body, column.number, part[0], whole[0]):
        return column
    of_targets = [other.number for other in columns if rivals & set(other.understanding.leftover)]
    numbers = [number for row in body for at in of_targets if (number := _as_number(row[at])) is not None]
    is_of_title = not lexicon.understand(column.header).measure  # which is about one measure, and no target
    names_it = is_of_title or not _COVERAGE.isdisjoint(tokens_of(" ".join(column.header)))
    if names_it and not (part or whole) and numbers and max(numbers) <= 100:
        return column
    return replace(column, understanding=replace(said, leftover=tuple(sorted(rivals))))


def _of_whom(said: Understanding, lexicon: Lexicon) -> dict[str, str]:
    """What a column names apart from the defaults: "Total Aktif" and "Semesta" are both of all."""
    return {name: value for name, value in said.members.items() if value != lexicon.kind.dimension(name).default}


def _follows(body: Sequence[Sequence[Cell]], pct: int, part: int, whole: int) -> bool:
    """Whether percentages are those of two columns of counts, in two rows or more and nine of ten of them."""
    known = agreeing = 0
    for row in body:
        printed, counted, of = _as_number(row[pct], "pct"), _as_number(row[part]), _as_number(row[whole])
        if printed is None or counted is None or not of:
            continue
        known += 1
        step = 10.0 ** -decimals_of(printed) * 1.000001
        agreeing += any(abs(printed - counted / of * scale) <= step for scale in (100, 1))
    return agreeing >= max(2, 0.9 * known)


def _measure_by_title(lexicon: Lexicon, surroundings: Surroundings, sheet_name: str) -> str:
    """The one measure that the title, the sheet's name, or a source line is about, the nearest first; empty: none."""
    above, below, head = ([text.words for text in texts] for texts in surroundings)
    caption = [text for text in above if _CAPTION.match(text)][-1:]  # "Tabel 2. Peserta Aktif" is about its own table
    for texts in (caption, above, [sheet_name], head):
        named = {measure for text in texts if (measure := lexicon.measure_of_title(text))}
        if len(named) == 1:
            return min(named)
    for texts in (above, [sheet_name], head, below):
        named = set().union(*(lexicon.title_measures(text) for text in texts))
        if len(named) == 1:
            return min(named)
    return ""


def _with_title(
    column: Column, lexicon: Lexicon, title: Title, columns: Sequence[Column], sheet: Sheet, anchor: Anchor, last: int
) -> Column:
    """What a column headed by a time, a segment, a total or a whole ("L+P") measures, where only the title says it."""
    said = column.understanding
    if column.is_anchor or said.measure or said.carries or said.is_part or said.is_label:
        return column
    rows = range(anchor.bottom + 1, last + 1)
    if said.leftover:
        parts = [other.number for other in columns if other.role == "unknown" and other is not column]
        if not said.names_total or not _is_sum(sheet, column.number, parts, rows):
            return column
    elif not (said.members or said.names_total or said.is_whole):
        return column
    if not _agrees(sheet.columns[column.number][rows.start : rows.stop], lexicon, title, said):
        return column
    return replace(column, understanding=replace(said, measure=title.measure, leftover=()))


def _is_sum(sheet: Sheet, total: int, parts: Sequence[int], rows: range) -> bool:
    """Whether a "Jumlah" is, in every row, the sum of the columns that are not understood: then it is the whole."""
    seen = 0
    for row in rows:
        whole, *of_parts = [_as_number(sheet.rows[row][column]) for column in (total, *parts)]
        if whole is None:
            continue
        known = [part for part in of_parts if part is not None]
        if len(known) < max(2, len(parts)) or abs(sum(known) - whole) > len(parts):  # each part may be cut to a whole
            return False
        seen += 1
    return seen > 1


def _agrees(cells: Iterable[Cell], lexicon: Lexicon, title: Title, said: Understanding) -> bool:
    """Whether cells can be what a title says: rates, nearly all up to 100; head counts, whole people and not all few.

    Small whole numbers under "Cakupan Kepesertaan" may be people: there something must say per cent.
    """
    texts = [cell for cell in cells if not is_blank(cell)]
    kind = lexicon.kind
    unit = kind.measure(title.measure).unit
    numbers = [number for cell in texts if (number := _as_number(cell, unit)) is not None]
    if not numbers:
        return False
    if unit == "pct":
        may_count = title.measure in {measure.as_pct for measure in kind.measures}
        is_said = title.says_pct or said.is_pct or any(type(cell) is str and "%" in cell for cell in texts)
        return _are_rates(numbers) and (not may_count or is_said or any(number % 1 for number in numbers))
    people = [number * (title.scale if said.scale == 1 else said.scale) for number in numbers]
    return not said.is_pct and all(abs(each - round(each)) < 1e-6 for each in people) and max(people) >= 1000


def _are_rates(numbers: Sequence[float]) -> bool:
    """Whether nearly all numbers are up to 100: one that lost its comma is refused alone."""
    return sum(number <= 100 for number in numbers) >= _MOST_OF * len(numbers)


def _as_number(cell: Cell, unit: str = "people") -> float | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell)
    found = read_number(cell, "pct" if unit == "pct" else "people") if type(cell) is str else None
    return found.value if isinstance(found, Number) else None
