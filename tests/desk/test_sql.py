"""`ucj sql`: one question, read-only, as a table, CSV, JSON or a workbook; what it refuses, in one sentence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from flows.errors import WrongUse
from flows.report.query import Answer, ask, read_question
from flows.report.write_answer import answer_csv, answer_json, answer_text, answer_xlsx
from flows.settings import ROOT, Settings
from tests.conftest import type_ucj

pytestmark = pytest.mark.xdist_group("desk")
TRENGGALEK = "from mart.coverage where region_code = '35.03' and as_of_date = '2024-11-13' order by segment"
ANSWER = Answer(
    ("name", "people", "pct", "day", "at", "is_new", "parts", "none"),
    [
        ("=1+1", 1_000_000, Decimal("43.20"), date(2024, 11, 13), datetime(2024, 11, 13, 1, 2, 3), True, [1, 2], None),
        ("a\x1bb\nc", -5, Decimal("9.04"), date(2025, 1, 1), datetime(2025, 1, 1), False, {"x": Decimal("1.5")}, None),
    ],
)


def ask_desk(settings: Settings, *words: str) -> tuple[int, str, str]:
    done = type_ucj(*words, "--warehouse", str(settings.warehouse))
    return done.returncode, done.stdout, done.stderr


def refusal(settings: Settings, query: str) -> str:
    with pytest.raises(WrongUse) as refused:
        ask(settings.published, query, "en")
    return str(refused.value)


def test_a_table_has_numbers_to_the_right_and_counts_its_rows(sample: Settings) -> None:
    code, out, says = ask_desk(
        sample, "sql", f"select segment, active_members, coverage_pct, uncovered_workers {TRENGGALEK}"
    )
    assert (code, says) == (0, "")
    assert out.splitlines() == [
        "segment  active_members  coverage_pct  uncovered_workers",
        "-------  --------------  ------------  -----------------",
        "BPU               14468          9.04             145508",
        "JAKON             17407         81.70               3899",
        "PU                38595         43.20              50745",
        "TOTAL             70470         26.04             200152",
        "(4 baris)",
    ]


def test_csv_and_json_are_for_programs(sample: Settings) -> None:
    query = f"select segment, active_members, coverage_pct, as_of_date {TRENGGALEK} limit 1"
    assert ask_desk(sample, "sql", query, "--csv") == (
        0, "segment,active_members,coverage_pct,as_of_date\nBPU,14468,9.04,2024-11-13\n", ""
    )  # fmt: skip
    _, out, _ = ask_desk(sample, "sql", query, "--json")
    assert json.loads(out) == [
        {"segment": "BPU", "active_members": 14468, "coverage_pct": 9.04, "as_of_date": "2024-11-13"}
    ]


def test_a_file_holds_the_question_and_a_workbook_the_answer(sample: Settings, tmp_path: Path) -> None:
    (tmp_path / "tanya.sql").write_text(f"-- satu hari\nselect region_name, coverage_pct, as_of_date {TRENGGALEK};\n")
    out = tmp_path / "baru" / "jawab.xlsx"
    assert ask_desk(sample, "sql", "--file", str(tmp_path / "tanya.sql"), "--xlsx", str(out)) == (
        0,
        f"{out}: 4 baris.\n",
        "",
    )
    page = openpyxl.load_workbook(out).worksheets[0]
    assert list(page.iter_rows(max_row=2, values_only=True)) == [
        ("region_name", "coverage_pct", "as_of_date"), ("Kabupaten Trenggalek", 9.04, datetime(2024, 11, 13)),
    ]  # fmt: skip


def test_macros_of_the_file_and_a_pivot_work(sample: Settings) -> None:
    code, out, _ = ask_desk(
        sample, "sql", "--csv",
        "pivot coverage_as_of('2024-12-31', '2025-12-31') on segment using sum(active_members) group by province_code",
    )  # fmt: skip
    assert code == 0
    assert out.splitlines()[0] == "province_code,BPU,JAKON,PU,TOTAL"


REFUSED = {
    "insert into core.region select * from core.region": "INSERT",
    "update mart.coverage set coverage_pct = 100": "UPDATE",
    "delete from mart.coverage": "DELETE",
    "drop table mart.coverage": "DROP",
    "create temp table t as select 1": "CREATE",
    "copy mart.coverage to 'keluar.csv'": "COPY",
    "export database 'keluar'": "EXPORT",
    "attach ':memory:' as lain": "ATTACH",
    "install httpfs": "LOAD",
    "set memory_limit = '1GB'": "SET",
    "with a as (select 1) insert into core.region select * from core.region": "INSERT",
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_would_change_something_is_refused_in_one_sentence(query: str, sample: Settings) -> None:
    before = hashlib.sha256(sample.published.read_bytes()).hexdigest()
    assert refusal(sample, query) == (
        f"{REFUSED[query]} is refused: `ucj sql` only reads (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, EXPLAIN)."
    )
    assert hashlib.sha256(sample.published.read_bytes()).hexdigest() == before


def test_wrong_sql_is_one_sentence(sample: Settings) -> None:
    assert ask_desk(sample, "sql", "from mart.coverag") == (
        2, "", 'SQL: Catalog Error: Table with name coverag does not exist! Did you mean "coverage"?\n'
    )  # fmt: skip
    assert refusal(sample, "selec 1") == 'SQL: Parser Error: syntax error at or near "selec"'


def test_exactly_one_question_is_asked(sample: Settings, tmp_path: Path) -> None:
    assert refusal(sample, "/* nothing */") == "Write one question: SQL after `ucj sql`, or its file with --file."
    assert refusal(sample, "select 1; select 2") == "There are 2 statements; write one only, or join them by WITH."
    missing = tmp_path / "tidak.sql"
    for given in (("", None), ("select 1", missing)):
        with pytest.raises(WrongUse) as refused:
            read_question(*given, "id")
        assert str(refused.value) == "Tulis satu pertanyaan: SQL di belakang `ucj sql`, atau berkasnya dengan --file."
    assert ask_desk(sample, "sql", "--file", str(missing)) == (
        2, "", f"--file {missing}: tidak dapat dibaca (No such file or directory).\n"
    )  # fmt: skip


def test_a_table_s_name_never_means_a_variable_of_the_program(sample: Settings) -> None:
    statements = Answer(("a",), [])
    assert statements.rows == []
    assert refusal(sample, "from statements").startswith(
        "SQL: Catalog Error: Table with name statements does not exist!"
    )


def test_without_a_warehouse_it_says_what_to_do(settings: Settings) -> None:
    says = f"Belum ada gudang data di {settings.published}. Jalankan `ucj run` dulu.\n"
    for words in (("sql", "select 1"), ("dictionary",), ("export", "--parquet", str(settings.warehouse / "p"))):
        assert ask_desk(settings, *words) == (3, "", says)


def test_a_damaged_file_is_one_sentence(settings: Settings) -> None:
    settings.warehouse.mkdir()
    settings.published.write_bytes(b"no database" * 1000)
    code, out, says = ask_desk(settings, "sql", "select 1", "--lang", "en")
    assert (code, out) == (3, "")
    assert says.startswith(f"{settings.published} cannot be opened: IO Error: ")
    assert len(says.splitlines()) == 1


def test_texts_of_strangers_do_nothing_on_a_screen_or_in_a_spreadsheet() -> None:
    assert list(answer_text(ANSWER, "en"))[3].startswith("a b c ")
    assert list(csv.reader(io.StringIO(answer_csv(ANSWER))))[1][0] == "'=1+1"
    page = openpyxl.load_workbook(io.BytesIO(answer_xlsx(ANSWER))).worksheets[0]
    assert page["A2"].value == "'=1+1"


def test_values_of_every_type_keep_what_they_are() -> None:
    assert list(csv.reader(io.StringIO(answer_csv(ANSWER))))[1:] == [
        ["'=1+1", "1000000", "43.20", "2024-11-13", "2024-11-13 01:02:03", "true", "[1, 2]", ""],
        ["a\x1bb\nc", "-5", "9.04", "2025-01-01", "2025-01-01 00:00:00", "false", '{"x": 1.5}', ""],
    ]
    assert json.loads(answer_json(ANSWER))[1] == {
        "name": "a\x1bb\nc", "people": -5, "pct": 9.04, "day": "2025-01-01", "at": "2025-01-01 00:00:00", "is_new": False,
        "parts": {"x": 1.5}, "none": None,
    }  # fmt: skip
    page = openpyxl.load_workbook(io.BytesIO(answer_xlsx(Answer(ANSWER.columns, ANSWER.rows[:1])))).worksheets[0]
    values: list[Any] = [cell.value for cell in page[2]]
    assert values == [
        "'=1+1", 1_000_000, 43.2, datetime(2024, 11, 13), datetime(2024, 11, 13, 1, 2, 3), True, "[1, 2]", None,
    ]  # fmt: skip


def test_no_rows_are_a_header_and_a_count() -> None:
    assert list(answer_text(Answer(("a", "bc"), []), "en")) == ["a  bc", "-  --", "(0 rows)"]


def test_sql_imports_nothing_heavier_than_duckdb(sample: Settings) -> None:
    code = (
        "import sys, flows.cli\ntry:\n    flows.cli.app(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'prefect', 'pandas', 'pandera', 'openpyxl', 'xlsxwriter', 'numpy'}\nprint(sorted(heavy & set(sys.modules)))"
    )
    for words in (["sql", "select 1"], ["dictionary", "--json"]):
        command = [sys.executable, "-c", code, *words, "--warehouse", str(sample.warehouse)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        assert done.stdout.splitlines()[-1] == "[]"


def test_the_dictionary_names_every_column_with_its_meaning(sample: Settings) -> None:
    _, out, _ = ask_desk(sample, "dictionary", "--json")
    tables = {table["table"]: table for table in json.loads(out)["tables"]}
    with duckdb.connect(str(sample.published), read_only=True) as connection:
        columns = connection.execute("select count(*) from meta.column").fetchall()[0][0]
    assert sum(len(table["columns"]) for table in tables.values()) == columns
    assert tables["core.region"]["columns"][0] == {
        "column": "region_code", "type": "VARCHAR", "meaning": "Kemendagri code, text (35.03)"
    }  # fmt: skip
    _, out, _ = ask_desk(sample, "dictionary")
    lines = out.splitlines()
    assert "mart.coverage" in lines
    assert "    region_code    VARCHAR  Kemendagri code, text (35.03)" in lines


def test_the_dictionary_is_a_page_without_outside_parts_and_a_workbook(sample: Settings, tmp_path: Path) -> None:
    page, book = tmp_path / "kamus.html", tmp_path / "kamus.xlsx"
    code, out, says = ask_desk(sample, "dictionary", "--html", str(page), "--xlsx", str(book))
    assert (code, says) == (0, "")
    text = page.read_text(encoding="utf-8")
    assert '<h2 id="mart.coverage">mart.coverage</h2>' in text
    assert "http" not in text and "<script" not in text
    rows = list(openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("table", "column", "type", "meaning")
    assert ("core.region", "region_code", "VARCHAR", "Kemendagri code, text (35.03)") in rows
    assert out.splitlines() == [str(page), f"{book}: {len(rows) - 1} baris."]


def test_parquet_holds_the_rows_and_the_comments(sample: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "it's parquet"
    code, out, says = ask_desk(sample, "export", "--parquet", str(folder), "--lang", "en")
    assert (code, says) == (0, "")
    with duckdb.connect(str(sample.published), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('mart', 'core')"
        ).fetchall()
        assert sorted(path.name for path in folder.iterdir()) == sorted(f"{name}.parquet" for (name,) in tables)
        for (name,) in tables:
            file = str(folder / f"{name}.parquet")
            differs = f"select count(*) from (from {name} except all from read_parquet(?))"
            assert connection.execute(differs, [file]).fetchall() == [(0,)], name
        about = dict(
            connection.execute(
                "select decode(key), decode(value) from parquet_kv_metadata(?)", [str(folder / "core.region.parquet")]
            ).fetchall()
        )
        release = connection.execute("select release_id from meta.release").fetchall()[0][0]
    assert (about["table"], about["release_id"]) == ("core.region", release)
    assert json.loads(about["columns"])["region_code"] == "Kemendagri code, text (35.03)"
    assert "grain: region_code" in about["comment"]
    assert out.splitlines()[-1] == f"{len(tables)} files in {folder}"


def test_parquet_that_cannot_be_written_is_one_sentence(sample: Settings, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder")
    code, out, says = ask_desk(sample, "export", "--parquet", str(blocked))
    assert (code, out) == (2, "")
    assert (
        says == f"{blocked / 'mart.assistance_effect.parquet'}: tidak dapat ditulis (File exists). Pilih folder lain.\n"
    )


def test_the_version_is_that_of_the_package() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "--version"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout) == (0, "ucj 0.1.0\n")
