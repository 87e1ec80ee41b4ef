"""Faults that no view met, told as the door they came to tells them: a problem to programs, a page to people."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse

from rapport.doors.api.problems import told
from rapport.doors.web import troubles as pages

PROGRAMS = "/api/"


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be taken as it came."""
    return told(request, exception) if request.path.startswith(PROGRAMS) else pages.not_understood(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault outside every view: the database is away, say."""
    fault = sys.exc_info()[1]
    if isinstance(fault, Exception) and request.path.startswith(PROGRAMS):
        return told(request, fault)
    return pages.broken(request)
