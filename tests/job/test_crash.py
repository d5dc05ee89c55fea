"""`kill -9` of the run at random moments: what is published stays whole, and the next run makes up for it.

UCJ_CRASHES says how often (`make crash N=300`).
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from flows.job import run_job
from flows.settings import Settings
from tests.conftest import coverage_rows, write_workbook
from tests.job.test_faults import start_run
from tests.job.wholeness import see_content_of_undisturbed_run, see_nothing_left_over, see_one_whole_release

CRASHES = int(os.environ.get("UCJ_CRASHES", "25"))
FIRST = 50_000  # active members of Trenggalek before the first crash; one more at each


def send(settings: Settings, active: int) -> None:
    rows = coverage_rows(("Kabupaten Trenggalek", 270622, active), ("Kabupaten Gresik", 557575, 292858))
    write_workbook(settings.inbox / "provinsi" / f"{active}.xlsx", rows)


def published_members(settings: Settings) -> int:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        query = "select active_members from mart.coverage where region_code = '35.03'"
        return int(connection.execute(query).fetchall()[0][0])


def see_no_process_of(run: subprocess.Popen[str]) -> None:
    """The workers end with their run."""
    patience_ends = time.monotonic() + 20
    while time.monotonic() < patience_ends:
        try:
            os.killpg(run.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("processes of the killed run are still there")


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_moment_costs_nothing(settings: Settings, tmp_path: Path) -> None:
    send(settings, FIRST)
    run_job(settings)
    send(settings, FIRST + 1)
    begun = time.monotonic()
    assert start_run(settings).wait() == 0
    takes = time.monotonic() - begun
    for crash in range(2, CRASHES + 2):
        send(settings, FIRST + crash)
        for _ in range(random.choice((1, 1, 2))):  # the run after may be killed as well
            run = start_run(settings)
            moment = random.uniform(0.1, takes * 1.1)
            time.sleep(moment)
            run.kill()
            run.communicate()
            see_no_process_of(run)
            see_one_whole_release(settings.published)
            assert published_members(settings) in (FIRST + crash - 1, FIRST + crash), moment
        next_run = start_run(settings)
        _, said = next_run.communicate()
        assert (next_run.returncode, said) == (0, ""), moment
        assert published_members(settings) == FIRST + crash, moment
        see_one_whole_release(settings.published)
        see_nothing_left_over(settings)
        see_content_of_undisturbed_run(settings, tmp_path / "undisturbed")
