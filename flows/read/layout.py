"""Where the tables of a sheet are. How one is found, in six steps that a person can follow:

1. An *anchor* is a header cell that says "Kabupaten/Kota" (or another word for region) with at least
   one region or total below it in the same column.
2. The header is the anchor's rows (a merge counts whole), the rows below and above it that hold only
   words right of the anchor; a lone text above it is a title, a lone segment below it a heading.
3. What stands over a column, top to bottom, is its header path; a merge fills its cells, and a blank
   under a group word takes the group's word.
4. A header path is understood when every word of it is known to the kind (`words.Lexicon`).
5. The table is of the kind that understands the most measure columns; none: unknown kind.
6. The body ends with the last region or total, or with numbers that stand directly below it; and
   before a row that looks like another table's header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from flows.read.numbers import Number, read_number
from flows.read.regions import RegionBook
from flows.read.words import Lexicon, Understanding, years_in
from flows.read.workbook import Cell, Sheet, is_blank, shown


@dataclass(frozen=True)
class Column:
    """A column of a table, its header path and what the kind's words make of it."""

    number: int
    header: tuple[str, ...]
    understanding: Understanding

    is_anchor: bool = False

    @property
    def role(self) -> str:
        """region, code, measure, dimension, ignored or unknown."""
        said = self.understanding
        if self.is_anchor:
            return "region"
        if said.leftover:
            return "unknown"
        if said.measure:
            return "measure"
        if said.carries:
            return "dimension"
        return "code" if said.is_code else "ignored" if said.is_ignored else "unknown"

    @property
    def header_text(self) -> str:
        return " › ".join(" ".join(text.split()) for text in self.header)


@dataclass(frozen=True)
class Text:
    """A text (or a real date) outside the tables, with its place."""

    row: int
    column: int
    cell: Cell

    @property
    def words(self) -> str:
        return shown(self.cell)


@dataclass(frozen=True)
class Table:
    """A table of a known kind. Rows and columns count from 0; both ends of a range belong to it."""

    sheet: Sheet
    number: int
    lexicon: Lexicon
    anchor: int
    anchor_is_code: bool
    header_top: int
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    above: tuple[Text, ...]
    below: tuple[Text, ...]
    head: tuple[Text, ...]  # what stands over the sheet's first tables; `above` itself for those

    @cached_property
    def body(self) -> list[list[Cell]]:
        """The rows of the body, whole."""
        return self.sheet.rows[self.first_row : self.last_row + 1]

    @cached_property
    def measures(self) -> list[Column]:
        return [column for column in self.columns if column.role == "measure"]

    @cached_property
    def carriers(self) -> list[Column]:
        """The columns whose cells hold the values of a dimension."""
        return [column for column in self.columns if column.role == "dimension"]

    @cached_property
    def code_columns(self) -> list[int]:
        return [column.number for column in self.columns if column.role == "code"]

    @cached_property
    def named_by_headers(self) -> set[str]:
        """The dimensions that the header of some measure column names without doubt."""
        said = [column.understanding for column in self.measures]
        return {name for understood in said for name in understood.members if name not in understood.weak}

    def spread(self, row: int, column: int) -> Cell:
        """A cell of the sheet; where it is blank in a merge, what the merge holds."""
        cell = self.sheet.rows[row][column]
        if is_blank(cell):
            for r1, c1, r2, c2 in self.sheet.merges:
                if r1 <= row <= r2 and c1 <= column <= c2:
                    return self.sheet.rows[r1][c1]
        return cell

    def carrier(self, dimension: str) -> Column | None:
        """The column whose cells hold the values of that dimension."""
        return next((column for column in self.carriers if column.understanding.carries == dimension), None)


@dataclass(frozen=True)
class Anchor:
    """A region header and the rows that belong to its header block."""

    column: int
    top: int
    row: int
    bottom: int
    is_code: bool


def find_tables(sheet: Sheet, lexicons: Sequence[Lexicon], book: RegionBook) -> list[Table]:
    """Every table of a known kind in a sheet, from the top left."""
    anchors = find_anchors(sheet, lexicons, book)
    tables: list[Table] = []
    for anchor in anchors:
        left, right = _column_limits(sheet, anchor, anchors, lexicons)
        limit = _row_limit(sheet, anchor, anchors)
        last = _last_row(sheet, anchor, limit, right, book)
        if last is None:
            continue
        paths = {column: header_path(sheet, anchor, column) for column in range(left, right + 1)}
        ended = max((table.last_row for table in tables if table.last_row < anchor.top), default=-1)
        above = _over(_texts(sheet, ended + 1, anchor.top - 1), left, right)
        below = _texts(sheet, last + 1, limit) if limit == len(sheet.rows) - 1 else ()
        lexicon = _best_lexicon(lexicons, paths, (*above, *below), sheet.name)
        if lexicon is not None:
            columns = _columns(sheet, lexicon, paths, anchor, last, (*above, *below))
            number = len(tables) + 1
            tables.append(
                Table(sheet, number, lexicon, anchor.column, anchor.is_code, anchor.top, anchor.bottom + 1, last,
                      columns, above, below, tables[0].head if ended >= 0 else above)
            )  # fmt: skip
    return tables


def find_anchors(sheet: Sheet, lexicons: Sequence[Lexicon], book: RegionBook) -> list[Anchor]:
    """The region headers of a sheet, top to bottom, left to right; code headers where no name header is."""
    for is_code in (False, True):
        anchors = []
        for column in range(sheet.width):
            values = [row[column] for row in sheet.rows]
            texts = {value for value in set(values) if type(value) is str and value and not value[0].isdigit()}
            headers = {text for text in texts if _heads_regions(text, lexicons, book, is_code)}
            if not headers:
                continue
            places = [row for row, value in enumerate(values) if value in headers and _has_company(sheet, row, column)]
            for place, following in zip(places, [*places, len(values)][1:], strict=True):
                below = values[place + 1 : following]
                if any(_names_a_place(value, book, is_code) for value in below):
                    anchors.append(_anchor(sheet, place, column, lexicons, is_code))
        if anchors:
            return sorted(anchors, key=lambda anchor: (anchor.row, anchor.column))
    return []


def _heads_regions(text: str, lexicons: Sequence[Lexicon], book: RegionBook, is_code: bool) -> bool:
    """Words for region and nothing else; "Kota Jambi" is a region though Jambi is a province's name too."""
    if len(text) > 80 or book.match(text).positions:
        return False
    for lexicon in lexicons:
        said = lexicon.understand((text,))
        if (said.is_code if is_code else said.is_region) and not said.leftover:
            return True
    return False


def _names_a_place(value: Cell, book: RegionBook, is_code: bool) -> bool:
    if is_code:
        return not is_blank(value) and bool(book.match_code(value))
    return type(value) is str and book.match(value).role == "region"


def _has_company(sheet: Sheet, row: int, column: int) -> bool:
    """A header row holds more words (or years) than the region's; a heading inside the body, alone or with sums, none."""
    others = [cell for number, cell in enumerate(sheet.rows[row]) if number != column and not is_blank(cell)]
    if any(_is_wordy(cell) for cell in others) or (others and all(years_in(shown(cell)) for cell in others)):
        return True
    return not others and any(first <= row <= last and left != column for first, left, last, _ in sheet.merges)


def _is_wordy(cell: Cell) -> bool:
    """A text that is no number and does not say that one is missing; or a date, as a header may hold."""
    if type(cell) is str:
        return not is_blank(cell) and read_number(cell, "pct") is None
    return isinstance(cell, date)


def _anchor(sheet: Sheet, row: int, column: int, lexicons: Sequence[Lexicon], is_code: bool) -> Anchor:
    bottom = max((r2 for r1, c1, r2, c2 in sheet.merges if (r1, c1) == (row, column)), default=row)
    while bottom + 1 < len(sheet.rows) and _is_lower_header(sheet, bottom + 1, column, lexicons):
        bottom += 1
    top = row
    while top > 0 and _is_upper_header(sheet, top - 1, column, lexicons):
        top -= 1
    if bottom + 1 < len(sheet.rows) and is_column_numbers(sheet.rows[bottom + 1]):
        bottom += 1
    return Anchor(column, top, row, bottom, is_code)


def _header_cells(sheet: Sheet, row: int, anchor: int, lexicons: Sequence[Lexicon]) -> list[Cell]:
    """The cells of a row right of the anchor; none where the anchor's column or a title stands in that row."""
    line = sheet.rows[row]
    if not is_blank(line[anchor]) or any(r1 <= row <= r2 and c1 <= anchor <= c2 for r1, c1, r2, c2 in sheet.merges):
        return []
    for text in (shown(cell) for cell in line[:anchor] if not is_blank(cell)):
        if not any((said := lex.understand((text,))).is_ignored or said.is_code for lex in lexicons):
            return []
    return [cell for cell in line[anchor + 1 :] if not is_blank(cell)]


def _is_understood(cells: Sequence[Cell], lexicons: Sequence[Lexicon]) -> bool:
    """One kind knows every word of every cell."""
    return any(all(not lex.understand((shown(cell),)).leftover for cell in cells) for lex in lexicons)


def _is_lower_header(sheet: Sheet, row: int, anchor: int, lexicons: Sequence[Lexicon]) -> bool:
    """Words and no numbers; a lone segment or year that no merge spreads heads the rows under it instead."""
    cells = _header_cells(sheet, row, anchor, lexicons)
    if len(cells) == 1 and not any(r1 == row and c1 > anchor for r1, c1, _, _ in sheet.merges):
        return _is_understood(cells, lexicons) and not any(lex.understand((shown(cells[0]),)).members for lex in lexicons)
    return bool(cells) and (all(map(_is_wordy, cells)) or _is_understood(cells, lexicons))


def _is_upper_header(sheet: Sheet, row: int, anchor: int, lexicons: Sequence[Lexicon]) -> bool:
    """Group words: known ones, or several, or one that a merge spreads over columns."""
    cells = _header_cells(sheet, row, anchor, lexicons)
    is_group = len(cells) > 1 or any(r1 == row and c1 > anchor for r1, c1, _, _ in sheet.merges)
    return bool(cells) and ((is_group and all(map(_is_wordy, cells))) or _is_understood(cells, lexicons))


def is_column_numbers(row: Sequence[Cell]) -> bool:
    """A row "(1) (2) (3)", also stored as -1, -2, -3."""
    numbers = [shown(cell).strip("() -.") for cell in row if not is_blank(cell)]
    if len(numbers) < 2 or not all(number.isdigit() for number in numbers):
        return False
    first = int(numbers[0])
    return first <= 3 and [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def header_path(sheet: Sheet, anchor: Anchor, column: int) -> tuple[str, ...]:
    """The texts over a column, top to bottom, each once."""
    path: list[str] = []
    numbered = is_column_numbers(sheet.rows[anchor.bottom]) and anchor.bottom > anchor.row
    rows = range(anchor.top, anchor.bottom + (0 if numbered else 1))
    for row in rows:
        text = shown(sheet.rows[row][column]).strip() or _merged_text(sheet, row, column)
        if not text and row < rows[-1] and any(not is_blank(sheet.rows[lower][column]) for lower in rows if lower > row):
            text = _group_text(sheet, row, column, anchor.column)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _merged_text(sheet: Sheet, row: int, column: int) -> str:
    for r1, c1, r2, c2 in sheet.merges:
        if r1 <= row <= r2 and c1 <= column <= c2:
            return shown(sheet.rows[r1][c1]).strip()
    return ""


def _group_text(sheet: Sheet, row: int, column: int, anchor: int) -> str:
    """The group word to the left of a blank, unless a merge says where its group ends."""
    for left in range(column - 1, anchor, -1):
        if not is_blank(sheet.rows[row][left]):
            ends = any(r1 <= row <= r2 and c1 <= left <= c2 for r1, c1, r2, c2 in sheet.merges)
            return "" if ends else shown(sheet.rows[row][left]).strip()
        if any(r1 <= row <= r2 and c1 <= left <= c2 for r1, c1, r2, c2 in sheet.merges):
            return ""
    return ""


def _column_limits(
    sheet: Sheet, anchor: Anchor, anchors: Sequence[Anchor], lexicons: Sequence[Lexicon]
) -> tuple[int, int]:
    """The columns of a table: up to its neighbours on both sides, whose own leading columns are theirs."""
    beside = [other for other in anchors if other.top <= anchor.bottom and anchor.top <= other.bottom]
    right = min((other.column for other in beside if other.column > anchor.column), default=sheet.width)
    left = max((other.column for other in beside if other.column < anchor.column), default=-1)
    if right < sheet.width:
        right = _leading_columns(sheet, anchor.row, right, anchor.column, lexicons)
    if left >= 0:
        return _leading_columns(sheet, anchor.row, anchor.column, left, lexicons), right - 1
    return 0, right - 1


def _leading_columns(sheet: Sheet, row: int, column: int, stop: int, lexicons: Sequence[Lexicon]) -> int:
    """The first of the "No" and code columns that stand directly left of a region column."""
    while column - 1 > stop:
        text = shown(sheet.rows[row][column - 1])
        understood = lexicons[0].understand((text,)) if text else None
        if understood is None or not (understood.is_code or understood.is_ignored):
            break
        column -= 1
    return column


def _row_limit(sheet: Sheet, anchor: Anchor, anchors: Sequence[Anchor]) -> int:
    """The last row before the next header block that shares columns with this table."""
    below = [other.top for other in anchors if other.top > anchor.bottom]
    return min(below, default=len(sheet.rows)) - 1


def _last_row(sheet: Sheet, anchor: Anchor, limit: int, right: int, book: RegionBook) -> int | None:
    """The last row of the body; None where no region stands below the anchor."""
    last = None
    limit = _before_another_header(sheet, anchor, limit, book)
    for row in range(limit, anchor.bottom, -1):
        cell = sheet.rows[row][anchor.column]
        if is_blank(cell):
            continue
        role = book.match(shown(cell)).role if not anchor.is_code else "region" if book.match_code(cell) else ""
        if role in ("region", "total"):
            last = row
            break
    if last is None:
        return None
    while last < limit and _holds_number(sheet.rows[last + 1][anchor.column + 1 : right + 1]):
        last += 1
    return last


def _before_another_header(sheet: Sheet, anchor: Anchor, limit: int, book: RegionBook) -> int:
    """The row above one with several words beside a name that is no region, where regions follow below it."""
    suspect = None
    for row in range(anchor.bottom + 1, limit + 1) if not anchor.is_code else ():
        cell = sheet.rows[row][anchor.column]
        if type(cell) is not str or is_blank(cell):
            continue
        role = book.match(cell).role
        if role == "unknown" and suspect is None:
            beside = [other for other in sheet.rows[row][anchor.column + 1 :] if not is_blank(other)]
            suspect = row if len(beside) > 1 and all(map(_is_wordy, beside)) else None
        elif role == "region" and suspect is not None:
            return suspect - 1
    return limit


def _holds_number(cells: Sequence[Cell]) -> bool:
    for cell in cells:
        if isinstance(cell, float | int):
            return True
        if type(cell) is str and cell and isinstance(read_number(cell, "people"), Number):
            return True
    return False


def _texts(sheet: Sheet, first: int, last: int) -> tuple[Text, ...]:
    return tuple(
        Text(row, column, cell)
        for row in range(first, last + 1)
        for column, cell in enumerate(sheet.rows[row])
        if (type(cell) is str and not is_blank(cell)) or isinstance(cell, date)
    )


def _over(texts: tuple[Text, ...], left: int, right: int) -> tuple[Text, ...]:
    """The texts that speak for the columns of a table: its own; in rows where it has none, everybody's."""
    own = {text.row for text in texts if left <= text.column <= right}
    return tuple(text for text in texts if text.row not in own or left <= text.column <= right)


def _best_lexicon(
    lexicons: Sequence[Lexicon], paths: dict[int, tuple[str, ...]], context: Sequence[Text], sheet_name: str
) -> Lexicon | None:
    """The lexicon that understands the most measure columns; None where none does, or two do equally."""
    counts = []
    for lexicon in lexicons:
        by_title = _measure_by_title(lexicon, context, sheet_name)
        understood = [_with_title(lexicon.understand(path), by_title) for path in paths.values() if path]
        counts.append(sum(1 for u in understood if u.measure and not u.leftover))
    best = max(counts)
    return lexicons[counts.index(best)] if best and counts.count(best) == 1 else None


def _columns(
    sheet: Sheet,
    lexicon: Lexicon,
    paths: dict[int, tuple[str, ...]],
    anchor: Anchor,
    last: int,
    context: Sequence[Text],
) -> tuple[Column, ...]:
    by_title = _measure_by_title(lexicon, context, sheet.name)
    columns = []
    for number, path in paths.items():
        body = (sheet.rows[row][number] for row in range(anchor.bottom + 1, last + 1))
        if path or any(not is_blank(cell) for cell in body):
            said = _with_title(lexicon.understand(path), by_title)
            columns.append(Column(number, path, said, is_anchor=number == anchor.column))
    return tuple(columns)


def _measure_by_title(lexicon: Lexicon, context: Sequence[Text], sheet_name: str) -> str:
    """The one measure that titles, source lines or the sheet's name say; empty where none or several do."""
    named = set().union(*(lexicon.title_measures(text) for text in (sheet_name, *(t.words for t in context))))
    return min(named) if len(named) == 1 else ""


def _with_title(understood: Understanding, by_title: str) -> Understanding:
    """A column headed by nothing but a time takes its measure from the title."""
    only_time = understood.members and not (understood.measure or understood.carries or understood.leftover)
    return replace(understood, measure=by_title) if only_time and by_title else understood
