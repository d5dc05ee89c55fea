"""What was published about a region, and what the warehouse says to it: the reading and the text of `ucj published`.

Verdicts and causes are those of mart.published_figure_check and mart.published_figure_cause; nothing is judged here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import NotPublished
from flows.read.regions import RegionBook
from flows.report.document import shown_day
from flows.report.region_argument import find_regions, resolve_region
from flows.report.summary import format_count
from schemas.regions import read_aliases, read_regions

_WORDS = {
    "id": {
        "no_warehouse": "Di {path} tidak ada gudang data yang memuat angka terbit. Jalankan `ucj run` dahulu.",
        "nothing": "{place}: tidak ada angka terbit di gudang data.",
        "heading": "{place}: {n} angka terbit: {verdicts}.",
        "sample": "DATA CONTOH: untuk latihan, bukan data resmi.",
        "could_be": 'Tercetak "{place}": bisa {regions}.', "or": "atau", "of": "{members} dari {eligible}",
        "figure": "Angka", "printed": "Tercetak", "measured": "Gudang data", "verdict": "Hasil",
        "consistent": "cocok", "truncated": "dipotong, bukan dibulatkan", "contradicted": "bertentangan",
        "undecided": "tidak cocok, sebabnya belum pasti", "unchecked": "tidak ada pembanding",
        "failed": "Tidak cocok: {checks}.", "interval": "{pct} % dapat berarti {low} sampai di bawah {below} %.",
        "counts": "persentase dengan jumlah yang tercetak", "with_measured": "angka terukur pada hari itu",
        "segments": "jumlah segmen", "areas": "jumlah bagian wilayah", "years": "urutan tahun",
        "baseline": "Baseline {year}", "target": "Target {year}",
        "parts": "Bagian-bagiannya berjumlah {n}.", "differs": "Dicetak lain oleh {sources}.",
        "likely": "Mungkin {cause}: {arithmetic}.", "why": "Sebabnya: {cause}: {arithmetic}.",
        "rival": "Atau: {cause}: {arithmetic}.",
        "cause_truncated": "persentase dipotong; dibulatkan menjadi {likely} %",
        "cause_years_swapped": "tahun baseline dan tahun target tertukar; mestinya {likely}",
        "cause_segment_label": "berlabel segmen lain; ini angka {likely}",
        "cause_thousands_lost": "tiga digit terakhir hilang; {field} sekitar {likely}",
        "cause_digits_transposed": "dua digit bersebelahan tertukar; {field} mestinya {likely}",
        "cause_other_denominator": "pembaginya lain: {likely}, {likely_source}",
        "active_members": "peserta", "eligible_workers": "semesta", "both counts": "peserta dan semesta",
        "coverage_pct": "persentase", "employed_people": "penduduk bekerja", "labour_force_people": "angkatan kerja",
        "in print": "tercetak",
    },
    "en": {
        "no_warehouse": "There is no warehouse with published figures at {path}. Run `ucj run` first.",
        "nothing": "{place}: no published figure in the warehouse.",
        "heading": "{place}: {n} published figures: {verdicts}.",
        "sample": "SAMPLE DATA: for practice; not official.",
        "could_be": 'Printed as "{place}": could be {regions}.', "or": "or", "of": "{members} of {eligible}",
        "figure": "Figure", "printed": "Printed", "measured": "Warehouse", "verdict": "Verdict",
        "consistent": "holds", "truncated": "truncated, not rounded", "contradicted": "contradicted",
        "undecided": "does not hold, cause undecided", "unchecked": "nothing to hold it against",
        "failed": "Does not hold: {checks}.",
        "interval": "{pct} % can stand for {low} up to, not including, {below} %.",
        "counts": "the percentage against the printed counts", "with_measured": "what was measured on that day",
        "segments": "the sum of the segments", "areas": "the sum of the areas", "years": "the order of the years",
        "baseline": "Baseline {year}", "target": "Target {year}",
        "parts": "Its parts add up to {n}.", "differs": "Printed differently by {sources}.",
        "likely": "Maybe {cause}: {arithmetic}.", "why": "Cause: {cause}: {arithmetic}.",
        "rival": "Or: {cause}: {arithmetic}.",
        "cause_truncated": "the percentage was cut off; rounded it is {likely} %",
        "cause_years_swapped": "baseline and target year are swapped; it should be {likely}",
        "cause_segment_label": "labelled as another segment; this is {likely}",
        "cause_thousands_lost": "the last three digits are lost; {field} about {likely}",
        "cause_digits_transposed": "two neighbouring digits are transposed; {field} should be {likely}",
        "cause_other_denominator": "another denominator: {likely}, {likely_source}",
        "active_members": "members", "eligible_workers": "eligible workers",
        "both counts": "members and eligible workers", "coverage_pct": "percentage",
        "employed_people": "people employed", "labour_force_people": "labour force", "in print": "as printed",
    },
}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")


@dataclass(frozen=True)
class Cause:
    """One likely cause of what does not hold, with its arithmetic; `rank` 1 is the most plausible."""

    cause: str
    rank: int
    rivals: int
    field: str
    printed: str
    likely: str
    likely_source: str | None
    arithmetic: str


@dataclass(frozen=True)
class Printed:
    """One published figure with its verdict and its causes: a row of mart.published_figure_check."""

    published_figure_id: str
    place: str
    region_code: str | None
    area: str | None
    event: str
    stated_on: date
    cited_source: str
    figure: str
    year: int | None
    segment: str
    coverage_pct: Decimal | None
    coverage_pct_step: Decimal | None
    active_members: int | None
    eligible_workers: int | None
    verdict: str
    failed_checks: str | None
    lowest_coverage_pct: Decimal | None
    below_coverage_pct: Decimal | None
    parts_active_members: int | None
    measured_as_of_date: date | None
    measured_active_members: int | None
    measured_eligible_workers: int | None
    measured_coverage_pct: Decimal | None
    differing_prints: str | None
    is_sample: bool
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class PublishedFigures:
    """All that was published about a place: a region, or a branch by its printed name."""

    place: str
    region_code: str | None
    figures: tuple[Printed, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON; dates and percentages as text."""
        return {
            "place": self.place,
            "region_code": self.region_code,
            "figures": [
                {name: str(value) if isinstance(value, date | Decimal) else value for name, value in each.items()}
                for each in (asdict(figure) for figure in self.figures)
            ],
        }


def read_published_figures(warehouse: Path, text: str, lang: str) -> PublishedFigures:
    """What was published about a region (code or name), or about a place that is none, by its printed name.

    A print whose name could be the region ("Kediri") is among its figures. Raises WrongUse where the text could be two
    regions or is neither a region nor a printed name, NotPublished where there is no warehouse to ask.
    """
    printed = _read_printed(warehouse, lang)
    regions = read_regions()
    book = RegionBook(regions, read_aliases())
    unnamed = {figure.place.casefold(): figure.place for figure in printed if not figure.region_code}
    place = unnamed.get(text.strip().casefold())
    if place and not find_regions(place, book):
        found = tuple(figure for figure in printed if figure.place == place and not figure.region_code)
        return PublishedFigures(place, None, found)
    region = resolve_region(text, regions, lang)
    about = {name for name in unnamed.values() if region in find_regions(name, book)}
    found = tuple(
        figure
        for figure in printed
        if figure.region_code == region.code or (not figure.region_code and figure.place in about)
    )
    return PublishedFigures(f"{region.name} ({region.code})", region.code, found)


def _read_printed(warehouse: Path, lang: str) -> list[Printed]:
    columns = [name for name in Printed.__dataclass_fields__ if name != "causes"]
    if not warehouse.exists():
        raise NotPublished(_WORDS[lang]["no_warehouse"].format(path=warehouse))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        try:
            rows = connection.execute(
                f"""
                select {", ".join(columns)} from mart.published_figure_check
                order by
                    stated_on desc, place, event, cited_source,
                    array_position(['baseline', 'target', 'measured'], figure), year,
                    array_position(['PU', 'BPU', 'JAKON', 'PMI', 'TOTAL'], segment), area nulls first
                """
            ).fetchall()
        except duckdb.CatalogException:  # a warehouse that an older version built
            raise NotPublished(_WORDS[lang]["no_warehouse"].format(path=warehouse)) from None
        causes: dict[str, list[Cause]] = {}
        for identity, *cause in connection.execute(
            "select published_figure_id, cause, rank, rivals, field, printed, likely, likely_source, arithmetic "
            "from mart.published_figure_cause order by published_figure_id, rank, cause, field, likely"
        ).fetchall():
            causes.setdefault(identity, []).append(Cause(*cause))
    return [Printed(**dict(zip(columns, row, strict=True)), causes=tuple(causes.get(row[0], ()))) for row in rows]


@dataclass(frozen=True)
class DoubtfulPrint:
    """A published figure that does not hold, in words."""

    published_figure_id: str
    place: str
    stated_on: date
    cited_source: str
    named: str
    printed: str
    measured: str
    reasons: tuple[str, ...]


def read_doubtful(warehouse: Path, lang: str) -> list[DoubtfulPrint]:
    """Every published figure that is contradicted, or does not hold for a cause that is not certain."""
    return [
        DoubtfulPrint(
            each.published_figure_id, each.place, each.stated_on, each.cited_source, _named(each, lang),
            _printed(each, lang), _measured(each, lang), tuple(_reasons(each, lang)),
        )
        for each in _read_printed(warehouse, lang)
        if each.verdict in ("contradicted", "undecided")
    ]  # fmt: skip


# --- the text ------------------------------------------------------------------------------------------


def published_lines(found: PublishedFigures, lang: str) -> Iterator[str]:
    """What was published, print by print: a line a figure, and under it why it does not hold."""
    words = _WORDS[lang]
    if not found.figures:
        yield words["nothing"].format(place=found.place)
        return
    counts = Counter(figure.verdict for figure in found.figures)
    verdicts = ", ".join(f"{number} {words[verdict]}" for verdict, number in counts.most_common())
    yield words["heading"].format(place=found.place, n=len(found.figures), verdicts=verdicts)
    if any(figure.is_sample for figure in found.figures):
        yield words["sample"]
    for (source, event, day, place, code), figures in groupby(
        found.figures, key=lambda each: (each.cited_source, each.event, each.stated_on, each.place, each.region_code)
    ):
        yield ""
        yield f"{source}: {event}, {shown_day(day, lang)}"
        if found.region_code and not code:
            yield "  " + words["could_be"].format(place=place, regions=_could_be(place, words["or"]))
        yield from _print_lines(list(figures), lang)


def _could_be(place: str, or_: str) -> str:
    book = RegionBook(read_regions(), read_aliases())
    return f" {or_} ".join(f"{region.code} {region.name}" for region in find_regions(place, book))


def _print_lines(figures: Sequence[Printed], lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    table = [[words["figure"], words["printed"], words["measured"], words["verdict"]]]
    table += [
        [_named(figure, lang), _printed(figure, lang), _measured(figure, lang), words[figure.verdict]]
        for figure in figures
    ]
    widths = [max(len(line[column]) for line in table) for column in range(3)]
    for line, figure in zip(table, [None, *figures], strict=True):
        yield "  " + "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[3]])
        if figure:
            for reason in _reasons(figure, lang):
                yield f"      {reason}"


def _named(figure: Printed, lang: str) -> str:
    if figure.figure != "measured":
        return _WORDS[lang][figure.figure].format(year=figure.year or "") + f" {figure.segment}"
    return f"{figure.segment}, {figure.area}" if figure.area else figure.segment


def _printed(figure: Printed, lang: str) -> str:
    return _figures(_pct(figure, lang), figure.active_members, figure.eligible_workers, lang)


def _measured(figure: Printed, lang: str) -> str:
    if figure.measured_as_of_date is None:
        return "–"
    pct = _localised(f"{figure.measured_coverage_pct} %", lang) if figure.measured_coverage_pct is not None else ""
    said = _figures(pct, figure.measured_active_members, figure.measured_eligible_workers, lang)
    return f"{said}, {shown_day(figure.measured_as_of_date, lang)}"


def _figures(pct: str, members: int | None, eligible: int | None, lang: str) -> str:
    counts = "" if members is None else format_count(members, lang)
    if eligible is not None:
        counts = _WORDS[lang]["of"].format(members=counts or "–", eligible=format_count(eligible, lang))
    return f"{pct} ({counts})" if pct and counts else pct or counts


def _pct(figure: Printed, lang: str) -> str:
    if figure.coverage_pct is None or figure.coverage_pct_step is None:
        return ""
    decimals = max(0, -int(figure.coverage_pct_step.normalize().adjusted()))
    return _localised(f"{figure.coverage_pct:.{decimals}f} %", lang)


def _reasons(figure: Printed, lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    checks = figure.failed_checks.split(", ") if figure.failed_checks else []
    if checks:
        named = [words["with_measured" if check == "measured" else check] for check in checks]
        yield words["failed"].format(checks=", ".join(named))
    if figure.verdict == "truncated" or {"counts", "measured"} & set(checks):
        yield from _interval(figure, lang)
    if {"segments", "areas"} & set(checks) and figure.parts_active_members is not None:
        yield words["parts"].format(n=format_count(figure.parts_active_members, lang))
    first = "why" if figure.verdict in ("contradicted", "truncated") else "likely"
    for nth, cause in enumerate(figure.causes):
        arithmetic = _localised(cause.arithmetic, lang, are_years=cause.cause == "years_swapped")
        yield words["rival" if nth else first].format(cause=_cause(cause, lang), arithmetic=arithmetic)
    if figure.differing_prints:
        yield words["differs"].format(sources=figure.differing_prints)


def _interval(figure: Printed, lang: str) -> Iterator[str]:
    if figure.lowest_coverage_pct is not None and figure.below_coverage_pct is not None:
        low, below = (f"{bound.normalize():f}" for bound in (figure.lowest_coverage_pct, figure.below_coverage_pct))
        pct = _pct(figure, lang).removesuffix(" %")
        yield _WORDS[lang]["interval"].format(pct=pct, low=_localised(low, lang), below=_localised(below, lang))


def _cause(cause: Cause, lang: str) -> str:
    words = _WORDS[lang]
    named = cause.likely_source or ""
    for word in ("employed_people", "labour_force_people", "eligible_workers", "in print"):
        named = named.replace(word, words[word])
    likely = _localised(cause.likely, lang, are_years=cause.field == "year")
    return words[f"cause_{cause.cause}"].format(
        field=words.get(cause.field, ""), likely=likely, likely_source=_localised(named, lang, are_years=True)
    )


def _localised(text: str, lang: str, are_years: bool = False) -> str:
    """Arithmetic in the reader's number formats; dates spelled out, years left as they are."""
    thousands, point = (".", ",") if lang == "id" else (",", ".")

    def number(match: re.Match[str]) -> str:
        whole = match[1] if are_years else f"{int(match[1]):,}".replace(",", thousands)
        return f"{whole}{point}{match[2]}" if match[2] else whole

    parts = _DATE.split(text)
    days = [shown_day(date.fromisoformat(found), lang) for found in _DATE.findall(text)]
    return "".join(_NUMBER.sub(number, part) + day for part, day in zip(parts, [*days, ""], strict=True))
