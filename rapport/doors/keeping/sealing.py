"""A sealed file: a plain tar whose last member is the SHA-256 of every byte before it. No byte of it changes unseen."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from rapport.kit.trouble import Trouble

SEAL = "seal.sha256"
CHUNK = 1 << 20


class Damaged(Trouble):
    """This file is not what was written."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a member is known by."""

    name: str
    size: int
    sha256: str


class Sealing:
    """Writes members one after the other into a file open for writing, then the seal."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = _Hashing(file)
        self.members: list[Member] = []

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """One member; ValueError where the source is shorter than it said."""
        self._file.write(_header(name, size))
        digest = hashlib.sha256()
        left = size
        while left:
            chunk = source.read(min(CHUNK, left))
            if not chunk:
                raise ValueError(f"{name} is shorter than {size} bytes")
            digest.update(chunk)
            self._file.write(chunk)
            left -= len(chunk)
        self._file.write(_padding(size))
        self.members.append(Member(name, size, digest.hexdigest()))

    def add_bytes(self, name: str, body: bytes) -> None:
        """One small member."""
        self.add(name, io.BytesIO(body), len(body))

    def seal(self) -> None:
        """The end: nothing can be added after it."""
        self._file.write(_end(self._file.hexdigest()))


def check_seal(path: Path) -> None:
    """Damaged where the file was cut, changed or is something else."""
    length = path.stat().st_size - len(_end("0" * 64))
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if not file.read(512)[257:262] == b"ustar":
            raise Damaged(_("%(path)s is not a backup of Rapport.") % {"path": path}, code="not-a-backup")
        file.seek(0)
        left = max(length, 0)
        while left and (chunk := file.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
        end = file.read()
    if end == _end(digest.hexdigest()):
        return
    if SEAL.encode() not in end[:512]:
        raise Damaged(
            _("%(path)s is cut: its end is missing. Copy it again from where it came, or take an earlier backup.")
            % {"path": path},
            code="backup-cut",
        )
    raise Damaged(
        _("%(path)s has changed since it was written. Copy it again from where it came, or take an earlier backup.")
        % {"path": path},
        code="backup-changed",
    )


def members_of(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each member with its bytes to be read now; the seal is left out. The file was checked before."""
    with tarfile.open(path, "r:") as archive:
        for entry in archive:
            file = archive.extractfile(entry)
            if entry.name != SEAL and file is not None:
                yield entry.name, file


def _header(name: str, size: int) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry.tobuf(tarfile.USTAR_FORMAT if size < 8 << 30 else tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return b"\0" * (-size % tarfile.BLOCKSIZE)


def _end(digest: str) -> bytes:
    body = f"{digest}\n".encode()
    return _header(SEAL, len(body)) + body + _padding(len(body)) + b"\0" * (2 * tarfile.BLOCKSIZE)


class _Hashing:
    """A file that remembers the hash of all that went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        self._digest.update(chunk)
        self._file.write(chunk)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()
