"""Where a table of records begins: the header rows in which every field that its kind needs is named.

Such a table (plan targets, published figures) has a row a record and a column a field. One is looked for before the
tables of figures, because its columns ("Persentase", "Peserta") would be understood as theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.read.words import has_phrase, tokens_of, years_in
from flows.read.workbook import Sheet, is_blank, shown
from schemas.kind import RecordField, RecordKind

_HEADER_WITHIN = 40  # rows: titles and letterheads stand above it
_HIGHEST_HEADER = 3  # rows
_UNIT_WORDS = {"persen", "orang", "rp", "rupiah", "jiwa", "bulan"}


@dataclass(frozen=True)
class RecordColumn:
    """A column of the table: its header and the field that it holds; None: left out by name, or not understood.

    `year` is the year that its header says (0: none), `is_code` that it holds the region's code.
    """

    number: int
    header_text: str
    field: RecordField | None = None
    year: int = 0
    is_code: bool = False
    is_ignored: bool = False


@dataclass(frozen=True)
class RecordHeader:
    """The header of a table of records. `said_above` holds what the title or the sheet's name says of a field."""

    kind: RecordKind
    top: int
    bottom: int
    columns: tuple[RecordColumn, ...]
    said_above: dict[str, str]

    def columns_of(self, field: RecordField) -> list[RecordColumn]:
        """The columns that hold a field, from the left."""
        return [column for column in self.columns if column.field is field]

    @property
    def known(self) -> list[RecordColumn]:
        """The columns that hold a field."""
        return [column for column in self.columns if column.field is not None]


def find_record_header(sheet: Sheet, kinds: Sequence[RecordKind]) -> RecordHeader | None:
    """The first header of a sheet that names every field a kind needs; of two kinds the one with more columns."""
    spoken = {word for texts in sheet.texts for text in texts if text[:1].isalpha() for word in tokens_of(text)}
    kinds = [kind for kind in kinds if _is_spoken_of(kind, spoken)]
    words = [_words_of(kind) for kind in kinds]
    fewest = min((kind.fewest_columns for kind in kinds), default=0)
    for top in range(min(_HEADER_WITHIN, len(sheet.rows)) if kinds else 0):
        if sum(type(cell) is str and not cell.isspace() and cell != "" for cell in sheet.rows[top]) < fewest:
            continue
        for bottom in range(top, min(top + _HIGHEST_HEADER, len(sheet.rows))):
            paths = _paths(sheet, top, bottom)
            headers = [
                header for kind, named in zip(kinds, words, strict=True)
                if (header := _as_header(sheet, kind, named, top, bottom, paths))
            ]  # fmt: skip
            if headers:
                return max(headers, key=lambda header: len(header.known))
    return None


def _is_spoken_of(kind: RecordKind, spoken: set[str]) -> bool:
    """Whether the words of a sheet can name all that the kind needs: hardly any other sheet's can."""
    in_headers = {field.year_field for field in kind.fields}
    needed = [
        field.words for field in kind.fields
        if field.is_required and not field.is_said_above and field.default is None and field.name not in in_headers
    ]  # fmt: skip
    return all(any(spoken.issuperset(tokens_of(phrase)) for phrase in phrases) for phrases in needed)


def _words_of(kind: RecordKind) -> dict[tuple[str, ...], list[tuple[RecordField, bool]]]:
    """Which fields each phrase can head; True where it heads the field's codes."""
    words: dict[tuple[str, ...], list[tuple[RecordField, bool]]] = {}
    for field in kind.fields:
        for phrase in field.words:
            words.setdefault(tokens_of(phrase), []).append((field, False))
        for phrase in field.code_words:
            words.setdefault(tokens_of(phrase), []).append((field, True))
    return words


def _paths(sheet: Sheet, top: int, bottom: int) -> list[tuple[str, ...]]:
    """The texts over each column, top to bottom; a merge fills its cells, and a group word what stands under it."""
    grid = [[shown(cell) for cell in row] for row in sheet.rows[top : bottom + 1]]
    for r1, c1, r2, c2 in sheet.merges:
        if r1 <= bottom and r2 >= top:
            text = shown(sheet.rows[r1][c1])
            for row in range(max(r1, top), min(r2, bottom) + 1):
                grid[row - top][c1 : c2 + 1] = [text] * (c2 - c1 + 1)
    for upper, lower in pairwise(grid):
        for column in range(1, len(upper)):
            if is_blank(upper[column]) and not is_blank(lower[column]):
                upper[column] = upper[column - 1]
    columns = zip(*grid, strict=True)
    return [tuple(dict.fromkeys(text for text in column if not is_blank(text))) for column in columns]


def _as_header(
    sheet: Sheet,
    kind: RecordKind,
    words: dict[tuple[str, ...], list[tuple[RecordField, bool]]],
    top: int,
    bottom: int,
    paths: Sequence[tuple[str, ...]],
) -> RecordHeader | None:
    """The header of those rows, where they name all that the kind needs."""
    columns = [_as_column(number, path, kind, words) for number, path in enumerate(paths) if path]
    if len([column for column in columns if column.field is not None]) < kind.fewest_columns:
        return None
    said_above = _said_above(sheet, kind, top)
    given = {column.field.name for column in columns if column.field is not None}
    given |= {column.field.year_field for column in columns if column.field is not None and column.year}
    given |= {*said_above, *(field.name for field in kind.fields if field.default is not None)}
    if any(field.name not in given and field.is_required and not field.is_said_above for field in kind.fields):
        return None
    return RecordHeader(kind, top, bottom, tuple(columns), said_above)


def _as_column(
    number: int,
    path: tuple[str, ...],
    kind: RecordKind,
    words: dict[tuple[str, ...], list[tuple[RecordField, bool]]],
) -> RecordColumn:
    text = " › ".join(" ".join(part.split()) for part in path)
    years = years_in(text)
    spoken = [word for part in path for word in tokens_of(part)]
    plain = tuple(word for word in spoken if word not in years and word not in _UNIT_WORDS)
    # "Bulan" alone is a column's name, behind another word its unit
    named = words.get(tuple(spoken)) or words.get(plain) or words.get(tuple(dict.fromkeys(plain)), [])
    if years:
        named = [(field, is_code) for field, is_code in named if field.year_field]
    named = sorted(named, key=lambda item: item[0].reads != "year")
    if named:
        field, is_code = named[0]
        return RecordColumn(number, text, field, int(years[-1]) if years else 0, is_code)
    return RecordColumn(number, text, is_ignored=" ".join(plain) in kind.ignored)


def _said_above(sheet: Sheet, kind: RecordKind, top: int) -> dict[str, str]:
    """The one member that the titles and the sheet's name together say of each field that may stand there."""
    texts = [cell for row in sheet.rows[:top] for cell in row if type(cell) is str] + [sheet.name]
    said = {}
    for field in kind.fields:
        if field.is_said_above and field.members:
            named = {
                value for value, phrases in field.members.items()
                if any(has_phrase(text, phrase) for text in texts for phrase in phrases)
            }  # fmt: skip
            if len(named) == 1:
                said[field.name] = min(named)
    return said
