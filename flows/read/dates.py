"""Dates as Indonesian offices write them. A month means its last day; what is impossible is said, never bent.

Forms: "13 November 2024", "13 Nop 2024", "s.d. Oktober 2025", "31-10-2025", "2025-10-31",
"2025-10", "Triwulan III 2025", "Semester I 2025" (DOMAIN: how figures arrive). A year of two digits is found, and read
where no other number of the date can be it ("31-Mar-25").
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from flows.read.spelling import is_one_letter_off

_MONTHS = {
    1: "januari|january|jan",
    2: "februari|february|pebruari|feb|peb",
    3: "maret|march|mar|mrt",
    4: "april|apr",
    5: "mei|may",
    6: "juni|june|jun",
    7: "juli|july|jul",
    8: "agustus|august|agust|agst|agu|agt|ags|aug",
    9: "september|sept|sep",
    10: "oktober|october|okt|oct",
    11: "november|nopember|nov|nop",
    12: "desember|december|des|dec",
}
MONTH_NAMES = tuple(names.partition("|")[0].capitalize() for names in _MONTHS.values())
_NUMBER_OF_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split("|")}
_MONTH_NAME = "(?:" + "|".join(sorted(_NUMBER_OF_MONTH, key=len, reverse=True)) + ")"
MONTH_PATTERN = _MONTH_NAME + r"\b\.?"
_QUARTER = {"i": 3, "1": 3, "ii": 6, "2": 6, "iii": 9, "3": 9, "iv": 12, "4": 12}
QUARTER_WORD = "(?:triwulan|tw|kuartal|quarter|q)"
HALF_WORD = "(?:semester|smt|sem)"
QUARTER_NUMBER, HALF_NUMBER = "(?:iv|iii|ii|i|[1-4])", "(?:ii|i|[12])"
RANGE_SIGN = r"\s*(?:[-–—]|\bs\.?\s?/?\s?d\b\.?|\b(?:sampai\s+dengan|sampai|hingga|to)\b)\s*"
AND_SIGN = r"\s*(?:[&,+]|\b(?:dan|and)\b)\s*"
_FORMS = re.compile(
    rf"""\b(?:
        (?<!ke[\s\-])(?P<d1>\d{{1,2}})[\s\-]+(?P<m1>{MONTH_PATTERN})[\s,\-]+(?:tahun\s+)?(?P<y1>\d{{4}})
      | (?P<y2>\d{{4}})[-/](?P<m2>\d{{1,2}})[-/](?P<d2>\d{{1,2}})
      | (?P<y7>20(?:1[3-9]|[2-9]\d))-(?P<m7>0[1-9]|1[0-2])(?![-/\d])
      | (?P<d3>\d{{1,2}})[-/.](?P<m3>\d{{1,2}})[-/.](?P<y3>\d{{4}})
      | (?P<several>(?:{QUARTER_WORD}[\s.]*{QUARTER_NUMBER}{AND_SIGN}{QUARTER_NUMBER}
                     |{HALF_WORD}[\s.]*{HALF_NUMBER}{AND_SIGN}{HALF_NUMBER})[\s,\-/]+(?:tahun\s+)?\d{{4}})
      | {QUARTER_WORD}[\s.]*(?:{QUARTER_NUMBER}{RANGE_SIGN})?(?P<q4>{QUARTER_NUMBER})
        [\s,\-/]+(?:tahun\s+)?(?P<y4>\d{{4}})
      | {HALF_WORD}[\s.]*(?:{HALF_NUMBER}{RANGE_SIGN})?(?P<s5>{HALF_NUMBER})[\s,\-/]+(?:tahun\s+)?(?P<y5>\d{{4}})
      | (?:bulan|tahun|periode|posisi|per|s\.?d\.?)\W{{1,3}}(?P<m9>0[1-9]|1[0-2])/(?P<y9>20\d\d)
      | (?<!jumlah\s)bulan\W{{1,3}}(?P<m10>0?[1-9]|1[0-2])\W{{1,3}}tahun\W{{1,3}}(?P<y10>20\d\d)
      | (?P<m8>{MONTH_PATTERN})\s+(?P<d8>\d{{1,2}}),?\s+(?P<y8>\d{{4}})
      | (?P<no_day>\d{{3}}[\s\-]+{MONTH_PATTERN}[\s,\-]+\d{{4}})
      | (?P<short>(?:[0-3]?\d[-/.][01]?\d|(?:[0-3]?\d[\s\-]+)?{MONTH_PATTERN})[-/.\s']+\d{{2}}(?!\s+{MONTH_PATTERN}))
      | (?P<m6>{MONTH_PATTERN})[\s,\-]+(?:tahun\s+)?(?P<y6>\d{{4}})
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_ABOUT_THE_FIGURES = re.compile(
    r"\b(?:dicetak|cetak|printed|exported|generated|downloaded|refreshed|diekspor|diunduh|diakses|ditarik|tarik|penarikan|"
    r"access|sumber|source|ditetapkan|diterima|surat|nomor|"
    r"mengetahui|ttd|kepala|updated|(?<!^)(?<!\w, )update(?=\W*(?:\d|tanggal|tgl|pada|terakhir))|diperbarui|"
    r"pemutakhiran|dalam angka|in figures|"
    r"dihitung|bersumber|regsosek|dibanding|dibandingkan|bulan lalu|tahun lalu|"
    r"sebelumnya|berikutnya|jatuh tempo|disampaikan)\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"^\s*([A-Za-z .]{{3,30}}),\s*(?:\d{{1,2}}\s+)?{MONTH_PATTERN}\s+\d{{4}}\s*$", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:rapat|rakor|acara|sosialisasi|kegiatan)\b", re.IGNORECASE)
# A day of the week, an hour or a meeting before a date: it is when people met, not what the figures describe.
_EVENT = re.compile(
    r"\bhari\s*(?:[/,&]|dan)?\s*(?:tanggal|tgl)\b|\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|ahad),?\s+(?:tanggal\s+)?\d|"
    r"\bminggu,\s*\d|\b(?:notulen|notula|undangan|pukul|jam \d|(?:tanggal|tgl) rapat)\b|^\s*waktu\b|"
    rf"{_MEETING.pattern}.*\b\d{{1,2}}\s+{MONTH_PATTERN}",
    re.IGNORECASE,
)
_MONTH_OF_SHORT_YEAR = re.compile(rf"(?P<month>{_MONTH_NAME})\.?[-/.\s'_]*(?P<year>\d\d)", re.IGNORECASE)
_MONTH_WITH_SHORT_YEAR = re.compile(
    rf"(?<!\d[\s\-./])(?<!\d)\b(?P<month>{_MONTH_NAME})\.?(?P<mark>[-/.\s]*['’]?)(?P<year>\d\d)(?!\d)", re.IGNORECASE
)
_SHORT_DAY = re.compile(rf"(\d{{1,2}})[-/.\s]+(\d{{1,2}}|{_MONTH_NAME})\.?[-/.\s'’]+(\d\d)", re.IGNORECASE)
_SURE_YEARS = range(20, 30)  # 13 to 19 behind a month are as likely its days
_SHORT_YEARS = range(13, 30)  # the first figures are of 2013; a number beyond is a day and no year yet
_NUMBERED_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_PERIOD = re.compile(r"\W*(?:periode|bulan|posisi|period|month)(?: data|\s*/\s*tahun)?\W*", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(20\d\d)(0[1-9]|1[0-2])|(0[1-9]|1[0-2])/(20\d\d)", re.ASCII)
_DAY_NUMBER = re.compile(r"(20[1-6]\d)([01]\d)([0-3]\d)", re.ASCII)
_FEWEST_MONTHS = 3
_LED_BY = 200  # so many characters before a date may say what it is of
_LETTER_DATE = re.compile(r"^\s*(?:tanggal|tgl)\b", re.IGNORECASE)
_LETTERHEAD = re.compile(r"\b(?:surat|nomor|lampiran|perihal|sifat)\b", re.IGNORECASE)
_SAYS_AS_OF = re.compile(
    r"\b(?:per|cut ?off|posisi|keadaan|kondisi|s\.?\s?/?\s?d\.?|sampai dengan|as of)\b", re.IGNORECASE
)
# The words before a date that say what it is of: "Data diolah 3 November 2025", "mulai 1 Januari 2025".
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:diolah|rilis|dirilis|disusun|dikirim|kiriman|dibuat|(?:tanggal|tgl) laporan|revisi|versi|batas waktu|"
    r"pengisian|paling lambat|berlaku|sejak|mulai|menuju|sebelum|setelah|monev|kunjungan|peluncuran|fgd|hut|awal|"
    r"pertengahan|medio|minggu|pekan|sakernas|susenas|sensus|target)\b"
    r"(?:\W+(?!(?:per|posisi|keadaan)\b)\w+){0,2}\W*$",
    re.IGNORECASE,
)
# "Menindaklanjuti rapat evaluasi tanggal 2 April 2025, terlampir … s.d. Triwulan I 2025"
_OF_A_MEETING = re.compile(
    rf"{_MEETING.pattern}(?:(?!\b(?:per|posisi|keadaan|kondisi|s\.?\s?/?\s?d|sampai|hingga)\b)[^,;(])*"
    r"\b(?:tanggal|tgl|pada|hari)\W*$",
    re.IGNORECASE,
)
# "30 September dan 31 Oktober 2025": of which of the two, the title leaves open.
_AND_BEFORE = re.compile(rf"\b{MONTH_PATTERN}\s*(?:&|,|\bdan\b)\s*$", re.IGNORECASE)
_RULE = re.compile(r"\b(?:sk|keputusan|instruksi|inpres|perpres|pergub|perbup|perda)\b", re.IGNORECASE)
# The words directly before the day that figures are of: "Data per 31 Oktober 2025", "Periode 1 Januari - 31 Oktober".
_LEADS_TO_DAY = re.compile(
    r"(?:\b(?:per|posisi|pos|keadaan|kondisi|s\.?\s?/?\s?d|sampai dengan|sampai|hingga|to|tanggal|tgl|as of|status|"
    r"cut ?off|data|periode|bulan|tahun|update)\b\W*(?:\b(?:tanggal|tgl|data|hari|kepesertaan|peserta)\b\W*)?|"
    r"[-–—]\s*)$",
    re.IGNORECASE,
)
_LABELS_DAY = re.compile(
    r"\W*(?:(?:tanggal|tgl|per|posisi|keadaan|kondisi|data|periode|bulan|tahun|update|cut|off|cutoff|status|as|of|date|hari|"
    r"s|d|sampai|dengan|period|month)\b\W*)+",
    re.IGNORECASE,
)
# Below a table: a note about a plan, a rule or what may come.
_MAY_CHANGE = re.compile(
    r"\b(?:target|proyeksi|rencana|berubah|berlaku|peraturan|permen\w*|perpres|pergub|perbup|perda|inpres|undang)\b",
    re.IGNORECASE,
)
# "Sumber: BPJS Ketenagakerjaan, data per 31 Oktober 2025": of the data, not of the source.
# So is what a line says behind the day when they were drawn ("Data ditarik 5 Januari, posisi kepesertaan 31 Desember").
_DATA_AS_OF = re.compile(
    r"\b(data\s+(?:per|posisi|keadaan|s\.?\s?/?\s?d\b\.?|sampai dengan)\b.*)|"
    r"\b(?:ditarik|diolah|diunduh|diakses)\b[^,(]*[,(]\s*((?:per|posisi|keadaan|kondisi)\b.*)|"
    r"\b(?:di)?sampaikan\s+(?:data|rekap\w*|laporan|capaian)\b.*?"
    r"\b((?:posisi|keadaan|kondisi|per)\W+(?:(?:tanggal|tgl|bulan|s\.?\s?/?\s?d)\b\W*)*"
    rf"(?:\d|{MONTH_PATTERN}\s+20\d\d).*)",
    re.IGNORECASE,
)
_SOURCE_BEHIND = re.compile(r"\((?:sumber|source)\b[^()]*\)|[,.]\s*(?:sumber|source)\b[^,;|]*$", re.IGNORECASE)
_HOUR = re.compile(
    r"[\s,]+(?:(?:pukul|jam|pkl)\.?\s*)?(?:[01]?\d|2[0-3])[.:][0-5]\d(?![\d,]|\s*(?:%|persen|ribu|orang))",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(r"\b([A-Za-z]{6,11})(?=[\s,\-]+(?:tahun\s+)?20\d\d\b)", re.IGNORECASE)
_LONG_NAMES = tuple(name for name in _NUMBER_OF_MONTH if len(name) > 6)  # no two of them are near each other
_PARTS = re.compile(r"\s*[|;]\s*")
_SAYS_MONTH = re.compile(r"\b(?:bulan|periode|kondisi|triwulan|tw|kuartal|semester|month|period)\b", re.IGNORECASE)
RANGE = re.compile(r"\bs\.?\s?/?\s?d\b\.?|\b(?:sampai dengan|sampai|hingga|to)\b|[-–—]", re.IGNORECASE)


@dataclass(frozen=True)
class FoundDate:
    """A date in a text: its place there, its words, and the day.

    None where no calendar has such a day, or where a year of two digits leaves it open.
    """

    start: int
    end: int
    words: str
    day: date | None
    is_exact: bool

    def agrees_with(self, other: FoundDate) -> bool:
        """The same day; or a month (a quarter) whose last month holds the other's day."""
        if self.day is None or other.day is None or (self.is_exact and other.is_exact):
            return self.day == other.day
        return (self.day.year, self.day.month) == (other.day.year, other.day.month)

    def may_mean(self, day: date) -> bool:
        """Whether a date whose year has two digits ("Mar 26", "31-03-26") may be a day, or the month that it ends."""
        *first, month, year = re.split(r"[-/.\s']+", self.words.lower())
        number = _NUMBER_OF_MONTH.get(month, int(month) if month.isdecimal() else 0)
        is_month = year == f"{day.year % 100:02d}" and number == day.month
        return self.day is None and is_month and (not first or first == [str(day.day)])


@lru_cache(maxsize=20_000)
def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Every date in a text, in order; of a range ("1 Januari s.d. 31 Oktober 2025") only its end."""
    if not any(character.isdigit() for character in text):
        return ()
    if "/" in text and (end := end_of_month_number(text)):  # "06/2025" and nothing else
        return (FoundDate(0, len(text), text, end, is_exact=False),)
    found = [
        FoundDate(m.start(), m.end(), m.group(0), day, bool(m["d1"] or m["d2"] or m["d3"] or m["d8"] or m["short"]))
        for m, day in ((m, _day_of(m)) for m in _FORMS.finditer(text))
    ]
    kept: list[FoundDate] = []
    for item in found:
        if kept and RANGE.fullmatch(text[kept[-1].end : item.start].strip()):
            kept.pop()
        kept.append(item)
    return tuple(kept) or _find_misspelled(text)


def _find_misspelled(text: str) -> tuple[FoundDate, ...]:
    """The dates of a text in which one letter of a month before its year is wrong ("30 Agsutus 2025")."""
    mended, start, longer = _mend_month(text)
    if mended == text:
        return ()
    ends = [(found, found.end - longer if found.end > start else found.end) for found in find_dates(mended)]
    return tuple(replace(found, end=end, words=text[found.start : end]) for found, end in ends)


def misspelled_months(texts: Collection[str]) -> dict[str, str]:
    """The texts among some in which a month is misspelled, with it spelled right."""
    if not _BEFORE_YEAR.search("\n".join(texts)):  # at once: nearly no column has one
        return {}
    return {text: mended for text in texts if (mended := _mend_month(text)[0]) != text}


def _mend_month(text: str) -> tuple[str, int, int]:
    """A text with the first month in it whose name is one letter off spelled right, where that stands, and by how much
    longer it is; the text itself where there is none."""
    for said in _BEFORE_YEAR.finditer(text):
        word = said[1].lower()
        near = {_NUMBER_OF_MONTH[name]: name for name in _LONG_NAMES if is_one_letter_off(word, name)}
        if len(near) == 1 and word not in _NUMBER_OF_MONTH:
            (right,) = near.values()
            return text[: said.start()] + right + text[said.end() :], said.start(), len(right) - len(word)
    return text, 0, 0


def without_dates(text: str) -> str:
    """A text without the dates in it."""
    for found in reversed(find_dates(text)):
        text = text[: found.start] + text[found.end :]
    return text


def dates_of_figures(text: str, must_say_so: bool = False) -> tuple[FoundDate, ...]:
    """The dates in a text that may describe its figures: never a signature's, a print's or a source's.

    `must_say_so` is for texts below a table, where only "per", "posisi", "keadaan" or "s.d." count.
    """
    parts = _PARTS.split(_SOURCE_BEHIND.sub(" ", text))  # "Tanggal tarik: … | Posisi data: …"
    parts = [said[said.lastindex or 0] if (said := _DATA_AS_OF.search(part)) else part for part in parts]
    parts = [part for part in parts if is_about_figures(part) and not _RULE.search(part)]
    if must_say_so:
        parts = [part for part in parts if _SAYS_AS_OF.search(part) and not _MAY_CHANGE.search(part)]
    return tuple(
        found
        for part in parts
        for found in find_dates(part)
        if not _is_of_something_else(part[max(found.start - _LED_BY, 0) : found.start])
    )


def _is_of_something_else(before: str) -> bool:
    """Whether the words before a date say that it is not of the figures."""
    return any(rule.search(before) for rule in (_OF_SOMETHING_ELSE, _OF_A_MEETING, _AND_BEFORE))


def month_of_series(name: str, names: Sequence[str]) -> FoundDate | None:
    """The month of a sheet's name whose year has two digits ("Jan 24"), where sheets of other months stand beside it.

    Three such names are no days: a report is not made on the 24th of each month and named in English order.
    """
    months = {each: month for each in names if (month := _MONTH_OF_SHORT_YEAR.fullmatch(each.strip()))}
    if name not in months or len({month.groups() for month in months.values()}) < _FEWEST_MONTHS:
        return None
    return FoundDate(0, len(name), name, _end_of_short_year(months[name]), is_exact=False)


def in_whole_years(texts: Iterable[str]) -> dict[str, str]:
    """The texts among some that name a month with two digits of its year ("PU Jan-25", "Okt '25"), with all four.

    None where they may be days: without an apostrophe it takes three months to make a series; two where each stands
    alone as Excel writes months ("Des-24", "Jun-25").
    """
    found = {text: match for text in texts if (match := _MONTH_WITH_SHORT_YEAR.search(text))}
    months = {(match["month"].lower(), match["year"]) for match in found.values()}
    years = sorted({int(year) for _, year in months})
    is_excel_s = all(match["mark"] == "-" and match[0] == text.strip() for text, match in found.items())
    is_excel_s &= len({month for month, _ in months}) == 2 and years[0] in _SURE_YEARS and years[-1] - years[0] <= 1
    fewest = _FEWEST_MONTHS - is_excel_s
    if len(months) < fewest and not all(match["mark"][-1:] in ("'", "’") for match in found.values()):
        return {}
    months_of = {text: MONTH_NAMES[month_number(match["month"]) - 1] for text, match in found.items()}
    return {
        text: f"{text[: match.start()]}{months_of[text]} 20{match['year']}{text[match.end() :]}"
        for text, match in found.items()
    }


def is_about_figures(text: str) -> bool:
    """False for print dates, letters' dates, source lines and meetings, which may say "capaian per …" all the same; a
    signature's place is `signature_place`."""
    return not _NOT_ABOUT_THE_FIGURES.search(text) and not (_EVENT.search(text) and not _SAYS_AS_OF.search(text))


def signature_place(text: str) -> str:
    """The words before the date in a text like "Trenggalek, 13 November 2024"; empty where it is not like that."""
    match = _SIGNATURE.match(_mend_month(text)[0])
    return match[1] if match else ""


def follows_letterhead(text: str, before: str) -> bool:
    """Whether a text is the date of the letter whose number or subject stands in the line before."""
    return bool(_LETTER_DATE.match(text) and _LETTERHEAD.search(before))


def leads_to_month(text: str) -> bool:
    """Whether a text says that the month in it is that of its figures: "Bulan: Oktober", "s.d. Triwulan III"."""
    return bool(_SAYS_AS_OF.search(text) or (_SAYS_MONTH.search(text) and not _MEETING.search(text)))


def has_hour(text: str, found: FoundDate) -> bool:
    """Whether an hour follows a day: it is when something was made ("05-11-2025 09:12:44")."""
    return bool(_HOUR.match(text[text.find(found.words) + len(found.words) :]))


def leads_to(before: str) -> bool:
    """Whether the text before a day says that it is of the figures, or nothing stands before it."""
    return not any(map(str.isalnum, before)) or bool(_LEADS_TO_DAY.search(before))


def labels_day(label: str) -> bool:
    """Whether a label says that the day at its right is that of the figures: "Posisi data", "Per tanggal"."""
    return bool(_LABELS_DAY.fullmatch(label))


def may_be_month_first(texts: Iterable[str]) -> set[str]:
    """Which of some days written in numbers may have their month first: all that can, where one must have it
    ("10/31/2025"); and days of a year that are the same day of several months if they have ("1/1/2025", "2/1/2025")."""
    parts = {text: found.groups() for text in texts if (found := _NUMBERED_DAY.fullmatch(text.strip()))}
    open_ones = {text for text, (one, other, _) in parts.items() if int(one) <= 12 and int(other) <= 12}
    if any(int(one) <= 12 < int(other) for one, other, _ in parts.values()):
        return open_ones
    firsts, seconds = ({int(each[place]) for each in parts.values()} for place in (0, 1))
    return open_ones if open_ones == parts.keys() and len(firsts) > 1 and len(seconds) == 1 else set()


def says_period(label: str) -> bool:
    """Whether a label says that what stands at its right is the time of the figures."""
    return bool(_PERIOD.fullmatch(label))


def _day_of(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    if part["short"]:
        return _day_of_short_year(part["short"])
    if part["no_day"] or part["several"]:  # "310 Juni 2024" is not June
        return None
    if part["y8"]:
        return _exact(part["y8"], month_number(part["m8"]), part["d8"])
    if part["y1"]:
        return _exact(part["y1"], month_number(part["m1"]), part["d1"])
    if part["y2"]:
        return _exact(part["y2"], part["m2"], part["d2"])
    if part["y3"]:
        return _exact(part["y3"], part["m3"], part["d3"])
    if part["y4"]:
        return _month_end(int(part["y4"]), _QUARTER[part["q4"].lower()])
    if part["y5"]:
        return _month_end(int(part["y5"]), 6 * (1 if part["s5"].lower() in ("i", "1") else 2))
    if part["y9"]:
        return _month_end(int(part["y9"]), int(part["m9"]))
    if part["y10"]:
        return _month_end(int(part["y10"]), int(part["m10"]))
    if part["y7"]:
        return _month_end(int(part["y7"]), int(part["m7"]))
    return _month_end(int(part["y6"]), month_number(part["m6"]))


def _day_of_short_year(words: str) -> date | None:
    """The day of "31-Mar-25" and "30/09/25": its first number can be no year, and without a month's name no month."""
    found = _SHORT_DAY.fullmatch(words)
    if not found or int(found[1]) in _SHORT_YEARS or int(found[3]) not in _SHORT_YEARS:
        return None
    if found[2].isdecimal():
        return _exact(f"20{found[3]}", found[2], found[1]) if int(found[1]) > _SHORT_YEARS.stop - 1 else None
    return _exact(f"20{found[3]}", month_number(found[2]), found[1])


def month_number(name: str) -> int:
    """The number of a month by one of its names."""
    return _NUMBER_OF_MONTH[name.lower().rstrip(".")]


def end_of_short_month(text: str) -> date | None:
    """The last day of a month whose year has two digits ("Des-25"), behind a label that says that it is a period; None
    where a text is none."""
    month = _MONTH_OF_SHORT_YEAR.fullmatch(text.strip())
    if month is None or int(month["year"]) not in _SURE_YEARS:
        return None
    return _end_of_short_year(month)


def _end_of_short_year(month: re.Match[str]) -> date:
    """The last day of a month with two digits of its year."""
    return _month_end(2000 + int(month["year"]), month_number(month["month"]))


def end_of_month_number(text: str) -> date | None:
    """The last day of a month as exports number it (202509, 09/2025); None where a text is none."""
    number = _MONTH_NUMBER.fullmatch(text.strip())
    return _month_end(int(number[1] or number[4]), int(number[2] or number[3])) if number else None


def day_of_number(text: str) -> date | None:
    """The day that an export numbers (20251031); None where a text is none."""
    number = _DAY_NUMBER.fullmatch(text.strip())
    return _exact(*number.groups()) if number else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _exact(year: str, month: int | str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
