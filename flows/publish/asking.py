"""Asking the published file: that it is there, and rows by the names of their columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from flows.errors import NotPublished

Row = dict[str, Any]
_NO_FILE = {
    "id": "Belum ada gudang data di {path}. Jalankan `ucj run` dulu.",
    "en": "There is no warehouse at {path}. Run `ucj run` first.",
}


def require_published(path: Path, lang: str) -> None:
    """Raises NotPublished, with what to type, where nothing is published yet."""
    if not path.exists():
        raise NotPublished(_NO_FILE[lang].format(path=path))


def read_rows(connection: duckdb.DuckDBPyConnection, query: str, values: Any = None) -> list[Row]:
    """The rows of a query, each by the names of its columns."""
    result = connection.execute(query, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
