"""Kind `plan_target`: what a planning document sets out to reach: a baseline, a target, and the stages between.

Definitions: RPJPN/RPJPD 2025-2045, RPJMN/RPJMD 2025-2029 and Kemendagri's own targets, which differ under one name: a
target always carries its source. One record is one target year; a row with stages ("Tahap I 2025-2029") is several.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.coverage import SEGMENTS
from schemas.fields import REGION_CODE_WORDS, REGION_WORDS
from schemas.kind import Rule
from schemas.record_fields import record_field

_INDICATOR = ("cakupan kepesertaan jaminan sosial ketenagakerjaan", "cakupan kepesertaan jamsostek",
              "cakupan jaminan sosial ketenagakerjaan", "universal coverage jamsostek", "cakupan ucj", "ucj",
              "cakupan kepesertaan", "persentase cakupan kepesertaan jaminan sosial ketenagakerjaan")  # fmt: skip
INDICATORS = {
    segment: (*(_INDICATOR if segment == "TOTAL" else ()), *words,
              *(f"{indicator} {word}" for indicator in _INDICATOR for word in words))
    for segment, words in SEGMENTS.items()
}  # fmt: skip
DOCUMENTS = {
    "RPJPN": ("rpjpn", "rpjpn 2025 2045"),
    "RPJPD": ("rpjpd", "rpjpd 2025 2045"),
    "RPJMN": ("rpjmn", "rpjmn 2025 2029"),
    "RPJMD": ("rpjmd", "rpjmd 2025 2029"),
    "Kemendagri": ("kemendagri", "target kemendagri", "kementerian dalam negeri"),
}
_TARGET_WORDS = (
    "target", "target cakupan", "nilai target", "sasaran", "kondisi akhir", "target tahunan", "target tahun",
    "tahap i", "tahap ii", "tahap iii", "tahap iv", "tahap 1", "tahap 2", "tahap 3", "tahap 4",
    "target tahap i", "target tahap ii", "target tahap iii", "target tahap iv",
)  # fmt: skip


class PlanTarget(pa.DataFrameModel):
    """One row: one target year of one region, indicator and document, as one source gives it."""

    extract_no: pa.Int32 = pa.Field(description="which extract of the batch")
    region_code: str = record_field(
        "Daerah",
        "Kemendagri code: regency 35.03, province 35, the nation 00",
        reads="region",
        words=REGION_WORDS,
        code_words=REGION_CODE_WORDS,
        is_said_above=True,
    )
    segment: str = record_field(
        "Indikator",
        "what the target is about: TOTAL, or one segment",
        reads="member",
        words=("indikator", "indikator utama pembangunan", "indikator kinerja utama", "iku", "iup", "segmen"),
        members=INDICATORS,
    )
    document: str = record_field(
        "Dokumen",
        "RPJPN, RPJPD, RPJMN, RPJMD or Kemendagri",
        reads="member",
        words=("dokumen", "dokumen rencana", "dokumen perencanaan"),
        members=DOCUMENTS,
        is_said_above=True,
    )
    baseline_year: int = record_field(
        "Tahun baseline", "year that the baseline describes", reads="year",
        words=("tahun baseline", "tahun dasar", "tahun kondisi awal", "baseline tahun"),
    )  # fmt: skip
    baseline_pct: float = record_field(
        "Baseline", "per cent", reads="number", unit="pct", year_field="baseline_year",
        words=("baseline", "kondisi awal", "nilai baseline", "nilai dasar", "data dasar", "capaian awal"),
    )  # fmt: skip
    target_year: int = record_field(
        "Tahun target", "year by which the target is to be reached", reads="year",
        words=("tahun target", "tahun sasaran", "tahun akhir", "target tahun"),
    )  # fmt: skip
    target_pct: float = record_field(
        "Target", "per cent", reads="number", unit="pct", year_field="target_year", words=_TARGET_WORDS,
    )  # fmt: skip
    rank: float = record_field(
        "Urutan sumber", "1 goes before 2 where sources differ; empty: not ranked", reads="number", unit="people",
        words=("peringkat sumber", "urutan sumber", "urutan", "rank", "prioritas"), is_required=False,
    )  # fmt: skip
    cited_source: str = record_field(
        "Sumber", "the document or article that prints the target", reads="text",
        words=("sumber", "sumber data", "source"),
    )  # fmt: skip
    legal_basis: str = record_field(
        "Dasar hukum", "regulation that sets the target; may be empty", reads="text",
        words=("dasar hukum", "dasar", "legal basis", "regulasi", "peraturan"), is_required=False,
    )  # fmt: skip

    @pa.check("baseline_pct", "target_pct", name="not_a_share")
    def share_is_within_bounds(cls, values: pd.Series) -> pd.Series:
        return (values >= 0) & (values <= 100)

    @pa.dataframe_check(name="baseline_not_before_target")
    def baseline_comes_first(cls, rows: pd.DataFrame) -> pd.Series:
        """In print the two years have been swapped: target "2025", baseline "2045" (Trenggalek 2024)."""
        return rows["baseline_year"] < rows["target_year"]

    @pa.dataframe_check(name="baseline_above_target")
    def target_is_no_step_back(cls, rows: pd.DataFrame) -> pd.Series:
        """Real where a regency is ahead of the nation's target (Gresik 52.52 against 43.92)."""
        return rows["baseline_pct"] <= rows["target_pct"]

    class Config:
        name = "plan_target"
        title = "Target rencana pembangunan"
        strict = True
        metadata = {  # noqa: RUF012 - pandera reads a plain dict here
            "key": ("region_code", "segment", "document", "cited_source", "target_year"),
            "rules": {
                "not_a_share": Rule("error", ()),
                "baseline_not_before_target": Rule("error", ("baseline_year",)),
                "baseline_above_target": Rule("warning", ("baseline_pct",)),
            },
            "ignored": ("kodefikasi", "keterangan", "definisi", "frekuensi", "produsen data", "nomor urut"),
        }
