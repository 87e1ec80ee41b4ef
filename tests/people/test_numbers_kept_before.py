"""Telephone numbers that were kept while their country was not known still are those of the same people."""

from __future__ import annotations

from datetime import datetime

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict
from rapport.people.gathering import owners_of
from rapport.people.models import Handle
from rapport.people.searching import needle_of
from rapport.people.tombstones import buried, bury

from .people import somebody

pytestmark = pytest.mark.django_db
NOW_KEPT = ("phone", "+441614960123")


@pytest.fixture
def kept_before(by: By) -> Handle:
    """Ana's number, as it was kept before."""
    somebody(by, "Ana", phone=NOW_KEPT[1])
    Handle.objects.filter(kind="phone").update(value="01614960123")
    return Handle.objects.get(kind="phone")


def test_a_card_with_the_number_means_the_same_person(kept_before: Handle) -> None:
    assert owners_of([NOW_KEPT, ("phone", "+441614960124")]) == {NOW_KEPT: kept_before.person_id}


def test_nobody_else_is_given_it_by_hand(kept_before: Handle, by: By) -> None:
    with pytest.raises(Conflict, match="already reaches Ana"):
        somebody(by, "Ana", phone="+44 161 496 0123")


def test_who_was_erased_by_it_stays_erased(maya: Viewer, now: datetime) -> None:
    bury([("phone", "01614960123")], new_id(), now)
    assert buried([NOW_KEPT, ("phone", "+441614960124")]) == {NOW_KEPT}


@pytest.mark.parametrize(
    ("typed", "sought"),
    [("0049 30 90", "+493090"), ("tel:+44 161", "+44161"), ("0---", "0---"), ("0161 4", "1614"), ("0..0", "0..0")],
)
def test_a_number_half_typed_is_looked_for_as_it_is_kept(typed: str, sought: str) -> None:
    assert needle_of(typed, "GB") == sought
