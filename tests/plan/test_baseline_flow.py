"""The planning tables as a Prefect flow."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows.baseline import baseline
from flows.planning import PlanRequest
from flows.report.rpjmd import write_rpjmd
from flows.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plan")]


def test_the_flow_writes_the_same_files_as_the_command(sample: Settings, tmp_path: Path) -> None:
    request = PlanRequest("Trenggalek")
    with prefect_test_harness(server_startup_timeout=120):
        (written,) = baseline(sample)(request, ["xlsx"], str(tmp_path / "flow"), "id")
    (again,) = write_rpjmd(sample, request, ["xlsx"], tmp_path / "command", "id").files
    assert Path(written).read_bytes() == again.read_bytes()
