"""What calamine hides of an .xlsx: error cells, formulas without a stored value, percent formats, what is hidden.

A streaming scan of the sheet's XML by byte search, in pieces of whole rows; it never builds a tree, so
a sheet of a hundred megabytes costs a fraction of its parse. Works on start tags as Excel, LibreOffice,
openpyxl and xlsxwriter write them (`<c r="D17" s="3" t="e">`).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

from flows.addresses import column_number

_PIECE = 1 << 20
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"[^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_ATTRIBUTE = re.compile(rb'\b(min|max)="(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_STORED = re.compile(rb"<(?:\w+:)?v>[^<]")
_ERROR_TEXT = re.compile(rb"<(?:\w+:)?v>(#[^<]*)<")
_PERCENT_FORMATS = {9, 10}  # built in: 0% and 0.00%


@dataclass
class HiddenFacts:
    """Facts of one sheet, by row and column counted from 0."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    empty_formulas: set[tuple[int, int]] = field(default_factory=set)
    percent_rows: dict[int, list[int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def scan_workbook(archive: zipfile.ZipFile) -> dict[str, HiddenFacts]:
    """The hidden facts of every worksheet, by sheet name. Raises KeyError or ParseError on a broken package."""
    percent_styles = _percent_styles(archive)
    return {
        name: _scan_sheet(archive, part, percent_styles)
        for name, part in _sheet_parts(archive)
        if part in archive.NameToInfo
    }


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet names and the parts of the package that hold them."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_REL), "")
            yield element.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _percent_styles(archive: zipfile.ZipFile) -> list[int]:
    """The cell styles whose number format is a percentage."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return []
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    space = root.tag.partition("}")[0] + "}"
    formats = {
        int(element.get("numFmtId", 0))
        for element in root.iter(f"{space}numFmt")
        if "%" in re.sub(r'"[^"]*"', "", element.get("formatCode", ""))
    }
    styles = root.find(f"{space}cellXfs")
    return [
        number
        for number, style in enumerate(styles if styles is not None else ())
        if int(style.get("numFmtId", 0)) in formats | _PERCENT_FORMATS
    ]


def _scan_sheet(archive: zipfile.ZipFile, part: str, percent_styles: list[int]) -> HiddenFacts:
    facts = HiddenFacts()
    percent = re.compile(rb' s="(?:%s)"' % b"|".join(b"%d" % style for style in percent_styles))
    with archive.open(part) as stream:
        for piece in _whole_rows(stream):
            if b't="e"' in piece:
                _note_errors(piece, facts)
            if _FORMULA.search(piece):
                _note_formulas(piece, facts)
            if percent_styles:
                _note_percents(piece, percent, facts)
            if b"hidden=" in piece:
                _note_hidden(piece, facts)
    return facts


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


def _note_formulas(piece: bytes, facts: HiddenFacts) -> None:
    for match in _FORMULA.finditer(piece):
        end = piece.find(b"</c>", match.start())
        if not _STORED.search(piece, match.start(), end):
            address = _cell_at(piece, match.start())
            if address and address not in facts.errors:
                facts.empty_formulas.add(address)


def _note_percents(piece: bytes, percent: re.Pattern[bytes], facts: HiddenFacts) -> None:
    for match in percent.finditer(piece):
        start = piece.rfind(b"<", 0, match.start())
        if piece[start + 1 : start + 3] == b"c " and (ref := _CELL_REF.search(piece, start, start + 60)):
            facts.percent_rows.setdefault(column_number(ref[1].decode()), []).append(int(ref[2]) - 1)


def _note_hidden(piece: bytes, facts: HiddenFacts) -> None:
    facts.hidden_rows.update(int(match[1]) - 1 for match in _HIDDEN_ROW.finditer(piece))
    for match in _HIDDEN_COLUMN.finditer(piece):
        limits = {name: int(number) for name, number in _ATTRIBUTE.findall(match[0])}
        if b"min" in limits and b"max" in limits:
            facts.hidden_columns.update(range(limits[b"min"] - 1, min(limits[b"max"], 16_384)))
