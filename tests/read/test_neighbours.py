"""Tables beside each other: whose columns, whose title, whose date; above all where one begins lower than the other."""

from __future__ import annotations

from tests.read.builder import HEADER, TITLE, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek", "Tulungagung")


def beside(left, right, lower: int, width: int = 4, gap: int = 1):
    """The rows of two tables, the right one that many rows lower; `width` is the left one's."""
    blank = [None] * (width + gap)
    rows = [[*row, *blank][: width + gap] for row in left] + [blank] * max(lower + len(right) - len(left), 0)
    return [row + (right[n - lower] if 0 <= n - lower < len(right) else []) for n, row in enumerate(rows)]


def body(first: int, names=NAMES):
    return [[name, 100 + n, first + n] for n, name in enumerate(names)]


def said(seen, columns: str):
    """Dates and segments of what is loaded from some columns."""
    return {loaded[1:3] for place, loaded in seen.loaded.items() if place[0] in columns}


def test_a_table_that_begins_lower_has_its_own_date_and_segment(tmp_path):
    left = [["Peserta Jamsostek PU"], ["per 31 Oktober 2025"], HEADER, *body(50)]
    right = [["Peserta BPU"], ["per 30 September 2025"], HEADER, *body(20)]
    seen = read_rows(tmp_path, beside(left, right, lower=2, width=3))
    assert said(seen, "ABC") == {("2025-10-31", "PU")}
    assert said(seen, "EFG") == {("2025-09-30", "BPU")}
    assert len(seen.loaded) == 16
    assert not seen.errors


def test_a_general_title_speaks_for_both(tmp_path):
    left = [["UCJ per 31 Oktober 2025"], [None], ["Tabel A. Segmen PU"], HEADER, *body(50)]
    right = [["Tabel B. Segmen BPU"], HEADER, *body(20)]
    seen = read_rows(tmp_path, beside(left, right, lower=4, width=3))
    assert said(seen, "ABC") == {("2025-10-31", "PU")}
    assert said(seen, "EFG") == {("2025-10-31", "BPU")}


def test_what_stands_over_the_first_table_alone_need_not_speak_for_a_lower_one(tmp_path):
    left = [["UCJ per 31 Oktober 2025"], [None], ["Segmen PU"], HEADER, *body(50)]
    seen = read_rows(tmp_path, beside(left, [HEADER, *body(20)], lower=5, width=3))
    assert said(seen, "ABC") == {("2025-10-31", "PU")}
    assert not said(seen, "EFG")
    assert "dimension_unclear at F7" in seen.errors


def test_the_names_of_a_lower_table_may_come_last(tmp_path):
    left = [["UCJ per 31 Oktober 2025"], [None], HEADER, *body(50)]
    right = [["per 30 September 2025"], ["Peserta Aktif", "Semesta", "Kabupaten/Kota"]]
    right += [[row[2], row[1], row[0]] for row in body(20)]
    seen = read_rows(tmp_path, beside(left, right, lower=3, width=3))
    assert seen.loaded["E6"] == ("35.01", "2025-09-30", "TOTAL", "active_members", 20)
    assert seen.loaded["B4"] == ("35.01", "2025-10-31", "TOTAL", "eligible_workers", 100)
    assert len(seen.loaded) == 16


def test_a_third_table_begins_under_the_first_one(tmp_path):
    left = [["UCJ per 31 Oktober 2025"], [None], ["Segmen PU"], HEADER, *body(50), [None], ["Segmen JAKON"], HEADER]
    right = [["Segmen BPU"], HEADER, *body(20)]
    seen = read_rows(tmp_path, beside([*left, *body(30)], right, lower=4, width=3))
    assert {(place[0], loaded[2]) for place, loaded in seen.loaded.items()} == {
        ("B", "PU"), ("C", "PU"), ("B", "JAKON"), ("C", "JAKON"), ("F", "BPU"), ("G", "BPU"),
    }  # fmt: skip
    assert len(seen.loaded) == 24


def test_a_ranking_beside_a_table_takes_no_row_of_it(tmp_path):
    left = [[TITLE], [None], HEADER, *body(50)]
    right = [["Peringkat cakupan"], ["Rank", "Kab/Kota", "Cakupan (%)"], [1, "Tulungagung", 51.5], [2, "Pacitan", 50.0]]
    seen = read_rows(tmp_path, beside(left, right, lower=3, width=3))
    assert len([place for place in seen.loaded if place[0] in "BC"]) == 8


def test_a_box_at_the_right_is_no_title(tmp_path):
    left = [["UCJ per 31 Oktober 2025"], [None], ["Segmen PU"], HEADER, *body(50)]
    right = [["Segmen BPU", None, None, None, "Target UCJ 2025 (%)", 45.5], HEADER, *body(20)]
    seen = read_rows(tmp_path, beside(left, right, lower=5, width=3))
    assert said(seen, "EFG") == {("2025-10-31", "BPU")}


def test_a_blank_column_in_the_left_table_gives_none_of_its_columns_away(tmp_path):
    header = ["Kab/Kota", "Semesta", None, "Peserta Aktif", "Kab/Kota", "Semesta"]
    rows = [[TITLE], header, ["Pacitan", 100, None, 50, "Ponorogo", 90], ["Trenggalek", 80, None, 40, "Gresik", 70]]
    seen = read_rows(tmp_path, rows)
    assert {place: loaded[0] for place, loaded in seen.loaded.items() if place[0] == "D"} == {
        "D3": "35.01",
        "D4": "35.03",
    }


def test_a_unit_of_people_over_one_table_stands_against_thousands_over_the_other(tmp_path):
    header = ["Kab/Kota", "Bekerja"]
    left = [["Agustus 2024"], ["satuan: ribu orang"], header, *([name, 389.01] for name in NAMES)]
    right = [["Agustus 2023"], ["satuan: orang"], header, *([name, 380_120] for name in NAMES)]
    seen = read_rows(tmp_path, beside(left, right, lower=2, width=2))
    assert {loaded[-1] for place, loaded in seen.loaded.items() if place[0] == "B"} == {389_010}
    assert {loaded[-1] for place, loaded in seen.loaded.items() if place[0] == "E"} == {380_120}
