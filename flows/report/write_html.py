"""A document as one HTML file without network, script or server: to look at, to print, to paste from."""

from __future__ import annotations

from html import escape

from flows.report.document import Column, Document, Table, shown_value

PROVENANCE_ID = "ucj-provenance"
_STYLE = """
body{font:14px/1.4 Arial,Helvetica,sans-serif;color:#111;max-width:1200px;margin:2em auto;padding:0 1em}
h1{font-size:1.4em;margin:0}p.mark{color:#a00;font-weight:bold}section{margin:2em 0;overflow-x:auto}
table{border-collapse:collapse}caption{text-align:left;font-weight:bold;padding:.4em 0;caption-side:top}
th,td{border:1px solid #777;padding:.25em .5em;vertical-align:top}th{background:#e7e6e6}
td.number{text-align:right;white-space:nowrap}td.year{text-align:center}p.source{font-size:.85em;margin:.3em 0}
@media print{body{max-width:none;margin:0}section{break-inside:avoid;overflow:visible}thead{display:table-header-group}}
"""


def write_html(document: Document) -> bytes:
    """The page's bytes."""
    mark = f'<p class="mark">{escape(document.mark)}</p>' if document.mark else ""
    sections = "\n".join(_section(table, document.lang) for table in document.tables)
    facts = document.provenance.replace("<", "\\u003c")  # no text of it can end the element
    return (
        f'<!doctype html>\n<html lang="{document.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(document.title)}</h1>\n"
        f"<p>{escape(document.subtitle)}</p>\n{mark}\n{sections}\n"
        f'<script type="application/json" id="{PROVENANCE_ID}">{facts}</script>\n</body>\n</html>\n'
    ).encode()


def _section(table: Table, lang: str) -> str:
    rows = "\n".join(
        "<tr>"
        + "".join(_cell(shown_value(v, c.kind, lang), c) for v, c in zip(row, table.columns, strict=True))
        + "</tr>"
        for row in table.rows
    )
    notes = "".join(f'<p class="source">{escape(text)}</p>' for text in (table.source, *table.notes))
    return (
        f'<section id="{escape(table.key)}"><table><caption>{escape(table.caption)}</caption>\n'
        f"<thead>{_header(table)}</thead>\n<tbody>\n{rows}\n</tbody></table>\n{notes}</section>"
    )


def _cell(text: str, column: Column) -> str:
    css = {"text": "", "year": ' class="year"'}.get(column.kind, ' class="number"')
    return f"<td{css}>{escape(text)}</td>"


def _header(table: Table) -> str:
    if not table.has_groups:
        return "<tr>" + "".join(f"<th>{escape(column.header)}</th>" for column in table.columns) + "</tr>"
    upper, lower = "", ""
    for place, column in enumerate(table.columns):
        if not column.group:
            upper += f'<th rowspan="2">{escape(column.header)}</th>'
            continue
        lower += f"<th>{escape(column.header)}</th>"
        if place == 0 or table.columns[place - 1].group != column.group:
            width = sum(other.group == column.group for other in table.columns)
            upper += f'<th colspan="{width}">{escape(column.group)}</th>'
    return f"<tr>{upper}</tr><tr>{lower}</tr>"
