"""Correct: put the values of `raw/corrections.csv` into a reading, cell by cell, before it is validated.

A reading becomes as many versions as there were distinct corrections over time, usually two, each validated whole:
a record's checks look at its neighbours, so a corrected figure may free one of them, or refuse it. A correction gives
what the figure is: people, or per cent. Nothing else of a sheet of figures is read anew. A sheet whose rows are records
is read again with what was typed in place of what its cells hold, for there a correction may also be a year, a name or
a day, and may free a row that was refused whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from flows.addresses import place_of
from flows.messages import severity_of
from flows.read.numbers import Ambiguous, Missing, Number, read_number
from flows.read.workbook import shown
from flows.records import Cells, Correction, CorrectionOutcome, Finding, Reading, ReadingVersion, Records
from schemas.kind import Kinds, Measure

Reread = Callable[[Sequence[tuple[str, str, str]]], Reading]  # the same extract with texts typed over cells


@dataclass(frozen=True)
class Corrected:
    """The versions of one reading, the one that holds now last; and what became of each correction."""

    versions: tuple[ReadingVersion, ...]
    outcomes: tuple[CorrectionOutcome, ...]


@dataclass(frozen=True)
class _Place:
    """A cell that can be corrected: its kind, its place in the cells of that kind, the refused ones after the read."""

    kind: str
    index: int
    is_refused: bool


@dataclass(frozen=True)
class _Change:
    """A correction that fits its cell; without a place it is typed into a sheet of records."""

    correction: Correction
    place: _Place | None = None
    value: float = np.nan
    step: float = np.nan


def correct(reading: Reading, corrections: Sequence[Correction], kinds: Kinds, reread: Reread) -> Corrected:
    """Apply the corrections of one extract, each for the time in which it was known."""
    times = [moment for each in corrections for moment in (each.known_from, each.known_until)]
    moments = sorted({moment for moment in times if moment})
    judge = _Judge(reading, corrections, kinds, reread)
    judged = {each.correction_id: judge.fit(each) for each in corrections}
    outcomes = {id: outcome for id, (_, outcome) in judged.items()}
    versions = []
    for start, end in zip([None, *moments], [*moments, None], strict=True):
        known = [each.correction_id for each in corrections if start and _is_known(each, start)]
        changes = [change for id in known if (change := judged[id][0])]
        alone = [change for change in changes if not _rivals_of(change, changes)]
        for change in changes:
            id = change.correction.correction_id
            rivals = _rivals_of(change, changes)
            outcomes[id] = _refuse_twice(judged[id][1], rivals) if rivals else judged[id][1]
        versions.append(_version(judge.with_typed(alone), alone, start, end))
    return Corrected(tuple(versions), tuple(outcomes.values()))


def _rivals_of(change: _Change, changes: Sequence[_Change]) -> list[Correction]:
    """The corrections of one cell where there are several; none where it is the only one."""
    at = (change.correction.sheet, change.correction.cell)
    of_cell = [other.correction for other in changes if (other.correction.sheet, other.correction.cell) == at]
    return of_cell if len(of_cell) > 1 else []


def _refuse_twice(outcome: CorrectionOutcome, rivals: Sequence[Correction]) -> CorrectionOutcome:
    rows = ", ".join(str(rival.row) for rival in sorted(rivals, key=lambda rival: rival.row))
    finding = Finding("correction_twice", rivals[0].sheet, rivals[0].cell, details={"rows": rows})
    return replace(outcome, value_after=None, finding=finding)


def _is_known(correction: Correction, moment: datetime) -> bool:
    until = correction.known_until
    return correction.known_from <= moment and (until is None or moment < until)


class _Judge:
    """Holds the corrections of one reading against its cells."""

    def __init__(self, reading: Reading, corrections: Sequence[Correction], kinds: Kinds, reread: Reread) -> None:
        self._reading, self._kinds, self._reread = reading, kinds, reread
        self._sheets = {sheet.sheet: sheet for sheet in reading.sheets}
        names = {kind.name for kind in kinds.records}
        of_records = {sheet.sheet for sheet in reading.sheets if sheet.kind in names}
        typed = [_typed(each) for each in corrections if each.sheet in of_records]
        self._of_records = of_records
        self._holds = {(put.sheet, put.cell): put.found for put in reread(typed).typed} if typed else {}

    def fit(self, correction: Correction) -> tuple[_Change | None, CorrectionOutcome]:
        """The change that a correction makes; None, and why, where it does not fit its cell."""
        if correction.sheet not in self._sheets:
            names = ", ".join(f'"{name}"' for name in self._sheets) or "–"
            return _refuse(correction, "correction_no_sheet", correction.sheet, sheets=names)
        is_record = correction.sheet in self._of_records
        return self._fit_record(correction) if is_record else self._fit_figure(correction)

    def with_typed(self, changes: Sequence[_Change]) -> Reading:
        """The reading with the changes to its sheets of records."""
        typed = [_typed(change.correction) for change in changes if change.place is None]
        return self._reread(typed) if typed else self._reading

    def _fit_record(self, correction: Correction) -> tuple[_Change | None, CorrectionOutcome]:
        found = self._holds.get((correction.sheet, correction.cell))
        if found is None:
            return _refuse(correction, "correction_blank_cell")
        if not _says(correction.expected, found):
            return _refuse(correction, "correction_other_text", correction.expected, found, holds=found)
        return _Change(correction), CorrectionOutcome(correction.correction_id, found)

    def _fit_figure(self, correction: Correction) -> tuple[_Change | None, CorrectionOutcome]:
        sheet_no = self._sheets[correction.sheet].sheet_no
        place = _find_cell(self._reading, sheet_no, correction.cell)
        if place is None:
            return _refuse(correction, "correction_no_figure")
        kind = next(kind for kind in self._kinds.tables if kind.name == place.kind)
        fields = _all_cells(self._reading, place.kind).fields
        measure = kind.measures[int(fields["measure"][place.index])]
        number, text = float(fields["number"][place.index]), fields["text"][place.index]
        found = text if np.isnan(number) else shown(number)
        value = float(fields["value"][place.index])
        if not _is_expected(correction.expected, found, number, value, measure):
            return _refuse(correction, "correction_other_text", correction.expected, found, holds=found)
        scale = _scale_of(self._reading, sheet_no, int(fields["table_no"][place.index]), correction.cell)
        given = _read_given(correction.corrected, measure, scale)
        if isinstance(given, Ambiguous):
            readings = {"one": given.one, "other": given.other}
            return _refuse(correction, "correction_two_readings", correction.corrected, found, **readings)
        if not isinstance(given, Number):
            title = measure.title
            return _refuse(correction, "correction_not_a_number", correction.corrected, found, measure=title)
        before = None if np.isnan(value) else value
        step = 10.0**-given.decimals if measure.unit == "pct" else np.nan
        outcome = CorrectionOutcome(correction.correction_id, found, before, given.value)
        return _Change(correction, place, given.value, step), outcome


def _typed(correction: Correction) -> tuple[str, str, str]:
    return correction.sheet, correction.cell, correction.corrected


def _refuse(
    correction: Correction, rule: str, raw_text: str = "", found: str = "", **details: object
) -> tuple[None, CorrectionOutcome]:
    finding = Finding(rule, correction.sheet, correction.cell, raw_text, details)
    return None, CorrectionOutcome(correction.correction_id, found, finding=finding)


def _says(expected: str, found: str) -> bool:
    """Whether two texts are the same but for spaces, or the same number."""
    if " ".join(expected.split()) == " ".join(found.split()):
        return True
    numbers = [read_number(text, "pct") for text in (expected, found)]
    values = [number.value for number in numbers if isinstance(number, Number)]
    return len(values) == 2 and values[0] == values[1]


def _is_expected(expected: str, found: str, number: float, value: float, measure: Measure) -> bool:
    """Whether a cell holds what the correction expects: the same text, or the same number.

    Excel shows 38595 as 38.595 and 0.432 as 43,2%, and makes 38595 of a text "38.595" when it opens a CSV.
    """
    if " ".join(expected.split()) == " ".join(found.split()):
        return True
    said = read_number(expected, measure.unit)
    return isinstance(said, Number) and said.value in (number, value)


def _read_given(typed: str, measure: Measure, scale: int) -> Number | Ambiguous | Missing | None:
    """The corrected value; both that it can mean where its unit is in doubt: 0,45 or 45 per cent, 38 or 38 thousand.

    A unit behind the number ("38.500 orang", "0,45%") leaves no doubt.
    """
    says_unit = not typed[-1:].isdigit()
    given = read_number(typed, measure.unit, 1 if says_unit else scale)
    if says_unit or not isinstance(given, Number):
        return given
    if measure.unit == "pct" and 0 < abs(given.value) <= measure.highest / 100:
        return Ambiguous(given.value, round(given.value * 100, 10))
    return given if scale == 1 else Ambiguous(given.value, given.value * scale)


def _scale_of(reading: Reading, sheet_no: int, table_no: int, cell: str) -> int:
    """The unit of the column that a cell stands in (of a turned table: the row)."""
    letters = cell.rstrip("0123456789")
    lines = (letters, cell[len(letters) :])
    columns = [c for c in reading.columns if (c.sheet_no, c.table_no) == (sheet_no, table_no) and c.column in lines]
    return next((column.scale for column in columns), 1)


def _find_cell(reading: Reading, sheet_no: int, cell: str) -> _Place | None:
    row, column = place_of(cell)
    for kind in dict.fromkeys(cells.kind for cells in (*reading.cells, *reading.refused)):
        cells = _all_cells(reading, kind).fields
        is_it = (cells["sheet_no"] == sheet_no) & (cells["cell_row"] == row) & (cells["cell_column"] == column)
        if is_it.any():
            index = int(np.argmax(is_it))
            return _Place(kind, index, bool(cells["is_refused"][index]))
    return None


def _all_cells(reading: Reading, kind: str) -> Cells:
    """The cells of a kind, those with a refused value after those that were read."""
    parts = [
        (cells, is_refused)
        for batch, is_refused in ((reading.cells, False), (reading.refused, True))
        for cells in batch if cells.kind == kind
    ]  # fmt: skip
    fields = {name: np.concatenate([cells.fields[name] for cells, _ in parts]) for name in parts[0][0].fields}
    fields["is_refused"] = np.repeat([is_refused for _, is_refused in parts], [len(cells) for cells, _ in parts])
    return Cells(kind, fields)


def _version(
    reading: Reading, changes: Sequence[_Change], known_from: datetime | None, known_until: datetime | None
) -> ReadingVersion:
    """The reading with some changes. `number` and `text` become the new value, for validation to quote."""
    batches = []
    for kind in dict.fromkeys(cells.kind for cells in (*reading.cells, *reading.refused)):
        fields = dict(_all_cells(reading, kind).fields)
        fields |= {"found_number": fields["number"], "found_text": fields["text"]}
        fields |= {name: fields[name].copy() for name in ("value", "step", "number", "text")}
        correction_no = np.full(len(fields["value"]), -1, np.int32)
        for number, change in enumerate(changes):
            if change.place and change.place.kind == kind:
                at = change.place.index
                fields["value"][at] = fields["number"][at] = change.value
                fields["step"][at], fields["text"][at], correction_no[at] = change.step, None, number
        kept = ~fields.pop("is_refused") | (correction_no >= 0)
        fields["correction_no"] = correction_no
        if kept.any():
            batches.append(Cells(kind, {name: values[kept] for name, values in fields.items()}))
    ids = tuple(change.correction.correction_id for change in changes)
    return ReadingVersion(_account_for(reading, tuple(batches), changes), known_from, known_until, ids)


def _mark_records(reading: Reading, changes: Sequence[_Change]) -> tuple[Records, ...]:
    """The records, each with the ids of the corrections that it rests on; of a number, the text that its cell holds."""
    number_of = {sheet.sheet: sheet.sheet_no for sheet in reading.sheets}
    at = {(number_of[c.correction.sheet], *place_of(c.correction.cell)): c.correction for c in changes if not c.place}
    found = {(put.sheet, put.cell): put.found for put in reading.typed}
    marked = []
    for records in reading.records:
        fields = {name: list(values) for name, values in records.fields.items()}
        ids: list[str | None] = [None] * len(records)
        columns = [name for name in fields if name.endswith("_column")]
        for index, (sheet_no, row) in enumerate(zip(fields["sheet_no"], fields["row"], strict=True)):
            for name in columns:
                correction = at.get((sheet_no, row, fields[name][index]))
                if correction is None:
                    continue
                ids[index] = ",".join(filter(None, (ids[index], correction.correction_id)))
                if (text := name.replace("_column", "_text")) in fields:
                    fields[text][index] = found[correction.sheet, correction.cell]
        marked.append(Records(records.kind, {**fields, "correction_ids": ids}))
    return tuple(marked)


def _account_for(reading: Reading, cells: tuple[Cells, ...], changes: Sequence[_Change]) -> Reading:
    """The reading with those cells: what was refused and is corrected is loaded, and no finding any more."""
    freed = {(c.correction.sheet, c.correction.cell) for c in changes if c.place and c.place.is_refused}
    sheets = []
    for sheet in reading.sheets:
        count = sum(name == sheet.sheet for name, _ in freed)
        sheets.append(replace(sheet, loaded=sheet.loaded + count, refused=sheet.refused - count))
    findings = tuple(
        finding for finding in reading.findings
        if (finding.sheet, finding.cell) not in freed or severity_of(finding.rule) == "warning"
    )  # fmt: skip
    records = _mark_records(reading, changes)
    return replace(reading, cells=cells, refused=(), records=records, sheets=tuple(sheets), findings=findings)
