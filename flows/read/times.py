"""Months that are named without their year become days: the year stands in a column, over a block, or in the title.

One year for all of a table's months is believed where the months run in order with it and end by the day that the
title names; "Desember, Januari, Februari" under "2025" do not, and are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from flows.read.layout import Table
from flows.read.ledger import Clerk
from flows.read.months import Month, day_of
from flows.read.regions import NO_REGION
from flows.read.rows import YEAR, Rows
from flows.read.said_time import read_year_of_months
from flows.read.values import MeasureColumn
from flows.read.words import years_in
from flows.read.workbook import shown

EPOCH = date(1970, 1, 1)
_OPEN = -1


@dataclass(frozen=True)
class Found:
    """The cells of a table that hold a value (`row`, `nth` measure column), and the codes of their dimensions.

    `is_number` is False at those whose value is refused already.
    """

    table: Table
    read: list[MeasureColumn]
    rows: Rows
    row: np.ndarray
    nth: np.ndarray
    is_number: np.ndarray
    dimensions: dict[str, np.ndarray]


def complete_months(found: Found, file_name: str, clerk: Clerk) -> np.ndarray:
    """Put days in the place of months, in the codes themselves. Which cells may be loaded: not those of an open year,
    for which there is a finding."""
    codes = found.dimensions[found.table.lexicon.kind.time.name]
    is_month, usable = codes < _OPEN, np.ones(len(codes), bool)
    if found.table.year_column is None and YEAR not in found.rows.blocks and not is_month.any():
        return usable
    by_row, is_own = _years_by_row(found, clerk)
    years = by_row[found.row]
    is_other = (codes >= 0) & (years > 0) & (_years_of(codes) != years)
    if is_other.any():
        _refuse(found, is_other, "year_contradicts_date", clerk, years[is_other])
        usable &= ~is_other
    if not is_month.any():
        return usable
    said = read_year_of_months(found.table, file_name)
    shares_year = is_month & ~is_own[found.row]
    years = np.where(years > 0, years, said.year)
    keys, place = np.unique(codes.astype(np.int64) * 10_000 + years, return_inverse=True)
    pairs = [divmod(key, 10_000) for key in keys.tolist()]
    days = [_day_number(code, year) if code < _OPEN else code for code, year in pairs]
    codes[:] = np.array(days, np.int32)[place]
    is_open = is_month & (codes == _OPEN)
    if is_open.any():
        named = [int(year) for year in said.years]
        _refuse(found, is_open, "month_of_which_year" if named else "month_without_year", clerk, named)
    is_late = shares_year & (codes > end_of_month(said.until))
    if is_late.any() or not _run_in_order(found, codes, shares_year):
        _refuse(found, shares_year & ~is_open, "months_out_of_order", clerk, years[shares_year])
        is_open |= shares_year
    return usable & ~is_open


def _years_by_row(found: Found, clerk: Clerk) -> tuple[np.ndarray, np.ndarray]:
    """The year that a column or a heading gives each row, 0 where there is none; and whether it stands in that row."""
    table, rows = found.table, found.rows
    own = [""] * len(rows.region)
    if table.year_column is not None:
        own = [shown(cell).strip() for cell in table.spread(table.year_column)]
        texts = _filled_down(own)
        clerk.book_cells(np.flatnonzero(rows.region != NO_REGION), [table.year_column], "header")
    else:
        texts = rows.blocks.get(YEAR, np.full(len(rows.region), "", dtype=object)).tolist()
    year_of = {text: int(years[0]) if len(years := years_in(text)) == 1 else 0 for text in set(texts)}
    is_own = np.array([text != "" and year_of[text] > 0 for text in own])
    return np.array([year_of[text] for text in texts], np.int32), is_own


def _filled_down(years: list[str]) -> list[str]:
    """The years of a column that says each once, over the months that it holds for."""
    filled, last = [], ""
    for year in years:
        last = year or last
        filled.append(last)
    return filled


def _years_of(codes: np.ndarray) -> np.ndarray:
    """The year in which each day lies."""
    return codes.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + EPOCH.year


def _day_number(code: int, year: int) -> int:
    day = day_of(code, year) if year else None
    return (day - EPOCH).days if day else _OPEN


def end_of_month(day: date | None) -> int:
    """The number of the last day of a day's month; beyond every day where there is none."""
    return _day_number(Month(day.month, day.month).code, day.year) if day else np.iinfo(np.int32).max


def _run_in_order(found: Found, codes: np.ndarray, shares_year: np.ndarray) -> bool:
    """Whether the days of each figure whose months share a year run forward, or backward over three or more:
    "Desember, Januari" of one year may be of two."""
    figures = _number_figures(found)
    asked = (codes >= 0) & np.isin(figures, figures[shares_year])
    keys, first = np.unique((figures[asked] << 20) + codes[asked], return_index=True)
    figure, day = np.divmod(keys[np.lexsort((first, keys >> 20))], 1 << 20)
    starts = np.flatnonzero(np.diff(figure, prepend=-1))
    for days in np.split(day, starts[1:]):
        steps = np.diff(days)
        if not ((steps > 0).all() or (len(steps) > 1 and (steps < 0).all())):
            return False
    return True


def _number_figures(found: Found) -> np.ndarray:
    """A number for what each cell measures of which region, whenever."""
    time = found.table.lexicon.kind.time.name
    said = [column.column.understanding for column in found.read]
    heads = [(each.measure, *sorted(item for item in each.members.items() if item[0] != time)) for each in said]
    head_numbers = {head: number for number, head in enumerate(dict.fromkeys(heads))}
    numbers = found.rows.region[found.row].astype(np.int64)
    for values in (
        np.array([head_numbers[head] for head in heads])[found.nth],
        *(codes for name, codes in found.dimensions.items() if name != time),
    ):
        numbers = numbers * (int(values.max()) + 2) + values + 1
    return numbers


def _refuse(found: Found, refused: np.ndarray, rule: str, clerk: Clerk, years: Iterable[int]) -> None:
    """Refuse the numbers among some cells, with one finding at the first of them."""
    cells = np.flatnonzero(refused & found.is_number)
    if not len(cells):
        return
    table, column, index = found.table, found.read[int(found.nth[cells[0]])].column, int(found.row[cells[0]])
    carrier = table.carrier(table.lexicon.kind.time.name)
    said = column.header_text if carrier is None else shown(table.spread(carrier.number)[index])
    named = ", ".join(map(str, sorted({int(year) for year in years})))
    clerk.find(rule, table.first_row + index, column.number, said, count=len(cells), years=named)
    numbers = np.array([each.column.number for each in found.read])
    clerk.ledger.book_each(table.first_row + found.row[cells], numbers[found.nth[cells]], "refused")
