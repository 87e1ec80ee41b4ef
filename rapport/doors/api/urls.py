"""The addresses of the API. Whatever else begins with /api/ is answered as a problem, not as a page."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from pydantic_core import to_json

from .entering import entered, for_programs
from .problems import not_here
from .reference import reference, style
from .routes import PREFIX, api


def openapi(request: HttpRequest) -> HttpResponse:
    """The whole API as OpenAPI 3.1."""
    return HttpResponse(_openapi(), content_type="application/json")


@cache
def _openapi() -> bytes:
    told = dict(api().get_openapi_schema(path_prefix=PREFIX))
    for methods in told["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                parameter.pop("examples", None)  # ninja's list is none; the schema beside it has them rightly
    return to_json(told, indent=1)


def _operations() -> list[URLPattern]:
    routes, _app, _namespace = api().urls
    return [
        URLPattern(one.pattern, entered(one.callback), name=one.name)
        for one in routes
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("docs", for_programs(reference)),
    path("docs.css", for_programs(style)),
    path("v1/openapi.json", for_programs(openapi)),
    path("v1/", include(_operations())),
    re_path("^", for_programs(not_here)),
]
