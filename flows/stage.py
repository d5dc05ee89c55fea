"""Stage: `warehouse/staging.duckdb`, the cache of what has been received and read.

It holds nothing that `raw/` and today's code would not give again: where the reader, a schema or the
reference data changed (another reading id), or the file is damaged, it is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from flows.faults import is_held_open, is_no_room
from flows.messages import message_of, severity_of
from flows.personal_numbers import mask_finding, mask_text
from flows.records import FOUND_IN, Correction, CorrectionOutcome, Finding, Receipt, SheetAccount
from schemas.contribution_rates import read_contribution_rates
from schemas.kind import Dimension, Kind, RecordKind
from schemas.regions import Region, read_aliases, read_regions
from schemas.villages import read_villages

if TYPE_CHECKING:
    from flows.receive.inbox import Seen
    from flows.validate import Validated

_TABLES = """
create table reading (reading_id varchar);
create table receipt (
    receipt_id varchar, kind varchar, received_at timestamp, run_at timestamp, source varchar, inbox_path varchar,
    file_name varchar, sha256 varchar, size_bytes bigint, modified_ns bigint, outcome varchar, kept_as varchar,
    removed_sheet varchar, removed_cell varchar, reason varchar
);
create table inbox_file (inbox_path varchar, size_bytes bigint, modified_ns bigint, sha256 varchar);
create table region (region_code varchar, bps_code varchar, name varchar, kind varchar, province_code varchar);
create table region_alias (alias varchar, region_code varchar);
create table contribution_rate (
    programme varchar, sector varchar, payer varchar, valid_from date, valid_until date, rupiah_per_month integer,
    legal_basis varchar
);
create table village (village_code varchar, name varchar, kind varchar, district_name varchar);
create table recipient_count (
    receipt_id varchar, village_code varchar, received bigint, eligible bigint, to_mend bigint, not_eligible bigint
);
create table alias_use (extract_no integer, alias varchar);
create table source_rank (receipt_id varchar, source varchar, basis varchar, rank integer, reason varchar);
create table correction (
    correction_id varchar, row_no integer, extract_id varchar, extract varchar, sheet varchar, cell varchar,
    expected varchar, corrected varchar, reason varchar, source varchar, who varchar, known_from timestamp,
    known_until timestamp, rule varchar, message varchar, message_en varchar
);
create table correction_outcome (
    extract_no integer, correction_id varchar, found_text varchar, value_before double, value_after double,
    rule varchar, message varchar, message_en varchar
);
create table extract (
    extract_no integer, extract_id varchar, file_format varchar, kind varchar, status varchar, reason varchar,
    title varchar, is_sample boolean, is_revision boolean, is_doubtful boolean, corrections_hash varchar
);
create table sheet (
    extract_no integer, sheet_no integer, sheet varchar, is_hidden boolean, is_scanned boolean, kind varchar,
    cells bigint, header bigint, loaded bigint, furniture bigint, ignored bigint, refused bigint,
    furniture_rules varchar
);
create table source_column (
    extract_no integer, sheet_no integer, sheet varchar, table_no integer, column_letters varchar, field varchar,
    header_text varchar, scale integer
);
create table finding (
    extract_no integer, sheet varchar, cell varchar, severity varchar, rule varchar, message varchar,
    message_en varchar, raw_text varchar
);
"""
_TYPE_OF = {"date": "date", "year": "smallint"}
_RECORD_TYPE_OF = {"period": "date", "year": "smallint", "number": "double"}
_RECEIPTS = """
select receipt_id, kind, received_at, run_at, source, inbox_path, file_name, sha256, size_bytes, modified_ns, outcome,
    kept_as, removed_sheet, removed_cell, reason
from receipt order by received_at
"""


def cell_table(kind: Kind, regions: Sequence[Region]) -> str:
    """The staging table of a kind's cells, from its schema: one row a loaded cell. Words that repeat are enums.

    A corrected extract has a row for each version of a cell; null: from its arrival on, until further notice.
    """
    dimensions = ", ".join(f"{dimension.name} {_type_of(dimension)}" for dimension in kind.dimensions)
    region, measure = _enum([region.code for region in regions]), _enum([measure.name for measure in kind.measures])
    return (
        f"create table {kind.name}_cell (extract_no integer, sheet_no smallint, table_no smallint, cell_row integer, "
        f"cell_column smallint, region_code {region}, {dimensions}, measure {measure}, value double, number double, "
        f"text varchar, is_hidden boolean, time_found_in {_enum(FOUND_IN)}, "
        "known_from timestamp, known_until timestamp, correction_id varchar)"
    )


def record_table(kind: RecordKind) -> str:
    """The staging table of a kind of records, from its schema: one row a record, and where each field stood.

    A corrected extract has a row for each version of a record, with the corrections that it rests on.
    """
    columns = ["extract_no integer", "sheet_no smallint", "row integer"]
    for field in kind.fields:
        columns += [f"{field.name} {_RECORD_TYPE_OF.get(field.reads, 'varchar')}", f"{field.name}_column smallint"]
        if field.reads == "number":
            columns += [f"{field.name}_text varchar", f"{field.name}_step double"]
    columns += ["known_from timestamp", "known_until timestamp", "correction_ids varchar"]
    return f"create table {kind.name}_record ({', '.join(columns)})"


def _type_of(dimension: Dimension) -> str:
    return _enum(list(dimension.members)) if dimension.reads == "member" else _TYPE_OF[dimension.reads]


def _enum(words: Sequence[str]) -> str:
    return "enum (" + ", ".join(f"'{word}'" for word in words) + ")"


class Staging:
    """The staging file, open for one run."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    # -- what was received --------------------------------------------------------------------------

    def receipt_ids(self) -> set[str]:
        """The receipts that are cached."""
        return {row[0] for row in self._rows("select receipt_id from receipt")}

    def add_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Cache receipts."""
        times = [(_naive(r.received_at), _naive(r.run_at)) for r in receipts]
        rows = [
            (r.receipt_id, r.kind, *moments, r.source, r.inbox_path, r.file_name, r.sha256, r.size_bytes, r.modified_ns,
             r.outcome, r.path.name, r.sheet, r.cell, r.reason)
            for r, moments in zip(receipts, times, strict=True)
        ]  # fmt: skip
        self._insert("receipt", rows)

    def receipts(self, received: Path) -> list[Receipt]:
        """Every cached receipt, oldest first."""
        receipts = []
        for receipt_id, kind, *moments, kept_as, sheet, cell, reason in self._rows(_RECEIPTS):
            times, facts = moments[:2], moments[2:]
            fields = [
                receipt_id,
                kind,
                *(moment.replace(tzinfo=UTC) for moment in times),
                *facts,
                received / kept_as,
                sheet,
                cell,
                reason,
            ]
            receipts.append(Receipt(*fields))
        return receipts

    def inbox_seen(self) -> list[tuple[str, int, int, str]]:
        """What is remembered of each inbox path: size, time, sha256."""
        return self._rows("select inbox_path, size_bytes, modified_ns, sha256 from inbox_file")

    def remember_inbox(self, seen: dict[str, Seen]) -> None:
        """Replace the memory of the inbox."""
        self._connection.execute("delete from inbox_file")
        self._insert("inbox_file", [(path, s.size_bytes, s.modified_ns, s.sha256) for path, s in seen.items()])

    def add_reference(self, regions: Sequence[Region]) -> None:
        """The reviewed reference data, which has no clock."""
        self._insert("region", [(r.code, r.bps_code, r.name, r.kind, r.province_code) for r in regions])
        self._insert("region_alias", list(read_aliases().items()))
        self._insert("village", [tuple(vars(village).values()) for village in read_villages()])
        self._insert("contribution_rate", [tuple(vars(rate).values()) for rate in read_contribution_rates()])

    # -- what was read ------------------------------------------------------------------------------

    def corrections_hashes(self) -> dict[str, str]:
        """The extracts that today's reader has read, refused ones too; and the hash of the corrections they have."""
        return dict(self._rows("select extract_id, corrections_hash from extract"))

    def forget(self, extract_ids: Sequence[str]) -> None:
        """Remove what was read of some extracts, to be read again."""
        tables = self._rows("select distinct table_name from duckdb_columns() where column_name = 'extract_no'")
        (numbers,) = self._connection.execute(
            "select list(extract_no) from extract where extract_id in (select unnest(?))", [list(extract_ids)]
        ).fetchall()[0]
        for (table,) in tables if numbers else ():
            self._connection.execute(f"delete from {table} where extract_no in (select unnest(?))", [numbers])

    def statuses(self, extract_ids: Sequence[str]) -> dict[str, str]:
        """The status of some extracts, in the order given."""
        status = dict(self._rows("select extract_id, status from extract"))
        return {extract_id: status[extract_id] for extract_id in extract_ids}

    def by_name_lists(self) -> dict[str, Finding]:
        """The extracts that turned out to be by-name lists, and where the list begins."""
        rows = self._rows(
            "select extract_id, sheet, cell from finding join extract using (extract_no) where rule = 'personal_data'"
        )
        return {extract_id: Finding("personal_data", sheet, cell) for extract_id, sheet, cell in rows}

    def add_source_ranks(self, receipt_id: str, ranks: Iterable[tuple[str, str, int, str]]) -> None:
        """One version of `raw/sources.csv`."""
        self._insert("source_rank", [(receipt_id, *rank) for rank in ranks])

    def ranked_receipt_ids(self) -> set[str]:
        """The versions of `raw/sources.csv` that are staged."""
        return {row[0] for row in self._rows("select distinct receipt_id from source_rank")}

    def add_recipient_counts(self, receipt_id: str, counts: Sequence[tuple[Any, ...]]) -> None:
        """One version of `raw/recipients_by_village.csv`."""
        self._insert("recipient_count", [(receipt_id, *count) for count in counts])

    def counted_receipt_ids(self) -> set[str]:
        """The versions of `raw/recipients_by_village.csv` that are staged."""
        return {row[0] for row in self._rows("select distinct receipt_id from recipient_count")}

    def keep_corrections(self, corrections: Sequence[Correction]) -> None:
        """The lines of every version of `raw/corrections.csv`; written only where they are others than before."""
        rows = [_correction_row(correction) for correction in corrections]
        if rows != self._rows("select * from correction"):
            self._connection.execute("delete from correction")
            self._insert("correction", rows)

    def refused_corrections(self) -> int:
        """How many lines of the present corrections are not used."""
        ((count,),) = self._rows(
            "select count(*) from correction left join correction_outcome as outcome using (correction_id) "
            "where known_until is null and coalesce(correction.rule, outcome.rule) is not null"
        )
        return int(count)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All that is stored inside, or nothing; and no batch is written twice, to the log and to the file."""
        self._connection.execute("begin")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def add_corrected(self, validated: Validated, corrections_hash: str, outcomes: Sequence[CorrectionOutcome]) -> None:
        """Store the versions of one extract, and what became of its corrections."""
        number = self.add(validated, corrections_hash)
        rows = [
            (number, o.correction_id, mask_text(o.found_text), o.value_before, o.value_after, *_said_of(o.finding))
            for o in outcomes
        ]
        self._insert("correction_outcome", rows)

    def add(self, batch: Validated, corrections_hash: str = "") -> int:
        """Store a validated batch; the number of its first extract."""
        first = self._connection.execute("select coalesce(max(extract_no), 0) + 1 from extract").fetchone()
        start = int(first[0]) if first else 1
        extracts, sheets, columns, findings, aliases = [], [], [], [], []
        for place, (reading, status) in enumerate(zip(batch.readings, batch.statuses(), strict=True)):
            found = batch.findings.get(reading.extract_id, [])
            number = start + place
            is_doubtful = any(finding.rule == "file_name_date" for finding in found)
            marks = (reading.title, reading.is_sample, reading.is_revision, is_doubtful)
            facts = (reading.extract_id, reading.file_format, reading.kind)
            extracts.append((number, *facts, *status, *marks, corrections_hash))
            sheets += [(number, *_sheet_row(sheet)) for sheet in batch.sheets_of(place)]
            columns += [(number, *vars(column).values()) for column in reading.columns]
            aliases += [(number, alias) for alias in reading.aliases]
            findings += [(number, *_finding_row(finding)) for finding in found]
        self._insert("extract", extracts)
        self._insert("sheet", sheets)
        self._insert("source_column", columns)
        self._insert("finding", findings)
        self._insert("alias_use", aliases)
        tables = {f"{kind}_cell": cells for kind, cells in batch.cells.items()}
        tables |= {f"{kind}_record": records for kind, records in batch.records.items() if len(records)}
        for table, rows in tables.items():
            names = [row[0] for row in self._rows(f"select column_name from (describe {table})")][1:]
            given = ", ".join(name for name in names if name in rows)
            self._connection.register("rows_read", rows)
            self._connection.execute(
                f"insert into {table} (extract_no, {given}) select extract_no + {start}, {given} from rows_read"
            )
            self._connection.unregister("rows_read")
        return start

    def _rows(self, query: str) -> list[Any]:
        return self._connection.execute(query).fetchall()

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows as columns in one statement: row by row costs a thousand times as much."""
        if rows:
            arrays = [list(column) for column in zip(*rows, strict=True)]
            holes = ", ".join("unnest(?)" for _ in arrays)
            self._connection.execute(f"insert into {table} select {holes}", arrays)


def _sheet_row(sheet: SheetAccount) -> tuple[Any, ...]:
    *account, furniture_rules = vars(sheet).values()
    return (*account, json.dumps(furniture_rules))


def _correction_row(correction: Correction) -> tuple[Any, ...]:
    c = correction
    until = _naive(c.known_until) if c.known_until else None
    said = tuple(map(mask_text, (c.extract, c.sheet, c.cell, c.expected, c.corrected, c.reason, c.source, c.who)))
    return (c.correction_id, c.row, c.extract_id, *said, _naive(c.known_from), until, *_said_of(c.finding))


def _said_of(finding: Finding | None) -> tuple[str | None, str | None, str | None]:
    """The rule of a finding and its sentence in both languages, without numbers of people."""
    if finding is None:
        return None, None, None
    masked = mask_finding(finding)
    return masked.rule, message_of(masked), message_of(masked, "en")


def _finding_row(finding: Finding) -> tuple[str, ...]:
    texts = (message_of(finding), message_of(finding, "en"))
    return (finding.sheet, finding.cell, severity_of(finding.rule), finding.rule, *texts, finding.raw_text)


def _naive(moment: datetime) -> datetime:
    """UTC without its mark: with it, DuckDB would turn the time into that of the machine's zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


@contextmanager
def open_staging(path: Path, reading_id: str, memory_mb: int) -> Iterator[Staging]:
    """Open the staging file for this reading id, made anew where it is another's or absent.

    Raises duckdb.Error, here or inside, where it is damaged: see `set_aside_damaged`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(path), config=_config(memory_mb))
    try:
        if not _is_of(connection, reading_id):
            connection.close()
            _remove(path)
            connection = duckdb.connect(str(path), config=_config(memory_mb))
            _make_tables(connection, reading_id)
        yield Staging(connection)
    finally:
        connection.close()


def _make_tables(connection: duckdb.DuckDBPyConnection, reading_id: str) -> None:
    """All at once: a run that is killed here must not leave a file without its regions."""
    connection.execute("begin")
    connection.execute(_TABLES)
    for table in _tables_of_kinds():
        connection.execute(table)
    connection.execute("insert into reading values (?)", [reading_id])
    Staging(connection).add_reference(read_regions())
    connection.execute("commit")


def _tables_of_kinds() -> list[str]:
    from schemas.catalogue import all_kinds  # costs Pandera; needed only where everything is read again

    regions = read_regions()
    kinds = all_kinds()
    return [cell_table(kind, regions) for kind in kinds.tables] + [record_table(kind) for kind in kinds.records]


def _config(memory_mb: int) -> dict[str, Any]:
    return {"memory_limit": f"{memory_mb}MB", "preserve_insertion_order": "false"}


def _is_of(connection: duckdb.DuckDBPyConnection, reading_id: str) -> bool:
    try:
        return connection.execute("select reading_id from reading").fetchall() == [(reading_id,)]
    except duckdb.CatalogException:  # an empty file
        return False


def _remove(path: Path) -> None:
    _wal_of(path).unlink(missing_ok=True)  # first: DuckDB 1.5 would replay it into a new file without a word
    path.unlink(missing_ok=True)


def _wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def set_aside_damaged(path: Path) -> Path | None:
    """Where a staging file that cannot be read through was put, out of the way; None where it is whole."""
    try:
        with duckdb.connect(str(path)) as connection:
            for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
                connection.execute(f"select count(*), sum(hash(t)) from {table} as t")
        return None
    except duckdb.Error as error:
        if is_held_open(error) or is_no_room(error):
            return None
    aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
    _wal_of(path).unlink(missing_ok=True)
    path.replace(aside)
    return aside
