"""When a table's figures are of, as its surroundings say it: the nearest place first.

Titles, the notes below, the titles of the sheet's first tables, the sheet's name, a cover sheet, the file's name. What
is a day of something else (a print, a letter, a plan, another table) is none of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise

from flows.read.columns import Text
from flows.read.dates import (
    MONTH_PATTERN,
    FoundDate,
    dates_of_figures,
    find_dates,
    follows_letterhead,
    has_hour,
    is_about_figures,
    labels_day,
    leads_to,
    leads_to_month,
    month_of_series,
    signature_place,
    without_dates,
)
from flows.read.layout import Table
from flows.read.months import Month, day_of, find_months, without_months
from flows.read.notes import is_about_whole
from flows.read.said import Context, shared_rows, spaced
from flows.read.words import first_phrase, tokens_of, without_number, years_in
from flows.records import Finding
from schemas.regions import read_short_names

_SENT = re.compile(r"\b(?:kiriman|kirim|surat|lampiran|wa|whatsapp|scan|undangan|unduh\w*)\b", re.IGNORECASE)
# "per 31 Okober 2025", "posisi 31102025": a date that somebody meant and nobody can read.
_UNREAD = re.compile(
    r"\b(?:per|posisi|keadaan|s\.?\s?/?\s?d\.?)\s+(?:tanggal\s+|tgl\s+)?(?:\d{1,2}\s+[A-Za-z]+\.?\s+20\d\d|\d{8})\b",
    re.IGNORECASE,
)
# Over a later table: its figures are of another time, which nobody says.
_OTHER_TIME = re.compile(
    r"\b(?:(?:bulan|tahun|periode|triwulan|minggu)\s+(?:sebelumnya|lalu|yang lalu)|awal tahun|sebelumnya|"
    r"(?:per|posisi|keadaan|kondisi)\s+tahun\s+20\d\d)\b",
    re.IGNORECASE,
)
_LONGEST_SHORT_NAME = 4
# Before a date: that of other data; below a table that of one region's.
_OF_OTHER_DATA = re.compile(
    r"\b(?:kependudukan|penduduk|dukcapil|dtsen|dtks|jkn|klaim|iuran|(?<!periode )pelaporan|edisi)\b", re.IGNORECASE
)
_OF_A_REGION = re.compile(
    r"\W*(?:(?:catatan|keterangan)\W+)?(?:data\s+)?(?:kab|kabupaten|kota)\b\.?\s+(?!per\b|posisi\b)\w", re.IGNORECASE
)
_DRAWN_FROM = re.compile(r"\b(?:data|menggunakan|berdasarkan|sumber|dari)\b", re.IGNORECASE)
_OF_DATA = re.compile(r"\b(?:data|posisi|per|s\.?\s?/?\s?d)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_PLACE_OF_SIGNATURE = re.compile(r"\s*[A-Z][A-Za-z .]{2,29},\s*")
_BARE_YEAR = re.compile(r"\W*(?:tahun|year)?\W*(?:199|20[0-6])\d\W*", re.IGNORECASE)
_BARE_ROUND = re.compile(rf"\W*(?:{MONTH_PATTERN}\s+)?{_BARE_YEAR.pattern}", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:target|rencana|proyeksi|usulan|rancangan|rkpd|rkp|renja|renstra|rpjm[dn]|rpjp[dn]|inpres|perpres|"
    r"peraturan|pergub|perbup|perda|permen\w*|undang|uu|pp|keputusan|kepgub|kepbup|sk)\b",
    re.IGNORECASE,
)
_OF_TITLES = {"indikator", "data", "rekap", "tabel", "perkembangan", "ketenagakerjaan"}
_UPDATED = re.compile(r"\w, update\W*(?:(?:tanggal|tgl|data)\W*)*$", re.IGNORECASE)
_LETTER = re.compile(r"\W*(?:nomor|no\.? surat|perihal|hal|sifat|yth|lampiran)\b", re.IGNORECASE)


@dataclass(frozen=True)
class YearOfMonths:
    """The one year that goes with months named without theirs (0: none, or several: `years`), and the last day that
    the texts over the table name."""

    year: int
    years: tuple[str, ...]
    until: date | None


def take_date(context: Context, table: Table, file_name: str) -> None:
    """The day of a table whose time is a day, put into its context; a finding where two places contradict each other or
    no calendar has it. Nothing where nothing says it."""
    _find_date(context, table, file_name)
    name = table.lexicon.kind.time.name
    if name not in context.values or context.found_in[name] == "title":
        return
    day = date.fromisoformat(context.values[name])
    unsure = [(text, found.day) for text, found in _unsure_dates(table) if text.is_title or has_hour(text.words, found)]
    if other := next((text for text, of in unsure if of is None or (of.year, of.month) != (day.year, day.month)), None):
        place = {"sheet_name": table.sheet.name, "file_name": file_name}.get(context.found_in[name], day.isoformat())
        context.refuse("date_contradiction", table.sheet.name, other, one=other.words, other=place)
        del context.values[name]


def _find_date(context: Context, table: Table, file_name: str) -> None:
    """The day that the narrowest place says: the title, else the sheet's name, the cover, the file's name."""
    name = table.lexicon.kind.time.name
    sheet = table.sheet.name
    found = date_texts(table)
    own_months, own_years = _months(table, table.above), _years(table, table.above)
    is_elsewhere = not any(text in table.above for text, _ in found)
    is_of_first = table.head is not table.above and all(text in table.head for text, _ in found)
    of_its_caption = is_of_first and not any(text.row in shared_rows(table) for text, _ in found)
    if is_elsewhere and ((own_years and of_its_caption) or _is_of_another_time(found, own_months, own_years)):
        found = []  # "Bulan Oktober" or "tahun 2025" over a later block: not the day of the first one
    if table.head is not table.above and is_elsewhere:
        earlier = next((text for text in table.above if _OTHER_TIME.search(text.words)), None)
        if earlier is not None:
            context.refuse("date_impossible", sheet, earlier, date=earlier.words)
            return
    unread = next((text for text in table.above if _UNREAD.search(text.words)), None)
    if not found and unread is not None:
        context.refuse("date_impossible", sheet, unread, date=unread.words)
        return
    of_series = month_of_series(sheet, table.sheet.beside)
    in_sheet_name = (of_series,) if of_series else find_dates(spaced(sheet))
    in_file_name = () if _SENT.search(spaced(file_name)) else dates_of_figures(spaced(file_name))
    in_name = find_months(spaced(sheet))
    if in_sheet_name and all(any(each.may_mean(day.day) for _, day in found if day.day) for each in in_sheet_name):
        in_sheet_name, in_name = (), ()  # "UCJ Mar 26" under the title "per 31 Maret 2026" says no more
    candidates = [*found, *((None, day) for day in in_sheet_name)]
    if of_series and of_series.day and own_years and str(of_series.day.year) not in own_years:
        context.refuse("date_contradiction", sheet, min(own_years.values(), key=lambda text: text.row), one=sheet,
                       other=", ".join(sorted(own_years)))  # fmt: skip
        return
    for text, day in candidates:
        if day.day is None:
            rule = "date_impossible" if years_in(day.words) else "date_short_year"
            context.refuse(rule, sheet, text, date=day.words)
            return
    exact = next((day for _, day in candidates if day.is_exact), candidates[0][1] if candidates else None)
    if exact and (other := next(((text, day) for text, day in candidates if not exact.agrees_with(day)), None)):
        place = other[0] or (found[0][0] if found else None)
        context.refuse("date_contradiction", sheet, place, one=exact.words, other=other[1].words)
    elif exact and exact.day and (later := next((text for text, day in found if _goes_on_with_other(text, day)), None)):
        context.refuse("date_contradiction", sheet, later, one=exact.words, other=later.words)
    elif exact and exact.day and (heading := _heading_of_other_year(table, exact.day)):
        context.refuse("date_contradiction", sheet, heading, one=exact.words, other=heading.words)
    elif exact and exact.day and not (_holds(in_name, exact.day) and _is_of_year(exact.day, spaced(sheet))):
        context.refuse("date_contradiction", sheet, found[0][0] if found else None, one=exact.words, other=sheet)
    elif exact and exact.day:
        context.values[name] = exact.day.isoformat()
        context.found_in[name] = "title" if found else "sheet_name"
        against = next((day for day in in_file_name if not exact.agrees_with(day)), None)
        if against:
            context.findings.append(
                Finding("file_name_date", sheet, "", file_name, {"date": against.words, "used": exact.day.isoformat()})
            )
    elif (
        (cover := _date_of_cover(table)) and _holds(in_name, cover) and _agrees(cover, own_months, own_years)
        and _is_of_year(cover, spaced(sheet))
    ):  # fmt: skip
        context.values[name] = cover.isoformat()
        context.found_in[name] = "cover"
    elif (
        len({day.day for day in in_file_name}) == 1 and (of_file := in_file_name[0].day)
        and _holds(in_name, of_file) and _agrees(of_file, own_months, own_years)
        and _is_of_year(of_file, spaced(sheet))
    ):  # fmt: skip
        context.values[name] = of_file.isoformat()
        context.found_in[name] = "file_name"
    else:
        _take_month(context, table, file_name)


def _agrees(day: date, months: dict[Month, Text], years: dict[str, Text]) -> bool:
    """Whether a day is of the months and the years that the titles say without a date, where they say some."""
    is_of_month = any(month.holds(Month(day.month, day.month, day.day)) for month in months)
    return (is_of_month or not months) and (str(day.year) in years or not years)


def _is_of_another_time(found: list[tuple[Text, FoundDate]], months: dict[Month, Text], years: dict[str, Text]) -> bool:
    """Whether none of the dates that stand elsewhere is of the months and years over a block."""
    return not any(day.day and _agrees(day.day, months, years) for _, day in found)


def _date_of_cover(table: Table) -> date | None:
    """The one day that the sheets of text before the first table give the workbook's figures."""
    days = {found.day for text in table.sheet.cover for found in dates_of_figures(text, must_say_so=True)}
    return days.pop() if len(days) == 1 else None


def _is_of_year(day: date, name: str) -> bool:
    """Whether a day is of the year that a sheet's name says; so is every day where it says none."""
    years = years_in(name)
    return not years or str(day.year) in years


def _goes_on_with_other(text: Text, found: FoundDate) -> bool:
    """Whether a text names another month of its data behind its month: "Triwulan III 2025 (data Agustus)"."""
    rest = text.words[text.words.find(found.words) + len(found.words) :]
    is_said = found.day is not None and not found.is_exact and bool(_OF_DATA.search(rest))
    return is_said and any(found.day and month.last != found.day.month for month in find_months(rest))


def _heading_of_other_year(table: Table, day: date) -> Text | None:
    """The heading that is nothing but a year ("TAHUN 2024") and not that of a day."""
    headings = [text for text in table.above if _BARE_YEAR.fullmatch(text.words)]
    return next((text for text in headings if str(day.year) not in years_in(text.words)), None)


def _holds(months: tuple[Month, ...], day: date) -> bool:
    """Whether a day lies in the one month that a sheet's name says; so does every day where it says none."""
    return len(months) != 1 or months[0].holds(Month(day.month, day.month, day.day))


def _take_month(context: Context, table: Table, file_name: str) -> None:
    """The date of a month whose year stands elsewhere: "Bulan: Oktober" under "Tahun 2025", a sheet "Oktober"."""
    name, sheet = table.lexicon.kind.time.name, table.sheet.name
    in_titles = _months(table, table.above) or _months(table, table.head)
    in_sheet_name, in_file_name = find_months(spaced(sheet)), find_months(spaced(file_name))
    months = list(in_titles) if in_titles else list(in_sheet_name or in_file_name)
    if len(months) != 1:
        return
    if in_titles and len(in_sheet_name) == 1 and not in_sheet_name[0].holds(months[0]):
        context.refuse("date_contradiction", sheet, in_titles[months[0]], one=in_titles[months[0]].words, other=sheet)
        return
    if not in_titles and in_sheet_name and _passes_new_year(table.sheet.beside):
        context.refuse("date_contradiction", sheet, None, one=sheet, other=", ".join(table.sheet.beside))
        return
    year = read_year_of_months(table, file_name).year
    if year and (day := day_of(months[0].code, year)):
        context.values[name] = day.isoformat()
        context.found_in[name] = "title" if in_titles else "sheet_name" if in_sheet_name else "file_name"


def _passes_new_year(names: Iterable[str]) -> bool:
    """Whether sheets named by months without a year are of two ("Nov", "Des", "Jan"): one year cannot be said of all.

    Backward they may run ("Okt", "Sep"), where the step is shorter than forward over a new year.
    """
    months = [found[0].last for name in names if len(found := find_months(spaced(name))) == 1]
    steps = [later - earlier for earlier, later in pairwise(months)]
    is_backward = all(step < 0 for step in steps) and all(-step < step + 12 for step in steps)
    return not (all(step >= 0 for step in steps) or is_backward)


def _with_words(texts: Iterable[Text]) -> Iterable[Text]:
    """The texts that say something: not a colon in a cell of its own."""
    return (text for text in texts if any(map(str.isalnum, text.words)))


def _months(table: Table, texts: Iterable[Text]) -> dict[Month, Text]:
    """The months without a year that describe the figures, each with its first place."""
    found: dict[Month, Text] = {}
    before: Text | None = None
    for text in _with_words(texts):
        label = before.words if before and before.row == text.row else ""  # "Bulan" | "Oktober"
        told_off, before = _is_told_off(text, before), text
        if type(text.cell) is str and not told_off and is_about_figures(text.words):
            months = find_months(text.words)
            is_alone = not without_months(text.words).strip(" :.-()")
            for month in months if is_alone or leads_to_month(f"{label} {text.words}") else ():
                found.setdefault(month, text)
    return found


def date_texts(table: Table) -> list[tuple[Text, FoundDate]]:
    """The dates of the texts around a table that may describe its figures, of the narrowest place that has some."""
    found = (
        _without_letter_s(table, list(_dates_in(table, table.above, must_say_so=False)))
        or list(_dates_in(table, table.below, must_say_so=True))
        or list(_dates_in(table, table.head, must_say_so=False))
    )
    return _without_updates(table, found)


def _without_updates(table: Table, found: list[tuple[Text, FoundDate]]) -> list[tuple[Text, FoundDate]]:
    """The dates without those of an update, which count where a title of the figures has one ("UCJ Banten, update
    28/11/2025") and nothing else says a time of theirs."""
    said = [(text, day) for text, day in found if not _UPDATED.search(text.words[: text.words.find(day.words)])]
    if said or not found:
        return said
    others = [without_dates(text.words) for text in table.above or table.head]
    headers = [column.understanding.members for column in table.measures]
    says_time = any(find_months(text) or years_in(text) for text in others)
    says_time |= any(table.lexicon.kind.time.name in members for members in headers)
    is_titled = all(_names_subject(table, text) for text, _ in found)
    return found if is_titled and not says_time else []


def _without_letter_s(table: Table, found: list[tuple[Text, FoundDate]]) -> list[tuple[Text, FoundDate]]:
    """The dates without those of letters signed in a town that bears a province's name ("Bengkulu, 14 Oktober 2025"),
    where another text says the day of the figures."""
    if not any(_LETTER.match(text.words) for text in table.above):
        return found
    signed = [
        text for text, _ in found if (place := signature_place(text.words)) and not table.lexicon.meanings(place)[1]
    ]
    others = [(text, day) for text, day in found if text not in signed]
    says_so = any(leads_to(text.words[: text.words.find(day.words)]) for text, day in others)
    is_of_letters = all(not table.lexicon.names_subject([text.words]) for text in signed)
    return others if says_so and is_of_letters else found


def _dates_in(table: Table, texts: Iterable[Text], must_say_so: bool) -> Iterable[tuple[Text, FoundDate]]:
    """The dates in texts that are those of the figures."""
    return ((text, found) for text, found, is_sure in _possible_dates(table, texts, must_say_so) if is_sure)


def _unsure_dates(table: Table) -> Iterable[tuple[Text, FoundDate]]:
    """The days over a table of which nothing says that they are those of its figures, nor that they are not."""
    possible = _possible_dates(table, table.above or table.head, must_say_so=False)
    return ((text, found) for text, found, is_sure in possible if not is_sure)


def _possible_dates(table: Table, texts: Iterable[Text], must_say_so: bool) -> Iterable[tuple[Text, FoundDate, bool]]:
    """The dates in texts that may be those of the figures, and whether they are."""
    before: Text | None = None
    over: dict[tuple[int, int], Text] = {}
    for text in _with_words(texts):
        label, above = before if before and before.row == text.row else None, over.get((text.row - 1, text.column))
        over_label = over.get((label.row - 1, label.column)) if label else None
        is_alone = isinstance(text.cell, date) or _is_day_alone(text.words)
        if _is_told_off(text, before) or (is_alone and _is_of_other_label(table, label, above)):
            pass
        elif label and follows_letterhead(label.words, over_label.words if over_label else ""):
            pass  # "Nomor" | ": B/411" over "Tanggal" | ": 9 Juni 2025"
        elif isinstance(text.cell, date):
            day = text.cell.date() if isinstance(text.cell, datetime) else text.cell
            yield text, FoundDate(0, 0, day.isoformat(), day, is_exact=True), True
        elif not (is_signature(table, text.words) or follows_letterhead(text.words, before.words if before else "")):
            for found in dates_of_figures(text.words, must_say_so):
                leading = text.words[: text.words.index(found.words)]
                if not _is_of_one_alone(table, leading, must_say_so):
                    yield text, found, not found.is_exact or _is_of_figures(table, text, leading, found)
        before = over[text.row, text.column] = text


def _is_of_one_alone(table: Table, before: str, is_below: bool) -> bool:
    """Whether the words before a date say that it is that of other data or of the whole of the rates alone, below a
    table also of one segment or region: "Data kependudukan per", "Semesta menggunakan data per", "Kab. Blitar per".

    A title about the whole is none, unless it says what it is drawn from.
    """
    clause = re.split(r"[,;|(]", before)[-1]
    lexicon = table.lexicon
    holds_others = any(column.understanding.measure not in lexicon.kind.wholes for column in table.measures)
    if _OF_OTHER_DATA.search(clause) and not lexicon.names_measure(clause):
        return True
    if holds_others and is_about_whole(lexicon, clause) and (is_below or _DRAWN_FROM.search(clause)):
        return True
    is_titled = any(lexicon.names_member(text.words) for text in (*table.titles, *table.head_titles))
    is_of_segment = lexicon.names_member(clause) and not is_titled
    return is_below and (is_of_segment or (table.names_regions and bool(_OF_A_REGION.match(clause))))


def _is_of_figures(table: Table, text: Text, before: str, found: FoundDate) -> bool:
    """Whether a day in a text is that of the figures: led to, in a title of theirs, or after known words alone; what
    stands in brackets says nothing of that ("Jawa Timur (sebagian), 31 Mei 2025"). A day with its hour that nothing
    leads to is when something was made."""
    if has_hour(text.words, found) and not any(map(str.isalpha, before)):
        return False
    before = _BRACKETS.sub(" ", before)
    if before.strip(" ,-").lower() in _short_provinces():
        return True  # "NTT, 31 Juli 2025"
    return leads_to(before) or not table.lexicon.meanings(before)[1] or _names_subject(table, text)


@lru_cache(maxsize=1)
def _short_provinces() -> frozenset[str]:
    """The short names of provinces ("NTT"): no letter is signed in one."""
    return frozenset(short.lower() for short, code in read_short_names().items() if len(code) == 2)


def _is_day_alone(text: str) -> bool:
    """Whether a text is a day and nothing else."""
    found = find_dates(text)
    return len(found) == 1 and found[0].is_exact and text.strip(" ().") == found[0].words.strip(" ().")


def _is_of_other_label(table: Table, label: Text | None, over: Text | None) -> bool:
    """Whether the text at the left of a day that stands alone, or the one over it, says that it is something else's
    ("Deadline" | 5 November 2025, "Tgl cetak" over it)."""
    if label is not None:
        words = label.words
        is_known = bool(without_number(words)) and not table.lexicon.meanings(words)[1]  # "Jawa Timur"
        return not (labels_day(words) or is_known or _names_subject(table, label))
    return over is not None and not is_about_figures(over.words)


def _names_subject(table: Table, text: Text) -> bool:
    """Whether a text says what the figures of the kind are about, or measures one."""
    lexicon = table.lexicon
    return lexicon.names_measure(text.words) or lexicon.names_subject([text.words])


def _is_told_off(text: Text, before: Text | None) -> bool:
    """Whether the words at its left say that a cell is no date of the figures ("Terakhir diperbarui", "Surabaya,")."""
    if before is None or before.row != text.row:
        return False
    return not is_about_figures(before.words) or bool(_PLACE_OF_SIGNATURE.fullmatch(before.words))


def is_signature(table: Table, text: str) -> bool:
    """ "Trenggalek, 13 November 2024" is signed there; "Cakupan Jamsostek, …" and "Riau, …" (a province) are titles."""
    place = signature_place(text)
    if place.isupper() and len(place) <= _LONGEST_SHORT_NAME:  # "BPS, Agustus 2024"
        return False
    found, unknown = table.lexicon.meanings(place)
    if not _OF_TITLES.isdisjoint(tokens_of(place)):  # "Indikator Ketenagakerjaan DIY, Agustus 2024"
        return False
    return bool(unknown) and not any(meaning.role in ("measure", "member", "carries") for meaning in found)


def take_year(context: Context, table: Table, file_name: str) -> None:
    """The one year that the titles and the sheet's name agree on; else that of the file's name."""
    name = table.lexicon.kind.time.name
    in_titles = {
        year: text for year, text in (_years(table, table.above) or _years(table, table.head)).items()
        if not _PLAN.search(text.words)
    }  # fmt: skip
    in_sheet_name = set(years_in(spaced(table.sheet.name)))
    if (month := month_of_series(table.sheet.name, table.sheet.beside)) and month.day:
        in_sheet_name = {str(month.day.year)}
    if len(in_titles) == 1 and len(in_sheet_name) == 1 and not in_sheet_name & in_titles.keys():
        (one, text), other = *in_titles.items(), min(in_sheet_name)
        context.refuse("date_contradiction", table.sheet.name, text, one=one, other=other)
        return
    for place, years in (
        ("title", set(in_titles)),
        ("sheet_name", in_sheet_name),
        ("file_name", _years_of_file(file_name)),
    ):
        if len(years) == 1:
            if source := _other_year_of_source(table, years):
                context.refuse("date_contradiction", table.sheet.name, source, one=min(years), other=source.words)
                return
            context.values[name] = years.pop()
            context.found_in[name] = place
            return
        if years:
            return


def _years_of_file(name: str) -> set[str]:
    """The years that a file's name gives its figures; a plan's or a yearbook's is none of theirs."""
    name = spaced(name)
    return set() if _PLAN.search(name) or not is_about_figures(name) else set(years_in(name))


def _other_year_of_source(table: Table, years: set[str]) -> Text | None:
    """The source line that names the survey ("Sakernas Agustus 2024") of another year than is said elsewhere."""
    words = tuple(word for dimension in table.lexicon.kind.dimensions for word in dimension.source_words)
    named = [text for text in table.below if first_phrase(text.words, words)]
    return next((text for text in named if (of := set(years_in(text.words))) and not of & years), None)


def read_year_of_months(table: Table, file_name: str) -> YearOfMonths:
    """The year of the titles and the sheet's name, else of the file's name.

    The year of a plan or a law ("Inpres Nomor 2 Tahun 2021", "target 2026") is not that of the figures.
    """
    in_titles = _years(table, table.above) or _years(table, table.head)
    is_of_plan = any(_PLAN.search(text.words) for text in in_titles.values())
    in_names = [set(years_in(spaced(each))) for each in (table.sheet.name, file_name)]
    years = sorted(set(in_titles) | in_names[0] or in_names[1])
    year = int(years[0]) if len(years) == 1 and not is_of_plan else 0
    days = [day.day for _, day in date_texts(table) if day.day]
    return YearOfMonths(year, tuple(years), max(days, default=None))


def _years(table: Table, texts: Iterable[Text]) -> dict[str, Text]:
    """The years that describe the figures, each with its first place: all of them, or that of a heading which is
    nothing but a year ("TAHUN 2024", "Agustus 2023") of those that the title goes through ("2023-2025")."""
    found: dict[str, Text] = {}
    heading: Text | None = None
    before: Text | None = None
    for text in texts:
        told_off, before = _is_told_off(text, before), text
        if is_about_figures(text.words) and not is_signature(table, text.words) and not told_off:
            for year in years_in(text.words):
                found.setdefault(year, text)
            heading = text if _BARE_ROUND.fullmatch(text.words) else heading
    if heading is not None and len(found) > 1:
        (year,) = years_in(heading.words)
        others = [years_in(text.words) for text in found.values() if text is not heading]
        if all(len(years) > 1 and min(years) <= year <= max(years) for years in others):
            return {year: heading}
    return found
