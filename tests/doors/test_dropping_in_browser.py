"""Files that are chosen or dropped in a browser: what comes next stands out, and too much is not sent at all."""

from __future__ import annotations

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
          XMLHttpRequest.prototype.send = function () { window.sent += this.verb === "POST"; };
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
    page.wait_for_function("document.getElementById('files').files.length === 2")
    assert "a.eml, b.ics" in page.locator("[data-chosen]").inner_text()
    assert standing_out(page) == ["Read them"]
    page.context.close()


def test_too_much_is_said_before_it_is_sent(site: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "large.mbox").write_text("x" * 1001)
    page = opened(site, browser)
    page.locator("#files").set_input_files(tmp_path / "large.mbox")
    assert page.locator("[data-chosen]").inner_text() == "This is more than can be sent at once."
    assert standing_out(page) == ["Choose files"]
    page.locator("[data-send]").click()
    assert page.evaluate("window.sent") == 0
    page.context.close()
