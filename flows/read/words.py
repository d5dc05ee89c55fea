"""Words of headers and titles: which phrase means which field of a kind.

Every word of a header must be known: a header is understood when nothing is left over. So a column
"Peserta aktif JKN" is never taken for "Peserta aktif".
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from flows.read.dates import MONTH_NAMES, find_dates, without_dates
from flows.read.months import day_of, find_months, is_month, month_in, without_months
from flows.read.spelling import is_one_letter_off
from flows.read.titles import NOTE
from schemas.kind import Kind, Kinds, RecordKind

STOP_WORDS = (
    "menurut", "per", "di", "dan", "yang", "pada", "untuk", "dalam", "se", "sebesar", "tahun", "thn", "th", "year",
    "provinsi", "prov", "d i yogyakarta", "nama", "data", "contoh",
    "metode baru", "bpjs", "ketenagakerjaan", "bpjs ketenagakerjaan", "jamsostek",
    "jaminan sosial ketenagakerjaan", "jamsos ketenagakerjaan", "ucj", "universal coverage jamsostek",
    "bpjamsostek", "bpjstk", "satuan", "unit",
    "sampai dengan", "s d", "sd bulan ini", "sd saat ini", "by", "in", "the", "and", "tenaga kerja", "tk", "naker",
    "pekerja", "pkrja", "pkj", "sum of",
    "jumlah dari", "tahun ini", "bulan ini", "keadaan", "kondisi", "keadaan ketenagakerjaan",
    "kondisi ketenagakerjaan", "keadaan angkatan kerja", "selama seminggu yang lalu",
    "penduduk berumur 15 tahun ke atas", "penduduk umur 15 tahun ke atas", "penduduk usia 15 tahun ke atas",
    "berumur 15 tahun ke atas", "penduduk 15 tahun ke atas", "penduduk berumur 15 tahun keatas",
    "penduduk umur 15 tahun keatas", "population aged 15 years and over", "realisasi", "real", "capaian", "realization",
    "rekap", "rekapitulasi", "program", "sudah", "telah", "menjadi", "kegiatan", "jenis kegiatan", "activity",
    "type of activity", "sakernas", "hasil sakernas", "akhir bulan",
    *(f"{outside} asn tni polri" for outside in ("non", "di luar", "diluar", "selain", "tidak termasuk")),
)  # fmt: skip
PEOPLE_WORDS = ("orang", "jiwa", "people", "person", "persons", "org")
PCT_WORDS = {"persen", "persentase", "percent"}
UNIT_WORDS = {*PEOPLE_WORDS, *PCT_WORDS, "tk", "pekerja", "peserta", "satuan", "unit"}
SCALE_WORDS = {
    1_000: ("ribu", "ribuan", "dalam ribuan", "rb", "000", "thousand", "thousands"),
    1_000_000: ("juta", "jutaan", "jt"),
}
THOUSANDS = {word for phrase in SCALE_WORDS[1_000] for word in phrase.split()}
# A breakdown that no kind carries: only its whole is the figure of a region.
BREAKDOWN_WORDS = ("jenis kelamin", "sex", "gender", "daerah tempat tinggal", "klasifikasi daerah")
WHOLE_WORDS = (
    "laki laki perempuan", "laki laki dan perempuan", "laki laki + perempuan", "l p", "male female",
    "perkotaan perdesaan", "perkotaan dan perdesaan", "perkotaan pedesaan", "urban rural",
)  # fmt: skip
PART_WORDS = (
    "laki laki", "laki", "male", "perempuan", "wanita", "female", "l", "p", "perkotaan", "urban", "perdesaan",
    "pedesaan", "rural",
)  # fmt: skip
PART_TOKENS = {word for phrase in PART_WORDS for word in phrase.split()}
# What heads a column whose rows say what is measured, and the column of those labels.
VALUE_WORDS = ("nilai", "value", "measure values", "angka", "besaran", "banyaknya")
LABEL_WORDS = ("measure names", "uraian", "indikator", "indicator", "indicators", "variabel", "variable", "rincian",
               "ukuran", "measure")  # fmt: skip
RANK_WORDS = ("peringkat", "ranking", "rangking", "rank")
# Beside these, the measure that a title names is not what stands in the table.
_NOT_THE_MEASURE = {"target", "tingkat", "rasio", "rata", "indeks", "laju", "pertumbuhan", "distribusi", "upah",
                    "pendapatan", "jam", "terdaftar", "growth", "ratio", "average", "proyeksi"}  # fmt: skip
_GROWTH_WORDS = {"pertumbuhan", "growth"}
# A title that begins with one of these is about what is planned, unless it says too what was reached.
_PLAN_WORDS = {"target", "sasaran", "proyeksi", "rencana", "perkiraan", "projection", "roadmap", "skenario", "prognosa",
               "rpjmd", "rpjmn", "rpjpd", "rpjpn", "renstra", "projected", "forecast", "scenario"}  # fmt: skip
# Beside these, a figure is of what came, went or is missing.
_CHANGE_WORDS = {"kenaikan", "penambahan", "tambahan", "pertambahan", "penurunan", "selisih", "perubahan", "sisa",
                 "kesenjangan", "gap", "increase", "decrease", "change"}  # fmt: skip
_REACHED_WORDS = {"realisasi", "capaian", "pencapaian", "perkembangan", "progres", "progress", "evaluasi", "monitoring"}
_BEFORE_SUBJECT = {"tabel", "table", "data", "daftar", "lampiran", "rekap", "rekapitulasi", "penetapan", "indikator",
                   "dan", "jumlah"}  # fmt: skip
_NUMBERED_NOTE = re.compile(r"\s*(?:\d\)|\d{1,2}\..*\.\s*$)")
_FIGURE = re.compile(r"\d\s*(?:%|persen)|:\s*\d", re.IGNORECASE)  # "Target nasional: 52,15 %" is about that figure
_BESIDES = re.compile(
    r"\b(?:termasuk|di ?luar|tanpa|selain|kecuali|non|bukan|excluding|without|including)\b", re.IGNORECASE
)
_SHARE_OF = re.compile(r"\b(?:terhadap|thd|to)\b|\([^()]*[:/][^()]*\)", re.IGNORECASE)
_AND = re.compile(r"\b(?:dan|serta|and)\b|[&,;]", re.IGNORECASE)
# "TPT menurut pendidikan" is a table whose columns are its parts.
_BREAKDOWNS = {"pendidikan", "umur", "usia", "sektor", "lapangan usaha", "lapangan pekerjaan", "status pekerjaan",
               "kbli", "formal", "informal"}  # fmt: skip
_BY = re.compile(r"\b(?:menurut|by)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:dinas|badan pusat|bidang|bagian|biro|kantor|kementerian|pemerintah)\b(?! pu\b)", re.IGNORECASE
)
INACTIVE_WORDS = ("non aktif", "nonaktif", "tidak aktif", "inactive")
SAMPLE_WORDS = "data contoh"
CONTINUED_WORDS = ("lanjutan", "sambungan", "continued")
REVISION_WORDS = ("koreksi", "ralat", "revisi")
# Beside such a column, "%" may mean per cent of that.
RIVAL_DENOMINATORS = {"target", "sasaran", "kuota", "alokasi", "baseline", "pagu", "penduduk", "anggaran", "desa",
                      "jkn"}  # fmt: skip
_ENUMERATION = re.compile(r"^\s*(?!(?i:s\.\s?d|d\.\s?i)\b)(?:[A-Za-z]|[IVXivx]+|\d{1,2})[.)]\s*(?=[A-Za-z])")
# "Semesta (a)", "Cakupan (c = b/a x 100)" or "(b/a)", a footnote's "PU 1)"; but (L) and (P) are men and women.
_JOINED = re.compile(r"[+&]|\bdan\b", re.IGNORECASE)
_COLUMN_LETTER = re.compile(
    r"\((?:[a-km-oq-z]|[1-9])\s*(?:=[^()]*(?:\([^()]*\)[^()]*)*)?\)|"
    r"\((?:[a-km-oq-z]\s*[/:]\s*[a-km-oq-z]|[1-9]\s*[/:]\s*[1-9])\s*(?:[x*]\s*100\s*%?)?\)|\s[1-9]\)\s*$|[¹²³⁴⁵]\)?\s*$",
    re.IGNORECASE,
)
_ONE_CLASS = {"kota", "kabupaten", "kab", "city", "regency", "municipality", "pemda", "pemerintah daerah"}
_BY_WHAT = re.compile(r"\b(?:per|menurut|by|se|setiap|tiap)\b", re.IGNORECASE)
_ROMAN = re.compile(r"IV|I{1,3}", re.IGNORECASE)
_NUMBERED = (("triwulan",), ("tw",), ("kuartal",), ("semester",))
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
# Signs that say as much as a word; all others fall away.
_SIGNS = str.maketrans({"%": " persen ", "‰": " permil ", "Δ": " selisih ", "∆": " selisih ", "±": " selisih ",
                        "≠": " selisih ", "Ø": " rata rata ", "€": " euro "})  # fmt: skip
_UNTIL = re.compile(r"\bsd\b\.?\s*$", re.IGNORECASE)  # "sd" before a time; else it is a school
_YEAR_RANGE = re.compile(r"\b20\d\d\s*[-–]\s*20\d\d\b")
_YEAR_MONTH = re.compile(r"(?<!\d)(20[0-6]\d)[_-](0[1-9]|1[0-2])(?!\d|[_-]\d)")  # tpt_2023_08
# 2023r: revised, "2024 *)": provisional; "tpt_2023" heads a column of an export.
_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:199|20[0-6])\d)(?:\s?(?:[rxp]|\*{1,3})\)|(?:[rxp]|\*{1,2})?(?![0-9A-Za-z]))")


@lru_cache(maxsize=50_000)
def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a text: lower case, accents and punctuation gone, % as the word persen."""
    text = text.replace("+/-", " selisih ").translate(_SIGNS)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return tuple(_NOT_A_WORD.sub(" ", plain.lower()).split())


def without_number(text: str) -> str:
    """A heading without its number: "A. Penerima Upah", "II) Kota", "03. Trenggalek"."""
    return _ENUMERATION.sub("", text)


def is_note(text: str) -> bool:
    """Whether a text is a note, by its first word or its number: "Catatan: …", "1) …", "2. Angka sementara." """
    return bool(NOTE.match(text) or _NUMBERED_NOTE.match(text))


def names_unit(header: str) -> bool:
    """Whether a header says that its column holds units: "Satuan"."""
    return not {"satuan", "unit"}.isdisjoint(tokens_of(header))


def says_reached(headers: str) -> bool:
    """Whether headers tell apart what was reached: "Realisasi" beside "Target" under "Roadmap UCJ"."""
    words = set(tokens_of(headers))
    return not _REACHED_WORDS.isdisjoint(words) and not _PLAN_WORDS.isdisjoint(words)


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of `phrase` stand together in `text`."""
    return f" {phrase} " in f" {' '.join(tokens_of(text))} "


@lru_cache(maxsize=5_000)
def first_phrase(text: str, phrases: tuple[str, ...]) -> str:
    """The first of some phrases that stands in a text; empty where none does."""
    return next((phrase for phrase in phrases if has_phrase(text, phrase)), "")


# "(1.000 orang)", "Satuan: 1 000 orang", "x 1000", "(dalam seribu)"; but not "1.000 orang" in a sentence.
_THOUSAND = (
    r"\bx ?1[.,]?000\b|(?:\(|\b(?:satuan|unit|dalam|in)\b)[\W]*(?:(?:satuan|unit|dalam|in)\b\W*)?"
    r"(?:1[., ]?000|seribu|10\^3|k(?=\s+orang))\s*(?:orang|jiwa|people|persons?)?\s*(?:\)|$)"
)
_SCALES = [
    (
        scale,
        re.compile(
            rf"(?:(?<![\d.,])(?<!\d )|(?<=\b20\d\d ))\b(?P<words>{'|'.join(phrases)})\b"
            + (rf"|{_THOUSAND}" if scale == 1_000 else "")
        ),
    )
    for scale, phrases in SCALE_WORDS.items()
]
_BEFORE_UNIT = re.compile(r"(?:^|\(|[:/]|\b(?:dalam|dlm|satuan|unit|in))\W*$")
_AFTER_UNIT = re.compile(r"\W*(?:$|\)|(?:orang|jiwa|org|people|persons?|tk|workers)\b)")
_OF_MONEY = re.compile(r"\b(?:rupiah|rp|idr|iuran|nominal)\b", re.IGNORECASE)


@lru_cache(maxsize=5_000)
def scale_in(text: str) -> int:
    """The scale that a title, note or cell gives to head counts ("dalam ribuan"); 1 where it says nothing.

    After a digit the word counts something else ("target 500 ribu peserta", "1.000 orang"), and "Ribuan Pekerja" is no
    unit; one of rupiah is not that of people.
    """
    plain = text.lower()
    for scale, said in _SCALES if not _OF_MONEY.search(plain) else ():
        for match in said.finditer(plain):
            before, after = plain[: match.start()], plain[match.end() :]
            if not match["words"] or _BEFORE_UNIT.search(before) or _AFTER_UNIT.match(after):
                return scale
    return 1


@dataclass(frozen=True)
class Meaning:
    """What a phrase says, and of what.

    `role`: measure, member, region (`name`: its word), code, carries, unit, scale, part, whole, label, total, rank,
    ignored or stop.
    """

    role: str
    name: str = ""
    value: str = ""
    in_titles: bool = True
    is_loose: bool = False
    is_narrow: bool = False


@dataclass(frozen=True)
class Understanding:
    """What the texts over a column say together.

    `members` holds dimension values by name; `carries` names the dimension whose values stand in the
    column itself; `weak` the dimensions of which only a weak member is named ("Jumlah Peserta"); `is_part`: only
    a part of a breakdown ("Laki-laki"), `is_whole`: all of one ("L+P"); `is_label`: the column's cells say what is
    measured; `names_total`: "Jumlah"; `is_scale`: nothing but a unit ("dalam ribuan orang");
    `is_loose`: the measure is named by a word that other figures use too ("Peserta"); `narrow` are the dimensions
    whose member is named by a narrow word ("Proyek"); `summed` the members that it sums ("Total (PU+BPU)");
    `respelled`: the words as they
    were read where one was misspelled;
    `leftover` holds the words that no rule knows, and what contradicts itself (none: understood).
    """

    measure: str = ""
    members: dict[str, str] = field(default_factory=dict)
    carries: str = ""
    is_region: bool = False
    is_code: bool = False
    is_ignored: bool = False
    is_pct: bool = False
    says_people: bool = False
    is_part: bool = False
    is_whole: bool = False
    is_label: bool = False
    names_total: bool = False
    is_scale: bool = False
    is_loose: bool = False
    scale: int = 1
    weak: frozenset[str] = frozenset()
    narrow: frozenset[str] = frozenset()
    summed: frozenset[tuple[str, str]] = frozenset()
    respelled: str = ""
    leftover: tuple[str, ...] = ()

    @property
    def strong_members(self) -> dict[str, str]:
        """The dimension values that are named by more than "Jumlah"."""
        return {name: value for name, value in self.members.items() if name not in self.weak}


class Lexicon:
    """The phrases of one kind, longest first."""

    def __init__(self, kind: Kind, province_names: Sequence[str]) -> None:
        self.kind = kind
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = defaultdict(list)
        self._seen: dict[tuple[str, ...], Understanding] = {}
        others = sorted((*kind.others, *kind.some), key=len, reverse=True)
        self._others = re.compile(f"(?= ({'|'.join(others)}) )") if others else re.compile(r"(?!)")
        self._others_in: dict[str, frozenset[str]] = {}
        of_all = [word for each in kind.dimensions for member in each.weak for word in each.members[member]]
        of_all = [word for word in of_all if " " in word]  # "seluruh segmen"; a "total" may be that of some
        self._all_of = re.compile(rf"\b({'|'.join(of_all) or '(?!)'})\s*\(([^()]*)\)", re.IGNORECASE)
        for phrase, meaning in self._phrases(province_names):
            words = tokens_of(phrase)
            self._by_first[words[0]].append((words, meaning))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda item: -len(item[0]))
        self._words = {word for phrases in self._by_first.values() for words, _ in phrases for word in words}
        self.meanings = lru_cache(maxsize=5_000)(self._find_meanings)  # many rules ask for the same titles and headers

    def _phrases(self, province_names: Sequence[str]) -> Iterator[tuple[str, Meaning]]:
        kind = self.kind
        for measure in kind.measures:
            for word in measure.words:
                yield word, Meaning("measure", measure.name, is_loose=word in measure.loose)
        for dimension in kind.dimensions:
            for value, words in dimension.members.items():
                for word in words:
                    in_titles, is_narrow = word not in dimension.not_in_titles, word in dimension.narrow
                    yield word, Meaning("member", dimension.name, value, in_titles, is_narrow=is_narrow)
            for word in dimension.words:
                yield word, Meaning("carries", dimension.name)
        for word in kind.key.words:
            yield word, Meaning("region", word)
        for word in kind.key.code_words:
            yield word, Meaning("code")
        for word in RANK_WORDS:
            yield word, Meaning("rank")
        for word in kind.ignored:
            yield word, Meaning("ignored")
        for word in PEOPLE_WORDS:
            yield word, Meaning("unit", "people")
        for word in ("persen", "prosen", "percent", "per cent", "pct"):
            yield word, Meaning("unit", "pct")
        for scale, words in SCALE_WORDS.items():
            for word in words:
                yield word, Meaning("scale", "", str(scale))
        for word in PART_WORDS:
            yield word, Meaning("part", word)
        for word in WHOLE_WORDS:
            yield word, Meaning("whole")
        for word in LABEL_WORDS:
            yield word, Meaning("label")
        for word in ("jumlah", "total", "jml", "jlh"):
            yield word, Meaning("total")
        for word in (*STOP_WORDS, *VALUE_WORDS, *BREAKDOWN_WORDS, *province_names, *kind.fillers):
            yield word, Meaning("stop")

    def _find_meanings(self, text: str) -> tuple[tuple[Meaning, ...], tuple[str, ...]]:
        """The meanings of a text in order, and the words that are left over."""
        words = tokens_of(text)
        found: list[Meaning] = []
        leftover: list[str] = []
        position = 0
        while position < len(words):
            for phrase, meaning in self._by_first.get(words[position], ()):
                if words[position : position + len(phrase)] == phrase:
                    found.append(meaning)
                    position += len(phrase)
                    break
            else:
                leftover.append(words[position])
                position += 1
        return tuple(found), tuple(leftover)

    def understand(self, path: tuple[str, ...]) -> Understanding:
        """What a header path (top to bottom) says. The lowest text that names a thing decides it."""
        if path not in self._seen:
            self._seen[path] = self._combine(path)
        return self._seen[path]

    def shape(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a header path but those of members, times and units: ("aktif",) of "PU Aktif" and "Proyek" over
        "Aktif (ribu)"."""
        words = tokens_of(" ".join(split_time(self.kind, text)[1] for text in path))
        kept: list[str] = []
        while words:
            phrase, meaning = next(
                (each for each in self._by_first.get(words[0], ()) if words[: len(each[0])] == each[0]),
                (words[:1], Meaning("")),
            )
            kept += () if meaning.role in ("member", "scale", "unit", "stop") else phrase
            words = words[len(phrase) :]
        return tuple(kept)

    def understand_spelled(self, path: tuple[str, ...]) -> Understanding:
        """What a header path says; where a word of it is misspelled, what it says with the right one."""
        said = self.understand(path)
        if not said.leftover or (respelled := self.respell(path)) == path:
            return said
        meant = self.understand(respelled)
        return said if meant.leftover else replace(meant, respelled=" ".join(respelled))

    def respell(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """A header path with misspelled words spelled as one of the kind's forgiven words, where one alone is near; and
        with spaced letters ("P.U.", "T P T") as the word that they make."""
        return tuple(" ".join(map(self._respell_word, self._join_letters(tokens_of(text)))) for text in path)

    def _join_letters(self, words: tuple[str, ...]) -> Iterator[str]:
        for is_letter, run in groupby(words, key=lambda word: len(word) == 1):
            letters = list(run)
            joined = "".join(letters)
            yield from [joined] if is_letter and joined in self._words else letters

    def _respell_word(self, word: str) -> str:
        if word in self._words:
            return word
        near = [each for each in self.kind.forgiven if each[0] == word[0] and is_one_letter_off(word, each)]
        return near[0] if len(near) == 1 else word

    def _combine(self, path: tuple[str, ...]) -> Understanding:
        measure, carries, scale, is_pct, says_people = "", "", 1, False, False
        is_loose = says_of_whom = False
        members: dict[str, str] = {}
        weak: dict[str, str] = {}
        narrow: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
        roles: set[str] = set()
        summed: set[tuple[str, str]] = set()
        leftover: list[str] = []
        one_class: list[str] = []
        time = self.kind.time.name
        decided: set[str] = set()  # dimensions that a lower text names: there a group may name several
        for text in reversed(_with_numbered(path)):
            time_value, rest = split_time(self.kind, _COLUMN_LETTER.sub(" ", without_number(text)))
            if time in members:  # "2021-2025" over the years themselves
                rest = _YEAR_RANGE.sub(" ", rest)
            if time_value and (both := _narrower(members.setdefault(time, time_value), time_value)):
                members[time] = both
            elif time_value:
                leftover.append(time_value)
            found, unknown = self.meanings(rest)
            leftover += unknown
            if any(meaning.role == "rank" for meaning in found):
                if not measure:
                    return Understanding(is_ignored=True)  # "Rank TPT 2024"
                leftover.append(text)
            named = {meaning.name for meaning in found if meaning.role == "measure"}
            if not measure and len(named) > 1:
                leftover.append(" + ".join(sorted(named)))
            other = min(named) if len(named) == 1 and measure not in named else ""
            if is_loose and says_of_whom and other and self.kind.measure(other).unit == "people":
                leftover.append(text)  # "Semesta Pekerja" over "Peserta PU": which of the two is it?
            if not measure and named:
                measure = min(named)
                says_of_whom = bool(members.keys() - {time}) or any(meaning.role == "member" for meaning in found)
                is_loose = all(each.is_loose for each in found if each.role == "measure")
            for name, values in self._strong_members(found).items():
                if values == set(whole := self.kind.dimension(name).whole) and whole:
                    weak.setdefault(name, self.kind.dimension(name).weak[0])  # "PU + BPU + Jakon" is the total
                    continue
                total = self.kind.dimension(name).weak[:1]
                if len(values) > 1 and name not in decided and total and _JOINED.search(rest):
                    weak.setdefault(name, total[0])  # "Total (PU+BPU)"
                    summed |= {(name, value) for value in values}
                    continue
                if members.setdefault(name, min(values)) not in values or (len(values) > 1 and name not in decided):
                    leftover.append(" + ".join(sorted(values)))
            decided = set(members)
            if any(each.role == "region" and each.name in _ONE_CLASS for each in found) and not _BY_WHAT.search(rest):
                one_class.append(text)
            for meaning in found:
                roles.add(meaning.role)
                if meaning.role == "member":
                    narrow[meaning.is_narrow].add((meaning.name, meaning.value))
                    if meaning.value in self.kind.dimension(meaning.name).weak:
                        weak.setdefault(meaning.name, meaning.value)
                elif meaning.role == "carries":
                    carries = carries or meaning.name
                elif meaning.role == "scale":
                    scale = int(meaning.value)
                elif meaning.role == "unit":
                    is_pct |= meaning.name == "pct"
                    says_people |= meaning.name == "people"
        measure, contradiction = self._with_unit(measure, is_pct)
        if contradiction:
            leftover.append("persen")
        if measure and says_people and not is_pct and self.kind.measure(measure).unit == "pct":
            leftover.append("orang")  # "Cakupan (orang)"
        leftover += one_class if measure else []  # "TPT Kota" beside "TPT Desa"
        leftover += [member for _, member in narrow[True] & narrow[False]]  # "BPU Mandiri" is a part of BPU
        if self.kind.time.reads == "date" and time in members:
            members[time], leftover = _with_year(members[time], leftover)
        is_ignored = "ignored" in roles and roles <= {"ignored", "whole", "stop"}
        is_code = "code" in roles and roles <= {"code", "region", "stop"}
        if not (measure or is_ignored or is_code) and not roles.isdisjoint({"ignored", "code"}):
            leftover.append(path[-1])  # "No. kode": neither the one nor the other
        return Understanding(
            measure=measure,
            members=weak | members,
            carries="" if measure or carries in members else carries,  # "Tahun 2022" is of that year
            is_region="region" in roles and roles <= {"region", "code", "stop"},
            is_code=is_code,
            is_ignored=is_ignored,
            is_pct=is_pct,
            says_people=says_people,
            is_part="part" in roles,
            is_whole="whole" in roles,
            is_label="label" in roles and roles <= {"label", "stop"},
            names_total="total" in roles or bool(weak),
            is_scale="scale" in roles and roles <= {"scale", "unit", "stop"} and not (leftover or members),
            is_loose=is_loose,
            scale=scale,
            weak=frozenset(weak.keys() - members.keys()),
            narrow=frozenset(name for name, _ in narrow[True]),
            summed=frozenset(summed),
            leftover=tuple(leftover),
        )

    def _with_unit(self, measure: str, is_pct: bool) -> tuple[str, bool]:
        """The measure once a per cent sign is heard: "Peserta aktif (%)" is the percentage of members."""
        if not is_pct:
            return measure, False
        if not measure:
            named_by_sign = {m.as_pct for m in self.kind.measures if m.as_pct}
            return (min(named_by_sign) if len(named_by_sign) == 1 else ""), False
        named = self.kind.measure(measure)
        if named.unit == "pct":
            return measure, False
        return (named.as_pct, False) if named.as_pct else (measure, True)

    def context_members(self, text: str) -> dict[str, set[str]]:
        """The dimension values that a title names, weak ones left out.

        A word that means something else in a title ("proyek") is believed where the title says nothing more. After
        "tidak termasuk", "di luar" or "non" the figures are not that member's: it stands beside the default, in doubt.
        "Seluruh segmen (PU + BPU)" names none of those that it sums.
        """
        found, unknown = self.meanings(self._all_of.sub(self._without_summed, text))
        says_no_more = not unknown and all(meaning.role in ("member", "carries", "stop") for meaning in found)
        named = self._strong_members([meaning for meaning in found if says_no_more or meaning.in_titles])
        for name, members in named.items() if _BESIDES.search(text) else ():
            if self._is_besides(name, members, text):
                members.add(self.kind.dimension(name).default or "")
        return named

    def _without_summed(self, said: re.Match[str]) -> str:
        """ "Seluruh segmen (PU + BPU)" without the bracket, where that lists two or more and nothing else."""
        found, unknown = self.meanings(said[2])
        listed = {meaning.value for meaning in found if meaning.role == "member"}
        return said[1] if len(listed) > 1 and not unknown and not _BESIDES.search(said[2]) else said[0]

    def _is_besides(self, dimension: str, members: Iterable[str], text: str) -> bool:
        """Whether one of the members stands just after "di luar" or the like; "bukan penerima upah" is one name."""
        words = [word for member in members for word in self.kind.dimension(dimension).members[member]]
        plain = f" {' '.join(tokens_of(text))} "
        for word in (word for word in words if _BESIDES.search(word)):
            plain = plain.replace(f" {word} ", " ")
        before = [plain.partition(f" {word} ")[0] for word in words if f" {word} " in plain]
        return any(_BESIDES.search(" ".join(each.split()[-3:])) for each in before)

    def may_name(self, dimension: str, text: str) -> set[str]:
        """The members that a title about a measure may mean by words that mean something else in titles ("informal");
        none of a sentence."""
        if not self.names_measure(text) or is_note(text) or text.rstrip().endswith("."):
            return set()
        found = [each for each in self.meanings(text)[0] if each.role == "member" and not each.in_titles]
        return {each.value for each in found if each.name == dimension}

    def _strong_members(self, found: Sequence[Meaning]) -> dict[str, set[str]]:
        members: dict[str, set[str]] = defaultdict(set)
        for meaning in found:
            if meaning.role == "member" and meaning.value not in self.kind.dimension(meaning.name).weak:
                members[meaning.name].add(meaning.value)
        return members

    def title_measures(self, text: str) -> set[str]:
        """The measures that a title names by words strong enough to stand alone."""
        return {m.name for m in self.kind.measures if m.title_words and first_phrase(text, m.title_words)}

    def measure_of_title(self, text: str, shows_change: bool = False) -> str:
        """The one measure that a title or sheet name is about, by any of its words; empty where it may be another.

        "Pertumbuhan Peserta Aktif" is about the members where a column beside theirs shows how they grew.
        """
        found, unknown = self.meanings(split_time(self.kind, text)[1])
        others = _NOT_THE_MEASURE - _GROWTH_WORDS if shows_change else _NOT_THE_MEASURE
        if not others.isdisjoint(unknown) or self.other_figures(text):
            return ""
        named = {meaning.name for meaning in found if meaning.role == "measure"}
        named -= {measure.name for measure in self.kind.measures if measure.as_pct in named}  # "Persentase Peserta"
        if share := _SHARE_OF.search(text):  # "Persentase Peserta Aktif terhadap Semesta"
            of = {meaning.name for meaning in self.meanings(text[share.start() :])[0] if meaning.role == "measure"}
            wholes = {rate.ratio[1] for rate in self.kind.measures if rate.ratio and rate.name in named}
            if not wholes <= of:
                return ""
            named -= wholes
        if len(named) != 1:
            return ""
        is_pct = any(meaning.role == "unit" and meaning.name == "pct" for meaning in found)
        measure, contradiction = self._with_unit(min(named), is_pct)
        return "" if contradiction else measure

    def is_about(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts says what the kind is about; a kind that asks for no such word is content."""
        return not self.kind.about or any(first_phrase(text, self.kind.about) for text in texts)

    def names_subject(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts says a word of what the kind is about."""
        return bool(self.kind.about) and self.is_about(texts)

    def part_word(self, text: str) -> str:
        """The part of a breakdown that a title or a sheet's name is about ("Laki-laki"); empty where it is none."""
        parts = [meaning.name for meaning in self.meanings(text)[0] if meaning.role == "part" and len(meaning.name) > 1]
        return min(parts, default="")

    def names_member(self, text: str) -> bool:
        """Whether a remark names a member: its figures are of that segment alone, or may be."""
        return any(self._strong_members(self.meanings(text)[0]).values())

    def shows_change(self, path: tuple[str, ...]) -> bool:
        """Whether a header says that its column is what others rose or fell by."""
        words = set(tokens_of(" ".join(path)))
        return not words.isdisjoint(_CHANGE_WORDS | _GROWTH_WORDS) or {"naik", "turun"} <= words

    def names_loosely(self, text: str) -> bool:
        """Whether a title names its measure by a word that stands for the subject too ("Kepesertaan BPJS")."""
        return all(meaning.is_loose for meaning in self.meanings(text)[0] if meaning.role == "measure")

    def names_measure(self, text: str) -> bool:
        """Whether some word of a title names a measure."""
        return any(meaning.role == "measure" for meaning in self.meanings(text)[0])

    def other_figures(self, text: str) -> frozenset[str]:
        """The words by which a title says that its figures are not those that it names ("Peserta Non Aktif")."""
        if text not in self._others_in:
            subject, *broken_down = _BY.split(text, maxsplit=1)
            named = self._find_others(subject) | (self._find_others(" ".join(broken_down)) - _BREAKDOWNS)
            self._others_in[text] = frozenset(named | (_CHANGE_WORDS & set(tokens_of(text))))
        return self._others_in[text]

    def _find_others(self, text: str) -> set[str]:
        return set(self._others.findall(f" {' '.join(tokens_of(text))} "))

    def plan_word(self, text: str) -> str:
        """The word by which a title says that its figures are planned ("Target TPT 2026"); empty where it is none.

        A line like "Target nasional: 52,15 %" over a table is about one figure, not about those of the table.
        """
        first, words = self._first_word(text)
        is_of_one = ":" in text or bool(_FIGURE.search(text))
        return first if first in _PLAN_WORDS and _REACHED_WORDS.isdisjoint(words) and not is_of_one else ""

    def is_about_others(self, text: str) -> bool:
        """Whether a heading says that the rows under it are of others, of a part, or planned."""
        words = set(tokens_of(text))
        return bool(self.other_figures(text) or self.part_word(text) or words & _PLAN_WORDS)

    def says_other(self, text: str) -> bool:
        """Whether a remark says that the row is planned or of others, and nothing else ("Target", "Non Aktif")."""
        words = " ".join(tokens_of(text))
        return words in _PLAN_WORDS or words in INACTIVE_WORDS

    def other_word(self, text: str, headers: str) -> str:
        """The word by which a title says that all its figures are others, or of some people; empty where none.

        Of others no header may say the same: "Iuran" over "Peserta" and "Iuran".

        A note, a sentence or the name of an office says nothing of them, nor does what a table is broken down by, or
        a second subject ("Kepesertaan dan Pembayaran Manfaat"); a change counts where the title begins with it.
        """
        if is_note(text) or _OFFICE.search(text):
            return ""
        subjects = _AND.split(text)
        if any(self.names_measure(subject) and not self.other_figures(subject) for subject in subjects):
            subjects = [subject for subject in subjects if self.names_measure(subject)]
        others = set().union(*(self.other_figures(subject) for subject in subjects)) - _CHANGE_WORDS
        if _REACHED_WORDS.isdisjoint(tokens_of(text)):
            is_apart = says_reached(headers) or bool(_FIGURE.search(without_dates(text)))
            planned = set() if is_apart else _PLAN_WORDS.intersection(self.meanings(_BY.split(text)[0])[1])
            others |= planned | ({self._first_word(text)[0]} & _CHANGE_WORDS)
        return min((word for word in others if word in self.kind.some or not has_phrase(headers, word)), default="")

    def _first_word(self, text: str) -> tuple[str, list[str]]:
        """The word with which a title's subject begins, where no rule knows it; and the words from there on."""
        words = [word for word in tokens_of(text) if not word.isdigit() and word not in _BEFORE_SUBJECT]
        return (words[0], words) if words and words[0] in self.meanings(text)[1] else ("", words)

    def foreign_word(self, text: str) -> str:
        """The word that says that a table is about something else; empty where there is none."""
        return first_phrase(text, self.kind.foreign)


@dataclass(frozen=True)
class Vocabulary:
    """The words of every kind: a lexicon for each kind of table, and the kinds of records, whose fields have theirs."""

    lexicons: list[Lexicon]
    records: tuple[RecordKind, ...]


def vocabulary_of(kinds: Kinds, province_names: Sequence[str]) -> Vocabulary:
    """The words of those kinds."""
    return Vocabulary([Lexicon(kind, province_names) for kind in kinds.tables], kinds.records)


def _with_numbered(path: tuple[str, ...]) -> tuple[str, ...]:
    """ "Triwulan" over "II" is one text."""
    if len(path) < 2 or not _ROMAN.fullmatch(path[-1].strip()) or tokens_of(path[-2])[-1:] not in _NUMBERED:
        return path
    return (*path[:-2], f"{path[-2]} {path[-1]}")


def _narrower(lower: str, upper: str) -> str:
    """The time that two texts of a header path say together: "Triwulan I" over "Februari" is February; empty where
    they contradict each other."""
    if lower == upper:
        return lower
    below, above = month_in(lower), month_in(upper)
    if below and above and is_month(upper) and above.holds(below):
        return lower
    return upper if below and above and is_month(lower) and below.holds(above) else ""


def _with_year(time: str, leftover: list[str]) -> tuple[str, list[str]]:
    """A month under (or over) its year is a date; a year over a date that lies in it says nothing more."""
    years = {word for word in leftover if years_in(word) == (word,)}
    year = min(years) if len(years) == 1 else ""
    if year and is_month(time) and (month := month_in(time)) and (day := day_of(month.code, int(year))):
        time = day.isoformat()
    return time, [word for word in leftover if word != year] if year and time.startswith(year) else leftover


def split_time(kind: Kind, text: str) -> tuple[str, str]:
    """The date (as ISO), the month without a year (`Month.text`) or the year that a header text holds, and the text
    without it."""
    if kind.time.reads == "year":
        text = _YEAR_MONTH.sub(lambda said: f"{MONTH_NAMES[int(said[2]) - 1]} {said[1]}", text)
        years = _YEAR.findall(text)
        return (years[0], _YEAR.sub(" ", text)) if len(set(years)) == 1 else ("", text)
    dates = find_dates(text)
    if not dates and len(months := find_months(text)) == 1:
        return months[0].text, _UNTIL.sub(" ", without_months(text))
    if len({found.day for found in dates}) != 1 or dates[0].day is None:
        return "", text
    for found in reversed(dates):
        text = _UNTIL.sub(" ", text[: found.start]) + " " + text[found.end :]
    return dates[0].day.isoformat(), text


def names_year(text: str) -> bool:
    """Whether a text says "Tahun" and nothing else."""
    words = set(tokens_of(text))
    return bool(words) and words <= {"tahun", "thn", "th", "year"}


@lru_cache(maxsize=50_000)
def years_in(text: str) -> tuple[str, ...]:
    """The years that a text names, each once, in order."""
    return tuple(dict.fromkeys(_YEAR.findall(text)))
