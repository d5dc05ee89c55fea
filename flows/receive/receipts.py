"""Receipts: one small immutable JSON file for every arrival. They are the clock of what was known when.

A receipt's name begins with its time, so a listing of `raw/received/` is the history of the inbox.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.durable import put_in_place
from flows.errors import NotPublished
from flows.records import Receipt

SUFFIX = ".receipt.json"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_SHA = re.compile(r"[0-9a-f]{6,64}")
_LONGEST_NAME = 100  # bytes: with time, hash and ending it stays below the 255 that file systems take
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def safe_name(name: str) -> str:
    """A file name that every system takes: no control or path characters, at most 100 bytes."""
    plain = _UNSAFE.sub("_", name).strip(" .") or "tanpa-nama"
    if len(plain.encode()) <= _LONGEST_NAME:
        return plain
    stem, suffix = Path(plain).stem, Path(plain).suffix[:10]
    return stem.encode()[: _LONGEST_NAME - len(suffix.encode())].decode(errors="ignore") + suffix


def stamp(moment: datetime) -> str:
    """A UTC time as receipts and kept copies carry it in their names."""
    return moment.astimezone(UTC).strftime(_STAMP)


def receipt_id_of(moment: datetime, sha256: str, name: str) -> str:
    """The name of a receipt and of the copy that it keeps: when, what, and what it was called."""
    return f"{stamp(moment)}_{sha256[:12]}_{safe_name(name)}"


def next_moment(now: datetime, last: datetime | None) -> datetime:
    """The time of the next receipt: now, or just after the last one where the clock went back."""
    return now if last is None or now > last else last + timedelta(microseconds=1)


def utc_now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def write_receipts(folder: Path, receipts: Iterable[Receipt]) -> None:
    """Write receipts to disk in their order, each whole or not at all."""
    put_in_place([(folder / f"{receipt.receipt_id}{SUFFIX}", _content_of(receipt)) for receipt in receipts])


def _content_of(receipt: Receipt) -> bytes:
    content = {
        "kind": receipt.kind,
        "received_at": receipt.received_at.isoformat(timespec="microseconds"),
        "run_at": receipt.run_at.isoformat(timespec="microseconds"),
        "source": receipt.source,
        "inbox_path": receipt.inbox_path,
        "file_name": receipt.file_name,
        "sha256": receipt.sha256,
        "size_bytes": receipt.size_bytes,
        "modified_ns": receipt.modified_ns,
        "outcome": receipt.outcome,
        "kept_as": receipt.path.name,
    }
    if receipt.kind == "removal":
        content |= {"sheet": receipt.sheet, "cell": receipt.cell}
    if receipt.kind == "withdrawal":
        content |= {"reason": receipt.reason}
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def receipt_names(folder: Path) -> list[str]:
    """The receipt files of a folder, oldest first."""
    if not folder.exists():
        return []
    return sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(SUFFIX))


def read_receipt(folder: Path, name: str) -> Receipt:
    """One receipt from its file. Raises NotPublished naming the file where it is not one."""
    try:
        content: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
        kept_as = content.pop("kept_as")
        received_at = datetime.fromisoformat(content.pop("received_at"))
        run_at = datetime.fromisoformat(content.pop("run_at"))
        return Receipt(
            receipt_id=name.removesuffix(SUFFIX),
            received_at=received_at,
            run_at=run_at,
            path=folder / kept_as,
            **content,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotPublished(
            f"Nothing was published. {folder / name} is not a receipt ({error}); restore it from the backup of raw/ "
            "and run again."
        ) from None


def find_extracts(receipts: Sequence[Receipt], said: str) -> list[Receipt]:
    """The first arrival of every extract that `said` can mean: the beginning of a sha256, else a file's name.

    An extract has every name under which its bytes ever came.
    """
    arrivals = [receipt for receipt in receipts if receipt.kind == "extract"]
    found: list[Receipt] = []
    if _SHA.fullmatch(said.lower()):
        found = [receipt for receipt in arrivals if receipt.sha256.startswith(said.lower())]
    if not found:
        meant = {receipt.sha256 for receipt in arrivals if receipt.file_name == said}
        found = [receipt for receipt in arrivals if receipt.sha256 in meant]
    first: dict[str, Receipt] = {}
    for receipt in found:
        first.setdefault(receipt.sha256, receipt)
    return list(first.values())


def list_extracts(extracts: Sequence[Receipt]) -> str:
    """Extracts as a message quotes them: "6c6f03f154d0 disnaker-jatim/UCJ.xlsx (2024-11-18)"."""
    return ", ".join(f"{each.sha256[:12]} {each.inbox_path} ({each.received_at:%Y-%m-%d})" for each in extracts)
