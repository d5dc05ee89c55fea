"""One question to the published file, and its answer as columns and rows. Nothing can be changed through it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import NotPublished, WrongUse
from flows.publish.asking import require_published

# What only reads; DuckDB calls a PIVOT a statement of several.
_READS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)
_CONFIG = {
    "autoinstall_known_extensions": "false",  # a question never downloads anything
    "python_enable_replacements": "false",  # nor does a table's name mean a variable of this program
}
_SAYS = {
    "id": {
        "not_opened": "{path} tidak dapat dibuka: {fault}",
        "one": "Tulis satu pertanyaan: SQL di belakang `ucj sql`, atau berkasnya dengan --file.",
        "several": "Ada {count} pernyataan; tulis satu saja, atau gabungkan dengan WITH.",
        "only_reads": "{kind} ditolak: `ucj sql` hanya membaca (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, EXPLAIN).",
        "fault": "SQL: {fault}",
        "file": "--file {path}: tidak dapat dibaca ({fault}).",
    },
    "en": {
        "not_opened": "{path} cannot be opened: {fault}",
        "one": "Write one question: SQL after `ucj sql`, or its file with --file.",
        "several": "There are {count} statements; write one only, or join them by WITH.",
        "only_reads": "{kind} is refused: `ucj sql` only reads (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, EXPLAIN).",
        "fault": "SQL: {fault}",
        "file": "--file {path} cannot be read ({fault}).",
    },
}


@dataclass(frozen=True)
class Answer:
    """What a question gave."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def open_published(path: Path, lang: str) -> duckdb.DuckDBPyConnection:
    """The published file, opened to read. Raises NotPublished where there is none or it cannot be opened."""
    require_published(path, lang)
    try:
        return duckdb.connect(str(path), read_only=True, config=dict(_CONFIG))
    except duckdb.Error as fault:
        raise NotPublished(_SAYS[lang]["not_opened"].format(path=path, fault=one_sentence(fault))) from fault


def read_question(sql: str, file: Path | None, lang: str) -> str:
    """The SQL given, in words or in a file. Raises WrongUse for both, none, or a file that cannot be read."""
    if bool(sql) == bool(file):
        raise WrongUse(_SAYS[lang]["one"])
    try:
        return file.read_text(encoding="utf-8-sig") if file else sql
    except (OSError, UnicodeDecodeError) as fault:
        said = getattr(fault, "strerror", None) or "UTF-8?"
        raise WrongUse(_SAYS[lang]["file"].format(path=file, fault=said)) from fault


def ask(path: Path, sql: str, lang: str) -> Answer:
    """Ask the published file. Raises WrongUse for what is not one question, would change something, or is wrong SQL."""
    says = _SAYS[lang]
    with open_published(path, lang) as connection:
        try:
            statements = connection.extract_statements(sql)
            if not statements:
                raise WrongUse(says["one"])
            if len(statements) > 1:
                raise WrongUse(says["several"].format(count=len(statements)))
            if statements[0].type not in _READS:
                raise WrongUse(says["only_reads"].format(kind=statements[0].type.name.removesuffix("_STATEMENT")))
            found = connection.execute(statements[0])
            return Answer(tuple(column[0] for column in found.description or ()), found.fetchall())
        except duckdb.Error as fault:
            raise WrongUse(says["fault"].format(fault=one_sentence(fault))) from fault


def one_sentence(fault: Exception) -> str:
    """DuckDB's message in one line, without the drawing of where in the SQL it is."""
    text = str(fault).split("\n\nLINE ")[0]
    return " ".join(text.split())
