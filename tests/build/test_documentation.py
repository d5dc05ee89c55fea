"""SQL files document themselves: every table and column of the published file says what it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.build.models import read_audits, read_models
from flows.job import run_job
from flows.settings import Settings
from tests.conftest import coverage_rows


@pytest.fixture
def published(settings: Settings, put_workbook: Callable[..., Path]) -> Path:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    run_job(settings)
    return settings.published


def test_every_table_and_column_of_the_published_file_has_a_comment(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        bare = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = '' "
            "union all select table_name, '' from duckdb_tables() where coalesce(comment, '') = ''"
        ).fetchall()
        schemas = connection.execute("select distinct schema_name from duckdb_tables() order by 1").fetchall()
        dictionary = connection.execute("select count(*) from meta.column where meaning is null").fetchall()
    assert bare == []
    assert schemas == [("core",), ("mart",), ("meta",)]
    assert dictionary == [(0,)]


def test_the_contract_s_tables_are_there(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    assert {row[0] for row in rows} >= {
        "core.region", "core.coverage_value", "core.coverage_observation", "core.labour_force_value", "core.plan_target",
        "core.published_figure", "core.assistance", "core.contribution_rate", "mart.assistance_effect", "mart.target_path", "mart.rpjmd_baseline", "mart.recipients_by_village", "core.village",
        "core.labour_force_observation", "mart.coverage", "mart.coverage_breakdown", "mart.province_coverage", "mart.rival",
        "mart.freshness", "mart.published_figure_check", "mart.published_figure_cause", "meta.receipt", "meta.extract", "meta.sheet", "meta.source_column", "meta.finding", "meta.release",
        "meta.audit_result", "meta.change", "meta.correction", "meta.column",
    }  # fmt: skip


def test_no_part_of_building_stays_in_the_published_file(published: Path) -> None:
    assert not published.with_name("ucj.duckdb.wal").exists()
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute("select count(*) from duckdb_views() where not internal").fetchall() == [(0,)]


def test_units_stand_in_the_names_of_numbers() -> None:
    for model in read_models(["mart"]):
        for column in model.columns:
            assert not column.endswith(("gap", "percent", "amount")), f"{model.name}.{column}"


def test_every_audit_says_what_it_looks_for() -> None:
    audits = read_audits()
    assert {audit.severity for audit in audits} == {"error", "warning", "note"}
    assert all(len(audit.purpose) > 20 for audit in audits)
