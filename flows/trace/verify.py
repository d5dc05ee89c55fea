"""Verify: make a planning document again from the warehouse, as it was known then, and say whether it is the same.

Three things can differ, and each is said by itself: the file was changed after it was made; the same request gives
other figures today (the code or the receipts of that time are not what they were); or more has become known since,
which changes nothing in the file but would change one made today.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import WrongUse
from flows.planning import PlanRequest, known_moment
from flows.report.document import Document
from flows.report.planning_files import render
from flows.report.planning_provenance import PROVENANCE_TABLES
from flows.report.rpjmd import rpjmd_document
from flows.settings import Settings
from flows.trace.read_back import read_cells, read_facts

_MOST_DIFFERENCES = 20


@dataclass(frozen=True)
class Difference:
    """A cell that says something else than the document made again."""

    place: str
    in_file: str
    made_again: str


@dataclass(frozen=True)
class Verification:
    """What came out. `is_edited`: cells differ though the same request still gives the figures of that time."""

    path: Path
    request: dict[str, Any]
    differences: tuple[Difference, ...]
    is_edited: bool
    code_changed: tuple[str, ...]
    receipts_changed: tuple[str, ...]
    known_since: tuple[str, ...]

    @property
    def is_identical(self) -> bool:
        return not self.differences

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "file": str(self.path),
            "identical": self.is_identical,
            "request": self.request,
            "edited": self.is_edited,
            "differences": [vars(difference) for difference in self.differences],
            "code_changed": list(self.code_changed),
            "receipts_changed": list(self.receipts_changed),
            "known_since": list(self.known_since),
        }


def verify_file(path: Path, settings: Settings, lang: str) -> Verification:
    """Verify one file. Raises WrongUse where it is no file of `ucj rpjmd`, or its request cannot be met any more."""
    if not path.is_file():
        raise WrongUse({"id": "Berkas ini tidak ada: {}.", "en": "There is no such file: {}."}[lang].format(path))
    facts = read_facts(path, lang)
    asked = dict(facts["request"])
    language = asked.pop("lang")
    request = PlanRequest(**asked)
    document, _ = rpjmd_document(settings, request, language)
    now = json.loads(document.provenance)
    differences = _compare(path, document)
    return Verification(
        path=path,
        request=facts["request"],
        differences=differences,
        is_edited=bool(differences) and now["figures"] == facts["figures"],
        code_changed=_changed_code(facts, now) if now["figures"] != facts["figures"] else (),
        receipts_changed=_changed_receipts(facts, now),
        known_since=_known_since(settings, request, language, now["figures"]),
    )


def _compare(path: Path, document: Document) -> tuple[Difference, ...]:
    """The cells of the figures that differ; what tells of the release is left out."""
    figures = replace(document, tables=document.tables[:-PROVENANCE_TABLES])
    suffix = path.suffix.lower()
    in_file, again = read_cells(path.read_bytes(), suffix), read_cells(render(figures, suffix[1:]), suffix)
    return tuple(
        Difference(place, in_file.get(place, ""), text)
        for place, text in again.items()
        if in_file.get(place, "") != text
    )


def _changed_code(then: dict[str, Any], now: dict[str, Any]) -> tuple[str, ...]:
    """Which code is another than then, and in which release."""
    names = {"reading_id": "reader", "build_id": "models"}
    return tuple(
        f"{said}: {then[name]} ({then['release']}) → {now[name]} ({now['release']})"
        for name, said in names.items() if then[name] != now[name]
    )  # fmt: skip


def _changed_receipts(then: dict[str, Any], now: dict[str, Any]) -> tuple[str, ...]:
    """The extracts of that time that are used no more, and those that are used and were not then."""
    before, after = ({each["sha256"]: each for each in facts["extracts"]} for facts in (then, now))
    gone = [
        f"- {each['file']} ({sha256[:12]}, {each['received_at']})"
        for sha256, each in before.items()
        if sha256 not in after
    ]
    come = [
        f"+ {each['file']} ({sha256[:12]}, {each['received_at']})"
        for sha256, each in after.items()
        if sha256 not in before
    ]
    return (*gone, *come)


def _known_since(settings: Settings, request: PlanRequest, lang: str, figures: str) -> tuple[str, ...]:
    """What was received after the document's moment, where a document made now would have other figures."""
    try:
        document, _ = rpjmd_document(settings, replace(request, known_at=""), lang)
        if json.loads(document.provenance)["figures"] == figures:
            return ()
    except WrongUse:  # its plan was withdrawn: today there is no such document
        pass
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        rows: Sequence[tuple[Any, ...]] = connection.execute(
            "select kind, file_name, received_at from meta.receipt where received_at > ? "
            "and outcome in ('new', 'withdrawn', 'brought back') order by received_at",
            [known_moment(request.known_at)],
        ).fetchall()
    return tuple(f"{received_at:%Y-%m-%d %H:%M} UTC: {file_name} ({kind})" for kind, file_name, received_at in rows)


_WORDS = {
    "id": {
        "identical": "{path}: identik. Semua angka sama dengan yang dibuat ulang dari gudang data.",
        "differs": "{path}: berbeda, {count} sel.",
        "edited": "Berkas ini diubah setelah dibuat: permintaan yang sama masih memberi angka semula.",
        "cell": "  {place}: di berkas {in_file}, dibuat ulang {made_again}", "more": "  … dan {count} sel lagi",
        "code": "Kode berubah:", "receipts": "Berkas asal berubah:", "blank": "(kosong)",
        "since": "Sejak itu diketahui hal baru; tabel yang dibuat hari ini akan berbeda:",
    },
    "en": {
        "identical": "{path}: identical. Every figure is what the warehouse gives again.",
        "differs": "{path}: differs, {count} cells.",
        "edited": "The file was changed after it was made: the same request still gives the first figures.",
        "cell": "  {place}: in the file {in_file}, made again {made_again}", "more": "  … and {count} more cells",
        "code": "The code has changed:", "receipts": "The source files have changed:", "blank": "(blank)",
        "since": "More has become known since; a table made today would differ:",
    },
}  # fmt: skip


def verification_text(done: Verification, lang: str) -> str:
    """The outcome for people."""
    words = _WORDS[lang]
    if done.is_identical:
        lines = [words["identical"].format(path=done.path)]
    else:
        lines = [words["differs"].format(path=done.path, count=len(done.differences))]
        for each in done.differences[:_MOST_DIFFERENCES]:
            texts = {"in_file": each.in_file or words["blank"], "made_again": each.made_again or words["blank"]}
            lines.append(words["cell"].format(place=each.place, **texts))
        if len(done.differences) > _MOST_DIFFERENCES:
            lines.append(words["more"].format(count=len(done.differences) - _MOST_DIFFERENCES))
        lines += [words["edited"]] if done.is_edited else []
    for title, said in (("code", done.code_changed), ("receipts", done.receipts_changed), ("since", done.known_since)):
        if said:
            lines += [words[title], *(f"  {line}" for line in said)]
    return "\n".join(lines)
