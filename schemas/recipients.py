"""Kind `recipients`: a by-name list of people for whom contributions would be paid. Read only by `ucj recipients`.

Not in the catalogue: no inbox, staging table or warehouse ever holds such a row. Its checks are set operations
(`sql/recipients/`), because a run has up to a million rows; what each rule means stands in RULES.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.kind import IGNORED_WORDS, RecordField, RecordKind

Outcome = Literal["to_mend", "not_eligible"]


@dataclass(frozen=True)
class RecipientRule:
    """What a fault means for its row, and which field's cell it is about."""

    outcome: Outcome
    field: str


# In the order of their weight: of several faults of one outcome the first names the row's rule.
RULES = {
    "nik_missing": RecipientRule("to_mend", "nik"),
    "nik_damaged": RecipientRule("to_mend", "nik"),
    "nik_not_16_digits": RecipientRule("to_mend", "nik"),
    "nik_region_unknown": RecipientRule("to_mend", "nik"),
    "nik_date_impossible": RecipientRule("to_mend", "nik"),
    "nik_serial_zero": RecipientRule("to_mend", "nik"),
    "name_missing": RecipientRule("to_mend", "name"),
    "birth_date_unreadable": RecipientRule("to_mend", "birth_date"),
    "birth_date_not_nik": RecipientRule("to_mend", "birth_date"),
    "sex_unreadable": RecipientRule("to_mend", "sex"),
    "sex_not_nik": RecipientRule("to_mend", "sex"),
    "village_missing": RecipientRule("to_mend", "village"),
    "village_unknown": RecipientRule("to_mend", "village"),
    "village_needs_district": RecipientRule("to_mend", "village"),
    "village_code_contradicts": RecipientRule("to_mend", "village"),
    "nik_of_two_people": RecipientRule("to_mend", "nik"),
    "nik_in_two_villages": RecipientRule("to_mend", "nik"),
    "person_with_two_niks": RecipientRule("to_mend", "nik"),
    "nik_twice": RecipientRule("not_eligible", "nik"),
    "occupation_excluded": RecipientRule("not_eligible", "occupation"),
    "age_too_low": RecipientRule("not_eligible", "birth_date"),
    "age_too_high": RecipientRule("not_eligible", "birth_date"),
}


def _column(
    name: str, title: str, words: tuple[str, ...], is_required: bool = False, **more: tuple[str, ...]
) -> RecordField:
    return RecordField(name, title, "text", words, is_required=is_required, may_be_empty=True, **more)  # type: ignore[arg-type]


RECIPIENTS = RecordKind(
    name="recipients",
    title="Daftar penerima",
    fields=(
        _column("nik", "NIK", (
            "nik", "no nik", "nomor nik", "nik ktp", "nik no ktp", "no ktp", "nomor ktp", "no ktp nik", "no nik ktp",
            "no e ktp", "nik 16 digit", "nomor induk kependudukan", "no induk kependudukan",
            "nomor induk kependudukan nik", "nik peserta", "nik pekerja", "nik penerima", "nik tk",
        ), is_required=True),
        _column("name", "Nama", (
            "nama", "nama lengkap", "nama penerima", "nama peserta", "nama pekerja", "nama petani", "nama tenaga kerja",
            "nama tk", "nama warga", "nama sesuai ktp", "nama lengkap sesuai ktp", "nama calon penerima",
            "nama penerima manfaat", "nama buruh", "nama nelayan",
        ), is_required=True),
        _column("birth_date", "Tanggal lahir", (
            "tanggal lahir", "tgl lahir", "tgl lhr", "tempat tanggal lahir", "tempat tgl lahir",
            "tempat dan tanggal lahir",
            "tmpt tgl lahir", "tempat tanggal lahir ttl", "ttl", "lahir", "tanggal bulan tahun lahir", "birth date",
        )),
        _column("sex", "Jenis kelamin", (
            "jenis kelamin", "jenis kelamin l p", "jk", "l p", "jk l p", "kelamin", "p l", "jns kelamin", "gender",
            "sex",
        )),
        _column("village", "Desa/Kelurahan", (
            "desa", "kelurahan", "desa kelurahan", "kelurahan desa", "desa kel", "kel desa", "nama desa",
            "nama kelurahan",
            "nama desa kelurahan", "alamat desa", "ds kel", "village",
        ), code_words=("kode desa", "kode kelurahan", "kode desa kelurahan", "kode wilayah desa", "kode desa kel",
                       "village code")),
        _column("district", "Kecamatan", ("kecamatan", "kec", "nama kecamatan", "alamat kecamatan", "district")),
        _column("occupation", "Pekerjaan", (
            "pekerjaan", "jenis pekerjaan", "profesi", "pekerjaan utama", "jenis profesi", "mata pencaharian",
            "occupation",
        )),
        # Known, so that they are no surprise; never loaded: no check needs them.
        _column("birth_place", "Tempat lahir", ("tempat lahir", "tmpt lahir", "tempat", "kota lahir", "birth place")),
        _column("address", "Alamat", ("alamat", "alamat lengkap", "alamat rumah", "alamat domisili", "alamat ktp",
                                      "alamat sesuai ktp", "address")),
        _column("rt_rw", "RT/RW", ("rt rw", "rt", "rw", "rt dan rw")),
        _column("phone", "No HP", ("no hp", "nomor hp", "no hp wa", "no wa", "no telp", "no telepon", "nomor telepon",
                                   "telepon", "hp", "no handphone", "nomor handphone", "phone")),
    ),
    key=("nik",),
    ignored=(
        *IGNORED_WORDS, "no kk", "nomor kk", "no kartu keluarga", "nomor kartu keluarga", "nama ibu",
        "nama ibu kandung",
        "ibu kandung", "agama", "status perkawinan", "status kawin", "status", "pendidikan", "no rekening", "rekening",
        "email", "dusun", "luas lahan", "kabupaten", "kabupaten kota", "kab kota", "kode pos", "umur", "usia",
        "tanda tangan",
        "ttd", "foto", "kpj", "no kpj", "penghasilan", "kelompok", "kelompok tani", "nama kelompok tani",
    ),
    rules={},
    fewest_columns=2,  # a village's list may be no more than NIK and name
)  # fmt: skip
