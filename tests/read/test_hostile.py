"""Files that are made to harm: each is refused with its own reason, in time, and costs nothing but itself."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from flows.read.limits import Limits
from flows.read.pool import Job, read_all
from flows.settings import ROOT
from schemas.catalogue import all_kinds
from schemas.regions import read_regions
from tests.read.builder import Builder, read
from tests.read.test_bad_input import GOOD, rewritten

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b"".join(
    [
        b'<!DOCTYPE x [<!ENTITY a "ha">',
        *(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(97, 106)),
        b"]>",
    ]
)


def good(path: Path) -> Path:
    return Builder(path / "a.xlsx").sheet(GOOD).save()


def with_sheet(path: Path, cells: bytes) -> Path:
    """A good workbook, whose only sheet holds these rows instead."""
    good(path)
    with zipfile.ZipFile(path / "a.xlsx") as archive:
        sheet = archive.read(SHEET)
    start, end = sheet.index(b"<sheetData>") + 11, sheet.index(b"</sheetData>")
    return rewritten(path / "a.xlsx", SHEET, (sheet, sheet[:start] + cells + sheet[end:]))


def in_the_pool(*paths: Path, limits: Limits | None = None) -> list[list[str]]:
    """The rules of each file's findings, read as the job reads."""
    jobs = [Job(path.name, path, path.name, path.stat().st_size) for path in paths]
    readings = read_all(jobs, all_kinds(), limits or Limits(), 2)
    return [[finding.rule for finding in reading.findings] for reading in readings]


def as_part(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path):
    seen = read(with_sheet(tmp_path, b" " * (60 << 20)))
    assert seen.rules == ["unpacks_too_large"]
    assert seen.message("unpacks_too_large") == (
        "Berkas 0,06 MB mengembang menjadi 60 MB; batasnya 500 MB dan 200 kali. Salin tabelnya ke buku kerja baru, "
        "lalu kirim ulang."
    )


def test_a_zip_bomb_whose_directory_lies_is_refused_while_it_unpacks(tmp_path):
    path = with_sheet(tmp_path, b" " * (60 << 20))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = struct.pack("<I", archive.getinfo(SHEET).file_size)
    path.write_bytes(content.replace(size, struct.pack("<I", 4096)))
    assert read(path).rules == ["unpacks_more_than_declared"]


@pytest.mark.parametrize(
    "part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
def test_entities_are_refused_in_every_part(tmp_path, part):
    path = good(tmp_path)
    with zipfile.ZipFile(path) as archive:
        head, _, body = archive.read(part).partition(b"?>")
    rewritten(path, part, (head + b"?>" + body, head + b"?>" + LAUGHS + body))
    seen = read(path)
    assert seen.rules == ["entities"]
    assert seen.message("entities") == (
        f"Bagian {part} mendeklarasikan entitas XML; buku kerja biasa tidak. Salin tabelnya ke buku kerja baru, lalu "
        "kirim ulang."
    )


def test_entities_behind_a_long_comment_or_in_utf_16_are_refused(tmp_path):
    path = good(tmp_path)
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml")
    head, _, body = book.partition(b"?>")
    rewritten(
        path, "xl/workbook.xml", (book, head + b"?><!--" + os.urandom(1 << 20).hex().encode() + b"-->" + LAUGHS + body)
    )
    assert read(path).rules == ["entities"]
    path = good(tmp_path)
    rewritten(path, "xl/workbook.xml", (book, (LAUGHS + body).decode().encode("utf-16")))
    assert read(path).rules == ["damaged_file"]


def test_entities_in_an_ods_are_refused(tmp_path):
    path = tmp_path / "a.ods"
    as_part(path, "mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
    as_part(path, "content.xml", b'<?xml version="1.0"?>' + LAUGHS + b"<x>&j;</x>")
    assert read(path).rules == ["entities"]


def test_an_ods_whose_cells_repeat_into_millions_is_refused(tmp_path):
    path = tmp_path / "a.ods"
    as_part(path, "mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
    as_part(
        path,
        "content.xml",
        b'<?xml version="1.0"?><x><table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell table:number-columns-repeated="1000" office:value-type="float" office:value="1"/>'
        b"</table:table-row></table:table></x>",
    )
    assert read(path).rules == ["sheet_too_large"]


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_many_columns"),
        (b'<row r="1048576"><c r="ALL1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>', "sheet_too_large"),
        (b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='ALL1048576'><v>1</v></c></row>", "sheet_too_large"),
        (b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><f>1+1</f></c></row>', "too_many_columns"),
        (b'<row r="1"><c r="ZZZ1"><v>1</v></c></row>', "too_many_columns"),
    ],
)  # fmt: skip
def test_a_grid_that_is_too_large_is_never_built(tmp_path, cells, rule):
    assert read(with_sheet(tmp_path, cells)).rules == [rule]


def test_styled_blank_cells_up_to_the_last_column_are_no_hindrance(tmp_path):
    path = good(tmp_path)
    rewritten(path, SHEET, (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'))
    assert read(path).values == {"B3": 100, "C3": 60, "B4": 200, "C4": 80}


def test_odd_names_links_and_macros_are_left_alone(tmp_path):
    path = good(tmp_path)
    for name in (
        "../../jahat.xml",
        "/etc/jahat",
        "C:\\jahat",
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
    ):
        as_part(path, name, b"<x/>")
    assert read(path).values == {"B3": 100, "C3": 60, "B4": 200, "C4": 80}
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_part_that_stands_twice_in_the_package_is_refused(tmp_path):
    path = good(tmp_path)
    as_part(path, SHEET.upper(), b"<x/>")
    assert read(path).rules == ["damaged_file"]


def test_a_corrupt_stream_is_a_damaged_file(tmp_path):
    path = good(tmp_path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    content = bytearray(path.read_bytes())
    content[start + 8 : start + 40] = b"\xff" * 32
    path.write_bytes(content)
    assert read(path).rules == ["damaged_file"]


@pytest.mark.parametrize(
    ("page", "rules"),
    [
        ("<table>" * 20_000 + "<tr><td>1", ["no_content"]),
        ("<table><tr><td colspan=999999999 rowspan=999999999>1</table>", ["too_many_columns"]),
        ("<table><tr>" + "<td colspan=1000 rowspan=9000>1" * 2 + "</table>", ["sheet_too_large"]),
        ("<table><tr><td colspan=" + "9" * 5000 + ">1</table>", ["too_many_columns"]),
    ],
)
def test_deep_and_wide_html_is_refused(tmp_path, page, rules):
    (tmp_path / "a.xls").write_text(f"<html>{page}")
    begun = time.monotonic()
    assert read(tmp_path / "a.xls").rules == rules
    assert time.monotonic() - begun < 5


def test_a_csv_of_one_huge_line_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("Gresik;" * 500_000)
    (tmp_path / "b.csv").write_text("x" * 3_000_000)
    assert read(tmp_path / "a.csv").rules == ["too_many_columns"]
    assert read(tmp_path / "b.csv").rules == ["damaged_file"]


def test_hostile_files_in_a_batch_cost_only_themselves(tmp_path):
    for name, content in (("1.xlsx", os.urandom(5000)), ("3.xlsx", b"PK\x03\x04" + os.urandom(5000))):
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / "1.xlsx", Builder(tmp_path / "2.xlsx").sheet(GOOD).save(), tmp_path / "3.xlsx"]
    assert in_the_pool(*paths) == [["not_a_workbook"], [], ["damaged_file"]]


@pytest.mark.slow
def test_a_file_that_needs_more_memory_than_a_worker_has_costs_only_itself(tmp_path):
    paths = [Builder(tmp_path / f"{n}.xlsx").sheet(GOOD).save() for n in (1, 2)]
    (tmp_path / "besar.csv").write_text("Gresik;1;2;3\n" * 700_000)
    limits = Limits(worker_memory_mb=192)
    assert in_the_pool(paths[0], tmp_path / "besar.csv", paths[1], limits=limits) == [[], ["too_much_memory"], []]


def test_a_file_that_takes_too_long_costs_only_itself(tmp_path):
    (tmp_path / "lama.csv").write_text("Gresik;1;2;3\n" * 900_000)
    path = Builder(tmp_path / "2.xlsx").sheet(GOOD).save()
    assert in_the_pool(tmp_path / "lama.csv", path, limits=Limits(seconds=1)) == [["too_slow"], []]


def test_too_many_shared_strings_are_refused_before_calamine_keeps_them(tmp_path):
    path = good(tmp_path)
    rewritten(path, "xl/sharedStrings.xml", (b"</sst>", b"<si><t>a</t></si>" * 200_000 + b"</sst>"))
    assert in_the_pool(path, limits=Limits(worker_memory_mb=16)) == [["too_much_memory"]]


def test_too_many_cells_of_a_slow_dialect_are_refused_before_they_are_parsed(tmp_path):
    path = with_sheet(tmp_path, b"<row>%s</row>" % (b"<c><v>1</v></c>" * 4) * 300 + b"<row><not xml")
    assert in_the_pool(path, limits=Limits(largest_sheet_cells=1_000)) == [["sheet_too_large"]]
    assert in_the_pool(path) == [["damaged_file"]]


@pytest.mark.slow
def test_an_honest_quarter_of_a_million_rows_is_read_within_the_limits(tmp_path):
    measures = [
        f"{name} {segment}" for segment in ("PU", "BPU", "JAKON", "TOTAL") for name in ("Semesta", "Peserta Aktif")
    ]
    regencies = [region for region in read_regions() if region.kind != "provinsi"]
    rows = [["Cakupan Jamsostek"], ["No", "Kode Wilayah", "Kabupaten/Kota", "Tanggal", *measures]]
    for number in range(250_000):
        month, place = divmod(number, len(regencies))
        day = date(1980 + month // 12, month % 12 + 1, 28)
        counts = [1000, 500 + number % 300, 2000, 500, 100, 50, 3100, 1050 + number % 300]
        rows.append([number, regencies[place].code, regencies[place].name, day, *counts])
    path = Builder(tmp_path / "a.xlsx").sheet(rows).save()
    (reading,) = read_all([Job("x", path, path.name, path.stat().st_size)], all_kinds(), Limits(), 1)
    assert [finding.rule for finding in reading.findings] == []
    assert sum(map(len, reading.cells)) == 2_000_000


def test_reading_leaves_no_thread_behind(tmp_path):
    # Seen in CI: a thread of the pool that still ended while the program left wrote a fault to its last lines.
    before = set(threading.enumerate())
    for _ in range(5):
        in_the_pool(good(tmp_path))
        assert set(threading.enumerate()) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork server")
def test_a_terminal_s_ctrl_c_reaches_the_run_alone(tmp_path):
    # Seen in CI: pressed while the workers' server was importing, it printed that server's traceback.
    path = good(tmp_path)
    script = f"""
import os, signal, time
from multiprocessing import forkserver
from pathlib import Path
from flows.read.limits import Limits
from flows.read.pool import Job, read_all
from schemas.catalogue import all_kinds

path = Path({str(path)!r})
readings = read_all([Job("a", path, path.name, path.stat().st_size)], all_kinds(), Limits(), 1)
started = forkserver.ensure_running
def start_and_press():
    started()
    time.sleep(0.2)  # it is importing
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGINT)
forkserver.ensure_running = start_and_press
print([len(reading.sheets) for reading in readings])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("[1]\n", "")
