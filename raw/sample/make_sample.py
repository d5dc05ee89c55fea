"""Write the sample data: workbooks as offices send them, the receipts of their arrival, a correction, a withdrawal.

For `make demo`, the README and the tests. Every workbook says DATA CONTOH in its title. Six things in
them are real: Trenggalek on 13 November 2024 (published members, consistent denominators), Gresik on
21 November 2024 (published), the employed people of BPS (`employed_jatim.csv`, Sakernas of August), what was
printed (`published_figures.csv`), the targets of Trenggalek and the nation (`plan_targets.csv`), and the contributions
that Trenggalek paid or planned to pay, as three outlets printed them (`assistance.csv`).
All other figures are made up from the employed people by fixed rules, so that the same bytes come out
on every machine. Run it again only when the sample itself is to change: it replaces `inbox/`, `received/`
and `corrections.csv` beside it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from flows.receive.inbox import receive, receive_version, write_withdrawal
from flows.records import Receipt

HERE = Path(__file__).resolve().parent
SEGMENTS = {
    "PU": "Penerima Upah (PU)",
    "BPU": "Bukan Penerima Upah (BPU)",
    "JAKON": "Jasa Konstruksi (JAKON)",
}
INDUSTRY = ("35.14", "35.15", "35.16", "35.25")  # Pasuruan, Sidoarjo, Mojokerto, Gresik: more wage earners

# PU, BPU, JAKON: (eligible, active)
TRENGGALEK_2024 = {"PU": (89_340, 38_595), "BPU": (159_976, 14_468), "JAKON": (21_306, 17_407)}
# made up, but near what Gresik itself published eight days later
GRESIK_2024 = {"PU": (267_340, 166_412), "BPU": (178_905, 20_106), "JAKON": (111_180, 104_873)}
GRESIK_PUBLISHED = {"PU": 167_129, "BPU": 20_348, "JAKON": 105_381}
GRESIK_PUBLISHED_ELIGIBLE = 557_575

# the bad workbook: code, name as typed, and what stands in a column in place of its number
FAULTY_LINES: list[tuple[str, str, dict[int, float | str]]] = [
    ("35.18", "Kab. Nganjuk", {}),
    ("35.06", "Kediri", {}),  # Kabupaten or Kota? Nothing in the sheet says
    ("35.04", "Kab. Tulungagnug", {}),  # two letters swapped
    ("35.05", "Kab. Blitar", {2: "#DIV/0!"}),
    ("35.72", "Kota Blitar", {4: -1_624}),
    ("35.17", "Kab. Jombang", {3: 27_754, 4: 257_750}),  # eligible and active swapped
    ("35.20", "Kab. Magetan", {2: 38.595}),  # typed "38.595" into an Excel that takes the point for a comma
    ("35.19", "Kab. Madiun", {4: "belum ada data"}),
    ("35.77", "Kota Madiun", {}),
]

Counts = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Regency:
    """A regency and its employed people in August of 2023, 2024 and 2025 (BPS)."""

    code: str
    name: str
    employed: tuple[int, int, int]

    @property
    def short_name(self) -> str:
        """The name as offices shorten it: "Kab. Trenggalek", "Kota Blitar"."""
        return self.name.replace("Kabupaten", "Kab.")


@dataclass(frozen=True)
class Arrival:
    """One workbook: its path in the inbox, when it was last saved, when it came (UTC), and what writes it."""

    inbox_path: str
    saved_at: datetime
    received_at: datetime
    write: Callable[[xlsxwriter.Workbook], None]


@dataclass(frozen=True)
class CorrectionsEdited:
    """A version of corrections.csv."""

    received_at: datetime
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawal:
    """`ucj withdraw` of what came under that path."""

    inbox_path: str
    received_at: datetime
    reason: str


def read_regencies() -> list[Regency]:
    """The 38 regencies of East Java, by code."""
    with (HERE / "employed_jatim.csv").open(encoding="utf-8", newline="") as file:
        return [Regency(code, name, (int(a), int(b), int(c))) for code, name, a, b, c in list(csv.reader(file))[1:]]


REGENCIES = read_regencies()


# --- the figures ---------------------------------------------------------------------------------------


def vary(regency: Regency, what: str, low: float, high: float) -> float:
    """A number between two bounds that is always the same for a regency and a purpose."""
    digest = hashlib.sha256(f"{regency.code} {what}".encode()).digest()
    return low + (high - low) * int.from_bytes(digest[:4], "big") / 0xFFFF_FFFF


def figures_2024(regency: Regency) -> Counts:
    """Eligible and active by segment on 13 November 2024; eligible in all is about 58 % of the employed."""
    if regency.code == "35.03":
        return TRENGGALEK_2024
    if regency.code == "35.25":
        return GRESIK_2024
    if regency.name.startswith("Kota"):
        wage_share, wage_rate = vary(regency, "PU share", 0.52, 0.66), vary(regency, "PU rate", 0.55, 0.78)
    elif regency.code in INDUSTRY:
        wage_share, wage_rate = vary(regency, "PU share", 0.46, 0.58), vary(regency, "PU rate", 0.55, 0.72)
    else:
        wage_share, wage_rate = vary(regency, "PU share", 0.26, 0.38), vary(regency, "PU rate", 0.32, 0.52)
    eligible = round(regency.employed[1] * vary(regency, "eligible", 0.55, 0.61))
    wage = round(eligible * wage_share)
    construction = round(eligible * vary(regency, "JAKON share", 0.05, 0.09))
    non_wage = eligible - wage - construction
    return {
        "PU": (wage, round(wage * wage_rate)),
        "BPU": (non_wage, round(non_wage * vary(regency, "BPU rate", 0.05, 0.14))),
        "JAKON": (construction, round(construction * vary(regency, "JAKON rate", 0.60, 0.92))),
    }


def figures_2025(regency: Regency, month: int) -> Counts:
    """A year on: eligible follows the employed, coverage is a few points up."""
    later = month - 9
    growth = regency.employed[2] / regency.employed[1] * (1 + 0.001 * later)
    gains = {"PU": (0.005, 0.03), "BPU": (0.01, 0.04), "JAKON": (-0.04, 0.05)}
    counts = {}
    for segment, (eligible, active) in figures_2024(regency).items():
        rate = active / eligible + vary(regency, f"{segment} gain", *gains[segment])
        rate += later * vary(regency, f"{segment} month", 0.0005, 0.004)
        now_eligible = round(eligible * growth)
        counts[segment] = (now_eligible, round(now_eligible * min(rate, 0.985)))
    return counts


def with_total(counts: Counts) -> Counts:
    """The segments and their sum as TOTAL."""
    return counts | {"TOTAL": (sum(e for e, _ in counts.values()), sum(a for _, a in counts.values()))}


def add_up(all_counts: Iterable[Counts]) -> Counts:
    """The province: segment by segment the sum of its regencies."""
    listed = list(all_counts)
    return {s: (sum(c[s][0] for c in listed), sum(c[s][1] for c in listed)) for s in listed[0]}


def dotted(number: int) -> str:
    """89340 as Indonesian offices type it: 89.340."""
    return f"{number:,}".replace(",", ".")


def per_cent(active: int, eligible: int, decimals: int) -> str:
    """A percentage as text, half up in whole numbers: "43,2%"."""
    units = 100 * 10**decimals
    digits = str((2 * units * active + eligible) // (2 * eligible)).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]},{digits[-decimals:]}%"


# --- the workbooks -------------------------------------------------------------------------------------


def write_province_2024(book: xlsxwriter.Workbook) -> None:
    """Merged two-row header, numbers and percentages as text, JUMLAH, footnotes, a signature."""
    sheet = book.add_worksheet("Rekap UCJ")
    put_titles(
        book,
        sheet,
        "DATA CONTOH - REKAPITULASI CAKUPAN KEPESERTAAN JAMINAN SOSIAL KETENAGAKERJAAN (UCJ)",
        "MENURUT KABUPATEN/KOTA DI PROVINSI JAWA TIMUR",
        "per 13 November 2024",
    )
    head, text, right, bold = styles(book)
    sheet.merge_range(4, 0, 5, 0, "No", head)
    sheet.merge_range(4, 1, 5, 1, "Kabupaten/Kota", head)
    for place, name in enumerate((*SEGMENTS.values(), "Jumlah")):
        sheet.merge_range(4, 2 + 3 * place, 4, 4 + 3 * place, name.upper(), head)
        sheet.write_row(5, 2 + 3 * place, ["Semesta", "TK Aktif", "Cakupan"], head)
    lines = {regency.short_name: with_total(figures_2024(regency)) for regency in REGENCIES}
    for row, (name, counts) in enumerate(lines.items(), start=6):
        sheet.write_string(row, 0, str(row - 5), text)
        sheet.write_string(row, 1, name, text)
        sheet.write_row(row, 2, province_cells(counts), right)
    last = 6 + len(lines)
    sheet.write_blank(last, 0, None, bold)
    sheet.write_string(last, 1, "JUMLAH", bold)
    sheet.write_row(last, 2, province_cells(add_up(lines.values())), bold)
    notes = (
        "Catatan: Semesta adalah pekerja di luar ASN, TNI dan Polri.",
        "TK aktif Kab. Trenggalek seperti yang terbit di media, semestanya dihitung; angka lain dibuat untuk latihan.",
        "Sumber: DATA CONTOH, diolah dari penduduk bekerja, Sakernas Agustus 2024 (BPS).",
    )
    for row, note in enumerate(notes, start=last + 2):
        sheet.write_string(row, 0, note)
    sheet.write_string(last + 6, 10, "Surabaya, 18 November 2024")
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 13, 11)
    sheet.freeze_panes(6, 2)


def province_cells(counts: Counts) -> list[str]:
    """Semesta, TK aktif and cakupan of each segment as text; the total's cakupan with two decimals."""
    cells = []
    for segment, (eligible, active) in counts.items():
        cells += [
            dotted(eligible),
            dotted(active),
            per_cent(active, eligible, 2 if segment == "TOTAL" else 1),
        ]
    return cells


def write_gresik(book: xlsxwriter.Workbook) -> None:
    """One regency, one row: members by segment, but only one denominator."""
    sheet = book.add_worksheet("Capaian")
    put_titles(
        book,
        sheet,
        "DATA CONTOH - CAPAIAN UNIVERSAL COVERAGE JAMSOSTEK KABUPATEN GRESIK",
        "Posisi 21 November 2024",
    )
    head, text, right, _ = styles(book)
    sheet.merge_range(3, 0, 4, 0, "Kabupaten", head)
    sheet.merge_range(3, 1, 3, 4, "Peserta Aktif (orang)", head)
    sheet.write_row(4, 1, ["PU", "BPU", "Jasa Konstruksi", "Jumlah"], head)
    sheet.merge_range(3, 5, 4, 5, "Potensi Tenaga Kerja", head)
    sheet.merge_range(3, 6, 4, 6, "Cakupan (%)", head)
    active = [*GRESIK_PUBLISHED.values(), sum(GRESIK_PUBLISHED.values())]
    sheet.write_string(5, 0, "Gresik", text)
    sheet.write_row(5, 1, [f"{dotted(number)} orang" for number in (*active, GRESIK_PUBLISHED_ELIGIBLE)], right)
    sheet.write_string(5, 6, per_cent(active[-1], GRESIK_PUBLISHED_ELIGIBLE, 2).rstrip("%"), right)
    sheet.write_string(7, 0, "Catatan: susunan berkas ini contoh.")
    sheet.write_string(8, 0, "Sumber: angka Pemerintah Kabupaten Gresik yang terbit di media, 21 November 2024")
    sheet.set_column(0, 6, 17)


def write_province_2025(book: xlsxwriter.Workbook) -> None:
    """A sheet a month, segments as rows, code and name merged over them; real numbers and percentages."""
    for month, name in ((9, "September 2025"), (10, "Oktober 2025")):
        write_month(book, book.add_worksheet(name), month)


def write_month(book: xlsxwriter.Workbook, sheet: Worksheet, month: int) -> None:
    """One month; its date stands in the sheet's name alone."""
    put_titles(book, sheet, "DATA CONTOH - Monitoring Kepesertaan Jamsostek Jawa Timur menurut Segmen")
    head, text, _, _ = styles(book)
    people = book.add_format({"num_format": "#,##0", "border": 1})
    rate = book.add_format({"num_format": "0.00%", "border": 1})
    headers = ["Kode", "Kabupaten/Kota", "Segmen", "Potensi TK", "Peserta Aktif", "Persentase"]
    sheet.write_row(2, 0, headers, head)
    row = 3
    for regency in REGENCIES:
        counts = with_total(figures_2025(regency, month))
        sheet.merge_range(row, 0, row + 3, 0, regency.code, text)
        sheet.merge_range(row, 1, row + 3, 1, regency.name, text)
        for segment, (eligible, active) in counts.items():
            sheet.write_string(row, 2, "Jumlah" if segment == "TOTAL" else segment, text)
            sheet.write_number(row, 3, eligible, people)
            sheet.write_number(row, 4, active, people)
            sheet.write_number(row, 5, round(active / eligible, 4), rate)
            row += 1
    sheet.write_string(row + 1, 0, "Sumber: DATA CONTOH, angka dibuat untuk latihan.")
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 5, 14)
    sheet.freeze_panes(3, 0)


def write_sidoarjo(book: xlsxwriter.Workbook) -> None:
    """A regency's own report of a date that the province reports too, counted a week later: a rival."""
    regency = next(regency for regency in REGENCIES if regency.code == "35.15")
    counts = {s: (eligible, active + 40 + active // 200) for s, (eligible, active) in figures_2025(regency, 10).items()}
    write_small(book, "Sidoarjo", [(regency, with_total(counts))],
                "DATA CONTOH - Cakupan UCJ Kabupaten Sidoarjo per 31 Oktober 2025")  # fmt: skip


def write_jember_revised(book: xlsxwriter.Workbook) -> None:
    """Three cells of the province's extract, put right by the province itself."""
    regency = next(regency for regency in REGENCIES if regency.code == "35.09")
    sheet = book.add_worksheet("Ralat")
    put_titles(book, sheet, "DATA CONTOH - RALAT Monitoring Kepesertaan Jamsostek per 31 Oktober 2025")
    head, text, _, _ = styles(book)
    people = book.add_format({"num_format": "#,##0", "border": 1})
    sheet.write_row(2, 0, ["Kabupaten/Kota", *(f"Peserta Aktif {segment}" for segment in SEGMENTS)], head)
    sheet.write_string(3, 0, regency.name, text)
    sheet.write_row(3, 1, [active + 1_000 for _, active in figures_2025(regency, 10).values()], people)
    sheet.set_column(0, 3, 24)


def write_draft(book: xlsxwriter.Workbook) -> None:
    """Figures of November that were sent by mistake: ten times too few members."""
    lines = []
    for regency in [regency for regency in REGENCIES if regency.code in ("35.01", "35.02", "35.03")]:
        counts = {s: (eligible, active // 10) for s, (eligible, active) in figures_2025(regency, 11).items()}
        lines.append((regency, with_total(counts)))
    write_small(
        book, "November 2025", lines, "DATA CONTOH - Monitoring Kepesertaan Jamsostek per 30 November 2025 (draf)"
    )


def write_small(book: xlsxwriter.Workbook, name: str, lines: list[tuple[Regency, Counts]], title: str) -> None:
    """A sheet with a few regencies, a segment a row."""
    sheet = book.add_worksheet(name)
    put_titles(book, sheet, title)
    head, text, _, _ = styles(book)
    people = book.add_format({"num_format": "#,##0", "border": 1})
    sheet.write_row(2, 0, ["Kabupaten/Kota", "Segmen", "Potensi TK", "Peserta Aktif"], head)
    rows = [(regency.name, segment, pair) for regency, counts in lines for segment, pair in counts.items()]
    for row, (regency_name, segment, pair) in enumerate(rows, start=3):
        sheet.write_row(row, 0, [regency_name, "Jumlah" if segment == "TOTAL" else segment], text)
        sheet.write_row(row, 2, pair, people)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 3, 14)


def write_employed(book: xlsxwriter.Workbook) -> None:
    """Employed people by regency, three years side by side, the province last: BPS's facts."""
    sheet = book.add_worksheet("Bekerja")
    put_titles(
        book,
        sheet,
        "DATA CONTOH (susunan contoh; angka BPS)",
        "Penduduk 15 Tahun ke Atas yang Bekerja Menurut Kabupaten/Kota di Jawa Timur, Agustus 2023-2025",
    )
    head, text, _, _ = styles(book)
    people = book.add_format({"num_format": "#,##0", "border": 1})
    sheet.write_row(3, 0, ["Kabupaten/Kota", "Bekerja 2023", "Bekerja 2024", "Bekerja 2025"], head)
    for row, regency in enumerate(REGENCIES, start=4):
        sheet.write_string(row, 0, regency.name, text)
        sheet.write_row(row, 1, regency.employed, people)
    last = 4 + len(REGENCIES)
    sheet.write_string(last, 0, "Jawa Timur", text)
    sheet.write_row(last, 1, [sum(r.employed[year] for r in REGENCIES) for year in range(3)], people)
    sheet.write_string(last + 2, 0, "Sumber: BPS, Survei Angkatan Kerja Nasional (Sakernas)")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 3, 14)


def write_faulty(book: xlsxwriter.Workbook) -> None:
    """Rows with one fault each, and two that are fine: what a refusal looks like."""
    sheet = book.add_worksheet("Cab Kediri")
    put_titles(
        book,
        sheet,
        "DATA CONTOH - berkas ini sengaja berisi kesalahan",
        "Laporan UCJ Kantor Cabang Kediri keadaan s.d. 30 November 2025",
    )
    head, text, _, _ = styles(book)
    people = book.add_format({"num_format": "#,##0", "border": 1})
    sheet.merge_range(3, 0, 4, 0, "Kabupaten/Kota", head)
    for place, segment in enumerate(SEGMENTS):
        sheet.merge_range(3, 1 + 2 * place, 3, 2 + 2 * place, segment, head)
        sheet.write_row(4, 1 + 2 * place, ["Potensi", "Peserta Aktif"], head)
    regencies = {regency.code: regency for regency in REGENCIES}
    for row, (code, name, faults) in enumerate(FAULTY_LINES, start=5):
        sheet.write_string(row, 0, name, text)
        counts = figures_2025(regencies[code], month=11)
        cells = [number for pair in counts.values() for number in pair]
        for column, number in enumerate(cells, start=1):
            cell = faults.get(column, number)
            if cell == "#DIV/0!":
                sheet.write_formula(row, column, "=B1/0", people, cell)
            else:
                sheet.write(row, column, cell, people)
    sheet.write_string(15, 0, "Keterangan: semua angka dibuat untuk latihan.")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 6, 15)


def write_plan_targets(book: xlsxwriter.Workbook) -> None:
    """A target a row: those in print, one of them with its years swapped, then a made-up one for each regency."""
    printed = read_rows("plan_targets.csv")
    made_up = [
        [regency.short_name, "UCJ", "RPJPD", "2025", plan_per_cent(total), "2045",
         f"{vary(regency, 'target', 78, 98):.2f}".replace(".", ","), "", "DATA CONTOH", ""]
        for regency in REGENCIES
        if regency.code != "35.03" and (total := with_total(figures_2025(regency, 10))["TOTAL"])
    ]  # fmt: skip
    province = add_up(with_total(figures_2025(regency, 10)) for regency in REGENCIES)["TOTAL"]
    made_up.append(
        ["Jawa Timur", "UCJ", "RPJPD", "2025", plan_per_cent(province), "2045", "95,00", "", "DATA CONTOH", ""]
    )
    put_rows(book, "Target", "DATA CONTOH - TARGET CAKUPAN JAMSOSTEK DALAM DOKUMEN RENCANA", [*printed, *made_up])


def plan_per_cent(count: tuple[int, int]) -> str:
    """A baseline as a plan prints it: "26,30"."""
    eligible, active = count
    return per_cent(active, eligible, 2).rstrip("%")


def write_iku_gresik(book: xlsxwriter.Workbook) -> None:
    """A table of the main indicators as an RPJMD prints it: years across, the regency in the title."""
    sheet = book.add_worksheet("IKU")
    put_titles(book, sheet, "DATA CONTOH - INDIKATOR KINERJA UTAMA", "RPJMD KABUPATEN GRESIK TAHUN 2025-2029")
    head, text, right, _ = styles(book)
    for column, name in ((0, "NO"), (1, "INDIKATOR"), (2, "SATUAN"), (3, "BASELINE 2024"), (10, "SUMBER DATA")):
        sheet.merge_range(3, column, 4, column, name, head)
    sheet.merge_range(3, 4, 3, 9, "TARGET TAHUN", head)
    sheet.write_row(4, 4, range(2025, 2031), head)
    sheet.write_row(5, 0, ["1", "Cakupan kepesertaan jaminan sosial ketenagakerjaan (%)", "%"], text)
    sheet.write_row(5, 3, ["52,52", "54,00", "56,00", "58,50", "61,00", "63,50", "66,00"], right)
    sheet.write_string(5, 10, "BPJS Ketenagakerjaan", text)
    sheet.set_column(1, 1, 48)


def write_published(book: xlsxwriter.Workbook) -> None:
    """What was printed about coverage, print by print."""
    rows = read_rows("published_figures.csv")
    put_rows(book, "Angka terbit", "DATA CONTOH - ANGKA CAKUPAN YANG TERBIT DI MEDIA", rows)


def write_assistance(book: xlsxwriter.Workbook) -> None:
    """What was printed about Trenggalek's contribution assistance: one year in two versions."""
    rows = read_rows("assistance.csv")
    put_rows(book, "Bantuan iuran", "DATA CONTOH - BANTUAN IURAN PEKERJA RENTAN YANG TERBIT DI MEDIA", rows)


def read_rows(name: str) -> list[list[str]]:
    """The rows of a list beside this file, header first."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def put_rows(book: xlsxwriter.Workbook, name: str, title: str, rows: list[list[str]]) -> None:
    """A sheet with a title and a list of texts, header first."""
    sheet = book.add_worksheet(name)
    put_titles(book, sheet, title)
    head, text, _, _ = styles(book)
    for number, row in enumerate(rows):
        sheet.write_row(number + 2, 0, row, text if number else head)
    sheet.set_column(0, len(rows[0]) - 1, 18)
    sheet.freeze_panes(3, 0)


def put_titles(book: xlsxwriter.Workbook, sheet: Worksheet, *titles: str) -> None:
    """Title rows from A1 down."""
    title = book.add_format({"bold": True, "font_size": 12})
    for row, words in enumerate(titles):
        sheet.write_string(row, 0, words, title)


def styles(book: xlsxwriter.Workbook) -> list[xlsxwriter.format.Format]:
    """Header, text, text set to the right, bold text."""
    return [
        book.add_format(settings | {"border": 1})
        for settings in (
            {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#DDEBF7"},
            {"valign": "top"},
            {"align": "right"},
            {"bold": True, "align": "right"},
        )
    ]


# --- the files -----------------------------------------------------------------------------------------


def utc(*moment: int) -> datetime:
    """A time in UTC."""
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]


HISTORY: list[Arrival | CorrectionsEdited | Withdrawal] = [
    Arrival("disnaker-jatim/UCJ Jatim per 13 Nov 2024 FINAL.xlsx",
            utc(2024, 11, 18, 1, 40), utc(2024, 11, 18, 2, 5), write_province_2024),
    Arrival("gresik/Capaian_UCJ_Kab_Gresik 21 Nop 2024.xlsx",
            utc(2024, 11, 22, 3, 12), utc(2024, 11, 25, 1, 30), write_gresik),
    Arrival("disnaker-jatim/Monitoring UCJ 2025_Sept-Okt FINAL fix.xlsx",
            utc(2025, 11, 4, 8, 55), utc(2025, 11, 5, 2, 20), write_province_2025),
    Arrival("sidoarjo/Cakupan UCJ Sidoarjo Okt 2025.xlsx",
            utc(2025, 11, 7, 6, 30), utc(2025, 11, 10, 1, 5), write_sidoarjo),
    Arrival("bappeda-jatim/Target RPJPD RPJMN.xlsx",
            utc(2025, 11, 10, 2, 5), utc(2025, 11, 10, 4, 0), write_plan_targets),
    Arrival("gresik/IKU RPJMD Gresik 2025-2029.xlsx",
            utc(2025, 11, 12, 6, 30), utc(2025, 11, 12, 7, 0), write_iku_gresik),
    Arrival("disnaker-jatim/RALAT Monitoring UCJ Okt 2025 Jember.xlsx",
            utc(2025, 11, 12, 7, 45), utc(2025, 11, 13, 2, 10), write_jember_revised),
    Arrival("kliping/Angka UCJ di media.xlsx",
            utc(2025, 11, 14, 1, 0), utc(2025, 11, 14, 1, 30), write_published),
    Arrival("kliping/Bantuan iuran Trenggalek di media.xlsx",
            utc(2025, 11, 14, 1, 10), utc(2025, 11, 14, 1, 40), write_assistance),
    Arrival("disnaker-jatim/UCJ Jatim per 13 Nov 2024 FINAL (2).xlsx",
            utc(2025, 11, 17, 3, 20), utc(2025, 11, 18, 1, 40), write_province_2024),
    Arrival("cabang-kediri/Lap UCJ Cab Kediri Nov 2025 (belum dicek).xlsx",
            utc(2025, 12, 3, 9, 27), utc(2025, 12, 4, 1, 15), write_faulty),
    Arrival("bps/Penduduk Bekerja Kab-Kota Jatim 2023-2025.xlsx",
            utc(2025, 12, 8, 4, 3), utc(2025, 12, 9, 3, 45), write_employed),
    CorrectionsEdited(utc(2025, 12, 10, 2, 30), (
        "Lap UCJ Cab Kediri Nov 2025 (belum dicek).xlsx;Cab Kediri;E10;-1624;1624;"
        "tanda minus salah ketik;telepon kantor cabang Kediri;operator contoh",
    )),
    Arrival("disnaker-jatim/Monitoring UCJ Nov 2025 (draf).xlsx",
            utc(2025, 12, 10, 8, 15), utc(2025, 12, 11, 1, 20), write_draft),
    Withdrawal("disnaker-jatim/Monitoring UCJ Nov 2025 (draf).xlsx",
               utc(2025, 12, 12, 1, 50), "draf, terkirim sebelum diperiksa"),
]  # fmt: skip
CORRECTIONS_HEADER = "extract;sheet;cell;expected;corrected;reason;source;who"


def workbook_bytes(write: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """A workbook whose bytes depend on nothing but its content.

    Packed again without compression: what zlib makes of the same bytes differs between its versions.
    """
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"title": "DATA CONTOH", "created": datetime(2024, 11, 1)})
    write(book)
    book.close()
    packed = io.BytesIO()
    with zipfile.ZipFile(memory) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name)  # dated 1980-01-01
            part.create_system = 0
            target.writestr(part, source.read(name))
    return packed.getvalue()


def write_sample(folder: Path) -> None:
    """Write inbox, receipts and corrections into a folder, one by one as they came; replaces what stood there."""
    for old in ("inbox", "received"):
        shutil.rmtree(folder / old, ignore_errors=True)
    receipts: list[Receipt] = []
    for event in HISTORY:
        if isinstance(event, Arrival):
            receipts += deliver(event, folder, receipts)
        elif isinstance(event, CorrectionsEdited):
            receipts += edit_corrections(event, folder, receipts)
        else:
            receipts.append(withdraw(event, receipts))


def deliver(arrival: Arrival, folder: Path, known: list[Receipt]) -> tuple[Receipt, ...]:
    """Put one workbook into the inbox and receive it, at the times that it is said to have."""
    path = folder / "inbox" / arrival.inbox_path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(workbook_bytes(arrival.write))
    set_time(path, arrival.saved_at)
    return receive(folder / "inbox", folder / "received", {}, known, clock=lambda: arrival.received_at).receipts


def edit_corrections(version: CorrectionsEdited, folder: Path, known: list[Receipt]) -> list[Receipt]:
    """Write corrections.csv and receive it."""
    path = folder / "corrections.csv"
    content = "".join(f"{line}\n" for line in (CORRECTIONS_HEADER, *version.lines)).encode()
    path.write_bytes(content)
    set_time(path, version.received_at)
    receipt = receive_version(path, content, "correction", folder / "received", known, lambda: version.received_at)
    return [receipt] if receipt else []


def withdraw(withdrawal: Withdrawal, known: list[Receipt]) -> Receipt:
    """Take an extract out."""
    (extract,) = (receipt for receipt in known if receipt.inbox_path == withdrawal.inbox_path)
    return write_withdrawal(extract, "withdrawn", withdrawal.reason, known, clock=lambda: withdrawal.received_at)


def set_time(path: Path, moment: datetime) -> None:
    """Say when a file was last saved: receipts keep it."""
    saved_ns = int(moment.timestamp()) * 1_000_000_000
    os.utime(path, ns=(saved_ns, saved_ns))


if __name__ == "__main__":
    write_sample(HERE)
