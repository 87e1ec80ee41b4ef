"""Five shuffled orders of arrival give the same people, interactions and standings."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from rapport.accounts.access import Viewer
from rapport.relationships.reading import standings_of  # noqa: F401
from rapport.village import raise_village
from tests.accept.importing import import_all

from .arriving import (
    Thing,
    apart,
    is_of_two_addresses,
    outcome,
    things_in,
    without_bridges,
    without_two_at_one_address,
    without_versions,
    written_in_order,
)

IS_ALL = bool(os.environ.get("RAPPORT_ACCEPT"))
ORDERS = 5
LEAST_LEFT = 0.7  # cards that lead to one another are many in a corpus made to confuse
# One card of each names a company and a telephone, another an address elsewhere: whether that is another company
# depends on which was read first.
NAMED_BY_TELEPHONE = (b"Frank Dawson", b"TheCompany")
OURS = ("maya@fernhill.example",)

pytestmark = pytest.mark.django_db


def _outcome(maya: Viewer, things: list[Thing], seed: int, folder: Path) -> dict[str, list[str]]:
    """What all of it comes to in this order; the database is as before."""
    with transaction.atomic():
        for one in written_in_order(things, seed, folder, imports=1 + seed % 2):
            import_all(maya, [one], OURS)
        found = outcome()
        transaction.set_rollback(True)
    return found


def _same_in_all_orders(maya: Viewer, things: list[Thing], folder: Path) -> None:
    first = _outcome(maya, things, 0, folder)
    print(f"\n{len(things)} things: " + ", ".join(f"{len(first[name])} {name}" for name in sorted(first)))
    for seed in range(1, ORDERS):
        other = _outcome(maya, things, seed, folder)
        difference = apart(first, other)
        assert not difference, f"order {seed}:\n{difference}"


def test_the_village_is_the_same_in_whichever_order_it_arrives(maya: Viewer, now: datetime, tmp_path: Path) -> None:
    village = raise_village(tmp_path / "village", now, scale=0.3 if IS_ALL else 0.02)
    things = things_in([file.path for file in village.files])
    joining = [one for one in things if is_of_two_addresses(one)]
    print(f"\n{len(joining)} cards of two addresses come first")  # else they join nobody: docs/build/corpora.md
    import_all(maya, written_in_order(joining, 0, tmp_path / "first", 1), OURS)
    rest = [one for one in things if not is_of_two_addresses(one)]
    _same_in_all_orders(maya, rest if IS_ALL else rest[::12], tmp_path / "orders")


@pytest.mark.parametrize("folder", ["mail", "bounces", "ics", "vcf", "csv"] if IS_ALL else ["ics", "vcf"])
def test_a_corpus_is_the_same_in_whichever_order_it_arrives(
    maya: Viewer, shared: Path, tmp_path: Path, folder: str
) -> None:
    things = [
        one for one in things_in([shared / "data/torture" / folder]) if not any(map(one[1].count, NAMED_BY_TELEPHONE))
    ]
    whole, things = len(things), without_versions(without_two_at_one_address(without_bridges(things)))
    assert len(things) > LEAST_LEFT * whole, f"{len(things)} of {whole} are compared"
    _same_in_all_orders(maya, things if IS_ALL else things[:: max(1, len(things) // 40)], tmp_path)
