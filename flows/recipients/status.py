"""Status: the desk's view of a region, with full counts, from the private file: who has sent what, and what it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flows.recipients.desk import load_reference, open_desk, read_receipts, unread
from flows.recipients.keys import load_key
from flows.recipients.receive import publish_counts, refill_desk
from flows.settings import Settings
from schemas.regions import Region


@dataclass(frozen=True)
class VillageStatus:
    """One village's rows by outcome; of one that has sent nothing all are 0."""

    village_code: str
    village: str
    district: str
    received: int = 0
    eligible: int = 0
    to_mend: int = 0
    not_eligible: int = 0


@dataclass(frozen=True)
class RegionStatus:
    """All villages of a region, what rules say, and the rows whose village is not known (of all lists)."""

    region_code: str
    region: str
    cover_days: tuple[str, ...]
    villages: tuple[VillageStatus, ...]
    rules: tuple[tuple[str, str, int], ...]
    without_village: int

    def total(self, what: str) -> int:
        return sum(getattr(village, what) for village in self.villages)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        totals = {what: self.total(what) for what in ("received", "eligible", "to_mend", "not_eligible")}
        return {
            "region_code": self.region_code,
            "region": self.region,
            "cover_first_days": list(self.cover_days),
            **totals,
            "without_village": self.without_village,
            "silent_villages": sum(village.received == 0 for village in self.villages),
            "villages": [asdict(village) for village in self.villages],
            "rules": [{"rule": rule, "outcome": outcome, "rows": count} for rule, outcome, count in self.rules],
        }


def read_status(region: Region, settings: Settings, lang: str = "id") -> RegionStatus:
    """The status of a region's villages. The key is asked for only where a list must be read again."""
    reference = load_reference(settings)
    with open_desk(settings) as desk:
        receipts = [receipt for receipt in read_receipts(settings.recipients) if not receipt.forgotten_at]
        if unread(receipts, desk):
            refill_desk(desk, settings, load_key(settings.recipients, lang))
        desk.judge_together()
        publish_counts(desk, settings)
        counts = {row[0]: row[1:] for row in desk.ask("select * from village_count")}
        rules = desk.ask(
            "select rule, outcome, count(*) from outcome join recipient_rule using (rule, outcome) "
            "where starts_with(coalesce(village_code, ?), ?) group by all order by min(weight)",
            f"{region.code}.",
            f"{region.code}.",
        )
        ((without,),) = desk.ask("select count(*) from outcome where village_code is null")
    villages = tuple(
        VillageStatus(each.code, each.name, each.district, *counts.get(each.code, ()))
        for each in reference.villages if each.code.startswith(f"{region.code}.")
    )  # fmt: skip
    days = tuple(sorted({receipt.cover_first_day for receipt in receipts}))
    return RegionStatus(region.code, region.name, days, villages, tuple(rules), without)
