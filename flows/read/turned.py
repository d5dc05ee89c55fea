"""Areas of a sheet whose regions stand across: one row names them, and what is measured stands down at their left.

An area is turned (`Sheet.turn`) and then read like any other table. Its labels become header rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.read.headers import is_wordy
from flows.read.numbers import is_figure
from flows.read.regions import RegionBook
from flows.read.words import tokens_of
from flows.read.workbook import Cell, Sheet, is_blank, shown

_FEWEST = 2  # names in a row, or forms with one name each; one alone is a title
_HEADS_NAME = {"nama", "kabupaten", "kab", "kota", "dan", "regency", "city"}
_NUMBERS = {"no", "nomor"}


@dataclass(frozen=True)
class Area:
    """The row of names (`names`, from `top` on), the last row of figures, the columns from the labels to the last name.

    Over the names "Kabupaten" and "Kota" may stand. `labels` columns at the left hold labels; those of them in
    `skipped` only number the rows.
    """

    top: int
    left: int
    bottom: int
    right: int
    labels: int
    skipped: tuple[int, ...]
    names: int = 0


def find_areas(sheet: Sheet, book: RegionBook) -> list[Area]:
    """Every area of a sheet whose regions stand across, from the top."""
    tops = [row for row in range(len(sheet.rows)) if _names_regions(sheet.rows[row], book)]
    if not tops:
        forms = [row for row in range(len(sheet.rows)) if _begins_form(sheet.rows[row], book)]
        tops = forms if len(forms) >= _FEWEST else []
    areas = []
    for top, following in zip(tops, [*tops, len(sheet.rows)][1:], strict=True):
        if area := _area(sheet, top, following - 1, book):
            areas.append(area)
    return areas


def _names_regions(row: Sequence[Cell], book: RegionBook) -> bool:
    """Two regions or more, and nothing but regions and totals from the first of them on; of several a few names may
    be misspelled."""
    first = next((n for n, cell in enumerate(row) if _role(cell, book) == "region"), None)
    if first is None:
        return False
    roles = [_role(cell, book) for cell in row[first:] if not is_blank(cell)]
    strange = [role for role in roles if role not in ("region", "total", "branch", "average")]
    return roles.count("region") >= max(_FEWEST, 2 * len(strange)) and set(strange) <= {"unknown"}


def _begins_form(row: Sequence[Cell], book: RegionBook) -> bool:
    """ "Kabupaten/Kota" | "Kabupaten Bintan" and nothing else: the figures of one regency follow, label by label."""
    filled = [cell for cell in row if not is_blank(cell)]
    if len(filled) != 2 or _role(filled[1], book) != "region":
        return False
    words = set(tokens_of(shown(filled[0])))
    return bool(words) and words <= _HEADS_NAME


def _role(cell: Cell, book: RegionBook) -> str:
    return book.match(cell).role if type(cell) is str and not is_blank(cell) else ""


def _holds_value(cell: Cell) -> bool:
    """A number, a mark for a missing one, or a broken cell; a note or a signature under the names is none."""
    return not is_blank(cell) and not is_wordy(cell)


def _numbers_rows(header: Cell) -> bool:
    words = set(tokens_of(shown(header)))
    return bool(words) and words <= _NUMBERS


def _area(sheet: Sheet, top: int, limit: int, book: RegionBook) -> Area | None:
    row = sheet.rows[top]
    first = next(n for n, cell in enumerate(row) if _role(cell, book) == "region")
    while first > 1 and _role(row[first - 1], book) in ("total", "branch", "average"):
        first -= 1
    last = max(n for n, cell in enumerate(row) if not is_blank(cell))
    right = max((c2 for r1, c1, _, c2 in sheet.merges if (r1, c1) == (top, last)), default=last)
    while right + 1 < sheet.width and is_blank(row[right + 1]):
        if not any(map(is_figure, sheet.columns[right + 1][top + 1 : limit + 1])):
            break  # figures right of the last name are that region's too, or of nobody
        right += 1
    figures = [r for r in range(top + 1, limit + 1) if any(map(_holds_value, sheet.rows[r][first : right + 1]))]
    if not figures:
        return None
    bottom = figures[-1]
    labels = [n for n in range(first) if any(not is_blank(sheet.rows[r][n]) for r in range(top, bottom + 1))]
    if not labels:
        return None
    left = labels[0]
    skipped = tuple(n - left for n in labels if _numbers_rows(row[n]))
    over = [_role(cell, book) for cell in sheet.rows[top - 1][first : right + 1] if not is_blank(cell)] if top else []
    names = int(bool(over) and set(over) == {"section"})
    return Area(top - names, left, bottom, right, first - left, skipped, names)
