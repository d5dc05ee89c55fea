"""Damaged copies of the good sample workbooks, in named classes, and when a damage counts as found.

A copy is made in memory: the sample's own XML with some cells put in place of others, or its bytes flipped. Where a
finding answers for a changed cell is written down here, by hand, for the four layouts of the sample:

- the cell itself, and every other cell of its record: its row, or the rows of its region where segments stand as rows;
- the cell of the same column in the row of totals;
- for a cell of that row of totals: itself and its row.

A finding that the undamaged sample has too answers for nothing.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from raw.sample.make_sample import HERE

Place = tuple[str, str]  # sheet, cell
Value = str | float | int | None

NEUTRAL_NAME = "kiriman.xlsx"  # says no date: what the sheet itself says is what is tested


@dataclass(frozen=True)
class Change:
    """One cell (or sheet name) before and after, and the places at which a finding answers for it."""

    place: Place
    before: Value
    after: Value
    answers: frozenset[Place] = frozenset()

    def __str__(self) -> str:
        return f"{self.place[0]}!{self.place[1]}: {self.before!r} → {self.after!r}"


@dataclass(frozen=True)
class Copy:
    """A damaged copy. `gone` are the places from which nothing may be loaded any more (dates)."""

    damage: str
    sample: str
    content: bytes
    changes: tuple[Change, ...]
    gone: frozenset[Place] = frozenset()

    def __str__(self) -> str:
        return f"[{self.damage}] {self.sample}: {'; '.join(map(str, self.changes[:4]))}"


@dataclass(frozen=True)
class Grid:
    """One sheet's table as a person sees it. Rows and columns as Excel counts them, columns by letter."""

    sheet: str
    first: int
    last: int
    total_row: int | None
    rows_a_region: int
    counts: str
    pcts: str
    names: str
    codes: str = ""
    only_pct: str = ""  # counts that no total adds up, only a percentage
    labels: tuple[tuple[str, ...], ...] = ()  # header cells that may be swapped with each other
    segments: str = ""  # the column in which segments stand as rows

    def region_rows(self, row: int) -> range:
        """The rows of the region to which a row belongs."""
        first = row - (row - self.first) % self.rows_a_region
        return range(first, first + self.rows_a_region)

    def answers(self, row: int, column: str) -> frozenset[Place]:
        """Where a finding answers for a cell."""
        rows = [row] if row == self.total_row else self.region_rows(row)
        columns = self.names + self.codes + self.counts + self.pcts + self.segments
        places = {(self.sheet, f"{letter}{at}") for at in rows for letter in columns}
        return frozenset(places | ({(self.sheet, f"{column}{self.total_row}")} if self.total_row else set()))

    @property
    def cells(self) -> frozenset[Place]:
        """Every cell of a number."""
        rows = range(self.first, self.last + 1)
        return frozenset((self.sheet, f"{c}{row}") for row in rows for c in self.counts + self.pcts)


@dataclass(frozen=True)
class Sample:
    """A good sample workbook: its file, its grids, and the place of its date (a cell; "" where a sheet's name)."""

    path: Path
    grids: tuple[Grid, ...]
    dates: tuple[tuple[Place, frozenset[Place]], ...] = ()

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as file:
            return {name: file.read(name) for name in file.namelist()}

    @cached_property
    def book(self) -> Any:
        return openpyxl.load_workbook(self.path)

    def value(self, place: Place) -> Value:
        return self.book[place[0]][place[1]].value

    def with_changes(self, changes: dict[Place, Value], names: dict[str, str] | None = None) -> bytes:
        """The workbook with other values in some cells and other names for some sheets."""
        parts = dict(self.parts)
        for number, sheet in enumerate(self.book.sheetnames, start=1):
            part = f"xl/worksheets/sheet{number}.xml"
            here = {cell: value for (name, cell), value in changes.items() if name == sheet}
            text = parts[part].decode()
            for cell, value in here.items():
                text = _with_cell(text, cell, value)
            parts[part] = text.encode()
        text = parts["xl/workbook.xml"].decode()
        for old, new in (names or {}).items():
            text = text.replace(f'name="{old}"', f'name="{escape(new)}"')
        parts["xl/workbook.xml"] = text.encode()
        return pack(parts)


def pack(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return memory.getvalue()


def _with_cell(text: str, cell: str, value: Value) -> str:
    """A sheet's XML with another value in one cell; its style stays."""
    found = re.search(rf'<c r="{cell}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', text)
    assert found, f"no cell {cell}"
    if value is None:
        made = f'<c r="{cell}"{found[1]}/>'
    elif isinstance(value, str):
        made = f'<c r="{cell}"{found[1]} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    else:
        made = f'<c r="{cell}"{found[1]}><v>{value!r}</v></c>'
    return text[: found.start()] + made + text[found.end() :]


_PROVINCE = Grid("Rekap UCJ", 7, 44, 45, 1, "CDFGIJLM", "EHKN", names="B",
                 labels=(("C5", "F5", "I5", "L5"), ("C6", "D6", "E6"), ("F6", "G6", "H6"), ("I6", "J6", "K6"),
                         ("L6", "M6", "N6")))  # fmt: skip
_GRESIK = Grid("Capaian", 6, 6, None, 1, "BCDEF", "G", names="A", only_pct="F", labels=(("B4", "F4", "G4"),))
_MONTHS = tuple(
    Grid(name, 4, 155, None, 4, "DE", "F", names="B", codes="A", labels=(("D3", "E3", "F3"),), segments="C")
    for name in ("September 2025", "Oktober 2025")
)
_EMPLOYED = Grid("Bekerja", 5, 42, 43, 1, "BCD", "", names="A")


@lru_cache(maxsize=1)
def samples() -> dict[str, Sample]:
    """The good samples, by a short name."""
    inbox = HERE / "inbox"
    months = inbox / "disnaker-jatim" / "Monitoring UCJ 2025_Sept-Okt FINAL fix.xlsx"
    years = tuple(
        (("Bekerja", f"{c}4"), frozenset(p for p in _EMPLOYED.cells if p[1][0] == c)) for c in _EMPLOYED.counts
    )
    return {
        "province": Sample(inbox / "disnaker-jatim" / "UCJ Jatim per 13 Nov 2024 FINAL.xlsx", (_PROVINCE,),
                           ((("Rekap UCJ", "A3"), _PROVINCE.cells),)),
        "gresik": Sample(inbox / "gresik" / "Capaian_UCJ_Kab_Gresik 21 Nop 2024.xlsx", (_GRESIK,),
                         ((("Capaian", "A2"), _GRESIK.cells),)),
        "months": Sample(months, _MONTHS, tuple(((grid.sheet, ""), grid.cells) for grid in _MONTHS)),
        "employed": Sample(inbox / "bps" / "Penduduk Bekerja Kab-Kota Jatim 2023-2025.xlsx", (_EMPLOYED,), years),
    }  # fmt: skip


# --- the classes ---------------------------------------------------------------------------------------


@dataclass
class Maker:
    """Makes damaged copies from a seed; no two are alike."""

    random: random.Random
    made: set[tuple[str, str]] = field(default_factory=set)

    def copies(self, damage: str, size: int) -> list[Copy]:
        """So many copies of a class."""
        copies: list[Copy] = []
        for copy in self._endless(DAMAGES[damage]):
            mark = (copy.sample, "; ".join(map(str, copy.changes)))
            if mark not in self.made:
                self.made.add(mark)
                copies.append(copy)
            if len(copies) == size:
                return copies
        raise AssertionError("endless")

    def _endless(self, make: Callable[[random.Random], Copy]) -> Iterator[Copy]:
        while True:
            yield make(self.random)


def flip_bytes(chance: random.Random) -> Copy:
    """Some bytes of the file flipped, zeroed or cut off; of the file as sent, or packed more tightly."""
    name, sample = _any_sample(chance)
    content = bytearray(sample.path.read_bytes() if chance.random() < 0.5 else pack(sample.parts))
    how = chance.choice(["flip one", "flip one", "flip some", "zeros", "cut", "cut out"])
    at, size = chance.randrange(len(content)), chance.randint(2, 400)
    if how == "flip one":
        content[at] ^= 1 << chance.randrange(8)
    elif how == "flip some":
        for _ in range(size // 10 + 2):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif how == "zeros":
        content[at : at + size] = bytes(len(content[at : at + size]))
    elif how == "cut":
        del content[at:]
    else:
        del content[at : at + size]
    return Copy("bytes", name, bytes(content), (Change((how, f"byte {at}"), None, size),))


def change_count(chance: random.Random) -> Copy:
    """One head count by more than rounding: one person where a total adds it up, else a thousandth."""
    name, sample, grid, row, column = _any_number(chance, with_pct=False)
    place = (grid.sheet, f"{column}{row}")
    before = sample.value(place)
    number = _number(before)
    least = 1 if column not in grid.only_pct else number // 1000 + 1
    most = max(number // 2, least)
    by = round(least * (most / least) ** chance.random())
    after = number + by if chance.random() < 0.5 or by >= number else number - by
    return _one_cell("count", name, sample, grid, place, _like(before, after))


def swap_digits(chance: random.Random) -> Copy:
    """Two neighbouring digits of a count or a percentage; never so that a zero leads."""
    while True:
        name, sample, grid, row, column = _any_number(chance, with_pct=True)
        place = (grid.sheet, f"{column}{row}")
        before = sample.value(place)
        text = before if isinstance(before, str) else f"{before:.4f}" if column in grid.pcts else str(before)
        digits = [at for at, sign in enumerate(text) if sign.isdigit()]
        pairs = [(a, b) for a, b in pairwise(digits)
                 if text[a] != text[b] and not (a == digits[0] and text[b] == "0")]  # fmt: skip
        if not isinstance(before, str) and column in grid.pcts:
            pairs = [(a, b) for a, b in pairs if a > 1]  # 0.4321: not the zero before the point
        if pairs:
            a, b = chance.choice(pairs)
            after = text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]
            typed = after if isinstance(before, str) else float(after) if "." in after else int(after)
            return _one_cell("digits", name, sample, grid, place, typed)


def swap_labels(chance: random.Random) -> Copy:
    """Two words that name segments or measures, where what they head differs by half or more."""
    while True:
        name, sample, grid = _any_grid(chance, lambda grid: bool(grid.labels))
        if grid.segments and chance.random() < 0.9:
            rows = grid.region_rows(chance.randint(grid.first, grid.last))
            one, other = (f"C{row}" for row in chance.sample(rows, 2))
            counts = [_number(sample.value((grid.sheet, cell.replace("C", "D")))) for cell in (one, other)]
            if max(counts) < 1.5 * min(counts):
                continue
            answers = grid.answers(rows[0], "D")
        else:
            one, other = chance.sample(chance.choice(grid.labels), 2)
            answers = frozenset(
                place for place in grid.cells | {(grid.sheet, one), (grid.sheet, other)}
                | {(grid.sheet, f"{c}{grid.total_row}") for c in grid.counts + grid.pcts}
            )  # fmt: skip
        first, second = sample.value((grid.sheet, one)), sample.value((grid.sheet, other))
        return _several("labels", name, sample, {
            (grid.sheet, one): (second, answers), (grid.sheet, other): (first, answers)})  # fmt: skip


def move_row(chance: random.Random) -> Copy:
    """A region's name over another's figures: two names swapped, one name or one code written over."""
    name, sample, grid = _any_grid(chance, lambda grid: bool(grid.codes))
    one, other = (grid.region_rows(row)[0] for row in chance.sample(range(grid.first, grid.last + 1), 2))
    while other == one:
        other = grid.region_rows(chance.randint(grid.first, grid.last))[0]
    how = chance.choice(["names", "name", "code"])
    column = grid.codes if how == "code" else grid.names
    places = [(grid.sheet, f"{column}{row}") for row in (one, other)]
    values = [sample.value(place) for place in places]
    changes = {places[0]: (values[1], grid.answers(one, column))}
    if how == "names":
        changes[places[1]] = (values[0], grid.answers(other, column))
    return _several("region", name, sample, changes)


def lose_date(chance: random.Random) -> Copy:
    """The date taken away, or made one that no calendar has."""
    name, sample = _any_sample(chance)
    place, gone = chance.choice(sample.dates)
    if name == "employed":
        before = sample.value(place)
        after: Value = chance.choice(["Bekerja", "Bekerja {}", "Bekerja ({})", "Bekerja Tahun {}"]).format(
            chance.choice(["", "202", "20 23", "0", "x", str(chance.randint(20_000, 29_999)), str(chance.randint(200, 299))])
        )  # fmt: skip
    elif not place[1]:
        before = place[0]
        after = chance.choice(["Lembar 1", "Rekap", "Sheet1", f"Rekap {chance.randint(1, 99)}",
                               *(impossible_date(chance).replace("/", "-") for _ in range(8))])  # fmt: skip
        content = sample.with_changes({}, {place[0]: str(after)})
        return Copy("date", name, content, (Change(place, before, after),), frozenset((str(after), c) for _, c in gone))
    else:
        before = sample.value(place)
        lead = chance.choice(["per ", "Posisi ", "Keadaan s.d. ", "per tanggal ", ""])
        after = chance.choice([None, "menurut segmen", *(lead + impossible_date(chance) for _ in range(8))])
    return Copy("date", name, sample.with_changes({place: after}), (Change(place, before, after),), gone)


def impossible_date(chance: random.Random) -> str:
    """A day, a month or a year that is none."""
    year = chance.randint(2019, 2026)
    month = chance.choice(
        ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Nop", "Des"]
    )
    return chance.choice([
        f"{chance.choice([0, 32, 33, 45, 61, 99, 131, 310])} {month} {year}",
        f"31 {chance.choice(['Februari', 'April', 'Juni', 'September', 'Nop'])} {year}",
        f"30 Feb {year}",
        f"{chance.randint(1, 28)} {chance.choice(['Bulan', 'Novmebr', 'Okt0ber', 'XIII'])} {year}",
        f"{chance.randint(32, 99)}-{chance.randint(1, 12):02}-{year}",
        f"{chance.randint(1, 28)}/{chance.randint(13, 99)}/{year}",
        f"{year}-{chance.randint(13, 99)}-{chance.randint(1, 28):02}",
        f"{chance.randint(1, 28)} {month} {year}{chance.randint(0, 9)}",
        f"{chance.randint(1, 28)} {month} {year // 10}",
        f"{chance.randint(1, 28)} {month}",
    ])  # fmt: skip


def lose_thousands(chance: random.Random) -> Copy:
    """38595 typed as the number 38.595, or rounded to 39, or cut to 38; in one cell or in a whole column."""
    while True:
        name, sample, grid, row, column = _any_number(chance, with_pct=False)
        is_column = chance.random() < 0.1 and grid.last > grid.first
        rows = [*range(grid.first, grid.last + 1), *([grid.total_row] if grid.total_row else [])]
        chosen = rows if is_column else [row]
        make = chance.choice([lambda n: _plain(n / 1000), lambda n: round(n / 1000), lambda n: n // 1000])
        changes = {}
        for at in chosen:
            number = _number(sample.value((grid.sheet, f"{column}{at}")))
            if number >= 1000:
                answers = grid.answers(at, column)
                if is_column and at == grid.total_row:  # a total that lost its thousands with all its parts
                    answers |= {(grid.sheet, f"{column}{part}") for part in rows}
                changes[(grid.sheet, f"{column}{at}")] = (make(number), answers)
        if changes:
            return _several("thousands", name, sample, changes)


DAMAGES: dict[str, Callable[[random.Random], Copy]] = {
    "bytes": flip_bytes,
    "count": change_count,
    "digits": swap_digits,
    "labels": swap_labels,
    "region": move_row,
    "date": lose_date,
    "thousands": lose_thousands,
}


# --- picking -------------------------------------------------------------------------------------------


def _any_sample(chance: random.Random) -> tuple[str, Sample]:
    return chance.choice(list(samples().items()))


def _any_grid(chance: random.Random, is_wanted: Callable[[Grid], bool]) -> tuple[str, Sample, Grid]:
    grids = [(name, sample, grid) for name, sample in samples().items() for grid in sample.grids if is_wanted(grid)]
    return chance.choice(grids)


def _any_number(chance: random.Random, with_pct: bool) -> tuple[str, Sample, Grid, int, str]:
    """A cell of a number, the total's too; the one row of Gresik seldom, because it has six."""
    name, sample, grid = _any_grid(chance, lambda grid: grid.last > grid.first or chance.random() < 0.2)
    rows = [*range(grid.first, grid.last + 1), *([grid.total_row] * 3 if grid.total_row else [])]
    return name, sample, grid, chance.choice(rows), chance.choice(grid.counts + (grid.pcts if with_pct else ""))


def _number(value: Value) -> int:
    return int(re.sub(r"\D", "", value)) if isinstance(value, str) else int(value or 0)


def _like(before: Value, number: int) -> Value:
    """A number typed as the cell before it was: 38.595, or 38.595 orang."""
    if not isinstance(before, str):
        return number
    return f"{number:,}".replace(",", ".") + (" orang" if before.endswith("orang") else "")


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 3)


def _one_cell(damage: str, name: str, sample: Sample, grid: Grid, place: Place, after: Value) -> Copy:
    return _several(damage, name, sample, {place: (after, grid.answers(int(place[1][1:]), place[1][0]))})


def _several(damage: str, name: str, sample: Sample, changes: dict[Place, tuple[Value, frozenset[Place]]]) -> Copy:
    made = tuple(Change(place, sample.value(place), after, answers) for place, (after, answers) in changes.items())
    return Copy(damage, name, sample.with_changes({place: after for place, (after, _) in changes.items()}), made)
