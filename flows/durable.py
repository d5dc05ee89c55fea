"""Put files in place whole or not at all, and on the disk before they have their name.

What is not finished lies beside its place under a name of its own (`aside_of`). That is all that a killed run leaves,
and the next one clears it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

_SYNC_ONE_BY_ONE = 8


def aside_of(path: Path) -> Path:
    """Where a file is written before it takes its place; what a killed run left there is cleared by the next."""
    return path.with_name(f".{path.name}.part")


def put_in_place(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files aside, make them durable, and rename them into place, in order."""
    aside = []
    for path, content in files:
        aside.append((aside_of(path), path))
        aside[-1][0].write_bytes(content)
    rename_durably(aside)


def rename_durably(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Rename written files into place, in order, once their bytes are on the disk.

    Many are made durable by one sync of the system, where that is known to wait for the disk (Linux): one by one it
    costs as much as all the rest of receiving.
    """
    if len(pairs) > _SYNC_ONE_BY_ONE and sys.platform == "linux":
        os.sync()
    else:
        for aside, _ in pairs:
            with aside.open("rb+") as file:
                os.fsync(file.fileno())
    for aside, path in pairs:
        os.replace(aside, path)  # noqa: PTH105 - a thousand of them
    for folder in {path.parent for _, path in pairs}:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
