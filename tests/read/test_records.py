"""Tables whose rows are records: plan targets and published figures, in a list or as the documents print them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flows.messages import message_of
from tests.read.builder import judge, read_rows

PLAN = ["No", "Kabupaten/Kota", "Indikator", "Dokumen", "Tahun baseline", "Baseline (%)", "Tahun target", "Target (%)",
        "Sumber"]  # fmt: skip
PRINTED = ["Tempat", "Kode wilayah", "Bagian wilayah", "Peristiwa", "Tanggal", "Jenis angka", "Tahun angka", "Segmen",
           "Persentase", "Peserta", "Semesta", "Sumber"]  # fmt: skip


def targets(path: Path, *rows: list[Any], **options: Any) -> list[tuple[Any, ...]]:
    """Region, segment, document, baseline and target (year, per cent), and source of what is loaded."""
    frame = judge(read_rows(path, list(rows), **options)).records["plan_target"]
    names = ["region_code", "segment", "document", "baseline_year", "baseline_pct", "target_year", "target_pct"]
    return [tuple(row) for row in frame[[*names, "cited_source"]].itertuples(index=False)]


def said(path: Path, *rows: list[Any], lang: str = "id") -> list[str]:
    """The findings, each with its cell."""
    found = judge(read_rows(path, list(rows))).findings["x"]
    return [f"{finding.cell}: {message_of(finding, lang)}" for finding in found]


def test_a_list_of_targets_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [
        [1, "Trenggalek", "UCJ", "RPJPD", 2025, "26,30", 2045, 83.29, "afederasi"],
        [2, "Kota Kediri", "BPU", "RPJMD 2025-2029", 2024, 9.5, 2030, "40%", "Bappeda"],
        [
            3,
            "Nasional",
            "Cakupan kepesertaan jaminan sosial ketenagakerjaan",
            "RPJMN",
            2025,
            32.15,
            2029,
            43.92,
            "Perpres",
        ],
        [4, "Jawa Timur", "UCJ", "RPJPD", 2025, 30, 2045, 95, "Perda"],
    ]
    assert targets(tmp_path, ["Target"], [], PLAN, *rows) == [
        ("35.03", "TOTAL", "RPJPD", 2025, 26.3, 2045, 83.29, "afederasi"),
        ("35.71", "BPU", "RPJMD", 2024, 9.5, 2030, 40.0, "Bappeda"),
        ("00", "TOTAL", "RPJMN", 2025, 32.15, 2029, 43.92, "Perpres"),
        ("35", "TOTAL", "RPJPD", 2025, 30.0, 2045, 95.0, "Perda"),
    ]


def test_an_iku_table_of_one_regency_gives_a_record_for_each_year(tmp_path: Path) -> None:
    rows = [
        ["INDIKATOR KINERJA UTAMA RPJMD KABUPATEN TRENGGALEK"],
        [],
        ["NO", "INDIKATOR", "SATUAN", "KONDISI AWAL 2024", "TARGET TAHUN", None, None, "SUMBER DATA"],
        [None, None, None, None, 2025, 2026, 2030, None],
        [1, "Cakupan kepesertaan jaminan sosial ketenagakerjaan (%)", "%", 26.04, 28.1, 30.2, 38.5, "BPJS"],
    ]
    expected = [
        ("35.03", "TOTAL", "RPJMD", 2024, 26.04, 2025, 28.1, "BPJS"),
        ("35.03", "TOTAL", "RPJMD", 2024, 26.04, 2026, 30.2, "BPJS"),
        ("35.03", "TOTAL", "RPJMD", 2024, 26.04, 2030, 38.5, "BPJS"),
    ]
    assert targets(tmp_path, *rows, merges=["E3:G3"]) == expected
    assert targets(tmp_path, *rows) == expected  # the same without the merge


def test_stages_of_the_long_plan_end_with_their_last_year(tmp_path: Path) -> None:
    header = ["Kabupaten/Kota", "Indikator Utama Pembangunan", "Baseline 2025", "Tahap I 2025-2029", "Tahap II 2030-2034",
              "Tahap III 2035-2039", "Tahap IV 2040-2045", "Sumber"]  # fmt: skip
    loaded = targets(
        tmp_path, ["RPJPD 2025-2045"], header, ["Trenggalek", "UCJ", 26.3, 40.55, 54.8, 69.04, 83.29, "Perda"]
    )
    assert [(row[5], row[6]) for row in loaded] == [(2029, 40.55), (2034, 54.8), (2039, 69.04), (2045, 83.29)]


def test_swapped_years_are_refused_and_the_swap_is_offered(tmp_path: Path) -> None:
    rows = [PLAN, [1, "Trenggalek", "UCJ", "RPJPD", 2045, 26.3, 2025, 89.29, "kabarpas"]]
    assert said(tmp_path, *rows) == [
        "E2: Tahun baseline 2045 tidak lebih awal dari tahun target 2025; baris ini tidak dimuat. Kedua tahun tertukar? "
        "Mungkin baseline 2025, target 2045. Perbaiki, lalu kirim ulang."
    ]
    assert said(tmp_path, *rows, lang="en") == [
        "E2: Baseline year 2045 is not before target year 2025; this row is not loaded. Are the two years swapped? Likely "
        "baseline 2025, target 2045. Mend them and send again."
    ]


def test_equal_years_are_refused_and_no_swap_is_offered(tmp_path: Path) -> None:
    assert said(tmp_path, PLAN, [1, "Trenggalek", "UCJ", "RPJPD", 2045, 26.3, 2045, 89.29, "kabarpas"]) == [
        "E2: Tahun baseline 2045 tidak lebih awal dari tahun target 2045; baris ini tidak dimuat. Perbaiki, lalu kirim ulang."
    ]


def test_a_baseline_above_the_target_is_a_warning_and_loaded(tmp_path: Path) -> None:
    rows = [PLAN, [1, "Gresik", "UCJ", "RPJMN", 2024, 52.52, 2029, 43.92, "Perpres"]]
    assert targets(tmp_path, *rows) == [("35.25", "TOTAL", "RPJMN", 2024, 52.52, 2029, 43.92, "Perpres")]
    assert said(tmp_path, *rows) == [
        "F2: Baseline 52,52 persen sudah di atas target 43,92 persen. Dimuat; periksa keduanya."
    ]


def test_what_a_cell_cannot_be_refuses_its_row_and_no_other(tmp_path: Path) -> None:
    good = [1, "Trenggalek", "UCJ", "RPJPD", 2025, 26.3, 2045, 83.29, "afederasi"]
    bad = {
        "B3": [2, "Kediri", "UCJ", "RPJPD", 2025, 26.3, 2045, 83.29, "x"],
        "D4": [3, "Gresik", "UCJ", "Renstra", 2025, 26.3, 2045, 83.29, "x"],
        "E5": [4, "Gresik", "UCJ", "RPJPD", "2025/26", 26.3, 2045, 83.29, "x"],
        "F6": [5, "Gresik", "UCJ", "RPJPD", 2025, 0.263, 2045, 83.29, "x"],
        "H7": [6, "Gresik", "UCJ", "RPJPD", 2025, 26.3, 2045, 832.9, "x"],
        "I8": [7, "Gresik", "UCJ", "RPJPD", 2025, 26.3, 2045, 83.29, None],
    }
    found = sorted(said(tmp_path, PLAN, good, *bad.values()), key=lambda line: line[1])
    assert [line.partition(":")[0] for line in found] == list(bad)
    assert targets(tmp_path, PLAN, good, *bad.values()) == [
        ("35.03", "TOTAL", "RPJPD", 2025, 26.3, 2045, 83.29, "afederasi")
    ]
    assert found[-1] == "I8: Sumber tidak terisi; baris ini tidak dimuat. Isi selnya, lalu kirim ulang."
    assert found[3] == (
        'F6: "0.263" dapat dibaca 0,263 atau 26,3; kolom ini "Baseline (%)". Tulis tanpa keraguan, lalu kirim ulang.'
    )


def test_a_row_with_one_bad_stage_is_refused_whole(tmp_path: Path) -> None:
    header = [*PLAN, "Target 2029", "Target 2034"]
    row = [1, "Trenggalek", "UCJ", "RPJPD", 2025, 26.3, 2045, 83.29, "afederasi", 37.7, 519.5]
    seen = judge(read_rows(tmp_path, [header, row]))
    assert seen.records["plan_target"].empty
    assert [finding.cell for finding in seen.findings["x"]] == ["K2"]
    assert (seen.sheets_of(0)[0].loaded, seen.sheets_of(0)[0].refused) == (0, 4)


def test_two_rows_about_one_target_that_differ_are_both_refused(tmp_path: Path) -> None:
    row = [1, "Trenggalek", "UCJ", "RPJPD", 2025, 26.3, 2045, 83.29, "afederasi"]
    assert said(tmp_path, PLAN, row, [2, *row[1:7], 89.29, "afederasi"]) == [
        "F2: Dua baris untuk hal yang sama berisi angka berbeda: 26.3 di sini, yang lain di F3. Keduanya tidak dimuat; "
        "hapus salah satu.",
        "F3: Dua baris untuk hal yang sama berisi angka berbeda: 26.3 di sini, yang lain di F2. Keduanya tidak dimuat; "
        "hapus salah satu.",
    ]
    assert len(targets(tmp_path, PLAN, row, [2, *row[1:]])) == 1  # said twice alike: loaded once
    assert len(targets(tmp_path, PLAN, row, [2, *row[1:7], 89.29, "kabarpas"])) == 2  # two sources: both are kept


def test_a_table_of_coverage_is_never_taken_for_records(tmp_path: Path) -> None:
    header = ["Kabupaten/Kota", "Segmen", "Semesta", "Peserta", "Persentase", "Sumber"]
    seen = read_rows(tmp_path, [["UCJ per 13 November 2024"], header, ["Trenggalek", "PU", 89340, 38595, 43.2, "BPJS"]])
    assert (seen.reading.kind, len(seen.reading.records)) == ("coverage", 0)


def test_published_figures_keep_what_was_printed_and_its_last_digit(tmp_path: Path) -> None:
    rows = [
        PRINTED,
        ["Trenggalek", "35.03", None, "UCJ Trenggalek", "13 November 2024", "Capaian", None, "BPU", "81,7%", "17.407", None, "kabarpas"],
        ["Kediri", None, None, "UCJ Kediri", "November 2021", "Capaian", None, "Total", "40,89%", "135.163", "330.493", "antara"],
        ["Cabang Blitar", None, "Kantor 1", "Blitar", "6 September 2023", "Capaian", None, "Total", None, 102434, None, "radar"],
        ["Jawa Timur", None, None, "UCJ", 2023, "Capaian", None, "PU", None, "3.300.717", None, "jatim"],
        ["Indonesia", None, None, "RPJPN", "13 September 2024", "Target", 2045, "Total", "99,5%", None, None, "UU 59/2024"],
    ]  # fmt: skip
    frame = judge(read_rows(tmp_path, rows)).records["published_figure"]
    names = ["place", "region_code", "area", "figure", "segment", "coverage_pct", "coverage_pct_step"]
    assert [tuple(row) for row in frame[names].fillna(0).itertuples(index=False)] == [
        ("Trenggalek", "35.03", "", "measured", "BPU", 81.7, 0.1),
        ("Kediri", "", "", "measured", "TOTAL", 40.89, 0.01),
        ("Cabang Blitar", "", "Kantor 1", "measured", "TOTAL", 0, 0),
        ("Jawa Timur", "35", "", "measured", "PU", 0, 0),
        ("Indonesia", "00", "", "target", "TOTAL", 99.5, 0.1),
    ]
    assert [str(day)[:10] for day in frame["stated_on"]] == [
        "2024-11-13", "2021-11-30", "2023-09-06", "2023-12-31", "2024-09-13"
    ]  # fmt: skip


def test_a_fraction_of_a_person_in_print_is_refused_with_its_likely_reading(tmp_path: Path) -> None:
    row = ["Trenggalek", "35.03", None, "UCJ", 2023, "Capaian", None, "BPU", None, 17.407, None, "kabarpas"]
    assert said(tmp_path, PRINTED, row) == [
        'J2: "17.407" bukan bilangan bulat; Peserta dihitung per orang. Maksudnya 17.407? Perbaiki, lalu kirim ulang.'
    ]


def test_a_mark_for_missing_in_a_number_that_a_record_needs_refuses_its_row(tmp_path: Path) -> None:
    assert said(tmp_path, PLAN, [1, "Trenggalek", "UCJ", "RPJPD", 2025, "-", 2045, 83.29, "afederasi"]) == [
        "F2: Baseline tidak terisi; baris ini tidak dimuat. Isi selnya, lalu kirim ulang."
    ]


def test_a_place_that_is_nearly_a_region_is_loaded_without_one_and_asked_about(tmp_path: Path) -> None:
    row = ["Kab. Bojanegoro", None, None, "UCJ", 2023, "Capaian", None, "PU", "9%", None, None, "koran"]
    assert said(tmp_path, PRINTED, row) == [
        'A2: "Kab. Bojanegoro" dimuat tanpa kode wilayah. Maksudnya: 35.22 Kabupaten Bojonegoro? Bila ya, isi kodenya.'
    ]


def test_a_print_with_several_target_years_has_a_record_for_each(tmp_path: Path) -> None:
    rows = [
        ["Trenggalek", "35.03", None, "RPJPD", "13 November 2024", "Target", year, "Total", pct, None, None, "koran"]
        for year, pct in ((2029, "37,70%"), (2045, "83,29%"))
    ]
    frame = judge(read_rows(tmp_path, [["Angka di media"], [], PRINTED, *rows])).records["published_figure"]
    assert [tuple(row) for row in frame[["year", "coverage_pct"]].itertuples(index=False)] == [
        (2029, 37.7),
        (2045, 83.29),
    ]
