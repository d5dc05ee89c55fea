"""What calamine hides of an .xlsx: error cells, formulas without a stored value, percent formats, what is hidden.

And a second count: how many cells hold something, by another reader than the one whose cells are loaded. Its bounds
are known before calamine, which would fill them with blanks, sees the sheet.

A streaming scan of the sheet's XML by byte search, in pieces of whole rows; it never builds a tree, so
a sheet of a hundred megabytes costs a fraction of its parse. That works on start tags as Excel, LibreOffice,
openpyxl and xlsxwriter write them (`<c r="D17" s="3" t="e">`); any other dialect (prefixes, single quotes,
cells without an address) is parsed as XML.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, cast
from xml.etree import ElementTree

from flows.addresses import column_number
from flows.read.limits import Limits, UnreadableFile
from flows.read.packages import find_part, part_pieces, read_part, whole_elements

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_CELL_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_ATTRIBUTE = re.compile(rb'\b(min|max)="(\d+)"')
_FORMULA = re.compile(rb"<f[ >/]")
_STORED = re.compile(rb"<v>([^<]+)<")
_SMALL_SHEET, _ONE_LETTER = 1 << 18, 26
_COLUMN_OF_MORE_LETTERS = re.compile(rb'<c r="([A-Z]{2,3})')
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_HOLDS = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_PLAIN_INLINE = re.compile(rb"<is><t(?: [^>]*)?>[^<]")
_INLINE = re.compile(rb"<is>(.*?)</is>", re.DOTALL)
_INLINE_TEXT = re.compile(rb"<t(?:\s[^>]*)?>[^<]")
_SHARED = re.compile(rb'<c\b[^>]*\bt="s"[^>]*><v>(\d{1,9})</v>')
_MAYBE_EMPTY = re.compile(rb"<t\b[^>]*/>|<t\b[^>]*></t>|<si\s*/>|<si></si>|<(?:rPh|phoneticPr)\b")
_EMPTY_MARKS = (b"/>", b"></t>", b"<si></si>", b"<rPh")
_BYTES_A_STRING = 32  # beside its text, which the XML of a string is longer than
_CACHED_BYTES = 1 << 16  # a larger part is kept by no cache
_ERROR_TEXT = re.compile(rb"<v>(#[^<]*)<")
_PERCENT_FORMATS = {9, 10}  # built in: 0% and 0.00%
_MONTH_FORMATS = {17}  # built in: mmm-yy
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# A unit that only the format shows (#,##0" ribu", "Rp"#,##0); a comma before it divides what is shown by a thousand.
_UNIT_IN_FORMAT = re.compile(
    r'(?P<divides>(?<=[0#?]),+)?\s*"[^"a-z]*(?P<unit>ribu|rb|juta|jt|kk|rp|unit|paket|proyek)\b', re.IGNORECASE
)


@dataclass
class HiddenFacts:
    """Facts of one sheet, by row and column counted from 0."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    empty_formulas: set[tuple[int, int]] = field(default_factory=set)
    percent_rows: dict[int, list[int]] = field(default_factory=dict)
    months: set[tuple[int, int]] = field(default_factory=set)  # dates shown without their day ("Okt-25")
    units: dict[tuple[int, int], str] = field(default_factory=dict)  # what the format shows behind a number ("ribu")
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filled: int = 0  # cells that hold a value, a text that is not empty, an error or a formula without a value
    rows: int = 0  # bounds of all cells, the blank ones too
    columns: int = 0


def scan_workbook(archive: zipfile.ZipFile, limits: Limits) -> dict[str, HiddenFacts]:
    """The hidden facts of every sheet, by its name.

    Raises KeyError or ParseError on a broken package, UnreadableFile where a limit is passed.
    """
    book = read_part(archive, "xl/workbook.xml", limits)
    styles_part = find_part(archive, "xl/styles.xml")
    styles = _cached(
        _styles, read_part(archive, styles_part, limits) if styles_part else b"", b"fullCalcOnLoad" in book
    )
    relations = read_part(archive, find_part(archive, _RELATIONS) or _RELATIONS, limits)
    parts = _cached(_sheet_parts, book, relations)
    if len({name for name, _ in parts}) != len(parts):  # calamine finds sheets by name: it would read one of them twice
        raise UnreadableFile("damaged_file", reason="dua lembar bernama sama")
    strings_part = find_part(archive, "xl/sharedStrings.xml")
    empty_strings = find_empty_strings(archive, strings_part, limits) if strings_part else frozenset()
    facts = {}
    for name, target in parts:
        if not (part := find_part(archive, target)):
            raise UnreadableFile("damaged_file", reason=f'lembar "{name}" tidak ada di dalam berkas')
        facts[name] = _scan_sheet(archive, part, name, styles, empty_strings, limits)
        _check_size(archive, part, name, facts[name], limits)
    return facts


def _cached(function: Any, content: bytes, other: Any) -> Any:
    """Parse a part, or remember what an equal one gave; a large one is not kept in memory for that."""
    return function(content, other) if len(content) < _CACHED_BYTES else function.__wrapped__(content, other)


def _check_size(archive: zipfile.ZipFile, part: str, name: str, facts: HiddenFacts, limits: Limits) -> None:
    """Refuse a sheet whose grid would be too large. A million styled blank cells are no cells of the grid."""
    try:
        limits.check_size(name, facts.rows, facts.columns)
    except UnreadableFile:
        rows = columns = 0
        for piece in whole_elements(part_pieces(archive, part), b"</row>", b":sheetData"):
            for cell in _HOLDS.finditer(piece):
                rows, columns = max(rows, int(cell[2])), max(columns, column_number(cell[1].decode()) + 1)
        if not rows:  # another dialect
            raise
        limits.check_size(name, rows, columns)


def find_empty_strings(archive: zipfile.ZipFile, part: str, limits: Limits) -> frozenset[int]:
    """The places of the shared strings that are empty: a cell that points at one shows nothing.

    Raises UnreadableFile where the strings alone would fill half of a worker's memory: calamine, which keeps them all,
    can only end the process then.
    """
    may_be_empty, needed = False, archive.NameToInfo[part].file_size
    for piece in whole_elements(part_pieces(archive, part), b"</si>", b":sst"):
        needed += piece.count(b"<si") * _BYTES_A_STRING
        if needed > limits.worker_memory_mb << 19:
            raise UnreadableFile("too_much_memory", largest_mb=limits.worker_memory_mb)
        may_be_empty = may_be_empty or b":sst" in piece or _holds_empty(piece)
    return _parse_empty_strings(archive, part) if may_be_empty else frozenset()


def _holds_empty(piece: bytes) -> bool:
    """Whether a string of the piece may be empty; bytes that every such one holds are searched first, being cheaper."""
    return any(mark in piece for mark in _EMPTY_MARKS) and bool(_MAYBE_EMPTY.search(piece))


def _parse_empty_strings(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(["end"])
    empty, number = set(), 0
    for piece in part_pieces(archive, part):
        parser.feed(piece)
        for _, element in _elements(parser):
            if element.tag.rpartition("}")[2] == "si":
                if not _text_of(element):
                    empty.add(number)
                number += 1
                element.clear()
    return frozenset(empty)


def _elements(parser: ElementTree.XMLPullParser) -> Iterator[tuple[str, ElementTree.Element]]:
    """What the parser has seen since it was last asked."""
    yield from cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events())


def _text_of(element: ElementTree.Element) -> str:
    """The text of a string item: its own and that of its runs, not how it is pronounced."""
    texts = []
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            texts.append(child.text or "")
        elif tag == "r":
            texts.append(_text_of(child))
    return "".join(texts)


@lru_cache(maxsize=32)  # files of one office are alike in this
def _sheet_parts(book: bytes, relations: bytes) -> tuple[tuple[str, str], ...]:
    """Sheet names and the parts of the package that hold them."""
    targets = {relation.get("Id"): relation.get("Target", "") for relation in ElementTree.fromstring(relations)}
    parts = []
    for element in ElementTree.fromstring(book).iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_REL), "")
            plain = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            parts.append((element.get("name", ""), plain))
    return tuple(parts)


@dataclass(frozen=True)
class _Styles:
    """What cell styles mean; and whether the writer left the formulas for Excel to calculate."""

    percent: frozenset[int]
    month: frozenset[int]
    unit: Mapping[int, str]
    is_uncalculated: bool

    @cached_property
    def telling(self) -> frozenset[int]:
        """The styles that tell something of a cell's value."""
        return self.percent | self.month | self.unit.keys()

    @cached_property
    def attribute(self) -> re.Pattern[bytes]:
        """A start tag's attribute that names one of these styles."""
        return re.compile(rb' s="(%s)"' % b"|".join(b"%d" % style for style in sorted(self.telling)))

    def note(self, style: int, place: tuple[int, int], facts: HiddenFacts) -> None:
        """Note what a cell's style tells of it."""
        if style in self.percent:
            facts.percent_rows.setdefault(place[1], []).append(place[0])
        elif style in self.month:
            facts.months.add(place)
        elif style in self.unit:
            facts.units[place] = self.unit[style]

    def lacks_value(self, stored: str | None) -> bool:
        """No stored value; or the 0 that a program writes that has not calculated the formula."""
        return stored is None or (self.is_uncalculated and stored in ("0", "0.0"))


@lru_cache(maxsize=32)
def _styles(content: bytes, is_uncalculated: bool) -> _Styles:
    """The cell styles whose number format is a percentage, a date without its day, or shows a unit."""
    if not content:
        return _Styles(frozenset(), frozenset(), {}, is_uncalculated)
    root = ElementTree.fromstring(content)
    space = root.tag.partition("}")[0] + "}"
    formats = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in root.iter(f"{space}numFmt")}
    codes = {number: _NOT_FORMAT.sub("", code).lower() for number, code in formats.items()}
    said = {number: _UNIT_IN_FORMAT.search(code) for number, code in formats.items()}
    units = {number: match["unit"] for number, match in said.items() if match and not match["divides"]}
    percent = _PERCENT_FORMATS | {number for number, code in codes.items() if "%" in code}
    month = _MONTH_FORMATS | {
        n for n, code in codes.items() if "y" in code and "m" in code and not set("dhs") & set(code)
    }
    cell_styles = root.find(f"{space}cellXfs")
    used = [int(style.get("numFmtId", 0)) for style in (cell_styles if cell_styles is not None else ())]
    return _Styles(
        frozenset(style for style, number in enumerate(used) if number in percent),
        frozenset(style for style, number in enumerate(used) if number in month),
        {style: units[number] for style, number in enumerate(used) if number in units},
        is_uncalculated,
    )


def _scan_sheet(
    archive: zipfile.ZipFile, part: str, name: str, styles: _Styles, empty_strings: frozenset[int], limits: Limits
) -> HiddenFacts:
    facts = HiddenFacts()
    letters: set[bytes] = set()
    is_small = archive.NameToInfo[part].file_size < _SMALL_SHEET  # then the columns A to Z need not be told apart
    column_letters, at_least = (_COLUMN_OF_MORE_LETTERS, _ONE_LETTER) if is_small else (_COLUMN, 0)
    for piece in whole_elements(part_pieces(archive, part), b"</row>", b":sheetData"):
        if not _is_plain(piece):
            _check_count(archive, part, name, limits)
            return _parse_sheet(archive, part, styles, empty_strings)
        letters.update(column_letters.findall(piece))
        if last := _cell_at(piece, len(piece)):
            facts.rows = max(facts.rows, last[0] + 1, *map(int, _ROW.findall(piece)))
        facts.filled += _count_filled(piece, empty_strings)
        limits.check_size(name, facts.filled, 1)
        if b't="e"' in piece:
            _note_errors(piece, facts)
        if _FORMULA.search(piece):
            _note_formulas(piece, facts, styles)
        if styles.telling:
            _note_styles(piece, styles, facts)
        if b"hidden=" in piece:
            _note_hidden(piece, facts)
    facts.columns = max((1 + column_number(letter.decode()) for letter in letters), default=at_least)
    return facts


def _check_count(archive: zipfile.ZipFile, part: str, name: str, limits: Limits) -> None:
    """Refuse a sheet by how often a cell ends in it, before the parser, which is fifty times as slow, sees it."""
    cells = 0
    for piece in part_pieces(archive, part):
        cells += piece.count(b"</c>") + piece.count(b":c>")
        limits.check_size(name, cells, 1)


def _count_filled(piece: bytes, empty_strings: frozenset[int]) -> int:
    """The cells with a stored value or an inline text that is not empty."""
    count = piece.count(b"<v>") - piece.count(b"<v></v>")
    if b"<is>" in piece:
        plain = len(_PLAIN_INLINE.findall(piece))
        if plain == piece.count(b"<is>"):  # as nearly always; one by one they cost as much as reading the sheet
            count += plain
        else:
            count += sum(1 for inline in _INLINE.finditer(piece) if _INLINE_TEXT.search(inline[1]))
    if empty_strings:
        count -= sum(1 for index in _SHARED.findall(piece) if int(index) in empty_strings)
    return count


def _is_plain(piece: bytes) -> bool:
    """Whether the byte search understands this dialect: no prefixes, double quotes, an address first in every cell."""
    return (
        piece.count(b"<c ") == piece.count(b'<c r="') and b"<c>" not in piece and b"='" not in piece
        and b":sheetData" not in piece and b"<v " not in piece and b"<is " not in piece
    )  # fmt: skip


def _parse_sheet(archive: zipfile.ZipFile, part: str, styles: _Styles, empty_strings: frozenset[int]) -> HiddenFacts:
    """The same facts by an XML parser, for dialects that the byte search does not know. Slower, and general."""
    facts = HiddenFacts()
    row = column = -1
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(("start", "end"))
    for piece in part_pieces(archive, part):
        parser.feed(piece)
        for event, element in _elements(parser):
            tag = element.tag.rpartition("}")[2]
            if tag == "row" and event == "start":
                row, column = int(element.get("r", row + 2)) - 1, -1
                if element.get("hidden") in ("1", "true"):
                    facts.hidden_rows.add(row)
            elif tag == "col" and event == "start" and element.get("hidden") in ("1", "true"):
                facts.hidden_columns.update(
                    range(int(element.get("min", 1)) - 1, min(int(element.get("max", 0)), 16_384))
                )
            elif tag == "c" and event == "end":
                letters = element.get("r", "").rstrip("0123456789")
                column = column_number(letters) if letters else column + 1
                if _note_cell(element, (row, column), styles, facts, empty_strings):
                    facts.filled += 1
                    facts.rows, facts.columns = max(facts.rows, row + 1), max(facts.columns, column + 1)
                element.clear()
            elif tag == "row":
                element.clear()
    parser.close()
    return facts


def _note_cell(
    element: ElementTree.Element,
    place: tuple[int, int],
    styles: _Styles,
    facts: HiddenFacts,
    empty_strings: frozenset[int],
) -> bool:
    """Note what is hidden of a cell; whether it holds something."""
    inside = {child.tag.rpartition("}")[2]: child for child in element}
    stored = inside["v"].text if "v" in inside else None
    kind, style = element.get("t"), int(element.get("s", 0))
    is_without_value = kind not in ("e", "str") and "f" in inside and styles.lacks_value(stored)
    if kind == "e":
        facts.errors[place] = stored or "#ERROR"
    elif is_without_value:
        facts.empty_formulas.add(place)
    styles.note(style, place, facts)
    if kind == "s" and stored and stored.isdigit() and int(stored) in empty_strings:
        return False
    return kind == "e" or is_without_value or bool(stored) or ("is" in inside and bool(_text_of(inside["is"])))


def _cell_at(piece: bytes, inside: int) -> tuple[int, int] | None:
    """The address of the cell whose start tag holds or precedes the position."""
    start = piece.rfind(b"<c ", 0, inside)
    match = _CELL_REF.search(piece, start, piece.find(b">", start)) if start >= 0 else None
    return (int(match[2]) - 1, column_number(match[1].decode())) if match else None


def _note_errors(piece: bytes, facts: HiddenFacts) -> None:
    position = piece.find(b't="e"')
    while position >= 0:
        address = _cell_at(piece, position)
        text = _ERROR_TEXT.search(piece, position, piece.find(b"</c>", position))
        if address:
            facts.errors[address] = text[1].decode() if text else "#ERROR"
            facts.filled += not _STORED.search(piece, position, piece.find(b"</c>", position))
        position = piece.find(b't="e"', position + 1)


def _note_formulas(piece: bytes, facts: HiddenFacts, styles: _Styles) -> None:
    """Formulas without a stored value; a text formula that gave "" has one."""
    for match in _FORMULA.finditer(piece):
        end = piece.find(b"</c>", match.start())
        stored = _STORED.search(piece, match.start(), end)
        if styles.lacks_value(stored[1].decode(errors="replace") if stored else None):
            address = _cell_at(piece, match.start())
            is_text = b't="str"' in piece[piece.rfind(b"<c ", 0, match.start()) : match.start()]
            if address and address not in facts.errors and not is_text:
                facts.empty_formulas.add(address)
                facts.filled += stored is None


def _note_styles(piece: bytes, styles: _Styles, facts: HiddenFacts) -> None:
    for match in styles.attribute.finditer(piece):
        start = piece.rfind(b"<", 0, match.start())
        if piece[start + 1 : start + 3] == b"c " and (ref := _CELL_REF.search(piece, start, start + 60)):
            styles.note(int(match[1]), (int(ref[2]) - 1, column_number(ref[1].decode())), facts)


def _note_hidden(piece: bytes, facts: HiddenFacts) -> None:
    facts.hidden_rows.update(int(match[1]) - 1 for match in _HIDDEN_ROW.finditer(piece))
    for match in _HIDDEN_COLUMN.finditer(piece):
        limits = {name: int(number) for name, number in _ATTRIBUTE.findall(match[0])}
        if b"min" in limits and b"max" in limits:
            facts.hidden_columns.update(range(limits[b"min"] - 1, min(limits[b"max"], 16_384)))
