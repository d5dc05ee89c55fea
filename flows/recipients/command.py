"""`ucj recipients …`: parse, call, print. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.options import AsJson, Lang, Raw, Warehouse
from flows.settings import load_settings

RegionName = Annotated[str, typer.Argument(metavar="REGION", help="Code (35.03) or name.", show_default=False)]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="By-name lists.", show_default=False)]

recipients = typer.Typer(
    name="recipients",
    help="By-name lists of recipients, for the desk that receives them. Such lists never go through raw/inbox.",
    epilog="Example: ucj recipients receive 'BNBA Desa Sukorejo.xlsx'",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@recipients.command(epilog="Example: ucj recipients receive 'BNBA Desa Sukorejo.xlsx'")
def receive(
    files: Files, raw: Raw = None, warehouse: Warehouse = None, as_json: AsJson = False, lang: Lang = "id"
) -> None:
    """Take lists in: an encrypted copy is kept, each row is judged. Needs UCJ_NIK_KEY.

    Exit 0 all taken in, 1 a file was not, 2 no key.
    """
    from flows.check import require_files
    from flows.messages import message_of
    from flows.recipients.receive import receive_lists
    from flows.report.recipients_text import ListText

    settings = load_settings(raw=raw, warehouse=warehouse)
    require_files(files, lang)
    arrivals = receive_lists(files, settings, lang)
    if as_json:
        facts = [
            {
                "extract": arrival.sha256,
                "taken": arrival.is_taken,
                "reason": message_of(arrival.finding, lang) if arrival.finding else "",
                "rows": arrival.receipt.rows if arrival.receipt and arrival.is_taken else 0,
                **(arrival.receipt.outcomes if arrival.receipt and arrival.is_taken else {}),
            }
            for arrival in arrivals
        ]
        print(json.dumps({"lists": facts}, indent=1))
    else:
        print("\n".join(ListText(lang).arrivals(arrivals, settings.recipients)))
    raise typer.Exit(0 if all(arrival.is_taken for arrival in arrivals) else 1)


@recipients.command(epilog="Example: ucj recipients check 'BNBA Desa Sukorejo.xlsx'")
def check(
    files: Files,
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar="OUT", help="Where the coloured list goes; several files: a folder."),
    ] = None,
    lang: Lang = "id",
) -> None:
    """Give a village its own list back, the cells to mend coloured and explained. Stores nothing, needs no key.

    Writes NAME-periksa.xlsx beside the list. Exit 0 all eligible, 1 something to mend or not eligible.
    """
    from flows.check import plan_copies, require_files
    from flows.recipients.check import check_lists, count_rules
    from flows.report.check_workbook import write_copy
    from flows.report.recipients_text import ListText

    settings = load_settings(raw=raw, warehouse=warehouse)
    require_files(files, lang)
    copies = plan_copies(files, xlsx, lang) if xlsx else [path.with_name(f"{path.stem}-periksa.xlsx") for path in files]
    text, for_json, is_clean = ListText(lang), [], True
    for (checked, outcomes), copy in zip(check_lists(files, settings, lang), copies, strict=True):
        write_copy(checked, copy, settings, text, lang)
        is_clean = is_clean and not checked.findings
        for_json.append({"copy": str(copy), **outcomes, "rules": count_rules(checked)})
        if not as_json:
            print("\n".join(text.checked(checked, outcomes, copy)), flush=True)
    if as_json:
        print(json.dumps({"files": for_json}, indent=1))
    raise typer.Exit(0 if is_clean else 1)


@recipients.command(epilog="Example: ucj recipients status Trenggalek --quota 10000")
def status(
    region: RegionName,
    raw: Raw = None,
    warehouse: Warehouse = None,
    quota: Annotated[int, typer.Option("--quota", help="How many people can be paid for.", show_default=False)] = 0,
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """The desk's view: full counts by village and rule, against the quota, and who has sent nothing."""
    from flows.recipients.status import read_status
    from flows.report.recipients_text import ListText
    from flows.report.region_argument import resolve_region
    from schemas.regions import read_regions

    settings = load_settings(raw=raw, warehouse=warehouse)
    found = read_status(resolve_region(region, read_regions(), lang), settings, lang)
    if as_json:
        print(json.dumps(found.as_dict() | ({"quota": quota} if quota else {}), indent=1))
    else:
        print("\n".join(ListText(lang).status(found, quota)))


@recipients.command(epilog="Example: ucj recipients decree Trenggalek --year 2027 --out /aman/SK-2027.xlsx")
def decree(
    region: RegionName,
    year: Annotated[int, typer.Option("--year", help="Budget year: age counts on the cover's first day in it.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The workbook that gets names and NIKs.")],
    raw: Raw = None,
    warehouse: Warehouse = None,
    lang: Lang = "id",
) -> None:
    """Write the final list for the decree, names and NIKs of the eligible, to one file that only you can read.

    Exit 2 without the key, or where nobody is eligible.
    """
    from flows.recipients.decree import write_decree
    from flows.report.recipients_text import ListText
    from flows.report.region_argument import resolve_region
    from schemas.regions import read_regions

    settings = load_settings(raw=raw, warehouse=warehouse)
    count, day = write_decree(resolve_region(region, read_regions(), lang), year, out, settings, lang)
    print(ListText(lang).decree(out, count, day))


@recipients.command(epilog="Example: ucj recipients forget 3f9a61c2b7d4")
def forget(
    extract: Annotated[
        str, typer.Argument(metavar="EXTRACT", help="Beginning of the list's number.", show_default=False)
    ],
    raw: Raw = None,
    warehouse: Warehouse = None,
    lang: Lang = "id",
) -> None:
    """Erase a list everywhere; its counts stay, and its bytes are not taken in again.

    Exit 2 where none or several lists are named so.
    """
    from flows.recipients.forget import forget_list
    from flows.report.recipients_text import ListText

    print(ListText(lang).forgotten(forget_list(extract, load_settings(raw=raw, warehouse=warehouse), lang)))
