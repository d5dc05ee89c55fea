"""What each row of a list is: eligible, to mend at which cell, or not eligible by which rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.recipients.check import check_lists
from flows.settings import Settings
from tests.conftest import write_workbook
from tests.recipients.conftest import Write, man


def found(path: Path, settings: Settings) -> list[tuple[str, str]]:
    ((checked, _),) = check_lists([path], settings)
    return [(finding.cell, finding.rule) for finding in checked.findings]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (man(1), []),
        (man(1, nik="3503994503850001", sex="P"), []),  # a woman: day 5 + 40
        (man(1, nik="3503 9905 0385 0001"), []),
        (man(1, nik="'3503990503850001"), []),
        (man(1, nik="35.0399.050385.0001"), []),
        (man(1, nik="3503990503850001.0"), []),
        (man(1, nik="1101990503850001"), []),  # first registered elsewhere: no error
        (man(1, nik=""), [("B4", "nik_missing")]),
        (man(1, nik="350399050385001"), [("B4", "nik_not_16_digits")]),
        (man(1, nik="35039905038500011"), [("B4", "nik_not_16_digits")]),
        (man(1, nik="3.50399E+15"), [("B4", "nik_damaged")]),
        (man(1, nik="3,50399E+15"), [("B4", "nik_damaged")]),
        (man(1, nik="3598990503850001"), [("B4", "nik_region_unknown")]),
        (man(1, nik="3503993203850001"), [("B4", "nik_date_impossible")]),
        (man(1, nik="3503993002850001"), [("B4", "nik_date_impossible")]),  # 30 February
        (man(1, nik="3503990503850000"), [("B4", "nik_serial_zero")]),
        (man(1, name=" "), [("C4", "name_missing")]),
        (man(1, birth="05-03-85"), [("D4", "birth_date_unreadable")]),
        (man(1, birth="31-02-1985"), [("D4", "birth_date_unreadable")]),
        (man(1, birth="03-05-1985"), [("D4", "birth_date_not_nik")]),
        (man(1, birth="05-03-1986"), [("D4", "birth_date_not_nik")]),
        (man(1, birth="5 Maret 1985"), []),
        (man(1, birth="Trenggalek, 05/03/1985"), []),
        (man(1, birth="1985-03-05"), []),
        (man(1, birth=""), []),
        (man(1, sex="P"), [("E4", "sex_not_nik")]),
        (man(1, sex="Laki-laki"), []),
        (man(1, sex="?"), [("E4", "sex_unreadable")]),
        (man(1, village="", district=""), [("F4", "village_missing")]),
        (man(1, village="Antahberantah"), [("F4", "village_unknown")]),
        (man(1, village="Sukorejo", district=""), [("F4", "village_needs_district")]),
        (man(1, village="Desa Terbis", district=""), []),
        (man(1, village="Sukorejo", district="Kec. Tugu"), []),  # the other Sukorejo
        (man(1, occupation="PNS"), [("H4", "occupation_excluded")]),
        (man(1, occupation="TNI/Polri"), [("H4", "occupation_excluded")]),
        (man(1, occupation="Pensiunan guru"), []),
        (man(1, nik="3503990101100001", birth="01-01-2010"), []),  # 17 on the first day
        (man(1, nik="3503990201100001", birth="02-01-2010"), [("D4", "age_too_low")]),
        (man(1, nik="3503990201620001", birth="02-01-1962"), []),  # 64 on the first day
        (man(1, nik="3503990101620001", birth="01-01-1962"), [("D4", "age_too_high")]),
        (man(1, nik="3503990101620001", birth=""), [("D4", "age_too_high")]),  # by its NIK
    ],
)
def test_a_row_by_itself(desk: Settings, write_list: Write, person: list[str], expected: list[tuple[str, str]]) -> None:
    assert found(write_list("a.xlsx", [person]), desk) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (3503990503850010, [("B4", "nik_damaged")]),  # the sixteenth digit of a number is gone
        (3503990503850012, []),  # LibreOffice keeps it
        (35039905038, [("B4", "nik_damaged")]),
    ],
)
def test_a_nik_that_is_a_number(desk: Settings, write_list: Write, cell: Any, expected: list[tuple[str, str]]) -> None:
    assert found(write_list("a.xlsx", [[cell, *man(1)[1:]]]), desk) == expected


def test_a_date_cell_is_a_date(desk: Settings, write_list: Write) -> None:
    person: list[Any] = man(1)
    person[2] = date(1985, 3, 5)
    assert found(write_list("a.xlsx", [person]), desk) == []


def test_age_limits_and_the_day_can_be_set(desk: Settings, write_list: Write) -> None:
    path = write_list("a.xlsx", [man(1)])  # 41 on 1 January 2027
    assert found(path, replace(desk, lowest_age=42)) == [("D4", "age_too_low")]
    assert found(path, replace(desk, age_limit=41)) == [("D4", "age_too_high")]
    assert found(path, replace(desk, age_limit=42)) == []
    assert found(path, replace(desk, lowest_age=42, cover_first_day="2027-03-05")) == []


def test_the_same_person_twice_in_a_village_counts_once(desk: Settings, write_list: Write) -> None:
    assert found(write_list("a.xlsx", [man(1), man(2), man(1)]), desk) == [("B6", "nik_twice")]


def test_the_same_person_in_two_villages_is_asked_in_both(desk: Settings, write_list: Write) -> None:
    people = [man(1), man(1, village="Terbis", district="Panggul")]
    assert found(write_list("a.xlsx", people), desk) == [("B4", "nik_in_two_villages"), ("B5", "nik_in_two_villages")]


def test_one_nik_for_two_people_and_one_person_with_two_niks(desk: Settings, write_list: Write) -> None:
    assert found(write_list("a.xlsx", [man(1, "Satu"), man(1, "Dua")]), desk) == [
        ("B4", "nik_of_two_people"), ("B5", "nik_of_two_people"),
    ]  # fmt: skip
    assert found(write_list("b.xlsx", [man(1, "Satu"), man(2, "SATU")]), desk) == [
        ("B4", "person_with_two_niks"), ("B5", "person_with_two_niks"),
    ]  # fmt: skip


def test_lists_that_are_checked_together_are_compared(desk: Settings, write_list: Write) -> None:
    one, two = write_list("a.xlsx", [man(1)]), write_list("b.xlsx", [man(1)])
    checked = [[finding.rule for finding in each.findings] for each, _ in check_lists([one, two], desk)]
    assert checked == [[], ["nik_twice"]]


def test_village_and_district_may_stand_in_the_title_or_the_sheet_s_name(desk: Settings, write_list: Write) -> None:
    plain = man(1, village="", district="")
    assert (
        found(write_list("a.xlsx", [plain], "Daftar Desa Sukorejo Kecamatan Gandusari Kabupaten Trenggalek"), desk)
        == []
    )
    assert found(write_list("b.xlsx", [plain], "Desa : Terbis"), desk) == []
    assert found(write_list("c.xlsx", [plain], "Kecamatan Gandusari", sheet="Sukorejo"), desk) == []
    assert found(write_list("d.xlsx", [plain], "", sheet="Sukorejo"), desk) == [("F4", "village_needs_district")]


def test_a_code_names_a_village_and_must_agree_with_the_name(desk: Settings, tmp_path: Path) -> None:
    def rows(code: object, village: str) -> list[list[object]]:
        return [["NIK", "Nama", "Kode Desa", "Desa"], ["3503990503850001", "Rekaan", code, village]]

    def rules(code: object, village: str) -> list[tuple[str, str]]:
        return found(write_workbook(tmp_path / "a.xlsx", rows(code, village)), desk)

    assert rules("35.03.01.2002", "Terbis") == []
    assert rules(3503012002, "") == []
    assert rules("35.03.01.2002", "Panggul") == [("D2", "village_code_contradicts")]
    assert rules("35.03.01.9999", "Terbis") == [("D2", "village_unknown")]


def test_notes_signatures_and_repeated_headers_are_no_people(desk: Settings, write_list: Write) -> None:
    people = [man(1), ["NIK", "Nama Lengkap"], man(2), ["", ""], ["", "Kepala Desa Sukorejo"], ["", "Bapak Rekaan"]]
    ((checked, outcomes),) = check_lists([write_list("a.xlsx", people)], desk)
    assert (checked.findings, outcomes) == ((), {"eligible": 2})


def test_a_file_without_a_list_says_what_was_looked_for(desk: Settings, tmp_path: Path) -> None:
    ((checked, outcomes),) = check_lists([write_workbook(tmp_path / "a.xlsx", [["Desa", "Jumlah"], ["x", 5]])], desk)
    assert ([finding.rule for finding in checked.findings], outcomes) == (["no_recipient_list"], {})
