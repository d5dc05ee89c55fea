"""Say in one sentence what the machine refused the job: no room, no access, a file that another program holds."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from flows.errors import NotPublished

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_ROOM_SAID = (*map(os.strerror, _NO_ROOM), "not enough space")  # DuckDB hands on the system's words, no number


@contextmanager
def explain_faults() -> Iterator[None]:
    """Raises NotPublished for what the machine refused inside; faults of the code stay as they are."""
    try:
        yield
    except (OSError, duckdb.Error) as fault:
        if is_no_room(fault):
            raise NotPublished(
                f"No room is left on the disk ({fault}). Nothing was published; the release before stays. "
                "Make room and run again."
            ) from fault
        if isinstance(fault, OSError | duckdb.IOException):
            raise NotPublished(f"Nothing was published; the release before stays. {fault}") from fault
        raise


def is_no_room(fault: Exception) -> bool:
    """Whether a disk is full, a quota used up, or a file larger than the system allows."""
    if isinstance(fault, OSError):
        return fault.errno in _NO_ROOM
    return any(said in str(fault) for said in _NO_ROOM_SAID)


def is_held_open(fault: duckdb.Error) -> bool:
    """Whether another program, or this one, has the file open."""
    return any(said in str(fault) for said in ("lock on file", "used by another process", "file handle conflict"))
