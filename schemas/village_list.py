"""Kind `villages`: a regency's own list of its villages (desa, kelurahan), one a row, keyed by their codes."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.kind import Rule
from schemas.record_fields import record_field

_VILLAGE_CODE = r"\d{2}\.\d{2}\.\d{2}\.\d{4}"  # Kemendagri's; BPS's ten digits have other districts


class VillageList(pa.DataFrameModel):
    """One row: one village."""

    extract_no: pa.Int32 = pa.Field(description="which extract of the batch")
    village_code: str = record_field(
        "Kode desa/kelurahan", "Kemendagri code of the village (35.03.01.2001)", reads="text",
        words=("kode desa", "kode kelurahan", "kode desa kelurahan", "kode wilayah desa", "kode kemendagri desa",
               "village code"),
    )  # fmt: skip
    name: str = record_field(
        "Desa/Kelurahan", "name without its class", reads="text",
        words=("desa", "kelurahan", "desa kelurahan", "nama desa", "nama kelurahan", "nama desa kelurahan", "village"),
    )  # fmt: skip
    kind: str = record_field(
        "Jenis", "desa or kelurahan", reads="member", default="desa",
        members={"desa": ("desa",), "kelurahan": ("kelurahan", "kel")},
        words=("jenis", "status desa", "jenis desa", "class"),
    )  # fmt: skip
    district_name: str = record_field(
        "Kecamatan", "name of the district", reads="text",
        words=("kecamatan", "nama kecamatan", "district"),
    )  # fmt: skip

    @pa.check("village_code", name="not_a_village_code")
    def is_village_code(cls, values: pd.Series) -> pd.Series:
        return values.str.fullmatch(_VILLAGE_CODE)

    class Config:
        name = "villages"
        title = "Daftar desa"
        strict = True
        metadata = {  # noqa: RUF012 - pandera reads a plain dict here
            "key": ("village_code",),
            "rules": {"not_a_village_code": Rule("error", ())},
            "fewest_columns": 3,
        }
