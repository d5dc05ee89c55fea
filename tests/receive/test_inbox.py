"""What arrives is kept once, every arrival has its receipt, and the inbox is never changed."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.errors import NotPublished
from flows.receive import inbox as inbox_module
from flows.receive.inbox import Arrivals, Seen, list_inbox, receive, receive_version
from flows.receive.receipts import SUFFIX, find_extracts, list_extracts, read_receipt, receipt_names, safe_name
from flows.records import Receipt

MORNING = datetime(2024, 11, 18, 1, 0, tzinfo=UTC)


def put(folder: Path, name: str, content: bytes, modified: int = 1_700_000_000) -> Path:
    path = folder / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (modified, modified))
    return path


def look(folder: Path, known: list[Receipt] | None = None, seen: dict[str, Seen] | None = None) -> Arrivals:
    return receive(folder / "inbox", folder / "received", seen or {}, known or [], clock=lambda: MORNING)


def test_new_bytes_are_kept_once_under_time_hash_and_name(tmp_path: Path) -> None:
    put(tmp_path, "disnaker-jatim/UCJ Jatim.xlsx", b"isi")
    (receipt,) = look(tmp_path).receipts
    assert receipt.source == "disnaker-jatim"
    assert receipt.outcome == "new"
    assert receipt.path.name == "20241118T010000.000000Z_55c123196402_UCJ Jatim.xlsx"
    assert receipt.path.read_bytes() == b"isi"


def test_the_first_folder_is_the_source_and_the_inbox_itself_is_one(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", b"1")
    put(tmp_path, "gresik/2024/b.csv", b"2")
    assert [receipt.source for receipt in look(tmp_path).receipts] == ["inbox", "gresik"]


def test_the_same_bytes_under_another_name_are_a_duplicate_with_a_receipt(tmp_path: Path) -> None:
    put(tmp_path, "gresik/a.xlsx", b"isi")
    first = look(tmp_path)
    put(tmp_path, "gresik/b.xlsx", b"isi")
    second = look(tmp_path, list(first.receipts), first.seen)
    assert [(receipt.file_name, receipt.outcome) for receipt in second.receipts] == [("b.xlsx", "duplicate")]
    assert second.receipts[0].path == first.receipts[0].path
    assert len(receipt_names(tmp_path / "received")) == 2


def test_the_same_bytes_from_another_source_are_new_and_kept_once(tmp_path: Path) -> None:
    put(tmp_path, "gresik/a.xlsx", b"isi", modified=1)
    put(tmp_path, "provinsi/a.xlsx", b"isi", modified=2)
    one, other = look(tmp_path).receipts
    assert (one.outcome, other.outcome) == ("new", "new")
    assert one.path == other.path


def test_an_unchanged_path_is_no_arrival_even_where_its_memory_is_lost(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", b"isi")
    first = look(tmp_path)
    assert look(tmp_path, list(first.receipts), first.seen).receipts == ()
    assert look(tmp_path, list(first.receipts), {}).receipts == ()


def test_a_path_whose_bytes_come_back_is_an_arrival_again(tmp_path: Path) -> None:
    known: list[Receipt] = []
    seen: dict[str, Seen] = {}
    outcomes = []
    for second, content in enumerate((b"satu", b"dua!", b"satu")):
        put(tmp_path, "a.xlsx", content, modified=1_700_000_000 + second)
        arrivals = look(tmp_path, known, seen)
        known += arrivals.receipts
        seen = arrivals.seen
        outcomes += [receipt.outcome for receipt in arrivals.receipts]
    assert outcomes == ["new", "new", "duplicate"]


def test_a_receipt_reads_back_as_it_was_written(tmp_path: Path) -> None:
    put(tmp_path, "gresik/a.xlsx", b"isi")
    (receipt,) = look(tmp_path).receipts
    (name,) = receipt_names(tmp_path / "received")
    assert read_receipt(tmp_path / "received", name) == receipt
    assert json.loads((tmp_path / "received" / name).read_text())["sha256"] == receipt.sha256


def test_a_damaged_receipt_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.receipt.json").write_text("{")
    with pytest.raises(NotPublished, match=r"x\.receipt\.json is not a receipt \(.*\); restore it from the backup"):
        read_receipt(tmp_path, "x.receipt.json")


def test_times_of_receipts_never_repeat_even_where_the_clock_goes_back(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", b"1")
    first = look(tmp_path)
    put(tmp_path, "b.xlsx", b"2")
    put(tmp_path, "c.xlsx", b"3")
    earlier = MORNING - timedelta(days=1)
    second = receive(tmp_path / "inbox", tmp_path / "received", first.seen, first.receipts, clock=lambda: earlier)
    times = [receipt.received_at for receipt in (*first.receipts, *second.receipts)]
    assert times == sorted(set(times))


def test_files_are_received_oldest_first_then_by_name(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx", b"1", modified=200)
    put(tmp_path, "a.xlsx", b"2", modified=200)
    put(tmp_path, "z.xlsx", b"3", modified=100)
    assert [receipt.file_name for receipt in look(tmp_path).receipts] == ["z.xlsx", "a.xlsx", "b.xlsx"]


def test_lock_files_and_dotfiles_are_skipped_with_a_note(tmp_path: Path) -> None:
    put(tmp_path, "~$a.xlsx", b"1")
    put(tmp_path, ".DS_Store", b"2")
    arrivals = look(tmp_path)
    assert arrivals.receipts == ()
    assert {note.subject: note.text for note in arrivals.notes} == {
        "~$a.xlsx": "skipped: Excel's lock file; close the workbook",
        ".DS_Store": "skipped: hidden file",
    }


def test_an_empty_file_is_received(tmp_path: Path) -> None:
    put(tmp_path, "kosong.xlsx", b"")
    assert [receipt.size_bytes for receipt in look(tmp_path).receipts] == [0]


def test_a_file_that_changes_while_it_is_hashed_waits_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.xlsx", b"separuh")
    really_hash = inbox_module.hash_file

    def hash_and_let_it_grow(file: Path) -> str:
        digest = really_hash(file)
        file.write_bytes(b"separuh lagi")
        return digest

    monkeypatch.setattr(inbox_module, "hash_file", hash_and_let_it_grow)
    arrivals = look(tmp_path)
    assert arrivals.receipts == ()
    assert [note.text for note in arrivals.notes] == ["left for the next run: it changed while it was read"]
    monkeypatch.undo()
    assert [receipt.path.read_bytes() for receipt in look(tmp_path).receipts] == [path.read_bytes()]


def test_the_inbox_is_never_changed(tmp_path: Path) -> None:
    path = put(tmp_path, "a.xlsx", b"isi")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    look(tmp_path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.inbox_path for file in list_inbox(tmp_path / "inbox")[0]] == ["a.xlsx"]


def test_no_part_files_are_left(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", b"isi")
    look(tmp_path)
    assert not list((tmp_path / "received").glob(".*"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("UCJ Jatim.xlsx", "UCJ Jatim.xlsx"),
        ("a\x07b:c?.xlsx", "a_b_c_.xlsx"),
        ("x" * 200 + ".xlsx", "x" * 95 + ".xlsx"),
        ("x" * 220, "x" * 100),
        ("é" * 80 + ".xlsx", "é" * 47 + ".xlsx"),
        ("...", "tanpa-nama"),
    ],
)
def test_names_of_kept_copies_suit_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_each_version_of_a_file_that_people_edit_has_a_receipt_and_is_kept_once(tmp_path: Path) -> None:
    path, received = tmp_path / "sources.csv", tmp_path / "received"
    known: list[Receipt] = []

    def edit(content: bytes) -> Receipt | None:
        path.write_bytes(content)
        receipt = receive_version(path, content, "source_rank", received, known, clock=lambda: MORNING)
        known.extend([receipt] if receipt else [])
        return receipt

    first, same, second, back = edit(b"satu"), edit(b"satu"), edit(b"dua"), edit(b"satu")
    assert first and second and back and same is None
    assert first.path.name == "20241118T010000.000000Z_4890d709dd99_sources.csv"
    assert back.path == first.path
    assert [(receipt.kind, receipt.received_at.microsecond) for receipt in known] == [
        ("source_rank", 0),
        ("source_rank", 1),
        ("source_rank", 2),
    ]
    assert [read_receipt(received, name) for name in receipt_names(received)] == known


def test_an_extract_is_named_by_the_beginning_of_its_sha256_or_by_any_name_that_its_bytes_had(tmp_path: Path) -> None:
    put(tmp_path, "gresik/a.xlsx", b"isi", modified=1)
    put(tmp_path, "gresik/b.xlsx", b"isi", modified=2)
    put(tmp_path, "provinsi/a.xlsx", b"lain", modified=3)
    receipts = look(tmp_path).receipts
    first, _, other = receipts
    assert find_extracts(receipts, "b.xlsx") == [first]
    assert find_extracts(receipts, "a.xlsx") == [first, other]
    assert find_extracts(receipts, first.sha256[:12]) == find_extracts(receipts, first.sha256.upper()) == [first]
    assert find_extracts(receipts, first.sha256[:5]) == find_extracts(receipts, "A.xlsx") == []
    assert list_extracts([first, other]) == (
        f"{first.sha256[:12]} gresik/a.xlsx (2024-11-18), {other.sha256[:12]} provinsi/a.xlsx (2024-11-18)"
    )


def test_a_file_that_goes_away_before_it_is_kept_waits_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.xlsx", b"satu")
    gone = put(tmp_path, "b.xlsx", b"dua")
    really_copy = inbox_module._copy_aside

    def copy_after_it_went(source: Path, target: Path, sha256: str) -> bool:
        gone.unlink(missing_ok=True)
        return really_copy(source, target, sha256)

    monkeypatch.setattr(inbox_module, "_copy_aside", copy_after_it_went)
    arrivals = look(tmp_path)
    assert [receipt.file_name for receipt in arrivals.receipts] == ["a.xlsx"]
    assert [note.subject for note in arrivals.notes] == ["b.xlsx"]


def test_a_duplicate_s_receipt_is_never_written_before_the_first_arrival_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import durable

    put(tmp_path, "a.xlsx", b"isi", modified=2)
    put(tmp_path, "b.xlsx", b"isi", modified=1)
    placed: list[str] = []
    really_replace = os.replace
    monkeypatch.setattr(durable.os, "replace", lambda a, b: (placed.append(Path(b).name), really_replace(a, b)))
    first, second = look(tmp_path).receipts
    assert (first.outcome, second.outcome) == ("new", "duplicate")
    copy, *of_receipts = placed
    assert copy == first.path.name
    assert of_receipts == [f"{first.receipt_id}{SUFFIX}", f"{second.receipt_id}{SUFFIX}"]


def test_a_name_that_is_no_text_is_skipped_with_a_note(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", b"isi")
    name = os.fsdecode(b"tidak-terbaca-\xff.xlsx")
    (tmp_path / "inbox" / name).write_bytes(b"isi")
    arrivals = look(tmp_path)
    assert [receipt.file_name for receipt in arrivals.receipts] == ["a.xlsx"]
    assert [note.text for note in arrivals.notes] == ["skipped: its name is no readable text; rename it"]


def test_a_file_that_changes_between_hashing_and_keeping_waits_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.xlsx", b"satu")
    changing = put(tmp_path, "b.xlsx", b"dua")
    really_copy = inbox_module._copy_aside

    def copy_after_a_change(source: Path, target: Path, sha256: str) -> bool:
        changing.write_bytes(b"tiga")
        return really_copy(source, target, sha256)

    monkeypatch.setattr(inbox_module, "_copy_aside", copy_after_a_change)
    arrivals = look(tmp_path)
    assert [receipt.file_name for receipt in arrivals.receipts] == ["a.xlsx"]
    assert [(note.subject, note.text) for note in arrivals.notes] == [
        ("b.xlsx", "left for the next run: it changed while it was read")
    ]
    assert "b.xlsx" not in arrivals.seen
    assert len(list((tmp_path / "received").iterdir())) == 2
