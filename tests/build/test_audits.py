"""Each audit finds what it is there for, and nothing where all is well."""

from __future__ import annotations

from typing import Any

import pytest

from tests.build.model_runner import REGIONS, Rows, figure, run_audit

EXTRACTS: Rows = [{"extract_id": "a", "status": "loaded"}]


def covered(region: str, segment: str = "TOTAL", eligible: int = 100, active: int = 10, **more: Any) -> dict[str, Any]:
    row = {"region_code": region, "province_code": "35", "as_of_date": "2024-11-13", "segment": segment,
           "eligible_workers": eligible, "active_members": active, "source": "provinsi", "basis": "unstated"}  # fmt: skip
    return row | more


def moved(cause: str, old: float | None, new: float | None, column: str = "coverage_pct") -> dict[str, Any]:
    return {"table_name": "mart.coverage", "region_code": "35.03", "key": "2024-11-13 TOTAL", "column_name": column,
            "old_value": old, "new_value": new, "cause": cause, "caused_by": "reader"}  # fmt: skip


GOOD = figure("35.03", "PU", "active_members", 38595)

CASES: list[tuple[str, dict[str, Rows], list[tuple[str, str]]]] = [
    ("value_without_region", {"core.region": REGIONS, "core.coverage_value": [GOOD]}, []),
    (
        "value_without_region",
        {"core.region": REGIONS, "core.coverage_value": [GOOD | {"region_code": "99.99", "value_id": "x"}]},
        [("x", "99.99 is no regency")],
    ),
    ("value_without_cell", {"meta.extract": EXTRACTS, "core.coverage_value": [GOOD]}, []),
    (
        "value_without_cell",
        {"meta.extract": EXTRACTS, "core.coverage_value": [GOOD | {"cell": "", "value_id": "x"}]},
        [("x", "no extract, cell or text behind it")],
    ),
    (
        "value_without_cell",
        {"meta.extract": [], "core.coverage_value": [GOOD | {"value_id": "x"}]},
        [("x", "no extract, cell or text behind it")],
    ),
    (
        "value_without_cell",  # what was known before a correction refused all of an extract
        {"meta.extract": [{"extract_id": "a", "status": "refused"}],
         "core.coverage_value": [GOOD | {"known_until": "2024-12-01 00:00:00"}]},
        [],
    ),
    ("value_id_repeated", {"core.coverage_value": [GOOD]}, []),
    ("value_id_repeated", {"core.coverage_value": [GOOD | {"value_id": "x"}] * 2}, [("x", "2 figures have this id")]),
    (
        "moved_by_code",  # a receipt's move, new figures, small ones
        {"meta.change": [moved("code", 10.0, 10.5), moved("rank", 10.0, 20.0), moved("code", None, 20.0),
                         moved("code", 1000, 1005, "active_members")]},
        [],
    ),
    (
        "moved_by_code",
        {"meta.change": [moved("code", 10.0, 10.51), moved("code", 1000, 994, "active_members"),
                         moved("code", 0, 1, "eligible_workers"), moved("code", 7, None, "target_pct")]},
        [
            ("mart.coverage 35.03 2024-11-13 TOTAL active_members", "1000.00 becomes 994.00 by other code (reader)"),
            ("mart.coverage 35.03 2024-11-13 TOTAL coverage_pct", "10.00 becomes 10.51 by other code (reader)"),
            ("mart.coverage 35.03 2024-11-13 TOTAL eligible_workers", "0.00 becomes 1.00 by other code (reader)"),
            ("mart.coverage 35.03 2024-11-13 TOTAL target_pct", "7.00 becomes nothing by other code (reader)"),
        ],
    ),
    ("grain_of_coverage", {"mart.coverage": [covered("35.03"), covered("35.03", "PU")]}, []),
    ("grain_of_coverage", {"mart.coverage": [covered("35.03")] * 2}, [("35.03 2024-11-13 TOTAL", "2 rows")]),
    (
        "total_not_its_parts",
        {"mart.coverage": [covered("35.03", "PU"), covered("35.03", eligible_total_source="PU", active_total_source="PU")]},
        [],
    ),
    (
        "total_not_its_parts",
        {
            "mart.coverage": [
                covered("35.03", "PU"),
                covered("35.03", active=11, eligible_total_source="PU", active_total_source="PU"),
            ]
        },
        [("35.03 2024-11-13 active", "TOTAL 11, segments 10")],
    ),
    (
        "province_not_its_regencies",
        {
            "mart.coverage": [covered("35.01"), covered("35.03")],
            "mart.province_coverage": [covered("", eligible=200, active=20, regions_reported=2, regions_expected=3)],
        },
        [],
    ),
    (
        "province_not_its_regencies",
        {
            "mart.coverage": [covered("35.01"), covered("35.03")],
            "mart.province_coverage": [covered("", eligible=201, active=20, regions_reported=2, regions_expected=3)],
        },
        [("35 2024-11-13 TOTAL", "sum or number of regencies does not hold")],
    ),
    (
        "sheet_does_not_add_up",
        {"meta.sheet": [{"extract_id": "a", "sheet": "Rekap", "cells": 10, "header": 4, "loaded": 6, "furniture": 0,
                         "ignored": 0, "refused": 0}]},
        [],
    ),
    (
        "sheet_does_not_add_up",
        {"meta.sheet": [{"extract_id": "a", "sheet": "Rekap", "cells": 10, "header": 4, "loaded": 5, "furniture": 0,
                         "ignored": 0, "refused": 0}]},
        [("a Rekap", "10 cells, 9 accounted for")],
    ),
    (
        "region_lost",
        {"mart.coverage": [covered("35.03")], "previous.coverage_date": [{"region_code": "35.03", "as_of_date": "2024-11-13"}]},
        [],
    ),
    (
        "region_lost",
        {"mart.coverage": [], "previous.coverage_date": [{"region_code": "35.03", "as_of_date": "2024-11-13"}]},
        [("35.03 2024-11-13", "was in the release before")],
    ),
    (
        "region_lost",  # withdrawn: a receipt explains it
        {"mart.coverage": [], "previous.coverage_date": [{"region_code": "35.03", "as_of_date": "2024-11-13"}],
         "core.coverage_value": [GOOD | {"known_until": "2024-12-01 00:00:00"}]},
        [],
    ),
    (
        "region_lost",  # a figure that nothing ended
        {"mart.coverage": [], "previous.coverage_date": [{"region_code": "35.03", "as_of_date": "2024-11-13"}],
         "core.coverage_value": [GOOD | {"known_until": "2024-12-01 00:00:00"}, GOOD]},
        [("35.03 2024-11-13", "was in the release before")],
    ),
    ("active_above_eligible", {"mart.coverage": [covered("35.03"), covered("35.03", "JAKON", 10, 15)]}, []),
    (
        "active_above_eligible",
        {"mart.coverage": [covered("35.03", "PU", 10, 15)]},
        [("35.03 2024-11-13 PU", "15 active of 10")],
    ),
    ("region_missing", {"core.region": REGIONS, "mart.coverage": [covered("35.25")]}, []),
    (
        "region_missing",
        {"core.region": REGIONS, "mart.coverage": [covered("35.25"), covered("35.03")]},
        [("35.01 2024-11-13", "missing: 2 of 3 regencies report")],
    ),
    ("coverage_jump", {"mart.coverage": [covered("35.03", coverage_pct_change=20)]}, []),
    (
        "coverage_jump",
        {"mart.coverage": [covered("35.03", coverage_pct_change=-20.5, previous_as_of_date="2024-10-31")]},
        [("35.03 2024-11-13 TOTAL", "-20.50 points since 2024-10-31")],
    ),
    ("source_switched", {"mart.coverage": [covered("35.03"), covered("35.03", as_of_date="2025-10-31")]}, []),
    (
        "source_switched",
        {"mart.coverage": [covered("35.03"), covered("35.03", as_of_date="2025-10-31", source="cabang", is_latest=True)]},
        [("35.03 2025-10-31", "provinsi (unstated) before, cabang (unstated) now")],
    ),
]  # fmt: skip


CASES += [
    (
        "alias_unused",
        {
            "staging.region_alias": [
                {"alias": "Jatim", "region_code": "35"},
                {"alias": "DI Yogyakarta", "region_code": "34"},
            ],
            "staging.alias_use": [{"extract_no": 1, "alias": "Jatim"}],
        },
        [("region_aliases.csv", "1 not needed by any extract: DI Yogyakarta (34)")],
    ),
    (
        "alias_unused",
        {
            "staging.region_alias": [{"alias": "Jatim", "region_code": "35"}],
            "staging.alias_use": [{"extract_no": 1, "alias": "Jatim"}],
        },
        [],
    ),
]


LATE = figure("35.03", "PU", "active_members", 1, "a", "2024-10-01 00:00:00")
CASES += [
    (
        "date_in_the_future",
        {
            "core.coverage_value": [LATE, LATE | {"as_of_date": "2024-10-31"}],
            "meta.receipt": [{"kind": "extract", "received_at": "2024-10-01 00:00:00", "file_name": "UCJ.xlsx"}],
        },
        [
            (
                "UCJ.xlsx 2024-11-13",
                "1 figures for a day after they were received (2024-10-01): check the date in the title",
            )
        ],
    )
]


@pytest.mark.parametrize(("name", "tables", "offending"), CASES)
def test_an_audit_selects_exactly_the_offending_rows(
    name: str, tables: dict[str, Rows], offending: list[tuple[str, str]]
) -> None:
    assert run_audit(name, tables) == offending


def province(extract: str, at: str, *measures: str, **more: Any) -> Rows:
    """Figures of all three regencies: a province's extract. The last of them has only the first measure."""
    codes = ("35.01", "35.03", "35.25")
    return [
        figure(code, "PU", measure, 1, extract, at, **more)
        for code in codes for measure in (measures if code != "35.25" else measures[:1])
    ]  # fmt: skip


def left_over(*figures: Rows) -> list[tuple[Any, ...]]:
    values = [value for rows in figures for value in rows]
    times = {value["received_at"]: value["extract_id"] for value in values}
    receipts = [{"received_at": at, "file_name": f"{extract}.xlsx"} for at, extract in times.items()]
    tables = {"core.coverage_value": values, "core.region": REGIONS, "meta.receipt": receipts}
    return run_audit("revision_left_old_value", tables)


MONDAY, TUESDAY, WEDNESDAY = "2024-11-18 00:00:00", "2024-11-19 00:00:00", "2024-11-20 00:00:00"


def test_a_value_left_over_from_before_a_revision_is_named_with_the_revision() -> None:
    first = province("a", MONDAY, "active_members")
    assert left_over(first) == []
    assert left_over(first, province("b", TUESDAY, "active_members")) == []
    assert left_over(first, province("b", TUESDAY, "active_members")[:2]) == [
        (
            "a:35.25:PU:active_members",
            "stays in force (35.25 PU active_members): b.xlsx, received 2024-11-19 00:00:00, should revise it and holds "
            "no such figure",
        )
    ]


def test_an_older_correction_that_wins_over_a_later_extract_leaves_nothing_over() -> None:
    corrected = province("a", MONDAY, "active_members", is_revision=True)
    assert left_over(corrected, province("b", TUESDAY, "active_members", "eligible_workers")) == []


def test_a_narrow_correction_should_give_no_more_than_it_names() -> None:
    first = province("a", MONDAY, "active_members", "eligible_workers")
    narrow = [figure("35.03", "PU", "active_members", 2, "b", TUESDAY, is_revision=True)]
    assert left_over(first, narrow) == []


def test_two_extracts_of_one_run_that_differ_are_named_with_the_one_in_force() -> None:
    winner = figure("35.03", "PU", "active_members", 1, "a", TUESDAY)
    loser = figure("35.03", "PU", "active_members", 2, "b", MONDAY)
    receipts = [
        {
            "kind": "extract",
            "outcome": "new",
            "run_at": "2024-11-18",
            "source": "provinsi",
            "sha256": sha,
            "file_name": name,
            "received_at": at,
        }
        for sha, name, at in (("a", "satu.xlsx", TUESDAY), ("b", "dua.xlsx", MONDAY))
    ]
    tables = {"core.coverage_value": [winner, loser], "core.region": REGIONS, "meta.receipt": receipts}
    assert run_audit("arrived_together", tables) == [
        ("satu.xlsx and dua.xlsx", "1 figures differ, first 35.03 PU; those of satu.xlsx are in force")
    ]


def test_bytes_that_come_again_under_another_name_or_after_a_revision_are_named() -> None:
    receipts = [
        {"kind": "extract", "outcome": "new", "source": "provinsi", "sha256": "a", "file_name": "Oktober.xlsx",
         "received_at": "2024-11-18"},
        {"kind": "extract", "outcome": "duplicate", "source": "provinsi", "sha256": "a", "file_name": "November.xlsx",
         "received_at": "2024-11-20"},
        {"kind": "extract", "outcome": "duplicate", "source": "provinsi", "sha256": "a", "file_name": "Oktober.xlsx",
         "received_at": "2024-11-21"},
    ]  # fmt: skip
    value = figure("35.03", "PU", "active_members", 1, "a", MONDAY)
    tables = {"meta.receipt": receipts, "core.coverage_value": [value], "core.region": REGIONS}
    renamed = "the same bytes as Oktober.xlsx; nothing was loaded again"
    assert run_audit("sent_again", tables) == [("November.xlsx (provinsi)", renamed)]
    newer = figure("35.03", "PU", "active_members", 2, "b", TUESDAY)
    receipts += [{"kind": "extract", "outcome": "new", "source": "provinsi", "sha256": "b", "file_name": "Revisi.xlsx",
                  "received_at": TUESDAY}]  # fmt: skip
    revised = run_audit("sent_again", tables | {"core.coverage_value": [value, newer]})
    not_in_force = "and its figures are not in force: to bring them back, withdraw what revised them: Revisi.xlsx"
    assert revised == [
        ("November.xlsx (provinsi)", f"{renamed}, {not_in_force} (ucj withdraw b --reason ...)"),
        ("Oktober.xlsx (provinsi)", f"{renamed}, {not_in_force} (ucj withdraw b --reason ...)"),
    ]


def test_a_file_whose_name_contradicts_it_is_named_where_it_would_change_figures() -> None:
    first = province("a", MONDAY, "active_members")
    doubtful = [row | {"value": 2, "is_doubtful": True} for row in province("b", TUESDAY, "active_members")]
    receipts = [{"kind": "extract", "received_at": TUESDAY, "file_name": "UCJ Oktober.xlsx"}]
    tables = {"core.coverage_value": [*first, *doubtful], "meta.receipt": receipts}
    assert run_audit("file_name_against_content", tables) == [
        (
            "UCJ Oktober.xlsx",
            "3 figures for 2024-11-13 differ from those received before and are not used: mend the date in the title or in "
            "the name, send it again",
        )
    ]
    same = [row | {"value": 1} for row in doubtful]
    assert run_audit("file_name_against_content", tables | {"core.coverage_value": [*first, *same]}) == []
