"""`ucj explain`: which figure is meant by a region, a measure and a table, and its explanation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from flows.errors import WrongUse
from flows.planning import PlanRequest, check_request
from flows.publish.asking import Row, require_published
from flows.settings import Settings
from flows.trace.explain import SEGMENTS, Explainer, Explanation, Figure
from schemas.regions import Region

_MART = (
    "coverage", "coverage_breakdown", "province_coverage", "rival", "freshness", "rpjmd_baseline", "target_path",
    "eligible_projection", "published_figure_check", "assistance_effect",
)  # fmt: skip
TABLES = dict.fromkeys(_MART, "mart") | {"assistance": "core"}
_DEFAULT = {
    "rival": "rival_value",
    "freshness": "latest_as_of_date",
    "rpjmd_baseline": "baseline_pct",
    "target_path": "target_pct",
    "eligible_projection": "eligible_workers",
    "assistance_effect": "cost_rupiah",
    "assistance": "budget_rupiah",
}
_SAYS = {
    "id": {
        "table": "--table {table}: tidak dikenal. Pilih: {known}.",
        "nothing": "{table} tidak memuat {region} ({segment}) sampai {as_of}, seperti diketahui pada {known_at}.",
        "measure": "{measure}: tidak ada di {table}, atau kosong di baris itu. Pilih: {known}.",
    },
    "en": {
        "table": "--table {table} is not known. Choose: {known}.",
        "nothing": "{table} holds nothing of {region} ({segment}) up to {as_of}, as known at {known_at}.",
        "measure": "{measure}: not in {table}, or empty in that row. Choose: {known}.",
    },
}


def explain(
    settings: Settings, region: Region, measure: str, table: str, as_of: str, known_at: str, lang: str
) -> Explanation:
    """Explain one figure; `as_of` may be a year. Raises WrongUse where there is no such table, row, column or time."""
    as_of = f"{as_of}-12-31" if len(as_of) == 4 else as_of
    check_request(PlanRequest(region.code, as_of, known_at), lang)
    require_published(settings.published, lang)
    default = "province_coverage" if region.kind == "provinsi" else "coverage"
    name = table.removeprefix("mart.").removeprefix("core.") or default
    if name not in TABLES:
        known = ", ".join(f"{schema}.{each}" for each, schema in TABLES.items())
        raise WrongUse(_SAYS[lang]["table"].format(table=table, known=known))
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        if not known_at:
            (last,) = connection.execute("select max(received_at) from meta.receipt").fetchall()[0]
            known_at = last.isoformat(" ")
        explainer = Explainer(connection, settings, as_of or date.max.isoformat(), known_at)
        shown = f"{TABLES[name]}.{name}"
        segment, column = read_measure(measure, _DEFAULT.get(name, "coverage_pct"))
        rows = _rows_of(explainer, name, region, segment, column)
        if not rows:
            details = {"table": shown, "region": region.name, "segment": segment, "known_at": known_at}
            raise WrongUse(_SAYS[lang]["nothing"].format(as_of=explainer.as_of, **details))
        row = rows[-1]
        columns = explainable(name, row)
        if column not in columns:
            known = ", ".join(columns)
            raise WrongUse(_SAYS[lang]["measure"].format(measure=column, table=shown, known=known))
        return explainer.finish(shown, figure_of(explainer, name, row, column))


def read_measure(text: str, default: str) -> tuple[str, str]:
    """Segment and column in "PU", "active_members", "pu_coverage_pct" or "PU coverage_pct"; else TOTAL."""
    words = [word for part in text.split() for word in ([part] if part.endswith("_new_members") else part.split("_"))]
    segment = next((word.upper() for word in words if word.upper() in SEGMENTS), "TOTAL")
    return segment, "_".join(word for word in words if word.upper() not in SEGMENTS) or default


def explainable(table: str, row: Row) -> list[str]:
    """The columns of a row that rest on cells and hold something."""
    columns = {
        "coverage": ["coverage_pct", "eligible_workers", "active_members", "uncovered_workers", "reported_coverage_pct",
                     "rank_in_province", "coverage_pct_change", "eligible_workers_change", "active_members_change"],
        "coverage_breakdown": ["coverage_pct", "eligible_workers", "active_members"],
        "province_coverage": ["coverage_pct", "eligible_workers", "active_members", "regions_reported"],
        "rpjmd_baseline": ["baseline_pct", "baseline_year", "target_pct", "target_year", "measured_pct",
                           "measured_members", "measured_eligible_workers", "measured_less_baseline_pct_points"],
        "target_path": ["target_pct", "eligible_workers", "target_members", "new_members", "cumulative_new_members",
                        "pu_new_members", "bpu_new_members", "jakon_new_members", "pmi_new_members",
                        "contribution_rupiah", "cumulative_contribution_rupiah"],
        "eligible_projection": ["eligible_workers", "growth_pct_a_year"],
        "rival": ["value", "rival_value", "difference"],
        "freshness": ["latest_as_of_date", "last_received_at"],
        "published_figure_check": ["coverage_pct", "active_members", "eligible_workers", "recomputed_coverage_pct",
                                   "parts_active_members", "measured_coverage_pct", "measured_active_members",
                                   "measured_eligible_workers"],
        "assistance_effect": ["recipients", "months", "people_months", "rupiah_a_person", "cost_rupiah",
                              "budget_rupiah", "budget_less_cost_rupiah", "recipients_pct_points",
                              "cost_rupiah_per_pct_point", "budget_rupiah_per_pct_point", "target_pct",
                              "members_to_target", "closing_cost_rupiah"],
        "assistance": ["recipients", "months", "budget_rupiah"],
    }[table]  # fmt: skip
    return [column for column in columns if row.get(column) is not None]


def figure_of(explainer: Explainer, table: str, row: Row, column: str) -> Figure:
    """The figure of a row's column."""
    makers = {
        "coverage": explainer.coverage, "coverage_breakdown": explainer.coverage,
        "province_coverage": explainer.province,
        "rpjmd_baseline": explainer.plan, "target_path": explainer.path, "eligible_projection": explainer.projection,
        "rival": explainer.rival, "freshness": explainer.freshness, "published_figure_check": explainer.printed,
        "assistance_effect": explainer.assistance, "assistance": explainer.assistance,
    }  # fmt: skip
    return makers[table](row, column)


def _rows_of(explainer: Explainer, table: str, region: Region, segment: str, column: str) -> Sequence[Row]:
    """The rows that a region, a segment and the last day mean, the one meant last."""
    if table in ("assistance", "assistance_effect"):
        years = [row for row in explainer.rows(table) if row["region_code"] == region.code]
        years = [row for row in years if row["year"] <= int(explainer.as_of[:4])]
        return sorted(years, key=lambda row: (row.get(column) is not None, row["year"], row["cited_source"] or ""))
    source = {"coverage_breakdown": "coverage"}.get(table, table)
    place = "province_code" if table == "province_coverage" else "region_code"
    rows = [
        row for row in explainer.rows(source) if row[place] == region.code and row.get("segment", segment) == segment
    ]
    limit = explainer.as_of
    days = {"coverage": "as_of_date", "coverage_breakdown": "as_of_date", "province_coverage": "as_of_date",
            "rival": "as_of_date", "published_figure_check": "stated_on"}  # fmt: skip
    if day := days.get(table):
        return sorted((row for row in rows if str(row[day]) <= limit), key=lambda row: row[day])
    if table == "freshness":
        return rows
    if table == "rpjmd_baseline":
        return sorted(rows, key=lambda row: (row["is_in_force"], row["document"] == "RPJPD"))
    rows = [row for row in rows if row["year"] <= int(limit[:4])]

    def order(row: Row) -> tuple[Any, ...]:
        return (row.get("is_in_force", True), row.get("document") == "RPJPD", row.get("method") == "linear",
                row.get("baseline") == "plan", row["projection"] == "flat", row["year"])  # fmt: skip

    return sorted(rows, key=order)
