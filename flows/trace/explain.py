"""Explain: how a figure of a `mart` table came to be, down to the cells that it rests on.

An explanation is a tree: a figure, the arithmetic that makes it, and the figures that it is made of; at the leaves
stand cells. Everything is asked as it was known at a moment, by the macros of the published file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from flows.planning import known_moment
from flows.publish.asking import Row, read_rows
from flows.report.document import Kind
from flows.settings import Settings
from flows.trace.cells import CellReader, SourceCell

SEGMENTS = ("PU", "BPU", "JAKON", "PMI", "TOTAL")
_UNITS: dict[str, Kind] = {  # the first that a column's name holds: "budget_rupiah_per_pct_point" is rupiah
    "rupiah": "rupiah",
    "pct": "pct",
    "workers": "people",
    "members": "people",
    "people": "people",
    "recipients": "people",
}
_RIVALS = """
select used.value_id, other.value_id
from core.coverage_value as used
join core.coverage_value as other
    on used.region_code = other.region_code and used.as_of_date = other.as_of_date and used.segment = other.segment
    and used.measure = other.measure and used.value <> other.value
where used.value_id in (select unnest($ids))
    and not (used.extract_id = other.extract_id and used.sheet = other.sheet and used.cell = other.cell)
    and other.known_from <= $moment and (other.known_until is null or other.known_until > $moment)
order by other.received_at, other.value_id
"""
# What other sources print of the same region, year and status: none of them is in force before the others.
_OTHER_SOURCES = """
with figures as (
    select assistance_id || '#recipients' as value_id, recipients as value, * from core.assistance
    union all
    select assistance_id || '#months' as value_id, months as value, * from core.assistance
    union all
    select assistance_id || '#budget_rupiah' as value_id, budget_rupiah as value, * from core.assistance
)
select used.value_id, other.value_id
from figures as used
join figures as other
    on used.region_code = other.region_code and used.year = other.year and used.status = other.status
    and split_part(used.value_id, '#', 2) = split_part(other.value_id, '#', 2)
    and used.cited_source <> other.cited_source and used.value <> other.value
where used.value_id in (select unnest($ids))
    and other.known_from <= $moment and (other.known_until is null or other.known_until > $moment)
order by other.received_at, other.value_id
"""
_CORRECTIONS = """
select correction_id, cell, expected_text, corrected_text, reason, evidence, corrected_by, known_from
from meta.correction
where correction_id in (select unnest($ids))
"""


@dataclass(frozen=True)
class Figure:
    """A figure and what it is made of. `how` is the arithmetic with `{0}`, `{1}` … for the parts; empty: a cell.

    `value_id` names the cell at a leaf.
    """

    label: str
    column: str
    value: Any
    how: str = ""
    parts: tuple[Figure, ...] = ()
    value_id: str = ""
    about: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """How its value is shown."""
        unit = next((unit for name, unit in _UNITS.items() if f"_{name}_" in f"_{self.column}_"), None)
        return unit or ("year" if isinstance(self.value, int) else "text")

    def walk(self) -> Iterator[Figure]:
        """Itself and all that it is made of."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Explanation:
    """A figure's tree with its cells, the cells that say otherwise and are not in force (by the cell that is), and the
    corrections.
    """

    table: str
    figure: Figure
    cells: dict[str, SourceCell]
    rivals: dict[str, tuple[str, ...]]
    corrections: dict[str, Row]
    as_of: str
    known_at: str

    @property
    def leaves(self) -> list[SourceCell]:
        """The cells that the figure rests on, in order, each once."""
        ids = dict.fromkeys(figure.value_id for figure in self.figure.walk() if figure.value_id)
        return [self.cells[value_id] for value_id in ids]

    @property
    def is_confirmed(self) -> bool:
        return bool(self.leaves) and all(cell.confirmed for cell in self.leaves)


class Explainer:
    """Explains figures of one published file as they were known at a moment."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, settings: Settings, as_of: str, known_at: str) -> None:
        self._connection = connection
        self._reader = CellReader(connection, settings)
        self.as_of, self.known_at = as_of, known_at
        self._tables: dict[str, list[Row]] = {}
        self._indexes: dict[tuple[str, ...], dict[tuple[Any, ...], list[Row]]] = {}

    # -- tables as they were known --------------------------------------------------------------------

    def rows(self, name: str) -> list[Row]:
        """A table as it was known, read once: `coverage` of all dates, the others by their macros."""
        if name not in self._tables:
            query = {
                "coverage": "select * from coverage_known_at($known_at)",
                "province_coverage": "select * from province_coverage_known_at($known_at)",
                "rival": "select * from rival_known_at($known_at)",
                "freshness": "select * from freshness_known_at($known_at)",
                "published_figure_check": "select * from published_figure_check_known_at($known_at)",
                "rpjmd_baseline": "select * from rpjmd_baseline_as_of($as_of, $known_at)",
                "target_path": "select * from target_path_as_of($as_of, $known_at)",
                "eligible_projection": "select * from eligible_projection_as_of($as_of, $known_at)",
                "assistance_effect": "select * from assistance_effect_as_of($as_of, $known_at)",
                "assistance": """
                    select assistance.*, coalesce(region.name, 'Indonesia') as region_name
                    from core.assistance as assistance
                    left join core.region as region on assistance.region_code = region.region_code
                    where known_from <= known_moment($known_at)
                        and (known_until is null or known_until > known_moment($known_at))
                """,
            }[name]
            values = {"known_at": self.known_at} | ({"as_of": self.as_of} if "$as_of" in query else {})
            self._tables[name] = read_rows(self._connection, query, values)
        return self._tables[name]

    def find_all(self, table: str, **key: Any) -> list[Row]:
        """The rows of a table with that key; looked up in an index that is made once for those columns."""
        names = (table, *key)
        if names not in self._indexes:
            index: dict[tuple[Any, ...], list[Row]] = {}
            for row in self.rows(table):
                index.setdefault(tuple(row[name] for name in key), []).append(row)
            self._indexes[names] = index
        return self._indexes[names].get(tuple(key.values()), [])

    def find(self, table: str, **key: Any) -> Row:
        """The one row with that key. Raises LookupError where there is none."""
        found = self.find_all(table, **key)
        if not found:
            raise LookupError(f"{table}: {key}")
        return found[0]

    # -- coverage -----------------------------------------------------------------------------------

    def coverage(self, row: Row, column: str) -> Figure:
        """A column of `mart.coverage`."""
        about = {"region": row["region_name"], "date": str(row["as_of_date"]), "segment": row["segment"]}
        if column in ("eligible_workers", "active_members", "reported_coverage_pct"):
            return self._measure(row, column, about)
        value = row[column]
        if column in ("coverage_pct", "uncovered_workers"):
            how = "{0} / {1}" if column == "coverage_pct" else "{1} - {0}"
            parts = tuple(self._measure(row, name, about) for name in ("active_members", "eligible_workers"))
            return Figure(row["segment"], column, value, how, parts, about=about)
        if column == "rank_in_province":
            others = self.find_all(
                "coverage", province_code=row["province_code"], as_of_date=row["as_of_date"], segment=row["segment"]
            )
            ordered = sorted(others, key=lambda other: (-(other["coverage_pct"] or -1), other["region_code"]))
            return Figure(
                row["segment"],
                column,
                value,
                "rank",
                tuple(self.coverage(o, "coverage_pct") for o in ordered),
                about=about,
            )
        if column.endswith("_change"):
            name = column.removesuffix("_change")
            day = row["previous_as_of_date"]
            before = self.find("coverage", region_code=row["region_code"], as_of_date=day, segment=row["segment"])
            return Figure(
                row["segment"],
                column,
                value,
                "{0} - {1}",
                (self.coverage(row, name), self.coverage(before, name)),
                about=about,
            )
        raise KeyError(column)

    def _measure(self, row: Row, name: str, about: dict[str, str]) -> Figure:
        """A count, or the printed percentage: a cell, or the sum of the segments that a TOTAL is made of."""
        value_id = row[f"{name}_value_id"]
        if value_id:
            return Figure(row["segment"], name, row[name], value_id=value_id, about=about)
        made_of = row["eligible_total_source" if name == "eligible_workers" else "active_total_source"].split("+")
        segments = [segment for segment in SEGMENTS if segment in made_of]
        place = {"region_code": row["region_code"], "as_of_date": row["as_of_date"]}
        rows = [self.find("coverage", **place, segment=segment) for segment in segments]
        parts = tuple(self._measure(part, name, about | {"segment": part["segment"]}) for part in rows)
        return Figure(
            row["segment"], name, row[name], " + ".join(f"{{{n}}}" for n in range(len(parts))), parts, about=about
        )

    def breakdown(self, region_code: str, as_of_date: Any, column: str) -> Figure:
        """A column of `mart.coverage_breakdown`: the segment's column of `mart.coverage`."""
        segment, _, name = column.partition("_")
        return self.coverage(
            self.find("coverage", region_code=region_code, as_of_date=as_of_date, segment=segment.upper()), name
        )

    def province(self, row: Row, column: str) -> Figure:
        """A column of `mart.province_coverage`: sums over the regencies that report both counts."""
        about = {"region": row["province_name"], "date": str(row["as_of_date"]), "segment": row["segment"]}
        if column == "coverage_pct":
            parts = tuple(self.province(row, name) for name in ("active_members", "eligible_workers"))
            return Figure(row["segment"], column, row[column], "{0} / {1}", parts, about=about)
        key = {"province_code": row["province_code"], "as_of_date": row["as_of_date"], "segment": row["segment"]}
        regencies = [
            other for other in self.find_all("coverage", **key)
            if other["eligible_workers"] is not None and other["active_members"] is not None
        ]  # fmt: skip
        if column == "regions_reported":
            parts = tuple(self.coverage(other, "coverage_pct") for other in regencies)
            return Figure(row["segment"], column, row[column], "count", parts, about=about)
        parts = tuple(self.coverage(other, column) for other in regencies)
        return Figure(row["segment"], column, row[column], "sum", parts, about=about)

    def rival(self, row: Row, column: str) -> Figure:
        """A column of `mart.rival`."""
        about = {"region": row["region_code"], "segment": row["segment"], "date": str(row["as_of_date"])}
        own = Figure(row["source"], row["measure"], row["value"], value_id=row["value_id"], about=about)
        other = Figure(
            row["rival_source"], row["measure"], row["rival_value"], value_id=row["rival_value_id"], about=about
        )
        if column == "difference":
            return Figure(
                row["segment"], f"{row['measure']}_change", row[column], "{0} - {1}", (other, own), about=about
            )
        return own if column == "value" else other

    def freshness(self, row: Row, column: str) -> Figure:
        """A column of `mart.freshness`: the cells of the region's latest day, or of the extract that came last."""
        about = {"region": row["region_name"]}
        field = "as_of_date" if column == "latest_as_of_date" else "received_at"
        cells = self._connection.execute(
            f"""select value_id, measure, value, segment from core.coverage_value
            where region_code = $code and {field} = $value and known_from <= $moment
                and (known_until is null or known_until > $moment)
            order by value_id""",
            {"code": row["region_code"], "value": row[column], "moment": known_moment(self.known_at)},
        ).fetchall()
        parts = tuple(Figure(segment, measure, value, value_id=value_id) for value_id, measure, value, segment in cells)
        return Figure("", column, str(row[column]), "count", parts, about=about)

    def printed(self, row: Row, column: str) -> Figure:
        """A column of `mart.published_figure_check`: what was printed, its sums, and what is measured."""
        about = {"region": row["place"], "segment": row["segment"], "date": str(row["stated_on"]),
                 "cited": row["cited_source"]}  # fmt: skip
        label = " ".join(filter(None, (row["segment"], row["area"])))
        if column in ("coverage_pct", "active_members", "eligible_workers"):
            value_id = f"{row['published_figure_id']}#{column}"
            return Figure(label, column, row[column], value_id=value_id, about=about)
        if column == "recomputed_coverage_pct":
            parts = tuple(self.printed(row, name) for name in ("active_members", "eligible_workers"))
            return Figure(label, "coverage_pct", row[column], "{0} / {1}", parts, about=about)
        if column == "parts_active_members":
            beside = self.find_all("published_figure_check", event=row["event"], cited_source=row["cited_source"])
            parts_of = [other for other in beside if other["active_members"] is not None and other is not row]
            areas = [other for other in parts_of if other["area"]]
            segments = [other for other in parts_of if not other["area"] and other["segment"] != "TOTAL"]
            sums = [rows for rows in (segments, areas) if sum(r["active_members"] for r in rows) == row[column]]
            return Figure(label, "active_members", row[column], "sum",
                          tuple(self.printed(other, "active_members") for other in sums[0]), about=about)  # fmt: skip
        name = column.removeprefix("measured_")
        measured = self._measured(row["region_code"], row["segment"], row["measured_as_of_date"], name)
        return Figure(label, name, row[column], "{0}", (measured,), about=about)

    # -- plans --------------------------------------------------------------------------------------

    def plan(self, row: Row, column: str) -> Figure:
        """A column of `mart.rpjmd_baseline`."""
        about = {
            "region": row["region_name"],
            "segment": row["segment"],
            "document": row["document"],
            "cited": row["cited_source"],
        }
        label = f"{row['document']} {row['segment']}"
        if column in ("baseline_pct", "baseline_year", "target_pct", "target_year"):
            end = "#baseline" if column.startswith("baseline") else ""
            return Figure(label, column, row[column], value_id=f"{row['plan_target_id']}{end}", about=about)
        measured = {
            "measured_pct": "coverage_pct",
            "measured_members": "active_members",
            "measured_eligible_workers": "eligible_workers",
        }
        if column in measured:
            found = self._measured(row["region_code"], row["segment"], row["measured_on"], measured[column])
            return Figure(label, column, row[column], "{0}", (found,), about=about)
        if column == "measured_less_baseline_pct_points":
            parts = (self.plan(row, "measured_pct"), self.plan(row, "baseline_pct"))
            return Figure(label, column, row[column], "{0} - {1}", parts, about=about)
        raise KeyError(column)

    def _measured(self, region_code: str, segment: str, day: Any, column: str) -> Figure:
        """What is measured of a regency, or of a province as the sum of its regencies."""
        if len(region_code) == 2:
            row = self.find("province_coverage", province_code=region_code, as_of_date=day, segment=segment)
            return self.province(row, column)
        return self.coverage(self.find("coverage", region_code=region_code, as_of_date=day, segment=segment), column)

    def path(self, row: Row, column: str) -> Figure:
        """A column of `mart.target_path`."""
        names = ("region_code", "segment", "document", "cited_source", "baseline", "method", "projection")
        path = self.find_all("target_path", **{name: row[name] for name in names})
        plan = self.find("rpjmd_baseline", **{name: row[name] for name in names[:4]})
        about = {"region": plan["region_name"], "segment": row["segment"], "document": row["document"],
                 "method": row["method"], "cited": row["cited_source"], "year": str(row["year"])}  # fmt: skip
        return _PathExplainer(self, path, plan, about).explain(row, column)

    def projection(self, row: Row, column: str = "eligible_workers") -> Figure:
        """A column of `mart.eligible_projection`."""
        start = self._measured(row["region_code"], row["segment"], row["measured_on"], "eligible_workers")
        about = {"year": str(row["year"]), "projection": row["projection"]}
        if row["projection"] == "flat" and column == "eligible_workers":
            return Figure(row["segment"], column, row[column], "{0}", (start,), about=about)
        ends = self._growth_cells(row)
        growth = Figure(row["segment"], "growth_pct_a_year", row["growth_pct_a_year"], "growth", ends, about=about)
        if column == "growth_pct_a_year":
            return growth
        return Figure(row["segment"], column, row[column], "grown", (start, growth), about=about)

    def _growth_cells(self, row: Row) -> tuple[Figure, ...]:
        """The labour force of the first and the last year, of every regency of a province."""
        measure = "labour_force_people" if row["growth_series"] == "labour force" else "employed_people"
        found = self._connection.execute(
            """select value_id, region_code, year, value from core.labour_force_value
            where (region_code = $code or left(region_code, 3) = $code || '.') and year in ($from_year, $to_year)
                and measure = $measure and known_from <= $moment and (known_until is null or known_until > $moment)
            order by region_code, year, value_id""",
            {"code": row["region_code"], "from_year": row["growth_from_year"], "to_year": row["growth_to_year"],
             "measure": measure, "moment": known_moment(self.known_at)},
        ).fetchall()  # fmt: skip
        return tuple(
            Figure(f"{code} {year}", measure, int(value), value_id=value_id) for value_id, code, year, value in found
        )

    # -- assistance ---------------------------------------------------------------------------------

    def assistance(self, row: Row, column: str) -> Figure:
        """A column of `core.assistance` or `mart.assistance_effect`."""
        about = {"region": row["region_name"], "cited": row["cited_source"] or row["target_cited_source"],
                 "year": str(row["year"])}  # fmt: skip
        if column in ("recipients", "months", "budget_rupiah"):
            value_id = f"{row['assistance_id']}#{column}"
            return Figure(about["year"], column, row[column], value_id=value_id, about=about)
        if column == "target_pct":
            return self._target(row, column)
        how, parts = self._assistance_parts(row, column)
        return Figure(about["year"], column, row[column], how, parts, about=about)

    def _assistance_parts(self, row: Row, column: str) -> tuple[str, tuple[Figure, ...]]:
        """The arithmetic of a column of `mart.assistance_effect`, and what it is made of."""
        made_of = {
            "people_months": ("{0} x {1}", ("recipients", "months")),
            "rupiah_a_person": (f"rate:{row['payer']}", ("months",)),
            "cost_rupiah": ("{0} x {1}", ("recipients", "rupiah_a_person")),
            "budget_less_cost_rupiah": ("{0} - {1}", ("budget_rupiah", "cost_rupiah")),
        }  # fmt: skip
        if column in made_of:
            how, names = made_of[column]
            return how, tuple(self.assistance(row, name) for name in names)
        eligible, active = (
            self._measured(row["region_code"], "TOTAL", row["measured_on"], name)
            for name in ("eligible_workers", "active_members")
        )
        if column == "recipients_pct_points":
            return "{0} / {1}", (self.assistance(row, "recipients"), eligible)
        if column.endswith("_rupiah_per_pct_point"):
            names = (column.removesuffix("_per_pct_point"), "recipients")
            return "{0} x {2} / (100 x {1})", (*(self.assistance(row, name) for name in names), eligible)
        to_target = "max({0} - {1}, 0)", (self._target(row, "target_members"), active)
        if column == "members_to_target":
            return to_target
        if column == "closing_cost_rupiah":
            rate = self._target_row(row)["rate_rupiah_a_year"]
            return f"{{0}} x {rate}", (self.assistance(row, "members_to_target"),)
        raise KeyError(column)

    def _target(self, row: Row, column: str) -> Figure:
        return self.path(self._target_row(row), column)

    def _target_row(self, row: Row) -> Row:
        """The year's row of the target path that a row of `mart.assistance_effect` is held against."""
        return next(
            path
            for path in self.find_all(
                "target_path", region_code=row["region_code"], segment="TOTAL", document=row["target_document"],
                cited_source=row["target_cited_source"], baseline="plan", method="linear", year=row["year"],
            )
            if path["projection"] in ("flat", "none")
        )  # fmt: skip

    # -- the whole ----------------------------------------------------------------------------------

    def finish(self, table: str, figure: Figure) -> Explanation:
        """The explanation with its cells, each looked up in the kept workbook."""
        leaves = sorted({each.value_id for each in figure.walk() if each.value_id})
        rivals: dict[str, tuple[str, ...]] = {}
        values = {"ids": leaves, "moment": known_moment(self.known_at)}
        for query in (_RIVALS, _OTHER_SOURCES):
            for used, other in self._connection.execute(query, values).fetchall():
                rivals[used] = (*rivals.get(used, ()), other)
        cells = self._reader.read([*leaves, *(other for others in rivals.values() for other in others)])
        if lost := sorted(set(leaves) - cells.keys()):
            raise RuntimeError(f"{table}: no cell stands behind {lost[0]}")
        ids = sorted({id for cell in cells.values() for id in cell.correction_ids})
        corrections = {row["correction_id"]: row for row in read_rows(self._connection, _CORRECTIONS, {"ids": ids})}
        return Explanation(table, figure, cells, rivals, corrections, self.as_of, self.known_at)


class _PathExplainer:
    """Explains the columns of one target path."""

    def __init__(self, explainer: Explainer, path: Sequence[Row], plan: Row, about: dict[str, str]) -> None:
        self._explainer, self._path, self._plan, self._about = explainer, path, plan, about

    def explain(self, row: Row, column: str) -> Figure:
        makers: dict[str, Callable[[Row, str], Figure]] = {
            "target_pct": self._pct, "eligible_workers": self._eligible, "target_members": self._members,
            "new_members": self._new, "cumulative_new_members": self._sum, "contribution_rupiah": self._rupiah,
            "cumulative_contribution_rupiah": self._all_rupiah,
        }  # fmt: skip
        if column in makers:
            return makers[column](row, column)
        if column.endswith("_new_members"):
            return self._share(row, column)
        raise KeyError(column)

    def _figure(self, row: Row, column: str, how: str, *parts: Figure) -> Figure:
        return Figure(str(row["year"]), column, row[column], how, parts, about=self._about)

    def _pct(self, row: Row, column: str) -> Figure:
        """A given value is a cell (or what is measured); the others lie between the given ones around them."""
        place = self._path.index(row)
        if place == 0:
            if row["baseline"] == "measured":
                measured = self._explainer.plan(self._plan, "measured_pct")
                return self._figure(row, column, "{0}", measured)
            return Figure(
                str(row["year"]), column, row[column], value_id=f"{row['plan_target_id']}#baseline", about=self._about
            )
        if row["plan_target_id"] and "baseline_above" not in row["notes"]:
            return Figure(str(row["year"]), column, row[column], value_id=row["plan_target_id"], about=self._about)
        given = [n for n, other in enumerate(self._path) if n == 0 or other["plan_target_id"]]
        ends = [max(n for n in given if n < place), min(n for n in given if n >= place)]
        parts = [self._point(self._path[n], row) for n in ends]
        if ends[0] != 0:
            parts.insert(0, self._pct(self._path[0], column))
        return self._figure(row, column, f"between:{row['method']}", *parts)

    def _point(self, point: Row, row: Row) -> Figure:
        """A given point around a row; where the path is lifted to its baseline, the point as the plan prints it."""
        if self._path.index(point) == 0 or "baseline_above" not in row["notes"]:
            return self._pct(point, "target_pct")
        return Figure(str(point["year"]), "target_pct", point["target_pct"], value_id=point["plan_target_id"])

    def _eligible(self, row: Row, column: str) -> Figure:
        names = ("region_code", "segment", "projection", "year")
        projected = self._explainer.find("eligible_projection", **{name: row[name] for name in names})
        return self._explainer.projection(projected)

    def _members(self, row: Row, column: str) -> Figure:
        if row["baseline"] == "measured" and self._path.index(row) == 0:
            return self._figure(row, column, "{0}", self._explainer.plan(self._plan, "measured_members"))
        return self._figure(
            row, column, "{0} % x {1}", self._pct(row, "target_pct"), self._eligible(row, "eligible_workers")
        )

    def _new(self, row: Row, column: str) -> Figure:
        place = self._path.index(row)
        if place == 0:
            return self._figure(row, column, "start", self._members(row, "target_members"))
        before = self._path[place - 1]
        return self._figure(
            row,
            column,
            "max({0} - {1}, 0)",
            self._members(row, "target_members"),
            self._members(before, "target_members"),
        )

    def _sum(self, row: Row, column: str) -> Figure:
        rows = self._path[: self._path.index(row) + 1]
        return self._figure(row, column, "sum", *(self._new(other, "new_members") for other in rows))

    def _share(self, row: Row, column: str) -> Figure:
        """A segment's share: by what is not covered where the target is about all, else all or none."""
        new = self._new(row, "new_members")
        if row["segment"] != "TOTAL":
            return self._figure(row, column, "all_or_none", new)
        day = self._plan["measured_on"]
        parts = [
            self._explainer._measured(row["region_code"], segment, day, name)
            for segment in SEGMENTS[:4] for name in ("active_members", "eligible_workers")
            if self._has(row["region_code"], segment, day)
        ]  # fmt: skip
        return self._figure(row, column, "share", new, *parts)

    def _has(self, region_code: str, segment: str, day: Any) -> bool:
        """Whether both counts of a segment are measured."""
        table, place = ("province_coverage", "province_code") if len(region_code) == 2 else ("coverage", "region_code")
        found = self._explainer.find_all(table, **{place: region_code}, as_of_date=day, segment=segment)
        return any(row["active_members"] is not None and row["eligible_workers"] is not None for row in found)

    def _rupiah(self, row: Row, column: str) -> Figure:
        return self._figure(row, column, f"{{0}} x {row['rate_rupiah_a_year']}", self._share(row, "bpu_new_members"))

    def _all_rupiah(self, row: Row, column: str) -> Figure:
        rows = self._path[: self._path.index(row) + 1]
        parts = [self._share(other, "bpu_new_members") for other in rows]
        return self._figure(row, column, f"sum x {row['rate_rupiah_a_year']}", *parts)
