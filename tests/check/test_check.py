"""`ucj check`: what it says of a file, in whole sentences, and that it loads nothing."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from flows.settings import ROOT
from tests.conftest import type_ucj
from tests.read.builder import HEADER, TITLE, Builder

KEDIRI = ROOT / "raw/sample/inbox/cabang-kediri/Lap UCJ Cab Kediri Nov 2025 (belum dicek).xlsx"
GOOD = [[TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80]]


def check(folder: Path, *words: str | Path) -> CompletedProcess[str]:
    return type_ucj("check", *map(str, words), folder=folder)


def book(folder: Path, rows: list[list[object]], name: str = "UCJ.xlsx", sheet: str = "Rekap") -> Path:
    return Builder(folder / name).sheet(rows, sheet).save()


def test_a_good_file_is_understood_and_says_how(tmp_path):
    done = check(tmp_path, book(tmp_path, GOOD))
    assert done.stdout == (
        "UCJ.xlsx: DIPAHAMI: 4 angka dapat dimuat.\n"
        "  Yang dipahami:\n"
        "    Judul: Cakupan Jamsostek per 13 November 2024\n"
        '    Lembar "Rekap", tabel A2:C4: Cakupan kepesertaan (UCJ)\n'
        "      Tanggal: 13 November 2024 (di judul)\n"
        "      Kabupaten/kota: 2 dari 38 di Jawa Timur\n"
        '      Kolom A  Kabupaten/kota (nama atau kode)  judul "Kabupaten/Kota"\n'
        '      Kolom B  Semesta (orang)                  judul "Semesta"\n'
        '      Kolom C  Peserta aktif (orang)            judul "Peserta Aktif"\n'
        "  Ke mana setiap sel:\n"
        '    Lembar "Rekap": 10 sel terisi = 5 judul kolom, nama, dan kode + 4 angka dapat dimuat + '
        "1 pelengkap (1 judul) + 0 sengaja tidak dimuat + 0 ditolak\n\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_written_beside_the_file(tmp_path):
    check(tmp_path, book(tmp_path, GOOD))
    assert [path.name for path in tmp_path.iterdir()] == ["UCJ.xlsx"]


def test_the_same_in_english(tmp_path):
    done = check(tmp_path, book(tmp_path, [*GOOD, ["Kediri", 1000, 2]]), "--lang", "en")
    lines = done.stdout.splitlines()
    assert lines[:5] == [
        "UCJ.xlsx: UNDERSTOOD IN PART: 4 numbers can be loaded; 1 errors to mend.",
        "  Findings:",
        '    Sheet "Rekap"',
        '      Error, cell A5: "Kediri" can mean 35.06 Kabupaten Kediri, 35.71 Kota Kediri. Write Kabupaten or Kota '
        "before it and send again.",
        "  What was understood:",
    ]
    assert "      Date: 13 November 2024 (in the title)" in lines
    assert '      Column C  active members (people)    header "Peserta Aktif"' in lines
    assert done.returncode == 1


def test_the_bad_sample_names_every_cell_to_mend_and_no_code_word(tmp_path):
    done = check(tmp_path, KEDIRI)
    assert done.stdout.splitlines()[:11] == [
        f"{KEDIRI.name}: DIPAHAMI SEBAGIAN: 36 angka dapat dimuat; 8 kesalahan harus diperbaiki.",
        "  Temuan:",
        '    Lembar "Cab Kediri"',
        '      Kesalahan, sel A7: "Kediri" bisa berarti 35.06 Kabupaten Kediri, 35.71 Kota Kediri. Tulis Kabupaten atau '
        "Kota di depannya, lalu kirim ulang.",
        '      Kesalahan, sel A8: "Kab. Tulungagnug" bukan nama kabupaten/kota yang dikenal. Maksudnya: 35.04 Kabupaten '
        "Tulungagung? Perbaiki namanya, lalu kirim ulang.",
        '      Kesalahan, sel C9: Sel ini berisi galat #DIV/0!; kolom ini "PU › Peserta Aktif". Perbaiki rumusnya, lalu '
        "kirim ulang.",
        '      Kesalahan, sel E10: "-1.624" negatif; Peserta aktif tidak mungkin di bawah nol. Perbaiki sel itu, lalu '
        "kirim ulang.",
        "      Kesalahan, sel D11: Peserta aktif 257.750 lebih banyak dari semesta 27.754 (BPU); kedua sel tidak dimuat. "
        "Periksa apakah kolom atau angkanya tertukar, lalu kirim ulang.",
        "      Kesalahan, sel E11: Peserta aktif 257.750 lebih banyak dari semesta 27.754 (BPU); kedua sel tidak dimuat. "
        "Periksa apakah kolom atau angkanya tertukar, lalu kirim ulang.",
        '      Kesalahan, sel C12: "38,595" bukan bilangan bulat; Peserta aktif dihitung per orang. Maksudnya 38.595? '
        "Perbaiki, lalu kirim ulang.",
        '      Kesalahan, sel E13: "belum ada data" diharapkan angka; kolom ini "BPU › Peserta Aktif". Perbaiki sel itu, '
        "lalu kirim ulang.",
    ]
    assert (
        '    Lembar "Cab Kediri": 76 sel terisi = 17 judul kolom, nama, dan kode + 36 angka dapat dimuat + '
        "3 pelengkap (2 judul, 1 catatan) + 0 sengaja tidak dimuat + 20 ditolak"
    ) in done.stdout.splitlines()
    assert "_" not in done.stdout.replace(KEDIRI.name, "")
    assert done.returncode == 1


def test_errors_stand_before_warnings_in_each_sheet_and_sheets_in_their_order(tmp_path):
    header = ["Kabupaten/Kota", "Semesta", "Peserta Aktif", "Cakupan"]
    builder = Builder(tmp_path / "UCJ.xlsx")
    builder.sheet([[TITLE], header, ["Pacitan", 100, 60, 99], ["Ponorogo", "?", 80, None]], "PU")
    builder.sheet([[TITLE], header, ["Pacitan", 100, "?", 60]], "BPU")
    done = check(tmp_path, builder.save())
    assert [line.partition(":")[0].strip() for line in done.stdout.splitlines()[2:7]] == [
        'Lembar "PU"',
        "Kesalahan, sel B4",
        "Peringatan, sel D3",
        'Lembar "BPU"',
        "Kesalahan, sel C3",
    ]


def test_warnings_alone_leave_a_file_understood(tmp_path):
    rows = [[TITLE], [*HEADER, "Cakupan"], ["Pacitan", 100, 60, 99]]
    done = check(tmp_path, book(tmp_path, rows))
    assert done.stdout.startswith("UCJ.xlsx: DIPAHAMI: 3 angka dapat dimuat; 1 peringatan untuk diperiksa.\n")
    assert done.returncode == 0


def test_few_missing_regencies_are_named_and_thousands_are_said(tmp_path):
    diy = ["Kab. Kulon Progo", "Kab. Bantul", "Kab. Sleman"]
    rows = [["Cakupan Jamsostek D.I. Yogyakarta per 31-10-2025"], ["Kabupaten/Kota", "Semesta (ribu orang)"]]
    done = check(tmp_path, book(tmp_path, rows + [[name, 10.5] for name in diy]))
    lines = done.stdout.splitlines()
    assert (
        "      Kabupaten/kota: 3 dari 5 di Daerah Istimewa Yogyakarta; tidak ada: 34.03 Kabupaten Gunungkidul, 34.71 Kota Yogyakarta"
    ) in lines
    assert '      Kolom B  Semesta (orang; ribuan: dikalikan 1.000)  judul "Semesta (ribu orang)"' in lines


def test_a_rival_figure_is_written_as_people_here_write_it(tmp_path):
    done = check(tmp_path, book(tmp_path, [*GOOD, ["Pacitan", 100, 38595]]))
    assert (
        "      Kesalahan, sel C3: Dua angka berbeda untuk Kabupaten Pacitan: 60 di sini, 38.595 di Rekap!C5. Keduanya "
        "tidak dimuat; hapus salah satu."
    ) in done.stdout.splitlines()


def test_a_broken_file_is_a_block_with_its_reason_and_the_rest_goes_on(tmp_path):
    (tmp_path / "rusak.xlsx").write_bytes(b"")
    done = check(tmp_path, "rusak.xlsx", book(tmp_path, GOOD))
    assert done.stdout.startswith(
        "rusak.xlsx: TIDAK DIPAHAMI: tidak ada angka yang dapat dimuat; 1 kesalahan harus diperbaiki.\n"
        "  Temuan:\n"
        "    Seluruh berkas\n"
        "      Kesalahan: Berkas kosong (0 bita). Kirim ulang berkasnya.\n\n"
        "UCJ.xlsx: DIPAHAMI: 4 angka dapat dimuat.\n"
    )
    assert done.stdout.endswith("\n\n2 berkas: 1 dipahami, 0 dipahami sebagian, 1 tidak dipahami.\n")
    assert done.returncode == 1


def test_a_file_of_texts_says_that_no_table_was_found(tmp_path):
    done = check(tmp_path, book(tmp_path, [["Dengan hormat, terlampir datanya."]]))
    assert done.stdout.splitlines()[:2] == [
        "UCJ.xlsx: TIDAK DIPAHAMI: tidak ada angka yang dapat dimuat.",
        "  Tidak ada tabel yang dikenali dalam berkas ini. Yang dikenal: tabel dengan kolom kabupaten/kota dan kolom "
        "angka, dengan judul kolom. Bila berkas ini memang data lain, abaikan.",
    ]
    assert done.returncode == 1


def test_two_files_with_the_same_bytes_each_have_their_own_findings(tmp_path):
    rows = [*GOOD, ["Kediri", 1000, 2]]
    one = book(tmp_path, rows, "satu.xlsx")
    (tmp_path / "dua.xlsx").write_bytes(one.read_bytes())
    done = json.loads(check(tmp_path, "satu.xlsx", "dua.xlsx", "--json").stdout)
    assert [(file["file"], len(file["findings"])) for file in done["files"]] == [("satu.xlsx", 1), ("dua.xlsx", 1)]


def test_a_csv_is_checked_like_a_workbook(tmp_path):
    (tmp_path / "ucj.csv").write_text(f"{TITLE};;\n{';'.join(HEADER)}\nPacitan;100;60\nKediri;200;80\n")
    done = check(tmp_path, "ucj.csv")
    assert '      Kesalahan, sel A4: "Kediri" bisa berarti' in done.stdout
    assert '    Lembar "csv", tabel A2:C4: Cakupan kepesertaan (UCJ)' in done.stdout.splitlines()


def test_json_is_for_programs(tmp_path):
    done = check(tmp_path, book(tmp_path, [*GOOD, ["Kediri", 1000, 2]]), "--json", "--lang", "en")
    assert done.returncode == 1
    (file,) = json.loads(done.stdout)["files"]
    (table,) = file.pop("tables")
    (sheet,) = file.pop("sheets")
    assert file == {
        "file": str(tmp_path / "UCJ.xlsx"),
        "status": "partly_loaded",
        "file_format": "xlsx",
        "title": TITLE,
        "is_sample": False,
        "is_revision": False,
        "loaded": 4,
        "errors": 1,
        "warnings": 0,
        "findings": [
            {
                "sheet": "Rekap",
                "cell": "A5",
                "severity": "error",
                "rule": "region_ambiguous",
                "message": '"Kediri" can mean 35.06 Kabupaten Kediri, 35.71 Kota Kediri. Write Kabupaten or Kota before '
                "it and send again.",
                "raw_text": "Kediri",
            }
        ],
    }
    assert len(table.pop("provinces")[0].pop("missing")) == 36
    assert table == {
        "sheet": "Rekap",
        "table_no": 1,
        "place": "A2:C5",
        "kind": "coverage",
        "kind_title": "Cakupan kepesertaan (UCJ)",
        "times": [{"time": "2024-11-13", "found_in": "title"}],
        "regions": ["35.01", "35.02"],
        "columns": [
            {"column": "A", "field": "region_code", "header_text": "Kabupaten/Kota", "unit": None, "scale": 1},
            {"column": "B", "field": "eligible_workers", "header_text": "Semesta", "unit": "people", "scale": 1},
            {"column": "C", "field": "active_members", "header_text": "Peserta Aktif", "unit": "people", "scale": 1},
        ],
    }
    assert (sheet["cells"], sheet["header"], sheet["loaded"], sheet["furniture"], sheet["refused"]) == (13, 5, 4, 1, 3)
    assert sheet["furniture_rules"] == {"title": 1}


def test_control_characters_of_a_workbook_do_nothing_on_the_screen(tmp_path):
    (tmp_path / "ucj.csv").write_text(f"{TITLE};;\n{';'.join(HEADER)}\nPacitan;100;\x1b[31m60\n")
    assert "\x1b" not in check(tmp_path, "ucj.csv").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tiada.xlsx"], "Berkas ini tidak ada: tiada.xlsx. Periksa nama dan foldernya.\n"),
        (["UCJ.xlsx", "folder"], "Ini folder, bukan berkas: folder. Sebut berkas di dalamnya.\n"),
        (["tiada.xlsx", "--lang", "en"], "There is no such file: tiada.xlsx. Check its name and folder.\n"),
        (
            ["UCJ.xlsx", "--xlsx", "UCJ.xlsx"],
            "--xlsx UCJ.xlsx: salinan UCJ.xlsx akan menimpa berkas yang diperiksa. Pilih tempat lain.\n",
        ),
        (
            ["UCJ.xlsx", "--xlsx", "."],
            "--xlsx .: salinan UCJ.xlsx akan menimpa berkas yang diperiksa. Pilih tempat lain.\n",
        ),
        (
            ["UCJ.xlsx", "--xlsx", "hasil.xlsm"],
            "--xlsx hasil.xlsm: nama salinan harus berakhir .xlsx, atau sebut folder yang sudah ada.\n",
        ),
        (
            ["UCJ.xlsx", "UCJ.xlsx", "--xlsx", "hasil.xlsx"],
            "--xlsx hasil.xlsx: untuk beberapa berkas, sebut folder, bukan satu berkas.\n",
        ),
    ],
)
def test_wrong_use_is_one_sentence_and_leaves_with_2(tmp_path, words, said):
    before = book(tmp_path, GOOD).read_bytes()
    (tmp_path / "folder").mkdir()
    done = check(tmp_path, *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert (tmp_path / "UCJ.xlsx").read_bytes() == before


def test_verbose_says_what_was_weighed_and_why_one_won(tmp_path):
    rows = [
        ["Wilayah Kerja"],
        [TITLE],
        HEADER,
        ["Pacitan", 100, 60],
        [],
        ["Trenggalek, 20 November 2024"],
        ["Sumber: BPJS, diakses 21 November 2024"],
    ]
    done = check(tmp_path, book(tmp_path, rows, "UCJ Oktober 2024.xlsx"), "-v")
    assert done.stdout.split("  Yang ditimbang:\n")[1].splitlines()[:-1] == [
        '    Rekap!A3, kepala "Kabupaten/Kota": dipakai: kepala kolom kabupaten/kota',
        '    Rekap!A3, jenis "Cakupan kepesertaan (UCJ): 2": dipakai: paling banyak kolom yang dikenal',
        '    Rekap!A3, jenis "Angkatan kerja (BPS Sakernas): 0": tidak dipakai',
        '    Rekap!A2, tanggal "Cakupan Jamsostek per 13 November 2024": dipakai',
        '    Rekap!A6, tanggal "Trenggalek, 20 November 2024": tidak dipakai: tanda tangan',
        '    Rekap!A7, tanggal "Sumber: BPJS, diakses 21 November 2024": tidak dipakai: tanggal cetak, surat, rapat, atau sumber',
        '    Rekap, tanggal "UCJ Oktober 2024.xlsx": tidak dipakai: ada tanggal di tempat yang lebih dekat',
    ]


def test_verbose_says_which_months_wait_for_their_year(tmp_path):
    rows = [["Cakupan Jamsostek Bulan Oktober"], ["Tahun 2025"], HEADER, ["Pacitan", 100, 60]]
    done = check(tmp_path, book(tmp_path, rows, "rekap okt.xlsx"), "-v")
    assert done.stdout.split("  Yang ditimbang:\n")[1].splitlines()[3:-1] == [
        '    Rekap!A1, tanggal "Cakupan Jamsostek Bulan Oktober": bulan tanpa tahun: dipakai bila tahunnya disebut sekali '
        "di tempat lain",
        '    Rekap, tanggal "rekap okt.xlsx": bulan tanpa tahun: dipakai bila tahunnya disebut sekali di tempat lain',
    ]


def test_rows_of_a_table_with_its_regions_across_are_named_as_rows(tmp_path):
    rows = [[TITLE], ["Uraian", "Pacitan", "Ponorogo"], ["Semesta", 100, 200], ["Peserta aktif", 60, 80]]
    done = check(tmp_path, book(tmp_path, rows))
    assert done.stdout.splitlines()[6:9] == [
        '      Baris 2  Kabupaten/kota (nama atau kode)  judul "Uraian"',
        '      Baris 3  Semesta (orang)                  judul "Semesta"',
        '      Baris 4  Peserta aktif (orang)            judul "Peserta aktif"',
    ]


def test_a_table_about_one_region_and_its_labels_are_said(tmp_path):
    rows = [[TITLE], ["Uraian", "PU", "BPU"], ["Semesta", 100, 200], ["Peserta aktif", 60, "-"]]
    done = check(tmp_path, book(tmp_path, rows, sheet="Kab. Jember"))
    lines = done.stdout.splitlines()
    assert lines[5:8] == [
        "      35.09 Kabupaten Jember (Kabupaten/kota: 1 dari 38 di Jawa Timur)",
        '      Kolom A  apa yang diukur            judul "Uraian"',
        '      Kolom B  Semesta PU (orang)         judul "PU › Semesta"',
    ]
    assert "2 pelengkap (1 judul, 1 tanda kosong)" in lines[-2]
