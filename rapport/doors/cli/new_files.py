"""Files the command line writes for somebody: never over another, and nobody else's to read."""

from __future__ import annotations

import os
from pathlib import Path

from rapport.kit.trouble import Trouble

from .words import _


def must_be_new(path: Path) -> None:
    """Trouble where something has this name already."""
    if path.exists():
        raise _exists(path)


def write_new(path: Path, body: bytes) -> None:
    """A file for its owner's eyes only, from its first byte on; Trouble where something has its name by now."""
    try:
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise _exists(path) from None
    with os.fdopen(target, "wb") as file:
        file.write(body)


def _exists(path: Path) -> Trouble:
    return Trouble(_("%(path)s exists already. Choose another name.") % {"path": path}, code="file-exists")
