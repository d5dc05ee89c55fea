"""What `ucj explain` prints: the arithmetic down to the cells, in the reader's language; and the same for a program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from flows.report.document import WIB, shown_day, shown_value
from flows.trace.cells import SourceCell
from flows.trace.explain import Explanation, Figure

_OF_ASSISTANCE = ("recipients", "months", "budget_rupiah")  # no source of these is in force before the others
_JSON = str | int | float | bool | None
_COLUMNS = {
    "id": {
        "coverage_pct": "Cakupan", "eligible_workers": "Semesta", "active_members": "Peserta aktif",
        "reported_coverage_pct": "Cakupan tercetak", "uncovered_workers": "Belum terlindungi",
        "rank_in_province": "Peringkat",
        "coverage_pct_change": "Perubahan cakupan", "eligible_workers_change": "Perubahan semesta",
        "active_members_change": "Perubahan peserta aktif", "regions_reported": "Kabupaten/kota yang melapor",
        "baseline_pct": "Baseline", "target_pct": "Target", "baseline_year": "Tahun baseline",
        "target_year": "Tahun target",
        "measured_pct": "Cakupan terukur", "measured_members": "Peserta terukur",
        "measured_eligible_workers": "Semesta terukur",
        "measured_less_baseline_pct_points": "Terukur dikurangi baseline", "target_members": "Target peserta",
        "new_members": "Tambahan peserta", "cumulative_new_members": "Tambahan kumulatif",
        "pu_new_members": "Tambahan PU",
        "bpu_new_members": "Tambahan BPU", "jakon_new_members": "Tambahan JAKON", "pmi_new_members": "Tambahan PMI",
        "contribution_rupiah": "Iuran tambahan BPU", "cumulative_contribution_rupiah": "Iuran semua tambahan BPU",
        "latest_as_of_date": "Tanggal terakhir", "last_received_at": "Terakhir diterima (UTC)",
        "growth_pct_a_year": "Pertumbuhan setahun", "employed_people": "Bekerja",
        "labour_force_people": "Angkatan kerja",
        "recipients": "Penerima", "months": "Jumlah bulan", "people_months": "Orang-bulan",
        "rupiah_a_person": "Iuran per orang", "cost_rupiah": "Biaya menurut tarif", "budget_rupiah": "Anggaran",
        "budget_less_cost_rupiah": "Anggaran dikurangi biaya", "recipients_pct_points": "Tambahan cakupan",
        "cost_rupiah_per_pct_point": "Biaya per poin persen", "budget_rupiah_per_pct_point": "Anggaran per poin persen",
        "members_to_target": "Peserta yang kurang", "closing_cost_rupiah": "Biaya mencapai target",
    },
    "en": {
        "coverage_pct": "Coverage", "eligible_workers": "Eligible workers", "active_members": "Active members",
        "reported_coverage_pct": "Printed coverage", "uncovered_workers": "Not covered", "rank_in_province": "Rank",
        "coverage_pct_change": "Change of coverage", "eligible_workers_change": "Change of eligible workers",
        "active_members_change": "Change of active members", "regions_reported": "Regencies that report",
        "baseline_pct": "Baseline", "target_pct": "Target", "baseline_year": "Baseline year",
        "target_year": "Target year",
        "measured_pct": "Measured coverage", "measured_members": "Measured members",
        "measured_eligible_workers": "Measured eligible workers",
        "measured_less_baseline_pct_points": "Measured less baseline", "target_members": "Target members",
        "new_members": "New members", "cumulative_new_members": "New members, cumulative", "pu_new_members": "New PU",
        "bpu_new_members": "New BPU", "jakon_new_members": "New JAKON", "pmi_new_members": "New PMI",
        "contribution_rupiah": "Contribution of new BPU",
        "cumulative_contribution_rupiah": "Contribution of all new BPU",
        "latest_as_of_date": "Latest date", "last_received_at": "Last received (UTC)",
        "growth_pct_a_year": "Growth a year", "employed_people": "Employed", "labour_force_people": "Labour force",
        "recipients": "Recipients", "months": "Months", "people_months": "People-months",
        "rupiah_a_person": "Contribution a person", "cost_rupiah": "Cost by rate", "budget_rupiah": "Budget",
        "budget_less_cost_rupiah": "Budget less cost", "recipients_pct_points": "Coverage added",
        "cost_rupiah_per_pct_point": "Cost a percentage point",
        "budget_rupiah_per_pct_point": "Budget a percentage point", "members_to_target": "Members to the target",
        "closing_cost_rupiah": "Cost of reaching the target",
    },
}  # fmt: skip
_WORDS = {
    "id": {
        "sum": "jumlah {count} angka berikut", "count": "banyaknya {count} daerah berikut",
        "rank": "urutan di antara {count} daerah berikut",
        "grown": "{0} pada tanggal terukur, tumbuh {1} persen setahun",
        "growth": "dari tahun pertama ke tahun terakhir berikut",
        "start": "baseline, belum ada tambahan", "between:linear": "garis lurus antara titik berikut",
        "between:cagr": "pertumbuhan tetap antara titik berikut",
        "between:logistic": "garis lurus dalam log-odds antara titik berikut",
        "between:equal_stage": "langkah sama per tahap antara titik berikut",
        "between:cagr_stage": "perbandingan sama per tahap antara titik berikut",
        "share": "bagian dari {0}, sebanding dengan yang belum terlindungi menurut segmen berikut",
        "all_or_none": "target satu segmen: semua tambahannya milik segmen itu",
        "as_known": "{table}, seperti diketahui pada {known_at}",
        "cell": '{file}, lembar "{sheet}", sel {cell}, tertulis "{text}"',
        "from": "dari {source}, diterima {received} WIB, sha256 {sha}", "confirmed": "dikonfirmasi",
        "not_confirmed": "TIDAK DIKONFIRMASI, sekarang: {found}", "gone": "salinan tidak dapat dibuka",
        "corrected": 'dikoreksi oleh {who}: semula "{old}", menjadi "{new}" ({reason})',
        "rival": "tidak berlaku: {value} menurut {cell} ({source})", "per": "per {day}", "year": "tahun {year}",
        "all": "{count} sel; semuanya masih berkata begitu.",
        "some": "{count} sel; {missing} TIDAK lagi berkata begitu.",
        "other_source": "sumber lain: {value} menurut {cell} ({source})",
        "rate:government": "JKK dan JKM sebulan kali {0}, tarif bila pemerintah membayar",
        "rate:self": "JKK dan JKM sebulan kali {0}, tarif bila peserta membayar sendiri",
        "sum_times": "jumlah {count} angka berikut, kali Rp{rate}",
    },
    "en": {
        "sum": "the sum of these {count} figures", "count": "the number of these {count} regions",
        "rank": "the place among these {count} regions",
        "grown": "{0} on the day measured, growing {1} per cent a year",
        "growth": "from the first to the last of these years",
        "start": "the baseline, nothing new yet", "between:linear": "a straight line between these points",
        "between:cagr": "constant growth between these points",
        "between:logistic": "a straight line in log-odds between these points",
        "between:equal_stage": "equal steps a stage between these points",
        "between:cagr_stage": "equal ratios a stage between these points",
        "share": "the share of {0}, in proportion to those not covered in these segments",
        "all_or_none": "a target of one segment: all its new members are of that segment",
        "as_known": "{table}, as known at {known_at}", "cell": '{file}, sheet "{sheet}", cell {cell}, says "{text}"',
        "from": "from {source}, received {received} WIB, sha256 {sha}", "confirmed": "confirmed",
        "not_confirmed": "NOT CONFIRMED, now: {found}", "gone": "the kept copy cannot be opened",
        "corrected": 'corrected by {who}: was "{old}", became "{new}" ({reason})',
        "rival": "not in force: {value} says {cell} ({source})", "per": "as of {day}", "year": "year {year}",
        "all": "{count} cells; all of them still say so.",
        "some": "{count} cells; {missing} of them no longer say so.",
        "other_source": "another source: {value} says {cell} ({source})",
        "rate:government": "JKK and JKM a month times {0}, at the rate where government pays",
        "rate:self": "JKK and JKM a month times {0}, at the rate of members who pay themselves",
        "sum_times": "the sum of these {count} figures, times Rp{rate}",
    },
}  # fmt: skip


def explanation_text(done: Explanation, lang: str) -> str:
    """For people: the figure, then what it is made of, indented."""
    return "\n".join(_Writer(done, lang).lines())


class _Writer:
    def __init__(self, done: Explanation, lang: str) -> None:
        self._done, self._lang, self._words = done, lang, _WORDS[lang]

    def lines(self) -> Iterator[str]:
        about, words = self._done.figure.about, self._words
        head = [about[name] for name in ("region", "segment", "document", "cited") if about.get(name)]
        head += (
            [words["per"].format(day=shown_day(date.fromisoformat(about["date"]), self._lang))]
            if "date" in about
            else []
        )
        head += [words["year"].format(year=about["year"])] if "year" in about else []
        known = words["as_known"].format(table=self._done.table, known_at=self._done.known_at)
        yield f"{', '.join(head)} ({known})"
        yield from self._figure(self._done.figure, 0, is_top=True)
        leaves = self._done.leaves
        missing = sum(not cell.confirmed for cell in leaves)
        yield words["some" if missing else "all"].format(count=len(leaves), missing=missing)

    def _figure(self, figure: Figure, depth: int, is_top: bool = False) -> Iterator[str]:
        indent = "  " * depth
        name = _COLUMNS[self._lang].get(figure.column, figure.column)
        label = name if is_top else f"{name} {self._label(figure)}".strip()
        value = self._value(figure)
        if not figure.value_id:
            yield f"{indent}{label} {value} = {self._how(figure)}"
            for part in figure.parts:
                yield from self._figure(part, depth + 1)
            return
        cell = self._done.cells[figure.value_id]
        yield f"{indent}{label} {value}: {self._cell(cell)}"
        yield f"{indent}  {self._origin(cell)}"
        for correction_id in cell.correction_ids:
            yield f"{indent}  {self._correction(cell, correction_id)}"
        for rival in self._done.rivals.get(figure.value_id, ()):
            other = self._done.cells[rival]
            text = shown_value(_number(other.value), figure.kind, self._lang)
            said = self._words["other_source" if other.measure in _OF_ASSISTANCE else "rival"]
            yield f"{indent}  {said.format(value=text, cell=self._cell(other), source=other.source)}"

    def _label(self, figure: Figure) -> str:
        if "year" in figure.about or not figure.about:
            return figure.label
        is_other_place = figure.about.get("region") != self._done.figure.about.get("region")
        return (
            f"{figure.about['region']} {figure.label}" if is_other_place and "region" in figure.about else figure.label
        )

    def _value(self, figure: Figure) -> str:
        text = shown_value(_number(figure.value), figure.kind, self._lang)
        return f"{text} %" if figure.kind == "pct" else f"Rp{text}" if figure.kind == "rupiah" else text

    def _how(self, figure: Figure) -> str:
        parts = [self._value(part) for part in figure.parts]
        if figure.how.startswith("sum x "):
            rate = shown_value(int(figure.how.removeprefix("sum x ")), "rupiah", self._lang)
            return self._words["sum_times"].format(count=len(parts), rate=rate)
        template = self._words.get(figure.how, figure.how)
        return template.format(*parts, count=len(parts))

    def _cell(self, cell: SourceCell) -> str:
        text = " ".join(str(cell.raw_text).split())
        return self._words["cell"].format(file=cell.file_name, sheet=cell.sheet, cell=cell.cell, text=text)

    def _origin(self, cell: SourceCell) -> str:
        local = cell.received_at + WIB
        received = f"{shown_day(local.date(), self._lang)} {local:%H.%M}"
        words = self._words
        state = (
            words["confirmed"]
            if cell.confirmed
            else words["not_confirmed"].format(found=cell.found_now or words["gone"])
        )
        return f"{words['from'].format(source=cell.source, received=received, sha=cell.extract_id[:12])}; {state}"

    def _correction(self, cell: SourceCell, correction_id: str) -> str:
        row = self._done.corrections[correction_id]
        said = self._words["corrected"].format(
            who=row["corrected_by"], old=row["expected_text"], new=row["corrected_text"], reason=row["reason"]
        )
        return said if row["cell"] == cell.cell else f"{row['cell']}: {said}"


def explanation_as_dict(done: Explanation) -> dict[str, Any]:
    """For programs: the tree, and every cell by its id."""
    return {
        "table": done.table,
        "as_of": done.as_of,
        "known_at": done.known_at,
        "confirmed": done.is_confirmed,
        "figure": _figure_as_dict(done.figure),
        "cells": {value_id: _plain(vars(cell)) for value_id, cell in sorted(done.cells.items())},
        "rivals": {value_id: list(others) for value_id, others in sorted(done.rivals.items())},
        "corrections": {name: _plain(row) for name, row in done.corrections.items()},
    }


def _figure_as_dict(figure: Figure) -> dict[str, Any]:
    said: dict[str, Any] = {
        "label": figure.label,
        "column": figure.column,
        **_plain({"value": figure.value}),
        **figure.about,
    }
    if figure.value_id:
        return said | {"value_id": figure.value_id}
    return said | {"how": figure.how, "parts": [_figure_as_dict(part) for part in figure.parts]}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: float(value) if isinstance(value, Decimal) else value if isinstance(value, _JSON) else str(value)
        for name, value in row.items()
    }  # fmt: skip


def _number(value: Any) -> Any:
    """A count that came as a decimal or a float is whole."""
    if isinstance(value, Decimal | float) and value == int(value) and not isinstance(value, bool):
        return int(value) if isinstance(value, float) or value.as_tuple().exponent in (-6, 0) else value
    return value
