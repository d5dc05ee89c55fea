"""What the notes of a table say against its figures: another time, others than the title names, or one region's alone.

A note without a footnote's mark speaks for the whole table, or for the regions that it names: "Data Kab. Trenggalek
posisi September 2025", "hanya segmen BPU", "peserta aktif termasuk peserta non aktif".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from flows.read.columns import Text
from flows.read.dates import dates_of_figures, is_about_figures
from flows.read.layout import Table
from flows.read.ledger import Clerk
from flows.read.regions import NO_REGION, RegionBook
from flows.read.said import Context
from flows.read.titles import footnotes_in, mark_of, marks_of_others, says_others, says_wrong
from flows.read.words import Lexicon, has_phrase, tokens_of
from flows.read.workbook import shown

_OF_DATA = re.compile(r"\b(?:data|angka|posisi|keadaan|kondisi|per|s\.?\s?/?\s?d)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:target|rencana|berlaku|peraturan|perda|perpres|inpres|rilis|terbit|berikutnya)\b", re.IGNORECASE
)
_DATA_OF_YEAR = re.compile(
    r"\b(?:data|angka|keadaan|kondisi|posisi)\s+(?:[a-z]+\s+)?((?:19|20)\d\d)\b", re.IGNORECASE
)  # "Dalam Angka 2025" is a book
_OF_FEWER = re.compile(r"\b(?:saja|hanya|khusus|merupakan|(?:belum|tidak) termasuk|tanpa)\b", re.IGNORECASE)
_OF_MORE = re.compile(
    r"\btermasuk (?:peserta |pekerja )?(?:non ?aktif|tidak aktif)\b|\bkumulatif\b|\bpeserta terdaftar\b(?! aktif)|"
    r"\b(?:angka|data) (?:proyeksi|target|estimasi|perkiraan|simulasi)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"\b(?:asn|pns|tni|polri)\b", re.IGNORECASE)  # whom the programme leaves out everywhere


def refuse_by_notes(table: Table, book: RegionBook, clerk: Clerk, region: np.ndarray, context: Context) -> None:
    """Refuse the rows that a note below the table or over it speaks against; all of them where it names no region."""
    notes = [*table.below, *(each for each in table.above if not each.is_title)]
    _hear_marks_of_titles(table, clerk, region, notes)
    for note in (text for text in notes if type(text.cell) is str and not _is_of_a_mark(table, text.words)):
        rows = np.flatnonzero(region != NO_REGION).tolist()
        named = _rows_named(table, book, note.words, rows, region)
        is_of_time = _says_other_time(table.lexicon, note.words, context)
        if named and (is_of_time or says_wrong(note.words) or says_others(note.words)):
            _refuse(table, clerk, note, named, region)
        elif not named and rows and (is_of_time or _is_of_others(table, note.words)):
            _refuse(table, clerk, note, rows, region)


def _is_of_a_mark(table: Table, note: str) -> bool:
    """Whether a note is that of a footnote's mark; an asterisk that nothing else bears is none ("* Data BPU saja")."""
    marks = footnotes_in([note]).keys()
    if not marks or not all(mark.startswith("*") for mark in marks):
        return bool(marks)
    columns = [column.number for column in table.columns]
    cells = (text for column in columns for text in table.sheet.texts[column])
    return any("*" in text and text != note for text in (*cells, *(text.words for text in table.titles)))


def _hear_marks_of_titles(table: Table, clerk: Clerk, region: np.ndarray, notes: Sequence[Text]) -> None:
    """Refuse all rows where a title or the header of the names has a mark whose footnote says less or another time."""
    names = [column.header_text for column in table.columns if column.role == "region"]
    titles = [text.words for text in table.titles]
    marks = {mark_of(text) for text in (*titles, *names)} - {""}
    others = marks_of_others([note.words for note in notes], titles)
    for note in notes if marks else ():
        rows = np.flatnonzero(region != NO_REGION).tolist()
        for mark, said in footnotes_in([note.words]).items():
            if rows and mark in marks and (mark in others or table.lexicon.names_member(said)):
                _refuse(table, clerk, note, rows, region)


def _rows_named(table: Table, book: RegionBook, note: str, rows: Sequence[int], region: np.ndarray) -> list[int]:
    """The rows whose regions a note names."""
    if not table.names_regions:
        return []
    places, names = book.named_in(note), table.cells(table.anchor)
    return [
        row for row in rows
        if int(region[row]) in places or has_phrase(note, " ".join(tokens_of(shown(names[row]))))
    ]  # fmt: skip


def _refuse(table: Table, clerk: Clerk, note: Text, rows: Sequence[int], region: np.ndarray) -> None:
    clerk.find(
        "note_against_rows", table.first_row + rows[0], table.anchor, note.words, place=note.address, count=len(rows)
    )
    clerk.book_cells(np.array(rows), clerk.columns, "refused")
    region[list(rows)] = NO_REGION


def _says_other_time(lexicon: Lexicon, note: str, context: Context) -> bool:
    """Whether a note says a time of the data that is not that of the table; what the whole of a rate is taken from
    ("Semesta: Sakernas Agustus 2024") may be older."""
    time = lexicon.kind.time
    own = context.values.get(time.name, "")
    if not own or not _OF_DATA.search(note) or _PLANNED.search(note) or is_about_whole(lexicon, note):
        return False
    if time.reads == "date":
        return any(day.day is not None and day.day.isoformat()[:7] != own[:7] for day in dates_of_figures(note))
    said = _DATA_OF_YEAR.search(note) if is_about_figures(note) else None
    months = lexicon.context_members(said[0]).items() if said else ()
    return said is not None and (
        said[1] != own or any(context.values.get(name, "") not in {"", *values} for name, values in months)
    )


def is_about_whole(lexicon: Lexicon, text: str) -> bool:
    """Whether a text names the whole of a rate and none of the other measures: "Semesta berdasarkan …"."""
    named = {meaning.name for meaning in lexicon.meanings(text)[0] if meaning.role == "measure"}
    return bool(named) and named <= lexicon.kind.wholes


def _is_of_others(table: Table, note: str) -> bool:
    """Whether a note says that the figures are of a segment that nothing else names, or of more or other people."""
    if not (_OF_FEWER.search(note) or _OF_MORE.search(note)) or _DEFINED.search(note) or any(map(str.isdigit, note)):
        return False
    members = table.lexicon.context_members(note)
    said = [*(text.words for text in (*table.titles, *table.head_titles)), table.sheet.name]
    for name, values in members.items():
        told = set().union(*(table.lexicon.context_members(text).get(name, set()) for text in said))
        told |= set().union(*table.members_of_measures(name).values())
        carrier = table.carrier(name)
        if not (told or carrier) and values - {table.lexicon.kind.dimension(name).default}:
            return True
    return not members and bool(_OF_MORE.search(note)) and not is_about_whole(table.lexicon, note)
