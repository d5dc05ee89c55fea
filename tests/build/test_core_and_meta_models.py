"""Rows in, rows out: core tables and the tables that say where everything came from."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flows.addresses import column_letters
from tests.build.model_runner import REGIONS, figure, run_model

CELL = {
    "extract_no": 1, "sheet_no": 2, "table_no": 1, "cell_row": 16, "cell_column": 3, "region_code": "35.03",
    "segment": "PU", "basis": "unstated", "measure": "active_members", "value": 38595, "number": None,
    "text": "38.595", "is_hidden": False, "time_found_in": "title", "as_of_date": "2024-11-13",
}  # fmt: skip
EXTRACT = {
    "extract_no": 1, "extract_id": "0123456789abcdef", "file_format": "xlsx", "kind": "coverage", "status": "loaded",
    "reason": "", "title": "UCJ", "is_sample": False, "is_revision": False,
}  # fmt: skip
SHEET = {"extract_no": 1, "sheet_no": 2, "sheet": "Rekap", "cells": 10, "header": 4, "loaded": 6}
RECEIPT = {
    "receipt_id": "r1", "kind": "extract", "received_at": "2024-11-18 01:00:00", "run_at": "2024-11-18 01:00:00",
    "source": "provinsi", "file_name": "UCJ.xlsx", "sha256": "0123456789abcdef", "outcome": "new",
}  # fmt: skip
LETTERS = [{"column_no": 3, "letters": "D"}]


def staging(**more: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    tables = {
        "coverage_cell": [CELL], "extract": [EXTRACT], "sheet": [SHEET], "receipt": [RECEIPT],
    } | more  # fmt: skip
    return {f"staging.{name}": rows for name, rows in tables.items()} | {"work.column_letters": LETTERS}


def test_a_loaded_cell_is_one_row_that_leads_back_to_its_place() -> None:
    columns = "value_id, extract_id, sheet, cell, source, value, raw_text, received_at, known_from, known_until"
    received = datetime(2024, 11, 18, 1)
    assert run_model("core.coverage_value", staging(), columns) == [
        ("provinsi:0123456789ab:2:D17", "0123456789abcdef", "Rekap", "D17", "provinsi", Decimal("38595.000000"), "38.595",
         received, received, None)
    ]  # fmt: skip


def test_the_text_of_a_number_cell_is_the_number_without_a_trailing_zero() -> None:
    for number, text in ((38595.0, "38595"), (0.432, "0.432"), (-3.0, "-3")):
        rows = run_model(
            "core.coverage_value", staging(coverage_cell=[CELL | {"text": None, "number": number}]), "raw_text"
        )
        assert rows == [(text,)]


def test_the_same_bytes_from_two_sources_are_figures_of_both() -> None:
    second = RECEIPT | {"receipt_id": "r2", "source": "gresik", "received_at": "2024-11-20 01:00:00"}
    again = RECEIPT | {"receipt_id": "r3", "received_at": "2024-11-21 01:00:00", "outcome": "duplicate"}
    rows = run_model("core.coverage_value", staging(receipt=[RECEIPT, second, again]), "source, received_at")
    assert rows == [("gresik", datetime(2024, 11, 20, 1)), ("provinsi", datetime(2024, 11, 18, 1))]


def test_an_observation_is_its_cells_in_a_row() -> None:
    figures = [
        figure("35.03", "PU", "eligible_workers", 89340), figure("35.03", "PU", "active_members", 38595),
        figure("35.03", "PU", "reported_coverage_pct", 43.2),
    ]  # fmt: skip
    columns = "region_code, as_of_date, segment, eligible_workers, active_members, reported_coverage_pct"
    assert run_model("core.coverage_observation", {"core.coverage_value": figures}, columns) == [
        ("35.03", date(2024, 11, 13), "PU", 89340, 38595, Decimal("43.200000"))
    ]


def test_labour_force_cells_and_observations() -> None:
    cell = {key: value for key, value in CELL.items() if key not in ("segment", "basis", "as_of_date")}
    cell |= {
        "measure": "employed_people",
        "year": 2024,
        "survey_month": "unstated",
        "text": None,
        "number": 464079.0,
        "value": 464079,
    }
    tables = staging(labour_force_cell=[cell])
    assert run_model("core.labour_force_value", tables, "region_code, year, measure, value, raw_text") == [
        ("35.03", 2024, "employed_people", Decimal("464079.000000"), "464079")
    ]
    value = figure("35.03", "", "employed_people", 464079) | {"year": 2024, "survey_month": "unstated"}
    rows = run_model(
        "core.labour_force_observation", {"core.labour_force_value": [value]}, "region_code, year, employed_people"
    )
    assert rows == [("35.03", 2024, 464079)]


def test_regions_know_what_they_belong_to() -> None:
    rows = run_model("core.region", {"staging.region": REGIONS}, "region_code, parent_code, province_code")
    assert rows[:2] == [("35", None, "35"), ("35.01", "35", "35")]


def test_a_version_of_the_ranks_holds_until_the_next_one() -> None:
    receipts = [
        {"receipt_id": "v1", "kind": "source_rank", "received_at": "2024-01-01"},
        {"receipt_id": "v2", "kind": "source_rank", "received_at": "2025-01-01"},
    ]
    ranks = [{"receipt_id": "v1", "source": "gresik", "rank": 1}, {"receipt_id": "v2", "source": "gresik", "rank": 2}]
    columns = "rank, known_from, known_until"
    assert run_model("core.source_rank", {"staging.receipt": receipts, "staging.source_rank": ranks}, columns) == [
        (1, datetime(2024, 1, 1), datetime(2025, 1, 1)),
        (2, datetime(2025, 1, 1), None),
    ]


def test_an_extract_keeps_the_name_and_time_of_its_first_arrival() -> None:
    later = RECEIPT | {
        "receipt_id": "r2",
        "file_name": "salinan.xlsx",
        "received_at": "2024-12-01",
        "outcome": "duplicate",
    }
    tables = staging(receipt=[later, RECEIPT], reading=[{"reading_id": "r"}])
    rows = run_model("meta.extract", tables, "file_name, status, received_at, reading_id")
    assert rows == [("UCJ.xlsx", "loaded", datetime(2024, 11, 18, 1), "r")]


def test_every_arrival_is_a_receipt() -> None:
    again = RECEIPT | {"receipt_id": "r2", "outcome": "duplicate"}
    rows = run_model("meta.receipt", {"staging.receipt": [RECEIPT, again]}, "receipt_id, outcome")
    assert rows == [("r1", "new"), ("r2", "duplicate")]


def test_sheets_columns_and_findings_carry_their_extract() -> None:
    columns_read = [{"extract_no": 1, "sheet_no": 2, "column_letters": "D", "field": "active_members PU", "scale": 1}]
    findings = [{"extract_no": 1, "sheet": "Rekap", "cell": "D17", "severity": "error", "rule": "negative"}]
    tables = staging(source_column=columns_read, finding=findings)
    assert run_model("meta.sheet", tables, "extract_id, sheet, cells, loaded") == [("0123456789abcdef", "Rekap", 10, 6)]
    assert run_model("meta.source_column", tables, "extract_id, field") == [("0123456789abcdef", "active_members PU")]
    assert run_model("meta.finding", tables, "extract_id, cell, rule") == [("0123456789abcdef", "D17", "negative")]


WITHDRAWN = RECEIPT | {"receipt_id": "w1", "kind": "withdrawal", "outcome": "withdrawn", "reason": "draf",
                       "received_at": "2024-11-20 01:00:00"}  # fmt: skip
BACK = WITHDRAWN | {"receipt_id": "w2", "outcome": "brought back", "received_at": "2024-11-22 01:00:00"}


def test_a_delivery_stands_until_it_is_withdrawn_and_again_from_where_it_is_brought_back() -> None:
    late = RECEIPT | {"receipt_id": "r2", "source": "gresik", "received_at": "2024-11-21 01:00:00"}
    receipts = [RECEIPT, WITHDRAWN, late, BACK]
    columns = "source, received_at, known_from, known_until"
    monday, wednesday, thursday, friday = (datetime(2024, 11, day, 1) for day in (18, 20, 21, 22))
    assert run_model("work.delivery_span", {"staging.receipt": receipts}, columns) == [
        ("gresik", thursday, friday, None),  # its bytes were out when it came
        ("provinsi", monday, monday, wednesday),
        ("provinsi", monday, friday, None),
    ]


def test_a_version_of_a_cell_holds_where_its_delivery_stands() -> None:
    cells = [
        CELL | {"known_until": "2024-11-19 01:00:00"},
        CELL | {"known_from": "2024-11-19 01:00:00", "value": 38000, "correction_id": "k1"},
    ]
    columns = "known_from, known_until, value, correction_id, received_at, value_id"
    monday, tuesday, wednesday, friday = (datetime(2024, 11, day, 1) for day in (18, 19, 20, 22))
    place = "provinsi:0123456789ab:2:D17"
    rows = run_model("core.coverage_value", staging(coverage_cell=cells, receipt=[RECEIPT, WITHDRAWN, BACK]), columns)
    assert rows == [
        (monday, tuesday, Decimal("38595.000000"), None, monday, place),
        (tuesday, wednesday, Decimal("38000.000000"), "k1", monday, f"{place}@20241119T010000.000000Z"),
        (friday, None, Decimal("38000.000000"), "k1", monday, f"{place}@20241122T010000.000000Z"),
    ]


def test_a_withdrawn_extract_says_so_and_why_until_it_is_back() -> None:
    tables = staging(receipt=[RECEIPT, WITHDRAWN], reading=[{"reading_id": "r"}])
    assert run_model("meta.extract", tables, "status, reason") == [("withdrawn", "draf")]
    tables = staging(receipt=[RECEIPT, WITHDRAWN, BACK], reading=[{"reading_id": "r"}])
    assert run_model("meta.extract", tables, "status, reason") == [("loaded", "")]


def test_a_correction_is_applied_refused_or_its_value_is() -> None:
    line = {"row_no": 2, "extract_id": "a", "extract": "UCJ.xlsx", "known_from": "2024-11-19 01:00:00"}
    tables = {
        "staging.correction": [
            line | {"correction_id": "k1"},
            line | {"correction_id": "k2", "extract_id": "", "rule": "correction_no_address", "message": "bukan sel"},
            line | {"correction_id": "k3"},
            line | {"correction_id": "k4"},
            line | {"correction_id": "k6"},
        ],
        "staging.correction_outcome": [
            {"correction_id": "k1", "found_text": "38.595", "value_before": 38595, "value_after": 38000},
            {"correction_id": "k3", "found_text": "38.595", "rule": "correction_other_text", "message": "teks lain"},
            {"correction_id": "k4", "found_text": "38.595", "value_before": 38595, "value_after": -1},
        ],
        "staging.coverage_cell": [CELL, CELL | {"correction_id": "k1"}],
        "staging.plan_target_record": [{"correction_ids": "k5,k6"}],
    }
    columns = "correction_id, status, extract_id, found_text, value_before, value_after, message"
    assert run_model("meta.correction", tables, columns) == [
        ("k1", "applied", "a", "38.595", 38595.0, 38000.0, None),
        ("k2", "refused", None, None, None, None, "bukan sel"),
        ("k3", "refused", "a", "38.595", None, None, "teks lain"),
        ("k4", "value_refused", "a", "38.595", 38595.0, -1.0, None),
        ("k6", "applied", "a", None, None, None, None),
    ]


def test_a_column_has_the_letters_that_the_messages_give_it() -> None:
    assert run_model("work.column_letters", {}) == sorted((number, column_letters(number)) for number in range(16_384))
