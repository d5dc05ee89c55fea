"""Build the warehouse: a new DuckDB file from the staging file, one table a model, comments included.

Storage version v1.0.0, so that analysts' tools with an older DuckDB open it. The file is made beside the
published one and nothing that is published is touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from flows.build.changes import find_changes, keep_changes
from flows.build.models import Audit, at_moment, macro_statements, read_audits, read_model, read_models
from flows.content import Hashes, content_hash, hash_table

FAR_FUTURE = "timestamp '9999-12-31'"
LAST_DAY = "date '9999-12-31'"
PUBLISHED = ("core", "mart", "meta")
_CONTENT = ("core", "mart")
# Tables that no SELECT makes: name of the column, type, meaning.
_RELEASE = (
    ("release_id", "varchar", "name of the release: time of publishing and content hash"),
    ("previous_release_id", "varchar", "the release that meta.change compares it with; empty: none"),
    ("published_at", "timestamp", "UTC: when this content was first published"),
    ("content_hash", "varchar", "hash of all tables of core and mart; equal content has equal hashes on every machine"),
    ("inputs_hash", "varchar", "hash of the receipts that it was made from"),
    ("receipts", "bigint", "how many receipts it was made from"),
    ("reading_id", "varchar", "version of the reader, schemas and reference data"),
    ("build_id", "varchar", "version of the models and audits"),
    ("code_version", "varchar", "version of ucj"),
    ("duckdb_version", "varchar", "version of DuckDB that built it; hashes compare within one version"),
    ("table_hashes", "varchar", "JSON: rows and hash of every table of core and mart"),
    ("has_sample", "boolean", "sample data is in it"),
)
_AUDIT_RESULT = (
    ("audit", "varchar", "name of the audit"),
    ("severity", "varchar", "error stops the publish, warning is shown by the run, note only stands here"),
    ("purpose", "varchar", "what it looks for"),
    ("place", "varchar", "the offending row"),
    ("reason", "varchar", "what is wrong with it"),
    ("digest", "varchar", "digest of all rows of this audit; `ucj run --accept DIGEST` lets exactly these through"),
    ("is_accepted", "boolean", "a person let it through"),
)
_DICTIONARY = (
    ("schema_name", "varchar", "core, mart or meta"),
    ("table_name", "varchar", "table"),
    ("column_name", "varchar", "column"),
    ("place", "integer", "place of the column in its table, from 1"),
    ("data_type", "varchar", "DuckDB type"),
    ("meaning", "varchar", "what it holds and in which unit"),
)


@dataclass(frozen=True)
class AuditRow:
    """One offending row of one audit."""

    audit: Audit
    place: str
    reason: str


@dataclass(frozen=True)
class BuildFacts:
    """What a release says of how it was made."""

    inputs_hash: str
    receipts: int
    reading_id: str
    build_id: str
    code_version: str


class Build:
    """A new warehouse file under construction: whole at the end of its `with`, gone where that fails."""

    def __init__(self, target: Path, staging: Path, memory_mb: int) -> None:
        self._target = target
        self.models = read_models()
        spill = str(target.with_suffix(".tmp"))  # else DuckDB spills into the folder that the job was started in
        limits = {"memory_limit": f"{memory_mb}MB", "temp_directory": spill}
        self._connection = duckdb.connect(config={**limits, "preserve_insertion_order": "false"})
        self._connection.execute(f"attach {_quoted(target)} as warehouse (storage_version 'v1.0.0')")
        self._connection.execute(f"attach {_quoted(staging)} as staging (read_only)")
        self._connection.execute("attach ':memory:' as work")
        self._connection.execute("attach ':memory:' as previous")
        self._connection.execute("use warehouse")

    def __enter__(self) -> Build:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        is_whole = False
        try:
            if fault is None:
                self._connection.execute("use memory")
                self._connection.execute("checkpoint warehouse")
                self._connection.execute("detach warehouse")
                is_whole = True
        finally:
            self._connection.close()
            if not is_whole:
                self._target.unlink(missing_ok=True)
                self._target.with_name(f"{self._target.name}.wal").unlink(missing_ok=True)

    # -- tables -------------------------------------------------------------------------------------

    def make_tables(self, known_dates: Sequence[tuple[str, str]]) -> None:
        """Every model in order. `known_dates` are the regions and dates that the release before had in force."""
        run = self._connection.execute
        run("create table previous.coverage_date (region_code varchar, as_of_date date)")
        if known_dates:
            codes, days = [code for code, _ in known_dates], [day for _, day in known_dates]
            run("insert into previous.coverage_date select unnest(?), cast(unnest(?) as date)", [codes, days])
        for schema in PUBLISHED:
            run(f"create schema {schema}")
        for model in self.models:
            run(f"create table {model.name} as {at_moment(model.sql, FAR_FUTURE, LAST_DAY)}")
        run("begin")
        for model in self.models:
            if model.schema in PUBLISHED:
                self._comment(model.name, model.comment, model.columns)
        for statement in macro_statements(self.models):
            run(statement)
        run("commit")

    def _comment(self, table: str, comment: str, columns: dict[str, str]) -> None:
        statements = [f"comment on table {table} is {_quoted(comment)}"]
        statements += [f"comment on column {table}.{name} is {_quoted(meaning)}" for name, meaning in columns.items()]
        self._connection.execute(";\n".join(statements))

    # -- changes ------------------------------------------------------------------------------------

    def find_changes(self, before: Path | None, code: Mapping[str, str]) -> str:
        """Make meta.change: what moved against the release in `before`, whose name is given back."""
        return self._with_comments(find_changes(self._connection, self.models, before, code))

    def keep_changes(self, before: Path) -> str:
        """Make meta.change of a release that is there already and whose content is the same: as it stands there."""
        return self._with_comments(keep_changes(self._connection, before))

    def _with_comments(self, previous: str) -> str:
        model = read_model("change", "change")
        self._comment("meta.change", model.comment, model.columns)
        return previous

    # -- audits -------------------------------------------------------------------------------------

    def audit(self, jump_pct_points: int, code_move_pct_points: float) -> list[AuditRow]:
        """The offending rows of every audit."""
        found = []
        for audit in read_audits():
            query = audit.sql.replace(":jump_pct_points", str(int(jump_pct_points)))
            query = query.replace(":code_move_pct_points", str(float(code_move_pct_points)))
            rows = self._connection.execute(f"select * from ({query}) as offending order by all").fetchall()
            found += [AuditRow(audit, str(place), str(reason)) for place, reason in rows]
        return found

    # -- the release itself -------------------------------------------------------------------------

    def content_hashes(self) -> Hashes:
        """Rows and hash of every table of core and mart; order of rows does not count."""
        tables = sorted(model.name for model in self.models if model.schema in _CONTENT)
        return {table: hash_table(self._connection, table) for table in tables}

    def has_sample(self) -> bool:
        """Whether made-up sample data is in it."""
        return bool(self._connection.execute("select count(*) from meta.extract where is_sample").fetchall()[0][0])

    def name_release(
        self, release_id: str, previous: str, published_at: datetime, hashes: Hashes, facts: BuildFacts
    ) -> None:
        """Write meta.release."""
        made_from = (facts.inputs_hash, facts.receipts)
        made_by = (facts.reading_id, facts.build_id, facts.code_version, duckdb.__version__)
        naive_utc = published_at.replace(tzinfo=None)
        names = (release_id, previous, naive_utc, content_hash(hashes))
        row = (*names, *made_from, *made_by, json.dumps(hashes), self.has_sample())
        self._make("meta.release", "This release: what it was made from and by.\ngrain: release_id", _RELEASE, [row])

    def write_audits(self, found: Sequence[AuditRow], accepted: set[str]) -> None:
        """Write meta.audit_result."""
        rows = []
        for audit in dict.fromkeys(row.audit for row in found):
            of_audit = [row for row in found if row.audit == audit]
            digest = audit_digest(of_audit)
            facts = (audit.name, audit.severity, audit.purpose)
            rows += [(*facts, row.place, row.reason, digest, digest in accepted) for row in of_audit]
        comment = "What the audits found in this release.\ngrain: audit, place, reason"
        self._make("meta.audit_result", comment, _AUDIT_RESULT, rows)

    def write_dictionary(self) -> None:
        """Write meta.column out of the comments."""
        comment = "The data dictionary.\ngrain: schema_name, table_name, column_name"
        self._make("meta.column", comment, _DICTIONARY, [])
        self._connection.execute(
            "insert into meta.column select schema_name, table_name, column_name, column_index, data_type, comment "
            "from duckdb_columns() where database_name = 'warehouse' and schema_name in ('core', 'mart', 'meta') "
            "order by all"
        )

    def _make(
        self, table: str, comment: str, columns: Sequence[tuple[str, str, str]], rows: Sequence[tuple[object, ...]]
    ) -> None:
        fields = ", ".join(f"{name} {kind}" for name, kind, _ in columns)
        self._connection.execute(f"create table {table} ({fields})")
        if rows:
            holes = ", ".join("?" for _ in columns)
            self._connection.executemany(f"insert into {table} values ({holes})", rows)
        self._comment(table, comment, {name: meaning for name, _, meaning in columns})


def audit_digest(rows: Sequence[AuditRow]) -> str:
    """A digest of exactly these offending rows of one audit."""
    text = "\n".join(sorted(f"{row.audit.name}|{row.place}|{row.reason}" for row in rows))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _quoted(text: str | Path) -> str:
    """A text as an SQL literal, for statements that take no parameters."""
    return "'" + str(text).replace("'", "''") + "'"
