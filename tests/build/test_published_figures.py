"""Rows in, rows out: what a published figure is held against, which cause is found, and where none may be named."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.build.model_runner import Rows, run_model

Found = list[tuple[Any, ...]]
TRENGGALEK: Rows = [
    {"region_code": "35.03", "as_of_date": "2024-11-13", "segment": segment, "active_members": members,
     "eligible_workers": eligible, "coverage_pct": pct, "is_sample": False}
    for segment, members, eligible, pct in [
        ("PU", 38_595, 89_340, "43.20"), ("BPU", 14_468, 159_976, "9.04"), ("JAKON", 17_407, 21_306, "81.70"),
        ("TOTAL", 70_470, 270_622, "26.04"),
    ]
]  # fmt: skip


def row(
    segment: str, pct: str | None = None, members: int | None = None, eligible: int | None = None, **more: Any
) -> dict[str, Any]:
    """A row of core.published_figure: one outlet's figure of Trenggalek, unless said otherwise."""
    number = more.pop("id", None) or f"{segment}{more.get('area', '')}"
    return {
        "published_figure_id": number, "source": "kliping", "place": "Trenggalek", "region_code": "35.03", "event": "UCJ",
        "stated_on": "2024-11-13", "figure": "measured", "segment": segment, "cited_source": "koran", "coverage_pct": pct,
        "coverage_pct_step": None if pct is None else 10.0 ** -len(pct.partition(".")[2]), "active_members": members,
        "eligible_workers": eligible, "known_from": "2025-01-01",
        "received_at": "2025-01-01", "is_sample": False,
    } | more  # fmt: skip


def plan(figure: str, year: int, pct: str, **more: Any) -> dict[str, Any]:
    return row("TOTAL", pct, figure=figure, year=year, id=f"{figure} {year}", **more)


def tables(*rows: dict[str, Any], measured: Rows = TRENGGALEK) -> dict[str, Rows]:
    return {"core.published_figure": list(rows), "mart.coverage": measured}


def verdicts(*rows: dict[str, Any], measured: Rows = TRENGGALEK, columns: str = "verdict, cause, likely") -> Found:
    return run_model("mart.published_figure_check", tables(*rows, measured=measured), f"published_figure_id, {columns}")


def causes(
    *rows: dict[str, Any], measured: Rows = TRENGGALEK, columns: str = "cause, rank, rivals, likely, arithmetic"
) -> Found:
    return run_model("mart.published_figure_cause", tables(*rows, measured=measured), f"published_figure_id, {columns}")


FIRST_PRINT = [
    plan("target", 2025, "89.29"),
    plan("baseline", 2045, "26.30"),
    row("PU", "43.2", 38_595),
    row("BPU", "81.7", 17_407),
]


def test_the_first_print_of_trenggalek_swaps_the_years_and_puts_jakon_under_bpu() -> None:
    assert verdicts(*FIRST_PRINT, columns="verdict, failed_checks, cause, likely, arithmetic") == [
        ("BPU", "contradicted", "measured", "segment_label", "JAKON", "17407 / 21306 = 81.70 % (2024-11-13)"),
        ("PU", "consistent", None, None, None, None),
        ("baseline 2045", "contradicted", "years", "years_swapped", "2025", "2025 < 2045; 26.30 <= 89.29"),
        ("target 2025", "contradicted", "years", "years_swapped", "2045", "2025 < 2045; 26.30 <= 89.29"),
    ]


def test_without_the_coverage_extract_only_the_years_are_known_to_be_wrong() -> None:
    assert verdicts(*FIRST_PRINT, measured=[], columns="verdict") == [
        ("BPU", "unchecked"), ("PU", "unchecked"), ("baseline 2045", "contradicted"), ("target 2025", "contradicted"),
    ]  # fmt: skip


def test_the_second_print_of_trenggalek_holds_by_itself() -> None:
    second = [
        plan("target", 2045, "83.29"), plan("baseline", 2025, "26.30"), row("TOTAL", "26.04"),
        row("PU", "43.2", 38_595), row("BPU", "9.0", 14_468), row("JAKON", "81.7", 17_407),
    ]  # fmt: skip
    for measured in (TRENGGALEK, []):
        assert verdicts(*second, measured=measured, columns="verdict")[3:] == [
            ("TOTAL", "consistent"), ("baseline 2025", "consistent"), ("target 2045", "consistent"),
        ]  # fmt: skip


def test_a_total_in_per_cent_is_held_against_the_percentages_of_its_segments() -> None:
    parts = [row("PU", "43.2", 38_595), row("BPU", "9.0", 14_468), row("JAKON", "81.7", 17_407)]
    checked = verdicts(*parts, row("TOTAL", "50.6"), measured=[], columns="verdict, failed_checks")
    assert checked == [(segment, "undecided", "segments") for segment in ("BPU", "JAKON", "PU", "TOTAL")]


def alone(*figures: tuple[str, int, int]) -> Rows:
    """TOTALs with percentage, members and denominator, each in a print of its own."""
    return [row("TOTAL", *figure, id=" ".join(map(str, figure)), event=str(n)) for n, figure in enumerate(figures)]


def test_gresik_east_java_lampung_and_lumajang_hold() -> None:
    figures = [
        ("52.5", 292_858, 557_575),
        ("29.84", 4_336_959, 14_531_668),
        ("24.86", 760_468, 3_058_943),
        ("16.08", 89_266, 555_154),
    ]
    assert {verdict for _, verdict in verdicts(*alone(*figures), measured=[], columns="verdict")} == {"consistent"}


def test_bali_s_denominator_is_a_transposition() -> None:
    assert causes(row("TOTAL", "50.88", 935_079, 1_873_899), measured=[]) == [
        ("TOTAL", "digits_transposed", 1, 0, "1837899", "935079 / 1837899 = 50.878 %")
    ]


def test_kediri_is_truncated_before_it_is_transposed() -> None:
    kediri = row("TOTAL", "40.89", 135_163, 330_493)
    assert verdicts(kediri, measured=[]) == [("TOTAL", "truncated", "truncated", "40.90")]
    assert causes(kediri, measured=[]) == [
        ("TOTAL", "digits_transposed", 2, 1, "135136", "135136 / 330493 = 40.889 %"),
        ("TOTAL", "truncated", 1, 1, "40.90", "135163 / 330493 = 40.897 %"),
    ]


def test_a_percentage_may_be_rounded_half_up_or_truncated() -> None:
    figures = [
        ("0.13", 1, 800), ("0.12", 1, 800), ("0.11", 1, 800), ("33.33", 1, 3), ("66.66", 2, 3), ("67", 2, 3), ("66", 2, 3),
        ("65", 2, 3), ("100.0", 5, 5), ("0.0", 0, 5), ("125.0", 5, 4),
    ]  # fmt: skip
    assert dict(verdicts(*alone(*figures), measured=[], columns="verdict")) == {
        "0.13 1 800": "consistent",  # 0.125: a tie goes up
        "0.12 1 800": "truncated",
        "0.11 1 800": "undecided",
        "33.33 1 3": "consistent",
        "66.66 2 3": "truncated",
        "67 2 3": "consistent",
        "66 2 3": "truncated",
        "65 2 3": "undecided",
        "100.0 5 5": "consistent",
        "0.0 0 5": "consistent",
        "125.0 5 4": "undecided",  # more members than workers, and it is not JAKON
    }


def test_the_interval_runs_from_half_a_digit_below_to_a_whole_digit_above() -> None:
    checked = verdicts(row("PU", "43.2", 38_595), columns="lowest_coverage_pct::varchar, below_coverage_pct::varchar")
    assert checked == [("PU", "43.1500000", "43.3000000")]


def test_more_members_than_workers_are_no_contradiction_of_jakon() -> None:
    assert verdicts(row("JAKON", "125.0", 5, 4), measured=[], columns="verdict") == [("JAKON", "consistent")]


# --- the warehouse -------------------------------------------------------------------------------------


def test_a_percentage_of_the_employed_is_another_denominator() -> None:
    employed = {
        "region_code": "35.03",
        "year": 2024,
        "measure": "employed_people",
        "value": 464_079,
        "known_from": "2024-12-01",
        "is_sample": False,
    }
    given = tables(row("TOTAL", "15.18", 70_470)) | {"core.labour_force_value": [employed]}
    columns = "cause, rank, rivals, likely, likely_source, arithmetic"
    assert run_model("mart.published_figure_cause", given, columns) == [
        ("other_denominator", 1, 0, "464079", "employed_people 2024", "70470 / 464079 = 15.185 % (2024-11-13)")
    ]


def test_a_segment_s_percentage_of_all_workers_is_another_denominator() -> None:
    assert causes(row("PU", "14.26", 38_595), columns="cause, rivals, likely, likely_source") == [
        ("PU", "other_denominator", 0, "270622", "eligible_workers TOTAL 2024-11-13")
    ]


def test_lost_thousands_are_found_against_the_percentage_and_against_the_measurement() -> None:
    assert causes(row("TOTAL", "26.04", 70, 270_622), measured=[]) == [
        ("TOTAL", "thousands_lost", 1, 0, "70000", "69500..70999 / 270622 = 25.682..26.235 %")
    ]
    assert causes(row("BPU", None, 14)) == [("BPU", "thousands_lost", 1, 0, "14000", "14468 (2024-11-13)")]


def test_two_labels_swapped_are_both_named() -> None:
    assert verdicts(row("PU", "9.0", 14_468), row("BPU", "43.2", 38_595)) == [
        ("BPU", "contradicted", "segment_label", "PU"), ("PU", "contradicted", "segment_label", "BPU"),
    ]  # fmt: skip


def test_a_percentage_is_no_other_segment_s_where_that_was_not_measured_whole() -> None:
    jakon = TRENGGALEK[2] | {"eligible_workers": None, "coverage_pct": None}
    assert causes(row("BPU", "81.7"), measured=[TRENGGALEK[1], jakon]) == []


def test_a_figure_that_differs_from_the_measurement_without_a_cause_is_undecided() -> None:
    assert verdicts(row("PU", None, 38_601), columns="verdict, failed_checks, cause") == [
        ("PU", "undecided", "measured", None)
    ]
    assert causes(row("PU", None, 38_601)) == []


def test_a_measurement_of_another_day_is_shown_and_contradicts_nothing() -> None:
    columns = "verdict, measured_as_of_date, measured_active_members, measured_coverage_pct::varchar"
    assert verdicts(row("PU", "50.0", 40_000, stated_on="2024-12-31"), columns=columns) == [
        ("PU", "unchecked", date(2024, 11, 13), 38_595, "43.20")
    ]
    assert verdicts(row("PU", "50.0", 40_000, stated_on="2025-02-14"), columns=columns) == [
        ("PU", "unchecked", None, None, None)
    ]


def test_the_nearest_day_is_shown_and_of_two_the_earlier() -> None:
    days = [TRENGGALEK[0] | {"as_of_date": day} for day in ("2024-10-31", "2024-11-10", "2024-11-16", "2024-11-30")]
    checked = verdicts(row("PU", None, 38_595), measured=days, columns="measured_as_of_date")
    assert checked == [("PU", date(2024, 11, 10))]


def test_a_province_is_held_against_all_its_regencies_or_none() -> None:
    province = {"province_code": "35", "as_of_date": "2024-11-13", "segment": "TOTAL", "active_members": 4_049_364,
                "eligible_workers": 13_676_019, "is_sample": False}  # fmt: skip
    for is_complete, verdict in ((True, "consistent"), (False, "unchecked")):
        given = tables(row("TOTAL", "29.6", region_code="35")) | {
            "mart.province_coverage": [province | {"is_complete": is_complete}]
        }
        assert run_model("mart.published_figure_check", given, "verdict") == [(verdict,)]


def test_sample_data_never_judges_a_real_print() -> None:
    assert verdicts(
        row("PU", "50.0", 40_000), measured=[each | {"is_sample": True} for each in TRENGGALEK], columns="verdict"
    ) == [("PU", "unchecked")]


# --- parts and totals ----------------------------------------------------------------------------------


def test_segments_and_areas_of_the_blitar_branch_add_up() -> None:
    segments = [
        row("PU", None, 124_118),
        row("BPU", None, 40_399),
        row("JAKON", None, 61_825),
        row("TOTAL", None, 226_342),
    ]
    areas = [row("TOTAL", None, members, area=f"Wilayah {n}") for n, members in enumerate((102_434, 83_923, 39_985), 1)]
    checked = verdicts(*segments, *areas, measured=[], columns="verdict, parts_active_members")
    assert [verdict for _, verdict, _ in checked] == ["consistent"] * 7
    assert ("TOTAL", "consistent", 226_342) in checked


def test_the_madiun_branch_adds_up_with_its_migrants() -> None:
    madiun = [
        row("PU", None, 81_552),
        row("BPU", None, 9_429),
        row("PMI", None, 11_994),
        row("JAKON", None, 66_073),
        row("TOTAL", None, 169_048),
    ]
    assert {verdict for _, verdict in verdicts(*madiun, measured=[], columns="verdict")} == {"consistent"}


def test_one_swap_that_mends_a_sum_is_the_cause_and_the_other_terms_are_cleared() -> None:
    parts = [row("PU", None, 111_999), row("BPU", None, 22_222), row("JAKON", None, 33_333)]
    total = row("TOTAL", None, 165_754)
    assert verdicts(*parts, total, measured=[], columns="verdict, cause, likely, arithmetic") == [
        ("BPU", "consistent", None, None, None), ("JAKON", "consistent", None, None, None), ("PU", "consistent", None, None, None),
        ("TOTAL", "contradicted", "digits_transposed", "167554", "111999 + 33333 + 22222 = 167554"),
    ]  # fmt: skip


def test_two_swaps_that_would_mend_a_sum_leave_it_undecided() -> None:
    parts = [row("PU", None, 63_484), row("BPU", None, 10_167), row("JAKON", None, 52_470)]
    assert causes(*parts, row("TOTAL", None, 99_121), measured=[]) == [
        ("JAKON", "digits_transposed", 1, 1, "25470", "73651 + 25470 = 99121"),
        ("PU", "digits_transposed", 1, 1, "36484", "62637 + 36484 = 99121"),
    ]
    checked = verdicts(*parts, row("TOTAL", None, 99_121), measured=[], columns="verdict, failed_checks")
    assert checked == [(segment, "undecided", "segments") for segment in ("BPU", "JAKON", "PU", "TOTAL")]


def test_a_term_with_a_fault_of_its_own_is_the_one_to_mend() -> None:
    """A swap in BPU would mend the sum too (10,127 for 10,217), but not the total's own percentage."""
    parts = [row("PU", None, 63_484), row("BPU", None, 10_127), row("JAKON", None, 25_510)]
    assert [verdict for _, verdict in verdicts(*parts, row("TOTAL", None, 99_211), measured=[], columns="verdict")] == [
        "undecided"
    ] * 4
    assert verdicts(*parts, row("TOTAL", "35.98", 99_211, 275_500), measured=[]) == [
        ("BPU", "consistent", None, None), ("JAKON", "consistent", None, None), ("PU", "consistent", None, None),
        ("TOTAL", "contradicted", "digits_transposed", "99121"),
    ]  # fmt: skip


def test_pu_and_bpu_may_fall_short_of_a_total_but_never_pass_it() -> None:
    parts = [row("PU", None, 100), row("BPU", None, 50)]
    assert verdicts(*parts, row("TOTAL", None, 200), measured=[], columns="verdict")[-1] == ("TOTAL", "unchecked")
    assert verdicts(*parts, row("TOTAL", None, 150), measured=[], columns="verdict")[-1] == ("TOTAL", "consistent")
    assert verdicts(*parts, row("TOTAL", None, 140), measured=[], columns="verdict, failed_checks")[-1] == (
        "TOTAL",
        "undecided",
        "segments",
    )


def test_denominators_must_add_up_too() -> None:
    parts = [row("PU", None, 10, 100), row("BPU", None, 10, 300), row("JAKON", None, 10, 50)]
    assert verdicts(*parts, row("TOTAL", None, 30, 450), measured=[], columns="verdict")[-1] == ("TOTAL", "consistent")
    assert verdicts(*parts, row("TOTAL", None, 30, 540), measured=[]) == [
        ("BPU", "consistent", None, None), ("JAKON", "consistent", None, None), ("PU", "consistent", None, None),
        ("TOTAL", "contradicted", "digits_transposed", "450"),
    ]  # fmt: skip


# --- years ---------------------------------------------------------------------------------------------


def test_years_are_swapped_only_where_that_makes_a_plan() -> None:
    plans = {
        "in order": (2025, "26.30", 2045, "83.29"),
        "swapped": (2045, "26.30", 2025, "83.29"),
        "swapped they would have a baseline above the target": (2045, "83.29", 2025, "26.30"),
        "the same year": (2025, "26.30", 2025, "83.29"),
        "a baseline above its target is real": (2025, "52.52", 2029, "43.92"),
    }
    rows = [
        plan(figure, year, pct, event=name) | {"published_figure_id": f"{name}: {figure}"}
        for name, (first, low, last, high) in plans.items()
        for figure, year, pct in (("baseline", first, low), ("target", last, high))
    ]
    checked = dict(verdicts(*rows, columns="verdict"))
    assert {name: {checked[f"{name}: baseline"], checked[f"{name}: target"]} for name in plans} == {
        "in order": {"consistent"},
        "swapped": {"contradicted"},
        "swapped they would have a baseline above the target": {"undecided"},
        "the same year": {"undecided"},
        "a baseline above its target is real": {"consistent"},
    }


def test_of_several_targets_the_earliest_is_swapped() -> None:
    checked = verdicts(plan("baseline", 2029, "26.30"), plan("target", 2025, "37.70"), plan("target", 2045, "83.29"))
    assert checked == [
        ("baseline 2029", "contradicted", "years_swapped", "2025"), ("target 2025", "contradicted", "years_swapped", "2029"),
        ("target 2045", "consistent", None, None),
    ]  # fmt: skip


# --- the clock, and other outlets ----------------------------------------------------------------------


def test_a_print_is_known_from_its_receipt_to_its_withdrawal() -> None:
    figures = tables(row("PU", "43.2", 38_595, known_from="2025-01-01", known_until="2025-03-01"))
    for known_at, rows in (("2024-12-31", 0), ("2025-02-01", 1), ("2025-03-02", 0)):
        assert len(run_model("mart.published_figure_check", figures, known_at=f"timestamp '{known_at}'")) == rows


def test_a_list_sent_again_gives_each_print_as_it_was_sent_last() -> None:
    first = [plan("baseline", 2045, "26.30"), plan("target", 2025, "83.29")]
    again = [
        plan("baseline", 2025, "26.30", known_from="2025-02-01", received_at="2025-02-01"),
        plan("target", 2045, "83.29", known_from="2025-02-01", received_at="2025-02-01"),
    ]
    assert verdicts(*first, *again, columns="verdict") == [
        ("baseline 2025", "consistent"),
        ("target 2045", "consistent"),
    ]
    earlier = run_model(
        "mart.published_figure_check", tables(*first, *again), "published_figure_id", "timestamp '2025-01-15'"
    )
    assert earlier == [("baseline 2045",), ("target 2025",)]


def test_outlets_that_printed_another_number_are_named() -> None:
    prints = [
        row("PU", "43.2", 38_595),
        row("PU", "43.20", id="kabarpas", cited_source="kabarpas"),
        row("PU", "34.2", id="afederasi", cited_source="afederasi"),
    ]
    assert verdicts(*prints, columns="differing_prints") == [
        ("PU", "afederasi"), ("afederasi", "kabarpas, koran"), ("kabarpas", "afederasi"),
    ]  # fmt: skip
