"""Read and judge lists in worker processes: people's data is in their memory alone, and goes with them.

A fault says its rule, never what a cell or an exception quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from flows.read.limits import Limits, UnreadableFile
from flows.read.open_file import Source, open_source
from flows.read.pool import Job, read_all, read_within_limits
from flows.read.workbook import Workbook
from flows.recipients.judge import Reference, Terms, judge_rows
from flows.recipients.keys import NikKey
from flows.recipients.read_lists import PeopleSheet, find_people_sheets
from flows.recipients.sealed import open_sealed
from flows.records import Finding, Reading
from schemas.kind import Kinds

_MEMORY_MB = 900  # a worker's: 250,000 rows of 12 columns need 600, and two workers stay below 2 GB


@dataclass(frozen=True)
class SheetFacts:
    """What is told of one sheet's list. Its name may be a person's: it goes into no file."""

    sheet_no: int
    sheet: str
    rows: int
    notes: int
    hidden_rows: int
    columns: dict[str, int]
    unknown_columns: tuple[int, ...]


@dataclass(frozen=True)
class ListReading:
    """What became of one list; `finding` says why it is refused whole."""

    sheets: tuple[SheetFacts, ...] = ()
    file_format: str = ""
    finding: Finding | None = None

    @property
    def rows(self) -> int:
        return sum(sheet.rows for sheet in self.sheets)


@dataclass(frozen=True)
class Task:
    """How lists are to be judged and where to; with `is_sealed`, what is read are sealed copies."""

    reference: Reference
    terms: Terms
    key: NikKey
    folder: Path
    is_sealed: bool


def judge_files(jobs: Sequence[Job], task: Task, limits: Limits, workers: int) -> Iterator[ListReading]:
    """Read and judge files, in the order given; their rows wait in `task.folder` (see `judged_files`)."""
    limits = replace(limits, worker_memory_mb=max(limits.worker_memory_mb, _MEMORY_MB))
    for made in read_all(jobs, Kinds((), ()), limits, workers, partial(judge_group, task, limits)):
        yield ListReading(finding=_without_quotes(made.findings[0])) if isinstance(made, Reading) else made


def _without_quotes(finding: Finding) -> Finding:
    """A fault of the reader by its kind alone: its text may quote a cell."""
    details = {name: str(value).partition(":")[0] for name, value in finding.details.items() if name == "reason"}
    return replace(finding, details=finding.details | details)


def judge_group(task: Task, limits: Limits, jobs: Sequence[Job]) -> list[Any]:
    """Read and judge some files in a prepared process."""
    return [read_within_limits(job, partial(_judge_one, task, limits)) for job in jobs]


def _judge_one(task: Task, limits: Limits, job: Job) -> ListReading:
    if job.size_bytes >> 20 > limits.largest_file_mb:
        details = {"size_mb": job.size_bytes >> 20, "largest_mb": limits.largest_file_mb}
        return ListReading(finding=Finding("file_too_large", details=details))
    try:
        workbook = open_list(job.path, task.key if task.is_sealed else None, limits)
    except UnreadableFile as fault:
        details = {name: value for name, value in fault.details.items() if name != "sheet"}
        return ListReading(finding=Finding(fault.rule, details=details | {"sheet": "…"}))
    sheets = find_people_sheets(workbook, task.reference.village_keys(), task.reference.district_keys())
    if not sum(map(len, sheets)):
        return ListReading(file_format=workbook.file_format, finding=Finding("no_recipient_list"))
    names = {sheet.number: sheet.name for sheet in workbook.sheets}
    file_format = workbook.file_format
    del workbook  # its cells are in the texts by now
    judge_rows(sheets, task.reference, task.terms, task.key, task.folder, job.extract_id)
    return ListReading(tuple(_facts_of(sheet, names[sheet.sheet_no]) for sheet in sheets), file_format)


def open_list(path: Path, key: NikKey | None, limits: Limits) -> Workbook:
    """A workbook from the disk, or with a key from its sealed copy, which is opened in memory only."""
    if key is None:
        return open_source(Source(path), limits)
    opened = open_sealed(path, key)
    return open_source(Source(Path(opened.file_name), opened.content), limits)


def _facts_of(sheet: PeopleSheet, name: str) -> SheetFacts:
    facts = (len(sheet), sheet.notes, sheet.hidden_rows, sheet.columns, sheet.unknown_columns)
    return SheetFacts(sheet.sheet_no, name, *facts)
