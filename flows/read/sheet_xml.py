"""What calamine hides of an .xlsx: error cells, formulas without a stored value, percent formats, what is hidden.

A streaming scan of the sheet's XML by byte search, in pieces of whole rows; it never builds a tree, so
a sheet of a hundred megabytes costs a fraction of its parse. That works on start tags as Excel, LibreOffice,
openpyxl and xlsxwriter write them (`<c r="D17" s="3" t="e">`); any other dialect (prefixes, single quotes,
cells without an address) is parsed as XML.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import IO
from xml.etree import ElementTree

from flows.addresses import column_number

_PIECE = 1 << 20
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_ATTRIBUTE = re.compile(rb'\b(min|max)="(\d+)"')
_FORMULA = re.compile(rb"<f[ >/]")
_STORED = re.compile(rb"<v>([^<]+)<")
_ERROR_TEXT = re.compile(rb"<v>(#[^<]*)<")
_PERCENT_FORMATS = {9, 10}  # built in: 0% and 0.00%
_MONTH_FORMATS = {17}  # built in: mmm-yy
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass
class HiddenFacts:
    """Facts of one sheet, by row and column counted from 0."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    empty_formulas: set[tuple[int, int]] = field(default_factory=set)
    percent_rows: dict[int, list[int]] = field(default_factory=dict)
    months: set[tuple[int, int]] = field(default_factory=set)  # dates shown without their day ("Okt-25")
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def scan_workbook(archive: zipfile.ZipFile) -> dict[str, HiddenFacts]:
    """The hidden facts of every worksheet, by sheet name. Raises KeyError or ParseError on a broken package."""
    book = archive.read("xl/workbook.xml")
    styles = _styles(
        archive.read("xl/styles.xml") if "xl/styles.xml" in archive.NameToInfo else b"", b"fullCalcOnLoad" in book
    )
    parts = _sheet_parts(book, archive.read("xl/_rels/workbook.xml.rels"))
    return {name: _scan_sheet(archive, part, styles) for name, part in parts if part in archive.NameToInfo}


@lru_cache(maxsize=32)  # files of one office are alike in this
def _sheet_parts(book: bytes, relations: bytes) -> tuple[tuple[str, str], ...]:
    """Sheet names and the parts of the package that hold them."""
    targets = {relation.get("Id"): relation.get("Target", "") for relation in ElementTree.fromstring(relations)}
    parts = []
    for element in ElementTree.fromstring(book).iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_REL), "")
            parts.append((element.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return tuple(parts)


@dataclass(frozen=True)
class _Styles:
    """What cell styles mean; and whether the writer left the formulas for Excel to calculate."""

    percent: frozenset[int]
    month: frozenset[int]
    is_uncalculated: bool

    @cached_property
    def attribute(self) -> re.Pattern[bytes]:
        """A start tag's attribute that names one of these styles."""
        return re.compile(rb' s="(%s)"' % b"|".join(b"%d" % style for style in sorted(self.percent | self.month)))

    def lacks_value(self, stored: str | None) -> bool:
        """No stored value; or the 0 that a program writes that has not calculated the formula."""
        return stored is None or (self.is_uncalculated and stored in ("0", "0.0"))


@lru_cache(maxsize=32)
def _styles(content: bytes, is_uncalculated: bool) -> _Styles:
    """The cell styles whose number format is a percentage, or a date without its day."""
    if not content:
        return _Styles(frozenset(), frozenset(), is_uncalculated)
    root = ElementTree.fromstring(content)
    space = root.tag.partition("}")[0] + "}"
    codes = {
        int(element.get("numFmtId", 0)): _NOT_FORMAT.sub("", element.get("formatCode", "")).lower()
        for element in root.iter(f"{space}numFmt")
    }
    percent = _PERCENT_FORMATS | {number for number, code in codes.items() if "%" in code}
    month = _MONTH_FORMATS | {
        n for n, code in codes.items() if "y" in code and "m" in code and not set("dhs") & set(code)
    }
    cell_styles = root.find(f"{space}cellXfs")
    used = [int(style.get("numFmtId", 0)) for style in (cell_styles if cell_styles is not None else ())]
    return _Styles(
        frozenset(style for style, number in enumerate(used) if number in percent),
        frozenset(style for style, number in enumerate(used) if number in month),
        is_uncalculated,
    )


def _scan_sheet(archive: zipfile.ZipFile, part: str, styles: _Styles) -> HiddenFacts:
    facts = HiddenFacts()
    with archive.open(part) as stream:
        for piece in _whole_rows(stream):
            if not _is_plain(piece):
                return _parse_sheet(archive, part, styles)
            if b't="e"' in piece:
                _note_errors(piece, facts)
            if _FORMULA.search(piece):
                _note_formulas(piece, facts, styles)
            if styles.percent or styles.month:
                _note_styles(piece, styles, facts)
            if b"hidden=" in piece:
                _note_hidden(piece, facts)
    return facts


def _is_plain(piece: bytes) -> bool:
    """Whether the byte search understands this dialect: no prefixes, double quotes, an address first in every cell."""
    return (
        piece.count(b"<c ") == piece.count(b'<c r="') and b"<c>" not in piece and b"='" not in piece
        and b":sheetData" not in piece
    )  # fmt: skip


def _parse_sheet(archive: zipfile.ZipFile, part: str, styles: _Styles) -> HiddenFacts:
    """The same facts by an XML parser, for dialects that the byte search does not know. Slower, and general."""
    facts = HiddenFacts()
    row = column = -1
    with archive.open(part) as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
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
                _note_cell(element, (row, column), styles, facts)
                element.clear()
            elif tag == "row":
                element.clear()
    return facts


def _note_cell(element: ElementTree.Element, place: tuple[int, int], styles: _Styles, facts: HiddenFacts) -> None:
    inside = {child.tag.rpartition("}")[2]: child.text for child in element}
    kind, style = element.get("t"), int(element.get("s", 0))
    if kind == "e":
        facts.errors[place] = inside.get("v") or "#ERROR"
    elif "f" in inside and kind != "str" and styles.lacks_value(inside.get("v")):
        facts.empty_formulas.add(place)
    if style in styles.percent:
        facts.percent_rows.setdefault(place[1], []).append(place[0])
    elif style in styles.month:
        facts.months.add(place)


def _whole_rows(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end where a row ends."""
    rest = b""
    while piece := stream.read(_PIECE):
        head, closing, tail = (rest + piece).rpartition(b"</row>")
        if closing:
            yield head + closing
        rest = tail
    yield rest


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


def _note_styles(piece: bytes, styles: _Styles, facts: HiddenFacts) -> None:
    for match in styles.attribute.finditer(piece):
        start = piece.rfind(b"<", 0, match.start())
        if piece[start + 1 : start + 3] == b"c " and (ref := _CELL_REF.search(piece, start, start + 60)):
            row, column = int(ref[2]) - 1, column_number(ref[1].decode())
            if int(match[1]) in styles.percent:
                facts.percent_rows.setdefault(column, []).append(row)
            else:
                facts.months.add((row, column))


def _note_hidden(piece: bytes, facts: HiddenFacts) -> None:
    facts.hidden_rows.update(int(match[1]) - 1 for match in _HIDDEN_ROW.finditer(piece))
    for match in _HIDDEN_COLUMN.finditer(piece):
        limits = {name: int(number) for name, number in _ATTRIBUTE.findall(match[0])}
        if b"min" in limits and b"max" in limits:
            facts.hidden_columns.update(range(limits[b"min"] - 1, min(limits[b"max"], 16_384)))
