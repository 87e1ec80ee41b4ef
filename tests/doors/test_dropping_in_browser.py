"""Files that are chosen or dropped in a browser: what comes next stands out, and too much is not sent at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from .test_templates_in_browser import browser, site

__all__ = ["browser", "site"]  # pytest finds fixtures by their names here


def stands_out(page: Page, words: str) -> None:
    """A busy machine may take a while until the page has seen what was chosen."""
    expect(page.locator("[data-drop] .main-act")).to_have_text([words])


def holds(page: Page, expression: str, value: object) -> None:
    """Looked at from here: the page's policy lets nothing be evaluated in it again and again."""
    until = time.monotonic() + 10
    while (found := page.evaluate(expression)) != value and time.monotonic() < until:
        page.wait_for_timeout(20)
    assert found == value


def opened(site: str, browser: Browser) -> Page:
    page = browser.new_context().new_page()
    page.goto(f"{site}/import.html")
    expect(page.get_by_text("Choose a folder")).to_be_visible()  # once what sees to it has come
    page.evaluate(
        """() => {
          window.sent = 0;
          const { open } = XMLHttpRequest.prototype;
          XMLHttpRequest.prototype.open = function (verb, ...more) {
            this.verb = verb;
            open.call(this, verb, ...more);
          };
          XMLHttpRequest.prototype.send = function (given) {
            window.sent += this.verb === "POST";
            if (given instanceof FormData) window.given = [...given].map(([key, one]) => [key, one.name ?? one]);
          };
        }"""
    )
    return page


def test_first_to_choose_then_to_read_stands_out(site: str, browser: Browser, tmp_path: Path) -> None:
    for name in ("maya.mbox", "people.vcf"):
        (tmp_path / name).write_text("x" * 100)
    page = opened(site, browser)
    stands_out(page, "Choose files")
    page.locator("#files").set_input_files([tmp_path / "maya.mbox", tmp_path / "people.vcf"])
    stands_out(page, "Read them")
    expect(page.locator("[data-chosen]")).to_contain_text("maya.mbox, people.vcf")
    page.locator("[data-send]").click()
    holds(page, "window.sent", 1)
    page.context.close()


def test_files_dropped_on_the_page_are_taken(site: str, browser: Browser) -> None:
    page = opened(site, browser)
    page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          for (const name of ["a.eml", "b.ics"]) dataTransfer.items.add(new File(["x"], name));
          const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector("h1").dispatchEvent(drop);
        }"""
    )
    expect(page.locator("[data-chosen]")).to_contain_text("a.eml, b.ics")
    stands_out(page, "Read them")
    page.context.close()


def test_a_folder_is_within_reach_of_the_keyboard_and_sent_with_its_paths(
    site: str, browser: Browser, tmp_path: Path
) -> None:
    for name in ("Mail/cur/1", "Mail/new/2"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("x")
    page = opened(site, browser)
    page.locator("#files").focus()
    page.keyboard.press("Tab")
    holds(page, "document.activeElement.id", "folder")
    page.locator("#folder").set_input_files(tmp_path / "Mail")
    holds(page, "document.getElementById('files').files.length", 2)
    stands_out(page, "Read them")
    page.locator("[data-send]").click()
    holds(page, "window.sent", 1)
    given = page.evaluate("window.given")
    assert sorted(name for field, name in given if field == "files") == ["1", "2"]
    (paths,) = [value for field, value in given if field == "paths"]
    assert sorted(json.loads(paths)) == ["Mail/cur/1", "Mail/new/2"]
    page.context.close()


def test_files_chosen_after_a_folder_go_by_their_own_names(site: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "Mail").mkdir()
    for name in ("Mail/1.eml", "a.eml"):
        (tmp_path / name).write_text("x")
    page = opened(site, browser)
    page.locator("#folder").set_input_files(tmp_path / "Mail")
    page.locator("#files").set_input_files(tmp_path / "a.eml")
    page.locator("[data-send]").click()
    holds(page, "window.sent", 1)
    given = page.evaluate("window.given")
    assert [name for field, name in given if field in ("files", "paths")] == ["a.eml"]
    page.context.close()


def test_too_many_are_said_before_they_are_sent(site: str, browser: Browser, tmp_path: Path) -> None:
    for number in range(13):
        (tmp_path / f"{number}.eml").write_text("x")
    page = opened(site, browser)
    page.locator("#folder").set_input_files(tmp_path)
    expect(page.locator("[data-chosen]")).to_have_text("Those are too many files.")
    page.locator("[data-send]").click()
    holds(page, "window.sent", 0)
    page.context.close()


def test_without_scripts_no_folder_is_offered(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/import.html")
    assert page.get_by_text("Choose files").is_visible()
    assert not page.get_by_text("Choose a folder").is_visible()
    context.close()


def test_too_much_is_said_before_it_is_sent(site: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "large.mbox").write_text("x" * 1001)
    page = opened(site, browser)
    page.locator("#files").set_input_files(tmp_path / "large.mbox")
    expect(page.locator("[data-chosen]")).to_have_text("This is more than can be sent at once.")
    stands_out(page, "Choose files")
    page.locator("[data-send]").click()
    holds(page, "window.sent", 0)
    page.context.close()


def test_what_is_wrong_with_an_address_is_said_beside_it_and_the_files_stay(
    site: str, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "maya.mbox").write_text("x" * 100)
    page = browser.new_context().new_page()
    page.goto(f"{site}/import.html")
    expect(page.get_by_text("Choose a folder")).to_be_visible()
    wrong = '<form><span class="err" id="mine-error"><svg></svg>That is no e-mail address.</span></form>'
    page.route("**/import", lambda route: route.fulfill(status=400, content_type="text/html", body=wrong))
    page.locator("#files").set_input_files(tmp_path / "maya.mbox")
    page.locator("#mine").fill("nobody")
    for _twice in range(2):
        page.locator("[data-send]").click()
        expect(page.locator("#mine ~ .err")).to_have_text("That is no e-mail address.")
        expect(page.locator("[data-drop] .err")).to_have_count(1)
        expect(page.locator("#mine")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#mine")).to_be_focused()
        expect(page.locator("[data-chosen]")).to_contain_text("maya.mbox")
    page.context.close()
