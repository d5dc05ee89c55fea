"""The SQL files as models: what each makes, what it needs, and what its comments say.

The head comment is the table's purpose and grain; the comment behind each column of the CTE `final` is
the column's meaning. Order follows from the tables that a file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from flows.settings import ROOT

SQL = ROOT / "sql"
SEVERITIES = ("error", "warning", "note")  # stops the publish; is shown by the run; only stands in meta.audit_result
_COLUMN = re.compile(r"(\w+),?\s+--\s+(.+?)\s*$")
_TABLE = re.compile(r"\b(?:from|join)\s+((?:staging|work|previous|core|mart|meta)\.\w+)")
_COMMENT = re.compile(r"--.*")
_INCLUDE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


@dataclass(frozen=True)
class Model:
    """One SQL file: `name` is schema.table, `sql` its one SELECT without the head comment."""

    name: str
    sql: str
    comment: str
    columns: dict[str, str]
    needs: frozenset[str]

    @property
    def schema(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Audit:
    """A SELECT of offending rows; an error stops the publish."""

    name: str
    severity: str
    purpose: str
    sql: str


def read_models(schemas: Iterable[str] = ("core", "work", "mart", "meta")) -> list[Model]:
    """Every model, in an order in which each finds what it needs. Raises ValueError on a file that is not one."""
    models = {model.name: model for schema in schemas for file in sorted((SQL / schema).glob("*.sql"))
              if (model := _read_model(schema, file))}  # fmt: skip
    order = TopologicalSorter({name: sorted(model.needs & set(models)) for name, model in models.items()})
    return [models[name] for name in order.static_order()]


def _read_model(schema: str, file: Path) -> Model:
    head, body = _split_head(file.read_text(encoding="utf-8"))
    columns = {match[1]: match[2] for line in _final_lines(body) if (match := _COLUMN.search(line))}
    if not columns or "grain:" not in head:
        raise ValueError(
            f"{file}: a model needs a head comment with its grain and a comment behind each column of final"
        )
    return Model(f"{schema}.{file.stem}", body, head, columns, tables_in(body))


def _split_head(text: str) -> tuple[str, str]:
    """The leading comment without its dashes, and the rest."""
    lines = text.splitlines()
    head = []
    while lines and lines[0].startswith("--"):
        head.append(lines.pop(0)[2:].strip())
    return "\n".join(head).strip(), "\n".join(lines).strip()


def _final_lines(body: str) -> list[str]:
    """The lines of the CTE `final` up to its FROM."""
    _, _, final = body.partition("\nfinal as (")
    return final.partition("\n    from ")[0].splitlines()


def tables_in(sql: str) -> frozenset[str]:
    """The tables that a SELECT reads: here every table is written with its schema, and nothing else is."""
    return frozenset(_TABLE.findall(_COMMENT.sub("", sql)))


def read_audits() -> list[Audit]:
    """Every audit, by name. Raises ValueError where the head comment names no severity."""
    audits = []
    for file in sorted((SQL / "audit").glob("*.sql")):
        head, body = _split_head(file.read_text(encoding="utf-8"))
        purpose, _, severity = head.rpartition("severity:")
        if severity.strip() not in SEVERITIES:
            raise ValueError(f"{file}: the head comment must say severity: and one of {', '.join(SEVERITIES)}")
        audits.append(Audit(file.stem, severity.strip(), " ".join(purpose.split()), body))
    return audits


def at_moment(sql: str, known_at: str, as_of: str) -> str:
    """A model as it is known at a moment, of figures up to a day; both are SQL expressions."""
    return sql.replace(":known_at", known_at).replace(":as_of", as_of)


def as_known(model: Model, beside: Iterable[str], known_at: str, as_of: str) -> str:
    """A model as it is known at a moment, from tables beside it: those in `beside`, named without their schema."""
    body = at_moment(model.sql, known_at, as_of)
    for name in beside:
        body = body.replace(name, name.partition(".")[2])
    return _COMMENT.sub("", body)


def read_model(schema: str, name: str) -> Model:
    """One model by name. Raises ValueError where its file is not one."""
    return _read_model(schema, SQL / schema / f"{name}.sql")


def macro_statements(models: Iterable[Model]) -> list[str]:
    """The statements of `macros.sql`, with the models that they include as they were known at a moment."""
    by_name = {model.name: model for model in models}
    text = (SQL / "macros.sql").read_text(encoding="utf-8")
    included = _INCLUDE.findall(text)

    def body_of(match: re.Match[str]) -> str:
        return as_known(by_name[match[1]], included, "known_moment(known_at)", "cast(as_of as date)")

    return [
        statement for part in _COMMENT.sub("", text).split(";") if (statement := _INCLUDE.sub(body_of, part).strip())
    ]
