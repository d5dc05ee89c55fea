"""The workbooks that the job really meets: what is printed in them is what is loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.read.builder import Seen, read

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "workbooks"

pytestmark = [
    pytest.mark.workbooks,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the real workbooks do not lie beside the checkout"),
]


def read_number_of(number: str) -> tuple[Path, Seen]:
    path = next(FOLDER.glob(f"{number}_*"))
    return path, read(path)


def printed(path: Path, sheet: str, first_row: int, last_row: int, first_column: int) -> dict[str, float]:
    """The numbers that openpyxl sees in an area, texts read as plain Python numbers, dashes left out."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    return {
        cell.coordinate: float(cell.value)
        for row in page.iter_rows(min_row=first_row, max_row=last_row, min_col=first_column)
        for cell in row
        if cell.value not in (None, "-")
    }


def test_every_figure_of_workbook_02_is_loaded_as_printed():
    path, seen = read_number_of("02")
    assert seen.values == printed(path, "TPT_KabKota", 2, 39, 2)
    assert seen.loaded["E4"] == ("35.03", 2024, "employed_people", 464_079.0)
    employed = [
        value for _, year, measure, value in seen.loaded.values() if (year, measure) == (2024, "employed_people")
    ]
    assert len(employed) == 38
    assert sum(employed) == 23_361_110
    assert seen.errors == ["region_not_said at A1", "unknown_kind at A1", "unknown_kind at A1"]


@pytest.mark.parametrize(
    ("number", "first_row", "last_row", "measure", "province"),
    [
        ("06", 3, 41, "unemployment_rate_pct", "35"),
        ("07", 3, 41, "participation_rate_pct", "35"),
        ("18", 2, 39, "unemployment_rate_pct", "12"),
    ],
)
def test_every_regency_of_a_bps_table_is_loaded_as_printed(number, first_row, last_row, measure, province):
    path, seen = read_number_of(number)
    page = openpyxl.load_workbook(path, data_only=True)["Sheet1"]
    of_province = [
        row for row in range(1, 45) if str(page.cell(row, 1).value).strip() in ("Jawa Timur", "Sumatera Utara")
    ]
    assert len(of_province) == 1
    expected = {
        place: value
        for place, value in printed(path, "Sheet1", first_row, last_row, 2).items()
        if int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) != of_province[0]
    }
    assert seen.values == expected
    assert {region[:2] for region, *_ in seen.loaded.values()} == {province}
    assert {measure_ for *_, measure_, _ in seen.loaded.values()} == {measure}
    assert seen.errors == []


def test_workbook_18_names_its_measure_only_in_its_source_line_and_its_cities_without_kota():
    _, seen = read_number_of("18")
    cities = {region for region, *_ in seen.loaded.values() if region.startswith("12.7")}
    assert cities == {"12.71", "12.72", "12.73", "12.74", "12.75", "12.76", "12.77", "12.78"}


@pytest.mark.parametrize("number", ["20", "22", "24", "03", "09", "10", "12"])
def test_other_data_is_refused_as_of_no_known_kind(number):
    _, seen = read_number_of(number)
    assert seen.reading.kind == ""
    assert seen.reading.refused_as == "unknown_kind"
    assert seen.values == {}


def test_the_refusal_says_which_headers_were_found_and_which_are_known():
    _, seen = read_number_of("22")
    assert seen.rules == ["unknown_kind at A2"]
    assert seen.message("unknown_kind") == (
        "Isi lembar ini tidak dikenali. Judul kolomnya: Kabupaten/Kota; 2022; 2023; 2024. Yang dikenal: tabel dengan "
        "kolom kabupaten/kota dan kolom cakupan (semesta, peserta aktif, cakupan) atau angkatan kerja (bekerja, "
        "pengangguran, angkatan kerja, TPT, TPAK). Perbaiki judul kolom, atau abaikan bila lembar ini memang data lain."
    )


@pytest.mark.parametrize("number", ["02", "06", "07", "18", "22"])
def test_renaming_changes_nothing(number, tmp_path):
    path, seen = read_number_of(number)
    renamed = tmp_path / "peserta aktif BPU 31 Oktober 2019.xlsx"
    shutil.copy(path, renamed)
    again = read(renamed)
    assert again.loaded == seen.loaded
    assert again.reading.sheets == seen.reading.sheets
    assert again.rules == seen.rules
