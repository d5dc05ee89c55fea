"""The kept releases on the screen, and how a restore and its end are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flows.publish.releases import Hold, KeptRelease
from flows.report.summary import format_count, print_table

_WORDS: dict[str, dict[str, Any]] = {
    "id": {
        "header": ("Rilis", "Terbit", "kB", "Tanda terima", "Beda dari yang sebelumnya", "Angka", "Keadaan"),
        "inputs": "masukan", "reader": "pembaca", "models": "model SQL", "duckdb": "DuckDB",
        "moves": "{moved} berubah, {new} baru, {gone} hilang",
        "published": "terbit", "held": "ditahan", "damaged": "rusak",
        "none": "Belum ada rilis yang disimpan; `ucj run` menerbitkan yang pertama.",
        "restored": "Rilis {release} terbit lagi dan ditahan: tidak ada proses yang menggantinya sampai "
                    "`ucj releases resume`.",
        "resumed": "Rilis {release} tidak ditahan lagi; `ucj run` berikutnya menerbitkan seperti biasa.",
        "not_held": "Tidak ada rilis yang ditahan.",
    },
    "en": {
        "header": ("Release", "Published", "kB", "Receipts", "Differs from the one before in", "Figures", "State"),
        "inputs": "inputs", "reader": "reader", "models": "SQL models", "duckdb": "DuckDB",
        "moves": "{moved} moved, {new} new, {gone} gone",
        "published": "published", "held": "held", "damaged": "damaged",
        "none": "No release is kept yet; `ucj run` publishes the first.",
        "restored": "Release {release} is published again and held: no run replaces it until `ucj releases resume`.",
        "resumed": "Release {release} is no longer held; the next `ucj run` publishes as usual.",
        "not_held": "No release is held.",
    },
}  # fmt: skip


def print_releases(releases: Sequence[KeptRelease], timezone: str, lang: str) -> None:
    """A line a release, the latest first."""
    words = _WORDS[lang]
    if not releases:
        print(words["none"])
        return
    rows = []
    for release in releases:
        marks = (("published", release.is_published), ("held", release.is_held), ("damaged", release.is_damaged))
        rows.append(
            (
                release.release_id,
                _local(release.published_at, timezone),
                format_count(release.size_bytes // 1000, lang),
                format_count(release.receipts, lang),
                ", ".join(words[name] for name in release.changed) or "–",
                words["moves"].format(**vars(release.moves)) if release.moves else "–",
                ", ".join(words[name] for name, holds in marks if holds),
            )
        )
    print_table(words["header"], rows)


def say_restored(release_id: str, lang: str) -> str:
    """That a release is back and held."""
    return str(_WORDS[lang]["restored"].format(release=release_id))


def say_resumed(hold: Hold | None, lang: str) -> str:
    """That the hold is lifted, or that there was none."""
    words = _WORDS[lang]
    return str(words["resumed"].format(release=hold.release_id) if hold else words["not_held"])


def _local(moment: datetime, timezone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M:%S %Z}"
