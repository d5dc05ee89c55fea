"""The data dictionary out of the comments of the published file: tables, their grain, their columns and units."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from flows.report.query import Answer, open_published

_COLUMNS = ("table", "column", "type", "meaning")
_TITLE = {"id": "Kamus data ucj", "en": "Data dictionary of ucj"}
# Published tables in the order in which they are of use.
_QUERY = """
select
    columns.schema_name || '.' || columns.table_name as name, tables.comment, columns.column_name, columns.data_type,
    columns.meaning
from meta."column" as columns
join duckdb_tables() as tables
    on tables.schema_name = columns.schema_name and tables.table_name = columns.table_name
order by list_position(['mart', 'core', 'meta'], columns.schema_name), name, columns.place
"""
_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#222}"
    "h2{font:600 1.1em ui-monospace,monospace;margin:2em 0 .3em}p{white-space:pre-line;margin:.2em 0 .6em}"
    "table{border-collapse:collapse;width:100%}td{border-top:1px solid #ddd;padding:.25em .8em .25em 0;"
    "vertical-align:top}td:nth-child(-n+2){font-family:ui-monospace,monospace;white-space:nowrap}"
    "nav{columns:3}a{color:#1f4e79}@media(max-width:40em){nav{columns:1}}"
)


@dataclass(frozen=True)
class TableEntry:
    """One table: what its comment says, and of each column name, type and meaning."""

    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]


def read_dictionary(path: Path, lang: str) -> list[TableEntry]:
    """Every table of the published file. Raises NotPublished where there is none."""
    with open_published(path, lang) as connection:
        rows = connection.execute(_QUERY).fetchall()
    return [
        TableEntry(name, comment, tuple(row[2:] for row in its))
        for (name, comment), its in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


def dictionary_text(entries: list[TableEntry]) -> Iterator[str]:
    """The lines of the dictionary: a table, what it is, and its columns."""
    for entry in entries:
        yield entry.name
        yield from (f"  {line}".rstrip() for line in entry.comment.splitlines())
        widths = [max(len(column[place]) for column in entry.columns) for place in (0, 1)]
        for name, kind, meaning in entry.columns:
            yield f"    {name:{widths[0]}}  {kind:{widths[1]}}  {meaning}"
        yield ""


def dictionary_answer(entries: list[TableEntry]) -> Answer:
    """The dictionary as rows, a column each; a table's own row comes first and names no column."""
    rows: list[tuple[str, str, str, str]] = []
    for entry in entries:
        rows.append((entry.name, "", "", " ".join(entry.comment.split())))
        rows += [(entry.name, *column) for column in entry.columns]
    return Answer(_COLUMNS, rows)


def dictionary_json(entries: list[TableEntry]) -> str:
    """The dictionary for a program."""
    tables = [
        {"table": entry.name, "comment": entry.comment,
         "columns": [dict(zip(_COLUMNS[1:], column, strict=True)) for column in entry.columns]}
        for entry in entries
    ]  # fmt: skip
    return json.dumps({"tables": tables}, indent=1, ensure_ascii=False)


def dictionary_html(entries: list[TableEntry], lang: str) -> bytes:
    """One page without any outside part."""
    links = "".join(f'<a href="#{escape(entry.name)}">{escape(entry.name)}</a><br>' for entry in entries)
    parts = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{_TITLE[lang]}</title><style>{_STYLE}</style><h1>{_TITLE[lang]}</h1><nav>{links}</nav>"
    ]
    for entry in entries:
        parts.append(f'<h2 id="{escape(entry.name)}">{escape(entry.name)}</h2><p>{escape(entry.comment)}</p><table>')
        parts += [f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in column)}</tr>" for column in entry.columns]
        parts.append("</table>")
    return "\n".join(parts).encode()
