"""`ucj rpjmd`: from a request to files, without Prefect; `flows.baseline` runs the same as a flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.planning import PlanData, PlanRequest, check_request, read_plan
from flows.publish.asking import require_published
from flows.report.document import Document
from flows.report.planning_document import make_document, plan_rows
from flows.report.planning_files import write_files
from flows.report.region_argument import NATION, resolve_region
from flows.settings import Settings
from schemas.regions import Region, read_regions

_ALL = Region("all", "", "Indonesia", "all", "")
_WORDS = {
    "id": {"written": "Ditulis: {path}", "sample": "DATA CONTOH: bukan angka resmi.",
           "line": "{name}, {document}: {pct}% ({year}) menuju {target}% ({target_year}), metode {method}."},
    "en": {"written": "Written: {path}", "sample": "SAMPLE DATA: not official figures.",
           "line": "{name}, {document}: {pct}% ({year}) to {target}% ({target_year}), method {method}."},
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What was written, and from what."""

    files: tuple[Path, ...]
    data: PlanData
    lang: str

    def as_text(self) -> str:
        """For people: the plans in a line each, then the files."""
        words = _WORDS[self.lang]
        lines = [words["sample"]] if self.data.is_sample else []
        for plan in self.data.plans[:10]:
            start = plan.path[0]
            lines.append(
                words["line"].format(
                    name=plan.plan["region_name"],
                    document=plan.plan["document"],
                    method=start["method"],
                    pct=_number(start["target_pct"], self.lang),
                    year=start["year"],
                    target=_number(plan.plan["target_pct"], self.lang),
                    target_year=plan.plan["target_year"],
                )
            )
        return "\n".join([*lines, *(words["written"].format(path=path) for path in self.files)])

    def as_dict(self) -> dict[str, Any]:
        """For programs: the files, the request as it was filled in, and every row of the paths."""
        rows = [{name: _plain(value) for name, value in row.items()} for row in plan_rows(self.data.plans)]
        return {
            "files": [str(path) for path in self.files],
            "request": vars(self.data.asked),
            "release": self.data.release["release_id"],
            "is_sample": self.data.is_sample,
            "paths": rows,
        }


def write_rpjmd(settings: Settings, request: PlanRequest, formats: Sequence[str], out: Path, lang: str) -> Made:
    """Write the documents of a request. Raises WrongUse where it cannot be met."""
    document, data = rpjmd_document(settings, request, lang)
    stem = f"rpjmd_{data.place.code}_{data.asked.as_of}_{data.asked.method}_{data.asked.baseline}"
    return Made(tuple(write_files(document, formats, out, stem)), data, lang)


def rpjmd_document(settings: Settings, request: PlanRequest, lang: str) -> tuple[Document, PlanData]:
    """The document of a request and the data that it was made from. Raises WrongUse where it cannot be met."""
    check_request(request, lang)
    require_published(settings.published, lang)
    place, regions = regions_of(request.region, lang)
    data = read_plan(settings.published, request, place, regions, lang)
    return make_document(data, lang), data


def regions_of(text: str, lang: str) -> tuple[Region, list[Region]]:
    """The place that is asked for and the regions that its tables list: itself; of a province its regencies too."""
    regions = read_regions()
    if text.strip().casefold() in ("all", "semua"):
        return _ALL, [NATION, *regions]
    place = resolve_region(text, regions, lang)
    if place.kind == "provinsi":
        return place, [region for region in regions if region.province_code == place.code]
    return place, [place]


def _number(value: Any, lang: str) -> str:
    return f"{value:.2f}" if lang == "en" else f"{value:.2f}".replace(".", ",")


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) else float(value)
