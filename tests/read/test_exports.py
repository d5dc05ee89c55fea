"""Exports and retyped reports: pivot tables, names that carry codes, classes or footnotes, page sums, dates beside a
table; and tables that only look like what is wanted."""

from __future__ import annotations

from datetime import date

import pytest

from tests.read.builder import HEADER, TITLE, Builder, Seen, judged, read, read_rows

DAY = "2024-11-13"
PACITAN, TRENGGALEK = "35.01", "35.03"
ELIGIBLE, ACTIVE = "eligible_workers", "active_members"


def saved(builder: Builder) -> Seen:
    """Write the workbook and read it."""
    return read(builder.save())


def test_a_compact_pivot_table_holds_segments_under_each_region(tmp_path):
    rows = [
        ["Posisi Data", date(2025, 9, 30)],
        ["Label Baris", "Jumlah dari Potensi TK", "Jumlah dari TK Aktif"],
        ["Kabupaten Pacitan", 300, 90],
        ["    PU", 100, 60],
        ["    BPU", 200, 30],
        ["Kabupaten Trenggalek", 500, 100],
        ["    PU", 200, 80],
        ["    BPU", 300, 20],
        ["Grand Total", 800, 190],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: (said[0], *said[2:]) for place, said in seen.loaded.items() if place.startswith("B")} == {
        "B3": (PACITAN, "TOTAL", ELIGIBLE, 300),
        "B4": (PACITAN, "PU", ELIGIBLE, 100),
        "B5": (PACITAN, "BPU", ELIGIBLE, 200),
        "B6": (TRENGGALEK, "TOTAL", ELIGIBLE, 500),
        "B7": (TRENGGALEK, "PU", ELIGIBLE, 200),
        "B8": (TRENGGALEK, "BPU", ELIGIBLE, 300),
    }
    assert seen.rules == []


def test_a_class_in_a_column_of_its_own_belongs_to_the_names(tmp_path):
    rows = [[TITLE], ["No", "Status", "Nama Daerah", "Semesta"], [1, "Kab.", "Kediri", 100], [2, "Kota", "Kediri", 50]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items()} == {"D3": "35.06", "D4": "35.71"}
    assert seen.rules == []


@pytest.mark.parametrize(
    "name",
    ["3503 - Trenggalek", "Trenggalek (35.03)", "35.03 Kab. Trenggalek", "TRENGGALEK KAB.", "Kab. Trenggalek *)",
     "Kab. Trenggalek¹", "Kab. Trenggalek 1)", "Kab. Trenggalek (2)", "Kabupaten Trenggalek .......", "- Kab. Trenggalek"],
)  # fmt: skip
def test_a_name_may_carry_its_code_its_class_or_a_footnote(tmp_path, name):
    seen = read_rows(tmp_path, [[TITLE], ["Kode - Kab/Kota", "Semesta"], [name, 100], ["Pacitan", 50]])
    assert [said[0] for said in seen.loaded.values()] == [TRENGGALEK, PACITAN]
    assert seen.rules == []


def test_a_code_in_a_name_decides_between_two_regions_and_contradicts_others(tmp_path):
    rows = [[TITLE], HEADER, ["3571 - Kediri", 100, 60], ["3506 Kediri", 80, 40], ["3503 - Pacitan", 70, 30]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items() if place[0] == "B"} == {"B3": "35.71", "B4": "35.06"}
    assert seen.rules == ["region_unknown at A5"]


def test_a_code_that_no_region_has_refuses_its_row(tmp_path):
    rows = [
        [TITLE],
        ["Kode", *HEADER],
        ["35.01", "Pacitan", 100, 60],
        ["35.02", "Ponorogo", 90, 50],
        ["35.99", "Ngawi", 80, 40],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"C3": 100, "D3": 60, "C4": 90, "D4": 50}
    assert seen.rules == ["code_unknown at B5"]
    assert seen.message("code_unknown") == (
        'Kode 35.99 bukan kode kabupaten/kota, walau namanya "Ngawi". Perbaiki kodenya, lalu kirim ulang.'
    )


def test_a_column_of_regencies_is_found_by_what_it_holds_unless_it_names_other_places(tmp_path):
    names = [["Kab. Pacitan", 100, 60], ["Kab. Ponorogo", 90, 50], ["Kab. Ngawi", 80, 40]]
    assert len(read_rows(tmp_path, [[TITLE], ["Lokus", "Semesta", "Peserta Aktif"], *names]).loaded) == 6
    assert read_rows(tmp_path, [[TITLE], ["Kecamatan", "Semesta", "Peserta Aktif"], *names]).loaded == {}


def test_sums_carried_over_a_page_are_no_regions_and_not_checked(tmp_path):
    rows = [
        [TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 90, 50], ["Jumlah dipindahkan", 190, 110], ["Halaman 2"],
        HEADER, ["Pindahan", 190, 110], ["Ngawi", 80, 40], ["Jumlah", 270, 150],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "C3": 60, "B4": 90, "C4": 50, "B9": 80, "C9": 40}
    assert seen.errors == []


def test_a_note_between_the_rows_is_a_note(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], ["catatan: peserta pindahan termasuk"], ["Ponorogo", 90, 50]]
    seen = read_rows(tmp_path, rows)
    assert len(seen.loaded) == 4
    assert seen.rules == []


def test_a_date_beside_a_table_speaks_for_it(tmp_path):
    rows = [
        ["UCJ", None, None, None, "Periode", "Mei 2025"],
        ["Kab/Kota", "Semesta", "Aktif"],
        ["Pacitan", 100, 60],
    ]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-05-31"}


def test_what_a_cell_at_the_left_calls_an_update_is_no_date_of_the_figures(tmp_path):
    rows = [
        ["Tahun Data", "2023"],
        ["Terakhir diperbarui", "12 Maret 2025"],
        ["Kabupaten/Kota", "TPT"],
        ["Pacitan", 2.5],
    ]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {2023}


def test_a_continued_table_keeps_what_the_title_said(tmp_path):
    header = ["Kabupaten/Kota", "Bekerja"]
    rows = [
        ["Tabel 5. Angkatan Kerja Agustus 2024"],
        header,
        ["Pacitan", 5000],
        ["Lanjutan Tabel 5"],
        header,
        ["Ngawi", 6000],
    ]
    assert {said[1:3] for said in read_rows(tmp_path, rows).loaded.values()} == {(2024, "august")}


def test_a_title_that_names_all_segments_means_all_of_them(tmp_path):
    rows = [["Kepesertaan aktif (PU, BPU, JAKON) per 31 Mei 2025"], HEADER, ["Pacitan", 100, 60]]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"TOTAL"}
    rows[0] = ["Kepesertaan aktif (PU, BPU) per 31 Mei 2025"]
    assert read_rows(tmp_path, rows).loaded == {}


def test_averages_are_no_stock_on_a_day(tmp_path):
    seen = read_rows(
        tmp_path, [["Rata-rata Semester I 2025"], ["Kab/Kota", "Semesta", "Peserta aktif"], ["Pacitan", 100, 60]]
    )
    assert seen.loaded == {}
    assert seen.errors == ["foreign_table at A1"]


def test_a_unit_that_would_make_a_regency_larger_than_any_is_not_believed(tmp_path):
    rows = [["UCJ per 31 Oktober 2025"], HEADER, ["Pacitan", 147330, 29451], ["Ponorogo", 155751, 48810]]
    seen = read_rows(tmp_path, rows, "Ribuan")
    assert seen.loaded == {}
    assert seen.rules == [f"two_readings at {cell}" for cell in ("B3", "B4", "C3", "C4")]


def test_more_people_than_any_regency_has_are_refused(tmp_path):
    values, findings = judged(read_rows(tmp_path, [[TITLE], HEADER, ["Pacitan", 12_000_000, 60]]))
    assert values == {"C3": 60}
    assert [finding.rule for finding in findings] == ["more_than_a_regency"]


def test_more_unemployed_than_employed_are_swapped_headers(tmp_path):
    rows = [
        ["Sakernas 2024"],
        ["Kab/Kota", "Pengangguran", "Bekerja"],
        ["Pacitan", 555480, 32860],
        ["Ngawi", 3000, 60000],
    ]
    values, findings = judged(read_rows(tmp_path, rows))
    assert values == {"B4": 3000, "C4": 60000}
    assert {finding.rule for finding in findings} == {"unemployed_above_employed"}


def test_labels_may_be_numbered_and_a_total_may_stand_in_another_column(tmp_path):
    across = [
        ["Keadaan Agustus 2024"],
        ["Indikator", "Kabupaten Pacitan", "Kabupaten Ngawi"],
        ["1. Angkatan Kerja (orang)", 5100, 6100],
        ["   a. Bekerja (orang)", 5000, 6000],
    ]
    assert len(read_rows(tmp_path, across).loaded) == 4
    total = [["Periode", "Kab/Kota", "Semesta"], ["Agustus 2025", "Pacitan", 100], ["Total", None, 100]]
    seen = read_rows(tmp_path, total)
    assert seen.values == {"C2": 100}
    assert seen.rules == []


def test_the_names_beside_codes_are_read_whatever_heads_them(tmp_path):
    rows = [
        ["KEADAAN 31 JANUARI 2026"], ["KODE", "URAIAN", "SEMESTA", "AKTIF"],
        [None, "KANWIL JATIM", 600, 300], [None, "CABANG MADIUN", 300, 150],
        ["35.01", "KAB. PACITAN", 100, 50], ["35.02", "KAB. PONOROGO", 200, 100],
        [None, "CABANG KEDIRI", 300, 150], ["35.03", "KAB. TRENGGALEK", 300, 150],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"C5": 100, "D5": 50, "C6": 200, "D6": 100, "C8": 300, "D8": 150}
    assert seen.rules == []


def test_pct_in_a_header_is_per_cent(tmp_path):
    rows = [[TITLE], ["region_name", "eligible_workers", "active_members", "coverage_pct"], ["Pacitan", 200, 50, 25.0]]
    seen = read_rows(tmp_path, rows)
    assert seen.loaded["D3"][-2:] == ("reported_coverage_pct", 25.0)


def test_a_short_year_in_the_sheet_s_name_says_no_more_than_the_title_and_nothing_alone(tmp_path):
    rows = [["REKAP UCJ"], ["per tgl 31 Maret 2026"], HEADER, ["Pacitan", 200, 50]]
    seen = saved(Builder(tmp_path / "a.xlsx").sheet(rows, "UCJ Mar 26"))
    assert {said[1] for said in seen.loaded.values()} == {"2026-03-31"}
    assert seen.rules == []
    other = saved(Builder(tmp_path / "b.xlsx").sheet(rows, "UCJ Apr 26"))
    assert (other.loaded, other.rules) == ({}, ["date_short_year"])
    alone = saved(Builder(tmp_path / "c.xlsx").sheet([["REKAP UCJ"], [], HEADER, ["Pacitan", 200, 50]], "UCJ Mar 26"))
    assert (alone.loaded, alone.rules) == ({}, ["date_short_year"])


def test_a_cover_sheet_says_the_date_where_the_table_s_own_sheet_says_none(tmp_path):
    cover = [["LAPORAN CAKUPAN KEPESERTAAN"], ["Posisi data: 30 November 2025"], ["Dicetak 5 Desember 2025"]]
    table = [["Tabel 1. Cakupan menurut kabupaten/kota"], [], HEADER, ["Pacitan", 200, 50]]
    seen = saved(Builder(tmp_path / "a.xlsx").sheet(cover, "Sampul").sheet(table, "Tabel"))
    assert {said[1] for said in seen.loaded.values()} == {"2025-11-30"}
    own = [["Tabel 1. Cakupan per 31 Oktober 2025"], [], HEADER, ["Pacitan", 200, 50]]
    seen = saved(Builder(tmp_path / "b.xlsx").sheet(cover, "Sampul").sheet(own, "Tabel"))
    assert {said[1] for said in seen.loaded.values()} == {"2025-10-31"}
    two = [*cover, ["Keadaan 31 Desember 2025"]]
    seen = saved(Builder(tmp_path / "c.xlsx").sheet(two, "Sampul").sheet(table, "Tabel"))
    assert seen.loaded == {}
