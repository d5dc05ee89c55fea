"""Regencies by the short names of everyday use, and rows whose name stands in another cell than the others'."""

from __future__ import annotations

import pytest

from flows.read.regions import is_short_for, load_region_book
from schemas.regions import read_regions, read_short_names
from tests.read.builder import HEADER, TITLE, Builder, read, read_rows

BOOK = load_region_book()
NAMES = {region.code: region.name for region in read_regions()}
REGENCIES = {short: code for short, code in read_short_names().items() if "." in code}
FIRST, SECOND, THIRD = ["35.06", "35.05", "35.79"]


def codes(text: str) -> list[str]:
    return [BOOK.regions[place].code for place in BOOK.match(text).positions]


@pytest.mark.parametrize(("short", "code"), REGENCIES.items())
def test_a_short_name_leaves_letters_out_of_its_region_s_and_means_no_other(short, code):
    assert is_short_for(short, NAMES[code])
    assert codes(short) == [code]


def test_no_short_name_is_a_segment_s_word():
    assert "PPU" not in REGENCIES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kab. Lobar", "52.01"), ("kota tangsel", "36.74"), ("KAB. PENAJAM PASER UTARA (PPU)", "64.09"),
        ("Bolaang Mongondow (Bolmong)", "71.01"), ("Kab. Kepulauan Sitaro", "71.09"), ("3. OKU Timur", "16.08"),
    ],
)  # fmt: skip
def test_short_names_with_a_class_in_brackets_or_numbered(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize("text", ["Kota Lobar", "Kab. Tangsel", "PPU", "Penajam Paser Utara (Kaltim Raya)", "Lobat"])
def test_what_is_short_for_nothing_is_not_guessed(text):
    assert codes(text) == []


def test_a_name_cut_short_is_believed_beside_its_code_alone(tmp_path):
    assert NAMES["63.06"] == "Kabupaten Hulu Sungai Selatan"
    good = [["63.01", "Tanah Laut", 100, 50], ["63.02", "Kotabaru", 100, 50], ["63.10", "Tanah Bumbu", 100, 50]]
    rows = [["63.06", "Hulu Sungai Sel.", 90, 6], ["63.05", "Hulu Sungai Teng.", 100, 60], [None, "Barito Ka.", 90, 5]]
    seen = read_rows(tmp_path, [[TITLE], ["Kode", *HEADER], *good, *rows])
    assert {said[0] for said in seen.loaded.values()} == {"63.01", "63.02", "63.10", "63.06"}
    assert seen.errors == ["region_unknown at B7", "region_unknown at B8"]


def test_the_class_may_stand_beside_the_name_and_provinsi_beside_the_total(tmp_path):
    rows = [["Kabupaten", "Kediri", 100, 60], ["Kota", "Kediri", 80, 50], ["Provinsi", "Jawa Timur", 180, 110]]
    seen = read_rows(tmp_path, [[TITLE], ["Status", *HEADER], *rows])
    assert {said[0] for said in seen.loaded.values()} == {"35.06", "35.71"}
    assert seen.furniture()["total"] == 3


def test_provinsi_merged_over_number_and_name_is_no_further_row_of_the_last_region(tmp_path):
    rows = [[TITLE], ["No", "Kabupaten/Kota", "Segmen", "Semesta", "Peserta aktif"]]
    merges = []
    for number, name in enumerate(("Kab. Kediri", "Kab. Blitar", "Kota Batu", "PROVINSI")):
        first = len(rows) + 1
        lead = ["PROVINSI", None] if name == "PROVINSI" else [number + 1, name]
        rows += [[*lead, "PU", 200, 60], [None, None, "BPU", 300, 50]]
        merges += (
            [f"A{first}:B{first + 1}"] if name == "PROVINSI" else [f"A{first}:A{first + 1}", f"B{first}:B{first + 1}"]
        )
    seen = read(Builder(tmp_path / "a.xlsx").sheet(rows, merges=merges).save())
    assert {said[0] for said in seen.loaded.values()} == {FIRST, SECOND, THIRD}
    assert len(seen.loaded) == 12


def test_other_words_merged_over_number_and_name_are_no_region(tmp_path):
    rows = [[TITLE], ["No", "Kabupaten/Kota", "Segmen", "Semesta", "Peserta aktif"]]
    rows += [[1, "Kab. Kediri", "PU", 200, 60], [2, "Kab. Blitar", "PU", 300, 50], [3, "Kota Batu", "PU", 300, 50]]
    rows += [["KAWASAN INDUSTRI", None, "BPU", 10, 5]]
    seen = read(Builder(tmp_path / "a.xlsx").sheet(rows, merges=["A6:B6"]).save())
    assert [rule for rule in seen.rules if rule.startswith("region")] == ["region_unknown at B6"]
    assert {said[2] for said in seen.loaded.values()} == {"PU"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("Kb. Batang", "33.25"), ("Kt. Tegal", "33.76"), ("Ngada Regency", "53.09"), ("Batam City", "21.71"),
     ("D.I. Yogyakarta", "34"), ("Kab. Mitra", "71.07")],
)  # fmt: skip
def test_a_class_may_be_cut_short_or_stand_behind_in_english(text, code):
    assert codes(text) == [code]
