"""The regions: 38 provinces and 514 regencies, their codes and names, and the names that are written for them.

Source: Kepmendagri 300.2.2-2138/2025 for the codes (text: 35.03), BPS for the BPS codes (3503).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent / "reference"


@dataclass(frozen=True)
class Region:
    """One row of the reference."""

    code: str
    bps_code: str
    name: str
    kind: str
    province_code: str


def read_regions() -> list[Region]:
    """Every region, in the order of `reference/regions.csv`."""
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as file:
        return [
            Region(row["region_code"], row["bps_code"], row["name"], row["kind"], row["region_code"][:2])
            for row in csv.DictReader(file)
        ]


def read_aliases() -> dict[str, str]:
    """Reviewed spellings and the codes that they stand for, from `reference/region_aliases.csv`."""
    with (REFERENCE / "region_aliases.csv").open(encoding="utf-8", newline="") as file:
        return {row["alias"]: row["region_code"] for row in csv.DictReader(file)}


def read_short_names() -> dict[str, str]:
    """The short names in everyday use ("Lobar") and their codes, from `reference/region_short_names.csv`.

    A short name that means two regions, or something else in such tables ("PPU" is a segment too), is not in it.
    """
    with (REFERENCE / "region_short_names.csv").open(encoding="utf-8", newline="") as file:
        return {row["short_name"]: row["region_code"] for row in csv.DictReader(file)}
