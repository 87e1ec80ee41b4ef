"""One village, raised once for all tests of this folder, and its mail as the standard library reads it."""

from __future__ import annotations

import email
import mailbox
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import cached_property
from pathlib import Path

import pytest

from rapport.village import Village, raise_village

NOW = datetime(2026, 11, 24, 9, 18, tzinfo=UTC)


class Mail:
    """One message as it was read, with what the tests ask of it."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.message: Message = email.message_from_bytes(raw)
        self.id: str = self.message["Message-ID"]
        self.at: datetime = parsedate_to_datetime(self.message["Date"])
        self.sender = self.addresses("From")[0]

    def __getitem__(self, name: str) -> str | None:
        value = self.message[name]
        return None if value is None else str(value)

    def addresses(self, *names: str) -> list[str]:
        """The addresses in those headers."""
        written = [self[name] or "" for name in names]
        return [address for _, address in getaddresses(written) if address]

    @property
    def is_personal(self) -> bool:
        """Whether a person wrote it, and not through a list."""
        return not (self["Auto-Submitted"] or self["List-Id"])

    @cached_property
    def words(self) -> str:
        """The first readable text, without what is signed or quoted under it."""
        part = next(p for p in self.message.walk() if p.get_content_maintype() == "text")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        return re.split(r"\n-- \n|\n-----Original|\n>|<div class", data.decode(part.get_content_charset() or "ascii"))[
            0
        ]


@dataclass(frozen=True)
class Raised:
    """A village and the mail in each mailbox, by its owner."""

    village: Village
    mail: dict[str, list[Mail]]
    every_mail: list[Mail]

    def path(self, kind: str) -> Path:
        """The first file of that format."""
        return next(file.path for file in self.village.files if file.format == kind)


def read_mailbox(path: Path) -> list[Mail]:
    """All messages of an mbox file."""
    box = mailbox.mbox(path)
    return [Mail(box.get_bytes(key)) for key in box.keys()]  # noqa: SIM118 - a mailbox yields messages, not keys


@pytest.fixture(scope="package")  # not of the session: all that mail would be held to its end
def raised(tmp_path_factory: pytest.TempPathFactory) -> Raised:
    """The whole village, as a newcomer gets it."""
    village = raise_village(tmp_path_factory.mktemp("village"), NOW)
    mail = {file.owner: read_mailbox(file.path) for file in village.files if file.format == "mbox"}
    once = {one.id: one for kept in mail.values() for one in kept}
    return Raised(village, mail, list(once.values()))
