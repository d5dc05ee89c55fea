"""Marts and core as Parquet, a file a table, for those who use something else; what the comments say goes along.

Parquet has no comments: they stand in each file's key-value metadata, `comment` the table's, `columns` as JSON.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from flows.durable import aside_of
from flows.errors import WrongUse
from flows.report.dictionary import read_dictionary
from flows.report.query import one_sentence, open_published

_SCHEMAS = ("mart.", "core.")
_SAYS = {
    "id": {
        "not_written": "{path}: tidak dapat ditulis ({fault}). Pilih folder lain.",
        "done": "{count} berkas di {folder}",
    },
    "en": {
        "not_written": "{path} cannot be written ({fault}). Choose another folder.",
        "done": "{count} files in {folder}",
    },
}


def export_parquet(published: Path, folder: Path, lang: str) -> list[Path]:
    """Write every table of mart and core, each file whole or not at all. Raises WrongUse where it cannot be."""
    tables = [entry for entry in read_dictionary(published, lang) if entry.name.startswith(_SCHEMAS)]
    written = []
    with open_published(published, lang) as connection:
        release = connection.execute("select release_id from meta.release").fetchall()[0][0]
        for entry in tables:
            path = folder / f"{entry.name}.parquet"
            aside = aside_of(path)
            columns = json.dumps({name: meaning for name, _, meaning in entry.columns}, ensure_ascii=False)
            about = {"table": entry.name, "comment": entry.comment, "columns": columns, "release_id": release}
            says = ", ".join(f"{_quoted(key)}: {_quoted(text)}" for key, text in about.items())
            try:
                folder.mkdir(parents=True, exist_ok=True)
                connection.execute(
                    f"copy (select * from {entry.name} order by all) to {_quoted(str(aside))} "
                    f"(format parquet, compression zstd, kv_metadata {{{says}}})"
                )
                aside.replace(path)
            except (OSError, duckdb.IOException) as fault:
                said = getattr(fault, "strerror", None) or one_sentence(fault)
                raise WrongUse(_SAYS[lang]["not_written"].format(path=path, fault=said)) from fault
            written.append(path)
    return written


def say_exported(written: list[Path], folder: Path, lang: str) -> str:
    """What was written."""
    return "\n".join([*map(str, written), _SAYS[lang]["done"].format(count=len(written), folder=folder)])


def _quoted(text: str) -> str:
    """A text as an SQL literal: COPY takes no parameters there."""
    return "'" + text.replace("'", "''") + "'"
