"""Read many files in worker processes: in the order given, never more in memory than needed.

Small files are handed out a few at a time: handing over costs as much as reading one.

A worker that dies or hangs costs its own file, which is refused as `reader_stopped`; the rest goes on. Where the
system can (not on Windows), a worker may not allocate more than its limit and stops a file that takes too much
processor time by itself.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import Any

from flows.read.extract import read_extract
from flows.read.limits import Limits
from flows.read.regions import RegionBook, load_region_book
from flows.read.words import Vocabulary, vocabulary_of
from flows.records import Finding, Reading
from schemas.kind import Kinds

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

# What may be handed out before the oldest answer is taken: enough small files to keep the workers busy while a
# batch is validated, and few large ones, because answers wait in memory.
_AHEAD_GROUPS, _AHEAD_BYTES = 32, 32 << 20
_FILES_A_GROUP, _BYTES_A_GROUP = 6, 256 << 10
_SECONDS_A_FILE, _SECONDS_A_MB = 6, 5
ReadGroup = Callable[[Sequence["Job"]], list[Any]]
_SECONDS_MORE = 5  # until a worker that does not stop by itself is ended


@dataclass(frozen=True)
class Job:
    """A file to read: its content's id, where it is kept, the name under which it came, and its size.

    `typed` are texts to read in place of what cells hold, by sheet and cell.
    """

    extract_id: str
    path: Path
    file_name: str
    size_bytes: int
    typed: tuple[tuple[str, str, str], ...] = ()


class _TooSlow(Exception):
    """The file at work has used up its processor time."""


class _Worker:
    """What a worker process keeps between files."""

    vocabulary: Vocabulary
    book: RegionBook
    limits: Limits
    is_fresh: bool


def prepare_worker(kinds: Kinds, limits: Limits) -> None:
    """Load once, in each worker, what every file needs."""
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _Worker.book = load_region_book()
    _Worker.vocabulary = vocabulary_of(kinds, _Worker.book.province_names)
    _Worker.limits = limits
    _Worker.is_fresh = True
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = (limits.worker_memory_mb << 20) + _reserved_bytes()
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGPROF, _stop)
    gc.freeze()  # sheets are millions of small objects without cycles; looking for some costs a fifth of the time
    gc.set_threshold(200_000, 20, 100)


def _end_with_the_run() -> None:
    """End this worker when its run ends, killed or not: seen to wait for work for ever after a kill -9 of the run."""
    if run := multiprocessing.parent_process():
        run.join()
        os._exit(1)


def _reserved_bytes() -> int:
    """What this process has reserved and not used: OpenBLAS and thread stacks take tens of megabytes a processor.

    The system limits what is reserved (data; address space would count far more), we mean what is used.
    """
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    _, resident, shared, _, _, data, *_ = map(int, statm.read_text().split())
    return max(data - (resident - shared), 0) * resource.getpagesize()


def _stop(*_: object) -> None:
    raise _TooSlow


def seconds_for(job: Job, limits: Limits) -> int:
    """Processor time for a file: some ten times what an ordinary one of its size takes, never more than the limit."""
    return min(limits.seconds, _SECONDS_A_FILE + _SECONDS_A_MB * (job.size_bytes >> 20))


def read_one(job: Job) -> Reading:
    """Read one file in a prepared process."""
    size_mb = job.size_bytes >> 20
    if size_mb > _Worker.limits.largest_file_mb:
        details = {"size_mb": size_mb, "largest_mb": _Worker.limits.largest_file_mb}
        finding = Finding("file_too_large", details=details)
        return _refused(job, finding)
    worker = _Worker
    return read_extract(
        job.path, job.file_name, job.extract_id, worker.vocabulary, worker.book, worker.limits, job.typed
    )


def read_within_limits(job: Job, read: Callable[[Job], Any] = read_one) -> Any:
    """Read one file; a fault of the reader refuses it, whatever `read` makes of one.

    Without memory in a process that has read other files, which may still fill it, the process ends: the file is read
    again in a fresh one.
    """
    seconds = seconds_for(job, _Worker.limits)
    was_fresh, _Worker.is_fresh = _Worker.is_fresh, False
    try:
        with _processor_time(seconds):
            return read(job)
    except _TooSlow:
        return _refused(job, Finding("too_slow", details={"seconds": seconds}))
    except MemoryError:
        if not was_fresh:
            os._exit(1)
        return _refused(job, Finding("too_much_memory", details={"largest_mb": _Worker.limits.worker_memory_mb}))
    except Exception as fault:
        return _stopped(job, f"{type(fault).__name__}: {fault}")


@contextmanager
def _processor_time(seconds: int) -> Iterator[None]:
    """Raise _TooSlow inside once that much processor time is used; a busy machine takes none away.

    Native code hears no Python exception: a little later the system ends the process.
    """
    if resource is None:
        yield
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + _SECONDS_MORE, hard))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def read_group(jobs: Sequence[Job]) -> list[Reading]:
    """Read some files in a prepared process. A fault of the reader refuses one file, not the run."""
    return [read_within_limits(job) for job in jobs]


def read_all(
    jobs: Sequence[Job], kinds: Kinds, limits: Limits, workers: int, read: ReadGroup | None = None
) -> Iterator[Any]:
    """The readings of all files, in order, or what else `read` makes of them; of a file that is refused a reading."""
    read = read or read_group
    waiting = deque(group_jobs(jobs))
    while waiting:
        with _Pool(kinds, limits, min(workers, len(waiting)), read) as pool:
            yield from pool.read(waiting)
        if waiting:  # a file of the group at the head broke the pool: read each alone
            for job in waiting.popleft():
                with _Pool(kinds, limits, 1, read) as alone:
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


def _start_forkserver() -> None:
    """Start the process that the workers come from, deaf to a terminal's Ctrl-C as they are: that is for the run, which
    ends them. The server would answer it with a traceback while it imports."""
    resource_tracker.ensure_running()  # else the server starts it, which lets Ctrl-C in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Hear a Ctrl-C only at the end. One that came while a worker starts would leave it behind: started, not yet among
    those that are ended, and with a traceback once it finds the run gone."""
    if threading.current_thread() is not threading.main_thread():  # no other thread hears it
        yield
        return
    heard: list[object] = []
    before = signal.signal(signal.SIGINT, lambda *ctrl_c: heard.append(ctrl_c))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


class _Pool:
    """Worker processes until they are done or one of them breaks."""

    def __init__(self, kinds: Kinds, limits: Limits, workers: int, read: ReadGroup) -> None:
        method = "spawn" if sys.platform == "win32" else "forkserver"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(["flows.read.extract", "flows.read.pool"])
            _start_forkserver()
        self._limits, self._read = limits, read
        self._executor = ProcessPoolExecutor(workers, context, prepare_worker, (kinds, limits))

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for process in list((getattr(self._executor, "_processes", None) or {}).values()):
            process.kill()
        self._executor.shutdown(cancel_futures=True)

    def read(self, waiting: deque[list[Job]]) -> Iterator[Any]:
        """Read from the head of `waiting`, taking off what is done; stops early where a worker broke."""
        handed: deque[Future[list[Any]]] = deque()
        out = 0  # bytes of the files that are handed out
        while waiting:
            while len(handed) < min(_AHEAD_GROUPS, len(waiting)) and (len(handed) < 2 or out < _AHEAD_BYTES):
                group = waiting[len(handed)]
                handed.append(self._hand_out(group))
                out += sum(job.size_bytes for job in group)
            try:
                readings = handed.popleft().result(timeout=self._patience(waiting[0]))
            except (BrokenProcessPool, TookTooLong):
                return
            out -= sum(job.size_bytes for job in waiting.popleft())
            yield from readings

    def read_suspect(self, job: Job) -> Any:
        """Read one file alone; where that breaks the worker too, the file is refused."""
        try:
            return self._hand_out([job]).result(timeout=self._patience([job]))[0]
        except BrokenProcessPool:
            return _stopped(job, "proses pembaca mati")
        except TookTooLong:
            return _stopped(job, f"lebih dari {self._patience([job])} detik")

    def _hand_out(self, jobs: list[Job]) -> Future[list[Any]]:
        """Give files to a worker; one is started where all are busy."""
        with _ctrl_c_held_back():
            return self._executor.submit(self._read, jobs)

    def _patience(self, jobs: Sequence[Job]) -> int:
        """How long to wait for a group: its processor time twice, for a machine with other work to do."""
        return 2 * sum(seconds_for(job, self._limits) + _SECONDS_MORE for job in jobs)


def _stopped(job: Job, reason: str) -> Reading:
    return _refused(job, Finding("reader_stopped", details={"reason": reason}))


def _refused(job: Job, finding: Finding) -> Reading:
    return Reading(job.extract_id, "", refused_as=finding.rule, findings=(finding,))
