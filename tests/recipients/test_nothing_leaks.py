"""Known made-up people go through every command; then every byte that is kept or printed is searched for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from flows.settings import ROOT, Settings
from tests.conftest import coverage_rows, write_workbook
from tests.recipients.conftest import Write

KEY = "kunci percobaan, bukan yang sebenarnya"
PEOPLE = [
    ["3503990101900001", "Wargana Contohwati", "01-01-1990", "L", "Sukorejo", "Gandusari", "Petani", "Jalan Khayal 7", "081200000001"],
    ["3503994102910002", "Tokoh Rekaanto", "01-02-1991", "P", "Sukorejo", "Gandusari", "Buruh", "Jalan Khayal 8", "081200000002"],
    ["3503990303920003", "Fiktifah Khayalwan", "04-03-1992", "L", "Sukorejo", "", "Petani", "Jalan Khayal 9", "081200000003"],
    ["3503994404930004", "Boneka Tiruanto", "04-04-1993", "P", "Entahlah", "Gandusari", "PNS", "Jalan Khayal 10", "081200000004"],
    ["350399050594", "Semuanti Bayangsih", "05-05-1994", "L", "Sukorejo", "Gandusari", "Petani", "Jalan Khayal 11", "081200000005"],
    ["3503990101900001", "Lainnya Samanikwan", "01-01-1990", "L", "Terbis", "Panggul", "Petani", "Jalan Khayal 12", "081200000006"],
]  # fmt: skip
SECRETS = [word for person in PEOPLE for word in (person[0], *person[1].split(), *person[2:3], *person[7:])] + [
    "1990-01-01", "1991-02-01", "1993-04-04"
]  # fmt: skip


def ucj(settings: Settings, *words: str, prefect: bool = False) -> str:
    """Run the command and give back all that it printed."""
    places = ["--raw", str(settings.raw), "--warehouse", str(settings.warehouse)]
    environment = os.environ | {"UCJ_NIK_KEY": KEY, "PYTHONPATH": str(ROOT), "UCJ_COVER_FIRST_DAY": "2027-01-01"}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *words, *places],
        capture_output=True, text=True, cwd=settings.raw.parent, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def contents_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def search(printed: list[str], folders: list[Path]) -> None:
    """Fail where a name, a NIK, a date, an address or a number of a telephone stands anywhere, in any usual coding."""
    for secret in SECRETS:
        forms = [secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be"), secret.upper().encode()]
        for folder in folders:
            for path in folder.rglob("*"):
                assert secret.lower() not in path.name.lower(), path
                if path.is_file():
                    for content in contents_of(path):
                        assert not any(form in content for form in forms), (secret, path)
        assert not any(secret in text for text in printed), secret


def go_through_everything(settings: Settings, write_list: Write, *run: str) -> None:
    write_workbook(settings.inbox / "provinsi" / "baik.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    one, two = write_list("Sukorejo.xlsx", PEOPLE[:4]), write_list("Dua.xlsx", PEOPLE[3:], sheet="Wargana Contohwati")
    wrong = settings.inbox / "gresik" / "daftar.xlsx"
    wrong.parent.mkdir()
    shutil.copy(one, wrong)
    outside = settings.raw.parent / "di luar"
    outside.mkdir()
    printed = [
        ucj(settings, "recipients", "check", str(one), str(two), "--xlsx", str(outside)),
        ucj(settings, "recipients", "check", str(two), "--xlsx", str(outside / "b.xlsx"), "--json"),
        ucj(settings, "recipients", "receive", str(one), str(two)),
        ucj(settings, "recipients", "receive", str(one), "--json"),
        ucj(settings, "recipients", "status", "Trenggalek", "--quota", "5"),
        ucj(settings, "recipients", "status", "35.03", "--json"),
        ucj(settings, "recipients", "decree", "Trenggalek", "--year", "2027", "--out", str(outside / "sk.xlsx")),
        ucj(settings, *run),
        ucj(settings, "status"),
        ucj(settings, "sql", "from meta.finding"),
        ucj(settings, "sql", "from mart.recipients_by_village"),
    ]
    names = [row[2] for row in openpyxl.load_workbook(outside / "sk.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert names == ["Nama", "Tokoh Rekaanto"]  # where they are meant to be, they are: the search can fail
    with pytest.raises(AssertionError):
        search([], [outside])
    wrong.unlink()
    kept = [settings.raw, settings.warehouse]
    search(printed, kept)
    numbers = sorted(path.stem.partition("_")[2] for path in settings.recipients.glob("2*.json"))
    printed = [ucj(settings, "recipients", "forget", number) for number in numbers] + [ucj(settings, *run)]
    search(printed, kept)
    assert not list(settings.recipients.glob("*.sealed"))


@pytest.mark.slow
def test_no_name_or_nik_is_kept_or_printed(desk: Settings, write_list: Write) -> None:
    go_through_everything(desk, write_list, "run", "--direct")


@pytest.mark.slow
def test_nor_under_prefect(desk: Settings, write_list: Write) -> None:
    go_through_everything(desk, write_list, "run")
    assert list(desk.prefect_home.rglob("*.db"))  # its database was there to be searched


def test_the_decree_keeps_no_copy_on_the_disk_while_it_is_written(desk: Settings, write_list: Write) -> None:
    """A list that lies in the clear in a temporary folder would be found by whoever looks after a crash."""
    scratch = Path(tempfile.mkdtemp(prefix="ucj-"))  # short: sockets of worker processes lie in it
    one = write_list("Sukorejo.xlsx", PEOPLE[:4])
    environment = os.environ | {"UCJ_NIK_KEY": KEY, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    places = ["--raw", str(desk.raw), "--warehouse", str(desk.warehouse)]
    for words in (
        ["receive", str(one)],
        ["decree", "35.03", "--year", "2027", "--out", str(desk.raw.parent / "sk.xlsx")],
    ):
        subprocess.run(
            [sys.executable, "-m", "flows.cli", "recipients", *words, *places],
            cwd=ROOT, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    search([], [scratch])
    shutil.rmtree(scratch)
