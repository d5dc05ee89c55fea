"""Writing the report: made again only where the release, the language or the page's own code is another."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.durable import put_in_place
from flows.publish.published import read_published
from flows.records import Note
from flows.report.query import open_published
from flows.settings import ROOT, Settings

if TYPE_CHECKING:
    from flows.job import Summary

_HEAD_BYTES = 500
_CODE = ("flows/report", "flows/trace/changes.py", "flows/messages.py", "schemas/reference")


@dataclass(frozen=True)
class Written:
    """Where the report lies, and whether it was made now or was there already."""

    path: Path
    is_new: bool


def with_report(summary: Summary, settings: Settings) -> Summary:
    """A run's summary after the report was written; a note in it where that failed, for the release stands."""
    try:
        write_report(settings, "id")
    except Exception as error:  # whatever is wrong with a page, it never makes a good publish fail
        text = f"could not be written ({type(error).__name__}: {error}); the release stands, try `ucj report`"
        print(f"{settings.report}: {text}", file=sys.stderr)
        return replace(summary, notes=(*summary.notes, Note(settings.report.name, text)))
    return summary


def write_report(settings: Settings, lang: str, out: Path | None = None) -> Written:
    """Write the report of the published file. Raises NotPublished where there is none."""
    path = out or settings.report
    open_published(settings.published, lang).close()
    stamp = _stamp(settings, lang)
    if path.exists() and f'content="{stamp}"'.encode() in path.read_bytes()[:_HEAD_BYTES]:
        return Written(path, False)
    from flows.report.dashboard.figures import read_figures
    from flows.report.dashboard.page import render_page
    from flows.report.printed_figures import read_doubtful
    from flows.trace.changes import read_changes

    source = settings.published
    page = render_page(read_figures(source, lang), read_changes(source), read_doubtful(source, lang), stamp, lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    put_in_place([(path, page)])
    return Written(path, True)


def _stamp(settings: Settings, lang: str) -> str:
    """The id of what the page is made from: what is published, the language, and the code that makes it."""
    digest = hashlib.sha256(f"{read_published(settings.published)} {lang}".encode())
    for part in _CODE:
        top = ROOT / part
        for file in [top] if top.is_file() else sorted(top.rglob("*.*")):
            if file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
