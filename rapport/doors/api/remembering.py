"""Asking twice with one Idempotency-Key: the second time gives the first answer, and does nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.models import RememberedAnswer
from rapport.accounts.remembering import claim, remember
from rapport.kit import clock

from .problems import Refused

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST = 200


def once(request: HttpRequest, viewer: Viewer, do: Callable[[], HttpResponse]) -> HttpResponse:
    """What `do` answers, or what it answered before. In the transaction of `do`: a trouble leaves no memory of it."""
    key = request.headers.get(HEADER)
    if key is None:
        return do()
    if not 0 < len(key) <= LONGEST:
        raise Refused(400, _("An Idempotency-Key has 1 to 200 characters."), "bad-idempotency-key")
    row, is_new = claim(viewer, key, _hash_of(request), clock.now())
    if not is_new:
        return _again(row, _hash_of(request))
    answer = do()
    remember(row, answer.status_code, answer.content.decode())
    return answer


def _again(row: RememberedAnswer, request_hash: str) -> HttpResponse:
    if row.request_hash != request_hash:
        sentence = _("This Idempotency-Key was used for another request. Take a new one for each.")
        raise Refused(422, sentence, "idempotency-key-used")
    return HttpResponse(row.body, status=row.status, content_type="application/json", headers={REPLAYED: "true"})


def _hash_of(request: HttpRequest) -> str:
    """What makes a request the same: method, address and content. Not the borders between the parts of an upload."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    digest.update(request.POST.urlencode().encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            digest.update(f"\n{name} {file.name} {content.hexdigest()}".encode())
    return digest.hexdigest()
