"""A known table, laid out at random as an office might: for `test_random_layouts`.

The facts are drawn first, the sheets are made from them, and both are kept: what the reader gives back is compared
with the facts, never with what a rule of the reader says. `SHAPES` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from flows.addresses import a1
from schemas.catalogue import all_kinds
from schemas.fields import REGION_CODE_WORDS, REGION_WORDS
from schemas.kind import Kind
from tests.read.builder import Builder

# Measures and segments stand as columns unless the name says otherwise.
SHAPES = (
    "wide", "times_across", "long", "time_column", "blocks", "stacked", "side_by_side", "sheets", "regions_across",
    "measures_down", "sheets_by_region",
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.name: kind for kind in all_kinds().tables}
# code, class, name; a name that is a kabupaten and a kota is always written with its class
REGIONS = [
    ("35.03", "Kabupaten", "Trenggalek"), ("35.04", "Kabupaten", "Tulungagung"), ("35.06", "Kabupaten", "Kediri"),
    ("35.71", "Kota", "Kediri"), ("35.10", "Kabupaten", "Banyuwangi"), ("35.12", "Kabupaten", "Situbondo"),
    ("35.20", "Kabupaten", "Magetan"), ("35.25", "Kabupaten", "Gresik"), ("35.78", "Kota", "Surabaya"),
    ("35.79", "Kota", "Batu"), ("35.73", "Kota", "Malang"), ("35.29", "Kabupaten", "Sumenep"),
]  # fmt: skip
TWO_CLASSES = {"Kediri", "Malang"}
SEGMENTS = ("PU", "BPU", "JAKON", "PMI", "TOTAL")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
          "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip
SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des")
DAYS = (date(2024, 11, 13), date(2025, 10, 31), date(2025, 9, 30), date(2024, 2, 29), date(2023, 12, 31))
LAST_DAYS = tuple(date(2025, month + 1, 1) - timedelta(days=1) for month in range(1, 12))  # January to November
# group words over a whole table that say nothing about its figures
GENERIC = {
    "coverage": ("BPJS Ketenagakerjaan", "Data UCJ", "Jaminan Sosial Ketenagakerjaan"),
    "labour_force": ("Provinsi Jawa Timur", "Data", "Jawa Timur"),
}
SPAN = 1000  # people of a region differ, so that a value in a wrong place is seen

Fact = tuple[str, tuple[Any, ...], str, float]  # region code, dimensions, measure, value
Said = tuple[str, str]  # time (ISO day or year) and segment; the segment is "" in labour_force
Draw = Callable[..., Any]


@dataclass
class Page:
    """One sheet before it is written."""

    name: str
    rows: list[list[Any]]
    merges: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)


@dataclass
class Laid:
    """A workbook and the facts in it. Its text shows the sheets, for a failing example."""

    shape: str
    kind: str
    file_name: str
    pages: list[Page]
    facts: list[Fact]

    def write(self, path: Path) -> Path:
        builder = Builder(path)
        for page in self.pages:
            builder.sheet(page.rows, page.name, merges=page.merges, formats=page.formats)
        return builder.save()

    def __repr__(self) -> str:
        lines = [f"{self.kind} {self.shape} in {self.file_name!r}"]
        for page in self.pages:
            lines += [f"-- {page.name!r} merges {page.merges} formats {page.formats}", *map(repr, page.rows)]
        return "\n".join(lines)


@dataclass(frozen=True)
class Leaf:
    """One column of figures: what it says, and how its numbers are typed."""

    said: Said
    measure: str
    form: str


@dataclass
class Story:
    """What is drawn once for a workbook: the facts and the words in which it speaks."""

    kind: Kind
    regions: list[tuple[str, str, str]]
    times: list[str]
    segments: list[str]
    measures: list[str]
    values: dict[tuple[str, Said, str], float]
    words: dict[str, str]
    name_of: dict[str, str]
    month: str = ""
    year_apart: str = ""  # the year of all times, where only a title says it
    file_name: str = "kiriman.xlsx"

    def value(self, code: str, said: Said, measure: str) -> float | None:
        """A fact, None where it is missing; of "sum 0 3" what the first three regions give."""
        if not code.startswith("sum"):
            return self.values.get((code, said, measure))
        first, end = map(int, code.split()[1:])
        if self.kind.measure(measure).unit == "people":
            found = [self.values.get((region[0], said, measure)) for region in self.regions[first:end]]
            return sum(value for value in found if value is not None)
        part, whole = (self.value(code, said, name) for name in self.kind.measure(measure).ratio or ())
        return round(100 * part / whole, 2) if part and whole else None

    def facts(self) -> list[Fact]:
        """What must come back."""
        made = []
        for (code, (time, segment), measure), value in self.values.items():
            if self.kind.name == "coverage":
                made.append((code, (time, segment), measure, value))
            else:
                made.append((code, (int(time), *([self.month] if self.month else [])), measure, value))
        return made


@st.composite
def layouts(draw: Draw, shapes: Sequence[str] = SHAPES) -> Laid:
    """A workbook of one kind in one shape."""
    shape = draw(st.sampled_from(shapes))
    kind = draw(st.sampled_from(list(KINDS.values())))
    story = draw(stories(kind, shape))
    pages = _PAGES[shape](draw, story)
    return Laid(shape, kind.name, story.file_name, pages, sorted(story.facts()))


# --- the facts and the words ---------------------------------------------------------------------------


@st.composite
def stories(draw: Draw, kind: Kind, shape: str) -> Story:
    regions = draw(st.lists(st.sampled_from(REGIONS), min_size=2, max_size=5, unique=True))
    several_times = shape in ("times_across", "time_column")
    if kind.name == "coverage":
        times = [day.isoformat() for day in draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True))]
        least = 2 if shape in ("long", "blocks", "side_by_side") else 1
        segments = draw(st.lists(st.sampled_from(SEGMENTS), min_size=least, max_size=4, unique=True))
        if len(segments) == 1 and shape != "sheets":
            segments = ["TOTAL"]
        measures = draw(st.sampled_from([
            ["eligible_workers", "active_members"], ["active_members", "eligible_workers", "reported_coverage_pct"],
            ["eligible_workers", "active_members", "reported_coverage_pct"], ["active_members"],
        ]))  # fmt: skip
    else:
        times = draw(
            st.lists(st.sampled_from(["2021", "2022", "2023", "2024", "2025"]), min_size=2, max_size=2, unique=True)
        )
        segments = [""]
        measures = draw(st.sampled_from([
            ["employed_people", "unemployed_people", "labour_force_people", "unemployment_rate_pct"],
            ["labour_force_people", "employed_people"], ["employed_people"], ["employed_people", "unemployed_people"],
        ]))  # fmt: skip
    if not several_times and not (shape in ("stacked", "sheets") and draw(st.booleans())) and not (
        kind.name == "labour_force" and shape in ("long", "blocks", "stacked", "sheets")
    ):  # fmt: skip
        times = times[:1]
    if shape in ("stacked", "sheets") and len(times) == 2 and kind.name == "coverage":
        segments = ["TOTAL"]
    year_apart = ""
    if kind.name == "coverage" and len(times) == 2 and draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(LAST_DAYS), min_size=2, max_size=2, unique=True))
        times, year_apart = [day.isoformat() for day in sorted(days)], "2025"
    values = {}
    for n, (code, _, _) in enumerate(regions):
        for time in times:
            for segment in segments:
                for measure, value in _figures(draw, kind, n, segment).items():
                    if measure in measures and draw(st.integers(0, 24)):
                        values[code, (time, segment), measure] = value
    words = {m.name: draw(st.sampled_from(m.words)) for m in kind.measures}
    if kind.name == "coverage":
        dimension = kind.dimension("segment")
        for segment, said in dimension.members.items():
            # "Proyek Aktif" alone is in doubt by design; test_other_figures.py says where such a word counts.
            words[segment] = draw(st.sampled_from([word for word in said if word not in dimension.narrow]))
    words["region"] = draw(st.sampled_from(["Kabupaten/Kota", *REGION_WORDS]))
    words["code"] = draw(st.sampled_from(REGION_CODE_WORDS))
    case = draw(st.sampled_from([str.upper, str.title, str.lower]))
    words = {name: case(word) for name, word in words.items()}
    if year_apart:
        words |= {time: _without_year(draw, date.fromisoformat(time)) for time in times}
    month = draw(st.sampled_from(["", "august", "february"])) if kind.name == "labour_force" else ""
    names = {region[0]: draw(st.sampled_from(_name_forms(region))) for region in regions}
    return Story(kind, regions, times, segments, measures, values, words, names, month, year_apart)


def _figures(draw: Draw, kind: Kind, n: int, segment: str) -> dict[str, float]:
    """Figures of one region that break no check: no rule of the model speaks here."""
    whole = draw(st.integers(1_001, 99_999)) + n * SPAN
    if kind.name == "labour_force":
        jobless = max(round(whole * draw(st.integers(30, 90)) / 1000), 1)
        return {"employed_people": whole - jobless, "unemployed_people": jobless, "labour_force_people": whole,
                "unemployment_rate_pct": round(100 * jobless / whole, 2)}  # fmt: skip
    active = max(whole * draw(st.integers(30, 950)) // 1000, 101)  # up to 100 "Capaian" might be per cent
    return {
        "eligible_workers": whole,
        "active_members": active,
        "reported_coverage_pct": round(100 * active / whole, 2),
    }


def _name_forms(region: tuple[str, str, str]) -> list[str]:
    """DOMAIN: 2. A bare name only where it is one region's; a kota's class is always written."""
    code, class_, name = region
    if class_ == "Kota":
        forms = [f"Kota {name}", f"KOTA {name.upper()}", f"Kota  {name} "]
    else:
        forms = [f"Kabupaten {name}", f"Kab. {name}", f"KAB.{name.upper()}", f"KAB.  {name.upper()}", f"kab {name}"]
    if name not in TWO_CLASSES and class_ == "Kabupaten":
        forms += [name, f" {name.upper()}", f"{code[3:]}. {name}", " ".join(name.upper())]
    return forms


# --- cells ---------------------------------------------------------------------------------------------

COUNT_FORMS = ("number", "dots", "commas", "spaces", "nbsp", "orang", "digits", "apostrophe", "thousands")
PCT_FORMS = ("per cent sign", "persen", "comma", "number", "format", "fraction")
MISSING = (None, "-", "–", "NA", "n/a", "…")


def _cell(form: str, value: float | None) -> Any:
    """A value as a person types it in that form."""
    if value is None:
        return "-"
    if form in PCT_FORMS:
        comma = f"{value:.2f}".replace(".", ",")
        return {"per cent sign": f"{comma}%", "persen": f"{comma} persen", "comma": comma,
                "number": value, "format": round(value / 100, 4), "fraction": round(value / 100, 4)}[form]  # fmt: skip
    number = int(value)
    grouped = f"{number:,}"
    return {
        "number": number, "dots": grouped.replace(",", "."), "commas": grouped, "spaces": grouped.replace(",", " "),
        "nbsp": grouped.replace(",", "\u00a0"), "orang": grouped.replace(",", ".") + " orang", "digits": str(number),
        "apostrophe": f"'{number}", "thousands": number / 1000,
    }[form]  # fmt: skip


def _form(draw: Draw, story: Story, measure: str) -> str:
    is_pct = story.kind.measure(measure).unit == "pct"
    if is_pct and not _is_complete(story):
        return draw(st.sampled_from(PCT_FORMS[:-1]))  # nothing beside it says that 0.432 is no per cent
    return draw(st.sampled_from(PCT_FORMS if is_pct else COUNT_FORMS))


def _is_complete(story: Story) -> bool:
    """Whether every figure of every measure is there."""
    return _can_total(story) and len(story.values) == (
        len(story.regions) * len(story.times) * len(story.segments) * len(story.measures)
    )


def _without_year(draw: Draw, day: date) -> str:
    """A last day of a month without its year. "Februari" and "28 Februari" are the same day in most years only: a
    workbook writes a time in one way."""
    month = MONTHS[day.month - 1]
    forms = [month, SHORT[day.month - 1], f"{day.day} {month}", f"Bulan {month}"]
    if day.month % 3 == 0:
        forms += [f"Triwulan {'I' * (day.month // 3)}", f"TW {day.month // 3}"]
    return draw(st.sampled_from(forms))


def _time_text(draw: Draw, story: Story, time: str, in_title: bool) -> str:
    """A time as DOMAIN lists it; in a title with the words that lead to it."""
    if story.kind.name == "labour_force":
        month = {"august": "Agustus ", "february": "Februari "}.get(story.month, "") if in_title else ""
        return f"{month}{time}"
    day = date.fromisoformat(time)
    month, short = MONTHS[day.month - 1], SHORT[day.month - 1]
    lead = draw(st.sampled_from(["per ", "Posisi ", "keadaan s.d. ", "per tanggal "])) if in_title else ""
    if story.year_apart:
        return lead + story.words[time]
    forms = [f"{day.day} {month} {day.year}", f"{day.day} {short} {day.year}", f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}"]
    if day in (date(2025, 9, 30), date(2025, 10, 31), date(2024, 2, 29), date(2023, 12, 31)):
        forms += [f"{month} {day.year}"]
    if day == date(2025, 9, 30):
        forms += ["Triwulan III 2025"]
    return lead + draw(st.sampled_from(forms))


# --- a table -------------------------------------------------------------------------------------------


@dataclass
class Table:
    """Rows with header, from column A; `key` columns hold names, codes and numbers."""

    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]]  # within the table: top, left, bottom, right
    formats: dict[tuple[int, int], str]
    header_rows: tuple[int, bool] = (1, False)  # of words, and whether column numbers follow


def _level_text(draw: Draw, story: Story, leaf: Leaf, level: str) -> str:
    if level == "time":
        return _time_text(draw, story, leaf.said[0], in_title=False)
    if level == "segment":
        return story.words[leaf.said[1]]
    text = story.words[leaf.measure]
    if leaf.form == "thousands":
        return f"{text} (ribu)"
    return text


def _table(
    draw: Draw, story: Story, saids: Sequence[Said], levels: Sequence[str], carriers: Sequence[str] = (),
    lines: Sequence[tuple[str, Said | None]] | None = None,
) -> Table:  # fmt: skip
    """A table with one column for each of `saids` × measures; `levels` name what its header says, from the top.

    `carriers` are dimensions that stand in columns; then each of `lines` is a region and what its row says.
    """
    leaves = [Leaf(said, measure, _form(draw, story, measure)) for said in saids for measure in story.measures]
    order = {"time": lambda leaf: story.times.index(leaf.said[0]), "segment": lambda leaf: story.segments.index(leaf.said[1]),
             "measure": lambda leaf: story.measures.index(leaf.measure)}  # fmt: skip
    leaves.sort(key=lambda leaf: tuple(order[level](leaf) for level in levels))
    said_once: dict[tuple[Any, ...], str] = {}
    paths: list[list[str]] = []
    for leaf in leaves:
        path = []
        for n, level in enumerate(levels):
            group = tuple(order[each](leaf) for each in levels[: n + 1])
            text = _level_text(draw, story, leaf, level) if level == "measure" else said_once.get(group)
            if text is None:
                text = said_once[group] = _level_text(draw, story, leaf, level)
            path.append(text)
        paths.append(path)
    depth = draw(st.integers(1, 4))
    joint = draw(st.sampled_from([" ", "\n", " - "]))
    if depth == 1:
        paths = [[joint.join(path)] for path in paths]
    while len(paths[0]) > depth:
        paths = [[*path[:-2], joint.join(path[-2:])] for path in paths]
    pads = list(GENERIC[story.kind.name][: max(depth - len(paths[0]), 0)])
    paths = [[*pads, *path] for path in paths]
    depth = len(paths[0])
    is_merged = draw(st.booleans())
    no, code = draw(st.booleans()), draw(st.sampled_from(["", "", "text", "bps", "number", "decimal"]))
    key_columns = [*(["no"] if no else []), *(["code"] if code else []), "region", *carriers]
    if depth == 1 and not carriers and draw(st.booleans()):
        key_columns = draw(st.permutations(key_columns))
    remark = draw(st.booleans())
    header = [[None] * (len(key_columns) + len(leaves) + remark) for _ in range(depth)]
    merges: list[tuple[int, int, int, int]] = []
    heads = {"no": "No", "code": story.words["code"], "region": story.words["region"], "segment": "Segmen"}
    heads["time"] = "Tanggal" if story.kind.name == "coverage" else "Tahun"
    for at, name in enumerate(key_columns):
        header[0][at] = heads[name]
    if remark:
        header[0][-1] = "Keterangan"
    if is_merged and depth > 1:
        merges += [
            (0, at, depth - 1, at) for at in (*range(len(key_columns)), *([len(header[0]) - 1] if remark else []))
        ]
    first = len(key_columns)
    for level in range(depth):
        at = first
        for _, group in groupby(paths, key=lambda path: path[: level + 1]):
            size = len(list(group)) if level < depth - 1 else 1
            header[level][at] = paths[at - first][level]
            if is_merged and size > 1:
                merges.append((level, at, level, at + size - 1))
            at += size
    rows = header
    is_numbered = draw(st.booleans())
    if is_numbered:
        style = draw(st.sampled_from(["({})", "{}"]))
        numbers: list[Any] = [style.format(n) for n in range(1, len(header[0]) + 1)]
        rows.append([-int(n.strip("()")) for n in numbers] if style == "({})" and draw(st.booleans()) else
                    numbers if style == "({})" else [int(n) for n in numbers])  # fmt: skip
    formats: dict[tuple[int, int], str] = {}
    listed = list(lines) if lines is not None else _with_totals(draw, story)
    count = 0
    for code_of_row, row_said in listed:
        row: list[Any] = [None] * len(header[0])
        if code_of_row not in ("", "heading"):
            is_sum = code_of_row.startswith("sum")
            count += not is_sum
            texts = {
                "no": None if is_sum else count,
                "code": _code_cell(code, code_of_row) if code and not is_sum else None,
                "region": story.name_of.get(code_of_row) or _sum_name(draw, story, code_of_row),
                "segment": story.words.get(row_said[1], "") if row_said else "",
                "time": _time_cell(draw, story, row_said[0]) if row_said and "time" in carriers else "",
            }
            for at, name in enumerate(key_columns):
                row[at] = texts[name]
            for at, leaf in enumerate(leaves, start=first):
                value = story.value(code_of_row, row_said or leaf.said, leaf.measure)
                row[at] = draw(st.sampled_from(MISSING)) if value is None else _cell(leaf.form, value)
                if leaf.form == "format" and value is not None:
                    formats[len(rows), at] = "0.00%"
        elif code_of_row == "heading" and row_said:
            named = story.words.get(row_said[1]) or _time_text(draw, story, row_said[0], in_title=False)
            row[key_columns.index("region")] = named
        rows.append(row)
    return Table(rows, merges, formats, (depth, is_numbered))


def _sum_name(draw: Draw, story: Story, code: str) -> str:
    """What a row of sums is called: all regions of the table, or those of a branch."""
    is_all = code == f"sum 0 {len(story.regions)}"
    return draw(st.sampled_from(["JUMLAH", "Total", "Provinsi Jawa Timur", "Jml"] if is_all else
                                ["Cabang Blitar", "Kantor Cabang Kediri", "Sub Jumlah"]))  # fmt: skip


def _time_cell(draw: Draw, story: Story, time: str) -> Any:
    """A time in a cell of its own: as text, as a number, as a real date."""
    forms = [_time_text(draw, story, time, in_title=False)]
    forms.append(int(time) if story.kind.name == "labour_force" else date.fromisoformat(time))
    return draw(st.sampled_from(forms))


def _code_cell(form: str, code: str) -> Any:
    if form == "text":
        return code
    if form == "decimal":
        return float(code)  # 35.10 becomes 35.1
    return code.replace(".", "") if form == "bps" else int(code.replace(".", ""))


def _with_totals(draw: Draw, story: Story) -> list[tuple[str, Said | None]]:
    """The regions of a table, each a row, with a total before or after them and spacers between."""
    lines: list[tuple[str, Said | None]] = []
    summed = 0
    for n, region in enumerate(story.regions, start=1):
        lines.append((region[0], None))
        if _can_total(story) and n < len(story.regions) and draw(st.integers(0, 5)) == 0:
            lines.append((f"sum {summed} {n}", None))
            summed = n
        elif draw(st.integers(0, 5)) == 0:
            lines.append(("", None))
    while lines[-1][0] == "":
        lines.pop()
    where = draw(st.sampled_from(["none", "first", "last"]))
    if _can_total(story):
        whole = (f"sum 0 {len(story.regions)}", None)
        lines = [whole, *lines] if where == "first" else [*lines, whole] if where == "last" else lines
    return lines


def _can_total(story: Story) -> bool:
    """Whether every measure of a total row follows from its regions."""
    return all(
        set(story.kind.measure(name).ratio or ()) <= set(story.measures) for name in story.measures
    )  # fmt: skip


# --- a sheet -------------------------------------------------------------------------------------------


def _page(
    draw: Draw, story: Story, name: str, parts: Sequence[tuple[str, Table]], title: Any = "", below: str = ""
) -> Page:
    """Tables under each other, each under its own lead text, in the furniture of an office."""
    rows: list[list[Any]] = []
    top, left = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    rows += [[] for _ in range(top)]
    about = draw(
        st.sampled_from(["Cakupan Jamsostek", "DATA UCJ PROVINSI JAWA TIMUR", "Rekapitulasi kepesertaan Jamsostek"])
    )
    if story.kind.name == "labour_force":
        about = draw(st.sampled_from(["Keadaan Ketenagakerjaan Jawa Timur", "Tabel Sakernas"]))
    rows.append([None] * left + [about])
    if title:
        if isinstance(title, str) and draw(st.booleans()):
            rows[-1] = [None] * left + [f"{about} {title}"]
        else:
            rows.append([None] * left + [title])
    rows += [[] for _ in range(draw(st.integers(0, 2)))]
    page = Page(name, rows)
    for number, (lead, table) in enumerate(parts):
        if number:
            rows += [[] for _ in range(draw(st.integers(1, 3)))]
        if lead:
            rows.append([None] * left + [lead])
        at = len(rows)
        rows += [[None] * left + row for row in table.rows]
        page.merges += [f"{a1(at + r1, left + c1)}:{a1(at + r2, left + c2)}" for r1, c1, r2, c2 in table.merges]
        page.formats |= {a1(at + row, left + column): shown for (row, column), shown in table.formats.items()}
    notes = draw(st.lists(st.sampled_from([
        "Catatan: angka sementara.", "Sumber: BPJS Ketenagakerjaan, diolah 5 Januari 2026",
        "Sumber: BPS, Survei Angkatan Kerja Nasional", "*) di luar ASN, TNI dan Polri",
    ]), max_size=2, unique=True))  # fmt: skip
    rows += [[], *([None] * left + [note] for note in notes)]
    if below:
        rows.append([None] * left + [below])
    if draw(st.booleans()):
        rows.append([None] * (left + 2) + ["Surabaya, 18 November 2024"])
    return page


def _around(draw: Draw, story: Story) -> tuple[str, Any, str]:
    """Sheet name, title and lower text, one of which says the one time of the workbook."""
    time = story.times[0]
    where = draw(
        st.sampled_from(
            ["title", "title", "sheet", "below", "cell", "file"] if story.kind.name == "coverage" else ["title"]
        )
    )
    said = _time_text(draw, story, time, in_title=True)
    if where == "cell":
        return "Rekap", date.fromisoformat(time), ""
    if where == "file":
        story.file_name = f"UCJ {said}.xlsx".replace(" ", draw(st.sampled_from([" ", "_"])))
        return "Rekap", "", ""
    if where == "sheet":
        return _time_text(draw, story, time, in_title=False), "", ""
    return ("Rekap", said, "") if where == "title" else ("Rekap", "", said)


def _month_title(story: Story) -> str:
    """What says the survey month where the years stand elsewhere, or the year where the months do."""
    if story.year_apart:
        return f"Tahun {story.year_apart}"
    return {"august": "Agustus", "february": "Februari"}.get(story.month, "")


def _levels(draw: Draw, story: Story, *wanted: str) -> list[str]:
    return draw(st.permutations([w for w in wanted if w != "segment" or story.segments not in ([""], ["TOTAL"])]))


def _wide(draw: Draw, story: Story) -> list[Page]:
    saids = [(story.times[0], segment) for segment in story.segments]
    table = _table(draw, story, saids, _levels(draw, story, "segment", "measure"))
    name, title, below = _around(draw, story)
    return [_page(draw, story, name, [("", table)], title, below)]


def _times_across(draw: Draw, story: Story) -> list[Page]:
    saids = [(time, segment) for time in story.times for segment in story.segments]
    table = _table(draw, story, saids, _levels(draw, story, "time", "segment", "measure"))
    return [_page(draw, story, "Rekap", [("", table)], _month_title(story))]


def _long(draw: Draw, story: Story) -> list[Page]:
    """One row a region × segment; in labour_force a region × year."""
    carrier = "segment" if story.kind.name == "coverage" else "time"
    saids = [(time, segment) for time in story.times for segment in story.segments]
    lines: list[tuple[str, Said | None]] = [(region[0], said) for region in story.regions for said in saids]
    if draw(st.booleans()):
        lines = [(region[0], said) for said in saids for region in story.regions]
    table = _table(draw, story, [saids[0]], ["measure"], [carrier], lines=lines)
    name, title, below = _around(draw, story) if carrier == "segment" else ("Rekap", _month_title(story), "")
    return [_page(draw, story, name, [("", table)], title, below)]


def _time_column(draw: Draw, story: Story) -> list[Page]:
    saids = [(story.times[0], segment) for segment in story.segments]
    if len(story.segments) > 1 or story.kind.name == "labour_force":
        return _long(draw, story) if story.kind.name == "labour_force" else _times_across(draw, story)
    lines: list[tuple[str, Said | None]] = [
        (region[0], (time, story.segments[0])) for region in story.regions for time in story.times
    ]
    table = _table(draw, story, saids, ["measure"], ["time"], lines=lines)
    return [_page(draw, story, "Rekap", [("", table)], _month_title(story))]


def _blocks(draw: Draw, story: Story) -> list[Page]:
    """Headings in the body, each over all regions: a segment's, a year's."""
    saids = [(time, segment) for time in story.times for segment in story.segments]
    lines: list[tuple[str, Said | None]] = []
    for said in saids:
        lines += [("heading", said), *((region[0], said) for region in story.regions)]
    table = _table(draw, story, [saids[0]], ["measure"], lines=lines)
    name, title, below = _around(draw, story) if story.kind.name == "coverage" else ("Rekap", _month_title(story), "")
    return [_page(draw, story, name, [("", table)], title, below)]


def _stacked(draw: Draw, story: Story) -> list[Page]:
    """Tables under each other, each with its own header, under the time or the segment that it is of."""
    if len(story.times) == 2:
        parts = [
            (_time_text(draw, story, time, in_title=True),
             _table(draw, story, [(time, s) for s in story.segments], _levels(draw, story, "segment", "measure")))
            for time in story.times
        ]  # fmt: skip
        return [_page(draw, story, "Rekap", parts, _month_title(story) if story.year_apart else "")]
    parts = [
        (f"Segmen {story.words[s]}", _table(draw, story, [(story.times[0], s)], ["measure"]))
        for s in story.segments if s != "TOTAL"
    ] or [("", _table(draw, story, [(story.times[0], "TOTAL")], ["measure"]))]  # fmt: skip
    _drop(story, "TOTAL", len(story.segments) > 1)
    return [_page(draw, story, "Rekap", parts, _time_text(draw, story, story.times[0], in_title=True))]


def _drop(story: Story, segment: str, is_wanted: bool) -> None:
    """Take a segment out of the facts: no heading says TOTAL."""
    if is_wanted:
        story.values = {key: value for key, value in story.values.items() if key[1][1] != segment}


def _side_by_side(draw: Draw, story: Story) -> list[Page]:
    """Two tables beside each other, each with its own names; both in one header row."""
    if story.kind.name == "labour_force" or len(story.segments) < 2:
        return _wide(draw, story)
    halves = [story.segments[:1], story.segments[1:]]
    tables = []
    for half in halves:
        saids = [(story.times[0], segment) for segment in half]
        table = _table(
            draw, story, saids, ["segment", "measure"], lines=[(region[0], None) for region in story.regions]
        )
        tables.append(table)
    one, other = tables
    if one.header_rows != other.header_rows:
        return _wide(draw, story)
    width = len(one.rows[0]) + draw(st.integers(1, 2))
    rows = [a + [None] * (width - len(a)) + b for a, b in zip(one.rows, other.rows, strict=True)]
    merges = one.merges + [(r1, c1 + width, r2, c2 + width) for r1, c1, r2, c2 in other.merges]
    formats = one.formats | {(r, c + width): shown for (r, c), shown in other.formats.items()}
    name, title, below = _around(draw, story)
    return [_page(draw, story, name, [("", Table(rows, merges, formats))], title, below)]


def _sheets(draw: Draw, story: Story) -> list[Page]:
    """A sheet a time, or a sheet a segment."""
    if len(story.times) == 2:
        pages = []
        for number, time in enumerate(story.times):
            saids = [(time, segment) for segment in story.segments]
            table = _table(draw, story, saids, _levels(draw, story, "segment", "measure"))
            in_name = story.kind.name == "coverage" and (bool(story.year_apart) or draw(st.booleans()))
            text = _time_text(draw, story, time, in_title=not in_name)
            pages.append(
                _page(
                    draw,
                    story,
                    text if in_name else f"Lembar {number}",
                    [("", table)],
                    (_month_title(story) if story.year_apart else "") if in_name else text,
                )
            )
        return pages
    pages = []
    for segment in story.segments:
        table = _table(draw, story, [(story.times[0], segment)], ["measure"])
        name = "Rekap" if segment in ("TOTAL", "") else story.words[segment][:31]
        pages.append(_page(draw, story, name, [("", table)], _time_text(draw, story, story.times[0], in_title=True)))
    return pages


def _regions_across(draw: Draw, story: Story) -> list[Page]:
    """Regions in the header, measures (under their segment) down the side."""
    rows: list[list[Any]] = [["Uraian", *(story.name_of[region[0]] for region in story.regions)]]
    for segment in story.segments:
        for measure in story.measures:
            label = f"{story.words[measure]} {story.words[segment] if len(story.segments) > 1 else ''}".strip()
            said, form = (story.times[0], segment), _form(draw, story, measure)
            form = "number" if form in ("thousands", "format") else form
            rows.append([label, *(_cell(form, story.value(region[0], said, measure)) for region in story.regions)])
    name, title, below = _around(draw, story)
    return [_page(draw, story, name, [("", Table(rows, [], {}))], title, below)]


def _measures_down(draw: Draw, story: Story) -> list[Page]:
    """One row a region × measure, the figures in columns of segments or in one of "Nilai"."""
    heads = [story.words[s] for s in story.segments] if len(story.segments) > 1 else ["Nilai"]
    rows: list[list[Any]] = [[story.words["region"], "Uraian", *heads]]
    for region in story.regions:
        for measure in story.measures:
            figures = [story.value(region[0], (story.times[0], segment), measure) for segment in story.segments]
            rows.append([story.name_of[region[0]], story.words[measure], *figures])
    name, title, below = _around(draw, story)
    return [_page(draw, story, name, [("", Table(rows, [], {}))], title, below)]


def _sheets_by_region(draw: Draw, story: Story) -> list[Page]:
    """A sheet a region, segments down and measures across (or measures down); the region in the sheet's name alone."""
    pages = []
    for code, class_, name in story.regions:
        if story.kind.name == "labour_force":
            said = (story.times[0], story.segments[0])
            rows = [["Uraian", "Jumlah"], *([story.words[m], story.value(code, said, m)] for m in story.measures)]
            title = _time_text(draw, story, story.times[0], in_title=True)
            pages.append(_page(draw, story, f"{class_} {name}", [("", Table(rows, [], {}))], title))
            continue
        rows = [["Segmen", *(story.words[measure] for measure in story.measures)]]
        for segment in story.segments:
            figures = [story.value(code, (story.times[0], segment), measure) for measure in story.measures]
            rows.append([story.words.get(segment, "Jumlah"), *figures])
        title = _time_text(draw, story, story.times[0], in_title=True)
        pages.append(_page(draw, story, f"{class_} {name}", [("", Table(rows, [], {}))], title))
    return pages


_PAGES: dict[str, Callable[[Draw, Story], list[Page]]] = {
    "wide": _wide, "times_across": _times_across, "long": _long, "time_column": _time_column, "blocks": _blocks,
    "stacked": _stacked, "side_by_side": _side_by_side, "sheets": _sheets, "regions_across": _regions_across,
    "measures_down": _measures_down, "sheets_by_region": _sheets_by_region,
}  # fmt: skip
