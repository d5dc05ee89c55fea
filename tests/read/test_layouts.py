"""The shapes that a table may have. What a person reads in the sheet is what is loaded, cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.read.builder import HEADER, TITLE, Builder, read, read_rows

DAY = "2024-11-13"
PACITAN, PONOROGO, TRENGGALEK = "35.01", "35.02", "35.03"


def total(region: str, measure: str, value: float, day: str = DAY) -> tuple:
    return (region, day, "TOTAL", measure, value)


def test_a_table_may_begin_anywhere(tmp_path):
    rows = [[TITLE], [], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80]]
    seen = read_rows(tmp_path, rows, at=(2, 2))
    assert seen.loaded == {
        "D6": total(PACITAN, "eligible_workers", 100),
        "E6": total(PACITAN, "active_members", 60),
        "D7": total(PONOROGO, "eligible_workers", 200),
        "E7": total(PONOROGO, "active_members", 80),
    }
    assert seen.rules == []


def test_a_merged_two_row_header_gives_its_group_to_its_columns(tmp_path):
    rows = [
        [TITLE],
        [],
        ["No", "Kabupaten/Kota", "PU", None, None, "BPU", None, None],
        [None, None, "Semesta", "Peserta Aktif", "Cakupan (%)", "Semesta", "Peserta Aktif", "Cakupan (%)"],
        [1, "Kab. Pacitan", "1.000", "432", "43,2%", "2.000", "180", "9,0%"],
    ]
    seen = read_rows(tmp_path, rows, merges=["A3:A4", "B3:B4", "C3:E3", "F3:H3"])
    assert seen.loaded == {
        "C5": (PACITAN, DAY, "PU", "eligible_workers", 1000),
        "D5": (PACITAN, DAY, "PU", "active_members", 432),
        "E5": (PACITAN, DAY, "PU", "reported_coverage_pct", 43.2),
        "F5": (PACITAN, DAY, "BPU", "eligible_workers", 2000),
        "G5": (PACITAN, DAY, "BPU", "active_members", 180),
        "H5": (PACITAN, DAY, "BPU", "reported_coverage_pct", 9.0),
    }
    assert seen.rules == []


def test_a_blank_under_an_unmerged_group_takes_the_group(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Penerima Upah", None, "Jasa Konstruksi", None],
        [None, "Semesta", "Peserta Aktif", "Semesta", "Peserta Aktif"],
        ["Pacitan", 1000, 400, 90, 30],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[2] for place, said in seen.loaded.items()} == {
        "B4": "PU",
        "C4": "PU",
        "D4": "JAKON",
        "E4": "JAKON",
    }


def test_the_region_word_may_stand_in_the_second_header_row_only(tmp_path):
    rows = [
        [TITLE],
        ["No", None, "PU", None, "BPU", None],
        [None, "Kabupaten/Kota", "Semesta", "Peserta Aktif", "Semesta", "Peserta Aktif"],
        [1, "Pacitan", 1000, 400, 900, 30],
    ]
    seen = read_rows(tmp_path, rows, merges=["C2:D2", "E2:F2"])
    assert {place: said[2:] for place, said in seen.loaded.items()} == {
        "C4": ("PU", "eligible_workers", 1000),
        "D4": ("PU", "active_members", 400),
        "E4": ("BPU", "eligible_workers", 900),
        "F4": ("BPU", "active_members", 30),
    }
    assert seen.rules == []


def test_the_long_form_reads_segments_and_merged_regions_from_the_rows(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Segmen", "Semesta", "Peserta Aktif"],
        ["Pacitan", "PU", 1000, 400],
        [None, "BPU", 900, 30],
        [None, "Jakon", 80, 70],
        ["Ponorogo", "PU", 2000, 800],
        [None, "BPU", 1800, 60],
    ]
    seen = read_rows(tmp_path, rows, merges=["A3:A5", "A6:A7"])
    assert {place: said[:3] for place, said in seen.loaded.items() if place[0] == "D"} == {
        "D3": (PACITAN, DAY, "PU"),
        "D4": (PACITAN, DAY, "BPU"),
        "D5": (PACITAN, DAY, "JAKON"),
        "D6": (PONOROGO, DAY, "PU"),
        "D7": (PONOROGO, DAY, "BPU"),
    }
    assert seen.rules == []


def test_a_segment_merged_over_its_regions_counts_for_each_of_them(tmp_path):
    rows = [
        [TITLE],
        ["Segmen", "Kabupaten/Kota", "Peserta Aktif"],
        ["PU", "Pacitan", 400],
        [None, "Ponorogo", 800],
        ["BPU", "Pacitan", 30],
        [None, "Ponorogo", 60],
    ]
    seen = read_rows(tmp_path, rows, merges=["A3:A4", "A5:A6"])
    assert {place: said[:3] for place, said in seen.loaded.items()} == {
        "C3": (PACITAN, DAY, "PU"),
        "C4": (PONOROGO, DAY, "PU"),
        "C5": (PACITAN, DAY, "BPU"),
        "C6": (PONOROGO, DAY, "BPU"),
    }


def test_a_segment_that_is_blank_without_a_merge_is_refused(tmp_path):
    rows = [[TITLE], ["Segmen", "Kabupaten/Kota", "Peserta Aktif"], ["PU", "Pacitan", 400], [None, "Ponorogo", 800]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"C3": 400}
    assert seen.errors == ["dimension_unknown at A4"]


def test_sheets_by_month_take_their_date_from_the_sheets_name(tmp_path):
    builder = Builder(tmp_path / "bulanan.xlsx")
    for name, value in (("September 2025", 60), ("Okt 2025", 65)):
        builder.sheet([["Cakupan Jamsostek"], HEADER, ["Pacitan", 100, value]], name)
    seen = read(builder.save())
    assert seen.loaded == {
        "September 2025!B3": total(PACITAN, "eligible_workers", 100, "2025-09-30"),
        "September 2025!C3": total(PACITAN, "active_members", 60, "2025-09-30"),
        "Okt 2025!B3": total(PACITAN, "eligible_workers", 100, "2025-10-31"),
        "Okt 2025!C3": total(PACITAN, "active_members", 65, "2025-10-31"),
    }


def test_sheets_by_segment_take_their_segment_from_the_sheets_name(tmp_path):
    builder = Builder(tmp_path / "segmen.xlsx")
    for name in ("PU", "BPU"):
        builder.sheet([[TITLE], ["Kabupaten/Kota", "Semesta", "Jumlah Peserta Aktif"], ["Pacitan", 100, 60]], name)
    seen = read(builder.save())
    assert {place: said[2] for place, said in seen.loaded.items()} == {
        "PU!B3": "PU", "PU!C3": "PU", "BPU!B3": "BPU", "BPU!C3": "BPU",
    }  # fmt: skip


@pytest.mark.parametrize("totals", ["first", "last"])
def test_a_total_is_checked_and_never_loaded(tmp_path, totals):
    lines = [["Pacitan", 100, 60], ["Ponorogo", 200, 80]]
    lines = [["JUMLAH", 300, 140], *lines] if totals == "first" else [*lines, ["JUMLAH", 300, 140]]
    seen = read_rows(tmp_path, [[TITLE], HEADER, *lines])
    assert sorted(seen.values.values()) == [60, 80, 100, 200]
    assert seen.furniture() == {"title": 1, "total": 3}
    assert seen.rules == []


def test_a_total_that_is_not_its_rows_is_said_and_the_rows_are_loaded(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80], ["Jumlah", 300, 150]])
    assert sorted(seen.values) == ["B3", "B4", "C3", "C4"]
    assert seen.rules == ["total_disagrees at C5"]
    assert seen.message("total_disagrees") == (
        "Jumlah tercetak 150, tetapi barisnya berjumlah 140 (selisih 10). Periksa keduanya."
    )


def test_a_branch_subtotal_is_never_a_region(tmp_path):
    rows = [
        [TITLE], HEADER,
        ["Pacitan", 100, 60], ["Ponorogo", 200, 80], ["Cabang Madiun", 300, 140],
        ["Trenggalek", 50, 10], ["KANTOR CABANG BLITAR", 50, 10], ["Jawa Timur", 350, 150],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "C3": 60, "B4": 200, "C4": 80, "B6": 50, "C6": 10}
    assert seen.furniture() == {"title": 1, "branch": 6, "total": 3}
    assert seen.rules == []


def test_section_headings_decide_bare_names(tmp_path):
    rows = [
        [TITLE], ["No", *HEADER],
        [None, "KABUPATEN"], [1, "Kediri", 100, 60], [2, "Malang", 200, 80],
        [None, "KOTA"], [1, "Kediri", 30, 20], [2, "Malang", 40, 10],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items() if place[0] == "D"} == {
        "D4": "35.06", "D5": "35.07", "D7": "35.71", "D8": "35.73",
    }  # fmt: skip
    assert seen.rules == []


def test_a_section_heading_with_figures_is_a_subtotal(tmp_path):
    rows = [
        [TITLE], HEADER,
        ["Kabupaten", 300, 140], ["Kediri", 100, 60], ["Malang", 200, 80],
        ["Kota", 70, 31], ["Kediri", 30, 20], ["Malang", 40, 10],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert [said[0] for place, said in seen.loaded.items() if place[0] == "B"] == ["35.06", "35.07", "35.71", "35.73"]
    assert seen.rules == ["total_disagrees at C6"]


@pytest.mark.parametrize(
    "codes", [["35.09", "35.10", "35.11"], ["3509", "3510", "3511"], [35.09, 35.1, 35.11], [3509, 3510, 3511]]
)
def test_codes_are_read_as_text_as_bps_codes_and_as_numbers(tmp_path, codes):
    names = ["Jember", "Banyuwangi", "Bondowoso"]
    rows = [[TITLE], ["Kode", *HEADER], *([code, name, 100, 60] for code, name in zip(codes, names, strict=True))]
    seen = read_rows(tmp_path, rows)
    assert [said[0] for place, said in seen.loaded.items() if place[0] == "C"] == ["35.09", "35.10", "35.11"]
    assert seen.rules == []


def test_a_table_may_name_its_regions_by_code_alone(tmp_path):
    rows = [[TITLE], ["Kode Wilayah", "Semesta", "Peserta Aktif"], [35.09, 100, 60], [35.1, 200, 80], [35.11, 50, 10]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items() if place[0] == "B"} == {
        "B3": "35.09", "B4": "35.10", "B5": "35.11",
    }  # fmt: skip


def test_a_code_that_contradicts_the_name_refuses_the_row(tmp_path):
    rows = [[TITLE], ["Kode", *HEADER], ["35.02", "Pacitan", 100, 60], ["35.03", "Trenggalek", 50, 10]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"C4": 50, "D4": 10}
    assert seen.errors == ["code_contradicts_name at B3"]


def test_a_second_code_column_is_heard_too(tmp_path):
    rows = [
        [TITLE], ["Kode BPS", "Kode Wilayah", *HEADER],
        ["3501", "35.01", "Pacitan", 100, 60], ["3502", "35.02", "Ponorogo", 200, 80], ["3503", "35.04", "Trenggalek", 50, 10],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"D3": 100, "E3": 60, "D4": 200, "E4": 80}
    assert seen.errors == ["code_contradicts_name at C5"]


@pytest.mark.parametrize("numbers", [["(1)", "(2)", "(3)", "(4)"], [-1, -2, -3, -4], ["1", "2", "3", "4"]])
def test_a_row_of_column_numbers_is_part_of_the_header(tmp_path, numbers):
    seen = read_rows(tmp_path, [[TITLE], ["No", *HEADER], numbers, [1, "Pacitan", 100, 60]])
    assert seen.values == {"C4": 100, "D4": 60}
    assert seen.rules == []


def test_footnotes_sources_and_spacer_rows_are_furniture(tmp_path):
    rows = [
        [TITLE], [], HEADER, [], ["Pacitan", 100, 60], [None, "  "], ["Ponorogo", 200, 80], [],
        ["Sumber: BPJS Ketenagakerjaan, 2 Desember 2024"], ["*) angka sementara"], [None, "Surabaya, 3 Desember 2024"],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B5": 100, "C5": 60, "B7": 200, "C7": 80}
    assert seen.furniture() == {"title": 1, "white_space": 1, "note": 3}
    assert {said[1] for said in seen.loaded.values()} == {DAY}
    assert seen.rules == []


def test_two_tables_side_by_side_keep_their_own_columns(tmp_path):
    rows = [
        [TITLE],
        ["No", "Kabupaten/Kota", "Semesta", "Peserta Aktif", None, "No", "Kabupaten/Kota", "Semesta", "Peserta Aktif"],
        [1, "Pacitan", 100, 60, None, 3, "Trenggalek", 50, 10],
        [2, "Ponorogo", 200, 80, None, 4, "Tulungagung", 70, 20],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items()} == {
        "C3": "35.01", "D3": "35.01", "C4": "35.02", "D4": "35.02",
        "H3": "35.03", "I3": "35.03", "H4": "35.04", "I4": "35.04",
    }  # fmt: skip
    assert seen.rules == []


def test_titles_over_tables_side_by_side_speak_for_their_own_table(tmp_path):
    rows = [
        ["Penerima Upah per 31 Oktober 2024", None, None, None, "Bukan Penerima Upah per 30 November 2024"],
        [*HEADER, None, *HEADER],
        ["Pacitan", 100, 60, None, "Pacitan", 50, 10],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[1:3] for place, said in seen.loaded.items()} == {
        "B3": ("2024-10-31", "PU"), "C3": ("2024-10-31", "PU"),
        "F3": ("2024-11-30", "BPU"), "G3": ("2024-11-30", "BPU"),
    }  # fmt: skip


def test_separator_rows_inside_the_body_carry_the_segment(tmp_path):
    rows = [
        [TITLE], ["Kabupaten/Kota", "Semesta", "Jumlah Peserta Aktif"],
        ["PENERIMA UPAH"], ["Pacitan", 100, 60], ["Ponorogo", 200, 80],
        ["BUKAN PENERIMA UPAH"], ["Pacitan", 50, 10], ["Ponorogo", 70, 20],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[2] for place, said in seen.loaded.items()} == {
        "B4": "PU", "C4": "PU", "B5": "PU", "C5": "PU", "B7": "BPU", "C7": "BPU", "B8": "BPU", "C8": "BPU",
    }  # fmt: skip
    assert seen.rules == []


def test_separator_rows_inside_the_body_carry_the_year(tmp_path):
    rows = [
        ["Penduduk yang bekerja"], ["Kabupaten/Kota", "Bekerja"],
        [2023], ["Pacitan", 100], ["TAHUN 2024"], ["Pacitan", 120],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.loaded == {
        "B4": (PACITAN, 2023, "employed_people", 100),
        "B6": (PACITAN, 2024, "employed_people", 120),
    }


def test_a_separator_row_that_is_not_understood_refuses_what_stands_under_it(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], ["PU non ASN 2023"], ["Ponorogo", 200, 80]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "C3": 60}
    assert seen.errors == ["heading_unclear at A4"]


def test_blocks_with_headers_of_their_own_take_the_sheets_title_for_what_they_do_not_say(tmp_path):
    rows = [
        ["Cakupan Jamsostek per 31 Oktober 2024"], [],
        ["Segmen PU"], HEADER, ["Pacitan", 100, 60], [],
        ["Segmen BPU"], HEADER, ["Pacitan", 50, 10], ["Ponorogo", 70, 20],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[:3] for place, said in seen.loaded.items() if place[0] == "B"} == {
        "B5": (PACITAN, "2024-10-31", "PU"),
        "B9": (PACITAN, "2024-10-31", "BPU"),
        "B10": (PONOROGO, "2024-10-31", "BPU"),
    }
    assert seen.rules == []


def test_blocks_by_date_keep_their_own_dates(tmp_path):
    rows = [
        ["Cakupan Jamsostek"],
        ["Per 31 Oktober 2024"], HEADER, ["Pacitan", 100, 60], ["Jumlah", 100, 60], [],
        ["Per 30 November 2024"], HEADER, ["Pacitan", 110, 70], ["Jumlah", 110, 70],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in seen.loaded.items()} == {
        "B4": "2024-10-31", "C4": "2024-10-31", "B9": "2024-11-30", "C9": "2024-11-30",
    }  # fmt: skip


def test_a_header_repeated_at_a_page_break_goes_on_under_the_same_title(tmp_path):
    title = "Cakupan Jamsostek segmen BPU per 13 November 2024"
    seen = read_rows(tmp_path, [[title], HEADER, ["Pacitan", 100, 60], HEADER, ["Ponorogo", 200, 80]])
    assert {place: said[:3] for place, said in seen.loaded.items() if place[0] == "B"} == {
        "B3": (PACITAN, DAY, "BPU"), "B5": (PONOROGO, DAY, "BPU"),
    }  # fmt: skip


def test_a_block_that_does_not_say_its_segment_does_not_take_the_first_blocks(tmp_path):
    rows = [
        [TITLE], ["Segmen PU"], HEADER, ["Pacitan", 100, 60], [],
        ["Lampiran II"], HEADER, ["Pacitan", 500, 90],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B4": 100, "C4": 60}
    assert seen.errors == ["dimension_unclear at B8", "dimension_unclear at C8"]


def test_a_bilingual_header_with_line_breaks_is_read(tmp_path):
    rows = [
        ["Angkatan Kerja Agustus 2024"],
        ["Kabupaten/Kota\nRegency/Municipality", "Bekerja\nWorking", "Pengangguran\nUnemployed", "Jumlah Angkatan Kerja\nLabour Force"],
        ["Pacitan", "1 000", "50", "1 050"],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.loaded == {
        "B3": (PACITAN, 2024, "august", "employed_people", 1000),
        "C3": (PACITAN, 2024, "august", "unemployed_people", 50),
        "D3": (PACITAN, 2024, "august", "labour_force_people", 1050),
    }


def test_dates_may_be_sub_columns(tmp_path):
    rows = [
        ["Cakupan Jamsostek"],
        ["Kabupaten/Kota", "Peserta Aktif", None, "Semesta"],
        [None, "31 Oktober 2024", date(2024, 11, 13), "13 Nop 2024"],
        ["Pacitan", 60, 65, 100],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2"])
    assert seen.loaded == {
        "B4": total(PACITAN, "active_members", 60, "2024-10-31"),
        "C4": total(PACITAN, "active_members", 65),
        "D4": total(PACITAN, "eligible_workers", 100),
    }


def test_hidden_rows_and_columns_are_marked(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80]]
    seen = read_rows(tmp_path, rows, hidden_rows=[4], hidden_columns=["C"])
    fields = seen.reading.cells[0].fields
    hidden = {
        (int(r) + 1, int(c)): bool(h)
        for r, c, h in zip(fields["cell_row"], fields["cell_column"], fields["is_hidden"], strict=True)
    }
    assert hidden == {(3, 1): False, (3, 2): True, (4, 1): True, (4, 2): True}


def test_an_unknown_column_beside_known_ones_is_refused_and_the_rest_loaded(tmp_path):
    rows = [[TITLE], [*HEADER, "Peserta Aktif JKN", "Indeks"], ["Pacitan", 100, 60, 90, 3]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "C3": 60}
    assert seen.rules == ["unknown_column at D2", "unknown_column at E2"]


def test_blank_pmi_columns_are_absent_and_not_zero(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Peserta Aktif PU", "Peserta Aktif PMI"],
        ["Pacitan", 60, None],
        ["Ponorogo", 80, "-"],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 60, "B4": 80}
    assert seen.furniture() == {"title": 1, "missing -": 1}


def test_totals_of_the_long_form_are_checked_segment_by_segment(tmp_path):
    rows = [
        [TITLE], ["Kabupaten/Kota", "Segmen", "Peserta Aktif"],
        ["Pacitan", "PU", 40], ["Pacitan", "BPU", 3], ["Ponorogo", "PU", 80], ["Ponorogo", "BPU", 6],
        ["Jumlah", "PU", 120], [None, "BPU", 10], ["Total", None, 129],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert sorted(seen.values) == ["C3", "C4", "C5", "C6"]
    assert seen.rules == ["total_disagrees at C8"]


def test_a_total_of_rounded_thousands_may_be_off_by_its_rounding(tmp_path):
    lines = [["Pacitan", 10.4], ["Ponorogo", 20.4], ["Trenggalek", 20.4], ["Jumlah", 51.3]]
    seen = read_rows(tmp_path, [[f"{TITLE} (ribu orang)"], ["Kabupaten/Kota", "Peserta Aktif"], *lines])
    assert seen.values == {"B3": 10_400, "B4": 20_400, "B5": 20_400}
    assert seen.rules == []


def test_a_numbered_heading_is_read_without_its_number(tmp_path):
    rows = [
        [TITLE],
        ["No", *HEADER],
        ["A. PENERIMA UPAH"],
        [1, "Pacitan", 100, 40],
        ["B. BUKAN PENERIMA UPAH"],
        [1, "Pacitan", 90, 4],
    ]
    seen = read_rows(tmp_path, rows, merges=["A3:D3", "A5:D5"])
    assert {place: said[2] for place, said in seen.loaded.items()} == {"C4": "PU", "D4": "PU", "C6": "BPU", "D6": "BPU"}


def test_a_list_of_districts_gives_no_regency_by_a_shared_name(tmp_path):
    rows = [[TITLE], ["Wilayah", "Semesta"], ["Panggul", 10], ["Trenggalek", 20], ["Durenan", 30]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {}
    assert seen.errors == ["region_unknown at A3", "region_unknown at A5", "other_places at A4"]
    assert seen.message("other_places") == (
        '"Trenggalek" tidak dimuat: 2 nama lain di kolom ini bukan kabupaten/kota. Tulis kelasnya di depan.'
    )


def test_a_unit_in_a_column_of_its_own_refuses_its_rows(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Satuan", "Peserta Aktif"],
        ["Pacitan", "ribu orang", 40],
        ["Ponorogo", "orang", 41],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"C4": 41}
    assert seen.errors == ["unit_in_row at B3"]


def test_a_percentage_beside_a_target_is_not_taken_for_coverage(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Semesta", "Target", "Realisasi", "%"], ["Pacitan", 100, 50, 40, "80%"]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "D3": 40}
    assert seen.rules == ["unknown_column at C2", "unknown_column at E2"]


def test_a_range_of_years_over_the_years_themselves_is_a_group(tmp_path):
    rows = [["Kabupaten/Kota", "Penduduk Bekerja 2023-2024", None], [None, 2023, 2024], ["Pacitan", 300, 310]]
    seen = read_rows(tmp_path, rows, merges=["A1:A2", "B1:C1"])
    assert {place: said[1:] for place, said in seen.loaded.items()} == {
        "B3": (2023, "employed_people", 300),
        "C3": (2024, "employed_people", 310),
    }


def test_a_range_of_years_alone_is_no_year(tmp_path):
    rows = [["Tahun 2024"], ["Kabupaten/Kota", "Bekerja", "Bekerja 2023-2024"], ["Pacitan", 300, 310]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 300}
    assert seen.rules == ["unknown_column at C2"]


def test_a_table_of_nothing_but_targets_is_of_no_known_kind(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Target", "%"], ["Pacitan", 50, "80%"]])
    assert seen.values == {}
    assert seen.errors == ["unknown_kind at A2"]


def test_a_nameless_grand_total_is_not_the_last_regions(tmp_path):
    rows = [
        [TITLE], ["Kabupaten/Kota", "Segmen", "Peserta Aktif"],
        ["Pacitan", "PU", 40], ["Pacitan", "BPU", 3], ["Ponorogo", "PU", 40], ["Ponorogo", "BPU", 3], [None, "Total", 86],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert sorted(seen.values) == ["C3", "C4", "C5", "C6"]
    assert seen.errors == ["region_missing at A7"]


def test_a_percentage_that_says_of_what_stands_beside_one_of_the_target(tmp_path: Path) -> None:
    header = [
        "Kabupaten/Kota",
        "Semesta",
        "Target Peserta 2025",
        "Peserta Aktif",
        "Realisasi thd Target (%)",
        "Cakupan thd Semesta (%)",
    ]
    rows = [
        ["Kab. Cilacap", 276714, 84700, 69568, 82.13, 25.14],
        ["Kab. Banyumas", 173694, 51000, 41757, 81.88, 24.04],
        ["Kab. Purbalingga", 340311, 117700, 94051, 79.91, 27.64],
    ]
    seen = read_rows(tmp_path, [["UCJ per 30 November 2025"], header, *rows])
    assert {place: value for place, value in seen.values.items() if place.endswith("3")} == {
        "B3": 276714, "D3": 69568, "F3": 25.14,
    }  # fmt: skip
    assert len(seen.values) == 9


def test_a_header_about_the_state_of_labour_heads_the_years_under_it(tmp_path: Path) -> None:
    rows = [
        ["Kabupaten/Kota", "Keadaan Ketenagakerjaan Agustus (orang)", None],
        [None, 2023, 2024],
        [None, "Bekerja", "Bekerja"],
        ["Kabupaten Kapuas", 696922, 463062],
    ]
    seen = read_rows(tmp_path, rows, merges=["A1:A3", "B1:C1"])
    assert seen.loaded == {
        "B4": ("62.03", 2023, "august", "employed_people", 696922),
        "C4": ("62.03", 2024, "august", "employed_people", 463062),
    }
