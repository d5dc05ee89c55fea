"""Likely causes of figures that contradict each other: a swap of two neighbouring digits that would make them hold.

It is offered only where it is the only such swap (DOMAIN: checks worth having): rounding and truncation come first and
are no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Swap(NamedTuple):
    """A number as found and as it would be with two neighbouring digits swapped."""

    found: float
    likely: float


def find_swap(printed_pct: float, step: float, part: float, whole: float) -> Swap | None:
    """The one swap by which `part` of `whole` would be the printed percentage; `step` is one unit of its last digit."""
    holding = [
        swap
        for swap, (pct, of, all_) in _with_one_swapped(printed_pct, part, whole)
        if all_ > 0 and abs(pct - 100 * of / all_) <= step + 1e-9
    ]
    return holding[0] if len(holding) == 1 else None


def _with_one_swapped(*numbers: float) -> Iterator[tuple[Swap, list[float]]]:
    for place, number in enumerate(numbers):
        for likely in _swaps(number):
            yield Swap(number, likely), [likely if n == place else other for n, other in enumerate(numbers)]


def _swaps(number: float) -> set[float]:
    """A number with two neighbouring digits swapped; the first digit never becomes 0."""
    text = f"{number:.10g}"
    swapped = set()
    for at in range(len(text) - 1):
        one, other = text[at], text[at + 1]
        if one.isdigit() and other.isdigit() and one != other and not (at == 0 and other == "0"):
            swapped.add(float(text[:at] + other + one + text[at + 2 :]))
    return swapped
