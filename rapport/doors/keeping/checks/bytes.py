"""The bytes as they came: each raw item and stored file still has the hash it is known by."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from rapport.channels.files import CHUNK, digest_in, names_in, path_of

from ..findings import Finding, finding
from ..snapshot import Connection, stored_of

AT_A_TIME = 100


def check_bytes(connection: Connection, files_folder: Path) -> Iterator[Finding]:
    """Bytes that changed, files that rows name in vain, and files no row names."""
    named = set(stored_of(connection))
    there = set(names_in(files_folder))
    yield from finding("raw-changed", _("The bytes of an item are not those that came."), _changed_rows(connection))
    yield from finding(
        "file-changed",
        _("A stored file is not what came. Take it from a backup."),
        [name for name in sorted(named & there) if _sha256(path_of(files_folder, name)) != digest_in(name)],
    )
    yield from finding("file-missing", _("A stored file is gone. Take it from a backup."), sorted(named - there))
    yield from finding(
        "file-unnamed",
        _("A file in the store belongs to nothing any more; it may be deleted."),
        # Bytes are stored before the row that names them: only what is older than this look is judged.
        sorted(name for name in there - named if _is_old(connection, path_of(files_folder, name))),
    )


def _changed_rows(connection: Connection) -> list[str]:
    changed = []
    with connection.cursor("raw_items", binary=True) as cursor:
        cursor.itersize = AT_A_TIME
        cursor.execute("SELECT id::text, digest, size, body FROM raw_item WHERE body IS NOT NULL")
        for item, digest, size, body in cursor:
            if not _holds(bytes(digest), int(size), bytes(body)):  # type: ignore[arg-type]
                changed.append(item)
    return changed


def _holds(digest: bytes, size: int, packed: bytes) -> bool:
    try:
        body = zlib.decompress(packed)
    except zlib.error:
        return False
    return len(body) == size and hashlib.sha256(body).digest() == digest


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _is_old(connection: Connection, path: Path) -> bool:
    row = connection.execute("SELECT extract(epoch FROM now()) - %s > 3600", [path.stat().st_mtime]).fetchone()
    return bool(row and row[0])
