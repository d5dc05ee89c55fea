"""What a non-wage worker's contribution costs a month: reviewed rates, each with its dates, sector, payer and basis.

PP 50/2025 halves JKK and JKM for those who pay themselves (transport January 2026 to March 2027, other sectors April
to December 2026), never where APBN or APBD pays.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date

from schemas.regions import REFERENCE


@dataclass(frozen=True)
class ContributionRate:
    """One row of `reference/contribution_rates.csv`; `valid_until` is the last day, None: still valid."""

    programme: str
    sector: str
    payer: str
    valid_from: date
    valid_until: date | None
    rupiah_per_month: int
    legal_basis: str


def read_contribution_rates() -> list[ContributionRate]:
    """Every rate, in the order of the file."""
    with (REFERENCE / "contribution_rates.csv").open(encoding="utf-8", newline="") as file:
        return [
            ContributionRate(
                row["programme"],
                row["sector"],
                row["payer"],
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
                int(row["rupiah_per_month"]),
                row["legal_basis"],
            )
            for row in csv.DictReader(file)
        ]
