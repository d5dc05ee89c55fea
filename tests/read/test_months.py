"""Months, quarters and days that are named without their year: the year stands somewhere else, once, or nothing is read."""

from __future__ import annotations

import pytest

from flows.read.months import find_months
from tests.read.builder import HEADER, Builder, read, read_rows

PACITAN, PONOROGO = "35.01", "35.02"


def dates(seen) -> dict[str, tuple]:
    """Address → region, date and value."""
    return {place: (said[0], said[1], said[-1]) for place, said in seen.loaded.items()}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Januari", ["--01"]),
        ("s.d. Nop", ["--11"]),
        ("TW III", ["--07/09"]),
        ("Triwulan-4", ["--10/12"]),
        ("Triwulan I (Jan-Mar)", ["--01/03"]),
        ("Jan s.d. Jun", ["--01/06"]),
        ("Q2", ["--04/06"]),
        ("Smt 2", ["--07/12"]),
        ("31 Maret", ["--03-31"]),
        ("bulan ke-7", ["--07"]),
        ("April/Mei", ["--04", "--05"]),
        ("03 Maret", []),  # the third of March, or the third sheet of twelve
        ("310 Juni", []),
        ("Maret 2025", []),
        ("Kecamatan Marang", []),
    ],
)
def test_a_text_names_months_without_a_year(text, months):
    assert [month.text for month in find_months(text)] == months


def test_months_across_take_the_one_year_of_the_title(tmp_path):
    rows = [
        ["PERKEMBANGAN PESERTA AKTIF JAMSOSTEK TAHUN 2025"],
        [],
        ["No", "Kabupaten/Kota", "Jumlah TK Aktif (orang)", None, None, None],
        [None, None, "Januari", "Februari", "Maret", "Rata-rata"],
        [1, "Pacitan", 5100, 5200, 5300, 5200],
    ]
    seen = read_rows(tmp_path, rows, merges=["A3:A4", "B3:B4", "C3:F3"])
    assert dates(seen) == {
        "C5": (PACITAN, "2025-01-31", 5100),
        "D5": (PACITAN, "2025-02-28", 5200),
        "E5": (PACITAN, "2025-03-31", 5300),
    }
    assert seen.rules == ["unknown_column at F3"]


def test_quarters_over_measures_take_the_year_of_the_title(tmp_path):
    rows = [
        ["CAKUPAN KEPESERTAAN JAMSOSTEK TAHUN 2024"],
        ["Kabupaten/Kota", "Triwulan I", None, "TW II", None],
        [None, "Semesta", "Peserta Aktif", "Semesta", "Peserta Aktif"],
        ["Pacitan", 1000, 400, 1100, 420],
    ]
    seen = read_rows(tmp_path, rows, merges=["B2:C2", "D2:E2"])
    assert dates(seen) == {
        "B4": (PACITAN, "2024-03-31", 1000),
        "C4": (PACITAN, "2024-03-31", 400),
        "D4": (PACITAN, "2024-06-30", 1100),
        "E4": (PACITAN, "2024-06-30", 420),
    }
    assert seen.rules == []


def test_months_under_their_quarters_are_months(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek 2025"],
        ["Kabupaten/Kota", "Triwulan I", None, None, "Triwulan II"],
        [None, "Januari", "Februari", "Maret", "April"],
        ["Pacitan", 5100, 5200, 5300, 5400],
    ]
    seen = read_rows(tmp_path, rows, merges=["B2:D2"])
    assert [said[1] for said in dates(seen).values()] == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]
    assert seen.rules == []


def test_years_over_months_and_months_over_years_are_dates(tmp_path):
    over = [
        ["Peserta Aktif Jamsostek"],
        ["Kabupaten/Kota", "Tahun 2024", None, "Tahun 2025", None],
        [None, "November", "Desember", "Januari", "Februari"],
        ["Pacitan", 5100, 5200, 5300, 5400],
    ]
    seen = read_rows(tmp_path, over, merges=["B2:C2", "D2:E2"])
    assert [said[1] for said in dates(seen).values()] == ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28"]
    assert seen.rules == []
    under = [
        ["Peserta Aktif Jamsostek"],
        ["Kabupaten/Kota", "31 Maret", None, "30 Juni", None],
        [None, 2024, 2025, 2024, 2025],
        ["Pacitan", 5100, 5200, 5300, 5400],
    ]
    seen = read_rows(tmp_path, under, merges=["B2:C2", "D2:E2"])
    assert [said[1] for said in dates(seen).values()] == ["2024-03-31", "2025-03-31", "2024-06-30", "2025-06-30"]
    assert seen.rules == []


def test_a_year_over_dates_that_lie_in_it_says_nothing_more(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek"],
        ["Kabupaten/Kota", "2025", None],
        [None, "Januari 2025", "Februari 2025"],
        ["Pacitan", 5100, 5200],
    ]
    seen = read_rows(tmp_path, rows, merges=["B2:C2"])
    assert [said[1] for said in dates(seen).values()] == ["2025-01-31", "2025-02-28"]
    assert seen.rules == []


def test_months_down_in_one_regency_take_the_year_of_the_title(tmp_path):
    rows = [
        ["Perkembangan Peserta Aktif BPJS Ketenagakerjaan Kota Batu Tahun 2025"],
        [],
        ["Bulan", "PU", "BPU", "Jumlah"],
        ["Januari", 25600, 3500, 29100],
        ["Februari", 25800, 3600, 29400],
        ["Maret", 26100, 3700, 29800],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[:3] for place, said in seen.loaded.items()} == {
        "B4": ("35.79", "2025-01-31", "PU"),
        "C4": ("35.79", "2025-01-31", "BPU"),
        "D4": ("35.79", "2025-01-31", "TOTAL"),
        "B5": ("35.79", "2025-02-28", "PU"),
        "C5": ("35.79", "2025-02-28", "BPU"),
        "D5": ("35.79", "2025-02-28", "TOTAL"),
        "B6": ("35.79", "2025-03-31", "PU"),
        "C6": ("35.79", "2025-03-31", "BPU"),
        "D6": ("35.79", "2025-03-31", "TOTAL"),
    }
    assert seen.rules == []


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [("Bulan", "Oktober", "November"), ("Bulan", 10, 11), ("Triwulan", "III", "IV"), ("Periode", "TW III", "TW IV")],
)
def test_a_column_of_years_completes_a_column_of_months(tmp_path, header, one, other):
    rows = [
        ["Peserta Aktif Jamsostek"],
        ["Kabupaten/Kota", "Tahun", header, "Semesta", "Peserta Aktif"],
        ["Pacitan", 2024, one, 1000, 400],
        ["Pacitan", 2024, other, 1100, 410],
        ["Ponorogo", 2025, one, 2000, 800],
    ]
    days = ("10-31", "11-30") if header == "Bulan" else ("09-30", "12-31")
    seen = read_rows(tmp_path, rows)
    assert dates(seen) == {
        "D3": (PACITAN, f"2024-{days[0]}", 1000),
        "E3": (PACITAN, f"2024-{days[0]}", 400),
        "D4": (PACITAN, f"2024-{days[1]}", 1100),
        "E4": (PACITAN, f"2024-{days[1]}", 410),
        "D5": (PONOROGO, f"2025-{days[0]}", 2000),
        "E5": (PONOROGO, f"2025-{days[0]}", 800),
    }
    assert seen.rules == []


def test_months_whose_rows_say_their_year_may_stand_in_any_order(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek"],
        ["Kabupaten/Kota", "Tahun", "Bulan", "Peserta Aktif"],
        ["Pacitan", 2024, "Desember", 5100],
        ["Pacitan", 2024, "Januari", 5000],
    ]
    seen = read_rows(tmp_path, rows)
    assert dates(seen) == {"D3": (PACITAN, "2024-12-31", 5100), "D4": (PACITAN, "2024-01-31", 5000)}
    assert seen.rules == []


def test_a_year_that_contradicts_the_title_s_date_refuses_its_row(tmp_path):
    rows = [
        ["Cakupan Jamsostek per 31 Desember 2024"],
        ["Kabupaten/Kota", "Tahun", "Semesta", "Peserta Aktif"],
        ["Pacitan", 2024, 1000, 400],
        ["Ponorogo", 2023, 2000, 800],
    ]
    seen = read_rows(tmp_path, rows)
    assert dates(seen) == {"C3": (PACITAN, "2024-12-31", 1000), "D3": (PACITAN, "2024-12-31", 400)}
    assert seen.rules == ["year_contradicts_date at C4"]
    assert seen.message("year_contradicts_date") == (
        '"Semesta": tahun baris ini (2023) bertentangan dengan tanggal kolom atau judulnya; '
        "2 sel tidak dimuat. Samakan keduanya, lalu kirim ulang."
    )


def test_months_and_years_may_head_blocks(tmp_path):
    rows = [
        ["Cakupan Jamsostek"],
        HEADER,
        ["Tahun 2024"],
        ["Desember"],
        ["Pacitan", 1000, 400],
        ["Tahun 2025"],
        ["Januari"],
        ["Pacitan", 1100, 420],
        ["Februari"],
        ["Pacitan", 1200, 430],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in dates(seen).items()} == {
        "B5": "2024-12-31", "C5": "2024-12-31", "B8": "2025-01-31", "C8": "2025-01-31", "B10": "2025-02-28",
        "C10": "2025-02-28",
    }  # fmt: skip
    assert seen.rules == []


def test_a_sheet_a_month_takes_the_year_of_title_or_file(tmp_path):
    book = Builder(tmp_path / "UCJ 2025.xlsx")
    for name, active in (("Januari", 400), ("Feb", 410)):
        book.sheet([["Cakupan Jamsostek"], HEADER, ["Pacitan", 1000, active]], name)
    seen = read(book.save())
    assert dates(seen) == {
        "Januari!B3": (PACITAN, "2025-01-31", 1000),
        "Januari!C3": (PACITAN, "2025-01-31", 400),
        "Feb!B3": (PACITAN, "2025-02-28", 1000),
        "Feb!C3": (PACITAN, "2025-02-28", 410),
    }
    assert seen.rules == []


def test_month_and_year_may_stand_in_two_lines_of_the_title(tmp_path):
    rows = [
        ["Cakupan Jamsostek"], ["Bulan", "Oktober"], ["Tahun", "2025"], [], HEADER, ["Pacitan", 1000, 400],
    ]  # fmt: skip
    assert dates(read_rows(tmp_path, rows)) == {
        "B6": (PACITAN, "2025-10-31", 1000),
        "C6": (PACITAN, "2025-10-31", 400),
    }


def test_last_month_s_title_on_this_month_s_sheet_is_refused(tmp_path):
    rows = [["Cakupan Jamsostek per 28 Februari 2025"], HEADER, ["Pacitan", 1000, 400]]
    seen = read_rows(tmp_path, rows, "Maret")
    assert seen.loaded == {}
    assert seen.rules == ["date_contradiction at A1"]


def test_months_without_any_year_are_refused(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek"],
        ["Kabupaten/Kota", "Januari", "Februari"],
        ["Pacitan", 5100, 5200],
        ["Ponorogo", 6100, 6200],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.loaded == {}
    assert seen.rules == ["month_without_year at B3"]
    assert seen.message("month_without_year") == (
        '"Januari" tidak menyebut tahun, judul dan nama lembar juga tidak; 4 sel tidak dimuat. '
        'Tulis tahunnya, misalnya "Tahun 2025" di judul.'
    )


def test_months_under_a_title_of_two_years_are_refused(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek 2024-2025"],
        ["Kabupaten/Kota", "November", "Desember", "Januari"],
        ["Pacitan", 5100, 5200, 5300],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.loaded == {}
    assert seen.rules == ["month_of_which_year at B3"]


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Tahun 2025", ["November", "Desember", "Januari"]),  # over the turn of the year
        ("Tahun 2025", ["Desember", "Januari"]),
        ("s.d. Maret 2025", ["Desember", "Maret"]),  # December cannot be of that year
        ("Tahun 2025", ["Desember 2025", "Januari"]),
    ],
)
def test_months_that_cannot_all_be_of_that_year_are_refused(tmp_path, title, months):
    rows = [
        [f"Peserta Aktif Jamsostek {title}"],
        ["Kabupaten/Kota", *months],
        ["Pacitan", *(5100 + n for n in range(len(months)))],
    ]
    seen = read_rows(tmp_path, rows)
    assert [said for _, said, _ in dates(seen).values()] == [day for day in ("2025-12-31",) if "2025" in months[0]]
    assert [rule.partition(" ")[0] for rule in seen.rules] == ["months_out_of_order"]


def test_months_that_run_backward_are_of_one_year(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek 2025"], ["Kabupaten/Kota", "Maret", "Februari", "Januari"], ["Pacitan", 5300, 5200, 5100],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert [said[1] for said in dates(seen).values()] == ["2025-03-31", "2025-02-28", "2025-01-31"]


@pytest.mark.parametrize(
    "title",
    ["Bahan RKPD Tahun 2026", "Pelaksanaan Inpres 2 Tahun 2021", "Capaian terhadap target tahun 2026", "UU 24/2011"],
)
def test_the_year_of_a_plan_or_a_law_is_not_that_of_the_months(tmp_path, title):
    rows = [
        [title], ["Peserta Aktif Jamsostek"], ["Kabupaten/Kota", "Januari", "Februari"], ["Pacitan", 5100, 5200],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.loaded == {}
    assert [rule.partition(" ")[0] for rule in seen.errors] == ["month_of_which_year"]


@pytest.mark.parametrize("total", ["Jumlah", "Total s.d. Februari", "Total Jan-Feb"])
def test_a_sum_over_months_is_not_loaded(tmp_path, total):
    rows = [
        ["Peserta Aktif Jamsostek s.d. Februari 2025"],
        ["Kabupaten/Kota", "Januari", "Februari", total],
        ["Pacitan", 5100, 5200, 10300],
    ]
    seen = read_rows(tmp_path, rows)
    assert dates(seen) == {"B3": (PACITAN, "2025-01-31", 5100), "C3": (PACITAN, "2025-02-28", 5200)}
    assert seen.rules == ["unknown_column at D2"]


def test_sums_and_averages_under_months_are_of_no_month(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek Kabupaten Pacitan Tahun 2025"],
        ["Bulan", "PU", "BPU"],
        ["Januari", 5100, 1200],
        ["Februari", 5200, 1300],
        ["Jumlah", 5200, 1300],
        ["Rata-rata", 5150, 1250],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in dates(seen).items()} == {
        "B3": "2025-01-31", "C3": "2025-01-31", "B4": "2025-02-28", "C4": "2025-02-28",
    }  # fmt: skip
    assert seen.furniture() == {"title": 1, "total": 3, "average": 3}
    assert seen.rules == []
    rows[4] = ["Jumlah", 10300, 2500]  # what came in each month, or a sum that nobody should make
    seen = read_rows(tmp_path, rows)
    assert not seen.loaded
    assert seen.errors == ["arrivals at A5"]


@pytest.mark.parametrize(
    ("title", "file_name", "day"),
    [
        (["Cakupan Jamsostek Bulan Maret", "Tahun Anggaran 2025"], "kiriman.xlsx", "2025-03-31"),
        (["Cakupan Jamsostek Triwulan III"], "UCJ_2025.xlsx", "2025-09-30"),
        (["Cakupan Jamsostek Tahun 2025"], "rekap maret.xlsx", "2025-03-31"),
        (["Cakupan Jamsostek 2025", "Bahan rapat bulan Mei"], "kiriman.xlsx", ""),  # the month of a meeting
        (["Cakupan Jamsostek 2025", "Mei"], "kiriman.xlsx", "2025-05-31"),
        (["Cakupan Jamsostek 2025", "s.d. Mei", "Bulan Juni"], "kiriman.xlsx", ""),
    ],
)
def test_a_title_s_month_takes_its_year_from_elsewhere(tmp_path, title, file_name, day):
    rows = [*([text] for text in title), HEADER, ["Pacitan", 1000, 400]]
    path = Builder(tmp_path / "kiriman.xlsx").sheet(rows).save()
    assert {said for _, said, _ in dates(read(path, file_name)).values()} == ({day} if day else set())


def test_numbers_of_quarters_under_their_word_are_quarters(tmp_path):
    rows = [
        ["Peserta Aktif Jamsostek Tahun 2025"],
        ["Kabupaten/Kota", "Triwulan", None, None],
        [None, "I", "II", "III"],
        ["Pacitan", 5100, 5200, 5300],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:D2"])
    assert [said[1] for said in dates(seen).values()] == ["2025-03-31", "2025-06-30", "2025-09-30"]
    assert seen.rules == []


def test_dates_of_another_figure_do_not_speak_against_months(tmp_path):
    rows = [
        ["Cakupan Jamsostek 2025"],
        ["Kabupaten/Kota", "Semesta", None, "Peserta Aktif", None],
        [None, "Des 2024", "Jun 2024", "Januari", "Februari"],
        ["Pacitan", 9900, 9800, 5100, 5200],
    ]
    seen = read_rows(tmp_path, rows, merges=["B2:C2", "D2:E2"])
    assert [said[1] for said in dates(seen).values()] == ["2024-12-31", "2024-06-30", "2025-01-31", "2025-02-28"]
    assert seen.rules == []


def test_a_range_of_years_in_the_title_and_one_over_each_block(tmp_path):
    rows = [
        ["Perkembangan Peserta Aktif Jamsostek 2023-2025"],
        ["TAHUN 2024"],
        ["Kabupaten/Kota", "s.d. November", "s.d. Desember"],
        ["Pacitan", 5100, 5200],
        [],
        ["TAHUN 2025"],
        ["Kabupaten/Kota", "s.d. Januari", "s.d. Februari"],
        ["Pacitan", 5300, 5400],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in dates(seen).items()} == {
        "B4": "2024-11-30", "C4": "2024-12-31", "B8": "2025-01-31", "C8": "2025-02-28",
    }  # fmt: skip
    assert seen.rules == []


@pytest.mark.parametrize(
    ("names", "is_read"),
    [
        (["Nov 23", "Des 23", "Jan 24"], True),
        (["Jan-24", "Feb-24", "Mar-24", "Grafik"], True),
        (["Jan 24", "Feb 24"], False),
        (["Jan 24", "Januari", "Feb 24"], False),
        (["24 Jan", "24 Feb", "24 Mar"], False),
    ],
)
def test_sheets_of_three_months_with_years_of_two_digits_are_a_series(tmp_path, names, is_read):
    book = Builder(tmp_path / "a.xlsx")
    for name in names:
        book.sheet([["Cakupan Jamsostek"], HEADER, ["Pacitan", 200, 60]], name)
    seen = read(book.save())
    named = {name.partition("!")[0] for name in seen.loaded}
    assert named == ({name for name in names if name != "Grafik"} | ({"Grafik"} & named) if is_read else set())
    if is_read:
        days = {said[1] for place, said in seen.loaded.items() if place.startswith(names[0])}
        assert days == {"2023-11-30" if names[0] == "Nov 23" else "2024-01-31"}


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("S.D. JUNI 2025", "2025-06-30"), ("Sem. I 2025", "2025-06-30"), ("2025-10", "2025-10-31"),
        ("Q3 2025", "2025-09-30"), ("TW II/2025", "2025-06-30"),
    ],
)  # fmt: skip
def test_a_group_of_columns_is_of_its_month(tmp_path, heading, day):
    rows = [
        ["Cakupan Jamsostek"],
        ["Kabupaten/Kota", heading, ""],
        ["", "Semesta", "Peserta Aktif"],
        ["Pacitan", 90, 40],
    ]
    seen = read(Builder(tmp_path / "a.xlsx").sheet(rows, merges=["A2:A3", "B2:C2"]).save())
    assert [said[1] for said in seen.loaded.values()] == [day, day]


def test_month_and_year_may_stand_beside_their_labels(tmp_path):
    rows = [
        ["Laporan Kepesertaan Jamsostek"],
        ["Bulan", ":", "Oktober"],
        ["Tahun", ":", 2025],
        [],
        ["Kab/Kota", *HEADER[1:]],
    ]
    seen = read_rows(tmp_path, [*rows, ["Pacitan", 90, 40], ["", "", "", "Pacitan, 12 November 2025"]])
    assert [said[1] for said in seen.loaded.values()] == ["2025-10-31"] * 2
    assert not seen.rules


@pytest.mark.parametrize(
    "periods", [("Februari 2023", "Agustus 2023", "Februari 2024"), ("Feb-23", "Agt-23", "Feb-24")]
)
def test_a_column_of_periods_says_year_and_survey(tmp_path, periods):
    rows = [["Kabupaten/Kota", "Periode Sakernas", "Bekerja"], *(["Pacitan", period, 349000] for period in periods)]
    assert [said[1:3] for said in read_rows(tmp_path, rows).loaded.values()] == [
        (2023, "february"),
        (2023, "august"),
        (2024, "february"),
    ]


def test_the_day_of_a_pull_is_not_that_of_its_figures(tmp_path):
    title = "Cakupan Jamsostek. Tanggal tarik data: 5 November 2025 | Posisi data: s.d. Oktober 2025"
    seen = read_rows(tmp_path, [[title], HEADER, ["Pacitan", 90, 40]])
    assert [said[1] for said in seen.loaded.values()] == ["2025-10-31"] * 2


def test_the_end_of_the_year_is_a_day(tmp_path):
    rows = [
        ["Posisi Akhir Tahun Kepesertaan Aktif Jamsostek"],
        ["Kabupaten/Kota", 2023, 2024],
        ["Pacitan", 17526, 18740],
    ]
    assert [said[1] for said in read_rows(tmp_path, rows).loaded.values()] == ["2023-12-31", "2024-12-31"]


@pytest.mark.parametrize("header", ["tpt_2023_08", "TPT Agu 2023", "TPT Agustus Th. 2023"])
def test_a_header_says_year_and_survey(tmp_path, header):
    rows = [["Kabupaten/Kota", header], ["Pacitan", 1.83], ["Trenggalek", 3.74]]
    assert [said[1:3] for said in read_rows(tmp_path, rows).loaded.values()] == [(2023, "august")] * 2
