"""A tar read as a stream, that tells when it is damaged: the library ends in silence, and members were lost unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from tarfile import BLOCKSIZE, EOFHeaderError, HeaderError, ReadError, TarFile, TarInfo  # type: ignore[attr-defined]
from typing import IO, Any, Self

_CHUNK = 1024 * 1024


class Tape(TarFile):
    """A tar of which only one member is known at a time, however many it has."""

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """The name and the bytes of each file in it; ReadError where it is damaged, behind those before."""
        while (member := self.next()) is not None:
            self.members.clear()  # type: ignore[attr-defined]
            if member.isreg() and (file := self.extractfile(member)) is not None:
                yield member.name, file
        self._must_have_ended()

    def _must_have_ended(self) -> None:
        """A wrong size can lead into zeros, which look like the end: behind it nothing else may stand. And where bytes
        went missing, a member may have gone with them.
        """
        assert self.fileobj is not None
        while chunk := self.fileobj.read(_CHUNK):
            if chunk.strip(b"\x00"):
                raise ReadError("there is more behind its end")
        if self.fileobj.tell() % BLOCKSIZE:
            raise ReadError("its last block is not whole")


class _Member(TarInfo):
    @classmethod
    def fromtarfile(cls, tarfile: Any) -> Self:
        """The next one. The library would take a damaged one, or none where the end is cut off, for the end."""
        try:
            return super().fromtarfile(tarfile)
        except EOFHeaderError:
            raise
        except HeaderError as fault:
            raise ReadError(str(fault)) from fault


Tape.tarinfo = _Member
