"""What moved from release to release and why: meta.change, on real files through the whole job."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import job
from flows.errors import NotPublished
from flows.job import run_job
from flows.nightly import as_markdown
from flows.publish.releases import restore_release, resume_releases
from flows.settings import ROOT, Settings
from flows.trace.changes import list_changes
from flows.withdraw import bring_back, withdraw
from tests.conftest import coverage_rows, ucj

Put = Callable[..., Path]
DAY = "2024-11-13"
HEADER = "extract;sheet;cell;expected;corrected;reason;source;who"


def ask(settings: Settings, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(query, values).fetchall()


def moves(settings: Settings, column: str = "active_members", region: str = "35.03") -> list[tuple[Any, ...]]:
    """The moves of one column of a region: old, new, cause, and the file or the code behind it."""
    query = """
        select cast(old_value as varchar), cast(new_value as varchar), cause, coalesce(r.file_name, caused_by)
        from meta.change left join meta.receipt r on r.receipt_id = caused_by
        where column_name = ? and region_code = ? order by key, move_no
    """
    return ask(settings, query, column, region)


def correct(settings: Settings, *lines: str) -> None:
    settings.corrections.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


@pytest.fixture
def first(settings: Settings, put_workbook: Put) -> Settings:
    """One release: Trenggalek, 100 of 1000."""
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 100)))
    run_job(settings)
    return settings


def read_with_other_code(monkeypatch: pytest.MonkeyPatch, factor: int = 2) -> None:
    """Another version of the reader, which sees every count of active members as twice as large."""
    from flows import validate

    real = validate.validate

    def twice(readings: Any, regions: Any) -> Any:
        validated = real(readings, regions)
        for cells in validated.cells.values():
            if "measure" in cells:
                cells.loc[cells["measure"].astype(str) == "active_members", "value"] *= factor
        return validated

    monkeypatch.setattr(validate, "validate", twice)
    monkeypatch.setattr(job, "reading_id", lambda settings: f"other code {factor}")


@pytest.mark.slow
def test_the_first_release_has_nothing_to_compare_with(first: Settings) -> None:
    assert ask(first, "select count(*) from meta.change") == [(0,)]
    assert ask(first, "select previous_release_id from meta.release") == [("",)]


@pytest.mark.slow
def test_a_new_extract_brings_figures_and_names_its_receipt(first: Settings, put_workbook: Put) -> None:
    before = ask(first, "select release_id from meta.release")
    put_workbook("provinsi/UCJ Gresik.xlsx", coverage_rows(("Kabupaten Gresik", 2000, 500)))
    run_job(first)
    assert moves(first, region="35.25") == [(None, "500.00", "new extract", "UCJ Gresik.xlsx")]
    assert moves(first) == []
    assert moves(first, region="35") == [("100.00", "600.00", "new extract", "UCJ Gresik.xlsx")]
    assert ask(first, "select previous_release_id from meta.release") == before


@pytest.mark.slow
def test_a_revision_moves_what_its_source_said_before(first: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    run_job(first)
    assert moves(first) == [("100.00", "110.00", "revised extract", "UCJ revisi.xlsx")]
    assert moves(first, region="35") == [("100.00", "110.00", "revised extract", "UCJ revisi.xlsx")]


@pytest.mark.slow
def test_several_receipts_of_one_night_each_have_their_own_move(first: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    correct(first, "UCJ.xlsx;Rekap;C4;100;105;salah ketik;telepon;Sari")
    run_job(first)  # corrects what is revised in the same run: no move
    assert moves(first) == [("100.00", "110.00", "revised extract", "UCJ revisi.xlsx")]
    withdraw(first, "UCJ revisi.xlsx", "salah kirim")
    correct(first, "UCJ.xlsx;Rekap;C4;100;107;salah ketik;telepon;Sari")
    run_job(first)
    assert moves(first) == [
        ("110.00", "105.00", "withdrawal", "UCJ revisi.xlsx"),
        ("105.00", "107.00", "correction", "corrections.csv"),
    ]
    bring_back(first, "UCJ revisi.xlsx", "benar")
    run_job(first)
    assert moves(first) == [("107.00", "110.00", "withdrawal", "UCJ revisi.xlsx")]


@pytest.mark.slow
def test_a_withdrawal_takes_a_figure_away(first: Settings) -> None:
    withdraw(first, "UCJ.xlsx", "salah kirim")
    run_job(first)
    assert moves(first) == [("100.00", None, "withdrawal", "UCJ.xlsx")]
    assert moves(first, "coverage_pct") == [("10.00", None, "withdrawal", "UCJ.xlsx")]


@pytest.mark.slow
def test_a_rank_chooses_another_source(first: Settings, put_workbook: Put) -> None:
    put_workbook("trenggalek/UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 150)))
    run_job(first)
    assert moves(first) == []
    first.source_ranks.write_text("source,basis,rank,reason\ntrenggalek,,1,sendiri\n", encoding="utf-8")
    run_job(first)
    assert moves(first) == [("100.00", "150.00", "rank", "sources.csv")]


@pytest.mark.slow
def test_more_receipts_than_steps_still_lead_to_the_right_ones(first: Settings, put_workbook: Put) -> None:
    for number in range(20):
        place = "Trenggalek" if number % 2 else "Gresik"
        rows = coverage_rows((f"Kabupaten {place}", 1000, 200 + number))
        put_workbook(f"provinsi/{number:02} {place}.xlsx", rows)
    run_job(first)
    chain = moves(first)
    assert chain[0][0] == "100.00"
    assert chain[-1][1:] == ("219.00", "revised extract", "19 Trenggalek.xlsx")
    assert len(chain) <= 8
    assert [one[1] for one in chain[:-1]] == [one[0] for one in chain[1:]]
    assert all(file.endswith("Trenggalek.xlsx") for *_, file in chain)


@pytest.mark.slow
def test_receipts_of_one_night_about_different_provinces_and_dates_are_told_apart(
    first: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/a.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    put_workbook("provinsi/b.xlsx", coverage_rows(("Kabupaten Cilacap", 1000, 120)))
    put_workbook("provinsi/c.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 130), date="13 Desember 2024"))
    run_job(first)
    assert moves(first) == [
        ("100.00", "110.00", "revised extract", "a.xlsx"),
        (None, "130.00", "new extract", "c.xlsx"),
    ]
    assert moves(first, region="33") == [(None, "120.00", "new extract", "b.xlsx")]


@pytest.mark.slow
def test_the_same_content_again_keeps_what_moved_when_it_was_published(first: Settings, put_workbook: Put) -> None:
    path = put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    run_job(first)
    was = ask(first, "select * exclude (move_no) from meta.change order by all")
    again = first.inbox / "provinsi" / "sekali lagi.xlsx"
    again.write_bytes(path.read_bytes())
    assert run_job(first).release.is_new is False
    assert ask(first, "select * exclude (move_no) from meta.change order by all") == was
    assert ask(first, "select count(*) from meta.release where previous_release_id <> ''") == [(1,)]


@pytest.mark.slow
def test_the_move_of_a_percentage_is_split_so_that_it_adds_up(first: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1250, 300)))
    run_job(first)
    # members: 200 × (1/1000 + 1/1250) / 2 = 18.00 points; denominator: (1/1250 − 1/1000) × 200 = −4.00 points
    split = "select old_value, new_value, members_pct_points, denominator_pct_points from meta.change where column_name = 'coverage_pct' and region_code = '35.03'"
    assert ask(first, split) == [(Decimal("10.00"), Decimal("24.00"), Decimal("18.00"), Decimal("-4.00"))]
    put_workbook("provinsi/UCJ revisi 2.xlsx", coverage_rows(("Kabupaten Trenggalek", 1250, 304)))
    run_job(first)
    assert ask(first, split) == [(Decimal("24.00"), Decimal("24.32"), Decimal("0.32"), Decimal("0.00"))]
    put_workbook("provinsi/UCJ revisi 3.xlsx", coverage_rows(("Kabupaten Trenggalek", 1333, 304)))
    run_job(first)
    assert ask(first, split) == [(Decimal("24.32"), Decimal("22.81"), Decimal("0.00"), Decimal("-1.51"))]
    put_workbook("provinsi/UCJ revisi 4.xlsx", coverage_rows(("Kabupaten Trenggalek", 1111, 251)))
    run_job(first)
    # members: −53 × (1/1333 + 1/1111) / 2 = −4.373… points
    assert ask(first, split) == [(Decimal("22.81"), Decimal("22.59"), Decimal("-4.37"), Decimal("4.15"))]


def test_a_move_by_code_stops_the_publish_until_it_is_accepted(
    first: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = ask(first, "select release_id from meta.release")
    read_with_other_code(monkeypatch)
    with pytest.raises(NotPublished) as stopped:
        run_job(first)
    digest = str(stopped.value).rpartition(" ")[2]
    assert str(stopped.value) == (
        "Nothing was published; the release before stays.\n"
        "moved_by_code: A published figure that other code or reference data takes away or moves by more than "
        "UCJ_CODE_MOVE_PCT_POINTS (a percentage in points, a count in per cent of what it was): a person must have seen "
        "it.\n"
        f"  mart.coverage 35.03 {DAY} TOTAL active_members: 100.00 becomes 200.00 by other code (reader)\n"
        f"  mart.coverage 35.03 {DAY} TOTAL coverage_pct: 10.00 becomes 20.00 by other code (reader)\n"
        f"  mart.province_coverage 35 {DAY} TOTAL active_members: 100.00 becomes 200.00 by other code (reader)\n"
        f"  mart.province_coverage 35 {DAY} TOTAL coverage_pct: 10.00 becomes 20.00 by other code (reader)\n"
        f"  To let exactly this through: ucj run --accept {digest}"
    )
    assert stopped.value.exit_code == 3
    assert ask(first, "select release_id from meta.release") == was
    assert run_job(first, accepted=[digest]).release.is_new
    assert moves(first) == [("100.00", "200.00", "code", "reader")]
    assert ask(first, "select distinct is_accepted from meta.audit_result where audit = 'moved_by_code'") == [(True,)]


def test_a_small_move_by_code_passes_and_the_setting_says_what_is_small(
    first: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_with_other_code(monkeypatch)
    assert run_job(replace(first, code_move_pct_points=100.0)).release.is_new
    assert moves(first, "coverage_pct") == [("10.00", "20.00", "code", "reader")]


def test_code_and_receipts_at_once_are_told_apart(
    first: Settings, put_workbook: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_with_other_code(monkeypatch)
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    put_workbook("provinsi/UCJ revisi 2.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 120)))
    put_workbook("provinsi/UCJ Gresik.xlsx", coverage_rows(("Kabupaten Gresik", 2000, 500)))
    run_job(replace(first, code_move_pct_points=1000.0))
    assert moves(first) == [
        ("100.00", "200.00", "code", "reader"),
        ("200.00", "220.00", "revised extract", "UCJ revisi.xlsx"),
        ("220.00", "240.00", "revised extract", "UCJ revisi 2.xlsx"),
    ]
    assert moves(first, region="35.25") == [(None, "1000.00", "new extract", "UCJ Gresik.xlsx")]


@pytest.mark.slow
def test_the_old_receipts_with_today_s_code_are_the_old_release_after_corrections_withdrawals_and_ranks(
    first: Settings, put_workbook: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_workbook("trenggalek/UCJ sendiri.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 150)))
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    correct(first, "UCJ revisi.xlsx;Rekap;C4;110;111;salah ketik;telepon;Sari")
    run_job(first)
    withdraw(first, "UCJ revisi.xlsx", "salah kirim")
    correct(first, "UCJ.xlsx;Rekap;C4;100;101;salah ketik;telepon;Sari")
    first.source_ranks.write_text("source,basis,rank,reason\ntrenggalek,,1,sendiri\n", encoding="utf-8")
    monkeypatch.setattr(job, "build_id", lambda settings: "other models that give the same")
    run_job(first)
    assert moves(first) == [
        ("111.00", "100.00", "withdrawal", "UCJ revisi.xlsx"),
        ("100.00", "150.00", "rank", "sources.csv"),
    ]


def test_a_figure_that_other_code_no_longer_reads_stops_the_publish_however_small(
    first: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_with_other_code(monkeypatch, factor=0)
    monkeypatch.setattr(job, "reading_id", lambda settings: "code that reads nothing")
    from flows import validate

    monkeypatch.setattr(validate, "validate", _keep_no_cell(validate.validate))
    with pytest.raises(NotPublished, match=r"active_members: 100\.00 becomes nothing by other code \(reader\)"):
        run_job(replace(first, code_move_pct_points=1000.0))


def _keep_no_cell(validate: Callable[..., Any]) -> Callable[..., Any]:
    def keep_none(readings: Any, regions: Any) -> Any:
        validated = validate(readings, regions)
        validated.cells.clear()
        return validated

    return keep_none


@pytest.mark.slow
def test_the_sample_twice_shows_nothing_and_the_state_between_is_the_old_one(
    settings: Settings, put_workbook: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its rival, revision, duplicate, correction, withdrawal and plans: what was known at its last receipt."""
    shutil.copytree(ROOT / "raw" / "sample", settings.raw, dirs_exist_ok=True)
    run_job(settings)
    assert run_job(settings).release.is_new is False
    assert ask(settings, "select count(*) from meta.change") == [(0,)]
    put_workbook("sumenep/UCJ.xlsx", coverage_rows(("Kabupaten Sumenep", 1000, 100), date="13 November 2019"))
    monkeypatch.setattr(job, "build_id", lambda settings: "other models that give the same")
    run_job(settings)
    assert ask(settings, "select table_name, region_code, column_name, cause from meta.change order by all") == [
        (table, region, column, "new extract")
        for table, region in (("mart.coverage", "35.29"), ("mart.province_coverage", "35"))
        for column in ("active_members", "coverage_pct", "eligible_workers")
    ]


@pytest.mark.slow
def test_receipts_that_are_gone_are_a_cause_of_their_own(first: Settings, put_workbook: Put) -> None:
    path = put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    run_job(first)
    path.unlink()
    for kept in first.received.glob("*UCJ revisi*"):  # raw/ put back as it was before
        kept.unlink()
    first.staging.unlink()
    run_job(first)
    assert moves(first) == [("110.00", "100.00", "receipts", "")]


@pytest.mark.slow
def test_after_a_restore_the_next_release_is_compared_with_the_one_that_was_put_back(
    first: Settings, put_workbook: Put
) -> None:
    ((was,),) = ask(first, "select release_id from meta.release")
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    run_job(first)
    restore_release(was, first)
    resume_releases(first)
    put_workbook("provinsi/UCJ revisi 2.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 120)))
    run_job(first)
    assert moves(first) == [
        ("100.00", "110.00", "revised extract", "UCJ revisi.xlsx"),
        ("110.00", "120.00", "revised extract", "UCJ revisi 2.xlsx"),
    ]
    assert [changes.since for changes in list_changes(first)] == [was, ""]


@pytest.mark.slow
def test_a_damaged_release_before_is_passed_over(first: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    oldest = run_job(first).release.path  # the published file; its own kept name is the same bytes
    content = bytearray(oldest.read_bytes())
    content[12288:] = bytes(len(content) - 12288)
    oldest.write_bytes(content)
    put_workbook("provinsi/UCJ revisi 2.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 120)))
    run_job(first)
    assert moves(first) == [
        ("100.00", "110.00", "revised extract", "UCJ revisi.xlsx"),
        ("110.00", "120.00", "revised extract", "UCJ revisi 2.xlsx"),
    ]


# -- what people see ------------------------------------------------------------------------------------


def release_now(settings: Settings) -> tuple[str, str]:
    """The name of the published release and when it was published, as people read it."""
    ((name, time),) = ask(settings, "select release_id, published_at + interval 7 hour from meta.release")
    return name, f"{time:%Y-%m-%d %H:%M} WIB"


@pytest.mark.slow
def test_changes_are_told_newest_first_by_region_and_in_sum(first: Settings, put_workbook: Put) -> None:
    releases = [release_now(first)]
    for number, active in enumerate((110, 120)):
        rows = coverage_rows(("Kabupaten Trenggalek", 1000 + 250 * number, active), ("Kabupaten Gresik", 2000, 500))
        put_workbook(f"provinsi/UCJ revisi {active}.xlsx", rows)
        run_job(first)
        releases.append(release_now(first))
    (one, one_time), (two, two_time), (three, three_time) = releases
    told = ucj(first, "changes", "Trenggalek")
    assert (told.returncode, told.stderr) == (0, "")
    place = f"  Kabupaten Trenggalek {DAY} TOTAL, cakupan: "
    assert told.stdout == (
        f"Rilis {three} ({three_time}), dibanding {two}: 3 angka berubah, 0 baru, 0 hilang\n"
        f'{place}11,00 → 9,60 (-1,40 poin: peserta +0,90, semesta -2,30); kiriman revisi "UCJ revisi 120.xlsx"\n\n'
        f"Rilis {two} ({two_time}), dibanding {one}: 2 angka berubah, 0 baru, 0 hilang\n"
        f'{place}10,00 → 11,00 (+1,00 poin: peserta +1,00, semesta 0,00); kiriman revisi "UCJ revisi 110.xlsx"\n\n'
        f"Rilis {one} ({one_time}): tidak ada rilis sebelumnya untuk dibandingkan.\n"
    )
    told = ucj(first, "changes", "35.03", "--since", one, "--lang", "en")
    assert told.stdout == (
        f"Release {three} ({three_time}), against {one}: 3 figures moved, 0 new, 0 gone\n"
        f"  Kabupaten Trenggalek {DAY} TOTAL, coverage: 10.00 → 9.60 (-0.40 points: members +1.90, denominator -2.30); "
        'revised extract "UCJ revisi 110.xlsx", revised extract "UCJ revisi 120.xlsx"\n'
    )
    (summed,) = json.loads(ucj(first, "changes", "--since", two, "--json", "35").stdout)["changes"]
    assert (summed["release"], summed["since"], summed["moved"], summed["new"], summed["gone"]) == (three, two, 6, 0, 0)
    of_province = [move for move in summed["moves"] if move["region_code"] == "35" and move["column"] == "coverage_pct"]
    ((receipt,),) = ask(first, "select receipt_id from meta.receipt where file_name = 'UCJ revisi 120.xlsx'")
    cause = {"cause": "revised extract", "caused_by": receipt, "file_name": "UCJ revisi 120.xlsx", "release": three}
    assert of_province == [
        {
            "table": "mart.province_coverage", "region_code": "35", "key": f"{DAY} TOTAL", "column": "coverage_pct",
            "old": 20.33, "new": 19.08, "members_pct_points": 0.32, "denominator_pct_points": -1.57, "causes": [cause],
        }
    ]  # fmt: skip
    wrong = ucj(first, "changes", "--since", "kemarin")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        f"Tidak ada rilis 'kemarin' sebelum yang terbit. Pilih: {two}, {one}.\n",
    )
    listed = ucj(first, "releases", "--lang", "en").stdout.splitlines()
    assert [line.split("inputs  ")[-1].split("  ")[0].strip() for line in listed[2:4]] == [
        "6 moved, 0 new, 0 gone",
        "5 moved, 3 new, 0 gone",
    ]


@pytest.mark.slow
def test_a_run_ends_with_the_ten_largest_moves(settings: Settings, put_workbook: Put) -> None:
    names = ["Pacitan", "Ponorogo", "Trenggalek", "Tulungagung", "Lumajang", "Jember", "Banyuwangi", "Bondowoso",
             "Situbondo", "Sidoarjo", "Jombang"]  # fmt: skip
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(*((f"Kabupaten {name}", 1000, 100) for name in names)))
    run_job(settings)
    before, _ = release_now(settings)
    moved = [(f"Kabupaten {name}", 1000, 110 + place) for place, name in enumerate(names)]
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(*moved))
    lines = ucj(settings, "run", "--direct").stdout.splitlines()
    start = lines.index(f"Dibanding rilis {before}: 24 angka berubah, 0 baru, 0 hilang")
    assert lines[start + 1] == (
        f"  Kabupaten Jombang {DAY} TOTAL, cakupan: 10,00 → 12,00 (+2,00 poin: peserta +2,00, semesta 0,00); "
        'kiriman revisi "UCJ revisi.xlsx"'
    )
    assert lines[start + 11] == "  … dan 2 lagi: lihat tabel meta.change, atau --json"


@pytest.mark.slow
def test_prefect_s_page_shows_the_largest_moves(first: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ revisi.xlsx", coverage_rows(("Kabupaten Trenggalek", 1000, 110)))
    page = as_markdown(run_job(first), [])
    assert page.endswith(
        "| largest moves | before | now | cause |\n|---|---:|---:|---|\n"
        f"| 35.03 {DAY} TOTAL, coverage_pct | 10.00 | 11.00 | revised extract |\n"
        f"| 35 {DAY} TOTAL, coverage_pct | 10.00 | 11.00 | revised extract |\n"
    )


@pytest.mark.slow
def test_without_a_warehouse_there_are_no_changes(settings: Settings) -> None:
    done = ucj(settings, "changes")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"Belum ada gudang data di {settings.published}. Jalankan `ucj run` dulu.\n"


@pytest.mark.slow
def test_a_figure_that_a_reviewed_alias_brings_comes_from_code(
    settings: Settings, put_workbook: Put, tmp_path: Path
) -> None:
    """The same receipts read by a copy of the code with one line more in region_aliases.csv."""
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(["Kab. Gresik", 1000, 100], ["Kab. Trengalek Raya", 2000, 300]))
    run_job(settings)
    assert ask(settings, "select region_code from mart.coverage") == [("35.25",)]
    code = tmp_path / "code"
    for part in ("flows", "schemas", "sql"):
        shutil.copytree(ROOT / part, code / part, ignore=shutil.ignore_patterns("__pycache__"))
    with (code / "schemas" / "reference" / "region_aliases.csv").open("a", encoding="utf-8") as aliases:
        aliases.write("Kab. Trengalek Raya,35.03,uji\n")
    places = ["--raw", settings.raw, "--warehouse", settings.warehouse]
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", *places]
    stopped = subprocess.run(command, cwd=code, capture_output=True, text=True, check=False)
    assert stopped.returncode == 3
    assert "TOTAL coverage_pct: 10.00 becomes 13.33 by other code (reader)" in stopped.stderr
    command += ["--accept", stopped.stderr.rpartition("--accept ")[2].strip()]
    done = subprocess.run(command, cwd=code, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert moves(settings) == [(None, "300.00", "code", "reader")]
