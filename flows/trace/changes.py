"""What moved from release to release, as each release keeps it in meta.change: of one, of all that are kept, in sum.

A release names the one that it compares with, and so they are a chain; one that a restore put aside is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import WrongUse
from flows.publish.asking import require_published
from flows.settings import Settings

LARGEST_MOVES = 10  # that a run shows; meta.change has all
_MOVES = """
select
    table_name, region_code, key, column_name, old_value, new_value, members_pct_points, denominator_pct_points, cause,
    caused_by, receipt.file_name
from meta.change
left join meta.receipt as receipt on receipt.receipt_id = change.caused_by
where $region = '' or region_code = $region or region_code like $region || '.%'
order by table_name, region_code, key, column_name, move_no
"""
_SAYS = {
    "id": {
        "unknown": "Tidak ada rilis {said!r} sebelum yang terbit. Pilih: {there}.",
    },
    "en": {
        "unknown": "There is no release {said!r} before the published one. Choose: {there}.",
    },
}


@dataclass(frozen=True)
class Cause:
    """One cause of a move. `caused_by` is a receipt, whose file is named, or the parts of the code that changed."""

    cause: str
    caused_by: str
    file_name: str | None
    release_id: str


@dataclass(frozen=True)
class Move:
    """A figure that moved, was new (no `old`) or is gone (no `new`). The shares are of a percentage, in points."""

    table: str
    region_code: str
    key: str
    column: str
    old: Decimal | None
    new: Decimal | None
    members_pct_points: Decimal | None
    denominator_pct_points: Decimal | None
    causes: tuple[Cause, ...]

    @property
    def figure(self) -> tuple[str, str, str]:
        return self.table, self.region_code, self.key

    @property
    def is_percentage(self) -> bool:
        return self.column.endswith("_pct")

    @property
    def size(self) -> Decimal:
        """How far it moved; of a figure that is gone, all of it."""
        return abs((self.new or Decimal(0)) - (self.old or Decimal(0)))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        numbers = ("old", "new", "members_pct_points", "denominator_pct_points")
        return {
            "table": self.table,
            "region_code": self.region_code,
            "key": self.key,
            "column": self.column,
            **{name: None if getattr(self, name) is None else float(getattr(self, name)) for name in numbers},
            "causes": [
                {"cause": c.cause, "caused_by": c.caused_by, "file_name": c.file_name, "release": c.release_id}
                for c in self.causes
            ],
        }


@dataclass(frozen=True)
class Changes:
    """What moved up to a release since another one; `since` is empty where there was none."""

    release_id: str
    since: str
    published_at: datetime
    moves: tuple[Move, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many figures moved, are new, and are gone."""
        new = sum(move.old is None for move in self.moves)
        gone = sum(move.new is None for move in self.moves)
        return {"moved": len(self.moves) - new - gone, "new": new, "gone": gone}

    def largest(self) -> list[Move]:
        """Figures that were there before, the largest move first; counts only where no percentage tells it."""
        told = {move.figure for move in self.moves if move.is_percentage}
        there = [move for move in self.moves if move.old is not None]
        heads = [move for move in there if move.is_percentage or move.figure not in told]
        return sorted(heads, key=lambda move: (move.is_percentage, move.size), reverse=True)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        facts = {"release": self.release_id, "since": self.since, "published_at": self.published_at.isoformat()}
        return {**facts, **self.counts, "moves": [move.as_dict() for move in self.moves]}


def read_changes(path: Path, region: str = "") -> Changes:
    """What moved in one release: everywhere, or in a region (of a province also in its regencies).

    Raises duckdb.Error where the file cannot be read or is of a version that kept no changes.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        query = "select release_id, previous_release_id, published_at from meta.release"
        ((release_id, since, published_at),) = connection.execute(query).fetchall()
        rows = connection.execute(_MOVES, {"region": region}).fetchall()
    moves = []
    for table, region_code, key, column, old, new, members, denominator, cause, caused_by, file_name in rows:
        why = (Cause(cause, caused_by, file_name, release_id),)
        moves.append(Move(table, region_code, key, column, old, new, members, denominator, why))
    return Changes(release_id, since, published_at.replace(tzinfo=UTC), _add_up(moves))


def list_changes(settings: Settings, region: str = "", lang: str = "id") -> list[Changes]:
    """What moved in each kept release, the published one first, as far back as files can be read."""
    require_published(settings.published, lang)
    chain: list[Changes] = []
    path = settings.published
    while path.exists():
        try:
            chain.append(read_changes(path, region))
        except duckdb.Error:
            break
        if not chain[-1].since:
            break
        path = settings.releases / f"{chain[-1].since}.duckdb"
    return chain


def sum_since(chain: Sequence[Changes], since: str, lang: str = "id") -> Changes:
    """All that moved after a release, as one. Raises WrongUse, which lists what there is, where it is none of them."""
    there = [changes.since for changes in chain if changes.since]
    if since not in there:
        listed = ", ".join(there) or "–"
        raise WrongUse(_SAYS[lang]["unknown"].format(said=since, there=listed))
    after = chain[: there.index(since) + 1]
    moves = [move for changes in reversed(after) for move in changes.moves]
    return Changes(after[0].release_id, since, after[0].published_at, _add_up(moves))


def _add_up(moves: Iterable[Move]) -> tuple[Move, ...]:
    """The moves of each figure, given in their order, as one; a figure that came back to where it was has not moved."""
    figures: dict[tuple[str, ...], list[Move]] = {}
    for move in moves:
        figures.setdefault((*move.figure, move.column), []).append(move)
    added = [_join(of_figure) for of_figure in figures.values()]
    return tuple(move for move in added if move.old != move.new)


def _join(moves: Sequence[Move]) -> Move:
    first, last = moves[0], moves[-1]
    causes = tuple(cause for move in moves for cause in move.causes)
    members = [move.members_pct_points for move in moves]
    denominators = [move.denominator_pct_points for move in moves]
    key = (*first.figure, first.column, first.old, last.new)
    return Move(*key, _sum_of(members), _sum_of(denominators), causes)


def _sum_of(shares: Sequence[Decimal | None]) -> Decimal | None:
    """None where one is not known: the figure was not there for a while."""
    known = [share for share in shares if share is not None]
    return sum(known, Decimal(0)) if len(known) == len(shares) else None
