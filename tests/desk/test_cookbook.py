"""`sql/README.md`: every question is asked of the sample, and its answer stands there; so do the ways to open the file."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from flows.report.query import ask
from flows.report.write_answer import answer_text
from flows.settings import ROOT, Settings

pytestmark = pytest.mark.xdist_group("desk")
TEXT = (ROOT / "sql" / "README.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^### (\d+)\. (.+?)\n.*?```sql\n(.*?)```\n\n```\n(.*?)```$", TEXT, re.MULTILINE | re.DOTALL)
TWINS = re.findall(r"^\| `(\w+\('.*?\))` \| `(from .*?)` \|$", TEXT, re.MULTILINE)
OWN = TEXT.split("## Beside a database of your own")[1]


def test_there_are_25_questions() -> None:
    assert [int(number) for number, *_ in QUESTIONS] == list(range(1, 26))


@pytest.mark.parametrize(("number", "question", "query", "answer"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_a_question_has_the_answer_that_stands_there(
    number: str, question: str, query: str, answer: str, sample: Settings
) -> None:
    found = list(answer_text(ask(sample.published, query, "en"), "en"))
    assert found == answer.splitlines(), f"{number}. {question}"
    assert len(found) > 3, "a question without an answer shows nothing"


def test_every_macro_has_a_plain_twin_that_gives_the_same(sample: Settings) -> None:
    macros = set(re.findall(r"create macro (\w+)", (ROOT / "sql" / "macros.sql").read_text(encoding="utf-8")))
    assert {macro.split("(")[0] for macro, _ in TWINS} | {"known_moment"} == macros
    with duckdb.connect() as connection:
        connection.execute(f"attach '{sample.published}' as ucj (read_only)")
        plain = {macro: connection.execute(f"select * from ({twin}) order by all").fetchall() for macro, twin in TWINS}
        with pytest.raises(duckdb.CatalogException, match="coverage_known_at does not exist"):
            connection.execute("from ucj.coverage_as_of('2025-10-31', '2025-12-31')")
        connection.execute("use ucj")
        for macro, rows in plain.items():
            assert rows and connection.execute(f"select * from {macro} order by all").fetchall() == rows, macro
        twin = re.findall(r"`known_moment\('2025-11-05'\)` is `(.*?)`", TEXT)[0]
        ((same,),) = connection.execute(f"select known_moment('2025-11-05') = {twin}").fetchall()
        assert same is True


def test_the_blocks_on_a_database_of_one_s_own_run(
    sample: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, inside, cells = re.findall(r"```sql\n(.*?)```", OWN, re.DOTALL)[:3]
    (tmp_path / "warehouse").symlink_to(sample.warehouse)
    monkeypatch.chdir(tmp_path)
    with duckdb.connect("warehouse/ucj.duckdb", read_only=True) as connection:
        connection.execute(beside)
        assert connection.execute("select count(*) from mine.october").fetchall() == [(152,)]
    with duckdb.connect("mine.duckdb") as connection:
        assert len(connection.execute(inside).fetchall()) == 152
        assert len(connection.execute(cells).fetchall()) > 1000


def test_the_release_can_be_followed(sample: Settings) -> None:
    query = TEXT.rsplit("```sql\n", 1)[1].split("```")[0]
    assert len(ask(sample.published, query, "en").rows) == 1
