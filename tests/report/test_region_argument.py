"""A region on the command line: what is clear is taken, what could be two asks which."""

from __future__ import annotations

import pytest

from flows.errors import WrongUse
from flows.report.region_argument import NATION, resolve_region
from schemas.regions import read_regions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trenggalek", "35.03"), ("kab. trenggalek", "35.03"), ("35.03", "35.03"), ("3503", "35.03"), ("35.10", "35.10"),
        ("Kota Kediri", "35.71"), ("Jawa Timur", "35"), ("35", "35"), ("Provinsi Jambi", "15"),
        ("00", "00"), ("indonesia", "00"), ("Nasional", "00"),
    ],
)  # fmt: skip
def test_a_code_or_a_name_means_one_region(text: str, code: str) -> None:
    assert resolve_region(text, read_regions()).code == code


def test_the_nation_is_a_region_of_its_own() -> None:
    assert resolve_region("Indonesia", read_regions()) is NATION


@pytest.mark.parametrize(
    ("text", "lang", "message"),
    [
        ("Kediri", "id", '"Kediri" bisa berarti 35.06 Kabupaten Kediri atau 35.71 Kota Kediri. Tulis kodenya, atau namanya dengan Kabupaten, Kota, atau Provinsi.'),
        ("Gorontalo", "en", '"Gorontalo" could be 75 Gorontalo, 75.01 Kabupaten Gorontalo or 75.71 Kota Gorontalo. Write its code, or its name with Kabupaten, Kota or Provinsi.'),
        ("Trengalek", "id", '"Trengalek" bukan daerah yang dikenal. Maksudnya 35.03 Kabupaten Trenggalek? Tulis kode (35.03) atau nama resminya.'),
        ("35.99", "en", '"35.99" is no known region. Write a code (35.03) or the official name.'),
        ("Jumlah", "id", '"Jumlah" bukan daerah yang dikenal. Tulis kode (35.03) atau nama resminya.'),
    ],
)  # fmt: skip
def test_what_could_be_two_or_is_none_is_wrong_use_and_names_the_candidates(text: str, lang: str, message: str) -> None:
    with pytest.raises(WrongUse) as refused:
        resolve_region(text, read_regions(), lang)
    assert str(refused.value) == message
    assert refused.value.exit_code == 2
