"""Habits of single offices: the statistics office's yearbooks, dashboards, letters, abbreviations, two languages."""

from __future__ import annotations

import pytest

from tests.read.builder import TITLE, by_column, judged, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek")


def test_a_header_merged_over_numbers_and_names_heads_the_names(tmp_path):
    rows = [
        ["Keadaan Ketenagakerjaan menurut Kabupaten/Kota, Agustus 2023"],
        ["Kabupaten/Kota\nRegency/Municipality", None, "Angkatan Kerja/Economically Active", None],
        [None, None, "Bekerja\nWorking", "Pengangguran Terbuka\nUnemployment"],
        ["(1)", None, "(2)", "(3)"],
        ["Kabupaten/Regency"],
        [1, "Kediri", 352521, 21486],
        [2, "Trenggalek", 188685, 6546],
        ["Kota/Municipality"],
        [1, "Kediri", 99558, 7140],
        ["Jawa Timur", None, 640764, 35172],
    ]
    merges = ["A2:B3", "C2:D2", "A4:B4", "A5:B5", "A8:B8", "A10:B10"]
    seen = read_rows(tmp_path, rows, merges=merges)
    assert {place: said[0] for place, said in seen.loaded.items() if place[0] == "C"} == {
        "C6": "35.06", "C7": "35.03", "C9": "35.71",
    }  # fmt: skip
    assert by_column(seen).keys() == {"C", "D"}
    assert not seen.errors
    seen = read_rows(tmp_path, [*rows[:4], rows[6]], merges=["C2:D2"])  # the header is not merged
    assert seen.loaded.keys() == {"C5", "D5"}


def test_the_filters_of_a_dashboard_say_the_day(tmp_path):
    filters = "Applied filters:\nTanggal Data is 31/12/2024\nProvinsi is JAWA TIMUR"
    rows = [["Kabupaten/Kota", "PU - Semesta", "PU - Aktif"], *([name, 200, 50] for name in NAMES), [None], [filters]]
    seen = read_rows(tmp_path, rows, name="Coverage UCJ by Kab-Kota")
    assert by_column(seen) == {
        "B": ("2024-12-31", "PU", "eligible_workers"), "C": ("2024-12-31", "PU", "active_members"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "Target tahun 2025 sebesar 48,5 % dan telah tercapai sebagian.",
        "Menindaklanjuti rapat evaluasi UCJ tanggal 2 April 2025, terlampir kami sampaikan perkembangannya.",
        "Menindaklanjuti rapat evaluasi UCJ tanggal 2 April 2025, terlampir perkembangan s.d. Triwulan II Tahun 2025.",
    ],
)
def test_what_a_letter_says_besides_is_not_of_the_table(tmp_path, sentence):
    rows = [
        ["Perihal", ": Laporan Cakupan Kepesertaan Jaminan Sosial Ketenagakerjaan"],
        [None, "Bersama ini kami sampaikan data cakupan posisi 30 Juni 2025, dengan rincian sebagai berikut :"],
        [None, sentence],
        [],
        [None, "Kabupaten/Kota", "Potensi PU", "TK Aktif PU"],
        *([None, name, 200, 50] for name in NAMES),
    ]
    seen = read_rows(tmp_path, rows)
    assert by_column(seen) == {
        "C": ("2025-06-30", "PU", "eligible_workers"), "D": ("2025-06-30", "PU", "active_members"),
    }  # fmt: skip


def test_words_cut_short(tmp_path):
    header = ["Kab./Kota", "Jlh TK Pot.", "Jlh TK Akt.", "Cak. TK (%)", "Blm Akt.", "Ket."]
    rows = [["UCJ JATIM"], ["Pos. 30 Juni 2024"], header, *([name, 200, 50, "25,0", 150, None] for name in NAMES)]
    assert by_column(read_rows(tmp_path, rows)) == {
        "B": ("2024-06-30", "TOTAL", "eligible_workers"), "C": ("2024-06-30", "TOTAL", "active_members"),
        "D": ("2024-06-30", "TOTAL", "reported_coverage_pct"),
    }  # fmt: skip


def test_a_day_in_a_title_that_is_not_understood_is_not_replaced_by_another_month(tmp_path):
    rows = [["UCJ JATIM"], ["Lap. 30 Juni 2024"], ["Kab./Kota", "Semesta"], *([name, 200] for name in NAMES)]
    for name in ("Rekap Jul", "Jul 2024"):
        seen = read_rows(tmp_path, rows, name=name)
        assert seen.errors == ["date_contradiction at A2"]
        assert not seen.loaded


@pytest.mark.parametrize(("names", "is_read"), [
    (("Kabupaten Malang", "Kota Malang", "Kota Batu"), True),
    (("Malang", "Blitar", "Kediri"), False),  # the branches are named so
])  # fmt: skip
def test_regions_under_the_names_of_their_branches(tmp_path, names, is_read):
    rows = [
        [TITLE],
        ["No", "Kantor Cabang / Wilayah", "Semesta PU", "Aktif PU"],
        ["A", "KC Malang"],
        *([number, name, 200, 50] for number, name in enumerate(names, 1)),
        [None, "Sub Total KC Malang", 600, 150],
        [None, "TOTAL KANWIL JATIM (1 Cabang)", 600, 150],
    ]
    assert bool(read_rows(tmp_path, rows).loaded) == is_read


def test_two_languages_over_a_column(tmp_path):
    rows = [
        ["Tabel 5. Cakupan Jaminan Sosial Ketenagakerjaan per 30 Juni 2024"],
        ["Table 5. Employment Social Security Coverage by Regency/City, as of 30 June 2024"],
        ["Kabupaten/Kota\nRegency/City", "PU\nWage", "BPU\nNon-wage", "JAKON\nConstruction", "PMI\nMigrant",
         "Jasa Konstruksi / Construction Services\nPersentase"],
        *([name, 49.5, 10.3, 92.1, 30.6, 12.5] for name in NAMES),
        ["Provinsi / Province", 49.5, 10.3, 92.1, 30.6, 12.5],
    ]  # fmt: skip
    rows[0][0] = "Persentase Kepesertaan Aktif terhadap Pekerja Potensial per 30 Juni 2024"
    seen = read_rows(tmp_path, [row[:5] for row in rows])
    assert {column: said[1] for column, said in by_column(seen).items()} == dict(
        zip("BCDE", ("PU", "BPU", "JAKON", "PMI"), strict=True)
    )
    assert not seen.errors
    assert "title_words" not in " ".join(seen.rules)
    services = read_rows(tmp_path, [rows[0], [rows[2][0], rows[2][5]], *([name, 12.5] for name in NAMES)])
    assert by_column(services) == {"B": ("2024-06-30", "JAKON", "reported_coverage_pct")}


@pytest.mark.parametrize("title", ["Persentase Kepesertaan Aktif terhadap Pekerja Potensial",
                                   "Percentage of Active Members to Eligible Workers"])  # fmt: skip
def test_a_title_about_the_share_of_members_in_the_eligible(tmp_path, title):
    seen = read_rows(
        tmp_path, [[title], ["per 30 Juni 2024"], ["Kab/Kota", "PU", "BPU"], *([n, 49.5, 10.3] for n in NAMES)]
    )
    assert {said[2] for said in by_column(seen).values()} == {"reported_coverage_pct"}


def test_blocks_of_one_region_and_a_caption_over_its_districts(tmp_path):
    block = [["Segmen", "Jumlah Potensi", "Peserta Aktif"], ["PU", 200, 50], ["BPU", 400, 40]]
    rows = [
        ["KABUPATEN TRENGGALEK"], ["DATA KEPESERTAAN BPJS KETENAGAKERJAAN"], [],
        ["A. Rekapitulasi Kabupaten"], ["Keadaan 31 Desember 2023"], *block, [],
        ["Keadaan 31 Desember 2024"], *block, [],
        ["B. Peserta Aktif BPU per Kecamatan keadaan 31 Desember 2024"],
        ["Kecamatan", "Peserta Aktif"], ["Karangan", 20], ["Trenggalek", 20],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[1] for place, said in seen.loaded.items()} == {
        **dict.fromkeys(("B7", "C7", "B8", "C8"), "2023-12-31"), **dict.fromkeys(("B12", "C12", "B13", "C13"), "2024-12-31"),
    }  # fmt: skip


@pytest.mark.parametrize(("whole", "rate"), [
    ("Jumlah Tenaga Kerja", "Capaian"), ("Jml Pekerja", "Cakupan"),
])  # fmt: skip
def test_workers_of_whom_a_rate_is_are_the_eligible_ones(tmp_path, whole, rate):
    header = ["Kabupaten/Kota", "Segmen", whole, "TK Aktif", rate]
    rows = [[name, "PU", 2000 + n, 1500 + n, f"{100 * (1500 + n) / (2000 + n):.2f}"] for n, name in enumerate(NAMES)]
    title = ["Cakupan jamsostek naker s/d tgl. 15 Juni 2025"]
    seen = read_rows(tmp_path, [title, header, *rows])
    assert {column: said[2] for column, said in by_column(seen).items()} == {
        "C": "eligible_workers", "D": "active_members", "E": "reported_coverage_pct",
    }  # fmt: skip
    for row in rows:
        row[4] = "90,5"
    assert not {column for column in by_column(read_rows(tmp_path, [title, header, *rows])) if column == "C"}


def test_kabupaten_and_kota_over_the_names_of_regions_across(tmp_path):
    rows = [
        ["Data kepesertaan BPU, Triwulan IV 2024"],
        ["Uraian", "Kabupaten", None, "Kota", None],
        [None, "Kediri", "Trenggalek", "Kediri", "Batu"],
        ["Jumlah semesta BPU", 89393, 197347, 75915, 13084],
        ["Peserta aktif BPU", 32137, 74805, 60048, 3031],
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    assert {place: said[0] for place, said in seen.loaded.items()} == {
        place: code
        for row in (4, 5)
        for place, code in zip((f"{c}{row}" for c in "BCDE"), ("35.06", "35.03", "35.71", "35.79"), strict=True)
    }


def test_words_misspelled_in_every_header(tmp_path):
    header = ["No", "Kabupten/Kota", "Segment", "Potensi (org)", "Pserta Aktif (org)", "Presentase (%)"]
    rows = [["REKAPTULASI KEPESERTAAN BPJS KETENAGAKERJAN"], ["Keadaan : 31 Oktober 2024"], header]
    for number, name in enumerate(NAMES, 1):
        rows.append([number, name, "Penerima Upah", "54,158", 44525, "82,21"])
        rows.append([None, None, "Bkn Penerima Upah", "81,152", 13345, "16,44"])
    values, findings = judged(read_rows(tmp_path, rows))
    assert len(values) == 18
    assert not [each for each in findings if each.rule in ("subject_unclear", "two_values")]


def test_dates_under_segments_under_measures(tmp_path):
    rows = [
        ["Peserta aktif dan persentase cakupan, Provinsi Jawa Timur"],
        ["Kabupaten/Kota", "Peserta Aktif (orang)", None, None, None, "Cakupan (%)", None, None, None],
        [None, "PU", None, "BPU", None, "PU", None, "BPU", None],
        [None, *(["Des-24", "Jun-25"] * 4)],
        *([name, 67387, 71431, 27732, 29230, 43.8, 46.43, 11.45, 12.07] for name in NAMES),
    ]
    merges = ["A2:A4", "B2:E2", "F2:I2", "B3:C3", "D3:E3", "F3:G3", "H3:I3"]
    seen = by_column(read_rows(tmp_path, rows, merges=merges))
    assert seen["C"] == ("2025-06-30", "PU", "active_members")
    assert seen["H"] == ("2024-12-31", "BPU", "reported_coverage_pct")
    assert len(seen) == 8


def test_a_yearbook_s_short_english_heads(tmp_path):
    rows = [
        ["Keadaan Ketenagakerjaan Agustus 2023"],
        ["Kabupaten/Kota", "TPAK (%)\nLFPR", "TPT (%)\nUR"],
        *([name, 77.75, 6.33] for name in NAMES),
    ]
    assert {said[2] for said in by_column(read_rows(tmp_path, rows)).values()} == {
        "participation_rate_pct", "unemployment_rate_pct",
    }  # fmt: skip


def test_migrants_misspelled(tmp_path):
    header = ["Kabupatan/Kota", "Semesta Pekerja Migran Indonesa (PMI)", "Pesrta Aktif Pekerja Migran Indonesa (PMI)"]
    seen = read_rows(tmp_path, [[TITLE], header, *([name, 200, 50] for name in NAMES)])
    assert {said[1] for said in by_column(seen).values()} == {"PMI"}


def test_what_was_reached_of_a_rate_that_the_indicator_names(tmp_path):
    rows = [
        ["EVALUASI INDIKATOR KINERJA DAERAH (RKPD) TAHUN 2025"],
        ["Indikator : Persentase cakupan kepesertaan jaminan sosial ketenagakerjaan (seluruh segmen)"],
        ["PD Pengampu : Disnakertrans"],
        ["Kabupaten/Kota", "Satuan", "Target 2025", "Realisasi s.d. Triwulan II 2025", "Capaian thd target (%)"],
        *([name, "%", 54.5, 42.91, 78.7] for name in NAMES),
    ]
    assert by_column(read_rows(tmp_path, rows)) == {"D": ("2025-06-30", "TOTAL", "reported_coverage_pct")}


def test_a_portal_s_long_table_of_people(tmp_path):
    header = ["id", "kode_kabupaten_kota", "nama_kabupaten_kota", "kategori", "jumlah_penduduk", "satuan", "tahun"]
    said = [("BEKERJA", 552358), ("PENGANGGURAN TERBUKA", 25739), ("BUKAN ANGKATAN KERJA", 319620)]
    rows = [
        [3 * n + k, 3501 + n, f"KABUPATEN {name.upper()}", word, count + n, "ORANG", 2022]
        for n, name in enumerate(("Pacitan", "Ponorogo", "Trenggalek")) for k, (word, count) in enumerate(said)
    ]  # fmt: skip
    seen = read_rows(tmp_path, [header, *rows], name="disnaker-od_jml_pddk")
    assert {place: said[-2] for place, said in seen.loaded.items()} == {
        f"E{row}": "employed_people" if row % 3 == 2 else "unemployed_people" for row in range(2, 11) if row % 3 != 1
    }


def test_the_answers_of_a_form(tmp_path):
    header = [
        "Timestamp", "Asal Kabupaten/Kota", "Periode data (bulan & tahun)",
        "Berapa jumlah semesta/potensi pekerja segmen PU (Penerima Upah)?",
        "Berapa jumlah peserta aktif BPJS Ketenagakerjaan segmen PU (Penerima Upah)?", "Kendala di lapangan?",
    ]  # fmt: skip
    months = ("Agustus 2025", "agustus 2025", "31 Agustus 2025")
    rows = [["3/9/2025 08:12", name, month, 111021, 83273, "-"] for name, month in zip(NAMES, months, strict=True)]
    assert by_column(read_rows(tmp_path, [header, *rows], name="Form Responses 1")) == {
        "D": ("2025-08-31", "PU", "eligible_workers"), "E": ("2025-08-31", "PU", "active_members"),
    }  # fmt: skip


def test_measure_names_and_values_of_a_dashboard(tmp_path):
    header = ["Nama Kab Kota", "Segmen", "Month, Year of Periode", "Measure Names", "Measure Values"]
    said = [("Cakupan (%)", 61.06), ("Peserta Aktif", 73587), ("Potensi Pekerja", 120522)]
    rows = [[name, "PU", "September 2025", word, value] for name in NAMES for word, value in said]
    seen = read_rows(tmp_path, [header, *rows])
    assert {said[1:-1] for said in seen.loaded.values()} == {
        ("2025-09-30", "PU", measure) for measure in ("reported_coverage_pct", "active_members", "eligible_workers")
    }
    assert len(seen.loaded) == 9


def test_a_crosstab_whose_labels_have_no_header(tmp_path):
    rows = [
        [None, None, "Month of Periode"],
        ["Kab/Kota", None, "Jul 2025", "Aug 2025"],
        *([name if n == 0 else None, label, *values] for name in NAMES for n, (label, values) in enumerate((
            ("Total Semesta Pekerja", (243369, 243369)), ("Total Peserta Aktif", (116363, 118853)),
            ("Total Cakupan", ("47.8%", "48.8%"))))),
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows, name="UCJ Jamsostek Crosstab")
    assert len(seen.loaded) == 18
    assert seen.loaded["D4"][1:] == ("2025-08-31", "TOTAL", "active_members", 118853)


def test_sentences_of_a_press_release(tmp_path):
    rows = [
        ["Keadaan Ketenagakerjaan Jawa Timur Februari 2025"],
        ["• Tingkat pengangguran terbuka menunjukkan penurunan dibanding setahun lalu."],
        ["• Penduduk bekerja terbanyak di sektor pertanian (38,2 persen)."],
        ["Tabel 2. Bekerja dan Pengangguran menurut Kabupaten/Kota, Februari 2025 (ribu orang)"],
        ["Kabupaten/Kota", "Bekerja (ribu)", "Pengangguran (ribu)", "Perubahan TPT (persen poin)"],
        *([name, 439.66, 22.11, "↓ 0,11"] for name in NAMES),
    ]
    assert by_column(read_rows(tmp_path, rows)).keys() == {"B", "C"}
    rows = [
        ["Hingga 30 Juni 2025, cakupan Jamsostek (semua segmen) se-Jatim adalah sebagai berikut:"],
        ["Peringkat", "Daerah", "Cakupan", "Pekerja terlindungi (peserta aktif)", "Dari semesta pekerja"],
        *([n, name, "49,5 persen", "182.883 orang", "369.827 orang"] for n, name in enumerate(NAMES, 1)),
    ]
    assert by_column(read_rows(tmp_path, rows)).keys() == {"C", "D", "E"}


def test_the_source_in_brackets_behind_the_day(tmp_path):
    rows = [["UCJ Jatim"], ["Data per tgl 16/05/2025 (sumber: BPJS TK Kacab Serang)"], ["Kab/Kota", "Semesta"],
            *([name, 200] for name in NAMES)]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows)) == {"B": ("2025-05-16", "TOTAL", "eligible_workers")}


@pytest.mark.parametrize(
    ("header", "day"), [("PERIODE", "20251031"), ("periode_update", "2025-10-31"), ("TGL", 20251031)]
)
def test_days_as_exports_write_them(tmp_path, header, day):
    rows = [[header, "NAMA_WILAYAH", "PU_SEMESTA", "PU_AKTIF"], *([day, name, 200, 50] for name in NAMES)]
    assert {said[:1] for said in by_column(read_rows(tmp_path, rows)).values()} == {("2025-10-31",)}
    rows[2][0] = "20251331"
    assert len(read_rows(tmp_path, rows).loaded) == 4


def test_active_workers_that_are_registered(tmp_path):
    rows = [[TITLE], ["Kabupaten/Kota", "Potensi tenaga kerja", "Tenaga kerja aktif terdaftar"],
            *([name, 200, 50] for name in NAMES)]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows))["C"][2] == "active_members"


def test_short_words_that_a_line_explains(tmp_path):
    rows = [
        ["Rkp kepst. BPJSTK Prov. Jatim, pos. 30-11-2025"],
        ["smst = semesta pekerja, akt = peserta aktif, ck = cakupan (persen)"],
        [None, "PU", None, None, "TTL (semua segmen)", None, None],
        ["kab/kota", "smst", "akt", "ck", "smst", "akt", "ck"],
        *([name, 1000 + n, 250, f"{25000 / (1000 + n):.1f}", 3000 + n, 300, f"{30000 / (3000 + n):.1f}"]
          for n, name in enumerate(NAMES)),
    ]  # fmt: skip
    assert {column: said[1:] for column, said in by_column(read_rows(tmp_path, rows)).items()} == {
        "B": ("PU", "eligible_workers"), "C": ("PU", "active_members"), "D": ("PU", "reported_coverage_pct"),
        "E": ("TOTAL", "eligible_workers"), "F": ("TOTAL", "active_members"), "G": ("TOTAL", "reported_coverage_pct"),
    }  # fmt: skip


def test_figures_merged_over_the_columns_of_their_header(tmp_path):
    rows = [
        ["UCJ - TRIWULAN III TAHUN 2025"],
        ["Kabupaten/Kota", "Semesta Pekerja", None, "Peserta Aktif", None],
        *([name, 200, None, 50, None] for name in NAMES),
    ]
    merges = ["B2:C2", "D2:E2", "B3:C3", "B4:C4", "D5:E5"]
    assert len(read_rows(tmp_path, rows, merges=merges).loaded) == 6
    rows[1] = ["Kabupaten/Kota", "Semesta Pekerja", "Peserta Aktif", None, None]
    assert "B3" not in read_rows(tmp_path, [row[:4] for row in rows], merges=["B3:C3", "C2:D2"]).loaded


def test_letters_that_a_line_below_explains(tmp_path):
    header = ["Kab/Kt", "PU-S", "PU-A", "PU-C", "BPU-S", "BPU-A", "BPU-C"]
    rows = [["UCJ JATIM MEI 2025"], header, *([name, 1000, 250, 25, 2000, 300, 15] for name in NAMES), []]
    legend = "Ket: S = semesta pekerja; A = peserta aktif; C = cakupan (%)"
    seen = by_column(read_rows(tmp_path, [*rows, [legend]]))
    assert {column: said[1:] for column, said in seen.items()} == {
        "B": ("PU", "eligible_workers"), "C": ("PU", "active_members"), "D": ("PU", "reported_coverage_pct"),
        "E": ("BPU", "eligible_workers"), "F": ("BPU", "active_members"), "G": ("BPU", "reported_coverage_pct"),
    }  # fmt: skip
    assert not read_rows(tmp_path, rows).loaded
    assert by_column(read_rows(tmp_path, [*rows, ["S = semesta; A = angka anggaran"]])).keys() == {"B", "E"}
    assert not read_rows(tmp_path, [*rows, [legend], ["S = sisa; X = lain"]]).loaded.keys() & {"B3", "E3"}


@pytest.mark.parametrize("label", ["Filter Segmen", "Pilihan pengguna"])
def test_a_filter_over_an_export_says_the_segment(tmp_path, label):
    rows = [["Laporan Realisasi Kepesertaan Jamsostek"], [f"{label}: BPU (Bukan Penerima Upah)"], ["Filter Bulan: Agustus 2025"],
            ["Tgl Unduh: 12/09/2025"], ["Kab/Kota", "Semesta", "Peserta Aktif"],
            *([name, 200, 50] for name in NAMES)]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {said[:2] for said in by_column(seen).values()} <= {("2025-08-31", "BPU")}
    assert bool(seen.loaded) == (label == "Filter Segmen")


def test_parameters_with_their_colons_in_a_column_of_their_own(tmp_path):
    rows = [
        ["SISTEM INFORMASI MONITORING COVERAGE"],
        ["Wilayah Kerja", ":", "JAWA TIMUR"], ["Posisi Data", ":", "31-10-2025"], ["Dicetak", ":", "05-11-2025 09:12:44"],
        ["#", "KODE", "KABUPATEN", "SEMESTA PU", "AKTIF PU"],
        *([n, f"35.0{n}", f"KABUPATEN {name.upper()}", 200, 50] for n, name in enumerate(NAMES, 1)),
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {said[0] for said in by_column(seen).values()} == {"2025-10-31"}
    assert not seen.errors


def test_a_page_copied_from_the_web(tmp_path):
    rows = [
        ["Beranda > Data > Ketenagakerjaan > Cakupan BPJS TK"], [],
        ["Peserta Aktif BPJS Ketenagakerjaan per 30 November 2025"], ["Diperbarui: 2 Desember 2025"], [],
        ["Kab/Kota", "PU", "BPU", "Total"], *([name, "14.016", "4.018", "18.034"] for name in NAMES),
    ]  # fmt: skip
    assert {said[::2] for said in by_column(read_rows(tmp_path, rows)).values()} == {("2025-11-30", "active_members")}


@pytest.mark.parametrize("head", [
    [[None, None, None, "Bengkulu, 14 Oktober 2025"], ["Nomor", ": 560/1123/DTKT/2025"], ["Perihal", ": Data Kepesertaan Jamsostek"],
     ["Bersama ini kami sampaikan data kepesertaan Jaminan Sosial Ketenagakerjaan keadaan 30 September 2025 sebagai berikut:"]],
    [["Lampiran Surat Kepala BPJS Ketenagakerjaan"], ["Nomor", ": B/411/062025"], ["Tanggal", ": 14 Oktober 2025"],
     ["Hal", ": Cakupan kepesertaan posisi 30 September 2025"]],
    [["[14/10/25 08.32] Made - Naker:"], ["*Update UCJ posisi 30 September 2025*"]],
])  # fmt: skip
def test_the_day_of_a_letter_is_not_that_of_its_table(tmp_path, head):
    rows = [*head, [], ["Kab/Kota", "Semesta", "Aktif"], *([name, 200, 50] for name in NAMES)]
    seen = read_rows(tmp_path, rows)
    assert {said[0] for said in by_column(seen).values()} == {"2025-09-30"}
    assert not seen.errors


def test_a_sheet_of_labels_and_figures_about_one_regency(tmp_path):
    rows = [
        ["Kabupaten/Kota", ":", "Kabupaten Trenggalek"], ["Posisi data", ":", "28 November 2025"], ["Sumber", ":", "BPJS Ketenagakerjaan Cabang Blitar"],
        [],
        ["Semesta PU", ":", "10.091"], ["Peserta aktif PU", ":", "4.014"], ["Cakupan PU", ":", "39,8 %"],
        ["Semesta BPU", ":", "38.554"], ["Peserta aktif BPU", ":", "2.738"], ["Cakupan BPU", ":", "7,1 %"],
    ]  # fmt: skip
    seen = read_rows(tmp_path, rows, name="Trenggalek")
    assert {place: said[:-1] for place, said in seen.loaded.items()} == {
        f"C{row}": ("35.03", "2025-11-28", segment, measure)
        for first, segment in ((5, "PU"), (8, "BPU"))
        for row, measure in enumerate(("eligible_workers", "active_members", "reported_coverage_pct"), first)
    }


def test_a_title_that_says_how_the_rate_is_made(tmp_path):
    title = "% CAKUPAN KEPESERTAAN BPJAMSOSTEK (PESERTA AKTIF : SEMESTA) - TRIWULAN III 2025"
    rows = [[title], [], ["Segmen", *(f"KAB. {name.upper()}" for name in NAMES)], ["Penerima Upah", "66,9%", "37,9%", "51,7%"],
            ["Bukan Penerima Upah", "33,8%", "25,4%", "8,1%"]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {said[-2] for said in seen.loaded.values()} == {"reported_coverage_pct"}
    assert len(seen.loaded) == 6


def test_a_city_and_the_province_of_its_name(tmp_path):
    rows = [["Keadaan Ketenagakerjaan Agustus 2023"], ["Kabupaten/Kota", "Bekerja"], ["Kabupaten"], ["1. Kerinci", 173708], ["2. Bungo", 58430],
            ["Kota"], ["1. Jambi", 300697], ["2. Sungai Penuh", 50000], ["Jambi", 582835]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[0] for place, said in seen.loaded.items()} == {
        "B4": "15.01", "B5": "15.08", "B7": "15.71", "B8": "15.72",
    }  # fmt: skip


def test_the_rate_that_was_reached_beside_its_targets(tmp_path):
    rows = [
        ["Realisasi dan Target Kinerja Ketenagakerjaan RPJMD"],
        ["Kabupaten/Kota", "Realisasi 2024", None, "Target TPT (%)", None],
        [None, "TPT (%)", "TPAK (%)", "2025", "2026"],
        *([name, 7.54, 77.98, 7.39, 7.24] for name in NAMES),
    ]
    seen = read_rows(tmp_path, rows, merges=["A2:A3", "B2:C2", "D2:E2"])
    assert {column: said[-1] for column, said in by_column(seen).items()} == {
        "B": "unemployment_rate_pct", "C": "participation_rate_pct",
    }  # fmt: skip


@pytest.mark.parametrize(("word", "is_read"), [
    ("SEPTEMBER (prognosa)", False), ("September - proyeksi", False), ("Estimasi September", False),
    ("SEPTEMBER", True), ("September *)", True), ("s.d. September", True), ("Bulan September", True),
    ("September (angka sementara)", True), ("Akhir September", True),
])  # fmt: skip
def test_a_month_that_says_that_its_figures_are_planned(tmp_path, word, is_read):
    months = ["Januari", "Februari", word]
    rows = [["Peserta Jamsostek Kabupaten Trenggalek Tahun 2025"], ["BULAN", "SEMESTA PU", "AKTIF PU"],
            *([month, 1000, 500 + n] for n, month in enumerate(months))]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {"B3", "B4"} <= seen.loaded.keys()
    assert ("B5" in seen.loaded) == is_read


def test_segments_with_their_numbers(tmp_path):
    rows = [["PERIODE", "KD_KAB", "KAB_KOTA", "SEGMENTASI", "SEMESTA", "TK_AKTIF"],
            *([202503, f"35.0{n}", name, segment, 1000, 500]
              for n, name in enumerate(NAMES, 1) for segment in ("01 - PENERIMA UPAH", "02 - BUKAN PENERIMA UPAH"))]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {said[2] for said in seen.loaded.values()} == {"PU", "BPU"}
    assert not [rule for rule in seen.rules if rule.startswith("unknown_column")]


def test_former_residencies_head_their_regencies(tmp_path):
    rows = [[TITLE], ["No", "Wilayah", "Semesta"], ["I", "EKS KARESIDENAN MADIUN"], [1, "Kab. Pacitan", 200], [2, "Kab. Ponorogo", 300],
            [None, "Jumlah I", 500], ["II", "EKS KARESIDENAN KEDIRI"], [1, "Kab. Trenggalek", 100], [None, "Jumlah II", 100]]  # fmt: skip
    assert read_rows(tmp_path, rows).values == {"C4": 200, "C5": 300, "C8": 100}


def test_a_rule_that_is_not_yet_made_says_nothing_of_the_figures(tmp_path):
    rows = [[TITLE], ["Kab/Kota", "Semesta", "Terdaftar Aktif", "Perda/Perkada"],
            *([name, 200, 50, word] for name, word in zip(NAMES, ("Belum", "Ada", "Sudah"), strict=True))]  # fmt: skip
    assert len(read_rows(tmp_path, rows).loaded) == 6
    rows[2][3] = "Belum aktif"
    assert len(read_rows(tmp_path, rows).loaded) == 4


def test_the_segment_before_the_colon_of_a_title(tmp_path):
    rows = [["Penerima Upah (PU): potensi dan aktif per 30 November 2024"], [], ["Kab/Kota", "Potensi", "Aktif", "%"],
            *([name, 200, 50, 25.0] for name in NAMES)]  # fmt: skip
    assert {said[1] for said in by_column(read_rows(tmp_path, rows)).values()} == {"PU"}


@pytest.mark.parametrize("header", ["Tindak lanjut", "Kendala", "Rekomendasi"])
def test_what_is_to_be_done_says_nothing_of_the_figures(tmp_path, header):
    rows = [[TITLE], ["Kab/Kota", "Semesta", header], *([name, 200, "DBH sawit 2.000 org"] for name in NAMES)]
    assert len(read_rows(tmp_path, rows).loaded) == 3
    rows[1][2] = "Sumber"
    assert not read_rows(tmp_path, rows).loaded


def test_a_raised_number_in_a_header(tmp_path):
    rows = [
        [TITLE], ["Regency / City", "Non-wage workers (BPU)¹", None], [None, "Eligible workers", "Active members"],
        *([name, 200, 50] for name in NAMES), [],
    ]  # fmt: skip
    merges = ["A2:A3", "B2:C2"]
    said = by_column(read_rows(tmp_path, [*rows, ["¹ farmers, traders and drivers"]], merges=merges))
    assert said["B"][1:] == ("BPU", "eligible_workers")
    for note in ("¹ hanya pekerja mandiri", "¹ posisi Desember 2023"):
        assert not read_rows(tmp_path, [*rows, [note]], merges=merges).loaded


def test_parts_of_names_cut_short(tmp_path):
    rows = [[TITLE], ["Kab/Kota", "Semesta"], ["Kab. Seram Bag. Timur", 200], ["Kab. Seram Bag. Barat", 300]]
    assert [said[0] for said in read_rows(tmp_path, rows).loaded.values()] == ["81.05", "81.06"]


def test_people_of_working_age_over_what_they_do(tmp_path):
    rows = [
        ["Keadaan Angkatan Kerja Agustus 2024"],
        ["Kab/Kota", "Penduduk Usia Kerja (15+)", None, None],
        [None, "Bekerja", "PT", "Bukan Angkatan Kerja"],
        *([name, 65531, 5895, 25730] for name in NAMES),
    ]
    seen = by_column(read_rows(tmp_path, rows, merges=["A2:A3", "B2:D2"]))
    assert {column: said[-1] for column, said in seen.items()} == {"B": "employed_people", "C": "unemployed_people"}


def test_workers_beside_active_ones_of_several_segments(tmp_path):
    rows = [["UCJ per 31 Mei 2025"], ["Kab / Kota", "Pekerja PU", "PU aktif", "Pekerja BPU", "BPU aktif"],
            *([name, 118040, 29736, 178919, 24581] for name in NAMES)]  # fmt: skip
    assert {column: said[-1] for column, said in by_column(read_rows(tmp_path, rows)).items()} == {
        "B": "eligible_workers", "C": "active_members", "D": "eligible_workers", "E": "active_members",
    }  # fmt: skip


def test_labels_and_figures_under_segments_about_one_regency(tmp_path):
    rows = [["Laporan Cakupan Jamsostek Kabupaten Trenggalek"], ["Data per tanggal : 31 Desember 2024"], [],
            ["Pekerja Penerima Upah (PU)"], ["Semesta pekerja", "39.422", "orang"], ["Sudah terlindungi (peserta aktif)", "14.803", "orang"],
            ["Cakupan", "37,5 %"], [],
            ["Pekerja Bukan Penerima Upah (BPU)"], ["Semesta pekerja", "70.711", "orang"], ["Sudah terlindungi (peserta aktif)", "16.016", "orang"],
            ["Cakupan", "22,6 %"]]  # fmt: skip
    seen = read_rows(tmp_path, rows, name="TRENGGALEK")
    assert {place: said[:3] for place, said in seen.loaded.items()} == {
        **{f"B{row}": ("35.03", "2024-12-31", "PU") for row in (5, 6, 7)},
        **{f"B{row}": ("35.03", "2024-12-31", "BPU") for row in (10, 11, 12)},
    }


def test_each_half_of_a_sheet_has_the_segment_over_it(tmp_path):
    head = ["No", "Kabupaten", "Semesta", "Capaian", "Persentase"]
    rows = [[None, "REKAP PU & BPU JAWA TIMUR TGL. 13-11-2025"], [], ["PENERIMA UPAH (PU)", *[None] * 6, "BUKAN PENERIMA UPAH (BPU)"],
            [*head, None, None, *head], *([n, name, 200, 100, "50%", None, None, n, name, 400, 100, "25%"] for n, name in enumerate(NAMES, 1))]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["A3:E3", "H3:L3"])
    assert {place[0]: said[2] for place, said in seen.loaded.items()} == {
        **dict.fromkeys("CDE", "PU"),
        **dict.fromkeys("JKL", "BPU"),
    }


def test_words_for_a_figure_that_is_not_there_cost_their_own_cells_alone(tmp_path):
    rows = [[TITLE], ["Kabupaten", "Segmen", "Potensi", "Aktif"], ["Pacitan", "PU", 200, 50], [None, "PMI", "belum ada", "belum ada"],
            ["Ponorogo", "PU", 300, 60], [None, "PMI", 20, 10]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert seen.loaded.keys() == {"C3", "D3", "C5", "D5", "C6", "D6"}
    assert {error.split()[-1] for error in seen.errors} == {"C4", "D4"}


def test_regions_under_their_branches_with_sums(tmp_path):
    rows = [["COVERAGE RATIO (CR) KEPESERTAAN BPJAMSOSTEK"], ["s.d. 31 Okt 2025"], ["Unit Kerja / Kab-Kota", "PU", None, None],
            [None, "Potensi", "Aktif", "CR"], ["KC MALANG", 400, 100, "25%"], ["   Kota Malang", 100, 50, "50%"],
            ["   Kab. Malang", 200, 30, "15%"], ["   Kota Batu", 100, 20, "20%"]]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["A3:A4", "B3:D3"])
    assert seen.loaded.keys() == {f"{column}{row}" for column in "BCD" for row in (6, 7, 8)}


def test_the_province_in_a_label_is_no_regency(tmp_path):
    rows = [["Kabupaten/Kota", "Kabupaten Boalemo"], ["Provinsi", "Gorontalo"], ["Tahun", 2025],
            ["Segmen", "Peserta Aktif", None], [None, "Triwulan I", "Triwulan II"], ["Penerima Upah", 7697, 7602],
            ["Bukan Penerima Upah", 1513, 1494]]  # fmt: skip
    seen = read_rows(tmp_path, rows, name="Kab. Boalemo", merges=["B4:C4"])
    assert {said[0] for said in seen.loaded.values()} == {"75.02"}


def test_a_note_with_the_day_and_its_source(tmp_path):
    rows = [["Peringkat cakupan BPJS Ketenagakerjaan (total segmen)"], ["Kab/Kota", "Cakupan", "TK Aktif", "Potential members"],
            *([name, "25%", 50, 200] for name in NAMES), [], ["*) Data per tgl 15/11/2025, sumber BPJS TK Pontianak"]]  # fmt: skip
    assert {said[::2] for said in by_column(read_rows(tmp_path, rows)).values()} >= {("2025-11-15", "active_members")}
    assert len(read_rows(tmp_path, rows).loaded) == 9
