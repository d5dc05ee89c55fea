"""Where the figures of a planning document come from: the tables of its last page, and the facts for `ucj verify`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from flows.planning import PlanData
from flows.report.document import WIB, Column, Table, Value, shown_day
from flows.report.planning_words import WORDS

PROVENANCE_TABLES = 3  # the last tables of a document


def collect_facts(data: PlanData, lang: str, tables: Sequence[Table]) -> dict[str, Any]:
    """What it takes to make the document again, and to say what has changed since."""
    release = data.release
    return {
        "ucj": release["code_version"],
        "request": {**vars(data.asked), "lang": lang},
        "release": release["release_id"],
        "reading_id": release["reading_id"],
        "build_id": release["build_id"],
        "is_sample": data.is_sample,
        "extracts": [
            {"file": row["file_name"], "sha256": row["extract_id"], "received_at": row["received_at"].isoformat()}
            for row in data.extracts
        ],
        "figures": digest_of(tables),
    }


def digest_of(tables: Sequence[Table]) -> str:
    """A digest of every figure and text in the bodies of some tables."""
    bodies = [
        [table.key, [[None if value is None else str(value) for value in row] for row in table.rows]]
        for table in tables
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(bodies, ensure_ascii=False).encode()).hexdigest()[:16]


def make_provenance(data: PlanData, lang: str, facts: dict[str, Any]) -> list[Table]:
    """The request and the release, the extracts, and the rates of contribution."""
    words = WORDS[lang]
    source = words["source"].format(sources="ucj", release=facts["release"])
    return [_request(data, lang, facts, source), _extracts(data, words, source), _rates(data, lang, source)]


def _request(data: PlanData, lang: str, facts: dict[str, Any], source: str) -> Table:
    words, asked = WORDS[lang], data.asked
    options = [f"--as-of {asked.as_of}", f'--known-at "{asked.known_at}"', f"--method {asked.method}"]
    options += [f"--baseline {asked.baseline}", f"--projection {asked.projection}", f"--lang {lang}"]
    options += [f'--source "{asked.source}"'] if asked.source else []
    known_at = asked.known_at if len(asked.known_at) == 10 else f"{asked.known_at} UTC"
    lines: list[tuple[Value, ...]] = [(words["mark"], words["mark"])] if data.is_sample else []
    lines += [
        (words["as_of"], _day(asked.as_of, lang)),
        (words["known_at"], known_at),
        (words["method"], words[asked.method]),
        (words["baseline_kind"], words["plan" if asked.baseline == "plan" else "measured_kind"]),
        (words["projection"], words[asked.projection]),
        (words["release"], facts["release"]),
        (words["code_version"], facts["ucj"]),
        (words["reader"], f"{facts['reading_id']}, {facts['build_id']}"),
        (words["digest"], facts["figures"]),
        (words["again"], f'ucj rpjmd "{asked.region}" {" ".join(options)}'),
        (words["check"], "ucj verify FILE"),
    ]
    columns = (Column(words["what"], "text", 45), Column(words["value"], "text", 140))
    return Table(
        "provenance", words["sheet_provenance"], words["provenance"], columns, tuple(lines), source, starts_page=True
    )


def _extracts(data: PlanData, words: dict[str, str], source: str) -> Table:
    widths = {"file": 62, "sender": 25, "received": 28, "sha256": 70}
    columns = tuple(Column(words[name], "text", width) for name, width in widths.items())
    rows = tuple(
        (row["file_name"], row["source"], f"{row['received_at'] + WIB:%Y-%m-%d %H:%M}", row["extract_id"])
        for row in data.extracts
    )
    return Table("extracts", words["extracts"], words["extracts"], columns, rows, source)


def _rates(data: PlanData, lang: str, source: str) -> Table:
    words = WORDS[lang]
    columns = (
        Column(words["programme"], "text", 25),
        Column(words["valid_from"], "text", 25),
        Column(words["valid_until"], "text", 28),
        Column(words["monthly"], "rupiah", 30),
        Column(words["legal_basis"], "text", 77),
    )
    rows = tuple(
        (
            row["programme"],
            _day(row["valid_from"], lang),
            _day(row["valid_until"], lang) if row["valid_until"] else words["still"],
            row["rupiah_per_month"],
            row["legal_basis"],
        )
        for row in data.rates
    )
    return Table("rates", words["sheet_rates"], words["rates"], columns, rows, source)


def _day(day: date | str, lang: str) -> str:
    return shown_day(date.fromisoformat(str(day)), lang)
