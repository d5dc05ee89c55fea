"""Run a command by itself and measure it from outside: wall time, and the memory of all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SECONDS_BETWEEN_LOOKS = 0.05
_MB = 1 << 20


@dataclass(frozen=True)
class Memory:
    """Peaks in MB. `largest` is one process (resident), `together` all at one time, shared pages counted once."""

    largest: float
    together: float | None


def wall_seconds(command: Sequence[str]) -> float:
    """How long a command takes. Raises RuntimeError where it ends with neither 0 nor 1 (refused input)."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return seconds


def peak_memory(command: Sequence[str]) -> Memory:
    """The peaks of a command and what it starts; `together` only where there is a /proc (sampled)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    has_proc = Path("/proc/self/smaps_rollup").exists()
    together = largest = 0.0
    while process.poll() is None:
        if has_proc:
            sizes = [_memory_of(pid) for pid in _family(process.pid)]
            together = max(together, sum(pss for _, pss in sizes))
            largest = max([largest, *(high for high, _ in sizes)])
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    if not has_proc or after > before * 1024:
        largest = max(largest, after / _MB)
    return Memory(round(largest), round(together) if has_proc else None)


def _family(root: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):  # noqa: PTH208 - looked at twenty times a second
        if entry.isdigit():
            try:
                parent = int(Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry))
    family = [root]
    for pid in family:
        family += children.get(pid, [])
    return family


def _memory_of(pid: int) -> tuple[float, float]:
    """The highest resident size so far and the present proportional size of a process, in MB."""
    try:
        high = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        pss = next(line for line in rollup if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0.0, 0.0
    return int(high.split()[1]) / 1024, int(pss.split()[1]) / 1024
