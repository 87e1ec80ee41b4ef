"""Every trouble as one shape, RFC 9457: what happened, in a sentence that says what to do, and a code for programs."""

from __future__ import annotations

import math
import secrets
import traceback
from collections.abc import Iterable, Mapping
from datetime import timedelta
from http import HTTPStatus
from logging import getLogger
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field
from pydantic_core import to_json

from rapport.doors.operations.catalogue import not_understood
from rapport.doors.operations.packing import no_room, too_many_files
from rapport.doors.operations.slips import what_is_wrong
from rapport.kit.trouble import Trouble, Unavailable

MEDIA_TYPE = "application/problem+json"
logger = getLogger(__name__)


class Problem(Schema):
    """What every answer from 400 on looks like."""

    type: str = Field(description="urn:rapport:problem:<code>")
    title: str
    status: int
    detail: str = Field(description="One sentence for people.")
    code: str = Field(description="Stays the same in every language and version.")
    fields: dict[str, Any] = Field(description="What the trouble is about; of wrong input, what is wrong with which.")


class Unknown(Trouble):
    """Nobody we know asks."""

    status = 401


class Refused(Trouble):
    """A request that cannot be read; `status` says why."""

    def __init__(self, status: int, sentence: str, code: str, **fields: object) -> None:
        super().__init__(sentence, code, **fields)
        self.status = status


class TooOften(Trouble):
    """Tried too often; after `wait` it is looked at again."""

    status = 429

    def __init__(self, sentence: str, wait: timedelta) -> None:
        super().__init__(sentence, code="too-often")
        self.wait = wait


def told(request: HttpRequest, fault: Exception) -> HttpResponse:
    """The answer that tells a program about a fault; one of ours is logged, without what was sent."""
    trouble = fault if isinstance(fault, Trouble) else _expected(fault) or _ours(request, fault)
    answer = problem(trouble.status, trouble.sentence, trouble.code, trouble.fields)
    if isinstance(trouble, Unknown):
        answer["WWW-Authenticate"] = 'Bearer realm="Rapport"'
    if isinstance(trouble, Unavailable):
        answer["Retry-After"] = "2"
    if isinstance(trouble, TooOften):
        answer["Retry-After"] = str(math.ceil(trouble.wait.total_seconds()))
    return answer


def problem(status: int, sentence: str, code: str, fields: Mapping[str, object] | None = None) -> HttpResponse:
    """A problem as it goes over the wire."""
    said = Problem(
        type=f"urn:rapport:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=sentence,
        code=code,
        fields=dict(fields or {}),
    )
    return HttpResponse(to_json(said.dict(), fallback=str), status=status, content_type=MEDIA_TYPE)


def not_here(request: HttpRequest) -> HttpResponse:
    """An address no operation lives at."""
    return told(request, Http404())


def not_so(refusal: HttpResponseNotAllowed) -> HttpResponse:
    """An operation lives here, but answers another method."""
    answer = problem(405, _("Nothing answers this method here."), "method-not-allowed")
    answer["Allow"] = refusal["Allow"]
    return answer


def _expected(fault: Exception) -> Trouble | None:
    if full := no_room(fault):
        return full
    match fault:
        case ValidationError():
            return not_understood([_wrong(one) for one in fault.errors])
        case HttpError():
            return Refused(fault.status_code, _("The body is not JSON that can be read."), "unreadable")
        case Http404():
            return Refused(404, _("Nothing lives at this address. See /api/docs for what does."), "no-such-address")
        case RequestDataTooBig():
            return Refused(413, _("This is too much for one request."), "too-large")
        case RawPostDataException():
            return Refused(415, _("Send JSON here."), "not-json")
        case TooManyFilesSent():
            return too_many_files()
        case UnreadablePostError() | SuspiciousOperation() | MultiPartParserError():
            return Refused(400, _("The request could not be read to its end. Send it again."), "unreadable")
        case OperationalError():
            return Unavailable(_("Somebody else is changing the same. Try again in a moment."), code="busy")
    return None


def _wrong(error: Mapping[str, Any]) -> tuple[str, str]:
    place: Iterable[Any] = error["loc"][1:]  # the first says where it came from: path, query or body
    named = [str(part) for part in place if part != "given"]
    return ".".join(named) or "body", what_is_wrong(error)


def _ours(request: HttpRequest, fault: Exception) -> Trouble:
    # Never its message: that of a database names values of people.
    reference = secrets.token_hex(4)
    where = "".join(traceback.format_tb(fault.__traceback__))
    route = request.resolver_match.route if request.resolver_match else "none"
    logger.error("The API failed: reference=%s route=%s fault=%s\n%s", reference, route, type(fault).__name__, where)
    sentence = _("That is our fault, not yours. Nothing was half done. If you ask for help, quote %(reference)s.")
    return Refused(500, sentence % {"reference": reference}, "broken", reference=reference)
