"""What a planning table needs from the published file: plans, their paths, what is measured, and where it comes from.

What is made of it lies in `flows.report`. Everything is asked as it was known at a moment, by the macros of the file
itself, so that the same request gives the same figures on any later day. What is known now stands in the tables, which
are those macros at their last moment and cost nothing to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import WrongUse
from flows.publish.asking import Row, read_rows
from schemas.regions import Region

METHODS = ("linear", "cagr", "logistic", "equal_stage", "cagr_stage")
BASELINES = ("plan", "measured")
PROJECTIONS = ("flat", "labour_force")
SEGMENTS = ("PU", "BPU", "JAKON", "PMI", "TOTAL")
_END_IN_JAKARTA = timedelta(hours=17) - timedelta(microseconds=1)  # of a day, in UTC; no summer time

_PLANS = """
select * from {source} where region_code in (select unnest(?))
order by region_code, segment, document, cited_source
"""
_PATHS = """
select * from {source}
where region_code in (select unnest(?)) and method = ? and baseline = ? and projection in (?, 'none')
order by region_code, segment, document, cited_source, year
"""
_COVERAGE = """
select * from {source} where region_code in (select unnest(?))
"""
_RATES = """
select programme, valid_from, valid_until, rupiah_per_month, legal_basis from core.contribution_rate
where payer = 'government' and sector = 'other' and programme in ('JKK', 'JKM') order by all
"""
_ASSISTANCE = """
select * from {source} where region_code in (select unnest(?))
order by region_code, year, status desc, cited_source, assistance_id
"""
_EXTRACTS = """
with used as (
    select distinct extract_id from core.coverage_value where value_id in (select unnest(?))
    union
    select distinct extract_id from core.plan_target where plan_target_id in (select unnest(?))
    union
    select distinct extract_id from core.assistance where assistance_id in (select unnest(?))
    union
    select distinct extract_id from core.labour_force_value
    where ? and region_code in (select unnest(?)) and known_from <= known_moment(?)
        and (known_until is null or known_until > known_moment(?))
)
select extract.file_name, extract.extract_id, extract.source, min(receipt.received_at) as received_at
from used
join meta.extract as extract on used.extract_id = extract.extract_id
join meta.receipt as receipt on extract.extract_id = receipt.sha256 and receipt.outcome = 'new'
group by all
order by received_at, extract.extract_id
"""
_RELEASE = """
select release_id, reading_id, build_id, code_version, duckdb_version from meta.release
"""
# The last thing that is known, and the last day of which anything is measured: what "now" means for a file.
_NOW = """
select
    (select max(received_at) from meta.receipt) as known_at,
    (select max(as_of_date) from mart.coverage where region_code in (select unnest(?))) as as_of
"""


# Each table of now, and the macro that makes it for another moment.
_AS_OF = {
    "mart.rpjmd_baseline": "rpjmd_baseline_as_of(?, ?)",
    "mart.target_path": "target_path_as_of(?, ?)",
    "(select * from mart.coverage where is_latest)": "coverage_as_of(?, ?)",
    "mart.assistance_effect": "assistance_effect_as_of(?, ?)",
}


@dataclass(frozen=True)
class PlanRequest:
    """What is asked for. `as_of` and `known_at` may be empty: the last day measured, and all that is known.

    `known_at` is a date (its end in Jakarta) or a time in UTC, as text. `source` is the cited source of the plan where
    several differ; empty: the one in force.
    """

    region: str
    as_of: str = ""
    known_at: str = ""
    method: str = "linear"
    baseline: str = "plan"
    projection: str = "flat"
    source: str = ""


@dataclass(frozen=True)
class RegionPlan:
    """One plan of one region: what `mart.rpjmd_baseline` says of it, and its path."""

    plan: Row
    path: tuple[Row, ...]

    @property
    def points(self) -> tuple[Row, ...]:
        """The rows of the path that are given: its baseline and the plan's own targets."""
        return tuple(row for place, row in enumerate(self.path) if not place or row["plan_target_id"])

    def pct_of(self, year: int) -> Any:
        """Per cent in a year; None where the path does not go there."""
        return next((row["target_pct"] for row in self.path if row["year"] == year), None)


@dataclass(frozen=True)
class PlanData:
    """All that a document is made of. `asked` is the request with its days filled in."""

    asked: PlanRequest
    place: Region
    regions: tuple[Region, ...]
    plans: tuple[RegionPlan, ...]
    coverage: tuple[Row, ...]
    assistance: tuple[Row, ...]
    rates: tuple[Row, ...]
    extracts: tuple[Row, ...]
    release: Row
    is_sample: bool

    def coverage_of(self, region: Region) -> dict[str, Row]:
        """A region's measured rows by segment."""
        return {row["segment"]: row for row in self.coverage if row["region_code"] == region.code}


def read_plan(path: Path, request: PlanRequest, place: Region, regions: Sequence[Region], lang: str) -> PlanData:
    """Everything for a request. Raises WrongUse where there is no plan, or several sources and none in force."""
    codes = [region.code for region in regions]
    with duckdb.connect(str(path), read_only=True) as connection:
        asked = _fill_in(connection, request, codes)
        moment = [asked.as_of, asked.known_at] if request.as_of or request.known_at else []

        def read(query: str, table: str, *values: Any) -> list[Row]:
            source = _AS_OF[table] if moment else table
            return read_rows(connection, query.format(source=source), [*moment, *values])

        found = read(_PLANS, "mart.rpjmd_baseline", codes)
        if not found:
            raise WrongUse(_say(lang, "no_plan", place=place.name, known_at=asked.known_at))
        chosen = _choose(found, asked.source, lang)
        paths = read(_PATHS, "mart.target_path", codes, asked.method, asked.baseline, asked.projection)
        plans = [_with_path(plan, paths) for plan in chosen]
        coverage = read(_COVERAGE, "(select * from mart.coverage where is_latest)", codes)
        value_ids = [value for row in coverage for name, value in row.items() if name.endswith("_value_id") and value]
        target_ids = [
            row["plan_target_id"] for plan in plans for row in (plan.plan, *plan.path) if row["plan_target_id"]
        ]
        assistance = read(_ASSISTANCE, "mart.assistance_effect", codes)
        assistance_ids = [row["assistance_id"] for row in assistance if row["assistance_id"]]
        grows = asked.projection == "labour_force"
        used = [value_ids, target_ids, assistance_ids, grows, codes, asked.known_at, asked.known_at]
        extracts = read_rows(connection, _EXTRACTS, used)
        return PlanData(
            asked=asked,
            place=place,
            regions=tuple(regions),
            plans=tuple(plan for plan in plans if plan.path),
            coverage=tuple(coverage),
            assistance=tuple(assistance),
            rates=tuple(read_rows(connection, _RATES)),
            extracts=tuple(extracts),
            release=read_rows(connection, _RELEASE)[0],
            is_sample=any(row["is_sample"] for row in (*chosen, *coverage, *assistance)),
        )


def _fill_in(connection: duckdb.DuckDBPyConnection, request: PlanRequest, codes: Sequence[str]) -> PlanRequest:
    """The request with its days: what is left open means everything known to the published file."""
    now = read_rows(connection, _NOW, [codes])[0]
    known_at = request.known_at or (now["known_at"].isoformat(" ") if now["known_at"] else date.max.isoformat())
    as_of = request.as_of or str(now["as_of"] or date.max)
    return PlanRequest(
        request.region, as_of, known_at, request.method, request.baseline, request.projection, request.source
    )


def _choose(plans: Sequence[Row], source: str, lang: str) -> list[Row]:
    """Of each plan the source that counts: the one asked for, else that in force. Raises WrongUse where none does."""
    chosen: list[Row] = []
    for key in dict.fromkeys((plan["region_code"], plan["segment"], plan["document"]) for plan in plans):
        of_plan = [plan for plan in plans if (plan["region_code"], plan["segment"], plan["document"]) == key]
        named = [plan for plan in of_plan if source and plan["cited_source"].casefold() == source.casefold()]
        counts = named or [plan for plan in of_plan if plan["is_in_force"]]
        if not counts:
            sources = "; ".join(f'--source "{plan["cited_source"]}" ({plan["target_pct"]} %)' for plan in of_plan)
            raise WrongUse(_say(lang, "no_source", region=of_plan[0]["region_name"], document=key[2], sources=sources))
        chosen.append(counts[0])
    if source and not any(plan["cited_source"].casefold() == source.casefold() for plan in chosen):
        known = "; ".join(dict.fromkeys(plan["cited_source"] for plan in plans))
        raise WrongUse(_say(lang, "unknown_source", source=source, sources=known))
    return chosen


def _with_path(plan: Row, paths: Sequence[Row]) -> RegionPlan:
    names = ("region_code", "segment", "document", "cited_source")
    key = [plan[name] for name in names]
    path = tuple(row for row in paths if [row[name] for name in names] == key)
    return RegionPlan(plan, path)


def check_request(request: PlanRequest, lang: str) -> None:
    """Raises WrongUse where an option holds what it cannot."""
    for name, value, known in (
        ("--method", request.method, METHODS),
        ("--baseline", request.baseline, BASELINES),
        ("--projection", request.projection, PROJECTIONS),
    ):
        if value not in known:
            raise WrongUse(_say(lang, "option", name=name, value=value, known=", ".join(known)))
    for name, value in (("--as-of", request.as_of), ("--known-at", request.known_at)):
        try:
            if value:
                (date if name == "--as-of" else datetime).fromisoformat(value)
        except ValueError:
            raise WrongUse(_say(lang, "day", name=name, value=value)) from None


def known_moment(known_at: str) -> datetime:
    """The moment (UTC, without its mark) that `--known-at` means: of a bare date its end in Jakarta."""
    if len(known_at) == 10:
        return datetime.fromisoformat(known_at) + _END_IN_JAKARTA
    moment = datetime.fromisoformat(known_at)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


_SAYS = {
    "id": {
        "no_plan": "Tidak ada target rencana untuk {place} yang diketahui pada {known_at}. Kirim buku kerja target "
        "(`ucj template plan_target`) ke raw/inbox, jalankan `ucj run`, lalu ulangi.",
        "no_source": "{region}, {document}: beberapa sumber memberi target yang berbeda dan belum ada yang ditetapkan. "
        "Pilih: {sources}; atau isi kolom Urutan sumber di buku kerja target.",
        "unknown_source": 'Tidak ada target dari sumber "{source}". Yang ada: {sources}.',
        "option": "{name}: {value} tidak dikenal. Pilih: {known}.",
        "day": "{name}: {value} bukan tanggal. Tulis seperti 2025-10-31.",
    },
    "en": {
        "no_plan": "There is no plan target for {place} known at {known_at}. Send a workbook of targets (`ucj template "
        "plan_target`) to raw/inbox, run `ucj run`, and try again.",
        "no_source": "{region}, {document}: several sources give different targets and none is in force. Choose: "
        "{sources}; or fill in the rank of sources in the workbook of targets.",
        "unknown_source": 'There is no target from the source "{source}". There are: {sources}.',
        "option": "{name}: {value} is not known. Choose: {known}.",
        "day": "{name}: {value} is no date. Write it as 2025-10-31.",
    },
}


def _say(lang: str, what: str, **details: str) -> str:
    return _SAYS[lang][what].format(**details)
