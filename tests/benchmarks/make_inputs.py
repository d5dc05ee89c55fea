"""Inputs for the benchmark, and what is to be found in them: workbooks as offices send them, made by rule.

Small ones: 45 rows × 20 columns, titles, a two-row merged header, numbers typed as text, percentages, totals
that add up; every 25th holds four cells that must be refused. Large ones: one row a region × date × segment,
real numbers. Every file has its own region block and date, so that the values of two files never collide.
Each file's rows, sums and refusals are known beforehand: a speed counts only where they come out.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.addresses import a1
from schemas.regions import REFERENCE, Region, read_regions

SEGMENTS = ("PU", "BPU", "JAKON", "PMI")
_SIZES = ((40_000, 40_000, 35), (60_000, 30_000, 6), (900, 9_000, 50), (500, 3_000, 20))  # people, spread, per cent
COUNTS = ("eligible_workers", "active_members")
ROWS_A_FILE = 250_000
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
_BLOCKS = ("35", "12 34", "32 15", "73 61", "11 71", "53 52 75", "13 17 91", "16 74 93", "18 63 64", "62 72 81",
           "14 82 51 19", "36 94 95 21 92")  # fmt: skip
_FIRST_SMALL_YEAR, _SMALL_MONTHS = 2005, 240
_FIRST_LARGE_YEAR = 1994
_BAD_EVERY = 25
_HEADER_ROWS = 5


@dataclass
class Expected:
    """What files hold: loaded cells, their sums by measure, and the cells to refuse as (file, cell, rule)."""

    cells: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    refused: list[list[str]] = field(default_factory=list)

    def add(self, other: Expected) -> None:
        """Count another file in."""
        self.cells += other.cells
        self.sums = dict(Counter(self.sums) + Counter(other.sums))
        self.refused += other.refused


@dataclass(frozen=True)
class Inputs:
    """An inbox, its files, and what is to come out of them."""

    family: str
    size: int
    inbox: Path
    expected: Expected

    @property
    def name(self) -> str:
        return f"{self.family} {self.size:,}"

    @property
    def files(self) -> list[Path]:
        return sorted(self.inbox.rglob("*.xlsx"))


def month_end(first_year: int, months: int) -> date:
    """The last day of the month that lies so many months after January of the year."""
    year, month = first_year + months // 12, months % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def figures(place: int, segment: int, month: int) -> tuple[int, int]:
    """Eligible workers and active members, as plausible as real ones: both move slowly, so that no audit sees a jump,
    construction is small, and non-wage workers are covered least."""
    base, span, least = _SIZES[segment]
    eligible = base + (place * 7919 + segment * 104_729) % span + 3 * month
    share = least + (place + 7 * segment) % 12 + month * 0.05
    return eligible, int(eligible * share / 100)


@lru_cache(maxsize=10_000)
def row_of_figures(place: int, month: int) -> tuple[tuple[int, int], ...]:
    """Eligible and active of the four segments and their total."""
    row = [figures(place, number, month) for number in range(len(SEGMENTS))]
    return (*row, (sum(pair[0] for pair in row), sum(pair[1] for pair in row)))


def as_typed(number: int) -> str:
    """38595 → 38.595"""
    return f"{number:,}".replace(",", ".")


def pct_typed(active: int, eligible: int) -> str:
    """43,2%"""
    return f"{100 * active / eligible:.1f}%".replace(".", ",")


# -- small ------------------------------------------------------------------------------------------


@lru_cache
def _blocks() -> list[list[tuple[int, Region]]]:
    regencies = [(n, region) for n, region in enumerate(read_regions()) if region.kind != "provinsi"]
    return [[place for place in regencies if place[1].province_code in block.split()] for block in _BLOCKS]


def small_name(number: int) -> str:
    """source/name.xlsx: a source for each block of provinces, and a second one when all months are used up."""
    block, month = number % len(_BLOCKS), number // len(_BLOCKS)
    source = ("kanwil", "disnaker", "bpjs")[month // _SMALL_MONTHS] + f"-{block + 1:02d}"
    return f"{source}/UCJ {number:05d}.xlsx"


def make_small(path: Path, number: int) -> Expected:
    """Write one small workbook; what it holds."""
    import xlsxwriter

    month = number // len(_BLOCKS) % _SMALL_MONTHS
    day = month_end(_FIRST_SMALL_YEAR, month)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Rekap")
    sheet.write(0, 0, "DATA CAKUPAN KEPESERTAAN PROGRAM JAMINAN SOSIAL KETENAGAKERJAAN")
    sheet.write(1, 0, f"Per {day.day} {MONTHS[day.month - 1]} {day.year}")
    sheet.write(2, 0, f"Nomor berkas {number}")
    _write_header(sheet)
    rows = [list(row_of_figures(place, month)) for place, _ in _blocks()[number % len(_BLOCKS)]]
    bad = _spoil(rows) if number % _BAD_EVERY == 7 else {}
    for index, ((_, region), row) in enumerate(zip(_blocks()[number % len(_BLOCKS)], rows, strict=True)):
        texts = [text for pair in row for text in (as_typed(pair[0]), as_typed(pair[1]), pct_typed(pair[1], pair[0]))]
        for column, text in bad.get(index, {}).items():
            texts[column] = text
        line = [index + 1, region.name, region.code, region.province_code, *texts, ""]
        sheet.write_row(_HEADER_ROWS + index, 0, line)
        sheet.write_string(_HEADER_ROWS + index, 2, region.code)
    _write_sum(sheet, rows)
    book.close()
    return _expect_small(small_name(number), rows, bad)


def _write_header(sheet: Any) -> None:
    heads = ("No", "Kabupaten/Kota", "Kode Wilayah", "Provinsi")
    for column, head in enumerate(heads):
        sheet.merge_range(3, column, 4, column, head)
    for number, segment in enumerate((*SEGMENTS, "TOTAL")):
        first = len(heads) + 3 * number
        sheet.merge_range(3, first, 3, first + 2, segment)
        sheet.write_row(4, first, ("Semesta", "Peserta Aktif", "Cakupan (%)"))
    sheet.merge_range(3, 19, 4, 19, "Keterangan")


def _spoil(rows: list[list[tuple[int, int]]]) -> dict[int, dict[int, str]]:
    """Bad texts by row and column (0 is the first measure). Totals go by what is printed; what is checked against
    a bad cell is left blank."""
    rows[4][1] = (rows[4][1][0], rows[4][1][0] + 17)  # active above eligible
    rows[4][4] = (rows[4][4][0], sum(pair[1] for pair in rows[4][:4]))
    return {
        2: {0: "belum ada", 2: "", 12: "", 14: ""},  # not a number
        4: {5: ""},
        6: {10: "-5", 11: "", 13: "", 14: ""},  # negative
    }


def _write_sum(sheet: Any, rows: list[list[tuple[int, int]]]) -> None:
    """JUMLAH of the columns that hold no bad text, and the source line."""
    last = _HEADER_ROWS + len(rows)
    sheet.write(last, 1, "JUMLAH")
    for number in (1, 2):
        eligible, active = (sum(row[number][part] for row in rows) for part in (0, 1))
        first = 4 + 3 * number
        sheet.write_row(last, first, (as_typed(eligible), as_typed(active), pct_typed(active, eligible)))
    sheet.write(last + 1, 0, "Sumber: BPJS Ketenagakerjaan, diolah")


def _expect_small(name: str, rows: list[list[tuple[int, int]]], bad: dict[int, dict[int, str]]) -> Expected:
    found = Expected()
    sums: Counter[str] = Counter()
    for index, row in enumerate(rows):
        for column in range(15):
            if column in bad.get(index, {}):
                continue
            active_above = bool(bad) and index == 4 and column in (3, 4)
            if active_above:
                found.refused.append([name, a1(_HEADER_ROWS + index, 4 + column), "active_above_eligible"])
                continue
            found.cells += 1
            eligible, active = row[column // 3]
            if column % 3 < 2:
                sums[COUNTS[column % 3]] += (eligible, active)[column % 3]
            else:
                sums["reported_coverage_pct"] += float(pct_typed(active, eligible)[:-1].replace(",", "."))  # type: ignore[assignment]
    if bad:
        found.refused.append([name, a1(_HEADER_ROWS + 2, 4), "not_a_number"])
        found.refused.append([name, a1(_HEADER_ROWS + 6, 14), "negative"])
    found.sums = dict(sums)
    return found


# -- large ------------------------------------------------------------------------------------------


def large_name(number: int, rows: int) -> str:
    """One source sends all; the name gives the part."""
    return f"pusat/UCJ {rows} bagian {number:02d}.xlsx"


def make_large(path: Path, first: int, rows: int) -> Expected:
    """Write the records `first` … `first + rows` in long form, one row a region × date × segment."""
    import xlsxwriter

    regencies = [(n, region) for n, region in enumerate(read_regions()) if region.kind != "provinsi"]
    book = xlsxwriter.Workbook(str(path))
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Data")
    sheet.write(0, 0, "Cakupan kepesertaan jaminan sosial ketenagakerjaan menurut wilayah, tanggal dan segmen")
    sheet.write_row(
        2, 0, ("Kode Wilayah", "Kabupaten/Kota", "Tanggal", "Segmen", "Semesta", "Peserta Aktif", "Cakupan (%)")
    )
    sums: Counter[str] = Counter()
    segments = (*SEGMENTS, "TOTAL")
    for index in range(rows):
        order, segment = divmod(first + index, len(segments))
        month, which = divmod(order, len(regencies))
        place, region = regencies[which]
        eligible, active = row_of_figures(place, month)[segment]
        pct = round(100 * active / eligible, 2)
        row = 3 + index
        sheet.write_string(row, 0, region.code)
        sheet.write_string(row, 1, region.name)
        sheet.write_datetime(row, 2, month_end(_FIRST_LARGE_YEAR, month), day_format)
        sheet.write_string(row, 3, segments[segment])
        for column, number in enumerate((eligible, active, pct), start=4):
            sheet.write_number(row, column, number)
        sums.update({"eligible_workers": eligible, "active_members": active})
        sums["reported_coverage_pct"] += pct  # type: ignore[assignment]
    book.close()
    return Expected(3 * rows, dict(sums), [])


# -- both -------------------------------------------------------------------------------------------


def make_inputs(folder: Path, small: Sequence[int], large: Sequence[int]) -> list[Inputs]:
    """Make what is not there yet (the files are kept between benchmarks) and lay out an inbox for each size."""
    base = folder / _version()
    made: list[Inputs] = []
    if small:
        jobs = [(base / "small" / small_name(n), make_small, (n,)) for n in range(max(small))]
        expected = _make_all(jobs)
        made += [_inbox(base, "small", size, jobs[:size], expected) for size in sorted(small)]
    for size in sorted(large):
        starts = range(0, size, ROWS_A_FILE)
        jobs_large = [
            (base / "large" / large_name(n, size), make_large, (first, min(ROWS_A_FILE, size - first)))
            for n, first in enumerate(starts, start=1)
        ]
        made.append(_inbox(base, "large", size, jobs_large, _make_all(jobs_large)))
    return made


_Job = tuple[Path, Callable[..., Expected], tuple[int, ...]]


def _make_all(jobs: Sequence[_Job]) -> dict[Path, Expected]:
    for path, _, _ in jobs:
        path.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        return dict(
            zip((job[0] for job in jobs), pool.map(_make_one, jobs, chunksize=4 if len(jobs) > 8 else 1), strict=True)
        )


def _make_one(job: _Job) -> Expected:
    """One file with its expectation beside it, made once."""
    path, make, arguments = job
    beside = path.with_suffix(".json")
    if not beside.exists():
        aside = path.with_suffix(".part")
        expected = make(aside, *arguments)
        aside.replace(path)
        beside.write_text(json.dumps(asdict(expected)))
    return Expected(**json.loads(beside.read_text()))


def _inbox(base: Path, family: str, size: int, jobs: Sequence[_Job], expected: dict[Path, Expected]) -> Inputs:
    """An inbox of hard links to the files of one size."""
    inbox = base / f"inbox-{family}-{size}"
    whole = Expected()
    for path, _, _ in jobs:
        link = inbox / path.relative_to(base / family)
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.exists():
            os.link(path, link)
        whole.add(expected[path])
    return Inputs(family, size, inbox, whole)


def _version() -> str:
    """Changes with what the files are made from."""
    return hashlib.sha256(Path(__file__).read_bytes() + (REFERENCE / "regions.csv").read_bytes()).hexdigest()[:10]
