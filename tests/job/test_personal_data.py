"""A by-name list in the ordinary inbox leaves nothing behind but the receipts that it came and was removed."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.job import run_job
from flows.personal_numbers import mask_text
from flows.settings import Settings
from tests.conftest import coverage_rows
from tests.job.test_job import GRESIK, TRENGGALEK, ask

Put = Callable[..., Path]
NIKS = ["3503990101900001", "3503994102910002", "3503990303920003", "3503994404930004"]  # no district 35.03.99
NAMES = ["Wargana Contohwati", "Tokoh Rekaanto", "Fiktifah Khayalwan", "Boneka Tiruanto"]
HEADER = ["No", "NIK", "Nama Lengkap", "Tempat/Tgl Lahir", "Alamat"]
PEOPLE = [
    ["Daftar pengajuan Wargana Contohwati dkk"],
    [],
    HEADER,
    *(
        [n, nik, name, "Desa Entah, 01-01-1990", "RT 01 RW 02"]
        for n, (nik, name) in enumerate(zip(NIKS, NAMES, strict=True), 1)
    ),
]
MESSAGE = (
    "Ini daftar orang per nama (data pribadi); isinya tidak dibaca dan salinannya di raw/received sudah dihapus. "
    "Daftar penerima masuk lewat `ucj recipients receive`, tidak pernah lewat raw/inbox. Hapus sendiri berkasnya dari raw/inbox."
)


def see_nothing_of_the_list(settings: Settings) -> None:
    """Search every byte of what is kept, and what is packed inside zip packages too."""
    secrets = [*NIKS, *NAMES, *(word for name in NAMES for word in name.split()), "Desa Entah", "RT 01 RW 02"]
    for path in (*settings.warehouse.rglob("*"), *settings.received.rglob("*")):
        if not path.is_file():
            continue
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        for content in contents:
            assert not [secret for secret in secrets if secret.encode() in content], path


def test_a_by_name_list_is_refused_and_its_copy_removed(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/baik.xlsx", coverage_rows(TRENGGALEK))
    path = put_workbook("gresik/daftar.xlsx", PEOPLE, sheet="BNBA")
    before = path.read_bytes()
    summary = run_job(settings)
    assert summary.refused_files == 1
    assert ask(settings, "select sheet, cell, severity, rule, message, raw_text from meta.finding") == [
        ("BNBA", "B3", "error", "personal_data", MESSAGE, "")
    ]
    assert ask(settings, "select status, reason, title from meta.extract where file_name = 'daftar.xlsx'") == [
        ("refused", "personal_data", "")
    ]
    assert ask(
        settings, "select kind, outcome from meta.receipt where file_name = 'daftar.xlsx' order by received_at"
    ) == [("extract", "new"), ("removal", "removed as personal data")]
    assert ask(settings, "select count(*) from mart.coverage") == [(1,)]
    assert not list(settings.received.glob("*daftar.xlsx"))
    assert path.read_bytes() == before
    see_nothing_of_the_list(settings)


def test_a_workbook_with_one_sheet_of_names_is_refused_whole(settings: Settings, put_workbook: Put) -> None:
    import openpyxl

    path = put_workbook("provinsi/dua.xlsx", coverage_rows(TRENGGALEK, ("Wargana Contohwati", 5, 3)))
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("Lampiran")
    for row in PEOPLE:
        page.append(row)
    page.sheet_state = "hidden"
    book.save(path)
    run_job(settings)
    assert ask(settings, "select sheet, cell, rule from meta.finding") == [("Lampiran", "B3", "personal_data")]
    assert ask(settings, "select count(*) from meta.sheet") == [(0,)]
    assert ask(settings, "select count(*) from meta.source_column") == [(0,)]
    see_nothing_of_the_list(settings)


def test_the_same_list_sent_again_is_not_kept_again(settings: Settings, put_workbook: Put) -> None:
    path = put_workbook("gresik/daftar.xlsx", PEOPLE)
    run_job(settings)
    (settings.inbox / "lain").mkdir()
    shutil.copy(path, settings.inbox / "lain" / "salinan.xlsx")
    again = run_job(settings)
    assert [note.text for note in again.notes] == [
        "not kept: it is a by-name list that was removed before; delete it, such lists go to `ucj recipients receive`"
    ]
    assert (again.new_files, again.read_files) == (0, 0)
    assert ask(settings, "select outcome from meta.receipt where file_name = 'salinan.xlsx'") == [
        ("removed as personal data",)
    ]
    assert not list(settings.received.glob("*.xlsx"))
    see_nothing_of_the_list(settings)


@pytest.mark.slow
def test_verify_and_a_rebuild_from_raw_work_without_the_copy(settings: Settings, put_workbook: Put) -> None:
    put_workbook("provinsi/baik.xlsx", coverage_rows(TRENGGALEK, GRESIK))
    put_workbook("gresik/daftar.xlsx", PEOPLE)
    first = run_job(settings)
    findings = ask(settings, "select * from meta.finding")
    receipts = ask(settings, "select * from meta.receipt order by received_at")
    assert not run_job(settings, verify=True).release.is_new
    assert run_job(replace(settings, read_seconds=settings.read_seconds + 1)).read_files == 2
    shutil.rmtree(settings.warehouse)
    again = run_job(settings, verify=True)
    assert again.release.content_hash == first.release.content_hash
    assert ask(settings, "select * from meta.finding") == findings
    assert ask(settings, "select * from meta.receipt order by received_at") == receipts
    see_nothing_of_the_list(settings)


def test_a_second_run_after_a_removal_finds_nothing_new(settings: Settings, put_workbook: Put) -> None:
    put_workbook("gresik/daftar.xlsx", PEOPLE)
    first = run_job(settings)
    built = settings.published.stat().st_mtime_ns
    assert run_job(settings).release.release_id == first.release.release_id
    assert settings.published.stat().st_mtime_ns == built


def test_a_copy_that_comes_back_from_a_backup_is_removed_again(settings: Settings, put_workbook: Put) -> None:
    path = put_workbook("gresik/daftar.xlsx", PEOPLE)
    run_job(settings)
    came_as = min(settings.received.glob("*.receipt.json")).name.removesuffix(".receipt.json")
    shutil.copy(path, settings.received / came_as)
    run_job(settings)
    see_nothing_of_the_list(settings)


def as_csv(path: Path, rows: list[list[Any]]) -> None:
    path.write_text("\n".join(";".join(map(str, row)) for row in rows), encoding="utf-8")


def as_html(path: Path, rows: list[list[Any]]) -> None:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    path.write_text(f"<html><table>{lines}</table></html>", encoding="utf-8")


def as_ods(path: Path, rows: list[list[Any]]) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        "<table:table-row>" + "".join(cell.format(value) for value in row) + "</table:table-row>" for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="BNBA">{lines}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def test_every_format_is_watched(settings: Settings) -> None:
    for name, write in (("a.csv", as_csv), ("a.xls", as_html), ("a.ods", as_ods)):
        write(settings.inbox / name, PEOPLE)
    run_job(settings)
    assert findings_by_file(settings) == [(name, "B3", "personal_data") for name in ("a.csv", "a.ods", "a.xls")]
    assert kept_names(settings) == set()
    see_nothing_of_the_list(settings)


def findings_by_file(settings: Settings) -> list[tuple[str, str, str]]:
    query = "select file_name, cell, rule from meta.finding join meta.extract using (extract_id) order by file_name"
    return ask(settings, query)


def kept_names(settings: Settings) -> set[str]:
    """The names under which the kept workbooks came."""
    return {path.name.split("_")[-1] for path in settings.received.iterdir() if path.suffix != ".json"}


def test_a_list_is_known_by_its_numbers_or_by_its_headers(settings: Settings, put_workbook: Put) -> None:
    lists = [
        ("NIK", NIKS),
        ("No. KTP", [f"'{nik}" for nik in NIKS]),
        ("Nomor KTP", [int(nik) for nik in NIKS]),
        ("No. KK", [" ".join(nik[i : i + 4] for i in range(0, 16, 4)) for nik in NIKS]),
        ("Identitas", NIKS),
        ("NIK", [nik[:6] + "******" + nik[-4:] for nik in NIKS]),
    ]
    for place, (header, numbers) in enumerate(lists):
        people = [[1, number, "Tokoh Rekaanto", "01-01-1990", "x"] for number in numbers]
        put_workbook(f"{place}.xlsx", [[*HEADER[:1], header, *HEADER[2:]], *people])
    run_job(settings)
    assert findings_by_file(settings) == [(f"{place}.xlsx", "B1", "personal_data") for place in range(len(lists))]
    assert kept_names(settings) == set()
    see_nothing_of_the_list(settings)


def test_a_table_of_figures_is_no_list_of_people(settings: Settings, put_workbook: Put) -> None:
    tables = [
        coverage_rows(TRENGGALEK, GRESIK, title="Cakupan Jamsostek basis KTP"),
        [["Per 13 November 2024"], ["Nama", "Jumlah NIK", "Semesta", "Peserta Aktif"], ["Gresik", 9, 557575, 292858]],
        [["Per 13 November 2024"], ["Kab/Kota", "NIK Padan", "Alamat Kantor"], ["Gresik", 557575, "Jl. Entah 1"]],
        [["Kode", "Semesta"], *(["35.03", 1234567890123456 + n] for n in range(5))],
    ]
    for number, rows in enumerate(tables):
        put_workbook(f"{number}.xlsx", rows)
    run_job(settings)
    assert ask(settings, "select count(*) from meta.finding where rule = 'personal_data'") == [(0,)]
    assert kept_names(settings) == {"0.xlsx", "1.xlsx", "2.xlsx", "3.xlsx"}


def test_a_list_that_a_killed_run_had_read_and_not_removed_is_removed_by_the_next(
    settings: Settings, put_workbook: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_workbook("gresik/daftar.xlsx", PEOPLE, sheet="BNBA")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("flows.job.remove_copy", die)
        run_job(settings)
    assert len(list(settings.received.glob("*daftar.xlsx"))) == 1
    run_job(settings)
    assert not list(settings.received.glob("*daftar.xlsx"))
    assert ask(settings, "select kind, outcome from meta.receipt order by received_at") == [
        ("extract", "new"),
        ("removal", "removed as personal data"),
    ]
    assert run_job(settings).release.is_new is False
    see_nothing_of_the_list(settings)


def test_a_stray_number_of_a_person_is_refused_and_quoted_nowhere(settings: Settings, put_workbook: Put) -> None:
    put_workbook(
        "provinsi/a.xlsx",
        coverage_rows(TRENGGALEK, ("Kabupaten Gresik", int(NIKS[0]), 5), (f"Wargana {NIKS[1]}", 10, 5)),
    )
    run_job(settings)
    assert ask(settings, "select cell, rule, raw_text, message from meta.finding order by cell") == [
        (
            "A6",
            "region_unknown",
            "Wargana 350399******0002",
            '"Wargana 350399******0002" bukan nama kabupaten/kota yang dikenal. Perbaiki namanya, lalu kirim ulang.',
        ),
        (
            "B5",
            "more_than_a_regency",
            "350399**********",
            '"350399******0001" lebih banyak dari penduduk kabupaten mana pun; Semesta dihitung per orang. '
            "Periksa satuannya.",
        ),
    ]
    for path in settings.warehouse.rglob("*.duckdb"):
        assert not [nik for nik in NIKS if nik.encode() in path.read_bytes()], path


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("NIK 3503994102910002.", "NIK 350399******0002."),
        ("35.0399.410291.0002", "350399******0002"),
        ("3503991302910003 dan 3503991402910004", "350399******0003 dan 350399******0004"),
        ("3503999902910002", "3503999902910002"),  # no day 99: not a person's
        ("3.5039941029E+15", "350399**********"),
        ("3.5E+15", "3.5E+15"),
        ("1234567890123456789", "1234567890123456789"),
        ("70.470 dari 270.622", "70.470 dari 270.622"),
    ],
)
def test_a_number_of_a_person_shows_where_and_in_which_order_it_was_registered(text: str, masked: str) -> None:
    assert mask_text(text) == masked
