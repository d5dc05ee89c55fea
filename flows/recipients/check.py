"""Check: a village's own lists, judged as the desk judges them, with every cell to mend. Stores nothing, needs no key.

Only the files given are compared with each other: what other villages sent is not theirs to see.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.addresses import a1
from flows.check import FileCheck
from flows.messages import severity_of
from flows.read.limits import limits_of
from flows.read.pool import Job
from flows.receive.receipts import utc_now
from flows.recipients.desk import load_reference, memory_desk, terms_of
from flows.recipients.keys import throwaway_key
from flows.recipients.workers import ListReading, Task, judge_files
from flows.records import Finding, Reading
from flows.settings import Settings
from schemas.recipients import RULES

_FAULTS = """
select sheet_no, row_no, rule
from (select * from recipient_fault union all select * from list_fault) join recipient_list using (extract_no)
join recipient_rule using (rule)
where extract_id = ? order by sheet_no, row_no, weight desc
"""


def check_lists(
    files: Sequence[Path], settings: Settings, lang: str = "id", clock: Callable[[], datetime] = utc_now
) -> list[tuple[FileCheck, dict[str, int]]]:
    """Each file with its findings, and how many of its rows are what."""
    task_terms, reference = terms_of(settings, clock().date(), lang), load_reference(settings)
    with tempfile.TemporaryDirectory(prefix="ucj-") as scratch, memory_desk() as desk:
        # what lies there for a moment are hashes with a key that nobody keeps
        task = Task(reference, task_terms, throwaway_key(), Path(scratch), is_sealed=False)
        jobs = [Job(str(number), path, path.name, path.stat().st_size) for number, path in enumerate(files)]
        readings = []
        for job, reading in zip(jobs, judge_files(jobs, task, limits_of(settings), settings.workers), strict=True):
            readings.append(reading)
            if reading.finding is None:
                desk.add_list(job.extract_id, task.folder, job.extract_id)
        desk.judge_together()
        return [
            (_as_check(job.path, reading, desk.ask(_FAULTS, job.extract_id)), desk.outcomes_of(job.extract_id))
            for job, reading in zip(jobs, readings, strict=True)
        ]


def _as_check(path: Path, reading: ListReading, faults: Sequence[tuple[int, int, str]]) -> FileCheck:
    facts = {sheet.sheet_no: sheet for sheet in reading.sheets}
    findings = [reading.finding] if reading.finding else []
    for sheet_no, row, rule in faults:
        columns = facts[sheet_no].columns
        findings.append(Finding(rule, facts[sheet_no].sheet, a1(row, _column_of(rule, columns))))
    status: Any = "refused" if reading.finding else "partly_loaded" if findings else "loaded"
    file_format = reading.file_format if not reading.finding or reading.finding.rule == "no_recipient_list" else ""
    return FileCheck(path, Reading("", file_format), status, (), tuple(findings))


def _column_of(rule: str, columns: dict[str, int]) -> int:
    """The column of the field that a rule is about; of the NIK where the list has no such column."""
    field = RULES[rule].field
    return next(columns[name] for name in (field, f"{field}_code", "nik") if name in columns)


def count_rules(checked: FileCheck) -> dict[str, int]:
    """How many findings each rule has, in the order of the rules."""
    found = [finding.rule for finding in checked.findings]
    return {rule: found.count(rule) for rule in sorted(set(found), key=lambda rule: (severity_of(rule), rule))}
