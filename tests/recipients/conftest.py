"""A desk with a key, and made-up lists: no district 35.03.99 exists, and nobody has these names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.settings import Settings
from tests.conftest import write_workbook

HEADER = ["No", "NIK", "Nama Lengkap", "Tanggal Lahir", "L/P", "Desa/Kel.", "Kecamatan", "Pekerjaan", "Alamat", "No HP"]
Write = Callable[..., Path]


@pytest.fixture
def desk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a desk whose cover begins on 1 January 2027."""
    monkeypatch.setenv("UCJ_NIK_KEY", "kunci percobaan, bukan yang sebenarnya")
    return replace(settings, cover_first_day="2027-01-01")


@pytest.fixture
def write_list(tmp_path: Path) -> Write:
    """Writes a list: each person is (NIK, name, birth date, sex, village, district, occupation), or less of it."""

    def write(name: str, people: Sequence[Sequence[Any]], title: str = "", sheet: str = "BNBA") -> Path:
        rows = [[title], [], HEADER]
        rows += [[number, *person, *[""] * (9 - len(person))] for number, person in enumerate(people, start=1)]
        return write_workbook(tmp_path / "dari desa" / name, rows, sheet)

    return write


def man(serial: int, name: str = "", **more: str) -> list[str]:
    """An eligible man of Sukorejo in Gandusari, born 5 March 1985, with the differences given."""
    person = {"nik": f"350399050385{serial:04d}", "name": name or f"Rekaan {letters(serial)}", "birth": "05-03-1985",
              "sex": "L", "village": "Sukorejo", "district": "Gandusari", "occupation": "Petani"} | more  # fmt: skip
    return list(person.values())


def letters(number: int) -> str:
    """A number as a made-up name."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number)).capitalize()
