"""Headers: where a table's region column is headed, which rows belong to its header, what stands over a column.

These are the first three steps of `layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.read.numbers import number_shown
from flows.read.regions import RegionBook, has_class
from flows.read.words import Lexicon, tokens_of, without_number, years_in
from flows.read.workbook import Cell, Sheet, is_blank, shown

_FEWEST_LABELS = 2
HEADING_NUMBER = re.compile(r"\(?(?:[A-Z]|[IVX]+)[.)]?")
_HOW_MADE = re.compile(r"\s*=[^=]+$")
_FEWEST_REGIONS = 3
# Of these a regency is the seat or the namesake, not the subject.
_OTHER_PLACES = {"kecamatan", "desa", "kelurahan", "cabang", "kantor", "asal", "lahir", "alamat", "tujuan",
                 "perusahaan", "district", "village", "branch", "ibukota", "ibu", "unit", "kcp", "kacab", "kerja",
                 "opd", "dinas", "bank", "bidang", "bakorwil", "korwil", "upt", "disnaker", "karesidenan",
                 "rayon", "satker", "proyek", "kpp", "kejari", "polres", "perwakilan", "lokasi", "kanwil"}  # fmt: skip
_BRANCH_AND_REGION = {"kantor", "cabang", "kancab", "kacab", "unit", "kerja", "wilayah", "daerah", "kabupaten", "kab",
                      "kota", "dan"}  # fmt: skip


@dataclass(frozen=True)
class Anchor:
    """A region header and the rows that belong to its header block; a row of column numbers is no word row.

    Without `names_regions` it heads segments, dates or measures. `skipped` rows of the header say nothing.
    """

    column: int
    top: int
    row: int
    words_bottom: int
    bottom: int
    is_code: bool
    names_regions: bool = True
    skipped: tuple[int, ...] = ()


def find_anchors(sheet: Sheet, lexicons: Sequence[Lexicon], book: RegionBook) -> list[Anchor]:
    """The region headers of a sheet, top to bottom, left to right; code headers where no name header is."""
    for is_code in (False, True):
        anchors = []
        for column, (values, texts) in enumerate(zip(sheet.columns, sheet.texts, strict=True)):
            words = [text for text in texts if text and not text[0].isdigit()]
            headers = {text for text in words if _heads_regions(text, lexicons, book, is_code)}
            if not headers:
                continue
            places = [row for row, value in enumerate(values) if value in headers and _has_company(sheet, row, column)]
            for place, following in zip(places, [*places, len(values)][1:], strict=True):
                at = _columns_under(sheet, place, column)
                bodies = {number: sheet.columns[number][place + 1 : following] for number in at}
                under = next((n for n in at if any(_names_a_place(cell, book, is_code) for cell in bodies[n])), None)
                if under is not None:
                    wrapped = _wrapped_rows(sheet, place, column, lexicons, book, is_code)
                    anchors.append(_anchor(sheet, place, under, lexicons, is_code, wrapped))
        if is_code and len(anchors) == 1:  # "Kode | Uraian": the names are there, whatever heads them
            named = _anchors_by_content(sheet, lexicons, book)
            anchors = named if named and named[0].row == anchors[0].row else anchors
        if anchors:
            return sorted(anchors, key=lambda anchor: (anchor.row, anchor.column))
    return _anchors_by_content(sheet, lexicons, book)


def _columns_under(sheet: Sheet, row: int, column: int) -> range:
    """The columns that a header is merged over, or has a blank cell for: the statistics office's stands over the
    running numbers and the names."""
    has_blank = column + 1 < sheet.width and is_blank(sheet.rows[row][column + 1])
    last = next((c2 for r1, c1, _, c2 in sheet.merges if (r1, c1) == (row, column)), column + has_blank)
    return range(column, last + 1)


def _anchors_by_content(sheet: Sheet, lexicons: Sequence[Lexicon], book: RegionBook) -> list[Anchor]:
    """The headers of columns that hold several regencies, whatever they say; other places may have the same names, but
    for regencies by their whole names under those of their branches ("Kantor Cabang / Wilayah")."""
    for column, (values, texts) in enumerate(zip(sheet.columns, sheet.texts, strict=True)):
        regions = {text for text in texts if book.match(text).role == "region"}
        if len(regions) < _FEWEST_REGIONS:
            continue
        first = next(row for row, value in enumerate(values) if value in regions)
        for row in range(first - 1, max(first - 5, -1), -1):
            text = shown(values[row])
            if is_blank(text) or not _has_company(sheet, row, column):
                continue
            is_of_branches = set(tokens_of(text)) <= _BRANCH_AND_REGION and all(map(has_class, regions))
            is_of_branches &= any(book.match(each).role == "branch" for each in texts - {text})  # over their regencies
            if is_of_branches or _OTHER_PLACES.isdisjoint(tokens_of(text)):
                again = [row, *_rows_headed_alike(sheet, row, column)]
                return [_anchor(sheet, each, column, lexicons, is_code=False) for each in again]
    return []


def _rows_headed_alike(sheet: Sheet, row: int, column: int) -> list[int]:
    """The rows below a header that head all columns but the names' as it does: "BPU | potensi | aktif" below "PU |
    potensi | aktif"."""
    headings = _without(sheet.rows[row], column)
    below = (at for at in range(row + 1, len(sheet.rows)) if not is_blank(sheet.rows[at][column]))
    return [at for at in below if _without(sheet.rows[at], column) == headings]


def _without(row: Sequence[Cell], column: int) -> list[Cell]:
    return [*row[:column], *row[column + 1 :]]


def find_label_anchors(sheet: Sheet, lexicons: Sequence[Lexicon]) -> list[Anchor]:
    """The headers of columns that hold segments, dates or measures, for sheets in which no column holds regions.

    Such a header is the last text above a run of such labels, in a row that heads other columns too.
    """
    anchors: list[Anchor] = []
    for column, distinct in enumerate(sheet.distinct):
        labels = {cell for cell in distinct if any(label_meaning(lexicon, cell) for lexicon in lexicons)}
        numbers = {cell for cell in distinct if type(cell) in (int, float)}
        labels -= set() if numbers <= labels else numbers  # 2000 among other figures is no year
        if len(labels) < _FEWEST_LABELS and not (labels and _says_labels(sheet.texts[column], lexicons)):
            continue
        cells = sheet.columns[column]
        measured = [cell for cell in labels if any((label_meaning(lexicon, cell) or ("",))[0] for lexicon in lexicons)]
        for row, cell in enumerate(cells):
            if cell not in labels or (anchors and anchors[-1].column == column and row <= anchors[-1].bottom):
                continue
            heading = _heading_over(sheet, row, column, labels, may_be_blank=len(measured) >= _FEWEST_LABELS)
            beside = [anchor for anchor in anchors if anchor.row == heading]  # two cards abreast have the same headings
            if heading is not None and all(_have_same_heading(sheet, anchor, column) for anchor in beside):
                found = replace(_anchor(sheet, heading, column, lexicons, is_code=False), names_regions=False)
                if row > found.bottom:
                    anchors.append(found)
    return sorted(anchors, key=lambda anchor: (anchor.row, anchor.column))


def _have_same_heading(sheet: Sheet, anchor: Anchor, column: int) -> bool:
    """Whether a column is headed as another one, that of an anchor, is in the same row."""
    heading = sheet.rows[anchor.row][anchor.column]
    return anchor.column != column and not is_blank(heading) and sheet.rows[anchor.row][column] == heading


def _says_labels(texts: Iterable[str], lexicons: Sequence[Lexicon]) -> bool:
    """Whether a text heads labels by its words: "Segmen", "Uraian"."""
    said = [lexicon.understand((text,)) for text in texts for lexicon in lexicons if len(text) <= 80]
    return any((each.carries or each.is_label) and not each.leftover for each in said)


def _heading_over(sheet: Sheet, row: int, column: int, labels: set[Cell], may_be_blank: bool) -> int | None:
    """The row that heads the labels which begin at a row: up to three rows above, with words at its right.

    Rows with a label that is not understood and figures beside it may stand between, and a row of a header that has
    its groups over it ("Segmen" | "30 September" | "31 Oktober"). Under titles and parameters ("Sumber" | ":" | "BPJS")
    labels of measures may have no heading: the blank row over them stands for it.
    """
    if row and sheet.columns[column][row - 1] in labels:
        return None
    while row and _holds_other_label(sheet.rows[row - 1], column):
        row -= 1
    lowest = None
    in_place = row - 1 if may_be_blank and row and all(map(is_blank, sheet.rows[row - 1])) else None
    for above in range(row - 1, max(row - 4, -1), -1):
        right = [cell for cell in sheet.rows[above][column + 1 :] if not is_blank(cell)]
        if ":" in right:
            return in_place
        if right and all(is_wordy(cell) or years_in(shown(cell)) for cell in right):
            top = next((r1 for r1, c1, r2, c2 in sheet.merges if r1 <= above <= r2 and c1 <= column <= c2), above)
            if not is_blank(sheet.rows[top][column]):
                return top if lowest is None or len(right) > 1 else lowest
            lowest = above if above == row - 1 else lowest
        elif lowest is None and right and not is_column_numbers(sheet.rows[above]):
            return None
        elif lowest is not None:
            break
    return in_place if lowest is None else lowest


def _holds_other_label(row: Sequence[Cell], column: int) -> bool:
    """Whether a row has a text where labels stand, and nothing but figures at its right."""
    right = [cell for cell in row[column + 1 :] if not is_blank(cell)]
    is_label = type(row[column]) is str and is_wordy(row[column])
    return is_label and bool(right) and not any(is_wordy(cell) or years_in(shown(cell)) for cell in right)


def label_meaning(lexicon: Lexicon, cell: Cell) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """The measure and the dimension values that a row's label names; None where a word of it is not known."""
    if is_blank(cell) or not isinstance(cell, str | float | int | date):
        return None
    said = lexicon.understand((without_number(shown(cell)),))
    if said.leftover or said.is_part or not (said.measure or said.members):
        return None
    return said.measure, tuple(sorted(said.members.items()))


def _heads_regions(text: str, lexicons: Sequence[Lexicon], book: RegionBook, is_code: bool) -> bool:
    """Words for region and nothing else; "Kota Jambi" is a region though Jambi is a province's name too."""
    if len(text) > 80 or book.match(text).positions:
        return False
    for lexicon in lexicons:
        said = lexicon.understand((text,))
        if (said.is_code if is_code else said.is_region or said.is_code) and not said.leftover:
            return True  # "Kode - Kab/Kota" may head names with their codes
    return False


def _names_a_place(value: Cell, book: RegionBook, is_code: bool) -> bool:
    if is_code:
        return not is_blank(value) and bool(book.match_code(value))
    return type(value) is str and book.match(value).role == "region"


def _has_company(sheet: Sheet, row: int, column: int) -> bool:
    """A header row holds more words (or years) than the region's; a heading in the body, alone, with sums or with its
    own number ("A", "II"), none."""
    others = _beside(sheet, row, column)
    if any(is_wordy(cell) for cell in others) or (others and all(years_in(shown(cell)) for cell in others)):
        return True
    return not others and any(first <= row <= last and left != column for first, left, last, _ in sheet.merges)


def _beside(sheet: Sheet, row: int, column: int) -> list[Cell]:
    """The other filled cells of a row, but for a heading's own number ("A", "II")."""
    others = [cell for number, cell in enumerate(sheet.rows[row]) if number != column and not is_blank(cell)]
    return [cell for cell in others if not (type(cell) is str and HEADING_NUMBER.fullmatch(cell.strip()))]


def is_wordy(cell: Cell) -> bool:
    """A text that is no number and does not say that one is missing; or a date, as a header may hold."""
    if type(cell) is str:
        return not is_blank(cell) and number_shown(cell) is None
    return isinstance(cell, date)


def _wrapped_rows(
    sheet: Sheet, row: int, column: int, lexicons: Sequence[Lexicon], book: RegionBook, is_code: bool
) -> range:
    """The rows over which a region header is broken, a word a row ("Kab." | "/" | "Kota"), beside words of others; of
    three the middle one may be blank."""
    first = last = row
    while first and _goes_on(sheet, range(first - 1, last + 1), first - 1, column, lexicons, book, is_code):
        first -= 1
    over = first - 2
    if over >= 0 and is_blank(sheet.rows[over + 1][column]) and all(map(is_wordy, _beside(sheet, over + 1, column))):
        first = over if _goes_on(sheet, range(over, last + 1), over, column, lexicons, book, is_code) else first
    while last + 1 < len(sheet.rows) and _goes_on(
        sheet, range(first, last + 2), last + 1, column, lexicons, book, is_code
    ):
        last += 1
    return range(first, last + 1)


def _goes_on(
    sheet: Sheet, rows: range, row: int, column: int, lexicons: Sequence[Lexicon], book: RegionBook, is_code: bool
) -> bool:
    """Whether a row has one more piece of a region header, and pieces of others beside it."""
    piece, others = sheet.rows[row][column], _beside(sheet, row, column)
    if type(piece) is not str or is_blank(piece) or not others or not all(map(is_wordy, others)):
        return False
    if is_column_numbers(sheet.rows[row]):
        return False
    return _heads_regions(" ".join(shown(sheet.rows[at][column]) for at in rows), lexicons, book, is_code)


def _anchor(
    sheet: Sheet, row: int, column: int, lexicons: Sequence[Lexicon], is_code: bool, wrapped: range = range(0)
) -> Anchor:
    wrapped = wrapped or range(row, row + 1)
    covering = (r2 for r1, c1, r2, c2 in sheet.merges if r1 == row and c1 <= column <= c2)
    bottom = max(covering, default=wrapped[-1])
    first = column  # below its own row only the columns that touch the anchor count: another table may stand beside it
    while first and not is_blank(sheet.rows[row][first - 1]):
        first -= 1
    while bottom + 1 < len(sheet.rows) and _is_lower_header(sheet, bottom + 1, column, first, lexicons):
        bottom += 1
    top = wrapped[0]
    while top > 0 and _is_upper_header(sheet, top - 1, column, lexicons):
        top -= 1
    numbered = bottom + 1 < len(sheet.rows) and is_column_numbers(sheet.rows[bottom + 1])
    return Anchor(column, top, row, bottom, bottom + numbered, is_code)


def _header_cells(sheet: Sheet, row: int, anchor: int, first: int, lexicons: Sequence[Lexicon]) -> list[Cell]:
    """The cells of a row right of the anchor; none where the anchor's column or a title stands in that row.

    Left of the anchor, from column `first` on, only a number's or a code's header may stand.
    """
    line = sheet.rows[row]
    if not is_blank(line[anchor]) or any(r1 <= row <= r2 and c1 <= anchor <= c2 for r1, c1, r2, c2 in sheet.merges):
        return []
    for text in (shown(cell) for cell in line[first:anchor] if not is_blank(cell)):
        if not any((said := lex.understand((text,))).is_ignored or said.is_code for lex in lexicons):
            return []
    return [cell for cell in line[anchor + 1 :] if not is_blank(cell)]


def _is_understood(cells: Sequence[Cell], lexicons: Sequence[Lexicon]) -> bool:
    """One kind knows every word of every cell."""
    return any(all(not lex.understand((shown(cell),)).leftover for cell in cells) for lex in lexicons)


def _is_lower_header(sheet: Sheet, row: int, anchor: int, first: int, lexicons: Sequence[Lexicon]) -> bool:
    """Words and no numbers; a lone segment or year that no merge spreads heads the rows under it instead, unless
    the header goes on below it."""
    if is_column_numbers(sheet.rows[row]):
        return False
    cells = _header_cells(sheet, row, anchor, first, lexicons)
    if len(cells) == 1 and not any(r1 == row and c1 > anchor for r1, c1, _, _ in sheet.merges):
        said = [lex.understand((shown(cells[0]),)) for lex in lexicons]
        is_heading = any(each.members.keys() - each.weak for each in said)
        goes_on = row + 1 < len(sheet.rows) and _is_lower_header(sheet, row + 1, anchor, first, lexicons)
        return _is_understood(cells, lexicons) and (goes_on or not is_heading)
    return bool(cells) and (all(map(is_wordy, cells)) or _is_understood(cells, lexicons))


def _is_upper_header(sheet: Sheet, row: int, anchor: int, lexicons: Sequence[Lexicon]) -> bool:
    """Group words: known ones, or several, or one that a merge spreads over columns. A lone "(dalam ribuan)" or "per 31
    Juli 2025" is of the table, over whichever column it stands."""
    cells = _header_cells(sheet, row, anchor, 0, lexicons)
    is_group = len(cells) > 1 or any(r1 == row and c1 > anchor for r1, c1, _, _ in sheet.merges)
    if len(cells) == 1 and not is_group and any(_says_time_or_unit(lex, shown(cells[0])) for lex in lexicons):
        return False
    return bool(cells) and ((is_group and all(map(is_wordy, cells))) or _is_understood(cells, lexicons))


def _says_time_or_unit(lexicon: Lexicon, text: str) -> bool:
    """Whether a text says a unit or a time and nothing else."""
    said = lexicon.understand((text,))
    return said.is_scale or (said.members.keys() == {lexicon.kind.time.name} and not (said.measure or said.leftover))


def is_column_numbers(row: Sequence[Cell]) -> bool:
    """A row "(1) (2) (3)" or "a b c", also stored as -1, -2, -3, or saying how it is made ("5=4/3"); beside each other
    for two tables."""
    texts = [_HOW_MADE.sub("", shown(cell)).strip("() -.") for cell in row if not is_blank(cell)]
    if len(texts) > 1 and all(len(text) == 1 and text.isascii() and text.islower() for text in texts):
        texts = [str(ord(text) - 96) for text in texts]
    if len(texts) < 2 or not all(text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    starts = [n for n, number in enumerate(numbers) if not n or number <= numbers[n - 1]]  # two tables: it begins anew
    runs = [numbers[start:end] for start, end in zip(starts, [*starts, len(numbers)][1:], strict=True)]
    return all(len(run) > 1 and run[0] <= 3 and run == list(range(run[0], run[0] + len(run))) for run in runs)


def header_path(sheet: Sheet, anchor: Anchor, column: int) -> tuple[str, ...]:
    """The texts over a column, top to bottom, each once."""
    path: list[str] = []
    rows = [row for row in range(anchor.top, anchor.words_bottom + 1) if row not in anchor.skipped]
    for row in rows:
        text = shown(sheet.rows[row][column]).strip() or _merged_text(sheet, row, column)
        if (
            not text
            and row < rows[-1]
            and any(not is_blank(sheet.rows[lower][column]) for lower in rows if lower > row)
        ):
            text = _group_text(sheet, row, column, anchor.column)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def takes_group(sheet: Sheet, anchor: Anchor, column: int) -> bool:
    """Whether a column's path holds a word that no merge and no cell over it gives, only a group at its left."""
    return any(
        is_blank(sheet.rows[row][column]) and not _merged_text(sheet, row, column)
        and bool(_group_text(sheet, row, column, anchor.column))
        for row in range(anchor.top, anchor.words_bottom) if row not in anchor.skipped
    )  # fmt: skip


def has_blank_group(sheet: Sheet, anchor: Anchor, column: int) -> bool:
    """Whether the merged cell of a group over a column is blank, where others of its row are not."""
    return any(
        anchor.top <= r1 <= r2 < anchor.words_bottom and c1 <= column <= c2 != c1 and is_blank(sheet.rows[r1][c1])
        and any(not is_blank(cell) for cell in sheet.rows[r1][anchor.column + 1 :])
        for r1, c1, r2, c2 in sheet.merges
    )  # fmt: skip


def _merged_text(sheet: Sheet, row: int, column: int) -> str:
    for r1, c1, r2, c2 in sheet.merges:
        if r1 <= row <= r2 and c1 <= column <= c2:
            return shown(sheet.rows[r1][c1]).strip()
    return ""


def _group_text(sheet: Sheet, row: int, column: int, anchor: int) -> str:
    """The group word to the left of a blank, unless a merge says where its group ends.

    Where the first columns of a row of groups have none, each word may stand over the middle of its group instead
    ("PU" over the second of "Semesta", "Peserta Aktif"): then it is that of its group where all groups are alike, else
    all of them, and nobody knows which.
    """
    if centred := _words_over_middles(sheet, row, anchor):
        return centred.get(column, "")
    for left in range(column - 1, anchor, -1):
        if not is_blank(sheet.rows[row][left]):
            ends = any(r1 <= row <= r2 and c1 <= left <= c2 for r1, c1, r2, c2 in sheet.merges)
            return "" if ends else shown(sheet.rows[row][left]).strip()
        if any(r1 <= row <= r2 and c1 <= left <= c2 for r1, c1, r2, c2 in sheet.merges):
            return ""
    return ""


def _words_over_middles(sheet: Sheet, row: int, anchor: int) -> dict[int, str]:
    """By column the group word of a row whose words may stand over the middle of their groups; nothing where they do
    not.

    They do where nothing is merged and as many columns stand before the first word as make each group as wide as the
    next: from word to word it is as far as all columns are wide by the number of words. Where each group begins and
    goes on with the same headers ("Semesta", "Aktif", "%") and has its word in the middle, it is the group's; else each
    column has all words.
    """
    line = sheet.rows[row]
    if row + 1 >= len(sheet.rows) or any(
        r1 <= row <= r2 and c2 > anchor and c2 > c1 for r1, c1, r2, c2 in sheet.merges
    ):
        return {}
    heads = [n for n in range(anchor + 1, sheet.width) if not (is_blank(sheet.rows[row + 1][n]) and is_blank(line[n]))]
    columns = [n for n in heads if not is_blank(sheet.rows[row + 1][n])]
    words = [place for place, n in enumerate(columns) if not is_blank(line[n])]
    if len(words) < 2 or words[0] == 0:
        return {}
    width, more = divmod(len(columns), len(words))
    lower = [shown(sheet.rows[row + 1][n]).strip() for n in columns]
    is_even = all(place // width == group for group, place in enumerate(words))
    if more:  # a "Ket" behind the groups, where these are alike
        is_even &= all(lower[place] == lower[place % width] for place in range(width * len(words)))
    if not is_even:
        return {} if _begin_groups(lower, words) else dict.fromkeys(columns, _joined(line, columns, words))
    said = [shown(line[columns[place]]).strip() for place in words]
    repeats = [lower[group * width : (group + 1) * width] for group in range(len(words))]
    is_middle = all(place % width == words[0] and abs(2 * words[0] + 1 - width) <= 1 for place in words)
    if is_middle and not more and len(set(lower)) == width > 1 and all(each == repeats[0] for each in repeats):
        return {column: said[place // width] for place, column in enumerate(columns)}
    return dict.fromkeys(columns, _joined(line, columns, words))


def _joined(line: Sequence[Cell], columns: Sequence[int], words: Sequence[int]) -> str:
    return " / ".join(shown(line[columns[place]]).strip() for place in words)


def _begin_groups(lower: Sequence[str], words: Sequence[int]) -> bool:
    """Whether words stand over the first columns of their groups: each group has the headers of the first, or begins
    with them; what stands before the first word is of no group."""
    groups = [tuple(lower[place:end]) for place, end in zip(words, [*words[1:], len(lower)], strict=True)]
    return all(group[: len(groups[0])] == groups[0][: len(group)] for group in groups) and lower[0] not in groups[0]


def closing_labels(blocks: Sequence[Sequence[object]]) -> int:
    """How many labels the last of several blocks has behind those that it shares with all others, which are alike."""
    if len(blocks) < 2 or not blocks[0] or any(block != blocks[0] for block in blocks[:-1]):
        return 0
    common = len(blocks[0])
    return max(len(blocks[-1]) - common, 0) if blocks[-1][:common] == blocks[0] else 0
