"""Imports as a person makes them, on the real database, and all that they left there. Not a test itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

from rapport.accounts.access import Viewer
from rapport.channels.models import ImportFile, ImportItem
from rapport.channels.raw import bytes_of
from rapport.channels.reading import Piece, pieces_of
from rapport.doors.operations.handing_over import hand_over
from rapport.interactions.import_progress import Progress, progress_of
from rapport.interactions.imports import run_import
from rapport.relationships.refresh import read_on
from tests.faults.outcome import QUERIES

# What may differ between a first and a second import: the imports themselves.
OF_THE_IMPORT = {"files", "import items", "imports", "journal", "members"}


def import_all(viewer: Viewer, paths: Sequence[Path], home_addresses: Sequence[str] = ()) -> Progress:
    """Hand these files and folders over, read them to the end, judge; how it ended."""
    import_id, _journal = hand_over(viewer, paths, home_addresses, settings.HOUSE.files_folder)
    assert run_import(viewer.workspace_id, import_id, settings.HOUSE.files_folder, read_on)
    done = progress_of(viewer, import_id)
    assert done.state == "done"
    return done


def everything() -> dict[str, list[str]]:
    """Every row of the workspace that comes of imports, in words without ids, as sorted lines."""
    with connection.cursor() as cursor:
        found = {}
        for name in QUERIES.keys() - OF_THE_IMPORT:
            cursor.execute(QUERIES[name])
            found[name] = sorted(json.dumps(row, default=str) for row in cursor.fetchall())
        return found


def pieces_and_items(import_id: UUID) -> Iterator[tuple[Piece, list[ImportItem]]]:
    """Every piece of the kept files, and the items that say how it ended."""
    for file in ImportFile.objects.filter(run_id=import_id).order_by("ordinal"):
        items: dict[int, list[ImportItem]] = {}
        for item in ImportItem.objects.filter(file=file).select_related("raw_item").order_by("ordinal", "part"):
            items.setdefault(item.ordinal, []).append(item)
        for piece in pieces_of(settings.HOUSE.files_folder, file.stored_as, file.name):
            yield piece, items.pop(piece.ordinal, [])
        assert not items


def given_back(items: Sequence[ImportItem]) -> bytes:
    """The bytes these items were made of, from the database or the file store."""
    (raw,) = {item.raw_item for item in items}
    assert raw is not None
    return bytes_of(raw, settings.HOUSE.files_folder)
