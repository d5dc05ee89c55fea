"""Kept releases: what stays, what is listed, putting one back and going on, and files that cannot be replaced."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.errors import NotPublished, WrongUse
from flows.job import Summary, run_job
from flows.publish import releases as releases_module
from flows.publish.releases import (
    find_damage,
    list_releases,
    name_release,
    read_hold,
    restore_release,
    resume_releases,
)
from flows.settings import Settings
from flows.status import read_status
from tests.conftest import coverage_rows, ucj, write_workbook

pytestmark = pytest.mark.slow

FIRST, SECOND, THIRD = 70000, 70100, 70200  # active members of Trenggalek in the releases


def publish(settings: Settings, active: int) -> Summary:
    """Send one more workbook of Trenggalek, and run the job."""
    rows = coverage_rows(("Kabupaten Trenggalek", 270622, active))
    write_workbook(settings.inbox / "provinsi" / f"{active}.xlsx", rows)
    return run_job(settings)


@pytest.fixture(scope="module")
def two_releases_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw/ and a warehouse/ with two releases, made once."""
    folder = tmp_path_factory.mktemp("two")
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse")
    publish(settings, FIRST)
    publish(settings, SECOND)
    return folder


@pytest.fixture
def settings(two_releases_made: Path, tmp_path: Path) -> Settings:
    """A raw/ and a warehouse/ of this test's own, with the two releases."""
    shutil.copytree(two_releases_made, tmp_path, dirs_exist_ok=True)
    return Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse")


def names_of(settings: Settings) -> tuple[str, str]:
    """The names of two releases, the first one first."""
    first, second = sorted(path.stem for path in settings.releases.iterdir())
    return first, second


def active_members(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        ((active,),) = connection.execute("select active_members from mart.coverage").fetchall()
        return int(active)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[12288:] = bytes(len(content) - 12288)  # all behind the headers
    path.write_bytes(content)


def test_the_last_releases_stay_and_the_published_file_is_one_of_them(settings: Settings) -> None:
    first, second = names_of(settings)
    third = publish(replace(settings, keep_releases=2), THIRD).release.release_id
    assert names_of(settings) == (second, third)
    assert first < second < third
    assert active_members(settings.releases / f"{second}.duckdb") == SECOND
    assert active_members(settings.published) == THIRD
    assert settings.published.samefile(settings.releases / f"{third}.duckdb")
    assert not list(settings.warehouse.glob(".*"))


def test_unchanged_content_is_no_release_of_its_own(settings: Settings) -> None:
    first, second = names_of(settings)
    assert run_job(replace(settings, jump_pct_points=50)).release.release_id == second
    assert names_of(settings) == (first, second)
    assert settings.published.samefile(settings.releases / f"{second}.duckdb")


def test_without_hard_links_the_published_file_is_a_copy(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    release = publish(settings, THIRD).release
    kept = settings.releases / f"{release.release_id}.duckdb"
    assert kept.read_bytes() == settings.published.read_bytes()
    assert not kept.samefile(settings.published)


def test_the_list_says_in_what_each_differs_from_the_one_before(settings: Settings) -> None:
    publish(replace(settings, read_seconds=121, jump_pct_points=21), THIRD)
    third, second, first = list_releases(settings)
    assert (first.changed, second.changed, third.changed) == ((), ("inputs",), ("inputs", "reader", "models"))
    assert (first.receipts, second.receipts, third.receipts) == (1, 2, 3)
    assert [release.is_published for release in (first, second, third)] == [False, False, True]
    told = ucj(settings, "releases", "--lang", "en").stdout.splitlines()
    assert told[0].split("  ")[0] == "Release"
    assert told[2].startswith(third.release_id)
    assert told[2].endswith("inputs, reader, SQL models  4 moved, 0 new, 0 gone  published")
    assert json.loads(ucj(settings, "releases", "--json").stdout)["releases"][2] == {
        "release": first.release_id,
        "published_at": first.published_at.isoformat(timespec="seconds"),
        "size_bytes": first.size_bytes,
        "receipts": 1,
        "changed": [],
        "moves": None,
        "is_published": False,
        "is_held": False,
        "is_damaged": False,
    }


def test_nothing_kept_is_one_sentence(tmp_path: Path) -> None:
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "none")
    done = ucj(settings, "releases", "--lang", "en")
    assert (done.returncode, done.stdout) == (0, "No release is kept yet; `ucj run` publishes the first.\n")


def test_a_release_that_is_put_back_is_held_until_it_is_let_go(settings: Settings) -> None:
    first, second = names_of(settings)
    done = ucj(settings, "releases", "restore", first, "--lang", "en")
    assert (done.returncode, done.stdout) == (
        0,
        f"Release {first} is published again and held: no run replaces it until `ucj releases resume`.\n",
    )
    assert active_members(settings.published) == FIRST
    hold = read_hold(settings.hold)
    assert hold is not None

    write_workbook(settings.inbox / "provinsi" / "c.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, THIRD)))
    run = ucj(settings, "run", "--direct")
    assert (run.returncode, run.stdout, run.stderr) == (
        3,
        "",
        f"Release {first} was put back and is held since {hold.since:%Y-%m-%d %H:%M} UTC. What came was received and "
        "read; nothing was built or published. `ucj releases resume` lets the next run publish again.\n",
    )
    assert active_members(settings.published) == FIRST
    assert len(list(settings.received.glob("*.receipt.json"))) == 3
    assert [(kept.is_published, kept.is_held) for kept in list_releases(settings)] == [(False, False), (True, True)]
    shown = dict(read_status(settings).lines("en"))
    assert shown["Held"].startswith(f"release {first} since ")
    assert shown["Held"].endswith("; nothing is published until `ucj releases resume`")
    assert read_status(settings).as_dict()["held"] == {"release": first, "since": hold.since.isoformat()}

    resumed = ucj(settings, "releases", "resume", "--lang", "en")
    assert resumed.stdout == f"Release {first} is no longer held; the next `ucj run` publishes as usual.\n"
    assert active_members(settings.published) == FIRST
    assert run_job(settings).release.is_new
    assert active_members(settings.published) == THIRD
    assert [kept.release_id for kept in list_releases(settings)][1:] == [second, first]
    assert ucj(settings, "releases", "resume", "--lang", "en").stdout == "No release is held.\n"


def test_after_the_hold_the_last_release_comes_back_where_nothing_changed(settings: Settings) -> None:
    first, second = names_of(settings)
    restore_release(first, settings)
    resume_releases(settings)
    again = run_job(settings)
    assert (again.release.release_id, again.release.is_new) == (second, True)
    assert active_members(settings.published) == SECOND
    assert names_of(settings) == (first, second)


def test_a_release_that_is_published_can_be_held(settings: Settings) -> None:
    _, second = names_of(settings)
    restore_release(second, settings)
    with pytest.raises(NotPublished, match=f"Release {second} was put back and is held since"):
        run_job(settings)
    assert not list(settings.warehouse.glob(".*"))


def test_a_restore_that_was_killed_halfway_is_finished_by_the_next_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = names_of(settings)

    def die(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(releases_module, "point_to", die)
        restore_release(first, settings)
    assert active_members(settings.published) == SECOND
    with pytest.raises(NotPublished, match="was put back and is held"):
        run_job(settings)
    assert active_members(settings.published) == FIRST


def test_what_a_killed_run_left_aside_is_never_written_into(settings: Settings) -> None:
    first, second = names_of(settings)
    os.link(settings.releases / f"{second}.duckdb", settings.warehouse / ".ucj.duckdb.part")
    restore_release(first, settings)
    assert active_members(settings.published) == FIRST
    assert find_damage(settings.releases / f"{second}.duckdb") == ""


def test_an_unknown_release_leaves_with_2_and_says_what_there_is(settings: Settings) -> None:
    first, second = names_of(settings)
    done = ucj(settings, "releases", "restore", "kemarin")
    assert (done.returncode, done.stderr) == (
        2,
        f"There is no release 'kemarin' in {settings.releases}. Kept are: {second}, {first}.\n",
    )
    assert read_hold(settings.hold) is None
    with pytest.raises(WrongUse, match=r"There is no release '\.\./ucj' in"):
        restore_release("../ucj", settings)


def test_a_damaged_release_is_named_and_nothing_is_replaced(settings: Settings) -> None:
    first, _ = names_of(settings)
    kept = settings.releases / f"{first}.duckdb"
    damage(kept)
    done = ucj(settings, "releases", "restore", first)
    assert done.returncode == 3
    assert done.stderr.startswith(f"{kept} is damaged (")
    assert done.stderr.endswith(
        "). Nothing was replaced; restore another release, or let `ucj run` make today's again from raw/.\n"
    )
    assert "Traceback" not in done.stderr
    assert active_members(settings.published) == SECOND
    assert read_hold(settings.hold) is None
    assert [release.is_damaged for release in list_releases(settings)] == [False, True]


def test_a_release_whose_figures_were_changed_afterwards_is_damaged(settings: Settings) -> None:
    first, _ = names_of(settings)
    kept = settings.releases / f"{first}.duckdb"
    assert find_damage(kept) == ""
    with duckdb.connect(str(kept)) as connection:
        connection.execute("update mart.coverage set active_members = 1")
    assert find_damage(kept) == "mart.coverage is not as it was published"
    other = kept.with_name("20200101T000000Z-00000000.duckdb")
    kept.rename(other)
    assert find_damage(other) == f"it holds release {first}"


def test_a_hold_that_cannot_be_read_says_how_to_lift_it(settings: Settings) -> None:
    settings.hold.write_text("{}")
    with pytest.raises(NotPublished) as stopped:
        run_job(settings)
    assert str(stopped.value) == (
        f"{settings.hold} does not say which release is held ('release'); delete it to lift the hold."
    )


# -- a system that does not replace a file that is open (Windows) ---------------------------------------


@pytest.fixture
def open_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Refuses, while its `is_open` holds, to replace or remove the published file, as Windows does."""
    state = {"is_open": True}
    really_replace = os.replace

    def replace_unless_open(source: Any, target: Any, **rest: Any) -> None:
        if state["is_open"] and Path(target) == settings.published and settings.published.exists():
            raise PermissionError(13, "The process cannot access the file", str(target))
        really_replace(source, target, **rest)

    monkeypatch.setattr(os, "replace", replace_unless_open)
    return state


def test_where_the_published_file_cannot_be_replaced_the_release_waits_and_follows(
    settings: Settings, open_file: dict[str, bool]
) -> None:
    waiting = publish(settings, THIRD)
    kept = settings.releases / f"{waiting.release.release_id}.duckdb"
    assert (waiting.release.is_new, waiting.release.path, waiting.exit_code) == (True, kept, 0)
    assert [(note.subject, note.text) for note in waiting.notes] == [
        (
            "ucj.duckdb",
            f"is open in another program; release {waiting.release.release_id} waits in {settings.releases} "
            "for the next run",
        )
    ]
    assert active_members(kept) == THIRD
    assert active_members(settings.published) == SECOND
    still = run_job(settings)
    assert (still.release.release_id, still.release.path) == (waiting.release.release_id, kept)
    assert len(list_releases(settings)) == 3
    open_file["is_open"] = False
    assert run_job(settings).release.path == settings.published
    assert active_members(settings.published) == THIRD
    assert not list(settings.warehouse.glob(".*"))


def test_a_release_that_waited_is_followed_by_what_came_meanwhile(
    settings: Settings, open_file: dict[str, bool]
) -> None:
    publish(settings, THIRD)
    open_file["is_open"] = False
    assert publish(settings, 70300).release.path == settings.published
    assert active_members(settings.published) == 70300
    assert len(list_releases(settings)) == 4


def test_a_restore_that_the_system_refuses_is_made_by_the_next_run(
    settings: Settings, open_file: dict[str, bool]
) -> None:
    first, _ = names_of(settings)
    with pytest.raises(NotPublished) as refused:
        restore_release(first, settings)
    assert str(refused.value) == (
        f"{settings.published} is open in another program and could not be replaced. Release {first} is held and takes "
        "its place at the next run."
    )
    open_file["is_open"] = False
    with pytest.raises(NotPublished, match="was put back and is held"):
        run_job(settings)
    assert active_members(settings.published) == FIRST


def test_a_release_of_the_same_content_leaves_an_open_one_as_it_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second = names_of(settings)
    kept = settings.releases / f"{second}.duckdb"
    really_replace = os.replace

    def refuse_both_names(source: Any, target: Any) -> None:
        if Path(target) in (kept, settings.published):
            raise PermissionError(13, "The process cannot access the file", str(target))
        really_replace(source, target)

    monkeypatch.setattr(os, "replace", refuse_both_names)
    again = run_job(replace(settings, jump_pct_points=50))
    assert (again.release.release_id, again.release.path) == (second, kept)
    assert active_members(settings.published) == SECOND
    assert not list(settings.warehouse.glob(".*"))


# -- the clock ------------------------------------------------------------------------------------------


def test_names_of_releases_keep_their_order_where_the_clock_goes_back(settings: Settings) -> None:
    last = list_releases(settings)[0].published_at
    name, published_at = name_release(last - timedelta(days=1), "0123456789abcdef", settings)
    assert published_at == last + timedelta(seconds=1)
    assert name == f"{published_at:%Y%m%dT%H%M%SZ}-01234567"
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert name_release(tomorrow, "0123456789abcdef", settings)[1] == tomorrow
