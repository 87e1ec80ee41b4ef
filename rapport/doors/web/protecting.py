"""What every answer of this door carries so that a browser protects its reader."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .jinja import CONTENT_SECURITY_POLICY, FRAMED_MAIL_SANDBOX

PAGE_POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'self'", "frame-ancestors 'none'; object-src 'none'")
# A mail is a document of its own: no script, no form, nothing fetched from elsewhere, and only our own pages frame it.
FRAMED_MAIL_POLICY = "; ".join(
    [
        f"sandbox {FRAMED_MAIL_SANDBOX}",
        "default-src 'none'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)
# What somebody else made is kept, not shown; where a browser shows it all the same, nothing in it runs.
FOREIGN_FILE_POLICY = "default-src 'none'; sandbox"
# A framed mail comes from nowhere (`sandbox`), so its one stylesheet is "elsewhere" to it.
FRAMED_MAIL_STYLE = "/static/frame.css"
UNSPOKEN_ADDRESSES = "/link/"  # whoever knows one may sign in with it: no log names it
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",  # static files say themselves how long they may be kept
}


class Protecting:
    """Middleware, the outermost: a header an inner one has set stays as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, protected."""
        response = self.get_response(request)
        if request.path == FRAMED_MAIL_STYLE:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        if request.path.startswith(UNSPOKEN_ADDRESSES):
            response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write the address down
        return response
