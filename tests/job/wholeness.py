"""What must hold of raw/ and warehouse/ whatever happened to the run before: whole, nothing left over, the same content."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb

from flows.job import run_job
from flows.settings import Settings

IN_A_WAREHOUSE = {
    "ucj.duckdb", "staging.duckdb", "releases", "reports", "last_run.json", "last_failure.json", "run.lock",
}  # fmt: skip


def see_one_whole_release(path: Path) -> str:
    """Recompute every table's hash of a published file; the release that it is."""
    with duckdb.connect(str(path), read_only=True) as connection:
        ((release_id, hashes),) = connection.execute("select release_id, table_hashes from meta.release").fetchall()
        for table, told in json.loads(hashes).items():
            query = f"select count(*), cast(coalesce(sum(cast(hash(t) as hugeint)), 0) as varchar) from {table} as t"
            assert connection.execute(query).fetchall() == [(told["rows"], told["hash"])], table
        return str(release_id)


def see_nothing_left_over(settings: Settings) -> None:
    """No file but those that are meant to stay, and for each receipt its copy."""
    assert {path.name for path in settings.warehouse.iterdir()} <= IN_A_WAREHOUSE
    assert all(see_one_whole_release(path) == path.stem for path in settings.releases.iterdir())
    receipts = list(settings.received.glob("*.receipt.json"))
    kept = {json.loads(receipt.read_text(encoding="utf-8"))["kept_as"] for receipt in receipts}
    there = {path.name for path in settings.received.iterdir()}
    assert there == {receipt.name for receipt in receipts} | kept


def see_content_of_undisturbed_run(settings: Settings, folder: Path) -> None:
    """An undisturbed run over a copy of raw/ gives the content that is published."""
    shutil.copytree(settings.raw, folder / "raw")
    undisturbed = run_job(Settings(raw=folder / "raw", warehouse=folder / "warehouse"))
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        ((content,),) = connection.execute("select content_hash from meta.release").fetchall()
    assert undisturbed.release.content_hash == content
    shutil.rmtree(folder)
