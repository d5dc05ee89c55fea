"""What a table's surroundings say about its figures: the date, the segment, the basis, the unit.

The narrowest place counts: row, header, block, title, sheet name, file name. Two places that
contradict each other refuse the table; a file name that does is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from flows.read.dates import FoundDate, dates_of_figures, find_dates
from flows.read.layout import Table, Text
from flows.addresses import a1
from flows.read.words import years_in
from flows.records import Finding
from schemas.kind import Dimension


@dataclass
class Context:
    """Dimension values for the whole table, where each was found, and what speaks against them."""

    values: dict[str, str] = field(default_factory=dict)
    found_in: dict[str, str] = field(default_factory=dict)
    unclear: dict[str, list[str]] = field(default_factory=dict)  # dimensions of which several members are named
    findings: list[Finding] = field(default_factory=list)
    scale: int = 1


def read_context(table: Table, file_name: str) -> Context:
    """The context of a table; a time is looked for only where its rows and columns do not carry their own."""
    context = Context()
    context.scale = max((table.lexicon.context_scale(text.words) for text in table.above), default=1)
    time = table.lexicon.kind.time
    carried = table.carrier(time.name) or all(time.name in c.understanding.members for c in table.measures)
    if not carried:
        if time.reads == "date":
            _take_date(context, table, file_name)
        else:
            _take_year(context, table, file_name)
    for dimension in table.lexicon.kind.dimensions:
        if dimension.reads == "member":
            _take_member(context, table, dimension)
    return context


def _take_date(context: Context, table: Table, file_name: str) -> None:
    name = table.lexicon.kind.time.name
    sheet = table.sheet.name
    found = list(_dates_in(table.above, must_say_so=False)) or list(_dates_in(table.below, must_say_so=True))
    in_sheet_name = find_dates(_spaced(sheet))
    in_file_name = find_dates(_spaced(file_name))
    for text, day in found:
        if day.day is None:
            context.findings.append(
                Finding("date_impossible", sheet, a1(text.row, text.column), text.words, {"date": day.words})
            )
            return
    candidates = [day for _, day in found] + list(in_sheet_name)
    exact = next((day for day in candidates if day.is_exact), candidates[0] if candidates else None)
    if exact and (other := next((day for day in candidates if not exact.agrees_with(day)), None)):
        place = next((text for text, day in found if day == other), found[0][0] if found else None)
        context.findings.append(
            Finding("date_contradiction", sheet, a1(place.row, place.column) if place else "", place.words if place else "",
                    {"one": exact.words, "other": other.words})
        )  # fmt: skip
        return
    if exact and exact.day:
        context.values[name] = exact.day.isoformat()
        context.found_in[name] = "title" if found else "sheet_name"
        against = next((day for day in in_file_name if not exact.agrees_with(day)), None)
        if against:
            context.findings.append(
                Finding("file_name_date", sheet, "", file_name, {"date": against.words, "used": exact.day.isoformat()})
            )
    elif len({day.day for day in in_file_name}) == 1 and in_file_name[0].day:
        context.values[name] = in_file_name[0].day.isoformat()
        context.found_in[name] = "file_name"


def _dates_in(texts: Iterable[Text], must_say_so: bool) -> Iterable[tuple[Text, FoundDate]]:
    for text in texts:
        if isinstance(text.cell, date):
            day = text.cell.date() if isinstance(text.cell, datetime) else text.cell
            yield text, FoundDate(0, 0, day.isoformat(), day, is_exact=True)
        else:
            for found in dates_of_figures(text.words, must_say_so):
                yield text, found


def _take_year(context: Context, table: Table, file_name: str) -> None:
    name = table.lexicon.kind.time.name
    for place, words in (
        ("title", [text.words for text in table.above]),
        ("sheet_name", [table.sheet.name]),
        ("file_name", [_spaced(file_name)]),
    ):
        years = {year for text in words for year in years_in(text)}
        if len(years) == 1:
            context.values[name] = years.pop()
            context.found_in[name] = place
        if years:
            return


def _spaced(name: str) -> str:
    return re.sub(r"[_]+", " ", name)


def _take_member(context: Context, table: Table, dimension: Dimension) -> None:
    """A member that titles or the sheet's name give to the whole table; several that differ refuse it."""
    named: dict[str, Text | None] = {}
    for text in table.above:
        for value in table.lexicon.context_members(text.words).get(dimension.name, ()):
            named.setdefault(value, text)
    if not named:
        for value in table.lexicon.context_members(table.sheet.name).get(dimension.name, ()):
            named.setdefault(value, None)
    if len(named) == 1:
        context.values[dimension.name] = next(iter(named))
        context.found_in[dimension.name] = "title"
    elif named:
        context.unclear[dimension.name] = sorted(named)
