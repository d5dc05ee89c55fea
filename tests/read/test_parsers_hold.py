"""What the parsers of numbers, dates and region names hold for any text: they never crash and never decide a doubt.

Round trips go through every form that DOMAIN lists; the expected values are what was written.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.read.dates import dates_of_figures, find_dates
from flows.read.numbers import Ambiguous, Missing, Number, read_number, read_uniform
from flows.read.regions import load_region_book
from schemas.regions import Region

SETTINGS = settings(max_examples=400, deadline=None, derandomize=True)
ANY_TEXT = st.text(max_size=40)
# texts that look like numbers: signs, blanks of several kinds, digits of other scripts
LIKE_NUMBERS = st.text(alphabet="0123456789.,-–+% '’\u00a0\u202f\u2009٣४²½eE()/:orangpersenjiwaNA*\n\t", max_size=16)
LIKE_DATES = st.text(alphabet="0123456789-–/.,' \u00a0OktoberNovJuniMeiTriwulanIVXsdpertglSemester٣", max_size=30)
UNITS = st.sampled_from(["people", "pct"])
SCALES = st.sampled_from([1, 1_000, 1_000_000])

BOOK = load_region_book()
PLACES = [place for place, region in enumerate(BOOK.regions) if region.kind != "provinsi"]


# --- numbers -------------------------------------------------------------------------------------------


@SETTINGS
@given(ANY_TEXT | LIKE_NUMBERS, UNITS, SCALES)
def test_a_number_is_read_from_any_text_without_a_crash_and_only_from_digits_that_stand_there(text, unit, scale):
    found = read_number(text, unit, scale)
    if isinstance(found, Number):
        digits = re.sub(r"\D", "", text)
        assert re.fullmatch(r"[0-9]+", digits), "digits of other scripts are no evidence"
        assert f"{abs(found.value):.{found.decimals}f}".replace(".", "").lstrip("0") == digits.lstrip("0")
        assert (found.value < 0) <= ("-" in text)
    elif isinstance(found, Ambiguous):
        assert found.one != found.other
    else:
        assert found is None or isinstance(found, Missing)


@SETTINGS
@given(st.lists(ANY_TEXT | LIKE_NUMBERS, min_size=1, max_size=5), UNITS, SCALES)
def test_a_column_read_at_once_gives_what_each_cell_gives(texts, unit, scale):
    at_once = read_uniform(texts, unit, scale)
    if at_once is not None:
        each = [read_number(text, unit, scale) for text in texts]
        assert all(isinstance(found, Number) for found in each)
        assert at_once[0].tolist() == [found.value for found in each]
        assert [at_once[1:]] * len(each) == [(found.decimals, found.is_pct) for found in each]


@SETTINGS
@given(st.integers(1, 999), st.lists(st.integers(0, 999), min_size=1, max_size=2), st.sampled_from(".,"))
def test_groups_of_three_are_never_decided_in_a_scaled_column(first, rest, sign):
    text = sign.join([str(first), *(f"{group:03}" for group in rest)])
    found = read_number(text, "people", 1000)
    if len(rest) == 1:
        assert isinstance(found, Ambiguous)
        assert {found.one, found.other} == {float(text.replace(sign, "")), float(text.replace(sign, "."))}
    else:
        assert found == Number(float(text.replace(sign, "")), 0)


@SETTINGS
@given(
    st.lists(st.integers(0, 9999), min_size=3, max_size=5), st.lists(st.sampled_from(".,' "), min_size=2, max_size=4)
)
def test_separators_that_contradict_each_other_give_no_number(groups, signs):
    """Two kinds of separator, unless the other stands once and last: 1.234,5."""
    signs = (signs * 2)[: len(groups) - 1]
    assume(len(set(signs)) > 1)
    is_decimal = len(set(signs[:-1])) == 1 and signs[-1] in ".," and signs[-1] not in signs[:-1]
    assume(not is_decimal)
    text = str(groups[0]) + "".join(f"{sign}{group:03}" for sign, group in zip(signs, groups[1:], strict=True))
    assert read_number(text, "people") is None
    assert read_number(text, "pct") is None


@pytest.mark.parametrize("text", [
    "1.23.456", "12,34,567", "1..234", "1.234.", ".234", "1,2,3", "1.2345.678", "0.123.456", "1.234 567", "12 34",
    "1.000,000.000", "5-9", "5/9", "3.50E+15", "38.595*", "(38.595)", "±5", "> 100", "ca. 500", "2-3 orang", "1.234 / 5.678", "٣٨", "²",
])  # fmt: skip
def test_a_text_in_doubt_gives_no_number(text):
    assert not isinstance(read_number(text, "people"), Number)


@pytest.mark.parametrize("text", ["43,2% (38.595)", "43,2%%", "43,2-45,0", "43;2", "4 3,2%", "43,2 / 100", "naik 5%"])
def test_a_text_in_doubt_gives_no_percentage(text):
    assert not isinstance(read_number(text, "pct"), Number)


COUNTS = {
    "38595": str,
    "38.595": lambda n: f"{n:,}".replace(",", "."),
    "38,595": lambda n: f"{n:,}",
    "38 595": lambda n: f"{n:,}".replace(",", " "),
    "38\u00a0595": lambda n: f"{n:,}".replace(",", "\u00a0"),
    "38\u202f595": lambda n: f"{n:,}".replace(",", "\u202f"),
    "38'595": lambda n: f"{n:,}".replace(",", "'"),
    "'38595": lambda n: f"'{n}",
    "38.595 orang": lambda n: f"{n:,}".replace(",", ".") + " orang",
    "38.595 jiwa": lambda n: f"{n:,}".replace(",", ".") + " jiwa",
    "38.595,00": lambda n: f"{n:,}".replace(",", ".") + ",00",
    "38,595.00": lambda n: f"{n:,}.00",
    " 38.595\u00a0": lambda n: " " + f"{n:,}".replace(",", ".") + "\u00a0",
}


@SETTINGS
@given(st.integers(0, 99_999_999), st.sampled_from(list(COUNTS)))
def test_every_form_of_a_head_count_comes_back(number, form):
    if form.endswith("00") and number < 1000:
        return  # "12,00" is twelve with decimals: a number too, read below
    assert read_number(COUNTS[form](number), "people").value == number


@SETTINGS
@given(st.integers(0, 1_000_000), st.integers(0, 4), st.sampled_from(["", "%", " %", " persen", " PERSEN", "\u00a0%"]),
       st.sampled_from(".,"))  # fmt: skip
def test_every_form_of_a_percentage_comes_back(digits, decimals, sign, point):
    value = digits / 10**decimals
    text = f"{value:.{decimals}f}".replace(".", point) + sign
    found = read_number(text, "pct")
    assert isinstance(found, Number)
    assert (found.value, found.decimals, found.is_pct) == (pytest.approx(value), decimals, bool(sign))


@pytest.mark.parametrize("text", ["-", "–", "—", "NA", "na", "N/A", "n/a", "…", "...", "", " ", "\u00a0", "-\u00a0"])
@pytest.mark.parametrize("unit", ["people", "pct"])
@pytest.mark.parametrize("scale", [1, 1000])
def test_every_mark_for_missing_is_missing(text, unit, scale):
    assert read_number(text, unit, scale) == Missing()


# --- dates ---------------------------------------------------------------------------------------------

MONTHS = [
    ("Januari", "January", "Jan"), ("Februari", "February", "Feb"), ("Maret", "March", "Mar"), ("April", "Apr", "APRIL"),
    ("Mei", "May", "MEI"), ("Juni", "June", "Jun"), ("Juli", "July", "Jul"), ("Agustus", "August", "Agt"),
    ("September", "Sept", "Sep"), ("Oktober", "October", "Okt"), ("November", "Nopember", "Nop"),
    ("Desember", "December", "Des"),
]  # fmt: skip
ANY_DAY = st.dates(date(1990, 1, 1), date(2069, 12, 31))
LEADS = st.sampled_from(["", "per ", "per tanggal ", "Keadaan s.d. ", "posisi ", "Cakupan Jamsostek sampai dengan "])


@SETTINGS
@given(ANY_TEXT | LIKE_DATES)
def test_dates_are_looked_for_in_any_text_without_a_crash(text):
    for found in (*find_dates(text), *dates_of_figures(text), *dates_of_figures(text, must_say_so=True)):
        assert text[found.start : found.end] == found.words
        assert found.day is None or str(found.day.year) in found.words


@SETTINGS
@given(ANY_DAY, st.integers(0, 2), LEADS, st.sampled_from(["{d} {b} {y}", "{d:02} {b} {y}", "{d}-{m}-{y}", "{d:02}/{m:02}/{y}",
       "{y}-{m:02}-{d:02}", "{d}.{m}.{y}", "{d}-{b}-{y}", "{b} {d}, {y}"]))  # fmt: skip
def test_every_form_of_a_day_comes_back(day, name, lead, form):
    month = MONTHS[day.month - 1][name]
    text = lead + form.format(d=day.day, m=day.month, b=month, y=day.year)
    assert [(found.day, found.is_exact) for found in find_dates(text)] == [(day, True)]


@SETTINGS
@given(
    st.integers(1990, 2069),
    st.integers(1, 12),
    st.integers(0, 2),
    LEADS,
    st.sampled_from(["{b} {y}", "{b}, {y}", "{b} tahun {y}"]),
)
def test_a_month_comes_back_as_its_last_day(year, month, name, lead, form):
    last = date(year, month, calendar.monthrange(year, month)[1])
    assert [found.day for found in find_dates(lead + form.format(b=MONTHS[month - 1][name], y=year))] == [last]


@SETTINGS
@given(st.integers(1990, 2069), st.sampled_from([("I", 3, 31), ("II", 6, 30), ("III", 9, 30), ("IV", 12, 31)]),
       st.sampled_from(["Triwulan {} {}", "TRIWULAN {} TAHUN {}", "TW {} {}", "TW.{} {}", "Kuartal {} {}"]))  # fmt: skip
def test_a_quarter_comes_back_as_its_last_day(year, quarter, form):
    name, month, day = quarter
    assert [found.day for found in find_dates(form.format(name, year))] == [date(year, month, day)]


@SETTINGS
@given(st.integers(1990, 2069), st.integers(1, 12), st.integers(0, 2), st.integers(0, 999),
       st.sampled_from(["{d} {b} {y}", "{d}-{m}-{y}", "{d}/{m}/{y}", "{y}-{m}-{d}"]))  # fmt: skip
def test_a_day_that_no_calendar_has_never_becomes_another(year, month, name, day, form):
    assume(not 1 <= day <= calendar.monthrange(year, month)[1])
    text = form.format(d=day, m=month, b=MONTHS[month - 1][name], y=year)
    assert [found.day for found in find_dates(text) if found.day] == []


@SETTINGS
@given(
    ANY_DAY,
    st.integers(0, 2),
    st.sampled_from(["{d} {b} {y:02}", "{d:02}-{m:02}-{y:02}", "{b} {y:02}", "{b}-{y:02}", "{d}/{m}/{y:02}"]),
)
def test_a_year_of_two_digits_is_completed_only_where_no_other_number_can_be_it(day, name, form):
    text = form.format(d=day.day, m=day.month, b=MONTHS[day.month - 1][name], y=day.year % 100)
    is_sure = "{d" in form and 2013 <= day.year <= 2029 and (day.day > 29 or (day.day < 13 and "{b}" in form))
    assert [found.day for found in find_dates(text) if found.day] == [day] * is_sure


# --- regions -------------------------------------------------------------------------------------------


def forms_of(region: Region) -> dict[str, str]:
    """Every form of DOMAIN: 2, by what the form is called."""
    class_, name = region.name.split(" ", 1)
    short = "Kab." if class_ == "Kabupaten" else "Kota"
    number = region.code[3:]
    return {
        "official": region.name,
        "upper": region.name.upper(),
        "lower": region.name.lower(),
        "short": f"{short} {name}",
        "no blank": f"{short}{name.upper()}" if class_ == "Kabupaten" else f"KOTA {name.upper()}",
        "two blanks": f"{short.upper()}  {name.upper()}",
        "in blanks": f" {region.name} ",
        "nbsp": region.name.replace(" ", "\u00a0"),
        "numbered": f"{number}. {name}",
        "numbered full": f"{int(number)}. {region.name}",
        "bare": name,
        "bare upper in blanks": f" {name.upper()}",
        "spaced out": " ".join(name.upper()),
        "written together": name.replace(" ", ""),
        "class and together": f"{class_} {name.replace(' ', '')}",
    }


def name_is_shortened(region: Region) -> bool:
    """Official names with a word that stands for another or for nothing."""
    return region.name.split()[1] in ("Administrasi", "Kep.")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: BOOK.regions[place].code)
def test_a_name_in_any_form_is_its_region_or_open_and_never_another(place):
    region = BOOK.regions[place]
    for form, text in forms_of(region).items():
        match = BOOK.match(text)
        if (
            form in ("spaced out", "written together", "class and together")
            and match.role == "unknown"
            and name_is_shortened(region)
        ):
            continue  # "A D M I N I S T R A S I ..." and "K E P ." are refused, not read
        assert match.role == "region" and place in match.positions, f"{form} {text!r} of {region.code}: {match}"
        if form in (
            "official",
            "upper",
            "lower",
            "short",
            "no blank",
            "two blanks",
            "in blanks",
            "nbsp",
            "numbered full",
        ):
            assert match.positions == (place,), f"{form} {text!r} of {region.code}: {match}"


@SETTINGS
@given(ANY_TEXT | st.text(alphabet="KabupatenKota.TrenggalekSIAK 0123\u00a0-", max_size=30))
def test_any_text_is_matched_without_a_crash_and_only_to_a_region_whose_letters_it_has(text):
    match = BOOK.match(text)
    assert match.role in ("region", "total", "branch", "average", "carried", "section", "blank", "unknown")
    assert isinstance(BOOK.nearest(text), list)
    if match.role == "region":
        assert all(0 <= place < len(BOOK.regions) for place in match.positions)


@SETTINGS
@given(ANY_TEXT | st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_any_code_is_matched_without_a_crash(value):
    for place in BOOK.match_code(value):
        assert 0 <= place < len(BOOK.regions)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: BOOK.regions[place].code)
def test_a_code_in_any_form_is_its_region_or_open(place):
    region = BOOK.regions[place]
    assert BOOK.match_code(region.code) == (place,)
    assert BOOK.match_code(float(region.code)) == (place,)  # 35.1 is 35.10: no other code begins so
    assert place in BOOK.match_code(region.code.replace(".", ""))
    if region.bps_code:
        assert place in BOOK.match_code(region.bps_code)
        assert place in BOOK.match_code(float(region.bps_code))
