"""One received file → a reading: its cells, its findings, and an account of every non-blank cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.addresses import a1, place_of
from flows.messages import CHECK_HEADERS, TEMPLATE_NOTES_HEADER
from flows.read.columns import Text
from flows.read.dates import find_dates, misspelled_months
from flows.read.filters import unheard_filter
from flows.read.headers import find_anchors
from flows.read.layout import Table, find_tables
from flows.read.ledger import Ledger
from flows.read.limits import Limits, UnreadableFile
from flows.read.months import find_months
from flows.read.numbers import is_figure
from flows.read.open_file import open_workbook
from flows.read.personal import find_people
from flows.read.record_header import RecordHeader, find_record_header
from flows.read.record_rows import read_records
from flows.read.regions import RegionBook, has_class
from flows.read.said import shared_rows, spaced
from flows.read.title_words import strange_words, strange_workers
from flows.read.titles import CAPTION, states_figure
from flows.read.unpivot import TableReading, concatenate, unpivot
from flows.read.words import (
    CONTINUED_WORDS,
    REVISION_WORDS,
    SAMPLE_WORDS,
    Lexicon,
    Vocabulary,
    first_phrase,
    has_phrase,
    says_reached,
    years_in,
)
from flows.read.workbook import Sheet, is_blank, shown
from flows.records import Cells, Finding, Reading, Records, SheetAccount, SourceColumn, TableAccount, Typed

_FEWEST_OF_TABLE = 30  # cells; fewer with less than two figures are a sheet of texts
_HEAD_ROWS = 12  # titles stand here; a mark further down is not a title
_BY_BRANCH = re.compile(r"\b(?:menurut|per)\s+(?:kantor\s+)?(?:cabang|kacab|kcp)\b", re.IGNORECASE)
_NOT_TO_USE = re.compile(
    r"\b(?:jangan|tidak untuk) (?:di)?(?:kutip|pakai|gunakan|sebar\w*)\b|\bmodel(?:l?ed)? estimates?\b", re.IGNORECASE
)
_SAYS_UNIT = re.compile(r"\W*(?:satuan|unit|dalam)\b", re.IGNORECASE)
_OF_REGENCIES = re.compile(r"\b(?:kab|kabupaten|kota|regency|city)", re.IGNORECASE)
_DRAFT_WORDS = ("draft", "draf", "konsep", "contoh pengisian", "contoh isian")


@dataclass(frozen=True)
class SheetReading:
    """What one sheet gave, cells by table; `kind` is empty where it is of none, the first table's where of two; `first`
    is the first table that was found, loaded or not."""

    kind: str
    cells: list[Cells]
    refused: list[Cells]
    account: SheetAccount
    tables: list[TableAccount]
    columns: list[SourceColumn]
    findings: list[Finding]
    aliases: frozenset[str] = frozenset()
    records: Records | None = None
    first: Table | None = None


def read_extract(
    path: Path, file_name: str, extract_id: str, vocabulary: Vocabulary, book: RegionBook, limits: Limits,
    typed: Sequence[tuple[str, str, str]] = (),
) -> Reading:  # fmt: skip
    """Read one file. A fault of the file refuses it whole, and is said in the reading; nothing is raised.

    `typed` are texts to read in place of what cells hold, by sheet and cell; a blank cell stays blank.
    """
    try:
        workbook = open_workbook(path, limits)
    except UnreadableFile as fault:
        finding = Finding(fault.rule, details=fault.details)
        return Reading(extract_id, "", refused_as=fault.rule, findings=(finding,))
    if people := find_people(workbook.sheets):  # nothing else of such a file is kept: no title, no sheet, no finding
        return Reading(extract_id, workbook.file_format, refused_as=people.rule, findings=(people,))
    sheets, put_in = _type_over(workbook.sheets, typed) if typed else (workbook.sheets, ())
    read: list[SheetReading] = []
    for sheet in sheets:
        if sheet.rows or sheet.counted:
            earlier = next((part.first for part in reversed(read) if part.first), None)
            read.append(read_sheet(sheet, file_name, vocabulary, book, earlier))
    batches = [cells for part in read for cells in part.cells]
    refused = [cells for part in read for cells in part.refused]
    kinds = list(dict.fromkeys([part.kind for part in read if part.kind] + [cells.kind for cells in batches]))
    head_texts = [list(_head_texts(sheet)) for sheet in workbook.sheets]
    title = next((" ".join(texts[0].split()) for texts in head_texts if texts), "")
    heads = [*(" | ".join(texts) for texts in head_texts), file_name.replace("_", " ")]
    findings = [finding for part in read for finding in part.findings]
    if not read:
        findings.append(Finding("no_content"))
    return Reading(
        extract_id=extract_id,
        file_format=workbook.file_format,
        kind=",".join(kinds),
        title=title,
        is_sample=any(has_phrase(head, SAMPLE_WORDS) for head in heads),
        is_revision=any(has_phrase(head, word) for head in heads for word in REVISION_WORDS),
        refused_as="" if kinds else (findings[0].rule if findings else "unknown_kind"),
        cells=_join_by_kind(batches, kinds),
        refused=_join_by_kind(refused, kinds),
        records=tuple(part.records for part in read if part.records is not None),
        sheets=tuple(part.account for part in read),
        tables=tuple(table for part in read for table in part.tables),
        columns=tuple(column for part in read for column in part.columns),
        findings=tuple(findings),
        aliases=tuple(sorted(set().union(*(part.aliases for part in read)))),
        typed=put_in,
    )


def _type_over(
    sheets: Sequence[Sheet], typed: Sequence[tuple[str, str, str]]
) -> tuple[tuple[Sheet, ...], tuple[Typed, ...]]:
    """The sheets with texts in place of what cells hold, and what these held."""
    by_name = {sheet.name: sheet for sheet in sheets}
    put_in = []
    for name, cell, text in typed:
        row, column = place_of(cell)
        sheet = by_name[name]
        if row < len(sheet.rows) and column < sheet.width and not is_blank(sheet.rows[row][column]):
            put_in.append(Typed(name, cell, text, shown(sheet.rows[row][column])))
            rows = [list(cells) if number == row else cells for number, cells in enumerate(sheet.rows)]
            rows[row][column] = text
            by_name[name] = replace(sheet, rows=rows)
    return tuple(by_name[sheet.name] for sheet in sheets), tuple(put_in)


def _join_by_kind(batches: Sequence[Cells], kinds: Sequence[str]) -> tuple[Cells, ...]:
    """The cells of all tables of a kind as one."""
    parts = {kind: [cells for cells in batches if cells.kind == kind] for kind in kinds}
    return tuple(concatenate(kind, of_kind) for kind, of_kind in parts.items() if of_kind)


def read_sheet(
    sheet: Sheet, file_name: str, vocabulary: Vocabulary, book: RegionBook, earlier: Table | None = None
) -> SheetReading:
    """Read one sheet: find its tables, turn them into records, account for every cell. `earlier` is the first table of
    the sheet before, which a sheet without titles may go on."""
    ledger = Ledger(sheet)
    if sheet.counted is not None and sheet.counted != ledger.filled:
        details = {"counted": sheet.counted, "read": ledger.filled}
        ledger.refuse_all()
        uncounted = Finding("cells_uncounted", sheet.name, details=details)
        return SheetReading("", [], [], _account(sheet, ledger, ""), [], [], [uncounted])
    if not ledger.filled:
        return SheetReading("", [], [], _account(sheet, ledger, ""), [], [], [])
    if _lists_findings(sheet):
        ledger.book(slice(None), slice(None), "furniture", "check_sheet")
        return SheetReading("", [], [], _account(sheet, ledger, ""), [], [], [])
    if _explains_template(sheet):
        ledger.book(slice(None), slice(None), "furniture", "notes_sheet")
        return SheetReading("", [], [], _account(sheet, ledger, ""), [], [], [])
    if word := _draft_word(sheet):
        ledger.refuse_all()
        draft = Finding("draft_sheet", sheet.name, _first_cell(sheet), sheet.name, {"word": word})
        return SheetReading("", [], [], _account(sheet, ledger, ""), [], [], [draft])
    if header := find_record_header(sheet, vocabulary.records):
        return _read_record_sheet(sheet, header, book, ledger)
    lexicons = vocabulary.lexicons
    tables = find_tables(sheet, lexicons, book)
    if tables and earlier and _goes_on(tables[0], earlier, book):
        tables[0] = replace(tables[0], head=tuple(text.elsewhere() for text in earlier.head))
    first = tables[0] if tables else None
    findings: list[Finding] = []
    if not tables:
        findings += _why_no_table(sheet, lexicons, book)
    for table in list(tables):
        if finding := _why_foreign(table, book) or strange_workers(table, book):
            findings.append(finding)
            tables.remove(table)
            columns = [column.number for column in table.columns]
            ledger.page_of(table.sheet).book(slice(table.header_top, table.last_row + 1), columns, "refused")
    if not tables:
        if findings:
            ledger.refuse_all()
        else:
            ledger.book(slice(None), slice(None), "furniture", "text_sheet")
        return SheetReading("", [], [], _account(sheet, ledger, ""), [], [], findings, first=first)
    findings += [finding for table in tables for finding in strange_words(table, book)]
    work: list[TableReading] = []
    for table in tables:
        halves = [other for other in tables if other.goes_on_in(table)]
        before = [done for other, done in zip(tables, work, strict=False) if other.goes_on_in(table)]
        work.append(unpivot(table, book, ledger.page_of(table.sheet), file_name, halves, before))
    findings += [finding for done in work for finding in done.findings]
    findings += _unaccounted(sheet, ledger)
    kind = tables[0].lexicon.kind.name
    return SheetReading(
        kind=kind,
        cells=[done.cells for done in work if done.cells is not None],
        refused=[done.refused for done in work if done.refused is not None],
        account=_account(sheet, ledger, kind),
        tables=[done.account for done in work],
        columns=[column for done in work for column in done.columns],
        findings=findings + _misspelled_months(sheet) + _unseen(sheet),
        aliases=frozenset().union(*(done.aliases for done in work)),
        first=first,
    )


def _goes_on(table: Table, earlier: Table, book: RegionBook) -> bool:
    """Whether a table is a page of the one on the sheet before: the same header, no title of its own but "Lanjutan",
    and a sheet's name that says nothing."""
    name = spaced(table.sheet.name)
    says_something = table.lexicon.names_member(name) or book.named_in(name) or find_months(name) or years_in(name)
    is_page = not table.above or any(first_phrase(text.words, CONTINUED_WORDS) for text in table.above)
    mine, theirs = ([column.header for column in each.columns] for each in (table, earlier))
    return is_page and not says_something and mine == theirs


def _read_record_sheet(sheet: Sheet, header: RecordHeader, book: RegionBook, ledger: Ledger) -> SheetReading:
    """Read a sheet whose rows are records."""
    done = read_records(sheet, header, book, ledger)
    findings = [*done.findings, *_unaccounted(sheet, ledger), *_unseen(sheet)]
    account = _account(sheet, ledger, header.kind.name)
    return SheetReading(header.kind.name, [], [], account, [done.account], done.columns, findings, records=done.records)


def _lists_findings(sheet: Sheet) -> bool:
    """Whether `ucj check` added the sheet to a copy of the workbook."""
    heads = [tuple(row[: len(header)]) for header in CHECK_HEADERS.values() for row in sheet.rows[:_HEAD_ROWS]]
    return not set(CHECK_HEADERS.values()).isdisjoint(heads)


def _draft_word(sheet: Sheet) -> str:
    """The word by which a sheet's name says that its figures do not count ("DRAFT"), where other sheets may."""
    words = {name: first_phrase(name, _DRAFT_WORDS) for name in (*sheet.beside, sheet.name)}
    return words[sheet.name] if "" in words.values() else ""


def _explains_template(sheet: Sheet) -> bool:
    """Whether the sheet holds the notes of a template, with an example that is no data."""
    return tuple(sheet.rows[0][: len(TEMPLATE_NOTES_HEADER)]) == TEMPLATE_NOTES_HEADER


def _why_no_table(sheet: Sheet, lexicons: Sequence[Lexicon], book: RegionBook) -> list[Finding]:
    """Why a sheet is of no known kind, in words that say what was looked for. A sheet of texts needs none, unless it
    has one figure and names a measure."""
    filled = [cell for row in sheet.rows for cell in row if not is_blank(cell)]
    figures = sum(map(is_figure, filled))
    texts = [cell for cell in filled if type(cell) is str]
    names_measure = any(lexicon.names_measure(text) for text in texts for lexicon in lexicons)
    if len(filled) < _FEWEST_OF_TABLE and figures < (1 if names_measure else 2):
        return []
    anchors = find_anchors(sheet, lexicons, book)
    place = a1(anchors[0].row, anchors[0].column) if anchors else _first_cell(sheet)
    header = (
        sheet.rows[anchors[0].row] if anchors else next(row for row in sheet.rows if any(not is_blank(c) for c in row))
    )
    words = [" ".join(shown(cell).split()) for cell in header if not is_blank(cell)]
    return [Finding("unknown_kind", sheet.name, place, _title(sheet), {"header": "; ".join(words[:8])})]


def _unaccounted(sheet: Sheet, ledger: Ledger) -> list[Finding]:
    """Cells that no rule knows are refused, with one finding for each run of them in a row."""
    open_cells = ledger.open_cells()
    findings = []
    for row in sorted({row for row, _ in open_cells}):
        columns = [column for at, column in open_cells if at == row]
        ledger.book([row], columns, "refused")
        cells = "; ".join(shown(sheet.rows[row][column]) for column in columns[:6])
        findings.append(Finding("stray_cells", sheet.name, a1(row, columns[0]), cells, {"count": len(columns)}))
    return findings


def _misspelled_months(sheet: Sheet) -> list[Finding]:
    """A month that was read though a letter of it is wrong says so, at each of its columns once."""
    return [
        Finding("month_respelled", sheet.name, a1(row, column), text, {"read": read})
        for column, texts in enumerate(sheet.texts)
        for row, text, read in sorted((sheet.columns[column].index(text), text, read)
                                      for text, read in misspelled_months(texts).items())
    ]  # fmt: skip


def _unseen(sheet: Sheet) -> list[Finding]:
    """Formats in which hidden rows and error cells cannot be seen say so once a sheet."""
    return [] if sheet.is_scanned or sheet.name in ("csv",) else [Finding("not_scanned", sheet.name)]


def _why_foreign(table: Table, book: RegionBook) -> Finding | None:
    """What says that a table is about something else, however alike its columns look; or that nothing says what."""
    sheet, lexicon = table.sheet, table.lexicon
    headers = [column.header_text for column in table.columns]
    joined = " ".join(column.header_text for column in table.columns if not column.is_anchor)
    top = sheet.address(table.header_top, table.columns[0].number)
    for text in (*table.above, *table.below, *table.head):
        if line := unheard_filter(text.words, lexicon, book):
            return Finding("filter_unclear", sheet.name, text.address, text.words, {"line": line})
    for text in (*_shared_titles(table), *(table.above or table.head)):
        warned = _NOT_TO_USE.search(text.words)
        if ("=" in text.words or states_figure(text.words)) and not warned:  # "kuning = di bawah rata-rata provinsi"
            continue
        word = warned[0].lower() if warned else _foreign_word(lexicon, text.words, joined)
        if word := word or lexicon.other_word(text.words, joined):
            return Finding("foreign_table", sheet.name, text.address or top, text.words, {"word": word})
        if (word := lexicon.plan_word(text.words)) and _holds_wholes_alone(table):
            return Finding("foreign_table", sheet.name, text.address or top, text.words, {"word": word})
    names_both = lexicon.names_subject([sheet.name]) and lexicon.names_subject(text.words for text in table.above)
    word = _foreign_word(lexicon, sheet.name, joined) or lexicon.other_word(sheet.name, joined)
    if word and not names_both:  # "UHC-UCJ" over tables that each say which of the two they are
        return Finding("foreign_table", sheet.name, top, sheet.name, {"word": word})
    if finding := _of_branches(table) or _of_other_columns(table) or _in_other_units(table):
        return finding
    texts = [text.words for text in (*table.above, *table.head, *table.below)]
    respelled = [column.understanding.respelled for column in table.columns]
    labels = [
        text for column in (table.anchor, *(each.number for each in table.carriers)) for text in sheet.texts[column]
    ]
    said = [sheet.name, *texts, *headers, *respelled, *labels]
    if not (lexicon.is_about(said) or _is_about_by_cover(table) or _is_about_by_counts(table)):
        place = sheet.address(table.header_top, table.anchor)
        return Finding("subject_unclear", sheet.name, place, "; ".join(headers), {"title": lexicon.kind.title})
    return None


def _holds_wholes_alone(table: Table) -> bool:
    """Whether nothing of a table is read but those who can be counted: "Potensi" beside what is aimed at."""
    return {column.understanding.measure for column in table.measures} <= table.lexicon.kind.wholes


def _shared_titles(table: Table) -> Iterator[Text]:
    """What the titles over the sheet's first tables say of a later block too ("Segmen BPU", "Tabel 2. TPAK"); one with
    a subject and a date of its own stands for itself."""
    own = [text.words for text in table.above]
    is_whole = table.lexicon.names_subject(own) and any(find_dates(text) or years_in(text) for text in own)
    if is_whole and not any(map(CAPTION.match, own)):
        return
    shared = shared_rows(table)
    yield from (text for text in table.head_titles if text.row in shared and not CAPTION.match(text.words))


def _of_branches(table: Table) -> Finding | None:
    """A table "menurut Kantor Cabang" whose names are not said to be regencies' is of branch offices."""
    header = next((column.header_text for column in table.columns if column.role == "region"), "")
    branches = next((text for text in table.above or table.head if _BY_BRANCH.search(text.words)), None)
    if branches is None or _OF_REGENCIES.search(header) or any(map(has_class, table.sheet.texts[table.anchor])):
        return None
    return Finding("foreign_table", table.sheet.name, branches.address, branches.words, {"word": "cabang"})


def _of_other_columns(table: Table) -> Finding | None:
    """A table with columns "PBI" or "BP" beside "PPU" and "PBPU" is of the health insurance: its segments are alike."""
    names = table.lexicon.kind.foreign_headers
    unread = [column for column in table.columns if column.role == "unknown"]
    named = ((column, first_phrase(column.header_text, names)) for column in unread if names)
    for column, word in named:
        if word:
            place = table.sheet.address(table.header_top, column.number)
            return Finding("foreign_table", table.sheet.name, place, column.header_text, {"word": word})
    return None


def _in_other_units(table: Table) -> Finding | None:
    """A line below a table that says its unit, and no people's: "Satuan: KK"."""
    for text in table.below:
        if _SAYS_UNIT.match(text.words) and (word := table.lexicon.other_word(text.words, "")):
            return Finding("foreign_table", table.sheet.name, text.address, text.words, {"word": word})
    return None


def _is_about_by_cover(table: Table) -> bool:
    """Whether the sheets of text before the first table say what the workbook is about, and of nothing else."""
    cover, lexicon = table.sheet.cover, table.lexicon
    return bool(cover) and lexicon.is_about(cover) and not any(_foreign_word(lexicon, text, "") for text in cover)


def _is_about_by_counts(table: Table) -> bool:
    """Whether a rate stands beside both counts that it is made of, and one is of workers ("Potensi TK", "TK Aktif")."""
    kind = table.lexicon.kind
    headers = {column.understanding.measure: column.header_text for column in table.measures}
    return any(
        {measure.name, *measure.ratio} <= headers.keys()
        and any(first_phrase(headers[name], kind.about_counts) for name in measure.ratio)
        for measure in kind.measures
        if measure.ratio
    )


def _foreign_word(lexicon: Lexicon, text: str, headers: str) -> str:
    """The word of a title or a sheet's name that says that the figures are of other things, some people, or planned;
    where the headers tell apart what was reached or what is planned, they are not all planned."""
    planned = lexicon.plan_word(text)
    plan = "" if says_reached(headers) or (planned and has_phrase(headers, planned)) else planned
    return lexicon.foreign_word(text) or lexicon.part_word(text) or plan


def _title(sheet: Sheet) -> str:
    """The first text of a sheet."""
    return " ".join(next(_head_texts(sheet), "").split())


def _head_texts(sheet: Sheet) -> Iterator[str]:
    """The texts of a sheet's first rows; numbers typed as texts are none."""
    return (
        cell for row in sheet.rows[:_HEAD_ROWS] for cell in row
        if type(cell) is str and not is_blank(cell) and not cell[0].isdigit()
    )  # fmt: skip


def _first_cell(sheet: Sheet) -> str:
    return next(
        (a1(r, c) for r, row in enumerate(sheet.rows) for c, cell in enumerate(row) if not is_blank(cell)), "A1"
    )


def _account(sheet: Sheet, ledger: Ledger, kind: str) -> SheetAccount:
    return SheetAccount(
        sheet_no=sheet.number,
        sheet=sheet.name,
        is_hidden=sheet.is_hidden,
        is_scanned=sheet.is_scanned,
        kind=kind,
        cells=ledger.filled,
        header=ledger.count("header"),
        loaded=ledger.count("loaded"),
        furniture=ledger.count("furniture"),
        ignored=ledger.count("ignored"),
        refused=ledger.count("refused"),
        furniture_rules=dict(ledger.furniture_rules),
    )
