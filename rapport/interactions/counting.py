"""How many items of a file ended how: kept with the file, in the transaction that settles items. To count a million
anew took 400 ms, and every open page asks each second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db import connection

from rapport.channels.models import ImportFile

Ending = tuple[str, str]  # outcome and reason

COUNTED: Final = """coalesce((
  SELECT jsonb_object_agg(each.outcome, each.by_reason) FROM (
    SELECT one.outcome, jsonb_object_agg(one.reason, one.n) AS by_reason FROM (
      SELECT i.outcome, i.reason, count(*) AS n FROM import_item i
      WHERE i.workspace_id = f.workspace_id AND i.file_id = f.id GROUP BY i.outcome, i.reason
    ) AS one GROUP BY one.outcome
  ) AS each), '{}'::jsonb)"""


def count(file_id: UUID, ended: Iterable[Ending] | Mapping[Ending, int], no_more: Iterable[Ending] = ()) -> None:
    """Items of this file ended so, and others not so any more."""
    change = Counter(ended)
    change.subtract(no_more)
    file = ImportFile.objects.select_for_update().only("counts").get(id=file_id)
    counts = Counter(endings_of(file))
    counts.update(change)
    ImportFile.objects.filter(id=file_id).update(counts=_nested(counts))


def recount(files: Collection[UUID]) -> None:
    """Count the items of these files anew."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [list(files)])


_RECOUNT: Final = "UPDATE import_file f SET counts = " + COUNTED + " WHERE f.id = ANY(%s)"  # noqa: S608 (a constant)


def endings_of(file: ImportFile) -> dict[Ending, int]:
    """How the items of a file ended, as it is kept."""
    return {(outcome, reason): n for outcome, reasons in file.counts.items() for reason, n in reasons.items()}


def _nested(counts: Counter[Ending]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for (outcome, reason), n in sorted(counts.items()):
        if n:
            nested.setdefault(outcome, {})[reason] = n
    return nested
