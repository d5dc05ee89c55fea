"""Analysts' tools carry their own DuckDB, often an older one: the published file opens there too."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.job import run_job
from flows.settings import Settings
from tests.conftest import coverage_rows

QUERY = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(duckdb.__version__)
print(connection.execute("select region_code, cast(coverage_pct as varchar) from mart.coverage").fetchall())
if len(sys.argv) > 2:
    print(connection.execute("select active_members from coverage_as_of('2024-12-31', '2100-01-01')").fetchall())
print(connection.execute("select count(*) > 50 from duckdb_columns() where comment is not null").fetchall())
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.1.3", "1.5.5"])
def test_an_older_duckdb_opens_the_published_file(
    settings: Settings, put_workbook: Callable[..., Path], tmp_path: Path, version: str
) -> None:
    """Tables from 1.1 on; the macros too, but 1.1 is too slow for them: it works each step out wherever it is named."""
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    run_job(settings)
    home = tmp_path / "older"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"duckdb=={version}"]
    subprocess.run(install, check=True, capture_output=True)
    macro = ["macro"] if version == "1.5.5" else []
    done = subprocess.run(
        [python, "-c", QUERY, settings.published, *macro], capture_output=True, text=True, check=False
    )
    expected = [version, "[('35.03', '26.04')]", *(["[(70470,)]"] if macro else []), "[(True,)]"]
    assert done.stdout.splitlines() == expected, done.stderr
