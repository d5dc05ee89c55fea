"""The benchmark: our whole direct job, the bare calamine read and the naive way, interleaved on the same files.

    make bench
    python -m tests.benchmarks.bench --small 100,500 --large 10000 --rounds 5

A speed counts only where rows, sums and refusals come out as they were put in, in both ways. No time is asserted.
Nothing heavy is imported at the top: worker processes import the module that was run.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.measure import Memory, peak_memory, wall_seconds

RESULTS = Path(__file__).resolve().parent / "results"
OURS_WARM, OURS_COLD, BARE = "ours, warm", "ours, cold process", "bare read, 1 thread"
NAIVE = {"openpyxl": "naive, openpyxl", "calamine": "naive, calamine"}
WAYS = (OURS_WARM, OURS_COLD, BARE, *NAIVE.values())


@dataclass(frozen=True)
class Options:
    """What to run. The naive way is run up to so many small files and large rows: beyond, it takes minutes a round."""

    small: tuple[int, ...]
    large: tuple[int, ...]
    rounds: int
    seconds: int
    naive_small: int
    naive_large: int
    inputs: Path

    def naive_reaches(self, family: str, size: int) -> bool:
        return size <= (self.naive_small if family == "small" else self.naive_large)


@dataclass
class Result:
    """The times of one size in seconds, by way and round; and whether all ways came to what was put in."""

    name: str
    family: str
    size: int
    files: int
    megabytes: float
    cells: int
    refused: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    agreement: dict[str, str] = field(default_factory=dict)
    memory: Memory | None = None
    nothing_new: dict[str, float] = field(default_factory=dict)

    def time(self, way: str) -> float | None:
        """The median of a way; None where it was not run."""
        return median(self.seconds[way]) if self.seconds.get(way) else None

    @property
    def counts(self) -> bool:
        return all(said == "agrees" for said in self.agreement.values())


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the inputs, measure, print, and write the JSON file."""
    options = parse(arguments)
    from tests.benchmarks.make_inputs import make_inputs

    say("making the inputs (kept for the next time) …")
    inputs = make_inputs(options.inputs, options.small, options.large)
    results = []
    with tempfile.TemporaryDirectory(prefix="ucj-bench-") as scratch:
        warm_up(inputs[0], Path(scratch))
        for each in inputs:
            results.append(measure(each, options, Path(scratch)))
        help_seconds = median(wall_seconds([sys.executable, "-m", "flows.cli", "--help"]) for _ in range(5))
    fits = {family: fit([r for r in results if r.family == family]) for family in ("small", "large")}
    report(results, fits, help_seconds)
    write(results, fits, help_seconds)


def parse(arguments: Sequence[str] | None) -> Options:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench", description=__doc__)
    parser.add_argument("--small", default="100,500,5000", help="how many small workbooks; empty: none")
    parser.add_argument("--large", default="10000,100000,1000000", help="how many rows in large ones; empty: none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=60, help="no further round of a size that took so long")
    parser.add_argument("--naive-small", type=int, default=500, help="naive way up to so many small workbooks")
    parser.add_argument("--naive-large", type=int, default=10_000, help="naive way up to so many rows")
    parser.add_argument("--inputs", type=Path, default=Path(tempfile.gettempdir()) / "ucj-bench-inputs")
    given = parser.parse_args(arguments)
    return Options(
        numbers(given.small),
        numbers(given.large),
        given.rounds,
        given.seconds,
        given.naive_small,
        given.naive_large,
        given.inputs,
    )


def numbers(text: str) -> tuple[int, ...]:
    """ "100,500" → (100, 500)"""
    return tuple(sorted(int(part) for part in text.split(",") if part))


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


# -- one size ---------------------------------------------------------------------------------------


def warm_up(inputs: Any, scratch: Path) -> None:
    """Import everything and fill the page cache's own code, so that round one is like the others."""
    import tests.benchmarks.naive  # noqa: F401

    inbox = scratch / "few"
    for path in inputs.files[:5]:
        link = inbox / path.relative_to(inputs.inbox)
        link.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, link)
    run_ours(inbox, scratch / "warm-up")
    run_bare(inputs.files[:5])


def measure(inputs: Any, options: Options, scratch: Path) -> Result:
    """All ways on the same files, round after round: ours, bare, naive; ours, bare, naive; …"""
    files = inputs.files
    megabytes = round(sum(path.stat().st_size for path in files) / 1e6, 1)
    result = Result(
        inputs.name,
        inputs.family,
        inputs.size,
        len(files),
        megabytes,
        inputs.expected.cells,
        len(inputs.expected.refused),
    )
    runs_naive = options.naive_reaches(inputs.family, inputs.size)
    started = time.perf_counter()
    for number in range(options.rounds):
        if number and time.perf_counter() - started > options.seconds:
            break
        say(f"{inputs.name}: round {number + 1} of {options.rounds}")
        home = scratch / "ours"
        timed(result, OURS_WARM, partial(run_ours, inputs.inbox, home))
        if number == 0:
            result.agreement["ours"] = compare(found_by_ours(home, inputs.inbox), inputs.expected)
        timed(result, BARE, partial(run_bare, files))
        timed(result, OURS_COLD, partial(run_cold, inputs.inbox, home))
        if number == 0:
            result.nothing_new = nothing_new(home)
        for engine, way in NAIVE.items() if runs_naive else ():
            timed_naive(result, way, engine, inputs, scratch, is_first=number == 0)
        shutil.rmtree(home)
    result.memory = memory_of_ours(inputs.inbox, scratch / "memory")
    return result


def timed(result: Result, way: str, run: Callable[[], float]) -> None:
    """Note one time of one way."""
    result.seconds.setdefault(way, []).append(round(run(), 4))


def timed_naive(result: Result, way: str, engine: Any, inputs: Any, scratch: Path, is_first: bool) -> None:
    """One naive run into a file of its own, and on the first whether it agrees."""
    from tests.benchmarks.naive import run_naive

    target = scratch / "naive.duckdb"
    started = time.perf_counter()
    found = run_naive(inputs.inbox, inputs.files, target, engine)
    result.seconds.setdefault(way, []).append(round(time.perf_counter() - started, 4))
    target.unlink()
    if is_first:
        result.agreement[way] = compare(found, inputs.expected)


def lay_out(inbox: Path, home: Path) -> None:
    """A clean home whose inbox is the given one: nothing received, no warehouse."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "raw").mkdir(parents=True)
    (home / "raw" / "inbox").symlink_to(inbox, target_is_directory=True)


def run_ours(inbox: Path, home: Path) -> float:
    """The whole direct job in this process, from a clean inbox to the published file."""
    from flows.job import run_job
    from flows.settings import Settings

    lay_out(inbox, home)
    started = time.perf_counter()
    run_job(Settings(raw=home / "raw", warehouse=home / "warehouse"))
    return time.perf_counter() - started


def command_of_ours(home: Path) -> list[str]:
    """`ucj run --direct` as a shell would start it."""
    return [sys.executable, "-m", "flows.cli", "run", "--direct", "--json", "--raw", str(home / "raw"),
            "--warehouse", str(home / "warehouse")]  # fmt: skip


def run_cold(inbox: Path, home: Path) -> float:
    """The same in a new process, interpreter and imports included."""
    lay_out(inbox, home)
    return wall_seconds(command_of_ours(home))


def run_bare(files: Sequence[Path]) -> float:
    """Every sheet of every file through calamine, in one thread, and nothing else."""
    from python_calamine import CalamineWorkbook

    started = time.perf_counter()
    for path in files:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return time.perf_counter() - started


def nothing_new(home: Path) -> dict[str, float]:
    """A further run where nothing came: in this process, as a command, and what a command's start alone costs."""
    from flows.job import run_job
    from flows.settings import Settings

    settings = Settings(raw=home / "raw", warehouse=home / "warehouse")
    inside, command, start = [], [], []
    for _ in range(5):
        started = time.perf_counter()
        run_job(settings)
        inside.append(time.perf_counter() - started)
        command.append(wall_seconds(command_of_ours(home)))
        start.append(wall_seconds([sys.executable, "-c", "import flows.cli, flows.job"]))
    return {"in_process": median(inside), "command": median(command), "start_up": median(start),
            "above_start_up": median(command) - median(start)}  # fmt: skip


def memory_of_ours(inbox: Path, home: Path) -> Memory:
    """Peak memory of the command and its workers, in a run that is not timed."""
    lay_out(inbox, home)
    memory = peak_memory(command_of_ours(home))
    shutil.rmtree(home)
    return memory


# -- agreement --------------------------------------------------------------------------------------


def found_by_ours(home: Path, inbox: Path) -> Any:
    """What the published file holds: loaded cells, sums, and the cells that were refused."""
    import duckdb

    from tests.benchmarks.make_inputs import Expected

    with duckdb.connect(str(home / "warehouse" / "ucj.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select measure, count(*), cast(sum(value) as double) from core.coverage_value group by measure"
        ).fetchall()
        refused = connection.execute(
            "select receipt.inbox_path, finding.cell, finding.rule from meta.finding as finding "
            "join meta.receipt as receipt on receipt.sha256 = finding.extract_id where finding.severity = 'error'"
        ).fetchall()
    return Expected(sum(row[1] for row in rows), {row[0]: row[2] for row in rows}, [list(row) for row in refused])


def compare(found: Any, expected: Any) -> str:
    """ "agrees", or what differs first."""
    if found.cells != expected.cells:
        return f"{found.cells} cells loaded, {expected.cells} expected"
    for measure, total in expected.sums.items():
        if not math.isclose(found.sums.get(measure, 0.0), total, rel_tol=1e-9):
            return f"{measure} adds up to {found.sums.get(measure)}, {total} expected"
    differing = {tuple(cell) for cell in found.refused} ^ {tuple(cell) for cell in expected.refused}
    return f"{len(differing)} refusals differ, such as {min(differing)}" if differing else "agrees"


# -- cost against size ------------------------------------------------------------------------------


def fit(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Seconds against size for each way with three sizes or more: a line, its R², and the slope of log on log."""
    fits = {}
    for way in WAYS:
        points = [(r.size, seconds) for r in results if (seconds := r.time(way)) is not None]
        if len(points) >= 3:
            slope, start, r2 = line_through(points)
            power, _, _ = line_through([(math.log(size), math.log(seconds)) for size, seconds in points])
            fits[way] = {"seconds_each": slope, "seconds_fixed": start, "r2": r2, "log_log_slope": power}
    return fits


def line_through(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Slope, intercept and R² of least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    start = mean_y - slope * mean_x
    total = sum((y - mean_y) ** 2 for _, y in points)
    left = sum((y - start - slope * x) ** 2 for x, y in points)
    return slope, start, 1 - left / total if total else 1.0


# -- what is printed and written --------------------------------------------------------------------


def report(results: Sequence[Result], fits: dict[str, dict[str, dict[str, float]]], help_seconds: float) -> None:
    """The tables."""
    print(f"\nSeconds, median of the rounds, interleaved ({platform.machine()}, {os.cpu_count()} cores, Python "
          f"{platform.python_version()})")  # fmt: skip
    print_table(["", "rounds", *WAYS, "agrees"], [
        [r.name, str(len(r.seconds[BARE])), *(shown(r.time(way)) for way in WAYS), "yes" if r.counts else "NO: the speeds do not count"] for r in results
    ])  # fmt: skip
    print("\nRatios (ours × bare; naive × ours) and memory in MB")
    print_table(["", "warm/bare", "cold/bare", "openpyxl/warm", "calamine/warm", "largest process", "all together"], [
        [r.name, *(shown(ratio(r, *pair), 1) for pair in (
            (OURS_WARM, BARE), (OURS_COLD, BARE), (NAIVE["openpyxl"], OURS_WARM), (NAIVE["calamine"], OURS_WARM))),
         shown(r.memory.largest if r.memory else None, 0), shown(r.memory.together if r.memory else None, 0)]
        for r in results
    ])  # fmt: skip
    print("\nNothing new, seconds")
    print_table(["after", "in this process", "command", "start-up alone", "above start-up"],
                [[r.name, *(shown(seconds) for seconds in r.nothing_new.values())] for r in results])  # fmt: skip
    print("\nCost against size (small: a file; large: 1,000 rows)")
    print_table(["", "way", "ms each", "fixed s", "R²", "log-log slope"], [
        [family, way, shown(f["seconds_each"] * (1e3 if family == "small" else 1e6)), shown(f["seconds_fixed"]),
         shown(f["r2"], 4), shown(f["log_log_slope"])]
        for family, ways in fits.items() for way, f in ways.items()
    ])  # fmt: skip
    print(f"\nucj --help: {help_seconds:.2f} s")
    for r in results:
        if not any(way in r.seconds for way in NAIVE.values()):
            print(f"{r.name}: the naive way was left out (minutes a round); rows, sums and refusals of ours were "
                  "compared with what the files were made from")  # fmt: skip
        for way, said in r.agreement.items():
            if said != "agrees":
                print(f"{r.name}, {way}: {said}")


def ratio(result: Result, way: str, by: str) -> float | None:
    """One way's time in another's; None where one was not run or the two did not do the same."""
    one, other = result.time(way), result.time(by)
    return one / other if one is not None and other and result.counts else None


def shown(number: float | None, digits: int = 2) -> str:
    """A number for a table."""
    return "–" if number is None else f"{number:,.{digits}f}"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table, first column left, the others right."""
    widths = [max(len(str(row[column])) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        print("  ".join(str(cell).ljust(width) if not column else str(cell).rjust(width)
                        for column, (cell, width) in enumerate(zip(row, widths, strict=True))))  # fmt: skip


def write(results: Sequence[Result], fits: dict[str, dict[str, dict[str, float]]], help_seconds: float) -> None:
    """Everything, for a program to read."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    packages = ("pandas", "pandera", "duckdb", "python-calamine", "openpyxl", "numpy")
    target.write_text(json.dumps({
        "machine": {"system": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()},
        "packages": {name: version(name) for name in packages},
        "results": [asdict(r) | {
            "medians": {way: r.time(way) for way in WAYS},
            "ratios": {"warm_to_bare": ratio(r, OURS_WARM, BARE), "cold_to_bare": ratio(r, OURS_COLD, BARE),
                       **{f"naive_{engine}_to_warm": ratio(r, way, OURS_WARM) for engine, way in NAIVE.items()}},
            "agrees": r.counts,
        } for r in results],
        "fits": fits,
        "help_seconds": help_seconds,
    }, indent=1))  # fmt: skip
    print(f"\n{target}")


if __name__ == "__main__":
    main()
