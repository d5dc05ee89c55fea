"""What `ucj check` found in a file, for a program: code words beside the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flows.check import FileCheck, match_provinces
from flows.messages import message_of, severity_of
from flows.records import Finding, SourceColumn, TableAccount
from schemas.kind import Kinds
from schemas.regions import Region


def check_as_dict(checked: FileCheck, kinds: Kinds, regions: Sequence[Region], lang: str) -> dict[str, Any]:
    """A file's outcome; `status` is what `ucj run` would make of it, messages are in the language asked."""
    reading = checked.reading
    return {
        "file": str(checked.path),
        "status": checked.status,
        "file_format": reading.file_format,
        "title": reading.title,
        "is_sample": reading.is_sample,
        "is_revision": reading.is_revision,
        "loaded": checked.loaded,
        "errors": checked.count("error"),
        "warnings": checked.count("warning"),
        "findings": [_finding_as_dict(finding, lang) for finding in checked.findings],
        "tables": [_table_as_dict(table, reading.columns, kinds, regions) for table in reading.tables],
        "sheets": [asdict(sheet) for sheet in checked.sheets],
    }


def _finding_as_dict(finding: Finding, lang: str) -> dict[str, str]:
    return {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "severity": severity_of(finding.rule),
        "rule": finding.rule,
        "message": message_of(finding, lang),
        "raw_text": finding.raw_text,
    }


def _table_as_dict(
    table: TableAccount, columns: Sequence[SourceColumn], kinds: Kinds, regions: Sequence[Region]
) -> dict[str, Any]:
    kind = kinds.by_name()[table.kind]
    return {
        "sheet": table.sheet,
        "table_no": table.table_no,
        "place": table.place,
        "kind": table.kind,
        "kind_title": kind.title,
        "times": [{"time": time, "found_in": found_in} for time, found_in in table.times],
        "regions": list(table.regions),
        "provinces": [
            {
                "province_code": match.province.code,
                "name": match.province.name,
                "matched": len(match.matched),
                "expected": match.expected,
                "missing": [region.code for region in match.missing],
            }
            for match in match_provinces(table.regions, regions)
        ],
        "columns": [
            {
                "column": column.column,
                "field": column.field,
                "header_text": column.header_text,
                "unit": kind.units.get(column.field.partition(" ")[0]),
                "scale": column.scale,
            }
            for column in columns
            if (column.sheet_no, column.table_no) == (table.sheet_no, table.table_no)
        ],
    }
