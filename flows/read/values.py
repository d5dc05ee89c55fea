"""The numbers of a table's measure columns, and the scale of percentages that nothing states.

A column is read as a whole: cell types and number formats are evidence, and what could mean two
numbers is refused with both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flows.read.columns import Column
from flows.read.layout import Table
from flows.read.ledger import Clerk
from flows.read.numbers import MISSING, Ambiguous, Missing, Number, decimals_of, read_number, read_uniform
from flows.read.titles import harmless_marks, without_mark
from flows.read.workbook import BrokenCell, Cell, is_blank, shown
from schemas.kind import MOST_PEOPLE, Measure

NOTHING, NUMBER, REFUSED = 0, 1, 2
_POINT_OF_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


@dataclass
class MeasureColumn:
    """One measure column, by row of the body.

    `state` is NOTHING, NUMBER or REFUSED; `number` what a number cell held and `text` what a text cell
    held; `step` one unit of the last printed digit (percentages only); `bare` marks percentages whose
    scale nothing says (0.432 or 43.2?); `marks` are those of footnotes that may stand behind a number. The
    arrays are rows of the table's `Measures`.
    """

    column: Column
    measure: Measure
    scale: int
    state: np.ndarray
    value: np.ndarray
    number: np.ndarray
    text: np.ndarray
    step: np.ndarray
    bare: np.ndarray
    marks: frozenset[str]

    @property
    def unit(self) -> float:
        """One unit of the last printed digit, in people: 100 for thousands with one decimal."""
        if self.scale == 1:
            return 1
        printed = self.value[self.state == NUMBER] / self.scale
        return self.scale * 10.0 ** -max((decimals_of(round(number, 6)) for number in printed.tolist()), default=0)


class Measures:
    """The measure columns of a table; each array holds a row for a column, so that cells are gathered at once."""

    def __init__(self, width: int, height: int) -> None:
        shape = (width, height)
        self.columns: list[MeasureColumn] = []
        self.marks: frozenset[str] = frozenset()  # behind figures, of footnotes that change nothing
        self.state = np.zeros(shape, np.uint8)
        self.value = np.full(shape, np.nan)
        self.number = np.full(shape, np.nan)
        self.text = np.full(shape, None, dtype=object)
        self.step = np.full(shape, np.nan)
        self.bare = np.zeros(shape, bool)

    def add(self, column: Column, measure: Measure, scale: int) -> MeasureColumn:
        """The next column."""
        n = len(self.columns)
        made = MeasureColumn(column, measure, scale, self.state[n], self.value[n], self.number[n], self.text[n],
                             self.step[n], self.bare[n], self.marks)  # fmt: skip
        self.columns.append(made)
        return made


def read_measures(table: Table, wanted: np.ndarray, title_scale: int, other_scale: int, clerk: Clerk) -> Measures:
    """The measure columns of a table, read in the `wanted` rows; `other_scale` is one that may be meant or not."""
    measures = Measures(len(table.measures), len(table.body))
    notes, titles = ([text.words for text in texts] for texts in (table.below, table.titles))
    measures.marks = harmless_marks(notes, titles)
    asked = np.flatnonzero(wanted).tolist()
    for column in table.measures:
        rows = [index for index in asked if table.labels[index] == column.label] if column.label != "" else asked
        _read_column(measures, table, column, rows, title_scale, clerk)
    counts = [column for column in measures.columns if column.measure.unit == "people"]
    titled = [read for read in counts if read.column.understanding.scale == 1]
    is_wrong = title_scale != 1 and any(map(_are_too_many, titled))  # then it is no scale of these figures at all
    if is_wrong or other_scale not in (1, title_scale):
        factor = 1 / title_scale if is_wrong else other_scale / title_scale
        for read in titled:
            _refuse_doubtful(read, read.state == NUMBER, factor, table, clerk)
    _refuse_merged(measures.columns, table, clerk)
    _refuse_lost_thousands(counts, table, clerk)
    _refuse_points_of_thousands(measures.columns, table, clerk)
    rates = {column.measure.name: column.measure for column in measures.columns if column.measure.unit == "pct"}
    others: set[bool] = set()  # what is known of the rates before: a table writes them all alike
    for measure in sorted(rates.values(), key=lambda measure: measure.ratio is None):
        others = _settle_scale(measure, measures.columns, others, table, clerk) or others
    return measures


def _refuse_merged(read: list[MeasureColumn], table: Table, clerk: Clerk) -> None:
    """A figure merged over the rows of several regions, or over several measures, is of none of them alone; one over
    the columns that its header is merged over is that header's."""
    at = {column.column.number: column for column in read}
    names = table.cells(table.anchor)
    of_headers = {(c1, c2) for r1, c1, r2, c2 in table.sheet.merges if r2 == table.first_row - 1}
    for top, left, bottom, right in table.sheet.merges:
        index, end = top - table.first_row, min(bottom - table.first_row, len(names) - 1)
        if left not in at or not 0 <= index <= end or at[left].state[index] != NUMBER:
            continue
        over_rows = any(not is_blank(name) for name in names[index + 1 : end + 1])
        is_header_s = (left, right) in of_headers
        if over_rows or (not is_header_s and any(number in at for number in range(left + 1, right + 1))):
            at[left].state[index] = REFUSED
            clerk.refuse_cell("merged_figure", index, left, shown(table.body[index][left]))


def _refuse_points_of_thousands(read: list[MeasureColumn], table: Table, clerk: Clerk) -> None:
    """A percentage typed "89.340" in a table whose head counts are typed "38.595" may be a head count, unless its
    counts give just that percentage."""
    doubtful = {
        n: [type(text) is str and bool(_POINT_OF_THOUSANDS.fullmatch(text)) for text in column.text.tolist()]
        for n, column in enumerate(read) if column.measure.unit == "pct"
    }  # fmt: skip
    if not any(map(any, doubtful.values())):
        return
    marks = {
        text[-4] for column in read if column.measure.unit == "people"
        for text in column.text.tolist() if type(text) is str and _POINT_OF_THOUSANDS.fullmatch(text)
    }  # fmt: skip
    for n, typed in doubtful.items():
        texts = read[n].text.tolist()
        is_alike = np.array([is_typed and text[-4] in marks for is_typed, text in zip(typed, texts, strict=True)])
        ratio = _ratio_beside(read[n], read)
        if ratio is not None:
            is_alike &= ~(np.abs(read[n].value - 100 * ratio) <= read[n].step)
        _refuse_doubtful(read[n], is_alike & (read[n].state == NUMBER), 1000, table, clerk)


def _read_column(
    measures: Measures, table: Table, column: Column, asked: list[int], title_scale: int, clerk: Clerk
) -> None:
    measure = table.lexicon.kind.measure(column.understanding.measure)
    own_scale = column.understanding.scale
    scale = 1 if measure.unit == "pct" else own_scale if own_scale != 1 else title_scale
    read = measures.add(column, measure, scale)
    _read_cells(read, table.cells(column.number), asked, clerk)
    if scale != 1 and own_scale == 1 and column.understanding.says_people:  # "dalam ribuan" over "(orang)"
        _refuse_doubtful(read, read.state == NUMBER, scale, table, clerk)
    if measure.unit == "people":
        _refuse_percent_formats(read, table, clerk)
    if measure.unit == "pct":
        if read.bare.any():
            _take_percent_formats(read, table)
            _take_steps(read)
    elif scale != 1:
        read.value[:] = np.round(read.value * scale, 6)


def _read_cells(read: MeasureColumn, cells: Sequence[Cell], asked: list[int], clerk: Clerk) -> None:
    """The cells of some rows: numbers and texts each at once, what is neither one by one."""
    chosen = [cells[index] for index in asked]
    types = set(map(type, chosen))
    if types <= {float, int}:
        _take_numbers(read, asked, chosen)
    elif types == {str}:
        _read_texts(read, asked, chosen, clerk)
    else:
        _read_mixed(read, cells, asked, clerk)


def _read_mixed(read: MeasureColumn, cells: Sequence[Cell], asked: list[int], clerk: Clerk) -> None:
    """A column whose cells are not all of one type."""
    numbers = [index for index in asked if type(cells[index]) is float or type(cells[index]) is int]
    texts = [index for index in asked if type(cells[index]) is str]
    _take_numbers(read, numbers, [cells[index] for index in numbers])
    _read_texts(read, texts, [cells[index] for index in texts], clerk)
    if len(asked) > len(numbers) + len(texts):
        for index in asked:
            if not isinstance(cells[index], str | float | int) or isinstance(cells[index], bool):
                _refuse_other(read, cells[index], index, clerk)


def _take_numbers(read: MeasureColumn, indexes: list[int], numbers: list[float]) -> None:
    if indexes:
        read.value[indexes] = read.number[indexes] = numbers
        read.state[indexes] = NUMBER
        read.bare[indexes] = True


def _read_texts(read: MeasureColumn, indexes: list[int], texts: list[str], clerk: Clerk) -> None:
    """Texts of a column: at once where they are typed all alike, else one by one; and those that say "missing"."""
    if not MISSING.isdisjoint(texts):
        pairs = list(zip(indexes, texts, strict=True))
        _book_missing(read, [(index, text) for index, text in pairs if text and text in MISSING], clerk)
        kept = [(index, text) for index, text in pairs if text not in MISSING]
        indexes, texts = [index for index, _ in kept], [text for _, text in kept]
    uniform = read_uniform(texts, read.measure.unit, read.scale) if texts else None
    if uniform is None:
        _read_each_text(read, indexes, texts, clerk)
        return
    read.value[indexes], decimals, is_pct = uniform
    read.text[indexes] = texts
    read.state[indexes] = NUMBER
    read.step[indexes] = 10.0**-decimals
    read.bare[indexes] = not is_pct


def _book_missing(read: MeasureColumn, marks: Sequence[tuple[int, str]], clerk: Clerk) -> None:
    """Cells that say that there is no number; the rule remembers which mark says so."""
    for mark in dict.fromkeys(text for _, text in marks):
        indexes = np.array([index for index, text in marks if text == mark])
        clerk.book_cells(indexes, read.column.number, "furniture", f"missing {mark.strip()}")


def _read_each_text(read: MeasureColumn, indexes: list[int], texts: list[str], clerk: Clerk) -> None:
    column = read.column
    are_decimals = _are_decimals(read, texts)
    for index, text in zip(indexes, texts, strict=True):
        found = read_number(text, read.measure.unit, read.scale)
        if type(found) is Ambiguous and are_decimals:
            found = Number(found.other, 3)
        if found is None and (plain := without_mark(text, read.marks)):
            found = read_number(plain, read.measure.unit, read.scale)
        if type(found) is Number:
            read.state[index] = NUMBER
            read.value[index] = found.value
            read.text[index] = text
            read.step[index] = 10.0**-found.decimals
            read.bare[index] = not found.is_pct
        elif type(found) is Missing:
            _book_missing(read, [(index, text)], clerk)
        elif type(found) is Ambiguous:
            read.state[index] = REFUSED
            clerk.refuse_cell(
                "two_readings", index, column.number, text, header=column.header_text, one=found.one, other=found.other
            )
        else:
            read.state[index] = REFUSED
            clerk.refuse_cell("not_a_number", index, column.number, text, header=column.header_text)


def _are_decimals(read: MeasureColumn, texts: Sequence[str]) -> bool:
    """Whether most texts of two readings ("97,380" in thousands) would be more people than any regency has, were their
    separator one of thousands."""
    found = [read_number(text, read.measure.unit, read.scale) for text in texts] if read.scale != 1 else []
    groups = [each.one * read.scale > MOST_PEOPLE for each in found if isinstance(each, Ambiguous)]
    return 2 * sum(groups) > len(groups)


def _refuse_other(read: MeasureColumn, cell: Cell, index: int, clerk: Clerk) -> None:
    """A date, a truth value, an error, a formula without a value: no number, whatever it shows."""
    read.state[index] = REFUSED
    rule = cell.rule if isinstance(cell, BrokenCell) else "not_a_number"
    clerk.refuse_cell(rule, index, read.column.number, shown(cell), header=read.column.header_text)


def _are_too_many(read: MeasureColumn) -> bool:
    """Whether most numbers are more people than any regency has."""
    numbers = read.value[read.state == NUMBER]
    return bool(len(numbers)) and float(np.median(numbers)) > MOST_PEOPLE


def _refuse_doubtful(read: MeasureColumn, doubtful: np.ndarray, factor: float, table: Table, clerk: Clerk) -> None:
    """Refuse numbers that may mean what they say or `factor` times that, with both readings."""
    column = read.column
    for index in np.flatnonzero(doubtful).tolist():
        read.state[index] = REFUSED
        one, cell = float(read.value[index]), shown(table.body[index][column.number])
        clerk.refuse_cell("two_readings", index, column.number, cell, header=column.header_text,
                          one=one, other=round(one * factor, 6))  # fmt: skip


def _refuse_lost_thousands(read: list[MeasureColumn], table: Table, clerk: Clerk) -> None:
    """Where Excel took "38.595" for 38.595, it took "152.000" for 152: whole number cells are in doubt too.

    That is so in a column with two such decimals or one of three digits, and in all of a table where they
    are the rule. The decimals themselves are refused by validation, with their likely reading.
    """
    read = [column for column in read if not np.isnan(column.number).all()]
    if not read:
        return
    small = [(np.abs(column.number) < 1000) & (column.scale == 1) for column in read]
    whole = [mask & (column.number % 1 == 0) & (column.number != 0) for mask, column in zip(small, read, strict=True)]
    lost = [
        mask & (column.number % 1 != 0) & (np.abs(column.number * 1000 % 1 - 0.5) > 0.499)
        for mask, column in zip(small, read, strict=True)
    ]
    is_rule = sum(int(mask.sum()) for mask in lost) > sum(int(mask.sum()) for mask in whole)
    for column, in_doubt, evidence in zip(read, whole, lost, strict=True):
        digits = [decimals_of(number) for number in column.number[evidence].tolist()]
        if not (is_rule or len(digits) > 1 or 3 in digits):
            continue
        _refuse_doubtful(column, in_doubt & (column.state == NUMBER), 1000, table, clerk)


def _shows_per_cent(read: MeasureColumn, table: Table) -> np.ndarray | None:
    """Which number cells of a column have the format of a percentage; None where none has."""
    rows = table.sheet.percent_rows.get(read.column.number)
    if not rows:
        return None
    formatted = np.zeros(len(table.sheet.rows), bool)
    formatted[[row for row in rows if row < len(formatted)]] = True
    return np.asarray(formatted[table.first_row : table.last_row + 1] & read.bare & ~np.isnan(read.number))


def _refuse_percent_formats(read: MeasureColumn, table: Table, clerk: Clerk) -> None:
    """A number among head counts that is shown as a percentage is none."""
    mask = _shows_per_cent(read, table)
    for index in np.flatnonzero(mask).tolist() if mask is not None else ():
        read.state[index] = REFUSED
        cell = f"{round(read.number[index] * 100, 6):.10g}%"
        clerk.refuse_cell("not_a_number", index, read.column.number, cell, header=read.column.header_text)


def _take_percent_formats(read: MeasureColumn, table: Table) -> None:
    """A number cell shown as 43.2% holds 0.432."""
    mask = _shows_per_cent(read, table)
    if mask is None:
        return
    read.value[mask] = np.round(read.value[mask] * 100, 10)
    read.bare[mask] = False


def _take_steps(read: MeasureColumn) -> None:
    """One unit of the last digit of each number cell, in per cent."""
    numbers = np.flatnonzero(~np.isnan(read.number))
    digits = {number: 10.0 ** -min(decimals_of(number), 9) for number in set(read.number[numbers].tolist())}
    read.step[numbers] = [digits[number] for number in read.number[numbers].tolist()]
    read.step[numbers[~read.bare[numbers]]] *= 100


def _settle_scale(
    measure: Measure, read: list[MeasureColumn], beside: set[bool], table: Table, clerk: Clerk
) -> set[bool]:
    """Bare numbers of a percentage: 0.432 or 43.2? The counts beside a column decide, or a value that is too large.

    A column without counts goes by the others of its measure, where those agree, else by other rates `beside` it. Where
    all are small and nothing speaks, both readings stand, and the cells are refused. Returns what the counts say: True
    for fractions.
    """
    columns = [column for column in read if column.measure.name == measure.name and column.bare.any()]
    votes = [_votes_for_fraction(column, read) for column in columns]
    voted = {vote > 0 for vote in votes if vote}
    others = voted or (beside if beside == {True} else set())
    most = measure.highest / 100  # the largest number that can be a fraction
    for column, vote in zip(columns, votes, strict=True):
        is_fraction = vote > 0 or (not vote and others == {True})
        largest = float(np.abs(column.value[column.bare]).max(initial=0.0))
        if is_fraction:
            fraction = column.bare & (np.abs(column.value) <= most)  # 43.2 among 0.432 is a per cent
            column.value[fraction] = np.round(column.value[fraction] * 100, 10)
            column.step[fraction] *= 100
        elif not vote and others != {False} and 0 < largest <= most:
            _refuse_doubtful(column, column.bare, 100, table, clerk)
        elif not vote:
            _refuse_doubtful(column, _other_scale(column), 100, table, clerk)
    return voted


def _votes_by_part(column: MeasureColumn, part: MeasureColumn) -> int:
    """Rows in which a per cent would make more workers of the members beside it than any regency has."""
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where(column.bare & (column.value > 0), 100 * part.value / column.value, np.nan)
    return int((whole > MOST_PEOPLE).sum())


def _other_scale(column: MeasureColumn) -> np.ndarray:
    """Which numbers up to 1 are typed with two digits more than those above: 0.315 among 31.5 may be a fraction."""
    is_small = column.bare & (column.state == NUMBER) & (column.value > 0) & (column.value <= 1)
    others = column.step[column.bare & (column.state == NUMBER) & (column.value > 1)]
    if not is_small.any() or not len(others):
        return np.zeros(len(is_small), bool)
    return np.asarray(is_small & (column.step < others.min() / 10 * 1.000001))


def _votes_for_fraction(column: MeasureColumn, read: list[MeasureColumn]) -> int:
    """Rows whose counts say "fraction" less rows whose counts say "per cent"."""
    computed = _ratio_beside(column, read)
    if computed is None:
        parts = _counts_beside(column, read)
        return _votes_by_part(column, parts[0][0]) if parts and len(parts[0]) == 1 and not parts[1] else 0
    with np.errstate(invalid="ignore"):
        known = column.bare & np.isfinite(computed) & (computed > 0)
        as_fraction = known & (np.abs(column.value - computed) < 0.2 * computed)
        as_percent = known & (np.abs(column.value - 100 * computed) < 20 * computed)
    return int(as_fraction.sum()) - int(as_percent.sum())


def _counts_beside(column: MeasureColumn, read: list[MeasureColumn]) -> list[list[MeasureColumn]]:
    """The columns of the part and of the whole that a percentage is made of, of the same members; none of a measure
    that is made of none."""
    members = column.column.understanding.members
    return [
        [other for other in read if other.measure.name == name and other.column.understanding.members == members]
        for name in column.measure.ratio or ()
    ]


def _ratio_beside(column: MeasureColumn, read: list[MeasureColumn]) -> np.ndarray | None:
    """The part by the whole in each row; None where not just one column of each stands beside a percentage."""
    parts = _counts_beside(column, read)
    if not parts or any(len(part) != 1 for part in parts):
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(parts[0][0].value / parts[1][0].value)
