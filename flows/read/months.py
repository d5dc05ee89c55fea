"""Months, quarters and days that a text names without their year: "Januari", "TW III", "Semester I", "31 Maret".

They are no dates. As a text one is "--03" (a month), "--01/03" (from a month to a month) or "--03-31" (a day); as a
code it is a negative number. `complete_months` in `flows.read.times` makes days of them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flows.read.dates import (
    AND_SIGN,
    HALF_NUMBER,
    HALF_WORD,
    MONTH_PATTERN,
    QUARTER_NUMBER,
    QUARTER_WORD,
    RANGE,
    RANGE_SIGN,
    find_dates,
    month_number,
)

_NUMBERS = {"i": 1, "1": 1, "ii": 2, "2": 2, "iii": 3, "3": 3, "iv": 4, "4": 4}
_FORMS = re.compile(
    rf"""\b(?:
        (?:(?P<day>\d{{1,2}})[\s\-]+|(?<!\d[\s\-]))(?P<month>{MONTH_PATTERN})
      | bulan\s+(?:ke[\s\-]*)?(?P<number>1[0-2]|[1-9])\b
      | {QUARTER_WORD}[\s.\-]*(?:(?P<quarter1>{QUARTER_NUMBER})(?P<and3>{AND_SIGN}|{RANGE_SIGN}))?
        (?P<quarter>{QUARTER_NUMBER})\b
      | {HALF_WORD}[\s.\-]*(?:(?P<half1>{HALF_NUMBER})(?P<and6>{AND_SIGN}|{RANGE_SIGN}))?(?P<half>{HALF_NUMBER})\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TEXT = re.compile(r"--(\d\d)(?:/(\d\d)|-(\d\d))?")


@dataclass(frozen=True)
class Month:
    """A part of a year that is not named: its first and last month, and a day of that where the text says one."""

    first: int
    last: int
    day: int = 0

    @property
    def text(self) -> str:
        """ "--03", "--01/03" or "--03-31"."""
        if self.day:
            return f"--{self.last:02d}-{self.day:02d}"
        return f"--{self.first:02d}/{self.last:02d}" if self.first != self.last else f"--{self.last:02d}"

    @property
    def code(self) -> int:
        """A negative number in place of a day's; below -99, because -1 is "not known"."""
        return -(100 * self.last + self.day)

    def holds(self, other: Month) -> bool:
        """Whether another month lies in this one: February in the first quarter."""
        return self.first <= other.last <= self.last and self.day in (0, other.day)


@lru_cache(maxsize=20_000)
def find_months(text: str) -> tuple[Month, ...]:
    """The months that a text names without a year, each once; of a range ("Januari s.d. Maret") one from its first to
    its last. None where the text holds a date."""
    if find_dates(text):
        return ()
    kept: list[tuple[int, Month]] = []
    for match in _FORMS.finditer(text):
        *others, month = _months_of(match)
        if month.day == month.last:  # "03 Maret" may be the third day or only number the month
            return ()
        kept += [(match.start(), other) for other in others]
        if not others and kept and RANGE.fullmatch(text[kept[-1][0] : match.start()].strip()):
            _, begun = kept.pop()
            if begun.first <= month.last:
                month = Month(begun.first, month.last, month.day)
        kept.append((match.end(), month))
    return tuple(dict.fromkeys(month for _, month in kept))


def without_months(text: str) -> str:
    """A text without the months that it names."""
    return _FORMS.sub(" ", text)


def month_in(text: str) -> Month | None:
    """The month of a text in one of the forms of `Month.text`, or of a day ("2025-03-31"); None where it is neither."""
    if match := _TEXT.fullmatch(text):
        last = int(match[2] or match[1])
        return Month(int(match[1]), last, int(match[3] or 0))
    days = find_dates(text)
    day = days[0].day if len(days) == 1 else None
    return Month(day.month, day.month, day.day) if day else None


def is_month(text: str) -> bool:
    """Whether a text is one of the forms of `Month.text`."""
    return text.startswith("--")


def day_of(code: int, year: int) -> date | None:
    """The day that a month's code means in a year: its last, where it says none; None where no calendar has it."""
    month, day = divmod(-code, 100)
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def _months_of(match: re.Match[str]) -> tuple[Month, ...]:
    """The month that a match means; the two of "Triwulan I dan II"."""
    for unit, numbers in ((3, match.group("quarter1", "and3", "quarter")), (6, match.group("half1", "and6", "half"))):
        if numbers[-1]:
            return _parts_of_year(unit, *numbers)
    month = int(match["number"] or 0) or month_number(match["month"])
    return (Month(month, month, int(match["day"] or 0)),)


def _parts_of_year(months: int, first: str | None, sign: str | None, last: str) -> tuple[Month, ...]:
    """A quarter (three `months`) or a half, as Month; from the first to the last of "I - III", each of "I dan II"."""
    end = months * _NUMBERS[last.lower()]
    if not first:
        return (Month(end - months + 1, end),)
    begun = months * _NUMBERS[first.lower()]
    if sign and re.fullmatch(AND_SIGN, sign, re.IGNORECASE):
        return Month(begun - months + 1, begun), Month(end - months + 1, end)
    return (Month(begun - months + 1, end),)
