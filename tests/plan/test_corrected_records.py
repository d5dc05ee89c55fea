"""Corrections of tables whose rows are records: plan targets, printed figures, assistance."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.job import Summary, run_job
from flows.receive.receipts import read_receipt, receipt_names
from flows.settings import Settings
from flows.withdraw import withdraw
from tests.conftest import ucj

pytestmark = [pytest.mark.xdist_group("plan"), pytest.mark.slow]
TARGETS = "Target RPJPD RPJMN.xlsx"


@pytest.fixture
def own(sample: Settings, tmp_path: Path) -> Settings:
    """A copy of the published sample that this test may change."""
    shutil.copytree(sample.raw, tmp_path / "raw")
    shutil.copytree(sample.warehouse, tmp_path / "warehouse")
    return Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse")


def ask(settings: Settings, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(query, values).fetchall()


def correct(settings: Settings, *lines: str) -> Summary:
    """Add lines to raw/corrections.csv and run."""
    with settings.corrections.open("a", encoding="utf-8") as file:
        file.writelines(f"{line};salah ketik;telepon Bappeda;Sari\n" for line in lines)
    return run_job(settings)


def moment_of_the_last_receipt(settings: Settings) -> str:
    return str(read_receipt(settings.received, receipt_names(settings.received)[-1]).received_at.replace(tzinfo=None))


def test_a_row_that_was_refused_for_its_swapped_years_is_loaded_once_both_are_corrected(own: Settings) -> None:
    before = moment_of_the_last_receipt(own)
    targets = "select baseline_year, target_year, target_pct from core.plan_target where cited_source = 'kabarpas'"
    assert ask(own, targets) == []
    correct(own, f"{TARGETS};Target;D6;2045;2025", f"{TARGETS};Target;F6;2025;2045")
    assert [(year, to, float(pct)) for year, to, pct in ask(own, targets)] == [(2025, 2045, 89.29)]
    assert ask(
        own,
        "select cell, status, found_text from meta.correction where extract = ? order by row_no", TARGETS
    ) == [("D6", "applied", "2045"), ("F6", "applied", "2025")]  # fmt: skip
    marked = (
        "select document, cited_source, is_corrected from mart.rpjmd_baseline where region_code = '35.03' order by 2"
    )
    assert ask(own, marked) == [
        ("RPJPD", "bidiknasional", False),
        ("RPJPD", "kabarpas", True),
        ("RPJPD", "kabarpas (tahun dibetulkan)", False),
    ]
    known = "select count(*) from rpjmd_baseline_as_of('2025-12-31', ?::timestamp) where cited_source = 'kabarpas'"
    assert ask(own, known, before) == [(0,)]
    assert not ask(own, "select * from meta.finding where cell in ('D6', 'F6') and sheet = 'Target'")


def test_a_corrected_target_moves_its_path_from_its_receipt_on_and_is_explained(own: Settings) -> None:
    before = moment_of_the_last_receipt(own)
    correct(own, f"{TARGETS};Target;G4;83,29;88,29")
    path = (
        "select target_pct, is_corrected from target_path_as_of('2025-10-31', ?::timestamp) where region_code = '35.03' "
        "and cited_source = 'bidiknasional' and baseline = 'plan' and method = 'linear' and projection = 'flat' "
        "and year = 2045"
    )
    assert [(float(pct), mark) for pct, mark in ask(own, path, before)] == [(83.29, False)]
    now = moment_of_the_last_receipt(own)
    assert [(float(pct), mark) for pct, mark in ask(own, path, now)] == [(88.29, True)]
    assert ask(
        own, "select column_name, old_value::double, new_value::double, cause from meta.change where table_name = "
        "'mart.rpjmd_baseline' and region_code = '35.03'"
    ) == [("target_pct", 83.29, 88.29, "correction")]  # fmt: skip
    done = ucj(own, "explain", "Trenggalek", "target_pct", "--table", "mart.rpjmd_baseline")
    assert done.returncode == 0
    text = done.stdout
    assert "83,29" in text and "G4" in text
    assert 'dikoreksi oleh Sari: semula "83,29", menjadi "88,29" (salah ketik)' in text


def test_a_printed_count_and_a_month_of_assistance_are_corrected(own: Settings) -> None:
    correct(own, "Bantuan iuran Trenggalek di media.xlsx;Bantuan iuran;E4;3;4")
    assert ask(
        own,
        "select months, months_raw_text, correction_ids is not null from core.assistance where year = 2023 "
        "order by known_from",
    ) == [(3, "3", False), (4, "3", True)]
    assert ask(own, "select people_months, is_corrected from mart.assistance_effect where year = 2023") == [
        (22400, True)
    ]


def test_a_correction_that_does_not_fit_a_record_says_why_and_changes_nothing(own: Settings) -> None:
    before = ask(own, "select * from core.plan_target where region_code <> '00' order by all")
    summary = correct(
        own,
        f"{TARGETS};Target;G4;84,29;88,29",  # another text stands there
        f"{TARGETS};Target;J4;;Perda 3/2025",  # expects nothing
        f"{TARGETS};Target;J5;-;Perda 3/2025",  # a blank cell
        f"{TARGETS};Target;E7;32,15;banyak",  # no number
    )
    assert summary.exit_code == 1
    said = dict(
        ask(own, "select cell, status || coalesce(': ' || message_en, '') from meta.correction where sheet = 'Target'")
    )
    assert said["G4"] == (
        'refused: That cell holds "83,29", not "84,29"; this correction is not used. Check the cell, then mend the column '
        "expected or delete this line."
    )
    assert said["J5"].startswith("refused: That cell is blank; this correction is not used.")
    assert said["E7"] == "value_refused"
    assert ask(own, "select rule, raw_text from meta.finding where sheet = 'Target' and cell = 'E7'") == [
        ("not_a_number", "banyak")
    ]
    assert ask(own, "select * from core.plan_target where region_code <> '00' order by all") == before


def test_a_withdrawn_delivery_takes_its_corrected_rows_along(own: Settings) -> None:
    correct(own, f"{TARGETS};Target;G4;83,29;88,29")
    withdraw(own, TARGETS, "salah berkas")
    run_job(own)
    assert ask(own, "select count(*) from core.plan_target where source = 'bappeda-jatim' and known_until is null") == [
        (0,)
    ]
    assert ask(own, "select count(*) from mart.rpjmd_baseline where region_code = '35.03'") == [(0,)]
