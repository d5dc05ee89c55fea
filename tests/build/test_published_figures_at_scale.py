"""Against overfitting: 10,000 printed figures that hold are accused of nothing; of 10,000 with one fault each the right
cause comes first wherever arithmetic can tell, and where it can't nothing is accused.

The prints are generated here, from a world of regions whose true figures are known, with arithmetic of its own
(fractions). All of them go through the SQL models in one go.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
import pandas as pd

from flows.build.models import at_moment, read_models
from flows.build.warehouse import FAR_FUTURE, LAST_DAY

MODELS = ("work.measured_coverage", "work.printed_figure", "work.printed_sum", "work.printed_fault",
          "work.printed_variant", "mart.published_figure_cause", "mart.published_figure_check")  # fmt: skip
SEGMENTS = ("PU", "BPU", "JAKON")
DAY, OTHER_DAY = date(2024, 11, 13), date(2022, 6, 30)
FIGURES = 10_000


@dataclass(frozen=True)
class Row:
    """One printed figure; `pct` counts units of its last digit, `decimals` says how small they are."""

    segment: str
    members: int | None = None
    eligible: int | None = None
    pct: int | None = None
    decimals: int = 2
    figure: str = "measured"
    year: int | None = None
    area: str | None = None


@dataclass(frozen=True)
class Print:
    """One event in one outlet: its rows, and the day that they are about."""

    region: str | None
    rows: tuple[Row, ...]
    stated_on: date = DAY


@dataclass(frozen=True)
class Fault:
    """What went wrong in a print: the cause, in which row, and what that row's number or label should be."""

    cause: str
    row: int
    likely: str


@dataclass
class World:
    """Regions with their true figures: by region and segment members and denominator; the employed by region."""

    true: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    employed: dict[str, int] = field(default_factory=dict)


# --- a world, and what is printed of it ----------------------------------------------------------------


def make_world(dice: random.Random, regions: int = 400) -> World:
    world = World()
    for number in range(regions):
        code, size = f"99.{number:04}", dice.uniform(0.3, 6)
        true = {}
        for segment, people, low, high in (
            ("PU", 90_000, 0.3, 0.65),
            ("BPU", 160_000, 0.05, 0.2),
            ("JAKON", 21_000, 0.6, 0.97),
        ):
            eligible = round(people * size * dice.uniform(0.7, 1.3))
            true[segment] = (round(eligible * dice.uniform(low, high)), eligible)
        members, eligible = (sum(true[segment][n] for segment in SEGMENTS) for n in (0, 1))
        world.true[code] = true | {"TOTAL": (members, eligible)}
        world.employed[code] = round(eligible * dice.uniform(1.5, 1.9))
    return world


def rounded(members: int, eligible: int, decimals: int) -> int:
    """The percentage half up, in units of its last digit."""
    return int(Fraction(100 * 10**decimals * members, eligible) + Fraction(1, 2))


def cut_off(members: int, eligible: int, decimals: int) -> int:
    return int(Fraction(100 * 10**decimals * members, eligible))


def printed(true: tuple[int, int], segment: str, dice: random.Random, shows: str) -> Row:
    """A row that shows some of p(ercentage), m(embers), e(ligible)."""
    decimals = dice.choices((0, 1, 2), (1, 4, 5))[0]
    return Row(
        segment,
        members=true[0] if "m" in shows else None,
        eligible=true[1] if "e" in shows else None,
        pct=rounded(*true, decimals) if "p" in shows else None,
        decimals=decimals,
    )


def print_segments(world: World, dice: random.Random) -> Print:
    """As Trenggalek's: percentages and members by segment, of the total the percentage alone."""
    region = dice.choice(list(world.true))
    rows = [printed(world.true[region][segment], segment, dice, "pm") for segment in SEGMENTS]
    return Print(region, (*rows, printed(world.true[region]["TOTAL"], "TOTAL", dice, dice.choice(("p", "pm")))))


def print_sum(world: World, dice: random.Random) -> Print:
    """As Gresik's: members by segment, all of the total; of a day that the warehouse may not know."""
    region = dice.choice(list(world.true))
    rows = [printed(world.true[region][segment], segment, dice, "m") for segment in SEGMENTS]
    total = printed(world.true[region]["TOTAL"], "TOTAL", dice, "pme")
    return Print(region, (*rows, total), dice.choice((DAY, OTHER_DAY)))


def print_total(world: World, dice: random.Random) -> Print:
    """As Bali's: one total, and nothing in the warehouse to hold it against."""
    return Print(None, (printed(world.true[dice.choice(list(world.true))]["TOTAL"], "TOTAL", dice, "pme"),))


def print_measured(world: World, dice: random.Random) -> Print:
    """One segment's figure that the warehouse has measured on that day."""
    region, segment = dice.choice(list(world.true)), dice.choice((*SEGMENTS, "TOTAL"))
    return Print(region, (printed(world.true[region][segment], segment, dice, dice.choice(("p", "pm", "pme"))),))


def print_areas(world: World, dice: random.Random) -> Print:
    """As the Blitar branch's: segments and areas of one total, members alone."""
    true = world.true[dice.choice(list(world.true))]
    rows = [printed(true[segment], segment, dice, "m") for segment in SEGMENTS]
    total = true["TOTAL"][0]
    first, second = round(total * dice.uniform(0.3, 0.5)), round(total * dice.uniform(0.2, 0.4))
    areas = [Row("TOTAL", members=n, area=f"Wilayah {n}") for n in (first, second, total - first - second)]
    return Print(None, (*rows, Row("TOTAL", members=total), *areas))


def print_plan(world: World, dice: random.Random) -> Print:
    """A baseline and a target with their years."""
    low, high = sorted(dice.sample(range(500, 9_900), 2))
    first = dice.randrange(2020, 2030)
    baseline = Row("TOTAL", pct=low, figure="baseline", year=first)
    return Print(
        dice.choice(list(world.true)),
        (baseline, Row("TOTAL", pct=high, figure="target", year=first + dice.randrange(1, 21))),
    )


PRINTS: tuple[Callable[[World, random.Random], Print], ...] = (
    print_segments, print_sum, print_total, print_measured, print_areas, print_plan
)  # fmt: skip


# --- one fault in a print ------------------------------------------------------------------------------

Faulty = tuple[Print, Fault]


def put(whole: Print, row: int, changed: Row) -> Print:
    return replace(whole, rows=(*whole.rows[:row], changed, *whole.rows[row + 1 :]))


def swap_years(whole: Print, world: World, dice: random.Random) -> Faulty | None:
    if whole.rows[0].figure != "baseline":
        return None
    baseline, target = whole.rows
    swapped = (replace(baseline, year=target.year), replace(target, year=baseline.year))
    return replace(whole, rows=swapped), Fault("years_swapped", 0, str(baseline.year))


def mislabel(whole: Print, world: World, dice: random.Random) -> Faulty | None:
    """One segment's figures under another's label; the figures that belong there are left out or swapped with it."""
    segments = [n for n, row in enumerate(whole.rows) if row.figure == "measured"]
    if whole.region is None or whole.stated_on != DAY or not segments:
        return None
    row = dice.choice(segments)
    segment = whole.rows[row].segment
    label = dice.choice([each for each in (*SEGMENTS, "TOTAL") if each != segment])
    changed = put(whole, row, replace(whole.rows[row], segment=label))
    other = next((n for n in segments if whole.rows[n].segment == label), None)
    if other is None:
        return changed, Fault("segment_label", row, segment)
    if dice.random() < 0.5:
        return put(changed, other, replace(whole.rows[other], segment=segment)), Fault("segment_label", row, segment)
    kept = [n for n in range(len(whole.rows)) if n != other]
    return replace(changed, rows=tuple(changed.rows[n] for n in kept)), Fault("segment_label", kept.index(row), segment)


def transpose(whole: Print, world: World, dice: random.Random) -> Faulty | None:
    """Two neighbouring digits of one number swapped; never across the decimal point, the first never 0."""
    row = dice.randrange(len(whole.rows))
    name = dice.choice([each for each in ("members", "eligible", "pct") if getattr(whole.rows[row], each) is not None])
    number = getattr(whole.rows[row], name)
    digits = str(number)
    point = len(digits) - whole.rows[row].decimals if name == "pct" and whole.rows[row].decimals else -1
    places = [
        n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and n + 1 != point and (n or digits[1] != "0")
    ]
    if whole.rows[row].figure != "measured" or not places or point == 0:
        return None
    at = dice.choice(places)
    swapped = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    decimals = whole.rows[row].decimals if name == "pct" else 0
    likely = f"{number / 10**decimals:.{decimals}f}"
    return put(whole, row, replace(whole.rows[row], **{name: swapped})), Fault("digits_transposed", row, likely)


def truncate(whole: Print, world: World, dice: random.Random) -> Faulty | None:
    row = dice.randrange(len(whole.rows))
    chosen = whole.rows[row]
    if chosen.pct is None or chosen.figure != "measured":
        return None
    true = next(iter(true_of(whole, chosen, world)), (chosen.members, chosen.eligible))
    if true[0] is None or true[1] is None or cut_off(*true, chosen.decimals) == chosen.pct:
        return None
    likely = f"{chosen.pct / 10**chosen.decimals:.{chosen.decimals}f}"
    cut = replace(chosen, pct=cut_off(*true, chosen.decimals))
    return put(whole, row, cut), Fault("truncated", row, likely)


def true_of(whole: Print, row: Row, world: World) -> list[tuple[int, int]]:
    return [world.true[whole.region][row.segment]] if whole.region and whole.stated_on == DAY else []


def divide_by_another(whole: Print, world: World, dice: random.Random) -> Faulty | None:
    """The percentage is of the employed, or of the whole region's workers."""
    row = dice.randrange(len(whole.rows))
    chosen = whole.rows[row]
    if chosen.pct is None or chosen.figure != "measured" or whole.region is None:
        return None
    members = world.true[whole.region][chosen.segment][0]
    others = [world.employed[whole.region]]
    if whole.stated_on == DAY and chosen.segment != "TOTAL":
        others.append(world.true[whole.region]["TOTAL"][1])
    other = dice.choice(others)
    pct = rounded(members, other, chosen.decimals)
    return put(whole, row, replace(chosen, pct=pct)), Fault("other_denominator", row, str(other))


def lose_thousands(whole: Print, world: World, dice: random.Random) -> Faulty | None:
    row = dice.randrange(len(whole.rows))
    chosen = whole.rows[row]
    name = dice.choice(("members", "eligible"))
    number = getattr(chosen, name)
    if number is None or number < 2_000:
        return None
    lost = dice.choice((number // 1000, (number + 500) // 1000))
    return put(whole, row, replace(chosen, **{name: lost})), Fault("thousands_lost", row, str(1000 * lost))


FAULTS = (swap_years, mislabel, transpose, truncate, divide_by_another, lose_thousands)


# --- through the models --------------------------------------------------------------------------------


def judge(
    world: World, prints: Iterable[Print]
) -> tuple[dict[tuple[int, int], tuple[Any, ...]], dict[tuple[int, int], list[tuple[Any, ...]]]]:
    """By print and row: verdict, cause and likely value; and the causes listed: cause, likely, rank."""
    with duckdb.connect() as connection:
        for schema in ("core", "work", "mart"):
            connection.execute(f"create schema {schema}")
        coverage = [
            (code, DAY, segment, members, eligible, False)
            for code, true in world.true.items()
            for segment, (members, eligible) in true.items()
        ]
        connection.register(
            "given",
            pd.DataFrame(
                coverage,
                columns=["region_code", "as_of_date", "segment", "active_members", "eligible_workers", "is_sample"],
            ),
        )
        connection.execute(
            """create table mart.coverage as select region_code, cast(as_of_date as date) as as_of_date, segment, active_members,
            eligible_workers, cast(round(100.0 * active_members / eligible_workers, 2) as decimal(18, 2)) as coverage_pct, is_sample from given"""
        )
        connection.execute(
            "create table mart.province_coverage as select region_code as province_code, * exclude (region_code), true as is_complete from mart.coverage where false"
        )
        connection.register("employed", pd.DataFrame(list(world.employed.items()), columns=["region_code", "value"]))
        connection.execute(
            """create table core.labour_force_value as select region_code, cast(value as decimal(18, 6)) as value, year, 'employed_people' as measure,
            timestamp '2024-01-01' as known_from, cast(null as timestamp) as known_until, false as is_sample
            from employed, (values (2022), (2024)) as years (year)"""
        )
        rows = [
            (
                f"{n:06}:{m}",
                str(n),
                whole.region,
                row.area,
                whole.stated_on,
                row.figure,
                row.year,
                row.segment,
                row.members,
                row.eligible,
                row.pct,
                row.decimals,
            )
            for n, whole in enumerate(prints)
            for m, row in enumerate(whole.rows)
        ]
        names = [
            "id",
            "event",
            "region_code",
            "area",
            "stated_on",
            "figure",
            "year",
            "segment",
            "members",
            "eligible",
            "pct",
            "decimals",
        ]
        connection.register(
            "printed",
            pd.DataFrame(rows, columns=names).astype(dict.fromkeys(("year", "members", "eligible", "pct"), "Int64")),
        )
        connection.execute(
            """create table core.published_figure as select id as published_figure_id, 'kliping' as source, 'x' as place, region_code, area, event,
            cast(stated_on as date) as stated_on, figure, cast(year as smallint) as year, segment,
            cast(pct / pow(10, decimals) as decimal(18, 6)) as coverage_pct,
            case when pct is not null then cast(1 / pow(10, decimals) as decimal(18, 9)) end as coverage_pct_step,
            members as active_members, eligible as eligible_workers, 'koran' as cited_source, timestamp '2025-01-01' as known_from,
                timestamp '2025-01-01' as received_at, cast(null as varchar) as correction_ids,
            cast(null as timestamp) as known_until, false as is_sample from printed"""
        )
        models = {model.name: model for model in read_models()}
        for name in MODELS:
            connection.execute(f"create table {name} as {at_moment(models[name].sql, FAR_FUTURE, LAST_DAY)}")
        verdicts = connection.execute(
            "select published_figure_id, verdict, cause, likely from mart.published_figure_check"
        ).fetchall()
        causes = connection.execute(
            "select published_figure_id, cause, likely, rank from mart.published_figure_cause order by all"
        ).fetchall()
    listed: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    for identity, *cause in causes:
        listed.setdefault(place_of(identity), []).append(tuple(cause))
    return {place_of(identity): tuple(verdict) for identity, *verdict in verdicts}, listed


def place_of(identity: str) -> tuple[int, int]:
    whole, row = identity.split(":")
    return int(whole), int(row)


def test_of_ten_thousand_figures_that_hold_none_is_accused() -> None:
    dice = random.Random(20241113)
    world = make_world(dice)
    prints = [dice.choice(PRINTS)(world, dice) for _ in range(FIGURES // 3)]
    verdicts, causes = judge(world, prints)
    assert len(verdicts) > FIGURES
    assert {verdict for verdict, _, _ in verdicts.values()} == {"consistent"}
    assert causes == {}


def outcome(n: int, fault: Fault, rows: int, verdicts: dict[tuple[int, int], tuple[Any, ...]]) -> str:
    """right, wrong, undecided or unseen: what the models made of one faulty print."""
    of_print = [verdicts[n, row] for row in range(rows)]
    accused = {row for row, (verdict, _, _) in enumerate(of_print) if verdict in ("contradicted", "truncated")}
    if fault.row in accused and of_print[fault.row][1:] == (fault.cause, fault.likely):
        return "right"
    if accused:
        return "wrong"
    return "undecided" if any(verdict == "undecided" for verdict, _, _ in of_print) else "unseen"


def holds(whole: Print, world: World) -> bool:
    """Whether everything in a print agrees: percentages with counts, parts with totals, all with what was measured."""
    measured = [row for row in whole.rows if row.figure == "measured"]
    for row in measured:
        true = true_of(whole, row, world)
        if true and (row.members not in (None, true[0][0]) or row.eligible not in (None, true[0][1])):
            return False
        counts = [pair for pair in [(row.members, row.eligible), *true] if None not in pair]
        if row.pct is not None and not all(
            row.pct - Fraction(1, 2) <= Fraction(100 * 10**row.decimals * pair[0], pair[1]) < row.pct + 1
            for pair in counts
        ):
            return False
    sums = (
        [row for row in measured if not row.area and row.segment in SEGMENTS],
        [row for row in measured if row.area],
    )
    total = next((row.members for row in measured if row.segment == "TOTAL" and not row.area), None)
    return all(not parts or total is None or sum(row.members or 0 for row in parts) == total for parts in sums)


def test_of_ten_thousand_faults_the_right_cause_comes_first_where_arithmetic_can_tell() -> None:
    dice = random.Random(20250331)
    world = make_world(dice)
    faulty: list[Faulty] = []
    while len(faulty) < FIGURES:
        if made := dice.choice(FAULTS)(dice.choice(PRINTS)(world, dice), world, dice):
            faulty.append(made)
    verdicts, causes = judge(world, [whole for whole, _ in faulty])
    outcomes: Counter[tuple[str, str]] = Counter()
    for n, (whole, fault) in enumerate(faulty):
        made_of_it = outcome(n, fault, len(whole.rows), verdicts)
        outcomes[fault.cause, made_of_it] += 1
        if made_of_it == "unseen":
            assert holds(whole, world), (whole, fault)
        if made_of_it == "undecided":
            listed = [cause for row in range(len(whole.rows)) for cause in causes.get((n, row), [])]
            assert len(listed) > 1, (whole, fault)
            assert (fault.cause, fault.likely) in [cause[:2] for cause in causes[n, fault.row]], (whole, fault)
    for cause in {cause for cause, _ in outcomes}:
        right, wrong = outcomes[cause, "right"], outcomes[cause, "wrong"]
        assert right >= 0.95 * (right + wrong), outcomes
        assert right >= 0.85 * sum(count for (of, _), count in outcomes.items() if of == cause), outcomes
