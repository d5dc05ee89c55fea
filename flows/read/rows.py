"""What each row of a table's body is: a region, a total, a heading, a note, a spacer, or refused.

A row is a region by its name; where the name could be two, by its code, by the heading over it, or by
what else stands in the column. A code that contradicts the name refuses the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from flows.read.columns import Column
from flows.read.dates import find_dates
from flows.read.headers import HEADING_NUMBER, closing_labels, is_wordy, label_meaning
from flows.read.layout import Table
from flows.read.ledger import Clerk
from flows.read.regions import (
    KABUPATEN_WORDS,
    KOTA_WORDS,
    NO_REGION,
    Coding,
    Region,
    RegionBook,
    RegionMatch,
    abbreviates,
    coding_in,
    decide_by_context,
    has_class,
    is_short_for,
)
from flows.read.row_doubts import refuse_closing_rows, refuse_last_sums, refuse_shifted, refuse_what_rows_say
from flows.read.words import is_note, scale_in, tokens_of, without_number, years_in
from flows.read.workbook import Cell, is_blank, shown

YEAR = "year of months"  # the key of a heading like "TAHUN 2025" over months
_FOLLOWING = re.compile(r"\bberikut\b", re.IGNORECASE)
_AREAS = {"wilayah", "bakorwil", "karesidenan", "eks", "cabang", "kanwil", "kantor", "kcp", "pulau", "kepulauan",
          "zona", "kawasan", "daerah", "provinsi", "regional", "raya", "utara", "selatan", "timur", "barat",
          "tengah"}  # fmt: skip
_PARTS_OF_REGION = {"kecamatan", "kec", "desa", "kelurahan"}
_ORDINAL = re.compile(r"\(?\d{1,2}[.)]?")
_CODE = re.compile(r"\d{2}\.\d{2}|\d{4}")
_LAST_BRACKET = re.compile(r"\(([^()]+)\)\s*$")
_NUMBER_BEFORE_NAME = re.compile(r"\s*(\d{2})\s*[.)]?\s*(?=[A-Za-z])")
_FEWEST_NUMBERED = 3
_RUNNING_NUMBER = re.compile(r"(\d{1,3})[.)]?", re.ASCII)


@dataclass(frozen=True)
class TotalRow:
    """A total, branch or average row: its place in the body and the province it names, if any."""

    index: int
    role: str
    positions: tuple[int, ...]


@dataclass
class Rows:
    """By row of the body: the region (its place in the book, or NO_REGION) and the block headings over it.

    `aliases` are the reviewed spellings that were met; `said_by_totals` the members that total rows name ("Jumlah PU");
    `parts` the rows that hold a segment of the region above them,
    by place and what they name.
    """

    region: np.ndarray
    totals: list[TotalRow] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    parts: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    blocks: dict[str, np.ndarray] = field(default_factory=dict)
    said_by_totals: dict[str, set[str]] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one table, top to bottom, because headings and merges speak for what is below."""

    def __init__(self, table: Table, book: RegionBook, clerk: Clerk, halves: Sequence[Table] = ()) -> None:
        self.table, self.book, self.clerk, self.halves = table, book, clerk, halves
        self.body = table.body
        self.remark_columns = [c.number for c in table.columns if c.role == "ignored" and c.number > table.anchor]
        self.measure_columns = [column.number for column in table.measures]
        self.provinces = self._provinces_of_rows()
        self.codes = [self._codes_in(column) for column in table.code_columns]  # what each code cell can mean
        self.class_heading, self.class_from = self._class_of_title(), 0
        self.numbers_are_codes = False
        self.certain: frozenset[int] = frozenset()  # the regions that have a row under a name of their own
        self.last_region = NO_REGION
        self.block: dict[str, str] = {}
        self.nameless: list[int] = []  # rows of figures that are refused for it
        self.continued: list[int] = []  # those that go on with the region over them

    def read(self) -> Rows:
        """The role of every row; what is neither region nor furniture is refused."""
        names = self._names_with_class(self.table.cells(self.table.anchor))
        matches = {name: self._match_name(name) for name in set(names)}
        beside = [self._match_name(name) for half in self.halves for name in set(half.cells(half.anchor))]
        titles = [text.words for text in (*self.table.titles, *self.table.head_titles)]
        of_titles = set().union(*map(self.book.provinces_in, titles))
        decided = decide_by_context(self.book, [*matches.values(), *beside], of_titles)
        first_section, before_sections = self._decide_by_sections(names, matches)
        certain = {name: m.positions[0] for name, m in matches.items() if m.role == "region" and len(m.positions) == 1}
        if {self.book.regions[place].kind for place in certain.values()} - {self.class_heading}:
            self.class_heading = ""  # "KABUPATEN" over a list with a city in it is no class
        self.numbers_are_codes = self._ends_codes(certain)
        self.certain = frozenset(certain.values())
        region = np.array([certain.get(name, NO_REGION) for name in names], np.int16)
        self.region = region
        rows = Rows(region, aliases={match.alias for match in matches.values() if match.alias})
        headings: list[tuple[int, dict[str, str]]] = []
        for column, codes in zip(self.table.code_columns, self.codes, strict=True):
            self._refuse_other_codes(names, certain, column, codes, region)
        self._refuse_other_provinces(names, region)
        unclear: list[tuple[int, bool]] = [(0, False)]
        for index in [index for index, name in enumerate(names) if name not in certain]:
            self.last_region = int(region[index - 1]) if index else NO_REGION
            match = matches[names[index]]
            if match.role == "region":
                place = self._decide(match, before_sections if index < first_section else decided, index)
                if place is not None and self.book.regions[place].kind == "provinsi":
                    rows.totals.append(TotalRow(index, "total", (place,)))
                elif place is not None:
                    region[index] = place
            elif match.role in ("total", "branch") and not self._holds_figures(index) and self._heads_block(index):
                headings.append((index, dict(self.block)))  # "Total" over a block of its own, after "PU" and "BPU"
                unclear.append((index, False))
            elif match.role in ("total", "branch", "average", "carried"):
                rows.totals.append(TotalRow(index, match.role, match.positions))
                self.class_heading = "" if match.role == "total" else self.class_heading  # a section ends with its sum
            elif self._is_section(match, index):
                self._take_class(index, rows)
            elif match.role == "unknown" and (place := self._by_code(index, shown(names[index]))) is not None:
                region[index] = place
            elif match.role == "unknown" and (members := self._members_of(names[index], index)):
                region[index] = self.last_region
                rows.parts.append((index, members))
            elif self._heads_block(index):
                headings.append((index, dict(self.block)))
                unclear.append((index, False))
                self.class_heading = ""
            elif self._might_head_block(index, is_in_block=bool(headings)):
                unclear.append((index, True))
            elif match.role == "blank" and self._goes_on_with_total(index, rows.totals):
                rows.totals.append(TotalRow(index, rows.totals[-1].role, rows.totals[-1].positions))
            elif match.role == "blank" and self._says_total(index):
                rows.totals.append(TotalRow(index, "total", ()))
            elif match.role in ("blank", "unknown") and self._heads_in_words(index):
                unclear.append((index, True))
            elif match.role == "unknown" and self._holds_figures(index) and self._names_part(names[index]):
                self.clerk.refuse_row("region_unknown", index, self.table.anchor, shown(names[index]), near="")
                unclear.append((index, True))  # "PU" with the sum of the block that it heads
            elif match.role == "blank":
                region[index] = self._without_name(index)
            elif self._holds_figures(index):
                near = names_of(self.book.nearest(shown(names[index])))
                self.clerk.refuse_row("region_unknown", index, self.table.anchor, shown(names[index]), near=near)
            else:
                self.clerk.book_row(index, "note")
        self._take_totals_of_regions(rows)
        self._refuse_closing_parts(rows)
        unclear = self._without_sums_of_parts(names, rows, unclear)
        refuse_last_sums(self.table, self.clerk, self.continued, region)
        refuse_shifted(self.table, self.clerk, self.nameless, region)
        for total in rows.totals:
            self.clerk.book_row(total.index, total.role)
            if total.role != "average":
                for name, named in self.table.lexicon.context_members(shown(names[total.index])).items():
                    rows.said_by_totals.setdefault(name, set()).update(named)
        rows.blocks = _spread(headings, len(names))
        for index, members in rows.parts:
            for name, value in members.items():
                rows.blocks.setdefault(name, np.full(len(names), "", dtype=object))[index] = value
        self._refuse_unclear(unclear, region)
        self._refuse_other_places(names, matches, region)
        refuse_what_rows_say(self.table, self.book, self.clerk, self.nameless, region)
        keys = [self.table.anchor, *self.table.code_columns]
        self.clerk.book_cells(np.flatnonzero(region != NO_REGION), keys, "header")
        return rows

    def _names_with_class(self, names: Sequence[Cell]) -> Sequence[Cell]:
        """The names; with "Kab." or "Kota" before them where that stands in a column of its own, or in a row of groups
        over regions across."""
        names = self._names_with_merges(names)
        if self.table.class_column is None:
            return names
        self.clerk.book_cells(np.arange(len(names)), self.table.class_column, "header")
        classes = self.table.cells(self.table.class_column)
        if self.table.sheet.is_turned:
            groups: Iterable[Cell] = accumulate(classes, lambda group, word: group if is_blank(word) else word)
            classes = [word if self._match_name(name).role == "region" else ""
                       for word, name in zip(groups, names, strict=True)]  # fmt: skip
        pairs = zip(classes, names, strict=True)
        return [name if is_blank(name) or is_blank(word) else f"{word} {name}" for word, name in pairs]

    def _names_with_merges(self, names: Sequence[Cell]) -> Sequence[Cell]:
        """The names; where a cell at their left is merged over them ("PROVINSI" across "No" and the name) its text."""
        merged: dict[int, Cell] = {}
        for row, column, _, last in self.table.sheet.merges:
            if column < self.table.anchor <= last and self.table.first_row <= row <= self.table.last_row:
                merged[row - self.table.first_row] = self.table.sheet.rows[row][column]
        return [merged.get(index, name) for index, name in enumerate(names)] if merged else names

    def _members_of(self, name: Cell, index: int) -> dict[str, str]:
        """The segment that a row names under its region, as a pivot table writes it; empty where it names none."""
        if self.last_region == NO_REGION or not self._holds_figures(index):
            return {}
        return self._names_part(name)

    def _names_part(self, name: Cell) -> dict[str, str]:
        """The segment that a name says and nothing else; empty where it says none, or a part of one ("Mandiri")."""
        meaning = label_meaning(self.table.lexicon, name)
        if not meaning or meaning[0] or self.table.lexicon.understand((without_number(shown(name)),)).narrow:
            return {}
        return dict(meaning[1])

    def _take_totals_of_regions(self, rows: Rows) -> None:
        """A "Jumlah" that closes the segments of every region, under names that carry no figures, is the region's own.

        Where only the last region has one it sums the table.
        """
        segment_of = dict(rows.parts)
        closed: dict[int, tuple[TotalRow, dict[str, str]]] = {}
        for total in rows.totals:
            if total.role == "total" and total.index - 1 in segment_of and not total.positions:
                name = self.body[total.index][self.table.anchor]
                meaning = label_meaning(self.table.lexicon, name)
                closed[int(rows.region[total.index - 1])] = total, dict(meaning[1]) if meaning else {}
        heads = {region: index for index, region in enumerate(rows.region.tolist()) if index not in segment_of}
        with_parts = {int(rows.region[index]) for index in segment_of}
        if len(closed) < 2 or closed.keys() != with_parts or any(self._holds_figures(heads[one]) for one in closed):
            return
        for region, (total, members) in closed.items():
            if members.keys() == segment_of[total.index - 1].keys():
                rows.totals.remove(total)
                rows.region[total.index] = region
                rows.parts.append((total.index, members))

    def _refuse_closing_parts(self, rows: Rows) -> None:
        """The segments under the last region that no other has ("PMI") may be those of the province."""
        under: dict[int, list[tuple[int, dict[str, str]]]] = {}
        for index, members in rows.parts:
            under.setdefault(int(rows.region[index]), []).append((index, members))
        count = closing_labels([[members for _, members in parts] for parts in under.values()])
        for index, members in list(under.values())[-1][-count:] if count else ():
            self.clerk.refuse_row("closing_row", index, self.table.anchor, shown(self.body[index][self.table.anchor]))
            rows.region[index] = NO_REGION
            rows.parts.remove((index, members))

    def _without_sums_of_parts(
        self, names: Sequence[Cell], rows: Rows, unclear: list[tuple[int, bool]]
    ) -> list[tuple[int, bool]]:
        """Where not every region has its segments under it, rows "PU" and "BPU" sum the table or a block: of which
        regions, nobody knows, nor of what the rows under them are."""
        with_parts = {int(rows.region[index]) for index, _ in rows.parts}
        if not with_parts or with_parts >= set(rows.region[rows.region != NO_REGION].tolist()):
            return unclear
        for index, _ in rows.parts:
            self.clerk.refuse_row("region_unknown", index, self.table.anchor, shown(names[index]), near="")
            rows.region[index] = NO_REGION
        unclear = sorted([*unclear, *((index, True) for index, _ in rows.parts)])
        rows.parts.clear()
        return unclear

    def read_rows_of(self, region: int) -> Rows:
        """The rows of a table about one region: those with figures are its; the others head a block or are notes."""
        rows = Rows(np.full(len(self.body), NO_REGION, np.int16))
        headings: list[tuple[int, dict[str, str]]] = []
        unclear: list[tuple[int, bool]] = [(0, False)]
        for index in range(len(self.body)):
            if (role := self._sum_of_times(index)) and self._holds_figures(index):
                rows.totals.append(TotalRow(index, role, ()))
                self.clerk.book_row(index, role)
            elif self._heads_in_words(index):
                unclear.append((index, True))  # "Posisi data" | ":" | another day
            elif self._holds_figures(index):
                rows.region[index] = region
            elif headings and all(map(is_blank, self.body[index])) and rows.region[index - 1] != NO_REGION:
                unclear.append((index, True))  # what follows a blank row in a block may be of all
            elif self._heads_block(index):
                headings.append((index, dict(self.block)))
                unclear.append((index, False))
            elif self._heads_other(index, region, is_in_block=bool(headings)):
                unclear.append((index, True))
            else:
                self.clerk.book_row(index, "note")
        rows.blocks = _spread(headings, len(self.body))
        self._refuse_unclear(unclear, rows.region)
        refuse_closing_rows(self.table, self.clerk, [index for index, _ in headings], rows.region)
        refuse_what_rows_say(self.table, self.book, self.clerk, (), rows.region)
        if region == NO_REGION:
            self.clerk.ledger.book(slice(self.table.first_row, self.table.last_row + 1), self.clerk.columns, "refused")
        return rows

    def _sum_of_times(self, index: int) -> str:
        """ "Jumlah" or "Rata-rata" where times stand: total or average; empty where a row is of a time."""
        carrier = self.table.carrier(self.table.lexicon.kind.time.name)
        if carrier is None or carrier.number != self.table.anchor:
            return ""
        role = self._match_name(self.body[index][carrier.number]).role
        return role if role in ("total", "average") else ""

    def _match_name(self, cell: Cell) -> RegionMatch:
        if is_blank(cell):
            return RegionMatch("blank")
        inside = _LAST_BRACKET.search(cell) if type(cell) is str else None
        if inside and self._names_part(inside[1]) and not abbreviates(inside[1], shown(cell)[: inside.start()]):
            return RegionMatch("unknown")  # "Kab. Pasuruan (PU)"
        places = self.book.match_code(cell, self._coding(self.table.anchor)) if self.table.anchor_is_code else ()
        if not places:
            return self.book.match(shown(cell))
        is_province = all(self.book.regions[place].kind == "provinsi" for place in places)
        return RegionMatch("total" if is_province else "region", places)

    def _codes_in(self, column: int) -> dict[Cell, tuple[int, ...]]:
        """What each readable code of a column can mean."""
        coding = self._coding(column)
        cells = {cell for cell in self.table.cells(column) if not is_blank(cell)}
        meant = {cell: self.book.match_code(cell, coding) for cell in cells}
        return {cell: places for cell, places in meant.items() if places}

    def _coding(self, column: int) -> Coding:
        """Whose codes the header of a column says that it holds."""
        header = next((each.header_text for each in self.table.columns if each.number == column), "")
        return coding_in(header)

    def _refuse_other_codes(
        self, names: Sequence[Cell], certain: dict[Cell, int], column: int, codes: dict[Cell, tuple[int, ...]],
        region: np.ndarray,
    ) -> None:  # fmt: skip
        """Refuse the rows whose code means another region than their name."""
        pairs = list(zip(names, self.table.cells(column), strict=True))
        against = {
            (name, code) for name, code in set(pairs)
            if name in certain and code in codes and certain[name] not in codes[code]
        }  # fmt: skip
        unread = {code for _, code in set(pairs) if code not in codes and _CODE.fullmatch(shown(code))}
        for index, (name, code) in enumerate(pairs) if unread and len(unread) < len(codes) else ():
            if code in unread and name in certain:  # a code that is no regency's, among codes that are
                self.clerk.refuse_row("code_unknown", index, self.table.anchor, shown(name), code=shown(code))
                region[index] = NO_REGION
        for index in [index for index, pair in enumerate(pairs) if pair in against] if against else ():
            name, code = pairs[index]
            self.clerk.refuse_row(
                "code_contradicts_name", index, self.table.anchor, shown(name),
                code=shown(code), means=self._names(codes[code]),
            )  # fmt: skip
            region[index] = NO_REGION

    def _provinces_of_rows(self) -> dict[int, str]:
        """The code of the province that a column of provinces says of each row; a blank goes on with the one above."""
        said: dict[int, str] = {}
        for column in (each.number for each in self.table.columns if each.role in ("ignored", "unknown")):
            code_of = {
                cell: min(codes) for cell in self.table.sheet.texts[column]
                if self.book.match(cell).role == "total" and len(codes := self.book.provinces_in(cell)) == 1
            }  # fmt: skip
            code = ""
            for index, cell in enumerate(self.table.spread(column) if code_of else ()):
                code = code if is_blank(cell) else code_of.get(cell, "")
                said |= {index: code} if code else {}
        return said

    def _refuse_other_provinces(self, names: Sequence[Cell], region: np.ndarray) -> None:
        """Refuse the rows whose province is said to be another than that of their name."""
        for index, code in self.provinces.items():
            place = int(region[index])
            if place != NO_REGION and self.book.regions[place].province_code != code:
                province = self.book.regions[self.book.position[code]].name
                self.clerk.refuse_row(
                    "province_contradicts_name", index, self.table.anchor, shown(names[index]),
                    means=self._names((place,)), province=province,
                )  # fmt: skip
                region[index] = NO_REGION

    def _codes_of(self, index: int) -> list[tuple[int, ...]]:
        """What the codes of a row can mean."""
        row = self.body[index]
        return [
            codes[row[column]]
            for column, codes in zip(self.table.code_columns, self.codes, strict=True)
            if row[column] in codes
        ]

    def _ends_codes(self, certain: dict[Cell, int]) -> bool:
        """Whether the numbers before the names are the ends of their codes, as BPS prints them ("03. Trenggalek")."""
        numbered = [(_NUMBER_BEFORE_NAME.match(shown(name)), place) for name, place in certain.items()]
        ends = [(number[1], self.book.regions[place].code[-2:]) for number, place in numbered if number]
        return len(ends) >= _FEWEST_NUMBERED and all(number == end for number, end in ends)

    def _by_number(self, match: RegionMatch, index: int) -> list[int]:
        """The regions that a name can mean whose codes end in the number before it."""
        number = _NUMBER_BEFORE_NAME.match(shown(self.body[index][self.table.anchor]))
        if not (number and self.numbers_are_codes):
            return []
        return [place for place in match.positions if self.book.regions[place].code.endswith(f".{number[1]}")]

    def _of_numbered_row(self, match: RegionMatch, index: int) -> list[int]:
        """The regions without a row of their own that a name can mean behind a running number that goes on in the next
        row: no total of the province bears one."""
        if not any(self._counts_on(column, index) for column in range(self.table.anchor)):
            return []
        others = [place for place in match.positions if self.book.regions[place].kind != "provinsi"]
        return [place for place in others if place not in self.certain]

    def _counts_on(self, column: int, index: int) -> bool:
        """Whether a column holds whole numbers in a row and the next that are one apart ("1." and "2.")."""
        numbers = [_RUNNING_NUMBER.fullmatch(shown(row[column])) for row in self.body[index : index + 2]]
        here, below = (*numbers, None)[:2]
        return bool(here and below and int(below[1]) == int(here[1]) + 1)

    def _by_code(self, index: int, name: str) -> int | None:
        """The region of a row's code, where an unknown name is short for it ("Hulu Sungai Sel.")."""
        meant = [place for places in self._codes_of(index) for place in places]
        return meant[0] if len(meant) == 1 and is_short_for(name, self.book.regions[meant[0]].name) else None

    def _is_section(self, match: RegionMatch, index: int) -> bool:
        """ "KABUPATEN" where names stand, or alone in the row left of them."""
        lone = self._lone_text(index) if match.role == "blank" else ""
        return match.role == "section" or (bool(lone) and self.book.match(lone).role == "section")

    def _class_of_section(self, index: int) -> str:
        name = self.body[index][self.table.anchor]
        return _class_in(self._lone_text(index) if is_blank(name) else shown(name))

    def _class_of_title(self) -> str:
        """The class that the nearest title names and nothing else: "KOTA" over the second of two tables abreast."""
        nearest = [text.words for text in self.table.titles][-1:]
        return next((_class_in(words) for words in nearest if self.book.match(words).role == "section"), "")

    def _decide_by_sections(
        self, names: Sequence[Cell], matches: dict[Cell, RegionMatch]
    ) -> tuple[int, dict[tuple[int, ...], int]]:
        """Where the first section begins, and which region an ambiguous name over it means: the one of the class that
        the same name under that section is not."""
        open_names = {name for name, match in matches.items() if match.role == "region" and len(match.positions) > 1}
        if not open_names:
            return 0, {}
        first = next((index for index, name in enumerate(names) if self._is_section(matches[name], index)), 0)
        if not first:
            return 0, {}
        kind = self._class_of_section(first)
        end = next((i for i in range(first + 1, len(names)) if matches[names[i]].role != "region"), len(names))
        under = [
            RegionMatch("region", (place,)) for name in open_names.intersection(names[first + 1 : end])
            for place in matches[name].positions if self.book.regions[place].kind == kind
        ]  # fmt: skip
        return first, decide_by_context(self.book, [*matches.values(), *under])

    def _take_class(self, index: int, rows: Rows) -> None:
        """ "KABUPATEN" heads the names below it; with figures beside it is their total too."""
        self.class_heading, self.class_from = self._class_of_section(index), index
        if self._holds_figures(index):
            rows.totals.append(TotalRow(index, "total", ()))
        else:
            self.clerk.book_row(index, "heading")

    def _decide(self, match: RegionMatch, decided: dict[tuple[int, ...], int], index: int) -> int | None:
        """The one region that an ambiguous name means; None and a refused row where nothing decides."""
        kinds = {place: self.book.regions[place].kind for place in match.positions}
        for meant in (
            [place for place in match.positions if self.book.regions[place].province_code == self.provinces.get(index)],
            [place for place in match.positions if any(place in codes for codes in self._codes_of(index))],
            self._by_number(match, index),
            self._of_numbered_row(match, index),
            self._of_its_city(match, index),
            [place for place, kind in kinds.items() if kind == self._class_over(index)],
            [decided[match.positions]] if match.positions in decided else [],
        ):
            if len(meant) == 1:
                return meant[0]
        name = shown(self.body[index][self.table.anchor])
        self.clerk.refuse_row("region_ambiguous", index, self.table.anchor, name, regions=self._names(match.positions))
        return None

    def _of_its_city(self, match: RegionMatch, index: int) -> list[int]:
        """The province, where the city of its name has its row under the same heading ("Jambi" below "1. Jambi")."""
        if self.table.row_fields:
            return []
        taken = set(self.region[self.class_from : index].tolist())
        left = [place for place in match.positions if place not in taken]
        return left if len(left) == 1 and self.book.regions[left[0]].kind == "provinsi" else []

    def _class_over(self, index: int) -> str:
        """The class of the heading over a row; none once a name of the other class stands between them."""
        between = self.region[self.class_from : index]
        kinds = {self.book.regions[place].kind for place in between[between != NO_REGION].tolist()}
        return self.class_heading if kinds <= {self.class_heading} else ""

    def _says_total(self, index: int) -> bool:
        """Whether a row of figures without a name says "Total" in a column that cannot hold it as a segment."""
        carries = {column.number: column.understanding.carries for column in self.table.carriers}
        for number, cell in enumerate(self.body[index]):
            if number in self.measure_columns or type(cell) is not str or not self._names_sum(cell):
                continue
            meaning = label_meaning(self.table.lexicon, cell)
            is_label = number == self.table.label_column and list(self.table.cells(number)).count(cell) > 1
            if meaning and meaning[0] and is_label:
                continue  # "Total Peserta Aktif" of each region
            if not meaning or carries.get(number) not in dict(meaning[1]):
                return self._holds_figures(index)
        return False

    def _names_sum(self, text: str) -> bool:
        """ "Total", or "Jumlah Cabang Surabaya"."""
        role = self.book.match(text).role
        return role == "total" or (role == "branch" and self.book.match(tokens_of(text)[0]).role == "total")

    def _without_name(self, index: int) -> int:
        """A row without a name: a spacer, a further row of the region above, or refused."""
        if not self._holds_figures(index):
            return NO_REGION
        row = self.table.first_row + index
        merges = self.table.sheet.merges
        merged = any(r1 < row <= r2 and c1 <= self.table.anchor <= c2 for r1, c1, r2, c2 in merges)
        carried = any(not is_blank(self.body[index][column]) for column in self.table.row_fields)
        above = [self.body[row][self.table.anchor] for row in range(max(index - 2, 0), index)]
        is_repeated = len(above) == 2 and above[0] == above[1] and not is_blank(above[1])  # no row leaves its name out
        if (merged or (carried and not is_repeated)) and self.last_region != NO_REGION and not self._codes_of(index):
            if not merged:
                self.continued.append(index)
            return self.last_region
        self.clerk.refuse_row("region_missing", index, self.table.anchor, "")
        self.nameless.append(index)
        return NO_REGION

    def _goes_on_with_total(self, index: int, totals: list[TotalRow]) -> bool:
        """A nameless row under a total that says its own segment or date: the same total of that."""
        is_below = bool(totals) and totals[-1].index == index - 1 and self._holds_figures(index)
        return is_below and any(not is_blank(self.body[index][column]) for column in self.table.row_fields)

    def _holds_figures(self, index: int) -> bool:
        row = self.body[index]
        return any(not is_blank(row[column]) for column in self.measure_columns)

    def _heads_block(self, index: int) -> bool:
        """A lone text in words that name dimensions ("TAHUN 2024", "BPU") heads the rows below it."""
        text = without_number(self._lone_text(index))
        said = self.table.lexicon.understand((text,))
        years = years_in(text)
        if text and said.leftover == years and len(years) == 1 and not said.measure and self.table.names_months:
            self.block[YEAR] = years[0]
        elif not text or said.leftover or not said.members or said.measure:
            return False
        self.block.update(said.members)
        self.clerk.book_row(index, "block_heading")
        return True

    def _lone_text(self, index: int) -> str:
        """The one filled cell of a row of this table, beside its own number ("A."); a number counts only where names
        stand."""
        first, last = self.table.columns[0].number, self.table.columns[-1].number
        filled = [number for number in range(first, last + 1) if not is_blank(self.body[index][number])]
        if len(filled) > 1 and filled[0] < self.table.anchor and _numbers_a_heading(self.body[index][filled[0]]):
            filled = filled[1:]
        if len(filled) != 1 or (filled[0] > self.table.anchor and not isinstance(self.body[index][filled[0]], str)):
            return ""
        if filled[0] in self.remark_columns:
            return ""
        return shown(self.body[index][filled[0]])

    def _might_head_block(self, index: int, is_in_block: bool) -> bool:
        """A lone text that says of what the rows below it may be ("PU non ASN 2023", "Perangkat Desa"), or that ends a
        block and names no area: nothing may be read under it."""
        text = self._lone_text(index)
        if text and (_FOLLOWING.search(text) or scale_in(text) != 1):
            return True  # "*) berikut hanya BPU", "(dalam ribuan)"
        if not text or is_note(text):
            return False
        lexicon = self.table.lexicon
        said = lexicon.understand((without_number(text),))
        says_something = said.members or said.measure or said.carries or find_dates(text) or years_in(text)
        return bool(says_something or lexicon.is_about_others(text) or (is_in_block and not self._names_area(text)))

    def _heads_other(self, index: int, region: int, is_in_block: bool) -> bool:
        """In a table about one region, a heading of another one, of a part of it, or of what is not understood."""
        text = self._lone_text(index)
        if label_meaning(self.table.lexicon, text):  # "Bekerja" without its figure
            return False
        match = self.book.match(text)
        is_province = bool(match.positions) and match.role == "total"
        is_other = (
            is_province or bool(self.book.named_in(text) - {region}) or not _PARTS_OF_REGION.isdisjoint(tokens_of(text))
        )
        return is_other or self._might_head_block(index, is_in_block)

    def _names_area(self, text: str) -> bool:
        """ "Bakorwil II", "Cabang Madiun", "Provinsi Bali": rows are put in order under it, and stay what they are."""
        is_known = self.book.match(text).role != "unknown" or bool(self.book.named_in(text))
        return is_known or not _AREAS.isdisjoint(tokens_of(text))

    def _carries(self, column: Column, index: int) -> bool:
        """Whether a row says a value of the dimension whose values a column holds."""
        meaning = label_meaning(self.table.lexicon, self.body[index][column.number])
        return meaning is not None and column.understanding.carries in dict(meaning[1])

    def _heads_in_words(self, index: int) -> bool:
        """A row of words where figures stand ("Posisi" | "31 Oktober 2025"), and not the table's own header again."""
        if any(self._carries(column, index) for column in self.table.carriers):
            return False  # "PMI" | "belum ada" | "belum ada" goes on with the region over it
        body = [cell for cell in self.body[index] if not is_blank(cell)]
        rows = self.table.sheet.rows[self.table.header_top : self.table.first_row]
        headers = {cell for row in rows for cell in row}
        return len(body) > 1 and all(map(is_wordy, body)) and not headers.issuperset(body)

    def _refuse_unclear(self, headings: list[tuple[int, bool]], region: np.ndarray) -> None:
        """Refuse the regions under a heading that is not understood, up to the next one that is."""
        ends = [*(index for index, _ in headings), len(region)][1:]
        for (index, is_unclear), end in zip(headings, ends, strict=True):
            if not is_unclear:
                continue
            under = [row for row in range(index, end) if region[row] != NO_REGION]
            if not under:
                self.clerk.book_row(index, "note")
                continue
            text = self._lone_text(index)
            self.clerk.refuse_row("heading_unclear", index, self.table.anchor, text, count=len(under))
            for row in under:
                self.clerk.ledger.book([self.table.first_row + row], self.clerk.columns, "refused")
            region[under] = NO_REGION

    def _refuse_other_places(self, names: Sequence[Cell], matches: dict[Cell, RegionMatch], region: np.ndarray) -> None:
        """Where most names are no regencies, they are of something else: a Kecamatan Trenggalek is no Kabupaten."""
        strange = {name for name, match in matches.items() if match.role == "unknown"}
        unknown = [i for i, name in enumerate(names) if name in strange and self._holds_figures(i)] if strange else []
        if len(unknown) > np.count_nonzero(region != NO_REGION):
            bare = [i for i in np.flatnonzero(region != NO_REGION).tolist() if not has_class(shown(names[i]))]
            for index in bare:
                self.clerk.refuse_row("other_places", index, self.table.anchor, shown(names[index]), count=len(unknown))
            region[bare] = NO_REGION

    def _names(self, places: tuple[int, ...]) -> str:
        return names_of([self.book.regions[place] for place in places])


def _numbers_a_heading(cell: Cell) -> bool:
    return bool(HEADING_NUMBER.fullmatch(shown(cell).strip()) or _ORDINAL.fullmatch(shown(cell).strip()))


def _class_in(text: str) -> str:
    """The class of regencies that a section's heading names; empty where it names both."""
    words = set(tokens_of(text))
    is_kota, is_kabupaten = bool(words & KOTA_WORDS), bool(words & KABUPATEN_WORDS)
    return "" if is_kota and is_kabupaten else "kota" if is_kota else "kabupaten"


def names_of(regions: list[Region]) -> str:
    """Regions as a message quotes them: "35.22 Kabupaten Bojonegoro"."""
    return ", ".join(f"{region.code} {region.name}" for region in regions)


def _spread(headings: list[tuple[int, dict[str, str]]], size: int) -> dict[str, np.ndarray]:
    """Block headings, carried down to the next one."""
    spread = {name: np.full(size, "", dtype=object) for _, block in headings for name in block}
    ends = [*(index for index, _ in headings), size][1:]
    for (index, block), end in zip(headings, ends, strict=True):
        for name, value in block.items():
            spread[name][index:end] = value
    return spread
