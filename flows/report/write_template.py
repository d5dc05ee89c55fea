"""The planned template as an .xlsx: the sheet to fill, and one of notes that the reader leaves alone.

The same bytes on every machine: packed without compression, because what zlib makes of them differs by version.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from flows.errors import WrongUse
from flows.messages import TEMPLATE_NOTES_HEADER
from flows.report.fixed_zip import with_fixed_times
from flows.report.region_argument import resolve_region
from flows.report.template import Template, TemplateColumn, plan_template
from schemas.catalogue import all_kinds
from schemas.regions import read_regions

_BARE_ROWS = 40  # ruled rows where no regions are filled in
_LAST_ROW = 999  # choices and checks hold to here, further than the ruled rows
_FOLIO = 14  # Excel's number of the paper F4 (215 x 330 mm)
_FORMATS = {"code": "@", "date": "dd-mm-yyyy", "year": "0", "people": "#,##0", "rupiah": "#,##0", "pct": "0.00",
            "months": "0", "number": "0"}  # fmt: skip
_WIDTHS = {"code": 9, "name": 30, "choice": 16, "date": 13, "text": 28, "year": 10}
_EXAMPLES = {
    "code": "35.03", "name": "Kabupaten Trenggalek", "date": "31-10-2025", "year": "2025", "text": "teks bebas",
    "people": "89.340", "pct": "43,2", "rupiah": "16.800.000", "months": "6", "number": "1",
}  # fmt: skip
_HOLDS = {
    "code": "kode Kemendagri, seperti 35.03",
    "name": "nama resmi, dengan Kabupaten, Kota, atau Provinsi di depannya",
    "date": "tanggal, seperti 31-10-2025",
    "year": "tahun, empat angka",
    "text": "teks",
    "people": "bilangan bulat, tidak dibulatkan ke ribuan",
    "pct": "persen dari 100: 43,2, bukan 0,432",
    "rupiah": "rupiah penuh, bukan ribuan atau juta",
    "months": "banyaknya bulan, 1 sampai 12",
    "number": "bilangan bulat",
}
_NOTES = (
    "Isi lembar pertama saja; lembar ini tidak dibaca. Contoh di atas bukan data.",
    "Jangan ubah judul kolom atau hapus kolom. Baris kosong boleh dihapus; baris boleh ditambah.",
    "Angka yang tidak ada dikosongkan, bukan diisi 0. Baris yang hanya berisi kode dan nama daerah dilewati.",
    "Jangan menulis nama atau NIK orang.",
    "Periksa sebelum dikirim: ucj check, lalu nama berkas ini.",
)


_SAYS = {
    "id": {
        "made": "{path}\nIsi, periksa dengan `ucj check`, lalu taruh di raw/inbox/NAMA-KANTOR/ dan jalankan `ucj run`.",
        "exists": "{path}: sudah ada, mungkin sudah diisi. Pindahkan berkas itu, atau pilih folder lain dengan --out.",
        "not_written": "{path}: tidak dapat ditulis ({fault}). Pilih folder lain dengan --out.",
    },
    "en": {
        "made": "{path}\nFill it in, check it with `ucj check`, put it into raw/inbox/OFFICE/ and run `ucj run`.",
        "exists": "{path} is there already, and may be filled in. Move it, or choose another folder with --out.",
        "not_written": "{path} cannot be written ({fault}). Choose another folder with --out.",
    },
}


def make_template(kind: str, region: str, folder: Path, lang: str) -> str:
    """Write the template of a kind into a folder and say where it is. Raises WrongUse where it cannot be made there."""
    regions = read_regions()
    place = resolve_region(region, regions, lang) if region else None
    template = plan_template(kind, place, regions, all_kinds(), lang)
    path = folder / f"{'_'.join(('template', kind, *([place.code] if place else [])))}.xlsx"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(write_template(template))
    except FileExistsError as fault:
        raise WrongUse(_SAYS[lang]["exists"].format(path=path)) from fault
    except OSError as fault:
        raise WrongUse(_SAYS[lang]["not_written"].format(path=path, fault=fault.strerror or fault)) from fault
    return _SAYS[lang]["made"].format(path=path)


def write_template(template: Template) -> bytes:
    """The workbook's bytes."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"title": template.title, "created": datetime(2024, 1, 1)})
    _write_form(book, book.add_worksheet("Isian"), template)
    _write_notes(book, book.add_worksheet("Petunjuk"), template)
    book.close()
    return with_fixed_times(memory.getvalue(), zipfile.ZIP_STORED)


def _write_form(book: xlsxwriter.Workbook, sheet: Worksheet, template: Template) -> None:
    base = {"font_name": "Arial", "font_size": 10}
    ruled = base | {"border": 1}
    head = book.add_format(
        ruled | {"bold": True, "bg_color": "#D9E2F3", "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    sheet.write_string(0, 0, template.title, book.add_format(base | {"bold": True, "font_size": 12}))
    for row, cell in enumerate(template.above, start=1):
        sheet.write_string(row, 0, cell.header, book.add_format(base | {"bold": True}))
        sheet.write_blank(row, 1, None, book.add_format(ruled | _format_of(cell) | {"bg_color": "#FFF2CC"}))
        _add_check(sheet, cell, row, 1, row)
    top = len(template.above) + 2
    body = top + (2 if template.has_groups else 1)
    _write_header(sheet, template, top, head)
    rows = len(template.regions) or _BARE_ROWS
    for number, column in enumerate(template.columns):
        style = book.add_format(ruled | _format_of(column))
        sheet.set_column(number, number, _WIDTHS.get(column.holds, 13))
        for row in range(body, body + rows):
            sheet.write_blank(row, number, None, style)
        if column.holds in ("code", "name"):
            texts = [region.code if column.holds == "code" else region.name for region in template.regions]
            for row, text in enumerate(texts, start=body):
                sheet.write_string(row, number, text, style)
        _add_check(sheet, column, body, number, _LAST_ROW)
    named = [number for number, column in enumerate(template.columns) if column.holds == "name"]
    sheet.freeze_panes(body, named[0] + 1 if named and named[0] < 3 else 0)
    sheet.repeat_rows(top, body - 1)
    sheet.set_paper(_FOLIO)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _format_of(column: TemplateColumn) -> dict[str, Any]:
    return {"num_format": _FORMATS[column.holds]} if column.holds in _FORMATS else {}


def _write_header(sheet: Worksheet, template: Template, top: int, style: Any) -> None:
    """The header, in two rows where columns stand in groups."""
    columns = template.columns
    groups = dict.fromkeys(column.group for column in columns if column.group)
    for group in groups:
        places = [number for number, column in enumerate(columns) if column.group == group]
        sheet.merge_range(top, places[0], top, places[-1], group, style)
    for number, column in enumerate(columns):
        if column.group:
            sheet.write_string(top + 1, number, column.header_text, style)
        elif groups:
            sheet.merge_range(top, number, top + 1, number, column.header_text, style)
        else:
            sheet.write_string(top, number, column.header_text, style)
    sheet.set_row(top + (1 if groups else 0), 30)


def _add_check(sheet: Worksheet, column: TemplateColumn, first: int, number: int, last: int) -> None:
    """What Excel offers and lets a person type."""
    limits: dict[str, dict[str, Any]] = {
        "choice": {"validate": "list", "source": list(column.choices)},
        "date": {"validate": "date", "criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2069, 12, 31)},
        "year": {"validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2069},
        "people": {"validate": "integer", "criteria": ">=", "value": 0},
        "months": {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 12},
        "number": {"validate": "integer", "criteria": ">=", "value": 0},
        "rupiah": {"validate": "decimal", "criteria": ">=", "value": 0},
        "pct": {"validate": "decimal", "criteria": ">=", "value": 0},
    }
    if column.holds not in limits:
        return
    rule = limits[column.holds]
    if column.highest is not None:
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": column.highest}
    says = _holds_what(column)
    sheet.data_validation(
        first, number, last, number,
        rule | {"input_title": column.title[:32], "input_message": says[:255],
                "error_title": column.title[:32], "error_message": f"Isi dengan {says}"[:255]},
    )  # fmt: skip


def _holds_what(column: TemplateColumn) -> str:
    return f"salah satu: {', '.join(column.choices)}" if column.choices else _HOLDS[column.holds]


def _write_notes(book: xlsxwriter.Workbook, sheet: Worksheet, template: Template) -> None:
    """A line a column with its example, then what holds for all."""
    base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    bold, plain = book.add_format(base | {"bold": True, "bg_color": "#D9E2F3", "border": 1}), book.add_format(base)
    example = book.add_format(base | {"italic": True, "font_color": "#7F7F7F"})
    sheet.write_row(0, 0, TEMPLATE_NOTES_HEADER, bold)
    row = 0
    for row, column in enumerate(_columns_to_explain(template), start=1):
        needed = "wajib" if column.is_required else "boleh kosong"
        shown = column.choices[0] if column.choices else _EXAMPLES[column.holds]
        sheet.write_row(row, 0, [column.title, column.unit, needed, _holds_what(column)], plain)
        sheet.write_string(row, 4, shown, example)
    for number, note in enumerate(_NOTES, start=row + 2):
        sheet.merge_range(number, 0, number, 4, note, plain)
    for number, width in enumerate((30, 9, 14, 60, 24)):
        sheet.set_column(number, number, width)
    sheet.set_paper(_FOLIO)
    sheet.fit_to_pages(1, 0)


def _columns_to_explain(template: Template) -> Iterator[TemplateColumn]:
    """Each column once: of those that stand in groups the first group's."""
    groups = [column.group for column in template.columns if column.group]
    for column in (*template.above, *template.columns):
        if not column.group or column.group == groups[0]:
            yield column
