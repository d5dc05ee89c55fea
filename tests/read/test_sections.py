"""Headings over kabupaten and kota, branches over their regencies, and what the province is called in a row of sums."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.read.builder import HEADER, TITLE, read_rows

NUMBERED = ["No", *HEADER]


def regions(seen, column: str) -> dict[str, str]:
    """Row address → region, of one column."""
    return {place: said[0] for place, said in seen.loaded.items() if place[0] == column}


@pytest.mark.parametrize(
    ("kabupaten", "kota"),
    [
        ("A. KABUPATEN", "B. KOTA"),
        ("I. Wilayah Kabupaten", "II. Wilayah Kota"),
        ("Kelompok Kabupaten", "Kelompok Kota"),
    ],
)
def test_a_section_may_be_headed_in_the_column_of_numbers(tmp_path, kabupaten, kota):
    rows = [
        [TITLE], NUMBERED,
        [kabupaten], [1, "Kediri", 100, 60], [2, "Malang", 200, 80], [None, "Jumlah Kabupaten", 300, 140],
        [kota], [1, "Kediri", 30, 20], [2, "Malang", 40, 10], [None, "Jumlah Kota", 70, 30],
        [None, "JAWA TIMUR", 370, 170],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert regions(seen, "C") == {"C4": "35.06", "C5": "35.07", "C8": "35.71", "C9": "35.73"}
    assert seen.rules == []


def test_a_section_may_be_headed_in_a_merge_over_the_table(tmp_path):
    rows = [
        [TITLE], NUMBERED,
        ["KABUPATEN"], [1, "Kediri", 100, 60],
        ["KOTA"], [1, "Kediri", 30, 20],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["A3:D3", "A5:D5"])
    assert regions(seen, "C") == {"C4": "35.06", "C6": "35.71"}
    assert seen.rules == []


def test_names_before_the_first_section_are_of_the_class_that_the_section_is_not(tmp_path):
    rows = [
        [TITLE], NUMBERED, [1, "Kediri", 100, 60], [2, "Tuban", 200, 80], [3, "Malang", 200, 80],
        [None, "KOTA"], [1, "Kediri", 30, 20], [2, "Batu", 40, 10],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert regions(seen, "C") == {"C3": "35.06", "C4": "35.23", "C7": "35.71", "C8": "35.79"}
    assert seen.rules == ["region_ambiguous at B5"]  # no other Malang says which it is


def test_a_section_ends_with_its_sum(tmp_path):
    rows = [
        [TITLE], NUMBERED, [None, "KABUPATEN"], [1, "Kediri", 100, 60], [None, "Jumlah", 100, 60],
        [1, "Malang", 30, 20],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert regions(seen, "C") == {"C4": "35.06"}
    assert seen.errors == ["region_ambiguous at B6"]


@pytest.mark.parametrize(
    "header",
    ["KANTOR CABANG / KAB-KOTA", "Cabang/Kabupaten/Kota", "Kanwil / Kab. / Kota", "Kantor Cabang dan Kabupaten/Kota"],
)
def test_a_header_may_name_branches_and_regencies(tmp_path, header):
    rows = [
        [TITLE],
        [header, "PU", None, "BPU", None],
        [None, "SEMESTA", "AKTIF", "SEMESTA", "AKTIF"],
        ["CABANG MADIUN", 300, 140, 500, 90],
        ["   KAB. PACITAN", 100, 60, 300, 50],
        ["   KAB. NGAWI", 200, 80, 200, 40],
        ["CABANG JEMBER", 100, 70, 400, 30],
        ["   KAB. JEMBER", 100, 70, 400, 30],
        ["KANWIL JAWA TIMUR", 400, 210, 900, 120],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    assert regions(seen, "B") == {"B5": "35.01", "B6": "35.21", "B8": "35.09"}
    assert seen.furniture()["branch"] == 15
    assert seen.rules == []


@pytest.mark.parametrize("total", ["JATIM", "Prov. Jatim", "Total Jatim", "Jawa Timur"])
def test_a_province_may_be_called_by_its_short_name(tmp_path, total):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80], [total, 300, 140]]
    seen = read_rows(tmp_path, rows)
    assert sorted(seen.values) == ["B3", "B4", "C3", "C4"]
    assert seen.furniture()["total"] == 3
    assert seen.rules == []


def test_a_province_s_short_name_ends_the_regions_across(tmp_path):
    rows = [
        ["Tingkat Pengangguran Terbuka (TPT) menurut Kabupaten/Kota di D.I. Yogyakarta, Agustus"],
        [],
        ["Tahun", "Kab. Bantul", "Kab. Sleman", "Kota Yogyakarta", "DIY"],
        [2023, 3.1, 4, 3.93, 3.5],
        [2024, 1.61, 4.09, 3.87, 3.6],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[:2] for place, said in seen.loaded.items()} == {
        "B4": ("34.02", 2023), "C4": ("34.04", 2023), "D4": ("34.71", 2023),
        "B5": ("34.02", 2024), "C5": ("34.04", 2024), "D5": ("34.71", 2024),
    }  # fmt: skip
    assert seen.rules == []


def test_a_name_across_that_is_no_region_costs_its_own_column(tmp_path):
    rows = [
        ["Cakupan Jamsostek per 13 November 2024"],
        ["Uraian", "Kab. Pacitan", "Kab. Bojanegoro", "Kab. Ponorogo"],
        ["Semesta", 100, 150, 200],
        ["Peserta Aktif", 60, 70, 80],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "B4": 60, "D3": 200, "D4": 80}
    assert seen.rules == ["region_unknown at C2"]


@pytest.mark.parametrize(
    "heading",
    ["4. Total Seluruh Segmen", "TOTAL", "D. Gabungan", "Jumlah Peserta", "Rekap Semua Segmen", "PU, BPU, JAKON"],
)
def test_a_block_of_all_segments_after_those_of_each_is_the_total(tmp_path, heading):
    blocks = [("1. Segmen Penerima Upah (PU)", 100), ("2. Segmen BPU", 200), ("3. Jasa Konstruksi", 10), (heading, 310)]
    rows = [["KEPESERTAAN JAMSOSTEK"], ["s/d April 2025"], []]
    for said, active in blocks:
        rows += [[said], HEADER, ["Pacitan", 1000, active], []]
    seen = read_rows(tmp_path, rows)
    assert {place: said[2] for place, said in seen.loaded.items() if place[0] == "C"} == {
        "C6": "PU", "C10": "BPU", "C14": "JAKON", "C18": "TOTAL",
    }  # fmt: skip
    assert seen.rules == []


def test_a_header_repeated_in_a_later_block_goes_on_with_that_block(tmp_path):
    blocks = [("Segmen PU", "Pacitan"), ("Segmen BPU", "Pacitan"), (None, "Ponorogo")]
    rows = [["KEPESERTAAN JAMSOSTEK s/d April 2025"]]
    for said, name in blocks:
        rows += [[said], HEADER, [name, 1000, 400]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[:3] for place, said in seen.loaded.items() if place[0] == "C"} == {
        "C4": ("35.01", "2025-04-30", "PU"), "C7": ("35.01", "2025-04-30", "BPU"), "C10": ("35.02", "2025-04-30", "BPU"),
    }  # fmt: skip


def test_a_unit_over_a_later_block_is_no_total(tmp_path):
    rows = [
        ["KEPESERTAAN JAMSOSTEK s/d April 2025"], ["Segmen PU"], HEADER, ["Pacitan", 1000, 400], [],
        ["(jumlah orang)"], HEADER, ["Pacitan", 2000, 100],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B4": 1000, "C4": 400}
    assert [rule.partition(" ")[0] for rule in seen.errors] == ["dimension_unclear", "dimension_unclear"]


def across(*rows):
    """Regions across, with rows of figures and of headings under them."""
    return [[TITLE], ["No", "Uraian", "Kab. Kediri", "Kab. Tuban", "Kota Batu"], *rows]


def test_a_row_without_figures_heads_the_rows_below_it_where_regions_stand_across(tmp_path):
    rows = across(
        ["I", "Penerima Upah (PU)"], [None, "Semesta", 100, 200, 300], [None, "Peserta Aktif", 50, 60, 70],
        ["II", "Jasa Konstruksi"], [None, "Semesta", 10, 20, 30], [None, "Peserta Aktif", 5, 6, 7],
        ["III", "Total Seluruh Segmen"], [None, "Semesta", 110, 220, 330],
    )  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[2] for place, said in seen.loaded.items() if place[0] == "C"} == {
        "C4": "PU", "C5": "PU", "C7": "JAKON", "C8": "JAKON", "C10": "TOTAL",
    }  # fmt: skip
    assert seen.rules == []


def test_one_such_heading_alone_gives_its_segment_and_one_that_is_not_understood_lets_nothing_load(tmp_path):
    seen = read_rows(tmp_path, across(["I", "Penerima Upah (PU)"], [None, "Semesta", 100, 200, 300]))
    assert {said[2] for said in seen.loaded.values()} == {"PU"}
    unknown = read_rows(tmp_path, across(["I", "Pekerja Rentan Desil 1"], [None, "Semesta", 100, 200, 300]))
    assert unknown.loaded == {}


def test_a_count_s_column_whose_texts_all_say_per_cent_holds_the_percentage(tmp_path):
    rows = [[TITLE], ["Kab/Kota", "Semesta", "Peserta Aktif", "Capaian"],
            ["Kab. Kediri", 1000, 150, "15,00%"], ["Kab. Tuban", 2000, 200, "10 persen"]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[-2:] for place, said in seen.loaded.items() if place[0] == "D"} == {
        "D3": ("reported_coverage_pct", 15.0), "D4": ("reported_coverage_pct", 10.0),
    }  # fmt: skip


def test_a_section_s_letter_may_stand_in_a_cell_of_its_own(tmp_path):
    rows = [
        [TITLE], NUMBERED, ["A", "KABUPATEN"], [1, "Kediri", 100, 60], [2, "Tuban", 200, 80],
        ["II.", "KOTA"], [1, "Kediri", 30, 20], [2, "Batu", 40, 10],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert regions(seen, "C") == {"C4": "35.06", "C5": "35.23", "C7": "35.71", "C8": "35.79"}
    assert seen.rules == []


def test_short_and_english_headers_of_exports_are_known(tmp_path):
    rows = [["UCJ"], ["TGL_DATA", "KAB_KOTA", "PU Eligible", "PU Active"], ["31-10-2025", "Kab. Kediri", 100, 60]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[1:] for place, said in seen.loaded.items()} == {
        "C3": ("2025-10-31", "PU", "eligible_workers", 100),
        "D3": ("2025-10-31", "PU", "active_members", 60),
    }


def test_jumlah_before_a_measure_of_two_words_takes_none_of_them(tmp_path):
    rows = [
        ["UCJ per 31 Oktober 2025"],
        ["Kab/Kota", "JUMLAH POTENSI PESERTA", "Jumlah Potensi PU", "Peserta aktif PU"],
    ]
    seen = read_rows(tmp_path, [*rows, ["Kab. Kediri", 500, 200, 60]])
    assert [said[2:] for said in seen.loaded.values()] == [
        ("TOTAL", "eligible_workers", 500),
        ("PU", "eligible_workers", 200),
        ("PU", "active_members", 60),
    ]


def test_a_total_under_the_segments_of_each_region_is_the_region_s_own(tmp_path):
    rows = [["UCJ per 31 Oktober 2025"], ["Kabupaten / Segmen", "Semesta", "Peserta aktif"]]
    of_one = [["PU", 200, 60], ["BPU", 300, 50], ["Jumlah", 500, 110]]
    bodies = ([[name], *of_one] for name in ("Kab. Kediri", "Kab. Blitar", "Kota Batu"))
    seen = read_rows(tmp_path, [*rows, *chain(*bodies), ["Jumlah", 1500, 330]])
    assert [(place, *said[:1], *said[2:3]) for place, said in seen.loaded.items() if place[0] == "C"] == [
        ("C4", "35.06", "PU"),
        ("C5", "35.06", "BPU"),
        ("C6", "35.06", "TOTAL"),
        ("C8", "35.05", "PU"),
        ("C9", "35.05", "BPU"),
        ("C10", "35.05", "TOTAL"),
        ("C12", "35.79", "PU"),
        ("C13", "35.79", "BPU"),
        ("C14", "35.79", "TOTAL"),
    ]
    assert seen.rules == []


def test_a_total_under_the_segments_of_the_last_region_alone_sums_the_table(tmp_path):
    rows = [["UCJ per 31 Oktober 2025"], ["Kabupaten / Segmen", "Semesta", "Peserta aktif"]]
    of_one = [["PU", 200, 60], ["BPU", 300, 50]]
    bodies = ([[name], *of_one] for name in ("Kab. Kediri", "Kab. Blitar", "Kota Batu"))
    seen = read_rows(tmp_path, [*rows, *chain(*bodies), ["Jumlah", 1500, 330]])
    assert {said[2] for said in seen.loaded.values()} == {"PU", "BPU"}


def test_of_a_breakdown_by_sex_under_a_title_that_says_the_measure_the_whole_counts(tmp_path):
    rows = [["Tingkat Pengangguran Terbuka (persen) Menurut Jenis Kelamin, Agustus 2024"]]
    rows += [["Kabupaten/Kota", "Jenis Kelamin"], [None, "Laki-laki", "Perempuan", "Laki-laki + Perempuan"]]
    seen = read_rows(tmp_path, [*rows, ["Kab. Kediri", 4.25, 5.43, 4.72], ["Kab. Blitar", 5.15, 6.58, 5.72]])
    assert {place: said[0] for place, said in seen.loaded.items()} == {"D4": "35.06", "D5": "35.05"}
    assert {said[-2:] for said in seen.loaded.values()} == {
        ("unemployment_rate_pct", 4.72),
        ("unemployment_rate_pct", 5.72),
    }


def test_a_list_in_two_halves_is_one_list(tmp_path):
    half = ["Kabupaten/Kota", "Semesta", "Peserta Aktif"]
    rows = [[TITLE], [*half, "", *half]]
    rows += [["Madiun", 100, 60, "", "Kota Madiun", 300, 70], ["Pacitan", 200, 50, "", "Jumlah", 600, 180]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items()} == {
        "B3": "35.19", "C3": "35.19", "B4": "35.01", "C4": "35.01", "F3": "35.77", "G3": "35.77",
    }  # fmt: skip
    assert not seen.rules
    rows[3][5] = 601
    assert read_rows(tmp_path, rows).rules == ["total_disagrees at F4"]
