"""Which texts over a table are its titles: a note, a sentence, a figure, a legend or a label of something else is none.

"Catatan: JAKON dihitung per proyek", "Warna merah = cakupan BPU di bawah 10%" and "Peserta PMI: 1.250 orang" say
nothing of the table under them, though each names a segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from flows.read.dates import dates_of_figures, find_dates, without_dates
from flows.read.months import find_months

NOTE = re.compile(r"\s*(?:catatan|keterangan|ket\b|note|sumber|source|\*(?!.+\*\s*$))", re.IGNORECASE)
CAPTION = re.compile(r"\s*(?:tabel|table)\s*(\d+)", re.IGNORECASE)
_STATES_FIGURE = re.compile(
    r"\d\s*(?:%|persen\b)|"
    r"(?<![\d.,])(?<!\b1 )\b(?!20\d\d\b|1[., ]?000\b)\d[\d.,]{2,}\s*"  # "(1.000 orang)" is a unit
    r"(?:orang|jiwa|peserta|pekerja|tk|juta|ribu|miliar)\b",
    re.IGNORECASE,
)
# "(segmen PU disampaikan terpisah)", "Data BPU masih sementara"
_APART = re.compile(r"\b(?:terpisah|tersendiri)\b|^\W*(?:data|angka)\b.*\b(?:masih|belum)\b", re.IGNORECASE)
# What a label with a colon may say so that what follows it is of the table: "Segmen: PU", "Tabel 2: Peserta BPU".
_LONGEST = 300  # a longer text is a paragraph
_LABEL_WORDS = (
    "tabel", "table", "lampiran", "judul", "data", "segmen\\w*", "segment", "membership", "jenis", "kategori",
    "kelompok", "program", "indikator", "periode", "period", "posisi", "keadaan", "per", "tanggal", "tgl", "date",
    "bulan", "month", "tahun", "year", "triwulan", "semester", "survei", "survey", "round", "putaran", "wilayah",
    "daerah", "provinsi", "propinsi", "prov", "province", "region", "kabupaten", "kab", "kota", "kantor", "cabang",
    "nama", "satuan", "unit", "laporan", "rekap\\w*", "sheet", "perihal", "rkpd", "rkp", "rpjm[dn]", "rpjp[dn]",
    "renstra", "renja", "iku", "ikk", "ikd", "sdgs", "lkpj", "lppd", "lakip", "bagian", "pertama", "kedua", "ketiga",
    "keempat", "filter",
)  # fmt: skip
_LABEL = re.compile(rf"[\W\d_]*(?:(?:{'|'.join(_LABEL_WORDS)})[\W\d_]*)+", re.IGNORECASE)
# "Di luar ASN, TNI, Polri" is how the figures are defined; "di luar PMI" is not.
_OF_OTHERS = re.compile(
    r"\b(?:saja|hanya|khusus|only|(?:di|ber)?gabung\w*|(?:tidak|belum|masih) termasuk|"
    r"(?:tanpa|di ?luar|selain)(?!\W+(?:asn|pns|tni|polri))|(?:ter|di)?tukar|"
    r"target|proyeksi|estimasi|perkiraan|taksiran|bukan realisasi|kumulatif|peserta baru|non ?aktif|tidak aktif|"
    r"terdaftar(?! aktif)|(?:data|angka|posisi|kondisi) (?:bulan|tahun|triwulan) (?:lalu|sebelumnya))\b",
    re.IGNORECASE,
)
_OWN_FIGURE = re.compile(r"\b(?!20\d\d\b)\d[\d.,]*\d\b|\d\s*%")
_SAYS_WRONG = re.compile(
    r"\b(?:ralat|salah (?:ketik|tik|cetak|tulis|input|entri)|seharusnya|semestinya|keliru|abaikan)\b", re.IGNORECASE
)
_FOOTNOTE = re.compile(
    r"\s*(?:(?:ket|keterangan|catatan|tanda)\b\W{0,3})?\(?(?:(\*+)\)?|([1-9a-z])\s*\)|([¹²³⁴⁵])\)?)\s*[=:]?\s*(.+)",
    re.DOTALL | re.IGNORECASE,
)
_MARK = re.compile(r"(\*+)\)?\s*$|(?<!\d)([1-9a-z])\)\s*$|([¹²³⁴⁵])\)?\s*$")
_OF_THIS_TABLE = re.compile(
    r"\b(?:data|tabel|angka|daftar|rekap\w*)\s+(?:ini|berikut|tersebut|di ?bawah)\b", re.IGNORECASE
)
_RAISED = str.maketrans("¹²³⁴⁵", "12345")
_EXPLAINED = re.compile(r"\s*(\*+|[a-z])\s*[):=]", re.IGNORECASE)
_MARKED = re.compile(r"(.*\d%?)\s*(\*+|[a-z])\)?", re.IGNORECASE)
_UNIT_NOTE = re.compile(
    r"\W*(?:(?:catatan|keterangan|ket|note|satuan|unit|angka|data|nilai|jumlah|semua|seluruh|dalam|dlm|di|in|x|000|"
    r"1[.,]?000|ribu|ribuan|rb|juta|jutaan|jt|thousands?|orang|jiwa|org|people|persons?|pekerja|tk)\W*)+",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def is_title(text: str) -> bool:
    """Whether a text may say what a table under it is about."""
    return not (_says_other_things(text) or behind_unknown_label(text))


def _says_other_things(text: str) -> bool:
    """Whether a text is a note, a sentence, a legend, a paragraph or states a figure."""
    return bool(
        len(text) > _LONGEST
        or NOTE.match(text)
        or _APART.search(text)
        or text.rstrip().endswith(".")
        or "=" in text
        or is_way_to_page(text)
        or _STATES_FIGURE.search(text)
    )


def states_figure(text: str) -> bool:
    """Whether a text is a sentence about a figure of its own: "… terbanyak di sektor pertanian (38,2 persen)." """
    is_sentence = text.rstrip().endswith(".") and not _OF_THIS_TABLE.search(text)
    return is_sentence and bool(_STATES_FIGURE.search(text))


def is_way_to_page(text: str) -> bool:
    """Whether a text is the way to a page of the web: "Beranda > Data > Ketenagakerjaan"."""
    return text.count(" > ") > 1


def behind_unknown_label(text: str) -> str:
    """What stands behind a label of which nobody knows whether it is the table's ("Fokus: Peserta BPU"); empty where a
    text has none, or is no title for another reason."""
    label, _, rest = text.partition(":")
    if "(" in label and ")" not in label:  # "Cakupan (aktif : semesta)"
        return ""
    if not rest.strip() or _LABEL.fullmatch(label) or is_unit_note(rest) or _is_time(rest) or _says_other_things(text):
        return ""
    return rest.strip()


def _is_time(text: str) -> bool:
    """Whether a text is a date, a month or a year and nothing else."""
    return not any(character.isalpha() for character in without_dates(text))


def is_unit_note(text: str) -> bool:
    """Whether a text says the unit of all figures and nothing else: "Catatan: angka dalam ribuan orang"."""
    return len(text) <= _LONGEST and bool(_UNIT_NOTE.fullmatch(text))


def says_others(text: str) -> bool:
    """Whether a remark says that a figure is of less, of more or of something else ("BPU saja", "gabungan dengan"); one
    that states a figure of its own ("target 2026: 45%") says nothing of another."""
    return bool(_OF_OTHERS.search(text)) and not _OWN_FIGURE.search(text)


def says_wrong(text: str) -> bool:
    """Whether a note says that a figure of the table is not right: "Ralat: peserta aktif Kab. Sintang salah ketik"."""
    return bool(_SAYS_WRONG.search(text))


def footnotes_in(notes: Iterable[str]) -> dict[str, str]:
    """The footnotes among some notes, by their marks ("*", "1", "a")."""
    found = [match for note in notes if (match := _FOOTNOTE.match(note))]
    return {(match[1] or match[2] or match[3]).translate(_RAISED): match[4] for match in found}


def marks_of_others(notes: Iterable[str], titles: Iterable[str]) -> set[str]:
    """The marks whose footnotes say another time than the titles do, or that their figures are of others."""
    of_titles = {day.day for title in titles for day in find_dates(title)}
    is_dated = bool(of_titles) or any(find_months(title) for title in titles)
    marks = set()
    for mark, note in footnotes_in(notes).items():
        days = {day.day for day in dates_of_figures(note)}
        if says_others(note) or (is_dated and (days - of_titles or find_months(note))):
            marks.add(mark)
    return marks


def harmless_marks(notes: Sequence[str], titles: Iterable[str]) -> frozenset[str]:
    """The marks of figures whose footnotes change nothing of them: "*) angka sementara", "r) angka diperbaiki"."""
    explained = {found[1].lower() for note in notes if (found := _EXPLAINED.match(note))}
    return frozenset(explained - marks_of_others(notes, titles))


def without_mark(text: str, marks: frozenset[str]) -> str:
    """A figure without the mark that stands behind it ("91.101 *", "158.749 r)"); empty where none of some does."""
    found = _MARKED.fullmatch(text.strip())
    return found[1] if found and found[2].lower() in marks else ""


def mark_of(text: str) -> str:
    """The footnote mark at the end of a name or a header ("Kab. Ponorogo*)", "Aktif 1)"); empty where there is none."""
    found = _MARK.search(text)
    return (found[1] or found[2] or found[3]).translate(_RAISED) if found else ""


def caption_number(text: str) -> int:
    """The number of a caption ("Tabel 2. Peserta Aktif"); 0 where a text is none."""
    caption = CAPTION.match(text)
    return int(caption[1]) if caption else 0
