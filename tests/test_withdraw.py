"""`ucj withdraw`: which extract is meant, what is written, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.errors import Held, WrongUse
from flows.job import run_job
from flows.publish.lock import hold_lock
from flows.receive.receipts import SUFFIX, read_receipt, receipt_names
from flows.settings import Settings
from flows.withdraw import bring_back, withdraw
from tests.conftest import coverage_rows, ucj

Put = Callable[..., Path]
TRENGGALEK = ("Kabupaten Trenggalek", 270622, 70470)


@pytest.fixture
def sha(settings: Settings, put_workbook: Put) -> str:
    """One extract has been received; the beginning of its sha256."""
    put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK))
    run_job(settings)
    return receipt_names(settings.received)[0].split("_")[1]


def test_a_withdrawal_is_a_receipt_with_its_reason_and_says_how_to_publish_it(settings: Settings, sha: str) -> None:
    done = ucj(settings, "withdraw", "UCJ.xlsx", "--reason", "terkirim sebelum diperiksa")
    command = f"ucj run --raw {settings.raw} --warehouse {settings.warehouse}"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"Ditarik: UCJ.xlsx ({sha}, provinsi). Yang diketahui sebelum ini tetap seperti adanya.\n"
        f"Belum terbit. Ketik: {command}\n"
    )
    name = receipt_names(settings.received)[-1]
    receipt = read_receipt(settings.received, name)
    assert (receipt.kind, receipt.outcome, receipt.reason) == ("withdrawal", "withdrawn", "terkirim sebelum diperiksa")
    assert name.endswith(f"_{sha}_UCJ.xlsx{SUFFIX}")
    assert receipt.path.exists()
    again = ucj(settings, "withdraw", sha, "--undo", "--lang", "en")
    assert again.stdout == f"Brought back: UCJ.xlsx ({sha}, provinsi).\nNot published yet. Type: {command}\n"
    assert read_receipt(settings.received, receipt_names(settings.received)[-1]).outcome == "brought back"


def test_a_program_gets_json(settings: Settings, sha: str) -> None:
    said = json.loads(ucj(settings, "withdraw", "UCJ.xlsx", "--reason", "uji", "--json").stdout)
    assert said["extract_id"].startswith(sha)
    assert said["receipt_id"] + SUFFIX == receipt_names(settings.received)[-1]
    assert (said["file_name"], said["outcome"], said["reason"]) == ("UCJ.xlsx", "withdrawn", "uji")


def test_two_files_of_one_name_are_both_named_and_nothing_is_withdrawn(
    settings: Settings, put_workbook: Put, sha: str
) -> None:
    put_workbook("gresik/UCJ.xlsx", coverage_rows(("Kabupaten Gresik", 557575, 292858)))
    run_job(settings)
    other = receipt_names(settings.received)[1].split("_")[1]
    day = read_receipt(settings.received, receipt_names(settings.received)[0]).received_at.strftime("%Y-%m-%d")
    done = ucj(settings, "withdraw", "UCJ.xlsx", "--reason", "uji")
    assert done.returncode == 2
    assert done.stderr == (
        f"'UCJ.xlsx' bisa berarti {sha} provinsi/UCJ.xlsx ({day}), {other} gresik/UCJ.xlsx ({day}). Tulis 12 huruf "
        "pertama sha256 dari yang dimaksud.\n"
    )
    assert len(receipt_names(settings.received)) == 2


def test_what_cannot_be_withdrawn_or_brought_back_says_why(settings: Settings, sha: str) -> None:
    with pytest.raises(WrongUse) as unknown:
        withdraw(settings, "lain.xlsx", "uji")
    assert str(unknown.value) == (
        "Tidak ada kiriman 'lain.xlsx'. Tulis nama berkasnya seperti di kotak masuk, atau paling sedikit 6 huruf pertama "
        "sha256-nya (tabel meta.extract)."
    )
    with pytest.raises(WrongUse) as silent:
        withdraw(settings, "UCJ.xlsx", " ", "en")
    assert str(silent.value) == (
        "Say why: ucj withdraw 'UCJ.xlsx' --reason '…'. The reason is kept with the withdrawal."
    )
    day = read_receipt(settings.received, receipt_names(settings.received)[0]).received_at.strftime("%Y-%m-%d")
    extract = f"{sha} provinsi/UCJ.xlsx ({day})"
    with pytest.raises(WrongUse) as not_out:
        bring_back(settings, "UCJ.xlsx")
    assert str(not_out.value) == f"{extract} tidak sedang ditarik; tidak ada yang perlu dikembalikan."
    withdraw(settings, "UCJ.xlsx", "draf")
    with pytest.raises(WrongUse) as twice:
        withdraw(settings, "UCJ.xlsx", "draf lagi", "en")
    assert str(twice.value) == f"{extract} is withdrawn already (draf). `ucj withdraw {sha} --undo` brings it back."


@pytest.mark.usefixtures("sha")
def test_nothing_is_withdrawn_while_a_run_is_at_work(settings: Settings) -> None:
    with hold_lock(settings.lock), pytest.raises(Held):
        withdraw(settings, "UCJ.xlsx", "uji")
    assert len(receipt_names(settings.received)) == 1


def test_nothing_can_be_withdrawn_where_nothing_came(settings: Settings) -> None:
    with pytest.raises(WrongUse):
        withdraw(settings, "UCJ.xlsx", "uji")
