"""What assistance costs by the rates and does to coverage: the published sums, the months, and the targets beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from schemas.contribution_rates import read_contribution_rates
from tests.build.model_runner import REGIONS, Rows, run_model

RATES: Rows = [vars(rate) for rate in read_contribution_rates()]
MEASURED: Rows = [
    {"region_code": "35.03", "segment": "TOTAL", "as_of_date": "2024-11-13", "eligible_workers": 270_622,
     "active_members": 70_470, "is_sample": False}
]  # fmt: skip


def programme(
    year: int, recipients: int | None, months: int | None, budget: int | None = None, **more: Any
) -> dict[str, Any]:
    """A row of core.assistance: Trenggalek's, realised, unless said otherwise."""
    row = {
        "assistance_id": f"{year}:{recipients}:{months}:{budget}", "region_code": "35.03", "year": year,
        "recipients": recipients, "months": months, "budget_rupiah": budget, "fund": "APBD", "status": "realised",
        "cited_source": "Disnaker", "source": "bappeda", "received_at": "2025-01-01 00:00:00",
        "known_from": "2025-01-01 00:00:00", "is_revision": False, "is_sample": False,
    }  # fmt: skip
    return row | more


def target(year: int, pct: float, members: int, document: str = "RPJPD", **more: Any) -> dict[str, Any]:
    """A row of mart.target_path: the plan in force, linear, from its printed baseline, flat."""
    row = {"region_code": "35.03", "segment": "TOTAL", "document": document, "cited_source": "Perda", "baseline": "plan",
           "method": "linear", "projection": "flat", "year": year, "target_pct": pct, "target_members": members,
           "rate_rupiah_a_year": 201_600, "is_in_force": True, "is_sample": False}  # fmt: skip
    return row | more


def effect(*programmes: dict[str, Any], columns: str, targets: Rows = (), **options: Any) -> list[tuple[Any, ...]]:  # type: ignore[assignment]
    """Rows of mart.assistance_effect."""
    tables = {"core.assistance": list(programmes), "core.contribution_rate": RATES, "core.region": REGIONS,
              "work.region_coverage": MEASURED, "mart.target_path": list(targets)}  # fmt: skip
    return run_model("mart.assistance_effect", tables, columns, **options)


def test_the_published_sums_come_out_by_the_rate() -> None:
    costs = effect(
        programme(2022, 594, 3, 29_937_600), programme(2023, 5_600, 3, 365_600_000),
        programme(2025, 10_000, 12, 2_092_600_000),
        columns="year, people_months, rupiah_a_person, cost_rupiah, budget_less_cost_rupiah",
    )  # fmt: skip
    assert costs == [
        (2022, 1_782, 50_400, 29_937_600, 0),
        (2023, 16_800, 50_400, 282_240_000, 83_360_000),
        (2025, 120_000, 201_600, 2_016_000_000, 76_600_000),
    ]


def test_the_relief_of_2026_does_not_apply_where_the_government_pays() -> None:
    funds = ("APBD", "APBN", "DBHCHT", "Dana Desa", "unstated", "CSR")
    programmes = [programme(2026, 100, 12, fund=fund, assistance_id=fund) for fund in funds]
    assert effect(*programmes, columns="assistance_id, payer, cost_rupiah") == [
        ("APBD", "government", 20_160_000),
        ("APBN", "government", 20_160_000),
        ("CSR", "self", 12_600_000),  # three months of 16,800, nine of 8,400
        ("DBHCHT", "government", 20_160_000),
        ("Dana Desa", "government", 20_160_000),
        ("unstated", "government", 20_160_000),
    ]


def test_each_paid_month_has_its_own_rate() -> None:
    months = [(1, 3), (3, 2), (4, 9)]
    programmes = [
        programme(2026, 1, length, fund="Baznas", first_month=first, assistance_id=f"from {first}")
        for first, length in months
    ]
    assert effect(*programmes, columns="assistance_id, rupiah_a_person") == [
        ("from 1", 50_400), ("from 3", 16_800 + 8_400), ("from 4", 9 * 8_400),
    ]  # fmt: skip


def test_recipients_stay_active_until_the_third_unpaid_month() -> None:
    programmes = [
        programme(2023, 5_600, 3), programme(2024, 100, 4, first_month=7), programme(2025, 10_000, 12),
        programme(2021, 10, None),
    ]  # fmt: skip
    columns = "year, paid_from, paid_from_is_assumed, paid_until, active_until"
    assert effect(*programmes, columns=columns) == [
        (2021, None, None, None, None),
        (2023, date(2023, 1, 1), True, date(2023, 3, 31), date(2023, 6, 30)),
        (2024, date(2024, 7, 1), False, date(2024, 10, 31), date(2025, 1, 31)),
        (2025, date(2025, 1, 1), False, date(2025, 12, 31), date(2026, 3, 31)),
    ]


def test_recipients_add_percentage_points_that_have_a_price() -> None:
    columns = "recipients_pct_points, cost_rupiah_per_pct_point, budget_rupiah_per_pct_point"
    # 5,600 of 270,622 are 2.0693 %; a point is 2,706.22 people at 50,400, or at 365,600,000 / 5,600
    assert effect(programme(2023, 5_600, 3, 365_600_000), columns=columns) == [
        (Decimal("2.07"), 136_393_488, 176_677_506)
    ]
    assert effect(programme(2023, 0, 3, 1_000), columns=columns) == [(Decimal("0.00"), None, None)]


def test_what_is_not_printed_leaves_what_rests_on_it_empty() -> None:
    columns = (
        "recipients_pct_points, people_months, rupiah_a_person, cost_rupiah, budget_rupiah, budget_less_cost_rupiah"
    )
    assert effect(programme(2024, None, 10, 1_200_000_000), columns=columns) == [
        (None, None, 168_000, None, 1_200_000_000, None)
    ]
    assert effect(programme(2024, 10_000, None, 2_092_600_000), columns=columns) == [
        (Decimal("3.70"), None, None, None, 2_092_600_000, None)
    ]


def test_the_distance_to_each_year_s_target_has_its_price_with_and_without_a_programme() -> None:
    columns = "year, assistance_id, target_pct, members_to_target, closing_cost_rupiah"
    targets = [target(2025, 26.30, 71_174), target(2026, 29.15, 78_886), target(2027, 20.00, 54_124)]
    assert effect(programme(2025, 10, 12), columns=columns, targets=targets) == [
        (2025, "2025:10:12:None", Decimal("26.3"), 704, 704 * 201_600),
        (2026, None, Decimal("29.15"), 8_416, 8_416 * 201_600),
        (2027, None, Decimal("20"), 0, 0),
    ]
    assert effect(programme(2025, 10, 12, region_code="35.01"), columns="year, members_to_target", targets=targets) == [
        (2025, None)
    ]


def test_of_several_plans_the_rpjmd_of_the_year_counts_and_only_plans_in_force() -> None:
    targets = [
        target(2029, 37.70, 102_024), target(2030, 40.55, 109_737), target(2029, 40.00, 108_249, "RPJMD"),
        target(2030, 99.00, 267_916, "RPJMD", is_in_force=False),
    ]  # fmt: skip
    assert effect(programme(2029, 10, 12), columns="year, target_document, target_pct", targets=targets) == [
        (2029, "RPJMD", Decimal("40")),
        (2030, "RPJPD", Decimal("40.55")),
    ]


def test_sources_that_differ_are_both_kept_and_marked_and_those_that_agree_are_not() -> None:
    columns = "cited_source, year, sources, is_disputed"
    programmes = [
        programme(2024, 10_000, None, 2_092_600_000, cited_source="kabarpas"),
        programme(2024, None, 10, 1_200_000_000, cited_source="afederasi"),
        programme(2025, 10_000, 12, 2_092_600_000, cited_source="afederasi"),
        programme(2025, 10_000, 12, 2_092_600_000, cited_source="bidiknasional"),
    ]
    assert effect(*programmes, columns=columns) == [
        ("afederasi", 2024, 2, True),
        ("afederasi", 2025, 2, False),
        ("bidiknasional", 2025, 2, False),
        ("kabarpas", 2024, 2, True),
    ]


def test_a_later_delivery_replaces_a_source_s_year_from_its_receipt_on_and_a_withdrawal_ends_it() -> None:
    june = "2025-06-01 00:00:00"
    first = [programme(2025, 100, 12, recipient_group="a"), programme(2025, 50, 12, recipient_group="b")]
    later = programme(2025, 120, 12, received_at=june, known_from=june, known_until="2025-07-01 00:00:00")
    known = [
        effect(*first, later, columns="recipients", known_at=f"timestamp '{day}'")
        for day in ("2024-12-31", "2025-05-31", "2025-06-02", "2025-07-02")
    ]
    assert known == [[], [(50,), (100,)], [(120,)], [(50,), (100,)]]


def test_sample_data_never_stands_beside_real_data() -> None:
    made_up = programme(2023, 1, 1, cited_source="contoh", is_sample=True)
    assert effect(made_up, programme(2025, 100, 12), columns="recipients, is_sample") == [(100, False)]
    assert effect(made_up, columns="recipients, is_sample") == [(1, True)]
