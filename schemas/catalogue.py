"""The kinds of extract that this version knows. A new kind is one schema file and one line here."""

from __future__ import annotations

import pandera.pandas as pa

from schemas.assistance import Assistance
from schemas.coverage import Coverage
from schemas.fields import kind_of
from schemas.kind import Kinds
from schemas.labour_force import LabourForce
from schemas.plan_target import PlanTarget
from schemas.published_figure import PublishedFigure
from schemas.record_fields import record_kind_of
from schemas.village_list import VillageList

Models = dict[str, type[pa.DataFrameModel]]
TABLE_MODELS: Models = {model.Config.name: model for model in (Coverage, LabourForce)}
RECORD_MODELS: Models = {model.Config.name: model for model in (PlanTarget, PublishedFigure, Assistance, VillageList)}


def all_kinds() -> Kinds:
    """Every kind, in the order in which they are tried on a table."""
    tables = tuple(kind_of(model) for model in TABLE_MODELS.values())
    return Kinds(tables, tuple(record_kind_of(model) for model in RECORD_MODELS.values()))
