"""`ucj schedule` for real: a server, a Scheduled run in it, the missed run made up for, and no process left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from flows.publish.published import read_last_run
from flows.settings import ROOT, Settings
from tests.conftest import coverage_rows

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect")]
Put = Callable[..., Path]
PATIENCE_SECONDS = 150


def command(settings: Settings, name: str) -> Sequence[str | Path]:
    return [sys.executable, "-m", "flows.cli", name, "--raw", settings.raw, "--warehouse", settings.warehouse]


@contextmanager
def schedule_at_work(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """`ucj schedule` in a process of its own; killed at the end where the test has not stopped it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PYTHONPATH": str(ROOT), "UCJ_SCHEDULE": "0 2 * * *"}
    process = subprocess.Popen(
        command(settings, "schedule"), stdout=subprocess.PIPE, text=True, env=environment, cwd=settings.raw
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_for(what: Callable[[], Any]) -> Any:
    """What a question answers as soon as it answers anything."""
    patience_ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience_ends:
        if answer := what():
            return answer
        time.sleep(0.5)
    raise AssertionError("waited in vain")


def server_of(settings: Settings) -> dict[str, Any] | None:
    try:
        return dict(json.loads((settings.prefect_home / "server.json").read_text()))
    except (OSError, ValueError):
        return None


def runs_in_state(url: str, state: str) -> list[dict[str, Any]]:
    """The flow runs of a state, asked of the server's own API."""
    body = json.dumps({"flow_runs": {"state": {"type": {"any_": [state]}}}}).encode()
    with urlopen(Request(f"{url}/flow_runs/filter", body, {"Content-Type": "application/json"}), timeout=10) as answer:
        return list(json.load(answer))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_schedule_plans_a_run_makes_up_for_the_missed_one_and_ends_with_its_server(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    with schedule_at_work(settings) as process:
        server = wait_for(lambda: server_of(settings))
        planned = wait_for(lambda: [r for r in runs_in_state(server["url"], "SCHEDULED") if r["auto_scheduled"]])
        assert {run["expected_start_time"][11:19] for run in planned} == {"19:00:00"}  # 02:00 in Jakarta
        wait_for(lambda: read_last_run(settings.run_log))
        assert settings.published.exists()
        done = wait_for(lambda: runs_in_state(server["url"], "COMPLETED"))
        assert [run["name"] for run in done] == ["catch-up"]
        second = subprocess.run(command(settings, "schedule"), capture_output=True, text=True, cwd=ROOT, check=False)
        assert second.returncode == 3
        assert second.stderr.startswith(f"Another `ucj schedule` serves this warehouse (process {process.pid} on ")
        assert second.stderr.endswith("); stop that one first.\n")
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    lines = said.splitlines()
    assert lines[0].startswith("No good run since ") and lines[0].endswith(" 02:00 WIB: one starts now.")
    assert lines[1].startswith("Schedule 0 2 * * * (Asia/Jakarta); next run ") and lines[1].endswith(" 02:00 WIB.")
    assert lines[2:] == [
        f"Prefect: {server['url'].removesuffix('/api')} (our own server). Stop with Ctrl-C.",
        "The schedule has stopped; nothing runs until `ucj schedule` is started again.",
    ]
    assert not is_alive(server["pid"])
    assert server_of(settings) is None


def test_a_server_goes_with_a_schedule_that_was_killed_and_the_next_one_plans_again(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    with schedule_at_work(settings) as process:
        killed = wait_for(lambda: server_of(settings))
        wait_for(lambda: read_last_run(settings.run_log))
        process.kill()
    wait_for(lambda: not is_alive(killed["pid"]))
    with schedule_at_work(settings) as process:
        server = wait_for(lambda: (found := server_of(settings)) != killed and found)
        wait_for(lambda: [r for r in runs_in_state(server["url"], "SCHEDULED") if r["auto_scheduled"]])
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert [line.partition(" ")[0] for line in said.splitlines()] == ["Schedule", "Prefect:", "The"]
    assert not is_alive(server["pid"])
