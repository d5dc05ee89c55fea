"""Feed rows to one SQL model and look at the rows that it gives. Columns not given are null."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb

from flows.build.models import Model, at_moment, read_audits, read_models, tables_in
from flows.build.warehouse import FAR_FUTURE, LAST_DAY

Rows = list[dict[str, Any]]
_TYPES = {
    "value": "decimal(18,6)", "as_of_date": "date", "received_at": "timestamp", "known_from": "timestamp",
    "known_until": "timestamp", "run_at": "timestamp", "is_corrected": "boolean", "row_no": "integer",
    "value_before": "double", "value_after": "double", "is_sample": "boolean", "is_revision": "boolean", "is_doubtful": "boolean",
    "is_hidden": "boolean", "is_in_force": "boolean", "is_latest": "boolean", "number": "double", "year": "smallint",
    "eligible_workers": "bigint", "active_members": "bigint", "coverage_pct": "decimal(9,2)",
    "reported_coverage_pct": "decimal(9,2)", "rank": "integer", "extract_no": "integer", "sheet_no": "smallint",
    "cell_row": "integer", "cell_column": "smallint", "table_no": "smallint", "column_no": "integer",
    "modified_ns": "bigint", "size_bytes": "bigint", "cells": "bigint", "scale": "integer", "header": "bigint",
    "loaded": "bigint", "furniture": "bigint", "ignored": "bigint", "refused": "bigint", "is_scanned": "boolean", "coverage_pct_change": "decimal(9,2)",
    "regions_reported": "bigint", "regions_expected": "bigint", "is_complete": "boolean", "baseline_year": "smallint",
    "target_year": "smallint", "baseline_pct": "decimal(9,4)", "target_pct": "decimal(9,4)", "valid_from": "date",
    "valid_until": "date", "rupiah_per_month": "integer", "recipients": "bigint", "months": "integer",
    "first_month": "integer", "budget_rupiah": "bigint", "target_members": "bigint", "rate_rupiah_a_year": "bigint",
    "old_value": "decimal(18,2)", "new_value": "decimal(18,2)",
    "stated_on": "date", "coverage_pct_step": "decimal(18,9)",
}  # fmt: skip


def run_model(
    model: str, tables: dict[str, Rows], columns: str = "*", known_at: str = FAR_FUTURE, as_of: str = LAST_DAY
) -> list[tuple[Any, ...]]:
    """The rows of a model over the given tables, sorted; a table that it needs and that is not given is empty."""
    chosen = {each.name: each for each in read_models()}[model]
    return _run(at_moment(chosen.sql, known_at, as_of), chosen.needs, tables, columns, known_at, as_of)


def run_audit(name: str, tables: dict[str, Rows], jump_pct_points: int = 20) -> list[tuple[Any, ...]]:
    """The offending rows of an audit over the given tables, sorted."""
    (audit,) = [audit for audit in read_audits() if audit.name == name]
    query = audit.sql.replace(":jump_pct_points", str(jump_pct_points)).replace(":code_move_pct_points", "0.5")
    return _run(query, tables_in(audit.sql), tables, "*")


def _run(
    query: str,
    needs: Iterable[str],
    tables: dict[str, Rows],
    columns: str,
    known_at: str = FAR_FUTURE,
    as_of: str = LAST_DAY,
) -> list[tuple[Any, ...]]:
    models = {each.name: each for each in read_models()}
    with duckdb.connect() as connection:
        for schema in ("staging", "previous", "core", "work", "mart", "meta"):
            connection.execute(f"create schema {schema}")
        made: set[str] = set()
        for table in sorted(needs):
            _make(connection, table, tables, models, (known_at, as_of), made)
        return connection.execute(f"select {columns} from ({query}) as made order by all").fetchall()


def _make(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    tables: dict[str, Rows],
    models: dict[str, Model],
    moment: tuple[str, str],
    made: set[str],
) -> None:
    """A table from the given rows; a step on the way (`work`) that is not given from its own model."""
    if table in made:
        return
    made.add(table)
    is_step = table.startswith("work.") or table in _MART_STEPS
    if is_step and table in models and table not in tables:
        for need in models[table].needs:
            _make(connection, need, tables, models, moment, made)
        connection.execute(f"create table {table} as {at_moment(models[table].sql, *moment)}")
        return
    rows = tables.get(table, [])
    names = dict.fromkeys([*_columns_of(table, models), *(key for row in rows for key in row)])
    fields = ", ".join(f"{name} {_TYPES.get(name, 'varchar')}" for name in names)
    connection.execute(f"create table {table} ({fields})")
    for row in rows:
        holes = ", ".join("?" for _ in names)
        connection.execute(f"insert into {table} values ({holes})", [row.get(name) for name in names])


def _columns_of(table: str, models: dict[str, Model]) -> list[str]:
    return list(models[table].columns) if table in models else _STAGING[table]


_MART_STEPS = ("mart.eligible_projection", "mart.published_figure_cause")  # other marts are made from them
_STAGING = {
    "previous.coverage_date": ["region_code", "as_of_date"],
    "meta.change": ["table_name", "region_code", "key", "column_name", "old_value", "new_value", "cause", "caused_by"],
    "staging.receipt": ["receipt_id", "kind", "received_at", "run_at", "source", "inbox_path", "file_name", "sha256",
                        "size_bytes", "outcome", "kept_as", "reason"],
    "staging.correction": ["correction_id", "row_no", "extract_id", "extract", "sheet", "cell", "expected", "corrected",
                           "reason", "source", "who", "known_from", "known_until", "rule", "message", "message_en"],
    "staging.correction_outcome": ["extract_no", "correction_id", "found_text", "value_before", "value_after", "rule",
                                   "message", "message_en"],
    "staging.plan_target_record": ["correction_ids"],
    "staging.published_figure_record": ["correction_ids"],
    "staging.assistance_record": ["correction_ids"],
    "staging.extract": ["extract_no", "extract_id", "file_format", "kind", "status", "reason", "title", "is_sample",
                        "is_revision", "is_doubtful"],
    "staging.sheet": ["extract_no", "sheet_no", "sheet", "is_hidden", "is_scanned", "kind", "cells", "header", "loaded",
                      "furniture", "ignored", "refused", "furniture_rules"],
    "staging.source_column": ["extract_no", "sheet_no", "sheet", "table_no", "column_letters", "field", "header_text",
                              "scale"],
    "staging.finding": ["extract_no", "sheet", "cell", "severity", "rule", "message", "message_en", "raw_text"],
    "staging.village": ["village_code", "name", "kind", "district_name"],
    "staging.villages_record": ["extract_no", "sheet_no", "row", "village_code", "name", "kind", "district_name", "known_until",
                                "correction_ids"],
    "staging.recipient_count": ["receipt_id", "village_code", "received", "eligible", "to_mend", "not_eligible"],
    "staging.region": ["region_code", "bps_code", "name", "kind", "province_code"],
    "staging.source_rank": ["receipt_id", "source", "basis", "rank", "reason"],
    "work.column_letters": ["column_no", "letters"],
    "staging.reading": ["reading_id"],
    "staging.region_alias": ["alias", "region_code"],
    "staging.alias_use": ["extract_no", "alias"],
    "staging.coverage_cell": ["extract_no", "sheet_no", "table_no", "cell_row", "cell_column", "region_code", "as_of_date",
                              "segment", "basis", "measure", "value", "number", "text", "is_hidden", "time_found_in",
                              "known_from", "known_until", "correction_id"],
    "staging.labour_force_cell": ["extract_no", "sheet_no", "table_no", "cell_row", "cell_column", "region_code", "year",
                                  "survey_month", "measure", "value", "number", "text", "is_hidden", "time_found_in",
                                  "known_from", "known_until", "correction_id"],
}  # fmt: skip

# A province of three regencies, small enough to see through.
REGIONS: Rows = [
    {"region_code": "35", "name": "Jawa Timur", "kind": "provinsi", "province_code": "35"},
    {"region_code": "35.01", "name": "Kabupaten Pacitan", "kind": "kabupaten", "province_code": "35"},
    {"region_code": "35.03", "name": "Kabupaten Trenggalek", "kind": "kabupaten", "province_code": "35"},
    {"region_code": "35.25", "name": "Kabupaten Gresik", "kind": "kabupaten", "province_code": "35"},
]


def figure(
    region: str,
    segment: str,
    measure: str,
    value: float,
    extract: str = "a",
    at: str = "2024-11-18 00:00:00",
    **more: Any,
) -> dict[str, Any]:
    """A row of core.coverage_value: a figure of 13 November 2024 from the province, unless said otherwise."""
    row = {
        "value_id": f"{extract}:{region}:{segment}:{measure}", "extract_id": extract, "sheet": "Rekap", "cell": "A1",
        "table_no": 1, "source": "provinsi", "region_code": region, "as_of_date": "2024-11-13", "segment": segment,
        "basis": "unstated", "measure": measure, "value": value, "raw_text": str(value), "received_at": at,
        "known_from": at, "is_sample": False, "is_revision": False, "is_doubtful": False, "is_hidden": False,
    }  # fmt: skip
    return row | more
