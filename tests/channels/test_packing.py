"""Many files as one stream: what goes in comes out as pieces, by name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rapport.channels.files import keep
from rapport.channels.packing import packed
from rapport.channels.reading import pieces_of
from rapport.kit.ids import new_id

MAIL = b"From: ana@here.example\nTo: bo@there.example\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nSubject: %d\n\nHello\n"


def test_a_maildir_dropped_as_a_folder_is_read_mail_by_mail(tmp_path: Path) -> None:
    files = [(f"Mail/cur/17{n}.M1.host:2,S", [MAIL % n]) for n in range(30)]
    name, _size = keep(tmp_path, new_id(), packed(files))
    pieces = list(pieces_of(tmp_path, name, "Mail and 29 more"))
    assert [piece.format for piece in pieces] == ["mail"] * 30
    assert [piece.body for piece in pieces] == [MAIL % n for n in range(30)]


def test_the_same_files_give_the_same_bytes() -> None:
    digests = {hashlib.sha256(b"".join(packed([("a.eml", [MAIL % 1])]))).hexdigest() for _ in range(2)}
    assert len(digests) == 1
