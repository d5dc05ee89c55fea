"""An answer as a table for a screen, as CSV or JSON for programs, or as a workbook."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.durable import put_in_place
from flows.errors import WrongUse
from flows.report.foreign_text import neutral_text, one_line
from flows.report.query import Answer

_MOST_ROWS = 1_048_575  # of a sheet, under its header
_WIDEST = 60  # characters of a column in a workbook
_SAYS = {
    "id": {
        "rows": "({count} baris)",
        "too_many": "{count} baris tidak muat di satu lembar Excel ({most}). Persempit dengan WHERE, atau pakai --csv.",
        "not_written": "{path}: tidak dapat ditulis ({fault}). Pilih tempat lain.",
        "written": "{path}: {count} baris.",
    },
    "en": {
        "rows": "({count} rows)",
        "too_many": "{count} rows do not fit on one sheet of Excel ({most}). Narrow them by WHERE, or use --csv.",
        "not_written": "{path} cannot be written ({fault}). Choose another place.",
        "written": "{path}: {count} rows.",
    },
}


def answer_text(answer: Answer, lang: str) -> Iterator[str]:
    """The lines of a table: numbers to the right, as SQL writes them, and how many rows there are."""
    shown = [[_shown(value) for value in row] for row in answer.rows]
    widths = [max(map(len, column)) for column in zip(answer.columns, *shown, strict=True)]
    are_numbers = [_is_numeric(column) for column in zip(*answer.rows, strict=True)] or [False] * len(widths)
    marks = [">" if is_number else "<" for is_number in are_numbers]
    for row in (answer.columns, ["-" * width for width in widths], *shown):
        cells = (f"{text:{mark}{width}}" for text, mark, width in zip(row, marks, widths, strict=True))
        yield "  ".join(cells).rstrip()
    yield _SAYS[lang]["rows"].format(count=len(answer.rows))


def answer_csv(answer: Answer) -> str:
    """Commas and decimal points, for programs; no text that a spreadsheet takes for a formula."""
    memory = io.StringIO(newline="")
    writer = csv.writer(memory, lineterminator="\n")
    writer.writerow(map(neutral_text, answer.columns))
    for row in answer.rows:
        writer.writerow(["" if value is None else _typed(value) for value in row])
    return memory.getvalue()


def answer_json(answer: Answer) -> str:
    """An object a row, in a list."""
    rows = [dict(zip(answer.columns, map(_for_json, row), strict=True)) for row in answer.rows]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def write_answer_xlsx(answer: Answer, path: Path, lang: str) -> str:
    """Write a workbook of one sheet and say where it is. Raises WrongUse where it does not fit or cannot be written."""
    count = len(answer.rows)
    if count > _MOST_ROWS:
        raise WrongUse(_SAYS[lang]["too_many"].format(count=count, most=_MOST_ROWS))
    write_file(path, answer_xlsx(answer), lang)
    return _SAYS[lang]["written"].format(path=path, count=count)


def write_file(path: Path, content: bytes, lang: str) -> None:
    """Write a file whole or not at all. Raises WrongUse where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_in_place([(path, content)])
    except OSError as fault:
        raise WrongUse(_SAYS[lang]["not_written"].format(path=path, fault=fault.strerror or fault)) from fault


def answer_xlsx(answer: Answer) -> bytes:
    """The workbook's bytes: numbers and days as such, a filter, the header in sight."""
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1)})
    sheet = book.add_worksheet("ucj")
    head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1})
    day, moment = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"))
    for number, name in enumerate(answer.columns):
        sheet.write_string(0, number, neutral_text(name), head)
        texts = [name, *(_shown(row[number]) for row in answer.rows)]
        sheet.set_column(number, number, min(max(map(len, texts)) + 2, _WIDEST))
    for at, row in enumerate(answer.rows, start=1):
        for number, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(at, number, value)
            elif _is_number(value) and abs(value) < 10**15:  # beyond that Excel drops digits
                sheet.write_number(at, number, float(value))
            elif isinstance(value, date) and value.year >= 1900 and not getattr(value, "tzinfo", None):
                sheet.write_datetime(at, number, value, moment if isinstance(value, datetime) else day)
            else:
                sheet.write_string(at, number, str(_typed(value)))
    sheet.freeze_panes(1, 0)
    if answer.columns:
        sheet.autofilter(0, 0, max(len(answer.rows), 1), len(answer.columns) - 1)
    book.close()
    return memory.getvalue()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and math.isfinite(value)


def _is_numeric(values: tuple[Any, ...]) -> bool:
    return all(value is None or _is_number(value) for value in values)


def _shown(value: Any) -> str:
    """A value on one line of the screen."""
    return "NULL" if value is None else one_line(str(_plain(value)))


def _typed(value: Any) -> Any:
    """A value in a file that a spreadsheet may open."""
    plain = _plain(value)
    return neutral_text(plain) if isinstance(plain, str) else plain


def _plain(value: Any) -> Any:
    """Numbers as they are; all else as SQL would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, list | dict):
        return json.dumps(_for_json(value), ensure_ascii=False)
    return str(value)


def _for_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, list):
        return [_for_json(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _for_json(each) for name, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, str | int | float) else str(value)
