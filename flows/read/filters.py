"""What an export says of its own filters: "Applied filters:" over "Tanggal Data is 31/12/2024", "Filter Segmen: BPU".

A filter is of all figures of its table: one that is not understood leaves open whose they are.
"""

from __future__ import annotations

import re

from flows.read.dates import without_dates
from flows.read.months import without_months
from flows.read.regions import RegionBook
from flows.read.words import Lexicon, tokens_of

_LIST = re.compile(r"\s*(?:applied filters|filter yang diterapkan)\s*:?\s*\n", re.IGNORECASE)
_LINE = re.compile(r"\W*(?:filters?|parameters?|slicers?)\b", re.IGNORECASE)
_LEADS = re.compile(r"\W*(?:filters?|parameters?|slicers?)\b[^:=]*:", re.IGNORECASE)
# "Segmen = BPU | Tanggal Data = 31/10/2025", "Kanwil: JATIM | Segmen: BPU"
_PAIRS = re.compile(
    r"\W*(?:segmen|kanwil|kantor wilayah|wilayah|provinsi|periode|status|tanggal|tgl|bulan|tahun)\b[\w ]*[:=][^|]*"
    r"(?:\|[\w ]+[:=][^|]*)+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\n|;]|\s*[,&/]\s*(?=[A-Za-z][\w ]*(?:[=:]|\bis\b))")
_NOT_PLAIN = re.compile(r"[<>!]|\bis not\b|\bexcept\b", re.IGNORECASE)
_EQUALS = re.compile(r"\s+is\s+|\s*=\s*")
_OF_OFFICE = re.compile(r"\W*(?:kanwil|kantor wilayah)\s*:[\w ]+", re.IGNORECASE)  # its regencies stand in the rows
_KNOWN = {"filter", "filters", "applied", "parameter", "parameters", "data", "tanggal", "tgl", "periode", "bulan",
          "tahun", "provinsi", "propinsi", "prov", "kabupaten", "kota", "kab", "wilayah", "kanwil", "kerja", "nama",
          "is", "dan", "se", "posisi", "status", "laporan", "report", "per", "all", "semua", "i", "ii",
          "iii", "iv", "tw", "triwulan", "semester"}  # fmt: skip


def filters_in(text: str) -> tuple[str, ...]:
    """What the filters of a dashboard's export say: ("Tanggal Data: 31/12/2024",); nothing of another text."""
    if not ("=" in text or ":" in text or "\n" in text):
        return ()
    is_list = _LIST.match(text) or (_LINE.match(text) and "=" in text) or _PAIRS.fullmatch(text)
    return tuple(_lines(text)) if is_list else ()


def unheard_filter(text: str, lexicon: Lexicon, book: RegionBook) -> str:
    """The first filter that a text names and nobody understands; empty where it has none."""
    if not (_LIST.match(text) or _LINE.match(text) or _PAIRS.fullmatch(text)):
        return ""
    return next((line for line in _lines(text) if not _is_understood(line, lexicon, book)), "")


def _lines(text: str) -> list[str]:
    head = _LIST.match(text) or (_LEADS.match(text) if "=" in text else None)
    rest = text[head.end() if head else 0 :]
    lines = _BETWEEN.split(rest) if head or _PAIRS.fullmatch(text) else rest.splitlines()
    return [_EQUALS.sub(": ", line.strip()) for line in lines if line.strip()]


def _is_understood(line: str, lexicon: Lexicon, book: RegionBook) -> bool:
    """Whether a filter says a time, a place or a member and nothing else."""
    if _NOT_PLAIN.search(line):
        return False
    if _OF_OFFICE.fullmatch(line):
        return True
    meanings, unknown = lexicon.meanings(without_months(without_dates(line)))
    words = {word for word in unknown if not word.isdigit()} - _KNOWN - book.words
    words = {word for word in words if not (book.match(word).positions or book.provinces_in(word))}  # "Jateng"
    return not words and all(meaning.role != "part" for meaning in meanings) and "cabang" not in tokens_of(line)
