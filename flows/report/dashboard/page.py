"""The page: rows become texts in the reader's language, and the template beside this module puts them in place."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from flows.messages import place_and_message
from flows.publish.asking import Row
from flows.report.changes_text import counts_text, moves_lines, names_of_regions
from flows.report.dashboard.figures import HISTORY, Figures
from flows.report.dashboard.scales import SCALES, colour_of
from flows.report.dashboard.words import WORDS
from flows.report.document import WIB, shown_day
from flows.report.foreign_text import one_line
from flows.report.printed_figures import DoubtfulPrint
from flows.report.summary import format_count, format_pct
from flows.trace.changes import LARGEST_MOVES, Changes
from schemas.regions import REFERENCE, read_regions

HERE = Path(__file__).parent
MODES = tuple(SCALES)
FINDINGS_SHOWN = 200
OF_A_REGION = 4  # findings in its section: a wrong header gives one for every date
Group = dict[str, list[Row]]


def render_page(figures: Figures, changes: Changes, printed: list[DoubtfulPrint], stamp: str, lang: str) -> bytes:
    """The page's bytes; equal for equal content."""
    page = _Page(figures, lang)
    provinces = [page.province(row) for row in figures.rows["province"]]
    words = WORDS[lang]
    findings = figures.rows["finding"]
    left = len(findings) - FINDINGS_SHOWN
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    text = environment.get_template("page.html.jinja").render(
        lang=lang, w=words, stamp=stamp, modes=MODES, provinces=provinces, is_sample=figures.release["has_sample"],
        legends=[_legend(mode, lang) for mode in MODES],
        sections=[("baru", words["news"]), ("mutu", words["quality"]), ("terbit", words["printed"])],
        news=_news(changes, lang), findings=[page.finding(row) for row in findings[:FINDINGS_SHOWN]],
        more=words["more"].format(n=format_count(left, lang)) if left > 0 else "",
        printed=[_doubtful(each, lang) for each in printed],
        about=words["about"].format(release=figures.release["release_id"]),
        data=_as_script(page.data()), css=_text("report.css"), js=_text("report.js"), plot=_text("plot.min.js"),
    )  # fmt: skip
    return text.encode()


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _as_script(content: Any) -> str:
    """JSON that no text in it can end the element of."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _group(rows: list[Row], name: str) -> Group:
    groups: Group = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups


class _Page:
    """The rows of the report by what they are about, and how they are said in one language."""

    def __init__(self, figures: Figures, lang: str) -> None:
        self._figures, self._lang, self._w = figures, lang, WORDS[lang]
        rows = figures.rows
        self._regions = _group(rows["region"], "province_code")
        self._segments = _group(rows["segment"], "region_code")
        self._history = _group(rows["history"], "region_code")
        self._targets = _group(rows["target"], "region_code")
        self._aid = _group(rows["assistance"], "region_code")
        self._findings = _group(rows["finding"], "region_code")
        self._fresh = _group(rows["freshness"], "province_code")
        self._distance = {row["region_code"]: row for row in rows["distance"]}
        self._years = {row["province_code"]: row["target_year"] for row in rows["target_year"]}

    # -- a province ---------------------------------------------------------------------------------------

    def province(self, row: Row) -> dict[str, Any]:
        """A province as the template shows it."""
        code, words = row["province_code"], self._w
        regions = [self._region(region, row) for region in self._regions[code]]
        day = shown_day(row["as_of_date"], self._lang)
        newer = sum(region["newer_date"] is not None for region in self._regions[code])
        reporting = words["reporting"].format(
            day=day, reported=row["regions_reported"], expected=row["regions_expected"]
        )
        states = [fresh["state"] for fresh in self._fresh[code]]
        counts = {name: states.count(name) for name in ("sent", "late", "nothing")}
        names = {region["region_code"]: region["region_name"] for region in self._regions[code]}
        tiles = _read_tiles(code)
        by_total = sorted(regions, key=lambda each: (each["value"] is None, -(each["value"] or 0), each["code"]))
        return {
            "code": code, "name": row["province_name"], "target_year": self._years[code], "laid": bool(tiles),
            "lead": self._lead(row, row["province_name"]) or words["no_total"].format(place=row["province_name"]),
            "key": f"sum/{code}/{row['as_of_date']}/TOTAL" if row["coverage_pct"] is not None else "",
            "next": self._next(code), "plan_key": self._plan_key(code),
            "reporting": reporting + (" " + words["newer"].format(n=newer) if newer else ""),
            "tiles": [_tile(region, tiles.get(region["code"])) for region in regions],
            "ranking_caption": words["ranking_caption"].format(day=day),
            "ranking": by_total, "regions": regions,
            "fresh_sum": words["fresh_sum"].format(**counts),
            "fresh": [self._freshness(fresh, names) for fresh in self._fresh[code]],
        }  # fmt: skip

    def _lead(self, row: Row, place: str) -> str:
        if row["coverage_pct"] is None:
            return ""
        counts = {name: format_count(row[f"{name}_{unit}"], self._lang)
                  for name, unit in (("active", "members"), ("eligible", "workers"))}  # fmt: skip
        return self._w["lead"].format(place=place, pct=format_pct(row["coverage_pct"], self._lang), **counts)

    def _next(self, code: str) -> str:
        """What is missing to the target of the year."""
        row = self._distance.get(code)
        if row is None:
            return self._w["no_target"]
        said = "missing" if row["missing_members"] else "reached"
        return self._w[said].format(
            year=row["year"], target=format_pct(row["target_pct"], self._lang), document=row["document"],
            members=format_count(row["missing_members"], self._lang),
            cost=format_count(row["missing_cost_rupiah"], self._lang),
        )  # fmt: skip

    def _plan_key(self, code: str) -> str:
        row = self._distance.get(code)
        return f"plan/{code}/{row['document']}" if row else ""

    def _freshness(self, row: Row, names: dict[str, str]) -> dict[str, str]:
        return {
            "code": row["region_code"], "name": names[row["region_code"]], "source": row["source"] or "–",
            "latest": shown_day(row["latest_as_of_date"], self._lang) if row["latest_as_of_date"] else "–",
            "received": _shown_time(row["last_received_at"]) if row["last_received_at"] else "–",
            "state": row["state"],
            "state_text": self._w["nothing_sent" if row["state"] == "nothing" else row["state"]],
        }  # fmt: skip

    # -- a regency ----------------------------------------------------------------------------------------

    def _region(self, row: Row, province: Row) -> dict[str, Any]:
        """A regency as the map, the ranking and its own section show it."""
        code, words, lang = row["region_code"], self._w, self._lang
        segments = {each["segment"]: each for each in self._segments[code]}
        total: Row = segments.get("TOTAL", {})
        values = {name: segments.get(name, {}).get("coverage_pct") for name in ("TOTAL", "PU", "BPU", "JAKON")}
        values["change"] = total.get("coverage_pct_change")
        values["distance"] = self._distance.get(code, {}).get("missing_pct_points")
        texts = {mode: _signed(value, lang) if mode == "change" else format_pct(value, lang)
                 for mode, value in values.items()}  # fmt: skip
        day = row["as_of_date"]
        path = [each for each in self._targets[code] if each["is_target"] and day and each["year"] >= day.year][:6]
        aid = self._aid[code]
        return {
            "code": code, "name": row["region_name"], "value": values["TOTAL"],
            "total": f"{texts['TOTAL']} %" if values["TOTAL"] is not None else "–",
            "rank": total.get("rank_in_province") or "–",
            "other_day": shown_day(day, lang) if day and day != province["as_of_date"] else "",
            "row_key": f"{code}/{day}" if segments else "",
            "texts": texts, "values": values, "spark": _sparkline([h["total_pct"] for h in self._history[code]]),
            "sentence": self._lead(total, row["region_name"]) if total else "",
            "sentence_key": f"{code}/{day}/TOTAL" if "TOTAL" in segments else "",
            "next": self._next(code), "plan_key": self._plan_key(code),
            "as_of": words["as_of"].format(day=shown_day(day, lang), source=self._segments[code][0]["source"])
            if segments else "",
            "segments": [self._segment(each, f"/{day}/{name}") for name, each in segments.items()],
            "newer": words["newer_one"].format(day=shown_day(row["newer_date"], lang)) if row["newer_date"] else "",
            "history": [self._day(each) for each in reversed(self._history[code][-HISTORY:])],
            "path": [self._year(each, code) for each in path],
            "path_caption": words["path"].format(document=path[0]["document"], source=path[0]["cited_source"])
            if path else "",
            "aid": [self._programme(each) for each in aid], "is_disputed": any(each["is_disputed"] for each in aid),
            "findings": self._findings_of(code),
        }  # fmt: skip

    def _segment(self, row: Row, key: str) -> dict[str, Any]:
        lang = self._lang
        counts = [format_count(row[name], lang) for name in ("eligible_workers", "active_members", "uncovered_workers")]
        texts = [*counts[:2], format_pct(row["coverage_pct"], lang), counts[2]]
        cells = [*texts, _signed(row["coverage_pct_change"], lang)]
        return {"name": self._w[row["segment"]], "is_total": row["segment"] == "TOTAL", "cells": cells, "key": key}

    def _day(self, row: Row) -> dict[str, Any]:
        cells = [format_pct(row[name], self._lang) for name in ("total_pct", "pu_pct", "bpu_pct", "jakon_pct")]
        return {"day": shown_day(row["as_of_date"], self._lang), "cells": cells, "key": f"/{row['as_of_date']}"}

    def _year(self, row: Row, code: str) -> dict[str, Any]:
        lang = self._lang
        cells = [row["year"], format_pct(row["target_pct"], lang), format_count(row["new_members"], lang),
                 format_count(row["contribution_rupiah"], lang)]  # fmt: skip
        return {"cells": cells, "key": f"plan/{code}/{row['document']}"}

    def _programme(self, row: Row) -> dict[str, Any]:
        numbers = [
            format_count(row[name], self._lang) for name in ("recipients", "months", "cost_rupiah", "budget_rupiah")
        ]
        numbers.append(format_pct(row["recipients_pct_points"], self._lang))
        texts = [(row["year"], False), (row["recipient_group"] or "–", False),
                 (self._w.get(row["fund"], row["fund"]), False),
                 (self._w.get(row["status"], row["status"]), False)]  # fmt: skip
        cells = [*texts, *((text, True) for text in numbers), (row["cited_source"], False)]
        return {"cells": cells, "key": f"aid/{row['assistance_id']}"}

    def _findings_of(self, code: str) -> list[str]:
        found = self._findings[code]
        shown = [f"{f['place']}: {f['message']}" for f in map(self.finding, found[:OF_A_REGION])]
        left = len(found) - len(shown)
        return [*shown, self._w["more"].format(n=format_count(left, self._lang))] if left else shown

    def finding(self, row: Row) -> dict[str, str]:
        """A finding with its place, as a run prints it, cut in two."""
        message = row["message" if self._lang == "id" else "message_en"]
        said = one_line(place_and_message(row["file_name"], row["sheet"], row["cell"], message, self._lang))
        place = said.removesuffix(one_line(message)).rstrip(" :")
        return {"place": place, "message": one_line(message)}

    # -- what the script needs ----------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """Origins, trends and words for the page's script."""
        codes = [row["region_code"] for row in self._figures.rows["region"]]
        codes += [row["province_code"] for row in self._figures.rows["province"]]
        trends = {code: {
            "measured": [(str(h["as_of_date"]), float(h["total_pct"])) for h in self._history[code]
                         if h["total_pct"] is not None],
            "path": [(t["year"], float(t["target_pct"])) for t in self._targets[code]],
        } for code in codes}  # fmt: skip
        before = {
            f"{row['region_code']}/{row['as_of_date']}": str(row["previous_as_of_date"])
            for row in self._figures.rows["segment"]
            if row["previous_as_of_date"]
        }
        plans = {code: self._plan_key(code) for code in codes if code in self._distance}
        names = ("shown", "chart", "no_origin", "corrected", "target_line", "measured_line", *"eabtrmgp")
        return {
            "lang": self._lang, "words": {name: self._w[name] for name in names},
            "units": [self._w[f"{mode}_unit"] for mode in MODES],
            "legends": [_legend(mode, self._lang) for mode in MODES],
            "sheets": [(one_line(s["file_name"]), one_line(s["sheet"]),
                        f"{_shown_time(s['received_at'])}, {one_line(s['source'])}") for s in self._figures.sheets],
            "cells": self._figures.cells, "before": before, "plans": plans, "trends": trends,
        }  # fmt: skip


def _read_tiles(province: str) -> Group:
    """The reviewed places of a province's tiles; none where nobody laid them out."""
    path = REFERENCE / f"tiles_{province}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["region_code"]: row for row in csv.DictReader(file)}  # type: ignore[misc]


def _tile(region: dict[str, Any], place: Any) -> dict[str, str]:
    modes = [f"{region['texts'][mode]} {colour_of(region['values'][mode], mode)}" for mode in MODES]
    return {
        "code": region["code"], "name": region["name"], "short": region["name"].removeprefix("Kabupaten "),
        "label": place["label"] if place else "", "place": f"{place['row']}/{place['column']}" if place else "",
        "colour": colour_of(region["values"]["TOTAL"], "TOTAL"), "text": region["texts"]["TOTAL"],
        "modes": "|".join(modes),
    }  # fmt: skip


def _legend(mode: str, lang: str) -> list[tuple[str, str]]:
    """The classes of a scale in words."""
    words, (edges, classes) = WORDS[lang], SCALES[mode]
    shown = [f"{edge:f}".replace(".", "," if lang == "id" else ".").replace("-", "−") for edge in edges]
    texts = [words["below"].format(a=shown[0])]
    texts += [words["between"].format(a=a, b=b) for a, b in pairwise(shown)]
    texts.append(words["from"].format(a=shown[-1]))
    if mode == "distance":
        texts[:2] = [words["reached_short"], words["below"].format(a=shown[1])]
    return [*zip(classes, texts, strict=True), ("none", words["none"])]


def _signed(value: Decimal | None, lang: str) -> str:
    if value is None:
        return "–"
    return ("+" if value > 0 else "") + format_pct(value, lang).replace("-", "−")


def _sparkline(values: list[Decimal | None]) -> str:
    """The points of a line in a box of 60 × 16; empty with less than two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1
    step = Decimal(56) / (len(known) - 1)
    return " ".join(f"{2 + n * step:.0f},{14 - 12 * (v - low) / span:.0f}" for n, v in enumerate(known))


def _shown_time(time: datetime) -> str:
    return f"{time + WIB:%Y-%m-%d %H:%M}"


def _news(changes: Changes, lang: str) -> dict[str, Any]:
    words = WORDS[lang]
    if not changes.since:
        return {"text": words["news_first"], "moves": []}
    largest = changes.largest()
    if not largest:
        return {"text": words["news_none"].format(since=changes.since), "moves": []}
    text = words["news_caption"].format(since=changes.since, counts=counts_text(changes, lang))
    return {"text": text, "moves": moves_lines(largest, names_of_regions(read_regions()), lang, LARGEST_MOVES)}


def _doubtful(each: DoubtfulPrint, lang: str) -> dict[str, str]:
    day: date = each.stated_on
    return {
        "place": f"{each.place}, {each.named}", "source": f"{each.cited_source}, {shown_day(day, lang)}",
        "printed": each.printed, "measured": each.measured, "why": " ".join(each.reasons),
        "key": f"print/{each.published_figure_id}",
    }  # fmt: skip
