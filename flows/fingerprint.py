"""What version of the code made something: ids that change exactly when the code that matters changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from flows.settings import ROOT, Settings

_READER = (
    "flows/read",
    "flows/receive/corrections.py",
    "flows/validate.py",
    "flows/validate_records.py",
    "flows/addresses.py",
    "flows/causes.py",
    "flows/records.py",
    "flows/messages.py",
    "flows/personal_numbers.py",
    "flows/stage.py",
    "schemas",
)
_BUILDER = ("sql", "flows/build", "flows/content.py", "flows/publish")


def reading_id(settings: Settings) -> str:
    """The id of today's reader: its code, the schemas, aliases and reference data, and the limits on files."""
    limits = [
        settings.largest_file_mb, settings.largest_sheet_cells, settings.largest_sheet_columns,
        settings.largest_unpacked_mb, settings.largest_unpacked_ratio, settings.worker_memory_mb, settings.read_seconds,
    ]  # fmt: skip
    return _hash_of(_READER, " ".join(map(str, limits)))


def build_id(settings: Settings) -> str:
    """The id of today's models, audits and publishing, and the settings that they use."""
    return _hash_of(_BUILDER, str(settings.jump_pct_points))


def _hash_of(parts: Iterable[str], settings: str) -> str:
    digest = hashlib.sha256(settings.encode())
    for part in parts:
        path = ROOT / part
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.suffix in (".py", ".sql", ".csv"):
                digest.update(file.relative_to(ROOT).as_posix().encode())
                digest.update(_without_carriage_returns(file))
    return digest.hexdigest()[:16]


def _without_carriage_returns(file: Path) -> bytes:
    """A checkout on Windows may have other line ends; the code is the same."""
    return file.read_bytes().replace(b"\r\n", b"\n")
