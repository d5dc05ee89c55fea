"""What moved, a line a figure, for people: at the end of a run, and as `ucj changes` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from flows.report.foreign_text import one_line
from flows.report.region_argument import NATION
from flows.report.summary import format_count, format_pct
from flows.trace.changes import Changes, Move
from schemas.regions import Region

_SHOWN = 20
_WORDS = {
    "id": {
        "head": "Rilis {release} ({time}), dibanding {since}:", "first": "Rilis {release} ({time}): tidak ada rilis "
        "sebelumnya untuk dibandingkan.",
        "counts": "{moved} angka berubah, {new} baru, {gone} hilang", "points": "{all} poin", "nothing": "tidak ada",
        "split": "{all} poin: peserta {members}, semesta {denominator}",
        "more": "… dan {n} lagi: lihat tabel meta.change, atau --json",
        "coverage_pct": "cakupan", "eligible_workers": "semesta", "active_members": "peserta aktif",
        "baseline_pct": "baseline", "target_pct": "target",
        "new extract": "kiriman baru", "revised extract": "kiriman revisi", "correction": "koreksi",
        "withdrawal": "penarikan atau pengembalian", "rank": "urutan sumber", "code": "kode",
        "receipts": "tanda terima lain",
        "reader": "pembaca", "models": "model SQL", "duckdb": "DuckDB",
    },
    "en": {
        "head": "Release {release} ({time}), against {since}:", "first": "Release {release} ({time}): there is no "
        "release before to compare it with.",
        "counts": "{moved} figures moved, {new} new, {gone} gone", "points": "{all} points", "nothing": "nothing",
        "split": "{all} points: members {members}, denominator {denominator}",
        "more": "… and {n} more: see the table meta.change, or --json",
        "coverage_pct": "coverage", "eligible_workers": "eligible workers", "active_members": "active members",
        "baseline_pct": "baseline", "target_pct": "target",
        "new extract": "new extract", "revised extract": "revised extract", "correction": "correction",
        "withdrawal": "withdrawal or its undoing", "rank": "rank of sources", "code": "code",
        "receipts": "other receipts",
        "reader": "reader", "models": "SQL models", "duckdb": "DuckDB",
    },
}  # fmt: skip


def names_of_regions(regions: Sequence[Region]) -> dict[str, str]:
    """The names of regions by code, the nation's too."""
    return {NATION.code: NATION.name} | {region.code: region.name for region in regions}


def changes_lines(
    changes: Changes, names: Mapping[str, str], timezone: str, lang: str, shows_new: bool = False
) -> list[str]:
    """One release, or a sum of them: a heading and the largest moves; `names` are those of regions by code.

    With `shows_new` the figures that are new stand among them (of one region they are few).
    """
    words = _WORDS[lang]
    time = f"{changes.published_at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M %Z}"
    if not changes.since:
        return [words["first"].format(release=changes.release_id, time=time)]
    head = words["head"].format(release=changes.release_id, time=time, since=changes.since)
    moves = changes.largest()
    if shows_new:
        moves += [move for move in changes.moves if move.old is None]
    return [f"{head} {counts_text(changes, lang)}", *moves_lines(moves, names, lang, _SHOWN)]


def counts_text(changes: Changes, lang: str) -> str:
    """How many figures moved, are new, are gone."""
    counts = {name: format_count(number, lang) for name, number in changes.counts.items()}
    return _WORDS[lang]["counts"].format(**counts)


def moves_lines(moves: Sequence[Move], names: Mapping[str, str], lang: str, shown: int) -> list[str]:
    """The first moves, a line each, and how many are left."""
    lines = [f"  {move_text(move, names, lang)}" for move in moves[:shown]]
    if len(moves) > shown:
        lines.append(f"  {_WORDS[lang]['more'].format(n=format_count(len(moves) - shown, lang))}")
    return lines


def move_text(move: Move, names: Mapping[str, str], lang: str) -> str:
    """Kabupaten Trenggalek 2024-11-13 TOTAL, cakupan: 10,00 → 24,00 (+14,00 poin: …); kiriman revisi "UCJ.xlsx"."""
    words = _WORDS[lang]
    place = f"{names.get(move.region_code, move.region_code)} {move.key}, {words[move.column]}"
    old, new = (_figure(value, move, lang) or words["nothing"] for value in (move.old, move.new))
    causes = list(dict.fromkeys(_cause_text(move, number, lang) for number in range(len(move.causes))))
    return one_line(f"{place}: {old} → {new}{_difference(move, lang)}; {', '.join(causes)}")


def _cause_text(move: Move, number: int, lang: str) -> str:
    words, cause = _WORDS[lang], move.causes[number]
    if cause.cause == "code":
        parts = ", ".join(words.get(part, part) for part in cause.caused_by.split(", "))
        return f"{words['code']} ({parts})"
    return f'{words[cause.cause]} "{cause.file_name}"' if cause.file_name else words[cause.cause]


def _figure(value: Decimal | None, move: Move, lang: str) -> str:
    if value is None:
        return ""
    return format_pct(value, lang) if move.is_percentage else format_count(int(value), lang)


def _difference(move: Move, lang: str) -> str:
    if move.old is None or move.new is None:
        return ""
    words, difference = _WORDS[lang], move.new - move.old
    if not move.is_percentage:
        return f" ({'+' if difference > 0 else ''}{format_count(int(difference), lang)})"
    if move.members_pct_points is None or move.denominator_pct_points is None:
        return f" ({words['points'].format(all=_signed(difference, lang))})"
    shares = {"members": move.members_pct_points, "denominator": move.denominator_pct_points, "all": difference}
    return f" ({words['split'].format(**{name: _signed(value, lang) for name, value in shares.items()})})"


def _signed(value: Decimal, lang: str) -> str:
    return f"{'+' if value > 0 else ''}{format_pct(value, lang)}"
