"""`ucj rpjmd`: the planning tables of a region, in every format, the same at every asking."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn

from flows.errors import WrongUse
from flows.planning import PlanRequest, known_moment
from flows.report.planning_files import FORMATS, read_formats, render
from flows.report.rpjmd import rpjmd_document, write_rpjmd
from flows.settings import ROOT, Settings
from flows.trace.read_back import read_cells
from tests.conftest import ucj

pytestmark = pytest.mark.xdist_group("plan")  # one worker, so that the sample is published once
GOLDEN = Path(__file__).with_name("golden")
TRENGGALEK = PlanRequest("Trenggalek", as_of="2024-12-31", known_at="2025-11-30")
_RELEASE = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
_CODE_IDS = re.compile(r"\b[0-9a-f]{16}, [0-9a-f]{16}\b")


def content(settings: Settings, request: PlanRequest, suffix: str, lang: str = "id") -> list[str]:
    """Every cell of a document, a line each, without what names the release or the code."""
    document, _ = rpjmd_document(settings, request, lang)
    lines = [f"{place}\t{text}" for place, text in read_cells(render(document, suffix), f".{suffix}").items()]
    return [_CODE_IDS.sub("CODE", _RELEASE.sub("RELEASE", line.replace("\n", " "))) for line in lines]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("name", "request_"),
    [
        ("trenggalek", TRENGGALEK),
        ("gresik_en", PlanRequest("35.25", "2025-10-31", "2025-11-30", "equal_stage", "measured")),
    ],
)
def test_the_content_of_each_format_is_as_kept_in_git(
    sample: Settings, suffix: str, name: str, request_: PlanRequest
) -> None:
    kept = GOLDEN / f"{name}.{suffix}.txt"
    lang = "en" if name.endswith("_en") else "id"
    made = "\n".join(content(sample, request_, suffix, lang)) + "\n"
    if os.environ.get("UCJ_WRITE_GOLDEN"):
        kept.write_text(made, encoding="utf-8")
    assert made == kept.read_text(encoding="utf-8"), (
        "if that is meant: UCJ_WRITE_GOLDEN=1 make test, and look at the diff"
    )


def test_the_iku_table_of_trenggalek_holds_the_published_values(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, TRENGGALEK, "id")
    tables = {table.key: table for table in document.tables}
    assert [str(value) for value in tables["iku"].rows[0][3:10]] == [
        "26.30",
        "26.30",
        "29.15",
        "32.00",
        "34.85",
        "37.70",
        "40.55",
    ]
    assert [str(value) for value in tables["iup"].rows[0][1:]] == ["26.30", "37.70", "51.95", "66.19", "83.29"]
    assert tables["breakdown"].rows == (
        ("PU", 89_340, 38_595, tables["breakdown"].rows[0][3], 50_745),
        ("BPU", 159_976, 14_468, tables["breakdown"].rows[1][3], 145_508),
        ("JAKON", 21_306, 17_407, tables["breakdown"].rows[2][3], 3_899),
        ("TOTAL", 270_622, 70_470, tables["breakdown"].rows[3][3], 200_152),
    )
    assert [str(row[3]) for row in tables["breakdown"].rows] == ["43.20", "9.04", "81.70", "26.04"]
    assert document.mark == "DATA CONTOH"


def test_assistance_stands_beside_the_target_path_with_what_the_rate_leaves(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, TRENGGALEK, "id")
    (table,) = [table for table in document.tables if table.key == "assistance"]
    names = [column.header for column in table.columns]
    shown = ["Tahun", "Menurut", "Penerima (orang)", "Bulan", "Aktif sampai", "Biaya menurut tarif (Rp)",
             "Anggaran dikurangi biaya (Rp)", "Kurang dari target (orang)", "Iuran setahun untuk kekurangan itu (Rp)"]  # fmt: skip
    rows = [tuple(row[names.index(name)] for name in shown) for row in table.rows]
    assert rows[:7] == [
        (2023, "kabarpas", 5_600, 3, "30 Juni 2023 *", 282_240_000, 83_360_000, None, None),
        (2024, "afederasi **", None, 10, "31 Januari 2025 *", None, None, None, None),
        (2024, "bidiknasional **", None, 10, "31 Januari 2025 *", None, None, None, None),
        (2024, "kabarpas **", 10_000, None, None, None, None, None, None),
        (2025, "afederasi", 10_000, 12, "31 Maret 2026", 2_016_000_000, 76_600_000, 704, 704 * 201_600),
        (2025, "bidiknasional", 10_000, 12, "31 Maret 2026", 2_016_000_000, 76_600_000, 704, 704 * 201_600),
        (2026, None, None, None, None, None, None, 8_416, 8_416 * 201_600),
    ]
    assert [row[0] for row in rows[7:]] == [2027, 2028, 2029, 2030]
    assert table.notes[-1] == "** Sumber-sumber berbeda tentang tahun ini; semuanya dicantumkan, jangan dijumlahkan."


def test_where_no_assistance_was_known_there_is_no_table_of_it(sample: Settings) -> None:
    before = PlanRequest("Trenggalek", as_of="2024-12-31", known_at="2025-11-13")
    for request in (before, PlanRequest("Gresik")):
        document, _ = rpjmd_document(sample, request, "id")
        assert [table.key for table in document.tables if table.key == "assistance"] == []


def test_a_table_of_many_regions_names_the_region_of_each_programme(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, PlanRequest("Jawa Timur"), "en")
    (table,) = [table for table in document.tables if table.key == "assistance"]
    assert table.columns[0].header == "Regency"
    assert {row[0] for row in table.rows} == {"Kabupaten Trenggalek"}


def test_a_gap_is_never_called_gap(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, TRENGGALEK, "en")
    headers = [column.header for table in document.tables for column in table.columns]
    assert not [header for header in headers if "gap" in header.lower()]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_command_twice_gives_equal_bytes_in_any_time_zone(
    sample: Settings, tmp_path: Path, suffix: str
) -> None:
    written = []
    for zone, seed in (("Asia/Jakarta", "1"), ("America/Los_Angeles", "7")):
        folder = tmp_path / zone.replace("/", "_")
        command = [sys.executable, "-m", "flows.cli", "rpjmd", "Trenggalek", "--out", folder, "--format", suffix]
        places = ["--raw", sample.raw, "--warehouse", sample.warehouse]
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed}
        subprocess.run([*command, *places], capture_output=True, cwd=ROOT, env=environment, check=True)
        (path,) = folder.iterdir()
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_word_tables_have_repeating_headers_widths_and_f4_pages(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, TRENGGALEK, "id")
    word = open_docx(io.BytesIO(render(document, "docx")))
    (section,) = word.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (330, 215)
    assert [p.text for p in word.paragraphs if p.style.name == "Caption"] == [
        table.caption for table in document.tables
    ]
    assert word.paragraphs[3].text.startswith("Tabel 1 ")
    for made, table in zip(word.tables, document.tables, strict=True):
        header_rows = 2 if table.has_groups else 1
        repeats = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in made.rows]
        assert repeats == [True] * header_rows + [False] * len(table.rows)
        widths = [cell.width.mm for cell in made.rows[-1].cells]
        assert all(width > 5 for width in widths) and sum(widths) <= 290.5
    assert sum(p.text.startswith("Sumber: ") for p in word.paragraphs) == len(document.tables)


def test_the_workbook_is_set_up_for_print_and_its_formulas_give_the_stored_values(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, TRENGGALEK, "id")
    packed = render(document, "xlsx")
    formulas, values = (
        openpyxl.load_workbook(io.BytesIO(packed)),
        openpyxl.load_workbook(io.BytesIO(packed), data_only=True),
    )
    path, stored = formulas["Jalur RPJPD"], values["Jalur RPJPD"]
    assert path.freeze_panes == "B6" and path.print_title_rows == "$5:$5"
    assert (
        path.sheet_properties.pageSetUpPr.fitToPage
        and path.page_setup.orientation == "landscape"
        and path.page_setup.paperSize == 14
    )
    assert path[
        "B7"
    ].value == "=MAX(ROUND(Asumsi!B6+(Asumsi!B7-Asumsi!B6)*(A7-Asumsi!A6)/(Asumsi!A7-Asumsi!A6),2),Asumsi!B6)".replace(
        "Asumsi", "'Asumsi'"
    )
    assert stored["B7"].value == 29.15 and stored["B7"].number_format == "#,##0.00"
    assert formulas["IKU RPJMD"]["F7"].value == "='Jalur RPJPD'!B7"
    assert formulas["Asumsi"]["B6"].fill.fgColor.rgb == "FFFFF2CC"


def test_only_the_linear_method_has_formulas(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, PlanRequest("Trenggalek", method="cagr"), "id")
    assert not any(table.formulas or table.inputs for table in document.tables)


def test_a_province_gives_a_table_of_all_its_regencies(sample: Settings) -> None:
    document, data = rpjmd_document(sample, PlanRequest("Jawa Timur"), "id")
    iku = document.tables[0]
    assert [row[1] for row in iku.rows][:3] == ["35", "35.01", "35.02"] and len(iku.rows) == 39
    gresik = next(row for row in iku.rows if row[1] == "35.25")
    assert gresik[3] == "RPJMD" and [str(value) for value in gresik[5:12]] == [
        "52.52",
        "54.00",
        "56.00",
        "58.50",
        "61.00",
        "63.50",
        "66.00",
    ]
    assert len(data.extracts) == 6  # Trenggalek's assistance among them


def test_all_lists_the_nation_too(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, PlanRequest("all"), "id")
    assert next(row[1] for row in document.tables[0].rows) == "00"


def test_as_known_before_the_plan_came_there_is_none(sample: Settings) -> None:
    with pytest.raises(
        WrongUse, match=r"Tidak ada target rencana untuk Kabupaten Trenggalek yang diketahui pada 2025-11-09"
    ):
        rpjmd_document(sample, PlanRequest("Trenggalek", known_at="2025-11-09"), "id")


def test_another_source_of_the_plan_can_be_asked_for(sample: Settings) -> None:
    document, _ = rpjmd_document(sample, PlanRequest("Trenggalek", source="kabarpas (tahun dibetulkan)"), "id")
    assert str(next(table for table in document.tables if table.key == "iup").rows[0][-1]) == "89.29"
    with pytest.raises(
        WrongUse,
        match=r'Tidak ada target dari sumber "koran"\. Yang ada: bidiknasional; kabarpas \(tahun dibetulkan\)\.',
    ):
        rpjmd_document(sample, PlanRequest("Trenggalek", source="koran"), "id")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Kediri"], '"Kediri" bisa berarti 35.06 Kabupaten Kediri atau 35.71 Kota Kediri. Tulis kodenya, atau namanya dengan Kabupaten, Kota, atau Provinsi.'),
        (["35.03", "--method", "kuadrat"], "--method: kuadrat tidak dikenal. Pilih: linear, cagr, logistic, equal_stage, cagr_stage."),
        (["35.03", "--as-of", "31 Oktober"], "--as-of: 31 Oktober bukan tanggal. Tulis seperti 2025-10-31."),
        (["35.03", "--format", "pdf"], "--format: pdf tidak dikenal. Pilih: xlsx, docx, html, csv, md."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_wrong_use_and_says_what_can(
    sample: Settings, arguments: list[str], message: str
) -> None:
    done = ucj(sample, "rpjmd", *arguments)
    assert (done.returncode, done.stderr.strip()) == (2, message)


def test_without_a_warehouse_it_says_what_to_type(tmp_path: Path) -> None:
    done = ucj(Settings(raw=tmp_path, warehouse=tmp_path / "none"), "rpjmd", "35.03")
    assert done.returncode == 3
    assert (
        done.stderr.strip() == f"Belum ada gudang data di {tmp_path / 'none' / 'ucj.duckdb'}. Jalankan `ucj run` dulu."
    )


def test_the_command_prints_the_plan_in_a_line_and_where_the_files_lie(sample: Settings, tmp_path: Path) -> None:
    done = ucj(sample, "rpjmd", "Trenggalek", "--as-of", "2024-12-31", "--out", str(tmp_path))
    assert done.stdout.splitlines() == [
        "DATA CONTOH: bukan angka resmi.",
        "Kabupaten Trenggalek, RPJPD: 26,30% (2025) menuju 83,29% (2045), metode linear.",
        f"Ditulis: {tmp_path}/rpjmd_35.03_2024-12-31_linear_plan.xlsx",
        f"Ditulis: {tmp_path}/rpjmd_35.03_2024-12-31_linear_plan.docx",
    ]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".xlsx"]  # and nothing left aside


def test_json_holds_every_row_of_the_path(sample: Settings, tmp_path: Path) -> None:
    done = ucj(
        sample, "rpjmd", "Trenggalek", "--baseline", "measured", "--format", "md", "--out", str(tmp_path), "--json"
    )
    said = json.loads(done.stdout)
    assert [row["year"] for row in said["paths"]] == list(range(2025, 2046))
    assert (said["paths"][0]["target_pct"], said["paths"][0]["new_members"]) == (29.29, 0)


def test_a_folder_that_cannot_be_written_is_wrong_use(sample: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongUse, match=r"tidak dapat ditulis \(.+\)\. Pilih folder lain dengan --out\."):
        write_rpjmd(sample, TRENGGALEK, ["md"], tmp_path / "file", "id")


def test_formats_are_read_with_commas() -> None:
    assert read_formats("XLSX, md", "id") == ["xlsx", "md"]


def test_a_bare_date_is_known_to_its_end_in_jakarta() -> None:
    assert str(known_moment("2025-11-09")) == "2025-11-09 16:59:59.999999"
    assert str(known_moment("2025-11-09T10:00:00+07:00")) == "2025-11-09 03:00:00"
