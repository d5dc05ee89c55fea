"""Rows of a known region whose figures are not, or may not be, those of the region: they are left out or refused.

What a row says of itself in a column that is not read ("Laki-laki", "Kecamatan", a unit, "Target"), and what tells it
apart from a row without a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from flows.read.dates import dates_of_figures, find_dates
from flows.read.figures import as_number
from flows.read.headers import HEADING_NUMBER, closing_labels, is_wordy, label_meaning
from flows.read.layout import Table
from flows.read.ledger import Clerk
from flows.read.months import find_months
from flows.read.regions import NO_REGION, RegionBook
from flows.read.titles import footnotes_in, mark_of, marks_of_others, says_others, says_wrong
from flows.read.words import (
    PART_TOKENS,
    PCT_WORDS,
    THOUSANDS,
    UNIT_WORDS,
    first_phrase,
    names_unit,
    scale_in,
    tokens_of,
    years_in,
)
from flows.read.workbook import Cell, is_blank, shown

_OF_DATA = re.compile(r"\b(?:data|angka|per|posisi|kondisi|keadaan|periode|s\.?/?d\.?|hingga|sampai)\b", re.IGNORECASE)
# What heads a column that may say of whom each row is, and the words of one that does not.
_OF_WHOM = {"jenis", "profesi", "status", "sumber", "kategori", "kelompok", "golongan", "klasifikasi", "ijazah",
            "pendidikan", "prog", "program", "sektor", "pekerjaan", "pembayar", "kanal", "skala", "kluster", "klaster",
            "tipe", "bidang", "paket"}  # fmt: skip
_SAYS_NO_ONE = {"tinggi", "sedang", "rendah", "sangat", "baik", "kurang", "cukup", "hijau", "kuning", "merah",
                "lengkap", "final", "valid", "ok", "selesai", "tercapai", "belum", "sudah", "tidak", "ya", "naik",
                "turun", "tetap", "prioritas", "kab", "kabupaten", "kota", "terverifikasi", "verifikasi", "proses",
                "on", "off", "track", "perlu", "upaya", "perhatian", "aman", "waspada", "kelompok", "bpjs",
                "ketenagakerjaan", "bps", "dinas", "disnaker", "sakernas", "data", "i", "ii", "iii", "iv", "a", "b",
                "c"}  # fmt: skip
# What heads a column of what hinders an office, or of what it is going to do.
_TO_DO = ("tindak lanjut", "kendala", "hambatan", "permasalahan", "rekomendasi", "solusi", "saran", "rencana aksi")
# What heads a column of smaller things than a regency's workers.
_SMALLER = ("kecamatan", "desa", "kelurahan", "perusahaan", "sektor", "lapangan usaha", "lapangan pekerjaan",
            "pendidikan", "umur", "usia", "program")  # fmt: skip


def refuse_what_rows_say(
    table: Table, book: RegionBook, clerk: Clerk, nameless: Sequence[int], region: np.ndarray
) -> None:
    """Take the region from rows whose own words say that they are of something else; `nameless` are those refused for
    want of a name."""
    _refuse_lettered(table, clerk, region)
    _refuse_arrivals(table, book, clerk, region)
    _refuse_units_in_rows(table, clerk, region)
    _refuse_what_remarks_say(table, book, clerk, region)
    _leave_out_parts(table, book, clerk, region)
    _refuse_told_apart(table, clerk, nameless, region)
    _refuse_of_some(table, book, clerk, region)
    _refuse_under_unread(table, clerk, region)


def _refuse_lettered(table: Table, clerk: Clerk, region: np.ndarray) -> None:
    """A row numbered "A" over rows 1, 2, 3 sums them: "A | Kediri" is a branch, whatever regency has its name."""
    for column in (each.number for each in table.columns if each.role == "ignored" and each.number < table.anchor):
        numbers = [shown(cell).strip() for cell in table.cells(column)]
        heads = [index for index, number in enumerate(numbers) if HEADING_NUMBER.fullmatch(number)]
        under = [index + 1 for index in heads if index + 1 < len(numbers) and numbers[index + 1].strip("().") == "1"]
        for index in [row - 1 for row in under if NO_REGION not in region[row - 1 : row + 1]]:
            clerk.refuse_row("row_over_rows", index, table.anchor, shown(table.body[index][table.anchor]))
            region[index] = NO_REGION


def _refuse_arrivals(table: Table, book: RegionBook, clerk: Clerk, region: np.ndarray) -> None:
    """Head counts of several times whose "Jumlah" adds them up are what came in each of them, and of no day."""
    carrier = table.carrier(table.lexicon.kind.time.name)
    people = {measure.name for measure in table.lexicon.kind.measures if measure.unit == "people"}
    counts = [column.number for column in table.measures if column.understanding.measure in people]
    first = 0
    for index, cell in enumerate(table.cells(carrier.number) if carrier else ()):
        if type(cell) is not str or book.match(cell).role != "total":
            continue
        over = [n for n in range(first, index) if region[n] != NO_REGION and region[index] in (NO_REGION, region[n])]
        first = index + 1
        if len(over) > 1 and any(_is_sum_of(table.cells(column), over, index) for column in counts):
            clerk.find("arrivals", table.first_row + index, table.anchor, cell, count=len(over))
            clerk.book_cells(np.array([*over, index]), clerk.columns, "refused")
            region[[*over, index]] = NO_REGION


def _is_sum_of(cells: Sequence[Cell], rows: Sequence[int], total: int) -> bool:
    """Whether a cell is the sum of those in some rows."""
    known = [number for row in rows if (number := as_number(cells[row])) is not None]
    whole = as_number(cells[total])
    return len(known) == len(rows) and bool(whole) and sum(known) == whole


def _refuse_of_some(table: Table, book: RegionBook, clerk: Clerk, region: np.ndarray) -> None:
    """A column "Jenis Pekerjaan" or "Sumber Dana" that is not read says of whom each row is: "Nelayan", "APBD"; another
    one where it says a word for some workers."""
    for column in (column for column in table.columns if column.role == "unknown"):
        is_of_plans = bool(first_phrase(column.header_text, _TO_DO))
        heads_whom = not _OF_WHOM.isdisjoint(tokens_of(column.header_text)[:1])
        for index, cell in enumerate(table.spread(column.number)):
            words = set(tokens_of(cell)) if type(cell) is str and is_wordy(cell) else set()
            says_word = words - _SAYS_NO_ONE and words.isdisjoint(PART_TOKENS) and not all(map(str.isdigit, words))
            is_asked = words - _SAYS_NO_ONE and not is_of_plans and book.match(cell).role != "branch"
            is_of_some = is_asked and table.lexicon.other_word(shown(cell), "")
            if region[index] != NO_REGION and (says_word if heads_whom else is_of_some):
                clerk.refuse_row("remark_in_row", index, column.number, shown(cell))
                region[index] = NO_REGION


def _refuse_units_in_rows(table: Table, clerk: Clerk, region: np.ndarray) -> None:
    """A unit that stands in its own column ("ribu orang", "Perusahaan") and is not of people or per cent refuses
    its row; so does a remark that says no more than "Target" or "Non Aktif"."""
    lexicon = table.lexicon
    for column, header in (
        (column.number, column.header_text) for column in table.columns if column.role in ("unknown", "ignored")
    ):
        texts = [text for text in table.sheet.texts[column] if text[:1].isalnum()]
        is_heard = column == table.unit_column  # its thousands are those of the labels
        units = {text for text in texts if (scale_in(text) != 1 and not is_heard) or lexicon.says_other(text)}
        if names_unit(header):
            measured = {each.understanding.measure for each in table.measures}
            counts_alone = all(lexicon.kind.measure(name).unit == "people" for name in measured)
            words = UNIT_WORDS - PCT_WORDS if counts_alone else UNIT_WORDS
            words = words | THOUSANDS if is_heard else words
            units |= {text for text in table.sheet.texts[column] if not set(tokens_of(text)) <= words}
        for index, cell in enumerate(table.cells(column)) if units else ():
            if cell in units and region[index] != NO_REGION:
                clerk.refuse_row("unit_in_row", index, column, cell)
                region[index] = NO_REGION


def _refuse_what_remarks_say(table: Table, book: RegionBook, clerk: Clerk, region: np.ndarray) -> None:
    """A row whose remark or footnote says another time, a segment, another region, or that it is wrong or of others
    ("gabungan dengan …")."""
    notes = [text.words for text in (*table.above, *table.below)]
    titles = [text.words for text in table.titles]
    marks = marks_of_others(notes, titles)
    marks |= {
        mark for mark, note in footnotes_in(notes).items() if table.lexicon.names_member(note) or book.named_in(note)
    }
    names = [shown(name) for name in table.cells(table.anchor)]
    rows = {index: (table.anchor, name) for index, name in enumerate(names) if mark_of(name) in marks}
    regions = np.flatnonzero(region != NO_REGION).tolist()
    for column in (column.number for column in table.columns if column.role == "ignored"):
        texts = [text for text in table.sheet.texts[column] if text[:1].isalpha()]
        said = {text for text in texts if says_others(text) or says_wrong(text) or _says_other_time(text, titles)}
        if table.names_regions:  # a remark "BPU" and no more
            time = table.lexicon.kind.time.name
            said |= {
                text for text in texts if dict((label_meaning(table.lexicon, text) or ("", ()))[1]).keys() - {time}
            }
        others = {text: book.named_in(text) for text in texts if book.match(text).role == "unknown"}
        cells = table.spread(column)
        rows_said = [n for n in regions if cells[n] in said or others.get(cells[n], set()) - {int(region[n])}]
        in_titles = [table.sheet.name, *titles]
        if len(rows_said) < len(regions) or not all(_is_of_titles(table, cells[n], in_titles) for n in rows_said):
            rows |= {index: (column, shown(cells[index])) for index in rows_said}
    for index, (column, text) in sorted(rows.items()):
        if region[index] != NO_REGION:
            clerk.refuse_row("remark_in_row", index, column, text)
            region[index] = NO_REGION


def _is_of_titles(table: Table, remark: str, titles: Sequence[str]) -> bool:
    """Whether a remark names the segment of the titles."""
    of_titles = [table.lexicon.context_members(title) for title in titles]
    named = table.lexicon.context_members(remark).items()
    return bool(named) and all(any(members <= each.get(name, set()) for each in of_titles) for name, members in named)


def _says_other_time(text: str, titles: Sequence[str]) -> bool:
    """Whether a remark says a day, or a month or a year of the data that no title says ("data TW II")."""
    of_titles = {(day.day.year, day.day.month) for title in titles for day in find_dates(title) if day.day}
    days = {(day.day.year, day.day.month) for day in find_dates(text) if day.day}
    if days:
        return not days <= of_titles and bool(_OF_DATA.search(text) or dates_of_figures(text, must_say_so=True))
    is_same = bool(of_titles) and all(any(month.last == own for _, own in of_titles) for month in find_months(text))
    is_same &= all(any(int(year) == own for own, _ in of_titles) for year in years_in(text))
    return bool((find_months(text) or years_in(text)) and _OF_DATA.search(text) and not is_same)


def _leave_out_parts(table: Table, book: RegionBook, clerk: Clerk, region: np.ndarray) -> None:
    """A row of "Laki-laki" is a part of its region, whatever heads that column; only the row of the whole counts.
    So is one of a district, a sector or a company.

    A lone letter in a column that is left out by name ("Ket") need not be one.
    """
    understand = table.lexicon.understand
    for column in (column for column in table.columns if column.role in ("unknown", "ignored", "label")):
        shortest = 2 if column.role == "ignored" else 1
        texts = [text for text in table.sheet.texts[column.number] if len(text.strip()) >= shortest]
        said = {text: understand((text,)) for text in texts if not PART_TOKENS.isdisjoint(tokens_of(text))}
        parts = {text for text, each in said.items() if each.is_part and not (each.measure or each.leftover)}
        if column.role == "unknown" and first_phrase(column.header_text, _SMALLER):
            parts |= {text for text in texts if is_wordy(text) and book.match(text).role != "total"}
        cells = table.spread(column.number) if parts else ()
        rows = [index for index, cell in enumerate(cells) if cell in parts and region[index] != NO_REGION]
        if rows:
            first = shown(cells[rows[0]])
            clerk.find("part_row", table.first_row + rows[0], column.number, first, count=len(rows))
            clerk.book_cells(np.array(rows), clerk.columns, "ignored")
            region[rows] = NO_REGION


def _refuse_told_apart(table: Table, clerk: Clerk, nameless: Sequence[int], region: np.ndarray) -> None:
    """A region whose next row has no name, and another text in a column that is not understood, is a part too."""
    unread = [column.number for column in table.columns if column.role in ("unknown", "ignored")]
    named_over: dict[int, int] = {}  # by nameless row the last one over it that is none
    for index in nameless:
        above = named_over[index] = named_over.get(index - 1, index - 1)
        if above < 0 or region[above] == NO_REGION:
            continue
        name = shown(table.body[above][table.anchor])
        pairs = [(shown(table.body[above][column]), shown(table.body[index][column])) for column in unread]
        if words := [upper for upper, lower in pairs if upper != lower and upper[:1].isalpha()]:
            clerk.refuse_row("region_in_parts", above, table.anchor, name, words=", ".join(words))
            region[above] = NO_REGION


def _refuse_under_unread(table: Table, clerk: Clerk, region: np.ndarray) -> None:
    """Of regions across: a line under their names that has no label and is not understood ("Semula | Menjadi")."""
    sheet, heads = table.sheet, range(table.header_top, table.first_row)
    for column in table.columns if sheet.is_turned else ():
        has_label = any(not is_blank(sheet.rows[row][column.number]) for row in heads)
        if has_label or column.role not in ("unknown", "label") or not sheet.texts[column.number]:
            continue
        cells = table.spread(column.number)
        if column.role == "label" and all(is_blank(cell) or label_meaning(table.lexicon, cell) for cell in cells):
            continue
        rows = [index for index, cell in enumerate(cells) if not is_blank(cell) and region[index] != NO_REGION]
        if rows:
            text = shown(cells[rows[0]])
            clerk.find("heading_unclear", table.first_row + rows[0], column.number, text, count=len(rows))
            clerk.book_cells(np.array(rows), clerk.columns, "refused")
            region[rows] = NO_REGION


def refuse_last_sums(table: Table, clerk: Clerk, continued: Sequence[int], region: np.ndarray) -> None:
    """A last row without a name, where every other row has one or the last region alone says "Jumlah", sums all."""
    taken = [index for index in continued if region[index] != NO_REGION]
    if not taken or len(set(region[region != NO_REGION].tolist())) < 2:
        return
    carriers = [column.number for column in table.carriers]
    sums = [index for index in taken if any(_names_weak(table, table.body[index][column]) for column in carriers)]
    of_one = [rows for rows in (taken, sums) if rows and len({int(region[index]) for index in rows}) == 1]
    for index in {rows[-1] for rows in of_one if rows[-1] == np.flatnonzero(region != NO_REGION)[-1]}:
        clerk.refuse_row("region_missing", index, table.anchor, "")
        region[index] = NO_REGION


def refuse_shifted(table: Table, clerk: Clerk, nameless: Sequence[int], region: np.ndarray) -> None:
    """A figure without a name at one end of a list, and at the other a name without its figure: they may have moved by
    a row against each other. A last figure that sums the others has its place."""
    named = np.flatnonzero(region != NO_REGION).tolist()
    if not (named and nameless):
        return
    for column in table.measures:
        figures = [as_number(cell) for cell in table.cells(column.number)]
        over = any(figures[index] is not None for index in nameless if index < named[0])
        below = [figures[index] for index in nameless if index > named[-1] and figures[index] is not None]
        known = [figure for index in named if (figure := figures[index]) is not None]
        is_below = bool(below) and sum(known) != below[0]
        if (over and figures[named[-1]] is None) or (is_below and figures[named[0]] is None):
            first = shown(table.body[named[0]][table.anchor])
            clerk.find("rows_shifted", table.first_row + named[0], table.anchor, first, count=len(named))
            clerk.book_cells(np.array(named), clerk.columns, "refused")
            region[named] = NO_REGION
            return


def refuse_closing_rows(table: Table, clerk: Clerk, headings: Sequence[int], region: np.ndarray) -> None:
    """Of rows that say what is measured: those at the end of the last block that none of the others has ("Cakupan UCJ"
    below PU and BPU) may be of all."""
    if table.label_column is None:
        return
    blocks = [
        [index for index in range(head + 1, end) if region[index] != NO_REGION]
        for head, end in zip(headings, [*headings[1:], len(region)], strict=False)
    ]
    count = closing_labels([[tokens_of(shown(table.labels[index])) for index in block] for block in blocks])
    for index in blocks[-1][-count:] if count else ():
        clerk.refuse_row("closing_row", index, table.label_column, shown(table.labels[index]))
        region[index] = NO_REGION


def _names_weak(table: Table, cell: Cell) -> bool:
    """Whether a cell says "Total" where segments stand."""
    return bool(table.lexicon.understand((shown(cell),)).weak) if type(cell) is str else False
