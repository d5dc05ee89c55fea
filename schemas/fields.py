"""How a schema is written: Pandera fields that carry the words by which a workbook names them.

`key`, `dimension` and `measure` return a Pandera `Field`; `kind_of` turns the finished model into the
plain `Kind` that the reader, the staging tables and the dictionary work from.
"""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from schemas.kind import IGNORED_WORDS, Dimension, Key, Kind, Measure, Reads, Rule, Unit

_BRANCHES = ("cabang", "kantor cabang", "kanwil", "kanwil cabang", "kanwil kantor cabang")
REGION_WORDS = (
    "kabupaten", "kota", "kabupaten kota", "kab kota", "kab", "kabkota", "wilayah", "daerah",
    "regency municipality", "regency city", "regency", "municipality", "pemerintah daerah", "pemda", "city",
    "kota kab administrasi", "kabupaten kota administrasi", "kab kota administrasi", "kota administrasi",
    "region", "region name", "regency name", "provinsi kabupaten kota", "provinsi kab kota",
    "province regency municipality", "province regency city", "district", "district regency", "district city",
    "row labels", "label baris", "asal",
    *(f"{branch} {joint}{region}" for branch in _BRANCHES for joint in ("", "dan ")
      for region in ("kab kota", "kabupaten kota", "daerah")),
    *(f"{region} asal" for region in ("kab kota", "kabupaten kota", "kabupaten", "daerah")),  # of migrants
)  # fmt: skip
REGION_CODE_WORDS = (
    "kode", "kode wilayah", "kode kab kota", "kode kabupaten kota", "kode daerah", "kode bps", "kode kemendagri",
    "kode kab", "kode kabupaten", "region code", "code", "kode kab kota bps", "kode kabupaten kota bps", "bps code",
    "kode wilayah bps", "kd kab", "kd kab kota", "kd wilayah", "kdkab",
)  # fmt: skip


def key(title: str, description: str) -> Any:
    """The region: a Kemendagri code as text (35.03)."""
    words = {"words": REGION_WORDS, "code_words": REGION_CODE_WORDS}
    return pa.Field(title=title, description=description, metadata={"role": "key", **words})


def dimension(
    title: str,
    description: str,
    reads: Reads,
    words: tuple[str, ...] = (),
    members: dict[str, tuple[str, ...]] | None = None,
    weak: tuple[str, ...] = (),
    default: str | None = None,
    not_in_titles: tuple[str, ...] = (),
    narrow: tuple[str, ...] = (),
    whole: tuple[str, ...] = (),
    source_words: tuple[str, ...] = (),
    few: tuple[str, ...] = (),
) -> Any:
    """A field that may stand in a header, a row, a block, a title, a sheet name or a file name."""
    members = members or {}
    spoken = {"words": words, "members": members, "weak": weak, "default": default, "not_in_titles": not_in_titles,
              "narrow": narrow, "whole": whole, "source_words": source_words, "few": few}  # fmt: skip
    return pa.Field(title=title, description=description, metadata={"role": "dimension", "reads": reads, **spoken})


def measure(
    title: str,
    description: str,
    unit: Unit,
    words: tuple[str, ...],
    as_pct: str | None = None,
    ratio: tuple[str, str] | None = None,
    title_words: tuple[str, ...] = (),
    loose: tuple[str, ...] = (),
    highest: float = 100,
) -> Any:
    """A number. Missing is allowed: an extract need not carry every measure."""
    spoken = {"unit": unit, "words": words, "as_pct": as_pct, "ratio": ratio, "title_words": title_words,
              "loose": loose, "highest": highest}  # fmt: skip
    return pa.Field(title=title, description=description, nullable=True, metadata={"role": "measure", **spoken})


def kind_of(model: type[pa.DataFrameModel]) -> Kind:
    """The plain `Kind` of a Pandera model; its name is the model's `Config.name`."""
    config: Any = model.Config
    columns = model.to_schema().columns
    roles: dict[str, list[tuple[str, str, dict[str, Any]]]] = {"key": [], "dimension": [], "measure": []}
    for name, column in columns.items():
        metadata = dict(column.metadata or {})
        if role := metadata.pop("role", None):
            roles[role].append((name, column.title, metadata))
    (key_name, key_title, key_words) = roles["key"][0]
    settings: dict[str, Any] = config.metadata
    rules: dict[str, Rule] = settings["rules"]
    return Kind(
        name=config.name,
        title=config.title,
        key=Key(key_name, key_title, **key_words),
        dimensions=tuple(Dimension(name, title, **words) for name, title, words in roles["dimension"]),
        measures=tuple(Measure(name, title, **words) for name, title, words in roles["measure"]),
        ignored=IGNORED_WORDS + tuple(settings.get("ignored", ())),
        fillers=tuple(settings.get("fillers", ())),
        forgiven=tuple(settings.get("forgiven", ())),
        foreign=tuple(settings["foreign"]),
        foreign_headers=tuple(settings.get("foreign_headers", ())),
        others=tuple(settings.get("others", ())),
        some=tuple(settings.get("some", ())),
        about=tuple(settings.get("about", ())),
        about_counts=tuple(settings.get("about_counts", ())),
        rules=rules,
    )
