"""Files that are sent: streamed onto the disk of the store and hashed on the way, and never more than fits."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext as _

from rapport.kit.failpoints import failpoint
from rapport.kit.trouble import Trouble

from .files import CHUNK, UPLOAD, Laid, room_left

ALWAYS_FREE = 2_000_000_000  # bytes of the disk: the database stops when it is full


class TooMuch(Trouble):
    """More than may be sent at once."""

    status = 413


def most_at_once() -> int:
    """How many bytes may be sent now: as set, and never so many that the disk fills up."""
    return max(0, min(settings.UPLOAD_AT_MOST, room_left(settings.HOUSE.files_folder) - ALWAYS_FREE))


def refuse_too_much(content_length: str | None) -> None:
    """TooMuch where a request announces more than there is room for; nothing of it has been read yet."""
    announced = int(content_length) if content_length and content_length.isdecimal() else 0
    if announced <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return
    most = most_at_once()
    if announced > most:
        raise TooMuch(too_much_sentence(most), code="upload-too-large", most=most)


def too_much_sentence(most: int) -> str:
    """Why it was not taken, and what to do instead."""
    if most < settings.UPLOAD_AT_MOST:
        return _("This is more than the disk has room for. Free some space, or send less at once.")
    return _("This is more than can be sent at once (%(most)d GB). Send it in parts, or use: rapport import FILE") % {
        "most": most / 1e9
    }


def too_many_sentence() -> str:
    """How many files may be sent at once, and what to do with more."""
    return _("More than %(most)d files cannot be sent at once. Send them in parts, or use: rapport import FOLDER") % {
        "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES
    }


class Received(UploadedFile):  # type: ignore[type-arg] # it takes none when it runs
    """A file that was sent: on the disk and closed, for a folder holds more of them than a process may have open."""

    def __init__(self, laid: Laid, name: str, content_type: str = "", charset: str | None = None) -> None:
        super().__init__(None, name, content_type, laid.size, charset)
        self.laid = laid

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Its bytes."""
        return iter(self.laid)

    def close(self) -> None:
        """Take it off the disk."""
        self.laid.path.unlink(missing_ok=True)


def laid_down(name: str, chunks: Iterable[bytes]) -> Received:
    """A file of ours as if it had been sent."""
    digest = hashlib.sha256()
    with NamedTemporaryFile(suffix=UPLOAD, dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
        return Received(_laid(file, digest.hexdigest()), name, "application/x-tar")


def _laid(file: Any, digest: str) -> Laid:
    """What a temporary file holds, synced, under a name that stays when the file is closed."""
    file.flush()
    os.fsync(file.fileno())
    failpoint("upload.after_sync")
    path = Path(settings.FILE_UPLOAD_TEMP_DIR) / f"{uuid4().hex}{UPLOAD}"
    os.link(file.name, path)
    failpoint("upload.after_link")
    return Laid(path, digest, path.stat().st_size)


class Receiving(TemporaryFileUploadHandler):
    """Django's upload handler that takes the hash of what passes: it need not be read again, nor copied."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: Mapping[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Before anything is read."""
        refuse_too_much(str(content_length))

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it came."""
        self._digest.update(raw_data)
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self.file.close()  # off a disk that is full, at once: what else is to be written needs the room
            raise

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """It is whole, and stays so if the power fails. No transaction waits for this."""
        file = super().file_complete(file_size)
        if not isinstance(file, TemporaryUploadedFile):
            return file
        laid = _laid(file.file, self._digest.hexdigest())
        file.close()
        return Received(laid, file.name or "", file.content_type or "", file.charset)


def content_of(file: Any) -> Iterable[bytes]:
    """The bytes of a file that was sent, as they lie on the disk where they do."""
    if isinstance(file, Received):
        return file.laid
    return file.chunks(CHUNK) if isinstance(file, UploadedFile) else file
