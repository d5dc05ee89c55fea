"""Old and binary workbooks: the same table, whatever holds it. There is no writer of .xlsb to install, so a small one
stands here (MS-XLSB, the records that a sheet of texts and numbers needs)."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import Any

import xlwt

from tests.read.builder import HEADER, TITLE, read

ROWS: list[list[Any]] = [
    [TITLE],
    [],
    [*HEADER, "Cakupan (%)"],
    ["Pacitan", 1000, "432", "43,2%"],
    ["Kab. Ponorogo", 2000, 180, 9],
]
VALUES = {"B4": 1000, "C4": 432, "D4": 43.2, "B5": 2000, "C5": 180, "D5": 9}


def test_a_workbook_of_excel_97_is_read(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Rekap")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    book.save(str(tmp_path / "a.xls"))
    seen = read(tmp_path / "a.xls")
    assert seen.values == VALUES
    assert seen.reading.file_format == "xls"
    assert seen.rules == ["not_scanned"]


def test_a_binary_workbook_is_read(tmp_path):
    write_xlsb(tmp_path / "a.xlsb", ROWS)
    seen = read(tmp_path / "a.xlsb")
    assert seen.values == VALUES
    assert seen.reading.file_format == "xlsb"
    assert seen.rules == ["not_scanned"]


def write_xlsb(path: Path, rows: list[list[Any]]) -> None:
    """One sheet "Rekap"; texts stand in the cells themselves."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + _record(145)
    for number, cells in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBHI", number, 0, 300, 0, 0, 0))
        for column, cell in enumerate(cells):
            place = struct.pack("<II", column, 0)
            sheet += (
                _record(6, place + _text(cell))
                if isinstance(cell, str)
                else _record(5, place + struct.pack("<d", cell))
            )
    sheet += _record(146) + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Rekap"))
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | 0x80 if size else low])
        if not size:
            return head + length + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
