"""Figures that stand where values stand and are none: of a draft, a month's arrivals, all members, one segment taken for all."""

from __future__ import annotations

import pytest

from tests.read.builder import HEADER, TITLE, Builder, judged, read, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek")


def table(*header, row):
    """A titled table of three regencies with one row of figures each."""
    return [["UCJ per 31 Oktober 2025"], ["Kabupaten/Kota", *header], *([name, *row] for name in NAMES)]


def columns(seen) -> dict[str, tuple[str, str]]:
    """Column → segment and measure."""
    return {place[0]: said[2:4] for place, said in seen.loaded.items()}


def test_a_heading_beside_its_number_gives_its_segment(tmp_path):
    rows = [[TITLE], ["No", *HEADER], ["A.", "PENERIMA UPAH"], [1, "Pacitan", 200, 60], ["B.", "JASA KONSTRUKSI"]]
    seen = read_rows(tmp_path, [*rows, [1, "Pacitan", 90, 50]])
    assert {place: said[2] for place, said in seen.loaded.items()} == {
        "C4": "PU",
        "D4": "PU",
        "C6": "JAKON",
        "D6": "JAKON",
    }


def test_a_rate_of_the_counts_of_one_segment_is_that_segment_s(tmp_path):
    seen = read_rows(tmp_path, table("Semesta BPU", "Aktif BPU", "Rasio (%)", row=[200, 60, 30]))
    assert columns(seen)["D"] == ("BPU", "reported_coverage_pct")


@pytest.mark.parametrize("header", ["Peserta Aktif", "Jumlah Peserta Aktif"])
def test_a_count_without_a_segment_beside_one_segment_alone_may_be_of_all(tmp_path, header):
    assert columns(read_rows(tmp_path, table("Semesta BPU", header, row=[200, 60]))).keys() == {"B"}
    whole = columns(read_rows(tmp_path, table(header, "Peserta Aktif BPU", row=[200, 60])))
    assert whole == {"B": ("TOTAL", "active_members"), "C": ("BPU", "active_members")}


def test_all_members_are_not_the_active_ones(tmp_path):
    seen = read_rows(tmp_path, table("TK Aktif", "TK Non Aktif", "Total Peserta", "Potensi TK", row=[60, 20, 80, 200]))
    assert columns(seen) == {"B": ("TOTAL", "active_members"), "E": ("TOTAL", "eligible_workers")}


def test_what_came_in_this_month_is_not_what_stands_at_its_end(tmp_path):
    header = ("Peserta Aktif s.d. Bulan Lalu", "Peserta Aktif Bulan Ini", "Peserta Aktif s.d. Bulan Ini")
    assert columns(read_rows(tmp_path, table(*header, row=[1000, 20, 1020]))).keys() == {"D"}


@pytest.mark.parametrize(("name", "is_draft"), [("DRAFT", True), ("Contoh pengisian", True), ("Oktober 2025", False)])
def test_a_draft_does_not_count_beside_another_sheet(tmp_path, name, is_draft):
    book = Builder(tmp_path / "a.xlsx").sheet(table("Semesta", row=[100]), name)
    seen = read(book.sheet(table("Peserta Aktif", row=[50]), "FINAL").save())
    assert ("draft_sheet at A1" in seen.errors) == is_draft
    assert {said[3] for said in seen.loaded.values()} == {"active_members"} | (
        set() if is_draft else {"eligible_workers"}
    )


def test_a_draft_alone_is_read(tmp_path):
    assert read(Builder(tmp_path / "a.xlsx").sheet(table("Semesta", row=[100]), "DRAFT").save()).loaded


def test_letters_of_columns_in_headers_or_under_them_say_nothing(tmp_path):
    rows = table("Semesta (a)", "Peserta Aktif (b)", "Cakupan (c = b/a x 100)", row=[200, 60, 30])
    assert sorted(columns(read_rows(tmp_path, rows))) == ["B", "C", "D"]
    rows = table("Semesta", "Peserta Aktif", "Cakupan (%)", row=[200, 60, 30])
    assert sorted(columns(read_rows(tmp_path, [*rows[:2], [None, "a", "b", "c = b/a"], *rows[2:]]))) == ["B", "C", "D"]


def test_the_caption_of_a_table_says_what_it_counts(tmp_path):
    rows = [
        ["KEPESERTAAN BPJS KETENAGAKERJAAN, POSISI 30 JUNI 2025"],
        ["Tabel 1. Jumlah Semesta Pekerja menurut Segmen"],
    ]
    rows += [["Kabupaten/Kota", "PU", "BPU", "Jakon"], *([name, 2000, 3000, 1500] for name in NAMES)]
    assert {said[3] for said in read_rows(tmp_path, rows).loaded.values()} == {"eligible_workers"}


def test_months_as_exports_number_them(tmp_path):
    rows = [["PERIODE", "NAMA_KABKOTA", "TK_AKTIF_BPJSTK"], [202509, "PACITAN", 41921], [202510, "PACITAN", 41950]]
    assert [said[1] for said in read_rows(tmp_path, rows).loaded.values()] == ["2025-09-30", "2025-10-31"]


def test_sheets_of_three_surveys_say_year_and_month(tmp_path):
    book = Builder(tmp_path / "a.xlsx")
    for name in ("Agt22", "Agt23", "Agt24"):
        book.sheet([["Keadaan Ketenagakerjaan"], ["Kabupaten/Kota", "Bekerja"], ["Pacitan", 349000]], name)
    assert [said[1:3] for said in read(book.save()).loaded.values()] == [(2022 + n, "august") for n in range(3)]


def test_wage_earners_named_in_full_are_members_like_the_others(tmp_path):
    seen = read_rows(
        tmp_path, table("Peserta Penerima Upah", "Peserta BPU", "Semesta Penerima Upah", row=[60, 20, 200])
    )
    assert columns(seen) == {
        "B": ("PU", "active_members"),
        "C": ("BPU", "active_members"),
        "D": ("PU", "eligible_workers"),
    }


def test_a_segment_s_peserta_under_semesta_may_be_either(tmp_path):
    rows = [
        ["UCJ per 31 Oktober 2025"],
        ["Kabupaten/Kota", "Semesta Pekerja", "", "Peserta Aktif", ""],
        ["", "Peserta Penerima Upah", "Peserta BPU", "Peserta Penerima Upah", "Peserta BPU"],
        *([name, 2000, 3000, 600, 200] for name in NAMES),
    ]
    book = Builder(tmp_path / "a.xlsx").sheet(rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    seen = read(book.save())
    assert columns(seen) == {"D": ("PU", "active_members"), "E": ("BPU", "active_members")}
    assert seen.rules == ["unknown_column at B2", "unknown_column at C2"]


def test_a_segment_s_peserta_under_a_title_about_semesta_may_be_either(tmp_path):
    rows = table("Peserta PU", "Peserta BPU", row=[2000, 3000])
    rows[0] = ["Semesta Pekerja Jamsostek per 31 Oktober 2025"]
    assert not read_rows(tmp_path, rows).loaded
    with_both = [[*rows[1], "Semesta PU"], *([*row, 9000] for row in rows[2:])]
    assert sorted(columns(read_rows(tmp_path, [rows[0], *with_both]))) == ["B", "C", "D"]


def test_the_unit_of_an_empty_column_is_of_no_other(tmp_path):
    rows = [
        ["UCJ per 31 Oktober 2025"],
        ["Kabupaten/Kota", "Semesta", "Peserta Aktif", "Peserta Aktif Jakon (ribu)"],
        *([name, 200, 60, None] for name in NAMES),
    ]
    seen = read_rows(tmp_path, rows)
    assert {said[4] for said in seen.loaded.values()} == {200, 60}


@pytest.mark.parametrize("header", ["PMI", "Target Maret 2026", "Peserta Aktif Maret 2026"])
def test_an_empty_column_says_nothing_of_the_others(tmp_path, header):
    rows = table("Semesta", "Peserta Aktif", header, row=[200, 60])
    assert {said[1:3] for said in read_rows(tmp_path, rows).loaded.values()} == {("2025-10-31", "TOTAL")}


@pytest.mark.parametrize("columns_of", [("PU", "BPU"), ("Peserta PU", "Peserta BPU"), ("Jumlah Peserta", "Ket")])
@pytest.mark.parametrize(
    "title",
    [
        "Jumlah Peserta Non Aktif",
        "Pekerja Belum Terlindungi",
        "Penambahan Peserta",
        "Kenaikan Peserta Aktif",
        "Peserta Baru",
    ],
)
def test_a_title_about_other_figures_gives_its_measure_to_no_column(tmp_path, title, columns_of):
    rows = [[f"{title} Jamsostek per 31 Oktober 2025"], ["Kabupaten/Kota", *columns_of]]
    assert not read_rows(tmp_path, [*rows, *([name, 20000, 3000] for name in NAMES)]).loaded


def test_a_title_about_other_figures_too_leaves_the_columns_that_say_so(tmp_path):
    rows = table("Peserta PU", "Belum Peserta PU", row=[600, 1400])
    rows[0] = ["Peserta dan Belum Peserta Jamsostek per 31 Oktober 2025"]
    assert columns(read_rows(tmp_path, rows)) == {"B": ("PU", "active_members")}


@pytest.mark.parametrize("header", ["", "Jenis Kelamin", "Uraian"])
def test_rows_of_men_and_women_are_parts_of_their_region(tmp_path, header):
    rows = [["UCJ per 31 Oktober 2025"], ["Kabupaten/Kota", header, "Semesta", "Peserta Aktif"]]
    for name in NAMES:
        rows += [[name, "Laki-laki", 100, 50], [name, "Perempuan", 90, 40], [name, "L+P", 190, 90]]
    seen = read_rows(tmp_path, rows)
    assert {said[4] for said in seen.loaded.values()} == {190, 90}
    assert "part_row at B3" in seen.rules


def test_rows_of_men_alone_are_not_their_region(tmp_path):
    seen = read_rows(tmp_path, table("Jenis Kelamin", "Semesta", row=["L", 200]))
    assert not seen.loaded


@pytest.mark.parametrize("header", ["", "Status", "Ket"])
def test_a_region_over_rows_without_a_name_may_be_a_part(tmp_path, header):
    rows = [["UCJ per 31 Oktober 2025"], ["Kabupaten/Kota", header, "Semesta"]]
    for name in NAMES:
        rows += [[name, "Lama", 100], ["", "Baru", 90]]
    seen = read_rows(tmp_path, rows)
    assert not seen.loaded
    assert {"region_missing at A4", "region_in_parts at A3"} <= set(seen.rules)


@pytest.mark.parametrize("is_merged", [True, False])
def test_lines_under_regions_across_that_are_not_understood_refuse_them(tmp_path, is_merged):
    rows = [
        ["UCJ per 31 Oktober 2025"],
        ["Uraian", "Pacitan", "", "Trenggalek", ""],
        ["", "Semula", "Menjadi", "Semula", "Menjadi"],
        ["Semesta", 1000, 1100, 2000, 2100],
    ]
    merges = ["A2:A3", "B2:C2", "D2:E2"] if is_merged else []
    assert not read(Builder(tmp_path / "a.xlsx").sheet(rows, merges=merges).save()).loaded


def test_a_sum_named_after_a_branch_in_another_column_is_a_sum(tmp_path):
    rows = [["UCJ per 31 Oktober 2025"], ["Kantor Cabang", "Kabupaten/Kota", "Semesta"]]
    rows += [["Cabang Madiun", "Pacitan", 100], ["", "Ponorogo", 200], ["Jumlah Cabang Madiun", "", 300]]
    rows += [["Cabang Blitar", "Trenggalek", 400], ["Jumlah Cabang Blitar", "", 400], ["Kanwil Jatim", "", 700]]
    seen = read_rows(tmp_path, rows)
    assert [said[4] for said in seen.loaded.values()] == [100, 200, 400]
    assert "region_in_parts" not in " ".join(seen.rules)


def test_a_second_list_in_another_order_beside_the_first(tmp_path):
    backwards = NAMES[::-1]
    rows = [[name, 500 + n, other, 2000] for n, (name, other) in enumerate(zip(NAMES, backwards, strict=True))]
    for header in (None, "Nama"):
        seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Peserta Aktif", header, "Semesta"], *rows])
        assert {place[0] for place in seen.loaded} == {"B"}
    branches = [[name, 500, "Madiun", 2000] for name in NAMES]
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten/Kota", "Peserta Aktif", "Cabang", "Semesta"], *branches])
    assert {place[0] for place in seen.loaded} == {"B", "D"}


@pytest.mark.parametrize(
    "rows",
    [
        [[None, 2000, 500], ["Pacitan", 3000, 900], ["Ponorogo", 4000, 1000], ["Trenggalek"]],
        [["Pacitan"], ["Ponorogo", 2000, 500], ["Trenggalek", 3000, 900], [None, 4000, 1000]],
        [["Pacitan", 2000], ["Ponorogo", 3000, 500], ["Trenggalek", 4000, 900], [None, None, 1000]],
    ],
)
def test_figures_moved_by_a_row_against_their_names(tmp_path, rows):
    seen = read_rows(tmp_path, [[TITLE], HEADER, *rows])
    assert not seen.loaded
    assert any(error.startswith("rows_shifted") for error in seen.errors)


def test_a_sum_without_a_name_is_no_moved_figure(tmp_path):
    rows = [["Pacitan", None, 500], ["Ponorogo", 3000, 900], ["Trenggalek", 4000, 900], [None, 7000, 2300]]
    assert len(read_rows(tmp_path, [[TITLE], HEADER, *rows]).loaded) == 5


@pytest.mark.parametrize("closing", ["Cakupan UCJ", "Semesta"])
@pytest.mark.parametrize("names", [["Jumlah"], ["Kab. Pacitan", "Kab. Ponorogo"]])
def test_what_closes_the_last_block_alone_may_be_of_all(tmp_path, closing, names):
    figures = [[12_000], [4_000], [8_000], [1_000]]
    labels = ["Semesta", "Peserta Aktif"] if closing != "Semesta" else ["Peserta Aktif"]
    title = ["UCJ Kabupaten Trenggalek per 31 Oktober 2025" if len(names) == 1 else "UCJ per 31 Oktober 2025"]
    rows = [title, ["Uraian", *names]]
    for segment in ("PU", "BPU"):
        rows += [[segment], *([label, *figures.pop() * len(names)] for label in labels)]
    whole = read_rows(tmp_path, rows)
    closed = read_rows(tmp_path, [*rows, [closing, *[25] * len(names)]])
    assert len(whole.loaded) == len(names) * len(labels) * 2
    assert closed.loaded == whole.loaded


def test_a_segment_that_the_last_region_alone_has(tmp_path):
    parts = [["PU", 2000, 500], ["BPU", 3000, 900]]
    rows = [[TITLE], ["Kabupaten/Kota", *HEADER[1:]]]
    for name in NAMES:
        rows += [[name], *parts]
    seen = read_rows(tmp_path, [*rows, ["PMI", 900, 300]])
    assert {said[2] for said in seen.loaded.values()} == {"PU", "BPU"}
    assert "closing_row at A12" in seen.errors


@pytest.mark.parametrize(
    ("header", "said"), [("Pembayar", "APBD"), ("Skala Usaha", "Mikro"), ("Kluster", "Rentan"), (None, "Nelayan")]
)
def test_a_column_that_says_of_whom_each_row_is(tmp_path, header, said):
    rows = [[TITLE], ["Kabupaten/Kota", header, "Peserta Aktif"], *([name, said, 500] for name in NAMES)]
    assert not read_rows(tmp_path, rows).loaded
    for row in rows[2:]:
        row[1] = "Cabang Madiun Pemuda"
    assert header or read_rows(tmp_path, rows).loaded


def test_a_heading_of_cities_ends_where_a_regency_stands(tmp_path):
    under = [["Kota"], ["Kediri", 2000, 500], ["Surabaya", 3000, 900], [], ["Pacitan", 4000, 900], ["Blitar", 900, 300]]
    seen = read_rows(tmp_path, [[TITLE], HEADER, *under])
    assert {said[0] for said in seen.loaded.values()} == {"35.71", "35.78", "35.01"}


@pytest.mark.parametrize(
    "title", ["Kabupaten Gresik dan Lamongan", "RSUD Kabupaten Gresik", "Kawasan Industri Kabupaten Gresik"]
)
def test_a_title_about_more_or_less_than_a_regency(tmp_path, title):
    rows = [[f"UCJ {title} per 31 Oktober 2025"], ["Segmen", *HEADER[1:]], ["PU", 2000, 500], ["BPU", 3000, 900]]
    assert not read_rows(tmp_path, rows).loaded


@pytest.mark.parametrize(
    ("title", "header", "figures", "rule"),
    [
        ("Keadaan Ketenagakerjaan Agustus 2024", ("Bekerja",), (250,), "fewer_than_any_regency"),
        ("Keadaan Ketenagakerjaan Agustus 2024", ("Bekerja", "Pengangguran"), (96, 4), "fewer_than_any_regency"),
        ("TPT Agustus 2024", ("TPT",), (0,), "unemployment_unthinkable"),
        (TITLE, ("Semesta", "Capaian"), (20_000, 25), "hardly_a_member"),
        (TITLE, ("Semesta BPU", "Aktif BPU"), (20_000, 0), "hardly_a_member"),
        (TITLE, ("Peserta Aktif PU", "Peserta Aktif"), (5_000, 4_000), "active_above_total"),
        (TITLE, ("Semesta BPU", "Total Semesta"), (5_000, 4_000), "eligible_above_total"),
    ],
)
def test_figures_that_no_regency_has(tmp_path, title, header, figures, rule):
    rows = [[title], ["Kabupaten/Kota", *header], *([name, *figures] for name in NAMES)]
    values, findings = judged(read_rows(tmp_path, rows))
    last = "BC"[len(figures) - 1]
    assert not [place for place in values if place.rpartition("!")[2].startswith(last)]
    assert {finding.rule for finding in findings} >= {rule}


@pytest.mark.parametrize(
    ("header", "figures"), [(("Semesta BPU", "Aktif BPU"), (20_000, 40)), (("Semesta JAKON", "Aktif JAKON"), (900, 0))]
)
def test_few_members_of_a_segment_that_has_few(tmp_path, header, figures):
    rows = [[TITLE], ["Kabupaten/Kota", *header], *([name, *figures] for name in NAMES)]
    assert len(judged(read_rows(tmp_path, rows))[0]) == 2 * len(NAMES)
