"""Twenty readers that open, query and hold the published file while fifty releases are published."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows.job import run_job
from flows.settings import ROOT, Settings
from tests.conftest import coverage_rows, write_workbook
from tests.job.wholeness import see_nothing_left_over

READERS, PUBLISHES = 20, 50
READER = """
import random, sys, time
from pathlib import Path
import duckdb
from tests.job.wholeness import see_one_whole_release
published, stop = Path(sys.argv[1]), Path(sys.argv[2])
look = "select release_id, active_members from meta.release, mart.coverage"
seen, looks = set(), 0
while not stop.exists():
    see_one_whole_release(published)
    with duckdb.connect(str(published), read_only=True) as connection:
        first = connection.execute(look).fetchall()
        time.sleep(random.uniform(0, 4))
        assert connection.execute(look).fetchall() == first, first
    seen.add(first[0])
    looks += 1
    if looks == 1:
        print("reads", flush=True)
assert len({release for release, _ in seen}) == len({active for _, active in seen}) == len(seen), seen
print(len(seen))
"""


@pytest.mark.slow
def test_readers_and_publishes_do_not_disturb_each_other(settings: Settings, tmp_path: Path) -> None:
    write_workbook(settings.inbox / "provinsi" / "0.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70000)))
    run_job(settings)
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", READER, settings.published, stop]
    readers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(READERS)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "reads\n"
        for number in range(1, PUBLISHES + 1):
            rows = coverage_rows(("Kabupaten Trenggalek", 270622, 70000 + number))
            write_workbook(settings.inbox / "provinsi" / f"{number}.xlsx", rows)
            summary = run_job(settings)
            assert (summary.release.is_new, summary.release.path, summary.notes) == (True, settings.published, ())
    finally:
        stop.touch()
        outcomes = [(reader.communicate(), reader.returncode) for reader in readers]
    assert [(error, code) for (_, error), code in outcomes] == [("", 0)] * READERS
    assert all(int(seen) > 1 for (seen, _), _ in outcomes)
    assert len(list(settings.releases.iterdir())) == settings.keep_releases
    see_nothing_left_over(settings)
