"""How the schema of a kind of records is written: Pandera fields that carry the words of their column.

`record_field` returns a Pandera `Field`; `record_kind_of` turns the finished model into the plain `RecordKind` that
the reader, the staging table, the template and the dictionary work from.
"""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from schemas.kind import IGNORED_WORDS, RecordField, RecordKind, RecordReads, Unit


def record_field(
    title: str,
    description: str,
    reads: RecordReads,
    words: tuple[str, ...],
    code_words: tuple[str, ...] = (),
    members: dict[str, tuple[str, ...]] | None = None,
    unit: Unit | None = None,
    year_field: str = "",
    is_required: bool = True,
    may_be_empty: bool = False,
    is_said_above: bool = False,
    default: str | None = None,
) -> Any:
    """A column of the record; see `RecordField`. Optional numbers may be missing, optional texts are empty."""
    spoken = {"reads": reads, "words": words, "code_words": code_words, "members": members or {}, "unit": unit,
              "year_field": year_field, "is_required": is_required, "may_be_empty": may_be_empty,
              "is_said_above": is_said_above, "default": default}  # fmt: skip
    is_nullable = reads in ("number", "year", "period") and (may_be_empty or not is_required)
    return pa.Field(title=title, description=description, nullable=is_nullable, metadata={"role": "field", **spoken})


def record_kind_of(model: type[pa.DataFrameModel]) -> RecordKind:
    """The plain `RecordKind` of a Pandera model; its name is the model's `Config.name`."""
    config: Any = model.Config
    fields = []
    for name, column in model.to_schema().columns.items():
        metadata = dict(column.metadata or {})
        if metadata.pop("role", None) == "field":
            fields.append(RecordField(name, column.title, **metadata))
    settings: dict[str, Any] = config.metadata
    ignored = IGNORED_WORDS + tuple(settings.get("ignored", ()))
    said = {"fewest_columns": settings["fewest_columns"]} if "fewest_columns" in settings else {}
    return RecordKind(config.name, config.title, tuple(fields), settings["key"], ignored, settings["rules"], **said)
