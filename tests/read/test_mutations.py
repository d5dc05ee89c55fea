"""Damaged copies of the sample workbooks: what is damaged is found, at the rate that its class must reach.

Found means, class by class (where a finding answers for a cell: see `mutations`):

- bytes: the run goes on, and the copy either loads exactly what the sample loads or has a finding more than it;
- count, digits, thousands: every changed cell has a finding that answers for it;
- labels: one of the cells under the two labels, or one of the labels, has a finding;
- region: every row whose name or code was written over has a finding;
- date: a finding, and nothing is loaded from the cells whose date is gone.

What is not found is printed: file, cell, before, after.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from flows.addresses import a1
from flows.read.limits import Limits
from flows.read.pool import Job, read_all
from flows.records import Finding
from flows.validate import in_batches, validate
from schemas.catalogue import all_kinds
from schemas.regions import read_regions
from tests.read.mutations import NEUTRAL_NAME, Copy, Maker, Place, samples

Record = tuple[Place, tuple[str, ...], float]
Judged = tuple[list[Finding], list[Record]]

SEED = 20241113
SIZES = {"bytes": 400, "count": 400, "digits": 400, "labels": 250, "region": 150, "date": 150, "thousands": 250}
RATES = {"bytes": 1.0, "count": 0.99, "digits": 0.95, "labels": 0.95, "region": 0.95, "date": 1.0, "thousands": 1.0}
BATCH_CELLS = 60_000


@pytest.mark.slow
def test_2000_damaged_copies_are_found_at_the_rate_of_their_class(tmp_path):
    assert sum(SIZES.values()) == 2000
    check_rates(tmp_path, SIZES)


@pytest.mark.slow
def test_300_damaged_copies_are_found_at_the_rate_of_their_class(tmp_path):
    check_rates(tmp_path, {damage: size * 300 // 2000 for damage, size in SIZES.items()})


def check_rates(folder: Path, sizes: dict[str, int]) -> None:
    maker = Maker(random.Random(SEED))
    copies = [copy for damage, size in sizes.items() for copy in maker.copies(damage, size)]
    whole = judge_files(folder, [sample.path.read_bytes() for sample in samples().values()])
    before = dict(zip(samples(), whole, strict=True))
    judged = judge_files(folder, [copy.content for copy in copies])
    missed = [
        (copy, after)
        for copy, after in zip(copies, judged, strict=True)
        if not is_found(copy, before[copy.sample], after)
    ]
    lost = Counter(copy.damage for copy, _ in missed)
    report = "\n".join(
        [
            *(f"{d:10} {n - lost[d]:4} of {n:4} found  {(n - lost[d]) / n:7.2%}  (asked {RATES[d]:.0%})" for d, n in sizes.items()),
            *(f"missed {copy}  -- findings: {[(f.rule, f.sheet, f.cell) for f in after[0]][:5]}" for copy, after in missed),
        ]
    )  # fmt: skip
    print(f"\n{report}")
    assert [d for d, n in sizes.items() if (n - lost[d]) / n < RATES[d]] == [], report


def is_found(copy: Copy, before: Judged, after: Judged) -> bool:
    """Whether the damage of a copy is found, by the definition of its class."""
    known = {(finding.rule, finding.sheet, finding.cell) for finding in before[0]}
    new = [finding for finding in after[0] if (finding.rule, finding.sheet, finding.cell) not in known]
    places = {(finding.sheet, finding.cell) for finding in new}
    if copy.damage == "bytes":
        return bool(new) or after[1] == before[1]
    if copy.damage == "date":
        return bool(new) and not any(place in copy.gone for place, _, _ in after[1])
    if copy.damage == "labels":
        return any(change.answers & places for change in copy.changes)
    return all(change.answers & places for change in copy.changes)


def judge_files(folder: Path, contents: Sequence[bytes]) -> list[Judged]:
    """Read files in worker processes and validate them, as a run does: of each the findings and what may be loaded."""
    jobs = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.xlsx"
        path.write_bytes(content)
        jobs.append(Job(str(number), path, NEUTRAL_NAME, len(content)))
    judged: list[Judged] = []
    regions = read_regions()
    readings = read_all(jobs, all_kinds(), Limits(largest_file_mb=50, largest_sheet_cells=10**7, seconds=60), workers=2)
    for batch in in_batches(readings, BATCH_CELLS):
        result = validate(batch, regions)
        records: dict[int, list[Record]] = defaultdict(list)
        sheets = {(n, sheet.sheet_no): sheet.sheet for n, reading in enumerate(batch) for sheet in reading.sheets}
        for frame in result.cells.values():
            rest = [name for name in ("year", "as_of_date", "survey_month", "segment", "basis") if name in frame]
            said = zip(*(frame[name].astype(str) for name in ("region_code", "measure", *rest)), strict=True)
            where = zip(frame["extract_no"], frame["sheet_no"], frame["cell_row"], frame["cell_column"], strict=True)
            for (n, sheet_no, row, column), what, value in zip(where, said, frame["value"], strict=True):
                place = (sheets[int(n), int(sheet_no)], a1(int(row), int(column)))
                records[int(n)].append((place, what, float(value)))
        judged += [(result.findings.get(r.extract_id, []), sorted(records[n])) for n, r in enumerate(batch)]
    assert len(judged) == len(contents)
    for path in (job.path for job in jobs):
        path.unlink()
    return judged
