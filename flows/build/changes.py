"""What moved against the release before, and why: the old figures, the new ones, and the states between.

Where both code and receipts changed, the state between is "the old receipts, today's code". No second build is needed
for it: nothing that a receipt brings changes what was known before it (values, corrections, withdrawals and ranks all
hold from their receipt's time on), so it is today's models as known at the old release's last receipt. In the same way
the receipts that came since are taken one by one; only the dates that moved are made again. Where the receipts are no
continuation of those before (`raw/` put back from a backup), there is no state between, and the cause says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.build.models import Model, as_known, read_model

MOST_STEPS = 8  # each costs a small build; where more receipts came, each step stands for several of them
_LAST_DAY = "date '9999-12-31'"
_CORE = ("region", "source_rank", "plan_target", "coverage_value")
_KNOWN = (
    "work.coverage_record", "work.coverage_line", "mart.coverage", "mart.province_coverage", "work.region_coverage",
    "work.plan", "work.plan_point", "mart.rpjmd_baseline",
)  # fmt: skip
_STEPS_ON_THE_WAY = tuple(name for name in _KNOWN if name.startswith("work."))
_TABLES = """
attach ':memory:' as known;
create table known.step (step integer, cause varchar, caused_by varchar, after_moment timestamp,
    until_moment timestamp);
create table known.state (step integer, table_name varchar, region_code varchar, as_of_date date, key varchar,
    eligible_workers decimal(18, 2), active_members decimal(18, 2), coverage_pct decimal(18, 2),
    baseline_pct decimal(18, 2), target_pct decimal(18, 2));
create table known.moved (table_name varchar, region_code varchar, as_of_date date, key varchar);
create table known.touch (region_code varchar, as_of_date date, moment timestamp);
"""
_TOUCHES = """
insert into known.touch
with touches as (
    select region_code, as_of_date, known_from as moment from core.coverage_value
    union
    select region_code, as_of_date, known_until as moment from core.coverage_value
    union
    select region_code, null as as_of_date, known_from as moment from core.plan_target
    union
    select region_code, null as as_of_date, known_until as moment from core.plan_target
    union
    select null as region_code, null as as_of_date, known_from as moment from core.source_rank
    union
    select null as region_code, null as as_of_date, known_until as moment from core.source_rank
)
select * from touches where moment > ?
"""
_EVERYWHERE = ""
_PLACES = """
select moment, list(distinct coalesce(left(region_code, 2) || ' ' || coalesce(cast(as_of_date as varchar), ''), ''))
from known.touch
group by moment
order by moment
"""
_MOVED = """
insert into known.moved
select table_name, region_code, any_value(as_of_date), key from known.state
group by table_name, region_code, key
having count(*) < ?
    or count(distinct (eligible_workers, active_members, coverage_pct, baseline_pct, target_pct)) > 1
"""
# All that decides a figure lies in its date; not in its province, for a delivery may span several.
_OF_A_DATE_THAT_MOVED = "as_of_date in (select as_of_date from known.main.moved)"
# A removal follows from what came and brings nothing; see `flows.job`.
_RECEIPTS = "select receipt_id, received_at from {}meta.receipt where kind <> 'removal'"


@dataclass(frozen=True)
class _Step:
    """From one state to the next. Without a cause it is that of a receipt between the two moments."""

    cause: str = ""
    caused_by: str = ""
    after: datetime | None = None
    until: datetime | None = None


def find_changes(
    connection: duckdb.DuckDBPyConnection, models: Sequence[Model], before: Path | None, code: Mapping[str, str]
) -> str:
    """Make meta.change; the name of the release that is compared with, empty where there is none that can be read.

    `code` names the versions of reader, models and duckdb that made the new release.
    """
    run = connection.execute
    run(_TABLES)
    previous = ""
    if before:
        attached = f"attach '{str(before).replace(chr(39), chr(39) * 2)}' as old (read_only)"
        try:
            run(attached)
            previous, made_by = _read_release(connection)
            run("use old")
            run(f"insert into known.state select 0, * from ({read_model('change', 'figure').sql})")
        except (duckdb.CatalogException, duckdb.BinderException):
            previous = ""  # of a version whose tables had other columns
            run("delete from known.state")
        finally:
            run("use warehouse")
        if previous:
            _make_states(connection, models, [name for name in code if code[name] != made_by[name]])
        run("detach old")
    _make_table(connection)
    run("detach known")
    return previous


def keep_changes(connection: duckdb.DuckDBPyConnection, before: Path) -> str:
    """Make meta.change as it stands in `before`; the release that was compared with there."""
    run = connection.execute
    run(_TABLES)
    _make_table(connection)
    run("detach known")
    run(f"attach '{str(before).replace(chr(39), chr(39) * 2)}' as old (read_only)")
    try:
        run("insert into meta.change by name select * from old.meta.change")
        return str(run("select previous_release_id from old.meta.release").fetchall()[0][0])
    except (duckdb.CatalogException, duckdb.BinderException):
        return ""  # of a version that kept no changes
    finally:
        run("detach old")


def _make_table(connection: duckdb.DuckDBPyConnection) -> None:
    model = read_model("change", "change")
    connection.execute(f"create table meta.change as {model.sql}")


def _read_release(connection: duckdb.DuckDBPyConnection) -> tuple[str, dict[str, str]]:
    """The old release's name and the code that made it."""
    query = "select release_id, reading_id, build_id, duckdb_version from old.meta.release"
    ((release_id, reader, builder, version),) = connection.execute(query).fetchall()
    return str(release_id), {"reader": reader, "models": builder, "duckdb": version}


def _make_states(connection: duckdb.DuckDBPyConnection, models: Sequence[Model], changed_code: list[str]) -> None:
    """Fill the steps from the old state (0) to the present one, and each state's figures."""
    run = connection.execute
    old, new = (dict(run(_RECEIPTS.format(catalog)).fetchall()) for catalog in ("old.", ""))
    last = max(old.values(), default=datetime.min)
    fresh = [moment for receipt_id, moment in new.items() if receipt_id not in old]
    steps = [_Step()]
    if not old.keys() <= new.keys() or any(moment <= last for moment in fresh):
        steps.append(_Step("receipts"))
    else:
        if changed_code:
            steps.append(_Step("code", ", ".join(changed_code)))
        if fresh:
            run(_TOUCHES, [last])
            steps += _group(run(_PLACES).fetchall() or [(max(fresh), [])], last)
    if len(steps) == 1:
        return
    rows = [(number, s.cause, s.caused_by, s.after, s.until) for number, s in enumerate(steps)]
    connection.executemany("insert into known.step values (?, ?, ?, ?, ?)", rows)
    final = len(steps) - 1
    run(f"insert into known.state select {final}, * from ({read_model('change', 'figure').sql})")
    between = [number for number in range(1, final) if steps[number].cause == "code"]
    for number in between:
        _make_known_tables(connection, "true")
        _add_state_as_known(connection, models, number, last)
    run(_MOVED, [2 + len(between)])
    if not run("select count(*) from known.moved").fetchall()[0][0]:
        return
    for number in range(1 + len(between), final):
        _make_known_tables(connection, _OF_A_DATE_THAT_MOVED)
        _add_state_as_known(connection, models, number, steps[number].until)


def _group(touched: Sequence[tuple[datetime, list[str]]], last: datetime) -> list[_Step]:
    """The receipts' times, each with the places that it touched, as at most `MOST_STEPS` steps.

    Receipts that touch different provinces and dates share a step: each figure has one receipt. A rank touches all.
    """
    ends: list[datetime] = []
    taken: set[str] = set()
    for moment, places in touched:
        if ends and taken.isdisjoint(places) and _EVERYWHERE not in taken.union(places):
            ends[-1] = moment
            taken.update(places)
        else:
            ends.append(moment)
            taken = set(places)
    size = max(-(-len(ends) // MOST_STEPS), 1)
    ends = [ends[min(start + size, len(ends)) - 1] for start in range(0, len(ends), size)]
    return [_Step(after=after, until=until) for after, until in zip([last, *ends], ends, strict=False)]


def _make_known_tables(connection: duckdb.DuckDBPyConnection, condition: str) -> None:
    """What the models that are made again read: today's core, of the coverage values those that a condition names."""
    run = connection.execute
    for schema in ("core", "mart"):
        run(f"create schema if not exists known.{schema}")
    for table in _CORE:
        only = condition if table == "coverage_value" else "true"
        run(f"create or replace view known.core.{table} as select * from warehouse.core.{table} where {only}")


def _add_state_as_known(connection: duckdb.DuckDBPyConnection, models: Sequence[Model], step: int, moment: Any) -> None:
    """The figures as today's models give them from what was known at a moment."""
    run = connection.execute
    run("use known")
    for model in models:
        if model.name in _KNOWN:
            sql = as_known(model, _STEPS_ON_THE_WAY, f"timestamp '{moment}'", _LAST_DAY)
            run(f"create or replace table {model.name.removeprefix('work.')} as {sql}")
    run("create or replace view mart.target_path as select *, pct as target_pct, 'linear' as method from plan_point")
    run(f"insert into known.state select {step}, * from ({read_model('change', 'figure').sql})")
    run("use warehouse")
