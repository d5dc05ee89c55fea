"""What `ucj check` says of a file to a person who has to mend it: the verdict, each cell, what was understood.

No rule's code word is ever shown: findings speak through `flows.messages`, furniture through the words here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from flows.check import FileCheck, ProvinceMatch, match_provinces
from flows.messages import message_of, number_text, severity_of
from flows.read.weighing import Weighed
from flows.records import Finding, SheetAccount, SourceColumn, TableAccount
from flows.report.document import shown_day
from flows.report.foreign_text import one_line
from schemas.kind import Kind, Kinds
from schemas.regions import Region

_FEW_MISSING = 8  # more names than these nobody reads
_FEW_TIMES = 6
_FEW_PLACES = 10
_WORDS = {
    "id": {
        "loaded": "DIPAHAMI", "partly_loaded": "DIPAHAMI SEBAGIAN", "refused": "TIDAK DIPAHAMI",
        "numbers": "{n} angka dapat dimuat", "no_number": "tidak ada angka yang dapat dimuat",
        "errors": "{n} kesalahan harus diperbaiki", "warnings": "{n} peringatan untuk diperiksa",
        "no_table": "Tidak ada tabel yang dikenali dalam berkas ini. Yang dikenal: tabel dengan kolom kabupaten/kota "
                    "dan kolom angka, dengan judul kolom. Bila berkas ini memang data lain, abaikan.",
        "error": "Kesalahan", "warning": "Peringatan", "file": "Seluruh berkas", "sheet": 'Lembar "{sheet}"',
        "hidden": " (tersembunyi)", "cell": "sel {cell}", "findings": "Temuan", "understood": "Yang dipahami",
        "title": "Judul: {title}", "sample": "Menyebut dirinya DATA CONTOH: tidak dicampur dengan data resmi.",
        "revision": "Menyebut dirinya koreksi atau revisi.",
        "table": "{sheet}, tabel {place}: {kind}", "as_of_date": "Tanggal", "year": "Tahun",
        "no_time": "tidak dapat dipastikan; lihat temuan",
        "regions": "Kabupaten/kota: {matched} dari {expected} di {province}",
        "no_regions": "Kabupaten/kota: tidak ada yang angkanya dapat dibaca", "complete": " (lengkap)",
        "missing": "; tidak ada: {names}", "all_tables": "Semua tabel {kind}: {matches}",
        "column": "Kolom {letters}", "row": "Baris {letters}", "label": "apa yang diukur",
        "weighed": "Yang ditimbang", "weighed_header": "kepala", "weighed_kind": "jenis", "weighed_date": "tanggal",
        "header": 'judul "{header}"', "times": "ribuan: dikalikan {scale}",
        "people": "orang", "pct": "persen", "rupiah": "rupiah", "places": "Daerah",
        "region_name": "Kabupaten/kota (nama atau kode)",
        "ignored": "sengaja tidak dimuat", "heading": "judul baris di bawahnya",
        "unknown": "tidak dikenali, tidak dimuat", "no_header": "tanpa judul",
        "ktp": "basis KTP", "workplace": "basis tempat kerja", "unstated": "", "february": "Februari",
        "august": "Agustus",
        "accounts": "Ke mana setiap sel", "copy": "Salinan dengan sel yang ditandai: {path}",
        "account": "{sheet}: {cells} sel terisi = {header} judul kolom, nama, dan kode + {loaded} angka dapat dimuat + "
                   "{furniture} pelengkap{rules} + {ignored} sengaja tidak dimuat + {refused} ditolak",
        "summary": "{files} berkas: {loaded} dipahami, {partly} dipahami sebagian, {refused} tidak dipahami.",
    },
    "en": {
        "loaded": "UNDERSTOOD", "partly_loaded": "UNDERSTOOD IN PART", "refused": "NOT UNDERSTOOD",
        "numbers": "{n} numbers can be loaded", "no_number": "no number can be loaded",
        "errors": "{n} errors to mend", "warnings": "{n} warnings to look at",
        "no_table": "No table in this file is of a known kind. Known: a table with a column of regencies and columns "
                    "of figures, with headers. If the file holds other data, leave it.",
        "error": "Error", "warning": "Warning", "file": "The whole file", "sheet": 'Sheet "{sheet}"',
        "hidden": " (hidden)", "cell": "cell {cell}", "findings": "Findings", "understood": "What was understood",
        "title": "Title: {title}", "sample": "Calls itself sample data (DATA CONTOH): never mixed with real data.",
        "revision": "Calls itself a correction or revision.",
        "table": "{sheet}, table {place}: {kind}", "as_of_date": "Date", "year": "Year",
        "no_time": "not certain; see the findings",
        "regions": "Regencies: {matched} of {expected} in {province}",
        "no_regions": "Regencies: none whose figures can be read", "complete": " (complete)",
        "missing": "; missing: {names}", "all_tables": "All {kind} tables: {matches}",
        "column": "Column {letters}", "row": "Row {letters}", "label": "what is measured",
        "weighed": "What was weighed", "weighed_header": "header", "weighed_kind": "kind", "weighed_date": "date",
        "header": 'header "{header}"', "times": "thousands: multiplied by {scale}",
        "people": "people", "pct": "per cent", "rupiah": "rupiah", "places": "Regions",
        "region_name": "regency (name or code)",
        "ignored": "left out on purpose", "heading": "heads the rows below",
        "unknown": "not understood, not loaded", "no_header": "no header",
        "ktp": "by identity card", "workplace": "by workplace", "unstated": "", "february": "February",
        "august": "August",
        "accounts": "Where every cell went", "copy": "Copy with the cells marked: {path}",
        "account": "{sheet}: {cells} filled cells = {header} headers, names and codes + {loaded} numbers to load + "
                   "{furniture} furniture{rules} + {ignored} left out on purpose + {refused} refused",
        "summary": "{files} files: {loaded} understood, {partly} understood in part, {refused} not understood.",
    },
}  # fmt: skip
_FOUND_IN = {
    "id": {
        "row": "di barisnya", "header": "di judul kolom", "block": "di judul blok", "title": "di judul",
        "sheet_name": "di nama lembar", "cover": "di lembar sampul", "file_name": "di nama berkas",
        "default": "tidak disebut",
    },
    "en": {
        "row": "in the row", "header": "in the column header", "block": "in the block's heading",
        "title": "in the title", "sheet_name": "in the sheet's name", "cover": "on the cover sheet",
        "file_name": "in the file's name", "default": "not said",
    },
}  # fmt: skip
_FURNITURE = {
    "id": {
        "title": "judul", "note": "catatan", "total": "baris jumlah", "branch": "jumlah cabang", "average": "rata-rata",
        "section": "judul kelompok", "heading": "judul kelompok", "block_heading": "judul blok",
        "missing": "tanda kosong", "white_space": "hanya spasi", "text_sheet": "lembar keterangan",
        "check_sheet": "lembar hasil pemeriksaan", "carried": "jumlah pindahan",
        "notes_sheet": "lembar petunjuk", "unfilled": "baris yang belum diisi",
    },
    "en": {
        "title": "titles", "note": "notes", "total": "totals", "branch": "branch totals", "average": "averages",
        "section": "headings", "heading": "headings", "block_heading": "block headings", "missing": "marks for missing",
        "white_space": "white space alone", "text_sheet": "sheet of text", "check_sheet": "sheet of an earlier check",
        "carried": "sums carried over", "notes_sheet": "sheet of notes", "unfilled": "rows not filled in",
    },
}  # fmt: skip


# Why a candidate won or lost (flows.read.weighing).
_VERDICTS = {
    "id": {
        "upright": "dipakai: kepala kolom kabupaten/kota", "turned": "dipakai: kabupaten/kota mendatar",
        "one_region": "dipakai: tabel satu kabupaten/kota",
        "no_measure": "tidak dipakai: tidak ada kolom angka yang dikenal",
        "kind_taken": "dipakai: paling banyak kolom yang dikenal", "kind_left": "tidak dipakai",
        "date_taken": "dipakai", "print_or_source": "tidak dipakai: tanggal cetak, surat, rapat, atau sumber",
        "signature": "tidak dipakai: tanda tangan",
        "not_said_as_of": "tidak dipakai: di bawah tabel tanpa per, posisi, s.d.",
        "wider_place": "tidak dipakai: ada tanggal di tempat yang lebih dekat", "sheet_name": "dipakai: nama lembar",
        "cover": "dipakai bila lembarnya sendiri tidak menyebut: lembar sampul",
        "file_name": "dipakai bila tidak ada yang lain: nama berkas",
        "month_alone": "bulan tanpa tahun: dipakai bila tahunnya disebut sekali di tempat lain",
    },
    "en": {
        "upright": "taken: heads the regions", "turned": "taken: regions across",
        "one_region": "taken: a table about one region", "no_measure": "not taken: no column of numbers is understood",
        "kind_taken": "taken: most columns understood", "kind_left": "not taken",
        "date_taken": "taken", "print_or_source": "not taken: a date of print, letter, meeting or source",
        "signature": "not taken: a signature", "not_said_as_of": "not taken: below the table without per, posisi, s.d.",
        "wider_place": "not taken: a nearer place has a date", "sheet_name": "taken: the sheet's name",
        "cover": "taken where the sheet itself says none: the cover sheet",
        "file_name": "taken where nothing else says one: the file's name",
        "month_alone": "a month without a year: taken where its year is said once elsewhere",
    },
}  # fmt: skip


class CheckText:
    """Writes outcomes in one language, by the kinds' own titles."""

    def __init__(self, kinds: Kinds, regions: Sequence[Region], lang: str) -> None:
        self._kinds = kinds.by_name()
        self._regions, self._lang, self._words = regions, lang, _WORDS[lang]

    def lines(self, checked: FileCheck) -> Iterator[str]:
        """A file's block: the verdict, the findings, what was understood, the account of every cell."""
        for line in self._block(checked):
            yield one_line(line)

    def verdict(self, checked: FileCheck) -> str:
        """Whether a file is understood, how many numbers can be loaded, how much is to be mended: one line."""
        words = self._words
        parts = [words["numbers"].format(n=self._number(checked.loaded)) if checked.loaded else words["no_number"]]
        if count := checked.count("error"):
            parts.append(words["errors"].format(n=self._number(count)))
        if count := checked.count("warning"):
            parts.append(words["warnings"].format(n=self._number(count)))
        return f"{checked.path.name}: {words[checked.status]}: {'; '.join(parts)}."

    def level(self, finding: Finding) -> str:
        """Kesalahan or Peringatan."""
        return self._words[severity_of(finding.rule)]

    def summary(self, statuses: Sequence[str]) -> str:
        """How many files are understood, in part, not."""
        counts = {name: statuses.count(name) for name in ("loaded", "refused")}
        return self._words["summary"].format(files=len(statuses), partly=statuses.count("partly_loaded"), **counts)

    def weighed(self, candidates: Iterable[Weighed]) -> Iterator[str]:
        """The candidates that were weighed, a line each."""
        yield f"  {self._words['weighed']}:"
        for each in candidates:
            place = f"{each.sheet}!{each.place}" if each.place else each.sheet
            said = (
                f'{place}, {self._words[f"weighed_{each.what}"]} "{each.text}": {_VERDICTS[self._lang][each.verdict]}'
            )
            yield f"    {one_line(said)}"

    def copy(self, path: Path) -> str:
        """Where the coloured copy lies."""
        return self._words["copy"].format(path=path)

    # -- the block ----------------------------------------------------------------------------------

    def _block(self, checked: FileCheck) -> Iterator[str]:
        yield self.verdict(checked)
        yield from self._findings(checked)
        if checked.reading.tables:
            yield from self._understood(checked)
        if checked.sheets:
            yield f"  {self._words['accounts']}:"
            for account in checked.sheets:
                yield f"    {self._account(account)}"

    def _findings(self, checked: FileCheck) -> Iterator[str]:
        if not checked.findings and checked.status == "refused":
            yield f"  {self._words['no_table']}"
        if checked.findings:
            yield f"  {self._words['findings']}:"
        hidden = {account.sheet for account in checked.sheets if account.is_hidden}
        for sheet, findings in groupby(checked.findings, key=lambda finding: finding.sheet):
            yield f"    {self._sheet(sheet, sheet in hidden) if sheet else self._words['file']}"
            for finding in findings:
                cell = f", {self._words['cell'].format(cell=finding.cell)}" if finding.cell else ""
                yield f"      {self.level(finding)}{cell}: {message_of(finding, self._lang)}"

    def _understood(self, checked: FileCheck) -> Iterator[str]:
        reading, words = checked.reading, self._words
        yield f"  {words['understood']}:"
        if reading.title:
            yield f"    {words['title'].format(title=reading.title)}"
        if reading.is_sample:
            yield f"    {words['sample']}"
        if reading.is_revision:
            yield f"    {words['revision']}"
        hidden = {account.sheet_no for account in checked.sheets if account.is_hidden}
        for table in reading.tables:
            sheet = self._sheet(table.sheet, table.sheet_no in hidden)
            yield f"    {words['table'].format(sheet=sheet, place=table.place, kind=self.kind_title(table.kind))}"
            kind = self._kinds[table.kind]
            if isinstance(kind, Kind):
                yield f"      {words[kind.time.name]}: {self._times(table)}"
                yield f"      {self._matches(table.regions)}"
            else:
                yield f"      {words['places']}: {self._places(table.regions)}"
            yield from self._columns(
                [c for c in reading.columns if (c.sheet_no, c.table_no) == (table.sheet_no, table.table_no)], table.kind
            )
        for name in dict.fromkeys(table.kind for table in reading.tables):
            its = [table.regions for table in reading.tables if table.kind == name]
            if len(its) > 1 and isinstance(self._kinds[name], Kind):
                matches = self._matches([code for regions in its for code in regions])
                yield f"    {words['all_tables'].format(kind=self.kind_title(name), matches=matches)}"

    def _account(self, account: SheetAccount) -> str:
        said: dict[str, int] = {}
        for rule, count in account.furniture_rules.items():
            name = _FURNITURE[self._lang][rule.partition(" ")[0]]  # "missing -" is a mark for missing
            said[name] = said.get(name, 0) + count
        rules = ", ".join(f"{self._number(count)} {name}" for name, count in said.items())
        counts = {
            name: self._number(getattr(account, name))
            for name in ("cells", "header", "loaded", "furniture", "ignored", "refused")
        }
        sheet = self._sheet(account.sheet, account.is_hidden)
        return self._words["account"].format(sheet=sheet, rules=f" ({rules})" if rules else "", **counts)

    # -- parts of a line ----------------------------------------------------------------------------

    def kind_title(self, name: str) -> str:
        """A kind in the reader's language; the schema's titles are Indonesian, its names English."""
        return self._kinds[name].title if self._lang == "id" else name.replace("_", " ")

    def _sheet(self, sheet: str, is_hidden: bool) -> str:
        return self._words["sheet"].format(sheet=sheet) + (self._words["hidden"] if is_hidden else "")

    def _times(self, table: TableAccount) -> str:
        parts = []
        for place in dict.fromkeys(place for _, place in table.times):
            times = [self._time(time) for time, found_in in table.times if found_in == place]
            if len(times) > _FEW_TIMES:
                times = [f"{times[0]} … {times[-1]} ({len(times)})"]
            parts.append(f"{', '.join(times)} ({_FOUND_IN[self._lang][place]})")
        return "; ".join(parts) or self._words["no_time"]

    def _time(self, time: str) -> str:
        if time.isdigit():
            return time
        return shown_day(date.fromisoformat(time), self._lang)

    def _places(self, codes: Sequence[str]) -> str:
        """The regions of records: the nation, provinces and regencies beside each other."""
        names = {region.code: f"{region.code} {region.name}" for region in self._regions} | {"00": "Indonesia"}
        shown = ", ".join(names[code] for code in codes[:_FEW_PLACES])
        more = f", … ({self._number(len(codes))})" if len(codes) > _FEW_PLACES else ""
        return shown + more if codes else self._words["no_regions"]

    def _matches(self, codes: Sequence[str]) -> str:
        matches = match_provinces(codes, self._regions)
        return "; ".join(self._match(match) for match in matches) or self._words["no_regions"]

    def _match(self, match: ProvinceMatch) -> str:
        said = self._words["regions"].format(
            matched=len(match.matched), expected=match.expected, province=match.province.name
        )
        if len(match.matched) == 1:
            (region,) = match.matched
            return f"{region.code} {region.name} ({said})"
        if not match.missing:
            return said + self._words["complete"]
        if len(match.missing) > _FEW_MISSING:
            return said
        names = ", ".join(f"{region.code} {region.name}" for region in match.missing)
        return said + self._words["missing"].format(names=names)

    def _columns(self, columns: Sequence[SourceColumn], kind: str) -> Iterator[str]:
        words = [self._words["row" if column.column.isdigit() else "column"] for column in columns]
        letters = [word.format(letters=column.column) for word, column in zip(words, columns, strict=True)]
        fields = [self.field_title(column, kind) for column in columns]
        for column, letter, field in zip(columns, letters, fields, strict=True):
            header = self._words["header"].format(header=column.header_text)
            said = header if column.header_text else self._words["no_header"]
            yield f"      {letter.ljust(max(map(len, letters)))}  {field.ljust(max(map(len, fields)))}  {said}"

    def field_title(self, column: SourceColumn, kind_name: str) -> str:
        """What a column was taken for: "Peserta aktif PU (orang; ribuan: dikalikan 1.000)"."""
        kind, words = self._kinds[kind_name], self._words
        name, *members = column.field.split(" ")
        if not name:
            return words["unknown"]
        if name in ("ignored", "heading"):
            return words[name]
        if name == "region_code":
            return words["region_name"]
        if name == "label":
            return words["label"]
        title = kind.field_titles[name] if self._lang == "id" else name.replace("_", " ")
        units = [words[kind.units[name]]] if name in kind.units else []
        if column.scale != 1:
            units.append(words["times"].format(scale=self._number(column.scale)))
        said = [title, *filter(None, (self._member(member) for member in members))]
        return " ".join(said) + (f" ({'; '.join(units)})" if units else "")

    def _member(self, member: str) -> str:
        return self._words.get(member, self._time(member) if member[:1].isdigit() else member)

    def _number(self, value: int) -> str:
        return number_text(value, self._lang)
