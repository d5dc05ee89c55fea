"""The end of a run on the screen: coverage by regency, what was refused and why, where the file lies."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from flows.messages import place_and_message
from flows.report.foreign_text import one_line

if TYPE_CHECKING:
    from flows.job import Summary
    from flows.records import Receipt
    from flows.settings import Settings
    from flows.status import Status
    from flows.trace.changes import Changes

_SEGMENTS = ("PU", "BPU", "JAKON", "TOTAL")
_FINDINGS_SHOWN = 20
_EXAMPLE = (
    "select region_name, as_of_date, pu_coverage_pct, total_coverage_pct from mart.coverage_breakdown order by 1, 2"
)
_WORDS = {
    "id": {
        "coverage": "Cakupan kepesertaan (persen), tanggal terakhir setiap kabupaten/kota",
        "region": "Kabupaten/kota", "date": "Per tanggal", "active": "Peserta aktif", "eligible": "Semesta",
        "sample": "DATA CONTOH: angka di tabel ini dibuat untuk latihan, bukan data resmi.",
        "refused": "Yang ditolak atau diragukan", "row": "baris", "more": "… dan {n} lagi: lihat tabel meta.finding",
        "nothing": "Tidak ada berkas baru; rilis {release} tetap berlaku.",
        "done": "{new} berkas baru, {duplicates} kiriman ulang, {read} dibaca, {refused} ditolak, {partly} sebagian.",
        "release": "Rilis {release} ada di {path}", "same": "Isinya sama dengan rilis {release}.",
        "query": "Tanyakan dengan DuckDB, misalnya:", "audit": "Peringatan audit",
        "moved": "Dibanding rilis {since}: {counts}",
        "withdrawn": "Ditarik: {extract}. Yang diketahui sebelum ini tetap seperti adanya.",
        "brought back": "Dikembalikan: {extract}.", "publish": "Belum terbit. Ketik: {command}",
    },
    "en": {
        "coverage": "Coverage (per cent), each regency's latest date",
        "region": "Regency", "date": "As of", "active": "Active members", "eligible": "Eligible",
        "sample": "SAMPLE DATA: the figures in this table are made up; they are not official.",
        "refused": "Refused or doubted", "row": "row", "more": "… and {n} more: see the table meta.finding",
        "nothing": "No new file; release {release} stays.",
        "done": "{new} new files, {duplicates} sent again, {read} read, {refused} refused, {partly} loaded in part.",
        "release": "Release {release} lies in {path}", "same": "Its content is that of release {release}.",
        "query": "Query it with DuckDB, for example:", "audit": "Audit warnings",
        "moved": "Against release {since}: {counts}",
        "withdrawn": "Withdrawn: {extract}. What was known before stays as it was.",
        "brought back": "Brought back: {extract}.", "publish": "Not published yet. Type: {command}",
    },
}  # fmt: skip


def print_summary(summary: Summary, lang: str) -> None:
    """Print what a run did. A run with nothing new says so in one line."""
    words = _WORDS[lang]
    release = summary.release
    for note in summary.notes:
        print(one_line(f"{note.subject}: {note.text}"))
    did = (summary.new_files, summary.duplicates, summary.read_files, summary.refused_corrections, release.is_new)
    if not any(did):
        print(words["nothing"].format(release=release.release_id))
        return
    with duckdb.connect(str(release.path), read_only=True) as connection:
        _print_coverage(connection, summary.read_extracts, lang)
        _print_findings(connection, summary.read_extracts, lang)
    if summary.changes and summary.changes.since:
        _print_changes(summary.changes, lang)
    if summary.audit_warnings:
        print(f"\n{words['audit']}:")
        for line in summary.audit_warnings[:10]:
            print(f"  {one_line(line)}")
        if len(summary.audit_warnings) > 10:
            print(f"  {words['more'].format(n=len(summary.audit_warnings) - 10).replace('finding', 'audit_result')}")
    print(
        "\n" + words["done"].format(new=summary.new_files, duplicates=summary.duplicates, read=summary.read_files,
                                    refused=summary.refused_files, partly=summary.partly_loaded_files)
    )  # fmt: skip
    print(words["release" if release.is_new else "same"].format(release=release.release_id, path=release.path))
    query = f"import duckdb; duckdb.connect('{release.path.as_posix()}', read_only=True)"
    print(f"{words['query']}\n  {_python()} -c \"{query}.sql('{_EXAMPLE}').show()\"")


def _print_changes(changes: Changes, lang: str) -> None:
    """The largest moves against the release before."""
    from flows.report.changes_text import counts_text, moves_lines, names_of_regions
    from flows.trace.changes import LARGEST_MOVES
    from schemas.regions import read_regions

    print("\n" + _WORDS[lang]["moved"].format(since=changes.since, counts=counts_text(changes, lang)))
    for line in moves_lines(changes.largest(), names_of_regions(read_regions()), lang, LARGEST_MOVES):
        print(line)


def _python() -> str:
    """The Python that has DuckDB, as one would type it here."""
    python = Path(sys.executable)
    return str(python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python)


def _print_coverage(connection: duckdb.DuckDBPyConnection, extracts: Sequence[str], lang: str) -> None:
    """The regencies that this run's extracts speak of, at their latest date."""
    rows = connection.execute(
        """
        select region_name, as_of_date, pu_coverage_pct, bpu_coverage_pct, jakon_coverage_pct, total_coverage_pct,
            total_active_members, total_eligible_workers, is_sample
        from mart.coverage_breakdown
        where is_latest and region_code in (
            select region_code from core.coverage_value where extract_id in (select unnest(?))
        )
        order by region_code
        """,
        [list(extracts)],
    ).fetchall()
    if not rows:
        return
    words = _WORDS[lang]
    print(f"\n{words['coverage']}")
    header = [words["region"], words["date"], *_SEGMENTS, words["active"], words["eligible"]]
    body = [[row[0], row[1].isoformat(), *(format_pct(value, lang) for value in row[2:6]),
             *(format_count(value, lang) for value in row[6:8])] for row in rows]  # fmt: skip
    print_table(header, body)
    if any(row[8] for row in rows):
        print(words["sample"])


def _print_findings(connection: duckdb.DuckDBPyConnection, extracts: Sequence[str], lang: str) -> None:
    """What is wrong in this run's extracts, after the corrections that are not used."""
    words = _WORDS[lang]
    message = "message" if lang == "id" else "message_en"
    refused = connection.execute(
        f"""
        select row_no, extract, sheet, cell, {message}
        from meta.correction
        where status = 'refused' and known_until is null
        order by row_no
        """
    ).fetchall()
    rows = [
        (f"raw/corrections.csv, {words['row']} {row}, {extract or '–'}", *place) for row, extract, *place in refused
    ]
    rows += connection.execute(
        f"""
        select extract.file_name, finding.sheet, finding.cell, finding.{message}
        from meta.finding
        join meta.extract on finding.extract_id = extract.extract_id
        where finding.extract_id in (select unnest(?))
        order by finding.severity, extract.received_at, finding.sheet, finding.cell
        """,
        [list(extracts)],
    ).fetchall()
    if not rows:
        return
    print(f"\n{words['refused']}:")
    for row in rows[:_FINDINGS_SHOWN]:
        file_name, sheet, cell, text = row
        print(f"  {one_line(place_and_message(file_name, sheet, cell, text, lang))}")
    if len(rows) > _FINDINGS_SHOWN:
        print(f"  {words['more'].format(n=len(rows) - _FINDINGS_SHOWN)}")


def print_withdrawal(receipt: Receipt, settings: Settings, lang: str) -> None:
    """Print what was taken out or brought back, and how to publish it."""
    words = _WORDS[lang]
    extract = f"{receipt.file_name} ({receipt.sha256[:12]}, {receipt.source})"
    print(words[receipt.outcome].format(extract=one_line(extract)))
    print(words["publish"].format(command=f"ucj run --raw {settings.raw} --warehouse {settings.warehouse}"))


def print_status(found: Status, lang: str) -> None:
    """Print what `ucj status` found."""
    for name, value in found.lines(lang):
        print(f"{name:<24}{one_line(value)}")


def format_count(value: int | None, lang: str = "id") -> str:
    """People with thousands separators: 38.595 (38,595 in English); a dash where there is no figure."""
    if value is None:
        return "–"
    return f"{value:,}".replace(",", "." if lang == "id" else ",")


def format_pct(value: Decimal | None, lang: str = "id") -> str:
    """A percentage as the warehouse holds it: 43,20 (43.20 in English); a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.2f}".replace(".", "," if lang == "id" else ".")


def print_table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Columns wide enough for their content; the first on the left, the others on the right."""
    widths = [max(len(str(line[column])) for line in [header, *rows]) for column in range(len(header))]
    for line in [header, ["-" * width for width in widths], *rows]:
        cells = [
            str(cell).ljust(w) if not n else str(cell).rjust(w)
            for n, (cell, w) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
