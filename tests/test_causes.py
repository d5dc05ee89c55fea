"""Likely causes: a swap of digits is offered only where it is the only one."""

from __future__ import annotations

from flows.causes import Swap, find_swap
from tests.read.builder import TITLE, judged, read_rows


def test_bali_s_denominator_is_a_transposition() -> None:
    assert find_swap(50.88, 0.01, 935_079, 1_873_899) == Swap(1_873_899, 1_837_899)


def test_where_several_swaps_would_do_none_is_offered() -> None:
    assert find_swap(21, 0.1, 1_200, 10_000) is None  # 21 for 12, or 1,200 for 2,100


def test_where_no_swap_helps_none_is_offered() -> None:
    assert find_swap(12.3, 0.1, 500, 1_000) is None


def test_the_message_offers_the_swap_and_is_silent_without_one(tmp_path) -> None:
    header = ["Kabupaten/Kota", "Semesta", "Peserta Aktif", "Cakupan (%)"]
    rows = [[TITLE], header, ["Pacitan", 1_873_899, 935_079, "50,88"], ["Ponorogo", 1_000, 500, "12,3"]]
    _, findings = judged(read_rows(tmp_path, rows))
    from flows.messages import message_of

    assert [message_of(finding) for finding in findings] == [
        "Tercetak 50,88, tetapi 935.079 dari 1.873.899 adalah 49,9 persen. Periksa. Dua angka tertukar? 1.873.899 mungkin "
        "1.837.899.",
        "Tercetak 12,3, tetapi 500 dari 1.000 adalah 50 persen. Periksa.",
    ]
