"""Every path, schedule, limit and key: from `UCJ_*` variables, else from one optional TOML file, else the default.

Plain dataclass and `tomllib`, no settings library: it loads in a millisecond, and every command starts here.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flows.errors import WrongUse

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """One field a setting; `UCJ_SCHEDULE=...` sets `schedule`. `UCJ_CONFIG` names the TOML file (ucj.toml)."""

    raw: Path = Path("raw")
    warehouse: Path = Path("warehouse")
    schedule: str = "0 2 * * *"
    timezone: str = "Asia/Jakarta"
    notify_url: str = ""
    workers: int = 2
    largest_file_mb: int = 200
    largest_sheet_cells: int = 4_000_000
    largest_sheet_columns: int = 2_000
    largest_unpacked_mb: int = 500
    largest_unpacked_ratio: int = 200
    worker_memory_mb: int = 512
    read_seconds: int = 120
    database_memory_mb: int = 300
    jump_pct_points: int = 20
    code_move_pct_points: float = 0.5
    keep_releases: int = 14
    cover_first_day: str = ""
    lowest_age: int = 17
    age_limit: int = 65

    @property
    def inbox(self) -> Path:
        return self.raw / "inbox"

    @property
    def received(self) -> Path:
        return self.raw / "received"

    @property
    def source_ranks(self) -> Path:
        return self.raw / "sources.csv"

    @property
    def corrections(self) -> Path:
        return self.raw / "corrections.csv"

    @property
    def recipients(self) -> Path:
        return self.raw / "recipients"

    @property
    def recipient_counts(self) -> Path:
        return self.raw / "recipients_by_village.csv"

    @property
    def published(self) -> Path:
        return self.warehouse / "ucj.duckdb"

    @property
    def releases(self) -> Path:
        return self.warehouse / "releases"

    @property
    def hold(self) -> Path:
        return self.warehouse / "held.json"

    @property
    def staging(self) -> Path:
        return self.warehouse / "staging.duckdb"

    @property
    def run_log(self) -> Path:
        return self.warehouse / "last_run.json"

    @property
    def lock(self) -> Path:
        return self.warehouse / "run.lock"

    @property
    def report(self) -> Path:
        return self.warehouse / "reports" / "index.html"

    @property
    def prefect_home(self) -> Path:
        return self.warehouse / "prefect"


def load_settings(**given: Any) -> Settings:
    """Settings as the environment says, overridden by what is `given` and not None.

    Raises WrongUse where a variable or the TOML file holds what the setting cannot take.
    """
    config = Path(os.environ.get("UCJ_CONFIG", "ucj.toml"))
    from_file = tomllib.loads(config.read_text(encoding="utf-8")) if config.exists() else {}
    known = {field.name: field for field in fields(Settings)}
    if unknown := sorted(set(from_file) - set(known)):
        raise WrongUse(f"{config}: unknown setting {', '.join(unknown)}; known are {', '.join(known)}")
    chosen: dict[str, Any] = {}
    for name, field in known.items():
        value = given.get(name)
        if value is None:
            value = os.environ.get(f"UCJ_{name.upper()}", from_file.get(name))
        if value is not None:
            chosen[name] = _as_type(name, value, type(field.default))
    return Settings(**chosen)


def _as_type(name: str, value: Any, wanted: type) -> Any:
    try:
        return wanted(value)
    except (TypeError, ValueError):
        raise WrongUse(f"UCJ_{name.upper()}: expected {wanted.__name__}, found {value!r}") from None
