"""Where the tables of a sheet are. How one is found, in eight steps that a person can follow:

1. An *anchor* is a header cell that says "Kabupaten/Kota" (or another word for region) with at least
   one region or total below it in the same column. A sheet without one may have its regions across: then
   the area is turned, and read as if they stood down. Or it is about one region, which a title, a heading
   or the sheet's name says: then the anchor is the column that holds the segments, dates or measures.
2. The header is the anchor's rows (a merge counts whole), the rows below and above it that hold only
   words right of the anchor; a lone text above it is a title, a lone segment below it a heading.
3. What stands over a column, top to bottom, is its header path; a merge fills its cells, and a blank
   under a group word takes the group's word.
4. A header path is understood when every word of it is known to the kind (`words.Lexicon`). Where the rows
   say what is measured ("Uraian"), the row's label completes the path.
5. A column headed by nothing but a time, a segment or a total takes its measure from the title, if its cells agree.
   A "Jumlah" beside the same figure at several times is a sum over times, and of none.
6. The table is of the kind that understands the most measure columns; none: unknown kind.
7. Where the body begins with a heading that names a measure and has others ("I. POTENSI", "II. PESERTA AKTIF"), each
   heads a band of its own, and its words are the top of every header path.
8. The body ends with the last region or total, or with numbers that stand directly below it; and
   before a row that looks like another table's header. Of tables beside each other (`neighbours`) each has its
   own columns and titles; what stands over the first one alone need not speak for one that begins lower.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from flows.read.column_doubts import without_narrow_names
from flows.read.column_meaning import explain_columns
from flows.read.columns import Column, Surroundings, Text, of_people
from flows.read.dates import end_of_month_number, end_of_short_month, find_dates, says_period
from flows.read.filters import filters_in
from flows.read.headers import Anchor, find_anchors, find_label_anchors, header_path, is_wordy, label_meaning
from flows.read.legends import legend_of
from flows.read.months import find_months, is_month
from flows.read.neighbours import column_limits, find_beside, starts_lower
from flows.read.numbers import is_figure
from flows.read.regions import RegionBook
from flows.read.titles import NOTE, caption_number
from flows.read.turned import Area, find_areas
from flows.read.words import Lexicon, Understanding, names_unit, names_year, scale_in, without_number, years_in
from flows.read.workbook import Cell, Sheet, is_blank, shown


@dataclass(frozen=True)
class Table:
    """A table of a known kind. Rows and columns count from 0; both ends of a range belong to it.

    `names_regions` is False where the table is about one region that its surroundings say.
    """

    sheet: Sheet
    number: int
    lexicon: Lexicon
    anchor: int
    anchor_is_code: bool
    names_regions: bool
    header_top: int
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    above: tuple[Text, ...]
    below: tuple[Text, ...]
    head: tuple[Text, ...]  # what stands over the sheet's first tables; `above` itself for those
    starts_lower: bool  # than a table beside it: what stands over that one need not speak for this

    @cached_property
    def titles(self) -> tuple[Text, ...]:
        """What stands over the table and may say what it is about."""
        return _titles(self.above)

    @cached_property
    def head_titles(self) -> tuple[Text, ...]:
        """The same of what stands over the sheet's first tables."""
        return _titles(self.head)

    def ends_over(self, row: int, left: int, right: int) -> bool:
        """Whether the table ends above a row, over some of the columns."""
        return self.last_row < row and self.columns[0].number <= right and left <= self.columns[-1].number

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is in the table."""
        in_rows = self.header_top <= row <= self.last_row
        return in_rows and self.columns[0].number <= column <= self.columns[-1].number

    @cached_property
    def body(self) -> list[list[Cell]]:
        """The rows of the body, whole."""
        return self.sheet.rows[self.first_row : self.last_row + 1]

    def cells(self, column: int) -> Sequence[Cell]:
        """A column of the body."""
        return self.sheet.columns[column][self.first_row : self.last_row + 1]

    @cached_property
    def measures(self) -> list[Column]:
        """The columns of numbers; where rows say what is measured, one for each column and label."""
        plain = [column for column in self.columns if column.role == "measure"]
        if self.label_column is None:
            return plain
        labels = dict.fromkeys(label for label in self.labels if not is_blank(label))
        values = [column for column in self.columns if column.role == "value"]
        labelled = [done for column in values for label in labels if (done := self._with_label(column, label))]
        return plain + [each for each in without_narrow_names(labelled, self.lexicon) if each.role == "measure"]

    def _with_label(self, column: Column, label: Cell) -> Column | None:
        header = (*column.header, shown(label))
        said = of_people(self.lexicon.understand(header))
        made = Column(column.number, header, said, label=label)
        return made if made.role == "measure" else None

    @cached_property
    def carriers(self) -> list[Column]:
        """The columns whose cells hold the values of a dimension."""
        return [column for column in self.columns if column.role == "dimension"]

    @cached_property
    def label_column(self) -> int | None:
        """The column whose cells say what is measured."""
        return next((column.number for column in self.columns if column.role == "label"), None)

    @cached_property
    def labels(self) -> Sequence[Cell]:
        """What the rows say is measured, with the thousands that a column of units says of them; empty where the table
        has no such column."""
        if self.label_column is None:
            return ()
        labels = self.spread(self.label_column)
        if self.unit_column is None:
            return labels
        units = [f" ({unit})" if scale_in(f"({shown(unit)})") != 1 else "" for unit in self.spread(self.unit_column)]
        return [f"{shown(label)}{unit}" if unit else label for label, unit in zip(labels, units, strict=True)]

    @cached_property
    def unit_column(self) -> int | None:
        """The column that says the unit of each row beside its label."""
        units = (c.number for c in self.columns if c.role == "ignored" and names_unit(c.header_text))
        return next(units, None) if self.label_column is not None else None

    @cached_property
    def class_column(self) -> int | None:
        """The column that says "Kab." or "Kota" beside the names."""
        return next((column.number for column in self.columns if column.role == "class"), None)

    @cached_property
    def row_fields(self) -> list[int]:
        """The columns that tell apart the rows of one region: its dimensions, years and labels."""
        return [column.number for column in self.columns if column.role in ("dimension", "label", "year")]

    @cached_property
    def year_column(self) -> int | None:
        """The column that says the year of each row, in a kind whose time is a day."""
        return next((column.number for column in self.columns if column.role == "year"), None)

    @cached_property
    def names_months(self) -> bool:
        """Whether some time of the table may be a month whose year stands elsewhere."""
        time = self.lexicon.kind.time
        said = [column.understanding.members.get(time.name, "") for column in self.measures]
        heads = (text for text in self.sheet.texts[self.anchor] if find_months(text))
        return time.reads == "date" and (self.carrier(time.name) is not None or any(map(is_month, said)) or any(heads))

    def goes_on_in(self, other: Table) -> bool:
        """Whether another table beside this one has the same header: a long list is often printed in two halves."""
        is_beside = self.sheet is other.sheet and self.header_top == other.header_top and self is not other
        mine, theirs = ([(column.header, column.role) for column in table.columns] for table in (self, other))
        return is_beside and mine == theirs and self.label_column is None

    @cached_property
    def code_columns(self) -> list[int]:
        return [column.number for column in self.columns if column.role == "code"]

    def members_of_measures(self, dimension: str) -> dict[str, set[str]]:
        """By measure the values of a dimension that its headers name without doubt; without any it is left out."""
        named: dict[str, set[str]] = {}
        for said in self._said_over_figures:
            if dimension in said.members and dimension not in said.weak:
                named.setdefault(said.measure, set()).add(said.members[dimension])
        return named

    @cached_property
    def named_by_headers(self) -> set[str]:
        """The dimensions that the header of some measure column names without doubt."""
        return {name for said in self._said_over_figures for name in said.members if name not in said.weak}

    @cached_property
    def _said_over_figures(self) -> list[Understanding]:
        """What the headers of the measure columns say that are not empty."""
        return [column.understanding for column in self.measures if not all(map(is_blank, self.cells(column.number)))]

    def spread(self, column: int) -> Sequence[Cell]:
        """A column of the body; what stands in a merge fills all of its cells."""
        merges = [(r1, r2, self.sheet.rows[r1][c1]) for r1, c1, r2, c2 in self.sheet.merges if c1 <= column <= c2]
        cells = self.cells(column)
        if not merges:
            return cells
        spread = list(cells)
        for r1, r2, held in merges:
            for index in range(max(r1 - self.first_row, 0), min(r2 - self.first_row + 1, len(spread))):
                spread[index] = held if is_blank(spread[index]) else spread[index]
        return spread

    def carrier(self, dimension: str) -> Column | None:
        """The column whose cells hold the values of that dimension; the time's, where they say both ("Feb 2023")."""
        own = next((column for column in self.carriers if column.understanding.carries == dimension), None)
        return self._carrier_of_time if own is None and dimension in self._said_with_time else own

    @cached_property
    def _carrier_of_time(self) -> Column | None:
        time = self.lexicon.kind.time.name
        return next((column for column in self.carriers if column.understanding.carries == time), None)

    @cached_property
    def _said_with_time(self) -> set[str]:
        """The dimensions that the column of times says too."""
        if self._carrier_of_time is None:
            return set()
        texts = {cell for cell in self.cells(self._carrier_of_time.number) if type(cell) is str and not is_blank(cell)}
        said = [self.lexicon.understand((text,)) for text in texts]
        return {name for each in said for name in each.members if name not in each.weak}


def find_tables(sheet: Sheet, lexicons: Sequence[Lexicon], book: RegionBook) -> list[Table]:
    """Every table of a known kind in a sheet, from the top left: upright ones, else turned ones, else of one region."""
    tables = _upright_tables(sheet, find_anchors(sheet, lexicons, book), lexicons, book)
    if not tables:
        tables = _turned_tables(sheet, find_areas(sheet, book), lexicons, book)
    return tables or _upright_tables(sheet, find_label_anchors(sheet, lexicons), lexicons, book)


def _upright_tables(
    sheet: Sheet, anchors: Sequence[Anchor], lexicons: Sequence[Lexicon], book: RegionBook
) -> list[Table]:
    tables: list[Table] = []
    filters = _filters(sheet)
    for anchor in anchors:
        beside = find_beside(sheet, anchor, anchors)
        left, most = column_limits(sheet, anchor, beside, anchors, lexicons)
        limit = _row_limit(sheet, anchor, anchors, beside)
        last = _last_row(sheet, anchor, limit, most, lexicons, book)
        if last is None:
            continue
        right = _right_of_body(sheet, anchor, last, most, lexicons)
        is_lower = bool(tables) and starts_lower(anchor, beside)
        over = _table_over(tables, anchor, left, right)
        between = _outside(tables, _texts(sheet, tables[over].last_row + 1 if over is not None else 0, anchor.top - 1))
        if over is not None:
            notes = _notes_under(tables[over], between, anchor.top)
            tables[over] = replace(tables[over], below=(*tables[over].below, *notes))
            between = tuple(text for text in between if text not in notes)
        in_header = _texts(sheet, anchor.top, anchor.bottom)
        at_right = [text for text in in_header if right < text.column <= most]
        at_right += [text for text in in_header if text.column == anchor.column and _says_of_table(text, lexicons)]
        titles = _own(between, left, right) if is_lower else _over(between, left, most)
        above = (*_texts_around(sheet), *titles, *at_right)
        # a header repeated at a page break goes on with the block over it
        repeated = tables[over] if over is not None and not above else None
        above = repeated.above if repeated else (*above, *filters)
        below = _own(_outside(tables, _texts(sheet, last + 1, limit)), 0, most) if limit == len(sheet.rows) - 1 else ()
        head = above if over is None and not is_lower else tables[0].head
        around = Surroundings(above, below, head)
        for band in _bands(sheet, anchor, last, right, lexicons, book) or [Band(anchor, anchor.top, last)]:
            if table := _table(
                sheet, len(tables) + 1, band.anchor, (left, right), band.last, around, lexicons, book, is_lower,
                repeated, band.heading,
            ):  # fmt: skip
                tables.append(table if band.top == table.header_top else replace(table, header_top=band.top))
    return tables


@dataclass(frozen=True)
class Band:
    """A part of a table's body with its own anchor, whose header ends with the band's heading; from `top` on it is none
    of the band over it."""

    anchor: Anchor
    top: int
    last: int
    heading: str = ""


def _bands(
    sheet: Sheet, anchor: Anchor, last: int, right: int, lexicons: Sequence[Lexicon], book: RegionBook
) -> list[Band]:
    """The bands of a body whose first row and others are headings that name a measure ("I. POTENSI"), where the header
    over the columns names none; nothing where it has no such headings. Rows under another heading are of no band."""
    if not anchor.names_regions:
        return []
    heads = {
        row: heading for row in range(anchor.bottom + 1, last + 1)
        if (heading := _heading_alone(sheet.rows[row][anchor.column : right + 1], book))
    }  # fmt: skip
    named = [row for row, text in heads.items() if any(_names_measure(lexicon, (text,)) for lexicon in lexicons)]
    first = next((row for row in range(anchor.bottom + 1, last) if not is_blank(sheet.rows[row][anchor.column])), last)
    if len(named) < 2 or named[0] != first:
        return []
    paths = [header_path(sheet, anchor, column) for column in range(anchor.column + 1, right + 1)]
    if any(_names_measure(lexicon, path) for lexicon in lexicons for path in paths):
        return []
    bands = []
    for head, end in zip(heads, [*list(heads)[1:], last + 1], strict=True):
        own = replace(anchor, bottom=head)
        if head in named and (ends := _last_row(sheet, own, end - 1, right, lexicons, book)) is not None:
            bands.append(Band(own, anchor.top if head == named[0] else head, ends, heads[head]))
    return bands


def _heading_alone(cells: Sequence[Cell], book: RegionBook) -> str:
    """The text of a row that stands alone where regions stand and names none; empty where it is not so."""
    cell, *others = cells
    if type(cell) is not str or is_blank(cell) or not all(map(is_blank, others)):
        return ""
    match = book.match(cell)
    return "" if match.positions or match.role == "section" else without_number(cell.strip())


def _table_over(tables: Sequence[Table], anchor: Anchor, left: int, right: int) -> int | None:
    """The place of the last table that ends over some columns, above an anchor; None where none does."""
    over = [place for place, table in enumerate(tables) if table.ends_over(anchor.top, left, right)]
    return max(over, key=lambda place: tables[place].last_row, default=None)


def _turned_tables(sheet: Sheet, areas: Sequence[Area], lexicons: Sequence[Lexicon], book: RegionBook) -> list[Table]:
    """Tables with their regions across. Each area is turned; its surroundings stay those of the sheet."""
    tables: list[Table] = []
    ended, head = -1, None
    for place, area in enumerate(areas):
        turned = sheet.turn(area.top, area.left, area.bottom, area.right)
        bottom = area.labels - 1
        anchor = Anchor(area.names, 0, bottom, bottom, bottom, is_code=False, skipped=area.skipped)
        limit = areas[place + 1].top - 1 if place + 1 < len(areas) else len(sheet.rows) - 1
        corner = _own(_texts(sheet, area.top, area.top + area.names), area.left, area.left + area.labels - 1)
        corner = tuple(text for text in corner if _says_of_table(text, lexicons))
        above = (*_texts_around(sheet), *_texts(sheet, ended + 1, area.top - 1), *corner, *_filters(sheet))
        below = _texts(sheet, area.bottom + 1, limit) if limit == len(sheet.rows) - 1 else ()
        ended, head = area.bottom, head or above
        last = _last_row(turned, anchor, len(turned.rows) - 1, turned.width - 1, lexicons, book)
        if last is None:
            continue
        span = (0, turned.width - 1)
        if table := _table(
            turned, len(tables) + 1, anchor, span, last, Surroundings(above, below, head), lexicons, book
        ):
            tables.append(table)
    return tables


def _table(
    sheet: Sheet,
    number: int,
    anchor: Anchor,
    span: tuple[int, int],
    last: int,
    surroundings: Surroundings,
    lexicons: Sequence[Lexicon],
    book: RegionBook,
    starts_lower: bool = False,
    repeated: Table | None = None,
    heading: str = "",
) -> Table | None:
    """The table at an anchor, whose header may be `repeated` from the one over it and may end with the `heading` of its
    band; None where no kind understands a measure column of it."""
    above, below, head = surroundings
    titles = Surroundings(_titles(above), below, _titles(head))
    paths = {column: header_path(sheet, anchor, column) for column in range(span[0], span[1] + 1)}
    if repeated is not None:
        paths = _with_groups(paths, repeated)
    if heading:
        paths = {n: (heading, *path) if path and n > anchor.column else path for n, path in paths.items()}
    legend = legend_of(text.words for text in (*above, *below, *head))
    made = []
    for lexicon in _likely(lexicons, paths, [text.words for text in (*titles.above, *titles.head)]):
        columns = explain_columns(sheet, lexicon, paths, anchor, last, titles, legend, book)
        table = Table(
            sheet, number, lexicon, anchor.column, anchor.is_code, anchor.names_regions, anchor.top,
            anchor.bottom + 1, last, columns, above, below, head, starts_lower,
        )  # fmt: skip
        if table.measures:
            made.append(table)
    best = max((len(table.measures) for table in made), default=0)
    chosen = [table for table in made if len(table.measures) == best]
    if len(chosen) > 1:  # headers such as "Agustus 2024 (persen)" are of whatever the title measures
        chosen = [table for table in chosen if any(table.lexicon.title_measures(each.words) for each in table.titles)]
    return chosen[0] if len(chosen) == 1 else None


def _with_groups(paths: dict[int, tuple[str, ...]], repeated: Table) -> dict[int, tuple[str, ...]]:
    """The paths of a header that repeats the lowest row of another, with the group words that stand over that one."""
    over = {column.number: column.header for column in repeated.columns}
    goes_on = all(over.get(number, ())[-len(path) :] == path for number, path in paths.items() if path)
    return {number: over.get(number, path) if path else path for number, path in paths.items()} if goes_on else paths


def _likely(lexicons: Sequence[Lexicon], paths: dict[int, tuple[str, ...]], titles: Sequence[str]) -> Sequence[Lexicon]:
    """The one kind whose words the headers use; all kinds where it is not one alone. A "%" is a word of none, and a
    "Realisasi" under "Tingkat Pengangguran Terbuka" is of the kind that the title measures."""
    headers = [path for path in paths.values() if path]
    titled = [lexicon for lexicon in lexicons if any(map(lexicon.title_measures, titles))]
    texts = [*titles, *(text for path in headers for text in path)]
    if len(titled) == 1 and not any(lexicon.names_subject(texts) for lexicon in lexicons if lexicon not in titled):
        return titled
    counts = [sum(1 for path in headers if _names_measure(lexicon, path)) for lexicon in lexicons]
    return [lexicons[counts.index(max(counts))]] if max(counts) and counts.count(0) == len(counts) - 1 else lexicons


def _names_measure(lexicon: Lexicon, path: tuple[str, ...]) -> bool:
    """Whether a kind knows every word over a column, and one of them names a measure of it."""
    said = lexicon.understand(path)
    return bool(said.measure) and not said.leftover and any(map(lexicon.names_measure, path))


def _right_of_body(sheet: Sheet, anchor: Anchor, last: int, limit: int, lexicons: Sequence[Lexicon]) -> int:
    """The last column with something under its header, and the headers without anything that follow it directly.

    A date or a unit beside the table is no column of it.
    """
    right = limit
    while right > anchor.column and all(map(is_blank, sheet.columns[right][anchor.bottom + 1 : last + 1])):
        right -= 1
    while right < limit and _heads_column(header_path(sheet, anchor, right + 1), lexicons):
        right += 1
    return right


def _heads_column(path: tuple[str, ...], lexicons: Sequence[Lexicon]) -> bool:
    """Whether texts say more than a time or a unit ("per 31 Oktober 2025", "dalam ribu orang")."""
    if not path:
        return False
    for lexicon in lexicons:
        said = lexicon.understand(path)
        says_time = said.members.keys() == {lexicon.kind.time.name} and not (said.measure or said.leftover)
        if says_time or said.is_scale:
            return False
    return True


def _row_limit(sheet: Sheet, anchor: Anchor, anchors: Sequence[Anchor], beside: Sequence[Anchor]) -> int:
    """The last row before the next header block that does not stand beside this table."""
    below = [other.top for other in anchors if other.top > anchor.bottom and other not in beside]
    return min(below, default=len(sheet.rows)) - 1


def _last_row(
    sheet: Sheet, anchor: Anchor, limit: int, right: int, lexicons: Sequence[Lexicon], book: RegionBook
) -> int | None:
    """The last row of the body; None where nothing stands below the anchor that a table of its sort has."""
    limit = _before_another_header(sheet, anchor, limit, right, book)
    last = next(
        (row for row in range(limit, anchor.bottom, -1)
         if _belongs(sheet.rows[row], anchor, right, lexicons, book)),
        None,
    )  # fmt: skip
    if last is None:
        return None
    while last < limit and any(map(is_figure, sheet.rows[last + 1][anchor.column + 1 : right + 1])):
        last += 1
    return last


def _belongs(row: Sequence[Cell], anchor: Anchor, right: int, lexicons: Sequence[Lexicon], book: RegionBook) -> bool:
    """Whether the cell of the anchor's column says that its row is of the table; "TOTAL" or "Keadaan 31 Desember 2024"
    without figures may head the next one."""
    cell = row[anchor.column]
    if is_blank(cell):
        return False
    is_alone = all(map(is_blank, row[anchor.column + 1 : right + 1]))
    if not anchor.names_regions:
        is_label = any(label_meaning(lexicon, cell) for lexicon in lexicons)
        return is_label and not (is_alone or NOTE.match(shown(cell)))
    if anchor.is_code:
        return bool(book.match_code(cell))
    role = book.match(shown(cell)).role
    return role == "region" or (role == "total" and not is_alone)


def _before_another_header(sheet: Sheet, anchor: Anchor, limit: int, right: int, book: RegionBook) -> int:
    """The row above one with several words beside a name that is no region, where regions follow below it."""
    names = {cell for cell in sheet.distinct[anchor.column] if type(cell) is str and book.match(cell).role == "unknown"}
    if anchor.is_code or not anchor.names_regions or not names:
        return limit
    suspect = None
    for row in range(anchor.bottom + 1, limit + 1):
        cell = sheet.rows[row][anchor.column]
        if type(cell) is not str or is_blank(cell):
            continue
        role = book.match(cell).role
        if role == "unknown" and suspect is None:
            beside = [other for other in sheet.rows[row][anchor.column + 1 : right + 1] if not is_blank(other)]
            suspect = row if len(beside) > 1 and all(map(is_wordy, beside)) else None
        elif role == "region" and suspect is not None:
            return suspect - 1
    return limit


def _texts(sheet: Sheet, first: int, last: int) -> tuple[Text, ...]:
    texts: list[Text] = []
    for row in range(first, last + 1):
        label, colon = "", False
        for column, cell in enumerate(sheet.rows[row]):
            if type(cell) is str and not is_blank(cell) and (colon or (label and cell.lstrip()[:1] == ":")):
                texts.append(Text(row, column, f"{label}: {cell.lstrip(' :')}"))  # "Program" | ":" | "JKP"
            elif label.lower() in ("provinsi", "propinsi", "prov.") and type(cell) is str and not is_blank(cell):
                texts.append(Text(row, column, f"{label} {cell}"))  # "Gorontalo" is a regency's name too
            elif says_period(label) and (end := end_of_month_number(shown(cell)) or end_of_short_month(shown(cell))):
                texts.append(Text(row, column, f"{label} {end.isoformat()[:7]}"))  # "Periode" | 202506
            elif (type(cell) is str and not is_blank(cell)) or isinstance(cell, date):
                texts.append(Text(row, column, cell, _labels_figure(sheet, row, column, last)))
                label = shown(cell).strip(" :") or label
            elif names_year(label) and years_in(shown(cell)):
                texts.append(Text(row, column, f"{label} {shown(cell)}"))  # "Tahun" | ":" | 2025
            colon = bool(label) and type(cell) is str and cell.strip() == ":"
    return tuple(texts)


def _says_of_table(text: Text, lexicons: Sequence[Lexicon]) -> bool:
    """Whether what heads the names or the labels speaks for the whole table: "Kab/Kota per 31 Oktober 2025", "1.
    Penerima Upah (PU)", "Kab/Kota (target)"; not "Kab/Kota (urut potensi)"."""
    if find_dates(text.words):
        return True
    words = without_number(text.words.strip("* "))
    return any(_is_subject_alone(lexicon, words) or _says_others(lexicon, words) for lexicon in lexicons)


def _is_subject_alone(lexicon: Lexicon, words: str) -> bool:
    """Whether a text names a measure or a segment and says nothing that is not known."""
    found, unknown = lexicon.meanings(words)
    named = any(each.role == "member" or (each.role == "measure" and not each.is_loose) for each in found)
    return named and not unknown


def _says_others(lexicon: Lexicon, words: str) -> bool:
    """Whether a text says that the figures are of other things or other people, or planned."""
    return lexicon.is_about_others(words) or bool(lexicon.foreign_word(words))


def _titles(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    return tuple(text for text in texts if text.is_title)


def _filters(sheet: Sheet) -> tuple[Text, ...]:
    """What a dashboard's export says under its table of the figures in it."""
    return tuple(
        Text(sheet.columns[column].index(cell), column, said)
        for column, texts in enumerate(sheet.texts) for cell in texts for said in filters_in(cell)
    )  # fmt: skip


def _labels_figure(sheet: Sheet, row: int, column: int, last: int) -> bool:
    """Whether the next cell at the right, or the one below up to the `last` row, holds a figure that is no year."""
    right = sheet.rows[row][column + 1] if column + 1 < sheet.width else ""
    below = sheet.rows[row + 1][column] if row < last else ""
    return any(is_figure(cell) and not years_in(shown(cell)) for cell in (right, below))


def _notes_under(table: Table, texts: tuple[Text, ...], following: int) -> tuple[Text, ...]:
    """Which texts between a table and the `following` header are notes under the table, and no titles of the next one.

    A note is one wherever it stands. So is what else is no title, and a caption with the table's own number, where it
    follows the table directly and the next header does not follow it.
    """
    rows = {text.row for text in texts}
    end = table.last_row + 1
    while end in rows:
        end += 1
    is_apart = end < following
    return tuple(
        text for text in texts
        if NOTE.match(text.words) or (is_apart and text.row < end and (
            not text.is_title or caption_number(text.words) == table.number))
    )  # fmt: skip


def _texts_around(sheet: Sheet) -> tuple[Text, ...]:
    return tuple(Text(-1, -1, text) for text in sheet.around)


def _own(texts: tuple[Text, ...], left: int, right: int) -> tuple[Text, ...]:
    """The texts that stand over or under some columns."""
    return tuple(text for text in texts if left <= text.column <= right)


def _outside(tables: Sequence[Table], texts: tuple[Text, ...]) -> tuple[Text, ...]:
    """The texts that stand in none of some tables."""
    return tuple(text for text in texts if not any(table.holds(text.row, text.column) for table in tables))


def _over(texts: tuple[Text, ...], left: int, right: int) -> tuple[Text, ...]:
    """The texts that speak for the columns of a table: its own; in rows where it has none, what stands at its left."""
    own = {text.row for text in texts if left <= text.column <= right}
    return tuple(text for text in texts if text.column <= right and (text.row not in own or left <= text.column))
