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
    [["Pekerja Rentan"], ["BPUU"], ["B. Jasa Konst."], ["Target"], ["Segmen", "BPU"], ["Posisi", "30 September 2025"]],
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
    rows += [[None, *["Semesta", "Peserta Aktif", "Cakupan (%)"] * 2], ["Pacitan", 2000, 600, 30, 1000, 200, 20]]
    assert sorted(read_rows(tmp_path, rows).loaded) == ["C4", "F4"]
