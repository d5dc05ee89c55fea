"""Corrections and withdrawals through the whole job: what they change from their receipt on, and that nothing before
it ever changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.job import Summary, run_job
from flows.receive.receipts import read_receipt, receipt_names
from flows.settings import Settings
from flows.withdraw import withdraw
from tests.conftest import coverage_rows

Put = Callable[..., Path]
TRENGGALEK = ("Kabupaten Trenggalek", 270622, 70470)
GRESIK = ("Kabupaten Gresik", 557575, 292858)
HEADER = "extract;sheet;cell;expected;corrected;reason;source;who"


def ask(settings: Settings, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(query, values).fetchall()


def correct(settings: Settings, *lines: str, header: str = HEADER) -> Summary:
    """Write raw/corrections.csv with these lines and run."""
    settings.corrections.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return run_job(settings)


def moment_of_the_last_receipt(settings: Settings) -> datetime:
    return read_receipt(settings.received, receipt_names(settings.received)[-1]).received_at.replace(tzinfo=None)


class History:
    """Every as-known table as it was when it was current; `check` makes them all again and compares."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tables: list[tuple[datetime, list[tuple[Any, ...]]]] = []

    def step(self) -> list[tuple[Any, ...]]:
        """Run, remember the table of now, and see that it is mart.coverage and that every earlier one still holds."""
        run_job(self.settings)
        now = moment_of_the_last_receipt(self.settings)
        table = self.as_known(now)
        assert table == ask(self.settings, "select * from mart.coverage order by all")
        self.tables.append((now, table))
        self.check()
        return self.counts()

    def as_known(self, moment: datetime) -> list[tuple[Any, ...]]:
        return ask(self.settings, "select * from coverage_as_of('2024-12-31', ?::timestamp) order by all", moment)

    def check(self) -> None:
        for moment, table in self.tables:
            assert self.as_known(moment) == table, moment

    def counts(self) -> list[tuple[Any, ...]]:
        """Region, eligible workers, active members, source, and whether they are corrected: of now."""
        return ask(
            self.settings,
            "select region_code, eligible_workers, active_members, source, is_corrected from mart.coverage "
            "order by region_code",
        )


# 20 of the 38 regencies of East Java, so that the province's extract has the scope of a province.
PROVINCE = [
    "Kabupaten Pacitan", "Kabupaten Ponorogo", "Kabupaten Trenggalek", "Kabupaten Tulungagung", "Kabupaten Lumajang",
    "Kabupaten Jember", "Kabupaten Banyuwangi", "Kabupaten Bondowoso", "Kabupaten Situbondo", "Kabupaten Sidoarjo",
    "Kabupaten Jombang", "Kabupaten Nganjuk", "Kabupaten Magetan", "Kabupaten Ngawi", "Kabupaten Bojonegoro",
    "Kabupaten Tuban", "Kabupaten Lamongan", "Kabupaten Gresik", "Kabupaten Bangkalan", "Kabupaten Sampang",
]  # fmt: skip


def province(**active: int) -> list[list[Any]]:
    """The province's table: 1000 eligible and 100 active everywhere, but for the regencies that are named."""
    return coverage_rows(*([name, 1000, active.get(name.removeprefix("Kabupaten "), 100)] for name in PROVINCE))


def test_every_earlier_as_known_table_stays_the_same_whatever_is_revised_corrected_and_withdrawn(
    settings: Settings, put_workbook: Put
) -> None:
    history = History(settings)

    def of(*codes: str) -> list[tuple[Any, ...]]:
        return [row for row in history.counts() if row[0] in codes]

    # a provincial extract
    original = put_workbook("provinsi/UCJ.xlsx", province()).read_bytes()
    assert len(history.step()) == 20
    assert of("35.03", "35.25") == [("35.03", 1000, 100, "provinsi", False), ("35.25", 1000, 100, "provinsi", False)]
    # a regency's own with other values is a rival
    put_workbook("gresik/UCJ Gresik.xlsx", coverage_rows(("Kabupaten Gresik", 1100, 150)))
    history.step()
    assert of("35.25") == [("35.25", 1000, 100, "provinsi", False)]
    assert ask(settings, "select measure, value, rival_value, rival_source from mart.rival order by 1") == [
        ("active_members", 100, 150, "gresik"),
        ("eligible_workers", 1000, 1100, "gresik"),
    ]
    # the province revises three cells
    put_workbook("provinsi/UCJ revisi.xlsx", province(Trenggalek=110, Gresik=120, Tuban=130))
    history.step()
    assert of("35.03", "35.25", "35.23") == [
        ("35.03", 1000, 110, "provinsi", False),
        ("35.23", 1000, 130, "provinsi", False),
        ("35.25", 1000, 120, "provinsi", False),
    ]
    # one of them is corrected
    correct(settings, "UCJ revisi.xlsx;Rekap;C6;110;115;salah ketik;surat dinas 12;Sari")
    history.step()
    assert of("35.03") == [("35.03", 1000, 115, "provinsi", True)]
    # the revision is withdrawn
    withdraw(settings, "UCJ revisi.xlsx", "terkirim sebelum diperiksa")
    history.step()
    assert of("35.03", "35.25", "35.23") == [
        ("35.03", 1000, 100, "provinsi", False),
        ("35.23", 1000, 100, "provinsi", False),
        ("35.25", 1000, 100, "provinsi", False),
    ]
    # the original comes again
    (settings.inbox / "provinsi" / "UCJ lagi.xlsx").write_bytes(original)
    history.step()
    assert of("35.03") == [("35.03", 1000, 100, "provinsi", False)]
    assert ask(settings, "select file_name, outcome from meta.receipt order by received_at") == [
        ("UCJ.xlsx", "new"),
        ("UCJ Gresik.xlsx", "new"),
        ("UCJ revisi.xlsx", "new"),
        ("corrections.csv", "new"),
        ("UCJ revisi.xlsx", "withdrawn"),
        ("UCJ lagi.xlsx", "duplicate"),
    ]

    # and all of it again from raw/ alone
    hashes = ask(settings, "select table_hashes from meta.release")
    shutil.rmtree(settings.warehouse)
    run_job(settings)
    assert ask(settings, "select table_hashes from meta.release") == hashes
    assert len(history.tables) == 6
    history.check()
