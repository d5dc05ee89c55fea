"""Numbers as offices type them: "38.595", "38.595 orang", "43,2%", "1,234,567", "-".

A head count has no decimals, so a lone group of three after a separator is thousands; a percentage
passes 1,000 never, so the same text is a decimal there. What stays open after that is `Ambiguous`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from flows.read.workbook import BrokenCell, Cell
from schemas.kind import Unit

MISSING = {"", "-", "–", "—", "na", "n/a", "n.a.", "…", "...", "null", "nihil data", "tad", "*"}
_SUFFIX = re.compile(r"\s*(?:orang|jiwa|org|tk|peserta|people)\.?$", re.IGNORECASE)
_THOUSANDS = re.compile(r"\s*(?:(?P<thousand>ribu|rb)|juta|jt)\.?$", re.IGNORECASE)
_MONTHS = re.compile(r"\s*(?:bulan|bln|months?)\.?$", re.IGNORECASE)
_PER_CENT = re.compile(r"\s*(?:%|persen|prosen|percent)$", re.IGNORECASE)
_RUPIAH = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_RUPIAH_END = re.compile(r"(?:,-|,00|\.00)$")
_PLAIN = re.compile(r"[+-]?\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*", re.ASCII)
_DECIMAL = re.compile(r"([+-]?\d+)[.,](\d+)", re.ASCII)
_COMMON_COUNT = re.compile(r"\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_UNIFORM_COUNTS = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:\n(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+))*", re.ASCII)
_COMMON_PCT = re.compile(r"(\d+)[.,](\d+) ?(%?)", re.ASCII)
_BOTH = re.compile(r"([+-]?[1-9]\d{0,2}([., '])\d{3}(?:\2\d{3})*)([.,])(\d+)", re.ASCII)


class Number(NamedTuple):
    """A number read from a text. `decimals` as printed; `is_pct` where the text itself says per cent."""

    value: float
    decimals: int
    is_pct: bool = False


class Missing(NamedTuple):
    """The text says that there is no number."""


class Ambiguous(NamedTuple):
    """Two numbers that the text could mean."""

    one: float
    other: float


def read_number(text: str, unit: Unit, scale: int = 1) -> Number | Missing | Ambiguous | None:
    """The number that a text holds for a measure of that unit; None where it is no number.

    `scale` is the unit of the column (1,000 for "ribu orang"): there a head count may have decimals,
    so "38.595" has two readings.
    """
    if unit == "people" and scale == 1 and _COMMON_COUNT.fullmatch(text):
        return Number(float(text.replace(".", "").replace(",", "")), 0)
    if unit == "people" and text.endswith("%"):
        return None
    if unit == "pct" and (common := _COMMON_PCT.fullmatch(text)):
        return Number(float(f"{common[1]}.{common[2]}"), len(common[2]), bool(common[3]))
    return _read_any_form(text, unit, scale)


def is_figure(cell: Cell) -> bool:
    """Whether a cell shows a number: it is one, reads as one, or holds an error in its place. "-" shows that none is
    there."""
    if type(cell) is str:
        return cell != "" and isinstance(number_shown(cell), Number | Ambiguous)
    return isinstance(cell, float | int | BrokenCell)


def number_shown(text: str) -> Number | Missing | Ambiguous | None:
    """What a text shows of whatever measure; None where it is words."""
    found = read_number(text, "pct")
    return read_number(text, "people") if found is None and text[:1].isdigit() else found


def _read_any_form(text: str, unit: Unit, scale: int) -> Number | Missing | Ambiguous | None:
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").strip().lstrip("'").strip()
    if plain.lower() in MISSING:
        return Missing()
    is_pct = bool(_PER_CENT.search(plain))
    if unit != "pct":
        plain = _SUFFIX.sub("", plain)
    plain = _PER_CENT.sub("", plain)
    if is_pct and unit != "pct":
        return None
    if unit == "people" and (said := _THOUSANDS.search(plain)):
        return _read_thousands(plain[: said.start()], 3 if said["thousand"] else 6) if scale == 1 else None
    if unit == "months":
        plain = _MONTHS.sub("", plain)
    if unit == "rupiah":
        plain = _RUPIAH_END.sub("", _RUPIAH.sub("", plain))
    if _PLAIN.fullmatch(plain):
        return Number(float(plain), 0, is_pct)
    if (both := _BOTH.fullmatch(plain)) and both[2] != both[3]:
        digits = re.sub(r"[., ']", "", both[1])
        return Number(float(f"{digits}.{both[4]}"), len(both[4]), is_pct)
    grouped, decimal = _GROUPED.fullmatch(plain), _DECIMAL.fullmatch(plain)
    as_group = float(re.sub(r"[., ']", "", plain)) if grouped else None
    as_decimal = Number(float(f"{decimal[1]}.{decimal[2]}"), len(decimal[2]), is_pct) if decimal else None
    if as_group is None or as_decimal is None:
        return as_decimal if as_group is None else Number(as_group, 0, is_pct)
    if unit == "pct":
        return as_decimal
    if scale != 1:
        return Ambiguous(as_group, as_decimal.value)
    return Number(as_group, 0)


def _read_thousands(text: str, zeros: int) -> Number | Ambiguous | None:
    """A head count that says its own unit ("396,5 ribu"); it is known to the last digit that is printed."""
    factor = 10**zeros
    found = _read_any_form(text, "people", factor)
    if isinstance(found, Number):
        return Number(round(found.value * factor, 6), found.decimals - zeros)
    return Ambiguous(found.one * factor, found.other * factor) if isinstance(found, Ambiguous) else None


def read_uniform(texts: Sequence[str], unit: Unit, scale: int) -> tuple[np.ndarray, int, bool] | None:
    """A column typed in one common form, read at once: its values, decimals, and whether each says per cent.

    Forms: "38.595" or "38595" for counts, "43,2%" or "43,2" with equally many decimals for percentages. None
    where any cell is typed otherwise: then `read_number` looks at each. Both give the same values.
    """
    column = "\n".join(texts)
    if column.count("\n") != len(texts) - 1:
        return None
    if unit == "people":
        if scale != 1 or not _UNIFORM_COUNTS.fullmatch(column):
            return None
        return np.array(column.replace(".", "").split("\n"), dtype=float), 0, False
    first = _COMMON_PCT.fullmatch(texts[0])
    if not first:
        return None
    decimals, sign = len(first[2]), first[3]
    one = rf"[0-9]+,[0-9]{{{decimals}}}{sign}"
    if not re.fullmatch(rf"{one}(?:\n{one})*", column):
        return None
    return np.array(column.replace(",", ".").replace("%", "").split("\n"), dtype=float), decimals, bool(sign)


@lru_cache(maxsize=50_000)
def decimals_of(number: float) -> int:
    """Digits after the point in the shortest decimal text of a number."""
    text = repr(number)
    if "e" in text:
        return 17
    return 0 if text.endswith(".0") else len(text.partition(".")[2])
