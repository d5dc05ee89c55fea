"""Lists of contribution assistance: what is read from them, and which cell refuses a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.messages import message_of
from tests.read.builder import judge, read_rows

HEADER = ["No", "Kabupaten/Kota", "Tahun", "Kelompok penerima", "Jumlah penerima (orang)", "Bulan", "Bulan mulai",
          "Anggaran (Rp)", "Sumber dana", "Status", "Sumber"]  # fmt: skip
NAMES = ["region_code", "year", "recipient_group", "recipients", "months", "first_month", "budget_rupiah", "fund", "status",
         "cited_source"]  # fmt: skip
GOOD = [1, "Kab. Trenggalek", 2023, "petani", 5600, 3, "Oktober", 365_600_000, "DBHCHT", "Realisasi", "Disnaker"]


def loaded(path: Path, *rows: list[Any]) -> list[tuple[Any, ...]]:
    """What is loaded, in the order of NAMES; what is not printed as None."""
    frame = judge(read_rows(path, list(rows))).records["assistance"]
    if frame.empty:
        return []
    frame = frame[NAMES].astype(object)
    return [tuple(row) for row in frame.where(frame.notna(), None).itertuples(index=False)]


def said(path: Path, *rows: list[Any], lang: str = "id") -> list[str]:
    """The findings, each with its cell."""
    found = judge(read_rows(path, list(rows))).findings["x"]
    return [f"{finding.cell}: {message_of(finding, lang)}" for finding in found]


def changed(**cells: Any) -> list[Any]:
    """The good row with other cells, by letter."""
    return [cells.get(letter, cell) for letter, cell in zip("ABCDEFGHIJK", GOOD, strict=True)]


def test_a_list_of_programmes_is_read_row_by_row(tmp_path: Path) -> None:
    typed = [
        2,
        "Kota Kediri",
        "2026",
        None,
        "1.250 orang",
        "10 bulan",
        None,
        "Rp 210.000.000,-",
        "APBD",
        "rencana",
        "Bappeda",
    ]
    assert loaded(tmp_path, ["BANTUAN IURAN"], [], HEADER, GOOD, typed) == [
        ("35.03", 2023, "petani", 5600, 3, "10", 365_600_000, "DBHCHT", "realised", "Disnaker"),
        ("35.71", 2026, "", 1250, 10, "", 210_000_000, "APBD", "planned", "Bappeda"),
    ]


def test_region_fund_and_status_may_stand_in_the_title_alone(tmp_path: Path) -> None:
    title = ["REALISASI BANTUAN IURAN KABUPATEN TRENGGALEK DARI DBHCHT"]
    header = ["Tahun", "Jumlah penerima", "Lama (bulan)", "Pagu", "Sumber"]
    assert loaded(tmp_path, title, header, [2023, 5600, 3, 365_600_000, "Disnaker"]) == [
        ("35.03", 2023, "", 5600, 3, "", 365_600_000, "DBHCHT", "realised", "Disnaker")
    ]


def test_what_a_source_does_not_print_stays_empty(tmp_path: Path) -> None:
    rows = [changed(E=None, F="-", G=None, I=None), changed(H=None, K="koran"), changed(F=None, G=None, K="radio")]
    assert loaded(tmp_path, HEADER, *rows) == [
        ("35.03", 2023, "petani", None, None, "", 365_600_000, "unstated", "realised", "Disnaker"),
        ("35.03", 2023, "petani", 5600, 3, "10", None, "DBHCHT", "realised", "koran"),
        ("35.03", 2023, "petani", 5600, None, "", 365_600_000, "DBHCHT", "realised", "radio"),
    ]


def test_two_sources_with_different_values_for_one_year_are_both_kept_and_one_source_s_are_refused(
    tmp_path: Path,
) -> None:
    assert [row[3] for row in loaded(tmp_path, HEADER, GOOD, changed(E=10_000, K="koran"))] == [5600, 10_000]
    assert loaded(tmp_path, HEADER, GOOD, changed(E=10_000)) == []
    assert said(tmp_path, HEADER, GOOD, changed(E=10_000)) == [
        "E2: Dua baris untuk hal yang sama berisi angka berbeda: 5600 di sini, yang lain di E3. Keduanya tidak dimuat; "
        "hapus salah satu.",
        "E3: Dua baris untuk hal yang sama berisi angka berbeda: 10000 di sini, yang lain di E2. Keduanya tidak dimuat; "
        "hapus salah satu.",
    ]


@pytest.mark.parametrize(
    ("cells", "indonesian", "english"),
    [
        (
            {"F": 13, "G": None},
            'F2: "13" bukan jumlah bulan dari 1 sampai 12; baris ini tidak dimuat. Perbaiki sel itu, lalu kirim ulang.',
            'F2: "13" is no number of months from 1 to 12; this row is not loaded. Mend the cell and send again.',
        ),
        (
            {"F": 0, "G": None},
            'F2: "0" bukan jumlah bulan dari 1 sampai 12; baris ini tidak dimuat. Perbaiki sel itu, lalu kirim ulang.',
            'F2: "0" is no number of months from 1 to 12; this row is not loaded. Mend the cell and send again.',
        ),
        (
            {"F": 4},
            "F2: 4 bulan mulai bulan 10 melewati Desember; baris ini tidak dimuat. Periksa keduanya, atau tulis satu baris "
            "untuk setiap tahun.",
            "F2: 4 months from month 10 on go past December; this row is not loaded. Check both, or write one row a year.",
        ),
        (
            {"E": 5.615},
            'E2: "5.615" bukan bilangan bulat; Penerima dihitung per orang. Maksudnya 5.615? Perbaiki, lalu kirim ulang.',
            'E2: "5.615" is not whole; Penerima counts people. Did you mean 5,615? Mend the cell and send again.',
        ),
        (
            {"H": -1},
            'H2: "-1" negatif; Anggaran tidak mungkin di bawah nol. Perbaiki sel itu, lalu kirim ulang.',
            'H2: "-1" is negative; Anggaran cannot be below zero. Mend the cell and send again.',
        ),
        (
            {"H": "365,6"},
            'H2: "365,6" bukan rupiah penuh (Anggaran); baris ini tidak dimuat. Tulis dalam rupiah, bukan juta atau miliar.',
            'H2: "365,6" is not whole rupiah (Anggaran); this row is not loaded. Write rupiah, not millions or billions.',
        ),
        (
            {"H": "10.000.000.000.000.000"},
            'H2: "10.000.000.000.000.000" lebih banyak dari belanja negara setahun (Anggaran); baris ini tidak dimuat. Periksa '
            "satuannya.",
            'H2: "10.000.000.000.000.000" is more than the state spends in a year (Anggaran); this row is not loaded. Check its '
            "unit.",
        ),
        (
            {"E": None, "H": None},
            "F2: Baris ini tidak berisi penerima atau anggaran; tidak dimuat. Isi salah satunya, lalu kirim ulang.",
            "F2: This row holds neither recipients nor a budget; it is not loaded. Fill in one of them and send again.",
        ),
        (
            {"J": None},
            "J2: Status tidak terisi; baris ini tidak dimuat. Isi selnya, lalu kirim ulang.",
            "J2: Status is not filled in; this row is not loaded. Fill it in and send again.",
        ),
    ],
)
def test_a_cell_that_cannot_be_so_refuses_its_row(
    tmp_path: Path, cells: dict[str, Any], indonesian: str, english: str
) -> None:
    assert loaded(tmp_path, HEADER, changed(**cells), changed(K="koran"))[0][-1] == "koran"
    assert said(tmp_path, HEADER, changed(**cells)) == [indonesian]
    assert said(tmp_path, HEADER, changed(**cells), lang="en") == [english]


def test_a_table_of_members_by_year_is_never_taken_for_assistance(tmp_path: Path) -> None:
    header = ["Kabupaten/Kota", "Tahun", "Segmen", "Semesta", "Peserta", "Sumber"]
    seen = read_rows(tmp_path, [["UCJ"], header, ["Trenggalek", "2024", "PU", 89340, 38595, "BPJS"]])
    assert [records.kind for records in seen.reading.records] == []
