"""What the published file says of itself, and what is remembered of the last run that ended well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from flows.durable import put_in_place


@dataclass(frozen=True)
class Published:
    """What a published file says of its release."""

    release_id: str
    published_at: datetime
    content_hash: str
    inputs_hash: str
    reading_id: str
    build_id: str
    receipts: int
    duckdb_version: str


def read_published(path: Path) -> Published | None:
    """The release in the published file; None where there is none or it cannot be opened."""
    if not path.exists():
        return None
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            row = connection.execute(
                "select release_id, published_at, content_hash, inputs_hash, reading_id, build_id, receipts, "
                "duckdb_version from meta.release"
            ).fetchone()
    except duckdb.Error:
        return None
    return Published(row[0], row[1].replace(tzinfo=UTC), *row[2:]) if row else None


def dates_in_force(path: Path) -> list[tuple[str, str]]:
    """The regions and dates of mart.coverage in a release's file. Raises duckdb.Error where it cannot be read."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(
            "select distinct region_code, cast(as_of_date as varchar) from mart.coverage"
        ).fetchall()


@dataclass(frozen=True)
class Moves:
    """How many figures a release moved, brought and took away, against the release before it."""

    moved: int
    new: int
    gone: int


def count_moves(path: Path) -> Moves | None:
    """What a release moved; None where it has none before it, or cannot be read."""
    query = """
        with figures as (
            select first(old_value order by move_no) as old_value, last(new_value order by move_no) as new_value
            from meta.change
            group by table_name, region_code, key, column_name
        )
        select
            count(*) filter (where old_value <> new_value),
            count(*) filter (where old_value is null and new_value is not null),
            count(*) filter (where old_value is not null and new_value is null)
        from figures
    """
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            if connection.execute("select previous_release_id from meta.release").fetchall() == [("",)]:
                return None
            return Moves(*connection.execute(query).fetchall()[0])
    except duckdb.Error:
        return None


@dataclass(frozen=True)
class LastRun:
    """What `ucj status` knows of the last run that ended well."""

    finished_at: datetime
    release_id: str
    refused: int


def write_last_run(path: Path, last: LastRun) -> None:
    """Remember that a run ended well."""
    content = {"finished_at": last.finished_at.isoformat(), "release_id": last.release_id, "refused": last.refused}
    put_in_place([(path, json.dumps(content).encode())])


def read_last_run(path: Path) -> LastRun | None:
    """The last run that ended well; None where none did."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return LastRun(datetime.fromisoformat(content["finished_at"]), content["release_id"], content["refused"])
    except (OSError, ValueError, KeyError):
        return None
