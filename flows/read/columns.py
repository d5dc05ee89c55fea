"""A column of a table, what stands around a table, and what its title says: what the rules about columns work on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from flows.addresses import a1
from flows.read.titles import is_title
from flows.read.words import Understanding
from flows.read.workbook import Cell, shown

_ROWS_OF_A_SHEET = 1 << 20
_COUNTED = {"penduduk"}


@dataclass(frozen=True)
class Column:
    """A column of a table, its header path and what the kind's words make of it.

    Where the rows say what is measured, a column stands once for each label, which completes its header.
    """

    number: int
    header: tuple[str, ...]
    understanding: Understanding
    is_anchor: bool = False
    is_value: bool = False
    is_class: bool = False
    is_year: bool = False
    is_heading: bool = False
    label: Cell = ""

    @cached_property
    def role(self) -> str:
        """region, code, measure, dimension, label, value, year (of a row's months), part (of a breakdown), class (Kab.
        or Kota), heading (of those that follow), ignored or unknown."""
        said = self.understanding
        if self.is_anchor:
            return "region"
        if self.is_value:
            return "value"
        if self.is_class:
            return "class"
        if self.is_year:
            return "year"
        if self.is_heading:
            return "heading"
        if said.leftover:
            return "unknown"
        if said.is_part:
            return "part"
        if said.measure:
            return "measure"
        if said.carries:
            return "dimension"
        if said.is_label:
            return "label"
        return "code" if said.is_code else "ignored" if said.is_ignored else "unknown"

    @property
    def header_text(self) -> str:
        return in_one_line(self.header)


@lru_cache(maxsize=5_000)
def in_one_line(path: tuple[str, ...]) -> str:
    """A header path as messages quote it: "PU › Peserta Aktif"."""
    return " › ".join(" ".join(text.split()) for text in path)


@dataclass(frozen=True)
class Text:
    """A text (or a real date) outside the tables, with its place in the sheet itself; `of_figure` is one that labels a
    figure at its right or below it."""

    row: int
    column: int
    cell: Cell
    of_figure: bool = False

    @cached_property
    def words(self) -> str:
        return shown(self.cell)

    @property
    def address(self) -> str:
        return a1(self.row, self.column) if self.row >= 0 else ""

    def elsewhere(self) -> Text:
        """The same text for a table on another sheet, where it has no address."""
        return self if self.row < 0 else replace(self, row=self.row - _ROWS_OF_A_SHEET)

    @property
    def is_title(self) -> bool:
        """Whether it may say what a table under it is about."""
        return not self.of_figure and is_title(self.words)


class Surroundings(NamedTuple):
    """The texts over a table, below it, and over the sheet's first tables."""

    above: tuple[Text, ...]
    below: tuple[Text, ...]
    head: tuple[Text, ...]


class Title(NamedTuple):
    """The one measure that a table's title is about, empty where it is none; whether it says per cent; and the scale
    that the texts around give to head counts ("dalam ribuan")."""

    measure: str
    says_pct: bool
    scale: int


def of_people(said: Understanding) -> Understanding:
    """What a header says where "penduduk" says no more than that people are counted, as beside rows of "BEKERJA"."""
    return replace(said, leftover=()) if set(said.leftover) <= _COUNTED else said


def not_understood(column: Column) -> Column:
    """A column whose words are known and leave open all the same what it holds."""
    return replace(column, understanding=replace(column.understanding, leftover=(column.header_text,)))
