"""The versions of `raw/corrections.csv` as corrections with a life of their own; applies none of them.

A line holds from the receipt of the first version that has it until that of the first that has it not, and means what
it meant when it was first received: a file that comes later under the same name changes nothing of the past.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from flows.errors import UcjError
from flows.receive.receipts import find_extracts, list_extracts, stamp
from flows.records import Correction, Finding, Receipt

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*", re.ASCII)


class UnreadableCorrections(UcjError):
    """The whole file cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line as it was typed; the fields are the columns of the file."""

    extract: str
    sheet: str
    cell: str
    expected: str
    corrected: str
    reason: str
    source: str
    who: str


_COLUMNS = tuple(field.name for field in fields(Line))
_MAY_BE_EMPTY = ("source",)


def read_lines(content: bytes) -> list[tuple[int, Line]]:
    """The lines of one version with their rows as Excel counts them. Raises UnreadableCorrections.

    Separated by `;` or `,`, with or without a byte order mark; empty rows and further columns are passed over.
    """
    try:
        text = content.decode("utf-8-sig")
        delimiter = ";" if ";" in text.partition("\n")[0] else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except UnicodeDecodeError:
        raise UnreadableCorrections("expected UTF-8. Save it as CSV UTF-8 and run again.") from None
    except csv.Error as error:
        raise UnreadableCorrections(f"it is no CSV ({error}). Save it as CSV UTF-8 and run again.") from None
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if any(header.count(name) != 1 for name in _COLUMNS):
        raise UnreadableCorrections(
            f"expected the columns {','.join(_COLUMNS)} in its first line, each once; found "
            f"{','.join(header) or 'nothing'}. Mend the first line and run again."
        )
    places = [header.index(name) for name in _COLUMNS]
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            cells = [row[place].strip() if place < len(row) else "" for place in places]
            lines.append((number, Line(*cells)))
    return lines


def follow_corrections(receipts: Sequence[Receipt]) -> list[Correction]:
    """Every correction that was ever received, with its life. `receipts` are all, oldest first."""
    ended: list[Correction] = []
    alive: dict[Line, Correction] = {}
    for version in (receipt for receipt in receipts if receipt.kind == "correction"):
        rows = {line: row for row, line in reversed(read_lines(version.path.read_bytes()))}
        for line in [line for line in alive if line not in rows]:
            ended.append(replace(alive.pop(line), known_until=version.received_at))
        for line, row in reversed(rows.items()):
            known = alive.get(line) or _begin(line, row, version.received_at, receipts)
            alive[line] = replace(known, row=row)
    return [*ended, *alive.values()]


def _begin(line: Line, row: int, moment: datetime, receipts: Sequence[Receipt]) -> Correction:
    """A line on the day that it was first received."""
    cell = line.cell.replace("$", "").upper()
    correction = Correction(f"{stamp(moment)}:{row}", row, **asdict(replace(line, cell=cell)), known_from=moment)
    empty = [name for name in _COLUMNS if not getattr(line, name) and name not in _MAY_BE_EMPTY]
    if empty:
        return replace(correction, finding=Finding("correction_incomplete", details={"columns": ", ".join(empty)}))
    if not _CELL.fullmatch(cell):
        return replace(correction, finding=Finding("correction_no_address", raw_text=line.cell))
    extracts = find_extracts([receipt for receipt in receipts if receipt.received_at < moment], line.extract)
    if len(extracts) == 1:
        return replace(correction, extract_id=extracts[0].extract_id)
    rule = "correction_extract_ambiguous" if extracts else "correction_extract_unknown"
    return replace(correction, finding=Finding(rule, "", "", line.extract, {"extracts": list_extracts(extracts)}))
