"""Numbers of people (NIK, family card): how they are built, and how they are hidden where a text quotes a cell.

A by-name list is refused whole (flows.read.personal); this is for the one number that strays into a table of figures.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flows.records import Finding

_SIXTEEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ .'-]?\d){15}(?!\d)")
_ROUNDED = re.compile(r"(?<![\d.])\d[.,]\d{5,}e\+15", re.IGNORECASE)  # 3.5039901019E+15: the birth date is still there


def is_personal_number(digits: str) -> bool:
    """Whether 16 digits are built as PPKKCC DDMMYY NNNN, the day plus 40 for women."""
    day = int(digits[6:8])
    return "11" <= digits[:2] <= "96" and 1 <= day % 40 <= 31 and day < 72 and "01" <= digits[8:10] <= "12"


def mask_text(text: str) -> str:
    """A text in which such numbers show where and in which order they were registered, and no birth date."""
    return _ROUNDED.sub(_mask_rounded, _SIXTEEN_DIGITS.sub(_mask, text))


def _mask_rounded(match: re.Match[str]) -> str:
    digits = f"{float(match[0].replace(',', '.')):.0f}"
    return f"{digits[:6]}**********" if is_personal_number(digits) else match[0]


def _mask(match: re.Match[str]) -> str:
    digits = "".join(filter(str.isdigit, match[0]))
    return f"{digits[:6]}******{digits[12:]}" if is_personal_number(digits) else match[0]


def mask_finding(finding: Finding) -> Finding:
    """A finding that quotes no such number, as text or as number."""
    details = {name: _mask_detail(value) for name, value in finding.details.items()}
    raw_text = mask_text(finding.raw_text)
    unchanged = raw_text == finding.raw_text and details == finding.details
    return finding if unchanged else replace(finding, raw_text=raw_text, details=details)


def _mask_detail(value: Any) -> Any:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, int | float) and 1e15 <= value < 1e16 and is_personal_number(f"{value:.0f}"):
        return mask_text(f"{value:.0f}")
    return value
