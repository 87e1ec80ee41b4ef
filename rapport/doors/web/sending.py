"""A form sent twice does once what it asks: by a double click, by a browser that tries again, by going back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.accounts.models import RememberedAnswer
from rapport.accounts.remembering import claim, remember
from rapport.channels.files import Laid
from rapport.channels.receiving import content_of

from .answering import TOAST, go_to
from .entering import WebRequest
from .jinja import ONCE

LONGEST = 60

View = Callable[..., HttpResponse]


def sent_once(view: View) -> View:
    """A view whose form carries `once()`. What is sent again as it was leads where it led, and does nothing."""

    @wraps(view)
    def serve(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get(ONCE, "")
        if request.method != "POST" or not 0 < len(token) <= LONGEST:
            return view(request, *args, **kwargs)
        row, is_new = claim(request.visit.viewer, _key(request, token), "", request.visit.now)
        if not is_new:
            return _again(request, row)
        answer = view(request, *args, **kwargs)
        remember(row, answer.status_code, json.dumps([answer.get("Location", ""), request.session.get(TOAST)]))
        return answer

    return serve


def _key(request: WebRequest, token: str) -> str:
    """The form as it was filled in: a page that stays open may send another sentence from the same form."""
    said = request.POST.copy()
    said.pop("csrfmiddlewaretoken", None)
    filled_in = hashlib.sha256(f"{request.path}?{said.urlencode()}".encode())
    for field, files in sorted(request.FILES.lists()):
        for file in files:
            filled_in.update(f"{field}:{file.name}:{_digest_of(file)}".encode())
    return f"form:{token}:{filled_in.hexdigest()}"


def _digest_of(file: UploadedFile[Any]) -> str:
    """Of what is in a file; it was taken while it came in."""
    content = content_of(file)
    return content.digest if isinstance(content, Laid) else hashlib.sha256(b"".join(content)).hexdigest()


def _again(request: WebRequest, row: RememberedAnswer) -> HttpResponse:
    address, toast = json.loads(row.body or '["", null]')
    if not address:  # the answer was a page with a secret on it, which is shown once
        return go_to(request, request.path, _("That came twice. It was done once."))
    if toast:
        request.session[TOAST] = toast
    return go_to(request, address)
