"""The report in a real headless Chromium: figures, search, sort, switch, deep links, keyboard, phone and paper.

Pictures of the page are kept in `ci-output/`, for people to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from flows.report.dashboard.write import write_report
from flows.settings import ROOT, Settings

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dashboard")]
PICTURES = ROOT / "ci-output"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
F4_MM = ("215mm", "330mm")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, sample: Settings) -> Iterator[Page]:
    """The report at 1366 pixels; anything said on the console and any request but for the file fails the test."""
    opened = browser.new_page(viewport={"width": 1366, "height": 900})
    said: list[str] = []
    asked: list[str] = []

    def only_the_file(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            asked.append(request.url)

    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", only_the_file)
    opened.goto(write_report(sample, "id").path.resolve().as_uri())
    yield opened
    opened.close()
    assert (said, asked) == ([], [])


def shown(value: Decimal | int | None) -> str:
    return "–" if value is None else f"{value:,}".translate(str.maketrans(",.", ".,"))


def october(sample: Settings, columns: str) -> dict[str, tuple[Decimal | int | None, ...]]:
    """The figures of East Java's regencies on 31 October 2025 by code."""
    query = f"select region_code, {columns} from mart.coverage_breakdown where as_of_date = date '2025-10-31'"
    with duckdb.connect(str(sample.published), read_only=True) as connection:
        return {code: row for code, *row in connection.execute(query).fetchall()}  # type: ignore[misc]


def tiles(page: Page) -> dict[str, str]:
    script = "tiles => Object.fromEntries(tiles.map(t => [t.hash.slice(1), t.querySelector('b').textContent]))"
    found: dict[str, str] = page.eval_on_selector_all(".tile", script)
    return found


def names_in_ranking(page: Page) -> list[str]:
    script = "rows => rows.filter(r => !r.hidden).map(r => r.cells[1].textContent.trim())"
    found: list[str] = page.eval_on_selector_all(".ranking tbody tr", script)
    return found


def test_tiles_show_the_database_in_every_colouring(page: Page, sample: Settings) -> None:
    columns = "total_coverage_pct, pu_coverage_pct, bpu_coverage_pct, jakon_coverage_pct"
    expected = october(sample, columns)
    for place, label in enumerate(("Total", "PU", "BPU", "Jasa konstruksi")):
        page.get_by_role("button", name=label, exact=True).first.click()
        assert tiles(page) == {code: shown(row[place]) for code, row in expected.items()}
        assert page.locator("[data-mode][aria-pressed=true]").all_inner_texts() == [label]
    page.get_by_role("button", name="Jarak ke target 2026").click()
    assert tiles(page)["35.25"] == "2,01" and tiles(page)["35.03"] == "0,00"
    assert "tercapai" in page.locator(".legend").inner_text()


def test_rows_show_the_database(page: Page, sample: Settings) -> None:
    expected = october(sample, "total_coverage_pct, pu_coverage_pct, bpu_coverage_pct, jakon_coverage_pct")
    script = "rows => Object.fromEntries(rows.map(r => [r.querySelector('a').hash.slice(1), [2, 3, 4, 5].map(n => r.cells[n].textContent)]))"
    assert page.eval_on_selector_all(".ranking tbody tr", script) == {
        code: [shown(value) for value in row] for code, row in expected.items()
    }


def test_search_and_sort(page: Page) -> None:
    assert names_in_ranking(page)[:2] == ["Kota Batu", "Kota Madiun"]
    page.get_by_role("searchbox").fill("kediri")
    assert names_in_ranking(page) == ["Kota Kediri", "Kabupaten Kediri"]
    assert page.locator("[data-count]").inner_text() == "2 dari 38 ditampilkan"
    page.get_by_role("searchbox").fill("")
    page.locator(".ranking").get_by_role("button", name="BPU", exact=True).click()
    assert page.locator(".ranking th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert names_in_ranking(page)[0] == "Kabupaten Bangkalan"
    page.locator(".ranking").get_by_role("button", name="BPU", exact=True).click()
    assert names_in_ranking(page)[0] == "Kabupaten Pacitan"


def test_a_deep_link_opens_its_regency_with_a_chart(page: Page) -> None:
    page.goto(page.url.split("#")[0] + "#35.03")
    opened = page.locator("details[open]")
    assert opened.count() == 1
    assert "77.369 dari 264.191 pekerja di Kabupaten Trenggalek" in opened.inner_text()
    chart = opened.get_by_role("img")
    assert chart.get_attribute("aria-label") == (
        "Cakupan total terukur dan jalur target, Kabupaten Trenggalek; angkanya ada di tabel di bawahnya."
    )


def origin_after_click(page: Page, selector: str) -> list[list[str]]:
    page.locator(selector).first.click()
    script = "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    rows: list[list[str]] = page.eval_on_selector_all("dialog tbody tr", script)
    page.keyboard.press("Escape")
    return rows


def test_every_figure_leads_to_its_cells_in_one_click(page: Page) -> None:
    received = "2025-11-05 09:20, disnaker-jatim"
    book = "Monitoring UCJ 2025_Sept-Okt FINAL fix.xlsx"
    pu = [
        ["Semesta PU, 35.03, 2025-10-31", book, "Oktober 2025", "D12", received],
        ["Peserta aktif PU, 35.03, 2025-10-31", book, "Oktober 2025", "E12", received],
    ]
    page.goto(page.url.split("#")[0] + "#35.03")
    assert origin_after_click(page, "details[open] tr[data-o='/2025-10-31/PU'] td:nth-child(4) .o") == pu
    change = origin_after_click(page, "details[open] tr[data-o='/2025-10-31/PU'] td:nth-child(6) .o")
    assert [row[0] for row in change] == [
        *(row[0] for row in pu),
        "Semesta PU, 35.03, 2025-09-30",
        "Peserta aktif PU, 35.03, 2025-09-30",
    ]
    sentence = "details[open] p[data-o='35.03/2025-10-31/TOTAL'] .o"
    assert len(origin_after_click(page, sentence)) == 6  # two counts of three segments
    ranking = ".ranking tr[data-o='35.03/2025-10-31'] td"
    assert origin_after_click(page, f"{ranking}:nth-child(4) .o") == pu
    assert len(origin_after_click(page, f"{ranking}:nth-child(3) .o")) == 6  # TOTAL: two counts of three segments
    assert len(origin_after_click(page, ".lead .o")) == 38 * 6
    target = origin_after_click(page, f"{ranking}:nth-child(8)  .o")
    assert [row[0] for row in target] == ["Baseline", "Target"]
    left = page.eval_on_selector_all(
        "td:not(:has(.o))",
        "cells => cells.filter(c => c.closest('[data-o]') && c.checkVisibility() && /\\d/.test(c.textContent) && c.cellIndex > 0).length",
    )
    assert left == 0


def test_it_works_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.get_by_role("button", name="BPU", exact=True).first.focus()
    page.keyboard.press("Enter")
    assert tiles(page)["35.03"] == "12,68"
    page.locator(".tile[href='#35.03']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("details[open]")
    assert page.evaluate("document.activeElement.closest('details').id") == "35.03"
    page.locator("details[open] .o").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_pictures_on_a_laptop_a_phone_and_paper(page: Page) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.goto(page.url.split("#")[0] + "#35.03")
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.screenshot(path=PICTURES / f"report-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1366, "height": 900})
    page.pdf(path=PICTURES / "report-a4.pdf", format="A4")
    page.pdf(path=PICTURES / "report-f4.pdf", width=F4_MM[0], height=F4_MM[1])
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible() and not page.get_by_role("searchbox").is_visible()
    assert page.locator("details[open]").is_visible()
    assert (PICTURES / "report-f4.pdf").read_bytes().startswith(b"%PDF")
