"""Kind `published_figure`: what a press release, an article or a document printed, exactly as it printed it.

Two prints of one event that differ are both kept, each with its source: `mart.published_figure_check` holds them
against each other and against what the warehouse measured.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.coverage import SEGMENTS
from schemas.fields import REGION_CODE_WORDS, REGION_WORDS
from schemas.kind import MOST_PEOPLE, Rule
from schemas.record_fields import record_field

_MOST_IN_PRINT = 40 * MOST_PEOPLE  # of the nation: more than its people


class PublishedFigure(pa.DataFrameModel):
    """One row: one figure (or one figure with its counts) in one print."""

    extract_no: pa.Int32 = pa.Field(description="which extract of the batch")
    place: str = record_field(
        "Tempat", "as printed: a region, a branch office, the nation", reads="place",
        words=("tempat", "wilayah tercetak", "tempat tercetak", "place", *REGION_WORDS),
    )  # fmt: skip
    region_code: str = record_field(
        "Kode wilayah", "Kemendagri code; 00 the nation; empty for a branch or a name that could be two regions",
        reads="region", words=(), code_words=REGION_CODE_WORDS, is_required=False,
    )  # fmt: skip
    area: str = record_field(
        "Bagian wilayah", "which area of the place the count is of; empty: the whole place", reads="text",
        words=("bagian wilayah", "area", "kantor bagian"), is_required=False,
    )  # fmt: skip
    event: str = record_field(
        "Peristiwa", "what was printed about: figures of one event and source stand together", reads="text",
        words=("peristiwa", "acara", "event", "berita"),
    )  # fmt: skip
    stated_on: pd.Timestamp = record_field(
        "Tanggal", "day of the event or of the figures; a month or a year means its last day", reads="period",
        words=("tanggal", "per tanggal", "tanggal cetak", "date"),
    )  # fmt: skip
    figure: str = record_field(
        "Jenis angka", "measured, baseline or target", reads="member",
        words=("jenis angka", "jenis", "figure"),
        members={"measured": ("capaian", "realisasi", "measured"), "baseline": ("baseline", "kondisi awal"),
                 "target": ("target", "sasaran")},
    )  # fmt: skip
    year: float = record_field(
        "Tahun angka", "year that a baseline or target is printed for", reads="year",
        words=("tahun angka", "tahun", "year"), is_required=False,
    )  # fmt: skip
    segment: str = record_field(
        "Segmen", "PU, BPU, JAKON, PMI or TOTAL, as labelled in print", reads="member",
        words=("segmen", "segmen tercetak", "segment"), members=SEGMENTS,
    )  # fmt: skip
    coverage_pct: float = record_field(
        "Persentase", "per cent, as printed", reads="number", unit="pct", is_required=False,
        words=("persentase", "cakupan", "persentase tercetak", "coverage"),
    )  # fmt: skip
    active_members: float = record_field(
        "Peserta", "people, as printed", reads="number", unit="people", is_required=False,
        words=("peserta", "peserta aktif", "jumlah peserta", "active members"),
    )  # fmt: skip
    eligible_workers: float = record_field(
        "Semesta", "people, as printed: the denominator", reads="number", unit="people", is_required=False,
        words=("semesta", "potensi", "pembagi", "eligible workers"),
    )  # fmt: skip
    cited_source: str = record_field(
        "Sumber", "outlet or document that printed it", reads="text",
        words=("sumber", "media", "source"),
    )  # fmt: skip
    coverage_pct_step: float = pa.Field(nullable=True, description="per cent: one unit of its last printed digit")

    @pa.check("coverage_pct", "active_members", "eligible_workers", name="negative")
    def never_negative(cls, values: pd.Series) -> pd.Series:
        return values >= 0

    @pa.check("coverage_pct", name="not_a_rate")
    def rate_is_thinkable(cls, values: pd.Series) -> pd.Series:
        return values <= 1000

    @pa.check("active_members", "eligible_workers", name="more_than_the_nation")
    def fewer_than_the_nation(cls, values: pd.Series) -> pd.Series:
        return values < _MOST_IN_PRINT

    @pa.check("active_members", "eligible_workers", name="fraction_of_a_person")
    def whole_people(cls, values: pd.Series) -> pd.Series:
        return values % 1 == 0

    @pa.dataframe_check(name="figure_without_number")
    def holds_a_number(cls, rows: pd.DataFrame) -> pd.Series:
        return rows[["coverage_pct", "active_members", "eligible_workers"]].notna().any(axis=1)

    class Config:
        name = "published_figure"
        title = "Angka yang diterbitkan"
        strict = True
        metadata = {  # noqa: RUF012 - pandera reads a plain dict here
            "key": ("place", "region_code", "area", "event", "stated_on", "figure", "year", "segment", "cited_source"),
            "rules": {
                "negative": Rule("error", ()),
                "not_a_rate": Rule("error", ()),
                "more_than_the_nation": Rule("error", ()),
                "fraction_of_a_person": Rule("error", ()),
                "figure_without_number": Rule("error", ("place",)),
            },
        }
