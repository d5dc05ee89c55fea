"""Kind `labour_force`: BPS Sakernas by regency and year: employed, unemployed, labour force and rates.

BPS publishes the survey of August (and of February for provinces); a year without a month is August's.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.fields import dimension, key, measure
from schemas.kind import MOST_PEOPLE, Rule

MOST_UNEMPLOYED = 30  # per cent
FEWEST_WORKERS, FEWEST_UNEMPLOYED = 3_000, 50  # people of any regency
# In a title these say that the figures are no head counts or rates, unless a header says so too.
OTHER_FIGURES = (
    "penempatan", "kontribusi", "relative standard error", "rse", "standar error", "per 1 000 penduduk", "peringkat",
    "ranking", "usulan", "indikatif", "kondisi akhir", "ratusan", "puluhan", "perusahaan", "badan usaha", "rupiah",
    "satuan kk", "satuan paket", "unit usaha", "pendidikan", "sekolah", "per seribu", "per mil", "permil", "puluh ribu",
    "ratus orang", "rata rata", "rerata", "delta", "deviasi",
)  # fmt: skip
# These say that they are not of all people of 15 and over, whatever the headers say.
SOME_PEOPLE = (
    "bukan angkatan kerja", "tidak bekerja", "setengah", "paruh waktu", "penuh waktu", "informal", "formal", "sektor",
    "lapangan usaha", "lapangan pekerjaan", "status pekerjaan", "luar negeri", "terdidik", "terselubung", "terdaftar",
    "lulusan", "tamatan", "tamat", "sma", "smk", "smp", "diploma", "sarjana", "universitas",
    "disabilitas", "lansia", "pemuda", "gen z", "milenial", "usia muda", "phk", "oap", "rumah tangga", "krt",
    "pekerja anak", "asli papua", "pertanian", "buruh", "karyawan", "tidak penuh", "komuter", "covid", "covid 19",
    "slta", "sltp", "perguruan tinggi", "akademi", "tidak sekolah", "berusaha sendiri", "industri pengolahan",
    "pekerja bebas", "pns", "pekerja keluarga", "pencari kerja", "generasi z", "usia produktif", "dtks", "putus asa",
    "prakerja", "vokasi", "remaja", "kecamatan", "desa",
    *(f"{word} sd" for word in ("tpt", "terbuka", "pengangguran", "tamatan", "lulusan", "ijazah")),
    *(f"{age} {years}" for age in ("usia", "umur")
      for years in ("15 19", "15 24", "18 24", "20 24", "15 29", "25 34", "60")),
)  # fmt: skip


class LabourForce(pa.DataFrameModel):
    """One row: a region × year × survey month of one extract."""

    extract_no: pa.Int32 = pa.Field(description="which extract of the batch")
    region_code: pd.CategoricalDtype = key("Kabupaten/kota", "Kemendagri code of the regency, text (35.03)")
    year: pa.Int32 = dimension(
        "Tahun",
        "year of the survey",
        reads="year",
        words=("tahun", "year", "periode", "periode survei", "period", "putaran", "round"),
    )
    survey_month: pd.CategoricalDtype = dimension(
        "Bulan survei",
        "february or august, or unstated where the source names only the year",
        reads="member",
        words=(
            "bulan",
            "bulan survei",
            "bulan sakernas",
            "putaran",
            "putaran survei",
            "survei",
            "survey month",
            "survey",
        ),
        members={
            "february": ("februari", "feb", "february", "pebruari", "peb"),
            "august": ("agustus", "agt", "ags", "agu", "agust", "agst", "aug", "august"),
            "unstated": (),
        },
        default="unstated",
        source_words=("sakernas",),
    )
    employed_people: float = measure(
        "Bekerja",
        "people of 15 and over who worked in the survey week",
        unit="people",
        words=("bekerja", "penduduk bekerja", "penduduk yang bekerja", "jumlah penduduk bekerja", "employed",
               "jumlah penduduk yang bekerja", "working"),
    )  # fmt: skip
    unemployed_people: float = measure(
        "Pengangguran",
        "people of 15 and over without work who look for it or wait to begin",
        unit="people",
        words=("pengangguran", "pengangguran terbuka", "penganggur", "jumlah pengangguran", "unemployed",
               "unemployment", "jumlah pengangguran terbuka", "menganggur", "penduduk yang menganggur", "pt",
               "penganggur terbuka", "penganguran", "penganguran terbuka", "pengganguran", "pengganguran terbuka"),
    )  # fmt: skip
    labour_force_people: float = measure(
        "Angkatan kerja",
        "people: employed and unemployed",
        unit="people",
        words=(
            "angkatan kerja",
            "angk kerja",
            "ak",
            "jumlah angkatan kerja",
            "penduduk yang termasuk angkatan kerja",
            "penduduk angkatan kerja",
            "labour force",
            "labor force",
            "economically active",
            "total of economically active",
            "total lf",
            "lf",
        ),
    )
    unemployment_rate_pct: float = measure(
        "TPT",
        "per cent: unemployed in the labour force (tingkat pengangguran terbuka)",
        unit="pct",
        words=("tpt", "tingkat pengangguran terbuka", "tingkat pengangguran", "unemployment rate",
               "open unemployment rate", "ur", "tk pengangguran", "tk pengangguran terbuka"),
        ratio=("unemployed_people", "labour_force_people"),
        title_words=("tpt", "tingkat pengangguran terbuka"),
    )  # fmt: skip
    unemployment_rate_pct_step: float = pa.Field(
        nullable=True, description="per cent: one unit of the last printed digit of unemployment_rate_pct"
    )
    participation_rate_pct: float = measure(
        "TPAK",
        "per cent: labour force in the population of 15 and over (tingkat partisipasi angkatan kerja)",
        unit="pct",
        words=("tpak", "tingkat partisipasi angkatan kerja", "labour force participation rate", "participation rate",
               "partisipasi ak", "partisipasi angkatan kerja", "tingkat partisipasi", "tk partisipasi angkatan kerja",
               "labor force participation rate", "lfpr"),
        title_words=("tpak", "tingkat partisipasi angkatan kerja"),
    )  # fmt: skip

    @pa.check("employed_people", "unemployed_people", "labour_force_people", name="negative")
    def never_negative(cls, values: pd.Series) -> pd.Series:
        return values >= 0

    @pa.check("employed_people", "unemployed_people", "labour_force_people", name="more_than_a_regency")
    def fewer_than_a_regency(cls, values: pd.Series) -> pd.Series:
        """The largest regency has six million people: beyond ten, a unit or an identity number was misread."""
        return values < MOST_PEOPLE

    @pa.check("employed_people", "unemployed_people", "labour_force_people", name="fraction_of_a_person")
    def whole_people(cls, values: pd.Series) -> pd.Series:
        return values % 1 == 0

    @pa.check("employed_people", "labour_force_people", name="fewer_than_any_regency")
    def as_many_as_the_smallest_regency(cls, values: pd.Series) -> pd.Series:
        """Some 7,000 work in the smallest regency, 2.7 million in the largest: fewer are thousands without a word."""
        return ~values.between(0, FEWEST_WORKERS, inclusive="left")

    @pa.check("unemployed_people", name="fewer_than_any_regency")
    def as_many_unemployed_as_anywhere(cls, values: pd.Series) -> pd.Series:
        """Where next to nobody is unemployed there are still hundreds: a few are per cent without its sign."""
        return ~values.between(0, FEWEST_UNEMPLOYED, inclusive="left")

    @pa.check("unemployment_rate_pct", "participation_rate_pct", name="not_a_rate")
    def between_0_and_100(cls, values: pd.Series) -> pd.Series:
        return values.between(0, 100)

    @pa.check("unemployment_rate_pct", name="unemployment_unthinkable")
    def below_any_survey(cls, values: pd.Series) -> pd.Series:
        """No regency's rate ever passed 30 per cent: one that does stands under a wrong header, or is of a target. A
        rate of exactly 0 is a cell that was not filled in."""
        return ~(values.between(MOST_UNEMPLOYED, 100, inclusive="right") | (values == 0))

    @pa.dataframe_check(name="unemployed_above_employed")
    def fewer_unemployed_than_employed(cls, rows: pd.DataFrame) -> pd.Series:
        """No regency of any year had more unemployed than employed people; swapped headers have."""
        is_whole = rows["employed_people"] % 1 == 0  # where thousands were lost, that is the fault
        return ~(is_whole & (rows["unemployed_people"] > rows["employed_people"]))

    @pa.dataframe_check(name="labour_force_disagrees")
    def labour_force_is_its_parts(cls, rows: pd.DataFrame) -> pd.Series:
        parts = rows["employed_people"] + rows["unemployed_people"]
        return ~((rows["labour_force_people"] - parts).abs() > 1)

    @pa.dataframe_check(name="rate_disagrees")
    def rate_follows_from_counts(cls, rows: pd.DataFrame) -> pd.Series:
        """One unit of the last printed digit is allowed: some truncate where others round."""
        whole = rows["labour_force_people"].fillna(rows["employed_people"] + rows["unemployed_people"])
        computed = 100 * rows["unemployed_people"] / whole.where(whole > 0)
        distance = (rows["unemployment_rate_pct"] - computed).abs()
        return ~(distance > rows["unemployment_rate_pct_step"] + 1e-9)

    class Config:
        name = "labour_force"
        title = "Angkatan kerja (BPS Sakernas)"
        strict = True
        metadata = {  # noqa: RUF012 - pandera reads a plain dict here
            "rules": {
                "negative": Rule("error", ()),
                "fraction_of_a_person": Rule("error", ()),
                "more_than_a_regency": Rule("error", ()),
                "not_a_rate": Rule("error", ()),
                "fewer_than_any_regency": Rule("error", ()),
                "unemployment_unthinkable": Rule("error", ()),
                "unemployed_above_employed": Rule("error", ("unemployed_people", "employed_people")),
                "labour_force_disagrees": Rule("warning", ("labour_force_people",)),
                "rate_disagrees": Rule("warning", ("unemployment_rate_pct",)),
            },
            "others": OTHER_FIGURES,
            "some": SOME_PEOPLE,
            "forgiven": ("bekerja", "tingkat", "partisipasi", "terbuka"),  # not "angkatan", "pengangguran": angkutan …
            # beside "RSE"; over "Bekerja" and "Pengangguran"
            "fillers": ("estimasi", "estimate", "penduduk usia kerja", "penduduk usia kerja 15"),
            "foreign": ("kemiskinan", "penduduk miskin"),
        }
