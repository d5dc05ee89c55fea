"""The reviewed rates of contribution: dated, without a gap and without an overlap, and as the regulations say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby, pairwise

from schemas.contribution_rates import ContributionRate, read_contribution_rates


def rupiah(day: date, sector: str, payer: str, *programmes: str) -> int:
    """What the programmes cost a month on that day."""
    return sum(
        rate.rupiah_per_month
        for rate in read_contribution_rates()
        if (rate.sector, rate.payer) == (sector, payer) and rate.programme in programmes
        and rate.valid_from <= day <= (rate.valid_until or day)
    )  # fmt: skip


def test_a_non_wage_worker_costs_16800_a_month_and_36800_with_old_age() -> None:
    assert rupiah(date(2025, 6, 1), "other", "self", "JKK", "JKM") == 16_800
    assert rupiah(date(2025, 6, 1), "other", "government", "JKK", "JKM", "JHT") == 36_800


def test_pp_50_of_2025_halves_what_people_pay_themselves_and_only_in_its_months() -> None:
    transport = [(2025, 12), (2026, 1), (2027, 3), (2027, 4)]
    assert [rupiah(date(y, m, 1), "transport", "self", "JKK", "JKM") for y, m in transport] == [
        16800,
        8400,
        8400,
        16800,
    ]
    other = [(2026, 3), (2026, 4), (2026, 12), (2027, 1)]
    assert [rupiah(date(y, m, 1), "other", "self", "JKK", "JKM") for y, m in other] == [16800, 8400, 8400, 16800]
    assert {rupiah(date(2026, month, 1), "other", "government", "JKK", "JKM") for month in range(1, 13)} == {16800}


def test_the_rates_of_each_programme_sector_and_payer_follow_each_other_without_a_gap() -> None:
    def what(rate: ContributionRate) -> tuple[str, str, str]:
        return rate.programme, rate.sector, rate.payer

    for _, group in groupby(sorted(read_contribution_rates(), key=lambda r: (what(r), r.valid_from)), key=what):
        rates = list(group)
        assert rates[-1].valid_until is None
        for rate, following in pairwise(rates):
            assert rate.valid_until and rate.valid_until + timedelta(days=1) == following.valid_from
