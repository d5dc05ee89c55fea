"""The villages (desa, kelurahan) that the reference knows: their codes and names, and their districts.

Source: Kepmendagri 300.2.2-2138/2025, Trenggalek's 157. Other regencies send their list as kind `villages`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from schemas.regions import REFERENCE


@dataclass(frozen=True)
class Village:
    """One row of `reference/villages.csv`; the code's first five signs (35.03) are the regency's."""

    code: str
    name: str
    kind: str
    district: str


def read_villages() -> list[Village]:
    """Every village, in the order of the file."""
    with (REFERENCE / "villages.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [Village(row["village_code"], row["name"], row["kind"], row["district"]) for row in rows]
