"""The report as a file: what it says, that it is safe and small, and when it is written again."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.errors import NotPublished
from flows.job import run_job
from flows.report.dashboard.scales import SCALES
from flows.report.dashboard.write import with_report, write_report
from flows.settings import ROOT, Settings
from schemas.regions import REFERENCE, read_regions
from tests.conftest import coverage_rows, write_workbook

pytestmark = pytest.mark.xdist_group("dashboard")
DASHBOARD = ROOT / "flows" / "report" / "dashboard"
LARGEST_BYTES = 3_000_000
# Every regency beside the one that it borders on land (or by a bridge), chosen by hand from the map of East Java.
BORDERS = """
Pacitan-Trenggalek Pacitan-Ponorogo Ponorogo-Madiun Ponorogo-Trenggalek Trenggalek-Tulungagung Tulungagung-Blitar
Blitar-Kediri Blitar-Malang Blitar-KotaBlitar Kediri-Jombang Kediri-Nganjuk Kediri-KotaKediri Malang-KotaMalang
Malang-KotaBatu Malang-Lumajang Lumajang-Probolinggo Lumajang-Jember Jember-Bondowoso Jember-Banyuwangi
Bondowoso-Situbondo Banyuwangi-Situbondo Banyuwangi-Bondowoso Situbondo-Probolinggo Pasuruan-Sidoarjo
Pasuruan-Malang Pasuruan-Probolinggo Pasuruan-KotaPasuruan Probolinggo-KotaProbolinggo Sidoarjo-KotaSurabaya
Sidoarjo-Mojokerto Mojokerto-Jombang Mojokerto-Gresik Mojokerto-KotaMojokerto Jombang-Nganjuk Jombang-Lamongan
Nganjuk-Madiun Nganjuk-Bojonegoro Madiun-Magetan Madiun-Ngawi Madiun-KotaMadiun Magetan-Ngawi Ngawi-Bojonegoro
Bojonegoro-Tuban Bojonegoro-Lamongan Tuban-Lamongan Lamongan-Gresik Gresik-KotaSurabaya KotaSurabaya-Bangkalan
Bangkalan-Sampang Sampang-Pamekasan Pamekasan-Sumenep
"""


def text_of(settings: Settings, lang: str = "id") -> str:
    return write_report(settings, lang).path.read_text(encoding="utf-8")


def test_it_begins_with_the_figure_and_what_is_missing(sample: Settings) -> None:
    page = text_of(sample)
    assert (
        "4.443.868 dari 13.941.246 pekerja di Jawa Timur terlindungi jaminan sosial ketenagakerjaan: 31,88 %." in page
    )
    assert (
        "Menuju target 2026 sebesar 35,01 % (RPJPD) masih perlu 436.962 peserta lagi; iurannya sekitar "
        "Rp88.091.539.200 setahun bila dibayar pemerintah." in page
    )
    assert "DATA CONTOH: sebagian angka di laporan ini dibuat untuk latihan, bukan data resmi." in page
    english = text_of(sample, "en")
    assert (
        "4,443,868 of 13,941,246 workers in Jawa Timur are covered by employment social security: 31.88 %." in english
    )


def test_a_figure_names_its_cells(sample: Settings) -> None:
    data = text_of(sample).split('id="data">')[1].split("</script>")[0]
    number = re.search(r'"35.03/2025-10-31":"PU e(\d+)!D12 a\1!E12\|BPU e\1!D13 a\1!E13\|JAKON e\1!D14 a\1!E14"', data)
    assert number
    assert '["Monitoring UCJ 2025_Sept-Okt FINAL fix.xlsx","Oktober 2025","2025-11-05 09:20, disnaker-jatim"]' in data


def test_refused_cells_and_prints_that_do_not_hold_stand_there(sample: Settings) -> None:
    page = text_of(sample)
    assert "<td>Lap UCJ Cab Kediri Nov 2025 (belum dicek).xlsx, lembar &#34;Cab Kediri&#34;, sel C9</td>" in page
    assert "mestinya 1.837.899: 935.079 / 1.837.899 = 50,878 %." in page


def test_it_is_written_again_only_for_another_release_or_language(sample: Settings, tmp_path: Path) -> None:
    out = tmp_path / "laporan" / "ucj.html"
    assert write_report(sample, "id", out).is_new
    first = out.read_bytes()
    assert not write_report(sample, "id", out).is_new
    out.unlink()
    assert write_report(sample, "id", out).is_new and out.read_bytes() == first
    assert write_report(sample, "en", out).is_new
    assert [path.name for path in out.parent.iterdir()] == ["ucj.html"]


def test_it_asks_nothing_of_the_network(sample: Settings) -> None:
    page = text_of(sample)
    assert not re.findall(r"(?:src|href)=[\"']?(?!#)[^\"' >]+", page.split("<script>")[0])
    assert "@import" not in page and "url(" not in page.split("<script>")[0]


def test_names_of_strangers_are_escaped(settings: Settings) -> None:
    rows = coverage_rows(("Kabupaten Trenggalek", 270622, 70470), ("Kab. Entah", 1, 1))
    write_workbook(settings.inbox / "x" / "<img src=x onerror=alert(1)>.xlsx", rows, "<b>tebal")
    run_job(settings)
    page = text_of(settings)
    assert "<img" not in page and "<b>tebal" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.xlsx" in page and "\\u003cb>tebal" in page


def test_without_a_warehouse_it_says_what_to_type(settings: Settings) -> None:
    with pytest.raises(NotPublished, match=r"Belum ada gudang data di .*ucj\.duckdb\. Jalankan `ucj run` dulu."):
        write_report(settings, "id")


def test_a_report_that_fails_leaves_the_publish_good_and_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_workbook(settings.inbox / "x" / "UCJ.xlsx", coverage_rows(("Kabupaten Trenggalek", 270622, 70470)))
    summary = run_job(settings)
    settings.report.parent.write_text("a file where the folder should be")
    told = with_report(summary, settings)
    assert told.exit_code == 0 and told.release == summary.release
    assert told.notes[-1].subject == "index.html"
    assert "the release stands, try `ucj report`" in told.notes[-1].text
    assert told.notes[-1].text in capsys.readouterr().err


def test_the_command_writes_and_names_the_file(sample: Settings, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    done = CliRunner().invoke(app, ["report", "--warehouse", str(sample.warehouse), "--out", str(out), "--lang", "en"])
    assert (done.exit_code, done.output) == (0, f"{out}\n")
    assert '<html lang="en">' in out.read_text(encoding="utf-8")


def test_neighbours_are_neighbours_on_the_map() -> None:
    names = {region.code: region.name.removeprefix("Kabupaten ").replace(" ", "") for region in read_regions()}
    with (REFERENCE / "tiles_35.csv").open(encoding="utf-8", newline="") as file:
        places = {names[row["region_code"]]: (int(row["row"]), int(row["column"])) for row in csv.DictReader(file)}
    assert len(places) == len(set(places.values())) == 38
    touching = {
        pair
        for pair in BORDERS.split()
        for one, other in [pair.split("-")]
        if max(abs(a - b) for a, b in zip(places[one], places[other], strict=True)) == 1
    }
    assert set(BORDERS.split()) - touching == set()


def test_texts_on_colours_have_contrast() -> None:
    style = (DASHBOARD / "report.css").read_text(encoding="utf-8")
    colours = {name: (back, text) for name, back, text in re.findall(r"\.(\w+)\{background:(#\w+);color:(#\w+)", style)}
    used = {name for _, classes in SCALES.values() for name in classes} | {"none"}
    for name in used:
        light, dark = sorted((luminance(colour) for colour in colours[name]), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.slow
def test_514_regencies_stay_under_three_megabytes(settings: Settings) -> None:
    regions = [region for region in read_regions() if region.kind != "provinsi"]
    rows: list[list[object]] = [
        ["Cakupan Jamsostek menurut wilayah dan segmen"],
        [],
        ["Kode Wilayah", "Kabupaten/Kota", "Tanggal", "Segmen", "Semesta", "Peserta Aktif"],
    ]
    for month in range(1, 7):
        for place, region in enumerate(regions):
            for order, segment in enumerate(("PU", "BPU", "JAKON")):
                eligible = 254_006 + 991 * place - 77_003 * order
                rows.append(
                    [
                        region.code,
                        region.name,
                        f"{month + 22:02d}/{month:02d}/2025",
                        segment,
                        eligible,
                        eligible // 3 + 1_000 * month,
                    ]
                )
    write_workbook(settings.inbox / "pusat" / "UCJ.xlsx", rows)
    header = ["Kode Wilayah", "Kabupaten/Kota", "Indikator", "Dokumen", "Tahun baseline", "Baseline (%)", "Tahun target",
              "Target (%)", "Sumber"]  # fmt: skip
    plans = [
        [region.code, region.name, "UCJ", "RPJPD", "2025", "30,50", "2045", f"{80 + place % 19},25", "RPJPD 2025-2045"]
        for place, region in enumerate(regions)
    ]
    write_workbook(settings.inbox / "bappenas" / "Target.xlsx", [["Target cakupan Jamsostek"], [], header, *plans])
    run_job(settings)
    page = write_report(settings, "id").path.read_bytes()
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        ((loaded,),) = connection.execute("select count(*) from core.coverage_value").fetchall()
    assert loaded == 6 * 514 * 3 * 2
    assert page.count(b"<details id=") == 514 and page.count(b'class="province"') == 38
    assert len(page) < LARGEST_BYTES
