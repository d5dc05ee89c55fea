"""Find the lists in an open workbook: each sheet's header, the columns that the checks need, as texts.

The header is found as everywhere (`flows.read.record_header`). What no check needs (address, phone) is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.read.headers import is_column_numbers
from flows.read.record_header import RecordHeader, find_record_header
from flows.read.workbook import BrokenCell, Cell, Sheet, Workbook, is_blank, shown
from schemas.recipients import RECIPIENTS

FIELDS = ("nik", "name", "birth_date", "sex", "village", "village_code", "district", "occupation")
_HEAD = 60  # rows in which a header may stand, and what stands over it
_WORD = r"[a-z'’ -]+?"
_END = r"(?=\s*(?:\b(?:kec|kecamatan|kab|kabupaten|tahun|rt|rw)\b|[,;:()\d]|$))"
_VILLAGE = re.compile(rf"\b(?:desa|kelurahan|kel|ds)\b\s*[.:/]*\s*({_WORD}){_END}", re.IGNORECASE)
_DISTRICT = re.compile(rf"\b(?:kecamatan|kec)\b\s*[.:]*\s*({_WORD}){_END}", re.IGNORECASE)
_CLASS = re.compile(r"^\s*(?:desa|kelurahan|kel|ds|kecamatan|kec)\b[\s.:]*", re.IGNORECASE)


@dataclass(frozen=True)
class PeopleSheet:
    """One sheet's list. `texts` holds equally long columns by field; `rows` the row of each, from 0.

    `columns` says in which column of the sheet a field stood; `notes` counts further rows below the header.
    `said_village` and `said_district` are what titles or the sheet's name say, as keys; empty: nothing.
    """

    sheet_no: int
    rows: list[int]
    texts: dict[str, list[str]]
    columns: dict[str, int]
    said_village: str
    said_district: str
    notes: int
    hidden_rows: int
    unknown_columns: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.rows)


def name_key(text: str) -> str:
    """The letters and digits of a place's name without its class, as SQL makes them (sql/recipients/person.sql)."""
    return "".join(sign for sign in _CLASS.sub("", text).lower() if sign.isascii() and sign.isalnum())


def find_people_sheets(workbook: Workbook, villages: Collection[str], districts: Collection[str]) -> list[PeopleSheet]:
    """The lists of a workbook; `villages` and `districts` are the keys of known names."""
    found = []
    for sheet in workbook.sheets:
        if header := find_list_header(sheet):
            found.append(_read_people(sheet, header, villages, districts))
    return found


def find_list_header(sheet: Sheet) -> RecordHeader | None:
    """The header of a list; None where the sheet holds none."""
    top = replace(sheet, rows=sheet.rows[:_HEAD], merges=tuple(m for m in sheet.merges if m[2] < _HEAD))
    return find_record_header(top, [RECIPIENTS])


def _read_people(
    sheet: Sheet, header: RecordHeader, villages: Collection[str], districts: Collection[str]
) -> PeopleSheet:
    first = header.bottom + 1
    if first < len(sheet.rows) and is_column_numbers(sheet.rows[first]):
        first += 1
    body = sheet.rows[first:]
    columns: dict[str, int] = {}
    texts: dict[str, list[str]] = {}
    for field in RECIPIENTS.fields:
        for name, is_code in ((field.name, False), (f"{field.name}_code", True)):
            numbers = [column.number for column in header.columns_of(field) if column.is_code == is_code]
            if numbers and name in FIELDS:
                columns[name] = numbers[0]
                texts[name] = _texts_of(body, numbers)
    kept = _rows_of_people(texts, header.columns, columns)
    if len(kept) < len(body):
        texts = {name: [column[row] for row in kept] for name, column in texts.items()}
    village, district = _said_above(sheet, header, villages, districts)
    return PeopleSheet(
        sheet_no=sheet.number,
        rows=[first + row for row in kept],
        texts=texts,
        columns=columns,
        said_village=village,
        said_district=district,
        notes=sum(any(not is_blank(cell) for cell in body[row]) for row in set(range(len(body))) - set(kept)),
        hidden_rows=sum(first + row in sheet.hidden_rows for row in kept) if sheet.hidden_rows else 0,
        unknown_columns=tuple(c.number for c in header.columns if c.field is None and not c.is_ignored),
    )


def _texts_of(body: Sequence[Sequence[Cell]], numbers: Sequence[int]) -> list[str]:
    """A field's cells as texts; where a header stands over several columns, what stands in them together."""
    column = [_text(row[numbers[0]]) for row in body]
    for number in numbers[1:]:
        column = [f"{text} {_text(row[number])}" for text, row in zip(column, body, strict=True)]
    return column


def _text(cell: Any) -> str:
    """A cell as text; a number begins with #, for Excel may have rounded it."""
    if type(cell) is str:
        return cell
    if type(cell) in (int, float):
        return f"#{cell:.0f}" if cell == cell // 1 else f"#{cell!r}"
    if isinstance(cell, BrokenCell):
        return "#"
    return cell.date().isoformat() if isinstance(cell, datetime) else shown(cell)


def _rows_of_people(texts: dict[str, list[str]], header: Sequence[Any], columns: dict[str, int]) -> list[int]:
    """The rows that are people: a NIK, or a name beside another field. Notes, signatures and sums are none, nor is a
    header that stands again at the top of a page."""
    heads = {column.number: column.header_text.rpartition(" › ")[2].strip().lower() for column in header}
    head = heads[columns["nik"]]
    niks, names = texts["nik"], texts["name"]
    others = [texts[name] for name in ("birth_date", "sex", "occupation") if name in texts]
    return [
        row
        for row, nik in enumerate(niks)
        if (nik and not nik.isspace() and nik.strip().lower() != head)
        or (not nik.strip() and names[row].strip() and any(other[row].strip() for other in others))
    ]


def _said_above(
    sheet: Sheet, header: RecordHeader, villages: Collection[str], districts: Collection[str]
) -> tuple[str, str]:
    """Village and district as the titles say them; the sheet's own name where it is one's."""
    lines = [" ".join(shown(cell) for cell in row if not is_blank(cell)) for row in sheet.rows[: header.top]]
    said = []
    for pattern, known in ((_VILLAGE, villages), (_DISTRICT, districts)):
        named = {name_key(match[1]) for line in (*lines, sheet.name) for match in pattern.finditer(line)}
        keys = {key for key in named if key in known} or {name_key(sheet.name)} & set(known)
        said.append(keys.pop() if len(keys) == 1 else "")
    return said[0], said[1]
