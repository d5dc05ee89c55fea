"""`ucj`: parse, call, print. What a command does lies in the stages; nothing heavy is imported before it is needed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import UcjError
from flows.options import AsJson, Lang, Raw, Warehouse
from flows.recipients.command import recipients
from flows.settings import load_settings

_INTERRUPTED = 130  # what a shell gives a command that Ctrl-C ended
_STOPPED = "Stopped. What is published is as it was, and nothing is left half done. The same command goes on from here."
app = typer.Typer(
    name="ucj",
    help="Universal Coverage Jamsostek: from the workbooks that offices send to a warehouse in which every figure "
    "leads back to its cell.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"ucj {version('ucj')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Commands share --raw and --warehouse."""


@app.command(epilog="Example: ucj run --raw raw/sample --warehouse warehouse/sample")
def run(
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
    direct: Annotated[
        bool, typer.Option("--direct", help="Without Prefect: the same functions, the same content.")
    ] = False,
    verify: Annotated[bool, typer.Option("--verify", help="First hash every kept copy in raw/received.")] = False,
    accept: Annotated[
        list[str] | None, typer.Option("--accept", help="Let exactly the audit rows of this digest through.")
    ] = None,
    lang: Lang = "id",
) -> None:
    """Receive, read, validate, build, audit and publish what is new.

    Exit 0 done, 1 done with refused input, 3 nothing published.
    """
    settings = load_settings(raw=raw, warehouse=warehouse)
    if direct:
        from flows.job import run_job
        from flows.report.dashboard.write import with_report
        from flows.status import remember_failure

        with remember_failure(settings):
            summary = with_report(run_job(settings, accept or (), verify), settings)
    else:
        from flows.nightly import run_nightly

        summary = run_nightly(settings, accept or (), verify)
    if as_json:
        print(json.dumps(summary.as_dict(), indent=1))
    else:
        from flows.report.summary import print_summary

        print_summary(summary, lang)
    raise typer.Exit(summary.exit_code)


@app.command(epilog="Example: UCJ_SCHEDULE='30 1 * * *' ucj schedule")
def schedule(raw: Raw = None, warehouse: Warehouse = None) -> None:
    """Serve the nightly run (0 2 * * *, Asia/Jakarta, or as UCJ_SCHEDULE says) until it is stopped."""
    from flows.schedule import serve_schedule

    serve_schedule(load_settings(raw=raw, warehouse=warehouse))


@app.command(epilog="Example: ucj status --warehouse warehouse/sample")
def status(raw: Raw = None, warehouse: Warehouse = None, as_json: AsJson = False, lang: Lang = "id") -> None:
    """Last run, last release, next run, what was refused, how fresh the figures are, findings by rule, disk used.

    Exit 1 where the last good run is older than the schedule allows.
    """
    from flows.report.summary import print_status
    from flows.status import read_status

    found = read_status(load_settings(raw=raw, warehouse=warehouse))
    if as_json:
        print(json.dumps(found.as_dict(), indent=1))
    else:
        print_status(found, lang)
    raise typer.Exit(0 if found.is_on_time else 1)


@app.command(epilog="Example: ucj check 'UCJ Oktober.xlsx' --xlsx 'UCJ Oktober (diperiksa).xlsx'")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Workbooks to check.", show_default=False)],
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx", metavar="OUT", help="Write a copy with the cells coloured and commented; several files: a folder."
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also print the candidates that were weighed, and why one won.")
    ] = False,
    lang: Lang = "id",
) -> None:
    """Read and validate files without loading anything: what was understood, and which cell to mend.

    Exit 0 all understood, 1 something refused.
    """
    from flows.check import check_files, plan_copies, require_files, weigh_file
    from flows.report.check_text import CheckText
    from schemas.catalogue import all_kinds
    from schemas.regions import read_regions

    settings = load_settings(raw=raw, warehouse=warehouse)
    require_files(files, lang)
    copies: list[Path | None] = [*plan_copies(files, xlsx, lang)] if xlsx else [None] * len(files)
    kinds, regions = all_kinds(), read_regions()
    text = CheckText(kinds, regions, lang)
    statuses, for_json = [], []
    for checked, copy in zip(check_files(files, settings, regions), copies, strict=True):
        statuses.append(checked.status)
        if copy:
            from flows.report.check_workbook import write_copy

            write_copy(checked, copy, settings, text, lang)
        if as_json:
            from flows.report.check_json import check_as_dict

            copied = {"copy": str(copy)} if copy else {}
            for_json.append(check_as_dict(checked, kinds, regions, lang) | copied)
        else:
            weighed = text.weighed(weigh_file(checked.path, settings)) if verbose and checked.sheets else []
            print("\n".join([*text.lines(checked), *weighed, *([text.copy(copy)] if copy else []), ""]), flush=True)
    if as_json:
        print(json.dumps({"files": for_json}, indent=1))
    elif len(files) > 1:
        print(text.summary(statuses))
    raise typer.Exit(0 if set(statuses) == {"loaded"} else 1)


app.add_typer(recipients, name="recipients")
releases = typer.Typer()
app.add_typer(releases, name="releases")


@releases.callback(invoke_without_command=True, epilog="Example: ucj releases --warehouse warehouse/sample")
def list_kept(
    context: typer.Context, raw: Raw = None, warehouse: Warehouse = None, as_json: AsJson = False, lang: Lang = "id"
) -> None:
    """The last releases: time, size, and what each differs in from the one before.

    `restore` puts one back and holds it, `resume` lifts the hold.
    """
    if context.invoked_subcommand:
        return
    from flows.publish.releases import list_releases
    from flows.report.releases import print_releases

    settings = load_settings(raw=raw, warehouse=warehouse)
    kept = list_releases(settings)
    if as_json:
        print(json.dumps({"releases": [release.as_dict() for release in kept]}, indent=1))
    else:
        print_releases(kept, settings.timezone, lang)


@releases.command(epilog="Example: ucj releases restore 20261125T020925Z-a80f7a0f")
def restore(
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="As `ucj releases` names it.", show_default=False)],
    raw: Raw = None,
    warehouse: Warehouse = None,
    lang: Lang = "id",
) -> None:
    """Publish a kept release again and hold it: no run replaces it until `ucj releases resume`.

    Exit 0 done, 2 no such release, 3 not restored (damaged, or the published file cannot be replaced now).
    """
    from flows.publish.releases import restore_release
    from flows.report.releases import say_restored

    restore_release(release, load_settings(raw=raw, warehouse=warehouse))
    print(say_restored(release, lang))


@releases.command(epilog="Example: ucj releases resume")
def resume(raw: Raw = None, warehouse: Warehouse = None, lang: Lang = "id") -> None:
    """Lift the hold: the next run publishes again, from all that has come meanwhile."""
    from flows.publish.releases import resume_releases
    from flows.report.releases import say_resumed

    print(say_resumed(resume_releases(load_settings(raw=raw, warehouse=warehouse)), lang))


@app.command(epilog="Example: ucj changes Trenggalek; ucj changes --since 20261125T020925Z-a80f7a0f")
def changes(
    region: Annotated[str, typer.Argument(metavar="[REGION]", help="Code or name; a province with its own.")] = "",
    raw: Raw = None,
    warehouse: Warehouse = None,
    since: Annotated[
        str, typer.Option("--since", metavar="RELEASE", help="All that moved after this release, in sum.")
    ] = "",
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """What moved from release to release and why, the newest first.

    Exit 2 where there is no such release or region.
    """
    from flows.report.changes_text import changes_lines, names_of_regions
    from flows.report.region_argument import resolve_region
    from flows.trace.changes import list_changes, sum_since
    from schemas.regions import read_regions

    settings, regions = load_settings(raw=raw, warehouse=warehouse), read_regions()
    code = resolve_region(region, regions, lang).code if region else ""
    found = list_changes(settings, code, lang)
    if since:
        found = [sum_since(found, since, lang)]
    if as_json:
        print(json.dumps({"changes": [release.as_dict() for release in found]}, indent=1))
    else:
        names = names_of_regions(regions)
        blocks = [changes_lines(release, names, settings.timezone, lang, bool(region)) for release in found]
        print("\n\n".join("\n".join(block) for block in blocks))


@app.command(epilog="Example: ucj rpjmd Trenggalek --method linear --format xlsx,docx --out rencana")
def rpjmd(
    region: Annotated[str, typer.Argument(metavar="REGION", help="Code (35.03), name, province, or all.")],
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Figures measured up to this day.")] = "",
    known_at: Annotated[
        str, typer.Option("--known-at", metavar="TIME", help="As it was known then: a date (its end, WIB) or UTC time.")
    ] = "",
    method: Annotated[
        str, typer.Option("--method", help="linear, cagr, logistic, equal_stage, cagr_stage.")
    ] = "linear",
    baseline: Annotated[str, typer.Option("--baseline", help="plan: as printed; measured: as in force.")] = "plan",
    projection: Annotated[
        str, typer.Option("--projection", help="Eligible workers: flat, or labour_force (grow as BPS's figures did).")
    ] = "flat",
    source: Annotated[str, typer.Option("--source", help="Which source of the target, where several differ.")] = "",
    formats: Annotated[
        str, typer.Option("--format", help="xlsx, docx, html, csv, md; several with commas.")
    ] = "xlsx,docx",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the files.")] = Path(),
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """Write the planning tables of a region: baseline, yearly targets, stages, segments, people and rupiah."""
    from flows.planning import PlanRequest
    from flows.report.planning_files import read_formats
    from flows.report.rpjmd import write_rpjmd

    settings = load_settings(raw=raw, warehouse=warehouse)
    request = PlanRequest(region, as_of, known_at, method, baseline, projection, source)
    made = write_rpjmd(settings, request, read_formats(formats, lang), out, lang)
    print(json.dumps(made.as_dict(), indent=1) if as_json else made.as_text())


@app.command(epilog="Example: ucj verify rpjmd_35.03_2025-10-31_linear_plan.docx")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `ucj rpjmd` wrote.", show_default=False)],
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """Make a planning document again as it was known then, and say whether it is identical.

    Exit 0 identical, 1 it differs.
    """
    from flows.trace.verify import verification_text, verify_file

    done = verify_file(file, load_settings(raw=raw, warehouse=warehouse), lang)
    print(json.dumps(done.as_dict(), indent=1) if as_json else verification_text(done, lang))
    raise typer.Exit(0 if done.is_identical else 1)


@app.command(epilog="Example: ucj withdraw 'UCJ Oktober.xlsx' --reason 'terkirim sebelum diperiksa'")
def withdraw(
    extract: Annotated[
        str, typer.Argument(metavar="EXTRACT", help="File name as in the inbox, or the beginning of its sha256.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the withdrawal.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Bring a withdrawn extract back.")] = False,
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """Take a wrong delivery out from now on; what was known before stays as it was known.

    Exit 2 where nothing or several things are named so.
    """
    from flows import withdraw as withdrawals
    from flows.report.summary import print_withdrawal

    settings = load_settings(raw=raw, warehouse=warehouse)
    act = withdrawals.bring_back if undo else withdrawals.withdraw
    receipt = act(settings, extract, reason, lang)
    if as_json:
        facts = {"extract_id": receipt.extract_id, "file_name": receipt.file_name, "outcome": receipt.outcome}
        print(json.dumps(facts | {"receipt_id": receipt.receipt_id, "reason": receipt.reason}, indent=1))
    else:
        print_withdrawal(receipt, settings, lang)


@app.command(epilog="Example: ucj template coverage --region 'Jawa Timur' --out formulir")
def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="coverage, labour_force, plan_target, ...")],
    region: Annotated[
        str, typer.Option("--region", metavar="REGION", help="Code or name: fill in the rows of its regions.")
    ] = "",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the workbook.")] = Path(),
    lang: Lang = "id",
) -> None:
    """Write the empty workbook of a kind of extract for an office to fill; sent back, `ucj run` reads it.

    A file that is there already is never replaced. Exit 2 for a kind or a region that is not known.
    """
    from flows.report.write_template import make_template

    print(make_template(kind, region, out, lang))


@app.command(epilog="Example: ucj explain Trenggalek --as-of 2024-11-30; ucj explain 35 'PU active_members'")
def explain(
    region: Annotated[str, typer.Argument(metavar="REGION", help="Code (35.03) or name.")],
    measure: Annotated[
        str,
        typer.Argument(metavar="[MEASURE]", help="Segment, column, or both: PU, active_members, 'PU coverage_pct'."),
    ] = "",
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The last figure up to this day or year.")] = "",
    known_at: Annotated[
        str, typer.Option("--known-at", metavar="TIME", help="As it was known then: a date (its end, WIB) or UTC time.")
    ] = "",
    table: Annotated[str, typer.Option("--table", help="mart.coverage (default), mart.target_path, ...")] = "",
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """Show how a figure came to be, down to the cells, and whether the kept workbooks still say so.

    Exit 0 every cell confirmed, 1 one is not.
    """
    from flows.report.explain_text import explanation_as_dict, explanation_text
    from flows.report.region_argument import resolve_region
    from flows.trace.ask import explain as explain_figure
    from schemas.regions import read_regions

    settings = load_settings(raw=raw, warehouse=warehouse)
    place = resolve_region(region, read_regions(), lang)
    done = explain_figure(settings, place, measure, table, as_of, known_at, lang)
    print(json.dumps(explanation_as_dict(done), indent=1) if as_json else explanation_text(done, lang))
    raise typer.Exit(0 if done.is_confirmed else 1)


@app.command(epilog="Example: ucj sql 'from mart.coverage_breakdown where is_latest'")
def sql(
    query: Annotated[str, typer.Argument(metavar="[SQL]", help="One query; macros of the file work.")] = "",
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Read the query from a file.")] = None,
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a program to read.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="OUT", help="Write a workbook.")] = None,
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """Ask the published file one question, read-only: a table, or CSV, JSON, a workbook.

    Exit 2 where the SQL is wrong or would change something, 3 no warehouse. sql/README.md answers 25 questions.
    """
    from flows.report.query import ask, read_question
    from flows.report.write_answer import answer_csv, answer_json, answer_text, write_answer_xlsx

    settings = load_settings(raw=raw, warehouse=warehouse)
    answer = ask(settings.published, read_question(query, file, lang), lang)
    if xlsx:
        print(write_answer_xlsx(answer, xlsx, lang))
    elif as_csv:
        print(answer_csv(answer), end="")
    else:
        print(answer_json(answer) if as_json else "\n".join(answer_text(answer, lang)))


@app.command(epilog="Example: ucj dictionary --html kamus.html")
def dictionary(
    raw: Raw = None,
    warehouse: Warehouse = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write a page.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="OUT", help="Write a workbook.")] = None,
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """Print what every table and column of the published file holds, and in which unit."""
    from flows.report import dictionary as words
    from flows.report.write_answer import write_answer_xlsx, write_file

    entries = words.read_dictionary(load_settings(raw=raw, warehouse=warehouse).published, lang)
    if html:
        write_file(html, words.dictionary_html(entries, lang), lang)
        print(html)
    if xlsx:
        print(write_answer_xlsx(words.dictionary_answer(entries), xlsx, lang))
    if not (html or xlsx):
        print(words.dictionary_json(entries) if as_json else "\n".join(words.dictionary_text(entries)))


@app.command(epilog="Example: ucj export --parquet parquet")
def export(
    parquet: Annotated[Path, typer.Option("--parquet", metavar="DIR", help="Folder for a file a table.")],
    raw: Raw = None,
    warehouse: Warehouse = None,
    lang: Lang = "id",
) -> None:
    """Write the tables of mart and core as Parquet, what the dictionary says of them as metadata."""
    from flows.report.parquet import export_parquet, say_exported

    settings = load_settings(raw=raw, warehouse=warehouse)
    print(say_exported(export_parquet(settings.published, parquet, lang), parquet, lang))


@app.command(epilog="Example: ucj report --open --warehouse warehouse/sample")
def report(
    raw: Raw = None,
    warehouse: Warehouse = None,
    opens: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write here (default: warehouse/reports/index.html).")
    ] = None,
    lang: Lang = "id",
) -> None:
    """Write the report as one HTML file: map, ranking, each regency, data quality; no network, no server.

    Exit 0 done, 3 no warehouse.
    """
    from flows.report.dashboard.write import write_report

    written = write_report(load_settings(raw=raw, warehouse=warehouse), lang, out)
    print(written.path)
    if opens:
        import webbrowser

        webbrowser.open(written.path.resolve().as_uri())


@app.command(epilog="Example: ucj published Trenggalek --warehouse warehouse/sample")
def published(
    region: Annotated[
        str,
        typer.Argument(
            metavar="REGION",
            help="Code or name; 00 for the nation; a branch as printed.",
            show_default=False,
        ),
    ],
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """What press and documents printed about a region, whether it holds, and the likely cause where not.

    Exit 0 done, 2 the region could be two, 3 no warehouse.
    """
    from flows.report.printed_figures import published_lines, read_published_figures

    settings = load_settings(raw=raw, warehouse=warehouse)
    found = read_published_figures(settings.published, region, lang)
    if as_json:
        print(json.dumps(found.as_dict(), indent=1))
    else:
        print("\n".join(published_lines(found, lang)))


def main() -> None:
    """The command line. A fault that a person can mend, and Ctrl-C, is one sentence on stderr, never a traceback."""
    if os.name == "nt":
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        app()
    except UcjError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except SystemExit as left:
        if left.code == _INTERRUPTED:
            print(_STOPPED, file=sys.stderr)
        raise
    except RuntimeError as fault:
        if str(fault) != "Query interrupted":  # what DuckDB makes of Ctrl-C
            raise
        print(_STOPPED, file=sys.stderr)
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
