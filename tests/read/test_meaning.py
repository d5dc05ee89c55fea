"""What headers, titles, headings and names say about figures; what they do not say is never guessed."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest

from tests.read.builder import HEADER, TITLE, Builder, judged, read, read_rows

DAY = "2024-11-13"


def one_column(tmp_path, header, value=60, title=TITLE, sheet="Rekap"):
    return read_rows(tmp_path, [[title], ["Kabupaten/Kota", header], ["Pacitan", value]], sheet)


def said_of(seen):
    return {place: said[1:4] for place, said in seen.loaded.items()}


@pytest.mark.parametrize(
    ("header", "segment"),
    [
        ("Peserta Aktif PU", "PU"), ("Jumlah Peserta PU", "PU"), ("TK Aktif Bukan Penerima Upah", "BPU"),
        ("Peserta Aktif Informal (BPU)", "BPU"), ("Kepesertaan Jasa Konstruksi", "JAKON"), ("Total Peserta Aktif", "TOTAL"),
        ("Peserta Aktif", "TOTAL"), ("Peserta Pekerja Migran Indonesia", "PMI"),
    ],
)  # fmt: skip
def test_a_header_names_its_segment(tmp_path, header, segment):
    assert said_of(one_column(tmp_path, header)) == {"B3": (DAY, segment, "active_members")}


@pytest.mark.parametrize(
    "header",
    [
        "Peserta PU + BPU", "Peserta Aktif PU dan Jakon", "Peserta Aktif JKN", "Peserta Non Aktif", "Target Peserta",
        "% dari Total Peserta", "Persentase PU dari Total", "% terhadap Semesta",
        "Kenaikan Peserta Aktif", "Rata-rata Peserta", "Peserta Aktif JKK", "Semesta dan Peserta Aktif", "Selisih Peserta",
        "Iuran Peserta (Rp)", "PU non ASN Peserta Aktif", "Peserta Aktif 2023",
    ],
)  # fmt: skip
def test_a_header_with_a_word_too_many_is_never_loaded(tmp_path, header):
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Semesta", header], ["Pacitan", 100, 60]])
    assert seen.values == {"B3": 100}
    assert seen.rules == ["unknown_column at C2"]


def test_a_sub_header_that_is_not_understood_refuses_its_column(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Peserta Aktif", None, None],
        [None, "Laki-laki", "Lansia", "Jumlah"],
        ["Pacitan", 40, 20, 60],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:D2"])
    assert said_of(seen) == {"D4": (DAY, "TOTAL", "active_members")}
    assert seen.rules == ["part_column at B2", "unknown_column at C2"]


def test_a_group_header_that_is_not_understood_refuses_its_columns(tmp_path):
    rows = [
        [TITLE],
        [None, "Sektor Tani", None, "PU", None],
        ["Kabupaten/Kota", *HEADER[1:], *HEADER[1:]],
        ["Pacitan", 100, 60, 50, 40],
    ]
    seen = read_rows(tmp_path, rows, merges=["B2:C2", "D2:E2"])
    assert said_of(seen) == {"D4": (DAY, "PU", "eligible_workers"), "E4": (DAY, "PU", "active_members")}
    assert seen.rules == ["unknown_column at B2", "unknown_column at C2"]


@pytest.mark.parametrize("header", ["Peserta Aktif", "Jumlah Peserta Aktif", "Total Peserta"])
def test_a_title_gives_its_segment_to_columns_that_name_none(tmp_path, header):
    seen = one_column(tmp_path, header, title="Cakupan Bukan Penerima Upah per 13 November 2024")
    assert said_of(seen) == {"B3": (DAY, "BPU", "active_members")}


def test_a_total_column_beside_segments_is_the_total_whatever_the_title_names(tmp_path):
    rows = [
        ["Cakupan PU per 13 November 2024"],
        ["Kabupaten/Kota", "Peserta PU", "Peserta BPU", "Jumlah Peserta"],
        ["Pacitan", 1, 2, 3],
    ]
    assert [said[1] for said in said_of(read_rows(tmp_path, rows)).values()] == ["PU", "BPU", "TOTAL"]


def test_a_title_and_a_sheet_that_name_two_segments_refuse_the_columns(tmp_path):
    seen = one_column(tmp_path, "Peserta Aktif", title="Cakupan segmen PU per 13 November 2024", sheet="BPU")
    assert seen.values == {}
    assert seen.errors == ["dimension_unclear at B3"]
    assert seen.message("dimension_unclear") == (
        'Kolom "Peserta Aktif" tidak menyebut Segmen, dan judul menyebut beberapa (BPU, PU). Tulis Segmen di judul kolom.'
    )


def test_a_title_and_a_sheet_that_name_two_dates_refuse_the_table(tmp_path):
    seen = one_column(tmp_path, "Peserta Aktif", title="Cakupan UCJ per 31 Oktober 2025", sheet="November 2025")
    assert seen.values == {}
    assert seen.errors == ["date_contradiction at A1"]
    assert seen.message("date_contradiction") == (
        'Dua tanggal yang bertentangan: "31 Oktober 2025" dan "November 2025". Samakan judul dan nama lembar, lalu '
        "kirim ulang."
    )


@pytest.mark.parametrize(("title", "rule"), [
    ("Cakupan UCJ per 31 Juni 2025", "date_impossible"), ("Cakupan UCJ per 25-10-24", "date_short_year"), ("Cakupan UCJ Okt-25", "date_short_year"),
])  # fmt: skip
def test_a_date_that_is_not_understood_is_never_replaced_by_the_file_names(tmp_path, title, rule):
    path = Builder(tmp_path / "UCJ Mei 2025.xlsx").sheet([[title], HEADER, ["Pacitan", 100, 60]]).save()
    seen = read(path)
    assert seen.values == {}
    assert seen.errors == [f"{rule} at A1"]


def test_an_impossible_date_in_a_sheets_name_is_not_replaced_either(tmp_path):
    path = (
        Builder(tmp_path / "UCJ Mei 2025.xlsx")
        .sheet([["Cakupan"], HEADER, ["Pacitan", 100, 60]], "31 Juni 2025")
        .save()
    )
    assert read(path).errors == ["date_impossible"]


@pytest.mark.parametrize(
    "note",
    ["Surabaya, 3 Desember 2024", "Dicetak 3 Desember 2024", "Sumber: BPS, Desember 2025", "Mengetahui, 1 Maret 2025"],
)
def test_dates_of_signatures_prints_and_sources_never_count(tmp_path, note):
    assert read_rows(tmp_path, [["Cakupan"], [note], HEADER, ["Pacitan", 100, 60]]).values == {}
    assert {
        said[1] for said in read_rows(tmp_path, [[TITLE], [note], HEADER, ["Pacitan", 100, 60]]).loaded.values()
    } == {DAY}


def test_a_date_in_the_file_name_alone_counts(tmp_path):
    path = Builder(tmp_path / "UCJ_per_31-10-2025.xlsx").sheet([["Cakupan"], HEADER, ["Pacitan", 100, 60]]).save()
    assert {said[1] for said in read(path).loaded.values()} == {"2025-10-31"}


def test_a_file_name_that_contradicts_the_content_is_a_warning(tmp_path):
    path = Builder(tmp_path / "UCJ Mei 2025.xlsx").sheet([[TITLE], HEADER, ["Pacitan", 100, 60]]).save()
    seen = read(path)
    assert seen.values == {"B3": 100, "C3": 60}
    assert seen.rules == ["file_name_date"]


def test_a_real_date_cell_is_the_date(tmp_path):
    rows = [["Cakupan"], ["Tanggal", date(2024, 11, 13)], HEADER, ["Pacitan", 100, 60]]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {DAY}


@pytest.mark.parametrize("number_format", ["mmm-yy", "[$-421]mmmm yyyy", "mm/yyyy"])
def test_a_date_cell_that_shows_only_its_month_is_the_months_last_day(tmp_path, number_format):
    rows = [
        ["Cakupan UCJ"],
        ["Kabupaten/Kota", "Peserta Aktif", None],
        [None, date(2025, 9, 1), date(2025, 10, 1)],
        ["Pacitan", 50, 60],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2"], formats={"B3": number_format, "C3": number_format})
    assert {place: said[1] for place, said in seen.loaded.items()} == {"B4": "2025-09-30", "C4": "2025-10-31"}


def test_a_sheets_year_that_contradicts_its_title_refuses_the_table(tmp_path):
    seen = read_rows(tmp_path, [["TPAK Tahun 2023"], ["Kabupaten/Kota", "TPAK"], ["Pacitan", 70.5]], "2024")
    assert seen.values == {}
    assert seen.errors == ["date_contradiction at A1"]


def test_the_year_in_which_a_table_was_fetched_is_not_its_year(tmp_path):
    rows = [
        ["Tingkat Pengangguran Terbuka 2023"],
        ["Access Time: November 12, 2025"],
        ["Kabupaten/Kota", "TPT"],
        ["Pacitan", 3.5],
    ]
    assert said_of(read_rows(tmp_path, rows)) == {"B4": (2023, "unemployment_rate_pct", 3.5)}


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Cakupan JKN per 13 November 2024", "jkn"), ("Peserta KB Aktif per 13 November 2024", "kb"),
        ("Realisasi Pajak Daerah per 13 November 2024", "pajak"), ("Cakupan Imunisasi per 13 November 2024", "imunisasi"),
    ],
)  # fmt: skip
def test_a_table_about_something_else_is_refused_as_such(tmp_path, title, word):
    seen = read_rows(
        tmp_path, [[title], ["Kabupaten/Kota", "Potensi", "Realisasi", "Cakupan (%)"], ["Pacitan", 100, 60, "60%"]]
    )
    assert seen.values == {}
    assert seen.errors == ["foreign_table at A1"]
    assert seen.message("foreign_table") == f'Judul menyebut "{word}": tabel ini tentang hal lain dan tidak dimuat.'


def test_a_second_table_about_something_else_costs_only_itself(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], [], ["Kepesertaan BPJS Kesehatan"], HEADER, ["Ponorogo", 900, 800]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "C3": 60}
    assert "foreign_table at A5" in seen.errors


def test_a_second_table_without_a_known_region_header_is_not_part_of_the_first(tmp_path):
    rows = [
        [TITLE],
        HEADER,
        ["Pacitan", 100, 60],
        [],
        ["Daerah Tingkat Dua", "Peserta Pelatihan", "Anggaran"],
        ["Ponorogo", 900, 800],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "C3": 60}
    assert seen.errors == ["stray_cells at B6"]


def test_two_kinds_may_share_a_sheet(tmp_path):
    rows = [
        [TITLE], HEADER, ["Pacitan", 100, 60], [],
        ["Angkatan kerja 2024"], ["Kabupaten/Kota", "Bekerja", "Pengangguran"], ["Pacitan", 300, 9],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "C3": 60, "B7": 300, "C7": 9}
    assert seen.reading.kind == "coverage,labour_force"


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_with_its_own_separator(tmp_path, separator, encoding):
    lines = [
        [f"{TITLE} – é"],
        ["Kabupaten/Kota", "Semesta", "Cakupan (%)"],
        ["Pacitan", "1.000", "43,2"],
        ["Ponorogo", "2.000", "9,04"],
    ]
    (tmp_path / "a.csv").write_text("\n".join(separator.join(line) for line in lines), encoding=encoding)
    assert read(tmp_path / "a.csv").values == {"B3": 1000, "C3": 43.2, "B4": 2000, "C4": 9.04}


def test_a_csv_whose_decimal_commas_became_separators_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text(
        f"{TITLE}\nKabupaten/Kota,Peserta PU,Cakupan PU\nPacitan,100,43,2\n", encoding="utf-8"
    )
    seen = read(tmp_path / "a.csv")
    assert seen.values == {}
    assert seen.rules == ["fields_disagree"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Kabupaten/Kota,Cakupan", "Pacitan,25,5", "Ponorogo,30,1"],
        ["Wilayah,Semesta,Peserta Aktif,,", "Pacitan,20,000,5,000", "Ponorogo,30,010,9,003"],
        ["Wilayah;PU Aktif;BPU Aktif", "Pacitan;4000;1000", "Ponorogo;2000"],
        ["Wilayah;PU Aktif;BPU Aktif", "Pacitan;;4000;1000", "Ponorogo;2000;300"],
    ],
)
def test_a_csv_with_lost_or_split_fields_is_refused(tmp_path, lines):
    (tmp_path / "a.csv").write_text("\n".join([TITLE, *lines]), encoding="utf-8")
    assert read(tmp_path / "a.csv").rules == ["fields_disagree"]


def test_a_csv_with_groups_and_a_region_without_figures_is_read(tmp_path):
    lines = [TITLE, "Wilayah;PU;;BPU;", ";Semesta;Aktif;Semesta;Aktif", "Pacitan;2000;500;3000;300",
             "Ponorogo;-;-;-;-", "Kab. Blitar;2000;500;3000;300", "Sumber: BPJS; per 13 November 2024"]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    assert len(read(tmp_path / "a.csv").loaded) == 8


def test_html_that_is_named_xls_is_read(tmp_path):
    rows = ["<tr><td colspan=3>" + TITLE + "</td></tr>", "<tr>" + "".join(f"<th>{word}</th>" for word in HEADER) + "</tr>",
            "<tr><td>Kab.&nbsp;Pacitan</td><td>1.000</td><td>600</td></tr>"]  # fmt: skip
    (tmp_path / "a.xls").write_text(f"<html><body><table>{''.join(rows)}</table></body></html>", encoding="utf-8")
    seen = read(tmp_path / "a.xls")
    assert seen.values == {"B3": 1000, "C3": 600}
    assert seen.rules == ["not_scanned"]


def test_an_ods_is_read_and_says_what_cannot_be_seen_in_it(tmp_path):
    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'

    lines = [[TITLE], HEADER, ["Pacitan", 100, 60]]
    body = "".join("<table:table-row>" + "".join(map(cell, line)) + "</table:table-row>" for line in lines)
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Rekap">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    seen = read(tmp_path / "a.ods")
    assert seen.values == {"B3": 100, "C3": 60}
    assert seen.rules == ["not_scanned"]


def test_a_sheet_of_figures_typed_as_texts_is_never_taken_for_a_cover(tmp_path):
    seen = read_rows(tmp_path, [["Nama Daerah", "Anggaran"], ["Pacitan", "1.000"], ["Ponorogo", "2.000"]])
    assert seen.errors == ["unknown_kind at A1"]


def test_a_cover_sheet_is_furniture(tmp_path):
    path = (
        Builder(tmp_path / "a.xlsx")
        .sheet([["LAPORAN UCJ"], ["Jawa Timur 2024"]], "Sampul")
        .sheet([[TITLE], HEADER, ["Pacitan", 100, 60]])
        .save()
    )
    seen = read(path)
    assert seen.furniture(0) == {"text_sheet": 2}
    assert seen.rules == []


def test_columns_of_any_programme_are_refused_until_a_word_says_which(tmp_path):
    table = [["Kabupaten/Kota", "Potensi", "Realisasi"], ["Pacitan", 100, 40]]
    seen = read_rows(tmp_path, [["Capaian per 13 November 2024"], *table])
    assert (seen.values, seen.rules) == ({}, ["subject_unclear at A2"])
    seen = read_rows(tmp_path, [["Capaian Jamsostek per 13 November 2024"], *table])
    assert (seen.values, seen.rules) == ({"B3": 100, "C3": 40}, [])


def test_a_project_in_a_title_is_no_construction_segment(tmp_path):
    title = "Proyek Perubahan UCJ per 13 November 2024"
    assert said_of(one_column(tmp_path, "Semesta", title=title)) == {"B3": (DAY, "TOTAL", "eligible_workers")}


# -- found by layouts that were laid out at random ----------------------------------------------------------


def test_a_total_without_figures_heads_a_block_of_its_own(tmp_path):
    rows = [[TITLE], HEADER, ["BPU"], ["Kab. Trenggalek", 1000, 90], ["Total"], ["Kab. Gresik", 5000, 2000]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[2] for place, said in seen.loaded.items()} == {
        "B4": "BPU",
        "C4": "BPU",
        "B6": "TOTAL",
        "C6": "TOTAL",
    }


def test_the_scale_of_percentages_is_decided_for_each_column(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "PU", None, None, "BPU", None, None],
        [None, "Semesta", "Peserta Aktif", "Cakupan", "Semesta", "Peserta Aktif", "Cakupan"],
        ["Kab. Trenggalek", 1000, 387, 38.7, 2000, 1565, 0.7825],
        ["Kab. Gresik", 3000, 2754, 91.8, 1000, 286, 0.286],
    ]
    values = read_rows(tmp_path, rows).values
    assert (values["D4"], values["D5"], values["G4"], values["G5"]) == (38.7, 91.8, 78.25, 28.6)


@pytest.mark.parametrize(
    ("name", "segment"), [("Formal", "PU"), ("Segmen Mandiri", "BPU"), ("Formal Bulanan", "TOTAL")]
)
def test_a_common_word_names_a_segment_where_a_sheet_s_name_says_nothing_more(tmp_path, name, segment):
    seen = read_rows(tmp_path, [[TITLE], HEADER, ["Kab. Trenggalek", 1000, 387]], name)
    assert {said[2] for said in seen.loaded.values()} == {segment}


def test_a_percentage_typed_like_the_head_counts_beside_it_is_doubtful(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Cakupan", "Peserta Aktif"], ["Kab. Trenggalek", "89.340", "38.595"]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"C3": 38595}
    assert seen.rules == ["two_readings at B3"]


def test_a_rate_above_1_that_cannot_pass_100_is_no_fraction(tmp_path):
    rows = [["Tabel Sakernas 2021"], ["Kabupaten/Kota", "TPT"], ["Kab. Trenggalek", "2,00"], ["Kab. Gresik", "1,85"]]
    assert read_rows(tmp_path, rows).values == {"B3": 2, "B4": 1.85}
    rows[2][1], rows[3][1] = "0,90", "0,85"
    assert read_rows(tmp_path, rows).rules == ["two_readings at B3", "two_readings at B4"]


def test_a_printed_unemployment_rate_that_its_counts_do_not_give_is_warned_of(tmp_path):
    rows = [
        ["Sakernas 2023"],
        ["Kabupaten/Kota", "Bekerja", "Pengangguran", "TPT"],
        ["Kab. Trenggalek", 464000, 22000, "4,52"],
        ["Kab. Gresik", 464000, 22000, "5,37"],
    ]
    _, findings = judged(read_rows(tmp_path, rows))
    assert [(finding.rule, finding.cell) for finding in findings] == [("rate_disagrees", "D4")]


@pytest.mark.parametrize(
    "meeting",
    [
        ["Hari/Tanggal : Kamis, 22 Mei 2025"],
        ["Hari, tanggal", "Kamis, 22 Mei 2025"],
        ["Hari/tanggal rapat : Selasa, 15 April 2025"],
        ["NOTULEN RAPAT 22 MEI 2025"],
        ["Bahan Rapat Koordinasi, 22 Mei 2025"],
        ["Waktu : 22 Mei 2025 pukul 09.00"],
    ],
)
def test_the_date_of_a_meeting_is_not_that_of_its_figures(tmp_path, meeting):
    rows = [
        ["NOTULEN RAPAT"], meeting, ["1. Rapat dibuka pukul 09.15."],
        ["2. BPJS Ketenagakerjaan memaparkan capaian per 30 April 2025."], [],
        [None, *HEADER], [None, "Pacitan", "1.000", "400"],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in seen.loaded.items()} == {"C7": "2025-04-30", "D7": "2025-04-30"}
    assert seen.rules == []


def test_a_meeting_s_title_may_say_the_date_of_its_figures(tmp_path):
    rows = [["Bahan Rapat Evaluasi Jamsostek per 30 April 2025"], HEADER, ["Pacitan", 1000, 400]]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-04-30"}


def test_a_rank_of_a_measure_is_none_of_its_values(tmp_path):
    title = ["TPAK DAN TPT HASIL SAKERNAS AGUSTUS"]
    rows = [title, ["Kabupaten/Kota", "TPT", None, "Rank TPT 2024"], [None, "2023", "2024", None]]
    seen = read_rows(tmp_path, [*rows, ["Pacitan", 5.82, 7.32, 11], ["Ponorogo", 4.37, 3.97, 3]])
    assert sorted(seen.values) == ["B4", "B5", "C4", "C5"]
    assert seen.errors == []


def test_the_code_of_the_province_is_no_value_of_a_long_table(tmp_path):
    header = [
        "kode_provinsi",
        "nama_provinsi",
        "kode_kabupaten_kota",
        "nama_kabupaten_kota",
        "indikator",
        "nilai",
        "tahun",
    ]
    rows = [["35", "JAWA TIMUR", "3501", "KABUPATEN PACITAN", "Penduduk Bekerja", "964837", "2023"],
            ["35", "JAWA TIMUR", "3501", "KABUPATEN PACITAN", "TPT", "7.05", "2023"]]  # fmt: skip
    assert read_rows(tmp_path, [header, *rows]).values == {"F2": 964837, "F3": 7.05}


def test_realisasi_under_a_title_about_percentages_holds_percentages(tmp_path):
    rows = [["Kabupaten/Kota", "Realisasi s.d. Sept 2025"], ["Pacitan", 19], ["Ponorogo", 58]]
    said = read_rows(tmp_path, [["IKU Cakupan Kepesertaan Jamsostek (%)"], *rows])
    assert said_of(said) == {
        "B3": ("2025-09-30", "TOTAL", "reported_coverage_pct"),
        "B4": ("2025-09-30", "TOTAL", "reported_coverage_pct"),
    }
    in_doubt = read_rows(tmp_path, [["IKU Cakupan Kepesertaan Jamsostek"], *rows])
    assert in_doubt.loaded == {}


def test_one_rate_without_its_comma_is_refused_alone(tmp_path):
    rows = [["TPT (%) Kab/Kota - Sakernas Agustus"], ["Kab/Kota", 2023, 2024]]
    names = ["Pacitan", "Ponorogo", "Trenggalek", "Tulungagung", "Lumajang"]
    seen = read_rows(tmp_path, [*rows, *([name, 5.5, 453 if name == "Lumajang" else 4.5] for name in names)])
    assert sorted(seen.values) == [f"{column}{row}" for column in "BC" for row in range(3, 8)]
    values, findings = judged(seen)
    assert [(finding.rule, finding.cell) for finding in findings] == [("not_a_rate", "C7")]
    assert len(values) == 9


def test_the_unit_of_the_table_may_stand_at_its_right(tmp_path):
    rows = [
        ["Potensi dan Peserta Aktif Jamsostek, Keadaan Akhir November 2024"],
        [None, None, None, "(dalam ribuan orang)"],
    ]
    rows += [["Kabupaten/Kota", "Potensi Tenaga Kerja", "Peserta Aktif", "Cakupan (%)"], ["Pacitan", 233.9, 136, 58.1]]
    seen = read_rows(tmp_path, [*rows, ["Ponorogo", 215.3, 53.4, 24.8]])
    assert seen.values["B4"] == 233_900
    assert seen.values["C4"] == 136_000
    assert seen.values["D4"] == 58.1


def test_years_in_the_header_are_of_the_day_that_the_title_says(tmp_path):
    rows = [["Cakupan Kepesertaan Jamsostek menurut Segmen (Persen), 2023-2024"], ["(keadaan 31 Desember)"]]
    rows += [["Kabupaten/Kota", "Penerima Upah", None], [None, 2023, 2024], ["Pacitan", 61.95, 63.23]]
    seen = read_rows(tmp_path, [*rows, ["Ponorogo", 40.89, 41.15]])
    assert said_of(seen)["B5"] == ("2023-12-31", "PU", "reported_coverage_pct")
    assert said_of(seen)["C6"] == ("2024-12-31", "PU", "reported_coverage_pct")
    rows[1] = ["(sumber: BPJS Ketenagakerjaan)"]
    assert read_rows(tmp_path, rows).loaded == {}


@pytest.mark.parametrize(
    ("header", "target", "is_read"),
    [
        ("Cakupan Kepesertaan s.d. TW III 2024 (%)", 45, True),
        ("Realisasi s.d. TW III 2024 (%)", 45, True),
        ("Capaian s.d. TW III 2024 (%)", 45, False),  # of the target?
        ("Cakupan Kepesertaan s.d. TW III 2024 (%)", 45_000, False),  # of those people?
    ],
)
def test_coverage_beside_a_target_in_per_cent_is_no_part_of_it(tmp_path, header, target, is_read):
    rows = [["PERINGKAT CAPAIAN UNIVERSAL COVERAGE JAMSOSTEK (UCJ)"], ["Kabupaten/Kota", "Target RKPD 2024", header]]
    seen = read_rows(tmp_path, [*rows, ["Pacitan", target, 64.3], ["Ponorogo", target, 54.5]])
    assert sorted(seen.values) == (["C3", "C4"] if is_read else [])


@pytest.mark.parametrize(
    ("header", "is_read"),
    [
        (["Potensi TK", "TK Aktif", "Cakupan"], True),
        (["Potensi", "Pekerja Aktif", "Cakupan"], True),
        (["Potensi", "Peserta Aktif", "Cakupan"], False),  # of which programme?
        (["Potensi Tenaga Kerja", "Peserta Aktif", "Keterangan"], False),  # nothing says that the one is a part
    ],
)
def test_counts_of_workers_beside_the_rate_that_they_give_are_of_this_programme(tmp_path, header, is_read):
    rows = [["REKAP COVERAGE WILAYAH PAPUA PER 31 JULI 2025"], ["Kabupaten/Kota", *header], ["Pacitan", 200, 60, "30%"]]
    assert bool(read_rows(tmp_path, [*rows, ["Ponorogo", 100, 50, "50%"]]).values) == is_read


@pytest.mark.parametrize(
    ("subject", "is_read"), [("JAMSOSTEK", True), ("JAMSOSTEK DAN JKN", False), ("PESERTA", False)]
)
def test_the_cover_may_say_what_the_workbook_is_about(tmp_path, subject, is_read):
    book = Builder(tmp_path / "a.xlsx").sheet([["LAPORAN"], [subject], ["DATA PER 30 APRIL 2025"]], "Cover")
    book.sheet([["Kab/Kota", "Potensi", "Peserta Aktif", "Cakupan"], ["Pacitan", 200, 60, "30%"]], "Data")
    assert bool(read(book.save()).values) == is_read


def test_the_definition_of_workers_may_stand_in_their_header(tmp_path):
    header = "Jumlah Semesta Pekerja\n(Non ASN/TNI/Polri)"
    assert said_of(one_column(tmp_path, header)) == {"B3": (DAY, "TOTAL", "eligible_workers")}
    assert one_column(tmp_path, "Semesta Non ASN").loaded == {}  # and TNI and Polri are in it?


@pytest.mark.parametrize(
    "heads", [["tpt_2023", "tpt_2024"], ["TPT 2023 r)", "TPT 2024 *)"], ["TPT 2023r", "TPT 2024**"]]
)
def test_years_beside_underscores_and_footnotes(tmp_path, heads):
    seen = read_rows(tmp_path, [["Kabupaten/Kota", *heads], ["Pacitan", 4.24, 4.79], ["Ponorogo", 2.68, 2.65]])
    assert [said[1] for said in seen.loaded.values()] == [2023, 2024, 2023, 2024]


def test_tahun_with_its_year_is_no_column_of_years(tmp_path):
    rows = [["Tingkat Pengangguran Terbuka (TPT) (Persen)"], ["Kabupaten/Kota", "Tahun 2023", "Tahun 2024"]]
    seen = read_rows(tmp_path, [*rows, ["Pacitan", 4.24, 4.79], ["Ponorogo", 2.68, 2.65]])
    assert [said[1] for said in seen.loaded.values()] == [2023, 2024, 2023, 2024]


def test_a_row_of_column_numbers_may_say_how_a_column_is_made(tmp_path):
    rows = [[TITLE], ["No", *HEADER], ["1", "2", "3", "4", "5=4/3"][: len(HEADER) + 1], [1, "Pacitan", 200, 60]]
    rows[2][-1] = f"{len(HEADER) + 1}={len(HEADER)}/3"
    assert read_rows(tmp_path, rows).errors == []


def test_a_column_that_names_nothing_that_is_counted_is_said_to(tmp_path):
    seen = read_rows(
        tmp_path, [[TITLE], ["Kabupaten/Kota", "Semesta", "PU"], ["Pacitan", 200, 60], ["Ponorogo", 90, 50]]
    )
    assert seen.rules == ["column_without_measure at C2"]
    assert seen.message("column_without_measure") == (
        'Kolom "PU" tidak dimuat: tidak ada kata di judul kolom atau di judul tabel yang menyebut isinya (Semesta, Peserta '
        "aktif, Cakupan). Lengkapi judulnya bila kolom ini dibutuhkan."
    )


def test_the_segments_of_the_programme_together_are_the_total(tmp_path):
    assert said_of(one_column(tmp_path, "Potensi PU + BPU + Jakon")) == {"B3": (DAY, "TOTAL", "eligible_workers")}
    assert one_column(tmp_path, "Potensi PU + BPU").loaded == {}


def test_a_rate_is_of_the_day_that_the_headers_of_its_counts_say(tmp_path):
    counts = ["Semesta per Okt 2025", "TK Aktif per Okt 2025"]
    rows = [["UCJ"], ["Kabupaten/Kota", *counts, "Persentase"], ["Pacitan", 200, 60, 30.5], ["Ponorogo", 90, 50, 55.6]]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-10-31"}
    assert sorted(read_rows(tmp_path, rows).values) == ["B3", "B4", "C3", "C4", "D3", "D4"]
    rows[1][1] = "Semesta per Des 2024"  # a rate of two days
    assert sorted(read_rows(tmp_path, rows).values) == ["B3", "B4", "C3", "C4"]


def test_the_table_of_the_statistics_office_s_yearbooks(tmp_path):
    rows = [["Jumlah Penduduk Berumur 15 Tahun ke Atas Menurut Jenis Kegiatan Selama Seminggu yang Lalu, Agustus 2024"]]
    rows += [
        ["Kabupaten/Kota\nRegency/Municipality", "Kegiatan / Activity", None, None, None, "Indikator / Indicators"]
    ]
    economically = ["Angkatan Kerja\nEconomically Active", None, None, "Bukan Angkatan Kerja\nEconomically Inactive"]
    rows += [[None, *economically, "Tingkat Partisipasi Angkatan Kerja (TPAK)\nLFPR"]]
    rows += [[None, "Bekerja\nWorking", "Pengangguran Terbuka\nUnemployment", "Jumlah Angkatan Kerja\nTotal"]]
    rows += [["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], ["Pacitan", 296528, 8723, 305251, 168604, 64.42]]
    seen = read_rows(tmp_path, rows)
    assert {place: said[-2] for place, said in seen.loaded.items()} == {
        "B6": "employed_people",
        "C6": "unemployed_people",
        "D6": "labour_force_people",
        "F6": "participation_rate_pct",
    }
    assert seen.errors == []


def test_a_percentage_beside_a_target_is_known_by_the_counts_of_all(tmp_path):
    rows = [[TITLE], ["Wilayah", "Semesta", "PU Aktif", "BPU Aktif", "Total Aktif", "% Cakupan", "Target 2025 (%)"]]
    rows += [["Pacitan", 200, 30, 20, 50, 25.0, 45.5], ["Trenggalek", 400, 30, 50, 80, 20.0, 45.5]]
    assert said_of(read_rows(tmp_path, rows))["F3"] == (DAY, "TOTAL", "reported_coverage_pct")


def test_a_percentage_of_protected_workers_is_a_coverage(tmp_path):
    title = "Persentase pekerja terlindungi jaminan sosial ketenagakerjaan (cakupan kepesertaan), Triwulan IV 2024"
    rows = [[title], ["Kabupaten/Kota", "PU", "BPU"], ["Pacitan", "58,6 persen", "18,3 persen"]]
    assert said_of(read_rows(tmp_path, rows)) == {
        "B3": ("2024-12-31", "PU", "reported_coverage_pct"),
        "C3": ("2024-12-31", "BPU", "reported_coverage_pct"),
    }


def test_migrants_come_from_a_region(tmp_path):
    rows = [["KEPESERTAAN PEKERJA MIGRAN INDONESIA (PMI)"], ["Keadaan 31 Oktober 2025"]]
    rows += [["Kab/Kota Asal", "Potensi PMI", "Peserta Aktif PMI"], ["Pacitan", 7529, 4777], ["Ponorogo", 8625, 3788]]
    assert len(read_rows(tmp_path, rows).loaded) == 4


def test_columns_that_make_up_a_total_count_what_it_does(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Semesta", "TK PU", "TK BPU", "Total TK Aktif"]]
    rows += [["Pacitan", 200, 30, 20, 50], ["Trenggalek", 400, 30, 50, 80]]
    assert said_of(read_rows(tmp_path, rows))["C3"] == (DAY, "PU", "active_members")
    rows[3][4] = 90
    assert "C3" not in said_of(read_rows(tmp_path, rows))


def test_a_title_about_targets_over_what_was_reached_too(tmp_path):
    rows = [["Target UCJ per 13 November 2024"], ["Kab/Kota", "Realisasi Peserta Aktif", "Target"], ["Pacitan", 20, 40]]
    assert sorted(said_of(read_rows(tmp_path, rows))) == ["B3"]
    assert not said_of(read_rows(tmp_path, [rows[0], ["Kab/Kota", "Peserta Aktif", "Semesta"], rows[2]]))
