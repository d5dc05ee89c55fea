"""Which version of a figure is in force: source, basis, scope and arrival, value by value."""

from __future__ import annotations

from typing import Any

from tests.build.model_runner import REGIONS, figure, run_model

MONDAY, TUESDAY, WEDNESDAY = "2024-11-18 00:00:00", "2024-11-19 00:00:00", "2024-11-20 00:00:00"


def in_force(
    *figures: dict[str, Any], ranks: list[dict[str, Any]] | None = None, known_at: str = "timestamp '9999-12-31'"
) -> Any:
    tables = {"core.coverage_value": list(figures), "core.region": REGIONS, "core.source_rank": ranks or []}
    columns = "region_code, segment, 'active_members', cast(active_members as integer), source"
    rows = run_model("work.coverage_line", tables, f"{columns}, is_in_force", known_at)
    return [row[:5] for row in rows if row[5]]


def province(value: float, extract: str, at: str, **more: Any) -> list[dict[str, Any]]:
    """One figure for each of the three regencies: a province's extract."""
    codes = ("35.01", "35.03", "35.25")
    return [figure(code, "PU", "active_members", value + n, extract, at, **more) for n, code in enumerate(codes)]


def test_a_later_extract_of_the_same_scope_revises_value_by_value() -> None:
    later = [*province(200, "b", TUESDAY)[:1], *province(200, "b", TUESDAY)[2:]]
    assert in_force(*province(100, "a", MONDAY), *later) == [
        ("35.01", "PU", "active_members", 200, "provinsi"),
        ("35.03", "PU", "active_members", 101, "provinsi"),
        ("35.25", "PU", "active_members", 202, "provinsi"),
    ]


def test_a_narrower_extract_of_the_same_source_is_a_rival_not_a_revision() -> None:
    narrow = figure("35.25", "PU", "active_members", 999, "b", TUESDAY)
    assert ("35.25", "PU", "active_members", 102, "provinsi") in in_force(*province(100, "a", MONDAY), narrow)


def test_a_narrower_extract_that_says_that_it_corrects_revises() -> None:
    narrow = figure("35.25", "PU", "active_members", 999, "b", TUESDAY, is_revision=True)
    assert ("35.25", "PU", "active_members", 999, "provinsi") in in_force(*province(100, "a", MONDAY), narrow)


def test_a_revision_mark_goes_before_arrival() -> None:
    marked = province(100, "a", MONDAY, is_revision=True)
    assert ("35.03", "PU", "active_members", 101, "provinsi") in in_force(*marked, *province(200, "b", TUESDAY))


def test_of_two_narrow_extracts_for_one_region_the_later_is_in_force() -> None:
    one = figure("35.25", "PU", "active_members", 1, "a", MONDAY)
    other = figure("35.25", "PU", "active_members", 2, "b", TUESDAY)
    assert in_force(one, other) == [("35.25", "PU", "active_members", 2, "provinsi")]


def test_without_a_rank_the_source_with_the_most_regencies_gives_the_row() -> None:
    own = figure("35.25", "PU", "active_members", 999, "b", MONDAY, source="gresik")
    rows = in_force(*province(100, "a", TUESDAY), own)
    assert ("35.25", "PU", "active_members", 102, "provinsi") in rows


def test_where_sources_cover_as_much_the_earliest_gives_the_row() -> None:
    one = figure("35.25", "PU", "active_members", 1, "a", TUESDAY, source="cabang")
    other = figure("35.25", "PU", "active_members", 2, "b", MONDAY, source="gresik")
    assert in_force(one, other) == [("35.25", "PU", "active_members", 2, "gresik")]


def test_a_reviewed_rank_decides_from_its_own_receipt_on() -> None:
    own = figure("35.25", "PU", "active_members", 999, "b", "2024-11-18 09:00:00", source="gresik")
    ranks = [{"known_from": WEDNESDAY, "source": "gresik", "basis": "", "rank": 1, "reason": "uji"}]
    figures = [*province(100, "a", MONDAY), own]
    assert ("35.25", "PU", "active_members", 999, "gresik") in in_force(*figures, ranks=ranks)
    before = in_force(*figures, ranks=ranks, known_at=f"timestamp '{TUESDAY}'")
    assert ("35.25", "PU", "active_members", 102, "provinsi") in before


def test_bases_never_mix_in_one_row() -> None:
    ktp = figure("35.25", "PU", "active_members", 1, "a", MONDAY, basis="ktp")
    workplace = figure("35.25", "BPU", "active_members", 2, "b", TUESDAY, basis="workplace")
    assert in_force(ktp, workplace) == [("35.25", "PU", "active_members", 1, "provinsi")]


def test_sample_data_never_stands_beside_real_data_of_the_same_province_and_date() -> None:
    samples = province(100, "a", MONDAY, is_sample=True)
    real = figure("35.25", "PU", "active_members", 7, "b", TUESDAY)
    assert in_force(*samples, real) == [("35.25", "PU", "active_members", 7, "provinsi")]


def test_what_came_later_was_not_known_before() -> None:
    figures = [*province(100, "a", MONDAY), *province(200, "b", WEDNESDAY)]
    rows = in_force(*figures, known_at=f"timestamp '{TUESDAY}'")
    assert ("35.03", "PU", "active_members", 101, "provinsi") in rows


def test_a_version_that_ended_is_known_only_until_then() -> None:
    ended = figure("35.25", "PU", "active_members", 1, "a", MONDAY, known_until=WEDNESDAY)
    assert in_force(ended) == []
    assert in_force(ended, known_at=f"timestamp '{TUESDAY}'") == [("35.25", "PU", "active_members", 1, "provinsi")]


def test_sample_data_does_not_change_what_a_narrow_real_correction_corrects() -> None:
    samples = province(100, "a", MONDAY, is_sample=True)
    real = figure("35.25", "PU", "active_members", 7, "b", "2024-11-18 09:00:00")
    correction = figure("35.25", "PU", "active_members", 8, "c", TUESDAY, is_revision=True)
    assert in_force(*samples, real, correction) == [("35.25", "PU", "active_members", 8, "provinsi")]


def test_a_file_whose_name_says_another_date_never_changes_what_its_source_has_said() -> None:
    doubtful = province(200, "b", TUESDAY, is_doubtful=True)
    assert ("35.03", "PU", "active_members", 101, "provinsi") in in_force(*province(100, "a", MONDAY), *doubtful)
    assert ("35.03", "PU", "active_members", 201, "provinsi") in in_force(*doubtful)
    assert ("35.03", "PU", "active_members", 301, "provinsi") in in_force(*doubtful, *province(300, "c", WEDNESDAY))
