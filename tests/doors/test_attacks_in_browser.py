"""Every attack on pages the corpora hold, in a real browser: as a mail is shown, and with either wall alone.

The first wall is the cleaning, the second the frame with its policy. With both, with the frame alone and with the
cleaning alone nothing runs, nothing is fetched and nothing leaves its place; with neither, dozens do, which shows that
this test would see it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Route

from rapport.channels.html import clean_mail
from rapport.doors.web.jinja import CONTENT_SECURITY_POLICY, FRAMED_MAIL_SANDBOX, environment
from rapport.doors.web.protecting import FRAMED_MAIL_POLICY
from tests.channels.mails import HEAD
from tests.corpora.attacks import attacks

from .test_templates_in_browser import LOOK, browser

__all__ = ["browser"]  # pytest finds fixtures by their names here

# Whoever runs scripts runs this first, and tells the server of every later alert.
WATCH = (
    "<script>window.alert = window.prompt = window.confirm = window.print = "
    "() => { new Image().src = '/ran' + location.pathname }; new Image().src = '/watching'</script>"
)
FORBIDDEN = "script,iframe,object,embed,form,input,button,textarea,svg,math,meta,link,base,style,video,audio,template"
AT_ONCE = 100  # frames in one page


@dataclass
class Served:
    """What the server has and what it was asked for."""

    documents: dict[str, tuple[str, str]] = field(default_factory=dict)  # by path: policy, HTML
    asked: list[str] = field(default_factory=list)
    as_what: dict[str, str] = field(default_factory=dict)  # by path: what the browser wants it for
    address: str = ""


class Server(BaseHTTPRequestHandler):
    """Serves the documents, and the look of the frame."""

    def __init__(self, served: Served, *args: object) -> None:
        self.served = served
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """One document."""
        self.served.asked.append(self.path)
        self.served.as_what[self.path] = self.headers.get("Sec-Fetch-Dest", "")
        policy, document = self.served.documents.get(self.path, ("", ""))
        kind, body = "text/html; charset=utf-8", document.encode("utf-8", "replace")
        if self.path == "/static/frame.css":
            kind, body = "text/css", (LOOK / "frame.css").read_bytes()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("X-Content-Type-Options", "nosniff")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    told = Served()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, told))
    told.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()


@pytest.fixture(scope="module")
def hostile(shared: Path) -> dict[str, str]:
    return attacks(shared)


@pytest.fixture(scope="module")
def shared() -> Path:
    """The corpora, for all tests of this file."""
    from tests.conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    return SHARED


@dataclass
class Watched:
    """A page under watch: what left the machine, and which dialogs and pages came up."""

    page: Page
    left: list[str] = field(default_factory=list)
    up: list[str] = field(default_factory=list)


def watched(browser: Browser, served: Served) -> Watched:
    """A new page; whatever it asks for elsewhere is written down and refused."""
    context = browser.new_context()
    found = Watched(context.new_page())

    def elsewhere(route: Route) -> None:
        found.left.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith((served.address, "data:", "blob:", "about:")), elsewhere)
    context.on("page", lambda page: found.up.append(page.url))
    context.on("dialog", lambda dialog: (found.up.append(dialog.message), dialog.dismiss()))
    served.asked.clear()
    return found


def framed(documents: dict[str, str], sandbox: str) -> str:
    """A page of ours with each of these in a frame."""
    frames = "".join(f'<iframe src="{path}" sandbox="{sandbox}" width=300 height=80></iframe>' for path in documents)
    return f"<!doctype html><title>Ours</title><body><h1 id=ours>Ours</h1>{frames}</body>"


def opened(browser: Browser, served: Served, documents: dict[str, str], policy: str, sandbox: str) -> Watched:
    """The host page with these documents in its frames, some at once; it stays what it was."""
    found = watched(browser, served)
    served.documents = {"/host": (CONTENT_SECURITY_POLICY, framed({}, sandbox))}
    found.page.goto(f"{served.address}/host")
    stood = found.page.locator("#ours").bounding_box()  # letters are not as high on each machine
    assert stood
    served.asked.clear()
    names = list(documents)
    for begin in range(0, len(names), AT_ONCE):
        some = {name: documents[name] for name in names[begin : begin + AT_ONCE]}
        served.documents = {path: (policy, html) for path, html in some.items()}
        served.documents["/host"] = (CONTENT_SECURITY_POLICY, framed(some, sandbox))
        found.page.goto(f"{served.address}/host", wait_until="domcontentloaded")  # some attacks never end loading
        found.page.wait_for_timeout(1_500)  # for what comes of timers and refreshing
        assert found.page.url == f"{served.address}/host"
        assert found.page.title() == "Ours"
        assert found.page.locator("#ours").bounding_box() == stood
    return found


def as_shown(html: str) -> str:
    """A mail of this markup as the frame gets it."""
    page = clean_mail(
        HEAD.encode() + b"Content-Type: text/html; charset=utf-8\n\n" + html.encode("utf-8", "replace")
    ).page
    assert page is not None
    assert page.formatted is not None
    return page.formatted.html


def in_the_frame(cleaned: str) -> str:
    """The document of the frame."""
    return environment().get_template("frame.html").render(cleaned="HERE").replace("HERE", cleaned)


def test_what_is_shown_of_an_attack_does_nothing(browser: Browser, served: Served, hostile: dict[str, str]) -> None:
    assert len(hostile) > 150
    together = "".join(f"<section>{as_shown(html)}</section>" for html in hostile.values())
    found = opened(browser, served, {"/mail": in_the_frame(WATCH + together)}, FRAMED_MAIL_POLICY, FRAMED_MAIL_SANDBOX)
    assert found.left == found.up == []
    assert set(served.asked) == {"/host", "/mail", "/static/frame.css"}
    found.page.context.close()


def test_the_cleaning_alone_holds(browser: Browser, served: Served, hostile: dict[str, str]) -> None:
    """Without frame, sandbox or policy: the cleaned markup in a page that may run anything."""
    together = "".join(f"<section>{as_shown(html)}</section>" for html in hostile.values())
    served.documents = {"/bare": ("", f"<!doctype html><title>Ours</title>{WATCH}{together}")}
    found = watched(browser, served)
    found.page.goto(f"{served.address}/bare", wait_until="load")
    found.page.wait_for_timeout(400)
    assert served.asked == ["/bare", "/watching"]
    assert found.left == found.up == []
    assert found.page.url == f"{served.address}/bare"
    assert found.page.title() == "Ours"
    assert found.page.evaluate(f"document.querySelectorAll('section :is({FORBIDDEN})').length") == 0
    assert (
        found.page.evaluate(
            "[...document.querySelectorAll('section *')].flatMap(one => [...one.attributes]).filter(one =>"
            " one.name.startsWith('on') || (['href', 'src'].includes(one.name)"
            " && !/^(https?:|mailto:|data:image)/i.test(one.value))).map(one => one.name + '=' + one.value)"
        )
        == []
    )
    assert (
        found.page.evaluate(
            "[...document.querySelectorAll('section *')].filter(one =>"
            " getComputedStyle(one).position !== 'static' || getComputedStyle(one).backgroundImage !== 'none').length"
        )
        == 0
    )
    found.page.context.close()


def test_the_frame_alone_holds(browser: Browser, served: Served, hostile: dict[str, str]) -> None:
    """Attacks as they came, not cleaned, each in its frame under the policy."""
    some = list(hostile.values())[:: 1 if os.environ.get("RAPPORT_ACCEPT") else 8]
    documents = {f"/raw/{number}": WATCH + html for number, html in enumerate(some)}
    found = opened(browser, served, documents, FRAMED_MAIL_POLICY, FRAMED_MAIL_SANDBOX)
    assert found.left == found.up == []
    besides = set(served.asked) - {"/host", *documents}
    assert {served.as_what[path] for path in besides} <= {"style"}  # of our own, which the policy lets through
    found.page.context.close()


def test_with_neither_attacks_succeed(browser: Browser, served: Served, hostile: dict[str, str]) -> None:
    """Or the tests above would prove nothing."""
    some = [html for name, html in hostile.items() if name.startswith("dompurify") and "alert(" in html][:40]
    documents = {f"/raw/{number}": WATCH + html for number, html in enumerate(some)}
    found = opened(browser, served, documents, "", "allow-scripts")
    for _ in range(50):
        if len(ran := {path for path in served.asked if path.startswith("/ran/")}) >= 5:
            break
        found.page.wait_for_timeout(200)
    print(len(ran), found.left)
    assert len(ran) >= 5
    found.page.context.close()
