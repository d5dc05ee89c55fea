"""Open the parts of a zip package (.xlsx, .xlsb, .ods) without trusting what its directory says of them.

What a bomb needs is refused before a parser sees it: too many bytes, more bytes than declared, a document type
(entities can only be declared there; no office program writes one). Names in the directory are never paths here:
parts are read by name and nothing is written.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from flows.read.limits import Limits, UnreadableFile

PIECE = 1 << 20
_SMALL_PART = 32 << 20  # styles and the like are parsed as trees, which take some five times their bytes
_RATIO_FROM = 8 << 20  # below that, an empty sheet that only repeats itself may shrink to almost nothing
_LONGEST_ELEMENT = 32 << 20  # a row of 16,384 cells has about one megabyte
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def check_package(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse, by its directory alone, a package that unpacks to too much or that two readers may read differently."""
    entries = archive.filelist
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise UnreadableFile("damaged_file", reason="dua bagian bernama sama")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("password")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise UnreadableFile("damaged_file", reason="cara pemampatan yang tidak dikenal")
    _refuse_bomb(sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries), limits)
    for entry in entries:
        if entry.file_size > max(_RATIO_FROM, entry.compress_size * limits.largest_unpacked_ratio):
            _raise_bomb(entry.file_size, entry.compress_size, limits)


def _refuse_bomb(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.largest_unpacked_mb << 20:
        _raise_bomb(unpacked, packed, limits)


def _raise_bomb(unpacked: int, packed: int, limits: Limits) -> None:
    raise UnreadableFile(
        "unpacks_too_large",
        unpacked_mb=unpacked >> 20,
        packed_mb=round(packed / (1 << 20), 2),
        largest_mb=limits.largest_unpacked_mb,
        ratio=limits.largest_unpacked_ratio,
    )


def find_part(archive: zipfile.ZipFile, name: str) -> str:
    """The name under which a part stands in the package, in whatever case (as calamine finds it); empty if none."""
    if name in archive.NameToInfo:
        return name
    return next((known for known in archive.NameToInfo if known.lower() == name.lower()), "")


def part_pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of a part. Raises UnreadableFile where it holds more than declared, or declares entities."""
    entry = archive.NameToInfo[name]
    declared = entry.file_size
    entry.file_size = declared + 2 * PIECE  # zipfile would stop there without a word; calamine reads on
    is_xml = not name.lower().endswith(".bin")  # the parts of an .xlsb hold records, not text
    total, last = 0, b""
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(PIECE):
                if is_xml and not total and b"\0" in piece[:4]:
                    raise UnreadableFile("damaged_file", reason=f"{name}: UTF-8?")
                total += len(piece)
                if total > declared:
                    raise UnreadableFile("unpacks_more_than_declared", part=name)
                if is_xml and (b"<!" in piece or last.find(b"<") >= 0) and _DECLARATION.search(last + piece):
                    raise UnreadableFile("entities", part=name)
                last = piece[-8:]
                yield piece
    finally:
        entry.file_size = declared


def read_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """A small part, whole. Raises UnreadableFile as `part_pieces` does, and where it is not small."""
    entry = archive.NameToInfo[name]
    if entry.file_size > _SMALL_PART:
        _raise_bomb(entry.file_size, entry.compress_size, limits)
    return b"".join(part_pieces(archive, name))


def whole_elements(pieces: Iterator[bytes], closing: bytes, other_dialect: bytes) -> Iterator[bytes]:
    """XML in pieces that end where an element ends; as it comes, where its first bytes show another dialect."""
    rest = b""
    for piece in pieces:
        if other_dialect in piece:
            yield rest + piece
            rest = b""
            continue
        head, found, tail = (rest + piece).rpartition(closing)
        if found:
            yield head + found
        rest = tail
        if len(rest) > _LONGEST_ELEMENT:
            raise UnreadableFile("element_too_long", largest_mb=_LONGEST_ELEMENT >> 20)
    yield rest


def check_parts(archive: zipfile.ZipFile) -> None:
    """Unpack every part that calamine may parse, to see that it holds what it declares."""
    for name in archive.NameToInfo:
        if name.lower().endswith((".xml", ".bin", ".rels")):
            for _ in part_pieces(archive, name):
                pass


_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
_ODS_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')


def check_ods_sheets(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse sheets whose repeated rows and columns would become too large a grid."""
    sheet, rows, row_times, columns, width = 0, 0, 0, 0, 0
    for piece in whole_elements(part_pieces(archive, "content.xml"), b">", b"\0"):
        for tag in _ODS_TAG.finditer(piece):
            kind, attributes = tag[1], tag[2]
            repeated = _ODS_REPEATED.search(attributes)
            times = int(repeated[1]) if repeated else 1
            if kind == b"table":
                sheet, rows, row_times, width = sheet + 1, 0, 0, 0
            elif kind == b"table-row":
                rows, row_times, columns = rows + row_times, times, 0
            else:
                columns += times
                if b"value-type=" in attributes:
                    width = max(width, columns)
                    limits.check_size(f"#{sheet}", rows + row_times, width)
