"""The files of a form, by their names: those of a folder with the paths they have in it."""

from __future__ import annotations

import json

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.channels.receiving import content_of
from rapport.doors.operations.packing import pack_many
from rapport.interactions.imports import GivenFile
from rapport.kit.text import db_text

LONGEST = 1000


def files_of(request: HttpRequest) -> list[GivenFile]:
    """The files that were sent, as they lie on disk: none is held in memory."""
    files = request.FILES.getlist("files")
    return [GivenFile(name, content_of(one)) for name, one in zip(_names(request), files, strict=True)]


def pack_sent(request: HttpRequest) -> None:
    """Lay many files together, each under its path."""
    if request.method == "POST":
        pack_many(request, _names(request))


def _names(request: HttpRequest) -> list[str]:
    """A browser sends bare names; the page says the paths beside them, by which a maildir is known."""
    files = request.FILES.getlist("files")
    bare = [one.name or _("without a name") for one in files]
    paths = _paths(request.POST.get("paths", ""))
    if len(paths) != len(bare):
        return bare
    return [db_text(path, LONGEST) or name for path, name in zip(paths, bare, strict=True)]


def _paths(said: str) -> list[str]:
    """The paths in a list of JSON. One field for all: a thousand fields are refused, and rightly."""
    try:
        paths = json.loads(said)
    except (ValueError, RecursionError):
        return []
    return paths if isinstance(paths, list) and all(isinstance(path, str) for path in paths) else []
