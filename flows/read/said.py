"""What was said about a table, and whose words count: those over it, and those that the first tables share with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flows.read.columns import Text
from flows.read.layout import Table
from flows.read.words import CONTINUED_WORDS, first_phrase
from flows.records import Finding


@dataclass
class Context:
    """Dimension values for the whole table, where each was found, and what speaks against them."""

    values: dict[str, str] = field(default_factory=dict)
    found_in: dict[str, str] = field(default_factory=dict)
    titled: dict[str, str] = field(default_factory=dict)  # the one member that titles or else the sheet's name say
    unclear: dict[str, list[str]] = field(default_factory=dict)  # dimensions of which several members are named
    findings: list[Finding] = field(default_factory=list)
    scale: int = 1
    other_scale: int = 1  # that a text says which may mean these figures or others
    region: int = -1  # of a table about one region: its place in the book

    def refuse(self, rule: str, sheet: str, text: Text | None, **details: str) -> None:
        """A finding against the whole table, at the text where that stands in a cell."""
        cell, words = (text.address, text.words) if text else ("", "")
        self.findings.append(Finding(rule, sheet, cell, words, details))


def shared_rows(table: Table) -> list[int]:
    """Of the rows over the sheet's first table those that speak for a later block too; none for the first one."""
    own_rows = max(len({text.row for text in table.titles}), table.starts_lower)
    head_rows = sorted({text.row for text in table.head_titles})
    if any(first_phrase(text.words, CONTINUED_WORDS) for text in table.above):
        return head_rows
    return head_rows[: len(head_rows) - own_rows] if table.head is not table.above else []


def spaced(name: str) -> str:
    """A sheet's or a file's name with spaces for underscores."""
    return re.sub(r"[_]+", " ", name)
