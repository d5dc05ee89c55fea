"""Figures that fit each other but not their labels, and percentages of totals: warned of, loaded as printed."""

from __future__ import annotations

import pytest

from flows.messages import message_of
from tests.read.builder import TITLE, judged, read_rows


def segments(*labels: str) -> list[list[str]]:
    """A two-row header with Semesta and Peserta Aktif under each label."""
    group, lower = ["Kabupaten/Kota"], [""]
    for label in labels:
        group += [label, ""]
        lower += ["Semesta", "Peserta Aktif"]
    return [[TITLE], group, lower]


# Trenggalek, 13 November 2024 (DOMAIN: 5)
PU, BPU, JAKON = (89_340, 38_595), (159_976, 14_468), (21_306, 17_407)


def warnings(tmp_path, labels, *pairs):
    rows = [*segments(*labels), ["Trenggalek", *(count for pair in pairs for count in pair)]]
    rows = [[cell or None for cell in row] for row in rows]
    values, findings = judged(read_rows(tmp_path, rows))
    return values, [(finding.rule, finding.cell, message_of(finding)) for finding in findings]


def test_segments_under_their_own_labels_give_no_warning(tmp_path):
    values, found = warnings(tmp_path, ["PU", "BPU", "JAKON"], PU, BPU, JAKON)
    assert len(values) == 6
    assert found == []


def test_pu_under_bpu_is_warned_of_and_loaded(tmp_path):
    values, found = warnings(tmp_path, ["BPU", "PU", "JAKON"], PU, BPU, JAKON)
    assert len(values) == 6
    assert found == [
        (
            "bpu_far_above_pu", "C4",
            "Cakupan BPU 43,2 persen, jauh di atas PU 9,04 persen di daerah itu. Dimuat; periksa apakah judul PU, "
            "BPU atau JAKON tertukar.",
        )
    ]  # fmt: skip


def test_jakon_under_bpu_is_warned_of_and_loaded(tmp_path):
    values, found = warnings(tmp_path, ["PU", "JAKON", "BPU"], PU, BPU, JAKON)
    assert len(values) == 6
    assert ("bpu_far_above_pu", "G4") in [(rule, cell) for rule, cell, _ in found]
    assert (
        "jakon_is_not_smallest", "D4",
        "Semesta JAKON 159.976 melebihi semesta PU atau BPU di daerah itu. Dimuat; periksa apakah judul PU, BPU atau "
        "JAKON tertukar.",
    ) in found  # fmt: skip


def test_a_bpu_a_little_above_pu_is_no_swap(tmp_path):
    _, found = warnings(tmp_path, ["PU", "BPU"], (1000, 300), (2000, 800))
    assert found == []


@pytest.mark.parametrize("printed", ["52,5%", "52,52%", "52,53%"])
def test_the_percentage_of_a_total_may_be_rounded_or_truncated(tmp_path, printed):
    assert warnings_of_total(tmp_path, printed) == []


@pytest.mark.parametrize("printed", ["25,5%", "52,25%", "62,1%"])  # digits swapped; the mean of two percentages
def test_a_percentage_that_its_total_does_not_give_is_warned_of(tmp_path, printed):
    assert warnings_of_total(tmp_path, printed) == [
        (
            "total_pct_disagrees", "D5",
            f"Di baris jumlah tercetak {printed.rstrip('%')} persen, tetapi 292.858 dari 557.575 adalah 52,52 persen. "
            "Periksa.",
        )
    ]  # fmt: skip


def warnings_of_total(tmp_path, printed):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "Semesta", "Peserta Aktif", "Cakupan"],
        ["Gresik", "446.395", "187.477", "42,0%"],
        ["Kota Kediri", "111.180", "105.381", "94,8%"],
        ["Jumlah", "557.575", "292.858", printed],
    ]
    _, findings = judged(read_rows(tmp_path, rows))
    return [(finding.rule, finding.cell, message_of(finding)) for finding in findings]
