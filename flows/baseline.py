"""The planning tables as a Prefect flow, so that they can be scheduled: the same functions as `ucj rpjmd`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.planning import PlanRequest
from flows.report.rpjmd import write_rpjmd
from flows.settings import Settings

if TYPE_CHECKING:
    from prefect import Flow


def baseline(settings: Settings) -> Flow[[PlanRequest, list[str], str, str], list[str]]:
    """The flow over one warehouse: request, formats, folder and language in; the paths of the files out."""
    from prefect import flow, task
    from prefect.artifacts import create_markdown_artifact
    from prefect.cache_policies import NO_CACHE

    @task(name="write planning tables", cache_policy=NO_CACHE, persist_result=False)
    def write_tables(request: PlanRequest, formats: Sequence[str], out: str, lang: str) -> list[str]:
        made = write_rpjmd(settings, request, formats, Path(out), lang)
        create_markdown_artifact(made.as_text().replace("\n", "\n\n"), key="planning-tables")
        return [str(path) for path in made.files]

    @flow(name="baseline", description=f"Planning tables out of {settings.published}", persist_result=False)
    def baseline(request: PlanRequest, formats: list[str], out: str, lang: str) -> list[str]:
        return write_tables(request, formats, out, lang)

    return baseline
