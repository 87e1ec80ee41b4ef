"""Files that are chosen or dropped in a browser: what comes next stands out, and too much is not sent at all."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page

from .test_templates_in_browser import browser, site

__all__ = ["browser", "site"]  # pytest finds fixtures by their names here


def standing_out(page: Page) -> list[str]:
    return page.locator("[data-drop] .main-act").all_inner_texts()


def opened(site: str, browser: Browser) -> Page:
    page = browser.new_context().new_page()
    page.goto(f"{site}/import.html")
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
    assert standing_out(page) == ["Choose files"]
    page.locator("#files").set_input_files([tmp_path / "maya.mbox", tmp_path / "people.vcf"])
    assert standing_out(page) == ["Read them"]
    assert "maya.mbox, people.vcf" in page.locator("[data-chosen]").inner_text()
    page.locator("[data-send]").click()
    assert page.evaluate("window.sent") == 1
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
    page.wait_for_function("document.querySelector('[data-chosen]').innerText.includes('a.eml, b.ics')")
    assert standing_out(page) == ["Read them"]
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
    assert page.evaluate("document.activeElement.id") == "folder"
    page.locator("#folder").set_input_files(tmp_path / "Mail")
    page.wait_for_function("document.getElementById('files').files.length === 2")
    assert standing_out(page) == ["Read them"]
    page.locator("[data-send]").click()
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
    given = page.evaluate("window.given")
    assert [name for field, name in given if field in ("files", "paths")] == ["a.eml"]
    page.context.close()


def test_too_many_are_said_before_they_are_sent(site: str, browser: Browser, tmp_path: Path) -> None:
    for number in range(13):
        (tmp_path / f"{number}.eml").write_text("x")
    page = opened(site, browser)
    page.locator("#folder").set_input_files(tmp_path)
    assert page.locator("[data-chosen]").inner_text() == "Those are too many files."
    page.locator("[data-send]").click()
    assert page.evaluate("window.sent") == 0
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
    assert page.locator("[data-chosen]").inner_text() == "This is more than can be sent at once."
    assert standing_out(page) == ["Choose files"]
    page.locator("[data-send]").click()
    assert page.evaluate("window.sent") == 0
    page.context.close()
