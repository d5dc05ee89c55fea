"""Figures that look like those of the kind and are others: rates of something else, parts, arrivals, other units.

Each workbook is one that an office could send; each was loaded without a finding by an earlier reader.
"""

from __future__ import annotations

import pytest

from tests.read.builder import Builder, judged, read, read_rows

NAMES = ("Kab. Pacitan", "Kab. Ponorogo", "Kab. Trenggalek", "Kab. Tulungagung")
DAY = "per 31 Oktober 2025"
TITLE = f"Cakupan Kepesertaan BPJS Ketenagakerjaan {DAY}"
SURVEY = "Keadaan Ketenagakerjaan Agustus 2024"
ELIGIBLE, ACTIVE, PCT = [20_000, 30_010, 41_020, 52_030], [5_000, 9_003, 10_255, 13_007], [25.0, 30.0, 25.0, 25.0]
REST = [whole - part for whole, part in zip(ELIGIBLE, ACTIVE, strict=True)]
RATES = [4.1, 5.2, 3.3, 2.9]


def table(*columns, title=TITLE, below=()):
    """A table of four regencies: each column is its header and its figures."""
    header = ["Kabupaten/Kota", *(head for head, _ in columns)]
    body = [[name, *(figures[n] for _, figures in columns)] for n, name in enumerate(NAMES)]
    return [[title], header, *body, *([text] for text in below)]


def grouped(group, *columns, title=TITLE):
    """The same under a group word that is merged over all columns."""
    rows = table(*columns, title=title)
    return [rows[0], ["Kabupaten/Kota", group, *[None] * (len(columns) - 1)], [None, *rows[1][1:]], *rows[2:]]


def columns_of(seen) -> set[str]:
    """The letters of the columns of which something is loaded and stands."""
    values, _ = judged(seen)
    return {place.rpartition("!")[2][0] for place in values}


@pytest.mark.parametrize("whole", ["Peserta Terdaftar", "Jumlah Pekerja", "RKPD 2025", "Komitmen"])
def test_a_rate_of_a_column_that_is_not_read(tmp_path, whole):
    rows = table((whole, ELIGIBLE), ("Peserta Aktif", ACTIVE), ("%", PCT))
    assert columns_of(read_rows(tmp_path, rows)) == {"C"}
    rows = table(("Semesta", [2 * n for n in ELIGIBLE]), (whole, ELIGIBLE), ("Peserta Aktif", ACTIVE), ("%", PCT))
    assert columns_of(read_rows(tmp_path, rows)) == {"B", "D"}


def test_a_rate_of_active_and_inactive_members(tmp_path):
    rows = table(("Peserta Aktif", ACTIVE), ("Non Aktif", ACTIVE), ("% Aktif", [50.0] * 4))
    assert columns_of(read_rows(tmp_path, rows)) == {"B"}


@pytest.mark.parametrize(
    "title", ["Persentase Capaian Target UCJ", "Komposisi Peserta UCJ", "Pertumbuhan Kepesertaan UCJ"]
)
def test_a_rate_under_a_title_of_targets_shares_or_growth(tmp_path, title):
    assert not columns_of(read_rows(tmp_path, table(("Persentase", PCT), title=f"{title} {DAY}")))
    told_apart = table(("Target (%)", PCT), ("Cakupan (%)", PCT), title=f"{title} {DAY}")
    assert columns_of(read_rows(tmp_path, told_apart)) == {"C"}


def test_a_bare_rate_beside_the_members_of_two_months(tmp_path):
    rows = table(("Aktif Sept 2025", ACTIVE), ("Aktif Okt 2025", ACTIVE), ("Persentase", [2.0, 5.9, 2.6, 8.4]))
    assert columns_of(read_rows(tmp_path, rows)) == {"B", "C"}


@pytest.mark.parametrize(
    "rows",
    [
        table(("Peserta Aktif PU", ACTIVE), ("% PU", [66.7] * 4), ("Peserta Aktif BPU", ACTIVE), ("% BPU", [33.3] * 4)),
        [[TITLE], ["Kabupaten/Kota", "Segmen", "Peserta Aktif", "%"],
         *([name, part, 100, pct] for name in NAMES for part, pct in (("PU", 60.0), ("BPU", 40.0)))],
        [[f"UCJ Kabupaten Trenggalek {DAY}"], ["Segmen", "Peserta Aktif", "%"], ["PU", 6000, 60.0], ["BPU", 3000, 30.0],
         ["JAKON", 1000, 10.0], ["Total", 10_000, 100.0]],
    ],
)  # fmt: skip
def test_rates_of_segments_that_make_100_are_shares(tmp_path, rows):
    values, findings = judged(read_rows(tmp_path, rows))
    assert not [value for value in values.values() if value <= 100 and value != 100]
    assert "shares_of_segments" in {finding.rule for finding in findings}


def test_rates_that_make_100_by_chance_stay(tmp_path):
    rows = table(("Cakupan PU", [60.0, 51.0, 43.2, 70.0]), ("Cakupan BPU", [40.0, 9.0, 12.1, 8.0]))
    assert columns_of(read_rows(tmp_path, rows)) == {"B", "C"}


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        ((("Jumlah Pekerja", ELIGIBLE), ("Peserta Aktif", ACTIVE), ("Potensi", REST)), {"C"}),
        ((("Sudah Terlindungi", ACTIVE), ("Belum Terlindungi", REST), ("Potensi", REST)), {"B"}),
    ],
)
def test_a_potential_that_is_what_is_left(tmp_path, columns, left):
    assert columns_of(read_rows(tmp_path, table(*columns))) <= left


@pytest.mark.parametrize("header", ["TPT SD", "TPT \u2264SD", "TPT Kota", "TPT Pemda"])
def test_rates_of_a_school_or_of_towns(tmp_path, header):
    rows = table((header, RATES), ("TPT", [6.1, 7.2, 5.3, 4.9]), title=SURVEY)
    assert columns_of(read_rows(tmp_path, rows)) == {"C"}


def test_until_a_month_is_no_school(tmp_path):
    rows = table(("Peserta Aktif sd Oktober 2025", ACTIVE), title="UCJ")
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-10-31"}


@pytest.mark.parametrize("header", ["Proyek Aktif", "Aktif Mandiri", "Aktif BPU Mandiri"])
def test_words_that_count_other_things_where_no_other_segment_is_named_alike(tmp_path, header):
    assert columns_of(read_rows(tmp_path, table(("Semesta", ELIGIBLE), (header, [50, 60, 70, 80])))) == {"B"}


def test_projects_beside_segments_named_alike_are_construction(tmp_path):
    rows = table(("PU Aktif", ACTIVE), ("BPU Aktif", ACTIVE), ("Proyek Aktif", [500, 600, 700, 800]))
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"PU", "BPU", "JAKON"}


def test_the_total_of_the_title_s_segment(tmp_path):
    rows = table(("Semesta BPU", ELIGIBLE), ("Total Aktif", ACTIVE), title=f"Kepesertaan BPU Jamsostek {DAY}")
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"BPU"}
    rows = [[f"UCJ BPU Kabupaten Trenggalek {DAY}"], ["Uraian", "Peserta Aktif"], ["Mandiri", 1000], ["DBHCHT", 500],
            ["Jumlah", 1500]]  # fmt: skip
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize(
    ("header", "parts", "segments"),
    [
        ("Segmen", ("Konstruksi", "Total"), {"JAKON", "TOTAL"}),
        ("Uraian", ("Konstruksi", "Total"), {"TOTAL"}),
        ("Segmen", ("Mandiri", "DBHCHT"), set()),
    ],
)
def test_a_column_of_segments_names_construction_in_one_word(tmp_path, header, parts, segments):
    body = [[name, part, 10_000, 5_000 + n] for name in NAMES for n, part in enumerate(parts)]
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", header, "Semesta", "Peserta Aktif"], *body])
    assert {said[2] for said in seen.loaded.values()} == segments


@pytest.mark.parametrize("headers", [("Potensi", "Peserta Aktif"), ("Semesta", "Aktif"), ("Potensi", "Aktif")])
def test_what_stands_beside_workers_named_alike_counts_workers(tmp_path, headers):
    rows = table(
        *((f"Konstruksi {header}", figures) for header, figures in zip(headers, (ELIGIBLE, ACTIVE), strict=True))
    )
    assert columns_of(read_rows(tmp_path, rows)) == {"B", "C"}
    assert not columns_of(read_rows(tmp_path, table(("Proyek Aktif", ACTIVE), ("Proyek %", PCT))))


@pytest.mark.parametrize("headers", [("PBI APBN", "PPU", "PBPU"), ("PPU", "PBPU", "BP")])
def test_segments_of_the_health_insurance(tmp_path, headers):
    rows = table(*((header, ACTIVE) for header in headers), title=f"Rekap Peserta Aktif per Segmen {DAY}")
    seen = read_rows(tmp_path, rows)
    assert not seen.loaded
    assert any(error.startswith("foreign_table") for error in seen.errors)


@pytest.mark.parametrize(
    "header", ["Realisasi Bulan Ini", "Capaian per Bulan", "Peserta per Tahun", "Nilai Realisasi", "Program Aktif"]
)
def test_headers_of_what_came_in_a_time_or_of_things(tmp_path, header):
    assert columns_of(read_rows(tmp_path, table(("Semesta", ELIGIBLE), (header, ACTIVE)))) == {"B"}


def test_members_counted_once_for_each_programme(tmp_path):
    twice = [2 * n for n in ACTIVE]
    rows = grouped("Peserta Aktif", ("JKK", ACTIVE), ("JKM", ACTIVE), ("Jumlah", twice))
    assert not read_rows(tmp_path, rows, merges=["B2:D2"]).loaded


def test_a_sum_that_holds_a_column_which_is_not_read(tmp_path):
    sums = [a + b + c for a, b, c in zip(ELIGIBLE, ACTIVE, REST, strict=True)]
    rows = table(("Bekerja", ELIGIBLE), ("Pengangguran", ACTIVE), ("Bukan AK", REST), ("Jumlah", sums),
                 title="Angkatan Kerja Agustus 2024")  # fmt: skip
    assert columns_of(read_rows(tmp_path, rows)) == {"B", "C"}


@pytest.mark.parametrize(
    "unit",
    ["(1.000 orang)", "(satuan: 1.000 orang)", "Unit : 1000 Orang", "(1 000 orang)", "(dalam 1.000)", "(dalam seribu)"],
)
def test_units_of_a_thousand_in_figures(tmp_path, unit):
    few = [20, 30, 41, 52]
    for rows in (table(("Semesta", few), title=f"{TITLE} {unit}"), [[TITLE], [unit], *table(("Semesta", few))[1:]]):
        assert 20_000 in read_rows(tmp_path, rows).values.values()


def test_a_thousand_in_a_sentence_is_no_unit(tmp_path):
    rows = [[TITLE], ["Sudah ditambah 1.000 orang."], *table(("Semesta", ELIGIBLE))[1:]]
    assert 20_000 in read_rows(tmp_path, rows).values.values()


@pytest.mark.parametrize("below", ["dalam ribuan", "(1.000 orang)"])
def test_a_unit_below_a_table(tmp_path, below):
    rows = table(("Semesta", [20, 30, 41, 52]), below=[below])
    assert 20_000 in read_rows(tmp_path, rows).values.values()


def test_a_unit_in_the_header_of_the_regencies(tmp_path):
    rows = table(("Semesta", [20, 30, 41, 52]))
    rows[1][0] = "Kabupaten/Kota (dalam ribuan)"
    assert 20_000 in read_rows(tmp_path, rows).values.values()


@pytest.mark.parametrize("below", ["Satuan: KK", "(dalam perusahaan)"])
def test_a_line_below_that_says_another_unit(tmp_path, below):
    assert not read_rows(tmp_path, table(("Semesta", ELIGIBLE), below=[below])).loaded


@pytest.mark.parametrize(
    "note",
    [
        "hanya PU",
        "tidak termasuk JAKON",
        "data per 30 September 2025",
        "termasuk peserta non aktif",
        "peserta BPU",
        "angka target",
    ],
)
@pytest.mark.parametrize("mark", ["*", "1", "a"])
def test_footnotes_of_headers_and_names(tmp_path, mark, note):
    rows = table(("Semesta", ELIGIBLE), (f"Peserta Aktif {mark})", ACTIVE), below=[f"{mark}) {note}"])
    assert columns_of(read_rows(tmp_path, rows)) == {"B"}
    rows = table(("Semesta", ELIGIBLE), below=[f"{mark}) {note}"])
    rows[3][0] += f" {mark})"
    assert "35.02" not in {said[0] for said in read_rows(tmp_path, rows).loaded.values()}


@pytest.mark.parametrize(
    "note", ["1) Penerima upah", "1) BPJS Ketenagakerjaan, diolah", "1) di luar ASN, TNI dan Polri"]
)
def test_footnotes_that_change_nothing(tmp_path, note):
    rows = table(("Semesta PU 1)", ELIGIBLE), below=[note])
    assert columns_of(read_rows(tmp_path, rows)) == {"B"}


@pytest.mark.parametrize(
    "remark",
    [
        "termasuk Kota Madiun",
        "data TW II",
        "data 2024",
        "per Agustus",
        "BPU",
        "salah input",
        "data terdaftar",
        "data bulan lalu",
    ],
)
def test_remarks_that_a_row_is_of_something_else(tmp_path, remark):
    rows = table(("Semesta", ELIGIBLE), ("Keterangan", [None, remark, "lengkap", None]))
    seen = read_rows(tmp_path, rows)
    assert "remark_in_row at C4" in seen.errors
    assert {said[0] for said in seen.loaded.values()} == {"35.01", "35.03", "35.04"}


@pytest.mark.parametrize("remark", ["target 2026: 45%", "data Oktober 2025", "ada 120 TK non aktif", "MoU 2023"])
def test_remarks_that_change_nothing(tmp_path, remark):
    rows = table(("Semesta", ELIGIBLE), ("Keterangan", [None, remark, "lengkap", None]))
    assert len(read_rows(tmp_path, rows).loaded) == 4


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Jenis Pekerjaan", "Nelayan"), ("Status", "Menunggak"), ("Sumber Dana", "APBD"), ("Kategori", "Skala Mikro")],
)
def test_columns_that_say_of_whom_each_row_is(tmp_path, header, cells):
    assert not read_rows(tmp_path, table((header, [cells] * 4), ("Semesta", ELIGIBLE))).loaded
    harmless = table((header, ["Tinggi", "Sedang", "Rendah", "Tinggi"]), ("Semesta", ELIGIBLE))
    assert len(read_rows(tmp_path, harmless).loaded) == 4


def test_a_table_of_one_regency_obeys_what_its_rows_say(tmp_path):
    title = [f"UCJ Kabupaten Trenggalek {DAY}"]
    rows = [
        title,
        ["Segmen", "Semesta", "Keterangan"],
        ["PU", 1000, "ribu"],
        ["BPU", 2000, None],
        ["JAKON", 100, "Target"],
    ]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"BPU"}
    rows = [title, ["Segmen", "Semesta"], ["PU", 1000], ["BPU*", 2000], ["*) data per 30 September 2025"]]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"PU"}


def test_a_sum_of_months_in_a_long_table(tmp_path):
    months = (("Januari", 100), ("Februari", 110), ("Jumlah", 210))
    rows = [
        ["UCJ 2025"],
        ["Kabupaten/Kota", "Bulan", "Peserta Aktif"],
        *([name, *month] for name in NAMES for month in months),
    ]
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize(
    "title",
    ["Kepesertaan Jamsostek Juru Parkir", "Kepesertaan Jamsostek BUMN", "Desa Peserta Jamsostek", "Peserta Jamsostek Ganda",
     "Realisasi Penambahan Peserta Jamsostek", "Peserta Jamsostek Terdaftar", "Cakupan Jamsostek dalam RPJMD"],
)  # fmt: skip
def test_titles_about_some_workers_or_other_figures(tmp_path, title):
    assert not read_rows(tmp_path, table(("Peserta Aktif", ACTIVE), title=f"{title} {DAY}")).loaded


def test_members_registered_and_active_are_active(tmp_path):
    rows = table(("Peserta Aktif", ACTIVE), title=f"Pekerja Terdaftar Aktif Jamsostek {DAY}")
    assert columns_of(read_rows(tmp_path, rows)) == {"B"}


@pytest.mark.parametrize(
    "title", ["Penduduk Bekerja di Pertanian", "Pengangguran Putus Asa", "TPT SLTA", "TPT dalam RPJMD", "TPT Vokasi"]
)
def test_titles_about_some_people(tmp_path, title):
    rows = table(("2023", ACTIVE if "TPT" not in title else RATES), title=f"{title} menurut Kabupaten/Kota")
    assert not read_rows(tmp_path, rows).loaded


def test_an_unemployment_that_no_regency_ever_had(tmp_path):
    rows = table(("Target TPT", RATES), ("Capaian TPT (%)", [80.0, 90.0, 70.0, 95.0]), title=SURVEY)
    values, findings = judged(read_rows(tmp_path, rows))
    assert not values
    assert {finding.rule for finding in findings} >= {"unemployment_unthinkable"}


def test_the_province_of_each_row(tmp_path):
    rows = [[TITLE], ["Provinsi", "Kabupaten/Kota", "Semesta"], ["Jawa Barat", "Ciamis", 200], [None, "Garut", 300],
            ["Kalimantan Selatan", "Banjar", 400], ["Jawa Tengah", "Pacitan", 500]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert [said[0] for said in seen.loaded.values()] == ["32.07", "32.05", "63.03"]
    assert seen.errors == ["province_contradicts_name at B6"]


@pytest.mark.parametrize("number_format", ['#,##0" KK"', '"Rp"#,##0'])
def test_numbers_that_the_format_shows_as_other_things(tmp_path, number_format):
    rows = table(("Semesta", ELIGIBLE))
    book = Builder(tmp_path / "a.xlsx").sheet(
        rows, formats=dict.fromkeys((f"B{n}" for n in range(3, 7)), number_format)
    )
    assert not read(book.save()).values


def test_people_in_a_column_of_per_cent(tmp_path):
    rows = table(("Cakupan (%)", [25.5, "43 orang", 30.1, 12.4]))
    assert "not_a_number at B4" in read_rows(tmp_path, rows).errors


def test_a_rate_of_two_columns_that_are_not_read(tmp_path):
    rows = table(("Potensi badan usaha", ELIGIBLE), ("Badan usaha aktif", ACTIVE), ("Cakupan (%)", PCT))
    assert not read_rows(tmp_path, rows).loaded


def test_the_workers_in_a_table_of_targets(tmp_path):
    title = f"TARGET CAKUPAN JAMSOSTEK SEGMEN BPU {DAY}"
    columns = (("Potensi", ELIGIBLE), ("Target Peserta Aktif", ACTIVE), ("Target %", PCT))
    assert not read_rows(tmp_path, table(*columns, title=title)).loaded
    reached = (*columns, ("Realisasi Peserta Aktif", ACTIVE))
    assert columns_of(read_rows(tmp_path, table(*reached, title=title))) == {"B", "E"}


def test_running_numbers_are_no_counts_that_a_rate_may_be_of(tmp_path):
    rows = [[TITLE], ["No", "Kabupaten/Kota", "Peserta Aktif (ribu)", "Semesta", "Cakupan"],
            [2, NAMES[0], 0.101, 2001, 5.05], [4, NAMES[1], 0.12, 4001, 3.0]]  # fmt: skip
    assert "E" in columns_of(read_rows(tmp_path, rows))
