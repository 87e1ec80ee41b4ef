"""A maildir: its `cur` and `new` folders and those of its subfolders, in a steady order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_SUBFOLDERS = ("cur", "new")
_DELIVERED = re.compile(r"\d+\.[^/]+$")


def is_maildir(folder: Path) -> bool:
    """Whether a folder is a maildir; one without mail has `cur` and `new` none the less."""
    return all((folder / name).is_dir() for name in _SUBFOLDERS)


def is_delivered(path: str) -> bool:
    """Whether a path names a mail in a maildir: `cur/1035478339.27041_118.host:2,S`."""
    folder, _, name = path.replace("\\", "/").rpartition("/")
    return folder.rpartition("/")[2] in _SUBFOLDERS and bool(_DELIVERED.match(name))


def mails_of(folder: Path) -> Iterator[Path]:
    """The files of all mails in the maildir and its `.Sub.Folders`; what is being delivered (`tmp`) is left alone."""
    places = [folder, *sorted(sub for sub in folder.glob(".*") if sub.is_dir() and not sub.is_symlink())]
    for place in places:
        for name in _SUBFOLDERS:
            if (place / name).is_dir():
                yield from sorted(path for path in (place / name).iterdir() if path.is_file() and not path.is_symlink())
