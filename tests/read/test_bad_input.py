"""What a file may be instead of a good workbook: each fault is said with its place, and nothing else is lost."""

from __future__ import annotations

import zipfile

import pytest

from flows.messages import message_of, place_and_message
from tests.read.builder import HEADER, TITLE, Builder, judged, read, read_rows

GOOD = [[TITLE], HEADER, ["Pacitan", 100, 60], ["Ponorogo", 200, 80]]


def rewritten(path, part, *changes):
    """The same package with changes in one part of its XML."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in changes:
        assert old in parts[part], old
        parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_file_of_zero_bytes_is_refused(tmp_path):
    (tmp_path / "kosong.xlsx").write_bytes(b"")
    assert read(tmp_path / "kosong.xlsx").rules == ["empty_file"]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(tmp_path, kept):
    path = Builder(tmp_path / "a.xlsx").sheet(GOOD).save()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    seen = read(path)
    assert seen.rules == ["damaged_file"]
    assert seen.values == {}


def test_a_workbook_with_a_password_is_refused_as_such(tmp_path):
    path = tmp_path / "sandi.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
    )
    seen = read(path)
    assert seen.rules == ["password"]
    assert seen.message("password") == "Berkas dilindungi kata sandi. Simpan tanpa kata sandi, lalu kirim ulang."


def test_a_text_that_is_named_xlsx_is_no_workbook(tmp_path):
    (tmp_path / "teks.xlsx").write_text("Kabupaten;Peserta Aktif\nPacitan;60\n", encoding="utf-8")
    seen = read(tmp_path / "teks.xlsx")
    assert seen.rules == ["not_a_workbook"]
    assert seen.message("not_a_workbook") == (
        "Isi berkas bukan buku kerja, walau namanya berakhir .xlsx. Kirim .xlsx, .xls, .xlsb, .ods atau .csv."
    )


def test_figures_without_a_date_are_refused(tmp_path):
    seen = read_rows(tmp_path, [["Cakupan Jamsostek"], *GOOD[1:]])
    assert seen.values == {}
    assert seen.errors == ["time_missing at B3", "time_missing at C3"]
    assert seen.message("time_missing") == (
        'Tidak ada Per tanggal untuk kolom "Semesta" (2 sel). Tulis misalnya "per 13 November 2024" di judul.'
    )


def test_an_unknown_region_costs_its_row_and_the_near_one_is_offered(tmp_path):
    seen = read_rows(tmp_path, [*GOOD, ["Kab. Bojanegoro", 300, 90]])
    assert seen.values == {"B3": 100, "C3": 60, "B4": 200, "C4": 80}
    assert seen.errors == ["region_unknown at A5"]
    assert place_and_message("UCJ.xlsx", "Rekap", "A5", seen.message("region_unknown")) == (
        'UCJ.xlsx, lembar "Rekap", sel A5: "Kab. Bojanegoro" bukan nama kabupaten/kota yang dikenal. '
        "Maksudnya: 35.22 Kabupaten Bojonegoro? Perbaiki namanya, lalu kirim ulang."
    )


def test_a_name_that_can_be_two_regions_is_refused(tmp_path):
    seen = read_rows(tmp_path, [*GOOD, ["Kediri", 300, 90]])
    assert seen.errors == ["region_ambiguous at A5"]
    assert seen.message("region_ambiguous") == (
        '"Kediri" bisa berarti 35.06 Kabupaten Kediri, 35.71 Kota Kediri. Tulis Kabupaten atau Kota di depannya, '
        "lalu kirim ulang."
    )


def test_the_pair_itself_decides_a_bare_name(tmp_path):
    seen = read_rows(tmp_path, [*GOOD, ["Kediri", 300, 90], ["Kota Kediri", 30, 9]])
    assert {place: said[0] for place, said in seen.loaded.items() if place in ("B5", "B6")} == {
        "B5": "35.06",
        "B6": "35.71",
    }


@pytest.mark.parametrize(
    ("name", "city"), [("Jambi", "Kota Jambi"), ("Bengkulu", "Kota Bengkulu"), ("Yogyakarta", "Kota Yogyakarta")]
)
def test_a_name_shared_with_a_province_is_never_guessed(tmp_path, name, city):
    assert read_rows(tmp_path, [*GOOD, [name, 300, 90]]).errors == ["region_ambiguous at A5"]
    beside = read_rows(tmp_path, [[TITLE], HEADER, [name, 30, 9], [city, 30, 9]])
    assert beside.values == {"B4": 30, "C4": 9}
    assert beside.furniture() == {"title": 1, "total": 3}


@pytest.mark.parametrize(("bare", "code"), [("Gorontalo", "75.01"), ("Kota Gorontalo", "75.71")])
def test_a_number_before_a_name_shared_with_a_province_says_that_it_is_no_total(tmp_path, bare, code):
    names = ["Gorontalo", "Boalemo", "Kota Gorontalo"]
    rows = [[n, name, 300, 90 + n] for n, name in enumerate(names, start=1)]
    seen = read_rows(tmp_path, [[TITLE], ["No", *HEADER], *rows, [None, "Total", 900, 276]])
    assert seen.loaded[f"D{3 + names.index(bare)}"][0] == code
    last = read_rows(tmp_path, [[TITLE], ["No", *HEADER], *rows[1:], [4, "Gorontalo", 600, 185]])
    assert "D5" not in last.loaded


def test_a_list_of_provinces_gives_no_regency(tmp_path):
    seen = read_rows(
        tmp_path, [[TITLE], HEADER, *([name, 300, 90] for name in ("Jawa Timur", "Yogyakarta", "Jambi", "Gorontalo"))]
    )
    assert seen.values == {}


def error_cell(path, address, text="#DIV/0!"):
    """A workbook in which a formula's cell shows an error, as Excel stores it."""
    found = f'<c r="{address}"><f>1/0</f><v>0</v></c>'.encode()
    return rewritten(
        path, "xl/worksheets/sheet1.xml", (found, f'<c r="{address}" t="e"><f>1/0</f><v>{text}</v></c>'.encode())
    )


@pytest.mark.parametrize("row", [2, 3])
def test_an_error_cell_is_refused_with_its_place(tmp_path, row):
    rows = [list(line) for line in GOOD]
    rows[row][2] = "=1/0 -> 0"
    path = error_cell(Builder(tmp_path / "a.xlsx").sheet(rows).save(), f"C{row + 1}")
    seen = read(path)
    assert seen.errors == [f"error_cell at C{row + 1}"]
    assert len(seen.values) == 3
    assert seen.message("error_cell") == (
        'Sel ini berisi galat #DIV/0!; kolom ini "Peserta Aktif". Perbaiki rumusnya, lalu kirim ulang.'
    )


@pytest.mark.parametrize("dialect", ["prefixes", "single quotes", "no addresses"])
def test_an_error_cell_is_seen_in_every_dialect_of_xml(tmp_path, dialect):
    path = (
        Builder(tmp_path / "a.xlsx")
        .sheet([[TITLE], HEADER, ["Pacitan", 100, "=1/0 -> 0"], ["Ponorogo", 200, 80]])
        .save()
    )
    error_cell(path, "C3")
    part = "xl/worksheets/sheet1.xml"
    if dialect == "single quotes":
        rewritten(path, part, (b'<c r="C3" t="e">', b"<c r='C3' t='e'>"))
    elif dialect == "no addresses":
        rewritten(path, part, *((f' r="{a}"'.encode(), b"") for a in ("A3", "B3", "C3")))
    else:
        changes = [
            (b"<" + t, b"<x:" + t)
            for t in (
                b"worksheet",
                b"sheetData",
                b"row",
                b"c ",
                b"v>",
                b"f>",
                b"dimension",
                b"sheetView",
                b"sheetFormatPr",
                b"pageMargins",
            )
        ]
        closing = [
            (b"</" + t, b"</x:" + t) for t in (b"worksheet", b"sheetData", b"row", b"c>", b"v>", b"f>", b"sheetView")
        ]
        rewritten(path, part, *changes, *closing, (b'xmlns="', b'xmlns:x="'))
    seen = read(path)
    assert seen.errors == ["error_cell at C3"]
    assert seen.values == {"B3": 100, "B4": 200, "C4": 80}


@pytest.mark.parametrize("value", [b"<v></v>", b"<v/>", b""])
def test_a_formula_without_a_stored_value_is_refused(tmp_path, value):
    path = Builder(tmp_path / "a.xlsx").sheet([*GOOD[:3], ["Ponorogo", 200, "=B4*0.4 -> 80"]]).save()
    rewritten(path, "xl/worksheets/sheet1.xml", (b"<f>B4*0.4</f><v>80</v>", b"<f>B4*0.4</f>" + value))
    seen = read(path)
    assert seen.errors == ["formula_without_value at C4"]
    assert seen.values == {"B3": 100, "C3": 60, "B4": 200}


def test_a_formula_left_at_zero_by_a_program_that_cannot_calculate_is_refused(tmp_path):
    seen = read_rows(tmp_path, [*GOOD[:3], ["Ponorogo", 200, "=B4*0.4 -> 0"]])
    assert seen.errors == ["formula_without_value at C4"]


def test_a_formula_with_its_stored_value_is_read(tmp_path):
    assert read_rows(tmp_path, [*GOOD[:3], ["Ponorogo", 200, "=B4*0.4 -> 80"]]).values["C4"] == 80


def test_a_formula_that_gives_an_empty_text_is_a_blank(tmp_path):
    path = Builder(tmp_path / "a.xlsx").sheet([*GOOD[:3], ["Ponorogo", 200, '=IF(B4=1,1,"") -> 80']]).save()
    formula = b'<f>IF(B4=1,1,"")</f>'
    rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        (b'<c r="C4">' + formula + b"<v>80</v>", b'<c r="C4" t="str">' + formula + b"<v></v>"),
    )
    seen = read(path)
    assert seen.values == {"B3": 100, "C3": 60, "B4": 200}
    assert seen.rules == []


def test_a_broken_dimension_is_no_hindrance(tmp_path):
    path = Builder(tmp_path / "a.xlsx").sheet(GOOD).save()
    rewritten(path, "xl/worksheets/sheet1.xml", (b'<dimension ref="A1:C4"/>', b'<dimension ref="A1:"/>'))
    assert read(path).values == {"B3": 100, "C3": 60, "B4": 200, "C4": 80}


def test_negative_decimal_and_impossible_figures_cost_their_own_cells(tmp_path):
    rows = [
        [TITLE], HEADER,
        ["Pacitan", 100, -60], ["Ponorogo", 200.5, 80], ["Trenggalek", 50, 51], ["Tulungagung", 2000, 1500],
    ]  # fmt: skip
    values, findings = judged(read_rows(tmp_path, rows))
    assert values == {"B3": 100, "C4": 80, "B6": 2000, "C6": 1500}
    assert {f"{f.rule} at {f.cell}" for f in findings} == {
        "negative at C3", "fraction_of_a_person at B4", "active_above_eligible at B5", "active_above_eligible at C5",
    }  # fmt: skip
    assert message_of(next(f for f in findings if f.cell == "C5")) == (
        "Peserta aktif 51 lebih banyak dari semesta 50 (TOTAL); kedua sel tidak dimuat. Periksa apakah kolom atau "
        "angkanya tertukar, lalu kirim ulang."
    )


def test_two_different_figures_for_one_region_are_both_refused(tmp_path):
    values, findings = judged(read_rows(tmp_path, [*GOOD, ["Kab. Pacitan", 100, 61]]))
    assert values == {"B3": 100, "B4": 200, "C4": 80}
    assert sorted(f"{f.rule} at {f.cell}" for f in findings) == [
        "same_value_twice at B5",
        "two_values at C3",
        "two_values at C5",
    ]


def test_a_hidden_row_never_stands_against_a_visible_one(tmp_path):
    values, findings = judged(read_rows(tmp_path, [*GOOD, ["Kab. Pacitan", 100, 61]], hidden_rows=[5]))
    assert values == {"B3": 100, "C3": 60, "B4": 200, "C4": 80}
    assert "hidden_not_loaded at C5" in [f"{f.rule} at {f.cell}" for f in findings]


def test_a_file_of_nothing_but_contradictions_is_refused_cell_by_cell(tmp_path):
    rows = [[TITLE], HEADER, ["Pacitan", 100, 60], ["Pacitan", 200, 80]]
    values, findings = judged(read_rows(tmp_path, rows))
    assert values == {}
    assert [(finding.rule, finding.cell) for finding in findings] == [
        ("two_values", "B3"), ("two_values", "B4"), ("two_values", "C3"), ("two_values", "C4"),
    ]  # fmt: skip
