"""Words of a title that nobody here knows: they may say that its figures are of some workers only, or of another thing.

Headers are held to known words; titles are free speech, and lists of what they must not say are never whole. So a word
that is neither the kind's, nor of a region or a date, nor what offices write on everything is told of; directly behind
a word for workers ("Peserta Nakes") it refuses the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from flows.read.columns import Text
from flows.read.dates import MONTH_PATTERN, find_dates
from flows.read.layout import Table
from flows.read.regions import RegionBook
from flows.read.words import Lexicon, tokens_of
from flows.records import Finding

# What titles say of themselves, of whom they are from and how they were made; none of it says whose figures they are.
OFFICE_WORDS = frozenset((
    "tabel", "table", "lampiran", "lamp", "laporan", "lap", "rekap", "rekapitulasi", "rekaptulasi", "rincian",
    "ringkasan", "daftar", "matriks", "matrik", "form", "format", "formulir", "isian", "bahan", "paparan", "profil",
    "dashboard", "grafik", "peta", "statistik", "buletin", "bulanan", "triwulanan", "tahunan", "mingguan",
    "semesteran", "tw", "monitoring", "monev", "pemantauan", "evaluasi", "progres", "progress", "perkembangan",
    "perbandingan", "tren", "trend", "series", "capaian", "pencapaian", "kinerja", "keragaan", "kondisi", "situasi",
    "gambaran", "update", "updating", "hasil", "verifikasi", "validasi", "rekonsiliasi", "perbaikan", "revisi",
    "ralat", "sementara", "final", "tetap", "lanjutan", "sambungan", "bagian", "lembar", "halaman", "hal", "no",
    "nomor", "dinas", "disnaker", "disnakertrans", "disnakerin", "nakertrans", "transmigrasi", "perindustrian",
    "bappeda", "bapperida", "bappelitbangda", "bappelitbang", "bps", "badan", "pusat", "biro", "kantor", "kanwil",
    "kancab", "kanca", "kacab", "cabang", "cab", "kcp", "kepala", "sekretaris", "sekretariat", "gubernur", "bupati",
    "walikota", "wali", "pemerintah", "pemprov", "pemkab", "pemkot", "daerah", "wilayah", "area", "deputi",
    "bidang", "seksi", "tim", "pokja", "rapat", "rakor", "koordinasi", "rakorda", "fgd", "kertas", "kartu",
    "detail", "surat", "perihal", "kepada", "yth", "kami", "bersama", "disampaikan", "sampaikan", "penyampaian",
    "menindaklanjuti", "sebagai", "berikut", "ini", "terlampir", "tersebut", "sebagian", "seluruh", "semua",
    "masing", "setiap", "antar", "se", "mataraman", "sumbagut", "sumbagsel", "sumbagteng", "banuspa",
    "sulutgomalut", "eks", "karesidenan", "kabupaten", "kota", "kab", "provinsi", "propinsi", "prov", "regency",
    "city", "province", "region", "district", "administratif", "kepulauan", "kep", "program", "pelaksanaan",
    "penyelenggaraan", "optimalisasi", "percepatan", "peningkatan", "perluasan", "dukungan", "rangka", "dalam",
    "perlindungan", "jaminan", "sosial", "ketenagakerjaan", "kepesertaan", "universal", "coverage", "implementasi",
    "indikator", "utama", "makro", "ekonomi", "pembangunan", "rkpd", "rpjmd", "rpjpd", "renstra", "renja", "iku",
    "iup", "ikk", "lkpj", "lppd", "sdgs", "dokumen", "target", "sasaran", "proyeksi", "rencana", "menurut",
    "berdasarkan", "per", "terhadap", "dengan", "oleh", "dari", "ke", "pada", "untuk", "di", "dan", "atau", "yang",
    "vs", "versus", "serta", "bagi", "sampai", "melalui", "setelah", "sebelum", "kecuali", "termasuk", "digabung",
    "gabungan", "hingga", "sejak", "selama", "akhir", "awal", "of", "the", "and", "by", "for", "as", "at", "to",
    "from", "in", "on", "source", "sumber", "data", "angka", "jumlah", "total", "tahun", "bulan", "triwulan",
    "semester", "kuartal", "quarter", "year", "month", "posisi", "keadaan", "status", "tanggal", "tgl", "periode",
    "jenis", "kelompok", "kategori", "metode", "metodologi", "baru", "lama", "basis", "domisili", "alamat", "ktp",
    "tempat", "kerja", "sektor", "number", "numbers", "workers", "worker", "employment", "labour", "labor", "force",
    "survey", "survei", "nasional", "angkatan", "social", "security",
))  # fmt: skip
_WORKERS = {"peserta", "kepesertaan", "pekerja", "tk", "naker", "members", "workers"}
_MONTH = re.compile(rf"\b{MONTH_PATTERN}(?!\w)", re.IGNORECASE)
_SHORTEST = 3  # letters; fewer are numerals, initials or footnotes
_ROMAN = re.compile(r"[ivx]+")


def strange_workers(table: Table, book: RegionBook) -> Finding | None:
    """Why a table is not read whose title names workers of a kind that nobody here knows; None where it does not."""
    for text, strange in _strange_words(table, book):
        words = tokens_of(text.words)
        for before, word in pairwise(words):
            if word in strange and before in _WORKERS:
                return Finding("foreign_table", table.sheet.name, text.address, text.words, {"word": word})
    return None


def strange_words(table: Table, book: RegionBook) -> Iterator[Finding]:
    """One finding for each title with words that nobody here knows."""
    for text, strange in _strange_words(table, book):
        yield Finding("title_words", table.sheet.name, text.address, text.words, {"words": ", ".join(strange)})


def _strange_words(table: Table, book: RegionBook) -> Iterator[tuple[Text, Sequence[str]]]:
    lexicon = table.lexicon
    for text in table.titles:
        if not (lexicon.names_measure(text.words) or lexicon.names_subject([text.words])):
            continue
        words = text.words
        for found in find_dates(words):
            words = words.replace(found.words, " ")
        left = lexicon.meanings(_MONTH.sub(" ", words))[1]
        heard = set(tokens_of(" ".join(lexicon.other_figures(text.words))))
        strange = [word for word in dict.fromkeys(left) if word not in heard and _is_strange(word, lexicon, book)]
        if strange:
            yield text, strange


def _is_strange(word: str, lexicon: Lexicon, book: RegionBook) -> bool:
    return not (
        len(word) < _SHORTEST
        or not word.isalpha()
        or word in OFFICE_WORDS
        or word in book.words
        or _ROMAN.fullmatch(word)
        or lexicon.respell((word,)) != (word,)
        or book.match(word).role != "unknown"
    )
