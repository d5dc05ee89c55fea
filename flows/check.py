"""Check: read and validate files as the job does, and load nothing: no receipt, no staging, no warehouse.

What is printed or written of it lies in `flows.report`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.addresses import column_number
from flows.errors import WrongUse
from flows.messages import severity_of
from flows.records import Finding, Reading, Severity, SheetAccount
from flows.settings import Settings
from schemas.regions import Region

if TYPE_CHECKING:
    from flows.read.weighing import Weighed
    from flows.validate import Status

_MISUSE = {
    "id": {
        "missing": "Berkas ini tidak ada: {path}. Periksa nama dan foldernya.",
        "folder": "Ini folder, bukan berkas: {path}. Sebut berkas di dalamnya.",
        "not_xlsx": "--xlsx {out}: nama salinan harus berakhir .xlsx, atau sebut folder yang sudah ada.",
        "not_a_folder": "--xlsx {out}: untuk beberapa berkas, sebut folder, bukan satu berkas.",
        "is_input": "--xlsx {out}: salinan {path} akan menimpa berkas yang diperiksa. Pilih tempat lain.",
    },
    "en": {
        "missing": "There is no such file: {path}. Check its name and folder.",
        "folder": "This is a folder, not a file: {path}. Name the files in it.",
        "not_xlsx": "--xlsx {out}: the copy's name must end in .xlsx, or name a folder that is there.",
        "not_a_folder": "--xlsx {out}: for several files name a folder, not one file.",
        "is_input": "--xlsx {out}: the copy {path} would replace a file that is checked. Choose another place.",
    },
}


@dataclass(frozen=True)
class FileCheck:
    """What would become of one file: the job's own status, findings and accounts (after validation).

    Findings go as a person mends them: sheet by sheet, errors before warnings, from the top left.
    """

    path: Path
    reading: Reading
    status: Status
    sheets: tuple[SheetAccount, ...]
    findings: tuple[Finding, ...]

    @property
    def loaded(self) -> int:
        """How many numbers would be loaded."""
        return sum(sheet.loaded for sheet in self.sheets)

    def count(self, severity: Severity) -> int:
        """How many findings are that bad."""
        return sum(severity_of(finding.rule) == severity for finding in self.findings)


@dataclass(frozen=True)
class ProvinceMatch:
    """Which regencies of a province a table names, and which it does not."""

    province: Region
    matched: tuple[Region, ...]
    missing: tuple[Region, ...]

    @property
    def expected(self) -> int:
        return len(self.matched) + len(self.missing)


def require_files(paths: Sequence[Path], lang: str) -> None:
    """Raises WrongUse, before anything is read, naming the paths that are no files."""
    wrong = [(path, "folder" if path.is_dir() else "missing") for path in paths if not path.is_file()]
    if wrong:
        raise WrongUse("\n".join(_MISUSE[lang][fault].format(path=path) for path, fault in wrong))


def plan_copies(paths: Sequence[Path], out: Path, lang: str) -> list[Path]:
    """Where each file's coloured copy goes. Raises WrongUse where a name cannot be, or is that of a file given.

    In a folder a copy has its file's name with .xlsx; of two files with one name the later gets a number.
    """
    said = _MISUSE[lang]
    if len(paths) > 1 and (out.is_file() or out.suffix):
        raise WrongUse(said["not_a_folder"].format(out=out))
    if len(paths) > 1 or out.is_dir():
        copies = _names_in_folder(paths, out)
    elif out.suffix.lower() == ".xlsx":
        copies = [out]
    else:
        raise WrongUse(said["not_xlsx"].format(out=out))
    given = [path.resolve() for path in paths]
    for copy in copies:
        if copy.resolve() in given or (copy.exists() and any(copy.samefile(path) for path in paths)):
            raise WrongUse(said["is_input"].format(out=out, path=copy))
    return copies


def _names_in_folder(paths: Sequence[Path], folder: Path) -> list[Path]:
    names: list[str] = []
    for path in paths:
        name, number = f"{path.stem}.xlsx", 1
        while name.lower() in [taken.lower() for taken in names]:
            number += 1
            name = f"{path.stem} ({number}).xlsx"
        names.append(name)
    return [folder / name for name in names]


def check_files(paths: Sequence[Path], settings: Settings, regions: Sequence[Region]) -> Iterator[FileCheck]:
    """Read and validate each file by itself, in worker processes and within the job's limits, in the order given."""
    from flows.read.limits import limits_of
    from flows.read.pool import Job, read_all
    from flows.validate import validate
    from schemas.catalogue import all_kinds

    # Two files may hold the same bytes: here a file is its place among those given, not its content.
    jobs = [Job(str(number), path, path.name, path.stat().st_size) for number, path in enumerate(paths)]
    limits = limits_of(settings)
    for path, reading in zip(paths, read_all(jobs, all_kinds(), limits, settings.workers), strict=True):
        validated = validate([reading], regions)
        ((status, _),) = validated.statuses()
        sheets = tuple(validated.sheets_of(0))
        findings = _sort_findings(validated.findings.get(reading.extract_id, []), sheets)
        yield FileCheck(path, reading, status, sheets, findings)


def weigh_file(path: Path, settings: Settings) -> Iterator[Weighed]:
    """What was weighed in each sheet of a file that could be opened, and why one thing won."""
    from flows.read.limits import limits_of
    from flows.read.open_file import open_workbook
    from flows.read.regions import load_region_book
    from flows.read.weighing import weigh_sheet
    from flows.read.words import vocabulary_of
    from schemas.catalogue import all_kinds

    book = load_region_book()
    lexicons = vocabulary_of(all_kinds(), book.province_names).lexicons
    for sheet in open_workbook(path, limits_of(settings)).sheets:
        yield from weigh_sheet(sheet, path.name, lexicons, book)


def _sort_findings(findings: Sequence[Finding], sheets: Sequence[SheetAccount]) -> tuple[Finding, ...]:
    place_of = {sheet.sheet: number for number, sheet in enumerate(sheets)}

    def order(finding: Finding) -> tuple[int, bool, int, int]:
        letters = finding.cell.rstrip("0123456789")
        row = int(finding.cell[len(letters) :] or 0)
        is_warning = severity_of(finding.rule) == "warning"
        return place_of.get(finding.sheet, -1), is_warning, row, column_number(letters)

    return tuple(sorted(findings, key=order))


def match_provinces(codes: Sequence[str], regions: Sequence[Region]) -> list[ProvinceMatch]:
    """The regencies among some region codes against all regencies of their provinces."""
    matches = []
    for province in regions:
        if province.kind == "provinsi" and any(code.startswith(f"{province.code}.") for code in codes):
            its = [region for region in regions if region.province_code == province.code and region is not province]
            matched = tuple(region for region in its if region.code in codes)
            missing = tuple(region for region in its if region.code not in codes)
            matches.append(ProvinceMatch(province, matched, missing))
    return matches
