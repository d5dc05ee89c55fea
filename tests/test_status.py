"""How things stand, as `ucj status` tells it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.errors import Held, NotPublished, WrongUse
from flows.job import run_job
from flows.publish.published import LastRun, write_last_run
from flows.schedule import missed_run, next_time, previous_time
from flows.settings import ROOT, Settings
from flows.status import Failure, read_failure, read_status, remember_failure, write_failure
from tests.conftest import coverage_rows

Put = Callable[..., Path]
TRENGGALEK = ("Kabupaten Trenggalek", 270622, 70470)
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12:00 in Jakarta; the schedule strikes at 19:00 UTC
LAST_STRIKE = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


def ran_well(settings: Settings, at: datetime) -> None:
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    write_last_run(settings.run_log, LastRun(at, "20261123T000000Z-abcdef01", 0))


def test_the_schedule_strikes_at_two_in_jakarta(settings: Settings) -> None:
    assert previous_time(settings, NOON) == LAST_STRIKE
    assert next_time(settings, NOON) == LAST_STRIKE + timedelta(days=1)


def test_the_very_moment_of_the_schedule_has_struck(settings: Settings) -> None:
    assert previous_time(settings, LAST_STRIKE) == LAST_STRIKE
    assert previous_time(settings, LAST_STRIKE - timedelta(microseconds=1)) == LAST_STRIKE - timedelta(days=1)
    assert next_time(settings, LAST_STRIKE) == LAST_STRIKE + timedelta(days=1)


@pytest.mark.parametrize(
    ("schedule", "why"),
    [("99 * * * *", "Bad minute"), ("0 2 * *", "five fields are expected"), ("nightly", "five fields are expected")],
)
def test_a_schedule_that_is_none_says_what_is_expected(settings: Settings, schedule: str, why: str) -> None:
    with pytest.raises(WrongUse) as caught:
        read_status(replace(settings, schedule=schedule), NOON)
    assert str(caught.value) == (
        f"UCJ_SCHEDULE: expected minute, hour, day, month and weekday, such as 0 2 * * *; found {schedule!r} ({why})."
    )


def test_a_time_zone_that_is_none_says_what_is_expected(settings: Settings) -> None:
    with pytest.raises(WrongUse) as caught:
        read_status(replace(settings, timezone="Asia/Surabaya"), NOON)
    assert str(caught.value) == "UCJ_TIMEZONE: expected a time zone such as Asia/Jakarta; found 'Asia/Surabaya'."


def test_a_run_is_missed_where_none_went_well_since_the_schedule_struck(settings: Settings) -> None:
    assert missed_run(settings, NOON)
    ran_well(settings, LAST_STRIKE - timedelta(seconds=1))
    assert missed_run(settings, NOON)
    ran_well(settings, LAST_STRIKE + timedelta(seconds=1))
    assert not missed_run(settings, NOON)


def test_without_a_good_run_nothing_is_on_time(settings: Settings) -> None:
    found = read_status(settings, NOON)
    assert not found.is_on_time
    assert found.lines() == [
        ("Proses terakhir", "belum ada"),
        ("Rilis terakhir", "belum ada"),
        ("Proses berikutnya", "2026-11-24 02:00 WIB"),
        ("Tepat waktu", "tidak: proses yang berhasil seharusnya ada sejak 2026-11-23 02:00 WIB"),
    ]


def test_a_run_that_is_due_has_an_hour_to_end(settings: Settings) -> None:
    ran_well(settings, LAST_STRIKE - timedelta(hours=20))
    assert read_status(settings, LAST_STRIKE + timedelta(minutes=59)).is_on_time
    assert not read_status(settings, LAST_STRIKE + timedelta(minutes=60)).is_on_time
    ran_well(settings, LAST_STRIKE + timedelta(minutes=3))
    assert read_status(settings, LAST_STRIKE + timedelta(minutes=60)).is_on_time


def test_what_was_refused_is_named_with_its_place(settings: Settings, put_workbook: Put) -> None:
    put_workbook(
        "provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK, ("Kabupaten Antah", 10, 1), ("Kabupaten Berantah", 10, 1))
    )
    (settings.inbox / "kosong.xlsx").touch()
    run_job(settings)
    found = read_status(settings)
    assert found.is_on_time
    assert sorted(found.lines("id")[4:6]) == [
        (
            "Dimuat sebagian",
            'UCJ.xlsx, lembar "Rekap", sel A5: "Kabupaten Antah" bukan nama kabupaten/kota yang dikenal. '
            "Perbaiki namanya, lalu kirim ulang. (dan 1 catatan lagi)",
        ),
        ("Ditolak", "kosong.xlsx: Berkas kosong (0 bita). Kirim ulang berkasnya."),
    ]
    assert ("Refused", "kosong.xlsx: The file is empty (0 bytes). Send it again.") in found.lines("en")
    assert {file["reason"] for file in found.as_dict()["refused"]} == {"region_unknown", "empty_file"}


def test_it_says_how_fresh_the_figures_are_what_is_wrong_and_what_lies_on_the_disk(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK, ("Kab. Gresik", 1000, 100), ("Kab. Antah", 10, 1)))
    put_workbook("gresik/UCJ.xlsx", coverage_rows(("Kab. Gresik", 1000, 110), date="31 Oktober 2025"))
    run_job(settings)
    found = read_status(settings)
    lines = dict(found.lines("id"))
    assert lines["Data terbaru"] == "Jawa Timur 2025-10-31: 1 dari 38 kabupaten/kota, 1 lebih lama, 36 belum pernah"
    assert lines["Catatan"] == "region_unknown 1"
    assert found.as_dict()["freshness"] == [
        {"province_code": "35", "province": "Jawa Timur", "latest_as_of_date": "2025-10-31", "current": 1, "behind": 1,
         "missing": 36}
    ]  # fmt: skip
    kept = sum(path.stat().st_size for path in settings.received.iterdir())
    assert found.disk.received == kept
    assert found.disk.releases == settings.published.stat().st_size  # its kept release is the same file
    assert found.disk.staging == settings.staging.stat().st_size
    assert lines["Di disk"].startswith("kiriman di raw/received 0,0 MB, rilis ")


def test_a_direct_run_that_published_nothing_is_remembered(settings: Settings) -> None:
    with pytest.raises(NotPublished), remember_failure(settings):
        raise NotPublished("Disk penuh.")
    failure = read_failure(settings)
    assert failure is not None
    assert failure.reason == "Disk penuh."
    with pytest.raises(Held), remember_failure(settings):
        raise Held("Another run is at work.")
    assert read_failure(settings) == failure


def test_a_failure_is_shown_until_a_run_goes_well(settings: Settings) -> None:
    failed_at = NOON - timedelta(hours=1)
    write_failure(settings, Failure(failed_at, "Disk penuh."))
    assert read_failure(settings) == Failure(failed_at, "Disk penuh.")
    assert read_status(settings, NOON).lines()[4:] == [("Gagal terakhir", "2026-11-23 11:00 WIB: Disk penuh.")]
    ran_well(settings, failed_at + timedelta(minutes=1))
    found = read_status(settings, NOON)
    assert found.lines()[4:] == []
    assert found.as_dict()["last_failure"] == {"failed_at": "2026-11-23T04:00:00+00:00", "reason": "Disk penuh."}


def test_status_for_a_program_imports_nothing_heavy_and_leaves_with_1_where_it_is_late(settings: Settings) -> None:
    code = (
        "import sys\nfrom flows.cli import main\n"
        "sys.argv = ['ucj', 'status', '--json', '--raw', sys.argv[1], '--warehouse', sys.argv[2]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 1, end.code\n"
        "print(sorted({'prefect', 'pandas', 'pandera', 'numpy', 'openpyxl'} & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, settings.raw, settings.warehouse]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == "[]\n"
    told = json.loads(done.stdout)
    assert (told["is_on_time"], told["last_run_at"], told["refused"]) == (False, None, [])
