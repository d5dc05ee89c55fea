"""Read many files in worker processes: in the order given, never more in memory than needed.

Small files are handed out a few at a time: handing over costs as much as reading one.

A worker that dies or hangs costs its own file, which is refused as `reader_stopped`; the rest goes on.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from flows.read.extract import read_extract
from flows.read.regions import RegionBook, load_region_book
from flows.read.words import Lexicon
from flows.records import Finding, Reading
from schemas.kind import Kind

# What may be handed out before the oldest answer is taken: enough small files to keep the workers busy while a
# batch is validated, and few large ones, because answers wait in memory.
_AHEAD_GROUPS, _AHEAD_BYTES = 32, 32 << 20
_FILES_A_GROUP, _BYTES_A_GROUP = 6, 256 << 10


@dataclass(frozen=True)
class Job:
    """A file to read: its content's id, where it is kept, the name under which it came, and its size."""

    extract_id: str
    path: Path
    file_name: str
    size_bytes: int


@dataclass(frozen=True)
class Limits:
    """How large and how slow a file may be."""

    largest_file_mb: int
    largest_sheet_cells: int
    seconds: int


class _Worker:
    """What a worker process keeps between files."""

    lexicons: list[Lexicon]
    book: RegionBook
    limits: Limits


def prepare_worker(kinds: Sequence[Kind], limits: Limits) -> None:
    """Load once, in each worker, what every file needs."""
    _Worker.book = load_region_book()
    _Worker.lexicons = [Lexicon(kind, _Worker.book.province_names) for kind in kinds]
    _Worker.limits = limits
    gc.freeze()  # sheets are millions of small objects without cycles; looking for some costs a fifth of the time
    gc.set_threshold(200_000, 20, 100)


def read_one(job: Job) -> Reading:
    """Read one file in a prepared process."""
    size_mb = job.size_bytes >> 20
    if size_mb > _Worker.limits.largest_file_mb:
        details = {"size_mb": size_mb, "largest_mb": _Worker.limits.largest_file_mb}
        finding = Finding("file_too_large", details=details)
        return Reading(job.extract_id, "", refused_as=finding.rule, findings=(finding,))
    return read_extract(
        job.path, job.file_name, job.extract_id, _Worker.lexicons, _Worker.book, _Worker.limits.largest_sheet_cells
    )


def read_group(jobs: Sequence[Job]) -> list[Reading]:
    """Read some files in a prepared process. A fault of the reader refuses one file, not the run."""
    readings = []
    for job in jobs:
        try:
            readings.append(read_one(job))
        except Exception as fault:
            readings.append(_stopped(job, f"{type(fault).__name__}: {fault}"))
    return readings


def read_all(jobs: Sequence[Job], kinds: Sequence[Kind], limits: Limits, workers: int) -> Iterator[Reading]:
    """The readings of all files, in order."""
    waiting = deque(group_jobs(jobs))
    while waiting:
        with _Pool(kinds, limits, min(workers, len(waiting))) as pool:
            yield from pool.read(waiting)
        if waiting:  # a file of the group at the head broke the pool: read each alone
            for job in waiting.popleft():
                with _Pool(kinds, limits, 1) as alone:
                    yield alone.read_suspect(job)


def group_jobs(jobs: Sequence[Job]) -> list[list[Job]]:
    """Files in groups, in order: a few small ones together, large ones alone."""
    groups: list[list[Job]] = []
    room = 0
    for job in jobs:
        room -= job.size_bytes
        if not groups or room < 0 or len(groups[-1]) == _FILES_A_GROUP:
            groups.append([])
            room = _BYTES_A_GROUP - job.size_bytes
        groups[-1].append(job)
    return groups


class _Pool:
    """Worker processes until they are done or one of them breaks."""

    def __init__(self, kinds: Sequence[Kind], limits: Limits, workers: int) -> None:
        method = "spawn" if sys.platform == "win32" else "forkserver"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(["flows.read.extract", "flows.read.pool"])
        self._limits = limits
        self._executor = ProcessPoolExecutor(workers, context, prepare_worker, (kinds, limits))

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for process in list((getattr(self._executor, "_processes", None) or {}).values()):
            process.kill()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def read(self, waiting: deque[list[Job]]) -> Iterator[Reading]:
        """Read from the head of `waiting`, taking off what is done; stops early where a worker broke."""
        handed: deque[Future[list[Reading]]] = deque()
        out = 0  # bytes of the files that are handed out
        while waiting:
            while len(handed) < min(_AHEAD_GROUPS, len(waiting)) and (len(handed) < 2 or out < _AHEAD_BYTES):
                group = waiting[len(handed)]
                handed.append(self._executor.submit(read_group, group))
                out += sum(job.size_bytes for job in group)
            try:
                readings = handed.popleft().result(timeout=self._limits.seconds)
            except (BrokenProcessPool, TookTooLong):
                return
            out -= sum(job.size_bytes for job in waiting.popleft())
            yield from readings

    def read_suspect(self, job: Job) -> Reading:
        """Read one file alone; where that breaks the worker too, the file is refused."""
        try:
            return self._executor.submit(read_group, [job]).result(timeout=self._limits.seconds)[0]
        except BrokenProcessPool:
            return _stopped(job, "proses pembaca mati")
        except TookTooLong:
            return _stopped(job, f"lebih dari {self._limits.seconds} detik")


def _stopped(job: Job, reason: str) -> Reading:
    finding = Finding("reader_stopped", details={"reason": reason})
    return Reading(job.extract_id, "", refused_as=finding.rule, findings=(finding,))
