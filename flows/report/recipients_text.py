"""What `ucj recipients` prints: counts, rules and numbers of lists. Never a name, a NIK, or what a cell held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flows.addresses import column_letters
from flows.check import FileCheck
from flows.messages import message_of, number_text, severity_of
from flows.personal_numbers import mask_text
from flows.recipients.check import count_rules
from flows.recipients.desk import ListReceipt
from flows.recipients.receive import ListArrival
from flows.recipients.status import RegionStatus
from flows.records import Finding
from flows.report.foreign_text import one_line
from flows.report.query import Answer
from flows.report.write_answer import answer_text

_WORDS: dict[str, dict[str, str]] = {
    "id": {
        "taken": "{file}: daftar {extract} diterima: {rows} baris; {counts}. Umur dihitung pada {day}.",
        "refused": "{file}: {message}",
        "sheet": "  Lembar {number}: {what}.", "notes": "{n} baris bukan orang, dilewati",
        "hidden": "{n} baris tersembunyi, ikut dibaca", "columns": "kolom {letters} tidak dikenali, tidak dibaca",
        "delete": "Salinan terkunci ada di {folder}. Hapus sendiri berkas aslinya dari tempat lain.",
        "next": "`ucj recipients status DAERAH` menunjukkan keadaan tiap desa; `ucj run` menerbitkan hitungannya.",
        "eligible": "memenuhi syarat", "to_mend": "perlu diperbaiki", "not_eligible": "tidak memenuhi syarat",
        "code": "Kode", "village": "Desa/Kelurahan", "district": "Kecamatan", "received": "Diterima", "rule": "Aturan",
        "outcome": "Hasil", "rows": "Baris",
        "total": "{region}: {received} baris; {counts}.",
        "silent": "{count} dari {of} desa belum mengirim: {names}.",
        "all_sent": "Semua {of} desa sudah mengirim.",
        "without": "{count} baris belum jelas desanya.",
        "quota": "Kuota {quota}; memenuhi syarat {eligible}; {rest}.",
        "short": "kurang {n}", "over": "lebih {n}", "exact": "tepat",
        "no_villages": "Tidak ada desa {region} di acuan. Kirim daftar desanya (jenis villages) lewat raw/inbox, lalu "
                       "jalankan `ucj run`.",
        "forgotten": "Daftar {extract} dihapus: {rows} baris; {counts}. Isi yang sama tidak akan diterima lagi.",
        "decree": "{out}: {count} orang, umur dihitung pada {day}. Berkas ini berisi NIK dan nama; simpan dan kirim "
                  "dengan aman.",
        "error": "Perbaiki", "warning": "Tidak memenuhi syarat",
        "verdict": "{file}: {counts}.", "copy": "Daftar dengan sel berwarna: {copy}",
    },
    "en": {
        "taken": "{file}: list {extract} was taken in: {rows} rows; {counts}. Age is as of {day}.",
        "refused": "{file}: {message}",
        "sheet": "  Sheet {number}: {what}.", "notes": "{n} rows are no people and were passed over",
        "hidden": "{n} hidden rows were read too", "columns": "columns {letters} are not known and were not read",
        "delete": "The sealed copies are in {folder}. Delete the originals elsewhere yourself.",
        "next": "`ucj recipients status REGION` shows each village; `ucj run` publishes the counts.",
        "eligible": "eligible", "to_mend": "to mend", "not_eligible": "not eligible",
        "code": "Code", "village": "Village", "district": "District", "received": "Received", "rule": "Rule",
        "outcome": "Outcome", "rows": "Rows",
        "total": "{region}: {received} rows; {counts}.",
        "silent": "{count} of {of} villages have sent nothing: {names}.",
        "all_sent": "All {of} villages have sent.",
        "without": "Of {count} rows the village is not known.",
        "quota": "Quota {quota}; eligible {eligible}; {rest}.",
        "short": "{n} short", "over": "{n} over", "exact": "exact",
        "no_villages": "The reference has no villages of {region}. Send their list (kind villages) through raw/inbox "
                       "and run `ucj run`.",
        "forgotten": "List {extract} was erased: {rows} rows; {counts}. The same bytes will not be taken in again.",
        "decree": "{out}: {count} people, age as of {day}. The file holds NIKs and names; keep and send it safely.",
        "error": "Mend", "warning": "Not eligible",
        "verdict": "{file}: {counts}.", "copy": "The list with its cells coloured: {copy}",
    },
}  # fmt: skip
_MOST_NAMES = 20


class ListText:
    """The words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._words = _WORDS[lang]

    def arrivals(self, arrivals: Sequence[ListArrival], folder: Path) -> Iterator[str]:
        """A line a file, and what to do next."""
        for arrival in arrivals:
            file = one_line(mask_text(arrival.path.name))
            if arrival.finding:
                yield self._words["refused"].format(file=file, message=message_of(arrival.finding, self.lang))
            elif arrival.receipt:
                yield self._words["taken"].format(
                    file=file, day=arrival.receipt.cover_first_day, **self._of(arrival.receipt)
                )
                yield from self._sheets(arrival.receipt)
        if any(arrival.is_taken for arrival in arrivals):
            yield self._words["delete"].format(folder=folder)
            yield self._words["next"]

    def _sheets(self, receipt: ListReceipt) -> Iterator[str]:
        """What of each sheet was not read as a person, if anything."""
        for sheet in receipt.sheets:
            said = [
                self._words[word].format(n=number_text(sheet[name], self.lang))
                for word, name in (("notes", "notes"), ("hidden", "hidden_rows")) if sheet[name]
            ]  # fmt: skip
            if unknown := sheet["unknown_columns"]:
                said.append(self._words["columns"].format(letters=", ".join(map(column_letters, unknown))))
            if said:
                yield self._words["sheet"].format(number=sheet["sheet_no"], what="; ".join(said))

    def status(self, status: RegionStatus, quota: int) -> Iterator[str]:
        """The table of villages, the rules, the sums, and who is silent."""
        words = self._words
        if not status.villages:
            yield words["no_villages"].format(region=status.region)
            return
        sent = [village for village in status.villages if village.received]
        names = tuple(
            words[n] for n in ("code", "village", "district", "received", "eligible", "to_mend", "not_eligible")
        )
        yield from list(answer_text(Answer(names, [tuple(vars(village).values()) for village in sent]), self.lang))[:-1]
        if status.rules:
            rules = [(message_of(Finding(rule), self.lang), words[outcome], n) for rule, outcome, n in status.rules]
            yield ""
            yield from list(answer_text(Answer((words["rule"], words["outcome"], words["rows"]), rules), self.lang))[
                :-1
            ]
        yield ""
        counts = {what: status.total(what) for what in ("eligible", "to_mend", "not_eligible")}
        received = number_text(status.total("received"), self.lang)
        yield words["total"].format(region=status.region, received=received, counts=self.counts(counts))
        if status.without_village:
            yield words["without"].format(count=number_text(status.without_village, self.lang))
        silent = [f"{village.village} ({village.district})" for village in status.villages if not village.received]
        if silent:
            more = ", …" if len(silent) > _MOST_NAMES else ""
            shown = ", ".join(silent[:_MOST_NAMES]) + more
            yield words["silent"].format(count=len(silent), of=len(status.villages), names=shown)
        else:
            yield words["all_sent"].format(of=len(status.villages))
        if quota:
            rest = counts["eligible"] - quota
            said = words["exact" if not rest else "over" if rest > 0 else "short"]
            yield words["quota"].format(
                quota=number_text(quota, self.lang),
                eligible=number_text(counts["eligible"], self.lang),
                rest=said.format(n=number_text(abs(rest), self.lang)),
            )

    def checked(self, checked: FileCheck, outcomes: dict[str, int], copy: Path | None) -> Iterator[str]:
        """One file: its rows by outcome, each rule with its count."""
        file = one_line(mask_text(checked.path.name))
        if outcomes:
            yield self._words["verdict"].format(file=file, counts=self.counts(outcomes))
        for rule, count in count_rules(checked).items():
            finding = next(finding for finding in checked.findings if finding.rule == rule)
            prefix = f"  {number_text(count, self.lang)} × " if outcomes else f"{file}: "
            yield prefix + message_of(finding, self.lang)
        if copy:
            yield self._words["copy"].format(copy=copy)

    def forgotten(self, receipt: ListReceipt) -> str:
        """What stays of an erased list."""
        return self._words["forgotten"].format(**self._of(receipt))

    def decree(self, out: Path, count: int, day: date) -> str:
        """Where the final list is."""
        return self._words["decree"].format(out=out, count=number_text(count, self.lang), day=day)

    def counts(self, outcomes: dict[str, int]) -> str:
        """ "8 memenuhi syarat, 1 perlu diperbaiki, 0 tidak memenuhi syarat" """
        names = ("eligible", "to_mend", "not_eligible")
        return ", ".join(f"{number_text(outcomes.get(name, 0), self.lang)} {self._words[name]}" for name in names)

    # -- of the coloured copy (flows.report.check_workbook) -----------------------------------------

    def verdict(self, checked: FileCheck) -> str:
        """Its first line."""
        count = {level: checked.count(level) for level in ("error", "warning")}
        return f"{checked.path.name}: " + ", ".join(f"{self._words[level]}: {n}" for level, n in count.items())

    def level(self, finding: Finding) -> str:
        """Perbaiki, or Tidak memenuhi syarat."""
        return self._words[severity_of(finding.rule)]

    def _of(self, receipt: ListReceipt) -> dict[str, Any]:
        rows = number_text(receipt.rows, self.lang)
        return {"extract": receipt.sha256[:12], "rows": rows, "counts": self.counts(receipt.outcomes)}
