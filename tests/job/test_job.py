"""The whole job on real files: from an inbox to a published warehouse, again, and when something is wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.errors import NotPublished
from flows.job import run_job
from flows.settings import ROOT, Settings
from tests.conftest import coverage_rows

Put = Callable[..., Path]
TRENGGALEK = ("Kabupaten Trenggalek", 270622, 70470)
GRESIK = ("Kabupaten Gresik", 557575, 292858)


def ask(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_workbook_in_the_inbox_becomes_coverage_that_leads_back_to_its_cells(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK, GRESIK))
    summary = run_job(settings)
    assert summary.exit_code == 0
    assert ask(
        settings, "select region_code, as_of_date, segment, coverage_pct, source from mart.coverage order by 1"
    ) == [
        ("35.03", date(2024, 11, 13), "TOTAL", Decimal("26.04"), "provinsi"),
        ("35.25", date(2024, 11, 13), "TOTAL", Decimal("52.52"), "provinsi"),
    ]
    assert ask(
        settings,
        "select v.sheet, v.cell, v.raw_text from mart.coverage c join core.coverage_value v "
        "on c.active_members_value_id = v.value_id where c.region_code = '35.03'",
    ) == [("Rekap", "C4", "70470")]


def test_a_second_run_finds_nothing_new_and_reads_no_workbook(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    first = run_job(settings)
    again = run_job(settings)
    assert (again.new_files, again.read_files, again.release.is_new) == (0, 0, False)
    assert again.release.release_id == first.release.release_id


def test_a_run_with_nothing_new_imports_nothing_heavy(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    code = (
        "import sys\nfrom flows.cli import main\nsys.argv = ['ucj', 'run', '--direct', '--raw', sys.argv[1], '--warehouse', sys.argv[2]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print(sorted({'prefect', 'pandas', 'pandera', 'openpyxl', 'python_calamine', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, settings.raw, settings.warehouse],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


@pytest.mark.slow
def test_a_changed_reader_reads_old_and_refused_extracts_again(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/baik.xlsx", coverage_rows(TRENGGALEK))
    (settings.inbox / "kosong.xlsx").write_bytes(b"")
    first = run_job(settings)
    other_reader = replace(settings, read_seconds=settings.read_seconds + 1)
    again = run_job(other_reader)
    assert (again.new_files, again.read_files, again.refused_files) == (0, 2, 1)
    assert (again.release.content_hash, again.release.is_new) == (first.release.content_hash, False)
    assert run_job(other_reader).read_files == 0


def test_one_changed_file_is_the_only_one_read(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    path = put_workbook("gresik/b.xlsx", coverage_rows(GRESIK))
    run_job(settings)
    put_workbook("gresik/b.xlsx", coverage_rows(("Kabupaten Gresik", 557575, 300000)))
    os.utime(path, (2_000_000_000, 2_000_000_000))
    summary = run_job(settings)
    assert (summary.new_files, summary.read_files) == (1, 1)
    assert ask(settings, "select active_members from mart.coverage where region_code = '35.25'") == [(300000,)]


@pytest.mark.slow
def test_the_same_content_comes_back_after_the_warehouse_is_deleted_in_another_time_zone(
    settings: Settings, put_workbook: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK, GRESIK))
    put_workbook("gresik/b.xlsx", coverage_rows(("Gresik", 557575, 292000), date="21 November 2024"))
    first = run_job(settings)
    hashes = ask(settings, "select table_hashes from meta.release")
    shutil.rmtree(settings.warehouse)
    settings.warehouse.mkdir()
    code = (
        "import sys\nfrom pathlib import Path\nfrom flows.job import run_job\nfrom flows.settings import Settings\n"
        "if __name__ == '__main__':\n"
        "    print(run_job(Settings(raw=Path(sys.argv[1]), warehouse=Path(sys.argv[2]))).release.content_hash)\n"
    )
    script = settings.warehouse / "again.py"
    script.write_text(code)
    environment = os.environ | {"TZ": "America/New_York", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script, settings.raw, settings.warehouse],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert done.stdout.strip() == first.release.content_hash
    assert ask(settings, "select table_hashes from meta.release") == hashes


@pytest.mark.slow
def test_a_duplicate_is_a_receipt_and_makes_no_new_release(settings: Settings, put_workbook: Put) -> None:
    path = put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    first = run_job(settings)
    (settings.inbox / "provinsi" / "salinan.xlsx").write_bytes(path.read_bytes())
    second = run_job(settings)
    assert (second.duplicates, second.read_files, second.release.is_new) == (1, 0, False)
    assert second.release.release_id == first.release.release_id
    assert ask(settings, "select outcome from meta.receipt order by received_at") == [("new",), ("duplicate",)]


@pytest.mark.slow
def test_a_renamed_file_keeps_its_figures(settings: Settings, put_workbook: Put) -> None:
    path = put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    path.rename(path.with_name("apa saja.xlsx"))
    run_job(settings)
    assert ask(settings, "select count(*) from mart.coverage") == [(1,)]


def test_one_bad_workbook_costs_only_itself(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/baik.xlsx", coverage_rows(TRENGGALEK))
    (settings.inbox / "rusak.xlsx").write_bytes(b"PK\x03\x04 dan seterusnya")
    (settings.inbox / "kosong.xlsx").write_bytes(b"")
    (settings.inbox / "surat.xlsx").write_bytes(b"Dengan hormat, bersama ini kami kirimkan")
    summary = run_job(settings)
    assert (summary.exit_code, summary.refused_files) == (1, 3)
    assert ask(settings, "select count(*) from mart.coverage") == [(1,)]
    assert ask(settings, "select file_name, status, reason from meta.extract order by 1") == [
        ("baik.xlsx", "loaded", ""),
        ("kosong.xlsx", "refused", "empty_file"),
        ("rusak.xlsx", "refused", "damaged_file"),
        ("surat.xlsx", "refused", "not_a_workbook"),
    ]
    assert ask(settings, "select message from meta.finding where rule = 'not_a_workbook'") == [
        ("Isi berkas bukan buku kerja, walau namanya berakhir .xlsx. Kirim .xlsx, .xls, .xlsb, .ods atau .csv.",)
    ]


def test_a_worker_that_dies_costs_one_file(
    settings: Settings, put_workbook: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.read import pool

    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    put_workbook("provinsi/b.xlsx", coverage_rows(GRESIK))
    killer = settings.inbox / "provinsi" / "pembunuh.xlsx"
    killer.write_bytes(b"PK pembunuh")
    monkeypatch.setattr(pool, "read_group", die_on_the_killer)
    summary = run_job(settings)
    assert summary.refused_files == 1
    assert ask(settings, "select reason from meta.extract where file_name = 'pembunuh.xlsx'") == [("reader_stopped",)]
    assert ask(settings, "select count(*) from mart.coverage") == [(2,)]


def die_on_the_killer(jobs: Any) -> Any:
    from flows.read.pool import read_one

    if any("pembunuh" in job.file_name for job in jobs):
        os._exit(9)
    return [read_one(job) for job in jobs]


def test_what_a_killed_run_left_behind_is_cleared_away(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    (settings.warehouse / ".build-1.tmp").mkdir(parents=True)
    (settings.warehouse / ".build-1.duckdb").write_bytes(b"separuh")
    settings.received.mkdir()
    (settings.received / ".a.xlsx.part").write_bytes(b"separuh")
    run_job(settings)
    assert not [*settings.warehouse.glob(".*"), *settings.received.glob(".*")]


def test_verify_names_a_kept_copy_whose_bytes_changed(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings, verify=True)
    (kept,) = settings.received.glob("*.xlsx")
    kept.write_bytes(b"lain")
    with pytest.raises(NotPublished, match=f"{kept.name}: its bytes are no longer those of the receipt"):
        run_job(settings, verify=True)


@pytest.mark.slow
def test_who_holds_the_old_file_open_reads_on_undisturbed(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, settings.published], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    assert reader.stdout.readline() == "1\n"
    put_workbook("gresik/b.xlsx", coverage_rows(GRESIK))
    run_job(settings)
    reader.stdin.write("again\n")
    reader.stdin.close()
    assert reader.stdout.readline() == "1\n"
    assert reader.wait(30) == 0
    assert ask(settings, "select count(*) from mart.coverage") == [(2,)]


READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("select count(*) from mart.coverage").fetchone()[0], flush=True)
sys.stdin.readline()
print(connection.execute("select count(*) from mart.coverage").fetchone()[0], flush=True)
"""


@pytest.mark.slow
def test_a_loss_of_regions_stops_the_publish_until_it_is_accepted(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    put_workbook("gresik/b.xlsx", coverage_rows(GRESIK))
    first = run_job(settings)
    for path in settings.received.glob("*b.xlsx*"):
        path.unlink()
    (settings.inbox / "gresik" / "b.xlsx").unlink()
    settings.staging.unlink()
    with pytest.raises(NotPublished) as stopped:
        run_job(settings)
    message = str(stopped.value)
    assert "Nothing was published; the release before stays." in message
    assert "35.25 2024-11-13: was in the release before" in message
    assert ask(settings, "select release_id from meta.release") == [(first.release.release_id,)]
    digest = message.rpartition("--accept ")[2].strip()
    assert run_job(settings, accepted=[digest]).release.is_new
    assert ask(settings, "select audit, is_accepted from meta.audit_result where severity = 'error'") == [
        ("region_lost", True)
    ]
    assert not list(settings.warehouse.glob(".build-*"))


@pytest.mark.slow
def test_a_damaged_published_file_does_not_switch_off_the_guard_against_loss(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    put_workbook("gresik/b.xlsx", coverage_rows(GRESIK))
    run_job(settings)
    settings.published.unlink()  # the kept release is another link to the same bytes
    settings.published.write_bytes(b"no database")
    for path in (*settings.received.glob("*b.xlsx*"), settings.inbox / "gresik" / "b.xlsx", settings.staging):
        path.unlink()
    with pytest.raises(NotPublished, match=r"35\.25 2024-11-13: was in the release before"):
        run_job(settings)


def test_a_reviewed_rank_changes_which_source_is_in_force(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK, GRESIK))
    put_workbook("gresik/b.xlsx", coverage_rows(("Kabupaten Gresik", 557575, 300000)))
    run_job(settings)
    query = "select source, active_members from mart.coverage where region_code = '35.25'"
    assert ask(settings, query) == [("provinsi", 292858)]
    settings.source_ranks.write_text("source;basis;rank;reason\ngresik;;1;data sendiri\n")
    run_job(settings)
    assert ask(settings, query) == [("gresik", 300000)]
    assert ask(
        settings, "select rival_source, cast(rival_value as integer) from mart.rival where region_code = '35.25'"
    ) == [("provinsi", 292858)]


def test_source_ranks_that_cannot_be_read_stop_the_run_with_their_line(settings: Settings, put_workbook: Put) -> None:
    settings.source_ranks.write_text("source,basis,rank,reason\ngresik,,satu,uji\n")
    with pytest.raises(NotPublished, match=r"raw/sources\.csv, line 2: expected source,basis,rank,reason"):
        run_job(settings)
    settings.source_ranks.write_text("source,basis,rank,reason\ngresik,,1,uji\n")
    assert run_job(settings).exit_code == 0


def test_a_warning_of_an_audit_is_shown_and_stops_nothing(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    put_workbook("provinsi/b.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 200000), date="13 Desember 2024"))
    summary = run_job(settings)
    assert summary.audit_warnings == ("coverage_jump: 35.03 2024-12-13 TOTAL: 47.86 points since 2024-11-13",)
    allowed = replace(settings, jump_pct_points=50)
    assert run_job(allowed).audit_warnings == ()


def test_coverage_can_be_made_again_as_it_was_known_on_any_day(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    put_workbook("provinsi/b.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 80000)))
    run_job(settings)
    ((first, second),) = ask(settings, "select min(received_at), max(received_at) from meta.receipt")
    query = "select active_members from coverage_as_of('2024-12-31', '{}')"
    assert ask(settings, query.format(first)) == [(70470,)]
    assert ask(settings, query.format(second)) == [(80000,)]
    assert ask(settings, query.format("2024-01-01")) == []
    assert ask(settings, "select active_members from coverage_as_of('2024-11-12', '2100-01-01')") == []


def test_a_figure_that_no_head_count_can_be_is_refused_and_stops_nothing(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(("Kabupaten Trenggalek", 3599991234567890, 5), GRESIK))
    assert run_job(settings).partly_loaded_files == 1
    assert ask(settings, "select cell, rule from meta.finding") == [("B4", "more_than_a_regency")]
    assert ask(settings, "select region_code from mart.coverage where coverage_pct is not null") == [("35.25",)]


def test_a_jakon_coverage_of_any_size_is_published(settings: Settings, put_workbook: Put) -> None:
    rows = [
        ["UCJ per 13 November 2024"],
        [],
        ["Kabupaten/Kota", "Semesta JAKON", "Peserta Aktif JAKON"],
        ["Gresik", 1, 120000],
    ]
    put_workbook("provinsi/a.xlsx", rows)
    run_job(settings)
    assert ask(settings, "select coverage_pct from mart.coverage") == [(Decimal("12000000.00"),)]


def test_a_missing_kept_copy_stops_the_run_instead_of_losing_its_figures(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    (kept,) = settings.received.glob("*.xlsx")
    content = kept.read_bytes()
    kept.unlink()
    other_reader = replace(settings, read_seconds=settings.read_seconds + 1)
    with pytest.raises(NotPublished, match="Kept copies are missing or no longer what came"):
        run_job(other_reader)
    kept.write_bytes(content)
    assert run_job(other_reader).read_files == 1
