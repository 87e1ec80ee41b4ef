"""The first morning with Rapport, by keyboard: in by the link, care for somebody, tell what happened, bring mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Home

FIRST_VISIT = 180_000  # bytes over the wire, from the link to Today
VIEWS = [(theme, width) for theme in ("light", "dark") for width in (1440, 390)]
LETTER = """From maya@fernhill.example {day:%a %b %d %H:%M:%S %Y}
From: {sender}
To: {to}
Date: {date}
Subject: The allotment
Message-ID: <{number}@allotment.example>

Dear friend, the beans of week {number} are in.

"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that was never here."""
    # Without motion: a colour on its way from light to dark is no fault.
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    opened.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    yield opened
    opened.close()


def test_the_first_morning(home: Home, context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    asked, complaints = watched(page)
    weight = weighed(page)

    page.goto(home.link)
    reads_well(page)
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home.address}/")
    page.wait_for_load_state("networkidle")
    assert sum(weight) <= FIRST_VISIT, f"{sum(weight)} bytes for the first visit"
    reads_well(page)

    first = name_in_focus(page)
    page.keyboard.press("e")
    expect(page.locator("#toasts")).to_contain_text("Done.")
    expect(page.locator(".q-item.done")).to_contain_text(first)
    assert name_in_focus(page) != first
    reads_well(page)
    page.keyboard.press("z")
    expect(page.locator(".q-item.done")).to_have_count(0)
    expect(page.locator(".q-item .full").first).to_have_text(first)

    page.keyboard.press("l")
    expect(page.locator("#main [data-tell]")).to_be_focused()
    page.keyboard.type(f"called {first}, 12 min, the beans are in")
    expect(page.locator(".outs").filter(has_text="12 min")).to_be_visible()
    reads_well(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Kept.")
    # What was saved is not put into the line again.
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('log:'))") == []

    page.keyboard.press("Control+k")
    page.keyboard.type(first)
    expect(page.locator("#found [role=option]").first).to_contain_text(first)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(first)
    # Not always the first: a meeting of later today stands above it.
    expect(page.locator(".tl > li").filter(has_text="the beans are in")).to_be_visible()
    reads_well(page)

    leave_fields(page)
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url(f"{home.address}/import")
    reads_well(page)
    page.locator("#files").set_input_files(allotment(tmp_path))
    tab_to(page, "[data-send]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/import/.+"))
    expect(page.locator(".progress .tag.well")).to_have_text("all read")
    expect(page.locator(".sums")).to_contain_text("24")
    reads_well(page)

    leave_fields(page)
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url(f"{home.address}/people")
    reads_well(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("nora feldt")
    expect(page.locator("#found [role=option]").first).to_contain_text("Nora Feldt")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nora Feldt")
    expect(page.locator(".tl").first).to_contain_text("the beans of week")

    assert [one for one in asked if not one.startswith((home.address, "data:"))] == []
    assert complaints == []


def watched(page: Page) -> tuple[list[str], list[str]]:
    """All addresses that are asked for, and all that the console complains of, from now on."""
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return asked, complaints


def weighed(page: Page) -> list[int]:
    """The bytes that come over the wire, answer by answer."""
    weight: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda done: weight.append(int(done["encodedDataLength"])))
    return weight


SETTLED = 400  # milliseconds after which no colour is on its way any more


def reads_well(page: Page) -> None:
    """Nothing for axe to find and no sideways scrolling, light and dark, on a desk and in a hand."""
    faults = []
    for theme, width in VIEWS:
        # Without motion, and settled: a colour on its way from light to dark is neither.
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(SETTLED)
        found = Axe().run(page).response["violations"]
        faults += [f"{page.url} {theme} {width}: {one['id']} at {one['nodes'][0]['target']}" for one in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{page.url} scrolls sideways at {width} px")
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert faults == []


def name_in_focus(page: Page) -> str:
    """Whom the page is about just now."""
    return page.locator("#focus-name").inner_text()


def tab_to(page: Page, selector: str) -> None:
    """Walk there with the Tab key, as somebody without a mouse."""
    target = page.locator(selector)
    for _ in range(60):
        if target.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def leave_fields(page: Page) -> None:
    """Out of whatever is being written in."""
    page.evaluate("document.activeElement.blur()")


def allotment(folder: Path) -> Path:
    """Half a year of letters, every other week each way, with somebody who is not in the village."""
    nora, maya = "Nora Feldt <nora@allotment.example>", "Maya Ellison <maya@fernhill.example>"
    letters = []
    for number in range(24):
        day = datetime.now(UTC) - timedelta(weeks=26 - number)
        sender, to = (nora, maya) if number % 2 else (maya, nora)
        letters.append(LETTER.format(day=day, date=format_datetime(day), number=number, sender=sender, to=to))
    path = folder / "allotment.mbox"
    path.write_text("".join(letters))
    return path
