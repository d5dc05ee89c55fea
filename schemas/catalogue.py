"""The kinds of extract that this version knows. A new kind is one schema file and one line here."""

from __future__ import annotations

import pandera.pandas as pa

from schemas.coverage import Coverage
from schemas.fields import kind_of
from schemas.kind import Kind
from schemas.labour_force import LabourForce

MODELS: dict[str, type[pa.DataFrameModel]] = {model.Config.name: model for model in (Coverage, LabourForce)}


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which they are tried on a table."""
    return tuple(kind_of(model) for model in MODELS.values())
