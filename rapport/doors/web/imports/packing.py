"""A folder of many files laid together before the transaction begins: what that takes, nobody else waits for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.channels.files import Laid
from rapport.channels.packing import packed
from rapport.channels.receiving import content_of
from rapport.interactions.imports import MOST_APART, GivenFile, import_name


def files_of(request: HttpRequest) -> list[GivenFile]:
    """The files that were sent, as they lie on disk: none is held in memory. A dropped folder says their paths."""
    files = request.FILES.getlist("files")
    paths = request.POST.getlist("paths")  # a browser sends bare names otherwise
    names = paths if len(paths) == len(files) else [one.name or _("without a name") for one in files]
    return [GivenFile(name, content_of(one)) for name, one in zip(names, files, strict=True)]


def pack_many(request: HttpRequest) -> None:
    """Put one file in the place of many that were sent."""
    if request.method != "POST" or len(sent := request.FILES.getlist("files")) <= MOST_APART:
        return
    given = files_of(request)
    whole = _laid_down(import_name([one.name for one in given]), packed((one.name, one.chunks) for one in given))
    request.FILES.setlist("files", [whole])
    for file in sent:
        file.close()  # which takes it off the disk


def _laid_down(name: str, chunks: Iterable[bytes]) -> TemporaryUploadedFile:
    """A file as if it had been sent: in the store, hashed and synced, gone when the request ends."""
    file, digest = TemporaryUploadedFile(name, "application/x-tar", 0, None), hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    file.size = file.tell()
    file.laid = Laid(Path(file.temporary_file_path()), digest.hexdigest(), file.size)  # type: ignore[attr-defined]
    return file
