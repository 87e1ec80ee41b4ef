"""How this door answers: a page, one block of it, or the way to another page with a word about what just happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header
from jinja2 import Environment
from markupsafe import Markup

from .jinja import fragment_html, page_html
from .pages.shell import Face, Shell, Toast
from .protecting import FOREIGN_FILE_POLICY

TOAST = "toast"  # the key in the session


def page(template: str, shell: Shell, value: object, status: int = 200) -> HttpResponse:
    """A whole page."""
    return HttpResponse(page_html(_environment(), template, shell, value), status=status)


def fragment(template: str, block: str, shell: Shell, value: object) -> HttpResponse:
    """One block of a page, for a page that is open already."""
    return HttpResponse(fragment_html(_environment(), template, block, shell, value))


def document(template: str, **values: str) -> HttpResponse:
    """A document without anything around it. The values are HTML that was made safe."""
    safe = {name: Markup(value) for name, value in values.items()}  # noqa: S704 (cleaned by the caller)
    return HttpResponse(_environment().get_template(template).render(**safe))


def kept_file(name: str, body: bytes, kind: str = "application/octet-stream") -> HttpResponse:
    """A file of what somebody else made, to be kept: a browser neither shows nor runs it."""
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = FOREIGN_FILE_POLICY
    return response


class _Afterwards(HttpResponse):
    """An answer still to be made. Django renders what can `render` when the view, and its transaction, are over."""

    def __init__(self, make: Callable[[], HttpResponse]) -> None:
        super().__init__()
        self._make = make

    def render(self) -> HttpResponse:
        """The answer itself."""
        return self._make()


def afterwards(make: Callable[[], HttpResponse]) -> HttpResponse:
    """An answer that takes a while, made when the transaction has ended: whatever it needs was read before."""
    return _Afterwards(make)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a part of an open page asks; a boosted link asks for a whole one."""
    asks = request.headers.get
    return bool(asks("HX-Request")) and not asks("HX-Boosted") and not asks("HX-History-Restore-Request")


def go_to(request: HttpRequest, address: str, said: str = "", undo: UUID | None = None) -> HttpResponse:
    """After something was done: to a page of ours, which says what was done and how to take it back."""
    if said:
        say_later(request, said, undo)
    return HttpResponse(status=303, headers={"Location": iri_to_uri(address)})


def say_later(request: HttpRequest, said: str, undo: UUID | None = None) -> None:
    """Something the next page says, once."""
    request.session[TOAST] = [said, str(undo) if undo else None]


def take_toast(request: HttpRequest) -> Toast | None:
    """What the page before wanted said, once."""
    kept = request.session.pop(TOAST, None)
    return Toast(kept[0], kept[1]) if kept else None


def lobby(request: HttpRequest) -> Shell:
    """What surrounds a page of somebody who is nowhere yet. Asks the database nothing: troubles are told with it."""
    return Shell(
        viewer=Face(name="", seed=""),
        workspace="",
        csrf=get_token(request),
        language=translation.get_language() or "en",
        direction="rtl" if translation.get_language_bidi() else "ltr",
    )


def _environment() -> Environment:
    return cast(Jinja2, engines["jinja2"]).env
