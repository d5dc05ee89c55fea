"""Validate: a batch of readings against the Pandera model of each kind, once a kind.

Cells are pivoted to the model's record, checked lazily, and every failure is mapped back to its cells.
Good cells go on; bad ones become findings; nothing disappears.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from flows.addresses import a1
from flows.causes import find_swap
from flows.messages import severity_of
from flows.personal_numbers import mask_finding
from flows.records import FOUND_IN, Finding, Reading, ReadingVersion, SheetAccount
from flows.validate_records import judge_records, records_frame
from schemas.catalogue import RECORD_MODELS, TABLE_MODELS
from schemas.fields import kind_of
from schemas.kind import Kind, RecordKind
from schemas.record_fields import record_kind_of
from schemas.regions import Region

Status = Literal["loaded", "partly_loaded", "refused"]


@dataclass(frozen=True)
class Validated:
    """A batch that may be staged: good cells by kind (`extract_no` counts the batch), and findings by extract.

    `taken_out` counts the cells that were read and are refused after all, by extract of the batch and sheet. Cells of
    several versions of a reading have `known_from`, `known_until` and `correction_id`; all else is as it stands now.
    """

    readings: tuple[Reading, ...]
    cells: dict[str, pd.DataFrame]
    records: dict[str, pd.DataFrame]
    findings: dict[str, list[Finding]]
    taken_out: dict[tuple[int, int], int]

    def sheets_of(self, number: int) -> list[SheetAccount]:
        """The accounts of an extract's sheets, once validation has refused some cells that the reader took for loaded.

        `number` counts the readings of the batch.
        """
        accounts = []
        for sheet in self.readings[number].sheets:
            taken_out = self.taken_out.get((number, sheet.sheet_no), 0)
            accounts.append(replace(sheet, loaded=sheet.loaded - taken_out, refused=sheet.refused + taken_out))
        return accounts

    def statuses(self) -> list[tuple[Status, str]]:
        """Of each extract of the batch whether it is loaded; and the rule that says why not, or not wholly."""
        loaded = np.zeros(len(self.readings), np.int64)
        for cells in (*self.cells.values(), *self.records.values()):
            now = cells[cells["known_until"].isna()] if "known_until" in cells else cells
            loaded += np.bincount(now["extract_no"], minlength=len(loaded))
        return [self._status(reading, int(count)) for reading, count in zip(self.readings, loaded, strict=True)]

    def _status(self, reading: Reading, loaded: int) -> tuple[Status, str]:
        findings = self.findings.get(reading.extract_id, [])
        errors = [finding.rule for finding in findings if severity_of(finding.rule) == "error"]
        if not loaded:
            return "refused", reading.refused_as or (errors[0] if errors else "unknown_kind")
        return ("partly_loaded", errors[0]) if errors else ("loaded", "")


def validate(readings: Sequence[Reading], regions: Sequence[Region]) -> Validated:
    """Check a batch. The cells' columns are those of `Cells.fields` with codes spelled out, and `cell_no`."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for reading in readings:
        findings[reading.extract_id] += reading.findings
    cells: dict[str, pd.DataFrame] = {}
    taken_out: dict[tuple[int, int], int] = {}
    for name, model in TABLE_MODELS.items():
        frame = cells_frame(readings, kind_of(model), regions)
        if len(frame):
            judge = _Judge(kind_of(model), model, frame, readings, regions)
            cells[name] = judge.good_cells()
            refused = frame.loc[sorted(judge.refused), ["extract_no", "sheet_no"]]
            for (number, sheet_no), rows in refused.groupby(["extract_no", "sheet_no"]):
                taken_out[int(number), int(sheet_no)] = len(rows)
            for extract_id, finding in judge.findings:
                findings[extract_id].append(finding)
    records: dict[str, pd.DataFrame] = {}
    for name, model in RECORD_MODELS.items():
        kind = record_kind_of(model)
        frame = records_frame(readings, kind)
        if len(frame):
            records[name], refused, found = judge_records(frame, kind, model, readings)
            _count_figures(refused, kind, taken_out)
            for extract_id, finding in found:
                findings[extract_id].append(finding)
    masked = {extract_id: list(map(mask_finding, found)) for extract_id, found in findings.items()}
    return Validated(tuple(readings), cells, records, masked, taken_out)


def _count_figures(refused: pd.DataFrame, kind: RecordKind, taken_out: dict[tuple[int, int], int]) -> None:
    """Count the figures of refused records, each cell once though it may stand in several records of its row."""
    places = {
        (int(row["extract_no"]), int(row["sheet_no"]), int(row["row"]), int(row[f"{field.name}_column"]))
        for _, row in refused.iterrows() for field in kind.contents
    }  # fmt: skip
    for number, sheet_no, _, column in places:
        if column >= 0:
            taken_out[number, sheet_no] = taken_out.get((number, sheet_no), 0) + 1


def validate_versions(versions: Sequence[ReadingVersion], regions: Sequence[Region]) -> Validated:
    """Check one reading as it stood over time, each version whole. A cell or record that stays the same is one row."""
    judged = [validate([version.reading], regions) for version in versions]
    cells = {}
    for kind in dict.fromkeys(kind for each in judged for kind in each.cells):
        frames = [
            each.cells[kind].assign(version_no=number, correction_id=_correction_ids(each.cells[kind], version))
            for number, (each, version) in enumerate(zip(judged, versions, strict=True)) if kind in each.cells
        ]  # fmt: skip
        cells[kind] = _join_versions(pd.concat(frames, ignore_index=True), versions)
    records = {}
    for kind in dict.fromkeys(kind for each in judged for kind in each.records):
        frames = [
            each.records[kind].assign(version_no=number) for number, each in enumerate(judged) if kind in each.records
        ]
        records[kind] = _join_record_versions(pd.concat(frames, ignore_index=True), versions)
    return replace(judged[-1], cells=cells, records=records)


def _correction_ids(cells: pd.DataFrame, version: ReadingVersion) -> np.ndarray:
    """The correction behind each cell; None where it is as it was read."""
    ids = np.array([*version.corrections, None], object)
    return ids[cells["correction_no"].to_numpy()]


def _join_versions(cells: pd.DataFrame, versions: Sequence[ReadingVersion]) -> pd.DataFrame:
    """The cells of all versions of one kind, those of one cell that follow each other unchanged as one row.

    They tell again what the cell itself holds, whatever was corrected.
    """
    cells = cells.sort_values(["sheet_no", "cell_row", "cell_column", "version_no"], ignore_index=True)
    goes_on = cells["version_no"] == cells["version_no"].shift() + 1
    for name in ("sheet_no", "cell_row", "cell_column", "value"):
        goes_on &= cells[name] == cells[name].shift()
    goes_on &= cells["correction_id"].fillna("") == cells["correction_id"].shift().fillna("")
    joined = _join_runs(cells, goes_on, versions)
    return joined.assign(number=joined["found_number"], text=joined["found_text"])


def _join_record_versions(records: pd.DataFrame, versions: Sequence[ReadingVersion]) -> pd.DataFrame:
    """The records of all versions of one kind, those that follow each other unchanged as one row."""
    said = [repr(row) for row in records.drop(columns="version_no").itertuples(index=False, name=None)]
    records = records.assign(said=said).sort_values(["said", "version_no"], ignore_index=True)
    goes_on = records["said"] == records["said"].shift()
    goes_on &= records["version_no"] == records["version_no"].shift() + 1
    return _join_runs(records, goes_on, versions)


def _join_runs(rows: pd.DataFrame, goes_on: pd.Series, versions: Sequence[ReadingVersion]) -> pd.DataFrame:
    """Rows that go on where the one before them ended, as one, with the times from its first version to its last."""
    last = rows.loc[~goes_on.shift(-1, fill_value=False), "version_no"].to_numpy()
    joined = rows[~goes_on].reset_index(drop=True)
    starts = [versions[number].known_from for number in joined["version_no"]]
    untils = [versions[number].known_until for number in last]
    return joined.assign(known_from=_naive_times(starts), known_until=_naive_times(untils))


def _naive_times(moments: Sequence[datetime | None]) -> np.ndarray:
    """UTC times without their mark, as staging keeps them; None: no time."""
    return np.array([moment and moment.astimezone(UTC).replace(tzinfo=None) for moment in moments], "datetime64[us]")


def cells_frame(readings: Sequence[Reading], kind: Kind, regions: Sequence[Region]) -> pd.DataFrame:
    """The cells of one kind in a batch as a frame, codes as categories."""
    parts = [(number, cells) for number, r in enumerate(readings) for cells in r.cells if cells.kind == kind.name]
    if not parts:
        return pd.DataFrame()
    columns: dict[str, Any] = {
        name: np.concatenate([cells.fields[name] for _, cells in parts]) for name in parts[0][1].fields
    }
    columns["extract_no"] = np.repeat([number for number, _ in parts], [len(cells) for _, cells in parts]).astype(
        np.int32
    )
    columns["region_code"] = pd.Categorical.from_codes(columns.pop("region"), [region.code for region in regions])
    columns["measure"] = pd.Categorical.from_codes(columns["measure"], [measure.name for measure in kind.measures])
    columns["time_found_in"] = pd.Categorical.from_codes(columns["time_found_in"], list(FOUND_IN))
    for dimension in kind.dimensions:
        if dimension.reads == "member":
            columns[dimension.name] = pd.Categorical.from_codes(columns[dimension.name], list(dimension.members))
        elif dimension.reads == "date":
            columns[dimension.name] = columns[dimension.name].astype("datetime64[D]").astype("datetime64[s]")
    frame = pd.DataFrame(columns, copy=False)
    frame["cell_no"] = np.arange(len(frame), dtype=np.int32)
    return frame


def _one_number(keys: pd.DataFrame) -> np.ndarray:
    """Each row of some key columns as one number; equal rows have equal numbers."""
    number = np.zeros(len(keys), np.int64)
    for name in keys:
        column = keys[name]
        codes = (column.cat.codes if isinstance(column.dtype, pd.CategoricalDtype) else column).to_numpy()
        codes = codes.astype("datetime64[D]").astype(np.int64) if codes.dtype.kind == "M" else codes.astype(np.int64)
        low, high = int(codes.min()), int(codes.max())
        number = number * (high - low + 1) + codes - low
    return number


def _scatter(target: np.ndarray, at: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Put values at places; where two have one place, the first stays."""
    target[at[::-1]] = values[::-1]
    return target


class _Judge:
    """One kind of one batch on its way from all cells to the good ones."""

    def __init__(
        self,
        kind: Kind,
        model: type[pa.DataFrameModel],
        frame: pd.DataFrame,
        readings: Sequence[Reading],
        regions: Sequence[Region],
    ) -> None:
        self.kind, self.model, self.frame, self.readings, self.regions = kind, model, frame, readings, regions
        self.findings: list[tuple[str, Finding]] = []
        self.refused: set[int] = set()
        self._segment_sums: dict[str, dict[tuple[Any, ...], float]] = {}
        self._coverages: dict[tuple[Any, ...], float] = {}
        self.columns = {name: frame[name].to_numpy() for name in frame if name != "cell_no"}
        self.sheets = {(number, sheet.sheet_no): sheet.sheet for number, r in enumerate(readings) for sheet in r.sheets}
        self.keys = ["extract_no", "region_code", *(dimension.name for dimension in kind.dimensions)]

    def good_cells(self) -> pd.DataFrame:
        """The cells that may be loaded."""
        records = self._records()
        is_changed = self._settle_repeats(records)
        self._say_what_is_hidden()
        if len(self.refused) == len(self.frame):  # every figure is contradicted by another
            return self._left()
        self._apply_model(self._records() if is_changed else records)
        good = self._left()
        if self.refused:
            self._check_strictly(good)
        return good

    def _left(self) -> pd.DataFrame:
        return self.frame[~self._is_refused()] if self.refused else self.frame

    def _is_refused(self) -> np.ndarray:
        mask = np.zeros(len(self.frame), bool)
        mask[list(self.refused)] = True
        return mask

    def _records(self) -> pd.DataFrame:
        """One row a region × dimensions of an extract; of each measure the value, its cell, and how often it stands.

        `_cell` is the number of the first cell that holds it, -1 where there is none.
        """
        left = self._left()
        _, first, place = np.unique(_one_number(left[self.keys]), return_index=True, return_inverse=True)
        records = left[self.keys].iloc[first].reset_index(drop=True)
        measure = left["measure"].cat.codes.to_numpy()
        cell_no, value, step = (left[name].to_numpy() for name in ("cell_no", "value", "step"))
        known = set(self.model.to_schema().columns)
        columns: dict[str, np.ndarray] = {}
        for code, each in enumerate(self.kind.measures):
            mask = measure == code
            at, size = place[mask], len(records)
            columns[each.name] = _scatter(np.full(size, np.nan), at, value[mask])
            columns[f"{each.name}_cell"] = _scatter(np.full(size, -1, np.int32), at, cell_no[mask])
            columns[f"{each.name}_count"] = np.bincount(at, minlength=size)
            if f"{each.name}_step" in known:
                columns[f"{each.name}_step"] = _scatter(np.full(size, np.nan), at, step[mask])
        return records.assign(**columns)

    def _settle_repeats(self, records: pd.DataFrame) -> bool:
        """A figure that stands twice in an extract: loaded once where equal, refused where not; True if any did.

        A hidden cell never stands against a visible one.
        """
        repeated = np.zeros(len(records), bool)
        for measure in self.kind.measures:
            repeated |= (records[f"{measure.name}_count"] > 1).to_numpy()
        if not repeated.any():
            return False
        wanted = records.loc[repeated, self.keys]
        cells = self._left().merge(wanted, on=self.keys)
        for _, group in cells.groupby([*self.keys, "measure"], observed=True, sort=False):
            if len(group) > 1:
                self._settle_group(group.sort_values("cell_no"))
        return True

    def _settle_group(self, group: pd.DataFrame) -> None:
        visible = group[~group["is_hidden"]]
        stands = visible if len(visible) else group
        if stands["value"].nunique() > 1:
            first = stands.iloc[0]
            for other in group.itertuples():
                rivals = stands[stands["value"] != first["value"]] if other.cell_no == first["cell_no"] else stands
                against = int(rivals["cell_no"].iloc[0])
                where = {"other": self._place(against), "other_value": self._found(against)}
                self._refuse(int(other.cell_no), "two_values", region=self._region(other.region_code), **where)
            return
        kept = stands.iloc[0]
        for other in group.itertuples():
            if other.cell_no != kept["cell_no"]:
                rule = "same_value_twice" if other.value == kept["value"] else "hidden_not_loaded"
                self._refuse(int(other.cell_no), rule, region=self._region(other.region_code),
                             other=self._place(int(kept["cell_no"])))  # fmt: skip

    def _say_what_is_hidden(self) -> None:
        hidden = self.frame[self.frame["is_hidden"]]
        for (_, _), group in hidden.groupby(["extract_no", "sheet_no"]):
            self._find(int(group["cell_no"].iloc[0]), "hidden_cells", count=len(group))

    def _apply_model(self, records: pd.DataFrame) -> None:
        """The model's checks, all of them; each failure becomes a finding at its cells."""
        checked = records[list(self.model.to_schema().columns)]
        try:
            self.model.validate(checked, lazy=True)
            return
        except SchemaErrors as errors:
            failures = errors.failure_cases
        failed: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for check, column, index in failures[["check", "column", "index"]].itertuples(index=False):
            if check not in self.kind.rules or pd.isna(index):
                raise RuntimeError(f"{self.kind.name}: the records themselves are malformed: {check} on {column}")
            failed[check][int(index)].add(str(column))
        for check, rows in failed.items():
            rule = self.kind.rules[check]
            if check == "bpu_far_above_pu":
                self._coverages = self._coverage_of(records)
            for index, columns in rows.items():
                record = records.loc[index]
                for measure in rule.measures or sorted(columns):
                    self._judge_cell(check, rule.severity == "error", measure, record)

    def _judge_cell(self, rule: str, is_error: bool, measure: str, record: pd.Series) -> None:
        cell_no = int(record[f"{measure}_cell"])
        if cell_no < 0:
            return
        details = {"measure": self.kind.measure(measure).title} | self._details(rule, measure, record)
        (self._refuse if is_error else self._find)(cell_no, rule, **details)

    def _details(self, rule: str, measure: str, record: pd.Series) -> dict[str, Any]:
        """What a rule's message says beside the cell itself."""
        numbers = {m.name: float(record[m.name]) for m in self.kind.measures if not pd.isna(record[m.name])}
        details: dict[str, Any] = {**numbers, "segment": record.get("segment", "")}
        if rule == "fraction_of_a_person":
            details["likely"] = round(numbers[measure] * 1000)
        elif rule == "pct_disagrees":
            active, eligible = numbers["active_members"], numbers["eligible_workers"]
            details["computed"] = round(100 * active / eligible, 2)
            step = float(record["reported_coverage_pct_step"])
            if swap := find_swap(numbers["reported_coverage_pct"], step, active, eligible):
                details |= {"was": swap.found, "likely": swap.likely}
        elif rule == "rate_disagrees":
            whole = numbers.get("labour_force_people", numbers.get("employed_people", 0) + numbers["unemployed_people"])
            details["computed"] = round(100 * numbers["unemployed_people"] / whole, 2)
        elif rule == "labour_force_disagrees":
            details["computed"] = numbers["employed_people"] + numbers["unemployed_people"]
        elif rule.endswith("_total_disagrees"):
            details["computed"] = self._sum_of_segments(measure, record)
        elif rule == "bpu_far_above_pu":
            for name, segment in (("rate", "BPU"), ("other_rate", "PU")):
                place = tuple(segment if key == "segment" else record[key] for key in self.keys)
                details[name] = self._coverages[place]
        return details

    def _sum_of_segments(self, measure: str, record: pd.Series) -> float:
        """What the segments beside a TOTAL add up to."""
        keys = [key for key in self.keys if key != "segment"]
        if measure not in self._segment_sums:
            parts = self.frame[(self.frame["measure"] == measure) & (self.frame["segment"] != "TOTAL")]
            self._segment_sums[measure] = parts.groupby(keys, observed=True)["value"].sum().to_dict()
        return float(self._segment_sums[measure][tuple(record[keys])])

    def _coverage_of(self, records: pd.DataFrame) -> dict[tuple[Any, ...], float]:
        """The coverage of each record in per cent, by its keys; as printed where a count is missing."""
        computed = 100 * records["active_members"] / records["eligible_workers"]
        coverage = computed.fillna(records["reported_coverage_pct"]).round(2)
        return dict(zip(records[self.keys].itertuples(index=False, name=None), coverage.tolist(), strict=True))

    def _check_strictly(self, good: pd.DataFrame) -> None:
        """What is left of an extract that lost cells must pass every check whose failure refuses."""
        touched = self.frame.loc[sorted(self.refused), "extract_no"].unique()
        left = good[good["extract_no"].isin(touched)].reset_index(drop=True)
        if left.empty:
            return
        again = _Judge(self.kind, self.model, left.assign(cell_no=range(len(left))), self.readings, self.regions)
        again._apply_model(again._records())
        if again.refused:
            raise RuntimeError(f"{self.kind.name}: {len(again.refused)} cells fail after the bad ones were taken out")

    # -- findings -----------------------------------------------------------------------------------

    def _refuse(self, cell_no: int, rule: str, **details: Any) -> None:
        self.refused.add(cell_no)
        self._find(cell_no, rule, **details)

    def _find(self, cell_no: int, rule: str, **details: Any) -> None:
        details["found"] = self._found(cell_no)
        extract_id = self.readings[int(self.columns["extract_no"][cell_no])].extract_id
        finding = Finding(rule, self._sheet(cell_no), self._cell(cell_no), self._text(cell_no), details)
        self.findings.append((extract_id, finding))

    def _sheet(self, cell_no: int) -> str:
        return self.sheets[int(self.columns["extract_no"][cell_no]), int(self.columns["sheet_no"][cell_no])]

    def _cell(self, cell_no: int) -> str:
        return a1(int(self.columns["cell_row"][cell_no]), int(self.columns["cell_column"][cell_no]))

    def _place(self, cell_no: int) -> str:
        return f"{self._sheet(cell_no)}!{self._cell(cell_no)}"

    def _found(self, cell_no: int) -> float | str:
        """What a cell holds; a message writes a number as its reader does: 38,595."""
        number = float(self.columns["number"][cell_no])
        return self._text(cell_no) if np.isnan(number) else number

    def _text(self, cell_no: int) -> str:
        text = self.columns["text"][cell_no]
        return text if isinstance(text, str) else f"{self.columns['number'][cell_no]:.15g}"

    def _region(self, code: str) -> str:
        return next(region.name for region in self.regions if region.code == code)


def in_batches(readings: Iterable[Reading], largest: int) -> Iterable[list[Reading]]:
    """Readings in batches of at most about `largest` cells."""
    batch: list[Reading] = []
    size = 0
    for reading in readings:
        batch.append(reading)
        size += sum(len(cells) for cells in reading.cells)
        if size >= largest:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
