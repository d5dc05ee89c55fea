"""Receive: seal a copy of each list, read it from that copy, and take what it holds into the desk's private file.

A list that cannot be read is not kept. The file that was given is only read; it lies where the village's officer put
it, and the desk deletes it there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from flows.durable import put_in_place, rename_durably
from flows.read.limits import limits_of
from flows.read.pool import Job
from flows.receive.receipts import next_moment, utc_now
from flows.recipients.desk import (
    Desk,
    ListReceipt,
    clear_parts,
    facts_as_dict,
    load_reference,
    open_desk,
    read_receipts,
    sealed_name,
    terms_of,
    unread,
    with_outcomes,
    write_receipt,
)
from flows.recipients.judge import Terms, make_table
from flows.recipients.keys import NikKey, load_key, remember_key
from flows.recipients.sealed import seal_file
from flows.recipients.workers import Task, judge_files
from flows.records import Finding
from flows.settings import Settings


@dataclass(frozen=True)
class ListArrival:
    """What became of one file: a receipt, or the finding that says why it was not taken in."""

    path: Path
    sha256: str
    receipt: ListReceipt | None = None
    finding: Finding | None = None

    @property
    def is_taken(self) -> bool:
        return self.finding is None


def receive_lists(
    files: Sequence[Path], settings: Settings, lang: str = "id", clock: Callable[[], datetime] = utc_now
) -> list[ListArrival]:
    """Take lists in, in the order given. Raises WrongUse without a key, or with another than before."""
    key = load_key(settings.recipients, lang)
    with open_desk(settings) as desk:
        remember_key(settings.recipients, key)
        clear_parts(settings.recipients)
        desk.settle_forgotten(settings.recipients, read_receipts(settings.recipients))
        refill_desk(desk, settings, key)
        arrivals = _take_in(files, desk, settings, key, clock)
        desk.judge_together()
        for arrival in arrivals:
            if arrival.receipt and arrival.is_taken:
                counted = with_outcomes(arrival.receipt, desk.outcomes_of(arrival.sha256))
                write_receipt(settings.recipients, counted)
        publish_counts(desk, settings)
        receipts = {receipt.sha256: receipt for receipt in read_receipts(settings.recipients)}
        return [ListArrival(a.path, a.sha256, receipts.get(a.sha256), a.finding) for a in arrivals]


def _take_in(
    files: Sequence[Path], desk: Desk, settings: Settings, key: NikKey, clock: Callable[[], datetime]
) -> list[ListArrival]:
    folder = settings.recipients
    receipts = read_receipts(folder)
    known = {receipt.sha256: receipt for receipt in receipts}
    last = max((datetime.fromisoformat(receipt.received_at) for receipt in receipts), default=None)
    arrivals: list[ListArrival] = []
    jobs: list[tuple[int, Job, datetime]] = []
    for number, path in enumerate(files):
        aside = folder / f".{number}.sealed.part"
        sha256, size = seal_file(path, aside, key)
        if finding := _why_not_again(sha256, known, [job.extract_id for _, job, _ in jobs]):
            aside.unlink()
            arrivals.append(ListArrival(path, sha256, finding=finding))
            continue
        last = next_moment(clock(), last)
        jobs.append((number, Job(sha256, aside, path.name, size), last))
        arrivals.append(ListArrival(path, sha256))
    terms = terms_of(settings, clock().date())
    task = Task(load_reference(settings), terms, key, folder, is_sealed=True)
    readings = judge_files([job for _, job, _ in jobs], task, limits_of(settings), settings.workers)
    for (number, job, moment), reading in zip(jobs, readings, strict=True):
        if reading.finding:
            job.path.unlink()
            arrivals[number] = ListArrival(files[number], job.extract_id, finding=reading.finding)
            continue
        kept_as = sealed_name(moment, job.extract_id)
        receipt = ListReceipt(
            received_at=moment.isoformat(timespec="microseconds"),
            sha256=job.extract_id,
            size_bytes=job.size_bytes,
            rows=reading.rows,
            cover_first_day=terms.cover_day.isoformat(),
            kept_as=kept_as,
            outcomes={},
            sheets=[facts_as_dict(facts) for facts in reading.sheets],
        )
        rename_durably([(job.path, folder / kept_as)])
        write_receipt(folder, receipt)
        desk.add_list(job.extract_id, folder, job.extract_id)
        arrivals[number] = ListArrival(files[number], job.extract_id, receipt)
    return arrivals


def _why_not_again(sha256: str, known: dict[str, ListReceipt], now: Sequence[str]) -> Finding | None:
    if sha256 in now:
        return Finding("list_again", details={"extract": sha256[:12], "when": "sekarang"})
    if (receipt := known.get(sha256)) is None:
        return None
    if receipt.forgotten_at:
        return Finding("list_forgotten", details={"extract": sha256[:12], "when": receipt.forgotten_at[:10]})
    return Finding("list_again", details={"extract": sha256[:12], "when": receipt.received_at[:10]})


def refill_desk(desk: Desk, settings: Settings, key: NikKey) -> None:
    """Read again, from their sealed copies, the lists whose rows the private file has not; with the day of then."""
    folder = settings.recipients
    for receipt in unread(read_receipts(folder), desk):
        terms = Terms(date.fromisoformat(receipt.cover_first_day), settings.lowest_age, settings.age_limit)
        task = Task(load_reference(settings), terms, key, folder, is_sealed=True)
        job = Job(receipt.sha256, folder / receipt.kept_as, "", receipt.size_bytes)
        for reading in judge_files([job], task, limits_of(settings), 1):
            if reading.finding is None:
                desk.add_list(receipt.sha256, folder, receipt.sha256)


def publish_counts(desk: Desk, settings: Settings) -> None:
    """Write the counts that may be published to `raw/recipients_by_village.csv`, where the ordinary job finds them."""
    make_table(desk.connection, "village_count")
    make_table(desk.connection, "published_count")
    names = ("village_code", "received", "eligible", "to_mend", "not_eligible")
    rows = desk.ask(f"select {', '.join(names)} from published_count order by village_code")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    content = text.getvalue().encode()
    path = settings.recipient_counts
    if rows or path.exists():
        put_in_place([(path, content)])
