"""The desk's day: lists come in, are counted, written into the decree, published, and forgotten."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest

from flows.errors import NotPublished, WrongUse
from flows.job import run_job
from flows.recipients.check import check_lists
from flows.recipients.decree import write_decree
from flows.recipients.forget import forget_list
from flows.recipients.receive import receive_lists
from flows.recipients.status import read_status
from flows.report.recipients_text import ListText
from flows.settings import Settings
from schemas.regions import read_regions
from tests.conftest import write_workbook
from tests.recipients.conftest import Write, man

TRENGGALEK = next(region for region in read_regions() if region.code == "35.03")
SUKOREJO = [man(serial) for serial in range(1, 9)]
TERBIS = [man(serial, village="Terbis", district="Panggul") for serial in range(11, 17)]


def counts(settings: Settings) -> dict[str, tuple[int, ...]]:
    """Received, eligible, to mend, not eligible of the villages that have sent."""
    status = read_status(TRENGGALEK, settings)
    return {v.village_code: (v.received, v.eligible, v.to_mend, v.not_eligible) for v in status.villages if v.received}


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_lists_of_several_villages_are_counted(desk: Settings, write_list: Write) -> None:
    one = write_list("sukorejo.xlsx", [*SUKOREJO, man(1), man(9, sex="P")])
    two = write_list("terbis.xlsx", [*TERBIS, man(17, village="Entah", district="")])
    arrivals = receive_lists([one, two], desk)
    assert [arrival.receipt and arrival.receipt.outcomes for arrival in arrivals] == [
        {"eligible": 8, "to_mend": 1, "not_eligible": 1},
        {"eligible": 6, "to_mend": 1, "not_eligible": 0},
    ]
    assert counts(desk) == {"35.03.10.2003": (10, 8, 1, 1), "35.03.01.2002": (6, 6, 0, 0)}
    lines = list(ListText("id").status(read_status(TRENGGALEK, desk), quota=20))
    assert lines[-4:-2] == [
        "Kabupaten Trenggalek: 16 baris; 14 memenuhi syarat, 1 perlu diperbaiki, 1 tidak memenuhi syarat.",
        "1 baris belum jelas desanya.",
    ]
    assert lines[-2].startswith("155 dari 157 desa belum mengirim: Besuki (Panggul), ")
    assert lines[-1] == "Kuota 20; memenuhi syarat 14; kurang 6."


def test_what_was_not_read_as_a_person_is_said(desk: Settings, tmp_path: Path) -> None:
    rows = [["NIK", "Nama", "Rahasia"], [*man(1)[:2], "x"], ["", "Kepala Desa Rekaan", ""]]
    arrivals = receive_lists([write_workbook(tmp_path / "a.xlsx", rows)], desk)
    assert list(ListText("id").arrivals(arrivals, Path("raw/recipients"))) == [
        f"a.xlsx: daftar {arrivals[0].sha256[:12]} diterima: 1 baris; 0 memenuhi syarat, 1 perlu diperbaiki, 0 tidak "
        "memenuhi syarat. Umur dihitung pada 2027-01-01.",
        "  Lembar 1: 1 baris bukan orang, dilewati; kolom C tidak dikenali, tidak dibaca.",
        "Salinan terkunci ada di raw/recipients. Hapus sendiri berkas aslinya dari tempat lain.",
        "`ucj recipients status DAERAH` menunjukkan keadaan tiap desa; `ucj run` menerbitkan hitungannya.",
    ]


def test_duplicates_are_found_between_lists_that_came_on_different_days(desk: Settings, write_list: Write) -> None:
    receive_lists([write_list("a.xlsx", SUKOREJO)], desk)
    receive_lists([write_list("b.xlsx", [man(1), man(2, village="Terbis", district="Panggul")])], desk)
    assert counts(desk) == {"35.03.10.2003": (9, 7, 1, 1), "35.03.01.2002": (1, 0, 1, 0)}


def test_the_same_bytes_are_not_taken_in_twice(desk: Settings, write_list: Write) -> None:
    path = write_list("a.xlsx", SUKOREJO)
    (first,) = receive_lists([path], desk)
    again = receive_lists([path, path], desk)
    assert [arrival.finding and arrival.finding.rule for arrival in again] == ["list_again", "list_again"]
    assert counts(desk) == {"35.03.10.2003": (8, 8, 0, 0)}
    assert len(list(desk.recipients.glob("*.sealed"))) == 1
    assert first.is_taken


def test_what_is_no_list_is_not_kept(desk: Settings, tmp_path: Path) -> None:
    empty = tmp_path / "kosong.xlsx"
    empty.touch()
    other = write_workbook(tmp_path / "lain.xlsx", [["Desa", "Jumlah"], ["Sukorejo", 5]])
    arrivals = receive_lists([empty, other], desk)
    assert [arrival.finding and arrival.finding.rule for arrival in arrivals] == ["empty_file", "no_recipient_list"]
    assert sorted(path.name for path in desk.recipients.iterdir()) == ["desk.duckdb", "desk.lock", "key.json"]


def test_the_private_file_is_made_again_from_the_sealed_copies(desk: Settings, write_list: Write) -> None:
    receive_lists([write_list("a.xlsx", SUKOREJO), write_list("b.xlsx", [*TERBIS, man(1)])], desk)
    before = counts(desk)
    (desk.recipients / "desk.duckdb").unlink()
    assert counts(desk) == before


def test_without_the_key_or_with_another_nothing_is_taken_in(
    desk: Settings, write_list: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_list("a.xlsx", SUKOREJO)
    monkeypatch.delenv("UCJ_NIK_KEY")
    with pytest.raises(WrongUse, match="UCJ_NIK_KEY belum disetel"):
        receive_lists([path], desk)
    assert not desk.recipients.exists()
    monkeypatch.setenv("UCJ_NIK_KEY", "a" * 32)
    receive_lists([path], desk)
    monkeypatch.setenv("UCJ_NIK_KEY", "b" * 32)
    with pytest.raises(WrongUse, match="bukan kunci yang dipakai"):
        receive_lists([write_list("b.xlsx", TERBIS)], desk)
    with pytest.raises(WrongUse, match="bukan kunci yang dipakai"):
        write_decree(TRENGGALEK, 2027, desk.raw.parent / "sk.xlsx", desk)


def test_check_needs_no_key_and_stores_nothing(
    desk: Settings, write_list: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UCJ_NIK_KEY")
    ((checked, outcomes),) = check_lists([write_list("a.xlsx", SUKOREJO)], desk)
    assert (outcomes, checked.findings) == ({"eligible": 8}, ())
    assert not desk.recipients.exists()


def test_the_decree_holds_the_eligible_and_goes_to_one_private_file(
    desk: Settings, write_list: Write, tmp_path: Path
) -> None:
    formula = man(20, name="'=HYPERLINK(1)")
    receive_lists([write_list("a.xlsx", [man(1), man(2, occupation="ASN"), man(3, sex="P"), formula])], desk)
    out = tmp_path / "aman" / "SK.xlsx"
    assert write_decree(TRENGGALEK, 2027, out, desk)[0] == 2
    rows = [list(row) for row in openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True)]
    assert rows == [
        ["No", "NIK", "Nama", "Desa/Kelurahan", "Kecamatan"],
        [1, "3503990503850020", "'=HYPERLINK(1)", "Sukorejo", "Gandusari"],
        [2, "3503990503850001", "Rekaan B", "Sukorejo", "Gandusari"],
    ]
    assert out.stat().st_mode & 0o077 == 0
    assert not [path for path in out.parent.iterdir() if path != out]


def test_the_decree_of_another_year_counts_age_on_its_first_day(
    desk: Settings, write_list: Write, tmp_path: Path
) -> None:
    young = man(1, nik="3503990506100001", birth="05-06-2010")  # 17 in June 2027
    receive_lists([write_list("a.xlsx", [young])], desk)
    with pytest.raises(WrongUse, match="Tidak ada penerima yang memenuhi syarat di Kabupaten Trenggalek"):
        write_decree(TRENGGALEK, 2027, tmp_path / "a.xlsx", desk)
    assert write_decree(TRENGGALEK, 2028, tmp_path / "b.xlsx", desk)[0] == 1


def test_the_decree_is_never_written_where_analysts_look(desk: Settings, write_list: Write) -> None:
    receive_lists([write_list("a.xlsx", SUKOREJO)], desk)
    for folder in (desk.raw, desk.warehouse, desk.raw / "inbox"):
        with pytest.raises(WrongUse, match="tidak boleh ditulis ke raw/ atau warehouse/"):
            write_decree(TRENGGALEK, 2027, folder / "sk.xlsx", desk)


def test_what_is_forgotten_is_gone_and_does_not_come_back(desk: Settings, write_list: Write) -> None:
    path = write_list("a.xlsx", SUKOREJO)
    (one, two) = receive_lists([path, write_list("b.xlsx", [man(1), *TERBIS])], desk)
    backup = desk.raw.parent / "backup"
    shutil.copytree(desk.recipients, backup)
    assert one.receipt and two.receipt
    hashes = ask_desk(desk, "select nik_hash from recipient_row where extract_no = 1")
    forget_list(one.sha256[:12], desk)
    assert not (desk.recipients / one.receipt.kept_as).exists()
    content = (desk.recipients / "desk.duckdb").read_bytes()
    assert not [row for row in hashes if row[0].bytes in content or row[0].bytes[::-1] in content]
    assert counts(desk) == {
        "35.03.10.2003": (1, 1, 0, 0),
        "35.03.01.2002": (6, 6, 0, 0),
    }  # the other list's man(1) counts now
    (again,) = receive_lists([path], desk)
    assert again.finding and again.finding.rule == "list_forgotten"
    (tombstone,) = [json.loads(p.read_text()) for p in desk.recipients.glob(f"*{one.sha256[:12]}.json")]
    assert tombstone["outcomes"] == {"eligible": 8, "to_mend": 0, "not_eligible": 0}
    shutil.copy(backup / one.receipt.kept_as, desk.recipients)  # a backup that was put back
    receive_lists([write_list("c.xlsx", [man(40)])], desk)
    assert not (desk.recipients / one.receipt.kept_as).exists()
    with pytest.raises(WrongUse, match="sudah dihapus pada"):
        forget_list(one.sha256[:12], desk)
    with pytest.raises(WrongUse, match="Tidak ada daftar 00000000"):
        forget_list("00000000", desk)


def ask_desk(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.recipients / "desk.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.slow
def test_the_published_view_comes_from_the_ordinary_run_and_again_from_raw_without_the_key(
    desk: Settings, write_list: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive_lists([write_list("a.xlsx", [*SUKOREJO, man(9, sex="P")]), write_list("b.xlsx", TERBIS)], desk)
    monkeypatch.delenv("UCJ_NIK_KEY")
    first = run_job(desk).release
    query = (
        "select village_code, village_name, district_name, region_code, received_people, eligible_people, "
        "to_mend_people, not_eligible_people from mart.recipients_by_village order by 1"
    )
    assert ask(desk, query) == [
        ("35.03.01.2002", "Terbis", "Panggul", "35.03", None, 6, None, None),
        ("35.03.10.2003", "Sukorejo", "Gandusari", "35.03", None, 8, None, None),
    ]
    assert run_job(desk).release.is_new is False
    shutil.rmtree(desk.warehouse)
    assert run_job(desk).release.content_hash == first.content_hash
    monkeypatch.setenv("UCJ_NIK_KEY", "kunci percobaan, bukan yang sebenarnya")
    receive_lists([write_list("c.xlsx", [man(serial) for serial in range(30, 36)])], desk)
    assert run_job(desk).release.is_new
    assert ask(desk, "select eligible_people from mart.recipients_by_village order by village_code") == [(6,), (14,)]


def test_counts_that_show_a_small_one_stop_the_run(desk: Settings) -> None:
    desk.recipient_counts.write_text("village_code,received,eligible,to_mend,not_eligible\n35.03.10.2003,9,8,1,\n")
    with pytest.raises(NotPublished, match=r"raw/recipients_by_village\.csv is not as `ucj recipients` writes it"):
        run_job(desk)


def test_a_regency_s_own_villages_come_through_the_inbox(desk: Settings, write_list: Write) -> None:
    rows = [
        ["Daftar desa Kabupaten Pacitan"], [],
        ["No", "Kode Desa", "Nama Desa", "Kecamatan"],
        [1, "35.01.01.2001", "Rekaan", "Donorojo"],
        [2, "35.01.01.2002", "Tiruan", "Donorojo"],
        [3, "3501012003", "Salah", "Donorojo"],
    ]  # fmt: skip
    write_workbook(desk.inbox / "pacitan" / "desa.xlsx", rows)
    run_job(desk)
    assert ask(
        desk,
        "select village_code, name, district_name, extract_id is null from core.village where region_code = '35.01' order by 1",
    ) == [
        ("35.01.01.2001", "Rekaan", "Donorojo", False),
        ("35.01.01.2002", "Tiruan", "Donorojo", False),
    ]
    assert ask(desk, "select cell, message from meta.finding") == [
        (
            "B6",
            '"3501012003" bukan kode desa; baris ini tidak dimuat. Tulis misalnya 35.01.01.2001, lalu kirim ulang.'.replace(
                "35.01.01", "35.03.01"
            ),
        )
    ]
    assert ask(desk, "select count(*) from core.village where region_code = '35.03'") == [(157,)]
    ((_, outcomes),) = check_lists([write_list("a.xlsx", [man(1, village="Rekaan", district="Donorojo")])], desk)
    assert outcomes == {"eligible": 1}


def test_a_list_of_another_day_keeps_its_own(desk: Settings, write_list: Write) -> None:
    receive_lists([write_list("a.xlsx", SUKOREJO)], desk)
    later = replace(desk, cover_first_day="2028-01-01")
    receive_lists([write_list("b.xlsx", TERBIS)], later)
    assert read_status(TRENGGALEK, later).cover_days == ("2027-01-01", "2028-01-01")
    with pytest.raises(WrongUse, match="UCJ_COVER_FIRST_DAY: diharapkan tanggal seperti 2027-01-01, ditemukan 'besok'"):
        receive_lists([write_list("c.xlsx", TERBIS)], replace(desk, cover_first_day="besok"))
