"""What looks like `test_ordinary_days.py` and means something else: none of it may be loaded as if it were one."""

from __future__ import annotations

import pytest

from tests.read.builder import HEADER, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek")
ROWS = [[name, 20011, 5003] for name in NAMES]
ABOUT = ["Kepesertaan Jamsostek"]
JULY = ["UCJ per 31 Juli 2025"]


def columns_of(seen) -> set[str]:
    return {place[:1] for place in seen.loaded}


@pytest.mark.parametrize(("target", "reached"), [
    ("Target penambahan", "Real"), ("Target baru", "Tercapai"), ("Kuota", "Real"), ("Target iuran (juta)", "Real"),
    ("Target PK/BU", "Real"), ("Target desa", "Realisasi"), ("Tambah Okt", "Real Okt"),
])  # fmt: skip
def test_what_was_reached_of_another_target(tmp_path, target, reached):
    rows = [JULY, ["Kab/Kota", "Semesta", target, reached], *([name, 9000, 450, 380] for name in NAMES)]
    assert columns_of(read_rows(tmp_path, rows)) == {"B"}


@pytest.mark.parametrize("title", [
    "UCJ Jatim Triwulan III, update 28/11/2025", "UCJ Jatim bulan September, update 28/11/2025",
    "UCJ Jatim Tahun 2024, update 28/11/2025", "Template, update 28/11/2025",
])  # fmt: skip
def test_the_day_of_an_update_beside_another_time(tmp_path, title):
    assert not read_rows(tmp_path, [ABOUT, [title], HEADER, *ROWS]).loaded


def test_the_day_of_an_update_beside_the_month_of_a_column(tmp_path):
    rows = [["UCJ Jawa Timur, update 28/11/2025"], ["Kabupaten/Kota", "Semesta", "Peserta Aktif Oktober 2025"], *ROWS]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-10-31"}


@pytest.mark.parametrize("line", [
    "Filter: Kanwil = JATIM, Segmen = BPU | Tanggal Data = 31/10/2025",
    "Filter: Kanwil = JATIM & Segmen = BPU | Tanggal Data = 31/10/2025",
    "Filter: Kanwil = JATIM / Segmen = BPU / Tanggal Data = 31/10/2025",
    "Filters applied: Segmen = BPU, Tanggal = 31/10/2025",
    "Applied filters:\nKanwil is JATIM, Segmen is BPU\nTanggal Data is 31/10/2025",
    "Kanwil: JATIM | Segmen: BPU | Tanggal Data: 31/10/2025", "Segmen = BPU | Tanggal Data = 31/10/2025",
])  # fmt: skip
def test_a_segment_among_filters_is_heard(tmp_path, line):
    loaded = read_rows(tmp_path, [ABOUT, [line], HEADER, *ROWS]).loaded
    assert {said[1:3] for said in loaded.values()} == {("2025-10-31", "BPU")}
    assert not read_rows(tmp_path, [ABOUT, [line.replace("BPU", "Pria")], HEADER, *ROWS]).loaded


@pytest.mark.parametrize(("said", "segments"), [
    ("di luar PMI", set()), ("tanpa JAKON", set()), ("kecuali PMI", set()), ("khusus BPU", {"BPU"}), ("PU saja", {"PU"}),
])  # fmt: skip
def test_a_bracket_behind_all_segments_that_takes_some_away(tmp_path, said, segments):
    rows = [[f"Cakupan UCJ seluruh segmen ({said}) posisi 30 September 2025"], HEADER, *ROWS]
    assert {each[2] for each in read_rows(tmp_path, rows).loaded.values()} == segments


@pytest.mark.parametrize(("head", "figures"), [
    (["PU", "BPU", "TOTAL"], [31, 22, 12000]), (["PU", "BPU", "PMI"], [31, 22, 1200]), (["PU", "Jakon", "BPU"], [31000, 62, 12000]),
])  # fmt: skip
def test_per_cent_or_thousands_beside_people(tmp_path, head, figures):
    rows = [["Peserta aktif Jamsostek per 31 Oktober 2025"], ["Kab/Kota", *head], *([name, *figures] for name in NAMES)]
    assert not {said[-1] for said in read_rows(tmp_path, rows).loaded.values()} & {31, 22, 62}


@pytest.mark.parametrize("heading", ["Pekerja rentan", "JKN", "Target 2026", "Perempuan", "Guru honorer"])
def test_what_heads_the_names_says_whose_the_figures_are(tmp_path, heading):
    head = ["potensi", "aktif"]
    first = [
        ["Izin melaporkan capaian UCJ per 14 Nov 2025:"],
        [],
        [f"*{heading}*", *head],
        *([name, 9000, 900] for name in NAMES),
    ]
    assert not read_rows(tmp_path, first).loaded
    second = [
        *first[:2],
        ["*PU*", *head],
        *first[3:],
        [],
        [f"*{heading}*", *head],
        ["Ngawi", 9000, 1700],
        ["Magetan", 8000, 1500],
    ]
    assert {place[1:] for place in read_rows(tmp_path, second).loaded} == {"4", "5", "6"}
    assert not read_rows(tmp_path, [JULY, [f"Kab/Kota ({heading})", "Semesta", "Aktif"], *ROWS]).loaded


def test_how_names_are_sorted_says_nothing_of_the_figures(tmp_path):
    rows = [JULY, ["Kab/Kota (urut potensi terbesar)", "PU", "BPU"], *([name, 9000, 9100] for name in NAMES)]
    assert not read_rows(tmp_path, rows).loaded
    rows = [["UCJ seluruh segmen 31/10/2025"], ["Kab/Kota (urut cakupan PU)", "Semesta", "Aktif"], *ROWS]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"TOTAL"}


@pytest.mark.parametrize("corner", [
    "Target 2026", "Belum", "JKN", "Perempuan", "Kenaikan", "Pekerja rentan", "Peserta aktif baru",
    "Proporsi peserta aktif (%) 31/10/2025",
])  # fmt: skip
def test_a_corner_over_regions_across_about_others(tmp_path, corner):
    rows = [["Peserta aktif Jamsostek per 31/10/2025"], [corner, *(f"Kab. {name}" for name in NAMES)],
            ["PU", 35, 46, 57], ["BPU", 3500, 4600, 5700]]  # fmt: skip
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize("titles", [
    ["Analisis Potensi UCJ per 31 Oktober 2025", "Jumlah Peserta"],
    ["Pemetaan semesta pekerja per 31 Oktober 2025", "Peserta per segmen"],
])  # fmt: skip
def test_the_subject_of_a_document_is_not_the_measure_below_it(tmp_path, titles):
    rows = [*([title] for title in titles), ["Kab/Kota", "PU", "BPU"], *([name, 9000, 8000] for name in NAMES)]
    assert "eligible_workers" not in {said[3] for said in read_rows(tmp_path, rows).loaded.values()}


@pytest.mark.parametrize(
    "line", ["Bulan : 12, Tahun : 2025 (target)", "Bulan: 12 Tahun: 2025 - RENCANA", "Jumlah Bulan: 10 Tahun: 2025"]
)
def test_a_month_by_its_number_that_is_planned_or_counts(tmp_path, line):
    assert not read_rows(tmp_path, [["Dashboard UCJ"], [line], HEADER, *ROWS]).loaded


@pytest.mark.parametrize("groups", [("Realisasi 31 Oktober 2025", "Target 31 Desember 2025"), ("Realisasi", "Target")])
def test_the_semesta_of_a_target(tmp_path, groups):
    rows = [["KEPESERTAAN JAMSOSTEK KABUPATEN TRENGGALEK per 31 Oktober 2025"], ["Segmen", groups[0], None, groups[1], None],
            [None, "Semesta", "Aktif", "Semesta", "Aktif"], ["PU", 71623, 32387, 71658, 42815], ["BPU", 30276, 10106, 30286, 15286]]  # fmt: skip
    assert columns_of(read_rows(tmp_path, rows)) == {"B", "C"}


@pytest.mark.parametrize("note", ["*Data BPU saja*", "* Data BPU saja", "*hanya BPU*"])
def test_an_asterisk_that_nothing_bears_is_no_footnote_s(tmp_path, note):
    assert not read_rows(tmp_path, [JULY, HEADER, *ROWS, [note]]).loaded
    marked = [["Pacitan*", 20011, 5003], *ROWS[1:]]
    assert {place[1:] for place in read_rows(tmp_path, [JULY, HEADER, *marked, [note]]).loaded} == {"4", "5"}


def test_employers_are_no_regencies(tmp_path):
    rows = [JULY, ["Instansi", "Potensi", "Aktif"], *([f"Pemkab {name}", 2000, 1500] for name in NAMES)]
    assert not read_rows(tmp_path, rows).loaded


def test_a_heading_of_a_class_over_a_list_with_the_other(tmp_path):
    rows = [
        JULY,
        ["KABUPATEN"],
        ["Nama Kabupaten", "Semesta", "Aktif"],
        *([name, 20000, 2000] for name in ("Kediri", "Malang", "Surabaya")),
    ]
    assert {said[0] for said in read_rows(tmp_path, rows).loaded.values()} <= {"35.78"}
