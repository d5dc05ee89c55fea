"""Texts of strangers (file names, sheet names, cells) made harmless where they are shown: a screen, a spreadsheet."""

from __future__ import annotations

# What a spreadsheet takes for the start of a formula in a text that is pasted or read from CSV; the wide forms in East
# Asian Excel.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def one_line(text: str) -> str:
    """A text as one line: line breaks and control characters do nothing on the screen."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def neutral_text(text: str) -> str:
    """A text for a cell of xlsx or CSV that no spreadsheet takes for a formula: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text
