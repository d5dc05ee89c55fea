"""Tell a by-name list of people from a table of figures, before anything of it is kept.

A list has a column of NIK or family card numbers (16 digits: district of registration, birth date, serial), or a
column that is headed so beside people's columns, or names beside birth dates (UU 27/2022; UU 23/2006 art. 84).
Counts of people, however their columns are called ("Jumlah NIK", "basis KTP"), are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.addresses import a1
from flows.personal_numbers import is_personal_number
from flows.read.workbook import Cell, Sheet
from flows.records import Finding

_DIGITS_OF_A_NIK = 16
_NUMBERS = (float, int)
_ENOUGH = 3  # numbers in one column; a single one beside its label is enough too
_HEADER_WORDS = ("nik", "ktp", "kk", "kependudukan", "keluarga", "lahir", "ttl", "penduduk")
_NUMBER_NAME = re.compile(
    r"(no|nomor|nomer)?(nik|e?ktp|nik(no|nomor)?e?ktp|(no|nomor)?e?ktpnik|nokk|kk|nikkk|indukkependudukan|kartukeluarga"
    r"|kartutandapenduduk)(kk|ktp|nik|peserta|pekerja|penerima|tenagakerja|tk|petani|kepalakeluarga|\d+digit)*"
)
_PERSON_NAME = re.compile(
    r"nama(lengkap|peserta|pekerja|penerima|petani|nelayan|buruh|tenagakerja|tk|warga|orang|kepalakeluarga|ktp|sesuai"
    r"|manfaat|bantuan)*|name|fullname"
)
_BIRTH = re.compile(r"(tempat|tmpt|tpt)?(dan)?(tanggal|tgl|tmpt|tempat)lahir|ttl|tgllahir|tempattanggallahir|birthdate")
_NIK = re.compile(r"^[^\w\n]*(\d(?:[ .'-]?\d){15})[^\w\n]*$", re.MULTILINE)
_DIGITS = re.compile(r"\d(?:[ .'-]?\d){15}")


def find_people(sheets: Sequence[Sheet]) -> Finding | None:
    """Where a by-name list stands: its sheet and header cell, and nothing of what it holds; None where none does."""
    for sheet in sheets:
        if place := _find_list(sheet):
            return Finding("personal_data", sheet.name, a1(*place))
    return None


def _find_list(sheet: Sheet) -> tuple[int, int] | None:
    texts = "\n".join(map("\n".join, sheet.texts)).casefold()  # searched once: nearly every sheet is no list
    has_headers = any(word in texts for word in _HEADER_WORDS)
    has_digits = any(
        len(text) >= _DIGITS_OF_A_NIK and _DIGITS.search(text) for column in sheet.texts for text in column
    )
    for column in range(sheet.width):
        numbers = _long_numbers(sheet, column) | (_long_texts(sheet, column) if has_digits else set())
        if len(numbers) >= _ENOUGH:
            return _head_of(sheet, column, numbers)
        for row in _header_rows(sheet, column) if has_headers else ():
            if _is_list_header(sheet, row, column):
                return row, column
    return None


def _long_texts(sheet: Sheet, column: int) -> set[Cell]:
    """The distinct NIK or family card numbers of a column that are texts."""
    texts = {match[0] for match in _NIK.finditer("\n".join(sheet.texts[column]))}
    return {text for text in texts if is_personal_number("".join(filter(str.isdigit, text)))}


def _long_numbers(sheet: Sheet, column: int) -> set[Cell]:
    """Those that are numbers."""
    if len(sheet.texts[column]) == len(sheet.distinct[column]):
        return set()
    long = [cell for cell in sheet.distinct[column] if type(cell) in _NUMBERS and cell >= 1e15]
    return {cell for cell in long if _is_long(cell) and is_personal_number(f"{cell:.0f}")}


def _head_of(sheet: Sheet, column: int, numbers: set[Cell]) -> tuple[int, int]:
    """The cell over the first of the numbers; the number's own where nothing stands over it."""
    cells = sheet.columns[column]
    first = next(row for row, cell in enumerate(cells) if cell in numbers or _numbers_in(cell))
    above = next((row for row in range(first - 1, -1, -1) if cells[row] != ""), first)
    return above, column


def _numbers_in(cell: Cell) -> bool:
    return type(cell) is str and bool(_NIK.search(cell))


def _header_rows(sheet: Sheet, column: int) -> Iterator[int]:
    """The rows in which a column is headed as a number of a person or as a birth date."""
    headers = [
        text for text in sheet.texts[column] if len(text) < 60 and any(map(text.casefold().__contains__, _HEADER_WORDS))
    ]
    wanted = {text for text in headers if _NUMBER_NAME.fullmatch(_plain(text)) or _BIRTH.fullmatch(_plain(text))}
    if wanted:
        yield from (row for row, cell in enumerate(sheet.columns[column]) if type(cell) is str and cell in wanted)


def _is_list_header(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell that is headed as a number or a birth date heads one of a list, or labels one on a form."""
    if not _NUMBER_NAME.fullmatch(_plain(sheet.rows[row][column])):
        return _has_below(sheet, row, column) and any(_PERSON_NAME.fullmatch(_plain(c)) for c in _near(sheet, row))
    if any(
        _numbers_in(cell) or _is_long(cell)
        for cell in (*sheet.rows[row][column + 1 :], *sheet.columns[column][row + 1 :])
    ):
        return True
    words = [_plain(cell) for cell in _near(sheet, row)]
    return (
        _has_below(sheet, row, column) and any(map(_PERSON_NAME.fullmatch, words)) and any(map(_is_of_a_person, words))
    )


def _is_of_a_person(word: str) -> bool:
    return bool(_BIRTH.fullmatch(word)) or word.startswith(("alamat", "jeniskelamin", "rtrw", "namaibu", "pekerjaan"))


def _is_long(cell: Cell) -> bool:
    return type(cell) in _NUMBERS and 1e15 <= cell < 1e16


def _has_below(sheet: Sheet, row: int, column: int) -> bool:
    return any(cell != "" for cell in sheet.columns[column][row + 1 :])


def _near(sheet: Sheet, row: int) -> list[Cell]:
    """The texts of a header's row and of the rows beside it."""
    return [cell for line in sheet.rows[max(row - 1, 0) : row + 2] for cell in line if type(cell) is str]


def _plain(cell: Cell) -> str:
    """A header's letters and digits alone: "No. KTP/NIK" and "NO KTP / NIK" are one."""
    return "".join(filter(str.isalnum, cell.casefold())) if type(cell) is str else ""
