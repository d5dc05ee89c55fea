"""How large and how slow a file may be, and the exception that refuses one whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.settings import Settings


class UnreadableFile(Exception):
    """The whole file is refused. `rule` names why; the details fill its message."""

    def __init__(self, rule: str, **details: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


@dataclass(frozen=True)
class Limits:
    """What a file may ask for. The defaults are those of the settings, for whoever reads a single file.

    `seconds` are of processor time; `worker_memory_mb` is what a worker process may allocate in all.
    """

    largest_file_mb: int = 200
    largest_sheet_cells: int = 4_000_000
    seconds: int = 120
    largest_sheet_columns: int = 2_000
    largest_unpacked_mb: int = 500
    largest_unpacked_ratio: int = 200
    worker_memory_mb: int = 512

    def check_size(self, sheet: str, rows: int, columns: int) -> None:
        """Refuse a sheet before its grid is built."""
        if columns > self.largest_sheet_columns:
            raise UnreadableFile("too_many_columns", sheet=sheet, columns=columns, largest=self.largest_sheet_columns)
        if rows * columns > self.largest_sheet_cells:
            raise UnreadableFile("sheet_too_large", sheet=sheet, largest=self.largest_sheet_cells)


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings give."""
    return Limits(
        largest_file_mb=settings.largest_file_mb,
        largest_sheet_cells=settings.largest_sheet_cells,
        seconds=settings.read_seconds,
        largest_sheet_columns=settings.largest_sheet_columns,
        largest_unpacked_mb=settings.largest_unpacked_mb,
        largest_unpacked_ratio=settings.largest_unpacked_ratio,
        worker_memory_mb=settings.worker_memory_mb,
    )
