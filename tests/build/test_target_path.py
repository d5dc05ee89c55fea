"""From a plan's baseline to its target: the published values, the edges, people and rupiah.

The expected percentages of Trenggalek stand in DOMAIN §4; the others were worked out by hand.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.contribution_rates import read_contribution_rates
from tests.build.model_runner import REGIONS, Rows, run_model

METHODS = ("linear", "cagr", "logistic", "equal_stage", "cagr_stage")
STAGE_ENDS = (2029, 2034, 2039, 2045)
RATES: Rows = [vars(rate) for rate in read_contribution_rates()]


def target(year: int, pct: float, base_year: int = 2025, base_pct: float = 26.3, **more: Any) -> dict[str, Any]:
    """A row of core.plan_target: Trenggalek's RPJPD, unless said otherwise."""
    row = {
        "plan_target_id": f"t{year}{pct}", "region_code": "35.03", "segment": "TOTAL", "document": "RPJPD",
        "cited_source": "Perda", "baseline_year": base_year, "baseline_pct": base_pct, "target_year": year,
        "target_pct": pct, "source": "bappeda", "received_at": "2025-01-01 00:00:00",
        "known_from": "2025-01-01 00:00:00", "is_revision": False, "is_sample": False,
    }  # fmt: skip
    return row | more


def covered(segment: str, eligible: int, active: int, pct: float, day: str = "2024-11-13") -> dict[str, Any]:
    """A row of mart.coverage: Trenggalek."""
    return {"region_code": "35.03", "province_code": "35", "as_of_date": day, "segment": segment, "is_sample": False,
            "eligible_workers": eligible, "active_members": active, "coverage_pct": pct, "source": "provinsi",
            "basis": "unstated"}  # fmt: skip


TRENGGALEK = [
    covered("PU", 89_340, 38_595, 43.20), covered("BPU", 159_976, 14_468, 9.04), covered("JAKON", 21_306, 17_407, 81.70),
    covered("TOTAL", 270_622, 70_470, 26.04),
]  # fmt: skip


def walk(*targets: dict[str, Any], columns: str, coverage: Rows = (), **options: Any) -> list[tuple[Any, ...]]:  # type: ignore[assignment]
    """Rows of mart.target_path."""
    tables = {"core.plan_target": list(targets), "mart.coverage": list(coverage), "core.contribution_rate": RATES,
              "core.region": REGIONS}  # fmt: skip
    return run_model("mart.target_path", tables, columns, **options)


def paths(*targets: dict[str, Any], coverage: Rows = (), baseline: str = "plan") -> dict[str, dict[int, float]]:  # type: ignore[assignment]
    """Per cent by method and year."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for method, year, pct, start, _ in walk(
        *targets, columns="method, year, target_pct, baseline, projection", coverage=coverage
    ):
        if start == baseline:
            found[method][year] = float(pct)
    return dict(found)


def test_the_published_plan_of_trenggalek_comes_out_to_two_decimals() -> None:
    made = paths(target(2045, 83.29))
    years = (2025, 2029, 2030, 2034, 2039, 2045)
    assert [made["linear"][year] for year in years] == [26.30, 37.70, 40.55, 51.95, 66.19, 83.29]
    assert [made["cagr"][year] for year in years] == [26.30, 33.12, 35.08, 44.18, 58.94, 83.29]
    assert [made["logistic"][year] for year in years] == [26.30, 37.68, 40.82, 53.89, 69.32, 83.29]
    assert [made["equal_stage"][year] for year in STAGE_ENDS] == [40.55, 54.80, 69.04, 83.29]
    assert [made["cagr_stage"][year] for year in STAGE_ENDS] == [35.08, 46.80, 62.44, 83.29]
    assert all(sorted(made[method]) == list(range(2025, 2046)) for method in METHODS)


def test_years_inside_a_stage_lie_on_a_straight_line_between_its_ends() -> None:
    made = paths(target(2045, 83.29))
    assert [made["equal_stage"][year] for year in range(2025, 2030)] == [26.30, 29.86, 33.42, 36.99, 40.55]


def test_given_stage_values_are_hit_and_the_method_goes_on_between_them() -> None:
    made = paths(target(2029, 40), target(2034, 50), target(2045, 83.29))
    for method in METHODS:
        assert [made[method][year] for year in (2029, 2034, 2045)] == [40, 50, 83.29], method
    assert made["linear"][2030] == 42.0
    assert made["equal_stage"][2039] == made["equal_stage"][2034] + 16.65  # (83.29 - 50) / 2, half up


def test_a_baseline_above_the_target_stays_flat_and_says_so() -> None:
    rows = walk(target(2029, 43.92, 2024, 52.52), columns="method, year, target_pct, notes")
    assert {(pct, notes) for _, _, pct, notes in rows} == {(Decimal("52.52"), "baseline_above_target")}


def test_a_baseline_above_a_stage_waits_for_the_plan_to_pass_it() -> None:
    made = paths(
        target(2029, 30),
        target(2034, 60),
        target(2045, 90),
        coverage=[covered("TOTAL", 1000, 400, 40)],
        baseline="measured",
    )
    assert [made["linear"][year] for year in (2024, 2029, 2030, 2031, 2032, 2034)] == [40, 40, 40, 42, 48, 60]


def test_where_logarithms_need_it_a_tenth_stands_in_for_nothing_and_it_is_said() -> None:
    rows = walk(target(2030, 100, 2025, 0), columns="method, year, target_pct, notes")
    at = {(method, year): (float(pct), notes) for method, year, pct, notes in rows}
    assert at["cagr", 2025] == (0.0, "baseline_0_read_as_0.1")
    assert at["cagr", 2026] == (0.4, "baseline_0_read_as_0.1")  # 0.1 x 1000^(1/5) = 0.398
    assert at["logistic", 2030] == (100.0, "baseline_0_read_as_0.1,target_100_read_as_99.9")
    assert at["linear", 2026] == (20.0, "")


def test_a_measured_baseline_counts_for_the_year_of_its_day() -> None:
    made = paths(target(2045, 83.29), coverage=TRENGGALEK, baseline="measured")
    assert made["linear"][2024] == 26.04
    assert made["linear"][2025] == 28.77  # 26.04 + 57.25 / 21
    assert 2023 not in made["linear"]


def test_people_new_members_and_rupiah_follow_from_the_path() -> None:
    rows = walk(
        target(2045, 83.29), coverage=TRENGGALEK,
        columns="method, baseline, year, target_members, new_members, cumulative_new_members, pu_new_members, "
        "bpu_new_members, jakon_new_members, pmi_new_members, contribution_rupiah, cumulative_contribution_rupiah",
    )  # fmt: skip
    by_year = {row[2]: row[3:] for row in rows if row[:2] == ("linear", "measured")}
    assert by_year[2024] == (70_470, 0, 0, 0, 0, 0, 0, 0, 0)
    # 28.77 % of 270,622 = 77,858; of 7,388 new: uncovered are PU 50,745, BPU 145,508, JAKON 3,899 of 200,152
    assert by_year[2025] == (77_858, 7_388, 7_388, 1_873, 5_371, 144, 0, 5_371 * 201_600, 5_371 * 201_600)
    assert (
        by_year[2026][7] == (5_371 + by_year[2026][4]) * 201_600
        or by_year[2026][8] == (5_371 + by_year[2026][4]) * 201_600
    )
    assert by_year[2045][0] == 225_401  # 83.29 % of 270,622


def test_a_target_of_one_segment_gives_all_new_members_to_it() -> None:
    rows = walk(
        target(2030, 50, base_pct=9, segment="BPU"), coverage=TRENGGALEK,
        columns="method, baseline, year, new_members, pu_new_members, bpu_new_members, jakon_new_members, pmi_new_members",
    )  # fmt: skip
    assert {row[4:5] + row[6:] for row in rows} == {(0, 0, 0)}
    assert all(row[3] == row[5] for row in rows)


def test_a_region_without_measured_coverage_has_a_path_in_per_cent_alone() -> None:
    rows = walk(target(2029, 43.92, 2025, 32.15, region_code="00"), columns="projection, baseline, target_members")
    assert set(rows) == {("none", "plan", None)}


def test_of_two_sources_the_ranked_one_is_in_force_and_without_ranks_none() -> None:
    two = [target(2045, 83.29, cited_source="a"), target(2045, 89.29, cited_source="b")]
    in_force = "distinct cited_source, is_in_force"
    assert walk(*two, columns=in_force) == [("a", False), ("b", False)]
    ranked = [two[0] | {"rank": 1}, two[1] | {"rank": 2}]
    assert walk(*ranked, columns=in_force) == [("a", True), ("b", False)]
    assert walk(two[0], two[1] | {"rank": 5}, columns=in_force) == [("a", False), ("b", True)]
    assert walk(two[0], target(2045, 83.29, cited_source="b"), columns=in_force) == [("a", True), ("b", False)]


def test_a_later_delivery_replaces_a_source_s_plan_from_its_receipt_on() -> None:
    first = [target(2029, 37, source="x"), target(2045, 83.29, source="x")]
    later = target(2045, 80, source="x", received_at="2025-06-01 00:00:00", known_from="2025-06-01 00:00:00")
    points = "distinct year, target_pct"
    now = walk(*first, later, columns=points)
    assert (2045, Decimal("80.00")) in now and (2029, Decimal("37.00")) not in now
    before = walk(*first, later, columns=points, known_at="timestamp '2025-05-31'")
    assert (2045, Decimal("83.29")) in before and (2029, Decimal("37.00")) in before


def test_as_of_never_sees_later_figures() -> None:
    later = covered("TOTAL", 280_000, 140_000, 50.00, "2025-10-31")
    options = {"coverage": [*TRENGGALEK, later], "columns": "baseline, min(year)"}
    columns = "distinct baseline, min(year) over (partition by baseline) as starts"
    del options["columns"]
    assert walk(target(2045, 83.29), columns=columns, **options) == [("measured", 2025), ("plan", 2025)]
    assert walk(target(2045, 83.29), columns=columns, as_of="date '2025-10-30'", **options) == [
        ("measured", 2024),
        ("plan", 2025),
    ]


def test_eligible_workers_grow_as_the_labour_force_did() -> None:
    employed = [
        {"region_code": "35.03", "year": year, "survey_month": "august", "measure": "employed_people", "value": value,
         "source": "bps", "known_from": "2025-01-01 00:00:00"}
        for year, value in ((2022, 400_000), (2024, 441_000))
    ]  # fmt: skip
    tables = {"core.plan_target": [target(2045, 83.29)], "mart.coverage": TRENGGALEK, "core.region": REGIONS,
              "core.labour_force_value": employed}  # fmt: skip
    columns = "projection, year, eligible_workers, growth_series, growth_from_year, growth_to_year, growth_pct_a_year"
    rows = {row[:2]: row[2:] for row in run_model("mart.eligible_projection", tables, columns)}
    assert rows["flat", 2026] == (270_622, None, None, None, None)
    # the square root of 441,000 / 400,000 is 1.05
    assert rows["labour_force", 2024] == (270_622, "employed", 2022, 2024, Decimal("5.00"))
    assert rows["labour_force", 2025] == (284_153, "employed", 2022, 2024, Decimal("5.00"))


percentages = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)


@settings(max_examples=25, deadline=None)
@given(
    plans=st.lists(
        st.tuples(percentages, percentages, st.integers(2019, 2028), st.integers(2030, 2060), percentages, percentages),
        min_size=30, max_size=30,
    )
)  # fmt: skip
def test_every_path_is_bounded_monotone_and_hits_what_is_given(plans: list[tuple[Any, ...]]) -> None:
    targets, given_points = [], {}
    for number, (base, end, base_year, end_year, one, other) in enumerate(plans):
        stage, final = sorted((max(one, base), max(end, other, base)))
        region = f"99.{number:02d}"
        middle = (base_year + end_year) // 2
        targets += [
            target(year, pct, base_year, base, region_code=region) for year, pct in ((middle, stage), (end_year, final))
        ]
        given_points[region] = {base_year: base, middle: stage, end_year: final}
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for region, method, year, pct in walk(*targets, columns="region_code, method, year, target_pct"):
        found[region, method][year] = float(pct)
    assert len(found) == 5 * len(plans)
    for (region, _), path in found.items():
        values = [path[year] for year in sorted(path)]
        assert values == sorted(values)
        assert values[0] >= 0 and values[-1] <= 100
        assert {year: path[year] for year in given_points[region]} == given_points[region]


@pytest.mark.parametrize("uncovered", [(5, 3, 1), (1, 1, 1), (0, 7, 0), (100_000, 1, 99_999)])
def test_segments_sum_to_the_whole(uncovered: tuple[int, int, int]) -> None:
    names = ("PU", "BPU", "JAKON")
    coverage = [covered(name, count + 10, 10, 50) for name, count in zip(names, uncovered, strict=True)]
    total = sum(uncovered) + 30
    coverage.append(covered("TOTAL", total, 30, round(3000 / total, 2)))
    parts = "new_members, pu_new_members, bpu_new_members, jakon_new_members, pmi_new_members"
    for whole, *split in walk(target(2045, 97, base_pct=1), coverage=coverage, columns=parts):
        assert sum(split) == whole
        assert min(split) >= 0
