"""The sample data through the whole job: what a newcomer sees after `make demo`, and what the README promises.

Expected figures are those that were published (DOMAIN §5) or counted by hand in the workbooks. Row counts
stand in `sample_counts.csv`; a table or a source that is new there or gone must be meant.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.errors import WrongUse
from flows.job import Summary, run_job
from flows.settings import ROOT, Settings

pytestmark = pytest.mark.xdist_group("sample")  # one worker, so that the job runs once
SAMPLE = ROOT / "raw" / "sample"
COUNTS = Path(__file__).with_name("sample_counts.csv")
FAULTY = "Lap UCJ Cab Kediri Nov 2025 (belum dicek).xlsx"
NOT_OF_THE_SAMPLE = ("meta.column", "meta.audit_result", "meta.release")  # they grow with the code


@dataclass(frozen=True)
class Run:
    """The job's one run over a copy of the sample."""

    settings: Settings
    summary: Summary
    database: duckdb.DuckDBPyConnection

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.database.execute(query, values).fetchall()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The published sample; the repository's own files are never touched."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE, folder / "raw")
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse")
    summary = run_job(settings)
    with duckdb.connect(str(settings.published), read_only=True) as database:
        yield Run(settings, summary, database)


@pytest.fixture(scope="session")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the generator writes today."""
    spec = importlib.util.spec_from_file_location("make_sample", SAMPLE / "make_sample.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_sample"] = module
    spec.loader.exec_module(module)
    folder = tmp_path_factory.mktemp("made")
    module.write_sample(folder)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """The inbox, the receipts and the corrections of a raw folder, by path."""
    paths = [path for part in ("inbox", "received") for path in (folder / part).rglob("*") if path.is_file()]
    paths.append(folder / "corrections.csv")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


# --- the figures ---------------------------------------------------------------------------------------


def test_trenggalek_on_13_november_2024_is_as_published(sample: Run) -> None:
    assert sample.rows(
        """select segment, active_members, eligible_workers, coverage_pct from mart.coverage
        where region_code = '35.03' and as_of_date = '2024-11-13' order by segment"""
    ) == [
        ("BPU", 14_468, 159_976, Decimal("9.04")),
        ("JAKON", 17_407, 21_306, Decimal("81.70")),
        ("PU", 38_595, 89_340, Decimal("43.20")),
        ("TOTAL", 70_470, 270_622, Decimal("26.04")),
    ]


def test_gresik_on_21_november_2024_is_as_published_with_only_its_totals_denominator(sample: Run) -> None:
    assert sample.rows(
        """select segment, active_members, eligible_workers, coverage_pct, source from mart.coverage
        where region_code = '35.25' and as_of_date = '2024-11-21' order by segment"""
    ) == [
        ("BPU", 20_348, None, None, "gresik"),
        ("JAKON", 105_381, None, None, "gresik"),
        ("PU", 167_129, None, None, "gresik"),
        ("TOTAL", 292_858, 557_575, Decimal("52.52"), "gresik"),
    ]


def test_a_figure_leads_back_to_its_cell_and_its_text(sample: Run) -> None:
    assert sample.rows(
        """select v.sheet, v.cell, v.raw_text, e.file_name
        from mart.coverage c
        join core.coverage_value v on c.active_members_value_id = v.value_id
        join meta.extract e on v.extract_id = e.extract_id
        where c.region_code = '35.03' and c.as_of_date = '2024-11-13' and c.segment = 'PU'"""
    ) == [("Rekap UCJ", "D9", "38.595", "UCJ Jatim per 13 Nov 2024 FINAL.xlsx")]


def test_the_province_counts_38_of_38_regencies_on_three_dates_and_says_so_where_fewer_report(sample: Run) -> None:
    assert sample.rows(
        """select as_of_date, regions_reported, regions_expected from mart.province_coverage
        where segment = 'TOTAL' order by as_of_date"""
    ) == [
        (date(2024, 11, 13), 38, 38),
        (date(2024, 11, 21), 1, 38),
        (date(2025, 9, 30), 38, 38),
        (date(2025, 10, 31), 38, 38),
        (date(2025, 11, 30), 3, 38),
    ]


def test_a_jumlah_row_is_what_the_warehouse_adds_up(sample: Run) -> None:
    assert sample.rows(
        """select segment, eligible_workers, active_members, coverage_pct from mart.province_coverage
        where as_of_date = '2024-11-13' order by segment"""
    ) == [
        ("BPU", 7_554_846, 721_129, Decimal("9.55")),
        ("JAKON", 1_026_548, 793_948, Decimal("77.34")),
        ("PU", 5_094_625, 2_534_287, Decimal("49.74")),
        ("TOTAL", 13_676_019, 4_049_364, Decimal("29.61")),
    ]


def test_the_employed_of_38_regencies_add_up_to_what_bps_prints_for_the_province(sample: Run) -> None:
    assert sample.rows(
        """select year, survey_month, count(*), cast(sum(value) as bigint) from core.labour_force_value
        where measure = 'employed_people' group by all order by year"""
    ) == [
        (2023, "august", 38, 22_703_177),
        (2024, "august", 38, 23_361_110),
        (2025, "august", 38, 23_801_034),
    ]
    assert sample.rows(
        """select cast(value as bigint), cell from core.labour_force_value
        where region_code = '35.03' and year = 2024 and measure = 'employed_people'"""
    ) == [(464_079, "C7")]


def test_coverage_stays_plausible_and_grows_within_a_year(sample: Run) -> None:
    assert sample.rows("select count(*) from mart.coverage where coverage_pct > 100") == [(0,)]
    assert sample.rows(
        """select count(*) from mart.coverage pu join mart.coverage bpu using (region_code, as_of_date)
        where pu.segment = 'PU' and bpu.segment = 'BPU' and bpu.coverage_pct >= pu.coverage_pct"""
    ) == [(0,)]
    assert sample.rows(
        """select count(*) from mart.coverage where segment = 'TOTAL' and coverage_pct_change <= 0"""
    ) == [(0,)]


def test_trenggalek_s_assistance_leaves_what_the_rate_does_not_explain_and_keeps_both_versions_of_2024(
    sample: Run,
) -> None:
    assert sample.rows(
        """select year, status, cited_source, is_disputed, recipients, months, budget_rupiah, cost_rupiah,
        budget_less_cost_rupiah from mart.assistance_effect
        where region_code = '35.03' and assistance_id is not null order by year, cited_source"""
    ) == [
        (2023, "realised", "kabarpas", False, 5_600, 3, 365_600_000, 282_240_000, 83_360_000),
        (2024, "realised", "afederasi", True, None, 10, 1_200_000_000, None, None),
        (2024, "realised", "bidiknasional", True, None, 10, 1_200_000_000, None, None),
        (2024, "realised", "kabarpas", True, 10_000, None, 2_092_600_000, None, None),
        (2025, "planned", "afederasi", False, 10_000, 12, 2_092_600_000, 2_016_000_000, 76_600_000),
        (2025, "planned", "bidiknasional", False, 10_000, 12, 2_092_600_000, 2_016_000_000, 76_600_000),
    ]


def test_the_years_of_the_plan_say_what_their_targets_would_cost(sample: Run) -> None:
    # measured 77,369 of 264,191 on 31 October 2025; 32.00 % of them are 84,541
    assert sample.rows(
        """select year, target_document, target_pct, members_to_target, closing_cost_rupiah from mart.assistance_effect
        where region_code = '35.03' and year in (2026, 2027) order by year"""
    ) == [
        (2026, "RPJPD", Decimal("29.15"), 0, 0),
        (2027, "RPJPD", Decimal("32.00"), 7_172, 7_172 * 201_600),
    ]


def test_assistance_was_not_known_before_it_was_received(sample: Run) -> None:
    known = "select count(*) from assistance_effect_as_of('2025-12-31', ?) where assistance_id is not null"
    assert [sample.rows(known, day) for day in ("2025-11-13", "2025-11-14")] == [[(0,)], [(6,)]]


# --- what is refused -----------------------------------------------------------------------------------


def test_each_fault_of_the_bad_workbook_that_nobody_corrected_is_found_in_its_cell(sample: Run) -> None:
    assert sample.rows(
        """select f.cell, f.rule, f.severity from meta.finding f join meta.extract e using (extract_id)
        where e.file_name = ? order by f.cell""",
        FAULTY,
    ) == [
        ("A7", "region_ambiguous", "error"),
        ("A8", "region_unknown", "error"),
        ("C12", "fraction_of_a_person", "error"),
        ("C9", "error_cell", "error"),
        ("D11", "active_above_eligible", "error"),
        ("E11", "active_above_eligible", "error"),
        ("E13", "not_a_number", "error"),
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            "A7",
            '"Kediri" bisa berarti 35.06 Kabupaten Kediri, 35.71 Kota Kediri. '
            "Tulis Kabupaten atau Kota di depannya, lalu kirim ulang.",
        ),
        (
            "E11",
            "Peserta aktif 257.750 lebih banyak dari semesta 27.754 (BPU); kedua sel tidak dimuat. "
            "Periksa apakah kolom atau angkanya tertukar, lalu kirim ulang.",
        ),
        (
            "E13",
            '"belum ada data" diharapkan angka; kolom ini "BPU › Peserta Aktif". Perbaiki sel itu, lalu kirim ulang.',
        ),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_do(sample: Run, cell: str, message: str) -> None:
    assert sample.rows("select message from meta.finding where cell = ?", cell) == [(message,)]


def test_the_text_as_found_stands_in_a_refusal_of_a_number_cell(sample: Run) -> None:
    assert sample.rows("select cell, raw_text from meta.finding where cell = 'C12'") == [
        ("C12", "38.595"),
    ]


def test_the_fine_cells_of_the_bad_workbook_are_loaded(sample: Run) -> None:
    loaded = """select region_code, measure, cast(value as bigint) from core.coverage_value
        where source = 'cabang-kediri' and region_code = ? order by cell"""
    assert sample.rows(loaded, "35.18") == [
        ("35.18", "eligible_workers", 108_170),
        ("35.18", "active_members", 40_972),
        ("35.18", "eligible_workers", 233_897),
        ("35.18", "active_members", 23_764),
        ("35.18", "eligible_workers", 26_106),
        ("35.18", "active_members", 16_987),
    ]
    assert [value for _, _, value in sample.rows(loaded, "35.05")] == [134_938, 273_731, 37_832, 32_180, 22_411]
    assert sample.rows("select status, count(*) from meta.extract group by all order by status") == [
        ("loaded", 9),
        ("partly_loaded", 2),
        ("withdrawn", 1),
    ]


def test_every_cell_of_every_sheet_is_accounted_for(sample: Run) -> None:
    assert (
        sample.rows(
            "select sheet, refused from meta.sheet where cells <> header + loaded + furniture + ignored + refused"
        )
        == []
    )
    assert sample.rows("select sheet, refused from meta.sheet where refused > 0 order by sheet") == [
        ("Cab Kediri", 19),
        ("Target", 2),  # the row with swapped years
    ]


# --- what was published --------------------------------------------------------------------------------


def test_of_everything_published_only_what_is_wrong_in_print_is_accused(sample: Run) -> None:
    assert sample.rows("select verdict, count(*) from mart.published_figure_check group by all order by all") == [
        ("consistent", 34),
        ("contradicted", 4),
        ("truncated", 1),
    ]
    assert sample.rows(
        """select f.place, f.cited_source, f.figure, c.rank, c.cause, c.printed, c.likely, c.arithmetic
        from mart.published_figure_cause c join mart.published_figure_check f using (published_figure_id)
        order by f.place, f.figure, c.rank"""
    ) == [
        (
            "Bali",
            "pemberitaan",
            "measured",
            1,
            "digits_transposed",
            "1873899",
            "1837899",
            "935079 / 1837899 = 50.878 %",
        ),
        ("Kediri", "pemberitaan", "measured", 1, "truncated", "40.89", "40.90", "135163 / 330493 = 40.897 %"),
        ("Kediri", "pemberitaan", "measured", 2, "digits_transposed", "135163", "135136", "135136 / 330493 = 40.889 %"),
        ("Trenggalek", "kabarpas", "baseline", 1, "years_swapped", "2045", "2025", "2025 < 2045; 26.30 <= 89.29"),
        (
            "Trenggalek",
            "kabarpas",
            "measured",
            1,
            "segment_label",
            "BPU",
            "JAKON",
            "17407 / 21306 = 81.70 % (2024-11-13)",
        ),
        ("Trenggalek", "kabarpas", "target", 1, "years_swapped", "2025", "2045", "2025 < 2045; 26.30 <= 89.29"),
    ]


def published(sample: Run, *words: str) -> Any:
    return CliRunner().invoke(app, ["published", *words, "--warehouse", str(sample.settings.warehouse)])


def test_ucj_published_tells_a_planner_what_the_first_print_of_trenggalek_got_wrong(sample: Run) -> None:
    done = published(sample, "Trenggalek")
    assert done.exit_code == 0
    assert done.output.splitlines()[:2] == [
        "Kabupaten Trenggalek (35.03): 16 angka terbit: 13 cocok, 3 bertentangan.",
        "DATA CONTOH: untuk latihan, bukan data resmi.",
    ]
    assert (
        done.output[done.output.index("kabarpas: ") :]
        == """\
kabarpas: UCJ Trenggalek, 13 November 2024
  Angka                Tercetak         Gudang data                                     Hasil
  Baseline 2045 TOTAL  26,30 %          –                                               bertentangan
      Tidak cocok: urutan tahun.
      Sebabnya: tahun baseline dan tahun target tertukar; mestinya 2025: 2025 < 2045; 26,30 <= 89,29.
      Dicetak lain oleh afederasi, bidiknasional.
  Target 2025 TOTAL    89,29 %          –                                               bertentangan
      Tidak cocok: urutan tahun.
      Sebabnya: tahun baseline dan tahun target tertukar; mestinya 2045: 2025 < 2045; 26,30 <= 89,29.
      Dicetak lain oleh afederasi, bidiknasional.
  PU                   43,2 % (38.595)  43,20 % (38.595 dari 89.340), 13 November 2024  cocok
  BPU                  81,7 % (17.407)  9,04 % (14.468 dari 159.976), 13 November 2024  bertentangan
      Tidak cocok: angka terukur pada hari itu.
      81,7 % dapat berarti 81,65 sampai di bawah 81,8 %.
      Sebabnya: berlabel segmen lain; ini angka JAKON: 17.407 / 21.306 = 81,70 % (13 November 2024).
      Dicetak lain oleh afederasi, bidiknasional.
"""
    )


def test_ucj_published_says_which_regions_a_bare_name_in_print_could_be(sample: Run) -> None:
    done = published(sample, "Kediri")
    assert (done.exit_code, done.output) == (1, "")  # the one sentence is printed by main
    assert str(done.exception) == (
        '"Kediri" bisa berarti 35.06 Kabupaten Kediri atau 35.71 Kota Kediri. '
        "Tulis kodenya, atau namanya dengan Kabupaten, Kota, atau Provinsi."
    )
    assert isinstance(done.exception, WrongUse) and done.exception.exit_code == 2
    assert (
        published(sample, "35.71", "--lang", "en").output
        == """\
Kota Kediri (35.71): 1 published figures: 1 truncated, not rounded.
SAMPLE DATA: for practice; not official.

pemberitaan: UCJ Kediri, 30 November 2021
  Printed as "Kediri": could be 35.06 Kabupaten Kediri or 35.71 Kota Kediri.
  Figure  Printed                       Warehouse  Verdict
  TOTAL   40.89 % (135,163 of 330,493)  –          truncated, not rounded
      40.89 % can stand for 40.885 up to, not including, 40.9 %.
      Cause: the percentage was cut off; rounded it is 40.90 %: 135,163 / 330,493 = 40.897 %.
      Or: two neighbouring digits are transposed; members should be 135,136: 135,136 / 330,493 = 40.889 %.
"""
    )


def test_ucj_published_knows_provinces_the_nation_and_branches_by_their_printed_name(sample: Run) -> None:
    assert published(sample, "bali").output.splitlines()[0] == "Bali (51): 1 angka terbit: 1 bertentangan."
    assert published(sample, "cabang blitar").output.splitlines()[0] == "Cabang Blitar: 7 angka terbit: 7 cocok."
    assert published(sample, "00").output == "Indonesia (00): tidak ada angka terbit di gudang data.\n"
    assert (
        published(sample, "Pacitan", "--lang", "en").output
        == "Kabupaten Pacitan (35.01): no published figure in the warehouse.\n"
    )


def test_ucj_published_gives_programs_the_same(sample: Run) -> None:
    bali = json.loads(published(sample, "51", "--json").output)
    (figure,) = bali["figures"]
    assert (bali["place"], bali["region_code"], figure["verdict"], figure["stated_on"]) == (
        "Bali (51)",
        "51",
        "contradicted",
        "2025-03-31",
    )
    assert [cause["arithmetic"] for cause in figure["causes"]] == ["935079 / 1837899 = 50.878 %"]


def test_what_was_published_is_checked_as_it_was_known(sample: Run) -> None:
    known = "select count(*) from published_figure_check_known_at(?)"
    assert sample.rows(known, "2025-11-13") == [(0,)]
    assert sample.rows(known, "2025-11-14") == [(39,)]
    assert (
        sample.rows("from mart.published_figure_check except from published_figure_check_known_at('2026-01-01')") == []
    )


# --- the two clocks ------------------------------------------------------------------------------------


def test_a_run_over_the_sample_finds_nothing_new_in_the_inbox(sample: Run) -> None:
    assert (sample.summary.new_files, sample.summary.duplicates, sample.summary.notes) == (0, 0, ())
    assert sample.summary.exit_code == 1
    assert files_of(sample.settings.raw) == files_of(SAMPLE)


def test_what_was_known_on_20_november_2024_does_not_hold_gresiks_own_extract(sample: Run) -> None:
    gresik = """select distinct as_of_date, source from coverage_as_of('2024-12-31', ?)
        where region_code = '35.25'"""
    assert sample.rows(gresik, "2024-11-17") == []
    assert sample.rows(gresik, "2024-11-20") == [(date(2024, 11, 13), "disnaker-jatim")]
    assert sample.rows(gresik, "2024-11-25") == [(date(2024, 11, 21), "gresik")]


def test_the_receipts_are_dated_from_november_2024_on(sample: Run) -> None:
    assert sample.rows("select source, outcome, received_at from meta.receipt order by received_at") == [
        ("disnaker-jatim", "new", datetime(2024, 11, 18, 2, 5)),
        ("gresik", "new", datetime(2024, 11, 25, 1, 30)),
        ("disnaker-jatim", "new", datetime(2025, 11, 5, 2, 20)),
        ("sidoarjo", "new", datetime(2025, 11, 10, 1, 5)),
        ("bappeda-jatim", "new", datetime(2025, 11, 10, 4, 0)),
        ("gresik", "new", datetime(2025, 11, 12, 7, 0)),
        ("disnaker-jatim", "new", datetime(2025, 11, 13, 2, 10)),
        ("kliping", "new", datetime(2025, 11, 14, 1, 30)),
        ("kliping", "new", datetime(2025, 11, 14, 1, 40)),
        ("disnaker-jatim", "duplicate", datetime(2025, 11, 18, 1, 40)),
        ("cabang-kediri", "new", datetime(2025, 12, 4, 1, 15)),
        ("bps", "new", datetime(2025, 12, 9, 3, 45)),
        ("", "new", datetime(2025, 12, 10, 2, 30)),
        ("disnaker-jatim", "new", datetime(2025, 12, 11, 1, 20)),
        ("disnaker-jatim", "withdrawn", datetime(2025, 12, 12, 1, 50)),
    ]


def test_a_regency_s_own_report_is_a_rival_of_the_province_s(sample: Run) -> None:
    assert sample.rows(
        """select region_code, as_of_date, segment, measure, cast(value as bigint), cast(rival_value as bigint), source,
        rival_source from mart.rival order by segment"""
    ) == [
        ("35.15", date(2025, 10, 31), segment, "active_members", value, rival, "disnaker-jatim", "sidoarjo")
        for segment, value, rival in (
            ("BPU", 39_272, 39_508), ("JAKON", 42_245, 42_496), ("PU", 185_353, 186_319), ("TOTAL", 266_870, 268_323)
        )
    ]  # fmt: skip


def test_a_revision_of_three_cells_changes_these_and_their_total_from_its_day_on(sample: Run) -> None:
    jember = """select segment, active_members from coverage_as_of('2025-10-31', ?) where region_code = '35.09'
        order by segment"""
    before = [("BPU", 48_875), ("JAKON", 39_786), ("PU", 135_223), ("TOTAL", 223_884)]
    assert sample.rows(jember, "2025-11-12") == before
    assert sample.rows(jember, "2025-11-13") == [
        ("BPU", 49_875), ("JAKON", 40_786), ("PU", 136_223), ("TOTAL", 226_884),
    ]  # fmt: skip


def test_what_was_sent_again_is_said_and_not_loaded_again(sample: Run) -> None:
    assert sample.rows("select place, reason from meta.audit_result where audit = 'sent_again'") == [
        (
            "UCJ Jatim per 13 Nov 2024 FINAL (2).xlsx (disnaker-jatim)",
            "the same bytes as UCJ Jatim per 13 Nov 2024 FINAL.xlsx; nothing was loaded again",
        )
    ]


def test_the_corrected_cell_is_loaded_from_the_correction_on_and_says_what_stood_there(sample: Run) -> None:
    assert sample.rows(
        """select c.active_members, c.is_corrected, v.cell, v.raw_text, k.corrected_text, k.reason, k.evidence,
            k.corrected_by
        from mart.coverage c
        join core.coverage_value v on c.active_members_value_id = v.value_id
        join meta.correction k using (correction_id)
        where c.region_code = '35.72' and c.as_of_date = '2025-11-30' and c.segment = 'BPU'"""
    ) == [
        (1_624, True, "E10", "-1624", "1624", "tanda minus salah ketik", "telepon kantor cabang Kediri", "operator contoh")
    ]  # fmt: skip
    known = (
        """select active_members from coverage_as_of('2025-11-30', ?) where region_code = '35.72' and segment = 'BPU'"""
    )
    assert [sample.rows(known, day) for day in ("2025-12-09", "2025-12-10")] == [[(None,)], [(1_624,)]]
    assert sample.rows("select region_code, segment from mart.coverage where is_corrected order by segment") == [
        ("35.72", "BPU"),
        ("35.72", "TOTAL"),
    ]


def test_the_withdrawn_draft_was_known_for_a_day(sample: Run) -> None:
    trenggalek = """select as_of_date, active_members from coverage_as_of('2025-12-31', ?)
        where region_code = '35.03' and segment = 'TOTAL'"""
    october, draft = (date(2025, 10, 31), 77_369), (date(2025, 11, 30), 7_798)
    days = ("2025-12-10", "2025-12-11", "2025-12-12")
    assert [sample.rows(trenggalek, day) for day in days] == [[october], [draft], [october]]


# --- the sample as such --------------------------------------------------------------------------------


def test_everything_made_from_the_sample_says_that_it_is_sample_data(sample: Run) -> None:
    marked = sample.rows(
        "select table_schema || '.' || table_name from information_schema.columns where column_name = 'is_sample'"
    )
    assert len(marked) >= 10
    for (table,) in marked:
        # mart.freshness also lists the 476 regencies of which nothing came
        came = "and latest_as_of_date is not null" if table == "mart.freshness" else ""
        assert sample.rows(f"select count(*) from {table} where not is_sample {came}") == [(0,)], table
    assert sample.rows("select count(*) from mart.coverage where is_sample is null") == [(0,)]
    assert sample.rows("select has_sample from meta.release") == [(True,)]
    assert sample.rows("select count(*) from meta.extract where title not like 'DATA CONTOH%'") == [(0,)]


def test_the_sample_gives_as_many_rows_as_are_kept_in_git(sample: Run) -> None:
    with COUNTS.open(encoding="utf-8", newline="") as file:
        kept = {(row["table"], row["source"]): int(row["rows"]) for row in csv.DictReader(file)}
    counted = count_rows(sample)
    changed = {key: (kept.get(key), counted.get(key)) for key in kept | counted if kept.get(key) != counted.get(key)}
    lines = "\n".join(f"{table},{source},{rows}" for (table, source), rows in sorted(counted.items()))
    assert not changed, (
        f"(kept, counted): {changed}\nIf that is meant, {COUNTS.name} becomes:\ntable,source,rows\n{lines}"
    )


def count_rows(sample: Run) -> dict[tuple[str, str], int]:
    """Rows by table and source; the source is empty where a table has none, and where it holds no row."""
    columns: dict[str, set[str]] = {}
    for table, column in sample.rows(
        """select table_schema || '.' || table_name, column_name from information_schema.columns
        where table_schema in ('core', 'mart', 'meta')"""
    ):
        columns.setdefault(table, set()).add(column)
    counts: dict[tuple[str, str], int] = {}
    for table in sorted(set(columns) - set(NOT_OF_THE_SAMPLE)):
        if "source" in columns[table]:
            query = f"select source, count(*) from {table} group by all"
        elif "extract_id" in columns[table]:
            query = f"select e.source, count(*) from {table} join meta.extract e using (extract_id) group by all"
        else:
            query = f"select '', count(*) from {table}"
        counts |= {(table, source): rows for source, rows in sample.rows(query) or [("", 0)]}
    return counts


def test_the_generator_writes_the_committed_files_byte_for_byte(made_again: Path) -> None:
    made, kept = files_of(made_again), files_of(SAMPLE)
    assert sorted(made) == sorted(kept)
    assert [path for path in made if made[path] != kept[path]] == []


def test_every_path_of_the_sample_is_one_that_windows_takes() -> None:
    for path in files_of(SAMPLE):
        assert not set(path) & set('<>:"\\|?*'), path
        assert path.isascii() and len(path) <= 160, path


@pytest.mark.parametrize("table", ["target_path", "rpjmd_baseline", "assistance_effect"])
def test_what_is_known_now_by_the_macro_is_the_table(sample: Run, table: str) -> None:
    now = f"{table}_as_of('9999-12-31', '9999-12-31')"
    assert (
        sample.rows(f"from mart.{table} except from {now}") == sample.rows(f"from {now} except from mart.{table}") == []
    )


def test_trenggalek_s_baseline_of_november_2024_is_made_again_as_it_was_known_then(sample: Run) -> None:
    assert sample.rows(
        """select cited_source, is_in_force, baseline_pct, measured_on, measured_pct, target_pct
        from rpjmd_baseline_as_of('2025-09-01', '2025-11-11') where region_code = '35.03' order by all"""
    ) == [
        ("bidiknasional", True, Decimal("26.30"), date(2024, 11, 13), Decimal("26.04"), Decimal("83.29")),
        (
            "kabarpas (tahun dibetulkan)",
            False,
            Decimal("26.30"),
            date(2024, 11, 13),
            Decimal("26.04"),
            Decimal("89.29"),
        ),
    ]
