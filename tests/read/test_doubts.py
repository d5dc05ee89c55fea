"""What a careful person would not be sure of is refused: a title about others, a heading nobody knows, a date of something else."""

from __future__ import annotations

import pytest

from tests.read.builder import Builder, judged, read, read_rows

DAY = "2025-10-31"
TITLE = "Cakupan Jamsostek per 31 Oktober 2025"
HEADER = ["Kabupaten/Kota", "Semesta", "Peserta Aktif"]
FIRST = [["Pacitan", 2000, 600], ["Trenggalek", 3000, 900]]
SECOND = [["Ngawi", 2100, 610], ["Magetan", 3100, 910]]


def values(seen) -> list:
    """The values that validation lets through."""
    return list(judged(seen)[0].values())


@pytest.mark.parametrize(
    "subject",
    [
        "Perangkat Desa", "RT/RW", "Nelayan", "Petani Tembakau", "Guru Honorer", "Pekerja Rentan DBHCHT", "Usia 15-24",
        "Program JHT", "Perusahaan", "Penerima Manfaat", "Realisasi Iuran", "Non Aktif", "Usulan", "Proyeksi",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["title", "line", "sheet", "over the header"])
def test_a_table_about_others_is_not_about_all(tmp_path, subject, place):
    title = f"Kepesertaan Jamsostek {subject} per 31 Oktober 2025" if place == "title" else TITLE
    lines = {"line": [[subject]], "over the header": [["", subject]]}.get(place, [])
    sheet = subject.replace("/", " ") if place == "sheet" else "Rekap"
    seen = read(Builder(tmp_path / "a.xlsx").sheet([[title], *lines, HEADER, *FIRST], sheet).save())
    assert not values(seen)
    assert seen.rules


@pytest.mark.parametrize(
    "title",
    [
        "Kepesertaan dan Pembayaran Manfaat Jamsostek per 31 Oktober 2025",
        "Dinas Koperasi, UMKM dan Tenaga Kerja",
        "Kepesertaan Jamsostek menurut kabupaten/kota",
        "Capaian dan Target UCJ",
        "Target nasional: 52,15 %",
        "Catatan: belum termasuk pekerja rentan",
    ],
)
def test_a_second_subject_an_office_or_a_note_leaves_a_table_what_it_is(tmp_path, title):
    assert values(read_rows(tmp_path, [[TITLE], [title], HEADER, *FIRST])) == [2000, 600, 3000, 900]


@pytest.mark.parametrize(
    "title",
    [
        "Bukan Angkatan Kerja Tahun 2023", "Penduduk Tidak Bekerja 2023", "Setengah Pengangguran 2023",
        "Tingkat Pengangguran Terbuka Lulusan SMK 2023", "TPT Usia 15-24 Tahun 2023", "Baseline dan Target TPT 2029",
        "Peringkat Tingkat Pengangguran Terbuka 2023", "Relative Standard Error TPT 2023",
    ],
)  # fmt: skip
def test_a_labour_table_about_some_people_is_not_about_all(tmp_path, title):
    rows = [[title], ["Kabupaten/Kota", "Jumlah"], ["Pacitan", 5.1], ["Trenggalek", 4.2]]
    assert not read_rows(tmp_path, rows).loaded
    rows = [[title], ["Kabupaten/Kota", "Angkatan Kerja", "TPT"], ["Pacitan", 350000, 5.1], ["Trenggalek", 450000, 4.2]]
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize("sums", [[["PU", 4000, 1200], ["BPU", 1000, 300]], [["PMI", 400, 120]]])
def test_sums_by_segment_under_the_regions_are_not_the_last_one_s(tmp_path, sums):
    seen = read_rows(tmp_path, [[TITLE], HEADER, *FIRST, *sums])
    assert values(seen) == [2000, 600, 3000, 900]
    assert seen.errors


def test_sums_over_blocks_head_them(tmp_path):
    rows = [[TITLE], HEADER, ["PU", 5000, 1500], *FIRST, ["BPU", 5200, 1520], *SECOND]
    assert not values(read_rows(tmp_path, rows))


@pytest.mark.parametrize("is_filled_down", [True, False])
def test_a_last_row_without_a_name_sums_all(tmp_path, is_filled_down):
    further = [["", "BPU", 100, 30]] if is_filled_down else []
    rows = [[TITLE], ["Kabupaten/Kota", "Segmen", "Semesta", "Peserta Aktif"], ["Pacitan", "PU", 2000, 600], *further]
    rows += [["Trenggalek", "PU", 3000, 900], *further, ["", "Jumlah", 5200, 1560]]
    assert "TOTAL" not in {said[2] for said in read_rows(tmp_path, rows).loaded.values()}


@pytest.mark.parametrize(
    "heading",
    [["Pekerja Rentan"], ["BPUU"], ["B. Jasa Lain."], ["Target"], ["Segmen", "BPU"], ["Posisi", "30 September 2025"]],
)
def test_nothing_is_read_under_a_heading_that_is_not_understood(tmp_path, heading):
    seen = read_rows(tmp_path, [[TITLE], HEADER, ["PU"], *FIRST, heading, *SECOND])
    assert values(seen) == [2000, 600, 3000, 900]
    assert seen.errors


@pytest.mark.parametrize("heading", ["Target", "Perangkat Desa", "Laki-laki", "Non ASN", "Program JHT"])
def test_a_heading_about_others_over_all_rows_is_heard(tmp_path, heading):
    assert not values(read_rows(tmp_path, [[TITLE], HEADER, [heading], *FIRST]))


@pytest.mark.parametrize("heading", ["Bakorwil II", "Cabang Madiun", "Eks Karesidenan Madiun", "* angka sementara"])
def test_areas_and_notes_leave_the_rows_under_them_what_they_are(tmp_path, heading):
    rows = [[TITLE], HEADER, ["PU"], *FIRST, [heading], *SECOND]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"PU"}
    assert len(read_rows(tmp_path, rows).loaded) == 8


@pytest.mark.parametrize("words", [("PU", "BPU"), ("September 2025", "Oktober 2025")])
def test_group_words_over_the_middle_of_their_columns_are_of_no_other_column(tmp_path, words):
    rows = [[TITLE], ["Kabupaten/Kota", None, words[0], None, None, words[1], None]]
    group = ["Semesta", "Peserta Aktif", "Cakupan (%)"]
    rows += [[None, *group, "Potensi", *group[1:]], ["Pacitan", 2000, 600, 30, 1000, 200, 20]]
    assert sorted(read_rows(tmp_path, rows).loaded) == ["C4", "F4"]


@pytest.mark.parametrize(
    "text",
    [
        "Data diolah 3 November 2025", "Rilis: 3 November 2025", "Batas waktu pengisian 15 November 2025",
        "Semesta berdasarkan Sakernas Agustus 2024", "Tanggal laporan: 3 November 2025", "mulai 1 Januari 2025",
        "Pekan ke-2 Oktober 2025", "awal Oktober 2025", "Provinsi Jawa Timur Dalam Angka 2025, Oktober 2025",
    ],
)  # fmt: skip
def test_a_date_of_something_else_is_not_that_of_the_figures(tmp_path, text):
    assert not values(read_rows(tmp_path, [["Cakupan Jamsostek"], [text], HEADER, *FIRST]))


@pytest.mark.parametrize(
    "text", ["Target s.d. Desember 2029: 60%", "Data dapat berubah sampai dengan 31 Desember 2025"]
)
def test_a_note_below_about_what_may_come_gives_no_date(tmp_path, text):
    assert not values(read_rows(tmp_path, [["Cakupan Jamsostek"], HEADER, *FIRST, [text]]))


@pytest.mark.parametrize("row", [["Surabaya,", "3 November 2025"], ["Tanggal Cetak", "3 November 2025"]])
def test_a_signature_in_two_cells_gives_no_date(tmp_path, row):
    assert not values(read_rows(tmp_path, [["Cakupan Jamsostek"], row, HEADER, *FIRST]))


@pytest.mark.parametrize(
    "name", ["Lampiran Surat 3 November 2025.xlsx", "WA 03-11-2025.xlsx", "Kiriman 2025-11-03.xlsx"]
)
def test_the_name_of_a_sent_file_gives_no_date(tmp_path, name):
    path = Builder(tmp_path / "a.xlsx").sheet([["Cakupan Jamsostek"], HEADER, *FIRST]).save()
    assert not values(read(path, name))


@pytest.mark.parametrize(
    ("title", "name", "sheet"),
    [
        ("Cakupan Jamsostek per 31 Oktr 2025", "UCJ Sep 2025.xlsx", "Rekap"),
        ("Cakupan Jamsostek per 31 Oktr 2025", "a.xlsx", "Sep 2025"),
        ("Cakupan Jamsostek per 31102025", "UCJ Sep 2025.xlsx", "Rekap"),
        ("Cakupan Jamsostek Tahun 2024", "Data Oktober 2025.xlsx", "Rekap"),
        ("Cakupan Jamsostek Bulan September", "rekap Oktober 2025.xlsx", "Rekap"),
    ],
)
def test_a_file_s_name_gives_no_date_against_the_title(tmp_path, title, name, sheet):
    path = Builder(tmp_path / "a.xlsx").sheet([[title], HEADER, *FIRST], sheet).save()
    assert {said[1] for said in read(path, name).loaded.values()} <= {"2025-09-30" if "Bulan" in title else ""}


@pytest.mark.parametrize(
    ("line", "day"), [("Peserta Aktif Jamsostek Bulan Oktober", DAY), ("Peserta Aktif Jamsostek Tahun 2024", "")]
)
def test_a_later_block_of_another_time_does_not_take_the_first_one_s(tmp_path, line, day):
    rows = [
        ["Semesta Jamsostek per 30 September 2025"],
        ["Kabupaten/Kota", "Semesta"],
        ["Pacitan", 2000],
        ["Ngawi", 3000],
    ]
    rows += [[], [line], ["Kabupaten/Kota", "Peserta Aktif"], ["Pacitan", 600], ["Ngawi", 900]]
    said = read_rows(tmp_path, rows).loaded.values()
    assert {each[1] for each in said if each[3] == "active_members"} == ({day} if day else set())


def test_days_of_rows_that_are_later_than_the_title_are_of_something_else(tmp_path):
    rows = [["Cakupan Jamsostek Oktober 2025"], [*HEADER, "Tanggal"], ["Pacitan", 2000, 600, "3 November 2025"]]
    seen = read_rows(tmp_path, [*rows, ["Trenggalek", 2100, 610, "4 November 2025"]])
    assert not seen.loaded
    assert seen.rules == ["date_contradiction at A1"]


@pytest.mark.parametrize(
    "titles",
    [
        ["Cakupan Jamsostek Kecamatan Watulimo Kabupaten Trenggalek per 31 Oktober 2025"],
        ["Cakupan Jamsostek Cabang Kota Blitar per 31 Oktober 2025"],
        ["Dinas Tenaga Kerja Kabupaten Trenggalek", "Cakupan Jamsostek Provinsi Jawa Timur per 31 Oktober 2025"],
    ],
)
def test_a_part_of_a_regency_or_its_office_is_not_the_regency(tmp_path, titles):
    rows = [*([title] for title in titles), ["Segmen", *HEADER[1:]], ["PU", 2000, 600], ["BPU", 1000, 200]]
    assert not values(read_rows(tmp_path, rows))


@pytest.mark.parametrize("heading", ["Kabupaten Pacitan", "Kecamatan Panggul", "Pekerja Rentan", "Target 2025"])
def test_a_heading_in_a_table_about_one_region_is_heard(tmp_path, heading):
    rows = [["Cakupan Jamsostek Kabupaten Trenggalek per 31 Oktober 2025"], ["Segmen", *HEADER[1:]], ["PU", 2000, 600]]
    assert values(read_rows(tmp_path, [*rows, [heading], ["JAKON", 90, 8]])) == [2000, 600]


@pytest.mark.parametrize(
    ("line", "scale"),
    [
        ("(rb orang)", 1000), ("(dalam ribuan)", 1000), ("x1000", 1000), ("Satuan: ribu orang", 1000), ("(ribu)", 1000),
        ("Perlindungan Ribuan Pekerja", 1),
    ],
)  # fmt: skip
def test_a_unit_is_one_that_says_so(tmp_path, line, scale):
    rows = (
        [[TITLE], [line], HEADER, ["Pacitan", 20.5, 6.25], ["Trenggalek", 30.5, 9.25]]
        if scale > 1
        else [[TITLE], [line], HEADER, *FIRST]
    )
    expected = [20500, 6250, 30500, 9250] if scale > 1 else [2000, 600, 3000, 900]
    assert values(read_rows(tmp_path, rows)) == expected


@pytest.mark.parametrize(
    "line", ["(dalam ratusan)", "Satuan: Perusahaan", "Satuan: KK", "(unit usaha)", "Satuan: Rupiah"]
)
def test_another_unit_than_people_refuses_a_table(tmp_path, line):
    assert not values(read_rows(tmp_path, [[TITLE], [line], HEADER, *FIRST]))


def test_a_later_block_in_people_is_not_in_the_thousands_of_the_first(tmp_path):
    rows = [["Cakupan Jamsostek per 30 September 2025 (ribu orang)"], HEADER, ["Pacitan", 20.5, 6.25]]
    rows += [[], ["Cakupan Jamsostek per 31 Oktober 2025 (orang)"], HEADER, ["Pacitan", 20600, 6300]]
    assert values(read_rows(tmp_path, rows)) == [20500, 6250, 20600, 6300]


def test_months_that_add_up_to_their_sum_are_what_came_in(tmp_path):
    rows = [["Realisasi Peserta Jamsostek Tahun 2025"], ["Kabupaten/Kota", "Januari", "Februari", "Maret", "Jumlah"]]
    rows += [["Pacitan", 6000, 5000, 4000, 15000], ["Trenggalek", 9000, 8000, 7000, 24000]]
    assert not read_rows(tmp_path, rows).loaded
    rows[3][4] = 9000
    assert len(read_rows(tmp_path, rows).loaded) == 6


@pytest.mark.parametrize(
    "headers", [("Realisasi Bulan Ini", "Akumulasi"), ("Realisasi s.d. Bulan Lalu", "Realisasi Bulan Ini")]
)
def test_a_month_beside_what_came_until_now_is_no_stock(tmp_path, headers):
    rows = [[TITLE], ["Kabupaten/Kota", *headers], ["Pacitan", 600, 5000], ["Trenggalek", 900, 7000]]
    assert "Realisasi Bulan Ini" not in {rows[1]["ABC".index(place[0])] for place in read_rows(tmp_path, rows).loaded}


def test_shares_of_the_province_are_no_coverage(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Peserta Aktif", "Persentase"]]
    rows += [
        ["Pacitan", 60000, 26.09],
        ["Trenggalek", 90000, 39.13],
        ["Tulungagung", 80000, 34.78],
        ["Jumlah", 230000, 100],
    ]
    assert values(read_rows(tmp_path, rows)) == [60000, 90000, 80000]


@pytest.mark.parametrize("header", ["Sasaran", "Kuota", "Penduduk", "Jumlah Desa"])
def test_a_percentage_beside_another_whole_may_be_of_that(tmp_path, header):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", header, "Peserta Aktif", "%"],
        ["Pacitan", 3000, 600, 20],
        ["Trenggalek", 3000, 900, 30],
    ]
    assert values(read_rows(tmp_path, rows)) == [600, 900]


@pytest.mark.parametrize(
    ("header", "word"),
    [("Satuan", "Perusahaan"), ("Satuan", "Rp"), ("Keterangan", "Target"), ("Ket", "Non Aktif"), ("Kecamatan", "Watulimo"),
     ("Sektor", "Pertanian"), ("Nama Perusahaan", "CV Maju")],
)  # fmt: skip
def test_what_a_row_says_of_itself_is_heard(tmp_path, header, word):
    rows = [[TITLE], ["Kabupaten/Kota", header, "Semesta", "Peserta Aktif"]]
    assert not values(read_rows(tmp_path, [*rows, ["Pacitan", word, 2000, 600], ["Trenggalek", word, 3000, 900]]))
    rest = [["Pacitan", "Orang", 2000, 600], ["Trenggalek", "Orang", 3000, 900]]
    assert len(values(read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Satuan", *HEADER[1:]], *rest]))) == 4


def test_a_figure_merged_over_two_regions_is_of_neither(tmp_path):
    rows = [[TITLE], HEADER, ["Madiun", 5000, 1500], ["Kota Madiun", None, 1200], ["Ngawi", 1000, 300]]
    seen = read(Builder(tmp_path / "a.xlsx").sheet(rows, merges=["B3:B4"]).save())
    assert "merged_figure at B3" in seen.rules
    assert values(seen) == [1500, 1200, 1000, 300]


@pytest.mark.parametrize("header", ["TPT Jawa Timur", "TPT Provinsi"])
def test_the_figure_of_the_province_beside_each_regency_is_not_its_own(tmp_path, header):
    rows = [["TPT Agustus 2023"], ["Kabupaten/Kota", "TPT", header], ["Pacitan", 1.8, 4.9], ["Trenggalek", 3.7, 4.9]]
    assert values(read_rows(tmp_path, rows)) == [1.8, 3.7]


@pytest.mark.parametrize("header", ["Δ Peserta Aktif", "± Peserta Aktif", "Cakupan (‰)"])
def test_signs_that_say_as_much_as_a_word_are_heard(tmp_path, header):
    assert not values(read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", header], ["Pacitan", 60], ["Trenggalek", 90]]))


@pytest.mark.parametrize("header", ["Unit Kerja", "KCP", "Wilayah Kerja"])
def test_branches_named_after_regencies_are_not_regencies(tmp_path, header):
    rows = [[TITLE], [header, *HEADER[1:]], *FIRST, *SECOND]
    assert not values(read_rows(tmp_path, rows))


@pytest.mark.parametrize("sheet", ["2024", "Data 2024"])
def test_a_sheet_named_after_another_year_contradicts_its_title(tmp_path, sheet):
    seen = read(Builder(tmp_path / "a.xlsx").sheet([[TITLE], HEADER, *FIRST], sheet).save())
    assert not values(seen)


@pytest.mark.parametrize(
    "header", ["Tempat Kerja Aktif", "Potensi Lokasi Kerja", "Cakupan (orang)", "Peserta Aktif (+/-)"]
)
def test_a_header_that_counts_something_else_is_not_loaded(tmp_path, header):
    rows = [[TITLE], ["Kabupaten/Kota", header, "Semesta"], ["Pacitan", 60, 2000], ["Trenggalek", 90, 3000]]
    assert values(read_rows(tmp_path, rows)) == [2000, 3000]


@pytest.mark.parametrize("header", ["Anggaran", "Pagu", "Kuota", "Alokasi"])
def test_a_realisation_beside_a_budget_is_of_that(tmp_path, header):
    rows = [[TITLE], ["Kabupaten/Kota", header, "Realisasi"], ["Pacitan", 900, 600], ["Trenggalek", 900, 900]]
    assert not values(read_rows(tmp_path, rows))


def test_a_title_about_some_workers_holds_whatever_the_headers_say(tmp_path):
    rows = [["Kepesertaan Jamsostek Perangkat Desa per 31 Oktober 2025"]]
    rows += [["Kabupaten/Kota", "Jumlah Perangkat Desa", "Peserta Aktif"], ["Pacitan", 1660, 1500]]
    assert not values(read_rows(tmp_path, rows))
    rows = [["Kepesertaan dan Iuran Jamsostek per 31 Oktober 2025"], ["Kabupaten/Kota", "Peserta Aktif", "Iuran (Rp)"]]
    assert values(read_rows(tmp_path, [*rows, ["Pacitan", 1500, 25200000]])) == [1500]


@pytest.mark.parametrize("others", [("PU", "BPU"), ("Total",)])
def test_projects_among_segments_are_construction(tmp_path, others):
    header = ["Kabupaten/Kota", *(f"{word} Semesta" for word in (*others, "Proyek"))]
    seen = read_rows(tmp_path, [[TITLE], header, ["Pacitan", *[2000] * len(others), 90]])
    assert "JAKON" in {said[2] for said in seen.loaded.values()}
