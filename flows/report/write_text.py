"""A document as CSV (with semicolons and decimal commas in Bahasa Indonesia, as Excel there expects) or as Markdown."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from flows.report.document import Document, Table, Value, shown_value
from flows.report.foreign_text import neutral_text

PROVENANCE_MARK = "ucj-provenance"


def write_csv(document: Document) -> bytes:
    """Every table under its caption, an empty line between; the provenance as the last line."""
    memory = io.StringIO(newline="")
    writer = csv.writer(memory, delimiter="," if document.lang == "en" else ";", lineterminator="\r\n")
    writer.writerow([document.title])
    writer.writerow([document.subtitle])
    if document.mark:
        writer.writerow([document.mark])
    for table in document.tables:
        writer.writerow([])
        writer.writerow([neutral_text(table.caption)])
        writer.writerow([neutral_text(f"{column.group} {column.header}".strip()) for column in table.columns])
        for row in table.rows:
            writer.writerow([_typed(value, document.lang) for value in row])
        for text in (table.source, *table.notes):
            writer.writerow([neutral_text(text)])
    writer.writerow([])
    writer.writerow([PROVENANCE_MARK, document.provenance])
    return b"\xef\xbb\xbf" + memory.getvalue().encode()  # with its mark Excel reads UTF-8


def _typed(value: Value, lang: str) -> str:
    """A number without thousands separators; a text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral_text(value)
    text = f"{value:.2f}" if isinstance(value, Decimal) else str(value)
    return text if lang == "en" else text.replace(".", ",")


def write_markdown(document: Document) -> bytes:
    """Every table under its caption; the provenance in a comment at the end."""
    parts = [f"# {document.title}", document.subtitle, *([f"**{document.mark}**"] if document.mark else [])]
    parts += [_as_markdown(table, document.lang) for table in document.tables]
    facts = document.provenance.replace("--", "-\\u002d")  # nothing in it can end the comment
    parts.append(f"<!-- {PROVENANCE_MARK} {facts} -->")
    return ("\n\n".join(parts) + "\n").encode()


def _as_markdown(table: Table, lang: str) -> str:
    headers = [_cell(f"{column.group} {column.header}".strip()) for column in table.columns]
    rules = ["---" if column.kind == "text" else "---:" for column in table.columns]
    rows = [
        [_cell(shown_value(value, column.kind, lang)) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in (headers, rules, *rows)]
    below = "\n\n".join((table.source, *table.notes))
    return f"**{table.caption}**\n\n" + "\n".join(lines) + f"\n\n{below}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
