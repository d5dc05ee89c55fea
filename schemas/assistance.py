"""Kind `assistance`: a programme that pays the contributions of vulnerable workers, as one source gives it.

One record is one programme of one region and year. What a source leaves out stays empty: an article gives a budget and
no months, another the months and no people. Two sources that differ about one year are both kept.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.fields import REGION_CODE_WORDS, REGION_WORDS
from schemas.kind import MOST_PEOPLE, Rule
from schemas.record_fields import record_field

_MOST_RECIPIENTS = 40 * MOST_PEOPLE  # of the nation: more than its people
_MOST_RUPIAH = 10**16  # more than the state spends in a year
MONTHS = {
    "1": ("januari", "jan"), "2": ("februari", "feb", "pebruari"), "3": ("maret", "mar"), "4": ("april", "apr"),
    "5": ("mei",), "6": ("juni", "jun"), "7": ("juli", "jul"), "8": ("agustus", "agu", "ags"),
    "9": ("september", "sep", "sept"), "10": ("oktober", "okt"), "11": ("november", "nov", "nopember", "nop"),
    "12": ("desember", "des"),
}  # fmt: skip
FUNDS = {
    "APBD": ("apbd", "apbd kabupaten", "apbd kota", "apbd kabupaten kota", "apbd provinsi"),
    "APBN": ("apbn",),
    "DBHCHT": ("dbhcht", "dbh cht", "cukai hasil tembakau", "dana bagi hasil cukai hasil tembakau"),
    "Dana Desa": ("dana desa", "apbdes", "apb desa", "alokasi dana desa"),
    "CSR": ("csr", "tjsl"),
    "Baznas": ("baznas", "zakat"),
    "unstated": (),
}


class Assistance(pa.DataFrameModel):
    """One row: one programme of one region and year, as one source gives it."""

    extract_no: pa.Int32 = pa.Field(description="which extract of the batch")
    region_code: str = record_field(
        "Daerah", "Kemendagri code: regency 35.03, province 35, the nation 00", reads="region",
        words=REGION_WORDS, code_words=REGION_CODE_WORDS, is_said_above=True,
    )  # fmt: skip
    year: float = record_field(
        "Tahun", "budget year in which contributions are paid", reads="year",
        words=("tahun", "tahun anggaran", "year"),
    )  # fmt: skip
    recipient_group: str = record_field(
        "Kelompok penerima", "who is paid for, as printed; may be empty", reads="text", is_required=False,
        words=("kelompok penerima", "kelompok", "kelompok sasaran", "kategori penerima", "sasaran", "recipient group"),
    )  # fmt: skip
    recipients: float = record_field(
        "Penerima", "people who are paid for; empty: not printed", reads="number", unit="people", may_be_empty=True,
        words=("penerima", "jumlah penerima", "penerima bantuan", "jumlah penerima bantuan", "penerima bantuan iuran",
               "jumlah penerima bantuan iuran", "recipients"),
    )  # fmt: skip
    months: float = record_field(
        "Jumlah bulan", "months paid for each recipient, 1 to 12; empty: not printed", reads="number", unit="months",
        may_be_empty=True,
        words=("jumlah bulan", "bulan", "lama", "lama bulan", "lama bantuan", "masa bantuan", "months"),
    )  # fmt: skip
    first_month: str = record_field(
        "Bulan mulai", "first month paid, 1 to 12; empty: not printed", reads="member", members=MONTHS,
        words=("bulan mulai", "mulai bulan", "mulai", "bulan pertama", "first month"), is_required=False,
    )  # fmt: skip
    budget_rupiah: float = record_field(
        "Anggaran", "rupiah; empty: not printed", reads="number", unit="rupiah", is_required=False,
        words=("anggaran", "jumlah anggaran", "total anggaran", "pagu", "pagu anggaran", "realisasi anggaran", "biaya",
               "nilai bantuan", "budget"),
    )  # fmt: skip
    fund: str = record_field(
        "Sumber dana", "APBD, APBN, DBHCHT, Dana Desa, CSR, Baznas, or unstated", reads="member", members=FUNDS,
        words=("sumber dana", "dana", "sumber anggaran", "sumber pembiayaan", "asal dana", "fund"),
        is_said_above=True, default="unstated",
    )  # fmt: skip
    status: str = record_field(
        "Status", "planned or realised", reads="member", is_said_above=True,
        words=("status", "status bantuan", "rencana realisasi"),
        members={"planned": ("rencana", "direncanakan", "usulan"),
                 "realised": ("realisasi", "terealisasi", "terlaksana", "sudah dibayar")},
    )  # fmt: skip
    cited_source: str = record_field(
        "Sumber", "the document or article that gives it", reads="text",
        words=("sumber", "sumber data", "sumber informasi", "media", "source"),
    )  # fmt: skip

    @pa.check("recipients", "budget_rupiah", name="negative")
    def never_negative(cls, values: pd.Series) -> pd.Series:
        return values >= 0

    @pa.check("recipients", name="fraction_of_a_person")
    def whole_people(cls, values: pd.Series) -> pd.Series:
        return values % 1 == 0

    @pa.check("recipients", name="more_than_the_nation")
    def fewer_than_the_nation(cls, values: pd.Series) -> pd.Series:
        return values < _MOST_RECIPIENTS

    @pa.check("budget_rupiah", name="not_whole_rupiah")
    def whole_rupiah(cls, values: pd.Series) -> pd.Series:
        """ "1,2" or "365,6" is a budget in billions or millions whose unit stands elsewhere."""
        return values % 1 == 0

    @pa.check("budget_rupiah", name="more_than_the_state")
    def less_than_the_state_spends(cls, values: pd.Series) -> pd.Series:
        return values < _MOST_RUPIAH

    @pa.check("months", name="not_months_of_a_year")
    def months_of_a_year(cls, values: pd.Series) -> pd.Series:
        return (values >= 1) & (values <= 12) & (values % 1 == 0)

    @pa.dataframe_check(name="paid_past_december")
    def ends_within_its_year(cls, rows: pd.DataFrame) -> pd.Series:
        first = pd.to_numeric(rows["first_month"])  # "" becomes NaN
        return ~((first + rows["months"] > 13) & (rows["months"] <= 12))

    @pa.dataframe_check(name="assistance_without_number")
    def holds_a_number(cls, rows: pd.DataFrame) -> pd.Series:
        return rows[["recipients", "budget_rupiah"]].notna().any(axis=1)

    class Config:
        name = "assistance"
        title = "Bantuan iuran"
        strict = True
        metadata = {  # noqa: RUF012 - pandera reads a plain dict here
            "key": ("region_code", "year", "recipient_group", "fund", "status", "cited_source"),
            "rules": {
                "negative": Rule("error", ()),
                "fraction_of_a_person": Rule("error", ()),
                "more_than_the_nation": Rule("error", ()),
                "not_whole_rupiah": Rule("error", ()),
                "more_than_the_state": Rule("error", ()),
                "not_months_of_a_year": Rule("error", ()),
                "paid_past_december": Rule("error", ("months",)),
                "assistance_without_number": Rule("error", ("recipients",)),
            },
        }
