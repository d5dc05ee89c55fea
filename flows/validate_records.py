"""Validate kinds whose rows are records: a batch against its Pandera model; a row with a fault is refused whole.

Of one row that stands for several target years nothing is loaded where one of them fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from flows.addresses import a1
from flows.records import Finding, Reading
from schemas.kind import RecordKind

Findings = list[tuple[str, Finding]]


def records_frame(readings: Sequence[Reading], kind: RecordKind) -> pd.DataFrame:
    """The records of one kind in a batch; `extract_no` counts the batch. Empty where there are none."""
    parts = [
        pd.DataFrame(records.fields).assign(extract_no=np.int32(number))
        for number, reading in enumerate(readings) for records in reading.records if records.kind == kind.name
    ]  # fmt: skip
    if not parts:
        return pd.DataFrame()
    frame = pd.concat(parts, ignore_index=True)
    for field in kind.fields:
        if field.reads == "period":
            frame[field.name] = pd.to_datetime(frame[field.name])
        elif field.reads in ("year", "number"):
            frame[field.name] = frame[field.name].astype("int64" if _is_whole(frame, field.name) else "float64")
    return frame


def _is_whole(frame: pd.DataFrame, name: str) -> bool:
    return name.endswith("_year") and bool(frame[name].notna().all())


def judge_records(
    frame: pd.DataFrame, kind: RecordKind, model: type[pa.DataFrameModel], readings: Sequence[Reading]
) -> tuple[pd.DataFrame, pd.DataFrame, Findings]:
    """The records that may be loaded, those that may not, and the findings."""
    judge = _RecordJudge(frame, kind, model, readings)
    judge.apply_model()
    judge.settle_repeats()
    rows = ["extract_no", "sheet_no", "row"]
    refused = frame.loc[sorted(judge.refused), rows].drop_duplicates()
    is_refused = frame[rows].apply(tuple, axis=1).isin(set(refused.apply(tuple, axis=1)))
    return frame[~is_refused], frame[is_refused], judge.findings


class _RecordJudge:
    """One kind of one batch."""

    def __init__(
        self, frame: pd.DataFrame, kind: RecordKind, model: type[pa.DataFrameModel], readings: Sequence[Reading]
    ) -> None:
        self.frame, self.kind, self.model, self.readings = frame, kind, model, readings
        self.findings: Findings = []
        self.refused: set[int] = set()

    def apply_model(self) -> None:
        """The model's checks, all of them; each failure is a finding at its cell."""
        try:
            self.model.validate(self.frame[list(self.model.to_schema().columns)], lazy=True)
            return
        except SchemaErrors as errors:
            failures = errors.failure_cases[["check", "column", "index"]].drop_duplicates()
        seen: set[tuple[str, int, str]] = set()
        for check, column, index in failures.itertuples(index=False):
            if check not in self.kind.rules or pd.isna(index):
                raise RuntimeError(f"{self.kind.name}: the records themselves are malformed: {check} on {column}")
            rule = self.kind.rules[check]
            for name in rule.measures or (str(column),):
                if (check, int(index), name) not in seen:
                    seen.add((check, int(index), name))
                    self._find(int(index), check, name, is_error=rule.severity == "error")

    def settle_repeats(self) -> None:
        """A record that stands twice in an extract: loaded once where its figures are equal, refused where not."""
        contents = [field.name for field in self.kind.contents]
        keys = ["extract_no", *self.kind.key]
        left = self.frame.drop(index=list(self.refused))
        for _, group in left.groupby(keys, dropna=False, sort=False):
            if len(group) < 2:
                continue
            first = group.index[0]
            is_same = len(group[contents].drop_duplicates()) == 1
            for index in group.index[1 if is_same else 0 :]:
                other = first if index != first else group.index[1]
                rule = "same_record_twice" if is_same else "two_records"
                self._find(int(index), rule, contents[0], is_error=True, other=self._place(int(other)))

    def _find(self, index: int, rule: str, name: str, is_error: bool, **details: Any) -> None:
        """A finding at the cell that holds a field; at the row's first figure where none holds it."""
        row = self.frame.loc[index]
        column = next(int(row[f"{each}_column"]) for each in (name, *self._figures(row)) if row[f"{each}_column"] >= 0)
        shown = {
            field.name: str(int(row[field.name])) if field.reads == "year" else row[field.name]
            for field in self.kind.fields if not pd.isna(row[field.name])
        }  # fmt: skip
        if rule == "fraction_of_a_person":
            details["likely"] = round(row[name] * 1000)  # "5.600" typed into an Excel that takes the point for a comma
        if rule == "baseline_not_before_target" and row["baseline_year"] > row["target_year"]:
            details["swapped"] = f"baseline {shown['target_year']}, target {shown['baseline_year']}"
        details = {"measure": self.kind.field(name).title, "found": self._text(row, name), **shown, **details}
        reading = self.readings[int(row["extract_no"])]
        sheet = next(sheet.sheet for sheet in reading.sheets if sheet.sheet_no == row["sheet_no"])
        finding = Finding(rule, sheet, a1(int(row["row"]), column), str(details["found"]), details)
        self.findings.append((reading.extract_id, finding))
        if is_error:
            self.refused.add(index)

    def _figures(self, row: pd.Series) -> list[str]:
        return [field.name for field in self.kind.numbers if row[f"{field.name}_column"] >= 0] or [
            field.name for field in self.kind.fields if row[f"{field.name}_column"] >= 0
        ]

    def _text(self, row: pd.Series, name: str) -> str:
        text = row.get(f"{name}_text", "")
        return str(text or row[name])

    def _place(self, index: int) -> str:
        row = self.frame.loc[index]
        column = int(row[f"{self._figures(row)[0]}_column"])
        return a1(int(row["row"]), column)
