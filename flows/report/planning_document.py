"""A planning document out of its data: the tables that go into an RPJMD or RPJPD.

The forms of the tables are those in print (Banten's RPJMD for the IKU, the RPJPD's four stages). Which figure stands
where is decided here; how it looks is the writers' matter.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flows.planning import SEGMENTS, PlanData, RegionPlan, Row
from flows.report.document import Column, Document, Kind, Table, Value, shown_day
from flows.report.planning_provenance import collect_facts, make_provenance
from flows.report.planning_words import WORDS
from schemas.regions import Region

IKU_YEARS = range(2025, 2031)
STAGES = (("I", 2025, 2029), ("II", 2030, 2034), ("III", 2035, 2039), ("IV", 2040, 2045))
_LAST_STAGE = STAGES[-1][2]
_IKU_DOCUMENTS = ("RPJMD", "RPJMN", "RPJPD", "RPJPN", "Kemendagri")  # the first that a region has fills the IKU table


def make_document(data: PlanData, lang: str) -> Document:
    """The document of a region, or of all regencies of a place."""
    maker = _Maker(data, lang)
    tables = maker.of_one_region() if len(data.regions) == 1 else maker.of_many_regions()
    facts = collect_facts(data, lang, tables)
    numbered = [*tables, *make_provenance(data, lang, facts)]
    captions = [
        maker.word("table", number=number, caption=table.caption) for number, table in enumerate(numbered, start=1)
    ]
    return Document(
        title=maker.word("title"),
        subtitle=maker.word(
            "subtitle", place=data.place.name, method=maker.word(data.asked.method), baseline=maker.baseline_word(),
            as_of=maker.day(data.asked.as_of),
        ),
        tables=tuple(replace(table, caption=caption) for table, caption in zip(numbered, captions, strict=True)),
        provenance=json.dumps(facts, ensure_ascii=False, sort_keys=True),
        lang=lang,
        mark=maker.word("mark") if data.is_sample else "",
    )  # fmt: skip


class _Maker:
    """Makes the tables of one document in one language."""

    def __init__(self, data: PlanData, lang: str) -> None:
        self.data, self.lang, self.words = data, lang, WORDS[lang]
        self.is_linear = data.asked.method == "linear"

    def word(self, name: str, **details: Any) -> str:
        return self.words[name].format(**details)

    def _text(self, name: str, width_mm: int) -> Column:
        return Column(self.word(name), "text", width_mm)

    def _figure(self, name: str, kind: Kind, width_mm: int, group: str = "") -> Column:
        return Column(self.word(name), kind, width_mm, group)

    def day(self, day: date | str) -> str:
        return shown_day(date.fromisoformat(str(day)), self.lang)

    def baseline_word(self) -> str:
        return self.word("plan" if self.data.asked.baseline == "plan" else "measured_kind")

    # -- one region ---------------------------------------------------------------------------------

    def of_one_region(self) -> list[Table]:
        (region,) = self.data.regions
        plans = self.data.plans
        tables = [self._iku_of_one(region, self._for_iku(plans))]
        if long := [plan for plan in plans if plan.plan["target_year"] == _LAST_STAGE]:
            tables.append(self._iup_of_one(region, long))
        if self.data.coverage_of(region):
            tables.append(self._breakdown(region))
        for plan in plans:
            tables.append(self._path(region, plan))
        tables += self._assistance(region.name)
        tables.append(self._baselines(region.name))
        for plan in plans:
            tables.append(self._points(region, plan))
        if any(row["eligible_workers"] for plan in plans for row in plan.path):
            tables.append(self._basis(region))
        return tables

    def _iku_of_one(self, region: Region, plans: Sequence[RegionPlan]) -> Table:
        base_years = {plan.path[0]["year"] for plan in plans}
        base = f"{self.word('base')} {base_years.pop()}" if len(base_years) == 1 else self.word("base")
        columns = (
            self._text("no", 9), self._text("name", 50), self._text("unit", 15),
            Column(base, "pct", 19),
            *(Column(str(year), "pct", 14, self.word("target_years")) for year in IKU_YEARS),
            self._text("definition", 50), self._text("data_source", 35),
        )  # fmt: skip
        rows, formulas = [], {}
        for number, plan in enumerate(plans):
            sources = plan.plan["cited_source"]
            rows.append(
                (str(number + 1), self._indicator(plan), self.word("percent"), plan.path[0]["target_pct"],
                 *(plan.pct_of(year) for year in IKU_YEARS), self.word("definition_text"), sources)
            )  # fmt: skip
            formulas[number, 3] = self._path_cell(plan, plan.path[0]["year"])
            formulas |= {
                (number, column): self._path_cell(plan, year)
                for column, year in enumerate(IKU_YEARS, start=4) if plan.pct_of(year) is not None
            }  # fmt: skip
        return self._table("iku", "iku", region.name, columns, rows, self._source(plans), formulas=formulas)

    def _iup_of_one(self, region: Region, plans: Sequence[RegionPlan]) -> Table:
        base_years = {plan.path[0]["year"] for plan in plans}
        base = f"{self.word('base')} {base_years.pop()}" if len(base_years) == 1 else self.word("base")
        columns = (self._text("name", 70), Column(base, "pct", 25), *self._stage_columns())
        rows, formulas = [], {}
        for number, plan in enumerate(plans):
            rows.append((self._indicator(plan), plan.path[0]["target_pct"], *self._stage_values(plan)))
            formulas[number, 1] = self._path_cell(plan, plan.path[0]["year"])
            formulas |= {
                (number, column): self._path_cell(plan, last)
                for column, (_, _, last) in enumerate(STAGES, start=2) if plan.pct_of(last) is not None
            }  # fmt: skip
        return self._table("iup", "iup", region.name, columns, rows, self._source(plans), formulas=formulas)

    def _stage_columns(self) -> list[Column]:
        return [
            Column(self.word("stage", stage=stage, first=first, last=last), "pct", 26) for stage, first, last in STAGES
        ]

    def _stage_values(self, plan: RegionPlan) -> list[Value]:
        return [plan.pct_of(last) for _, _, last in STAGES]

    def _breakdown(self, region: Region) -> Table:
        coverage = self.data.coverage_of(region)
        columns = (
            self._text("segment", 30), self._figure("eligible", "people", 35),
            self._figure("active", "people", 35), self._figure("coverage", "pct", 28),
            self._figure("uncovered", "people", 38),
        )  # fmt: skip
        rows = [
            (segment, row["eligible_workers"], row["active_members"], row["coverage_pct"], row["uncovered_workers"])
            for segment in SEGMENTS
            if (row := coverage.get(segment))
        ]
        day = max(row["as_of_date"] for row in coverage.values())
        source = self._measured_source([region])
        return self._table("breakdown", "breakdown", region.name, columns, rows, source, as_of=self.day(day))

    def _path(self, region: Region, plan: RegionPlan) -> Table:
        segments = [s for s in SEGMENTS[:4] if s != "PMI" or any(row["pmi_new_members"] for row in plan.path)]
        columns = (
            self._figure("year", "year", 13), self._figure("target", "pct", 17),
            self._figure("projected", "people", 24), self._figure("members", "people", 24),
            self._figure("new", "people", 24),
            *(Column(self.word("of_segment", segment=segment), "people", 20) for segment in segments),
            self._figure("cumulative", "people", 25), self._figure("contribution", "rupiah", 33),
            self._figure("all_contribution", "rupiah", 35),
        )  # fmt: skip
        rows = [
            (row["year"], row["target_pct"], row["eligible_workers"], row["target_members"], row["new_members"],
             *(row[f"{segment.lower()}_new_members"] for segment in segments), row["cumulative_new_members"],
             row["contribution_rupiah"], row["cumulative_contribution_rupiah"])
            for row in plan.path
        ]  # fmt: skip
        notes = [
            *self._notes(plan),
            self.word("growth", projection=self.word(self.data.asked.projection)),
            self.word("apbd"),
        ]
        sources = self._source([plan])
        key, name = f"path_{_key_of(plan)}", self._plan_name(plan)
        formulas = self._path_formulas(plan, segments) if self.is_linear else {}
        return self._table(key, "path", region.name, columns, rows, sources, notes, formulas, document=name)

    def _path_formulas(self, plan: RegionPlan, segments: Sequence[str]) -> dict[tuple[int, int], str]:
        """How a planner's spreadsheet makes the path again from the points and the basis, which may be changed."""
        points, key = plan.points, _key_of(plan)
        people = len(segments) + 5  # the column of the cumulative members
        can_count = plan.path[0]["eligible_workers"] is not None and self.data.asked.projection == "flat"
        formulas: dict[tuple[int, int], str] = {}
        for number, row in enumerate(plan.path):
            after = next(n for n, point in enumerate(points) if point["year"] >= row["year"])
            here = f"[self:{number}:0]"
            if row is points[after]:
                between = f"[points_{key}:{after}:1]"
            else:
                x0, y0, x1, y1 = (f"[points_{key}:{n}:{c}]" for n in (after - 1, after) for c in (0, 1))
                between = f"ROUND({y0}+({y1}-{y0})*({here}-{x0})/({x1}-{x0}),2)"
            formulas[number, 1] = f"MAX({between},[points_{key}:0:1])"
            if not can_count:
                continue
            formulas[number, 2] = "[basis:0:1]"
            if number == 0 and self.data.asked.baseline == "measured":
                continue
            formulas[number, 3] = f"ROUND([self:{number}:1]*[self:{number}:2]/100,0)"
            if number == 0 or plan.plan["segment"] != "TOTAL":
                continue
            formulas[number, 4] = f"MAX([self:{number}:3]-[self:{number - 1}:3],0)"
            everyone = f"SUM([basis:1:1]:[basis:{len(segments)}:1])"
            for place in range(len(segments)):
                share = f"SUM([basis:1:1]:[basis:{place + 1}:1])"
                before = "".join(f"-[self:{number}:{5 + earlier}]" for earlier in range(place))
                formulas[number, 5 + place] = f"ROUND([self:{number}:4]*{share}/{everyone},0){before}"
            formulas[number, people] = f"[self:{number - 1}:{people}]+[self:{number}:4]"
            rate = f"[basis:{len(segments) + 1}:1]"
            formulas[number, people + 1] = f"[self:{number}:6]*{rate}"
            formulas[number, people + 2] = f"SUM([self:0:6]:[self:{number}:6])*{rate}"
        return formulas

    def _points(self, region: Region, plan: RegionPlan) -> Table:
        columns = (
            self._figure("year", "year", 20),
            self._figure("pct", "pct", 25),
            self._text("from", 60),
        )
        rows = [
            (point["year"], point["target_pct"],
             self.word("from_plan") if number else self.word(f"from_base_{self.data.asked.baseline}"))
            for number, point in enumerate(plan.points)
        ]  # fmt: skip
        inputs = frozenset((number, 1) for number in range(len(rows))) if self.is_linear else frozenset()
        return self._table(
            f"points_{_key_of(plan)}", "points", region.name, columns, rows, self._source([plan]), sheet="basis",
            document=self._plan_name(plan), inputs=inputs,
        )  # fmt: skip

    def _basis(self, region: Region) -> Table:
        coverage = self.data.coverage_of(region)
        first = next(row for plan in self.data.plans for row in plan.path if row["eligible_workers"])
        columns = (self._text("what", 80), self._figure("value", "rupiah", 40))
        rows: list[tuple[Value, ...]] = [(self.word("eligible"), first["eligible_workers"])]
        for segment in SEGMENTS[:4]:
            row = coverage.get(segment)
            if row or segment != "PMI":
                left = max(row["uncovered_workers"] or 0, 0) if row else 0
                rows.append((f"{self.word('uncovered')}: {segment}", left))
        rows.append((self.word("monthly_rate"), first["rate_rupiah_a_year"]))
        inputs = frozenset((number, 1) for number in range(len(rows))) if self.is_linear else frozenset()
        return self._table(
            "basis", "basis", region.name, columns, rows, self._measured_source([region]), sheet="basis", inputs=inputs
        )

    # -- many regions -------------------------------------------------------------------------------

    def of_many_regions(self) -> list[Table]:
        place = self.data.place.name
        plans = self._for_iku(self.data.plans)
        tables = [self._iku_of_many(place, plans)]
        if long := [plan for plan in self.data.plans if plan.plan["target_year"] == _LAST_STAGE]:
            tables.append(self._iup_of_many(place, long))
        tables.append(self._breakdown_of_many(place))
        tables.append(self._people_of_many(place, plans))
        tables += self._assistance(place)
        tables.append(self._baselines(place))
        return tables

    def _region_columns(self) -> list[Column]:
        return [
            self._text("no", 9),
            self._text("code", 14),
            self._text("region", 46),
        ]

    def _region_cells(self, number: int, plan: RegionPlan) -> list[Value]:
        name = plan.plan["region_name"] + ("" if plan.plan["segment"] == "TOTAL" else f", {plan.plan['segment']}")
        return [str(number), plan.plan["region_code"], name]

    def _iku_of_many(self, place: str, plans: Sequence[RegionPlan]) -> Table:
        columns = (
            *self._region_columns(), self._text("document", 18), self._figure("base_year", "year", 18),
            self._figure("base", "pct", 18),
            *(Column(str(year), "pct", 15, self.word("target_years")) for year in IKU_YEARS),
            self._figure("final_year", "year", 20), self._figure("final", "pct", 20),
        )  # fmt: skip
        rows: list[tuple[Value, ...]] = []
        formulas: dict[tuple[int, int], str] = {}
        for number, plan in enumerate(plans):
            start = plan.path[0]
            rows.append(
                (*self._region_cells(number + 1, plan), plan.plan["document"], start["year"], start["target_pct"],
                 *(plan.pct_of(year) for year in IKU_YEARS), plan.plan["target_year"], plan.plan["target_pct"])
            )  # fmt: skip
            if self.is_linear and len(plan.points) == 2:
                x0, y0, x1, y1 = (f"[self:{number}:{column}]" for column in (4, 5, 12, 13))
                for column, year in enumerate(IKU_YEARS, start=6):
                    if plan.pct_of(year) is not None:
                        formulas[number, column] = f"MAX(ROUND({y0}+({y1}-{y0})*({year}-{x0})/({x1}-{x0}),2),{y0})"
        inputs = frozenset((row, column) for row, _ in formulas for column in (5, 13))
        notes = list(dict.fromkeys(note for plan in plans for note in self._notes(plan, with_region=True)))
        return self._table("iku", "iku", place, columns, rows, self._source(plans), notes, formulas, inputs=inputs)

    def _iup_of_many(self, place: str, plans: Sequence[RegionPlan]) -> Table:
        columns = (*self._region_columns(), self._figure("base", "pct", 22), *self._stage_columns())
        rows = [
            (*self._region_cells(number, plan), plan.path[0]["target_pct"], *self._stage_values(plan))
            for number, plan in enumerate(plans, start=1)
        ]
        return self._table("iup", "iup", place, columns, rows, self._source(plans))

    def _breakdown_of_many(self, place: str) -> Table:
        shown = ("PU", "BPU", "JAKON", "TOTAL")
        columns = [*self._region_columns(), self._text("measured_on", 28)]
        for segment in shown:
            columns += [
                self._figure("eligible", "people", 20, segment), self._figure("active", "people", 18, segment),
                Column("%", "pct", 13, segment),
            ]  # fmt: skip
        rows: list[tuple[Value, ...]] = []
        for region in self.data.regions:
            if coverage := self.data.coverage_of(region):
                day = max(row["as_of_date"] for row in coverage.values())
                cells: list[Value] = [str(len(rows) + 1), region.code, region.name, self.day(day)]
                for segment in shown:
                    row = coverage.get(segment, {})
                    cells += [row.get("eligible_workers"), row.get("active_members"), row.get("coverage_pct")]
                rows.append(tuple(cells))
        source = self._measured_source(self.data.regions)
        return self._table(
            "breakdown", "breakdown", place, columns, rows, source, as_of=self.day(self.data.asked.as_of)
        )

    def _people_of_many(self, place: str, plans: Sequence[RegionPlan]) -> Table:
        years = list(IKU_YEARS)[1:]
        columns = (
            *self._region_columns(),
            *(Column(str(year), "people", 17, self.word("new_members")) for year in years),
            *(Column(str(year), "rupiah", 27, self.word("contributions")) for year in years),
        )  # fmt: skip
        rows = []
        for number, plan in enumerate(plans, start=1):
            by_year = {row["year"]: row for row in plan.path}
            people = [by_year.get(year, {}).get("new_members") for year in years]
            rupiah = [by_year.get(year, {}).get("contribution_rupiah") for year in years]
            rows.append((*self._region_cells(number, plan), *people, *rupiah))
        notes = [self.word("growth", projection=self.word(self.data.asked.projection)), self.word("apbd")]
        return self._table("people", "people", place, columns, rows, self._source(plans), notes)

    # -- shared -------------------------------------------------------------------------------------

    def _assistance(self, place: str) -> list[Table]:
        """Programmes of assistance beside the targets of the RPJMD's years; no table where there is no programme."""
        shown = [row for row in self.data.assistance if row["assistance_id"] or row["year"] in IKU_YEARS]
        if not shown:
            return []
        columns = (
            *([] if len(self.data.regions) == 1 else [self._text("region", 35)]),
            self._figure("year", "year", 11), self._text("group", 28), self._text("fund", 16), self._text("status", 15),
            self._text("given_by", 22), self._figure("recipients", "people", 16), self._figure("months", "year", 11),
            self._text("active_until", 21), self._figure("cost", "rupiah", 23), self._figure("budget", "rupiah", 23),
            self._figure("budget_less_cost", "rupiah", 21), self._figure("added", "pct", 16),
            self._figure("cost_a_point", "rupiah", 23), self._figure("target", "pct", 14),
            self._figure("to_target", "people", 16), self._figure("closing", "rupiah", 25),
        )  # fmt: skip
        rows = [self._assistance_row(row, with_region=len(self.data.regions) > 1) for row in shown]
        cited = list(dict.fromkeys(row["cited_source"] for row in shown if row["cited_source"]))
        regions = [region for region in self.data.regions if self.data.coverage_of(region)]
        sources = "; ".join([*cited, *([self._measured(regions)] if regions else [])])
        source = self.word("source", sources=sources, release=self.data.release["release_id"])
        notes = [self.word("assistance_cost"), self.word("assistance_points"), self.word("assistance_target")]
        if any(row["is_disputed"] for row in shown):
            notes.append(self.word("assistance_disputed"))
        return [self._table("assistance", "assistance", place, columns, rows, source, notes)]

    def _assistance_row(self, row: Row, with_region: bool) -> tuple[Value, ...]:
        until = self.day(row["active_until"]) if row["active_until"] else None
        if until and row["paid_from_is_assumed"]:
            until += " *"
        given_by = row["cited_source"] and row["cited_source"] + (" **" if row["is_disputed"] else "")
        return (
            *([row["region_name"]] if with_region else []),
            row["year"], row["recipient_group"], row["fund"] and self.words.get(row["fund"], row["fund"]),
            row["status"] and self.word(row["status"]), given_by, row["recipients"], row["months"], until,
            row["cost_rupiah"], row["budget_rupiah"], row["budget_less_cost_rupiah"], row["recipients_pct_points"],
            row["cost_rupiah_per_pct_point"], row["target_pct"], row["members_to_target"], row["closing_cost_rupiah"],
        )  # fmt: skip

    def _for_iku(self, plans: Sequence[RegionPlan]) -> list[RegionPlan]:
        """One plan a region and indicator: the RPJMD's, else the next that it has."""
        order = sorted(plans, key=lambda plan: _IKU_DOCUMENTS.index(plan.plan["document"]))
        first = {(plan.plan["region_code"], plan.plan["segment"]): plan for plan in reversed(order)}
        return [plan for plan in plans if first[plan.plan["region_code"], plan.plan["segment"]] is plan]

    def _baselines(self, place: str) -> Table:
        columns = (
            self._text("region", 45), self._text("document", 22), self._text("cited", 45),
            self._figure("base_year", "year", 18), self._figure("printed", "pct", 20),
            self._text("measured_on", 31), self._figure("measured", "pct", 22),
            self._figure("difference", "pct", 28), self._figure("final_year", "year", 20),
            self._figure("final", "pct", 20),
        )  # fmt: skip
        rows: list[tuple[Value, ...]] = []
        for each in self.data.plans:
            plan = each.plan
            measured_on = self.day(plan["measured_on"]) if plan["measured_on"] else None
            name = plan["region_name"] + ("" if plan["segment"] == "TOTAL" else f", {plan['segment']}")
            difference = None if plan["measured_pct"] is None else plan["measured_pct"] - plan["baseline_pct"]
            rows.append(
                (name, plan["document"], plan["cited_source"], plan["baseline_year"], plan["baseline_pct"], measured_on,
                 plan["measured_pct"], difference, plan["target_year"], plan["target_pct"])
            )  # fmt: skip
        return self._table("baseline", "baseline", place, columns, rows, self._source(self.data.plans))

    def _indicator(self, plan: RegionPlan) -> str:
        segment = plan.plan["segment"]
        return self.word("indicator") + ("" if segment == "TOTAL" else self.word("indicator_of", segment=segment))

    def _plan_name(self, plan: RegionPlan) -> str:
        segment = plan.plan["segment"]
        return plan.plan["document"] + ("" if segment == "TOTAL" else f" {segment}")

    def _path_cell(self, plan: RegionPlan, year: int) -> str:
        place = next(number for number, row in enumerate(plan.path) if row["year"] == year)
        return f"[path_{_key_of(plan)}:{place}:1]"

    def _notes(self, plan: RegionPlan, with_region: bool = False) -> list[str]:
        """What had to be decided on the way, in words."""
        said = {
            "baseline_above_target": "above",
            "baseline_above_stage": "stage_note",
            "baseline_0_read_as_0.1": "tenth",
            "target_100_read_as_99.9": "almost",
        }
        codes = [code for code in plan.path[-1]["notes"].split(",") if code]
        name = f"{plan.plan['region_name']}, {self._plan_name(plan)}" if with_region else self._plan_name(plan)
        return [self.word(said[code], document=name, method=self.word(self.data.asked.method)) for code in codes]

    def _source(self, plans: Sequence[RegionPlan]) -> str:
        cited = list(dict.fromkeys(plan.plan["cited_source"] for plan in plans))
        regions = [region for region in self.data.regions if self.data.coverage_of(region)]
        sources = "; ".join([*cited, *([self._measured(regions)] if regions else [])])
        return self.word("source", sources=sources, release=self.data.release["release_id"])

    def _measured_source(self, regions: Sequence[Region]) -> str:
        return self.word("source", sources=self._measured(regions), release=self.data.release["release_id"])

    def _measured(self, regions: Sequence[Region]) -> str:
        rows = [row for region in regions for row in self.data.coverage_of(region).values()]
        senders = ", ".join(dict.fromkeys(row["source"] for row in rows))
        return self.word("source_measured", measured=senders, as_of=self.day(max(row["as_of_date"] for row in rows)))

    def _table(
        self,
        key: str,
        what: str,
        place: str,
        columns: Sequence[Column],
        rows: Sequence[tuple[Value, ...]],
        source: str,
        notes: Sequence[str] = (),
        formulas: dict[tuple[int, int], str] | None = None,
        *,
        sheet: str = "",
        inputs: frozenset[tuple[int, int]] = frozenset(),
        **details: Any,
    ) -> Table:
        caption = self.word(what, place=place, **details)
        name = self.word(f"sheet_{sheet or what}", **details)
        kept = (formulas or {}) if self.is_linear else {}
        return Table(key, name, caption, tuple(columns), tuple(rows), source, tuple(notes), kept, inputs)


def _key_of(plan: RegionPlan) -> str:
    return f"{plan.plan['document']}_{plan.plan['segment']}".lower()


def plan_rows(plans: Sequence[RegionPlan]) -> list[Row]:
    """The rows of the paths, for a program."""
    return [row for plan in plans for row in plan.path]
