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
from functools import cached_property, lru_cache

from flows.read.headers import Anchor, find_anchors, header_path, is_wordy
from flows.read.numbers import Number, read_number
from flows.read.regions import RegionBook
from flows.read.words import RIVAL_DENOMINATORS, Lexicon, Understanding
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
        return _in_one_line(self.header)


@lru_cache(maxsize=5_000)
def _in_one_line(path: tuple[str, ...]) -> str:
    return " › ".join(" ".join(text.split()) for text in path)


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

    def cells(self, column: int) -> Sequence[Cell]:
        """A column of the body."""
        return self.sheet.columns[column][self.first_row : self.last_row + 1]

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
        """The column whose cells hold the values of that dimension."""
        return next((column for column in self.carriers if column.understanding.carries == dimension), None)


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
        columns = _columns(sheet, lexicon, paths, anchor, last, (*above, *below)) if lexicon else ()
        if lexicon and any(column.role == "measure" for column in columns):
            number = len(tables) + 1
            tables.append(
                Table(sheet, number, lexicon, anchor.column, anchor.is_code, anchor.top, anchor.bottom + 1, last,
                      columns, above, below, tables[0].head if ended >= 0 else above)
            )  # fmt: skip
    return tables


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
    names = {cell for cell in sheet.distinct[anchor.column] if type(cell) is str and book.match(cell).role == "unknown"}
    if anchor.is_code or not names:
        return limit
    suspect = None
    for row in range(anchor.bottom + 1, limit + 1):
        cell = sheet.rows[row][anchor.column]
        if type(cell) is not str or is_blank(cell):
            continue
        role = book.match(cell).role
        if role == "unknown" and suspect is None:
            beside = [other for other in sheet.rows[row][anchor.column + 1 :] if not is_blank(other)]
            suspect = row if len(beside) > 1 and all(map(is_wordy, beside)) else None
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
        if path or any(not is_blank(cell) for cell in sheet.columns[number][anchor.bottom + 1 : last + 1]):
            said = _with_title(lexicon.understand(path), by_title)
            columns.append(Column(number, path, said, is_anchor=number == anchor.column))
    rivals = {word for column in columns for word in column.understanding.leftover} & RIVAL_DENOMINATORS
    return tuple(_in_doubt(column, lexicon, rivals) for column in columns) if rivals else tuple(columns)


def _in_doubt(column: Column, lexicon: Lexicon, rivals: set[str]) -> Column:
    """A percentage is not understood beside "Target": it may be per cent of that."""
    said = column.understanding
    if column.role != "measure" or not lexicon.kind.measure(said.measure).ratio:
        return column
    return replace(column, understanding=replace(said, leftover=tuple(sorted(rivals))))


def _measure_by_title(lexicon: Lexicon, context: Sequence[Text], sheet_name: str) -> str:
    """The one measure that titles, source lines or the sheet's name say; empty where none or several do."""
    named = set().union(*(lexicon.title_measures(text) for text in (sheet_name, *(t.words for t in context))))
    return min(named) if len(named) == 1 else ""


def _with_title(understood: Understanding, by_title: str) -> Understanding:
    """A column headed by nothing but a time takes its measure from the title."""
    only_time = understood.members and not (understood.measure or understood.carries or understood.leftover)
    return replace(understood, measure=by_title) if only_time and by_title else understood
