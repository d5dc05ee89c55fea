"""What arrives on an ordinary day: cards, forms, chats, pages of a PDF, exports with their filters, tables abreast."""

from __future__ import annotations

import pytest

from tests.read.builder import HEADER, TITLE, by_column, read, read_rows

NAMES = ("Pacitan", "Ponorogo", "Trenggalek")


def test_what_was_reached_beside_a_target(tmp_path):
    rows = [["Realisasi Coverage PU – Kacab Madiun, per 31 Juli 2025"],
            ["Kab/Kota", "Potensi", "Target 2025", "Real TK Aktif", "Gap thd Target", "% Coverage"],
            *([name, 1000, 620, 500, 120, 0.5] for name in NAMES)]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows)) == {
        "B": ("2025-07-31", "PU", "eligible_workers"), "D": ("2025-07-31", "PU", "active_members"),
        "F": ("2025-07-31", "PU", "reported_coverage_pct"),
    }  # fmt: skip
    rows = [[TITLE], ["Kab/Kota", "Semesta", "Tercapai (Aktif)", "Kurang"], *([name, 1000, 400, 600] for name in NAMES)]
    assert by_column(read_rows(tmp_path, rows)).keys() == {"B", "C"}


def test_rates_by_month_beside_a_target_in_texts(tmp_path):
    rows = [["Tren % Cakupan UCJ (seluruh segmen) Prov. Jawa Timur"],
            ["Kab/Kota", "Jan-25", "Feb-25", "Mar-25", "Apr-25", "Target Des-25", "Naik/turun Jan-Apr"],
            *([name, "30,41%", "30,78%", "31,15%", "31,52%", "38,41%", "1,11"] for name in NAMES)]  # fmt: skip
    assert {said[0] for said in by_column(read_rows(tmp_path, rows)).values()} == {
        "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30",
    }  # fmt: skip


CARD = [
    ["Uraian", "Potensi", "Peserta Aktif"],
    ["Penerima Upah (PU)", 2000, 500],
    ["Bukan Penerima Upah", 9000, 900],
    ["Jumlah", 11000, 1400],
]


def test_cards_of_two_regencies_abreast(tmp_path):
    rows = [["KARTU CAPAIAN UCJ PER 31 OKTOBER 2025"], ["KABUPATEN PACITAN", *[None] * 3, "KABUPATEN PONOROGO"],
            *([*line, None, *line] for line in CARD), [],
            ["KABUPATEN NGAWI", *[None] * 3, "KABUPATEN MAGETAN"], *([*line, None, *line] for line in CARD)]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["A2:C2", "E2:G2", "A8:C8", "E8:G8"])
    assert {place: said[0] for place, said in seen.loaded.items() if place[1:] in ("4", "10")} == {
        "B4": "35.01", "C4": "35.01", "F4": "35.02", "G4": "35.02",
        "B10": "35.21", "C10": "35.21", "F10": "35.20", "G10": "35.20",
    }  # fmt: skip
    assert len(seen.loaded) == 24


@pytest.mark.parametrize("merges", [["B3:C3", "D3:E3"], []])
def test_groups_over_labels_without_a_heading_of_their_own(tmp_path, merges):
    rows = [["KEPESERTAAN JAMSOSTEK"], ["KABUPATEN TRENGGALEK"], ["Segmen", "30 September 2025", None, "31 Oktober 2025", None],
            [None, "Semesta", "Aktif", "Semesta", "Aktif"], ["PU", 71623, 32387, 71658, 32815], ["BPU", 30276, 10106, 30286, 10286]]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows, merges=merges)) == {
        "B": ("2025-09-30", "BPU", "eligible_workers"), "C": ("2025-09-30", "BPU", "active_members"),
        "D": ("2025-10-31", "BPU", "eligible_workers"), "E": ("2025-10-31", "BPU", "active_members"),
    }  # fmt: skip
    rows = [["KEPESERTAAN BPJS KETENAGAKERJAAN KABUPATEN TRENGGALEK TAHUN 2025"], [], ["Bulan", "PU", None, "BPU", None, "Ket."],
            [None, "Potensi", "Aktif", "Potensi", "Aktif"], ["Januari", 13449, 10248, 16814, 1971], ["Februari", 13449, 10369, 16814, 1994]]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=merges)
    assert by_column(seen)["D"] == ("2025-02-28", "BPU", "eligible_workers")
    assert len(seen.loaded) == 8


def test_headers_of_a_pdf_broken_over_rows(tmp_path):
    rows = [["CAPAIAN UCJ KEADAAN AKHIR FEBRUARI 2025"], [], [None, "Kabupaten", "Semesta", "Pekerja", "Persentase"],
            ["No", None, "Pekerja", "Terlindungi", "Kepesertaan"], [None, "Kota", "(orang)", "(peserta aktif)", "(%)"],
            *([n, f"Kab. {name}", "20,000", "5,000", "25.00"] for n, name in enumerate(NAMES, 1))]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows)) == {
        "C": ("2025-02-28", "TOTAL", "eligible_workers"), "D": ("2025-02-28", "TOTAL", "active_members"),
        "E": ("2025-02-28", "TOTAL", "reported_coverage_pct"),
    }  # fmt: skip


def test_a_chat_with_a_segment_over_each_list(tmp_path):
    head = ["potensi", "aktif", "persen"]
    rows = [["Selamat pagi Bapak/Ibu, izin melaporkan capaian kepesertaan BPJS TK per 14 Nov 2025:"], [],
            ["*1. Penerima Upah (PU)*", *head], *([f"- {name}", "97.786", "65.128", "66,60%"] for name in NAMES), [],
            ["*2. Bukan Penerima Upah (BPU)*", *head], *([f"- {name}", "18.759", "9.380", "50,00%"] for name in NAMES)]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place[1:]: said[1:3] for place, said in seen.loaded.items() if place[1:] in ("4", "9")} == {
        "4": ("2025-11-14", "PU"), "9": ("2025-11-14", "BPU"),
    }  # fmt: skip
    assert len(seen.loaded) == 18
    seen = read_rows(tmp_path, rows[:6])  # the only list, and the names are headed by its segment alone
    assert {said[2] for said in seen.loaded.values()} == {"PU"}


def test_names_headed_by_their_class_and_segment(tmp_path):
    rows = [[TITLE], ["Kab/Kota (PU)", "Semesta", "Peserta Aktif"], *([name, 2000, 500] for name in NAMES)]
    assert {said[1] for said in by_column(read_rows(tmp_path, rows)).values()} == {"PU"}


def test_tables_of_kabupaten_and_kota_abreast(tmp_path):
    head = ["No", "Nama Kabupaten", "Potensi", "Aktif"]
    rows = [["CAPAIAN UCJ (PU) S.D. 31 OKTOBER 2025"], [], ["KABUPATEN", *[None] * 4, "KOTA"], [*head, None, "No", "Nama Kota", *head[2:]],
            *([n, name, 9000, 900, None, n, name, 2000, 500] for n, name in enumerate(("Kediri", "Malang", "Blitar"), 1))]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["A3:D3", "F3:I3"])
    assert {place: said[0] for place, said in seen.loaded.items() if place[0] in "CH"} == {
        "C5": "35.06", "C6": "35.07", "C7": "35.05", "H5": "35.71", "H6": "35.73", "H7": "35.72",
    }  # fmt: skip


def test_two_lists_abreast_each_under_its_measure(tmp_path):
    rows = [["Kepesertaan BPJS Ketenagakerjaan, total semua segmen; posisi data 31 Juli 2025"], [],
            ["Potensi tenaga kerja", None, None, None, "Tenaga kerja aktif"],
            ["Kab/Kota", "Jumlah (orang)", None, None, "Kab/Kota", "Jumlah (orang)"],
            *([name, 20000 + n, None, None, NAMES[-n], 5000 + n] for n, name in enumerate(NAMES))]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows)) == {
        "B": ("2025-07-31", "TOTAL", "eligible_workers"), "F": ("2025-07-31", "TOTAL", "active_members"),
    }  # fmt: skip


def test_measure_and_day_in_the_corner_over_regions_across(tmp_path):
    rows = [["Cakupan (%) data 15/09/2025", *(f"Kab. {name}" for name in NAMES)],
            ["PU", "35,94", "46,14", "57,05"], ["BPU", "31,46", "18,11", "27,18"]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place[1:]: said[1:4] for place, said in seen.loaded.items()} == {
        "2": ("2025-09-15", "PU", "reported_coverage_pct"), "3": ("2025-09-15", "BPU", "reported_coverage_pct"),
    }  # fmt: skip


@pytest.mark.parametrize(("line", "segment"), [
    ("Filter: Kanwil = SUMBAGUT | Status = AKTIF | Tanggal Data = 31/10/2025", "TOTAL"),
    ("Filter: Segmen = BPU | Tanggal Data = 31/10/2025", "BPU"), ("Parameter: SEGMEN = 'BPU'; Periode = 31/10/2025", "BPU"),
])  # fmt: skip
def test_filters_in_one_line(tmp_path, line, segment):
    seen = read_rows(tmp_path, [["Kepesertaan Jamsostek"], [line], HEADER, *([name, 20011, 5003] for name in NAMES)])
    assert set(by_column(seen).values()) == {("2025-10-31", segment, measure) for measure in ("eligible_workers", "active_members")}  # fmt: skip


@pytest.mark.parametrize(("line", "day"), [
    ("Bulan: 01 Tahun: 2025", "2025-01-31"), ("Kepesertaan Jamsostek Jawa Timur, update 28/11/2025", "2025-11-28"),
])  # fmt: skip
def test_a_day_as_dashboards_and_planners_write_it(tmp_path, line, day):
    rows = [["Dashboard UCJ"], [line], HEADER, *([name, 20011, 5003] for name in NAMES)]
    assert {said[0] for said in by_column(read_rows(tmp_path, rows)).values()} == {day}


def test_an_update_says_nothing_where_the_day_is_said(tmp_path):
    rows = [["Data UCJ per 31 Oktober 2025, update 28/11/2025"], HEADER, *([name, 20011, 5003] for name in NAMES)]
    assert {said[0] for said in by_column(read_rows(tmp_path, rows)).values()} == {"2025-10-31"}


def test_few_migrants_beside_the_other_segments(tmp_path):
    rows = [["Data Peserta Aktif Jamsostek Kabupaten Trenggalek Tahun 2025"], ["Bulan", "PU", "BPU", "Jasa Konstruksi", "PMI"],
            ["Januari 2025", 31572, 22428, 3138, 415], ["Februari 2025", 31959, 22870, 3162, 422]]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows))["E"] == ("2025-02-28", "PMI", "active_members")


def test_all_segments_and_in_brackets_which_they_are(tmp_path):
    rows = [["Peringkat cakupan seluruh segmen (PU + BPU) posisi 30 September 2025"], ["Kabupaten", "Cakupan", "Semesta", "Aktif"],
            *([name, 0.25, 20000, 5000] for name in NAMES)]  # fmt: skip
    assert {said[1] for said in by_column(read_rows(tmp_path, rows)).values()} == {"TOTAL"}


def test_offices_that_answer_a_form_for_their_regency(tmp_path):
    rows = [["Timestamp", "Instansi pengisi", "Periode data", "Semesta (semua segmen)", "Peserta aktif (semua segmen)"],
            *(["2025-09-02 14:03", f"Disnaker {name}", "Agustus 2025", 20000, 5000] for name in ("Kota Tegal", "Kab. Demak", "Kota Salatiga"))]  # fmt: skip
    assert {said[0] for said in read_rows(tmp_path, rows).loaded.values()} == {"33.76", "33.21", "33.73"}


def test_per_cent_of_the_semesta_where_the_counts_bear_it_out(tmp_path):
    def rows(pct):
        return [[TITLE], ["Kab/Kota", "Semesta", "Peserta Aktif", None], [None, None, "Orang", "% thd semesta"],
                *([name, 20000, 5000, pct] for name in NAMES)]  # fmt: skip

    assert by_column(read_rows(tmp_path, rows(25.0), merges=["C2:D2"]))["D"][2] == "reported_coverage_pct"
    assert "D" not in by_column(read_rows(tmp_path, rows(31.4), merges=["C2:D2"]))


def test_thousands_that_stand_beside_each_label(tmp_path):
    rows = [
        ["Indikator Pasar Kerja Jawa Timur"],
        ["Kabupaten/Kota", "Indikator", "Satuan", "Agustus 2023", "Agustus 2024"],
    ]
    for name in NAMES:
        rows += [[name, "Angkatan Kerja", "ribu jiwa", 453.38, 458.03], [None, "Penduduk Bekerja", "ribu jiwa", 430.04, 433.16],
                 [None, "TPT", "persen", 5.15, 5.43]]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place: said[3:] for place, said in seen.loaded.items() if place in ("D3", "E4", "E5")} == {
        "D3": ("labour_force_people", 453_380), "E4": ("employed_people", 433_160), "E5": ("unemployment_rate_pct", 5.43),
    }  # fmt: skip
    assert len(seen.loaded) == 18
    rows[4][2] = "dokumen"  # a unit that nobody knows
    assert {"D5", "E5"}.isdisjoint(read_rows(tmp_path, rows).loaded)


def test_a_rate_and_its_target_with_the_gap_between(tmp_path):
    def rows(gap):
        return [["PERINGKAT CAPAIAN UCJ KABUPATEN/KOTA"], ["s/d 31 Agustus 2025 (Total segmen)"],
                ["Kab/Kota", "Target 2025", "Capaian", "Selisih thd Target"],
                *([name, "45,0%", f"{47 + n},5%", gap(n)] for n, name in enumerate(NAMES))]  # fmt: skip

    assert by_column(read_rows(tmp_path, rows(lambda n: f"{2 + n},5%"))) == {
        "C": ("2025-08-31", "TOTAL", "reported_coverage_pct")
    }
    assert not read_rows(tmp_path, rows(lambda n: f"-{52 - n},5%")).loaded  # per cent of the target


def test_what_was_reached_of_another_kind_by_its_title(tmp_path):
    rows = [["Realisasi dan Target Tingkat Pengangguran Terbuka (TPT) RPJMD"],
            ["Kabupaten/Kota", "Realisasi (Sakernas Agustus)", None, "Target RPJMD", None], [None, 2023, 2024, 2025, 2026],
            *([name, 2.89, 2.1, 2, 1.9] for name in NAMES)]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["B2:C2", "D2:E2"])
    assert by_column(seen) == {
        "B": (2023, "august", "unemployment_rate_pct"),
        "C": (2024, "august", "unemployment_rate_pct"),
    }


def test_a_legend_of_a_line_each(tmp_path):
    rows = [["UCJ JAWA TIMUR PER 30 NOPEMBER 2025"], ["Kab/Kota", "PU", None, None], [None, "S", "A", "C"],
            *([name, 2000, 500, "25,0%"] for name in NAMES), [], ["Keterangan:"], ["S = Semesta (potensi tenaga kerja)"],
            ["A = Tenaga kerja aktif"], ["C = Cakupan (A/S x 100)"]]  # fmt: skip
    assert [said[2] for said in by_column(read_rows(tmp_path, rows, merges=["B2:D2"])).values()] == [
        "eligible_workers", "active_members", "reported_coverage_pct",
    ]  # fmt: skip


def test_a_form_for_each_regency(tmp_path):
    rows = [["Isian data UCJ Jawa Timur, keadaan 31 Juli 2025 (total semua segmen)"], []]
    for name in NAMES:
        rows += [
            ["Kabupaten/Kota", f"Kabupaten {name}"],
            ["Jumlah potensi pekerja", 20_000],
            ["Jumlah peserta aktif", 5_000],
            [],
        ]
    seen = read_rows(tmp_path, rows)
    assert {place: said[:4] for place, said in seen.loaded.items() if place[1:] in ("4", "9", "12")} == {
        "B4": ("35.01", "2025-07-31", "TOTAL", "eligible_workers"), "B9": ("35.02", "2025-07-31", "TOTAL", "active_members"),
        "B12": ("35.03", "2025-07-31", "TOTAL", "eligible_workers"),
    }  # fmt: skip


@pytest.mark.parametrize("day", ["31 Agsutus 2025", "31 Agustsus 2025", "Agutus 2025"])
def test_a_month_with_one_letter_wrong(tmp_path, day):
    rows = [[f"Cakupan Jamsostek per {day}"], HEADER, *([name, 20011, 5003] for name in NAMES)]
    seen = read_rows(tmp_path, rows)
    assert {said[0] for said in by_column(seen).values()} == {"2025-08-31"}
    assert seen.rules == ["month_respelled at A1"]
    rows[0] = ["Cakupan Jamsostek"]
    assert not read_rows(tmp_path, [[f"Surabaya, {day}"], *rows]).loaded


def test_the_day_of_the_data_below_the_table(tmp_path):
    rows = [["Peringkat coverage total (semua segmen) Jamsostek"], HEADER, *([name, 20011, 5003] for name in NAMES), []]
    seen = read_rows(tmp_path, [*rows, ["Cut off data: 30-04-2025"]])
    assert {said[0] for said in by_column(seen).values()} == {"2025-04-30"}


def test_a_title_with_a_short_name_of_its_province_is_no_signature(tmp_path):
    rows = [["Indikator Ketenagakerjaan DIY, Agustus 2024"], ["No", "Indikator", "Satuan", "Bantul", "Sleman"],
            [1, "Jumlah Angkatan Kerja", "orang", 442_647, 349_269], [2, "TPT", "persen", 7.67, 6.57]]  # fmt: skip
    assert {said[1:3] for said in read_rows(tmp_path, rows).loaded.values()} == {(2024, "august")}
    assert not read_rows(tmp_path, [["Wates, Agustus 2024"], *rows[1:]]).loaded


def test_other_words_for_the_programme_and_for_who_can_be_members(tmp_path):
    rows = [["Cakupan Kepesertaan Jamsos Ketenagakerjaan Provinsi Bali per Juli 2025"], ["Kab/Kota", "Estimasi Pekerja BPU", "Peserta Aktif BPU"],
            *([name, 20011, 5003] for name in ("Badung", "Bangli"))]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows)) == {
        "B": ("2025-07-31", "BPU", "eligible_workers"), "C": ("2025-07-31", "BPU", "active_members"),
    }  # fmt: skip


@pytest.mark.parametrize(("label", "day"), [("Periode data:", "2025-12-31"), ("Dicetak:", "")])
def test_a_month_with_a_short_year_behind_its_label(tmp_path, label, day):
    rows = [["Laporan Coverage UCJ", None, label, "Des-25"], HEADER, *([name, 20011, 5003] for name in NAMES)]
    assert {said[0] for said in by_column(read_rows(tmp_path, rows)).values()} == ({day} if day else set())


def test_blocks_of_survey_rounds_under_a_title_of_both(tmp_path):
    block = [["Kabupaten/Kota", "Bekerja", "Angkatan Kerja"], *([name, 485_508, 519_880] for name in NAMES)]
    rows = [["Angkatan Kerja menurut Kabupaten/Kota"], ["Agustus 2023 dan Agustus 2024"], [], ["Agustus 2023"], *block, [],
            ["Agustus 2024"], *block]  # fmt: skip
    seen = read_rows(tmp_path, rows)
    assert {place[1:]: said[1] for place, said in seen.loaded.items() if place[0] == "B"} == {
        "6": 2023, "7": 2023, "8": 2023, "12": 2024, "13": 2024, "14": 2024,
    }  # fmt: skip


@pytest.mark.parametrize(("said", "day"), [
    ("kondisi s/d Februari 2026", "2026-02-28"), ("posisi 31 Januari 2026", "2026-01-31"), ("pada rapat Februari 2026", ""),
])  # fmt: skip
def test_the_day_in_the_sentence_of_a_letter(tmp_path, said, day):
    rows = [
        [f"Menindaklanjuti surat Bapak, bersama ini kami sampaikan data cakupan Jamsostek, {said}"],
        HEADER,
        *([name, 20011, 5003] for name in NAMES),
    ]
    assert {each[0] for each in by_column(read_rows(tmp_path, rows)).values()} == ({day} if day else set())


def test_a_title_merged_over_the_years_beside_the_heading_of_the_names(tmp_path):
    title = "Tingkat Pengangguran Terbuka (TPT) Keadaan Agustus Menurut Kabupaten/Kota di D.I. Yogyakarta (Persen)"
    rows = [
        ["Kabupaten/Kota", title, None],
        [None, 2023, 2024],
        ["Kabupaten Bantul", 4.54, 2.62],
        ["Kabupaten Sleman", 2.68, 8.01],
    ]
    assert by_column(read_rows(tmp_path, rows, merges=["B1:C1"])) == {
        "B": (2023, "august", "unemployment_rate_pct"), "C": (2024, "august", "unemployment_rate_pct"),
    }  # fmt: skip


def test_parameters_whose_colon_stands_with_the_value(tmp_path):
    rows = [["Kabupaten", ": Klaten"], ["Provinsi", ": Jawa Tengah"], ["Data", ": Kepesertaan Jamsostek (UCJ)"], [],
            ["Bulan", "PU", None], [None, "Semesta", "Aktif"], ["Januari 2025", "61.693", "46.085"], ["Pebruari 2025", "61.693", "46.680"]]  # fmt: skip
    seen = read_rows(tmp_path, rows, merges=["B5:C5"])
    assert {said[0] for said in seen.loaded.values()} == {"33.10"}
    assert by_column(seen)["C"] == ("2025-02-28", "PU", "active_members")
    head = [
        ["Data", ": Kepesertaan Jamsostek"],
        ["Segmen", ": BPU"],
        ["Per", ": 31 Oktober 2025"],
        ["PIC", ": Bidang Kepesertaan PU"],
    ]
    seen = read_rows(tmp_path, [*head, [], HEADER, *([name, 20011, 5003] for name in NAMES)])
    assert {said[:2] for said in by_column(seen).values()} in ({("2025-10-31", "BPU")}, set())


def test_workers_beside_active_members_are_no_members(tmp_path):
    rows = [["KEPESERTAAN PROGRAM JAMINAN SOSIAL KETENAGAKERJAAN"], ["Triwulan III Tahun 2025"],
            ["Daerah", "Jml. Pekerja", "Pekerja terdaftar aktif"], *([f"Kab. {name}", 391_709, 188_085] for name in NAMES)]  # fmt: skip
    assert by_column(read_rows(tmp_path, rows)) == {"C": ("2025-09-30", "TOTAL", "active_members")}


def test_a_day_behind_a_province_s_short_name_and_in_a_note_with_its_source(tmp_path):
    table = [HEADER, *([name, 20011, 5003] for name in ("Kab. Ende", "Kab. Ngada", "Kab. Kupang"))]
    rows = [["PESERTA AKTIF DAN SEMESTA BPJS KETENAGAKERJAAN"], ["NTT, 31 Juli 2025"], *table]
    assert {said[0] for said in by_column(read_rows(tmp_path, rows)).values()} == {"2025-07-31"}
    rows = [rows[0], *table, [], ["Keterangan: kondisi 31 Oktober 2025. Sumber: BPJS Ketenagakerjaan"]]
    assert {said[0] for said in by_column(read_rows(tmp_path, rows)).values()} == {"2025-10-31"}


def test_csv_with_years_below_a_long_header(tmp_path):
    path = tmp_path / "tabel.csv"
    path.write_text("Kabupaten/Kota,Jumlah Angkatan Kerja Menurut Kabupaten/Kota (Jiwa),,\n,2023,2024,2025\n"
                    "Kerinci,580310,579415,599551\nMerangin,261328,265115,271170\n")  # fmt: skip
    assert len(read(path).loaded) == 6
    path.write_text(path.read_text() + "Bungo,685731,685,731\n,1,2,3,4\n")
    assert not read(path).loaded
