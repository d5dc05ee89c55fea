"""What the machine does to a run: a full disk, two runs at once, a read-only inbox, damaged files, another machine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.errors import NotPublished
from flows.job import run_job
from flows.settings import ROOT, Settings
from tests.conftest import coverage_rows, write_workbook
from tests.job.wholeness import see_nothing_left_over, see_one_whole_release

AS_ROOT = os.name == "posix" and os.geteuid() == 0
FIRST, SECOND = 70000, 70100  # active members of Trenggalek in the first release and in the second


def send(settings: Settings, active: int) -> Path:
    rows = coverage_rows(("Kabupaten Trenggalek", 270622, active))
    return write_workbook(settings.inbox / "provinsi" / f"{active}.xlsx", rows)


@pytest.fixture(scope="module")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw/ and a warehouse/ with one release, made once."""
    folder = tmp_path_factory.mktemp("released")
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse")
    send(settings, FIRST)
    run_job(settings)
    return folder


@pytest.fixture
def released(released_once: Path, tmp_path: Path) -> Settings:
    """A raw/ and a warehouse/ of this test's own, with one release."""
    shutil.copytree(released_once, tmp_path / "released")
    return Settings(raw=tmp_path / "released" / "raw", warehouse=tmp_path / "released" / "warehouse")


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(query).fetchall()


def published_members(settings: Settings) -> object:
    return ask(settings, "select active_members from mart.coverage")[0][0]


def start_run(settings: Settings) -> subprocess.Popen[str]:
    """`ucj run` in a process and session of its own."""
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--lang", "en"]
    command += ["--raw", str(settings.raw), "--warehouse", str(settings.warehouse)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    )


def mount(*words: str | Path) -> None:
    subprocess.run(["mount", *words], check=True)


def wait_for(what: Callable[[], object]) -> None:
    patience_ends = time.monotonic() + 60
    while not what():
        assert time.monotonic() < patience_ends, "waited in vain"
        time.sleep(0.01)


# -- two runs, and one that died ------------------------------------------------------------------------


def test_of_two_runs_at_once_the_second_says_who_is_at_work_and_does_nothing(settings: Settings) -> None:
    send(settings, FIRST)
    first = start_run(settings)
    wait_for(lambda: settings.lock.exists() and settings.lock.read_text())
    first.send_signal(signal.SIGSTOP)
    second = start_run(settings)
    said, complaint = second.communicate()
    first.send_signal(signal.SIGCONT)
    _, complaint_of_first = first.communicate()
    assert (second.returncode, said) == (3, "")
    assert complaint.startswith(f"Another run is at work (process {first.pid} on ")
    assert complaint.endswith("); nothing was done. Wait for it to end.\n")
    assert (first.returncode, complaint_of_first) == (0, "")
    assert published_members(settings) == FIRST


@pytest.mark.slow
def test_the_lock_of_a_run_that_was_killed_holds_nobody_up(settings: Settings) -> None:
    send(settings, FIRST)
    killed = start_run(settings)
    wait_for(lambda: settings.lock.exists() and settings.lock.read_text())
    killed.kill()
    killed.communicate()
    assert json.loads(settings.lock.read_text())["pid"] == killed.pid
    assert run_job(settings).release.is_new
    assert settings.lock.read_text() == ""
    see_nothing_left_over(settings)


@pytest.mark.slow
def test_a_copy_that_a_killed_run_kept_without_a_receipt_is_taken_up(settings: Settings) -> None:
    path = send(settings, FIRST)
    settings.received.mkdir()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    orphan = settings.received / f"20241118T010000.000000Z_{digest[:12]}_{path.name}"
    orphan.write_bytes(path.read_bytes())
    run_job(settings)
    assert ask(settings, "select kept_as from meta.receipt") == [(orphan.name,)]
    see_nothing_left_over(settings)


@pytest.mark.slow
def test_a_staging_file_that_a_killed_run_had_half_made_is_made_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    send(settings, FIRST)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("flows.stage.Staging.add_reference", die)
        run_job(settings)
    run_job(settings)
    assert ask(settings, "select count(*) from core.region where province_code = '35'") == [(39,)]
    see_nothing_left_over(settings)


# -- the inbox ------------------------------------------------------------------------------------------


@pytest.fixture
def read_only_inbox(settings: Settings) -> Iterator[Settings]:
    """An inbox with one workbook in which nothing can be written."""
    path = send(settings, FIRST)
    if AS_ROOT:  # for whom no permission counts
        mount("--bind", settings.inbox, settings.inbox)
        mount("-o", "remount,ro,bind", settings.inbox)
    path.parent.chmod(0o555) if not AS_ROOT else None
    with pytest.raises(OSError):
        (path.parent / "coba").touch()
    yield settings
    if AS_ROOT:
        subprocess.run(["umount", settings.inbox], check=True)
    path.parent.chmod(0o755)


def test_an_inbox_that_can_only_be_read_is_enough(read_only_inbox: Settings) -> None:
    assert run_job(read_only_inbox).new_files == 1
    assert published_members(read_only_inbox) == FIRST


GROWING = """
import sys, time
with open(sys.argv[1], "ab", buffering=0) as file:
    print("grows", flush=True)
    while True:
        file.write(bytes(100))
        time.sleep(0.001)
"""


@pytest.mark.slow
def test_a_file_that_another_program_is_still_writing_waits_for_the_next_run(settings: Settings) -> None:
    send(settings, FIRST)
    growing = settings.inbox / "provinsi" / "besar.xlsx"
    growing.write_bytes(bytes(8 << 20))
    writer = subprocess.Popen([sys.executable, "-c", GROWING, growing], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "grows\n"
    try:
        torn = run_job(settings)
    finally:
        writer.kill()
        writer.communicate()
    assert [(note.subject, note.text) for note in torn.notes] == [
        ("provinsi/besar.xlsx", "left for the next run: it changed while it was read")
    ]
    assert (torn.new_files, published_members(settings)) == (1, FIRST)
    see_nothing_left_over(settings)
    run_job(settings)
    (kept,) = settings.received.glob("*besar.xlsx")
    assert kept.read_bytes() == growing.read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_file_may_be_called_anything(settings: Settings) -> None:
    kept_as = {
        "baris\nbaru\x1b[31m.xlsx": "baris_baru_[31m.xlsx",
        "a..b..xlsx": "a..b..xlsx",
        "CON.xlsx": "CON.xlsx",
        "x" * 250 + ".xlsx": "x" * 95 + ".xlsx",
        "=cmd|'calc'!A1.xlsx": "=cmd_'calc'!A1.xlsx",
    }
    for number, name in enumerate(kept_as):
        rows = coverage_rows(("Kabupaten Trenggalek", 270622, FIRST + number), ("Kabupaten Antah", 10, 1))
        write_workbook(settings.inbox / f"{number}.xlsx", rows).rename(settings.inbox / name)
    run = start_run(settings)
    said, complaint = run.communicate()
    assert (run.returncode, complaint) == (1, "")
    assert not [sign for sign in said if not sign.isprintable() and sign != "\n"]
    receipts = ask(settings, "select file_name, kept_as, sha256 from meta.receipt")
    assert {name: str(kept).partition("Z_")[2] for name, kept, _ in receipts} == {
        name: f"{digest[:12]}_{kept_as[str(name)]}" for name, _, digest in receipts
    }
    assert {name for name, _, _ in receipts} == set(kept_as)
    assert {path.parent for path in settings.raw.rglob("*") if path.is_file()} == {settings.inbox, settings.received}


# -- damaged files --------------------------------------------------------------------------------------


def spoil(path: Path) -> None:
    """Zeros behind the headers: the file still opens."""
    content = path.read_bytes()
    path.write_bytes(content[:12288] + bytes(len(content) - 12288))


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["inside", "whole", "cut short"])
def test_a_damaged_staging_file_is_set_aside_and_made_again(released: Settings, damage: str) -> None:
    was = see_one_whole_release(released.published)
    received = {path: path.read_bytes() for path in released.received.iterdir()}
    if damage == "inside":
        spoil(released.staging)
    elif damage == "whole":
        released.staging.write_bytes(b"bukan basis data")
    else:
        os.truncate(released.staging, released.staging.stat().st_size // 2)
    spoiled = released.staging.read_bytes()
    again = run_job(released)
    assert [(note.subject, note.text) for note in again.notes] == [
        ("staging.duckdb", "was damaged; set aside as staging.damaged.duckdb, and all was read again")
    ]
    assert again.read_files == 1
    assert (again.release.release_id, again.release.is_new) == (was, False)
    assert (released.warehouse / "staging.damaged.duckdb").read_bytes() == spoiled
    assert {path: path.read_bytes() for path in released.received.iterdir()} == received
    assert run_job(released).notes == ()


@pytest.mark.slow
def test_a_staging_file_that_another_program_holds_is_not_taken_for_damaged(released: Settings) -> None:
    holding = "import sys, duckdb\nc = duckdb.connect(sys.argv[1])\nprint('holds', flush=True)\nsys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", holding, released.staging], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holds\n"
    try:
        with pytest.raises(NotPublished, match=r"Nothing was published; the release before stays\. .*lock on file"):
            run_job(released)
    finally:
        holder.communicate("")
    assert run_job(released).read_files == 0


@pytest.mark.slow
def test_a_kept_copy_whose_bytes_changed_is_named_and_the_run_stops(released: Settings) -> None:
    (kept,) = released.received.glob("*.xlsx")
    kept.write_bytes(kept.read_bytes() + b"\0")
    released.staging.unlink()
    run = start_run(released)
    _, complaint = run.communicate()
    assert run.returncode == 3
    assert complaint == (
        "Nothing was published. Kept copies are missing or no longer what came; restore them from the backup of raw/ "
        f"and run again:\n{kept}: its bytes are no longer those of the receipt {kept.name}\n"
    )
    assert published_members(released) == FIRST


@pytest.mark.slow
def test_a_damaged_receipt_is_named_and_the_run_stops(released: Settings) -> None:
    (receipt,) = released.received.glob("*.receipt.json")
    receipt.write_text("{")
    released.staging.unlink()
    run = start_run(released)
    _, complaint = run.communicate()
    assert run.returncode == 3
    assert complaint.startswith(f"Nothing was published. {receipt} is not a receipt (")
    assert complaint.endswith("); restore it from the backup of raw/ and run again.\n")


# -- clocks and machines --------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_comes_after_the_clock_went_back_is_still_the_latest(released: Settings) -> None:
    (path,) = released.received.glob("*.receipt.json")
    receipt = json.loads(path.read_text())
    tomorrow = datetime.fromisoformat(receipt["received_at"]) + timedelta(days=1)
    receipt["received_at"] = receipt["run_at"] = tomorrow.isoformat(timespec="microseconds")
    path.unlink()
    path.with_name(f"{tomorrow:%Y%m%dT%H%M%S.%fZ}_{path.name.partition('_')[2]}").write_text(json.dumps(receipt))
    shutil.rmtree(released.warehouse)
    send(released, SECOND)
    run_job(released)
    assert published_members(released) == SECOND
    assert ask(released, "select file_name from meta.receipt order by received_at") == [
        (f"{FIRST}.xlsx",),
        (f"{SECOND}.xlsx",),
    ]


@pytest.mark.slow
def test_a_copy_of_raw_on_another_machine_gives_the_same_content(settings: Settings, tmp_path: Path) -> None:
    send(settings, FIRST)
    write_workbook(settings.inbox / "gresik" / "b.xlsx", coverage_rows(("Gresik", 557575, 292000), date="21 Mei 2024"))
    settings.source_ranks.write_text("source,basis,rank,reason\ngresik,,1,data sendiri\n")
    first = run_job(settings)
    home = tmp_path / "rumah orang lain"
    home.mkdir()
    shutil.copytree(settings.raw, home / "salinan raw", copy_function=shutil.copyfile)  # with other times
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--json"]
    command += ["--raw", str(home / "salinan raw"), "--warehouse", str(home / "gudang")]
    other = {"HOME": str(home), "USER": "orang-lain", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    environment = os.environ | other | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, env=environment, check=True)
    assert json.loads(done.stdout)["content_hash"] == first.release.content_hash
    assert json.loads(done.stdout)["new_files"] == 0
