"""A known table laid out at random comes back as it went in: no value wrong, none lost, none more.

The layouts and the shapes that the reader must read: `layouts.SUPPORTED`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.read.builder import read
from tests.read.layouts import Fact, Laid, layouts

FAST = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FULL = settings(FAST, max_examples=2000)


def facts_of(laid: Laid) -> tuple[list[Fact], list[str]]:
    """What the reader makes of a workbook: the facts, and its findings."""
    with tempfile.TemporaryDirectory() as folder:
        seen = read(laid.write(Path(folder) / laid.file_name))
    facts = [(region, tuple(said), measure, round(value, 6)) for region, *said, measure, value in seen.loaded.values()]
    return sorted(facts), seen.rules or [seen.reading.refused_as] * bool(seen.reading.refused_as)


def check(laid: Laid) -> None:
    """The facts that went in are the facts that come out."""
    read_facts, rules = facts_of(laid)
    wrong = sorted(set(read_facts) - set(laid.facts))
    lost = sorted(set(laid.facts) - set(read_facts))
    assert (wrong, lost) == ([], []), f"findings: {rules}\n{laid!r}"
    assert len(read_facts) == len(laid.facts), f"a fact came twice\n{laid!r}"


@FAST
@given(layouts())
def test_a_table_laid_out_at_random_comes_back_as_it_went_in(laid):
    check(laid)


@pytest.mark.slow
@FULL
@given(layouts())
def test_2000_tables_laid_out_at_random_come_back_as_they_went_in(laid):
    check(laid)
