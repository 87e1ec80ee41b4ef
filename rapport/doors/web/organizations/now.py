"""Pages of organizations know only today."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ..answering import go_to
from ..entering import WebRequest

View = Callable[..., HttpResponse]


def told_as_of_now(view: View) -> View:
    """A page that, asked of an earlier day, says so and shows today."""

    @wraps(view)
    def serve(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.visit.as_of is not None:
            return go_to(request, request.path, _("Organizations are told as they are now, not as of another day."))
        return view(request, *args, **kwargs)

    return serve
