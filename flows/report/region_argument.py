"""The REGION of a command line: a code (35.03, 3503, 35, 00) or a name. What could be two regions asks which."""

from __future__ import annotations

from collections.abc import Sequence

from flows.errors import WrongUse
from flows.read.regions import RegionBook
from schemas.regions import Region, read_aliases

NATION = Region("00", "", "Indonesia", "nation", "00")
_NATION_NAMES = ("00", "indonesia", "nasional")
_WORDS = {
    "id": {
        "which": '"{text}" bisa berarti {regions}. Tulis kodenya, atau namanya dengan Kabupaten, Kota, atau Provinsi.',
        "unknown": '"{text}" bukan daerah yang dikenal. Tulis kode (35.03) atau nama resminya.',
        "nearest": '"{text}" bukan daerah yang dikenal. Maksudnya {regions}? Tulis kode (35.03) atau nama resminya.',
        "or": "atau",
    },
    "en": {
        "which": '"{text}" could be {regions}. Write its code, or its name with Kabupaten, Kota or Provinsi.',
        "unknown": '"{text}" is no known region. Write a code (35.03) or the official name.',
        "nearest": '"{text}" is no known region. Is {regions} meant? Write a code (35.03) or the official name.',
        "or": "or",
    },
}


def resolve_region(text: str, regions: Sequence[Region], lang: str = "id") -> Region:
    """The region that a code or a name means; `NATION` for 00 and Indonesia.

    Raises WrongUse, which names the candidates, where it could be several, and the nearest names where it is none.
    """
    if text.strip().casefold() in _NATION_NAMES:
        return NATION
    book = RegionBook(list(regions), read_aliases())
    found = find_regions(text, book)
    if len(found) == 1:
        return found[0]
    close = found or book.nearest(text)
    said = "which" if found else "nearest" if close else "unknown"
    names = [f"{region.code} {region.name}" for region in close]
    listed = f" {_WORDS[lang]['or']} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    raise WrongUse(_WORDS[lang][said].format(text=text, regions=listed))


def find_regions(text: str, book: RegionBook) -> list[Region]:
    """Every region that a code or a name can mean."""
    return [book.regions[place] for place in book.match_code(text) or book.match(text).positions]
