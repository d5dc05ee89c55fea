"""Targets beside what was reached: what was reached is loaded, a target never is, a percentage where its counts say of what."""

from __future__ import annotations

import pytest

from tests.read.builder import TITLE, read_rows

PACITAN, PONOROGO, TRENGGALEK = "35.01", "35.02", "35.03"


def test_of_target_and_realisasi_over_columns_only_realisasi_is_loaded(tmp_path):
    rows = [
        ["MONITORING KEPESERTAAN BPJS KETENAGAKERJAAN"],
        ["Keadaan s.d. September 2025"],
        ["No", "Kabupaten / Kota", "Semesta TK", "Target 2025", None, "Realisasi", None, "Realisasi thd Target (%)"],
        [None, None, None, "Orang", "%", "TK Aktif", "% Cakupan", None],
        [1, "Kab. Pacitan", 462764, 241285, 52.14, 202014, 43.65, 83.72],
        [2, "Kab. Ponorogo", 127083, 53693, 42.25, 47045, 37.02, 87.62],
        [3, "Kab. Trenggalek", 266172, 86373, 32.45, 68633, 25.79, 79.46],
    ]
    seen = read_rows(tmp_path, rows, merges=["A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3", "H3:H4"])
    assert seen.loaded == {
        "C5": (PACITAN, "2025-09-30", "TOTAL", "eligible_workers", 462764),
        "F5": (PACITAN, "2025-09-30", "TOTAL", "active_members", 202014),
        "G5": (PACITAN, "2025-09-30", "TOTAL", "reported_coverage_pct", 43.65),
        "C6": (PONOROGO, "2025-09-30", "TOTAL", "eligible_workers", 127083),
        "F6": (PONOROGO, "2025-09-30", "TOTAL", "active_members", 47045),
        "G6": (PONOROGO, "2025-09-30", "TOTAL", "reported_coverage_pct", 37.02),
        "C7": (TRENGGALEK, "2025-09-30", "TOTAL", "eligible_workers", 266172),
        "F7": (TRENGGALEK, "2025-09-30", "TOTAL", "active_members", 68633),
        "G7": (TRENGGALEK, "2025-09-30", "TOTAL", "reported_coverage_pct", 25.79),
    }
    assert seen.rules == ["unknown_column at D3", "unknown_column at E3", "unknown_column at H3"]


@pytest.mark.parametrize(
    ("percentages", "is_coverage"),
    [
        (["40%", "45%", "50%"], True),  # of the semesta
        (["40,0", "45,0", "50,0"], True),
        ([0.4, 0.45, 0.5], True),
        (["80%", "90%", "100%"], False),  # of the target
        (["40%", "90%", "100%"], False),
        (["40%", None, None], False),  # one row may agree by chance
    ],
)
def test_a_percentage_beside_a_target_is_coverage_where_its_counts_say_so(tmp_path, percentages, is_coverage):
    header = ["Kabupaten/Kota", "Semesta", "Target", "Realisasi", "%"]
    rows = [
        [TITLE], header,
        ["Pacitan", 1000, 500, 400, percentages[0]],
        ["Ponorogo", 2000, 1000, 900, percentages[1]],
        ["Trenggalek", 3000, 1500, 1500, percentages[2]],
    ]  # fmt: skip
    values = read_rows(tmp_path, rows).values
    assert {place: value for place, value in values.items() if place[0] == "E"} == (
        {"E3": 40, "E4": 45, "E5": 50} if is_coverage else {}
    )


def test_of_realised_and_planned_years_only_the_realised_are_loaded(tmp_path):
    rows = [
        ["Tingkat Pengangguran Terbuka Kabupaten/Kota, Realisasi dan Target RPJMD"],
        ["Kabupaten/Kota", "Realisasi", None, "Target", None],
        [None, 2023, 2024, 2025, 2026],
        ["Pacitan", 1.83, 1.56, 1.5, 1.4],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    assert seen.loaded == {
        "B4": (PACITAN, 2023, "unemployment_rate_pct", 1.83),
        "C4": (PACITAN, 2024, "unemployment_rate_pct", 1.56),
    }
    assert seen.rules == ["unknown_column at D2", "unknown_column at E2"]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Target Tingkat Pengangguran Terbuka 2025-2026", [2025, 2026]),
        ("Proyeksi Tingkat Pengangguran Terbuka", [2025, 2026]),
        ("Sasaran TPT RPJMD 2025-2029", [2025, 2026]),
    ],
)
def test_a_table_of_targets_is_not_taken_for_what_was_reached(tmp_path, title, header):
    seen = read_rows(tmp_path, [[title], ["Kabupaten/Kota", *header], ["Pacitan", 1.5, 1.4], ["Ponorogo", 4.5, 4.4]])
    assert seen.loaded == {}
    assert [rule.partition(" ")[0] for rule in seen.rules] in (["foreign_table"], ["unknown_kind"])


@pytest.mark.parametrize("title", ["Target Kepesertaan Jamsostek per 31 Desember 2026", "Proyeksi Jamsostek Des 2026"])
def test_a_table_of_planned_members_is_not_taken_for_members(tmp_path, title):
    seen = read_rows(tmp_path, [[title], ["Kabupaten/Kota", "PU", "BPU"], ["Pacitan", 5000, 1400]])
    assert seen.loaded == {}
    assert [rule.partition(" ")[0] for rule in seen.rules] in (["foreign_table"], ["unknown_kind"])
