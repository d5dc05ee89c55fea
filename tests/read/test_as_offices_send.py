"""Layouts met in workbooks that nobody here had seen, and doubts that they raised: each small, each with its cells."""

from __future__ import annotations

import pytest

from flows.read.spelling import is_one_letter_off
from tests.read.builder import HEADER, TITLE, Builder, judged, read, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek")


def under(*header, row, names=NAMES):
    """A header row and the same figures for some regencies."""
    return [["Kabupaten/Kota", *header], *([name, *row] for name in names)]


def columns(seen) -> dict[str, tuple]:
    """Column → what is loaded from it, without region and value."""
    return {place.rpartition("!")[2][0]: said[1:-1] for place, said in seen.loaded.items()}


def test_headers_broken_over_rows_a_word_a_row(tmp_path):
    rows = [
        ["Keadaan Ketenagakerjaan Agustus 2024"],
        ["Kab.", "Penduduk", "Pengang-", "Tingkat"],
        ["/", "yang", "guran", "Pengangguran"],
        ["Kota", "Bekerja", "Terbuka", "Terbuka (%)"],
        *([name, 19_000, 1_000, 5.0] for name in NAMES),
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[-2] for place, said in seen.loaded.items() if place.endswith("5")} == {
        "B5": "employed_people", "C5": "unemployed_people", "D5": "unemployment_rate_pct",
    }  # fmt: skip
    assert not seen.errors


def test_numbers_before_names_that_end_their_codes_say_which_is_meant(tmp_path):
    names = ("01. Pacitan", "02. Ponorogo", "03. Trenggalek", "06. Kediri", "73. Malang")
    seen = read_rows(tmp_path, [[TITLE], *under("Semesta", row=[200], names=names)])
    assert [said[0] for said in seen.loaded.values()] == ["35.01", "35.02", "35.03", "35.06", "35.73"]
    numbered = ("1. Pacitan", "02. Ponorogo", "03. Tulungagung", "04. Kediri")
    seen = read_rows(tmp_path, [[TITLE], *under("Semesta", row=[200], names=numbered)])
    assert "region_ambiguous at A6" in seen.errors


def test_a_year_given_once_goes_on_down_the_months(tmp_path):
    months = [(2024, "November"), (None, "Desember"), (2025, "Januari"), (None, "Februari")]
    title = ["Peserta Jamsostek Kabupaten Trenggalek 2024 - 2025"]
    rows = [title, ["Tahun", "Bulan", "Peserta Aktif"], *([year, month, 500] for year, month in months)]
    days = [said[1] for said in read_rows(tmp_path, rows).loaded.values()]
    assert days == ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28"]
    rows[4][0] = None  # January under 2024 is last year's, or the next one's
    seen = read_rows(tmp_path, rows)
    assert any(error.startswith("months_out_of_order") for error in seen.errors)
    assert "2024-01-31" not in {said[1] for said in seen.loaded.values()}


def test_a_date_over_the_columns_that_is_not_the_title_s(tmp_path):
    rows = [
        ["UCJ per 31 Maret 2025"],
        [None, "Posisi 30 Juni 2025", None],
        *under("Semesta", "Peserta Aktif", row=[9, 5]),
    ]
    seen = read_rows(tmp_path, rows, merges=["B2:C2"])
    assert not seen.loaded
    assert "date_contradiction at A1" in seen.errors


def test_a_bare_rate_is_of_the_counts_that_give_it(tmp_path):
    header = ("Semesta PU", "Aktif PU", "%", "Semesta BPU", "Aktif BPU", "%")
    seen = read_rows(tmp_path, [[TITLE], *under(*header, row=[200, 50, 25, 400, 40, 10])])
    assert {columns(seen)[column] for column in "DG"} == {
        ("2024-11-13", "PU", "reported_coverage_pct"), ("2024-11-13", "BPU", "reported_coverage_pct"),
    }  # fmt: skip


def test_months_with_short_years_in_headers_are_a_series(tmp_path):
    title = ["TK Aktif Jamsostek"]
    seen = read_rows(tmp_path, [title, *under("PU Jan-25", "PU Feb-25", "PU Mar-25", row=[1000, 1010, 1020])])
    assert [said[0] for said in columns(seen).values()] == ["2025-01-31", "2025-02-28", "2025-03-31"]
    assert not read_rows(tmp_path, [title, *under("PU Jan 25", "PU Feb 25", row=[1000, 1010])]).loaded  # days?
    seen = read_rows(tmp_path, [title, *under("PU Sept '25", "PU Okt '25", row=[1000, 1010])])
    assert [said[0] for said in columns(seen).values()] == ["2025-09-30", "2025-10-31"]


def test_a_label_beside_a_numbered_month_dates_a_pivot_table(tmp_path):
    rows = [
        ["PERIODE", 202506],
        ["SEGMEN", "PU"],
        [None],
        *under("Sum of POTENSI_TK", "Sum of TK_AKTIF", row=[900, 500]),
    ]
    assert {said[1:3] for said in read_rows(tmp_path, rows).loaded.values()} == {("2025-06-30", "PU")}


def test_rows_that_are_not_understood_may_come_first_under_a_header_of_labels(tmp_path):
    rows = [["Ketenagakerjaan Kota Kediri"], ["Indikator", 2023, 2024], ["Penduduk Usia Kerja", 90_000, 91_000],
            ["Angkatan Kerja", 60_000, 61_000], ["- Bekerja", 58_000, 59_000], ["TPT (%)", 3.3, 3.2]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert set(seen.loaded) == {"B4", "C4", "B5", "C5", "B6", "C6"}
    assert "label_unknown at A3" in seen.errors


def test_a_header_with_a_letter_wrong_is_read_and_said(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], *under("Semsta PU", "Pesrta Aktiv PU", "Cakpan PU (%)", row=[200, 50, 25])])
    assert [said[-1] for said in columns(seen).values()] == [
        "eligible_workers",
        "active_members",
        "reported_coverage_pct",
    ]
    assert seen.rules == ["header_respelled at B2", "header_respelled at C2", "header_respelled at D2"]


@pytest.mark.parametrize(
    ("word", "is_near"),
    [("aktiv", True), ("akif", True), ("aktiif", True), ("atkif", True), ("aktif", False), ("aktifitas", False),
     ("pasif", False), ("aktivis", False)],
)  # fmt: skip
def test_one_letter_off_is_one_letter(word, is_near):
    assert is_one_letter_off(word, "aktif") == is_near


def test_a_column_of_people_is_of_the_title_s_measure(tmp_path):
    rows = [["Penduduk bekerja, Agustus 2024"], *under("Orang", row=[19_000])]
    assert columns(read_rows(tmp_path, rows)) == {"B": (2024, "august", "employed_people")}


def test_the_survey_s_month_may_stand_in_the_source_line(tmp_path):
    table = [["Angkatan kerja 2024"], *under("Bekerja", row=[19_000])]
    of_august = read_rows(tmp_path, [*table, ["Sumber: BPS, Sakernas Agustus 2024"]])
    of_both = read_rows(tmp_path, [*table, ["Sumber: BPS, Sakernas Februari dan Agustus"]])
    assert columns(of_august) == {"B": (2024, "august", "employed_people")}
    assert columns(of_both) == {"B": (2024, "employed_people")}


def test_sampling_errors_beside_estimates_are_left_out(tmp_path):
    rows = [["Sakernas Agustus 2024"], ["Kabupaten/Kota", "Bekerja", None], [None, "Estimasi", "RSE (%)"],
            *([name, 19_000, 1.5] for name in NAMES)]  # fmt: skip
    assert columns(read_rows(tmp_path, rows, merges=["B2:C2"])) == {"B": (2024, "august", "employed_people")}


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("Sumber: BPJS Ketenagakerjaan, data per 31 Oktober 2025", "2025-10-31"),
        ("Sumber: BPJS Ketenagakerjaan, 31 Oktober 2025", None),
    ],
)
def test_the_day_of_the_data_may_stand_in_the_source_line(tmp_path, source, day):
    seen = read_rows(tmp_path, [["Cakupan Jamsostek"], *under("Semesta", row=[200]), [source]])
    assert {said[1] for said in seen.loaded.values()} == ({day} if day else set())


def test_when_a_dashboard_was_exported_is_not_when_its_figures_are_of(tmp_path):
    rows = [
        ["UCJ Dashboard"],
        ["Exported at: 2025-08-14 09:10"],
        ["Data as of: 31 Jul 2025"],
        *under("Eligible", row=[9]),
    ]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-07-31"}


@pytest.mark.parametrize("time", ["November 2024", "Mei 2024"])
def test_a_survey_has_no_other_months(tmp_path, time):
    seen = read_rows(tmp_path, [[f"Penduduk bekerja {time}"], *under("Bekerja", row=[19_000])])
    assert not seen.loaded
    assert "dimension_unclear at B3" in seen.errors


@pytest.mark.parametrize(
    ("names", "is_read"),
    [(("Okt", "Nov", "Des"), True), (("Des", "Nov"), True), (("Des", "Jan"), False), (("Nov", "Des", "Jan"), False)],
)
def test_months_in_sheets_names_that_pass_a_new_year_are_of_two(tmp_path, names, is_read):
    book = Builder(tmp_path / "a.xlsx")
    for name in names:
        book.sheet([["UCJ Tahun 2025"], *under("Semesta", row=[200])], name)
    assert bool(read(book.save()).loaded) == is_read


def test_a_segment_in_brackets_behind_a_name_is_no_short_form_of_it(tmp_path):
    names = ("Kab. Pasuruan (PU)", "Kab. Penajam Paser Utara (PPU)")
    seen = read_rows(tmp_path, [[TITLE], *under("Semesta", row=[200], names=names)])
    assert [said[0] for said in seen.loaded.values()] == ["64.09"]
    assert "region_unknown at A3" in seen.errors


def test_a_count_that_is_shown_as_a_percentage_is_none(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], HEADER, ["Pacitan", 200, 50], ["Ponorogo", 300, 1]], formats={"C4": "0%"})
    assert "C4" not in seen.loaded
    assert "not_a_number at C4" in seen.errors


def test_a_fraction_among_percentages_without_counts_is_in_doubt(tmp_path):
    figures = (("Pacitan", 43.2), ("Ponorogo", 31.5), ("Trenggalek", 26.1), ("Tulungagung", 0.315), ("Tuban", 0.3))
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Cakupan (%)"], *map(list, figures)])
    assert seen.errors == ["two_readings at B6"]
    assert seen.values["B7"] == 0.3


def test_a_rate_above_all_workers_without_counts_has_lost_its_comma(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Cakupan PU (%)", "Cakupan Jakon (%)"],
        ["Pacitan", 43.2, 112.5],
        ["Tuban", 315, 87.2],
    ]
    values, findings = judged(read_rows(tmp_path, rows))
    assert sorted(values) == ["B3", "C3", "C4"]
    assert [finding.rule for finding in findings] == ["rate_above_all"]


def test_fractions_beside_members_alone_are_fractions_where_per_cents_would_make_too_many_workers(tmp_path):
    rows = [[TITLE], *under("Peserta Aktif", "Cakupan", row=[56_512, 0.4378])]
    assert read_rows(tmp_path, rows).loaded["C3"][-1] == 43.78
    few = read_rows(tmp_path, [[TITLE], *under("Peserta Aktif PMI", "Cakupan PMI", row=[12, 0.43])])
    assert few.errors[0] == "two_readings at C3"


def test_a_table_writes_all_its_rates_alike(tmp_path):
    rows = [
        ["Sakernas Agustus 2024"],
        *under("Angkatan Kerja", "Pengangguran", "TPT", "TPAK", row=[20_000, 1_000, 0.05, 0.653]),
    ]
    assert {place: said[-1] for place, said in read_rows(tmp_path, rows).loaded.items() if place in ("D3", "E3")} == {
        "D3": 5.0,
        "E3": 65.3,
    }


def test_a_lone_date_over_the_last_column_is_of_the_table(tmp_path):
    rows = [
        ["Peserta Jamsostek"],
        [None, None, None, "Keadaan s.d. 31 Juli 2025"],
        *under("Semesta", "Aktif", "Gap", row=[9, 5, 4]),
    ]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-07-31"}


@pytest.mark.parametrize(
    ("header", "segment"),
    [("Semesta PU 1)", "PU"), ("Potensi JK", "JAKON"), ("Potensi P.U.", "PU"), ("Potensi B P U", "BPU")],
)
def test_footnotes_short_and_spaced_names_of_segments(tmp_path, header, segment):
    seen = read_rows(tmp_path, [["Rekap Jamsostek per 31 Oktober 2025"], *under(header, row=[200])])
    assert {said[2] for said in seen.loaded.values()} == {segment}


def test_marks_of_harmless_footnotes_may_stand_behind_figures(tmp_path):
    figures = (("Pacitan", "91.101 *"), ("Ponorogo", "158.749 r)"), ("Trenggalek", "65.770*)"), ("Tuban", "12.345 **)"))
    notes = [["*) angka sementara"], ["r) angka diperbaiki"], ["**) tidak termasuk Kecamatan Bancar"]]
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Semesta"], *map(list, figures), *notes])
    assert seen.values == {"B3": 91_101, "B4": 158_749, "B5": 65_770}
    assert "not_a_number at B6" in seen.errors


@pytest.mark.parametrize("title", ["Jatim: update UCJ 30 Nopember 2025", "Update 30 November 2025"])
def test_an_update_of_the_figures_is_their_day(tmp_path, title):
    rows = [["UCJ"], [title], *under("Semesta", row=[200])]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-11-30"}


def test_a_short_name_of_an_office_signs_nothing(tmp_path):
    rows = [["Ketenagakerjaan"], ["BPS, Agustus 2024"], *under("Bekerja", row=[19_000])]
    assert columns(read_rows(tmp_path, rows)) == {"B": (2024, "august", "employed_people")}


def test_a_column_of_periods_beside_the_years_says_the_survey_s_month(tmp_path):
    rows = [["Sakernas DIY"], ["Kabupaten/Kota", "Tahun", "Periode", "Bekerja"],
            ["Bantul", 2023, "Februari", 19_000], [None, None, "Agustus", 20_000], [None, 2024, "Februari", 21_000]]  # fmt: skip
    assert [said[1:3] for said in read_rows(tmp_path, rows).loaded.values()] == [
        (2023, "february"), (2023, "august"), (2024, "february"),
    ]  # fmt: skip


def test_a_month_given_once_goes_on_for_the_rows_of_its_region_alone(tmp_path):
    rows = [["UCJ"], ["Kabupaten/Kota", "Bulan", "Segmen", "Semesta"], ["Pacitan", "September 2025", "PU", 200],
            [None, None, "BPU", 300], ["Ponorogo", None, "PU", 400]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in seen.loaded.items()} == {"D3": "2025-09-30", "D4": "2025-09-30"}
    assert "dimension_unknown at B5" in seen.errors


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Jumlah Tenaga Kerja yang Seharusnya Menjadi Peserta", "eligible_workers"),
        ("Estimasi jumlah pekerja (potensi)", "eligible_workers"),
        ("Jml potensi tenaga keja", "eligible_workers"),
        ("Potensi/Potential", "eligible_workers"),
        ("Smst", "eligible_workers"),
        ("PESERTA AKTIF (C)", "active_members"),
    ],
)
def test_names_of_counts(tmp_path, header, measure):
    assert {said[-2] for said in read_rows(tmp_path, [[TITLE], *under(header, row=[200])]).loaded.values()} == {measure}


@pytest.mark.parametrize("header", ["CAKUPAN (C/A)", "Cakupan (c/a x 100)", "Cakupan (5/4)"])
def test_how_a_rate_is_made_may_stand_behind_its_name(tmp_path, header):
    seen = read_rows(tmp_path, [[TITLE], *under("Semesta", "Peserta Aktif", header, row=[200, 50, 25.0])])
    assert seen.values["D4"] == 25.0


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Bulan/Tahun : 10/2025", "2025-10-31"),
        ("Jawa Timur (sebagian), 31 Mei 2025", "2025-05-31"),
        ("Data ditarik 5 Januari 2026, posisi kepesertaan 31 Desember 2025", "2025-12-31"),
    ],
)
def test_lines_that_say_the_day(tmp_path, line, day):
    seen = read_rows(tmp_path, [["Kepesertaan Jamsostek"], [line], *under("Semesta", row=[200])])
    assert {said[1] for said in seen.loaded.values()} == {day}


def test_months_in_numbers_head_columns(tmp_path):
    rows = [["Tren peserta aktif Jamsostek (orang)"], *under("06/2024", "12/2024", row=[4_000, 4_100])]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2024-06-30", "2024-12-31"}


def test_a_sheet_under_a_label_of_a_plan_keeps_its_segment(tmp_path):
    rows = [["Indikator RKPD: Kepesertaan Jamsostek pekerja BPU per 31 Oktober 2025"], *under("Semesta", row=[200])]
    assert columns(read_rows(tmp_path, rows)) == {"B": ("2025-10-31", "BPU", "eligible_workers")}


def test_rates_of_three_augusts_are_those_of_the_title(tmp_path):
    rows = [
        ["Tabel 3. Tingkat Pengangguran Terbuka (TPT), Agustus 2022-Agustus 2024"],
        *under("Agustus 2023 (persen)", "Agustus 2024 (persen)", "Perubahan (persen poin)", row=[4.5, 4.0, -0.5]),
    ]
    assert columns(read_rows(tmp_path, rows)) == {
        "B": (2023, "august", "unemployment_rate_pct"), "C": (2024, "august", "unemployment_rate_pct"),
    }  # fmt: skip


def test_members_at_two_days_and_their_growth(tmp_path):
    rows = [["Pertumbuhan Peserta Aktif Jamsostek"], *under("31 Des 2024", "30 Jun 2025", "Naik/(turun)", row=[4_000, 4_500, 500])]  # fmt: skip
    assert columns(read_rows(tmp_path, rows)) == {
        "B": ("2024-12-31", "TOTAL", "active_members"), "C": ("2025-06-30", "TOTAL", "active_members"),
    }  # fmt: skip
    alone = [rows[0], *under("31 Des 2024", "30 Jun 2025", row=[4_000, 4_500])]
    assert not read_rows(tmp_path, alone).loaded


def test_the_header_says_whose_codes_stand_alone(tmp_path):
    def regions(header: str) -> list[str]:
        rows = [[TITLE], [header, "Semesta"], ["1201", 200], ["1204", 300]]
        return [said[0] for said in read_rows(tmp_path, rows).loaded.values()]

    assert regions("Kode Kab/Kota (BPS)") == ["12.04", "12.01"]
    assert regions("Kode Kemendagri") == ["12.01", "12.04"]
    assert regions("Kode Kab/Kota") == []  # the two codings differ


def test_a_segment_said_once_for_a_block_that_lists_the_same_regions(tmp_path):
    lists = [[segment, name, 200] for segment in ("PU", "BPU") for name in NAMES]
    for row in (*lists[1:3], *lists[4:6]):
        row[0] = None
    seen = read_rows(tmp_path, [[TITLE], ["Segmen", "Kabupaten/Kota", "Semesta"], *lists])
    assert [said[2] for said in seen.loaded.values()] == ["PU"] * 3 + ["BPU"] * 3
    lists[4][1] = "Tuban"  # the second block is no list of the same: what its rows are is open
    seen = read_rows(tmp_path, [[TITLE], ["Segmen", "Kabupaten/Kota", "Semesta"], *lists])
    assert len(seen.loaded) == 2


def test_group_words_over_the_middle_of_groups_that_are_alike(tmp_path):
    group = ["Semesta", "Aktif", "%"]
    rows = [[TITLE], ["Kabupaten/Kota", None, "PU", None, None, "BPU", None], [None, *group, *group],
            *([name, 200, 50, 25.0, 300, 30, 10.0] for name in NAMES)]  # fmt: skip
    assert {place: said[1] for place, said in columns(read_rows(tmp_path, rows)).items()} == {
        "B": "PU", "C": "PU", "D": "PU", "E": "BPU", "F": "BPU", "G": "BPU",
    }  # fmt: skip
    rows[2][1] = "Potensi TK"  # not alike: the words may stand over the columns that begin their groups
    assert columns(read_rows(tmp_path, rows)).keys() == {"C", "F"}


def test_a_count_is_known_by_the_rate_that_it_gives(tmp_path):
    rows = [[TITLE], *under("Jml TK Jakon", "TK Jakon Aktif", "Cakupan", row=[200, 50, 25.0])]
    assert columns(read_rows(tmp_path, rows))["B"] == ("2024-11-13", "JAKON", "eligible_workers")
    rows = [[TITLE], *under("Jml TK Jakon", "TK Jakon Aktif", "Cakupan", row=[200, 50, 40.0])]
    assert "B" not in columns(read_rows(tmp_path, rows))


def test_remarks_that_say_what_each_row_measures(tmp_path):
    rows = [["Rekap UCJ 31-12-2025"], ["Kab/Kota", "Keterangan", "PU", "BPU"], ["Kab. Lebak", "Semesta", 200, 300],
            [None, "TK Aktif", 50, 30], ["Kab. Serang", "Semesta", 400, 500], [None, "TK Aktif", 40, 10]]  # fmt: skip
    with_merges = {"merges": ["A3:A4", "A5:A6"]}
    loaded = read_rows(tmp_path, rows, **with_merges).loaded
    assert {place: said[-2] for place, said in loaded.items() if place[0] == "C"} == {
        "C3": "eligible_workers", "C4": "active_members", "C5": "eligible_workers", "C6": "active_members",
    }  # fmt: skip


def test_a_note_that_names_the_counts_gives_them_their_unit(tmp_path):
    rows = [[TITLE], *under("Potensi", "Aktif", row=[52.2, 31.0]), ["Keterangan: angka potensi dan aktif dalam ribuan orang; koma = desimal"]]  # fmt: skip
    assert set(read_rows(tmp_path, rows).values.values()) == {52_200, 31_000}


def test_a_sheet_of_two_programmes_whose_tables_each_say_theirs(tmp_path):
    left = [["A. UHC - Peserta aktif JKN"], *under("Semesta", "Aktif", row=[900, 800])]
    right = [["B. UCJ segmen BPU per 31 Oktober 2025"], *under("Semesta", "Aktif", row=[200, 50])]
    rows = [[*one, *[None] * (4 - len(one)), *other] for one, other in zip(left, right, strict=True)]
    assert columns(read_rows(tmp_path, rows, name="UHC-UCJ")) == {
        "F": ("2025-10-31", "BPU", "eligible_workers"), "G": ("2025-10-31", "BPU", "active_members"),
    }  # fmt: skip


def test_three_decimals_of_a_rate_that_its_counts_give(tmp_path):
    rows = [[TITLE], *under("Potensi", "Aktif", "Cakupan (%)", row=["16.770", "10.749", "64.097"])]
    assert read_rows(tmp_path, rows).values["D3"] == 64.097
    alone = [[TITLE], *under("Potensi", "Cakupan (%)", row=["16.770", "64.097"])]
    assert "C3" not in read_rows(tmp_path, alone).values


def test_counts_that_say_their_unit_in_the_cell(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Semesta"], ["Pacitan", "396,5 ribu"], ["Ponorogo", "1,2 juta orang"],
            ["Trenggalek", "38.595 ribu"]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 396_500, "B4": 1_200_000}
    assert "two_readings at B5" in seen.errors


def bands(*headings):
    """A table in bands: each heading over the same regencies, its figures a hundred times its place."""
    rows = [["Rekap UCJ per 31 Oktober 2025"], ["No", "Uraian / Daerah", "PU", "BPU"]]
    for place, heading in enumerate(headings, start=1):
        rows += [["I", heading, None, None], *([n, name, 100 * place, 50 * place] for n, name in enumerate(NAMES, 1))]
    return rows


def test_bands_by_measure_with_the_regencies_under_each(tmp_path):
    seen = read_rows(tmp_path, bands("JUMLAH POTENSI TENAGA KERJA", "JUMLAH PESERTA AKTIF"))
    assert {place: said[2:] for place, said in seen.loaded.items() if place in ("C4", "D4", "C8", "D8")} == {
        "C4": ("PU", "eligible_workers", 100.0), "D4": ("BPU", "eligible_workers", 50.0),
        "C8": ("PU", "active_members", 200.0), "D8": ("BPU", "active_members", 100.0),
    }  # fmt: skip
    assert len(seen.loaded) == 12
    assert not seen.errors


def test_rows_under_a_heading_that_is_not_understood_are_of_no_band(tmp_path):
    seen = read_rows(tmp_path, bands("POTENSI", "SELISIH DARI RENCANA", "PESERTA AKTIF"))
    assert {said[-2] for said in seen.loaded.values()} == {"eligible_workers", "active_members"}
    assert len(seen.loaded) == 12
    assert any(error.startswith("stray_cells at") for error in seen.errors)


def test_a_sum_beside_one_segment_under_its_title(tmp_path):
    rows = [["Peserta aktif PU per 31 Oktober 2025"], ["Kabupaten/Kota", "Jumlah (orang)", "Potensi PU"],
            *([name, 5_000, 9_000] for name in NAMES)]  # fmt: skip
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"PU"}


@pytest.mark.parametrize(
    ("header", "said"),
    [("Pst. Aktif", ("TOTAL", "active_members")), ("Potensi Pkrja Bkn Penerima Upah", ("BPU", "eligible_workers")),
     ("Potensi Jasa Kons.", ("JAKON", "eligible_workers"))],
)  # fmt: skip
def test_words_cut_short(tmp_path, header, said):
    seen = read_rows(tmp_path, [["Rekap Jamsostek per 31 Oktober 2025"], *under(header, row=[200])])
    assert {each[2:4] for each in seen.loaded.values()} == {said}


def test_what_stands_under_regions_across_tells_their_columns_apart(tmp_path):
    rows = [["UCJ per 31 Oktober 2025"], ["Uraian", "Kab. Sarmi", None, "Kab. Keerom", None],
            [None, "Semesta", "Aktif", "Semesta", "Aktif"], ["Penerima Upah", 200, 50, 300, 60]]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    assert {place: (said[0], *said[2:4]) for place, said in seen.loaded.items()} == {
        "B4": ("91.10", "PU", "eligible_workers"), "C4": ("91.10", "PU", "active_members"),
        "D4": ("91.11", "PU", "eligible_workers"), "E4": ("91.11", "PU", "active_members"),
    }  # fmt: skip
    survey = [["Indikator Ketenagakerjaan"], ["Indikator", "Satuan", "Kab. Banjar", None, "Kab. Tabalong", None],
              [None, None, *["Feb 2024", "Feb 2025"] * 2], ["Angkatan kerja", "orang", 200, 300, 400, 500]]  # fmt: skip
    seen = read_rows(tmp_path, survey, merges=["A2:A3", "B2:B3", "C2:D2", "E2:F2"])
    assert {place: said[1:3] for place, said in seen.loaded.items()} == {
        "C4": (2024, "february"), "D4": (2025, "february"), "E4": (2024, "february"), "F4": (2025, "february"),
    }  # fmt: skip


def test_a_rate_of_its_own_counts_stays_beside_what_is_missing(tmp_path):
    rows = [["Perlindungan Pekerja BPU Jamsostek per 31 Maret 2025"],
            *under("Jml pekerja BPU (potensi)", "Terlindungi (aktif)", "Cakupan", "Belum", row=[200, 50, "25,0%", 150])]  # fmt: skip
    assert columns(read_rows(tmp_path, rows)).keys() == {"B", "C", "D"}


def test_what_is_planned_beside_members_of_a_day(tmp_path):
    rows = [["Peserta aktif segmen PU"], *under("Aktif PU per 31 Okt 2025", "Proyeksi aktif PU 31 Des 2025", row=[400, 500])]  # fmt: skip
    assert columns(read_rows(tmp_path, rows, name="Proyeksi")).keys() == {"B"}
    assert not read_rows(tmp_path, [rows[0], *under("Aktif PU per 31 Okt 2025", row=[400])], name="Proyeksi").loaded


def test_figures_that_are_not_to_be_used(tmp_path):
    rows = [["*** DRAFT - ANGKA BELUM FINAL, JANGAN DIKUTIP / DIGUNAKAN ***"], [TITLE], *under("Semesta", row=[200])]
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize(
    ("header", "is_read"),
    [
        (("Jml TK PU", "TK PU Aktif", "Cov. PU", "Jml TK BPU", "TK BPU Aktif", "Cov. BPU"), True),
        (
            ("Pekerja formal (PU)", "Peserta aktif PU", "Cakupan PU", "Pekerja informal (BPU)", "Aktif BPU", "% BPU"),
            False,
        ),  # of whom?
        (("Pekerja PU", "Peserta PU aktif", "", "Pekerja BPU", "Peserta BPU aktif", ""), True),
        (("Pekerja PU", "Peserta PU aktif", "", "Jumlah TK BPU", "Peserta BPU aktif", ""), False),
    ],
)
def test_workers_of_a_segment_beside_its_members_are_the_eligible(tmp_path, header, is_read):
    figures = (2000, 500, 25.0, 3000, 300, 10.0)
    shown = [(head, figure) for head, figure in zip(header, figures, strict=True) if head]
    rows = [[TITLE], *under(*(head for head, _ in shown), row=[figure for _, figure in shown])]
    counts = {said[2:] for said in read_rows(tmp_path, rows).loaded.values() if said[-1] > 100}
    active = {("PU", "active_members", 500), ("BPU", "active_members", 300)}
    both = {("PU", "eligible_workers", 2000), ("BPU", "eligible_workers", 3000)}
    assert counts == active | (both if is_read else both & counts)
    assert is_read or counts != active | both


def test_all_workers_of_a_segment_are_members_and_the_others(tmp_path):
    header = ("Jumlah pekerja BPU", "Sudah peserta aktif", "Belum peserta", "Cakupan")
    rows = [["Perlindungan Pekerja Informal (BPU) per 31 Januari 2025"], *under(*header, row=[2000, 500, 1500, 25.0])]
    assert set(columns(read_rows(tmp_path, rows)).values()) == {
        ("2025-01-31", "BPU", "eligible_workers"),
        ("2025-01-31", "BPU", "active_members"),
        ("2025-01-31", "BPU", "reported_coverage_pct"),
    }


@pytest.mark.parametrize("header", ["CAPAIAN COVERAGE (%)", "Persentase Terlindungi", "Cakupan TK Aktif"])
def test_a_rate_named_with_what_it_is_of(tmp_path, header):
    seen = read_rows(
        tmp_path, [[TITLE], *under("Semesta", "TARGET 2025", "TK Aktif", header, row=[2000, 900, 500, 25.0])]
    )
    assert columns(seen)["E"][-1] == "reported_coverage_pct"


@pytest.mark.parametrize("header", ["bulan_survei", "Putaran"])
def test_the_one_survey_month_of_all_rows(tmp_path, header):
    rows = [["Sakernas"], ["Kabupaten/Kota", "Tahun", header, "Bekerja"]]
    seen = read_rows(tmp_path, [*rows, *([name, 2024, "Agustus", 190_000] for name in NAMES)])
    assert {said[1:3] for said in seen.loaded.values()} == {(2024, "august")}
    rows[1][2] = "Bulan Survei"
    assert not read_rows(tmp_path, [*rows, *([name, 2024, "Mei", 190_000] for name in NAMES)]).loaded


def test_the_one_segment_of_all_rows(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Jenis", "Semesta"], *([name, "BPU", 2000] for name in NAMES)]
    assert {said[2] for said in read_rows(tmp_path, rows).loaded.values()} == {"BPU"}


def test_the_day_in_a_letter_s_sentence(tmp_path):
    letter = "Bersama ini disampaikan data kepesertaan aktif dan potensi per kab/kota posisi tanggal 31 Januari 2025:"
    rows = [["Jamsostek"], [letter], *under("Semesta", "Peserta Aktif", row=[2000, 500])]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-01-31"}
    rows[1] = ["Data disampaikan tanggal 31 Januari 2025"]
    assert not read_rows(tmp_path, rows).loaded


def test_a_total_of_the_segments_that_the_table_names(tmp_path):
    header = ("Aktif PU", "Aktif BPU", "Total Aktif (PU+BPU)")
    seen = read_rows(tmp_path, [[TITLE], *under(*header, row=[2000, 500, 2500])])
    assert [said[1] for said in columns(seen).values()] == ["PU", "BPU", "TOTAL"]
    alone = read_rows(tmp_path, [[TITLE], *under("Semesta", "Aktif PU dan BPU", row=[2000, 500])])
    assert columns(alone).keys() == {"B"}
    with_jakon = read_rows(tmp_path, [[TITLE], *under(*header, "Aktif JAKON", row=[2000, 500, 2500, 900])])
    assert [said[1] for said in columns(with_jakon).values()] == ["PU", "BPU", "JAKON"]


def test_the_number_of_them_under_a_heading_of_their_segment(tmp_path):
    rows = [[TITLE], ["Uraian", "Satuan", *(f"Kab. {name}" for name in NAMES)]]
    for segment in ("Penerima Upah (PU)", "Bukan Penerima Upah (BPU)"):
        rows += [[segment], ["- Jumlah potensi pekerja", "orang", 2000, 2000, 2000],
                 ["- Peserta aktif", "orang", 500, 500, 500], ["- Cakupan", "%", 25, 25, 25]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert sorted(said[2] for said in seen.loaded.values()) == ["BPU"] * 9 + ["PU"] * 9
    assert not seen.errors


def test_a_legend_in_the_row_of_the_header(tmp_path):
    rows = [[TITLE], *under("Semesta", None, "kuning = di bawah rata-rata provinsi", row=[2000])]
    assert len(read_rows(tmp_path, rows).loaded) == 3


@pytest.mark.parametrize(
    "header", ["Jumlah Pekerja yang Berhak Menjadi Peserta", "Peserta Potensial", "Pekerja Wajib Menjadi Peserta"]
)
def test_who_can_be_a_member(tmp_path, header):
    seen = read_rows(tmp_path, [[TITLE], *under(header, "Peserta Aktif", row=[2000, 500])])
    assert columns(seen)["B"][-1] == "eligible_workers"


def test_dates_under_data_per(tmp_path):
    rows = [["Jamsostek"], *under("Data Per", "Semesta", row=["30 Juni 2025", 2000])]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {"2025-06-30"}


def test_decimal_commas_in_thousands_that_groups_would_make_millions(tmp_path):
    def counts(*figures):
        body = [[name, figure] for name, figure in zip(NAMES, figures, strict=True)]
        rows = [["Potensi BPU Jamsostek per 31 Oktober 2025 (dalam ribu orang)"], ["Kabupaten/Kota", "Potensi"], *body]
        return [said[-1] for said in read_rows(tmp_path, rows).loaded.values()]

    assert counts("97,380", "233,705", "9,066") == [97_380, 233_705, 9_066]
    assert counts("1,380", "3,705", "9,066") == []


def test_a_subject_before_a_colon_gives_its_segment(tmp_path):
    title = ["Cakupan PU Jawa Timur: kondisi 31 Desember 2024 dan proyeksi 2025-2026"]
    groups = ["Kabupaten/Kota", "Kondisi 31 Desember 2024", None, "Proyeksi 31 Desember 2025", None]
    body = [[name, 2000, 500, 600, 30.0] for name in NAMES]
    rows = [title, groups, [None, "Potensi", "Peserta aktif", "Peserta aktif", "%"], *body]
    said = {said[1:4] for said in read_rows(tmp_path, rows).loaded.values()}
    assert said == {("2024-12-31", "PU", "eligible_workers"), ("2024-12-31", "PU", "active_members")}
