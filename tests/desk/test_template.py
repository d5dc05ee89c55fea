"""`ucj template`: what it makes for each kind, filled in, is read by the job without a finding."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from flows.check import check_files
from flows.job import run_job
from flows.report.write_template import make_template
from flows.settings import ROOT, Settings
from schemas.catalogue import all_kinds
from schemas.regions import read_regions
from tests.conftest import type_ucj

pytestmark = pytest.mark.slow

# What a person types, all made up: cells above the table, then by the row's region (or its number where no regions are
# filled in) what goes under each header. And what the warehouse must hold then.
Fill = tuple[dict[str, Any], dict[str, dict[str, Any]]]
FILLS: dict[str, Fill] = {
    "coverage": (
        {"Per tanggal": date(2025, 10, 31), "Basis": "KTP"},
        {
            "35.03": {
                "PU › Semesta (orang)": 90_000, "PU › Peserta aktif (orang)": 45_000, "PU › Cakupan (%)": 50,
                "BPU › Semesta (orang)": 160_000, "BPU › Peserta aktif (orang)": 16_000, "BPU › Cakupan (%)": 10,
                "JAKON › Semesta (orang)": 20_000, "JAKON › Peserta aktif (orang)": 15_000, "JAKON › Cakupan (%)": 75,
                "PMI › Semesta (orang)": 1_000, "PMI › Peserta aktif (orang)": 105, "PMI › Cakupan (%)": 10.5,
                "TOTAL › Semesta (orang)": 271_000, "TOTAL › Peserta aktif (orang)": 76_105, "TOTAL › Cakupan (%)": 28.08,
            },
            "35.78": {"PU › Semesta (orang)": 700_000, "PU › Peserta aktif (orang)": 500_001},
        },
    ),
    "assistance": (
        {},
        {
            "35.03": {"Tahun": 2025, "Kelompok penerima": "Petani", "Penerima (orang)": 1_000, "Jumlah bulan": 6,
                      "Bulan mulai": "Juli", "Anggaran (Rp)": 100_800_000, "Sumber dana": "DBHCHT", "Status": "Realisasi",
                      "Sumber": "Surat contoh"},
            "35.78": {"Tahun": 2026, "Anggaran (Rp)": 5_000_000_000, "Status": "Rencana", "Sumber": "Koran contoh"},
        },
    ),
    "labour_force": (
        {},
        {
            "35.03": {"Tahun": 2025, "Bulan survei": "Agustus", "Bekerja (orang)": 400_000, "Pengangguran (orang)": 16_000,
                      "Angkatan kerja (orang)": 416_000, "TPT (%)": 3.85, "TPAK (%)": 72.1},
            "35.78": {"Tahun": 2024, "Bulan survei": "Februari", "Bekerja (orang)": 1_500_000},
        },
    ),
    "plan_target": (
        {},
        {
            "35.03": {"Indikator": "TOTAL", "Dokumen": "RPJPD", "Tahun baseline": 2025, "Baseline (%)": 26.04,
                      "Tahun target": 2045, "Target (%)": 99.5, "Urutan sumber": 1, "Sumber": "Perda contoh",
                      "Dasar hukum": "Perda 1/2025"},
            "35.78": {"Indikator": "JAKON", "Dokumen": "Kemendagri", "Tahun baseline": 2024, "Baseline (%)": 40,
                      "Tahun target": 2026, "Target (%)": 43.92, "Sumber": "Surat contoh"},
        },
    ),
    "published_figure": (
        {},
        {
            "35.03": {"Peristiwa": "Rapat contoh", "Tanggal": date(2024, 11, 13), "Jenis angka": "Capaian", "Segmen": "PU",
                      "Persentase (%)": 43.2, "Peserta (orang)": 38_595, "Semesta (orang)": 89_340, "Sumber": "Koran contoh"},
            "35.78": {"Bagian wilayah": "Surabaya Darmo", "Peristiwa": "Rapat contoh", "Tanggal": date(2024, 11, 13),
                      "Jenis angka": "Target", "Tahun angka": 2026, "Segmen": "TOTAL", "Persentase (%)": 60.5,
                      "Sumber": "Koran contoh"},
        },
    ),
    "villages": (
        {},
        {
            "first row": {"Kode desa/kelurahan": "35.03.99.2001", "Desa/Kelurahan": "Contoh", "Jenis": "Desa",
                          "Kecamatan": "Contohrejo"},
            "second row": {"Kode desa/kelurahan": "35.03.99.1002", "Desa/Kelurahan": "Misal", "Jenis": "Kelurahan",
                           "Kecamatan": "Contohrejo"},
        },
    ),
}  # fmt: skip
QUERIES = {
    "villages": "select village_code, name, kind, district_name from core.village where extract_id is not null "
    "order by village_code",
    "assistance": "select region_code, year, recipient_group, recipients, months, first_month, budget_rupiah, fund, status, "
    "cited_source from core.assistance order by region_code",
    "coverage": "select region_code, segment, measure, cast(value as double), cast(as_of_date as varchar), basis "
    "from core.coverage_value order by region_code, value",
    "labour_force": "select region_code, year, survey_month, measure, cast(value as double) "
    "from core.labour_force_value order by region_code, value",
    "plan_target": "select region_code, segment, document, baseline_year, cast(baseline_pct as double), target_year, "
    "cast(target_pct as double), rank, cited_source, legal_basis from core.plan_target order by region_code",
    "published_figure": "select place, region_code, area, event, cast(stated_on as varchar), figure, year, segment, "
    "cast(coverage_pct as double), active_members, eligible_workers, cited_source from core.published_figure order by region_code",
}
_DAY = ("2025-10-31", "ktp")
EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "villages": [
        ("35.03.99.1002", "Misal", "kelurahan", "Contohrejo"), ("35.03.99.2001", "Contoh", "desa", "Contohrejo"),
    ],
    "assistance": [
        ("35.03", 2025, "Petani", 1_000, 6, 7, 100_800_000, "DBHCHT", "realised", "Surat contoh"),
        ("35.78", 2026, None, None, None, None, 5_000_000_000, "unstated", "planned", "Koran contoh"),
    ],
    "coverage": [
        ("35.03", "BPU", "reported_coverage_pct", 10.0, *_DAY), ("35.03", "PMI", "reported_coverage_pct", 10.5, *_DAY),
        ("35.03", "TOTAL", "reported_coverage_pct", 28.08, *_DAY), ("35.03", "PU", "reported_coverage_pct", 50.0, *_DAY),
        ("35.03", "JAKON", "reported_coverage_pct", 75.0, *_DAY), ("35.03", "PMI", "active_members", 105.0, *_DAY),
        ("35.03", "PMI", "eligible_workers", 1_000.0, *_DAY), ("35.03", "JAKON", "active_members", 15_000.0, *_DAY),
        ("35.03", "BPU", "active_members", 16_000.0, *_DAY), ("35.03", "JAKON", "eligible_workers", 20_000.0, *_DAY),
        ("35.03", "PU", "active_members", 45_000.0, *_DAY), ("35.03", "TOTAL", "active_members", 76_105.0, *_DAY),
        ("35.03", "PU", "eligible_workers", 90_000.0, *_DAY), ("35.03", "BPU", "eligible_workers", 160_000.0, *_DAY),
        ("35.03", "TOTAL", "eligible_workers", 271_000.0, *_DAY), ("35.78", "PU", "active_members", 500_001.0, *_DAY),
        ("35.78", "PU", "eligible_workers", 700_000.0, *_DAY),
    ],
    "labour_force": [
        ("35.03", 2025, "august", "unemployment_rate_pct", 3.85), ("35.03", 2025, "august", "participation_rate_pct", 72.1),
        ("35.03", 2025, "august", "unemployed_people", 16_000.0), ("35.03", 2025, "august", "employed_people", 400_000.0),
        ("35.03", 2025, "august", "labour_force_people", 416_000.0),
        ("35.78", 2024, "february", "employed_people", 1_500_000.0),
    ],
    "plan_target": [
        ("35.03", "TOTAL", "RPJPD", 2025, 26.04, 2045, 99.5, 1, "Perda contoh", "Perda 1/2025"),
        ("35.78", "JAKON", "Kemendagri", 2024, 40.0, 2026, 43.92, None, "Surat contoh", ""),
    ],
    "published_figure": [
        ("Kabupaten Trenggalek", "35.03", None, "Rapat contoh", "2024-11-13", "measured", None, "PU", 43.2, 38_595, 89_340,
         "Koran contoh"),
        ("Kota Surabaya", "35.78", "Surabaya Darmo", "Rapat contoh", "2024-11-13", "target", 2026, "TOTAL", 60.5, None, None,
         "Koran contoh"),
    ],
}  # fmt: skip
KINDS = sorted(all_kinds().by_name())


def make(folder: Path, kind: str, region: str = "") -> Path:
    return Path(make_template(kind, region, folder, "id").splitlines()[0])


def headers_of(page: Any) -> tuple[int, dict[str, int]]:
    """The last header row and the column of each header, "PU › Semesta (orang)" where it stands in a group."""
    top = next(row for row in range(2, 9) if page.cell(row, 1).value in ("Kode", "Tempat", "Kode desa/kelurahan"))
    has_groups = any(area.min_row == top for area in page.merged_cells.ranges)
    found, group = {}, ""
    for column in range(1, page.max_column + 1):
        upper, lower = page.cell(top, column).value, page.cell(top + 1, column).value if has_groups else None
        group = upper or group
        found[f"{group} › {lower}" if lower else upper] = column
    return top + has_groups, found


def fill(path: Path, of_kind: Fill) -> None:
    above, rows = of_kind
    book = openpyxl.load_workbook(path)
    page = book["Isian"]
    for row in range(1, 6):
        if page.cell(row, 1).value in above:
            page.cell(row, 2).value = above[page.cell(row, 1).value]
    header, columns = headers_of(page)
    if code := columns.get("Kode") or columns.get("Kode wilayah"):
        places = {page.cell(row, code).value: row for row in range(header + 1, page.max_row + 1)}
    else:  # its rows are no regions
        places = {row: header + number for number, row in enumerate(rows, start=1)}
    for region, typed in rows.items():
        for name, value in typed.items():
            page.cell(places[region], columns[name]).value = value
    book.save(path)


def test_every_kind_is_tested_here() -> None:
    assert sorted(FILLS) == sorted(QUERIES) == sorted(EXPECTED) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_filled_in_is_read_without_a_finding_and_with_its_values(kind: str, settings: Settings) -> None:
    path = make(settings.inbox / "kantor", kind, "35")
    fill(path, FILLS[kind])
    (checked,) = check_files([path], settings, read_regions())
    assert [(finding.rule, finding.cell, finding.raw_text) for finding in checked.findings] == []
    assert checked.status == "loaded"
    assert run_job(settings).exit_code == 0
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        assert connection.execute(QUERIES[kind]).fetchall() == EXPECTED[kind]
        assert connection.execute("select rule, raw_text from meta.finding").fetchall() == []


def test_a_province_fills_the_rows_with_its_regencies(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(make(tmp_path, "coverage", "Jawa Timur"))["Isian"]
    rows = list(page.iter_rows(min_row=7, max_col=2, values_only=True))
    assert page["A1"].value == "Cakupan kepesertaan (UCJ) - Jawa Timur"
    assert (len(rows), rows[0], rows[2], rows[-1]) == (
        38, ("35.01", "Kabupaten Pacitan"), ("35.03", "Kabupaten Trenggalek"), ("35.79", "Kota Batu"),
    )  # fmt: skip
    assert [page.cell(5, column).value for column in (1, 2, 3, 6)] == ["Kode", "Kabupaten/kota", "PU", "BPU"]


def test_a_regency_fills_one_row_and_the_nation_its_provinces(tmp_path: Path) -> None:
    one = openpyxl.load_workbook(make(tmp_path, "plan_target", "Trenggalek"))["Isian"]
    assert [one.cell(row, 2).value for row in (4, 5)] == ["Kabupaten Trenggalek", None]
    nation = openpyxl.load_workbook(make(tmp_path, "plan_target", "00"))["Isian"]
    assert [nation.cell(row, 2).value for row in (4, 41, 42)] == ["Aceh", "Papua Barat Daya", None]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "villages"])
def test_without_a_region_the_rows_are_empty_and_can_be_filled_by_name(kind: str, settings: Settings) -> None:
    path = make(settings.inbox / "kantor", kind)
    book = openpyxl.load_workbook(path)
    header, columns = headers_of(book["Isian"])
    name = next(columns[word] for word in ("Kabupaten/kota", "Daerah", "Tempat") if word in columns)
    code = columns.get("Kode") or columns["Kode wilayah"]
    for row, (region, place) in enumerate((("35.03", "Kab. Trenggalek"), ("35.78", "Kota Surabaya")), start=header + 1):
        assert book["Isian"].cell(row, name).value is None
        book["Isian"].cell(row, name).value, book["Isian"].cell(row, code).value = place, region
    book.save(path)
    fill(path, FILLS[kind])
    (checked,) = check_files([path], settings, read_regions())
    assert [(finding.rule, finding.cell, finding.raw_text) for finding in checked.findings] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_left_empty_loads_nothing_of_its_example(kind: str, settings: Settings) -> None:
    (checked,) = check_files([make(settings.inbox, kind, "35")], settings, read_regions())
    assert (checked.status, checked.loaded) == ("refused", 0)
    notes = checked.sheets[1]
    assert (notes.sheet, notes.cells, dict(notes.furniture_rules)) == (
        "Petunjuk",
        notes.cells,
        {"notes_sheet": notes.cells},
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_and_every_number_is_checked_as_it_is_typed(kind: str, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(make(tmp_path, kind, "35"))["Isian"]
    header, columns = headers_of(page)
    checks = {
        next(iter(rule.sqref.ranges)).min_col: rule
        for rule in page.data_validations.dataValidation if next(iter(rule.sqref.ranges)).min_row > header
    }  # fmt: skip
    for name, column in columns.items():
        if name.endswith(("(orang)", "(%)", "(Rp)")) or name.startswith("Tahun"):
            assert checks[column].type in ("whole", "decimal"), name
    lists = {
        name: checks[column].formula1
        for name, column in columns.items()
        if column in checks and checks[column].type == "list"
    }
    segments = '"PU,BPU,JAKON,PMI,TOTAL"'
    assert lists == {
        "assistance": {
            "Bulan mulai": '"Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,November,Desember"',
            "Sumber dana": '"APBD,APBN,DBHCHT,Dana Desa,CSR,Baznas"', "Status": '"Rencana,Realisasi"',
        },
        "coverage": {},
        "labour_force": {"Bulan survei": '"Februari,Agustus"'},
        "plan_target": {"Indikator": segments, "Dokumen": '"RPJPN,RPJPD,RPJMN,RPJMD,Kemendagri"'},
        "published_figure": {"Jenis angka": '"Capaian,Baseline,Target"', "Segmen": segments},
        "villages": {"Jenis": '"Desa,Kelurahan"'},
    }[kind]  # fmt: skip


def test_the_day_and_the_basis_of_coverage_stand_above_the_table(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(make(tmp_path, "coverage", "35"))["Isian"]
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in page.data_validations.dataValidation}
    assert [page.cell(row, 1).value for row in (2, 3)] == ["Per tanggal", "Basis"]
    assert rules["B2"][0] == "date"
    assert rules["B3"] == ("list", '"KTP,Tempat kerja"')


def test_the_notes_explain_every_column_in_bahasa_indonesia(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(make(tmp_path, "plan_target"))["Petunjuk"]
    rows = list(page.iter_rows(max_col=5, values_only=True))
    assert rows[0] == ("Kolom", "Satuan", "Pengisian", "Isi", "Contoh pengisian")
    assert rows[6] == ("Baseline", "%", "wajib", "persen dari 100: 43,2, bukan 0,432", "43,2")
    assert rows[9] == ("Urutan sumber", None, "boleh kosong", "bilangan bulat", "1")
    assert rows[13][0] == "Isi lembar pertama saja; lembar ini tidak dibaca. Contoh di atas bukan data."


def test_a_row_with_nothing_but_its_region_is_no_fault_and_a_half_filled_one_is(settings: Settings) -> None:
    path = make(settings.inbox, "plan_target", "35")
    above, rows = FILLS["plan_target"]
    half = {"35.02": {"Indikator": "TOTAL", "Dokumen": "RPJPD"}}
    fill(path, (above, rows | half))
    (checked,) = check_files([path], settings, read_regions())
    assert {finding.cell[1:] for finding in checked.findings} == {"5"}
    assert checked.sheets[0].furniture_rules["unfilled"] == 2 * 35


def test_the_same_bytes_come_out_everywhere(tmp_path: Path) -> None:
    made = []
    for zone, seed in (("Asia/Jakarta", "1"), ("America/New_York", "2")):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "flows.cli", "template", "coverage", "--region", "35", "--out", str(folder)]
        subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed}
        )
        made.append((folder / "template_coverage_35.xlsx").read_bytes())
    assert made[0] == made[1]


def ask_desk(*words: str) -> tuple[int, str, str]:
    done = type_ucj(*words)
    return done.returncode, done.stdout, done.stderr


def test_an_unknown_kind_leaves_with_2_and_names_those_that_are_known() -> None:
    known = ", ".join(KINDS)
    assert ask_desk("template", "cakupan") == (2, "", f"cakupan: jenis data ini tidak dikenal. Pilih: {known}.\n")
    assert ask_desk("template", "cakupan", "--lang", "en") == (
        2,
        "",
        f"cakupan is no known kind of extract. Choose: {known}.\n",
    )


def test_an_unknown_region_leaves_with_2(tmp_path: Path) -> None:
    code, out, says = ask_desk("template", "coverage", "--region", "Kediri", "--out", str(tmp_path))
    assert (code, out) == (2, "")
    assert says.startswith('"Kediri" bisa berarti 35.06 Kabupaten Kediri atau 35.71 Kota Kediri.')
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_may_be_filled_in_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "template_coverage_35.xlsx"
    path.write_bytes(b"diisi")
    done = ask_desk("template", "coverage", "--region", "35", "--out", str(tmp_path))
    assert done == (
        2, "", f"{path}: sudah ada, mungkin sudah diisi. Pindahkan berkas itu, atau pilih folder lain dengan --out.\n"
    )  # fmt: skip
    assert path.read_bytes() == b"diisi"


def test_the_command_says_where_the_workbook_is_and_what_comes_next(tmp_path: Path) -> None:
    assert ask_desk("template", "plan_target", "--out", str(tmp_path)) == (
        0, f"{tmp_path / 'template_plan_target.xlsx'}\n"
        "Isi, periksa dengan `ucj check`, lalu taruh di raw/inbox/NAMA-KANTOR/ dan jalankan `ucj run`.\n", ""
    )  # fmt: skip
