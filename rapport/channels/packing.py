"""Many small files as one stream, so that thousands are read in batches like one large one."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile, TemporaryFile

from .files import CHUNK

IN_MEMORY = 4 << 20


def packed(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """A tar of these names and bytes, without owners and times: the same files give the same bytes."""
    with TemporaryFile() as pack:
        with tarfile.open(fileobj=pack, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name, chunks in files:
                _add(archive, name, chunks)
        pack.seek(0)
        while chunk := pack.read(CHUNK):
            yield chunk


def _add(archive: tarfile.TarFile, name: str, chunks: Iterable[bytes]) -> None:
    # A tar says the size before the bytes, so they are laid aside first.
    with SpooledTemporaryFile(IN_MEMORY) as aside:
        for chunk in chunks:
            aside.write(chunk)
        member = tarfile.TarInfo(name.lstrip("/") or "file")
        member.size = aside.tell()
        aside.seek(0)
        archive.addfile(member, aside)
