"""The empty workbook of a kind of extract, as a plan: what stands in which column. Made from the schema alone.

Headers are the schema's own words, so that the reader recognises what an office sends back. A kind of figures gets a
row a region and its members side by side; a kind of records a column a field. How it looks: `write_template`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flows.errors import WrongUse
from flows.read.words import tokens_of
from schemas.kind import Dimension, Kind, Kinds, Measure, RecordField, RecordKind
from schemas.regions import Region

Holds = Literal["code", "name", "choice", "date", "year", "text", "people", "months", "pct", "rupiah", "number"]
UNITS = {"people": "orang", "months": "", "pct": "%", "rupiah": "Rp"}
_COUNTS_PEOPLE = ("people", "workers", "members", "recipients")  # a number's unit is in its name; a rank has none
_KNOWN = {
    "id": "{kind}: jenis data ini tidak dikenal. Pilih: {known}.",
    "en": "{kind} is no known kind of extract. Choose: {known}.",
}


@dataclass(frozen=True)
class TemplateColumn:
    """One column, or one cell above the table: its header, what it holds, and what a person may choose there."""

    header: str
    holds: Holds
    group: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = True
    highest: float | None = None

    @property
    def header_text(self) -> str:
        """The header with its unit: "Semesta (orang)"."""
        return f"{self.header} ({self.unit})" if self.unit else self.header

    @property
    def title(self) -> str:
        """The header as a note names it: "PU › Semesta"."""
        return f"{self.group} › {self.header}" if self.group else self.header


@dataclass(frozen=True)
class Template:
    """The workbook: a title, cells that hold for all rows, the columns, and the regions of the rows."""

    kind: str
    title: str
    above: tuple[TemplateColumn, ...]
    columns: tuple[TemplateColumn, ...]
    regions: tuple[Region, ...]

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)


def plan_template(name: str, place: Region | None, regions: Sequence[Region], kinds: Kinds, lang: str) -> Template:
    """The template of a kind for the regions of a place. Raises WrongUse for a kind that is not known."""
    known = kinds.by_name()
    if name not in known:
        raise WrongUse(_KNOWN[lang].format(kind=name, known=", ".join(sorted(known))))
    kind = known[name]
    title = f"{kind.title} - {place.name}" if place else kind.title
    rows = regions_of(place, regions) if place else ()
    above, columns = _plan_figures(kind) if isinstance(kind, Kind) else ((), _plan_records(kind))
    return Template(name, title, above, columns, rows)


def regions_of(place: Region, regions: Sequence[Region]) -> tuple[Region, ...]:
    """Who fills a row: the regencies of a province, the provinces of the nation, or the regency itself."""
    if place.kind == "nation":
        return tuple(region for region in regions if region.kind == "provinsi")
    if place.kind == "provinsi":
        return tuple(region for region in regions if region.province_code == place.code and region != place)
    return (place,)


def _plan_figures(kind: Kind) -> tuple[tuple[TemplateColumn, ...], tuple[TemplateColumn, ...]]:
    """Above stand the day and what no column can head; members that make up a whole go across."""
    above, beside, across = [], [], None
    for dimension in kind.dimensions:
        if dimension.whole:
            across = dimension
        elif dimension.reads == "date" or not dimension.words:
            above.append(_plan_dimension(dimension))
        else:
            beside.append(_plan_dimension(dimension))
    groups = list(across.members) if across else [""]
    measures = [_plan_measure(measure, group) for group in groups for measure in kind.measures]
    code = TemplateColumn(_header("", kind.key.code_words), "code", is_required=False)
    name = TemplateColumn(_header(kind.key.title, kind.key.words), "name")
    return tuple(above), (code, name, *beside, *measures)


def _plan_dimension(dimension: Dimension) -> TemplateColumn:
    holds: Holds = "choice" if dimension.reads == "member" else dimension.reads
    header = _header(dimension.title, dimension.words) if dimension.words else dimension.title
    is_required = bool(dimension.words) or dimension.default is None  # a blank in its column means no member
    return TemplateColumn(header, holds, choices=_choices(dimension.members), is_required=is_required)


def _plan_measure(measure: Measure, group: str) -> TemplateColumn:
    header = _header(measure.title, measure.words)
    highest = measure.highest if measure.unit == "pct" else None
    return TemplateColumn(header, measure.unit, group, UNITS[measure.unit], is_required=False, highest=highest)


def _plan_records(kind: RecordKind) -> tuple[TemplateColumn, ...]:
    """The fields in their order; a region has a column for its code, and one for its name where words head it."""
    columns = []
    for field in kind.fields:
        if field.code_words:
            is_required = field.is_required and not field.words
            title = "" if field.words else field.title
            columns.append(TemplateColumn(_header(title, field.code_words), "code", is_required=is_required))
        if field.words:
            columns.append(_plan_field(field))
    return tuple(columns)


def _plan_field(field: RecordField) -> TemplateColumn:
    header = _header(field.title, field.words)
    is_required = field.is_required and field.default is None and not field.may_be_empty
    if field.reads == "number" and field.unit:
        if field.unit == "people" and not field.name.endswith(_COUNTS_PEOPLE):
            return TemplateColumn(header, "number", is_required=is_required)
        return TemplateColumn(header, field.unit, unit=UNITS[field.unit], is_required=is_required)
    holds: dict[str, Holds] = {"region": "name", "place": "name", "member": "choice", "period": "date", "year": "year"}
    return TemplateColumn(
        header, holds.get(field.reads, "text"), choices=_choices(field.members), is_required=is_required
    )


def _header(title: str, words: Sequence[str]) -> str:
    """The title where it is one of the words that the reader knows, else the first of those."""
    is_known = " ".join(tokens_of(title)) in words
    return title if is_known else words[0].capitalize()


def _choices(members: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Members as a person writes them: TOTAL, RPJPD, Capaian, KTP. One without words is what a blank means."""
    return tuple(_choice(name, words) for name, words in members.items() if words)


def _choice(name: str, words: Sequence[str]) -> str:
    if name != name.lower():
        return name
    is_abbreviation = set(words[0]).isdisjoint("aeiou")  # ktp; mei is a month
    return words[0].upper() if is_abbreviation else words[0].capitalize()
