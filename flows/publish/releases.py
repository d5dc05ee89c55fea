"""The last releases, under `warehouse/releases/`, and how the published file comes to be one of them.

A built file is put under `releases/` first, whole and by its own name; then `ucj.duckdb` becomes that file in one step:
a second name for the same bytes (a hard link; a copy where the file system has none), renamed over the old one. So a
release is never there in part, the published file costs no second copy, and who holds the old one open reads on. Where
a run dies between the two steps, or the system refuses to replace a file that is open (Windows), the release waits
under `releases/` and the next run finds it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from flows.content import hash_table
from flows.durable import aside_of, put_in_place, rename_durably
from flows.errors import NotPublished, WrongUse
from flows.faults import explain_faults
from flows.publish.lock import hold_lock
from flows.publish.published import Moves, Published, count_moves, read_published
from flows.settings import Settings

_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class KeptRelease:
    """A release that is kept. `changed` says of what (inputs, reader, models, duckdb) it differs from the one kept
    before; empty for the first. `moves` is None where it has none before it."""

    release_id: str
    published_at: datetime
    size_bytes: int
    receipts: int | None
    changed: tuple[str, ...]
    moves: Moves | None
    is_published: bool
    is_held: bool
    is_damaged: bool

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        facts = asdict(self) | {"published_at": self.published_at.isoformat(timespec="seconds")}
        return {"release": facts.pop("release_id"), **facts}


@dataclass(frozen=True)
class Hold:
    """A release that a person put back, and since when no run may replace it."""

    release_id: str
    since: datetime


# -- publishing -----------------------------------------------------------------------------------------


def name_release(now: datetime, content: str, settings: Settings) -> tuple[str, datetime]:
    """The name of a new release and its time: later than every kept one, though the clock may have gone back."""
    kept = _kept_files(settings)
    last = _time_of(kept[-1].stem) if kept else None
    published_at = now if last is None or now >= last + timedelta(seconds=1) else last + timedelta(seconds=1)
    return f"{published_at:{_STAMP}}-{content[:8]}", published_at


def publish_release(built: Path, kept: Path, settings: Settings) -> bool:
    """Keep a built file as a release and publish it; those beyond the last `keep_releases` go.

    False where the system refused to replace a file that is open: what is published stays, the release waits.
    """
    kept.parent.mkdir(exist_ok=True)
    try:
        rename_durably([(built, kept)])
    except PermissionError:
        if not kept.exists():
            raise
        built.unlink()  # the same content is kept and open, only its bookkeeping is older
        return False
    return point_to(kept, settings)


def point_to(kept: Path, settings: Settings) -> bool:
    """Make the published file be a kept release, in one step; False where the system refuses while it is open."""
    published, aside = settings.published, aside_of(settings.published)
    if published.exists() and published.samefile(kept):
        return True  # a rename between two names of one file would do nothing, and leave both
    aside.unlink(
        missing_ok=True
    )  # of a run that was killed: another name of an older release, never to be written into
    try:
        os.link(kept, aside)
    except OSError:
        shutil.copyfile(kept, aside)
    try:
        # DuckDB 1.5 would replay a stale log into the new file without a word.
        published.with_name(f"{published.name}.wal").unlink(missing_ok=True)
        rename_durably([(aside, published)])
    except PermissionError:
        aside.unlink()
        return False
    _prune(settings, spared=kept)
    return True


def _prune(settings: Settings, spared: Path) -> None:
    files = _kept_files(settings)
    for path in files[: max(len(files) - settings.keep_releases, 0)]:
        if path != spared:
            try:
                path.unlink()
            except PermissionError:
                continue  # Windows: a reader has it open; the next publish removes it


def find_made_from(inputs: str, reader: str, builder: str, settings: Settings) -> tuple[Path, Published] | None:
    """The last kept release where it was made from exactly these inputs by exactly this code, and is whole."""
    for path in _kept_files(settings)[-1:]:
        release = read_published(path)
        made = release and (release.inputs_hash, release.reading_id, release.build_id)
        if release and made == (inputs, reader, builder) and not find_damage(path):
            return path, release
    return None


def find_release_before(settings: Settings) -> Path | None:
    """The file of the release that a new one follows: the published one, else the last kept one that is whole."""
    published, kept = read_published(settings.published), _kept_files(settings)[::-1]
    of_published = [path for path in kept if published and path.stem == published.release_id]
    return next((path for path in [*of_published, *kept] if not find_damage(path)), None)


def find_damage(path: Path) -> str:
    """What is wrong with a release's file; empty where every table of core and mart is as it was published.

    Hashes compare within one version of DuckDB; of another's release all is read, and only the rows are counted.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            query = "select release_id, table_hashes, duckdb_version from meta.release"
            ((release_id, hashes, version),) = connection.execute(query).fetchall()
            if release_id != path.stem:
                return f"it holds release {release_id}"
            connection.execute("select sum(hash(receipt)) from meta.receipt as receipt").fetchall()  # can be read
            for table, was in json.loads(hashes).items():
                now = hash_table(connection, table)
                if now["rows"] != was["rows"] or (version == duckdb.__version__ and now != was):
                    return f"{table} is not as it was published"
    except (duckdb.Error, ValueError) as error:
        return str(error)
    return ""


# -- what is kept ---------------------------------------------------------------------------------------


def list_releases(settings: Settings) -> list[KeptRelease]:
    """The releases that are kept, the latest first."""
    now, hold = read_published(settings.published), read_hold(settings.hold)
    listed: list[KeptRelease] = []
    before: Published | None = None
    for path in _kept_files(settings):
        release = read_published(path)
        listed.append(
            KeptRelease(
                release_id=path.stem,
                published_at=_time_of(path.stem),
                size_bytes=path.stat().st_size,
                receipts=release.receipts if release else None,
                changed=_what_changed(before, release) if before and release else (),
                moves=count_moves(path),
                is_published=now is not None and now.release_id == path.stem,
                is_held=hold is not None and hold.release_id == path.stem,
                is_damaged=release is None,
            )
        )
        before = release or before
    return listed[::-1]


def _what_changed(before: Published, release: Published) -> tuple[str, ...]:
    """Of what a release differs from the one kept before it."""
    facts = {
        "inputs": (before.inputs_hash, release.inputs_hash),
        "reader": (before.reading_id, release.reading_id),
        "models": (before.build_id, release.build_id),
        "duckdb": (before.duckdb_version, release.duckdb_version),
    }
    return tuple(name for name, (was, now) in facts.items() if was != now)


def _kept_files(settings: Settings) -> list[Path]:
    """The files of kept releases, oldest first."""
    files = settings.releases.glob("*.duckdb")
    return sorted(path for path in files if _NAME.fullmatch(path.stem))


def _time_of(release_id: str) -> datetime:
    return datetime.strptime(release_id.partition("-")[0], _STAMP).replace(tzinfo=UTC)


# -- putting one back -----------------------------------------------------------------------------------


def restore_release(release_id: str, settings: Settings) -> None:
    """Publish a kept release again and hold it: no run replaces it until `resume_releases`.

    Raises WrongUse where it is not kept, NotPublished where it is damaged or the published file cannot be replaced now.
    """
    with explain_faults(), hold_lock(settings.lock):
        kept = {path.stem: path for path in _kept_files(settings)}
        if release_id not in kept:
            there = ", ".join(reversed(kept)) or "none"
            raise WrongUse(f"There is no release {release_id!r} in {settings.releases}. Kept are: {there}.")
        if damage := find_damage(kept[release_id]):
            raise NotPublished(
                f"{kept[release_id]} is damaged ({damage}). Nothing was replaced; restore another release, or let "
                "`ucj run` make today's again from raw/."
            )
        hold = Hold(release_id, datetime.now(UTC))
        content = {"release": hold.release_id, "since": hold.since.isoformat(timespec="seconds")}
        put_in_place([(settings.hold, json.dumps(content).encode())])  # first: a run must not undo what was asked for
        if not settle_hold(hold, settings):
            raise NotPublished(
                f"{settings.published} is open in another program and could not be replaced. Release {release_id} is "
                "held and takes its place at the next run."
            )


def settle_hold(hold: Hold, settings: Settings) -> bool:
    """See that the held release is the published one; False where the system refuses."""
    published = read_published(settings.published)
    if published and published.release_id == hold.release_id:
        return True
    return point_to(settings.releases / f"{hold.release_id}.duckdb", settings)


def resume_releases(settings: Settings) -> Hold | None:
    """Lift the hold: the next run publishes again. The hold that there was."""
    with explain_faults(), hold_lock(settings.lock):
        hold = read_hold(settings.hold)
        settings.hold.unlink(missing_ok=True)
        return hold


def read_hold(path: Path) -> Hold | None:
    """The hold; None where no release is held."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Hold(content["release"], datetime.fromisoformat(content["since"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise NotPublished(
            f"{path} does not say which release is held ({error}); delete it to lift the hold."
        ) from None
