"""The nightly job, told once: receive → read → validate → stage → build → audit → publish.

`run_job` works with or without Prefect: `as_step` turns each plain function into what runs it (a Prefect
task in `flows.nightly`, the function itself in `ucj run --direct`). What goes between steps are paths,
ids and small dataclasses.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import duckdb

from flows.errors import NotPublished
from flows.faults import explain_faults, is_no_room
from flows.fingerprint import build_id, reading_id
from flows.progress import show_progress
from flows.publish.lock import hold_lock
from flows.publish.published import LastRun, Published, dates_in_force, read_published, write_last_run
from flows.publish.releases import (
    find_made_from,
    find_release_before,
    name_release,
    point_to,
    publish_release,
    read_hold,
    settle_hold,
)
from flows.receive.corrections import UnreadableCorrections, follow_corrections, read_lines
from flows.receive.inbox import Seen, clear_removed, hash_file, receive, receive_version, remove_copy
from flows.receive.receipts import SUFFIX, read_receipt, receipt_names
from flows.records import Correction, Finding, Note, Reading, Receipt, Release
from flows.settings import Settings
from flows.stage import Staging, open_staging, set_aside_damaged
from flows.trace.changes import LARGEST_MOVES, Changes, read_changes
from schemas.regions import read_regions

Step = Callable[[Callable[..., Any]], Callable[..., Any]]
CELLS_A_BATCH = 100_000  # validated and staged while the workers read on
CODE_VERSION = "0.1.0"
_LOWEST_RANK = 1_000
_COUNTS = ("received", "eligible", "to_mend", "not_eligible")
_LEAST_SHOWN = 5


@dataclass(frozen=True)
class Received:
    """What the first step gives: all receipts, which of them are new, and notes for people.

    `refused` are notes on files in `raw/` that could not be read and were not received.
    """

    receipts: tuple[Receipt, ...]
    new: tuple[Receipt, ...]
    notes: tuple[Note, ...]
    refused: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Read:
    """What reading gave: the status of each extract that was read, how many lines of new corrections are refused."""

    statuses: dict[str, str]
    refused_corrections: int


@dataclass(frozen=True)
class Summary:
    """What a run did, for people and for `--json`."""

    release: Release
    new_files: int = 0
    duplicates: int = 0
    read_files: int = 0
    refused_files: int = 0
    partly_loaded_files: int = 0
    refused_corrections: int = 0
    read_extracts: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    audit_warnings: tuple[str, ...] = field(default_factory=tuple)
    changes: Changes | None = None  # of a new release

    @property
    def exit_code(self) -> int:
        """1 where something that was read in this run was refused, whole or in part; else 0."""
        return 1 if self.refused_files or self.partly_loaded_files or self.refused_corrections else 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        release = self.release
        return {
            "release": release.release_id,
            "is_new_release": release.is_new,
            "published_at": release.published_at.isoformat(),
            "content_hash": release.content_hash,
            "warehouse": str(release.path),
            "new_files": self.new_files,
            "duplicates": self.duplicates,
            "read_files": self.read_files,
            "refused_files": self.refused_files,
            "partly_loaded_files": self.partly_loaded_files,
            "refused_corrections": self.refused_corrections,
            "notes": [asdict(note) for note in self.notes],
            "audit_warnings": list(self.audit_warnings),
            "changes": self.changes
            and self.changes.counts | {"largest": [move.as_dict() for move in self.changes.largest()[:LARGEST_MOVES]]},
        }


def directly(function: Callable[..., Any]) -> Callable[..., Any]:
    """A step that is nothing but its function."""
    return function


def run_job(
    settings: Settings, accepted: Sequence[str] = (), verify: bool = False, as_step: Step = directly
) -> Summary:
    """One run. Raises Held where another is at work, NotPublished where nothing could or may be published.

    A staging file that is damaged, be it deep inside, is set aside, and all is read again from `raw/received/`.
    """
    with explain_faults(), hold_lock(settings.lock):
        clear_leftovers(settings)
        try:
            summary = _run_steps(settings, accepted, verify, as_step)
        except duckdb.Error as fault:
            if is_no_room(fault) or not (aside := set_aside_damaged(settings.staging)):
                raise
            summary = _run_steps(settings, accepted, verify, as_step)
            note = Note(settings.staging.name, f"was damaged; set aside as {aside.name}, and all was read again")
            summary = replace(summary, notes=(*summary.notes, note))
        last = LastRun(datetime.now(UTC), summary.release.release_id, summary.refused_files)
        try:
            write_last_run(settings.run_log, last)
        except OSError as error:  # the release stands
            note = Note(
                settings.run_log.name, f"could not be written, so `ucj status` knows nothing of this run ({error})"
            )
            summary = replace(summary, notes=(*summary.notes, note))
        return summary


def clear_leftovers(settings: Settings) -> None:
    """Remove what a run that was killed left half done in the warehouse."""
    for leftover in (*settings.warehouse.glob(".build-*"), *settings.warehouse.glob(".*.part")):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _run_steps(settings: Settings, accepted: Sequence[str], verify: bool, as_step: Step) -> Summary:
    if verify:
        as_step(verify_received)(settings)
    received = as_step(receive_files)(settings)
    read = as_step(read_validate_and_stage)(settings, received)
    release, warnings = as_step(build_audit_and_publish)(settings, received, accepted)
    return Summary(
        release=release,
        new_files=len([r for r in received.new if r.kind == "extract" and r.outcome == "new"]),
        duplicates=len([r for r in received.new if r.outcome == "duplicate"]),
        read_files=len(read.statuses),
        refused_files=list(read.statuses.values()).count("refused"),
        partly_loaded_files=list(read.statuses.values()).count("partly_loaded"),
        refused_corrections=len(received.refused) + read.refused_corrections,
        read_extracts=tuple(read.statuses),
        notes=(*received.notes, *received.refused, *_note_of_waiting(release, settings)),
        audit_warnings=warnings,
        changes=read_changes(release.path) if release.is_new else None,
    )


def _note_of_waiting(release: Release, settings: Settings) -> tuple[Note, ...]:
    if release.path == settings.published:
        return ()
    text = f"is open in another program; release {release.release_id} waits in {release.path.parent} for the next run"
    return (Note(settings.published.name, text),)


def verify_received(settings: Settings) -> None:
    """Check every kept copy, whether it is read in this run or not."""
    check_kept_copies([read_receipt(settings.received, name) for name in receipt_names(settings.received)])


def check_kept_copies(receipts: Sequence[Receipt]) -> None:
    """Hash kept copies against their receipts. Raises NotPublished naming those that are not what came.

    A by-name list was removed on purpose: that its copy is not there is as it should be.
    """
    damaged = []
    removed = _removals(receipts)
    for receipt in receipts:
        if receipt.sha256 in removed:
            continue
        if not receipt.path.exists():
            damaged.append(f"{receipt.path}: missing")
        elif hash_file(receipt.path) != receipt.sha256:
            damaged.append(f"{receipt.path}: its bytes are no longer those of the receipt {receipt.receipt_id}")
    if damaged:
        raise NotPublished(
            "Nothing was published. Kept copies are missing or no longer what came; restore them from the backup of "
            "raw/ and run again:\n" + "\n".join(damaged)
        )


def receive_files(settings: Settings) -> Received:
    """Take in what is new in the inbox, in `raw/sources.csv` and in `raw/corrections.csv`."""
    with _staging(settings) as staging:
        cached = staging.receipt_ids()
        fresh = [n for n in receipt_names(settings.received) if n.removesuffix(SUFFIX) not in cached]
        staging.add_receipts([read_receipt(settings.received, name) for name in fresh])
        known = staging.receipts(settings.received)
        clear_removed(known)
        seen = {path: Seen(size, modified, sha256) for path, size, modified, sha256 in staging.inbox_seen()}
        arrivals = receive(settings.inbox, settings.received, seen, known)
        new = list(arrivals.receipts)
        new += _receive_checked(settings.source_ranks, "source_rank", read_source_ranks, settings, [*known, *new])
        corrections, refused = _receive_corrections(settings, [*known, *new])
        new += corrections
        counts = settings.recipient_counts
        new += _receive_checked(counts, "recipient_count", read_recipient_counts, settings, [*known, *new])
        staging.add_receipts(new)
        if arrivals.seen != seen:
            staging.remember_inbox(arrivals.seen)
        return Received((*known, *new), tuple(new), arrivals.notes, tuple(refused))


def _receive_checked(
    path: Path,
    kind: Literal["source_rank", "recipient_count"],
    read: Callable[[bytes], object],
    settings: Settings,
    known: Sequence[Receipt],
) -> list[Receipt]:
    """The receipt of a new version of a file in `raw/`; one that `read` refuses stops the run and is not received."""
    if not path.exists():
        return []
    content = path.read_bytes()
    read(content)
    receipt = receive_version(path, content, kind, settings.received, known)
    return [receipt] if receipt else []


def _receive_corrections(settings: Settings, known: Sequence[Receipt]) -> tuple[list[Receipt], list[Note]]:
    """The receipt of a new version of `raw/corrections.csv`; a note where it cannot be read, which stops nothing."""
    path = settings.corrections
    try:
        content = path.read_bytes()
        read_lines(content)
    except FileNotFoundError:
        return [], []
    except PermissionError:
        return [], [Note(path.name, "not received: another program holds it; close it there and run again")]
    except UnreadableCorrections as fault:
        return [], [Note(path.name, f"not received: {fault}")]
    receipt = receive_version(path, content, "correction", settings.received, known)
    return [receipt] if receipt else [], []


def read_recipient_counts(content: bytes) -> list[tuple[str | int | None, ...]]:
    """Village and its four counts, None where one is hidden. Raises NotPublished where one below 5 is not hidden."""
    rows = []
    try:
        for code, *counts in list(csv.reader(content.decode().splitlines()))[1:]:
            numbers = [int(count) if count else None for count in counts]
            if len(numbers) != len(_COUNTS) or any(n is not None and n < _LEAST_SHOWN for n in numbers):
                raise ValueError
            rows.append((code, *numbers))
    except ValueError:
        raise NotPublished(
            "raw/recipients_by_village.csv is not as `ucj recipients` writes it (a village, then "
            f"{', '.join(_COUNTS)}, none below {_LEAST_SHOWN}). Delete it, run `ucj recipients status`, and run again."
        ) from None
    return rows


def read_validate_and_stage(settings: Settings, received: Received) -> Read:
    """Read what today's reader has not read yet, or not with these corrections."""
    with _staging(settings) as staging:
        _stage_source_ranks(staging, received)
        _stage_recipient_counts(staging, received)
        corrections = _stage_corrections(staging, received)
        hashes = {extract_id: _hash_of_corrections(of_extract) for extract_id, of_extract in corrections.items()}
        read = staging.corrections_hashes()
        done = {extract_id for extract_id, known in read.items() if known == hashes.get(extract_id, "")}
        first = {r.sha256: r for r in reversed(received.receipts) if r.kind == "extract" and r.sha256 not in done}
        todo = [first[sha256] for sha256 in reversed(first)]
        just_kept = {receipt.receipt_id for receipt in received.new}
        removed = _removals(received.receipts)
        kept = [receipt for receipt in todo if receipt.sha256 not in removed]
        check_kept_copies([receipt for receipt in kept if receipt.receipt_id not in just_kept])
        gone = [_removed_reading(removed[receipt.sha256]) for receipt in todo if receipt.sha256 in removed]
        if todo:
            with staging.whole():
                staging.forget([extract_id for extract_id in read if extract_id not in done])
                _read_into(staging, kept, gone, corrections, settings)
        _remove_copies(staging, received)
        statuses = staging.statuses([receipt.extract_id for receipt in todo])
        return Read(statuses, _refused_corrections(staging, received))


def _refused_corrections(staging: Staging, received: Received) -> int:
    """How many lines of a version that came in this run are not used."""
    return staging.refused_corrections() if any(receipt.kind == "correction" for receipt in received.new) else 0


def _stage_corrections(staging: Staging, received: Received) -> dict[str, list[Correction]]:
    """Every correction that was ever received, by the extract that it is about."""
    versions = [receipt for receipt in received.receipts if receipt.kind == "correction"]
    if not versions:
        return {}
    check_kept_copies(versions)
    corrections = follow_corrections(received.receipts)
    staging.keep_corrections(corrections)
    by_extract: dict[str, list[Correction]] = {}
    for correction in corrections:
        if correction.extract_id:
            by_extract.setdefault(correction.extract_id, []).append(correction)
    return by_extract


def _hash_of_corrections(corrections: Sequence[Correction]) -> str:
    """The id of what corrections say of an extract over time, and in which rows they stand now: messages name them."""
    said = [(each.correction_id, each.row, each.known_until and each.known_until.isoformat()) for each in corrections]
    return hashlib.sha256(repr(sorted(said, key=str)).encode()).hexdigest()[:16]


def _removals(receipts: Sequence[Receipt]) -> dict[str, Receipt]:
    """The receipts of removed by-name lists, by the sha256 of what was removed."""
    return {receipt.sha256: receipt for receipt in receipts if receipt.kind == "removal"}


def _removed_reading(removal: Receipt) -> Reading:
    """What the reader made of a by-name list before its copy was removed."""
    finding = Finding("personal_data", removal.sheet, removal.cell)
    return Reading(removal.extract_id, "", refused_as=finding.rule, findings=(finding,))


def _remove_copies(staging: Staging, received: Received) -> None:
    """Remove the kept copies of by-name lists, also those that a killed run had read and not removed."""
    lists, removed = staging.by_name_lists(), _removals(received.receipts)
    removals: list[Receipt] = []
    for receipt in received.receipts:
        if receipt.sha256 in lists and receipt.sha256 not in removed:
            place = (lists[receipt.sha256].sheet, lists[receipt.sha256].cell)
            removals.append(remove_copy(receipt, place, [*received.receipts, *removals]))
            removed[receipt.sha256] = removals[-1]
    staging.add_receipts(removals)


def _read_into(
    staging: Staging, todo: Sequence[Receipt], gone: Sequence[Reading], corrections: dict[str, list[Correction]],
    settings: Settings,
) -> None:  # fmt: skip
    """Read, validate and stage."""
    from flows.read.correct import correct
    from flows.read.limits import limits_of
    from flows.read.pool import Job, read_all
    from flows.validate import in_batches, validate, validate_versions
    from schemas.catalogue import all_kinds

    regions, kinds = read_regions(), all_kinds()
    jobs = {r.extract_id: Job(r.extract_id, r.path, r.file_name, r.size_bytes) for r in todo}
    limits = limits_of(settings)

    def reread(extract_id: str, typed: Sequence[tuple[str, str, str]]) -> Reading:
        (reading,) = read_all([replace(jobs[extract_id], typed=tuple(typed))], kinds, limits, 1)
        return reading

    read = read_all(list(jobs.values()), kinds, limits, settings.workers)
    readings = chain(gone, show_progress(read, len(jobs), lambda reading: jobs[reading.extract_id].file_name))
    for batch in in_batches(readings, CELLS_A_BATCH):
        staging.add(validate([reading for reading in batch if reading.extract_id not in corrections], regions))
        for reading in batch:
            if of_extract := corrections.get(reading.extract_id):
                corrected = correct(reading, of_extract, kinds, partial(reread, reading.extract_id))
                validated = validate_versions(corrected.versions, regions)
                staging.add_corrected(validated, _hash_of_corrections(of_extract), corrected.outcomes)


def _stage_source_ranks(staging: Staging, received: Received) -> None:
    """Stage the versions of `raw/sources.csv` that are not staged yet."""
    staged = staging.ranked_receipt_ids()
    for receipt in received.receipts:
        if receipt.kind == "source_rank" and receipt.receipt_id not in staged:
            staging.add_source_ranks(receipt.receipt_id, read_source_ranks(receipt.path.read_bytes()))


def _stage_recipient_counts(staging: Staging, received: Received) -> None:
    """Stage the versions of the counts that are not staged yet."""
    staged = staging.counted_receipt_ids()
    fresh = [r for r in received.receipts if r.kind == "recipient_count" and r.receipt_id not in staged]
    check_kept_copies(fresh)
    for receipt in fresh:
        staging.add_recipient_counts(receipt.receipt_id, read_recipient_counts(receipt.path.read_bytes()))


def read_source_ranks(content: bytes) -> list[tuple[str, str, int, str]]:
    """Source, basis (may be empty), rank and reason. Raises NotPublished naming the line that cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotPublished("raw/sources.csv: expected UTF-8; save it as CSV UTF-8 and run again.") from None
    rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    ranks: dict[tuple[str, str], tuple[int, str]] = {}
    for number, row in enumerate(rows, start=2):
        try:
            key, rank = (row["source"].strip(), (row.get("basis") or "").strip()), int(row["rank"])
            if key in ranks or not 1 <= rank <= _LOWEST_RANK:
                raise ValueError
        except (KeyError, ValueError, AttributeError):
            raise NotPublished(
                f"raw/sources.csv, line {number}: expected source,basis,rank,reason, each source and basis once, "
                f"a whole number from 1 to {_LOWEST_RANK} as rank; found {dict(row)}. Mend the line and run again."
            ) from None
        ranks[key] = (rank, row.get("reason") or "")
    return [(source, basis, rank, reason) for (source, basis), (rank, reason) in ranks.items()]


def build_audit_and_publish(
    settings: Settings, received: Received, accepted: Sequence[str]
) -> tuple[Release, tuple[str, ...]]:
    """Build a new warehouse where inputs or code changed, audit it, and publish it.

    Returns the release and the audits' warnings. Unchanged content keeps the name of its release.
    Raises NotPublished where an audit of severity error finds rows that are not accepted, or a release is held.
    """
    _stop_where_held(settings)
    before = read_published(settings.published)
    reader, builder, inputs = reading_id(settings), build_id(settings), _inputs_hash(received.receipts)
    if before and (before.inputs_hash, before.reading_id, before.build_id) == (inputs, reader, builder):
        return _as_release(before, settings.published, is_new=False), ()
    if made := find_made_from(inputs, reader, builder, settings):  # and not published yet: see flows.publish.releases
        kept, release = made
        return _as_release(release, settings.published if point_to(kept, settings) else kept, is_new=True), ()
    from flows.build.warehouse import Build, BuildFacts, content_hash

    target = settings.warehouse / f".build-{inputs}.duckdb"
    reader_changed = before is not None and before.reading_id != reader
    # the last release that is whole: a damaged published file must not switch off the guard against loss
    file_before = find_release_before(settings) or (settings.published if before else None)
    known_dates = dates_in_force(file_before) if file_before and not reader_changed else []
    with Build(target, settings.staging, settings.database_memory_mb) as build:
        build.make_tables(known_dates)
        hashes = build.content_hashes()
        content = content_hash(hashes)
        is_new = before is None or before.content_hash != content
        code = {"reader": reader, "models": builder, "duckdb": duckdb.__version__}
        if file_before and before and not is_new and file_before.stem == before.release_id:
            previous = build.keep_changes(file_before)
        else:
            previous = build.find_changes(file_before, code)
        rows = build.audit(settings.jump_pct_points, settings.code_move_pct_points)
        warnings = _judge(rows, set(accepted))
        if before is None or is_new:
            release_id, published_at = name_release(datetime.now(UTC), content, settings)
        else:
            release_id, published_at = before.release_id, before.published_at
        facts = BuildFacts(inputs, len(received.receipts), reader, builder, CODE_VERSION)
        build.name_release(release_id, previous, published_at, hashes, facts)
        build.write_audits(rows, set(accepted))
        build.write_dictionary()
    kept = settings.releases / f"{release_id}.duckdb"
    is_published = publish_release(target, kept, settings)
    return Release(release_id, published_at, content, settings.published if is_published else kept, is_new), warnings


def _stop_where_held(settings: Settings) -> None:
    """Raises NotPublished where a release is held: what came is received and read by now, so that it has its time."""
    hold = read_hold(settings.hold)
    if hold is None:
        return
    settle_hold(hold, settings)
    raise NotPublished(
        f"Release {hold.release_id} was put back and is held since {hold.since:%Y-%m-%d %H:%M} UTC. What came was "
        "received and read; nothing was built or published. `ucj releases resume` lets the next run publish again."
    )


def _judge(rows: Sequence[Any], accepted: set[str]) -> tuple[str, ...]:
    """The warnings as texts. Raises NotPublished for errors that nobody accepted, with the digest that would."""
    from flows.build.warehouse import audit_digest

    stopped = []
    for name in dict.fromkeys(row.audit.name for row in rows if row.audit.severity == "error"):
        of_audit = [row for row in rows if row.audit.name == name]
        digest = audit_digest(of_audit)
        if digest not in accepted:
            shown = "\n".join(f"  {row.place}: {row.reason}" for row in of_audit[:10])
            more = f"\n  … and {len(of_audit) - 10} more" if len(of_audit) > 10 else ""
            stopped.append(f"{name}: {of_audit[0].audit.purpose}\n{shown}{more}\n")
            stopped.append(f"  To let exactly this through: ucj run --accept {digest}\n")
    if stopped:
        raise NotPublished("Nothing was published; the release before stays.\n" + "".join(stopped).rstrip())
    return tuple(f"{row.audit.name}: {row.place}: {row.reason}" for row in rows if row.audit.severity == "warning")


def _as_release(published: Published, path: Path, is_new: bool) -> Release:
    return Release(published.release_id, published.published_at, published.content_hash, path, is_new)


def _inputs_hash(receipts: Sequence[Receipt]) -> str:
    """The id of what came. A removal is no input: it follows from what came, and is written after it was read."""
    ids = sorted(receipt.receipt_id for receipt in receipts if receipt.kind != "removal")
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:16]


def _staging(settings: Settings) -> Any:
    return open_staging(settings.staging, reading_id(settings), settings.database_memory_mb)
