"""What a schema tells the reader about a kind of extract: its fields and the words that name them.

Plain data without Pandera, so that worker processes start fast. `kind_of` in `schemas.fields` makes
a `Kind` out of a Pandera model; nothing else does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MOST_PEOPLE = 10_000_000  # of a regency: Kabupaten Bogor, the largest, has six million
Unit = Literal["people", "pct"]
Reads = Literal["member", "date", "year"]


@dataclass(frozen=True)
class Key:
    """The field that says which region a row is about.

    `words` head a column of names; `code_words` head a column of codes.
    """

    name: str
    title: str
    words: tuple[str, ...]
    code_words: tuple[str, ...]


@dataclass(frozen=True)
class Dimension:
    """A field that a header, a row, a block, a title, a sheet or the file may carry.

    `reads` says how a text becomes a value: one of the named `members`, a day, or a year.
    `weak` members are believed only where no other member is named ("Jumlah Peserta PU" is PU).
    `default` stands where nothing names the dimension; None: then the value is refused. `not_in_titles` are
    words that name a member in a header and something else in a title ("Proyek Perubahan"). A title that names all
    members of `whole` means the default.
    """

    name: str
    title: str
    reads: Reads
    words: tuple[str, ...] = ()
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weak: tuple[str, ...] = ()
    default: str | None = None
    not_in_titles: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A number that the kind carries.

    `as_pct` names the measure meant where a per cent sign joins the words ("Peserta aktif (%)");
    `ratio` the two measures that a percentage is made of; `title_words` name the measure even where
    only a title or a source line says them. `highest` is the most that a percentage can be in earnest.
    """

    name: str
    title: str
    unit: Unit
    words: tuple[str, ...]
    as_pct: str | None = None
    ratio: tuple[str, str] | None = None
    title_words: tuple[str, ...] = ()
    highest: float = 100


@dataclass(frozen=True)
class Rule:
    """What a failed check of the model means: how bad it is, and which measures' cells it is about."""

    severity: Literal["error", "warning"]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of extract.

    `ignored` head columns that are left out on purpose; `foreign` in a title say that the table is
    about something else, however alike its columns look. One of the words `about` must stand in a title, the
    sheet's name or a header, or the columns could belong to any other programme; none: the measures say enough.
    """

    name: str
    title: str
    key: Key
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    ignored: tuple[str, ...]
    foreign: tuple[str, ...]
    about: tuple[str, ...]
    rules: dict[str, Rule]

    def dimension(self, name: str) -> Dimension:
        """The dimension of that name. Raises KeyError where the kind has none."""
        return {dimension.name: dimension for dimension in self.dimensions}[name]

    def measure(self, name: str) -> Measure:
        """The measure of that name. Raises KeyError where the kind has none."""
        return {measure.name: measure for measure in self.measures}[name]

    @property
    def time(self) -> Dimension:
        """The dimension that says when: a day or a year."""
        return next(dimension for dimension in self.dimensions if dimension.reads != "member")
