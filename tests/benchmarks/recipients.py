"""The benchmark of recipient lists: `receive` of four workbooks beside the bare calamine read of the same files.

    python -m tests.benchmarks.recipients                 (make bench runs it too)
    python -m tests.benchmarks.recipients --rows 250000 --rounds 3

The people are made up (district 35.03.99). A speed counts only where every row comes out as it was put in.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.bench import print_table, run_bare, say, shown
from tests.benchmarks.measure import peak_memory, wall_seconds

FILES = 4
HEADER = ("No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Alamat", "RT/RW", "Desa/Kelurahan",
          "Kecamatan", "Pekerjaan", "No HP")  # fmt: skip
_EVERY_BAD = 100  # one row of so many has a birth date that its NIK contradicts


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the lists, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.recipients", description=__doc__)
    parser.add_argument("--rows", default="25000,250000", help="rows of each of the four workbooks")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--inputs", type=Path, default=Path(tempfile.gettempdir()) / "ucj-bench-inputs")
    given = parser.parse_args(arguments)
    lines = []
    for rows in map(int, given.rows.split(",")):
        files = make_lists(given.inputs / f"recipients-{rows}", rows)
        bare, ours, agrees = [], [], True
        with tempfile.TemporaryDirectory(prefix="ucj-bench-") as scratch:
            for number in range(given.rounds):
                say(f"{FILES} × {rows:,} rows: round {number + 1} of {given.rounds}")
                home = Path(scratch) / str(number)
                ours.append(wall_seconds(command(files, home)))
                agrees = agrees and outcomes(home) == expected(rows)
                shutil.rmtree(home)
                bare.append(run_bare(files))
            memory = peak_memory(command(files, Path(scratch) / "memory"))
        ratio = median(ours) / median(bare)
        lines.append([f"{FILES} × {rows:,} rows", shown(median(bare)), shown(median(ours)), shown(ratio),
                      shown(memory.largest, 0), shown(memory.together, 0), "yes" if agrees else "NO"])  # fmt: skip
    print(
        "\nRecipient lists: receive (a new process, sealing and judging included) against the bare read, seconds and MB"
    )
    print_table(["", "bare read", "receive", "ratio", "largest process", "all together", "agrees"], lines)


def command(files: Sequence[Path], home: Path) -> list[str]:
    """`ucj recipients receive` as a shell would start it, with a key of its own."""
    os.environ["UCJ_NIK_KEY"] = secrets.token_hex(32)
    os.environ["UCJ_COVER_FIRST_DAY"] = "2027-01-01"
    return [sys.executable, "-m", "flows.cli", "recipients", "receive", *map(str, files), "--json",
            "--raw", str(home / "raw"), "--warehouse", str(home / "warehouse")]  # fmt: skip


def outcomes(home: Path) -> dict[str, int]:
    """What the receipts say that came out."""
    total: dict[str, int] = {}
    for path in (home / "raw" / "recipients").glob("2*.json"):
        for name, count in json.loads(path.read_text(encoding="utf-8"))["outcomes"].items():
            total[name] = total.get(name, 0) + count
    return total


def expected(rows: int) -> dict[str, int]:
    """What was put in."""
    bad = len(range(0, FILES * rows, _EVERY_BAD))
    return {"eligible": FILES * rows - bad, "to_mend": bad, "not_eligible": 0}


def make_lists(folder: Path, rows: int) -> list[Path]:
    """Four workbooks of one long list each; kept for the next time."""
    import xlsxwriter

    from schemas.villages import read_villages

    villages = read_villages()
    paths = [folder / f"{number}.xlsx" for number in range(FILES)]
    for number, path in enumerate(paths):
        if path.exists():
            continue
        say(f"making {path} …")
        folder.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        book = xlsxwriter.Workbook(str(aside), {"constant_memory": True})
        sheet = book.add_worksheet("BNBA")
        sheet.write_row(0, 0, ["Daftar calon penerima (dibuat-buat)"])
        sheet.write_row(2, 0, HEADER)
        for row in range(rows):
            sheet.write_row(row + 3, 0, person(number * rows + row, villages))
        book.close()
        aside.rename(path)
    return paths


def person(number: int, villages: Sequence[object]) -> tuple[object, ...]:
    """A made-up person whose NIK and name are no other's."""
    born, serial = divmod(number, 9_000)
    year, day = 1965 + born // 28 % 40, born % 28 + 1
    is_woman = number % 2
    village = villages[number % len(villages)]
    nik = f"350399{day + 40 * is_woman:02d}06{year % 100:02d}{serial + 1:04d}"
    name = "".join(chr(97 + int(digit)) for digit in f"{number:07d}")
    written = f"{day:02d}-06-{year + (number % _EVERY_BAD == 0)}"
    return (number + 1, nik, f"Rekaan {name.capitalize()}", "Trenggalek", written, "P" if is_woman else "L",
            f"Jalan Khayal {number % 500}", f"{number % 9:03d}/{number % 7:03d}", village.name, village.district,  # type: ignore[attr-defined]
            "Petani", f"0812{number:08d}")  # fmt: skip


if __name__ == "__main__":
    main()
