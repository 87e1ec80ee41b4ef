"""Raw items: the bytes as they came, kept once, given back byte for byte."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import current_workspace
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import new_ids

from .files import keep, path_of
from .models import RawItem

IN_A_ROW = 1 << 20  # larger ones are files
WORTH_PACKING = 256  # bytes: of the row of a table a tenth would be saved, and it takes longer than reading the row


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes with the format they were recognised as."""

    format: str
    body: bytes


class Ready(NamedTuple):
    """Bytes as they are kept: their identity within a workspace (SHA-256), and they packed, None where they become a
    file.
    """

    format: str
    body: bytes
    digest: bytes
    packed: bytes | None


class Kept(NamedTuple):
    """Where the bytes are kept, and whether they were new."""

    id: UUID
    is_new: bool


def ready(format: str, body: bytes) -> Ready:
    """Made ready to be kept, which takes a while and no database."""
    packed = None if len(body) > IN_A_ROW else zlib.compress(body, 1 if len(body) > WORTH_PACKING else 0)
    return Ready(format, body, hashlib.sha256(body).digest(), packed)


def keep_raw(items: Sequence[Raw], files_folder: Path, now: datetime) -> list[Kept]:
    """Store these bytes, each once in the workspace, in the current transaction; in the order given."""
    return keep_ready([ready(item.format, item.body) for item in items], files_folder, now)


def keep_ready(items: Sequence[Ready], files_folder: Path, now: datetime) -> list[Kept]:
    """Store what was made ready, each once in the workspace, in the current transaction; in the order given."""
    if not items:
        return []
    digests = [item.digest for item in items]
    known = _known(digests)
    fresh = {digest: item for digest, item in zip(digests, items, strict=True) if digest not in known}
    made = dict(zip(fresh, new_ids(len(fresh)), strict=True))
    _insert(made, fresh, files_folder, now)
    ids = known | made
    seen: set[bytes] = set()
    kept = []
    for digest in digests:
        kept.append(Kept(ids[digest], digest in made and digest not in seen))
        seen.add(digest)
    return kept


def bytes_of(item: RawItem, files_folder: Path) -> bytes:
    """The bytes as they came."""
    if item.body is not None:
        return zlib.decompress(bytes(item.body))
    return path_of(files_folder, item.stored_as).read_bytes()


def _known(digests: Sequence[bytes]) -> dict[bytes, UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, id FROM raw_item WHERE digest = ANY(%s)", [list(digests)])
        return {bytes(digest): item for digest, item in cursor.fetchall()}


def _insert(made: dict[bytes, UUID], fresh: dict[bytes, Ready], files_folder: Path, now: datetime) -> None:
    if not made:
        return
    workspace_id = current_workspace()
    large = {
        digest: keep(files_folder, workspace_id, [item.body])[0]
        for digest, item in fresh.items()
        if item.packed is None
    }
    failpoint("raw.after_files")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO raw_item (workspace_id, id, digest, format, size, body, stored_as, came_at) "
            "SELECT %s, u.id, u.digest, u.format, u.size, u.body, u.stored_as, %s "
            "FROM unnest(%s::uuid[], %s::bytea[], %s::text[], %s::bigint[], %s::bytea[], %s::text[])"
            " AS u(id, digest, format, size, body, stored_as)",
            [
                workspace_id,
                now,
                list(made.values()),
                list(made),
                [item.format for item in fresh.values()],
                [len(item.body) for item in fresh.values()],
                [item.packed for item in fresh.values()],
                [large.get(digest, "") for digest in fresh],
            ],
        )
    failpoint("raw.after_rows")
