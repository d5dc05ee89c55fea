"""What stands around a table and is not of it: remarks, other days, other units, other regions; none is taken in silence.

Each workbook is one that an office could send; each was loaded with the value that stands behind it, without a finding.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.read.builder import Builder, judged, read, read_rows

NAMES = ("Kab. Pacitan", "Kab. Ponorogo", "Kab. Trenggalek")
HEADER = ["Kabupaten/Kota", "Semesta", "Peserta Aktif"]
BODY = [[name, 20_000 + n, 5_000 + n] for n, name in enumerate(NAMES)]
TITLE = "Cakupan Kepesertaan BPJS Ketenagakerjaan per 31 Oktober 2025"
UNDATED = "Cakupan Kepesertaan BPJS Ketenagakerjaan Jawa Timur"
OF_ONE = [["Segmen", "Semesta", "Peserta Aktif"], ["PU", 1000, 500], ["BPU", 2000, 200]]
OCTOBER = "2025-10-31"
TPT = [["Kabupaten/Kota", "TPT"], [NAMES[0], 2.1], [NAMES[1], 4.1]]


@pytest.mark.parametrize(
    "remark",
    [
        "Fokus triwulan IV: percepatan BPU",
        "Warna merah = cakupan BPU di bawah 10%",
        "Catatan: JAKON dihitung per proyek",
        "Peserta PMI: 1.250 orang",
        "Target 2026: 500.000 peserta BPU",
        "PIC: Bidang Kepesertaan PU",
    ],
)
def test_a_remark_gives_no_segment(tmp_path, remark):
    seen = read_rows(tmp_path, [[TITLE], [remark], HEADER, *BODY])
    assert {said[2] for said in seen.loaded.values()} == {"TOTAL"}


@pytest.mark.parametrize("title", ["Segmen: BPU", "Tabel 2: Peserta BPU", "Rekap Kepesertaan BPU", "BPU"])
def test_a_title_does(tmp_path, title):
    seen = read_rows(tmp_path, [[TITLE], [title], HEADER, *BODY])
    assert {said[2] for said in seen.loaded.values()} == {"BPU"}


@pytest.mark.parametrize(
    "line",
    [
        "Tanggal input 5 November 2025",
        "SK Gubernur tanggal 5 Januari 2025",
        "Berdasarkan Inpres 2 Tahun 2021 tanggal 25 Maret 2021",
        "Disampaikan ke Gubernur 10 November 2025",
        "Pembaruan berikutnya: 30 November 2025",
        "Jatuh tempo laporan 10 November 2025",
        "Dibandingkan 30 September 2025 naik 2%",
        "Posisi data bulan lalu: 30 September 2025",
        "Semesta dihitung dari Regsosek per Desember 2023",
        "Input: Budi (05-11-2025)",
    ],
)
def test_the_day_of_something_else_is_not_that_of_the_figures(tmp_path, line):
    seen = read_rows(tmp_path, [[UNDATED], [line], HEADER, *BODY])
    assert not seen.loaded
    assert any(error.startswith("time_missing") for error in seen.errors)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("31 Oktober 2025", OCTOBER),
        ("Status 31 Oktober 2025", OCTOBER),
        ("Periode 1 Januari - 31 Oktober 2025", OCTOBER),
        ("Rekap UCJ 31 Oktober 2025", OCTOBER),
        ("(data: 31/10/2025)", OCTOBER),
    ],
)
def test_a_day_that_is_led_to_is(tmp_path, line, day):
    assert {said[1] for said in read_rows(tmp_path, [[UNDATED], [line], HEADER, *BODY]).loaded.values()} == {day}


@pytest.mark.parametrize(
    "box",
    [
        [["Tgl cetak"], [date(2025, 11, 5)]],
        [["Tanggal cetak", "Petugas"], ["5 November 2025", "Budi"]],
        [["Deadline", date(2025, 11, 5)]],
    ],
)
def test_the_label_of_a_day_may_stand_over_it(tmp_path, box):
    assert not read_rows(tmp_path, [[UNDATED], *box, [None], HEADER, *BODY]).loaded


@pytest.mark.parametrize(
    "note", ["Semesta: kondisi Agustus 2024", "*) kondisi Agustus 2024", "Tabel 1. Kondisi Agustus 2024"]
)
def test_a_note_under_a_table_is_not_the_title_of_the_next_one(tmp_path, note):
    rows = [["UCJ per 31 Oktober 2025"], HEADER[:2], *(row[:2] for row in BODY), [note], [None],
            ["Kabupaten/Kota", "Peserta Aktif"], *([name, 205] for name in NAMES)]  # fmt: skip
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {OCTOBER}


@pytest.mark.parametrize(
    ("title", "source", "file"),
    [
        ("TPT menurut Kabupaten/Kota", "Sumber: BPS, Sakernas Agustus 2024", "Paparan 2025.xlsx"),
        ("TPT menurut Kabupaten/Kota", "Sumber: BPS", "Jawa Timur Dalam Angka 2025.xlsx"),
        ("TPT menurut Kabupaten/Kota (Bahan RKPD 2026)", "Sumber: BPS", "kiriman.xlsx"),
        ("TPT menurut Kabupaten/Kota", "Sumber: BPS", "Lampiran RKPD 2026.xlsx"),
    ],
)
def test_the_year_of_a_book_or_a_plan_is_not_the_survey_s(tmp_path, title, source, file):
    path = Builder(tmp_path / "a.xlsx").sheet([[title], *TPT, [source]]).save()
    assert not read(path, file).loaded


@pytest.mark.parametrize(
    "rows",
    [
        [[TITLE], ["Jumlah Penduduk (ribu jiwa)", None, "Cakupan"], [41_500, None, "35%"], [None], HEADER, *BODY],
        [[TITLE], HEADER, *BODY, ["Catatan: grafik pada sheet 2 dalam ribuan"]],
        [[TITLE], HEADER, *BODY, ["Sumber semesta: BPS (ribu orang), diolah"]],
        [[TITLE], HEADER, *BODY, ["Catatan: angka tidak dalam ribuan"]],
        [["Semesta pekerja (ribu orang) per 31 Oktober 2025"], HEADER[:2], [NAMES[0], 250.4], [None],
         ["Peserta PMI per 31 Oktober 2025"], ["Kabupaten/Kota", "Peserta Aktif PMI"], [NAMES[0], 5000]],
    ],
)  # fmt: skip
def test_the_unit_of_something_else_multiplies_nothing(tmp_path, rows):
    assert all(value <= 250_400 for value in read_rows(tmp_path, rows).values.values())


def test_a_note_that_says_nothing_but_the_unit_does(tmp_path):
    rows = [[TITLE], HEADER, [NAMES[0], 20.5, 5.5], [NAMES[1], 30.5, 6.5], ["Catatan: angka dalam ribuan orang"]]
    assert read_rows(tmp_path, rows).values == {"B3": 20_500, "C3": 5_500, "B4": 30_500, "C4": 6_500}


def test_a_scale_that_no_regency_bears_is_refused_for_all_columns(tmp_path):
    rows = [[f"{TITLE} (ribu orang)"], ["Kabupaten/Kota", "Semesta", "Peserta Aktif PMI"], [NAMES[0], 20_000, 50]]
    seen = read_rows(tmp_path, rows)
    assert not seen.loaded
    assert seen.errors == ["two_readings at B3", "two_readings at C3"]


@pytest.mark.parametrize(
    ("rows", "is_read"),
    [
        ([["9/30/2025", 10], ["10/31/2025", 11], ["10/1/2025", 12]], False),
        ([["30/9/2025", 10], ["31/10/2025", 11], ["1/10/2025", 12]], True),
    ],
)
def test_a_column_that_proves_its_months_come_first_is_not_read_day_first(tmp_path, rows, is_read):
    body = [[name, *row] for name, row in zip(NAMES, rows, strict=True)]
    seen = read_rows(tmp_path, [["UCJ"], ["Kabupaten/Kota", "Tanggal", "Peserta Aktif"], *body])
    assert ("C5" in seen.loaded) == is_read


def test_first_days_of_months_may_be_days_of_january(tmp_path):
    rows = [
        ["Peserta Aktif UCJ"],
        ["Kabupaten/Kota", "1/1/2025", "2/1/2025"],
        [NAMES[0], 1000, 1100],
        [NAMES[1], 1000, 1200],
    ]
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize(
    ("lines", "region"),
    [
        (["UCJ Kabupaten Trenggalek", "Pembanding: Kabupaten Tulungagung 35,2%"], "35.03"),
        (["UCJ Kabupaten Trenggalek", "Sumber: BPJS Ketenagakerjaan Kota Kediri"], "35.03"),
        (["UCJ Kabupaten Trenggalek", "(peringkat 2 setelah Kota Kediri)"], "35.03"),
        (["UCJ Kabupaten Trenggalek", "Kabupaten Tulungagung"], None),
        (["UCJ", "Kabupaten Kediri", "Kecamatan Pare"], None),
        (["UCJ", "Kabupaten Kediri", "Desa Gurah"], None),
        (["UCJ", "Kabupaten Kediri", "PT Gudang Garam"], None),
        (["PEMERINTAH PROVINSI JAWA TIMUR", "Jl. Dukuh Menanggal No. 124, Kota Surabaya 60234", "REKAP UCJ"], None),
        (["UCJ Provinsi Jawa Timur", "(tidak termasuk Kota Surabaya)"], None),
        (["UCJ Provinsi Jawa Timur", "BPS Kota Surabaya"], None),
    ],
)
def test_the_region_of_something_else_is_not_the_table_s(tmp_path, lines, region):
    seen = read_rows(tmp_path, [["per 31 Oktober 2025"], *([line] for line in lines), *OF_ONE])
    assert {said[0] for said in seen.loaded.values()} == ({region} if region else set())


@pytest.mark.parametrize("sheet", ["Kec. Pare"])
def test_a_sheet_of_a_district_is_not_the_regency_s(tmp_path, sheet):
    assert not read_rows(tmp_path, [["UCJ Kabupaten Kediri per 31 Oktober 2025"], *OF_ONE], sheet).loaded


def test_a_header_repeated_at_a_page_break_keeps_its_groups(tmp_path):
    more = [["Kab. Blitar", 100, 50], ["Kab. Kediri", 100, 50]]
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "PU", None],
        [None, "Semesta", "Aktif"],
        *BODY,
        ["Kabupaten/Kota", "Semesta", "Aktif"],
    ]
    seen = read_rows(tmp_path, [*rows, *more], merges=["B2:C2"])
    assert {said[2] for said in seen.loaded.values()} == {"PU"}
    assert len(seen.loaded) == 10


def test_a_rate_behind_unmerged_groups_may_be_of_all(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "PU", None, "BPU", None, None], [None, "Semesta", "Aktif", "Semesta", "Aktif", "Cakupan (%)"],
            *([name, 100, 50, 80, 10, 33.3] for name in NAMES)]  # fmt: skip
    assert {place[0] for place in read_rows(tmp_path, rows).loaded} == set("BCDE")


def test_a_rate_behind_the_totals_of_a_block_may_be_of_all(tmp_path):
    rows = [[TITLE], ["Uraian", *NAMES[:2]], ["Bukan Penerima Upah"], ["Semesta", 100, 200], ["Peserta Aktif", 10, 20],
            ["Total Semesta", 200, 400], ["Total Peserta Aktif", 60, 80], ["Cakupan (%)", 30, 20]]  # fmt: skip
    assert "B8" not in read_rows(tmp_path, rows).loaded
    blocks = [["UCJ Kabupaten Pacitan"], ["Uraian", "September 2025", "Oktober 2025"], ["Bukan Penerima Upah"],
              ["Peserta Aktif", 10, 20], [None], ["Semesta", 200, 400]]  # fmt: skip
    assert set(read_rows(tmp_path, blocks).loaded) == {"B4", "C4"}


def test_group_words_over_their_middles_beside_one_more_column(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", None, "PU", None, None, "BPU", None, None],
            [None, "Semesta", "Aktif", "%", "Semesta", "Aktif", "%", "Ket"],
            *([name, 100, 50, 50, 80, 10, 12.5, "x"] for name in NAMES)]  # fmt: skip
    assert {(place[0], said[2]) for place, said in read_rows(tmp_path, rows).loaded.items()} == {
        ("C", "PU"),
        ("F", "BPU"),
    }


def test_the_heading_of_a_ranking_is_not_that_of_the_table_at_its_left(tmp_path):
    rows = [[TITLE], [*[None] * 4, "10 besar cakupan PU"], [*HEADER, None, None, "Kabupaten/Kota", "Cakupan (%)"],
            *([*row, None, None, row[0], 40.0 + n] for n, row in enumerate(BODY))]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {said[2] for place, said in seen.loaded.items() if place[0] in "BC"} == {"TOTAL"}


@pytest.mark.parametrize(("title", "sheet"), [(TITLE, "BPU"), ("Peserta BPU per 31 Oktober 2025", "Rekap")])
def test_headers_that_name_another_segment_than_the_title(tmp_path, title, sheet):
    seen = read_rows(tmp_path, [[title], ["Kabupaten/Kota", "Semesta PU", "Peserta Aktif PU"], *BODY], sheet)
    assert not seen.loaded
    assert seen.errors == ["dimension_unclear at B3", "dimension_unclear at C3"]


def test_the_day_of_a_file_s_name_is_not_that_of_a_column_beside_a_dated_one(tmp_path):
    rows = [[UNDATED], ["Kabupaten/Kota", "Semesta", "Peserta Aktif per 31 Oktober 2025", "Cakupan (%)"],
            *([*row, 25.0] for row in BODY)]  # fmt: skip
    seen = read(Builder(tmp_path / "a.xlsx").sheet(rows).save(), "UCJ September 2025.xlsx")
    assert {said[1] for said in seen.loaded.values()} == {OCTOBER}


def test_a_january_under_the_year_of_the_december_before_it(tmp_path):
    rows = [["UCJ"], ["Kabupaten/Kota", "2024", None, None], [None, "November", "Desember", "Januari"],
            [None, "Aktif", "Aktif", "Aktif"], *([name, 1, 2, 3] for name in NAMES)]  # fmt: skip
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize(
    ("lines", "sheet", "file"),
    [
        (["UCJ Jawa Timur"], "2024", "UCJ Oktober 2025.xlsx"),
        (["UCJ s.d. Oktober 2025", "Tahun 2024"], "Rekap", "kiriman.xlsx"),
    ],
)
def test_a_year_against_a_date(tmp_path, lines, sheet, file):
    path = Builder(tmp_path / "a.xlsx").sheet([*([line] for line in lines), HEADER, *BODY], sheet).save()
    assert not read(path, file).loaded


@pytest.mark.parametrize("heading", ["Bulan sebelumnya", "Posisi awal tahun"])
def test_a_table_of_an_earlier_time_is_not_of_the_title_s(tmp_path, heading):
    rows = [["UCJ per 31 Oktober 2025"], HEADER[:2], *(row[:2] for row in BODY), [None], [heading],
            ["Kabupaten/Kota", "Peserta Aktif"], *([name, 205] for name in NAMES)]  # fmt: skip
    assert {place[0] + place[1:] for place in read_rows(tmp_path, rows).loaded} == {"B3", "B4", "B5"}


@pytest.mark.parametrize(
    ("name", "remark", "note"),
    [
        ("Kab. Ponorogo", "Data per 30 September 2025", None),
        ("Kab. Ponorogo", "BPU saja", None),
        ("Kab. Ponorogo", "gabungan dengan Kab. Madiun", None),
        ("Kab. Ponorogo*)", None, "*) data per 30 September 2025"),
    ],
)
def test_a_remark_that_tells_a_row_apart_refuses_it(tmp_path, name, remark, note):
    rows = [[TITLE], [*HEADER, "Keterangan"], BODY[0], [name, 20_001, 5_001, remark], BODY[2], [note]]
    seen = read_rows(tmp_path, rows)
    assert {place[1] for place in seen.loaded} == {"3", "5"}
    assert any(error.startswith("remark_in_row") for error in seen.errors)


def test_a_remark_that_stands_in_every_row_tells_none_apart(tmp_path):
    rows = [[TITLE], [*HEADER, "Keterangan"], *([*row, "data per 31 Oktober 2025"] for row in BODY)]
    assert len(read_rows(tmp_path, rows).loaded) == 6


@pytest.mark.parametrize(
    ("title", "header", "note"),
    [
        (TITLE, ["Kabupaten/Kota", "Peserta Aktif PU", "Peserta Aktif BPU*)"], "*) posisi 30 September 2025"),
        ("TPT Jawa Timur, Agustus", ["Kabupaten/Kota", "2024", "2025*"], "*) kondisi Februari 2025"),
    ],
)
def test_a_footnote_of_a_column_that_says_another_time(tmp_path, title, header, note):
    seen = read_rows(tmp_path, [[title], header, [NAMES[0], 2.0, 3.0], [NAMES[1], 4.0, 5.0], [note]])
    assert {place[0] for place in seen.loaded} == {"B"}


def test_a_footnote_that_says_nothing_else_refuses_nothing(tmp_path):
    rows = [
        ["TPT Jawa Timur, Agustus"],
        ["Kabupaten/Kota", "2024", "2025*"],
        [NAMES[0], 2.0, 3.0],
        ["*) angka sementara"],
    ]
    assert len(read_rows(tmp_path, rows).loaded) == 2


def test_branch_offices_are_no_regencies(tmp_path):
    rows = [["Kepesertaan Jamsostek menurut Kantor Cabang per 31 Oktober 2025"], ["Wilayah", *HEADER[1:]],
            ["Jember", 20_000, 5_000], ["Banyuwangi", 20_000, 5_000], ["Surabaya", 20_000, 5_000]]  # fmt: skip
    assert not read_rows(tmp_path, rows).loaded


def test_a_lone_word_among_the_remarks_heads_no_block(tmp_path):
    rows = [[TITLE], [*HEADER, "Ket"], BODY[0], [None, None, None, "BPU"], BODY[1]]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"TOTAL"}


def test_a_heading_of_the_province_inside_a_regency_s_table(tmp_path):
    rows = [["UCJ Kabupaten Pacitan per 31 Oktober 2025"], *OF_ONE, ["Jawa Timur"], ["JAKON", 9000, 8000]]
    assert {place[1] for place in read_rows(tmp_path, rows).loaded} == {"3", "4"}


def test_a_day_in_the_header_of_the_names_is_of_the_table(tmp_path):
    rows = [["UCJ"], ["Kabupaten/Kota per 31 Oktober 2025", *HEADER[1:]], *BODY]
    seen = read(Builder(tmp_path / "a.xlsx").sheet(rows).save(), "UCJ September 2025.xlsx")
    assert {said[1] for said in seen.loaded.values()} == {OCTOBER}


@pytest.mark.parametrize(("label", "is_said"), [("Peserta Aktif", True), ("Jumlah lembar", False)])
def test_a_sheet_with_one_figure_of_a_measure_is_not_passed_over(tmp_path, label, is_said):
    seen = read_rows(tmp_path, [["Kab. Pacitan per 31 Oktober 2025"], [label, 41_921]])
    assert seen.errors == (["unknown_kind at A1"] if is_said else [])


def test_headings_with_a_number_and_a_bracket_are_no_footnotes(tmp_path):
    table = [HEADER, *BODY]
    rows = [[TITLE], [None], ["1) Penerima Upah"], *table, [None], ["2) Bukan Penerima Upah"], *table]
    assert [said[2] for said in read_rows(tmp_path, rows).loaded.values()] == ["PU"] * 6 + ["BPU"] * 6


def test_a_note_under_one_of_two_tables_is_of_that_one(tmp_path):
    left = [[name, 20_000 + n, None] for n, name in enumerate(NAMES)]
    rows = [[TITLE], [*HEADER[:2], None, *HEADER[:2]], *([*row, row[0], 9_000] for row in left),
            [None, None, None, "*) termasuk PMI"], [None], ["Segmen JAKON"], HEADER[:2], [NAMES[0], 300]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.loaded["B10"][2] == "JAKON"
    assert {said[2] for place, said in seen.loaded.items() if place != "B10"} <= {"TOTAL"}


def test_a_line_about_the_other_segments_does_not_make_a_title_of_all(tmp_path):
    lines = ["Cakupan segmen BPU per 31 Oktober 2025", "(segmen PU dan Jasa Konstruksi disampaikan terpisah)"]
    assert {said[2] for said in read_rows(tmp_path, [[lines[0]], [lines[1]], HEADER, *BODY]).loaded.values()} == {"BPU"}
    lines = ["Cakupan segmen BPU per 31 Oktober 2025", "Juga: segmen PU", "Segmen Jasa Konstruksi"]
    assert not read_rows(tmp_path, [*([line] for line in lines), HEADER, *BODY]).loaded
    whole = read_rows(tmp_path, [["Cakupan PU, BPU dan Jakon per 31 Oktober 2025"], HEADER, *BODY])
    assert {said[2] for said in whole.loaded.values()} == {"TOTAL"}


@pytest.mark.parametrize("caption", ["Tabel 2. Segmen BPU, tahun 2025", "Tabel 2. Segmen BPU, posisi tahun 2025"])
def test_the_day_of_the_first_caption_is_not_that_of_a_second_with_its_own_year(tmp_path, caption):
    rows = [["Tabel 1. UCJ Segmen PU, posisi 31 Oktober 2025"], HEADER, *BODY, [None], [None], [caption], HEADER, *BODY]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"PU"}


def test_a_blank_group_between_others_leaves_open_whose_columns_it_heads(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "PU", None, None, None, "JAKON", None],
            [None, *["Semesta", "Aktif"] * 3], *([name, 100, 50, 80, 10, 60, 30] for name in NAMES)]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2", "D2:E2", "F2:G2"])
    assert {(place[0], said[2]) for place, said in seen.loaded.items()} == {
        ("B", "PU"), ("C", "PU"), ("F", "JAKON"), ("G", "JAKON"),
    }  # fmt: skip


def test_a_unit_that_only_the_format_shows(tmp_path):
    rows = [[TITLE], HEADER, [NAMES[0], 302, 31], [NAMES[1], 310, 40]]
    thousands, people = '#,##0" ribu"', '#,##0" orang"'
    seen = read(Builder(tmp_path / "a.xlsx").sheet(rows, formats=dict.fromkeys(("B3", "B4"), thousands)).save())
    assert seen.values == {"B3": 302_000, "B4": 310_000, "C3": 31, "C4": 40}
    seen = read(Builder(tmp_path / "b.xlsx").sheet(rows, formats=dict.fromkeys(("B3", "B4"), people)).save())
    assert seen.values["B3"] == 302
    divided = [[TITLE], HEADER, [NAMES[0], 302_000, 31], [NAMES[1], 310_000, 40]]
    formats = dict.fromkeys(("B3", "B4"), '#,##0," ribu"')  # the comma divides what is shown, not what is held
    seen = read(Builder(tmp_path / "c.xlsx").sheet(divided, formats=formats).save())
    assert seen.values["B3"] == 302_000


def test_a_remark_between_two_tables_gives_no_segment(tmp_path):
    rates = [["Kabupaten/Kota", "Cakupan (%)"], *([name, 25.1] for name in NAMES)]
    seen = read_rows(tmp_path, [[TITLE], HEADER, *BODY, ["Data BPU masih sementara"], *rates])
    assert seen.loaded["B8"][2] == "TOTAL"


def test_a_note_that_says_another_month_of_the_last_year(tmp_path):
    rows = [["Perkembangan UCJ akhir tahun 2024 - 2025"], ["Kabupaten/Kota", "Peserta Aktif", None], [None, 2024, 2025],
            *([name, 200, 300] for name in NAMES)]  # fmt: skip
    assert read_rows(tmp_path, rows).loaded["C4"][1] == "2025-12-31"
    assert not read_rows(tmp_path, [*rows, ["Catatan: 2025 posisi Oktober"]]).loaded


def test_the_province_over_the_one_sheet_of_a_regency(tmp_path):
    rows = [["TPT Provinsi Jawa Timur"], ["Tahun", "TPT"], [2023, 4.88], [2024, 4.19]]
    assert "region_not_said at A1" in read_rows(tmp_path, rows, name="Kab. Pacitan").errors
    book = Builder(tmp_path / "b.xlsx").sheet(rows, name="Kab. Pacitan").sheet(rows, name="Kab. Ponorogo")
    assert {said[0] for said in read(book.save()).loaded.values()} == {"35.01", "35.02"}


def test_a_row_with_a_letter_over_rows_with_numbers(tmp_path):
    rows = [[TITLE], ["No", *HEADER], ["A", "Kediri", 30_000, 9_000], [1, "Kab. Kediri", 20_000, 5_000],
            [2, "Kab. Nganjuk", 10_000, 4_000]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert "row_over_rows at B3" in seen.errors
    assert {said[0] for said in seen.loaded.values()} == {"35.06", "35.18"}


def test_a_name_of_two_provinces_under_a_title_of_both(tmp_path):
    rows = [[TITLE], ["Kalimantan Selatan dan Jawa Barat"], HEADER, ["Banjar", 2_000, 500], ["Ciamis", 2_000, 500]]
    assert "region_ambiguous at A4" in read_rows(tmp_path, rows).errors
    rows[1] = ["Provinsi Jawa Barat"]
    assert read_rows(tmp_path, rows).loaded["C4"][0] == "32.79"


def test_what_stands_behind_a_label_that_may_be_of_others(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], ["Fokus: Peserta BPU"], HEADER, *BODY])
    assert not seen.loaded
    assert any(error.startswith("dimension_unclear") for error in seen.errors)


def test_a_sheet_and_headers_of_one_segment_under_a_title_of_another(tmp_path):
    header = ["Kabupaten/Kota", "Semesta PU", "Peserta Aktif PU"]
    seen = read_rows(tmp_path, [["Rekap Segmen BPU per 31 Oktober 2025"], header, *BODY], name="PU")
    assert not seen.loaded
    assert any(error.startswith("dimension_unclear") for error in seen.errors)


@pytest.mark.parametrize(
    "note",
    ["RALAT: peserta aktif Kab. Ponorogo salah ketik; abaikan", "Catatan: angka Kab. Ponorogo seharusnya 4.120"],
)
def test_a_note_that_says_that_a_row_is_wrong(tmp_path, note):
    seen = read_rows(tmp_path, [[TITLE], HEADER, *BODY, [note]])
    assert "note_against_rows at A4" in seen.errors
    assert {said[0] for said in seen.loaded.values()} == {"35.01", "35.03"}


def test_figures_that_a_footnote_calls_an_office_s_own_estimate(tmp_path):
    body = [[f"{name}**" if n == 1 else name, *figures] for n, (name, *figures) in enumerate(BODY)]
    seen = read_rows(tmp_path, [[TITLE], HEADER, *body, ["** angka perkiraan dinas, bukan realisasi"]])
    assert {said[0] for said in seen.loaded.values()} == {"35.01", "35.03"}


def test_a_rate_beside_counts_that_cannot_be(tmp_path):
    body = [[name, 5_000, 20_000, 25.0] for name in NAMES]
    values, _ = judged(read_rows(tmp_path, [[TITLE], [*HEADER, "Cakupan (%)"], *body]))
    assert not values


def test_figures_that_their_own_title_says_not_to_use(tmp_path):
    assert not read_rows(tmp_path, [["ANGKA CONTOH, JANGAN DIGUNAKAN"], [TITLE], HEADER, *BODY]).loaded


@pytest.mark.parametrize("head", ["Target UCJ", "UCJ Pekerja Rentan", "Peserta Non Aktif Jamsostek", "Proyeksi UCJ"])
@pytest.mark.parametrize("captions", [("Segmen PU", "Segmen BPU"), ("per 30 September 2025", "Lanjutan")])
def test_a_title_of_other_figures_is_that_of_the_later_blocks_too(tmp_path, head, captions):
    first, second = captions
    rows = [[f"{head} per 31 Oktober 2025"], [first], HEADER, *BODY, [], [second], HEADER, *BODY]
    assert not read_rows(tmp_path, rows).loaded
    own = [*rows[:-4], ["Cakupan Jamsostek per 31 Oktober 2025"], *rows[-4:]]
    assert read_rows(tmp_path, own).loaded


@pytest.mark.parametrize(
    ("title", "second", "said"),
    [
        ("Cakupan Jamsostek Segmen BPU", [], ("BPU", 5_000)),
        ("Cakupan Jamsostek (ribu orang)", [], ("TOTAL", 5_000)),
        ("Cakupan Jamsostek", [["Lanjutan Tabel 1"]], ("TOTAL", 5_000)),
        ("Cakupan Jamsostek Pekerja Rentan", [], None),
    ],
)
def test_a_table_goes_on_on_the_next_sheet(tmp_path, title, second, said):
    """Its titles are those of the first page."""
    body = [[name, 20, 5] for name in NAMES] if "ribu" in title else BODY
    book = Builder(tmp_path / "UCJ per 31 Oktober 2025.xlsx").sheet([[title], HEADER, *body], "Hal 1")
    book.sheet([*second, HEADER, ["Kab. Blitar", *body[0][1:]]], "Hal 2")
    of_page = {each[2:] for each in read(book.save()).loaded.values() if each[0] == "35.05"}
    segment, active = said or ("", 0)
    counts = {(segment, "eligible_workers", 4 * active), (segment, "active_members", active)}
    assert of_page == (counts if said else set())


def test_a_sheet_with_a_title_or_a_name_of_its_own_goes_on_with_none(tmp_path):
    book = Builder(tmp_path / "UCJ per 31 Oktober 2025.xlsx")
    book.sheet([["Cakupan Jamsostek Segmen BPU"], HEADER, *BODY], "Hal 1")
    book.sheet([["Peserta Jamsostek PU per 31 Oktober 2025"], HEADER, *BODY], "Hal 2").sheet([HEADER, *BODY], "JAKON")
    assert [said[2] for said in read(book.save()).loaded.values()] == ["BPU"] * 6 + ["PU"] * 6 + ["JAKON"] * 6


@pytest.mark.parametrize("whose", ["Pekerja Xylofonis", "Peserta Penenun", "Kepesertaan Pandai Besi"])
def test_a_title_about_workers_of_a_kind_that_nobody_knows(tmp_path, whose):
    seen = read_rows(tmp_path, [[f"Cakupan Jamsostek {whose} per 31 Oktober 2025"], HEADER, *BODY])
    assert not seen.loaded
    assert "foreign_table at A1" in seen.errors


def test_another_word_of_a_title_that_nobody_knows_is_told_of(tmp_path):
    seen = read_rows(tmp_path, [["Cakupan Jamsostek (versi Gerbangsari) per 31 Oktober 2025"], HEADER, *BODY])
    assert len(seen.loaded) == 6
    assert [(each.rule, each.cell, each.details) for each in seen.reading.findings] == [
        ("title_words", "A1", {"words": "versi, gerbangsari"})
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Laporan Monitoring Perkembangan Kepesertaan Jamsostek Kanwil Sumbagut Triwulan III 2025",
        "Dinas Tenaga Kerja dan Transmigrasi Prov. Jatim - Rekap Cakupan Jamsostek 31 Oktober 2025",
        "Cakupan BPJS Ketenagakerjaan Kab. Trenggalek, Lobar dan OKI posisi Oktober 2025",
    ],
)
def test_what_offices_write_on_everything_is_no_strange_word(tmp_path, title):
    seen = read_rows(tmp_path, [[title], HEADER, *BODY])
    assert (len(seen.loaded), seen.rules) == (6, [])
