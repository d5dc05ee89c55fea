"""The published sample, once for all tests of planning tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.job import run_job
from flows.settings import ROOT, Settings


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample, published from a copy; a test that changes it takes a copy of its own."""
    folder: Path = tmp_path_factory.mktemp("plan")
    shutil.copytree(ROOT / "raw" / "sample", folder / "raw")
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse")
    run_job(settings)
    return settings
