"""The catalogue as an API: one route for each operation, made from what it takes and gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from inspect import Parameter, Signature
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.files import UploadedFile
from ninja.params.functions import Body, File, Form, Path, Query
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo

from rapport import __version__
from rapport.doors.operations.catalogue import Operation, call, cannot_look_back, catalogue, not_understood, written
from rapport.doors.operations.given import Given

from .entering import ApiRequest
from .problems import MEDIA_TYPE, Problem, told
from .remembering import HEADER, once

PREFIX = "/api/v1/"
DESCRIPTION = (
    "How every relationship stands, why, and whom to care for today. Every trouble is problem+json (RFC 9457)."
)
_IN_PATH = re.compile(r"{(\w+)}")


class PersonalKey(HttpBearer):
    """A key made in Settings: `rap_<workspace>_<secret>`."""

    def __call__(self, request: HttpRequest) -> Any:
        """Who it was, as the door found out."""
        return getattr(request, "caller", None)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never asked: the door looked already."""
        return None


class SignedIn(APIKeyCookie):
    """The session of the pages; what changes something also needs a page's token in `X-CSRFToken`."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        """Who it was, as the door found out."""
        return getattr(request, "caller", None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Never asked: the door looked already."""
        return None


@cache
def api() -> NinjaAPI:
    """The API, with a route for each operation."""
    made = NinjaAPI(
        title="Rapport", version=__version__, description=DESCRIPTION, openapi_url=None, docs_url=None,
        urls_namespace="api", auth=[PersonalKey(), SignedIn()],
    )  # fmt: skip
    for operation in catalogue().values():
        made.default_router.add_api_operation(
            operation.path,
            [operation.method],
            view_of(operation),
            response={operation.status: None if operation.carries == "bytes" else operation.gives},
            operation_id=operation.name,
            summary=operation.summary,
            description=operation.run.__doc__ or "",
            tags=[operation.name.partition(".")[0]],
            openapi_extra=_beside(operation),
        )
    for fault in (Exception, Http404, HttpError, ValidationError):
        made.add_exception_handler(fault, told)  # type: ignore[arg-type] # it is never given a class
    return made


def view_of(operation: Operation) -> Callable[..., HttpResponse]:
    """A view whose signature tells ninja what the operation takes, and from where."""
    in_path = _IN_PATH.findall(operation.path)

    def view(request: ApiRequest, **values: Any) -> HttpResponse:
        _must_be_known(operation, request)
        given = _gathered(values)
        viewer = request.caller.viewer

        def do() -> HttpResponse:
            return _given_out(operation, call(operation.name, viewer, "api", given))

        return do() if operation.is_reading else once(request, viewer, do)

    view.__name__ = re.sub(r"\W", "_", operation.name)
    view.__signature__ = _signature(operation, in_path)  # type: ignore[attr-defined]
    return view


def _must_be_known(operation: Operation, request: HttpRequest) -> None:
    """A parameter in the address that nothing here reads is refused: a slip must not pass for a wish."""
    asks = operation.takes.model_fields.keys() - _IN_PATH.findall(operation.path) if _is_in_query(operation) else ()
    unknown = sorted(set(request.GET) - set(asks))
    if "as_of" in unknown:
        raise cannot_look_back()
    if unknown:
        raise not_understood([(name, _("nothing here is called so")) for name in unknown])


def _is_in_query(operation: Operation) -> bool:
    return operation.method in ("GET", "DELETE")


def _signature(operation: Operation, in_path: list[str]) -> Signature:
    """Ids from the path; the rest from the query, from a JSON body, or from a form with files."""
    fields = operation.takes.model_fields
    parameters = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
    parameters += [_parameter(name, fields[name].annotation, Path(...)) for name in in_path]
    rest = {name: field for name, field in fields.items() if name not in in_path and name != "files"}
    if operation.carries == "files":
        parameters.append(_parameter("files", list[UploadedFile], File(..., description="The files.")))
    if rest:
        parameters.append(_parameter("given", _part(operation, rest), _place(operation, rest)))
    return Signature(parameters)


def _parameter(name: str, annotation: Any, place: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=place)


def _place(operation: Operation, fields: dict[str, FieldInfo]) -> Any:
    if operation.carries == "files":
        return Form(...)
    if _is_in_query(operation):
        return Query(...)
    return Body(...) if any(field.is_required() for field in fields.values()) else Body(None)


def _part(operation: Operation, fields: dict[str, FieldInfo]) -> type[BaseModel]:
    """What an operation takes without what is in its path: the same fields with the same rules."""
    chosen: dict[str, Any] = {name: (field.rebuild_annotation(), field) for name, field in fields.items()}
    return create_model(operation.takes.__name__, __base__=Given, __doc__=operation.takes.__doc__, **chosen)


def _gathered(values: dict[str, Any]) -> dict[str, Any]:
    """What the operation takes. Only what was said: what was left out of a change stays as it is."""
    given = values.pop("given", None)
    said = given.model_dump(exclude_unset=True) if given is not None else {}
    if "files" in values:
        values["files"] = [(file.name or "file", file) for file in values["files"]]
    return {**said, **values}


def _given_out(operation: Operation, answer: Any) -> HttpResponse:
    if operation.carries != "bytes":
        body = written(operation.name).dump_json(answer)
        return HttpResponse(body, status=operation.status, content_type="application/json")
    # Whatever it is, a browser must neither show nor run it.
    headers = {
        "Content-Disposition": content_disposition_header(True, answer.name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if missing := getattr(answer, "sentence", ""):
        headers["Rapport-Missing"] = quote(missing, safe=" ,.;:…")  # a header carries ASCII alone
    return HttpResponse(answer.body, content_type="application/octet-stream", headers=headers)


def _beside(operation: Operation) -> dict[str, Any]:
    """What ninja cannot know: the shape of troubles, bytes, and the key that makes asking twice safe."""
    trouble = {"description": "A trouble", "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}
    beside: dict[str, Any] = {"responses": {"default": trouble}}
    if operation.carries == "bytes":
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        beside["responses"][operation.status] = {"content": content}
    if not operation.is_reading:
        said = "Asking again with the same key gives the first answer and does nothing more. Kept for a day."
        schema = {"type": "string", "minLength": 1, "maxLength": 200}
        beside["parameters"] = [
            {"in": "header", "name": HEADER, "required": False, "schema": schema, "description": said}
        ]
    return beside
