"""What every test may use: a raw/ and warehouse/ of its own, small workbooks as offices write them, the command line."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import openpyxl
import pytest

from flows.cli import main
from flows.settings import ROOT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings for a raw/ and warehouse/ that only this test sees."""
    (tmp_path / "raw" / "inbox").mkdir(parents=True)
    return Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse")


@pytest.fixture
def put_workbook(settings: Settings) -> Callable[..., Path]:
    """Writes a workbook of rows into the inbox: `put_workbook("gresik/UCJ.xlsx", rows)`; a blank is None."""

    def put(name: str, rows: Sequence[Sequence[Any]], sheet: str = "Rekap") -> Path:
        return write_workbook(settings.inbox / name, rows, sheet)

    return put


def write_workbook(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Rekap") -> Path:
    """A workbook of rows; a blank is None."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def coverage_rows(
    *lines: Sequence[Any], date: str = "13 November 2024", title: str = "Cakupan Jamsostek"
) -> list[list[Any]]:
    """The rows of a small coverage table: lines of region, eligible workers, active members (TOTAL)."""
    return [[f"{title} per {date}"], [], ["Kabupaten/Kota", "Semesta", "Peserta Aktif"], *map(list, lines)]


def publish_sample(folder: Path) -> Settings:
    """A warehouse made in a folder from a copy of the sample workbooks."""
    from flows.job import run_job

    shutil.copytree(ROOT / "raw" / "sample", folder / "raw")
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse")
    run_job(settings)
    return settings


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The published sample, for reading only: once for all tests that a process runs."""
    return publish_sample(tmp_path_factory.mktemp("sample"))


def ucj(settings: Settings, *words: str) -> CompletedProcess[str]:
    """The command line over a warehouse; see `type_ucj`."""
    return type_ucj(*words, "--raw", str(settings.raw), "--warehouse", str(settings.warehouse))


def type_ucj(*words: str, folder: Path = ROOT) -> CompletedProcess[str]:
    """What the command line prints, says on stderr and leaves with, in this process: a new one costs seconds.

    Tests of what a process has of its own (its imports, its time zone, Ctrl-C) start one.
    """
    printed, said, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(folder):
        patch.setattr(sys, "argv", ["ucj", *words])
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
            try:
                main()
            except SystemExit as left:
                code = int(left.code or 0)
    return CompletedProcess(words, code, printed.getvalue(), said.getvalue())
