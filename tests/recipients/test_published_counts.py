"""What is published by village brings no count below 5 back, not even to someone who knows the regency's sums."""

from __future__ import annotations

from itertools import product

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.recipients.judge import make_table

Counts = list[tuple[int, int, int]]  # eligible, to mend, not eligible of each village
Shown = list[tuple[int | None, ...]]
_MOST = 13


def publish(counts: Counts) -> Shown:
    """Received, eligible, to mend, not eligible of each village, as published."""
    with duckdb.connect() as connection:
        connection.execute(
            "create temp table village_count (village_code varchar, received bigint, eligible bigint, to_mend bigint, "
            "not_eligible bigint)"
        )
        for number, parts in enumerate(counts):
            code = f"35.03.01.{number:04d}"
            connection.execute("insert into village_count values (?, ?, ?, ?, ?)", [code, sum(parts), *parts])
        make_table(connection, "published_count")
        return connection.execute(
            "select received, eligible, to_mend, not_eligible from published_count order by village_code"
        ).fetchall()


def test_worked_examples() -> None:
    assert publish([(20, 6, 5), (30, 7, 9)]) == [(31, 20, 6, 5), (46, 30, 7, 9)]
    # 3 is hidden, with its village's total; in its column the 7 too, and with it that village's total
    assert publish([(20, 3, 5), (30, 7, 9), (40, 8, 9)]) == [(None, 20, None, 5), (None, 30, None, 9), (57, 40, 8, 9)]
    # 3 and 4 add up to more than 4 and hide each other
    assert publish([(20, 3, 5), (30, 4, 9), (40, 8, 9)]) == [(None, 20, None, 5), (None, 30, None, 9), (57, 40, 8, 9)]
    # 0 and 1 add up to less than 5: a third is hidden
    assert publish([(20, 0, 5), (30, 1, 9), (40, 8, 9)]) == [
        (None, 20, None, 5),
        (None, 30, None, 9),
        (None, 40, None, 9),
    ]


def could_be(column: list[int | None], total: int) -> list[set[int]]:
    """What each hidden cell of a column may be, for someone who knows its sum."""
    hidden = [place for place, shown in enumerate(column) if shown is None]
    left = total - sum(shown for shown in column if shown is not None)
    found: list[set[int]] = [set() for _ in hidden]
    for guess in product(range(left + 1), repeat=len(hidden)):
        if sum(guess) == left:
            for values, value in zip(found, guess, strict=True):
                values.add(value)
    return found


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, _MOST)] * 3), min_size=2, max_size=4))
def test_no_hidden_count_comes_back_by_subtraction(counts: Counts) -> None:
    shown = publish(counts)
    for parts, row in zip(counts, shown, strict=True):
        assert all(cell is None or cell >= 5 for cell in row)
        assert all(cell in (None, part) for part, cell in zip((sum(parts), *parts), row, strict=True))
        assert row[0] is None or None not in row  # a shown total stands only beside shown parts
        assert row[0] is not None or None in row[1:]
    for place in range(3):
        column = [row[place + 1] for row in shown]
        true = [parts[place] for parts in counts]
        if (
            None in column and max(true) >= 5
        ):  # else nothing in the column is left to hide with; its sum is not published
            assert all(len(values) > 1 for values in could_be(column, sum(true)))
