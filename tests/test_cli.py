"""The command line: help with an example for every command, exit codes, and what is printed where."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.publish.lock import hold_lock
from flows.settings import ROOT, Settings
from tests.conftest import coverage_rows, ucj

Put = Callable[..., Path]
COMMANDS = sorted(
    [command.callback.__name__ for command in app.registered_commands if command.callback]
    + [group.name for group in app.registered_groups if group.name]
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert "Example:" in done.output
    assert "ucj " + command in done.output


def test_help_lists_the_commands() -> None:
    done = CliRunner().invoke(app, ["--help"])
    assert all(command in done.output for command in COMMANDS)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, flows.cli\ntry:\n    flows.cli.app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'prefect', 'pandas', 'pandera', 'duckdb', 'openpyxl', 'python_calamine', 'numpy', 'jinja2', 'docx', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_run_prints_the_table_in_indonesian_numbers_and_where_the_file_lies(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    done = ucj(settings, "run", "--direct")
    assert done.returncode == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("Kabupaten Trenggalek"))
    assert row.split() == ["Kabupaten", "Trenggalek", "2024-11-13", "–", "–", "–", "26,04", "70.470", "270.622"]
    assert f"ada di {settings.published}" in done.stdout
    assert "1 berkas baru, 0 kiriman ulang, 1 dibaca, 0 ditolak, 0 sebagian." in done.stdout


@pytest.mark.slow
def test_a_run_in_english(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    done = ucj(settings, "run", "--direct", "--lang", "en")
    row = next(line for line in done.stdout.splitlines() if line.startswith("Kabupaten Trenggalek"))
    assert row.split()[-3:] == ["26.04", "70,470", "270,622"]


def test_a_refused_cell_is_named_with_file_sheet_cell_and_what_to_do(settings: Settings, put_workbook: Put) -> None:
    put_workbook(
        "provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, "belum ada"), ("Kabupaten Gresik", 10, 5))
    )
    done = ucj(settings, "run", "--direct")
    assert done.returncode == 1
    assert (
        'UCJ.xlsx, lembar "Rekap", sel C4: "belum ada" diharapkan angka; kolom ini "Peserta Aktif". '
        "Perbaiki sel itu, lalu kirim ulang."
    ) in done.stdout
    assert "Kabupaten Gresik" in done.stdout


@pytest.mark.slow
def test_a_correction_that_is_not_used_is_named_with_its_row_and_leaves_with_1(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    settings.corrections.write_text(
        "extract;sheet;cell;expected;corrected;reason;source;who\nUCJ.xlsx;Rekap;C4;70740;70407;angka tertukar;;Sari\n"
    )
    done = ucj(settings, "run", "--direct")
    assert done.returncode == 1
    assert (
        'raw/corrections.csv, baris 2, UCJ.xlsx, lembar "Rekap", sel C4: Sel itu berisi "70470", bukan "70740"; koreksi ini '
        "tidak dipakai. Periksa selnya, lalu perbaiki kolom expected atau hapus baris ini."
    ) in done.stdout
    settings.corrections.write_text("extract;sheet\n")
    done = ucj(settings, "run", "--direct", "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.startswith("corrections.csv: not received: expected the columns extract,sheet,cell,")


def test_nothing_new_is_one_sentence(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    release = json.loads(ucj(settings, "run", "--direct", "--json").stdout)["release"]
    done = ucj(settings, "run", "--direct")
    assert (done.returncode, done.stdout) == (0, f"Tidak ada berkas baru; rilis {release} tetap berlaku.\n")


@pytest.mark.slow
def test_json_is_for_programs(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    done = json.loads(ucj(settings, "run", "--direct", "--json").stdout)
    assert (done["is_new_release"], done["new_files"], done["read_files"]) == (True, 1, 1)


def test_a_second_run_leaves_with_3_and_says_who_holds_the_lock(settings: Settings) -> None:
    with hold_lock(settings.lock):
        done = ucj(settings, "run", "--direct")
    assert done.returncode == 3
    assert done.stderr.startswith("Another run is at work (process ")
    assert "Traceback" not in done.stderr


def test_a_setting_that_cannot_be_taken_leaves_with_2(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UCJ_WORKERS", "dua")
    done = ucj(settings, "run", "--direct")
    assert (done.returncode, done.stderr) == (2, "UCJ_WORKERS: expected int, found 'dua'\n")


def test_published_without_a_warehouse_leaves_with_3(settings: Settings) -> None:
    done = ucj(settings, "published", "Trenggalek")
    assert (done.returncode, done.stdout, done.stderr) == (
        3,
        "",
        f"Di {settings.published} tidak ada gudang data yang memuat angka terbit. Jalankan `ucj run` dahulu.\n",
    )


def test_a_region_that_could_be_two_leaves_with_2(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    ucj(settings, "run", "--direct")
    done = ucj(settings, "published", "Kediri", "--lang", "en")
    assert (done.returncode, done.stderr) == (
        2,
        '"Kediri" could be 35.06 Kabupaten Kediri or 35.71 Kota Kediri. '
        "Write its code, or its name with Kabupaten, Kota or Provinsi.\n",
    )


def test_an_unknown_option_leaves_with_2() -> None:
    assert CliRunner().invoke(app, ["run", "--cepat"]).exit_code == 2
    assert CliRunner().invoke(app, ["run", "--lang", "jv"]).exit_code == 2


def test_the_readme_names_every_command() -> None:
    for name in ("README.md", "README.id.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert all(f"`ucj {command}" in text for command in COMMANDS), name
