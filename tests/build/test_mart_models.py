"""Rows in, rows out: mart.coverage and what is made of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build.model_runner import REGIONS, figure, run_model

NOVEMBER = date(2024, 11, 13)


def coverage(figures: list[dict[str, Any]], columns: str) -> list[tuple[Any, ...]]:
    return run_model("mart.coverage", {"core.coverage_value": figures, "core.region": REGIONS}, columns)


def counts(
    region: str, segment: str, eligible: float | None, active: float | None, **more: Any
) -> list[dict[str, Any]]:
    made = {"eligible_workers": eligible, "active_members": active}
    return [figure(region, segment, name, value, **more) for name, value in made.items() if value is not None]


def test_trenggalek_as_published() -> None:
    figures = [
        *counts("35.03", "PU", 89340, 38595),
        *counts("35.03", "BPU", 159976, 14468),
        *counts("35.03", "JAKON", 21306, 17407),
        *counts("35.03", "TOTAL", 270622, 70470),
    ]
    assert coverage(figures, "segment, active_members, eligible_workers, coverage_pct, uncovered_workers") == [
        ("BPU", 14468, 159976, Decimal("9.04"), 145508),
        ("JAKON", 17407, 21306, Decimal("81.70"), 3899),
        ("PU", 38595, 89340, Decimal("43.20"), 50745),
        ("TOTAL", 70470, 270622, Decimal("26.04"), 200152),
    ]


@pytest.mark.parametrize(
    ("active", "eligible", "pct"),
    [
        (1, 8, "12.50"),
        (1, 800, "0.13"),
        (3, 800, "0.38"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (5, 4, "125.00"),
        (0, 7, "0.00"),
    ],
)
def test_percentages_round_half_up_exactly(active: int, eligible: int, pct: str) -> None:
    figures = counts("35.03", "JAKON", eligible, active)
    assert coverage(figures, "coverage_pct") == [(Decimal(pct),)]


def test_a_total_is_recomputed_where_its_parts_are_in_force() -> None:
    figures = [
        *counts("35.03", "PU", 100, 10), *counts("35.03", "BPU", 200, 20), *counts("35.03", "JAKON", 50, 5),
        *counts("35.03", "TOTAL", 350, 35),
    ]  # fmt: skip
    revised = figure("35.03", "PU", "active_members", 12, "b", "2024-11-19 00:00:00")
    rows = coverage([*figures, revised], "segment, active_members, active_total_source, active_members_value_id")
    assert rows[-1] == ("TOTAL", 37, "BPU+JAKON+PU", None)


def test_a_total_without_parts_stays_as_reported() -> None:
    figures = [
        *counts("35.25", "PU", None, 167129), *counts("35.25", "BPU", None, 20348), *counts("35.25", "JAKON", None, 105381),
        *counts("35.25", "TOTAL", 557575, 292858),
    ]  # fmt: skip
    rows = coverage(
        figures, "segment, eligible_workers, active_members, coverage_pct, eligible_total_source, active_total_source"
    )
    assert rows[-1] == ("TOTAL", 557575, 292858, Decimal("52.52"), "reported", "BPU+JAKON+PU")
    assert rows[0] == ("BPU", None, 20348, None, None, None)


def test_parts_that_are_not_all_of_the_total_do_not_replace_it() -> None:
    figures = [*counts("35.03", "PU", 100, 10), *counts("35.03", "TOTAL", 350, 35)]
    rows = coverage(figures, "segment, active_members, active_total_source")
    assert rows[-1] == ("TOTAL", 35, "reported")


def test_two_segments_that_add_up_to_the_total_are_its_parts() -> None:
    figures = [*counts("35.03", "PU", 100, 10), *counts("35.03", "BPU", 250, 25), *counts("35.03", "TOTAL", 350, 35)]
    rows = coverage(figures, "segment, active_members, active_total_source")
    assert rows[-1] == ("TOTAL", 35, "BPU+PU")


def test_a_total_whose_pmi_cell_was_refused_stays_as_reported() -> None:
    figures = [
        *counts("35.03", "PU", 100, 10), *counts("35.03", "BPU", 200, 20), *counts("35.03", "JAKON", 50, 5),
        *counts("35.03", "TOTAL", 380, 40), *counts("35.01", "PMI", 10, 1),
    ]  # fmt: skip
    rows = coverage(figures, "region_code, segment, active_members, active_total_source")
    assert rows[-1] == ("35.03", "TOTAL", 40, "reported")


def test_where_none_reports_a_total_it_is_made_from_pu_bpu_and_jakon_together_only() -> None:
    two = [*counts("35.03", "PU", 100, 10), *counts("35.03", "BPU", 200, 20)]
    assert [row[0] for row in coverage(two, "segment")] == ["BPU", "PU"]
    three = [*two, *counts("35.03", "JAKON", 50, 5)]
    rows = coverage(three, "segment, eligible_workers, active_members, eligible_total_source")
    assert rows[-1] == ("TOTAL", 350, 35, "BPU+JAKON+PU")


def test_ranks_are_given_only_within_a_complete_province() -> None:
    two = [*counts("35.01", "PU", 100, 10), *counts("35.03", "PU", 100, 30)]
    assert coverage(two, "region_code, rank_in_province") == [("35.01", None), ("35.03", None)]
    three = [*two, *counts("35.25", "PU", 100, 20)]
    assert coverage(three, "region_code, rank_in_province") == [("35.01", 3), ("35.03", 1), ("35.25", 2)]


def test_changes_compare_within_one_source_and_basis() -> None:
    figures = [
        *counts("35.03", "PU", 100, 10),
        *counts("35.03", "PU", 110, 22, extract="b", as_of_date="2025-10-31"),
        *counts("35.03", "PU", 100, 90, extract="c", as_of_date="2025-12-31", source="cabang"),
    ]
    columns = "as_of_date, previous_as_of_date, eligible_workers_change, active_members_change, coverage_pct_change, is_latest"
    assert coverage(figures, columns) == [
        (NOVEMBER, None, None, None, None, False),
        (date(2025, 10, 31), NOVEMBER, 10, 12, Decimal("10.00"), False),
        (date(2025, 12, 31), None, None, None, None, True),
    ]


def test_uncovered_workers_are_never_negative_and_missing_stays_missing() -> None:
    figures = [*counts("35.03", "JAKON", 10, 15), *counts("35.25", "JAKON", 10, None)]
    assert coverage(figures, "region_code, uncovered_workers") == [("35.03", 0), ("35.25", None)]


def row_of_coverage(region: str, segment: str, eligible: int | None, active: int | None, **more: Any) -> dict[str, Any]:
    return {
        "region_code": region, "region_name": region, "province_code": "35", "as_of_date": "2024-11-13", "segment": segment,
        "eligible_workers": eligible, "active_members": active, "is_sample": False, "is_latest": True, "source": "provinsi",
        "basis": "unstated",
    } | more  # fmt: skip


def test_a_province_sums_its_regencies_and_says_how_many_report() -> None:
    rows = [
        row_of_coverage("35.01", "PU", 100, 10),
        row_of_coverage("35.03", "PU", 200, 61),
        row_of_coverage("35.25", "PU", None, 5),
    ]
    made = run_model(
        "mart.province_coverage",
        {"mart.coverage": rows, "core.region": REGIONS},
        "province_name, segment, eligible_workers, active_members, coverage_pct, regions_reported, regions_expected, is_complete",
    )
    assert made == [("Jawa Timur", "PU", 300, 71, Decimal("23.67"), 2, 3, False)]


def test_the_breakdown_has_one_row_a_region_and_date() -> None:
    rows = [
        row_of_coverage("35.03", "PU", 100, 10, coverage_pct="10.00"),
        row_of_coverage("35.03", "TOTAL", 300, 60, coverage_pct="20.00"),
    ]
    columns = "region_code, pu_active_members, pu_coverage_pct, bpu_active_members, total_coverage_pct"
    assert run_model("mart.coverage_breakdown", {"mart.coverage": rows}, columns) == [
        ("35.03", 10, Decimal("10.00"), None, Decimal("20.00"))
    ]


def test_a_rival_is_listed_where_it_differs() -> None:
    ours = figure("35.25", "PU", "active_members", 100)
    same = figure("35.25", "PU", "active_members", 100, "b", "2024-11-19 00:00:00", source="cabang")
    other = figure("35.25", "PU", "active_members", 90, "c", "2024-11-20 00:00:00", source="gresik")
    columns = "region_code, cast(value as integer), source, cast(rival_value as integer), rival_source, cast(difference as integer)"
    tables = {"core.coverage_value": [ours, same, other], "core.region": REGIONS}
    assert run_model("mart.rival", tables, columns) == [("35.25", 100, "provinsi", 90, "gresik", -10)]


def test_freshness_has_every_regency_those_that_sent_nothing_too() -> None:
    figures = counts("35.03", "PU", 100, 10)
    rows = run_model(
        "mart.freshness",
        {"core.coverage_value": figures, "core.region": REGIONS},
        "region_code, latest_as_of_date, dates",
    )
    assert rows == [("35.01", None, 0), ("35.03", NOVEMBER, 1), ("35.25", None, 0)]
