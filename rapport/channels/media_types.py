"""The media type of a file by its name, the same on every machine: what the system knows beside is not asked."""

from __future__ import annotations

from mimetypes import MimeTypes

UNKNOWN = "application/octet-stream"
_KNOWN = MimeTypes()


def media_type_of(name: str) -> str:
    """What a file of this name most likely is."""
    return _KNOWN.guess_type(name)[0] or UNKNOWN
