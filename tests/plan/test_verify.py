"""`ucj verify`: a planning document made again, years later; what differs is said, and since when."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from docx import Document as open_docx

from flows.errors import WrongUse
from flows.job import run_job
from flows.planning import PlanRequest
from flows.report.planning_files import FORMATS
from flows.report.rpjmd import write_rpjmd
from flows.settings import Settings
from flows.trace.verify import verification_text, verify_file
from flows.withdraw import withdraw
from tests.conftest import ucj

pytestmark = pytest.mark.xdist_group("plan")


@pytest.fixture
def own(sample: Settings, tmp_path: Path) -> Settings:
    """A copy of the published sample that this test may change."""
    shutil.copytree(sample.raw, tmp_path / "raw")
    shutil.copytree(sample.warehouse, tmp_path / "warehouse")
    return Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse")


def write(settings: Settings, suffix: str, folder: Path) -> Path:
    (path,) = write_rpjmd(settings, PlanRequest("Trenggalek"), [suffix], folder, "id").files
    return path


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_fresh_document_is_identical(sample: Settings, tmp_path: Path, suffix: str) -> None:
    path = write(sample, suffix, tmp_path)
    done = verify_file(path, sample, "id")
    assert (
        verification_text(done, "id") == f"{path}: identik. Semua angka sama dengan yang dibuat ulang dari gudang data."
    )


def test_a_figure_changed_in_word_is_found(sample: Settings, tmp_path: Path) -> None:
    path = write(sample, "docx", tmp_path)
    word = open_docx(str(path))
    cell = word.tables[0].rows[2].cells[9]
    assert cell.text == "40,55"
    cell.paragraphs[0].runs[0].text = "45,50"
    word.save(str(path))
    done = verify_file(path, sample, "id")
    assert verification_text(done, "id") == (
        f"{path}: berbeda, 1 sel.\n  1:3:10: di berkas 45,50, dibuat ulang 40,55\n"
        "Berkas ini diubah setelah dibuat: permintaan yang sama masih memberi angka semula."
    )


@pytest.mark.slow
def test_a_figure_changed_in_excel_is_found_and_saving_again_changes_nothing(sample: Settings, tmp_path: Path) -> None:
    path = write(sample, "xlsx", tmp_path)
    values = openpyxl.load_workbook(path, data_only=True)  # as a program that keeps values and drops formulas saves it
    values.save(path)
    assert verify_file(path, sample, "en").is_identical
    values["IKU RPJMD"]["J7"] = 45.5
    values.save(path)
    done = verify_file(path, sample, "en")
    assert [(each.place, each.in_file, each.made_again) for each in done.differences] == [
        ("IKU RPJMD!J7", "45.5", "40.55")
    ]
    assert done.is_edited


@pytest.mark.slow
def test_it_holds_after_a_later_revision_and_after_the_warehouse_was_deleted(
    own: Settings, tmp_path: Path, put_later: Callable[[Settings], None]
) -> None:
    path = write(own, "docx", tmp_path)
    put_later(own)
    run_job(own)
    shutil.rmtree(own.warehouse)
    run_job(own)
    done = verify_file(path, own, "id")
    assert done.is_identical
    assert [line.partition(": ")[2] for line in done.known_since] == ["Target RPJPD revisi.xlsx (extract)"]
    text = verification_text(done, "id")
    assert "Sejak itu diketahui hal baru; tabel yang dibuat hari ini akan berbeda:" in text


@pytest.mark.slow
def test_it_holds_after_a_correction_and_a_withdrawal_and_names_them(own: Settings, tmp_path: Path) -> None:
    path = write(own, "docx", tmp_path)
    monitoring = "Monitoring UCJ 2025_Sept-Okt FINAL fix.xlsx"
    with own.corrections.open("a", encoding="utf-8") as file:
        file.write(f"{monitoring};Oktober 2025;E12;39534;39435;angka tertukar;;operator contoh\n")
    run_job(own)
    withdraw(own, "Target RPJPD RPJMN.xlsx", "uji")
    run_job(own)
    done = verify_file(path, own, "id")
    assert done.is_identical
    assert [line.partition(": ")[2] for line in done.known_since] == [
        "corrections.csv (correction)",
        "Target RPJPD RPJMN.xlsx (withdrawal)",
    ]


@pytest.fixture
def put_later() -> Callable[[Settings], None]:
    """Puts a revised target of Trenggalek into the inbox."""

    def put(settings: Settings) -> None:
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        page.append(["DATA CONTOH revisi target"])
        page.append(
            [
                "Kabupaten/Kota",
                "Indikator",
                "Dokumen",
                "Tahun baseline",
                "Baseline (%)",
                "Tahun target",
                "Target (%)",
                "Urutan sumber",
                "Sumber",
            ]
        )
        page.append(["Trenggalek", "UCJ", "RPJPD", 2025, "26,30", 2045, "80,00", 1, "bidiknasional"])
        book.save(settings.inbox / "bappeda-jatim" / "Target RPJPD revisi.xlsx")

    return put


@pytest.mark.slow
def test_a_missing_extract_is_named(own: Settings, tmp_path: Path) -> None:
    path = write(own, "md", tmp_path)
    for kept in own.received.glob("*Monitoring*"):
        kept.unlink()
    shutil.rmtree(own.warehouse)
    shutil.rmtree(own.inbox / "disnaker-jatim")
    run_job(own)
    done = verify_file(path, own, "id")
    assert not done.is_identical and not done.is_edited
    assert [line[:51] for line in done.receipts_changed] == [
        "- Monitoring UCJ 2025_Sept-Okt FINAL fix.xlsx (f3b9",
        "+ UCJ Jatim per 13 Nov 2024 FINAL.xlsx (6c6f03f154d",
    ]


@pytest.mark.slow
def test_other_code_is_named_with_its_release(own: Settings, tmp_path: Path) -> None:
    path = write(own, "html", tmp_path)
    text = path.read_text(encoding="utf-8")
    facts = json.loads(text.partition('id="ucj-provenance">')[2].partition("</script>")[0])
    older = facts | {"build_id": "0" * 16, "figures": "1" * 16, "release": "20250101T000000Z-00000000"}
    path.write_text(
        text.replace(json.dumps(facts, ensure_ascii=False, sort_keys=True), json.dumps(older)).replace(
            ">29,15<", ">29,14<"
        ),
        encoding="utf-8",
    )
    done = verify_file(path, own, "id")
    assert done.code_changed == (
        f"models: {'0' * 16} (20250101T000000Z-00000000) → {facts['build_id']} ({facts['release']})",
    )
    assert not done.is_edited


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.html", "a.csv", "a.md"])
def test_a_file_that_is_none_of_ours_is_wrong_use(sample: Settings, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("x"):
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("docProps/core.xml", "<a/>")
    else:
        path.write_text("halo")
    with pytest.raises(WrongUse, match="tidak membawa keterangan asal-usul"):
        verify_file(path, sample, "id")


@pytest.mark.slow
def test_the_command_leaves_with_0_or_1_and_gives_json(sample: Settings, tmp_path: Path) -> None:
    path = write(sample, "csv", tmp_path)
    done = ucj(sample, "verify", str(path), "--json")
    assert (done.returncode, json.loads(done.stdout)["identical"]) == (0, True)
    path.write_bytes(path.read_bytes().replace(b"40,55", b"40,56"))
    assert ucj(sample, "verify", str(path)).returncode == 1


@pytest.mark.slow
def test_times_in_a_document_are_fixed(sample: Settings, tmp_path: Path) -> None:
    path = write(sample, "docx", tmp_path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert open_docx(str(path)).core_properties.created in (datetime(2024, 1, 1), datetime(2024, 1, 1, tzinfo=UTC))
