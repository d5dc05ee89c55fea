"""The desk's private file, `raw/recipients/desk.duckdb`: of each row its place, village, keyed hashes and faults.

No name, NIK, date or address stands in it. It can be made again from the sealed copies with the key. Beside it lie
the sealed copies and a receipt of each (`<time>_<sha12>.json`), which says neither the file's name nor anything in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.durable import aside_of, put_in_place, rename_durably
from flows.errors import WrongUse
from flows.publish.lock import hold_lock
from flows.receive.receipts import stamp
from flows.recipients.judge import Reference, Terms, add_rules, connect, judged_files, make_table
from flows.recipients.workers import SheetFacts
from flows.settings import Settings
from schemas.regions import read_regions
from schemas.villages import Village, read_villages

_TABLES = """
create table if not exists recipient_row (
    extract_no integer, sheet_no integer, row_no integer, village_code varchar, nik_hash uuid, person_hash uuid
);
create table if not exists recipient_fault (extract_no integer, sheet_no integer, row_no integer, rule varchar);
create table if not exists recipient_list (extract_no integer, extract_id varchar);
"""
_WRONG_DAY = {
    "id": "UCJ_COVER_FIRST_DAY: diharapkan tanggal seperti 2027-01-01, ditemukan {found!r}.",
    "en": "UCJ_COVER_FIRST_DAY: expected a day like 2027-01-01, found {found!r}.",
}
TABLES = ("recipient_row", "recipient_fault", "recipient_list")
OUTCOMES = ("eligible", "to_mend", "not_eligible")


@dataclass(frozen=True)
class ListReceipt:
    """One list that came; `forgotten_at` is set where it was erased: then its bytes are not taken in again."""

    received_at: str
    sha256: str
    size_bytes: int
    rows: int
    cover_first_day: str
    kept_as: str
    outcomes: dict[str, int]
    sheets: list[dict[str, Any]]
    forgotten_at: str = ""

    @property
    def name(self) -> str:
        return f"{self.kept_as.removesuffix('.sealed')}.json"


def terms_of(settings: Settings, today: date, lang: str = "id") -> Terms:
    """The day on which cover begins: UCJ_COVER_FIRST_DAY, else the first of January after `today`."""
    try:
        text = settings.cover_first_day
        day = date.fromisoformat(text) if text else date(today.year + 1, 1, 1)
    except ValueError:
        raise WrongUse(_WRONG_DAY[lang].format(found=settings.cover_first_day)) from None
    return Terms(day, settings.lowest_age, settings.age_limit)


def load_reference(settings: Settings) -> Reference:
    """The villages: those of the published file, which holds what regencies sent too; else the reference's."""
    villages = tuple(read_villages())
    if settings.published.exists():
        with duckdb.connect(str(settings.published), read_only=True) as connection:
            if connection.execute(
                "select 1 from duckdb_tables() where schema_name = 'core' and table_name = 'village'"
            ).fetchall():
                rows = connection.execute(
                    "select village_code, name, kind, district_name from core.village order by village_code"
                ).fetchall()
                villages = tuple(Village(*row) for row in rows) or villages
    return Reference(villages, tuple(read_regions()))


# -- receipts -----------------------------------------------------------------------------------------


def read_receipts(folder: Path) -> list[ListReceipt]:
    """The receipts of lists, oldest first."""
    if not folder.exists():
        return []
    names = sorted(path for path in folder.glob("2*.json"))
    return [ListReceipt(**json.loads(path.read_text(encoding="utf-8"))) for path in names]


def write_receipt(folder: Path, receipt: ListReceipt) -> None:
    """Write a receipt, whole or not at all."""
    put_in_place([(folder / receipt.name, json.dumps(asdict(receipt), indent=1).encode())])


def sealed_name(moment: datetime, sha256: str) -> str:
    """The name of a sealed copy: when it came and what it was, never what it was called."""
    return f"{stamp(moment)}_{sha256[:12]}.sealed"


def facts_as_dict(facts: SheetFacts) -> dict[str, Any]:
    """What a receipt says of a sheet: numbers."""
    return {name: value for name, value in asdict(facts).items() if name != "sheet"}


def with_outcomes(receipt: ListReceipt, outcomes: dict[str, int]) -> ListReceipt:
    return replace(receipt, outcomes={name: outcomes.get(name, 0) for name in OUTCOMES})


# -- the file -----------------------------------------------------------------------------------------


class Desk:
    """The open private file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        connection.execute(_TABLES)
        add_rules(connection)

    def list_ids(self) -> dict[str, int]:
        """The lists whose rows are in it, and their numbers."""
        return dict(self.connection.execute("select extract_id, extract_no from recipient_list").fetchall())

    def add_list(self, extract_id: str, folder: Path, name: str) -> None:
        """Take in the rows and faults of one list that was judged; their files go."""
        rows, faults = judged_files(folder, name)
        run = self.connection.execute
        run("begin")
        ((number,),) = run("select coalesce(max(extract_no), 0) + 1 from recipient_list").fetchall()
        run("insert into recipient_list values (?, ?)", [number, extract_id])
        run("insert into recipient_row select ?, * from read_parquet(?) order by sheet_no, row_no", [number, str(rows)])
        run("insert into recipient_fault select ?, * from read_parquet(?)", [number, str(faults)])
        run("commit")
        rows.unlink()
        faults.unlink()

    def remove_list(self, extract_id: str) -> None:
        """Take a list's rows out."""
        run = self.connection.execute
        run("begin")
        for table in TABLES:
            run(
                f"delete from {table} where extract_no in (select extract_no from recipient_list where extract_id = ?)",
                [extract_id],
            )
        run("commit")

    def settle_forgotten(self, folder: Path, receipts: Sequence[ListReceipt]) -> None:
        """See that nothing of a forgotten list is there, of a command that was killed or out of a backup."""
        known = self.list_ids()
        for receipt in receipts:
            if receipt.forgotten_at:
                (folder / receipt.kept_as).unlink(missing_ok=True)
                if receipt.sha256 in known:
                    self.remove_list(receipt.sha256)

    def judge_together(self) -> None:
        """Compare all rows with each other and settle what each is: table `outcome`."""
        make_table(self.connection, "list_fault")
        make_table(self.connection, "outcome")

    def ask(self, query: str, *given: Any) -> list[Any]:
        """Rows of a query."""
        return self.connection.execute(query, list(given)).fetchall()

    def outcomes_of(self, extract_id: str) -> dict[str, int]:
        """How many rows of a list are what."""
        return dict(
            self.ask(
                "select outcome, count(*) from outcome join recipient_list using (extract_no) where extract_id = ? "
                "group by outcome",
                extract_id,
            )
        )


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """The private file, for one command at a time. Raises Held where another is at work."""
    settings.recipients.mkdir(parents=True, exist_ok=True, mode=0o700)
    with hold_lock(settings.recipients / "desk.lock"):
        path = settings.recipients / "desk.duckdb"
        connection = connect(str(path))
        path.chmod(0o600)
        try:
            yield Desk(connection)
        finally:
            connection.close()


@contextmanager
def memory_desk() -> Iterator[Desk]:
    """A desk that leaves nothing: for `ucj recipients check`."""
    connection = connect()
    try:
        yield Desk(connection)
    finally:
        connection.close()


def rewrite_desk(settings: Settings) -> None:
    """Write the private file anew: what was deleted from a database stays in its bytes until they are used again."""
    path = settings.recipients / "desk.duckdb"
    aside = aside_of(path)
    aside.unlink(missing_ok=True)
    connection = connect(str(aside))
    try:
        aside.chmod(0o600)
        connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as old (read_only)")
        for table in TABLES:
            connection.execute(f"create table {table} as select * from old.{table}")
    finally:
        connection.close()
    rename_durably([(aside, path)])


def clear_parts(folder: Path) -> None:
    """Remove what a command that was killed left half done."""
    for part in folder.glob(".*.part"):
        part.unlink()


def unread(receipts: Sequence[ListReceipt], desk: Desk) -> list[ListReceipt]:
    """The lists that are kept and not in the private file: it was deleted, or a command was killed."""
    known = desk.list_ids()
    return [receipt for receipt in receipts if not receipt.forgotten_at and receipt.sha256 not in known]
