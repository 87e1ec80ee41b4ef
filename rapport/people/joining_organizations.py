"""Two organizations found to be one, and parted again by undoing it.

The one that is gone stays as a row that says what it is now: its domain and its name still lead there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.agenda import put_down
from rapport.accounts.journal import undoes
from rapport.kit.trouble import Conflict

from .belongings import put_back, written_down
from .done import OrganizationDone
from .gathering import hold_people_still
from .models import Affiliation, Organization
from .moving import SOON, settle_ends
from .organizations import organization_of

# Who is at both keeps the earliest sign, the latest, and a title where the kept one has none.
_COMPLETE = """
UPDATE affiliation k SET since = least(k.since, g.since), last_seen = greatest(k.last_seen, g.last_seen),
  said_at = greatest(k.said_at, g.said_at), title = CASE WHEN k.title = '' THEN g.title ELSE k.title END,
  title_revised = CASE WHEN k.title = '' THEN g.title_revised ELSE k.title_revised END
FROM affiliation g WHERE g.organization_id = %(gone)s AND k.organization_id = %(kept)s AND g.person_id = k.person_id
"""
_MOVE = "UPDATE affiliation SET organization_id = %(kept)s WHERE organization_id = %(gone)s RETURNING id, person_id"
_COLUMNS = ("since", "last_seen", "said_at", "title", "title_revised")


def merge_organizations(by: By, kept_id: UUID, gone_id: UUID) -> OrganizationDone:
    """Make one organization of two. Everybody at either is at the one kept, whose name it has."""
    by.may("merge")
    hold_people_still()
    kept, gone = organization_of(by.viewer, kept_id), organization_of(by.viewer, gone_id)
    must_be_joinable(kept, gone)
    way_back = {"kept": str(kept.id), "gone": str(gone.id), "flags": [kept.touched_by_hand, gone.touched_by_hand]}
    way_back |= _move_people(kept.id, gone.id)
    way_back["names"] = _lead_names(kept, gone)
    put_down("ties", by.now + SOON)
    entry = by.note(
        "organization.merge",
        subject_id=kept.id,
        subject_name=kept.name,
        values={"gone": gone.name, "gone_id": str(gone.id)},
        way_back=way_back,
    )
    return OrganizationDone(kept.id, entry)


def must_be_joinable(kept: Organization, gone: Organization) -> None:
    """Conflict where one cannot be made of these two."""
    if kept.id == gone.id:
        raise Conflict(_("This is one and the same organization already."), code="same-organization")
    if kept.is_home or gone.is_home:
        raise Conflict(_("Your own organization grows by its domains: add them in Team."), code="home")


@undoes("organization.merge")
def _part(way_back: dict[str, Any], now: datetime) -> None:
    """Everything stands as before; who came since stays with the one kept."""
    hold_people_still()
    kept, gone = Organization.objects.get(id=way_back["kept"]), Organization.objects.get(id=way_back["gone"])
    if gone.merged_into_id != kept.id:
        raise Conflict(_("It was joined with another one since. Take that back first."), code="joined-since")
    moved = Affiliation.objects.filter(id__in=way_back["moved"], organization=kept)
    people = set(moved.values_list("person_id", flat=True))
    moved.update(organization=gone)
    for row in way_back["dropped"]:
        put_back(row)
        people.add(UUID(row["person_id"]))
    _change_back(way_back["changed"])
    Organization.objects.filter(id__in=way_back["names"], merged_into=kept).update(merged_into=gone)
    for one, flag in zip((kept, gone), way_back["flags"], strict=True):
        Organization.objects.filter(id=one.id).update(touched_by_hand=flag)
    Organization.objects.filter(id=gone.id).update(merged_into=None)
    settle_ends(people)
    put_down("ties", now + SOON)


def _move_people(kept: UUID, gone: UUID) -> dict[str, Any]:
    there = Affiliation.objects.filter(organization_id=gone)
    doubled = list(there.filter(person__in=Affiliation.objects.filter(organization_id=kept).values("person_id")))
    theirs = Affiliation.objects.filter(organization_id=kept, person_id__in=[one.person_id for one in doubled])
    before = {str(one.id): written_down(one) for one in theirs}
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETE, {"kept": kept, "gone": gone})
        there.filter(id__in=[one.id for one in doubled]).delete()
        cursor.execute(_MOVE, {"kept": kept, "gone": gone})
        moved = cursor.fetchall()
    after = {str(one.id): written_down(one) for one in theirs.all()}
    settle_ends({person for _, person in moved} | {one.person_id for one in doubled})
    return {
        "moved": [str(row) for row, _ in moved],
        "dropped": [written_down(one) for one in doubled],
        "changed": {row: {name: [before[row][name], after[row][name]] for name in _COLUMNS} for row in before},
    }


def _lead_names(kept: Organization, gone: Organization) -> list[str]:
    """Let the one gone, and what had become it before, lead to the one kept; those that were led elsewhere so far."""
    before = Organization.objects.filter(merged_into=gone)
    names = [str(one) for one in before.values_list("id", flat=True)]
    before.update(merged_into=kept)
    Organization.objects.filter(id=gone.id).update(merged_into=kept, touched_by_hand=True)
    Organization.objects.filter(id=kept.id).update(touched_by_hand=True)
    return names


def _change_back(changed: dict[str, dict[str, list[Any]]]) -> None:
    """Only what nothing has changed since."""
    for row, columns in changed.items():
        for name, (before, after) in columns.items():
            if before != after:
                Affiliation.objects.filter(id=row, **{name: after}).update(**{name: before})
