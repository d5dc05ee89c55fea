"""What a table's surroundings say about its figures: the date, the segment, the basis, the unit.

The narrowest place counts: row, header, block, title, sheet name, cover sheet, file name. Two places that
contradict each other refuse the table; a file name that does is a warning. A cover sheet counts before the file name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.read.columns import Text
from flows.read.dates import dates_of_figures
from flows.read.layout import Table
from flows.read.months import find_months
from flows.read.regions import RegionBook
from flows.read.rows import names_of
from flows.read.said import Context, shared_rows, spaced
from flows.read.said_time import take_date, take_year
from flows.read.titles import behind_unknown_label, is_unit_note, is_way_to_page
from flows.read.words import Lexicon, first_phrase, has_phrase, scale_in, tokens_of, without_number
from flows.records import Finding
from schemas.kind import Dimension

_LETTER_BEFORE_DIGIT = re.compile(r"([A-Za-z])(?=\d)")
_PART_OF_REGION = re.compile(
    r"\b(?:kecamatan|kec|desa|kelurahan|cabang|kacab|kcp|pt|cv|rsud|kawasan|sekitarnya|"
    r"wilayah (?:utara|selatan|timur|barat|tengah)|luar (?:kab|kota))\b",
    re.IGNORECASE,
)
_IS_PART = re.compile(r"\W*(?:kecamatan|kec\b|desa|kelurahan|kel\b|pt\b|cv\b)\W*\w", re.IGNORECASE)
_NOTE_WORDS = {"catatan", "keterangan", "note", "angka", "semua", "seluruh"}
_OFFICE = re.compile(r"\b(?:dinas|badan|bidang|kantor|pemerintah|bps)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\W*(?:jl|jln|jalan|alamat)\b", re.IGNORECASE)
_BESIDES = re.compile(r"\b(?:tidak termasuk|di ?luar|tanpa|selain|kecuali|setelah|dibanding\w*)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:dan|serta)\b|&", re.IGNORECASE)
_NATION = re.compile(r"\b(?:provinsi|propinsi|nasional|indonesia)\b", re.IGNORECASE)
_IN_PEOPLE = re.compile(r"(?:\(|^\W*)(?:(?:satuan|dalam)\W*)?(?:orang|jiwa|people|persons)\W*(?:\)|$)", re.IGNORECASE)


def read_context(table: Table, book: RegionBook, file_name: str) -> Context:
    """The context of a table; a time is looked for only where its rows and columns do not carry their own."""
    context = Context()
    if not table.names_regions:
        _take_region(context, table, book)
    context.scale, context.other_scale = _scales(table)
    time = table.lexicon.kind.time
    carried = table.carrier(time.name) or all(time.name in c.understanding.members for c in table.measures)
    if not carried:
        if time.reads == "date":
            take_date(context, table, file_name)
        else:
            take_year(context, table, file_name)
    for dimension in table.lexicon.kind.dimensions:
        if dimension.reads == "member":
            _take_member(context, table, dimension, file_name)
    return context


def _scales(table: Table) -> tuple[int, int]:
    """The scale that the titles and the sheet's name give to head counts; and one that they may have or not.

    A note says it where it says nothing else. "(orang)" over a block stands against the thousands of the one before.
    """
    names = [column.header_text for column in table.columns if column.role == "region"]
    own = [table.sheet.name, *names, *(text.words for text in table.titles)]
    shared = shared_rows(table)
    heads = [text.words for text in table.head_titles if text.row in shared]
    notes = [*(text for text in table.above if not text.is_title), *table.below]
    said = [text.words for text in notes if _is_unit_of_all(table, text.words)]
    says_people = any(_IN_PEOPLE.search(text) for text in own)
    scale = max(map(scale_in, [*own, *said] if says_people else [*own, *said, *heads]))
    others = [text.words for text in notes if not (text.of_figure or text.words in said)] + list(table.sheet.cover)
    return scale, max(map(scale_in, others), default=1)


def _is_unit_of_all(table: Table, note: str) -> bool:
    """Whether a note says the unit of all figures and nothing else, or names every count of the table with it ("angka
    potensi dan aktif dalam ribuan orang")."""
    if is_unit_note(note):
        return True
    found, unknown = table.lexicon.meanings(note.partition(";")[0])
    counts = {column.understanding.measure for column in table.measures}
    counts = {name for name in counts if table.lexicon.kind.measure(name).unit == "people"}
    says_scale = any(meaning.role == "scale" for meaning in found)
    return (
        says_scale and set(unknown) <= _NOTE_WORDS and counts <= {each.name for each in found if each.role == "measure"}
    )


def _take_region(context: Context, table: Table, book: RegionBook) -> None:
    """The one region that the texts over a table and the sheet's name say; the nearest text counts."""
    sheet = table.sheet.name
    in_sheet_name = book.named_in(spaced(sheet))
    shared = shared_rows(table)
    texts = [*reversed(table.titles), *(text for text in reversed(table.head_titles) if text.row in shared)]
    naming = [
        text for text in texts
        if book.named_in(text.words) and not (_BESIDES.search(text.words) or _ADDRESS.match(text.words))
    ]  # fmt: skip
    text = next(iter(naming), None)
    own = book.named_in(text.words) | _named_with(text.words, book) if text else set()
    if own and in_sheet_name and not own & in_sheet_name:
        context.refuse("region_contradiction", sheet, text, name=sheet)
        return
    named = (own & in_sheet_name) or own or in_sheet_name
    part = next((each for each in (*texts, Text(0, 0, spaced(sheet))) if _IS_PART.match(each.words)), None)
    other = next((each for each in naming if each.row >= 0 and not book.named_in(each.words) & named), None)
    of_whole = next((each for each in table.titles if _is_of_whole(each, book)), None)
    if table.head is not table.above and of_whole is not None and text not in table.titles:
        context.findings.append(Finding("region_not_said", sheet, of_whole.address, of_whole.words, {}))
    elif text is not None and (_PART_OF_REGION.search(text.words) or _is_of_province(text, texts, book)):
        context.findings.append(Finding("region_not_said", sheet, text.address, text.words, {}))
    elif part is not None and named:
        context.findings.append(Finding("region_not_said", sheet, part.address, part.words, {}))
    elif not own and in_sheet_name and (province := _province_alone(table, texts, book)):
        context.findings.append(Finding("region_not_said", sheet, province.address, province.words, {}))
    elif other is not None and text is not None:
        both = sorted(named | book.named_in(other.words))
        regions = names_of([book.regions[place] for place in both])
        context.refuse("region_ambiguous", sheet, text, regions=regions)
    elif len(named) == 1:
        context.region = min(named)
    elif named:
        regions = names_of([book.regions[place] for place in sorted(named)])
        context.refuse("region_ambiguous", sheet, text or Text(0, 0, sheet), regions=regions)
    else:
        place = table.sheet.address(table.header_top, table.anchor)
        context.findings.append(Finding("region_not_said", sheet, place, "", {}))


def _named_with(text: str, book: RegionBook) -> set[int]:
    """The regions named by a bare name behind an "and": "Kabupaten Gresik dan Lamongan"."""
    words = [re.findall(r"[\w']+", rest) for rest in _AND.split(text)[1:]]
    names = [" ".join(each[:count]) for each in words for count in (1, 2)]
    matches = [book.match(name) for name in names]
    return {place for match in matches if match.role == "region" for place in match.positions}


def _is_of_whole(text: Text, book: RegionBook) -> bool:
    """Whether a text names a province or the nation, and no regency of it nor an office."""
    says_so = bool(book.provinces_in(text.words) or _NATION.search(text.words))
    return says_so and not (book.named_in(text.words) or _OFFICE.search(text.words))


def _is_of_province(text: Text, texts: Iterable[Text], book: RegionBook) -> bool:
    """Whether a regency stands in the name of an office alone, and another text says province or nation."""
    others = [other.words for other in texts if other is not text and not _OFFICE.search(other.words)]
    return bool(_OFFICE.search(text.words)) and any(
        _NATION.search(other) or any(has_phrase(other, " ".join(tokens_of(name))) for name in book.province_names)
        for other in others
    )


def _province_alone(table: Table, texts: Iterable[Text], book: RegionBook) -> Text | None:
    """The title of a province over the one sheet that is named after a regency: whose figures it has, nobody knows."""
    others = {name for name in table.sheet.beside if name != table.sheet.name and book.named_in(spaced(name))}
    titles = (text for text in texts if book.provinces_in(text.words) and not _OFFICE.search(text.words))
    return None if others else next(titles, None)


def _take_member(context: Context, table: Table, dimension: Dimension, file_name: str) -> None:
    """A member that titles and the sheet's name give to the whole table; several that differ refuse it, and so does one
    that only the file's name says, or an "informal" in a title.

    A later block takes the sheet's own titles: the rows over the first table less as many as stand over
    this one, which were the first block's. What only those rows say is doubtful for a later block.
    """
    in_sheet_name = _members(table, dimension, _LETTER_BEFORE_DIGIT.sub(r"\1 ", table.sheet.name))  # "Agt23"
    shared = shared_rows(table)
    own = _nearest_members(table, dimension) or _members(table, dimension, *(text.words for text in table.titles))
    own = own or _members(table, dimension, *(text.words for text in table.head_titles if text.row in shared))
    own = own or _members(table, dimension, *_subjects_before_colons(table))
    around = () if own else (*table.above, *table.head, *table.below)
    of_source = [text.words for text in around if first_phrase(text.words, dimension.source_words)]
    in_source = _members(table, dimension, *of_source)
    own = own or (in_source if len(in_source) == 1 else set())
    doubtful = set() if own else _members(table, dimension, *(text.words for text in table.head_titles)) - in_sheet_name
    own = own or (_weak_members(table, dimension) if doubtful else set())
    if not (own or in_sheet_name):
        doubtful |= _members(table, dimension, spaced(file_name))
        doubtful |= set().union(*(table.lexicon.may_name(dimension.name, text.words) for text in table.titles))
        doubtful |= _members(table, dimension, *_subjects_behind_labels(table))
        doubtful |= _members(table, dimension, *table.sheet.cover)
    doubtful = (set() if own else doubtful) | _other_months(table, dimension)
    named = (own & in_sheet_name) or own | in_sheet_name
    if len(titled := own or in_sheet_name) == 1:
        context.titled[dimension.name] = min(titled)
    texts = [table.sheet.name, *(text.words for text in (*table.titles, *table.head_titles))]
    says_all = bool(dimension.whole) and named >= set(dimension.whole)
    if says_all and not doubtful and any(_members(table, dimension, text) >= named for text in texts):
        return  # "(PU, BPU, JAKON)" in one title: all of them together
    if len(named) == 1 and not doubtful:
        context.values[dimension.name] = min(named)
        context.found_in[dimension.name] = "title"
    elif named or doubtful:
        context.unclear[dimension.name] = sorted(named | doubtful)


def _nearest_members(table: Table, dimension: Dimension) -> set[str]:
    """The one member that the nearest title names, where each other one names it too: "PENERIMA UPAH" over one half of
    the sheet under "REKAP PU & BPU"; empty where it is not so."""
    named = [members for text in reversed(table.titles) if (members := _members(table, dimension, text.words))]
    is_one = len(named) > 1 and len(named[0]) == 1 and all(named[0] <= members for members in named)
    return named[0] if is_one else set()


def _subjects_before_colons(table: Table) -> list[str]:
    """What texts over a table name before a colon, where that is a measure or a member: "Cakupan PU: kondisi 31
    Desember 2024", "Penerima Upah: potensi dan aktif"."""
    texts = [text.words for text in table.above if not text.of_figure and behind_unknown_label(text.words)]
    lexicon, labels = table.lexicon, [text.partition(":")[0] for text in texts]
    return [label for label in labels if lexicon.names_measure(label) or _is_member_alone(lexicon, label)]


def _subjects_behind_labels(table: Table) -> list[str]:
    """What texts over a table say of its subject behind labels that may or may not be its own; no office's name."""
    lexicon = table.lexicon
    ways = [text.words for text in table.above if is_way_to_page(text.words) and lexicon.names_member(text.words)]
    said = [behind_unknown_label(text.words) for text in table.above if not text.of_figure]
    named = (text for text in said if lexicon.names_measure(text) or _is_member_alone(lexicon, text))
    return [*ways, *(text for text in named if not _OFFICE.search(text))]


def _is_member_alone(lexicon: Lexicon, text: str) -> bool:
    """Whether a text is the name of a member and nothing else: "BPU (Bukan Penerima Upah)", not "percepatan BPU"."""
    return lexicon.names_member(text) and not lexicon.meanings(text)[1]


def _other_months(table: Table, dimension: Dimension) -> set[str]:
    """The months in titles and a sheet's name that are none of a dimension of months ("November 2024" of Sakernas)."""
    own = {month.last for words in dimension.members.values() for word in words for month in find_months(word)}
    texts = [*(text.words for text in table.titles), spaced(table.sheet.name)] if own else []
    found = [day for text in texts for day in dates_of_figures(text) if not day.is_exact and day.day]
    return {day.words for day in found if day.day and day.day.month not in own}


def _weak_members(table: Table, dimension: Dimension) -> set[str]:
    """The weak members ("Total") that headings of a block's own name, where such a heading says nothing else."""
    said = [table.lexicon.understand((without_number(text.words),)) for text in table.titles]
    return {
        each.members[dimension.name] for each in said
        if dimension.name in each.weak and not each.leftover and not each.says_people  # "(jumlah orang)" is a unit
    }  # fmt: skip


def _members(table: Table, dimension: Dimension, *texts: str) -> set[str]:
    return set().union(*(table.lexicon.context_members(text).get(dimension.name, ()) for text in texts))
