"""What CONTRIBUTING.md shows works: the kind of extract in it is put into a copy of the code and reads a workbook."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.settings import ROOT, Settings

Put = Callable[..., Path]


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the code with the kind of CONTRIBUTING.md in it, done as the steps say."""
    for part in ("flows", "schemas", "sql"):
        shutil.copytree(ROOT / part, tmp_path / "code" / part, ignore=shutil.ignore_patterns("__pycache__"))
    code = tmp_path / "code"
    (kind,) = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    (code / "schemas" / "job_seekers.py").write_text(kind, encoding="utf-8")
    catalogue = code / "schemas" / "catalogue.py"
    text = catalogue.read_text(encoding="utf-8").replace(
        "(Coverage, LabourForce)", "(Coverage, LabourForce, JobSeekers)"
    )
    text = text.replace(
        "from schemas.kind import", "from schemas.job_seekers import JobSeekers\nfrom schemas.kind import"
    )
    catalogue.write_text(text, encoding="utf-8")
    core = code / "sql" / "core"
    sql = (core / "labour_force_value.sql").read_text(encoding="utf-8").replace("labour_force", "job_seekers")
    kept = [line for line in sql.splitlines(keepends=True) if "survey_month" not in line]
    (core / "job_seekers_value.sql").write_text("".join(kept), encoding="utf-8")
    return code


@pytest.mark.slow
def test_the_kind_in_contributing_is_read_validated_loaded_and_has_a_template(
    code: Path, settings: Settings, put_workbook: Put
) -> None:
    rows = [
        ["Pencari Kerja Terdaftar dan Penempatan, 2024"],
        [],
        ["No", "Kabupaten/Kota", "Pencari Kerja Terdaftar", "Penempatan"],
        [1, "Kab. Trenggalek", 4120, 1980],
        [2, "Kab. Gresik", 8044, -5],
        [None, "Jumlah", 12164, 1975],
    ]
    path = put_workbook("disnaker/Pencaker 2024.xlsx", rows)

    def ucj(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows.cli", *words]
        return subprocess.run(command, cwd=code, capture_output=True, text=True, check=False)

    checked = ucj("check", str(path), "--lang", "en")
    assert "Column C  registered people (people)" in " ".join(checked.stdout.split("\n")), checked.stdout
    places = ("--raw", str(settings.raw), "--warehouse", str(settings.warehouse))
    done = ucj("run", "--direct", *places)
    assert done.returncode == 1, done.stderr
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        found = connection.execute(
            "select region_code, year, measure, value::int, cell from core.job_seekers_value order by cell"
        ).fetchall()
        refused = connection.execute("select cell, rule from meta.finding where severity = 'error'").fetchall()
        meaning = connection.execute(
            "select meaning from meta.column where table_name = 'job_seekers_value' and column_name = 'year'"
        ).fetchall()
    assert found == [
        ("35.03", 2024, "registered_people", 4120, "C4"),
        ("35.25", 2024, "registered_people", 8044, "C5"),
        ("35.03", 2024, "placed_people", 1980, "D4"),
    ]
    assert refused == [("D5", "negative")]
    assert meaning == [("year of the survey",)]
    made = ucj("template", "job_seekers", "--region", "35.03", "--out", str(settings.raw.parent / "formulir"))
    assert made.returncode == 0, made.stderr
    assert [each.suffix for each in (settings.raw.parent / "formulir").iterdir()] == [".xlsx"]
