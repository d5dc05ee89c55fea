"""Progress of a long read on stderr: on a terminal one line that moves, elsewhere a plain line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from flows.report.foreign_text import one_line

_A_MOMENT, _A_WHILE = 0.1, 15.0  # seconds between two lines: on a terminal, in a log
_WIDEST = 60

T = TypeVar("T")


def show_progress(items: Iterable[T], total: int, name_of: Callable[[T], str]) -> Iterator[T]:
    """The items as they come; beside it how many of `total` are done, how fast, and the name of the last.

    A short read leaves a log as it was.
    """
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    started = said = time.monotonic()
    for number, item in enumerate(items, start=1):
        now = time.monotonic()
        if now - said >= (_A_MOMENT if is_terminal else _A_WHILE):
            said = now
            name = one_line(name_of(item))[:_WIDEST]
            line = f"[{number}/{total}] {number / (now - started):.0f}/s {name}"
            print(
                f"\r\x1b[K{line}" if is_terminal else line, end="" if is_terminal else "\n", file=sys.stderr, flush=True
            )
        yield item
    if is_terminal and said > started:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
