"""Corrections and withdrawals through the whole job: what they change from their receipt on, and that nothing before
it ever changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.job import Summary, run_job
from flows.receive.receipts import read_receipt, receipt_names, stamp
from flows.settings import ROOT, Settings
from flows.withdraw import bring_back, withdraw
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


@pytest.mark.slow
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


FAULTY = [
    ["UCJ per 13 November 2024"],
    [],
    ["Kabupaten/Kota", "Semesta PU", "TK Aktif PU", "Cakupan PU (%)"],
    ["Kabupaten Trenggalek", 89340, "38,5x", None],
    ["Kabupaten Gresik", 1000, 2000, None],
    ["Kabupaten Antah Berantah", 1000, 100, None],
]  # fmt: skip


@pytest.mark.slow
def test_a_refused_cell_becomes_a_figure_from_the_correction_on(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", FAULTY)
    run_job(settings)
    before = moment_of_the_last_receipt(settings)
    assert ask(settings, "select active_members from mart.coverage where region_code = '35.03'") == [(None,)]
    summary = correct(settings, "UCJ.xlsx;Rekap;C4;38,5x;38595;huruf tertinggal;telepon;Sari")
    assert (summary.read_files, summary.refused_corrections) == (1, 0)
    assert ask(
        settings,
        "select c.active_members, c.is_corrected, v.cell, v.raw_text, v.correction_id, v.received_at = ?, v.known_from > ? "
        "from mart.coverage c join core.coverage_value v on v.value_id = c.active_members_value_id "
        "where c.region_code = '35.03'",
        before,
        before,
    ) == [(38595, True, "C4", "38,5x", only_correction(settings), True, True)]
    assert ask(settings, "select rule, cell from meta.finding order by cell") == [
        ("region_unknown", "A6"),
        ("active_above_eligible", "B5"),
        ("active_above_eligible", "C5"),
    ]
    assert ask(settings, "select cells, loaded, refused from meta.sheet") == [(14, 2, 5)]
    assert ask(
        settings,
        "select row_no, status, extract, cell, expected_text, found_text, value_before, value_after, corrected_text, reason, "
        "evidence, corrected_by, known_until, message from meta.correction",
    ) == [
        (2, "applied", "UCJ.xlsx", "C4", "38,5x", "38,5x", None, 38595.0, "38595", "huruf tertinggal", "telepon", "Sari",
         None, None)
    ]  # fmt: skip
    known = "select active_members, is_corrected from coverage_as_of('2024-12-31', ?::timestamp) where region_code = '35.03'"
    assert ask(settings, known, before) == [(None, False)]
    assert ask(settings, known, moment_of_the_last_receipt(settings)) == [(38595, True)]


def only_correction(settings: Settings) -> str:
    ((correction_id,),) = ask(settings, "select correction_id from meta.correction")
    return str(correction_id)


@pytest.mark.slow
def test_a_correction_frees_its_neighbour_and_one_that_contradicts_it_refuses_it(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", FAULTY)
    run_job(settings)
    figures = "select eligible_workers, active_members, is_corrected from mart.coverage where region_code = '35.25'"
    assert ask(settings, figures) == []
    correct(settings, "UCJ.xlsx;Rekap;C5;2000;200;nol terlalu banyak;;Sari")
    assert ask(settings, figures) == [(1000, 200, True)]
    freed = moment_of_the_last_receipt(settings)
    assert ask(settings, "select cell, correction_id is not null, known_from = ? from core.coverage_value "
               "where region_code = '35.25' order by cell", freed) == [("B5", False, True), ("C5", True, True)]  # fmt: skip
    correct(settings, "UCJ.xlsx;Rekap;C5;2000;20000;salah lagi;;Sari")
    assert ask(settings, figures) == []
    assert ask(settings, "select corrected_text, status from meta.correction order by known_from") == [
        ("200", "applied"),
        ("20000", "value_refused"),
    ]
    assert ask(settings, "select cell, message from meta.finding where rule = 'active_above_eligible' order by cell") == [
        (cell, "Peserta aktif 20.000 lebih banyak dari semesta 1.000 (PU); kedua sel tidak dimuat. Periksa apakah kolom "
               "atau angkanya tertukar, lalu kirim ulang.")
        for cell in ("B5", "C5")
    ]  # fmt: skip
    assert ask(settings, figures.replace("mart.coverage", f"coverage_as_of('2024-12-31', '{freed}')")) == [
        (1000, 200, True)
    ]


@pytest.mark.slow
def test_a_line_that_is_gone_from_the_next_version_ends_with_its_receipt(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK, GRESIK))
    line, other = "UCJ.xlsx;Rekap;C4;70470;70000;uji;;Sari", "UCJ.xlsx;Rekap;C5;292858;290000;uji;;Sari"
    run_job(settings)
    correct(settings, line)
    first = moment_of_the_last_receipt(settings)
    correct(settings, other, line)  # in another row: the same correction goes on
    second = moment_of_the_last_receipt(settings)
    correct(settings, other)
    third = moment_of_the_last_receipt(settings)
    assert ask(settings, "select row_no, cell, known_from, known_until from meta.correction order by cell") == [
        (3, "C4", first, third),
        (2, "C5", second, None),
    ]
    versions = "select cast(value as int), known_from, known_until, value_id from core.coverage_value where cell = 'C4' " \
               "order by known_from"  # fmt: skip
    received = read_receipt(settings.received, receipt_names(settings.received)[0]).received_at.replace(tzinfo=None)
    base = f"provinsi:{receipt_names(settings.received)[0].split('_')[1]}:1:C4"
    assert ask(settings, versions) == [
        (70470, received, first, base),
        (70000, first, third, f"{base}@{stamp(first.replace(tzinfo=UTC))}"),
        (70470, third, None, f"{base}@{stamp(third.replace(tzinfo=UTC))}"),
    ]
    assert run_job(settings).read_files == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("extract,sheet,cell,expected,corrected,reason,source,who\r\nUCJ.xlsx,Rekap,c4,70470,70000,\"a, b\",,Sari\r\n", "comma"),
        ("\ufeffextract;sheet;cell;expected;corrected;reason;source;who\r\n;;;;;;;\r\nUCJ.xlsx;Rekap;$C$4;70.470;70.000;x;;Sari\r\n",
         "Excel, with an empty row and thousands"),
        ("No;Who;Reason;Source;Corrected;Expected;Cell;Sheet;Extract\n1;Sari;x;;70000 orang;70470;C4;Rekap;UCJ.xlsx\n", "order"),
    ],
)  # fmt: skip
def test_the_file_is_read_as_excel_writes_it(settings: Settings, put_workbook: Put, content: str, name: str) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    settings.corrections.write_text(content, encoding="utf-8", newline="")
    run_job(settings)
    assert ask(settings, "select active_members, is_corrected from mart.coverage") == [(70000, True)], name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "expected the columns extract,sheet,cell,expected,corrected,reason,source,who in its first line, each once; "
              "found nothing. Mend the first line and run again."),
        (b"extract;sheet;cell\n", "expected the columns extract,sheet,cell,expected,corrected,reason,source,who in its first "
                                  "line, each once; found extract,sheet,cell. Mend the first line and run again."),
        (HEADER.encode() + b"\nUCJ.xlsx;Rekap;C4;1;2;\xe9;;Sari\n", "expected UTF-8. Save it as CSV UTF-8 and run again."),
        (HEADER.encode() + b'\nUCJ.xlsx;Rekap;"C4\n', "it is no CSV (unexpected end of data). Save it as CSV UTF-8 and run "
                                                      "again."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_not_received_and_the_last_version_stays(
    settings: Settings, put_workbook: Put, content: bytes, fault: str
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    correct(settings, "UCJ.xlsx;Rekap;C4;70470;70000;uji;;Sari")
    receipts = receipt_names(settings.received)
    settings.corrections.write_bytes(content)
    put_workbook("gresik/UCJ.xlsx", coverage_rows(GRESIK))
    summary = run_job(settings)
    assert [(note.subject, note.text) for note in summary.notes] == [("corrections.csv", f"not received: {fault}")]
    assert (summary.exit_code, summary.new_files, len(receipt_names(settings.received))) == (1, 1, len(receipts) + 1)
    assert ask(settings, "select region_code, active_members from mart.coverage order by 1") == [
        ("35.03", 70000),
        ("35.25", 292858),
    ]


# row of the correction → its message, in Bahasa Indonesia
REFUSED = [
    ("UCJ.xlsx;Rekap;C4;38,5x;;uji;;", "Kolom corrected, who kosong; koreksi ini tidak dipakai. Isi kolom itu, lalu "
     "jalankan lagi."),
    ("UCJ.xlsx;Rekap;4C;38,5x;1;uji;;Sari", '"4C" diharapkan alamat sel seperti D17; koreksi ini tidak dipakai. Perbaiki, '
     "lalu jalankan lagi."),
    ("lain.xlsx;Rekap;C4;38,5x;1;uji;;Sari", 'Belum ada kiriman bernama "lain.xlsx" ketika baris ini diterima; koreksi ini '
     "tidak dipakai. Tulis nama berkasnya seperti di kotak masuk, atau 12 huruf pertama sha256-nya (tabel meta.extract), "
     "lalu jalankan lagi."),
    ("UCJ.xlsx;Rekp;C4;38,5x;1;uji;;Sari", 'Kiriman itu tidak memuat lembar "Rekp" (yang ada: "Rekap"); koreksi ini tidak '
     "dipakai. Perbaiki nama lembarnya, lalu jalankan lagi."),
    ("UCJ.xlsx;Rekap;C6;100;1;daerahnya tidak dikenal;;Sari", "Sel itu tidak memuat angka yang dapat dikoreksi; koreksi ini "
     "tidak dipakai. Periksa alamatnya. Bila barisnya ditolak karena daerah, tanggal, atau segmennya, perbaiki itu di "
     "berkasnya, lalu kirim ulang."),
    ("UCJ.xlsx;Rekap;C4;38.595;1;uji;;Sari", 'Sel itu berisi "38,5x", bukan "38.595"; koreksi ini tidak dipakai. Periksa '
     "selnya, lalu perbaiki kolom expected atau hapus baris ini."),
    ("UCJ.xlsx;Rekap;C4;38,5x;banyak;uji;;Sari", '"banyak" diharapkan angka untuk Peserta aktif; koreksi ini tidak dipakai. '
     "Perbaiki kolom corrected, lalu jalankan lagi."),
    ("UCJ.xlsx;Rekap;D7;43,2;0,44;uji;;Sari", '"0,44" dapat berarti 0,44 atau 44; koreksi ini tidak dipakai. Tulis dengan '
     'satuannya ("38.500 orang", "43,2%"), lalu jalankan lagi.'),
    ("UCJ.xlsx;Rekap;B7;100;101;uji;;Sari", "Baris 10, 11 mengoreksi sel yang sama; tidak ada yang dipakai. Hapus semua "
     "kecuali satu, lalu jalankan lagi."),
    ("UCJ.xlsx;Rekap;B7;100;102;uji;;Sari", "Baris 10, 11 mengoreksi sel yang sama; tidak ada yang dipakai. Hapus semua "
     "kecuali satu, lalu jalankan lagi."),
]  # fmt: skip


@pytest.mark.slow
def test_each_line_that_cannot_be_used_says_why_and_the_others_are(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", [*FAULTY, ["Kabupaten Pacitan", 100, 43, 43.2]])
    summary = correct(settings, *(line for line, _ in REFUSED), "UCJ.xlsx;Rekap;C7;43;40;uji;;Sari")
    assert (summary.refused_corrections, summary.exit_code) == (len(REFUSED), 1)
    messages = ask(settings, "select row_no, message from meta.correction where status = 'refused' order by row_no")
    assert messages == [(row, message) for row, (_, message) in enumerate(REFUSED, start=2)]
    assert ask(settings, "select eligible_workers, active_members from mart.coverage where region_code = '35.01'") == [
        (100, 40)
    ]
    assert run_job(settings).exit_code == 0  # said once, by the run that took the version in
    assert ask(settings, "select count(*) from meta.correction where message_en is null and status = 'refused'") == [
        (0,)
    ]


@pytest.mark.slow
def test_an_ambiguous_name_is_refused_with_the_candidates_and_one_that_becomes_so_later_is_not(
    settings: Settings, put_workbook: Put
) -> None:
    line, other = "UCJ.xlsx;Rekap;C4;70470;70000;uji;;Sari", "UCJ.xlsx;Rekap;C4;292858;290000;uji;;Budi"
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    correct(settings, line)
    put_workbook("gresik/UCJ.xlsx", coverage_rows(GRESIK))
    correct(settings, line, other)
    first, second = (receipt_names(settings.received)[at] for at in (0, 2))
    candidates = ", ".join(
        f"{name.split('_')[1]} {path} ({name[:4]}-{name[4:6]}-{name[6:8]})"
        for name, path in ((first, "provinsi/UCJ.xlsx"), (second, "gresik/UCJ.xlsx"))
    )
    assert ask(settings, "select row_no, status, message from meta.correction order by row_no") == [
        (2, "applied", None),
        (3, "refused", f'"UCJ.xlsx" bisa berarti {candidates}; koreksi ini tidak dipakai. Tulis 12 huruf pertama sha256 '
                       "dari yang dimaksud, lalu jalankan lagi."),
    ]  # fmt: skip
    correct(settings, line, other.replace("UCJ.xlsx", second.split("_")[1]))
    assert ask(settings, "select region_code, active_members from mart.coverage order by 1") == [
        ("35.03", 70000),
        ("35.25", 290000),
    ]


@pytest.mark.slow
def test_a_total_and_a_province_s_sum_that_rest_on_a_corrected_segment_say_so(
    settings: Settings, put_workbook: Put
) -> None:
    header = ["Kabupaten/Kota"] + [f"{what} {s}" for s in ("PU", "BPU", "JAKON", "Total") for what in ("Semesta", "TK Aktif")]  # fmt: skip
    rows = [["UCJ per 13 November 2024"], [], header, ["Kabupaten Trenggalek", 100, 10, 200, 20, 50, 5, 350, 35],
            ["Kabupaten Gresik", 100, 10, 200, 20, 50, 5, 350, 35]]  # fmt: skip
    put_workbook("provinsi/UCJ.xlsx", rows)
    correct(settings, "UCJ.xlsx;Rekap;C4;10;12;uji;;Sari", "UCJ.xlsx;Rekap;I5;35;99;jumlah yang tidak dipakai;;Sari")
    assert ask(
        settings,
        "select region_code, segment, active_members from mart.coverage where is_corrected order by 1, 2",
    ) == [("35.03", "PU", 12), ("35.03", "TOTAL", 37)]
    assert ask(
        settings, "select segment, active_members from mart.province_coverage where is_corrected order by 1"
    ) == [
        ("PU", 22),
        ("TOTAL", 72),
    ]
    assert ask(settings, "select region_code from mart.coverage_breakdown where is_corrected") == [("35.03",)]


@pytest.mark.slow
def test_a_percentage_cell_and_one_in_thousands_are_corrected_in_per_cent_and_people(
    settings: Settings, put_workbook: Put
) -> None:
    rows = [
        ["UCJ per 13 November 2024"], [], ["Kabupaten/Kota", "Semesta PU (ribu orang)", "TK Aktif PU", "Cakupan PU (%)"],
        ["Kabupaten Trenggalek", 89.3, 38595, 0.432], ["Kabupaten Gresik", 120, 60000, 0.5],
    ]  # fmt: skip
    put_workbook("provinsi/UCJ.xlsx", rows)
    correct(
        settings,
        "UCJ.xlsx;Rekap;B4;89.3;89.340 orang;uji;;Sari",
        "UCJ.xlsx;Rekap;D4;0.432;43,20%;uji;;Sari",
        "UCJ.xlsx;Rekap;B5;120;121;uji;;Sari",
    )
    assert ask(
        settings,
        "select region_code, eligible_workers, active_members, cast(reported_coverage_pct as varchar) from mart.coverage "
        "order by 1",
    ) == [("35.03", 89340, 38595, "43.20"), ("35.25", 120000, 60000, "50.00")]
    assert ask(settings, "select cell, value_before, value_after, message from meta.correction order by row_no") == [
        ("B4", 89300.0, 89340.0, None),
        ("D4", 43.2, 43.2, None),
        ("B5", None, None, '"121" dapat berarti 121 atau 121.000; koreksi ini tidak dipakai. Tulis dengan satuannya '
                           '("38.500 orang", "43,2%"), lalu jalankan lagi.'),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_labour_force_cell_is_corrected_too(settings: Settings, put_workbook: Put) -> None:
    rows = [["Penduduk yang Bekerja, Agustus 2024 (Sakernas)"], [], ["Kabupaten/Kota", "Bekerja 2024"],
            ["Kabupaten Trenggalek", 464079]]  # fmt: skip
    put_workbook("bps/Bekerja.xlsx", rows)
    correct(settings, "Bekerja.xlsx;Rekap;B4;464079;464080;uji;;Sari")
    assert ask(settings, "select employed_people from core.labour_force_observation") == [(464080,)]
    assert ask(settings, "select cast(value as int), known_until is null from core.labour_force_value order by 1") == [
        (464079, False),
        (464080, True),
    ]


@pytest.mark.slow
def test_a_later_revision_still_wins_over_a_correction(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    put_workbook("provinsi/UCJ Desember.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 71000)))
    run_job(settings)
    correct(settings, "UCJ.xlsx;Rekap;C4;70470;70000;uji;;Sari")
    assert ask(settings, "select active_members, is_corrected from mart.coverage") == [(71000, False)]


@pytest.mark.slow
def test_a_withdrawn_extract_is_out_until_it_is_brought_back(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    put_workbook("gresik/b.xlsx", coverage_rows(GRESIK))
    run_job(settings)
    before = moment_of_the_last_receipt(settings)
    withdraw(settings, "UCJ.xlsx", "draf")
    summary = run_job(settings)  # a region is lost, and a receipt says why: nothing stops the publish
    assert (summary.exit_code, summary.read_files) == (0, 0)
    assert ask(settings, "select region_code from mart.coverage") == [("35.25",)]
    assert ask(settings, "select file_name, status, reason from meta.extract order by file_name") == [
        ("UCJ.xlsx", "withdrawn", "draf"),
        ("b.xlsx", "loaded", ""),
    ]
    gone = moment_of_the_last_receipt(settings)
    bring_back(settings, "UCJ.xlsx", "ternyata benar")
    run_job(settings)
    back = moment_of_the_last_receipt(settings)
    known = "select count(*) from coverage_as_of('2024-12-31', ?::timestamp) where region_code = '35.03'"
    assert [ask(settings, known, moment) for moment in (before, gone, back)] == [[(1,)], [(0,)], [(1,)]]
    assert ask(
        settings, "select kind, outcome, reason from meta.receipt where kind = 'withdrawal' order by received_at"
    ) == [
        ("withdrawal", "withdrawn", "draf"),
        ("withdrawal", "brought back", "ternyata benar"),
    ]
    spans = "select known_from, known_until from core.coverage_value where region_code = '35.03' and " \
            "measure = 'active_members' order by 1"  # fmt: skip
    first = ask(settings, "select received_at from meta.receipt where file_name = 'UCJ.xlsx' and kind = 'extract'")[0][
        0
    ]
    assert ask(settings, spans) == [(first, gone), (back, None)]
    assert ask(settings, "select status from meta.extract where file_name = 'UCJ.xlsx'") == [("loaded",)]


@pytest.mark.slow
def test_a_correction_that_came_while_its_extract_was_withdrawn_holds_once_it_is_back(
    settings: Settings, put_workbook: Put
) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    withdraw(settings, "UCJ.xlsx", "draf")
    correct(settings, "UCJ.xlsx;Rekap;C4;70470;70000;uji;;Sari")
    assert ask(settings, "select count(*) from mart.coverage") == [(0,)]
    assert ask(settings, "select status from meta.correction") == [("applied",)]
    bring_back(settings, "UCJ.xlsx")
    run_job(settings)
    assert ask(settings, "select active_members, is_corrected from mart.coverage") == [(70000, True)]
    assert ask(settings, "select cast(value as int), correction_id is not null from core.coverage_value "
               "where measure = 'active_members' order by known_from") == [(70470, False), (70000, True)]  # fmt: skip


@pytest.mark.slow
def test_what_is_sent_again_after_a_withdrawal_or_a_revision_says_how_to_bring_it_back(
    settings: Settings, put_workbook: Put
) -> None:
    original = put_workbook("provinsi/a.xlsx", coverage_rows(TRENGGALEK)).read_bytes()
    run_job(settings)
    put_workbook("provinsi/b.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 80000)))
    run_job(settings)
    (settings.inbox / "provinsi" / "c.xlsx").write_bytes(original)
    first, revision = (name.split("_")[1] for name in receipt_names(settings.received)[:2])
    again = "sent_again: c.xlsx (provinsi): the same bytes as a.xlsx; nothing was loaded again, and its figures are"
    assert run_job(settings).audit_warnings == (
        f"{again} not in force: to bring them back, withdraw what revised them: b.xlsx (ucj withdraw {revision} "
        "--reason ...)",
    )
    withdraw(settings, "b.xlsx", "salah")
    assert run_job(settings).audit_warnings == (
        "sent_again: c.xlsx (provinsi): the same bytes as a.xlsx; nothing was loaded again",
    )
    withdraw(settings, "a.xlsx", "salah juga")
    (settings.inbox / "gresik").mkdir()
    (settings.inbox / "gresik" / "d.xlsx").write_bytes(original)
    assert run_job(settings).audit_warnings == (
        f"{again} withdrawn: ucj withdraw {first} --undo brings them back",
        f"sent_again: d.xlsx (gresik): its bytes came before and were withdrawn; nothing is loaded, and its figures are "
        f"withdrawn: ucj withdraw {first} --undo brings them back",
    )
    assert ask(settings, "select count(*) from mart.coverage") == [(0,)]
    bring_back(settings, first)
    run_job(settings)
    assert ask(settings, "select active_members, source from mart.coverage") == [(70470, "provinsi")]
    assert ask(settings, "select distinct source from core.coverage_value where known_until is null order by 1") == [
        ("gresik",),
        ("provinsi",),
    ]


@pytest.mark.slow
def test_the_rows_of_a_withdrawn_plan_are_out_until_it_is_brought_back(settings: Settings) -> None:
    name = "IKU RPJMD Gresik 2025-2029.xlsx"
    (settings.inbox / "gresik").mkdir()
    shutil.copy(ROOT / "raw" / "sample" / "inbox" / "gresik" / name, settings.inbox / "gresik")
    run_job(settings)
    received = moment_of_the_last_receipt(settings)
    known = "select count(*), min(received_at), count(distinct plan_target_id) from core.plan_target where known_until is null"
    assert ask(settings, known) == [(6, received, 6)]
    withdraw(settings, name, "rancangan")
    run_job(settings)
    assert ask(settings, known) == [(0, None, 0)]
    assert ask(settings, "select count(*) from mart.rpjmd_baseline where region_code = '35.25'") == [(0,)]
    bring_back(settings, name)
    run_job(settings)
    assert ask(settings, known) == [(6, received, 6)]
    assert ask(settings, "select count(distinct plan_target_id) from core.plan_target") == [(12,)]


@pytest.mark.slow
def test_a_correction_never_carries_a_nik_into_the_warehouse(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    correct(settings, "UCJ.xlsx;Rekap;C4;3503994101900001;70000;NIK 3503994101900001;telepon;Sari")
    assert ask(settings, "select expected_text, reason, message_en from meta.correction") == [
        (
            "350399******0001",
            "NIK 350399******0001",
            'That cell holds "70470", not "350399******0001"; this correction is not used. Check the cell, then mend the '
            "column expected or delete this line.",
        )
    ]
    assert b"3503994101900001" not in settings.published.read_bytes()
