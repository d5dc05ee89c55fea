"""Kind `coverage`: the UCJ extract: eligible workers and active members by regency and segment.

Definitions and the Indonesian words: the programme's own usage (BPJS Ketenagakerjaan, provincial
labour offices). A new synonym is one word added to the field that it names.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.fields import dimension, key, measure
from schemas.kind import MOST_PEOPLE, Rule

SEGMENTS = {
    "PU": ("pu", "ppu", "penerima upah", "pekerja penerima upah", "formal", "wage earners",
           "wage workers", "salaried workers", "pu wage"),
    "BPU": ("bpu", "pbpu", "bukan penerima upah", "bkn penerima upah", "pekerja bukan penerima upah", "informal",
            "mandiri", "non wage workers", "non wage earners", "non wage"),
    "JAKON": ("jakon", "jasa konstruksi", "jaskon", "jasa kons", "jasa konst", "jk", "konstruksi", "proyek",
              "construction", "construction workers", "construction services", "construction sector"),
    "PMI": ("pmi", "pekerja migran", "pekerja migran indonesia", "migran", "migran indonesia", "migrants",
            "migrant", "migrant workers"),
    "TOTAL": ("total", "jumlah", "jml", "jlh", "seluruh segmen", "semua segmen", "keseluruhan", "gabungan",
              "all segments", "all workers", "4 segmen", "3 segmen", "empat segmen", "tiga segmen", "total 4 segmen",
              "total 3 segmen", "ttl semua segmen"),
}  # fmt: skip
FEWEST_MEMBERS = {"TOTAL": 100, "PU": 100, "BPU": 0}  # there are more of ten thousand eligible workers
MOST_OF_JAKON = 200  # per cent: a project's workers may be counted beyond the estimate of that segment
# "Potensi" and "realisasi" head tables of every programme: one of these says that it is this one.
ABOUT = (
    "jamsostek", "ketenagakerjaan", "bpjstk", "bpjs tk", "bp jamsostek", "bpjamsostek", "jamsosnaker", "ucj",
    "universal coverage", "jaminan sosial", "semesta", "segmen", "segmentasi", "penerima upah", "pu", "ppu", "bpu",
    "pbpu", "jakon", "jasa konstruksi", "eligible", "peserta aktif pmi", "kepesertaan pmi", "cakupan pmi",
    "potensi pmi", "kepesertaan pekerja migran",
)  # fmt: skip
# In a title these say that the figures are not those of all workers of the segment, unless a header says so too.
# This list and the next hold patterns of words.
OTHER_FIGURES = (
    # another state
    "non aktif", "nonaktif", "tidak aktif", "tdk aktif", "inactive", "belum", "peserta baru", "tk baru", "pekerja baru",
    "aktif baru",
    "tenaga kerja baru", "new members", "keluar", "menunggak", "nunggak", "tunggakan", "calon", "usulan", "pendaftaran",
    "phk", "tidak terlindungi", "tidak terdaftar", "not covered", "uncovered", "meninggal", "tahun lalu", "data lama",
    "sebelum revisi", "salah", "backup", "old", "lama", "simulasi", "prognosa", "estimasi peserta",
    "terdaftar(?! aktif)", "tidak padan", "ganda", "lapsed", "penonaktifan", "reaktivasi", "kekurangan", "rkap",
    "kuota peserta", "pindah", "pendataan", "kebutuhan", "perluasan", "padanan", "pengguna", "cleansing",
    "taspen", "asabri", "penyaluran", "penambahan peserta", "registrasi", "rekrutmen", "aktivasi", "potensi sisa",
    "sisa potensi", "nik invalid", "tidak valid", "validitas", "kepuasan", "literasi", "serapan", "deviasi",
    "bantuan", "puluh ribu", "per seribu", "ilustrasi", "dummy", "angka contoh", "jangan",
    # other things
    "klaim", "claims", "iuran", "manfaat", "santunan", "beasiswa", "piutang", "saldo", "dana", "realisasi anggaran",
    "pagu", "penerimaan", "pembayaran", "pendapatan", "rupiah", "perusahaan", "badan usaha", "pemberi kerja",
    "ahli waris", "kasus", "akuisisi", "perolehan", "sosialisasi", "bimtek", "bsu", "kunjungan", "sertifikasi",
    "penempatan", "keluarga", "dinas pu", "bidang pu", "pekerjaan umum", "kecelakaan kerja", "ratusan", "puluhan",
    "satuan kk", "kepala keluarga", "satuan paket", "unit usaha", "satuan proyek",
    # one programme
    *(f"{before} {one}" for before in ("program", "peserta", "kepesertaan") for one in ("jht", "jp", "jkp")),
    "jaminan hari tua", "jaminan pensiun", "jaminan kehilangan pekerjaan",
)  # fmt: skip
# These say that they are of some workers only, whatever the headers say.
SOME_WORKERS = (
    "perangkat desa", "aparatur desa", "aparat desa", "ekosistem", "perisai", "rt rw", "rt dan rw", "nelayan", "petani",
    "perkebunan", "buruh tani", "tembakau", "dbhcht", "dbh cht", "apbd", "apbn", "rentan", "ojek", "ojol", "guru",
    "honorer", "linmas", "kpps", "penyelenggara pemilu", "tka", "umkm", "usaha mikro", "koperasi", "magang",
    "disabilitas", "miskin", "marbot", "kader", "pedagang", "sopir", "pengemudi", "keagamaan", "rumah tangga",
    "non asn", "becak", "thl", "non pns", "pppk", "p3k", "kontrak", "bpd", "mikro", "umk", "pegawai",
    "penyelenggara negara", "usia", "umur", "kbli", "lapangan usaha", "sektor pertanian", "lulusan", "parkir",
    "atlet", "santri", "relawan", "pabrik", "sawit", "lansia", "pemuda", "pjlp", "kurir", "platform", "masjid",
    "tokoh agama", "nakes", "tenaga kesehatan", "pekerja lepas", "peternak", "ukm", "kelompok tani", "kelurahan",
    "ad hoc", "adhoc", "sppg", "outsourcing", "alih daya", "cpmi", "bumn", "pkh", "kur", "csr", "pariwisata", "satpam",
    "art", "desa", "kecamatan",
    "sektor (?:perdagangan|industri|jasa(?! konstruksi)|pertambangan|transportasi|perikanan|pendidikan|perhotelan)",
)  # fmt: skip
# A word one letter off is read as one of these. None of them may be so near to another word.
FORGIVEN = ("peserta", "kepesertaan", "potensi", "semesta", "cakupan", "persentase", "penerima", "konstruksi",
            "realisasi", "capaian", "aktif", "jumlah", "tenaga", "kerja", "migran", "indonesia",
            "coverage")  # fmt: skip


class Coverage(pa.DataFrameModel):
    """One row: a region × as-of date × segment × basis of one extract."""

    extract_no: pa.Int32 = pa.Field(description="which extract of the batch")
    region_code: pd.CategoricalDtype = key("Kabupaten/kota", "Kemendagri code of the regency, text (35.03)")
    as_of_date: pa.DateTime = dimension(
        "Per tanggal",
        "the day that the figures describe; a month alone means its last day",
        reads="date",
        words=(
            "tanggal",
            "tgl",
            "tanggal data",
            "tgl data",
            "per tanggal",
            "per",
            "data per",
            "posisi",
            "keadaan",
            "periode",
            "bulan",
            "blth",
            "triwulan",
            "kuartal",
            "as of",
            "date",
            "cutoff",
            "cut off",
            "periode update",
            "month year of periode",
            "month year of period",
        ),
    )
    segment: pd.CategoricalDtype = dimension(
        "Segmen",
        "PU wage earners, BPU non-wage workers, JAKON construction, PMI migrants, TOTAL all that the extract sums",
        reads="member",
        words=(
            "segmen",
            "segmentasi",
            "segmen kepesertaan",
            "jenis kepesertaan",
            "segment",
            "membership segment",
            "segmen peserta",
        ),
        members=SEGMENTS,
        weak=("TOTAL",),
        default="TOTAL",
        whole=("PU", "BPU", "JAKON"),
        not_in_titles=("proyek", "konstruksi", "jk", "formal", "informal", "mandiri", "migran"),
        narrow=("proyek", "mandiri", "konstruksi"),
        few=("PMI",),
    )
    basis: pd.CategoricalDtype = dimension(
        "Basis",
        "how a member is given to a region: ktp (identity card), workplace, or unstated",
        reads="member",
        members={
            "ktp": ("ktp", "basis ktp", "berdasarkan ktp", "domisili ktp", "alamat ktp", "sesuai ktp"),
            "workplace": ("tempat kerja", "berdasarkan tempat kerja", "lokasi kerja"),
            "unstated": (),
        },
        default="unstated",
    )
    eligible_workers: float = measure(
        "Semesta",
        "people: workers of the segment who can be members; neither ASN nor TNI nor Polri",
        unit="people",
        words=(
            "semesta", "potensi", "potensi tenaga kerja", "potensi tk", "target semesta", "semesta pekerja",
            "potensi pekerja", "semesta tenaga kerja", "potensi peserta", "potensi kepesertaan",
            "eligible workers", "eligible", "pekerja eligible", "semesta tk", "semesta peserta",
            "potensial", "pekerja potensial", "universe", "populasi pekerja", "eligible worker", "pot", "smt", "smst",
            "potential", "potential members", "estimasi potensi", "estimasi semesta", "estimasi pekerja",
            "estimasi jumlah pekerja",
            "seharusnya menjadi peserta",
            *(f"{of}{word} menjadi peserta" for of in ("", "yang ", "pekerja yang ") for word in ("berhak", "wajib")),
            "dari semesta", "dari semesta pekerja", "pekerja yang berhak", "pekerja berhak", "peserta potensial",
            "tk potensial",
        ),
    )  # fmt: skip
    active_members: float = measure(
        "Peserta aktif",
        "people: active members on the as-of date",
        unit="people",
        words=(
            "peserta aktif", "tenaga kerja aktif", "tk aktif", "kepesertaan aktif", "capaian", "peserta",
            "realisasi peserta", "kepesertaan", "aktif", "realisasi", "pekerja aktif", "active members", "active",
            "capaian peserta", "capaian kepesertaan", "terlindungi", "pekerja terlindungi", "sudah terlindungi",
            "terdaftar aktif", "peserta terdaftar aktif", "real", "tercapai",
            *(f"{who} aktif terdaftar" for who in ("peserta", "pekerja", "tk", "tenaga kerja")),
            "active member", "active participants", "active participant",
            "covered workers", "protected workers", "akt", "pst aktif", "pst",
        ),
        as_pct="reported_coverage_pct",
        loose=("peserta", "kepesertaan"),
    )  # fmt: skip
    reported_coverage_pct: float = measure(
        "Cakupan",
        "per cent, as printed in the extract",
        unit="pct",
        words=(
            "cakupan", "capaian semesta", "capaian terhadap semesta", "cakupan kepesertaan", "persentase",
            "prosentase", "persentase cakupan", "coverage", "percentage",
            "persentase kepesertaan", "tingkat cakupan", "capaian ucj",
            "cakupan pekerja terlindungi", "cakupan terhadap semesta", "cakupan thd semesta",
            "cakupan terhadap potensi", "cakupan thd potensi", "persentase terhadap semesta",
            "realisasi terhadap semesta", "capaian terhadap semesta", "realisasi cakupan", "capaian cakupan",
            "rasio", "rasio cakupan", "rasio kepesertaan", "cov", "presentase", "persentasi", "coverage rate",
            "capaian coverage", "realisasi coverage", "persentase perlindungan",
            *(f"{rate} {of}" for rate in ("cakupan", "persentase", "coverage")
              for of in ("terlindungi", "pekerja terlindungi", "peserta aktif", "kepesertaan aktif", "tk aktif")),
            "tingkat kepesertaan", "tingkat coverage", "cak", "cr", "coverage ratio", "cakupan perlindungan",
            "tingkat perlindungan",
        ),
        ratio=("active_members", "eligible_workers"),
        highest=MOST_OF_JAKON,
    )  # fmt: skip
    reported_coverage_pct_step: float = pa.Field(
        nullable=True, description="per cent: one unit of the last printed digit of reported_coverage_pct"
    )

    @pa.check("eligible_workers", "active_members", "reported_coverage_pct", name="negative")
    def never_negative(cls, values: pd.Series) -> pd.Series:
        return values >= 0

    @pa.check("eligible_workers", "active_members", name="more_than_a_regency")
    def fewer_than_a_regency(cls, values: pd.Series) -> pd.Series:
        """The largest regency has six million people: beyond ten, a unit or an identity number was misread."""
        return values < MOST_PEOPLE

    @pa.check("eligible_workers", "active_members", name="fraction_of_a_person")
    def whole_people(cls, values: pd.Series) -> pd.Series:
        return values % 1 == 0

    @pa.check("reported_coverage_pct", name="not_a_rate")
    def rate_is_thinkable(cls, values: pd.Series) -> pd.Series:
        """JAKON passes 100 % in earnest; beyond 1,000 % a head count stands in the column."""
        return values <= 1000

    @pa.dataframe_check(name="active_above_eligible")
    def active_within_eligible(cls, rows: pd.DataFrame) -> pd.Series:
        """Outside JAKON: a project's workers may be counted beyond the estimate of that segment."""
        return ~((rows["active_members"] > rows["eligible_workers"]) & (rows["segment"] != "JAKON"))

    @pa.dataframe_check(name="jakon_above_eligible")
    def jakon_within_eligible(cls, rows: pd.DataFrame) -> pd.Series:
        return ~((rows["active_members"] > rows["eligible_workers"]) & (rows["segment"] == "JAKON"))

    @pa.dataframe_check(name="hardly_a_member")
    def members_are_not_a_rate(cls, rows: pd.DataFrame) -> pd.Series:
        """Of ten thousand eligible workers hundreds are members everywhere; of BPU alone at least some. Fewer are a
        percentage without its sign, thousands without a word, or a cell that was not filled in."""
        active, fewest = rows["active_members"], rows["segment"].map(FEWEST_MEMBERS).astype(float)
        is_count = (active >= 0) & (active % 1 == 0) & rows["eligible_workers"].between(10_000, MOST_PEOPLE)
        return ~(is_count & (active <= fewest))

    @pa.dataframe_check(name="rate_above_all")
    def rate_alone_is_of_all_at_most(cls, rows: pd.DataFrame) -> pd.Series:
        """Without counts beside it a rate above 100 has lost its comma (315 for 31,5); of JAKON one above 200."""
        active, eligible, is_jakon = rows["active_members"], rows["eligible_workers"], rows["segment"] == "JAKON"
        counts_stand = (active <= eligible) | is_jakon
        for count in (active, eligible):
            counts_stand &= (count >= 0) & (count % 1 == 0) & (count < MOST_PEOPLE)
        most = is_jakon.map({True: MOST_OF_JAKON, False: 100})
        return counts_stand | ~(rows["reported_coverage_pct"] > most)

    @pa.dataframe_check(name="shares_of_segments")
    def rates_are_no_shares(cls, rows: pd.DataFrame) -> pd.Series:
        """Rates of segments that make 100 in every region of a day are the shares of each in the members."""
        return _are_no_shares(rows)

    @pa.dataframe_check(name="pct_disagrees")
    def pct_follows_from_counts(cls, rows: pd.DataFrame) -> pd.Series:
        """One unit of the last printed digit is allowed: offices truncate as often as they round."""
        computed = 100 * rows["active_members"] / rows["eligible_workers"].where(rows["eligible_workers"] > 0)
        distance = (rows["reported_coverage_pct"] - computed).abs()
        return ~(distance > rows["reported_coverage_pct_step"] + 1e-9)

    @pa.dataframe_check(name="eligible_total_disagrees")
    def eligible_total_is_its_segments(cls, rows: pd.DataFrame) -> pd.Series:
        return _total_is_its_segments(rows, "eligible_workers")

    @pa.dataframe_check(name="active_total_disagrees")
    def active_total_is_its_segments(cls, rows: pd.DataFrame) -> pd.Series:
        return _total_is_its_segments(rows, "active_members")

    @pa.dataframe_check(name="eligible_above_total")
    def eligible_segment_is_within_total(cls, rows: pd.DataFrame) -> pd.Series:
        return _is_within_total(rows, "eligible_workers")

    @pa.dataframe_check(name="active_above_total")
    def active_segment_is_within_total(cls, rows: pd.DataFrame) -> pd.Series:
        return _is_within_total(rows, "active_members")

    @pa.dataframe_check(name="bpu_far_above_pu")
    def bpu_coverage_is_not_far_above_pu(cls, rows: pd.DataFrame) -> pd.Series:
        """Non-wage workers join one by one and lapse: where they are covered far better, two labels are swapped.

        Seen in print: Trenggalek 2024 with JAKON's 81.7 % under BPU beside a PU of 43.2 % (DOMAIN: 5).
        """
        rate = 100 * rows["active_members"] / rows["eligible_workers"].where(rows["eligible_workers"] > 0)
        rate = rate.fillna(rows["reported_coverage_pct"]).where(_is_thinkable(rows))
        bpu = _of_segment(rows, "BPU", rate)
        return _holds(rows) if bpu.isna().all() else ~(bpu > 1.5 * _beside(rows, "PU", rate))

    @pa.dataframe_check(name="jakon_is_not_smallest")
    def construction_is_the_smallest_segment(cls, rows: pd.DataFrame) -> pd.Series:
        """Projects employ a few workers in a hundred: more of them than of PU or BPU stand under a wrong label."""
        eligible = rows["eligible_workers"].where(_is_thinkable(rows))
        jakon = _of_segment(rows, "JAKON", eligible)
        if jakon.isna().all():
            return _holds(rows)
        return ~((jakon > _beside(rows, "PU", eligible)) | (jakon > _beside(rows, "BPU", eligible)))

    class Config:
        name = "coverage"
        title = "Cakupan kepesertaan (UCJ)"
        strict = True
        metadata = {  # noqa: RUF012 - pandera reads a plain dict here
            "fillers": ("berapa",),  # a form's question
            "rules": {
                "negative": Rule("error", ()),
                "fraction_of_a_person": Rule("error", ()),
                "more_than_a_regency": Rule("error", ()),
                "not_a_rate": Rule("error", ()),
                "rate_above_all": Rule("error", ("reported_coverage_pct",)),
                "shares_of_segments": Rule("error", ("reported_coverage_pct",)),
                "active_above_eligible": Rule("error", ("active_members", "eligible_workers", "reported_coverage_pct")),
                "hardly_a_member": Rule("error", ("active_members",)),
                "eligible_above_total": Rule("error", ("eligible_workers",)),
                "active_above_total": Rule("error", ("active_members",)),
                "eligible_total_disagrees": Rule("warning", ("eligible_workers",)),
                "active_total_disagrees": Rule("warning", ("active_members",)),
                "jakon_above_eligible": Rule("warning", ("active_members",)),
                "pct_disagrees": Rule("warning", ("reported_coverage_pct",)),
                "bpu_far_above_pu": Rule("warning", ("active_members",)),
                "jakon_is_not_smallest": Rule("warning", ("eligible_workers",)),
            },
            "about": ABOUT,
            "about_counts": ("tk", "naker", "tenaga kerja", "pekerja"),
            "others": OTHER_FIGURES,
            "some": SOME_WORKERS,
            "forgiven": FORGIVEN,
            "foreign_headers": ("pbi", "bp", "bukan pekerja"),  # the other segments of the health insurance
            "foreign": (
                "rata rata",
                "rerata",
                "average",
                "jkn",
                "uhc",
                "universal health coverage",
                "kesehatan",
                "kis",
                "bpjs kesehatan",
                "jaminan kesehatan",
                "pbi",
                "kemiskinan",
                "penduduk miskin",
                "kb",
                "keluarga berencana",
                "imunisasi",
                "vaksin",
                "vaksinasi",
                "pajak",
                "pbb",
                "retribusi",
                "pelatihan",
                "peserta didik",
                "posyandu",
            ),
        }


_BESIDE = ["extract_no", "region_code", "as_of_date", "basis"]  # what the segments of one region share


def _is_thinkable(rows: pd.DataFrame) -> pd.Series:
    """Rows whose own counts stand: what is refused for itself says nothing about its labels."""
    active, eligible = rows["active_members"], rows["eligible_workers"]
    return ~((active > eligible) | (active < 0) | (eligible < 0) | (active % 1 > 0) | (eligible % 1 > 0))


def _holds(rows: pd.DataFrame) -> pd.Series:
    """True at every row."""
    return pd.Series(True, index=rows.index)


def _of_segment(rows: pd.DataFrame, segment: str, values: pd.Series) -> pd.Series:
    """The values at the rows of one segment; NaN at all others."""
    return values.where(rows["segment"] == segment)


def _beside(rows: pd.DataFrame, segment: str, values: pd.Series) -> pd.Series:
    """At each row what another segment of the same region, date and basis has; NaN where it has nothing."""
    known = rows.loc[(rows["segment"] == segment) & values.notna(), _BESIDE].assign(_value=values)
    if known.empty:
        return pd.Series(float("nan"), index=rows.index)
    return rows[_BESIDE].join(known.set_index(_BESIDE)["_value"], on=_BESIDE)["_value"]


def _are_no_shares(rows: pd.DataFrame) -> pd.Series:
    """False at the rates of a day whose segments make 100 (and whose TOTAL is 100) in every region, where their own
    counts do not give them. That two segments of a lone region do may be chance, unless its TOTAL is 100 too."""
    holds = _holds(rows)
    pct, step = rows["reported_coverage_pct"], rows["reported_coverage_pct_step"]
    computed = 100 * rows["active_members"] / rows["eligible_workers"]
    is_open = pct.notna() & ~((pct - computed).abs() <= step + 1e-9)
    parts = rows[is_open & (rows["segment"] != "TOTAL")]
    if parts.empty:
        return holds
    grouped = parts.groupby(_BESIDE, observed=True)
    sums = grouped.agg(
        pct=("reported_coverage_pct", "sum"), step=("reported_coverage_pct_step", "max"), parts=("segment", "size")
    )
    total = rows[is_open & (rows["segment"] == "TOTAL")].set_index(_BESIDE)["reported_coverage_pct"]
    sums = sums[sums["parts"] > 1].assign(total=total)
    is_share = ((sums["pct"] - 100).abs() <= sums["step"] * sums["parts"] / 2 + 1e-9) & ~(sums["total"] != 100).where(
        sums["total"].notna(), False
    )
    is_certain = (sums["parts"] > 2) | (sums["total"] == 100)
    by_day = sums.assign(is_share=is_share, is_certain=is_certain).groupby(
        ["extract_no", "as_of_date", "basis"], observed=True
    )
    days = by_day.agg(is_share=("is_share", "all"), regions=("is_share", "size"), is_certain=("is_certain", "any"))
    doubtful = days[days["is_share"] & ((days["regions"] > 1) | days["is_certain"])]
    if not doubtful.empty:
        keys = pd.MultiIndex.from_frame(rows[list(days.index.names)])
        holds &= ~(keys.isin(doubtful.index) & is_open)
    return holds


def _is_within_total(rows: pd.DataFrame, measure: str) -> pd.Series:
    """False where PU or BPU is more than the TOTAL beside it, at both: a digit or two labels are wrong."""
    holds, values = _holds(rows), rows[measure]
    segments = [segment for segment in ("PU", "BPU") if _of_segment(rows, segment, values).notna().any()]
    total = _beside(rows, "TOTAL", values) if segments else values
    for segment in segments:
        holds &= ~(rows["segment"].isin([segment, "TOTAL"]) & (_beside(rows, segment, values) > total))
    return holds


def _total_is_its_segments(rows: pd.DataFrame, measure: str) -> pd.Series:
    """False at each TOTAL that differs from the sum of its segments; only where PU, BPU and JAKON all stand."""
    holds = _holds(rows)
    totals = rows[(rows["segment"] == "TOTAL") & rows[measure].notna()]
    if totals.empty:
        return holds
    parts = rows[(rows["segment"] != "TOTAL") & rows[measure].notna()]
    grouped = parts.assign(is_core=parts["segment"].isin(["PU", "BPU", "JAKON"])).groupby(_BESIDE, observed=True)
    sums = grouped.agg(parts=(measure, "sum"), core=("is_core", "sum"))
    compared = totals.join(sums, on=_BESIDE)
    differs = (compared["core"] == 3) & ((compared["parts"] - compared[measure]).abs() >= 0.5)
    holds[differs[differs].index] = False
    return holds
