"""`ucj explain`: every figure leads back to its cells, and another reader finds the same in the kept workbooks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from flows.build.models import SQL
from flows.settings import Settings
from flows.trace.ask import explainable, figure_of, read_measure
from flows.trace.cells import says_the_same
from flows.trace.explain import Explainer, Figure
from tests.conftest import ucj

pytestmark = pytest.mark.xdist_group("trace")
NOW = "9999-12-31"


@pytest.fixture(scope="session")
def explainer(sample: Settings) -> Iterator[Explainer]:
    with duckdb.connect(str(sample.published), read_only=True) as connection:
        yield Explainer(connection, sample, NOW, NOW)


def leaves(figures: list[Figure]) -> set[str]:
    return {each.value_id for figure in figures for each in figure.walk() if each.value_id}


def recompute(figure: Figure) -> float:
    """What the arithmetic of a tree gives, worked out here by itself from the leaves up."""
    if figure.value_id:
        return float(figure.value)
    parts = [recompute(part) for part in figure.parts]
    if figure.how == "{0} / {1}":
        return int((20000 * parts[0] + parts[1]) // (2 * parts[1])) / 100
    if figure.how == "{1} - {0}":
        return max(parts[1] - parts[0], 0)
    if figure.how == "{0} - {1}":
        return round(parts[0] - parts[1], 2)
    if figure.how == "count":
        return len(parts)
    if figure.how == "rank":
        return 1 + sum(part > own for part in parts for own in [float(figure_value(figure))])
    return sum(parts)


def figure_value(figure: Figure) -> Any:
    """The region's own coverage among those that a rank orders."""
    own = figure.about["region"]
    return next(part.value for part in figure.parts if part.about["region"] == own)


@pytest.mark.parametrize("table", ["coverage", "province_coverage"])
def test_every_figure_of_the_sample_is_walked_back_and_confirmed_by_another_reader(
    sample: Settings, explainer: Explainer, table: str
) -> None:
    figures = [
        figure_of(explainer, table, row, column) for row in explainer.rows(table) for column in explainable(table, row)
    ]
    assert len(figures) > (40 if table == "province_coverage" else 2000)
    for figure in figures:
        assert recompute(figure) == pytest.approx(float(figure.value), abs=0.0051), figure
    explanation = explainer.finish(table, Figure("all", "all", None, "sum", tuple(figures)))
    assert explanation.is_confirmed
    books: dict[str, Any] = {}
    for cell in explanation.leaves:
        if cell.kept_as not in books:
            books[cell.kept_as] = openpyxl.load_workbook(sample.received / cell.kept_as, data_only=True)
        if cell.correction_ids:
            continue  # the cell says what the correction expects: see below
        assert says_the_same(books[cell.kept_as][cell.sheet][cell.cell].value, cell.raw_text), cell


def test_the_cells_of_a_row_can_be_selected_by_the_query_beside_its_model(
    sample: Settings, explainer: Explainer
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{sample.published}' as published (read_only)")
        connection.execute("use published")
        connection.execute("create schema memory.trace")
        for name in ("coverage", "province_coverage"):
            query = (SQL / "trace" / f"{name}.sql").read_text(encoding="utf-8")
            query = query.replace("trace.coverage", "memory.trace.coverage")
            connection.execute(f"create table memory.trace.{name} as {query}")
        for table, place in (("coverage", "region_code"), ("province_coverage", "province_code")):
            for row in explainer.rows(table):
                for column in ("eligible_workers", "active_members"):
                    if row[column] is None:
                        continue
                    selected = connection.execute(
                        f"select value_id from memory.trace.{table} where {place} = ? and as_of_date = ? and segment = ? and column_name = ?",
                        [row[place], row["as_of_date"], row["segment"], column],
                    ).fetchall()
                    assert {value_id for (value_id,) in selected} == leaves([figure_of(explainer, table, row, column)])


def test_every_column_of_the_other_tables_leads_to_cells(explainer: Explainer) -> None:
    for table in (
        "target_path",
        "rpjmd_baseline",
        "eligible_projection",
        "rival",
        "freshness",
        "published_figure_check",
    ):
        rows = [
            row for row in explainer.rows(table) if table == "rival" or row["region_code"] in ("35.03", "35.25", "35")
        ]
        chosen = [
            row for row in rows if row.get("year", 2027) in (2025, 2027) and row.get("method", "linear") == "linear"
        ]
        figures = [figure_of(explainer, table, row, column) for row in chosen for column in explainable(table, row)]
        assert figures and all(leaves([figure]) for figure in figures)
        assert explainer.finish(table, Figure("all", "all", None, "sum", tuple(figures))).is_confirmed


def test_every_column_of_assistance_leads_to_cells_and_comes_out_again(explainer: Explainer) -> None:
    for table in ("assistance_effect", "assistance"):
        rows = [row for row in explainer.rows(table) if row["year"] <= 2027]
        columns = [(row, column) for row in rows for column in explainable(table, row)]
        figures = [figure_of(explainer, table, row, column) for row, column in columns]
        assert len(figures) == (52 if table == "assistance_effect" else 15)
        assert all(leaves([figure]) for figure in figures)
        for figure, (row, column) in zip(figures, columns, strict=True):
            assert figure.value == row[column]
            if column in ("people_months", "cost_rupiah"):
                assert figure.value == figure.parts[0].value * figure.parts[1].value
        assert explainer.finish(table, Figure("all", "all", None, "sum", tuple(figures))).is_confirmed


def test_the_rest_of_a_budget_is_told_down_to_its_three_cells(sample: Settings) -> None:
    done = ucj(
        sample,
        "explain",
        "Trenggalek",
        "budget_less_cost_rupiah",
        "--table",
        "mart.assistance_effect",
        "--as-of",
        "2023",
    )
    place = 'Bantuan iuran Trenggalek di media.xlsx, lembar "Bantuan iuran", sel'
    told = [line for line in done.stdout.splitlines() if "dari kliping" not in line]
    assert told == [
        "Kabupaten Trenggalek, kabarpas, tahun 2023 (mart.assistance_effect, seperti diketahui pada 2025-12-12 01:50:00)",
        "Anggaran dikurangi biaya Rp83.360.000 = Rp365.600.000 - Rp282.240.000",
        f'  Anggaran 2023 Rp365.600.000: {place} F4, tertulis "Rp365.600.000"',
        "  Biaya menurut tarif 2023 Rp282.240.000 = 5.600 x Rp50.400",
        f'    Penerima 2023 5.600: {place} D4, tertulis "5.600"',
        "    Iuran per orang 2023 Rp50.400 = JKK dan JKM sebulan kali 3, tarif bila pemerintah membayar",
        f'      Jumlah bulan 2023 3: {place} E4, tertulis "3"',
        "3 sel; semuanya masih berkata begitu.",
    ]


def test_what_other_sources_print_of_a_disputed_year_stands_beside(sample: Settings) -> None:
    done = ucj(sample, "explain", "Trenggalek", "--table", "core.assistance", "--as-of", "2024", "--lang", "en")
    place = 'Bantuan iuran Trenggalek di media.xlsx, sheet "Bantuan iuran", cell'
    assert [line.strip() for line in done.stdout.splitlines() if "confirmed" not in line] == [
        "Kabupaten Trenggalek, kabarpas, year 2024 (core.assistance, as known at 2025-12-12 01:50:00)",
        f'Budget Rp2,092,600,000: {place} F5, says "Rp2.092.600.000"',
        f'another source: 1,200,000,000 says {place} F6, says "Rp1.200.000.000" (kliping)',
        f'another source: 1,200,000,000 says {place} F7, says "Rp1.200.000.000" (kliping)',
        "1 cells; all of them still say so.",
    ]


def test_trenggalek_is_told_down_to_its_six_cells(sample: Settings) -> None:
    done = ucj(sample, "explain", "Trenggalek", "--as-of", "2024-11-30")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[1:4] == [
        "Cakupan 26,04 % = 70.470 / 270.622",
        "  Peserta aktif TOTAL 70.470 = 38.595 + 14.468 + 17.407",
        '    Peserta aktif PU 38.595: UCJ Jatim per 13 Nov 2024 FINAL.xlsx, lembar "Rekap UCJ", sel D9, tertulis "38.595"',
    ]
    assert (
        lines[4] == "      dari disnaker-jatim, diterima 18 November 2024 09.05 WIB, sha256 6c6f03f154d0; dikonfirmasi"
    )
    assert lines[-1] == "6 sel; semuanya masih berkata begitu."


def test_what_a_revision_replaced_stands_beside_as_not_in_force(sample: Settings) -> None:
    done = ucj(sample, "explain", "Jember", "PU active_members", "--as-of", "2025-10-31", "--lang", "en")
    assert (
        '  not in force: 135,223 says Monitoring UCJ 2025_Sept-Okt FINAL fix.xlsx, sheet "Oktober 2025", cell E36, says '
        '"135223" (disnaker-jatim)'
    ) in done.stdout.splitlines()


def test_a_corrected_cell_says_who_corrected_it_and_why(sample: Settings) -> None:
    with duckdb.connect(str(sample.published), read_only=True) as connection:
        ((code, segment, measure, day),) = connection.execute(
            "select region_code, segment, measure, as_of_date from core.coverage_value where correction_id is not null"
        ).fetchall()
    done = ucj(sample, "explain", code, f"{segment} {measure}", "--as-of", str(day), "--lang", "en")
    assert done.returncode == 0, done.stdout
    assert "corrected by" in done.stdout


def test_a_sum_over_a_province_lists_every_cell_in_json(sample: Settings) -> None:
    done = ucj(sample, "explain", "Jawa Timur", "pu_active_members", "--as-of", "2024-11-13", "--json")
    said = json.loads(done.stdout)
    assert said["confirmed"] and len(said["figure"]["parts"]) == 38
    assert sum(part["value"] for part in said["figure"]["parts"]) == said["figure"]["value"]
    assert len({part["value_id"] for part in said["figure"]["parts"]} & said["cells"].keys()) == 38


def test_a_kept_workbook_that_was_changed_is_not_confirmed(sample: Settings, tmp_path: Path) -> None:
    shutil.copytree(sample.raw, tmp_path / "raw")
    own = Settings(raw=tmp_path / "raw", warehouse=sample.warehouse)
    (kept,) = own.received.glob("*UCJ Jatim per 13 Nov 2024 FINAL.xlsx")
    kept.write_bytes(kept.read_bytes() + b"x")
    done = ucj(own, "explain", "Trenggalek", "PU active_members", "--as-of", "2024-11-30", "--lang", "en")
    assert done.returncode == 1
    assert f"NOT CONFIRMED, now: {kept}: sha256" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 cells; 1 of them no longer say so."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Kediri"], '"Kediri" bisa berarti'),
        (["35.03", "luas"], "luas: tidak ada di mart.coverage, atau kosong di baris itu. Pilih: coverage_pct, "),
        (["35.03", "--table", "mart.none"], "--table mart.none: tidak dikenal. Pilih: mart.coverage, "),
        (["35.03", "--as-of", "2020"], "mart.coverage tidak memuat Kabupaten Trenggalek (TOTAL) sampai 2020-12-31, "),
        (["35.03", "--known-at", "kemarin"], "--known-at: kemarin bukan tanggal. Tulis seperti 2025-10-31."),
    ],
)
def test_what_cannot_be_explained_is_wrong_use(sample: Settings, arguments: list[str], message: str) -> None:
    done = ucj(sample, "explain", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(message)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ("TOTAL", "coverage_pct")), ("PU", ("PU", "coverage_pct")), ("pu_coverage_pct", ("PU", "coverage_pct")),
        ("active_members BPU", ("BPU", "active_members")), ("bpu_new_members", ("TOTAL", "bpu_new_members")),
    ],
)  # fmt: skip
def test_a_measure_may_name_segment_and_column_in_any_order(text: str, meant: tuple[str, str]) -> None:
    assert read_measure(text, "coverage_pct") == meant
