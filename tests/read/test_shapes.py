"""Shapes in which regions do not stand down a column: across, in a title, or in the sheet's name; and rows and titles
that say what is measured. What a person reads in the sheet is what is loaded, cell by cell."""

from __future__ import annotations

import pytest

from tests.read.builder import TITLE, Builder, read, read_rows

DAY = "2024-11-13"
PACITAN, PONOROGO, TRENGGALEK = "35.01", "35.02", "35.03"
ELIGIBLE, ACTIVE, PCT = "eligible_workers", "active_members", "reported_coverage_pct"
LABOUR_TITLE = "Keadaan angkatan kerja menurut kabupaten/kota, 2024"


def test_regions_may_stand_across_and_measures_down(tmp_path):
    rows = [
        [TITLE],
        [],
        ["Uraian", "Pacitan", "Kab. Trenggalek", "Jumlah"],
        ["Semesta pekerja (orang)", 100, 300, 400],
        ["Peserta aktif (orang)", 60, 120, 180],
        ["Cakupan (%)", "60,0", "40,0", "45,0"],
    ]
    seen = read_rows(tmp_path, rows, at=(1, 1))
    assert seen.loaded == {
        "C5": (PACITAN, DAY, "TOTAL", ELIGIBLE, 100),
        "D5": (TRENGGALEK, DAY, "TOTAL", ELIGIBLE, 300),
        "C6": (PACITAN, DAY, "TOTAL", ACTIVE, 60),
        "D6": (TRENGGALEK, DAY, "TOTAL", ACTIVE, 120),
        "C7": (PACITAN, DAY, "TOTAL", PCT, 60.0),
        "D7": (TRENGGALEK, DAY, "TOTAL", PCT, 40.0),
    }
    assert seen.rules == []
    (table,) = seen.reading.tables
    assert (table.place, table.regions) == ("B4:E7", (PACITAN, TRENGGALEK))


def test_a_total_across_that_is_not_its_regions_is_found_at_its_cell(tmp_path):
    rows = [
        [TITLE],
        ["Uraian", "Pacitan", "Trenggalek", "Jumlah"],
        ["Semesta", 100, 300, 450],
        ["Peserta aktif", 60, 120, 180],
    ]
    assert read_rows(tmp_path, rows).rules == ["total_disagrees at D3"]


def test_labels_of_two_columns_stand_down_at_the_left_of_regions(tmp_path):
    rows = [
        [TITLE],
        ["No", "Segmen", "Indikator", "Pacitan", "Ponorogo"],
        [1, "PU", "Semesta", 100, 200],
        [None, None, "Aktif", 60, 80],
        [2, "BPU", "Semesta", 50, 70],
        [None, None, "Aktif", 6, 8],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0:1] + said[2:] for place, said in seen.loaded.items()} == {
        "D3": (PACITAN, "PU", ELIGIBLE, 100),
        "E3": (PONOROGO, "PU", ELIGIBLE, 200),
        "D4": (PACITAN, "PU", ACTIVE, 60),
        "E4": (PONOROGO, "PU", ACTIVE, 80),
        "D5": (PACITAN, "BPU", ELIGIBLE, 50),
        "E5": (PONOROGO, "BPU", ELIGIBLE, 70),
        "D6": (PACITAN, "BPU", ACTIVE, 6),
        "E6": (PONOROGO, "BPU", ACTIVE, 8),
    }
    assert seen.rules == []


def test_years_may_stand_down_and_regions_across(tmp_path):
    rows = [
        ["Tingkat Pengangguran Terbuka (%) di Pulau Madura, 2018-2019"],
        ["Tahun", "Kabupaten Bangkalan", "Kabupaten Sampang"],
        [2018, 7.31, 5.43],
        [2019, 3.91, 2.43],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.loaded == {
        "B3": ("35.26", 2018, "unemployment_rate_pct", 7.31),
        "C3": ("35.27", 2018, "unemployment_rate_pct", 5.43),
        "B4": ("35.26", 2019, "unemployment_rate_pct", 3.91),
        "C4": ("35.27", 2019, "unemployment_rate_pct", 2.43),
    }


def test_bad_cells_of_a_turned_table_are_named_at_their_own_address(tmp_path):
    rows = [[TITLE], ["Uraian", "Pacitan", "Ponorogo"], ["Semesta", 100, "belum"], ["Peserta aktif", 60, 80]]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B3": 100, "B4": 60, "C4": 80}
    assert seen.rules == ["not_a_number at C3"]


def test_hidden_rows_and_formats_of_a_turned_table_are_seen(tmp_path):
    rows = [[TITLE], ["Uraian", "Pacitan", "Ponorogo"], ["Semesta", 100, 200], ["Cakupan", 0.432, 0.5]]
    seen = read_rows(tmp_path, rows, formats={"B4": "0.0%", "C4": "0.0%"}, hidden_rows=[3])
    assert seen.values == {"B3": 100, "C3": 200, "B4": 43.2, "C4": 50.0}
    hidden = seen.reading.cells[0].fields["is_hidden"]
    assert sorted(hidden.tolist()) == [False, False, True, True]


# -- tables about one region ----------------------------------------------------------------------------


def segments(first: int = 100) -> list[list[object]]:
    return [["Segmen", "Semesta", "TK Aktif"], ["PU", first, 60], ["BPU", 2 * first, 80], ["Jumlah", 3 * first, 140]]


def test_a_sheet_s_name_may_say_which_region_it_is_about(tmp_path):
    book = Builder(tmp_path / "kiriman.xlsx")
    book.sheet([[TITLE], *segments()], "Kab. Pacitan").sheet([[TITLE], *segments(10)], "Trenggalek")
    seen = read(book.save())
    assert seen.loaded == {
        "Kab. Pacitan!B3": (PACITAN, DAY, "PU", ELIGIBLE, 100),
        "Kab. Pacitan!C3": (PACITAN, DAY, "PU", ACTIVE, 60),
        "Kab. Pacitan!B4": (PACITAN, DAY, "BPU", ELIGIBLE, 200),
        "Kab. Pacitan!C4": (PACITAN, DAY, "BPU", ACTIVE, 80),
        "Kab. Pacitan!B5": (PACITAN, DAY, "TOTAL", ELIGIBLE, 300),
        "Kab. Pacitan!C5": (PACITAN, DAY, "TOTAL", ACTIVE, 140),
        "Trenggalek!B3": (TRENGGALEK, DAY, "PU", ELIGIBLE, 10),
        "Trenggalek!C3": (TRENGGALEK, DAY, "PU", ACTIVE, 60),
        "Trenggalek!B4": (TRENGGALEK, DAY, "BPU", ELIGIBLE, 20),
        "Trenggalek!C4": (TRENGGALEK, DAY, "BPU", ACTIVE, 80),
        "Trenggalek!B5": (TRENGGALEK, DAY, "TOTAL", ELIGIBLE, 30),
        "Trenggalek!C5": (TRENGGALEK, DAY, "TOTAL", ACTIVE, 140),
    }
    assert seen.rules == []


def test_blocks_may_be_headed_by_their_region(tmp_path):
    rows = [[TITLE], [], ["Kabupaten Pacitan"], *segments(), [], ["Kabupaten Ponorogo"], *segments(10)]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items()} == dict.fromkeys(
        ("B5", "C5", "B6", "C6", "B7", "C7"), PACITAN
    ) | dict.fromkeys(("B11", "C11", "B12", "C12", "B13", "C13"), PONOROGO)
    assert seen.rules == []


def test_months_may_stand_down_under_the_region_of_the_title(tmp_path):
    rows = [
        ["PEMERINTAH KABUPATEN LUMAJANG"],
        ["Perkembangan Cakupan Jamsostek"],
        ["Bulan", "PU", None, "BPU", None],
        [None, "Semesta", "Aktif", "Semesta", "Aktif"],
        ["Januari 2025", 100, 50, 200, 20],
        ["Februari 2025", 100, 51, 200, 21],
    ]
    seen = read_rows(tmp_path, rows, merges=["A3:A4", "B3:C3", "D3:E3"])
    assert seen.loaded["C6"] == ("35.08", "2025-02-28", "PU", ACTIVE, 51)
    assert seen.loaded["D5"] == ("35.08", "2025-01-31", "BPU", ELIGIBLE, 200)
    assert len(seen.loaded) == 8


def test_a_title_and_a_sheet_name_that_name_two_regions_refuse_the_table(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], ["Kabupaten Pacitan"], *segments()], "Kab. Ponorogo")
    assert seen.loaded == {}
    assert seen.rules == ["region_contradiction at A2"]
    assert seen.message("region_contradiction") == (
        'Judul menyebut "Kabupaten Pacitan", nama lembar "Kab. Ponorogo": dua daerah yang berbeda. Samakan, lalu kirim ulang.'
    )


def test_a_bare_name_that_could_be_two_regions_is_not_decided_by_a_title(tmp_path):
    seen = read_rows(tmp_path, [[TITLE], ["Kediri"], *segments()])
    assert seen.loaded == {}
    assert seen.rules == ["region_ambiguous at A2"]


@pytest.mark.parametrize("title", ["Provinsi Jawa Timur", "Cabang Trenggalek Raya"])
def test_a_table_without_a_region_is_refused(tmp_path, title):
    seen = read_rows(tmp_path, [[TITLE], [title], *segments()])
    assert seen.loaded == {}
    assert seen.rules == ["region_not_said at A3"]


def test_a_file_s_name_never_says_the_region(tmp_path):
    path = Builder(tmp_path / "x.xlsx").sheet([[TITLE], *segments()]).save()
    assert read(path, "UCJ Kabupaten Pacitan.xlsx").rules == ["region_not_said at A2"]


# -- rows and titles that say what is measured ------------------------------------------------------------


def test_rows_may_say_what_is_measured(tmp_path):
    rows = [
        [TITLE],
        ["Kab/Kota", "Uraian", "PU", "BPU"],
        ["Pacitan", "Semesta", 100, 200],
        [None, "Peserta aktif", 60, 80],
        [None, "Cakupan", 0.6, 0.4],
        ["Ponorogo", "Semesta", 10, 20],
        [None, "Peserta aktif", 6, 8],
        [None, "Cakupan", 0.6, 0.4],
    ]
    percent = {f"{column}{row}": "0.0%" for column in "CD" for row in (5, 8)}
    seen = read_rows(tmp_path, rows, formats=percent)
    assert seen.loaded["D5"] == (PACITAN, DAY, "BPU", PCT, 40)
    assert seen.loaded["C7"] == (PONOROGO, DAY, "PU", ACTIVE, 6)
    assert len(seen.loaded) == 12
    assert seen.rules == []


def test_a_long_table_may_name_its_measure_and_unit_in_each_row(tmp_path):
    rows = [
        ["Kabupaten/Kota", "Tahun", "Indikator", "Satuan", "Nilai"],
        ["Pacitan", 2022, "Penduduk Bekerja", "Orang", 431893],
        ["Pacitan", 2022, "TPT", "Persen", 5.16],
        ["Pacitan", 2023, "Penduduk Bekerja", "Orang", 397734],
        ["Pacitan", 2023, "Angkatan kerja perempuan", "Orang", 1000],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.loaded == {
        "E2": (PACITAN, 2022, "employed_people", 431893),
        "E3": (PACITAN, 2022, "unemployment_rate_pct", 5.16),
        "E4": (PACITAN, 2023, "employed_people", 397734),
    }
    assert seen.rules == ["label_unknown at C5"]


@pytest.mark.parametrize("name", ["Penduduk Bekerja", "Angkatan Kerja"])
def test_a_sheet_s_name_may_say_what_is_measured(tmp_path, name):
    seen = read_rows(
        tmp_path, [["Kabupaten/Kota", 2024, 2023], ["Pacitan", 431893, 397734], ["Ponorogo", 5000, 6000]], name
    )
    measure = {"Penduduk Bekerja": "employed_people", "Angkatan Kerja": "labour_force_people"}[name]
    assert seen.loaded["C2"] == (PACITAN, 2023, measure, 397734)
    assert len(seen.loaded) == 4


def test_a_title_may_say_what_columns_of_segments_hold(tmp_path):
    counts = [
        ["Peserta aktif Jamsostek, 30 Juni 2025"],
        ["Kabupaten", "PU", "BPU"],
        ["Pacitan", 5000, 600],
        ["Ponorogo", 70, 8],
    ]
    assert {said[3] for said in read_rows(tmp_path, counts).loaded.values()} == {ACTIVE}
    rates = [
        ["Cakupan Jamsostek (%), 30 Juni 2025"],
        ["Kabupaten", "PU", "BPU"],
        ["Pacitan", 50.5, 6.1],
        ["Ponorogo", 70.2, 8],
    ]
    assert {said[3] for said in read_rows(tmp_path, rates).loaded.values()} == {PCT}


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("Cakupan Jamsostek, 30 Juni 2025", (5000, 6000)),  # counts under a title of rates
        ("Peserta aktif Jamsostek, 30 Juni 2025", (50.5, 60.1)),  # rates under a title of counts
        ("Peserta aktif Jamsostek, 30 Juni 2025", (50, 60)),  # too small to be sure
        ("Semesta dan peserta aktif, 30 Juni 2025", (5000, 6000)),
        ("Target peserta aktif Jamsostek, 30 Juni 2025", (5000, 6000)),
        ("Pertumbuhan peserta aktif Jamsostek, 30 Juni 2025", (5000, 6000)),
    ],
)
def test_a_title_that_its_cells_do_not_bear_out_says_nothing(tmp_path, title, values):
    seen = read_rows(tmp_path, [[title], ["Kabupaten", "PU", "BPU"], ["Pacitan", *values], ["Ponorogo", *values]])
    assert seen.loaded == {}
    assert seen.errors == ["unknown_kind at A2"]


@pytest.mark.parametrize("whole", ["Laki-laki + Perempuan", "L+P", "Jumlah"])
def test_of_a_breakdown_by_sex_only_the_whole_is_loaded(tmp_path, whole):
    rows = [
        [LABOUR_TITLE],
        ["Kabupaten/Kota", "Bekerja (orang)", None, None],
        [None, "L", "P", whole],
        ["Pacitan", 2000, 1000, 3000],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:D2"])
    assert seen.loaded == {"D4": (PACITAN, 2024, "employed_people", 3000)}
    assert seen.rules == ["part_column at B2", "part_column at C2"]


def test_a_total_beside_parts_that_nobody_understands_is_the_whole_where_it_is_their_sum(tmp_path):
    rows = [
        ["Penduduk Bekerja Menurut Pendidikan, 2024"],
        ["Kabupaten/Kota", "Pendidikan", None, None],
        [None, "SMP", "SMA", "Jumlah"],
        ["Pacitan", 2000, 1000, 3000],
        ["Ponorogo", 2500, 1000, 3500],
    ]
    merges = ["A2:A3", "B2:D2"]
    assert read_rows(tmp_path, rows, merges=merges).values == {"D4": 3000, "D5": 3500}
    rows[4][3] = 3600
    assert read_rows(tmp_path, rows, merges=merges).values == {}


def test_years_may_be_marked_as_revised_or_provisional(tmp_path):
    rows = [
        ["TPAK menurut kabupaten"],
        ["Kabupaten/Kota", "2022", "2023r", "2024*"],
        ["Pacitan", "71,29", "63,91", "66,10"],
    ]
    assert {said[1] for said in read_rows(tmp_path, rows).loaded.values()} == {2022, 2023, 2024}


# -- dates that are of the figures, and dates that are not --------------------------------------------------


@pytest.mark.parametrize(
    ("title", "is_date"),
    [
        ("Cakupan Jamsostek, 30 November 2025", True),
        ("Riau, 30 November 2025", True),
        ("Pekanbaru, 30 November 2025", False),
        ("Peserta aktif menurut program, 30 November 2025", True),
    ],
)
def test_a_place_before_a_date_is_a_signature_and_a_title_is_none(tmp_path, title, is_date):
    rows = [
        [title],
        ["Data UCJ"],
        ["Kabupaten", "Semesta", "Peserta Aktif"],
        ["Kab. Siak", 100, 60],
        ["Kab. Kampar", 90, 50],
    ]
    assert len(read_rows(tmp_path, rows).loaded) == (4 if is_date else 0)


def test_a_letter_s_date_is_not_that_of_its_table(tmp_path):
    rows = [
        ["Lampiran Surat Nomor 560/112"],
        ["Tanggal : 12 Januari 2026"],
        ["DATA CAKUPAN JAMSOSTEK KEADAAN 31 DESEMBER 2025"],
        ["Kabupaten", "Semesta", "Peserta Aktif"],
        ["Pacitan", 100, 60],
    ]
    seen = read_rows(tmp_path, rows)
    assert {said[1] for said in seen.loaded.values()} == {"2025-12-31"}
    assert seen.rules == []


def test_headings_of_classes_may_be_bilingual(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota\nRegency/Municipality", "Semesta\nEligible Workers", "Peserta Aktif\nActive Members"],
        ["Kabupaten/Regency"],
        ["1. Kediri", 100, 60],
        ["Kota/Municipality"],
        ["1. Kediri", 50, 30],
    ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items()} == {
        "B4": "35.06",
        "C4": "35.06",
        "B6": "35.71",
        "C6": "35.71",
    }
    assert seen.rules == []


def test_a_total_behind_an_unmerged_group_may_be_of_all_groups_and_is_refused(tmp_path):
    rows = [
        [TITLE],
        ["Kabupaten/Kota", "PU", None, None],
        [None, "Semesta", "Peserta Aktif", "Cakupan Total (%)"],
        ["Pacitan", 100, 60, 12.5],
    ]
    seen = read_rows(tmp_path, rows)
    assert seen.values == {"B4": 100, "C4": 60}
    assert seen.rules == ["unknown_column at D2"]
    measures = [
        rows[0],
        ["Kabupaten/Kota", "Peserta Aktif", None, None],
        [None, "PU", "BPU", "Total"],
        ["Pacitan", 60, 30, 90],
    ]
    assert read_rows(tmp_path, measures).loaded["D4"] == (PACITAN, DAY, "TOTAL", ACTIVE, 90)
    merged = read_rows(tmp_path, rows, merges=["A2:A3", "B2:D2"])
    assert merged.loaded["D4"] == (PACITAN, DAY, "PU", PCT, 12.5)


@pytest.mark.parametrize(
    ("title", "name", "is_read"),
    [
        ("Penduduk bekerja, Sakernas 2024", "Laki-laki", False),
        ("Penduduk bekerja laki-laki, Sakernas 2024", "Rekap", False),
        ("Penduduk bekerja di perkotaan, Sakernas 2024", "Rekap", False),
        ("Penduduk bekerja, Sakernas 2024", "Laki-laki + Perempuan", True),
        ("Penduduk bekerja menurut jenis kelamin, Sakernas 2024", "L+P", True),
    ],
)
def test_a_table_of_one_part_of_the_people_is_not_taken_for_the_whole(tmp_path, title, name, is_read):
    rows = [[title], ["Kabupaten/Kota", "Bekerja"], ["Pacitan", 3000], ["Ponorogo", 4000]]
    seen = read_rows(tmp_path, rows, name)
    assert bool(seen.loaded) is is_read
    assert ("foreign_table" in {rule.partition(" ")[0] for rule in seen.errors}) is not is_read


@pytest.mark.parametrize(
    ("title", "under", "said"),
    [
        ("Cakupan Jamsostek per 13 November 2024", ("PU", "BPU"), [(DAY, "PU"), (DAY, "BPU")]),
        ("Cakupan Jamsostek", (DAY, "2024-12-31"), [(DAY, "TOTAL"), ("2024-12-31", "TOTAL")]),
    ],
)
def test_segments_or_dates_may_stand_under_regions_across(tmp_path, title, under, said):
    rows = [
        [title],
        ["Uraian", "Kab. Pacitan", "", "Kab. Trenggalek", ""],
        ["", *under, *under],
        ["Semesta", 1000, 1100, 2000, 2100],
        ["Peserta Aktif", 500, 550, 900, 950],
    ]
    book = Builder(tmp_path / "a.xlsx").sheet(rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    seen = read(book.save())
    assert [seen.loaded[place][:4] for place in ("B4", "C4", "D5", "E5")] == [
        (PACITAN, *said[0], ELIGIBLE),
        (PACITAN, *said[1], ELIGIBLE),
        (TRENGGALEK, *said[0], ACTIVE),
        (TRENGGALEK, *said[1], ACTIVE),
    ]


def test_years_may_stand_under_regions_across(tmp_path):
    rows = [
        ["Keadaan Ketenagakerjaan (Agustus)"],
        ["Indikator", "Kab. Pacitan", "", "Kab. Trenggalek", ""],
        ["", 2023, 2024, 2023, 2024],
        ["Bekerja", 348000, 349000, 400000, 401000],
    ]
    book = Builder(tmp_path / "a.xlsx").sheet(rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    assert [said[:3] for said in read(book.save()).loaded.values()] == [
        (region, year, "august") for region in (PACITAN, TRENGGALEK) for year in (2023, 2024)
    ]


def test_a_title_may_name_what_columns_of_thousands_count(tmp_path):
    rows = [["Jumlah Penduduk Bekerja, Agustus 2023-2024"], ["", "", "(dalam ribuan orang)"]]
    rows += [["Kabupaten/Kota", 2023, 2024], ["Pacitan", 348.52, 349.1], ["Trenggalek", 400.25, 401.75]]
    assert [said[-1] for said in read_rows(tmp_path, rows).loaded.values()] == [348520, 349100, 400250, 401750]
