"""The macros of the published file: the two clocks."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from flows.build.models import macro_statements, read_models


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("date '2024-11-20'", datetime(2024, 11, 20, 16, 59, 59, 999999)),
        ("'2024-11-20'", datetime(2024, 11, 20, 16, 59, 59, 999999)),
        ("timestamp '2024-11-20 10:00:00'", datetime(2024, 11, 20, 10)),
    ],
)
def test_a_bare_date_means_its_end_in_jakarta_and_a_time_is_utc(said: str, moment: datetime) -> None:
    with duckdb.connect() as connection:
        connection.execute(macro_statements(read_models())[0])
        assert connection.execute(f"select known_moment({said})").fetchall() == [(moment,)]


def test_the_macros_of_tables_are_made_from_the_models_themselves() -> None:
    _, *tables = macro_statements(read_models())
    assert len(tables) == 10
    for macro in tables:
        assert "{{" not in macro
        assert ":known_at" not in macro and ":as_of" not in macro
        assert "work." not in macro
