"""The nightly job as a Prefect flow: each step a task, the outcome an artifact, a failure remembered and sent on.

The work itself is `flows.job`, which knows nothing of Prefect. Prefect is imported inside functions: it reads
its environment when it is imported, and `set_environment` comes first.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from flows.errors import NotPublished, UcjError
from flows.job import Summary, run_job
from flows.prefect_server import running_server, set_environment
from flows.report.dashboard.write import with_report
from flows.settings import Settings
from flows.status import Failure, write_failure
from flows.trace.changes import LARGEST_MOVES, Move

if TYPE_CHECKING:
    from prefect import Flow

RETRY_AFTER_SECONDS = [10.0, 60.0]
POST_SECONDS = 10
_AWAY = ("Failed to reach API", "Timed out while attempting to connect to ephemeral Prefect API")


def run_nightly(settings: Settings, accepted: Sequence[str] = (), verify: bool = False) -> Summary:
    """Run the flow once, here and now; the server of `ucj schedule` records it, else one that Prefect starts.

    Raises what `run_job` raises, and NotPublished where Prefect itself cannot be reached.
    """
    set_environment(settings, console_level="CRITICAL")
    if "PREFECT_API_URL" not in os.environ and (url := running_server(settings)):
        os.environ["PREFECT_API_URL"] = url
    try:
        return nightly(settings)(list(accepted), verify)
    except RuntimeError as error:
        if not str(error).startswith(_AWAY):
            raise
        raise NotPublished(
            f"Prefect cannot be reached ({error}); nothing was done. `ucj run --direct` does the same without it."
        ) from error


def nightly(settings: Settings) -> Flow[[list[str], bool], Summary]:
    """The flow over one raw/ and warehouse/. The settings stay in it, for a webhook's address is a secret."""
    from prefect import flow

    quieten_expected_failures()

    def on_failure(flow: Any, flow_run: Any, state: Any) -> None:
        report_failure(settings, reason_of(state), flow_run)

    @flow(
        name="nightly",
        description=f"From the workbooks in {settings.inbox} to {settings.published}",
        on_failure=[on_failure],
        on_crashed=[on_failure],
        persist_result=False,
    )
    def nightly(accepted: list[str], verify: bool) -> Summary:
        summary = with_report(run_job(settings, accepted, verify, as_step=as_task), settings)
        write_artifacts(summary)
        return summary

    return nightly


def as_task(function: Callable[..., Any]) -> Callable[..., Any]:
    """A step that is a Prefect task. Its arguments stay out of Prefect's sight, which would walk every receipt."""
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    name = function.__name__.replace("_", " ")

    def step(*arguments: Any) -> Any:
        @task(
            name=name,
            task_run_name=name,
            description=(function.__doc__ or "").partition("\n")[0],
            cache_policy=NO_CACHE,
            persist_result=False,
            retries=len(RETRY_AFTER_SECONDS),
            retry_delay_seconds=RETRY_AFTER_SECONDS,
            retry_condition_fn=may_pass,
        )
        def run_step() -> Any:
            return function(*arguments)

        return run_step()

    return step


def may_pass(_task: Any, _task_run: Any, state: Any) -> bool:
    """Whether the fault may be gone in a minute: a folder on the network, a file that another program holds.

    What the job itself decided (NotPublished) and faults of the code come out the same the next time.
    """
    import duckdb

    return isinstance(error_of(state), OSError | duckdb.IOException)


def write_artifacts(summary: Summary) -> None:
    """Show the run in Prefect, in words and as a table. Counts, rules and coverage: never a name, a cell, its text.

    The release stands by now, so a Prefect that cannot take the artifacts is worth a warning, not a failed run.
    """
    from prefect.artifacts import create_markdown_artifact, create_table_artifact
    from prefect.logging import get_run_logger

    counts = count_outcome(summary) + count_findings(summary)
    try:
        create_markdown_artifact(as_markdown(summary, counts), key="nightly-summary", description="What this run did")
        table = [{"what": what, "number": number} for what, number in counts]
        create_table_artifact(table, key="nightly-counts", description="Files and findings of this run")
    except Exception as error:
        get_run_logger().warning("The release stands, but Prefect did not take its artifacts: %s", error)


def count_outcome(summary: Summary) -> list[tuple[str, int]]:
    """The files of a run by what became of them."""
    return [
        ("new files", summary.new_files),
        ("files sent again", summary.duplicates),
        ("files read", summary.read_files),
        ("files refused", summary.refused_files),
        ("files loaded in part", summary.partly_loaded_files),
        ("corrections refused", summary.refused_corrections),
        ("audit warnings", len(summary.audit_warnings)),
    ]


def count_findings(summary: Summary) -> list[tuple[str, int]]:
    """The findings of the extracts that this run read, by severity and rule."""
    if not summary.read_extracts:
        return []
    import duckdb

    with duckdb.connect(str(summary.release.path), read_only=True) as connection:
        rows = connection.execute(
            "select severity, rule, count(*) from meta.finding where extract_id in (select unnest(?)) "
            "group by severity, rule order by severity, count(*) desc, rule",
            [list(summary.read_extracts)],
        ).fetchall()
    return [(f"finding, {severity}: {rule}", number) for severity, rule, number in rows]


def as_markdown(summary: Summary, counts: Sequence[tuple[str, int]]) -> str:
    """The run in a few lines for Prefect's pages."""
    release = summary.release
    said = "New release" if release.is_new else "Nothing changed; the release stays"
    lines = "\n".join(f"| {what} | {number:,} |" for what, number in counts)
    moves = [move for move in summary.changes.largest() if move.table.endswith("coverage")] if summary.changes else []
    head = "\n| largest moves | before | now | cause |\n|---|---:|---:|---|\n"
    moved = head + "".join(map(_move_as_row, moves[:LARGEST_MOVES])) if moves else ""
    return (
        f"## {said}: {release.release_id}\n\nPublished {release.published_at:%Y-%m-%d %H:%M} UTC, "
        f"content {release.content_hash[:12]}.\n\n| | number |\n|---|---:|\n{lines}\n{moved}"
    )


def _move_as_row(move: Move) -> str:
    figure = f"{move.region_code} {move.key}, {move.column}"
    return f"| {figure} | {move.old} | {move.new} | {', '.join(cause.cause for cause in move.causes)} |\n"


def error_of(state: Any) -> Any:
    """The exception that a failed state holds; None where its process died and left none."""
    result = getattr(state.data, "result", state.data)
    return result if isinstance(result, BaseException) else None


def reason_of(state: Any) -> str:
    """Why a run failed: our own sentence, else the exception or what Prefect says of it."""
    error = error_of(state)
    if isinstance(error, UcjError):
        return str(error)
    return f"{type(error).__name__}: {error}" if error else str(state.message or state.name)


def report_failure(settings: Settings, reason: str, flow_run: Any = None) -> None:
    """Log why a run failed, keep it for `ucj status`, and post it where UCJ_NOTIFY_URL says."""
    from prefect.logging.loggers import flow_run_logger

    logger = flow_run_logger(flow_run) if flow_run else logging.getLogger(__name__)
    logger.error("The nightly run failed: %s", reason)
    try:
        write_failure(settings, Failure(datetime.now(UTC), reason))
    except OSError as error:  # of a full disk, say; the post below needs none
        logger.error("The failure could not be kept for `ucj status`: %s", error)
    if settings.notify_url:
        post(settings.notify_url, f"ucj: the nightly run failed. {reason}", logger)


def post(url: str, text: str, logger: Any) -> None:
    """Send a text as small JSON. What fails is logged and never raised; the address, a secret, stays out of the log."""
    body = json.dumps({"text": text}).encode()
    try:
        with urlopen(Request(url, body, {"Content-Type": "application/json"}), timeout=POST_SECONDS):
            return
    except ValueError:
        logger.error("The failure could not be posted: UCJ_NOTIFY_URL is no address.")
    except (URLError, OSError, HTTPException) as error:
        logger.error("The failure could not be posted to UCJ_NOTIFY_URL: %s", error)


class _WithoutExpectedTracebacks(logging.Filter):
    """Drops Prefect's traceback of a UcjError: the failed state and our own line carry the sentence."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], UcjError))


def quieten_expected_failures() -> None:
    """Keep Prefect from telling with a traceback what is one sentence."""
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logger = logging.getLogger(name)
        if not any(isinstance(known, _WithoutExpectedTracebacks) for known in logger.filters):
            logger.addFilter(_WithoutExpectedTracebacks())
