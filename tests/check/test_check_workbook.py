"""The coloured copy, opened again: fills, comments, the added sheet, and that nothing of the original is lost."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from flows.check import check_files, plan_copies
from flows.records import Finding
from flows.report.check_text import CheckText
from flows.report.check_workbook import write_copy
from flows.settings import ROOT, Settings
from schemas.catalogue import all_kinds
from schemas.regions import read_regions
from tests.read.builder import HEADER, TITLE, Builder

KEDIRI = ROOT / "raw/sample/inbox/cabang-kediri/Lap UCJ Cab Kediri Nov 2025 (belum dicek).xlsx"
RED, YELLOW = "FFFF7C80", "FFFFEB3B"
NEGATIVE = '"-5" negatif; Peserta aktif tidak mungkin di bawah nol. Perbaiki sel itu, lalu kirim ulang.'


def copy_of(path: Path, lang: str = "id") -> openpyxl.Workbook:
    """Check a file, write its copy, open the copy."""
    (out,) = plan_copies([path], path.parent / "salinan.xlsx", lang)
    (checked,) = check_files([path], Settings(), read_regions())
    write_copy(checked, out, Settings(), CheckText(all_kinds(), read_regions(), lang), lang)
    return openpyxl.load_workbook(out)


def rows_of(sheet, first: int) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=first, values_only=True))


def test_errors_are_red_warnings_yellow_and_the_message_is_a_comment(tmp_path):
    rows = [[TITLE], [*HEADER, "Cakupan"], ["Pacitan", 100, -5, None], ["Ponorogo", 200, 80, 99]]
    sheet = copy_of(Builder(tmp_path / "UCJ.xlsx").sheet(rows).save())["Rekap"]
    assert (sheet["C3"].fill.fgColor.rgb, sheet["D4"].fill.fgColor.rgb) == (RED, YELLOW)
    assert sheet["C3"].comment.text == f"Kesalahan: {NEGATIVE}"
    assert sheet["D4"].comment.text == "Peringatan: Tercetak 99, tetapi 80 dari 200 adalah 40 persen. Periksa."
    marked = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment or cell.fill.fill_type]
    assert marked == ["C3", "D4"]


def test_the_first_sheet_lists_all_findings_with_links(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, -5], ["Ponorogo", 200, 80]]
    book = copy_of(Builder(tmp_path / "UCJ.xlsx").sheet(rows, "Rekap Jum'at").save())
    assert book.sheetnames == ["Pemeriksaan", "Rekap Jum'at"]
    page = book["Pemeriksaan"]
    assert [row[0] for row in rows_of(page, 1)[:2]] == [
        "UCJ.xlsx: DIPAHAMI SEBAGIAN: 3 angka dapat dimuat; 1 kesalahan harus diperbaiki.",
        "Sel merah harus diperbaiki, sel kuning perlu diperiksa; pesannya juga ada di komentar sel. Perbaiki di berkas "
        "asli, atau hapus lembar ini sebelum salinan ini dikirim.",
    ]
    assert rows_of(page, 4) == [
        ("No", "Lembar", "Sel", "Tingkat", "Ditemukan", "Pesan"),
        (1, "Rekap Jum'at", "C3", "Kesalahan", "'-5", NEGATIVE),
    ]
    assert page["C5"].hyperlink.location == "'Rekap Jum''at'!C3"
    assert [sheet.sheet_view.tabSelected for sheet in book] == [True, False]


def test_in_english(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, -5], ["Ponorogo", 200, 80]]
    book = copy_of(Builder(tmp_path / "UCJ.xlsx").sheet(rows).save(), "en")
    assert book.sheetnames == ["Check", "Rekap"]
    assert book["Rekap"]["C3"].comment.text == (
        'Error: "-5" is negative; Peserta aktif cannot be below zero. Mend the cell and send again.'
    )


def test_the_bad_sample_is_marked_cell_by_cell_and_otherwise_unchanged(tmp_path):
    path = tmp_path / "kediri.xlsx"
    path.write_bytes(KEDIRI.read_bytes())
    original, copy = openpyxl.load_workbook(path)["Cab Kediri"], copy_of(path)["Cab Kediri"]
    marked = [cell.coordinate for row in copy.iter_rows() for cell in row if cell.comment]
    assert marked == ["A7", "A8", "C9", "E10", "D11", "E11", "C12", "E13"]
    assert {copy[cell].fill.fgColor.rgb for cell in marked} == {RED}
    for row in original.iter_rows():
        for cell in row:
            same = copy[cell.coordinate]
            assert (same.value, same.data_type, same.number_format) == (cell.value, cell.data_type, cell.number_format)
            assert (same.font.b, same.font.sz, same.font.name) == (cell.font.b, cell.font.sz, cell.font.name)
    assert {str(area) for area in copy.merged_cells.ranges} == {str(area) for area in original.merged_cells.ranges}
    assert path.read_bytes() == KEDIRI.read_bytes()


def test_a_formula_stays_a_formula_and_a_text_like_one_stays_a_text(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", "=90+10 -> 100", -5], ["Ponorogo", 200, 80]]
    path = Builder(tmp_path / "UCJ.xlsx").sheet(rows).sheet([["catatan"]], "Lain").save()
    book = openpyxl.load_workbook(path)
    book["Lain"]["A1"].value = "=1+1"
    book["Lain"]["A1"].data_type = "s"
    book.save(path)
    copy = copy_of(path)
    assert (copy["Rekap"]["B3"].value, copy["Rekap"]["B3"].data_type) == ("=90+10", "f")
    assert (copy["Lain"]["A1"].value, copy["Lain"]["A1"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)"])
def test_text_that_looks_like_a_formula_is_neutralised_in_the_added_sheet(tmp_path, evil):
    path = tmp_path / "ucj.csv"
    quoted = evil.replace('"', '""')
    path.write_text(f'{TITLE};;\n{";".join(HEADER)}\nPacitan;100;60\nPonorogo;100;"{quoted}"\n')
    book = copy_of(path)
    page = book["Pemeriksaan"]
    (found,) = [row[4] for row in page.iter_rows(min_row=6) if row[2].value == "C4"]
    assert (found.value, found.data_type) == (f"'{evil}", "s")
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    grid = book["csv"]["C4"]
    assert (grid.value, grid.data_type, grid.quotePrefix) == (evil, "s", True)


def test_a_csv_becomes_a_workbook_of_the_cells_as_read(tmp_path):
    path = tmp_path / "ucj.csv"
    path.write_text(f"{TITLE};;\n{';'.join(HEADER)}\nPacitan;100;60\nKediri;200;80\n")
    book = copy_of(path)
    assert book["Pemeriksaan"]["A3"].value == "Salinan ini memuat sel seperti yang dibaca, tanpa format aslinya."
    assert rows_of(book["csv"], 1) == [
        (TITLE, None, None),
        tuple(HEADER),
        ("Pacitan", "100", "60"),
        ("Kediri", "200", "80"),
    ]
    assert book["csv"]["A4"].fill.fgColor.rgb == RED


def test_a_file_that_cannot_be_opened_gives_the_list_alone(tmp_path):
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04 rusak")
    book = copy_of(path)
    assert book.sheetnames == ["Pemeriksaan"]
    assert book["Pemeriksaan"]["A3"].value == "Isi berkasnya tidak dapat dibaca; hanya alasannya yang ada di sini."
    number, sheet, cell, level, _, message = rows_of(book["Pemeriksaan"], 6)[0]
    assert (number, sheet, cell, level) == (1, None, None, "Kesalahan")
    assert message.startswith("Berkas rusak atau terpotong (")


def test_a_comment_that_was_there_stays(tmp_path):
    rows = [[TITLE], HEADER, ["Ponorogo", 200, -5], ["Pacitan", 300, 60]]
    path = Builder(tmp_path / "UCJ.xlsx").sheet(rows).save()
    book = openpyxl.load_workbook(path)
    book["Rekap"]["C3"].comment = Comment("Dari kantor.", "kantor")
    book.save(path)
    assert copy_of(path)["Rekap"]["C3"].comment.text == f"Kesalahan: {NEGATIVE}\n\nDari kantor."


def test_a_cell_inside_a_merge_is_marked_at_the_first_of_them(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80]]
    path = Builder(tmp_path / "UCJ.xlsx").sheet(rows, merges=["A1:C1"]).save()
    (checked,) = check_files([path], Settings(), read_regions())
    finding = Finding("date_impossible", "Rekap", "B1", "31 Juni 2025", {"date": "31 Juni 2025"})
    out = tmp_path / "salinan.xlsx"
    text = CheckText(all_kinds(), read_regions(), "id")
    write_copy(replace(checked, findings=(finding,)), out, Settings(), text, "id")
    cell = openpyxl.load_workbook(out)["Rekap"]["A1"]
    assert cell.fill.fgColor.rgb == RED
    assert cell.comment.text == (
        'Kesalahan: Tanggal "31 Juni 2025" tidak ada dalam kalender. Perbaiki tanggalnya, lalu kirim ulang.'
    )


def test_macros_are_not_kept(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80]]
    path = Builder(tmp_path / "UCJ.xlsm").sheet(rows).save()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    copy_of(path)
    with zipfile.ZipFile(tmp_path / "salinan.xlsx") as archive:
        assert not [name for name in archive.namelist() if "vba" in name]


def test_a_workbook_that_openpyxl_cannot_open_is_written_as_read(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, -5], ["Ponorogo", 200, 80]]
    path = Builder(tmp_path / "UCJ.xlsx").sheet(rows).save()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = (
        parts["xl/styles.xml"].replace(b"<fonts ", b"<fonts bogus='1' ").replace(b'val="11"', b'val="x"')
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    book = copy_of(path)
    assert book["Pemeriksaan"]["A3"].value == "Salinan ini memuat sel seperti yang dibaca, tanpa format aslinya."
    assert (book["Rekap"]["C3"].value, book["Rekap"]["C3"].fill.fgColor.rgb) == (-5, RED)


def test_copies_in_a_folder_have_the_names_of_their_files_and_never_the_same(tmp_path):
    paths = [tmp_path / "a" / "UCJ.xlsx", tmp_path / "b" / "ucj.xls", tmp_path / "c.csv"]
    copies = plan_copies(paths, tmp_path / "hasil", "id")
    assert [path.name for path in copies] == ["UCJ.xlsx", "ucj (2).xlsx", "c.xlsx"]


def test_a_mended_copy_that_still_has_the_added_sheet_is_understood(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, -5], ["Ponorogo", 200, 80]]
    book = copy_of(Builder(tmp_path / "UCJ.xlsx").sheet(rows).save())
    book["Rekap"]["C3"] = 60
    mended = tmp_path / "diperbaiki.xlsx"
    book.save(mended)
    (checked,) = check_files([mended], Settings(), read_regions())
    assert checked.findings == ()
    assert checked.status == "loaded"
