"""Decree: the final list, names and NIKs, from the sealed copies straight to the one file that the user names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.durable import aside_of, rename_durably
from flows.errors import WrongUse
from flows.read.limits import limits_of
from flows.read.pool import Job
from flows.recipients.desk import ListReceipt, load_reference, memory_desk, open_desk, read_receipts, terms_of
from flows.recipients.judge import Reference, Terms
from flows.recipients.keys import NikKey, load_key
from flows.recipients.read_lists import find_people_sheets
from flows.recipients.workers import Task, judge_files, open_list
from flows.settings import Settings
from schemas.regions import Region

_HEADERS = ("No", "NIK", "Nama", "Desa/Kelurahan", "Kecamatan")
_WORDS = {
    "id": {
        "inside": "--out {out}: daftar nama tidak boleh ditulis ke raw/ atau warehouse/. Pilih tempat lain.",
        "not_xlsx": "--out {out}: nama berkas harus berakhir .xlsx.",
        "none": "Tidak ada penerima yang memenuhi syarat di {region}; tidak ada yang ditulis.",
        "not_written": "--out {out}: tidak dapat ditulis ({fault}).",
    },
    "en": {
        "inside": "--out {out}: a list of names must not be written into raw/ or warehouse/. Choose another place.",
        "not_xlsx": "--out {out}: the file's name must end in .xlsx.",
        "none": "Nobody in {region} is eligible; nothing was written.",
        "not_written": "--out {out} cannot be written ({fault}).",
    },
}


def write_decree(region: Region, year: int, out: Path, settings: Settings, lang: str = "id") -> tuple[int, date]:
    """Write the eligible people of a region; how many, and the day on which they were judged.

    All copies are judged anew, for the cover's first day in that year: UCJ_COVER_FIRST_DAY where it lies in it, else
    the first of January. Raises WrongUse, and writes nothing, where `out` cannot be or nobody is eligible.
    """
    said = _WORDS[lang]
    if out.suffix.lower() != ".xlsx":
        raise WrongUse(said["not_xlsx"].format(out=out))
    if any(out.resolve().is_relative_to(folder.resolve()) for folder in (settings.raw, settings.warehouse)):
        raise WrongUse(said["inside"].format(out=out))
    key = load_key(settings.recipients, lang)
    asked = terms_of(settings, date(year - 1, 1, 1), lang)
    terms = asked if asked.cover_day.year == year else replace(asked, cover_day=date(year, 1, 1))
    reference = load_reference(settings)
    with open_desk(settings):
        receipts = [receipt for receipt in read_receipts(settings.recipients) if not receipt.forgotten_at]
        people = sorted(_find_eligible(region, receipts, reference, terms, key, settings))
    if not people:
        raise WrongUse(said["none"].format(region=region.name))
    try:
        _write(out, [(number, nik, name, *place) for number, (*place, name, nik) in enumerate(people, start=1)])
    except OSError as fault:
        raise WrongUse(said["not_written"].format(out=out, fault=fault.strerror)) from None
    return len(people), terms.cover_day


def _find_eligible(
    region: Region, receipts: list[ListReceipt], reference: Reference, terms: Terms, key: NikKey, settings: Settings
) -> Iterator[tuple[str, str, str, str]]:
    """Village, district, name and NIK of each eligible person."""
    names = {village.code: (village.name, village.district) for village in reference.villages}
    folder, limits = settings.recipients, limits_of(settings)
    task = Task(reference, terms, key, folder, is_sealed=True)
    jobs = [Job(receipt.sha256, folder / receipt.kept_as, "", receipt.size_bytes) for receipt in receipts]
    with memory_desk() as desk:
        for job, reading in zip(jobs, judge_files(jobs, task, limits, settings.workers), strict=True):
            if reading.finding is None:
                desk.add_list(job.extract_id, folder, job.extract_id)
        desk.judge_together()
        for job in jobs:
            found = desk.ask(
                "select sheet_no, row_no, village_code from outcome join recipient_list using (extract_no) "
                "where extract_id = ? and outcome = 'eligible' and starts_with(village_code, ?)",
                job.extract_id,
                f"{region.code}.",
            )
            village_of = {(sheet_no, row_no): code for sheet_no, row_no, code in found}
            for sheet in find_people_sheets(open_list(job.path, key, limits), (), ()) if village_of else ():
                for row, nik, name in zip(sheet.rows, sheet.texts["nik"], sheet.texts["name"], strict=True):
                    if code := village_of.get((sheet.sheet_no, row)):
                        yield (*names[code], " ".join(name.split()), "".join(filter(str.isdigit, nik))[:16])


def _write(out: Path, rows: list[tuple[object, ...]]) -> None:
    """A file that only its owner reads, whole or not at all."""
    from flows.report.query import Answer
    from flows.report.write_answer import answer_xlsx

    content = answer_xlsx(Answer(_HEADERS, rows))
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = aside_of(out)
    aside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
    ) as file:
        file.write(content)
    rename_durably([(aside, out)])
