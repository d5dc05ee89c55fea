"""The sample, published once for all tests of the desk."""

from __future__ import annotations

import shutil

import pytest

from flows.job import run_job
from flows.settings import ROOT, Settings


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse made from the sample workbooks, for reading only."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "raw" / "sample", folder / "raw")
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse")
    run_job(settings)
    return settings
