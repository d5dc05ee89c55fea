"""Take in what lies in the inbox: hash, keep new bytes once, write a receipt for every arrival.

An inbox path whose bytes have not changed is no arrival. The inbox is only ever read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from flows.durable import aside_of, put_in_place, rename_durably, sync_folder
from flows.receive.receipts import SUFFIX, next_moment, receipt_id_of, utc_now, write_receipts
from flows.records import Note, Outcome, Receipt

_CHUNK = 1 << 20
_REMOVED: Outcome = "removed as personal data"
_NOT_KEPT = (
    "not kept: it is a by-name list that was removed before; delete it, such lists go to `ucj recipients receive`"
)
_TORN = "left for the next run: it changed while it was read"


@dataclass(frozen=True)
class InboxFile:
    """A file of the inbox as a listing shows it."""

    path: Path
    inbox_path: str
    size_bytes: int
    modified_ns: int

    @property
    def source(self) -> str:
        """Who sent it: the first folder under the inbox; "inbox" for the inbox itself."""
        first, slash, _ = self.inbox_path.partition("/")
        return first if slash else "inbox"


@dataclass(frozen=True)
class Seen:
    """What is known of an inbox path: its size and time when it was last hashed, and the bytes' sha256."""

    size_bytes: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True)
class Arrivals:
    """What one look at the inbox gave: new receipts, notes for people, and what is now known of each path."""

    receipts: tuple[Receipt, ...]
    notes: tuple[Note, ...]
    seen: dict[str, Seen]


def list_inbox(inbox: Path) -> tuple[list[InboxFile], list[Note]]:
    """The files of the inbox, subfolders too, oldest first; and a note for each lock file or dotfile skipped."""
    files: list[InboxFile] = []
    notes: list[Note] = []
    for entry, inbox_path in _walk(inbox, ""):
        if entry.name.startswith("~$"):
            notes.append(Note(inbox_path, "skipped: Excel's lock file; close the workbook"))
        elif entry.name.startswith("."):
            if entry.name != ".gitkeep":
                notes.append(Note(inbox_path, "skipped: hidden file"))
        elif not _is_text(entry.name):
            notes.append(Note(ascii(inbox_path), "skipped: its name is no readable text; rename it"))
        elif entry.name != "README.md":
            status = entry.stat()
            files.append(InboxFile(Path(entry.path), inbox_path, status.st_size, status.st_mtime_ns))
    files.sort(key=lambda file: (file.modified_ns, file.inbox_path))
    return files, notes


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _walk(folder: Path, prefix: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    if not folder.exists():
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield entry, f"{prefix}{entry.name}"


def receive(
    inbox: Path,
    received: Path,
    seen: dict[str, Seen],
    known: Sequence[Receipt],
    clock: Callable[[], datetime] = utc_now,
) -> Arrivals:
    """Receive what is new in the inbox since the receipts that are `known`.

    `seen` is the memory of the inbox by path; where it is lost, files are hashed again and compared
    with the receipts, so that nothing arrives twice. `clock` gives the time of each receipt.
    """
    for torn in received.glob(".*.part"):  # of a run that was killed
        torn.unlink()
    files, notes = list_inbox(inbox)
    changed = [file for file in files if _differs(file, seen.get(file.inbox_path))]
    last_of_path = {receipt.inbox_path: receipt.sha256 for receipt in known if receipt.kind == "extract"}
    now_seen = {file.inbox_path: seen[file.inbox_path] for file in files if file.inbox_path in seen}
    arrived: list[tuple[InboxFile, str]] = []
    for file, sha256 in zip(changed, map(_hash_steady, changed), strict=True):
        if sha256 is None:
            notes.append(Note(file.inbox_path, _TORN))
            now_seen.pop(file.inbox_path, None)
            continue
        now_seen[file.inbox_path] = Seen(file.size_bytes, file.modified_ns, sha256)
        if last_of_path.get(file.inbox_path) != sha256:
            arrived.append((file, sha256))
    receipts = _write_receipts_for(arrived, received, known, clock)
    for path in {file.inbox_path for file, _ in arrived} - {receipt.inbox_path for receipt in receipts}:
        notes.append(Note(path, _TORN))
        now_seen.pop(path)
    notes += [Note(receipt.inbox_path, _NOT_KEPT) for receipt in receipts if receipt.outcome == _REMOVED]
    return Arrivals(tuple(receipts), tuple(notes), now_seen)


def _differs(file: InboxFile, seen: Seen | None) -> bool:
    return seen is None or (file.size_bytes, file.modified_ns) != (seen.size_bytes, seen.modified_ns)


def _hash_steady(file: InboxFile) -> str | None:
    """The sha256 of a file; None where its size or time changed meanwhile, or it went away."""
    try:
        digest = hash_file(file.path)
        status = file.path.stat()
    except OSError:
        return None
    return digest if (status.st_size, status.st_mtime_ns) == (file.size_bytes, file.modified_ns) else None


def hash_file(path: Path) -> str:
    """The sha256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _write_receipts_for(
    arrived: list[tuple[InboxFile, str]], received: Path, known: Sequence[Receipt], clock: Callable[[], datetime]
) -> list[Receipt]:
    """Keep new bytes, then write the receipts: a receipt never stands without its copy."""
    if not arrived:
        return []
    received.mkdir(parents=True, exist_ok=True)
    last = max((receipt.received_at for receipt in known), default=None)
    run_at = next_moment(clock(), last)
    kept = _copies_without_receipt(received, known) | {receipt.sha256: receipt.path for receipt in known}
    delivered = {(receipt.source, receipt.sha256) for receipt in known}
    removed = {receipt.sha256 for receipt in known if receipt.kind == "removal"}
    receipts: list[Receipt] = []
    copies: list[tuple[Path, Path, str]] = []
    for file, sha256 in arrived:
        last = next_moment(clock(), last)
        receipt_id = receipt_id_of(last, sha256, file.path.name)
        if sha256 not in kept:
            kept[sha256] = received / receipt_id
            copies.append((file.path, kept[sha256], sha256))
        outcome: Outcome = "duplicate" if (file.source, sha256) in delivered else "new"
        outcome = _REMOVED if sha256 in removed else outcome
        delivered.add((file.source, sha256))
        receipts.append(
            Receipt(receipt_id, "extract", last, run_at, file.source, file.inbox_path, file.path.name, sha256,
                    file.size_bytes, file.modified_ns, outcome, kept[sha256])
        )  # fmt: skip
    torn = {target for source, target, sha256 in copies if not _copy_aside(source, target, sha256)}
    rename_durably([(aside_of(target), target) for _, target, _ in copies if target not in torn])
    whole = [receipt for receipt in receipts if receipt.path not in torn]
    write_receipts(received, whole)
    return whole


def _copies_without_receipt(received: Path, known: Sequence[Receipt]) -> dict[str, Path]:
    """Copies that a run which was killed had kept and not yet receipted, by their sha256: they need no second copy."""
    receipted = {receipt.path.name for receipt in known}
    names = [entry.name for entry in os.scandir(received) if not entry.name.startswith(".")]
    copies = [received / name for name in names if not name.endswith(SUFFIX) and name not in receipted]
    return {hash_file(path): path for path in copies}


def _copy_aside(source: Path, target: Path, sha256: str) -> bool:
    """Copy bytes to where they wait for their name; False, and nothing there, where they are not what was hashed."""
    aside = aside_of(target)
    digest = hashlib.sha256()
    try:
        reader = source.open("rb")
    except OSError:  # it went away since it was hashed
        return False
    with reader, aside.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
    if digest.hexdigest() != sha256:
        aside.unlink()
        return False
    return True


def remove_copy(
    receipt: Receipt, place: tuple[str, str], known: Sequence[Receipt], clock: Callable[[], datetime] = utc_now
) -> Receipt:
    """Remove the kept copy of a by-name list for good; the receipt of that, with the sheet and cell of the list.

    A receipt of its own, because receipts are never changed: it stands in `raw/`, so it outlives the warehouse. It is
    written first: a run that is killed in between leaves the copy to `clear_removed` of the next.
    """
    moment = next_moment(clock(), max((other.received_at for other in known), default=None))
    removal = replace(
        receipt,
        receipt_id=receipt_id_of(moment, receipt.sha256, receipt.file_name),
        kind="removal",
        received_at=moment,
        run_at=moment,
        outcome=_REMOVED,
        sheet=place[0],
        cell=place[1],
    )
    write_receipts(receipt.path.parent, [removal])
    clear_removed([removal])
    return removal


def clear_removed(receipts: Sequence[Receipt]) -> None:
    """See that no copy of a removed list is there, of a run that was killed or out of a backup."""
    for receipt in receipts:
        if receipt.kind == "removal" and receipt.path.exists():
            receipt.path.unlink()
            sync_folder(receipt.path.parent)


def write_withdrawal(
    extract: Receipt, outcome: Literal["withdrawn", "brought back"], reason: str, known: Sequence[Receipt],
    clock: Callable[[], datetime] = utc_now,
) -> Receipt:  # fmt: skip
    """The receipt that takes an extract out, or in again, from its time on; `extract` is an arrival of it."""
    moment = next_moment(clock(), max(receipt.received_at for receipt in known))
    withdrawal = replace(
        extract,
        receipt_id=receipt_id_of(moment, extract.sha256, extract.file_name),
        kind="withdrawal",
        received_at=moment,
        run_at=moment,
        outcome=outcome,
        reason=reason,
    )
    write_receipts(extract.path.parent, [withdrawal])
    return withdrawal


def receive_version(
    path: Path, content: bytes, kind: Literal["source_rank", "correction", "recipient_count"], received: Path,
    known: Sequence[Receipt],
    clock: Callable[[], datetime] = utc_now,
) -> Receipt | None:  # fmt: skip
    """Keep a version of a file that people edit in `raw/` with a receipt; None where it is the last one kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    versions = [receipt for receipt in known if receipt.kind == kind]
    if versions and versions[-1].sha256 == sha256:
        return None
    moment = next_moment(clock(), max((receipt.received_at for receipt in known), default=None))
    receipt_id = receipt_id_of(moment, sha256, path.name)
    received.mkdir(parents=True, exist_ok=True)
    kept = _copies_without_receipt(received, known) | {receipt.sha256: receipt.path for receipt in versions}
    target = kept.get(sha256, received / receipt_id)
    if not target.exists():
        put_in_place([(target, content)])
    receipt = Receipt(receipt_id, kind, moment, moment, "", path.name, path.name, sha256, len(content),
                      path.stat().st_mtime_ns, "new", target)  # fmt: skip
    write_receipts(received, [receipt])
    return receipt
