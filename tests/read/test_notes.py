"""What notes, lines and last rows say of a table, and words that only look like its own: heard, and never bent."""

from __future__ import annotations

import pytest

from tests.read.builder import Builder, judged, read, read_rows

NAMES = ("Kab. Pacitan", "Kab. Ponorogo", "Kab. Trenggalek", "Kab. Tulungagung", "Kab. Blitar", "Kab. Kediri")
TITLE = "Cakupan Kepesertaan BPJS Ketenagakerjaan per 31 Oktober 2025"
HEADER = ["Kabupaten/Kota", "Semesta", "Peserta Aktif"]
BODY = [[name, 20_000 + n, 5_000 + n] for n, name in enumerate(NAMES)]
SURVEY = [["Sakernas Agustus 2024"], ["Kabupaten/Kota", "TPT"], *([name, 4.1] for name in NAMES)]


def loaded_under(tmp_path, note, title=TITLE):
    return read_rows(tmp_path, [[title], HEADER, *BODY, [note]])


@pytest.mark.parametrize(
    "note",
    [
        "Catatan: data Kab. Trenggalek posisi September 2025",
        "Data Kab. Trenggalek belum termasuk JAKON",
        "Kab. Trenggalek menggunakan data bulan lalu",
        "Kab. Trenggalek dan Kab. Kediri tertukar",
    ],
)
def test_a_note_about_one_regency_refuses_its_row(tmp_path, note):
    seen = loaded_under(tmp_path, note)
    assert "35.03" not in {said[0] for said in seen.loaded.values()}
    assert {"35.01", "35.02", "35.04", "35.05"} <= {said[0] for said in seen.loaded.values()}
    assert "note_against_rows at A5" in seen.errors


@pytest.mark.parametrize(
    "note",
    [
        "Data posisi 30 September 2025",
        "Keterangan: data s.d. September 2025",
        "Catatan: data PU saja",
        "Keterangan: hanya segmen BPU",
        "Catatan: belum termasuk JAKON dan PMI",
        "Catatan: peserta aktif termasuk peserta non aktif",
        "Catatan: angka proyeksi",
    ],
)
def test_a_note_about_all_figures_refuses_the_table(tmp_path, note):
    seen = loaded_under(tmp_path, note)
    assert not seen.loaded
    assert "note_against_rows at A3" in seen.errors


@pytest.mark.parametrize(
    "note",
    [
        "Semesta: Sakernas Agustus 2024",
        "Catatan: data per 31 Oktober 2025",
        "Sumber: BPJS Ketenagakerjaan, diolah",
        "Catatan: tidak termasuk ASN, TNI dan Polri",
        "Perda berlaku per 1 Januari 2026",
        "Kab. Trenggalek tertinggi",
    ],
)
def test_a_note_that_changes_nothing(tmp_path, note):
    assert len(loaded_under(tmp_path, note).loaded) == 12


@pytest.mark.parametrize("note", ["Kab. Trenggalek menggunakan data 2023", "kab/kota menggunakan data Februari 2024"])
def test_notes_of_a_survey_about_another_time(tmp_path, note):
    seen = read_rows(tmp_path, [*SURVEY, [f"Catatan: {note}"]])
    assert "35.03" not in {said[0] for said in seen.loaded.values()}


@pytest.mark.parametrize(
    "note",
    [
        "Semesta menggunakan data per Agustus 2024",
        "Potensi posisi Desember 2024",
        "Data BPU per 30 September 2025",
        "Data Kab. Blitar per 30 September 2025",
        "Data kependudukan per Juni 2025",
        "Penduduk per 30 Juni 2025 (Dukcapil)",
    ],
)
def test_the_day_of_something_else_below_dates_no_figures(tmp_path, note):
    title = "Cakupan Kepesertaan BPJS Ketenagakerjaan"
    assert not loaded_under(tmp_path, note, title).loaded
    assert loaded_under(tmp_path, "Data kepesertaan per 30 September 2025", title).loaded


@pytest.mark.parametrize("title", ["Data BPU per 30 September 2025", "Data Kab. Blitar per 30 September 2025"])
def test_a_title_of_one_segment_or_regency_dates_its_figures(tmp_path, title):
    rows = [["Kepesertaan Jamsostek"], [title], HEADER, *BODY]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-09-30"}


@pytest.mark.parametrize(
    "note",
    [
        "Sumber: BPS, Jawa Timur Dalam Angka 2025",
        "Catatan: penimbang hasil proyeksi penduduk 2020-2023",
        "Sakernas Agustus 2024",
    ],
)
def test_books_and_weights_of_a_survey_are_of_no_other_year(tmp_path, note):
    assert len(read_rows(tmp_path, [*SURVEY, [note]]).loaded) == 6


@pytest.mark.parametrize("title", ["UCJ Triwulan III 2025 (data Agustus)", "UCJ Desember 2025 (s.d. Oktober)", "UCJ 30 September dan 31 Oktober 2025"])  # fmt: skip
def test_titles_of_two_times(tmp_path, title):
    assert not read_rows(tmp_path, [[title], HEADER, *BODY]).loaded


@pytest.mark.parametrize("remark", ["data September 2025", "BPU saja", "belum termasuk JAKON"])
def test_a_remark_in_every_row_counts_where_the_titles_do_not_say_it(tmp_path, remark):
    rows = [[TITLE], [*HEADER, "Keterangan"], *([*row, remark] for row in BODY)]
    assert not read_rows(tmp_path, rows).loaded


def test_a_remark_merged_over_rows_counts_for_each(tmp_path):
    rows = [[TITLE], [*HEADER, "Keterangan"], *BODY]
    rows[3] = [*rows[3], "data per 30 September 2025"]
    seen = read_rows(tmp_path, rows, merges=["D4:D6"])
    assert {said[0] for said in seen.loaded.values()} == {"35.01", "35.05", "35.06"}


@pytest.mark.parametrize(
    ("mark", "note"),
    [("Peserta Aktif (1)", "(1) data per 30 September 2025"), ("Peserta Aktif*", "Ket : *) hanya PU"),
     ("Peserta Aktif*", "Tanda * : hanya PU")],
)  # fmt: skip
def test_footnotes_in_other_forms(tmp_path, mark, note):
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Semesta", mark], *BODY, [note]])
    assert {place[0] for place in seen.loaded} == {"B"}


def test_the_province_beside_one_regency(tmp_path):
    rows = [
        ["TPT Kabupaten Trenggalek"],
        ["Tahun", "TPT Trenggalek", "TPT Jawa Timur"],
        [2023, 4.1, 4.9],
        [2024, 3.9, 4.2],
    ]
    assert not read_rows(tmp_path, rows).loaded


def test_a_total_that_says_what_the_list_is(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], HEADER, *BODY, ["Jumlah PU", 120_015, 30_015]])
    assert not seen.loaded
    assert any(error.startswith("dimension_unclear") for error in seen.errors)
    titled = read_rows(tmp_path, [[f"{TITLE} PU"], HEADER, *BODY, ["Jumlah PU", 120_015, 30_015]])
    assert {said[2] for said in titled.loaded.values()} == {"PU"}


def test_years_behind_a_baseline_are_aimed_at(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Baseline 2024", "Cakupan 31 Des 2025 (%)", "Cakupan 31 Des 2026 (%)"],
            *([name, 20.1, 30.2, 40.3] for name in NAMES)]  # fmt: skip
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize("header", ["Bakorwil", "UPT", "Korwil", "Disnaker"])
def test_areas_and_offices_with_the_names_of_regencies(tmp_path, header):
    names = ("Madiun", "Malang", "Jember", "Pamekasan", "Bojonegoro")
    assert not read_rows(tmp_path, [[TITLE], [header, *HEADER[1:]], *([name, 200, 50] for name in names)]).loaded


def test_parts_under_their_regency(tmp_path):
    rows = [[TITLE], HEADER]
    for name in NAMES:
        rows += [[name, None, None], ["- Mandiri", 200, 50], ["- DBHCHT", 100, 20]]
    assert not read_rows(tmp_path, rows).loaded


def test_sectors_are_no_segments(tmp_path):
    title = ["UCJ Kabupaten Trenggalek per 31 Oktober 2025"]
    rows = [title, ["Sektor", "Peserta Aktif"], ["Konstruksi", 500], ["Perdagangan", 900], ["Jumlah", 1400]]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"TOTAL"}
    rows = [[TITLE], ["Kabupaten/Kota", "Peserta Aktif (menurut sektor)", None, None],
            [None, "Konstruksi", "Perdagangan", "Industri"], *([name, 500, 900, 700] for name in NAMES)]  # fmt: skip
    assert not read_rows(tmp_path, rows, merges=["B2:D2"]).loaded


def test_rates_of_segments_in_per_cent_of_all_workers(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Semesta", "Peserta Aktif PU", "% PU"],
        *([name, 20_000, 5_000, 25.0] for name in NAMES),
    ]
    assert {place[0] for place in judged(read_rows(tmp_path, rows))[0]} == {"C"}


def test_a_rate_behind_the_last_of_groups_that_have_none(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "PU", None, "BPU", None, None],
            [None, "Terdaftar", "Aktif", "Terdaftar", "Aktif", "Cakupan"],
            *([name, 900, 500, 300, 100, 12.5] for name in NAMES)]  # fmt: skip
    assert "F" not in {place[0] for place in read_rows(tmp_path, rows).loaded}


def test_words_over_the_middle_of_groups_of_unequal_width(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", None, "PU", None, None, "BPU"],
            [None, "Semesta", "Aktif", "%", "Semesta", "Aktif"],
            *([name, 900, 450, 50.0, 300, 100] for name in NAMES)]  # fmt: skip
    assert not {place[0] for place in read_rows(tmp_path, rows).loaded} & {"B", "E"}


def test_a_line_amid_the_rows_that_speaks_of_those_below(tmp_path):
    for line in ("(dalam ribuan)", "Catatan: kabupaten berikut data September 2025"):
        seen = read_rows(tmp_path, [[TITLE], HEADER, *BODY[:3], [line], *BODY[3:]])
        assert {said[0] for said in seen.loaded.values()} == {"35.01", "35.02", "35.03"}


def test_a_cover_about_one_segment(tmp_path):
    book = Builder(tmp_path / "a.xlsx").sheet([["LAPORAN KEPESERTAAN BPU"]], name="Sampul")
    assert not read(book.sheet([[TITLE], HEADER, *BODY], name="Data").save()).loaded


def test_a_heading_of_the_total_of_segments_ends_the_block_over_it(tmp_path):
    rows = [[TITLE], HEADER, ["PU"], *BODY[:2], ["Total 3 Segmen"], *BODY[:2]]
    assert [said[2] for said in read_rows(tmp_path, rows).loaded.values()] == ["PU"] * 4 + ["TOTAL"] * 4
