"""A disk without room: one clear sentence, the old release whole, and the next run makes up for it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.errors import NotPublished
from flows.job import run_job
from flows.settings import ROOT, Settings
from flows.status import read_failure, remember_failure
from flows.withdraw import withdraw
from tests.job.test_faults import AS_ROOT, FIRST, SECOND, mount, published_members, send
from tests.job.wholeness import see_nothing_left_over, see_one_whole_release

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Settings]:
    """raw/ and warehouse/ on a disk of 64 MB, where the test may mount one, with one release."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if AS_ROOT:
        mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", disk)
    settings = Settings(raw=disk / "raw", warehouse=disk / "warehouse")
    send(settings, FIRST)
    run_job(settings)
    yield settings
    if AS_ROOT:
        subprocess.run(["umount", disk], check=True)


# A run whose disk is full from one of its functions on; where no small disk could be mounted, one that may not write
# a file of more than a hundred bytes.
FULL = """
import os, sys
import flows.job
from flows.cli import main

function, disk, as_root = sys.argv[1], sys.argv[2], sys.argv[3] == "True"

def fill():
    if not as_root:
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        return
    with open(disk + "/filling", "wb", buffering=0) as file:
        for size in (1 << 20, 4096):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass

really = getattr(flows.job, function)
def on_a_full_disk(*arguments):
    fill()
    return really(*arguments)
if "--no-links" in sys.argv:
    def refuse(*_):
        raise OSError(95, "Operation not supported")
    os.link = refuse
setattr(flows.job, function, on_a_full_disk)
sys.argv = ["ucj", "run", "--direct", "--raw", disk + "/raw", "--warehouse", disk + "/warehouse"]
main()
"""


def run_on_a_disk_full_from(function: str, settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    disk = settings.raw.parent
    command = [sys.executable, "-c", FULL, function, disk, str(AS_ROOT), *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    (disk / "filling").unlink(missing_ok=True)
    return done


@pytest.mark.parametrize(
    ("function", "words"),
    [
        ("receive_files", ()),
        ("read_validate_and_stage", ()),
        ("build_audit_and_publish", ()),
        ("publish_release", ("--no-links",)),  # the copy that then must be made finds no room
    ],
)
def test_a_disk_that_is_full_is_one_sentence_and_the_next_run_makes_up_for_it(
    small_disk: Settings, function: str, words: tuple[str, ...]
) -> None:
    before = see_one_whole_release(small_disk.published)
    send(small_disk, SECOND)
    done = run_on_a_disk_full_from(function, small_disk, *words)
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith("No room is left on the disk (")
    assert done.stderr.endswith("). Nothing was published; the release before stays. Make room and run again.\n")
    assert "Traceback" not in done.stderr
    assert see_one_whole_release(small_disk.published) == before
    assert published_members(small_disk) == FIRST
    assert run_job(small_disk).exit_code == 0
    assert published_members(small_disk) == SECOND
    see_nothing_left_over(small_disk)


@pytest.mark.skipif(not AS_ROOT, reason="a limit on the size of files also stops what takes no room")
def test_publishing_itself_needs_no_room(small_disk: Settings) -> None:
    send(small_disk, SECOND)
    done = run_on_a_disk_full_from("publish_release", small_disk)
    assert done.returncode == 0, done.stderr
    assert "last_run.json: could not be written, so `ucj status` knows nothing of this run" in done.stdout
    assert published_members(small_disk) == SECOND
    assert run_job(small_disk).notes == ()
    see_nothing_left_over(small_disk)


def test_a_full_disk_is_remembered_where_there_is_room_for_that(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "raw/received/a.xlsx")

    monkeypatch.setattr("flows.job.receive_files", fail)
    sentence = (
        "No room is left on the disk ([Errno 28] No space left on device: 'raw/received/a.xlsx'). Nothing was "
        "published; the release before stays. Make room and run again."
    )
    with pytest.raises(NotPublished) as stopped, remember_failure(settings):
        run_job(settings)
    assert str(stopped.value) == sentence
    failure = read_failure(settings)
    assert failure is not None and failure.reason == sentence


@pytest.mark.skipif(not AS_ROOT, reason="needs a small disk of its own")
def test_a_withdrawal_that_finds_no_room_is_one_sentence_and_leaves_nothing(small_disk: Settings) -> None:
    receipts = sorted(small_disk.received.iterdir())
    with (small_disk.raw.parent / "filling").open("wb", buffering=0) as file:
        for size in (1 << 20, 4096):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))
    with pytest.raises(NotPublished, match="No room is left on the disk"):
        withdraw(small_disk, receipts[0].name.partition("_")[2].partition("_")[0], "uji")
    assert sorted(small_disk.received.iterdir()) == receipts
