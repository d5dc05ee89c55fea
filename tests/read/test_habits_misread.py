"""What looks like the habits of `test_habits.py` and means something else: none of it may be loaded as if it were one."""

from __future__ import annotations

import pytest

from tests.read.builder import TITLE, judged, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek")
HEADER = ["Kabupaten/Kota", "Semesta", "Peserta Aktif"]
ROWS = [[name, 20011 + n, 5003 + n] for n, name in enumerate(NAMES)]
ABOUT = ["Kepesertaan Jamsostek"]


def days(seen) -> set[str]:
    """The days of all that is loaded."""
    return {said[1] for said in seen.loaded.values()}


@pytest.mark.parametrize("title", [
    "UCJ JATIM 31 Oktober 2025 23.59 WIB", "Cakupan Jamsostek 31 Oktober 2025 49.50 persen",
    "Peserta aktif Jatim 31 Oktober 2025, 26.021 orang", "Data 31 Oktober 2025 08.32",
    "Kegiatan perlindungan pekerja sampai dengan tanggal 31 Oktober 2025",
    "Bahan rakor data kepesertaan s.d. tanggal 31 Oktober 2025",
])  # fmt: skip
def test_a_day_that_is_put_aside_is_not_replaced(tmp_path, title):
    assert "2025-09-30" not in days(read_rows(tmp_path, [ABOUT, [title], HEADER, *ROWS], name="Sep 2025"))
    assert "2024-12-31" not in days(
        read_rows(tmp_path, [ABOUT, [title], ["Semesta per 31 Desember 2024"], HEADER, *ROWS])
    )


def test_a_chat_about_today(tmp_path):
    rows = [["[14/10/25 08.32] Made - Naker:"], ["*Update UCJ hari ini*"], HEADER, *ROWS]
    assert not read_rows(tmp_path, rows, name="Sep 2025").loaded


@pytest.mark.parametrize("segment", ["PU", "BPU", "Bukan Penerima Upah"])
def test_the_way_to_a_page_that_names_a_segment(tmp_path, segment):
    rows = [[f"Beranda > Data > Ketenagakerjaan > {segment}"], ABOUT, ["Data per 30 Juni 2024"], HEADER, *ROWS]
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize("place", ["Jambi, 31 Oktober 2025", "Provinsi Jambi, 31 Oktober 2025"])
def test_a_province_and_a_day_without_a_letter(tmp_path, place):
    for other in ("Target semesta per 31 Desember 2024", "Pembanding data per 31 Desember 2024"):
        assert not read_rows(tmp_path, [ABOUT, [place], [other], HEADER, *ROWS]).loaded


@pytest.mark.parametrize("said", [
    "Status is not Aktif", "Jenis Kelamin is L", "Kewarganegaraan is WNA", "Kantor Cabang is Madiun",
    "Tahun is not 2023\nBulan is Juni", "Segmen is not PMI",
])  # fmt: skip
def test_a_filter_of_a_dashboard_that_is_not_understood(tmp_path, said):
    filters = f"Applied filters:\n{said}\nTanggal Data is 31/12/2024"
    assert not read_rows(tmp_path, [ABOUT, HEADER, *ROWS, [], [filters]]).loaded
    assert read_rows(tmp_path, [ABOUT, HEADER, *ROWS, [], ["Applied filters:\nTanggal Data is 31/12/2024"]]).loaded


@pytest.mark.parametrize("line", [
    "Filter Segmen: <> BPU", "Filter Segmen: != BPU", "Filter Segmen: (Multiple values)", "Filter: JP",
    "Filter: Status = Non Aktif | Segmen = BPU", "Parameter: Kelompok Umur = 40-59", "Filter Status: Baru", "Filter Tahun Lahir: 1990",
])  # fmt: skip
def test_a_filter_line_that_is_not_understood(tmp_path, line):
    loaded = read_rows(tmp_path, [ABOUT, ["Data per 30 Juni 2024"], [line], HEADER, *ROWS]).loaded
    assert not loaded


@pytest.mark.parametrize("parameter", [
    ["Program", ":", "JKP"], ["Program", ":", "JHT"], ["Status Kepesertaan", ":", "Non Aktif"], ["Segmen", ":", "BPU"],
])  # fmt: skip
def test_a_parameter_with_its_colon_in_a_cell_of_its_own(tmp_path, parameter):
    rows = [["Laporan Kepesertaan Jamsostek"], parameter, ["Bulan", ":", "Agustus 2025"], HEADER, *ROWS]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} <= {"BPU"}


@pytest.mark.parametrize("whole", ["Jumlah Tenaga Kerja", "TK", "Pekerja"])
def test_workers_that_are_active_and_inactive_members(tmp_path, whole):
    rows = [["Cakupan jamsostek naker s/d tgl. 15 Juni 2025"], ["Kabupaten/Kota", "Segmen", whole, "TK Aktif", "TK Non Aktif", "Cakupan"],
            *([name, "PU", 25003 + n, 5003 + n, 20000, f"{100 * (5003 + n) / (25003 + n):.2f}"] for n, name in enumerate(NAMES))]  # fmt: skip
    assert {said[-2] for said in read_rows(tmp_path, rows).loaded.values()} <= {"active_members"}
    title = ["Cakupan Jamsostek (PU, BPU, JAKON) per 15 Juni 2025"]
    rows = [
        title,
        ["Kabupaten/Kota", whole, "TK Aktif", "Cakupan"],
        *([row[0], row[2], row[3], row[5]] for row in rows[2:]),
    ]
    assert {said[-2] for said in read_rows(tmp_path, rows).loaded.values()} <= {"active_members"}


@pytest.mark.parametrize("sentence", [
    "Data ini khusus pekerja perempuan (31,5 persen dari semesta).",
    "Tabel berikut hanya peserta perempuan (31,5 persen dari semesta).",
])  # fmt: skip
def test_a_sentence_about_the_table_that_states_a_figure(tmp_path, sentence):
    assert not read_rows(tmp_path, [ABOUT, [sentence], ["Data per 30 Juni 2024"], HEADER, *ROWS]).loaded


@pytest.mark.parametrize("title", [
    "Persentase Peserta Aktif terhadap jumlah penduduk", "Persentase Peserta Aktif terhadap angkatan kerja",
    "Persentase Peserta Aktif terhadap total peserta aktif", "Percentage of Active Members to Total Members",
    "Cakupan (peserta aktif : angkatan kerja)",
])  # fmt: skip
def test_a_share_in_others_than_the_eligible(tmp_path, title):
    rows = [[title], ["per 30 Juni 2024"], ["Kab/Kota", "PU", "BPU"], *([name, 49.51, 10.34] for name in NAMES)]
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize("heads", [("Nov-13", "Nov-27"), ("Jun-15", "Dec-15"), ("Des-24", "Des-29")])
def test_two_days_that_look_like_months(tmp_path, heads):
    rows = [["Peserta Aktif Jamsostek Tahun 2024"], ["Kabupaten/Kota", *heads], *([name, 5003, 5013] for name in NAMES)]
    assert not read_rows(tmp_path, rows).loaded


def test_a_header_over_names_and_segments(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", None, "Semesta", "Peserta Aktif"],
        *([name, "BPU", 20011, 5003] for name in NAMES),
    ]
    assert {said[2] for said in read_rows(tmp_path, rows, merges=["A2:B2"]).loaded.values()} <= {"BPU"}
    codes = [[3501, "Trenggalek", 200, 50], [3502, "Pacitan", 200, 50], [3503, "Ponorogo", 200, 50]]
    rows = [[TITLE], ["Kabupaten/Kota", None, "Semesta", "Peserta Aktif"], *codes]
    assert not read_rows(tmp_path, rows, merges=["A2:B2"]).loaded


def test_branches_named_like_cities(tmp_path):
    rows = [[TITLE], ["No", "Kantor Cabang / Wilayah", "Semesta PU", "Aktif PU"],
            *([n, name, 200, 50] for n, name in enumerate(("Kota Malang", "Kota Kediri", "Kota Madiun"), 1))]  # fmt: skip
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize("heading", ["B. Provinsi Jawa Timur", "Pembanding Jawa Timur", "B. Nasional"])
def test_a_block_of_the_province_below_one_of_a_regency(tmp_path, heading):
    block = [["Segmen", "Jumlah Potensi", "Peserta Aktif"], ["PU", 20011, 5003], ["BPU", 40013, 4100]]
    rows = [["KABUPATEN TRENGGALEK"], ["DATA KEPESERTAAN BPJS KETENAGAKERJAAN"], [], ["Keadaan 31 Desember 2023"], *block, [],
            [heading], ["Keadaan 31 Desember 2024"], *block]  # fmt: skip
    assert days(read_rows(tmp_path, rows)) <= {"2023-12-31"}


def test_dates_below_their_blocks(tmp_path):
    block = [["Segmen", "Jumlah Potensi", "Peserta Aktif"], ["PU", 20011, 5003], ["BPU", 40013, 4100]]
    rows = [["KABUPATEN TRENGGALEK"], ["DATA KEPESERTAAN BPJS KETENAGAKERJAAN"], [], *block, ["Keadaan 31 Desember 2023"], [],
            *block, ["Keadaan 31 Desember 2024"]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {
        place: said[1] for place, said in seen.loaded.items() if said[1] != "2023-12-31" and place[1:] in ("5", "6")
    } == {}
    assert not {place for place, said in seen.loaded.items() if said[1] == "2023-12-31" and place[1:] in ("10", "11")}


def test_parameters_between_blocks_of_labels(tmp_path):
    rows = [["Kabupaten/Kota", ":", "Kabupaten Trenggalek"], ["Posisi data", ":", "28 November 2025"], [], ["Semesta PU", ":", "10.091"],
            ["Peserta aktif PU", ":", "4.014"], ["Posisi data", ":", "31 Desember 2024"], ["Semesta BPU", ":", "38.554"],
            ["Peserta aktif BPU", ":", "2.738"]]  # fmt: skip
    values, _ = judged(read_rows(tmp_path, rows, name="Trenggalek"))
    assert not {"C7", "C8"} & values.keys()


@pytest.mark.parametrize("title", [
    "Projected BPJS Ketenagakerjaan coverage, NTB, as of 31 December 2026",
    "Forecast of employment social security coverage, as of 31 December 2026",
    "BPJS Ketenagakerjaan coverage, as of 31 December 2026 (model estimate)",
])  # fmt: skip
def test_coverage_that_a_model_gives(tmp_path, title):
    rows = [[title], ["District", "Eligible workers", "Active members"], *ROWS]
    assert not read_rows(tmp_path, rows).loaded


def test_the_filters_of_regions_across_say_their_segment(tmp_path):
    rows = [["Kepesertaan Jamsostek"], [], ["Uraian", *(f"Kab. {name}" for name in NAMES)], ["Semesta", 200, 300, 400],
            ["Peserta Aktif", 50, 60, 70], [], ["Applied filters:\nSegmen is BPU\nTanggal Data is 31/12/2024"]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {said[1:3] for said in seen.loaded.values()} == {("2024-12-31", "BPU")}
    rows[0] = ["Kepesertaan Jamsostek per 31 Desember 2024"]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"BPU"}
