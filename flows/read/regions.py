"""Which region a text or a code means. Class (kabupaten, kota) goes before name; nothing is guessed.

Reference: `schemas/reference/regions.csv` (Kepmendagri 300.2.2-2138/2025 with BPS codes), the short names in everyday
use of `region_short_names.csv`, and the reviewed `region_aliases.csv`. 26 bare names are both a kabupaten and a kota:
those need context.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flows.read.words import tokens_of, without_number
from schemas.regions import Region, read_aliases, read_regions, read_short_names

NO_REGION = -1  # the place of none
Coding = Literal["", "bps", "ministry"]  # whose codes a column holds, where its header says so
_CLASS = {
    "kabupaten": "kabupaten", "kab": "kabupaten", "kb": "kabupaten",
    "kota": "kota", "kotamadya": "kota", "kodya": "kota", "kt": "kota",
}  # fmt: skip
_ENGLISH_CLASS = {"regency": "kabupaten", "city": "kota", "municipality": "kota"}  # "Ngada Regency"
_OFFICES = {"disnaker", "disnakertrans"}  # they answer for their regency; a "Pemkab" may be an employer
# Headings over the names of one class, in both languages.
KABUPATEN_WORDS = {"kabupaten", "kab", "regency", "regencies"}
KOTA_WORDS = {"kota", "kotamadya", "kodya", "municipality", "municipalities", "city", "cities"}
_TOTAL_WORDS = {
    "jumlah", "total", "jml", "jlh", "grand total", "sub total", "subtotal", "jumlah total", "total jumlah",
    "jumlah keseluruhan", "total keseluruhan", "jumlah seluruhnya", "sub jumlah", "jumlah kabupaten",
    "jumlah kota", "jumlah kabupaten kota", "total kabupaten kota", "indonesia", "nasional", "provinsi", "prov",
    "province", "provinsi province", "propinsi",
}  # fmt: skip
# Beside "Kabupaten" or "Kota" in the heading over the names of one class.
_SECTION_FILLERS = {"wilayah", "daerah", "kelompok", "pemerintah", "se"}
_MINISTRY_WORDS = {"kemendagri", "permendagri", "kepmendagri", "mendagri", "kemdagri"}
_CARRIED_WORDS = {"pindahan", "dipindahkan"}  # sums at the foot of a page and at the head of the next
_CODE_IN_NAME = re.compile(r"(?<![\d.])(\d{2}\.\d{2}|\d{4})(?!\d|\.\d)")
_FORMER_NAME = re.compile(r"\s*\((?:d/h|dh|dahulu|eks|ex)\b[^()]*\)\s*$", re.IGNORECASE)
_SHORT_IN_BRACKETS = re.compile(r"\s*\(([A-Za-z]{2,})\)\s*$")
_WHOLE_WORDS = {"kep": "kepulauan", "kepl": "kepulauan", "bag": "bagian"}
_FOOTNOTE = re.compile(r"(?<=[a-z]{3})\d$")
_FOOTNOTE_APART = re.compile(r"\s\(?\d\)$")
_TOTAL_START = ("jumlah", "total", "jml", "jlh", "subtotal", "sub")
_BRANCH_START = ("cabang", "eks", "karesidenan", "kc", "kantor", "kanwil", "kcp", "kacab", "kakacab", "wilayah")
_AVERAGE_START = ("rata", "rerata", "average", "mean")


@dataclass(frozen=True)
class RegionMatch:
    """What a text in a region column is: `role` region, total, branch, average, carried, section, blank or unknown.

    `positions` are the regions (places in the book) that it can mean: one is a match, more need context. `alias` is
    the reviewed spelling by which it was found.
    """

    role: str
    positions: tuple[int, ...] = ()
    alias: str = ""


class RegionBook:
    """The regions, and every way in which their names and codes are written; `words` are those of their names."""

    def __init__(self, regions: list[Region], aliases: dict[str, str]) -> None:
        self.regions = regions
        self.position = {region.code: place for place, region in enumerate(regions)}
        self._by_bps = {region.bps_code: place for place, region in enumerate(regions) if region.bps_code}
        self._full: dict[str, set[int]] = defaultdict(set)
        self._bare: dict[str, set[int]] = defaultdict(set)
        self._seen: dict[str, RegionMatch] = {}
        for place, region in enumerate(regions):
            words = _name_words(region.name)
            self._full["".join(words)].add(place)
            self._bare["".join(words[1:] if words[0] in _CLASS else words)].add(place)
            if words[:2] == ("daerah", "istimewa"):
                self._bare["".join(words[2:])].add(place)  # in a list of provinces "Yogyakarta" is not its city
        provinces = [region for region in regions if region.kind == "provinsi"]
        names = [(f" {' '.join(tokens_of(region.name))} ", region.code) for region in provinces]
        self._provinces = sorted(names, key=lambda each: -len(each[0]))
        for short, code in read_short_names().items():
            self._bare["".join(_name_words(short))].add(self.position[code])
        self.words = frozenset(word for region in regions for word in tokens_of(region.name))
        self._aliases: dict[str, str] = {}  # by the letters of a name
        for alias, code in aliases.items():
            words = _name_words(alias)
            letters = "".join([_CLASS.get(words[0], words[0]), *words[1:]])
            self._full[letters] = {self.position[code]}
            self._aliases[letters] = alias

    def provinces_in(self, text: str) -> set[str]:
        """The codes of the provinces that a text names."""
        plain, codes = f" {' '.join(tokens_of(text))} ", set()
        for words, code in self._provinces:  # "Papua Barat" before "Papua"
            if words in plain:
                plain = plain.replace(words, " / ")
                codes.add(code)
        return codes

    @property
    def province_names(self) -> list[str]:
        return [region.name for region in self.regions if region.kind == "provinsi"]

    def match(self, text: str) -> RegionMatch:
        """What a text of a region column says. Never more than the text itself allows."""
        if text not in self._seen:
            self._seen[text] = self._match(text)
        return self._seen[text]

    def _match(self, text: str) -> RegionMatch:
        code = _CODE_IN_NAME.search(text)
        if code and any(map(str.isalpha, text)) and (coded := self.match_code(code[1])):
            return self._match_with_code(text[: code.start()] + " " + text[code.end() :], coded)
        text = _FORMER_NAME.sub("", text)
        if (short := _SHORT_IN_BRACKETS.search(text)) and short[1].lower() not in _CLASS:
            named = self._match(text[: short.start()])
            if len(named.positions) == 1 and is_short_for(short[1], self.regions[named.positions[0]].name):
                return named  # "Penajam Paser Utara (PPU)"
        words = _name_words(without_number(text))
        if len(words) > 1 and words[0].isdigit():  # "03 Trenggalek"
            words = words[1:]
        if not words:
            return RegionMatch("blank")
        words = self._with_class_first(_without_office(words))
        if (exact := self._full.get("".join(words))) and words[0] not in _CLASS:
            places = exact | self._bare.get("".join(words), set())  # Jambi: the province or its city
            return self._as_match(places, self._aliases.get("".join(words), ""))
        if (said := set(words) - _SECTION_FILLERS) and said <= KABUPATEN_WORDS | KOTA_WORDS:
            return RegionMatch("section")
        if words[0] in _CLASS:
            return self._match_with_class(words)
        joined = " ".join(words)
        if joined in _TOTAL_WORDS:
            return RegionMatch("total")
        if words[0] in ("provinsi", "prov", "propinsi") and len(words) > 1:
            places = {p for p in self._bare.get("".join(words[1:]), ()) if self.regions[p].kind == "provinsi"}
            return self._as_match(places)
        if not _CARRIED_WORDS.isdisjoint(words):
            return RegionMatch("carried")
        if words[0] in _AVERAGE_START:
            return RegionMatch("average")
        if words[0] in _TOTAL_START:
            rest = words[1:]
            inner = self.match(" ".join(rest)) if rest else RegionMatch("total")
            return RegionMatch("total" if inner.role in ("total", "region") else "branch")
        if words[0] in _BRANCH_START:
            return RegionMatch("branch")
        return self._as_match(self._bare.get("".join(words), set()))

    def _with_class_first(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """ "GRESIK KAB." begins with its class; but Kabupaten Lima Puluh Kota is called so."""
        starts = (*_CLASS, *_TOTAL_START, *_AVERAGE_START, *_BRANCH_START)
        last = _ENGLISH_CLASS.get(words[-1], words[-1])
        is_turned = len(words) > 1 and last in _CLASS and words[0] not in starts
        is_name = "".join(words) in self._bare or "".join(words) in self._full
        return (last, *words[:-1]) if is_turned and not is_name else words

    def _match_with_code(self, name: str, places: tuple[int, ...]) -> RegionMatch:
        """ "3503 - Trenggalek": both must mean the same region."""
        match = self.match(name)
        both = tuple(place for place in match.positions if place in places)
        return RegionMatch(match.role, both, match.alias) if both else RegionMatch("unknown")

    def _match_with_class(self, words: tuple[str, ...]) -> RegionMatch:
        wanted = _CLASS[words[0]]
        squeezed = wanted + "".join(word for word in words[1:])
        if exact := self._full.get(squeezed):
            return self._as_match(exact, self._aliases.get(squeezed, ""))
        bare = self._bare.get("".join(words[1:]), set())
        return self._as_match({place for place in bare if self.regions[place].kind == wanted})

    def _as_match(self, places: set[int], alias: str = "") -> RegionMatch:
        if not places:
            return RegionMatch("unknown")
        is_province = all(self.regions[place].kind == "provinsi" for place in places)
        return RegionMatch("total" if is_province else "region", tuple(sorted(places)), alias)

    def named_in(self, text: str) -> set[int]:
        """The regencies that a title, a heading or a sheet's name is about: the name alone, or "Kabupaten X" in it."""
        match = self.match(text)
        if match.role == "region":
            return set(match.positions)
        words = _name_words(text)
        found: set[int] = set()
        for start, word in enumerate(words):
            if word not in _CLASS:
                continue
            for end in range(min(start + 6, len(words)), start + 1, -1):
                match = self._match_with_class(words[start:end])
                if match.role == "region":
                    found.update(match.positions)
                    break
        return found

    def match_code(self, value: object, coding: Coding = "") -> tuple[int, ...]:
        """The regions that a code cell can mean: "35.03", "3503", 3503.0, and 35.1 for 35.10.

        Four digits without a point are BPS's; where the Ministry's code without its point would be
        another region, both are given, unless it is said whose `coding` it is. Provinces have codes too; they are
        given as such.
        """
        if isinstance(value, float | int) and not isinstance(value, bool):
            text = f"{value:.2f}" if value != int(value) else str(int(value))
        else:
            text = str(value).strip().lstrip("'")
        if text in self.position:
            places = {self.position[text]}
            if coding == "bps":  # "12.01" may be 1201 with a point
                places |= {place for place in [self._by_bps.get(text.replace(".", ""))] if place is not None}
            return tuple(sorted(places))
        if re.fullmatch(r"\d{4}", text):
            meant = {"bps": self._by_bps.get(text), "ministry": self.position.get(f"{text[:2]}.{text[2:]}")}
            places = {place for whose, place in meant.items() if place is not None and coding in ("", whose)}
            return tuple(sorted(places))
        return ()

    def nearest(self, text: str) -> list[Region]:
        """Up to three regions that a misspelled name may mean, best first: for a message, never for a match."""
        words = _name_words(text)
        wanted = _CLASS.get(words[0]) if words else None
        words = words[1:] if wanted else words
        names: dict[str, list[Region]] = defaultdict(list)
        for region in self.regions:
            if region.kind != "provinsi" and wanted in (None, region.kind):
                names[" ".join(_name_words(region.name)[1:])].append(region)
        close = difflib.get_close_matches(" ".join(words), names, n=3, cutoff=0.75)
        return [region for name in close for region in names[name]][:3]


@lru_cache(maxsize=20_000)
def _without_office(words: tuple[str, ...]) -> tuple[str, ...]:
    """The regency of an office that is named by its class too ("Disnaker Kota Tegal"); other words as they are."""
    is_office = len(words) > 1 and words[0] in _OFFICES and words[1] in _CLASS
    return words[1:] if is_office else words


def _name_words(text: str) -> tuple[str, ...]:
    """The words of a name: "Kep." is Kepulauan, "Bag." is Bagian, and "Kota Administrasi" is a Kota.

    The digit of a footnote that sticks to the name ("Surabaya¹"), or follows it with a bracket ("Surabaya 1)"), is no
    part of it.
    """
    text = _FOOTNOTE_APART.sub("", text.rstrip())
    words = (_WHOLE_WORDS.get(word) or _FOOTNOTE.sub("", word) for word in tokens_of(text))
    return tuple(word for word in words if word not in ("administrasi", "adm"))


def coding_in(header: str) -> Coding:
    """Whose codes a header says that its column holds: "Kode BPS", "Kode Kemendagri"; empty where it says neither."""
    words = set(tokens_of(header))
    says_bps, says_ministry = "bps" in words, not words.isdisjoint(_MINISTRY_WORDS)
    return "bps" if says_bps and not says_ministry else "ministry" if says_ministry and not says_bps else ""


def has_class(text: str) -> bool:
    """Whether a name says that it is a Kabupaten or a Kota."""
    words = _name_words(without_number(text))
    return bool(words) and words[0] in _CLASS


def abbreviates(short: str, name: str) -> bool:
    """Whether a text is the first letters of a name's words: "PPU" of Kabupaten Penajam Paser Utara."""
    words = [word for word in _name_words(name) if word not in _CLASS]
    return "".join(word[0] for word in words) == "".join(tokens_of(short))


def is_short_for(short: str, name: str) -> bool:
    """Whether a text leaves letters out of a region's name and no more: "PPU", "Hulu Sungai Sel.", "Bolmong".

    It says that the two do not contradict each other, never that no other region could be meant.
    """
    letters = "".join(_name_words(short))
    words = _name_words(name)
    names = ["".join(words[start:]) for start in range(2 + ("kepulauan" in words[:2]))]  # KLU: Kabupaten Lombok Utara
    return len(letters) > 1 and any(whole[:1] == letters[0] and _holds_in_order(whole, letters) for whole in names)


def _holds_in_order(whole: str, letters: str) -> bool:
    rest = iter(whole)
    return all(letter in rest for letter in letters)


def load_region_book() -> RegionBook:
    """The region book from the reviewed reference files."""
    return RegionBook(read_regions(), read_aliases())


def decide_by_context(
    book: RegionBook, matches: Iterable[RegionMatch], of_titles: Set[str] = frozenset()
) -> dict[tuple[int, ...], int]:
    """Which region each ambiguous match of one column means, where the column itself decides.

    "Kediri" beside "Kota Kediri" is the kabupaten: what stands there under its own name is taken out.
    Of regions in two provinces the one in the column's own province is meant, unless the titles name other provinces
    too (`of_titles`, their codes). What is still open is not in the answer.
    """
    seen = {match.positions for match in matches if match.positions}
    plain = {positions[0] for positions in seen if len(positions) == 1}
    provinces = {book.regions[place].province_code for place in plain} | of_titles
    decided: dict[tuple[int, ...], int] = {}
    for positions in seen:
        if len(positions) == 1:
            continue
        in_province = [p for p in positions if len(provinces) != 1 or book.regions[p].province_code in provinces]
        left = [place for place in in_province if place not in plain]
        others_named = len(left) < len(in_province) or len(in_province) < len(positions)
        if len(left) == 1 and others_named:
            decided[positions] = left[0]
    return decided
