"""Texts of strangers do nothing on a screen and in a spreadsheet."""

from __future__ import annotations

import pytest

from flows.report.foreign_text import neutral_text, one_line


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(mark: str) -> None:
    assert neutral_text(f"{mark}HYPERLINK(1)") == f"'{mark}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "Kabupaten Trenggalek", "38.595", "'=1+1", "a=b", "–"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral_text(text) == text


def test_control_characters_become_blanks_on_the_screen() -> None:
    assert one_line("UCJ\x1b[31m\r\nJatim\t2024‮.xlsx") == "UCJ [31m  Jatim 2024 .xlsx"
