"""Every sample page in a real browser: nothing for axe to find, nothing the policy blocks, no sideways scrolling."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from rapport.doors.web.jinja import CONTENT_SECURITY_POLICY, environment, fragment_html, page_html

from .samples import PAGES

LOOK = Path(__file__).parents[2] / "rapport/doors/web/look"
VIEWS = [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]


class Site(SimpleHTTPRequestHandler):
    """Serves the rendered samples under the policy the product uses."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, "": "text/html"}

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with every sample page."""
    folder = tmp_path_factory.mktemp("site")
    made = environment()
    for name, (template, shell, page) in PAGES.items():
        (folder / f"{name}.html").write_text(page_html(made, template, shell, page))
    (folder / "static").symlink_to(LOOK)
    (folder / "interactions/1").mkdir(parents=True)
    (folder / "interactions/1/html").write_text(made.get_template("frame.html").render(cleaned="A mail."))
    shell, page = PAGES["find"][1:]
    (folder / "find").write_text(fragment_html(made, "find.html", "found", shell, page))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, else a Chrome that is there, else Playwright's own."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.mark.parametrize(("theme", "width"), VIEWS)
def test_no_page_has_an_accessibility_fault(site: str, browser: Browser, theme: str, width: int) -> None:
    page, complaints = opened(browser, theme, width)
    axe = Axe()
    only = {"runOnly": ["color-contrast"]} if theme == "dark" else None  # the rest is the same in the dark
    faults = []
    for name in PAGES:
        page.goto(f"{site}/{name}.html")
        found = axe.run(page, options=only)
        faults += [
            f"{name}: {fault['id']} at {fault['nodes'][0]['target']} {fault['nodes'][0]['failureSummary']}"
            for fault in found.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name}: scrolls sideways at {width} px")
    page.context.close()
    assert faults == []
    assert complaints == []


def test_no_page_scrolls_sideways_on_the_smallest_screen(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 320)
    wide = []
    for name in PAGES:
        page.goto(f"{site}/{name}.html")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
    page.context.close()
    assert wide == []


def test_escape_closes_an_open_menu_and_keeps_the_place(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/person.html")
    page.locator(".bar details.menu > summary").click()
    page.keyboard.press("Escape")
    assert not page.locator(".bar details.menu[open]").count()
    assert page.evaluate("document.activeElement.matches('details.menu > summary')")
    page.context.close()


def test_a_framed_mail_is_as_high_as_it_is(site: str, browser: Browser) -> None:
    page, complaints = opened(browser, "dark", 1440)
    page.goto(f"{site}/interaction-html.html")
    page.locator(".framed > .measure").wait_for(state="attached")
    page.wait_for_function("parseFloat(document.querySelector('.mail').style.blockSize) > 0")
    frame = page.locator(".mail").bounding_box()
    assert frame
    assert frame["height"] < 100, "it is one line"
    assert page.locator(".measure").get_attribute("sandbox") == "allow-same-origin", "in it nothing runs"
    assert complaints == []
    page.context.close()


def test_a_framed_mail_is_told_the_theme_somebody_chose(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.add_init_script("localStorage.theme = 'dark'")
    page.goto(f"{site}/interaction-html.html")
    page.locator(".framed > .measure").wait_for(state="attached")
    # Asked for by itself: who drives the browser loses sight of a frame that is given another address while it loads.
    page.goto(page.locator("iframe.mail").evaluate("it => it.src"))
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    page.context.close()


def test_a_name_of_three_hundred_letters_pushes_nothing_aside(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/today-long.html")
    for part in (".focus > .scroll", ".queue > .scroll"):
        assert page.locator(part).evaluate("it => it.scrollWidth <= it.clientWidth")
    page.goto(f"{site}/person-long.html")
    head = page.locator(".p-head").bounding_box()
    assert head
    assert head["height"] < page.evaluate("innerHeight") / 2, "below it is what one came for"
    page.context.close()


@pytest.mark.parametrize("opener", ["Control+k", "?", "l"])
def test_dialogs_opened_by_key_have_no_accessibility_fault(site: str, browser: Browser, opener: str) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/people.html")
    page.keyboard.press(opener)
    page.wait_for_selector("dialog[open]")
    faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
    page.context.close()
    assert faults == []


def test_a_pressed_button_is_at_work_and_the_progress_around_it_waits(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/import-progress.html")
    asks = """() => document.dispatchEvent(new CustomEvent("htmx:before:request", {
        cancelable: true, detail: { ctx: { sourceElement: document.querySelector(".progress") } } }))"""
    assert page.evaluate(asks), "nothing is pressed: the progress asks for itself"
    button = page.locator(".progress form .btn").first
    button.evaluate("it => it.form.classList.add('htmx-request')")
    assert not page.evaluate(asks), "its answer would put an untouched button there"
    assert button.evaluate("it => getComputedStyle(it, '::after').animationName") == "appear, spin"
    page.context.close()


def test_the_name_field_of_somebody_new_has_the_cursor(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/new-person.html")
    assert page.evaluate("document.activeElement.name") == "name"
    page.context.close()


@pytest.mark.parametrize(("width", "shown"), [(1440, True), (390, False)])
def test_caps_of_keys_are_on_the_desk_only(site: str, browser: Browser, width: int, shown: bool) -> None:
    page, _complaints = opened(browser, "light", width)
    page.goto(f"{site}/people.html")
    assert page.locator(".bar kbd").is_visible() == shown
    page.keyboard.press("?")
    assert page.locator("dialog.keys kbd").first.is_visible()  # the list of keys is nothing without them
    page.context.close()


def test_single_keys_that_are_turned_off_have_no_caps(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/today.html")
    page.evaluate("document.body.dataset.keys = 'off'")
    assert not page.locator(".queue > footer").is_visible()
    shown = "all => all.filter(it => it.checkVisibility() && !it.closest('dialog')).map(it => it.textContent)"
    assert set(page.locator("kbd").evaluate_all(shown)) == {"Ctrl K", "Ctrl ↵"}
    page.context.close()


def test_the_palette_stays_within_the_window(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/people.html")
    page.keyboard.press("Control+k")
    page.locator("#found [role=option]").first.wait_for()
    page.evaluate("() => { const all = document.getElementById('found'); all.innerHTML = all.innerHTML.repeat(9); }")
    foot = page.locator("#palette footer").bounding_box()
    assert foot
    assert foot["y"] + foot["height"] < page.evaluate("innerHeight")
    page.context.close()


@pytest.mark.parametrize("late", ["palette.js", "htmx-*.js"])
def test_a_palette_opened_before_all_of_the_page_is_there_finds(site: str, browser: Browser, late: str) -> None:
    page, _complaints = opened(browser, "light", 1440)
    held: list[Route] = []
    page.route(f"**/{late}*", lambda route: held.append(route))
    page.goto(f"{site}/people.html", wait_until="commit")
    while not held:
        page.wait_for_timeout(20)
    page.wait_for_selector("#palette", state="attached")
    page.evaluate("() => document.getElementById('palette').showModal()")
    for one in held:
        one.continue_()
    page.locator("#found [role=option]").first.wait_for()
    page.context.close()


def test_nothing_unseen_makes_a_page_longer(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/today.html")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.context.close()


def test_a_long_name_of_a_workspace_is_not_cut(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    for name, where in (("workspace-long", ".brand small"), ("workspaces-long", ".brand .here")):
        page.goto(f"{site}/{name}.html")
        place = page.locator(where)
        assert place.inner_text() == "Linux MIPS kernel mailing list"
        assert place.evaluate("it => it.scrollHeight <= it.clientHeight && it.scrollWidth <= it.clientWidth")
    page.context.close()


def test_single_keys_follow_the_place_on_a_keyboard_that_is_not_latin(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/people.html")
    press(page, "ך", "KeyL")
    assert page.evaluate("document.getElementById('log').open")
    page.context.close()


@pytest.mark.parametrize(("pressed", "opens"), [("m", "log"), ("l", "keys"), ("?", None)])
def test_other_keys_do_the_same_and_are_shown(site: str, browser: Browser, pressed: str, opens: str | None) -> None:
    page, _complaints = opened(browser, "light", 1440)
    own = """<body data-own-keys='{"l": "m", "?": "l", "g": "v"}'"""

    def with_own_keys(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<body", own, 1))

    page.route("**/people.html", with_own_keys)
    page.goto(f"{site}/people.html")
    page.keyboard.press(pressed)
    assert page.evaluate("document.querySelector('dialog[open]')?.id ?? null") == opens
    shown = page.locator("#keys kbd").all_text_contents()
    assert [shown.count("M"), shown.count("V"), "G" in shown, "T" in shown] == [1, 5, False, True]
    page.context.close()


def test_single_keys_can_be_turned_off_and_stay_out_of_fields(site: str, browser: Browser) -> None:
    page, _complaints = opened(browser, "light", 1440)
    page.goto(f"{site}/people.html")
    page.locator(".filters input[type=search]").press("l")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.body.dataset.keys = 'off'")
    page.keyboard.press("l")
    assert not page.evaluate("document.getElementById('log').open")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.getElementById('palette').open")
    page.context.close()


def press(page: Page, key: str, code: str) -> None:
    """A key as another layout sends it."""
    page.evaluate(
        "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))",
        [key, code],
    )


def opened(browser: Browser, theme: str, width: int) -> tuple[Page, list[str]]:
    """A fresh page in one theme and width, and the list its complaints are written to."""
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 844 if width < 800 else 900},
        has_touch=width < 800,
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    return page, complaints
