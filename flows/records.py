"""What flows between the stages: small frozen dataclasses, and nothing that acts.

Stages never import each other; they hand these on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

Severity = Literal["error", "warning"]
Outcome = Literal["new", "duplicate", "removed as personal data", "withdrawn", "brought back"]
FOUND_IN = ("row", "header", "block", "title", "sheet_name", "cover", "file_name", "default")


@dataclass(frozen=True)
class Receipt:
    """One arrival of one file. `path` is the kept copy; `received_at` is UTC and never the same twice.

    Arrivals of one look at the inbox share their `run_at`. A `removal` is no arrival: it says that a kept copy turned
    out to be a by-name list and was removed, and at which `sheet` and `cell` the list begins. Nor is a `withdrawal`:
    from then on an extract is out, or in again, and `reason` says why.
    """

    receipt_id: str
    kind: Literal["extract", "source_rank", "correction", "recipient_count", "removal", "withdrawal"]
    received_at: datetime
    run_at: datetime
    source: str
    inbox_path: str
    file_name: str
    sha256: str
    size_bytes: int
    modified_ns: int
    outcome: Outcome
    path: Path
    sheet: str = ""
    cell: str = ""
    reason: str = ""

    @property
    def extract_id(self) -> str:
        """An extract is its content: the sha256 of the bytes."""
        return self.sha256


@dataclass(frozen=True)
class Note:
    """Something that a person should see but that is no fault of a cell: a skipped file, a file left for later."""

    subject: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A fault or a doubt, and its place. `details` fill the rule's message (see `flows.messages`)."""

    rule: str
    sheet: str = ""
    cell: str = ""
    raw_text: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetAccount:
    """Where every non-blank cell of a sheet went; `furniture_rules` counts the furniture by rule."""

    sheet_no: int
    sheet: str
    is_hidden: bool
    is_scanned: bool
    kind: str
    cells: int
    header: int
    loaded: int
    furniture: int
    ignored: int
    refused: int
    furniture_rules: dict[str, int]


@dataclass(frozen=True)
class TableAccount:
    """One table as it was understood: its kind, its place (B4:F20), its times and its regions.

    `times` are days (2024-11-13) or years, each with where it was found (one of FOUND_IN); `regions` are the codes
    of the regions whose figures were read, in the order of the rows.
    """

    sheet_no: int
    sheet: str
    table_no: int
    kind: str
    place: str
    times: tuple[tuple[str, str], ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class SourceColumn:
    """Which column of a sheet became which field, by which header, in which unit."""

    sheet_no: int
    sheet: str
    table_no: int
    column: str
    field: str
    header_text: str
    scale: int


@dataclass(frozen=True)
class Cells:
    """Loaded numbers, one entry a cell, column by column.

    All of `fields` are equally long. Codes are positions: `region` in the region book, `measure` and
    every member dimension in the order of the kind. A day counts from 1970-01-01. `number` is what a
    number cell held, `text` what a text cell held; exactly one of the two is there. `time_found_in` is a
    place in FOUND_IN.
    """

    kind: str
    fields: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.fields["value"])


@dataclass(frozen=True)
class Records:
    """Rows that are records of their own, field by field; all of `fields` are equally long.

    Beside each field of the kind stands `<field>_column`, where in the sheet it was (-1: nowhere), and beside a number
    `<field>_text` as found and `<field>_step`, one unit of its last digit; `sheet_no` and `row` (from 0) say the row.
    """

    kind: str
    fields: dict[str, list[Any]]

    def __len__(self) -> int:
        return len(self.fields["row"])


@dataclass(frozen=True)
class Typed:
    """A text that stood in for what a cell holds while its sheet was read; `found` is what it holds."""

    sheet: str
    cell: str
    text: str
    found: str


@dataclass(frozen=True)
class Reading:
    """What one version of the reader made of one extract. `refused_as` is the rule that refused the whole file.

    `aliases` are the reviewed spellings of regions that it needed. `refused` are cells whose region and dimensions are
    known and whose value was refused (NaN): nothing of them is loaded, but a correction may put a value there. `typed`
    are corrections that were put into the sheets of records before they were read.
    """

    extract_id: str
    file_format: str
    kind: str = ""
    title: str = ""
    is_sample: bool = False
    is_revision: bool = False
    refused_as: str = ""
    cells: tuple[Cells, ...] = ()
    refused: tuple[Cells, ...] = ()
    records: tuple[Records, ...] = ()
    sheets: tuple[SheetAccount, ...] = ()
    tables: tuple[TableAccount, ...] = ()
    columns: tuple[SourceColumn, ...] = ()
    findings: tuple[Finding, ...] = ()
    aliases: tuple[str, ...] = ()
    typed: tuple[Typed, ...] = ()


@dataclass(frozen=True)
class Correction:
    """One line of `raw/corrections.csv`: what it says, when it was known, and which extract it is about.

    It holds from the first version of the file that has it until the first that has it not. `row` is its row in the
    last of them. `extract_id` is empty where `finding` says why the line cannot be used.
    """

    correction_id: str
    row: int
    extract: str
    sheet: str
    cell: str
    expected: str
    corrected: str
    reason: str
    source: str
    who: str
    known_from: datetime
    known_until: datetime | None = None
    extract_id: str = ""
    finding: Finding | None = None


@dataclass(frozen=True)
class CorrectionOutcome:
    """What became of a correction at its cell: what the cell held, its value before and after; or why not."""

    correction_id: str
    found_text: str = ""
    value_before: float | None = None
    value_after: float | None = None
    finding: Finding | None = None


@dataclass(frozen=True)
class ReadingVersion:
    """A reading as it stood for a time, corrected as was then known; None: from its arrival on, until further notice.

    `corrections` are ids; the field `correction_no` of its cells counts them, -1 where a cell is as it was read.
    """

    reading: Reading
    known_from: datetime | None
    known_until: datetime | None
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """A published warehouse: its name, when it was made (UTC), and the hash of what core and mart hold."""

    release_id: str
    published_at: datetime
    content_hash: str
    path: Path
    is_new: bool
