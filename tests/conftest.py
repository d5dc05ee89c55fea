"""What every test may use: a raw/ and warehouse/ of its own, and small workbooks as offices write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows.settings import Settings


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
