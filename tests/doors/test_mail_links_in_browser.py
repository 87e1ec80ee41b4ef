"""A framed mail in a real browser: a click on a link opens a tab of its own, and still nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from rapport.channels.html import clean_html
from rapport.doors.web.jinja import CONTENT_SECURITY_POLICY, environment, page_html
from rapport.doors.web.protecting import FRAMED_MAIL_POLICY

from .samples import PAGES
from .test_templates_in_browser import LOOK, Site, browser

__all__ = ["browser"]  # pytest finds fixtures by their names here

HOSTILE = "<script>top.document.title = parent.ran = 'ran'; document.title = 'ran'</script>"


class Framed(Site):
    """Serves a page with a mail in its frame, each under its own policy."""

    policy = CONTENT_SECURITY_POLICY

    def do_GET(self) -> None:
        self.policy = FRAMED_MAIL_POLICY if self.path.endswith("/html") else CONTENT_SECURITY_POLICY
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super(Site, self).end_headers()


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a mail with a link, and a script that slipped through the cleaning."""
    folder = tmp_path_factory.mktemp("framed")
    made = environment()
    template, shell, page = PAGES["interaction-html"]
    (folder / "mail.html").write_text(page_html(made, template, shell, page))
    (folder / "target.html").write_text("<!doctype html><title>Elsewhere</title>")
    (folder / "static").symlink_to(LOOK)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Framed, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}"
    _write_mail(folder, f'<p><a href="{address}/target.html">The rota</a></p>')
    Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()


def _write_mail(folder: Path, html: str) -> None:
    (folder / "interactions/1").mkdir(parents=True)
    cleaned = clean_html(html).html + HOSTILE
    frame = environment().get_template("frame.html")
    (folder / "interactions/1/html").write_text(frame.render(cleaned="HERE").replace("HERE", cleaned))


def test_a_link_opens_a_tab_that_knows_nothing_of_us(framed: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{framed}/mail.html")
    page.locator("iframe.mail").scroll_into_view_if_needed()
    with context.expect_page() as opened:
        page.frame_locator("iframe.mail").get_by_text("The rota").click()
    tab = opened.value
    expect(tab).to_have_title("Elsewhere")
    assert tab.evaluate("[window.opener, document.referrer, window.origin]") == [None, "", framed]
    context.close()


def test_what_slips_through_does_not_run(framed: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{framed}/mail.html")
    page.locator("iframe.mail").scroll_into_view_if_needed()
    expect(page.frame_locator("iframe.mail").get_by_text("The rota")).to_be_visible()
    assert page.title() != "ran"
    assert page.evaluate("window.ran") is None
    assert page.frames[1].title() != "ran"
    context.close()
