"""Numbers and dates: what a text can mean, and what is never decided."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.read.dates import find_dates
from flows.read.months import Month, find_months
from flows.read.numbers import Ambiguous, Missing, Number, read_number, read_uniform
from tests.read.builder import HEADER, TITLE, judged, read_rows

TYPED = st.text(alphabet="0123456789.,-–% '\u00a0orangpersenNA/()+*e\n", max_size=14)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("38.595", 38_595), ("38,595", 38_595), ("38 595", 38_595), ("38\u00a0595", 38_595), ("38'595", 38_595),
        ("38595", 38_595), ("38.595 orang", 38_595), ("1.234.567", 1_234_567), ("1,234,567", 1_234_567),
        ("1.234,00", 1_234), ("1,234.00", 1_234), ("'270622", 270_622), ("464.079 jiwa", 464_079), ("0", 0),
    ],
)  # fmt: skip
def test_head_counts_are_read_as_offices_type_them(text, value):
    found = read_number(text, "people")
    assert isinstance(found, Number)
    assert found.value == value


@pytest.mark.parametrize(
    "text", ["38.595*)", "1.234.56", "12.34.567", "43,2%", "lima", "1 234,5 6", "3.50E+15", "12/5", "(60)"]
)
def test_what_is_no_head_count_is_never_one(text):
    assert read_number(text, "people") is None


def test_a_group_never_begins_with_a_zero():
    assert read_number("0.123", "people") == Number(0.123, 3)
    assert read_number("0.123.456", "people") is None


@pytest.mark.parametrize(("text", "value", "is_pct"), [
    ("43,2%", 43.2, True), ("43,2 %", 43.2, True), ("43.2 persen", 43.2, True), ("43,2", 43.2, False), ("0,432", 0.432, False),
    ("43.205", 43.205, False), ("100%", 100, True),
])  # fmt: skip
def test_percentages_are_read_as_offices_type_them(text, value, is_pct):
    found = read_number(text, "pct")
    assert isinstance(found, Number)
    assert (found.value, found.is_pct) == (value, is_pct)


@pytest.mark.parametrize("text", ["", "-", "–", "—", "NA", "n/a", "…", "...", " - "])
def test_missing_marks_are_missing_and_not_zero(text):
    assert read_number(text, "people") == Missing()


def test_a_lone_group_is_open_where_the_unit_is_thousands():
    assert read_number("38.595", "people", 1000) == Ambiguous(38_595, 38.595)


@settings(max_examples=400, deadline=None)
@given(TYPED, st.sampled_from(["people", "pct"]), st.sampled_from([1, 1000]))
def test_a_number_is_never_more_than_its_digits(text, unit, scale):
    found = read_number(text, unit, scale)
    if isinstance(found, Number):
        digits = "".join(character for character in text if character.isdigit())
        assert found.value == pytest.approx(float(f"{'-' if '-' in text else ''}{digits}") / 10**found.decimals)


@settings(max_examples=200, deadline=None)
@given(st.lists(TYPED, min_size=1, max_size=4), st.sampled_from(["people", "pct"]))
def test_a_column_read_at_once_has_the_same_values(texts, unit):
    uniform = read_uniform(texts, unit, 1)
    if uniform is not None:
        singly = [read_number(text, unit) for text in texts]
        assert all(isinstance(found, Number) for found in singly)
        assert uniform[0].tolist() == [found.value for found in singly]
        assert {(found.decimals, found.is_pct) for found in singly} == {uniform[1:]}


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_indonesian_and_english_groups_are_the_same_number(number):
    assert (
        read_number(f"{number:,}", "people")
        == read_number(f"{number:,}".replace(",", "."), "people")
        == Number(number, 0)
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("per 13 November 2024", "2024-11-13"), ("13 Nop 2024", "2024-11-13"), ("Keadaan s.d. Oktober 2025", "2025-10-31"),
        ("posisi 31-10-2025", "2025-10-31"), ("2025-10-31", "2025-10-31"), ("Triwulan III 2025", "2025-09-30"),
        ("Semester I Tahun 2025", "2025-06-30"), ("Februari 2024", "2024-02-29"), ("1 Januari s.d. 31 Oktober 2025", "2025-10-31"),
        ("November 13, 2024", "2024-11-13"), ("31 Oct 2025", "2025-10-31"), ("Januari 2025 - Maret 2025", "2025-03-31"),
        ("Update data: 31-Mar-25", "2025-03-31"), ("30/09/25", "2025-09-30"), ("5 Nov '24", "2024-11-05"),
    ],
)  # fmt: skip
def test_dates_are_read_as_offices_write_them(text, day):
    assert [found.day for found in find_dates(text)] == [date.fromisoformat(day)]


@pytest.mark.parametrize(
        "text",
    ["31 Juni 2025", "30/02/2025", "13 Nop 24", "25/10/24", "05/10/24", "31-Jun-25", "31-Okt-12", "Okt-25", "31.13.2024",
     "310 Juni 2024"],
)  # fmt: skip
def test_a_date_that_cannot_be_or_is_open_has_no_day(text):
    assert [found.day for found in find_dates(text)] == [None]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789-/. ,'OktoberNovJuniTriwulanIVsd", max_size=24))
def test_dates_never_crash_and_stay_in_their_text(text):
    for found in find_dates(text):
        assert text[found.start : found.end] == found.words
        assert found.day is None or str(found.day.year)[-2:] in found.words


def numbers_in(tmp_path, header, *cells, title=TITLE, formats=None):
    names = ["Pacitan", "Ponorogo", "Trenggalek", "Tulungagung"]
    rows = [[title], ["Kabupaten/Kota", header], *([name, cell] for name, cell in zip(names, cells, strict=False))]
    return read_rows(tmp_path, rows, formats=formats)


@pytest.mark.parametrize(
    "header", ["Peserta Aktif (ribu orang)", "Peserta Aktif (ribuan)", "Peserta Aktif ('000 jiwa)"]
)
def test_a_unit_in_the_header_scales(tmp_path, header):
    seen = numbers_in(tmp_path, header, 38.595, "14,5")
    assert seen.values == {"B3": 38_595, "B4": 14_500}
    assert [column.scale for column in seen.reading.columns] == [1, 1000]


@pytest.mark.parametrize("unit", ["dalam ribuan", "(Ribu Orang)", "(ribu)", "Satuan: ribu jiwa", "x 1.000"])
def test_a_unit_in_the_title_scales(tmp_path, unit):
    assert numbers_in(tmp_path, "Peserta Aktif", 38.6, 14.5, title=f"{TITLE} {unit}").values == {
        "B3": 38_600,
        "B4": 14_500,
    }


def test_a_unit_in_a_note_below_scales(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], HEADER, ["Pacitan", 100, 60], [], ["Catatan: angka dalam ribuan orang"]])
    assert seen.values == {"B3": 100_000, "C3": 60_000}


def test_a_number_of_thousands_in_a_title_is_no_unit(tmp_path):
    title = f"{TITLE}, menuju 500 ribu peserta dan 1.000 orang baru"
    assert numbers_in(tmp_path, "Peserta Aktif", 38_595, title=title).values == {"B3": 38_595}


def test_a_title_in_thousands_over_a_header_in_people_leaves_both_readings(tmp_path):
    seen = numbers_in(tmp_path, "Peserta Aktif (orang)", 38_595, title=f"{TITLE} (dalam ribuan)")
    assert seen.values == {}
    assert seen.errors == ["two_readings at B3"]


def test_where_thousands_were_lost_the_round_ones_are_in_doubt_too(tmp_path):
    seen = numbers_in(tmp_path, "Peserta Aktif", 38.595, 14.468, 38, 17.4)
    assert seen.errors == ["two_readings at B5"]
    assert seen.message("two_readings") == (
        '"38" dapat dibaca 38 atau 38.000; kolom ini "Peserta Aktif". Tulis tanpa keraguan, lalu kirim ulang.'
    )
    values, findings = judged(seen)
    assert values == {}
    assert sorted(f"{f.rule} at {f.cell}" for f in findings) == [
        "fraction_of_a_person at B3", "fraction_of_a_person at B4", "fraction_of_a_person at B6", "two_readings at B5",
    ]  # fmt: skip


def test_a_percentage_shown_by_its_format_is_multiplied(tmp_path):
    seen = numbers_in(tmp_path, "Cakupan", 0.432, 43.2, "43,2%", "43,2 persen", formats={"B3": "0.0%"})
    assert seen.values == {"B3": 43.2, "B4": 43.2, "B5": 43.2, "B6": 43.2}


def test_a_format_with_an_escaped_sign_multiplies_nothing(tmp_path):
    seen = numbers_in(tmp_path, "Cakupan", 43.2, 9.04, formats={"B3": r"0.0\%", "B4": '0.0"%"'})
    assert seen.values == {"B3": 43.2, "B4": 9.04}


def test_small_percentages_that_nothing_explains_are_refused(tmp_path):
    seen = numbers_in(tmp_path, "Cakupan (%)", 0.432, 0.09)
    assert seen.values == {}
    assert seen.errors == ["two_readings at B3", "two_readings at B4"]


def test_the_counts_beside_a_percentage_decide_its_scale(tmp_path):
    rows = [
        [TITLE],
        [*HEADER, "Cakupan"],
        ["Pacitan", 1000, 432, 0.432],
        ["Ponorogo", 200, 80, 0.4],
        ["Trenggalek", 50, 25, 50],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: value for place, value in seen.values.items() if place[0] == "D"} == {"D3": 43.2, "D4": 40, "D5": 50}


def test_a_day_before_month_and_the_word_year_is_that_day():
    assert [found.day for found in find_dates("per 15 Maret Tahun 2025")] == [date(2025, 3, 15)]


def test_the_end_of_a_range_with_two_years_is_the_date():
    assert [found.day for found in find_dates("1 Januari 2025 s.d. 31 Oktober 2025")] == [date(2025, 10, 31)]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Triwulan I - III 2025", date(2025, 9, 30)),
        ("Triwulan I s.d. III Tahun 2025", date(2025, 9, 30)),
        ("Q1-2025", date(2025, 3, 31)),
        ("Semester I - II 2025", date(2025, 12, 31)),
        ("Triwulan I dan II 2025", None),
    ],
)
def test_of_several_quarters_the_last_counts_where_they_are_a_range(text, end):
    assert [found.day for found in find_dates(text)] == [end]


def test_quarters_without_a_year_are_one_part_of_it_where_they_are_a_range():
    assert find_months("Triwulan I - III") == (Month(1, 9),)
    assert find_months("TW I dan II") == (Month(1, 3), Month(4, 6))
