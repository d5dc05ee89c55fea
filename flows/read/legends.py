"""Short words that a line over or below a table explains: "Ket: S = semesta pekerja; A = peserta aktif"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from flows.read.words import Lexicon, tokens_of

_EXPLAINED = re.compile(r"(?:^|[;,:(\n])[ \t]*([A-Za-z]\w{0,7})\.?[ \t]*=[ \t]*([^=;,\n]*[A-Za-z][^=;,\n]*)")
_FEWEST = 2  # a line that explains one word may be about a colour or a mark


def legend_of(texts: Iterable[str]) -> dict[str, str]:
    """What lines say that short words mean: {"s": "semesta pekerja", "a": "peserta aktif"}; a word that is explained in
    two ways means nothing."""
    legend: dict[str, str] = {}
    doubtful = set()
    said = [[(short.lower(), meant.strip()) for short, meant in _EXPLAINED.findall(text)] for text in texts]
    alone = [found[0] for found in said if len(found) == 1]  # "S = semesta" over "A = peserta aktif"
    for found in (*(found for found in said if len(found) > 1), alone):
        for short, meant in found if len(found) >= _FEWEST else ():
            if legend.setdefault(short, meant) != meant:
                doubtful.add(short)
    return {short: meant for short, meant in legend.items() if short not in doubtful}


def spelled_out(header: str, legend: Mapping[str, str], lexicon: Lexicon) -> str:
    """A header whose unknown words a legend explains, with what they mean; as it is where one is not explained."""
    unknown = lexicon.understand((header,)).leftover if legend else ()
    if not unknown or not set(unknown) <= legend.keys():
        return header
    return " ".join(legend[word] if word in unknown else word for word in tokens_of(header))
