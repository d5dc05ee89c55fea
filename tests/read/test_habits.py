"""Habits of single offices: the statistics office's yearbooks, dashboards, letters, abbreviations, two languages."""

from __future__ import annotations

import pytest

from tests.read.builder import TITLE, judged, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek")


def by_column(seen) -> dict[str, tuple]:
    """Column → what is loaded from it, without region and value."""
    return {place[:1]: said[1:-1] for place, said in seen.loaded.items()}


def test_a_header_merged_over_numbers_and_names_heads_the_names(tmp_path):
    rows = [
        ["Keadaan Ketenagakerjaan menurut Kabupaten/Kota, Agustus 2023"],
        ["Kabupaten/Kota\nRegency/Municipality", None, "Angkatan Kerja/Economically Active", None],
        [None, None, "Bekerja\nWorking", "Pengangguran Terbuka\nUnemployment"],
        ["(1)", None, "(2)", "(3)"],
        ["Kabupaten/Regency"],
        [1, "Kediri", 352521, 21486],
        [2, "Trenggalek", 188685, 6546],
        ["Kota/Municipality"],
        [1, "Kediri", 99558, 7140],
        ["Jawa Timur", None, 640764, 35172],
    ]
    merges = ["A2:B3", "C2:D2", "A4:B4", "A5:B5", "A8:B8", "A10:B10"]
    seen = read_rows(tmp_path, rows, merges=merges)
    assert {place: said[0] for place, said in seen.loaded.items() if place[0] == "C"} == {
        "C6": "35.06", "C7": "35.03", "C9": "35.71",
    }  # fmt: skip
    assert by_column(seen).keys() == {"C", "D"}
    assert not seen.errors
    seen = read_rows(tmp_path, [*rows[:4], rows[6]], merges=["C2:D2"])  # the header is not merged
    assert seen.loaded.keys() == {"C5", "D5"}


def test_the_filters_of_a_dashboard_say_the_day(tmp_path):
    filters = "Applied filters:\nTanggal Data is 31/12/2024\nProvinsi is JAWA TIMUR"
    rows = [["Kabupaten/Kota", "PU - Semesta", "PU - Aktif"], *([name, 200, 50] for name in NAMES), [None], [filters]]
    seen = read_rows(tmp_path, rows, name="Coverage UCJ by Kab-Kota")
    assert by_column(seen) == {
        "B": ("2024-12-31", "PU", "eligible_workers"), "C": ("2024-12-31", "PU", "active_members"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "Target tahun 2025 sebesar 48,5 % dan telah tercapai sebagian.",
        "Menindaklanjuti rapat evaluasi UCJ tanggal 2 April 2025, terlampir kami sampaikan perkembangannya.",
        "Menindaklanjuti rapat evaluasi UCJ tanggal 2 April 2025, terlampir perkembangan s.d. Triwulan II Tahun 2025.",
    ],
)
def test_what_a_letter_says_besides_is_not_of_the_table(tmp_path, sentence):
    rows = [
        ["Perihal", ": Laporan Cakupan Kepesertaan Jaminan Sosial Ketenagakerjaan"],
        [None, "Bersama ini kami sampaikan data cakupan posisi 30 Juni 2025, dengan rincian sebagai berikut :"],
        [None, sentence],
        [],
        [None, "Kabupaten/Kota", "Potensi PU", "TK Aktif PU"],
        *([None, name, 200, 50] for name in NAMES),
    ]
    seen = read_rows(tmp_path, rows)
    assert by_column(seen) == {
        "C": ("2025-06-30", "PU", "eligible_workers"), "D": ("2025-06-30", "PU", "active_members"),
    }  # fmt: skip


def test_words_cut_short(tmp_path):
    header = ["Kab./Kota", "Jlh TK Pot.", "Jlh TK Akt.", "Cak. TK (%)", "Blm Akt.", "Ket."]
    rows = [["UCJ JATIM"], ["Pos. 30 Juni 2024"], header, *([name, 200, 50, "25,0", 150, None] for name in NAMES)]
    assert by_column(read_rows(tmp_path, rows)) == {
        "B": ("2024-06-30", "TOTAL", "eligible_workers"), "C": ("2024-06-30", "TOTAL", "active_members"),
        "D": ("2024-06-30", "TOTAL", "reported_coverage_pct"),
    }  # fmt: skip


def test_a_day_in_a_title_that_is_not_understood_is_not_replaced_by_another_month(tmp_path):
    rows = [["UCJ JATIM"], ["Lap. 30 Juni 2024"], ["Kab./Kota", "Semesta"], *([name, 200] for name in NAMES)]
    for name in ("Rekap Jul", "Jul 2024"):
        seen = read_rows(tmp_path, rows, name=name)
        assert seen.errors == ["date_contradiction at A2"]
        assert not seen.loaded


@pytest.mark.parametrize(("names", "is_read"), [
    (("Kabupaten Malang", "Kota Malang", "Kota Batu"), True),
    (("Malang", "Blitar", "Kediri"), False),  # the branches are named so
])  # fmt: skip
def test_regions_under_the_names_of_their_branches(tmp_path, names, is_read):
    rows = [
        [TITLE],
        ["No", "Kantor Cabang / Wilayah", "Semesta PU", "Aktif PU"],
        ["A", "KC Malang"],
        *([number, name, 200, 50] for number, name in enumerate(names, 1)),
        [None, "Sub Total KC Malang", 600, 150],
        [None, "TOTAL KANWIL JATIM (1 Cabang)", 600, 150],
    ]
    assert bool(read_rows(tmp_path, rows).loaded) == is_read


def test_two_languages_over_a_column(tmp_path):
    rows = [
        ["Tabel 5. Cakupan Jaminan Sosial Ketenagakerjaan per 30 Juni 2024"],
        ["Table 5. Employment Social Security Coverage by Regency/City, as of 30 June 2024"],
        ["Kabupaten/Kota\nRegency/City", "PU\nWage", "BPU\nNon-wage", "JAKON\nConstruction", "PMI\nMigrant",
         "Jasa Konstruksi / Construction Services\nPersentase"],
        *([name, 49.5, 10.3, 92.1, 30.6, 12.5] for name in NAMES),
        ["Provinsi / Province", 49.5, 10.3, 92.1, 30.6, 12.5],
    ]  # fmt: skip
    rows[0][0] = "Persentase Kepesertaan Aktif terhadap Pekerja Potensial per 30 Juni 2024"
    seen = read_rows(tmp_path, [row[:5] for row in rows])
    assert {column: said[1] for column, said in by_column(seen).items()} == dict(
        zip("BCDE", ("PU", "BPU", "JAKON", "PMI"), strict=True)
    )
    assert not seen.errors
    assert "title_words" not in " ".join(seen.rules)
    services = read_rows(tmp_path, [rows[0], [rows[2][0], rows[2][5]], *([name, 12.5] for name in NAMES)])
    assert by_column(services) == {"B": ("2024-06-30", "JAKON", "reported_coverage_pct")}


@pytest.mark.parametrize("title", ["Persentase Kepesertaan Aktif terhadap Pekerja Potensial",
                                   "Percentage of Active Members to Eligible Workers"])  # fmt: skip
def test_a_title_about_the_share_of_members_in_the_eligible(tmp_path, title):
    seen = read_rows(
        tmp_path, [[title], ["per 30 Juni 2024"], ["Kab/Kota", "PU", "BPU"], *([n, 49.5, 10.3] for n in NAMES)]
    )
    assert {said[2] for said in by_column(seen).values()} == {"reported_coverage_pct"}


def test_blocks_of_one_region_and_a_caption_over_its_districts(tmp_path):
    block = [["Segmen", "Jumlah Potensi", "Peserta Aktif"], ["PU", 200, 50], ["BPU", 400, 40]]
    rows = [
        ["KABUPATEN TRENGGALEK"], ["DATA KEPESERTAAN BPJS KETENAGAKERJAAN"], [],
        ["A. Rekapitulasi Kabupaten"], ["Keadaan 31 Desember 2023"], *block, [],
        ["Keadaan 31 Desember 2024"], *block, [],
        ["B. Peserta Aktif BPU per Kecamatan keadaan 31 Desember 2024"],
        ["Kecamatan", "Peserta Aktif"], ["Karangan", 20], ["Trenggalek", 20],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in seen.loaded.items()} == {
        **dict.fromkeys(("B7", "C7", "B8", "C8"), "2023-12-31"), **dict.fromkeys(("B12", "C12", "B13", "C13"), "2024-12-31"),
    }  # fmt: skip


@pytest.mark.parametrize(("whole", "rate"), [
    ("Jumlah Tenaga Kerja", "Capaian"), ("Jml Pekerja", "Cakupan"),
])  # fmt: skip
def test_workers_of_whom_a_rate_is_are_the_eligible_ones(tmp_path, whole, rate):
    header = ["Kabupaten/Kota", "Segmen", whole, "TK Aktif", rate]
    rows = [[name, "PU", 2000 + n, 1500 + n, f"{100 * (1500 + n) / (2000 + n):.2f}"] for n, name in enumerate(NAMES)]
    title = ["Cakupan jamsostek naker s/d tgl. 15 Juni 2025"]
    seen = read_rows(tmp_path, [title, header, *rows])
    assert {column: said[2] for column, said in by_column(seen).items()} == {
        "C": "eligible_workers", "D": "active_members", "E": "reported_coverage_pct",
    }  # fmt: skip
    for row in rows:
        row[4] = "90,5"
    assert not {column for column in by_column(read_rows(tmp_path, [title, header, *rows])) if column == "C"}


def test_kabupaten_and_kota_over_the_names_of_regions_across(tmp_path):
    rows = [
        ["Data kepesertaan BPU, Triwulan IV 2024"],
        ["Uraian", "Kabupaten", None, "Kota", None],
        [None, "Kediri", "Trenggalek", "Kediri", "Batu"],
        ["Jumlah semesta BPU", 89393, 197347, 75915, 13084],
        ["Peserta aktif BPU", 32137, 74805, 60048, 3031],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    assert {place: said[0] for place, said in seen.loaded.items()} == {
        place: code
        for row in (4, 5)
        for place, code in zip((f"{c}{row}" for c in "BCDE"), ("35.06", "35.03", "35.71", "35.79"), strict=True)
    }


def test_words_misspelled_in_every_header(tmp_path):
    header = ["No", "Kabupten/Kota", "Segment", "Potensi (org)", "Pserta Aktif (org)", "Presentase (%)"]
    rows = [["REKAPTULASI KEPESERTAAN BPJS KETENAGAKERJAN"], ["Keadaan : 31 Oktober 2024"], header]
    for number, name in enumerate(NAMES, 1):
        rows.append([number, name, "Penerima Upah", "54,158", 44525, "82,21"])
        rows.append([None, None, "Bkn Penerima Upah", "81,152", 13345, "16,44"])
    values, findings = judged(read_rows(tmp_path, rows))
    assert len(values) == 18
    assert not [each for each in findings if each.rule in ("subject_unclear", "two_values")]


def test_dates_under_segments_under_measures(tmp_path):
    rows = [
        ["Peserta aktif dan persentase cakupan, Provinsi Jawa Timur"],
        ["Kabupaten/Kota", "Peserta Aktif (orang)", None, None, None, "Cakupan (%)", None, None, None],
        [None, "PU", None, "BPU", None, "PU", None, "BPU", None],
        [None, *(["Des-24", "Jun-25"] * 4)],
        *([name, 67387, 71431, 27732, 29230, 43.8, 46.43, 11.45, 12.07] for name in NAMES),
    ]
    merges = ["A2:A4", "B2:E2", "F2:I2", "B3:C3", "D3:E3", "F3:G3", "H3:I3"]
    seen = by_column(read_rows(tmp_path, rows, merges=merges))
    assert seen["C"] == ("2025-06-30", "PU", "active_members")
    assert seen["H"] == ("2024-12-31", "BPU", "reported_coverage_pct")
    assert len(seen) == 8
