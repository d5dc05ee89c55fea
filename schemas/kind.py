"""What a schema tells the reader about a kind of extract: its fields and the words that name them.

Plain data without Pandera, so that worker processes start fast. `kind_of` in `schemas.fields` makes
a `Kind` out of a Pandera model, `record_kind_of` in `schemas.record_fields` a `RecordKind`; nothing else does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MOST_PEOPLE = 10_000_000  # of a regency: Kabupaten Bogor, the largest, has six million
IGNORED_WORDS = ("no", "nomor", "no urut", "nomor urut", "keterangan", "ket", "catatan", "peringkat", "ranking",
                 "provinsi", "nama provinsi", "province", "kode provinsi", "kode prov", "province code", "satuan",
                 "unit", "rank", "remarks", "id", "timestamp")  # fmt: skip
Unit = Literal["people", "months", "pct", "rupiah"]
Reads = Literal["member", "date", "year"]
RecordReads = Literal["region", "place", "text", "member", "year", "period", "number"]


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
    words that name a member in a header and something else in a title ("Proyek Perubahan"). `narrow` words name one
    only where another member is named in the same way ("PU Aktif", "Proyek Aktif"): alone they count other things, or
    a part of it ("BPU Mandiri"). A title that names all members of `whole` means the default. A source line with one of
    `source_words` ("Sakernas Agustus") says the member. Of the members in `few` a regency may have a handful.
    """

    name: str
    title: str
    reads: Reads
    words: tuple[str, ...] = ()
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weak: tuple[str, ...] = ()
    default: str | None = None
    not_in_titles: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    source_words: tuple[str, ...] = ()
    few: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A number that the kind carries.

    `as_pct` names the measure meant where a per cent sign joins the words ("Peserta aktif (%)");
    `ratio` the two measures that a percentage is made of; `title_words` name the measure even where
    only a title or a source line says them; `loose` words are of it where nothing else names a measure ("Peserta PU",
    unless "Semesta" stands over it). `highest` is the most that a percentage can be in earnest.
    """

    name: str
    title: str
    unit: Unit
    words: tuple[str, ...]
    as_pct: str | None = None
    ratio: tuple[str, str] | None = None
    title_words: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    highest: float = 100


@dataclass(frozen=True)
class Rule:
    """What a failed check of the model means: how bad it is, and which measures' cells it is about."""

    severity: Literal["error", "warning"]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of extract.

    `ignored` head columns that are left out on purpose; `fillers` say nothing in a header; `forgiven` words are read
    with a letter too many, too few, wrong or swapped ("Pesrta Aktif"), and it is said. `foreign` words in a title say
    that the table is about something else, however alike its columns look; so do columns headed by `foreign_headers`
    words that are not understood. Beside `others` a title's measure is
    another ("Peserta Non Aktif", "Iuran Peserta"), unless a header says so; beside `some` it is of some people alone
    ("Perangkat Desa").
    One of the words `about` must stand in a title, the sheet's name or a header, or the columns could belong to any
    other programme; none: the measures say enough. So do counts whose headers say `about_counts`, where the rate that
    they give stands beside them.
    """

    name: str
    title: str
    key: Key
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    ignored: tuple[str, ...]
    fillers: tuple[str, ...]
    forgiven: tuple[str, ...]
    foreign: tuple[str, ...]
    foreign_headers: tuple[str, ...]
    others: tuple[str, ...]
    some: tuple[str, ...]
    about: tuple[str, ...]
    about_counts: tuple[str, ...]
    rules: dict[str, Rule]

    def dimension(self, name: str) -> Dimension:
        """The dimension of that name. Raises KeyError where the kind has none."""
        return {dimension.name: dimension for dimension in self.dimensions}[name]

    def measure(self, name: str) -> Measure:
        """The measure of that name. Raises KeyError where the kind has none."""
        return {measure.name: measure for measure in self.measures}[name]

    @property
    def field_titles(self) -> dict[str, str]:
        """The title of each dimension and measure by its name."""
        titles = {dimension.name: dimension.title for dimension in self.dimensions}
        return titles | {measure.name: measure.title for measure in self.measures}

    @property
    def units(self) -> dict[str, Unit]:
        """The unit of each measure by its name."""
        return {measure.name: measure.unit for measure in self.measures}

    @property
    def wholes(self) -> set[str]:
        """The measures of which a rate is a part: "Semesta" of the coverage."""
        return {measure.ratio[1] for measure in self.measures if measure.ratio}

    @property
    def time(self) -> Dimension:
        """The dimension that says when: a day or a year."""
        return next(dimension for dimension in self.dimensions if dimension.reads != "member")


@dataclass(frozen=True)
class RecordField:
    """A column of a kind whose rows are records, such as plan targets.

    `words` head the column. `reads` says how a cell becomes a value: a region's code; a place as printed, with its
    region where it is one; a text; one of the named `members`; a year; a day (a month or a year means its last); a
    number in `unit`. A number's header may carry the year of the field `year_field` ("Target 2045").
    What no column holds is the `default`, or what a title says (`is_said_above`); else the record is refused, if
    `is_required`. What `may_be_empty` must have its column, but not in every row a value.
    """

    name: str
    title: str
    reads: RecordReads
    words: tuple[str, ...]
    code_words: tuple[str, ...] = ()
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unit: Unit | None = None
    year_field: str = ""
    is_required: bool = True
    may_be_empty: bool = False
    is_said_above: bool = False
    default: str | None = None


@dataclass(frozen=True)
class RecordKind:
    """One kind of extract of which each row is a record of its own: a plan's target, a published figure.

    The fields of `key` together name a record: two with one key are the same record, or a contradiction. A header
    names at least `fewest_columns` of the fields.
    """

    name: str
    title: str
    fields: tuple[RecordField, ...]
    key: tuple[str, ...]
    ignored: tuple[str, ...]
    rules: dict[str, Rule]
    fewest_columns: int = 4

    def field(self, name: str) -> RecordField:
        """The field of that name. Raises KeyError where the kind has none."""
        return {field.name: field for field in self.fields}[name]

    @property
    def field_titles(self) -> dict[str, str]:
        """The title of each field by its name."""
        return {field.name: field.title for field in self.fields}

    @property
    def units(self) -> dict[str, Unit]:
        """The unit of each number by its name."""
        return {field.name: field.unit for field in self.fields if field.unit is not None}

    @property
    def numbers(self) -> tuple[RecordField, ...]:
        """The fields that hold figures; the others say what those are about."""
        return tuple(field for field in self.fields if field.reads == "number")

    @property
    def contents(self) -> tuple[RecordField, ...]:
        """What a record is there for: its figures; of a kind without any, all but its key."""
        return self.numbers or tuple(field for field in self.fields if field.name not in self.key)


@dataclass(frozen=True)
class Kinds:
    """Every kind of extract: those that are tables of figures by region, and those whose rows are records."""

    tables: tuple[Kind, ...]
    records: tuple[RecordKind, ...]

    def by_name(self) -> dict[str, Kind | RecordKind]:
        """Every kind by its name."""
        records: dict[str, Kind | RecordKind] = {kind.name: kind for kind in self.records}
        return records | {kind.name: kind for kind in self.tables}
