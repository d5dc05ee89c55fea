"""The colours of the map: for each way to colour it, edges that stay the same from month to month, so maps compare."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal


def _edges(*numbers: int | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(number) for number in numbers)


# One hue, light to dark (b), read in print and by the colour-blind; orange (o) for what is missing, or fell.
SCALES: dict[str, tuple[tuple[Decimal, ...], tuple[str, ...]]] = {
    "TOTAL": (_edges(20, 30, 40, 50, 60, 80), tuple(f"b{n}" for n in range(7))),
    "PU": (_edges(30, 40, 50, 60, 70, 80), tuple(f"b{n}" for n in range(7))),
    "BPU": (_edges(5, 10, 15, 20, 30, 50), tuple(f"b{n}" for n in range(7))),
    "JAKON": (_edges(50, 60, 70, 80, 90, 100), tuple(f"b{n}" for n in range(7))),
    "change": (_edges(-1, 0, "0.5", 1, 2), ("o3", "o1", "b0", "b2", "b4", "b6")),
    "distance": (_edges("0.01", 1, 2, 4, 8), ("b0", "o0", "o1", "o2", "o3", "o4")),
}


def colour_of(value: Decimal | None, mode: str) -> str:
    """The class of a tile; `none` where there is no figure."""
    if value is None:
        return "none"
    edges, classes = SCALES[mode]
    return classes[bisect_right(edges, value)]
