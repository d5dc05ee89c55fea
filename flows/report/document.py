"""A document of tables before it is written as Excel, Word, HTML, CSV or Markdown: what stands where, not how it looks.

Numbers stay numbers (an int, or a Decimal with the digits that are shown); a writer or `shown_value` makes them text.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from flows.read.dates import MONTH_NAMES

Kind = Literal["text", "year", "pct", "people", "rupiah"]
Value = str | int | Decimal | None
WIB = timedelta(hours=7)  # what is added to UTC: western Indonesia has no summer time


@dataclass(frozen=True)
class Column:
    """A column: its header (a group above it may be empty), the kind of its values, and its width in millimetres."""

    header: str
    kind: Kind = "text"
    width_mm: int = 20
    group: str = ""


@dataclass(frozen=True)
class Table:
    """A table under its caption, with its source below.

    `key` names it in formulas. `formulas` hold, by row and column of the body (from 0), how a spreadsheet makes a cell
    again out of others: `[key:row:column]` stands for a cell in that table, `self` for this one. `inputs` are the cells
    that a planner may change.
    """

    key: str
    sheet: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    source: str
    notes: tuple[str, ...] = ()
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    inputs: frozenset[tuple[int, int]] = frozenset()
    starts_page: bool = False

    @property
    def has_groups(self) -> bool:
        """Whether a second header row stands above the columns."""
        return any(column.group for column in self.columns)

    @property
    def width_mm(self) -> int:
        return sum(column.width_mm for column in self.columns)


@dataclass(frozen=True)
class Document:
    """Tables in order, and where their figures come from.

    `mark` is printed on every page where the figures are made up ("DATA CONTOH"); `provenance` is what `ucj verify`
    reads back, as JSON.
    """

    title: str
    subtitle: str
    tables: tuple[Table, ...]
    provenance: str
    lang: str
    mark: str = ""


def shown_day(day: date, lang: str) -> str:
    """A day as people write it: 31 Oktober 2025, 31 October 2025."""
    months = MONTH_NAMES if lang == "id" else calendar.month_name[1:]
    return f"{day.day} {months[day.month - 1]} {day.year}"


def shown_value(value: Value, kind: Kind, lang: str) -> str:
    """A value as people read it: 38.595 and 43,20, in English 38,595 and 43.20; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if kind == "year":
        return str(value)
    text = f"{value:,.2f}" if kind == "pct" else f"{value:,}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))
