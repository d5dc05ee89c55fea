"""The cells of a sheet are counted by another reader than the one that gave them; where they differ, none is loaded."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from flows.read.limits import Limits
from flows.read.open_file import open_workbook
from tests.read.builder import HEADER, TITLE, Builder, read
from tests.read.test_bad_input import GOOD, rewritten

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def made(path: Path, *changes: tuple[bytes, bytes], part: str = SHEET) -> Path:
    return rewritten(Builder(path / "a.xlsx").sheet(GOOD).save(), part, *changes)


def counts(path: Path) -> tuple[int | None, int]:
    """The second count of the only sheet, and the account's."""
    (sheet,) = open_workbook(path, Limits()).sheets
    (account,) = read(path).reading.sheets
    return sheet.counted, account.cells


def test_a_cell_that_calamine_does_not_give_refuses_its_sheet(tmp_path):
    seen = read(made(tmp_path, (b'<c r="C4"><v>80</v></c>', b'<c r="C4"><v>80</v></c><c r="C4"><v>81</v></c>')))
    assert seen.rules == ["cells_uncounted"]
    assert seen.values == {}
    assert seen.reading.sheets[0].refused == 10
    assert seen.message("cells_uncounted") == (
        "Lembar ini berisi 11 sel, tetapi 10 yang terbaca; tidak ada yang dimuat. Salin tabelnya ke buku kerja baru, "
        "lalu kirim ulang."
    )


def test_other_sheets_of_the_workbook_are_read(tmp_path):
    path = Builder(tmp_path / "a.xlsx").sheet(GOOD, "Satu").sheet([[TITLE], HEADER, ["Gresik", 9, 3]], "Dua").save()
    rewritten(path, SHEET, (b'<c r="C4"><v>80</v></c>', b'<c r="C4"><v>80</v></c><c r="C4"><v>81</v></c>'))
    seen = read(path)
    assert seen.errors == ["cells_uncounted"]
    assert seen.values == {"B3": 9, "C3": 3}


@pytest.mark.parametrize(
    ("cell", "is_counted"),
    [
        (b'<c r="D4" s="0"/>', False),
        (b'<c r="D4"></c>', False),
        (b'<c r="D4"><v></v></c>', False),
        (b'<c r="D4"><v/></c>', False),
        (b'<c r="D4" t="inlineStr"><is><t></t></is></c>', False),
        (b'<c r="D4" t="inlineStr"><is><t/></is></c>', False),
        (b'<c r="D4" t="inlineStr"><is><t>x</t></is></c>', True),
        (b'<c r="D4" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>', True),
        (b'<c r="D4" t="inlineStr"><is><r><rPr><b/></rPr><t>x</t></r></is></c>', True),
        (b'<c r="D4" t="str"><f>IF(1,"","")</f><v></v></c>', False),
        (b'<c r="D4" t="str"><f>"a"</f><v>a</v></c>', True),
        (b'<c r="D4"><f>1+1</f><v>2</v></c>', True),
        (b'<c r="D4"><f>1+1</f></c>', True),
        (b'<c r="D4" t="e"><v>#N/A</v></c>', True),
        (b'<c r="D4" t="e"><f>1/0</f></c>', True),
        (b'<c r="D4" t="b"><v>0</v></c>', True),
        (b'<c r="ALL4" s="0"/>', False),
    ],
)
@pytest.mark.parametrize("dialect", ["plain", "single quotes"])
def test_what_shows_nothing_is_no_cell(tmp_path, cell, is_counted, dialect):
    if dialect == "single quotes":
        cell = cell.replace(b' r="D4"', b" r='D4'").replace(b' r="ALL4"', b" r='ALL4'")
    path = made(tmp_path, (b'<c r="C4"><v>80</v></c>', b'<c r="C4"><v>80</v></c>' + cell))
    expected = 11 if is_counted else 10
    assert counts(path) == (expected, expected)


@pytest.mark.parametrize(
    "item", [b"<si><t/></si>", b"<si><t></t></si>", b"<si/>", b"<si></si>", b"<si><r><t></t></r></si>",
             b'<si><t></t><phoneticPr fontId="1"/></si>', b"<si><rPh sb='0' eb='1'><t>x</t></rPh></si>"],
)  # fmt: skip
def test_a_shared_string_that_is_empty_shows_nothing(tmp_path, item):
    path = made(tmp_path, (b'<c r="C4"><v>80</v></c>', b'<c r="C4"><v>80</v></c><c r="D4" t="s"><v>6</v></c>'))
    with zipfile.ZipFile(path) as archive:
        assert archive.read(STRINGS).count(b"<si>") == 6
    rewritten(path, STRINGS, (b"</sst>", item + b"</sst>"))
    assert counts(path) == (10, 10)


def test_white_space_is_a_cell_that_looks_blank(tmp_path):
    path = made(tmp_path, (b'<c r="C4"><v>80</v></c>', b'<c r="C4"><v>80</v></c><c r="D4" t="s"><v>6</v></c>'))
    rewritten(path, STRINGS, (b"</sst>", b'<si><t xml:space="preserve">  </t></si></sst>'))
    assert counts(path) == (11, 11)


def test_cells_under_a_merge_are_counted(tmp_path):
    path = Builder(tmp_path / "a.xlsx").sheet(GOOD, merges=["A1:C1"]).save()
    assert counts(path) == (10, 10)


@pytest.mark.parametrize(("text", "counted"), [("a;b;d\n;c;1", 5), ("a,b\r\nc,d\r\n", 4), ('a;"b\nc";d', None)])
def test_a_csv_without_quotes_is_counted_by_its_separators(tmp_path, text, counted):
    (tmp_path / "a.csv").write_text(text, newline="")
    assert open_workbook(tmp_path / "a.csv", Limits()).sheets[0].counted == counted
