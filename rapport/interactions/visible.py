"""What a viewer may see of what happened, and of whose words they may read more than that they were exchanged."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.kit.trouble import NotAllowed, NotFound

from .models import Interaction, Participant
from .parts import ABOUT


class Kept(Protocol):
    """What says whose words something is, beside who took part."""

    @property
    def is_shared(self) -> bool: ...

    @property
    def owner_id(self) -> UUID | None: ...


def visible_to(viewer: Viewer) -> QuerySet[Interaction]:
    """The interactions this viewer may know of: members all of them, guests those they took part in."""
    if not viewer.is_guest:
        return Interaction.objects.all()
    return Interaction.objects.filter(_takes_part(viewer))


def interaction_of(viewer: Viewer, interaction_id: UUID, as_of: datetime | None = None) -> Interaction:
    """The interaction with this id; NotFound where there is none for this viewer, or it had not happened by `as_of`."""
    found = visible_to(viewer).filter(id=interaction_id).select_related("thread", "source").first()
    if found is None or (as_of is not None and found.at > as_of):
        raise NotFound(_("There is nothing here with this address. It may have been removed."))
    return found


def readable_by(viewer: Viewer) -> QuerySet[Interaction]:
    """The interactions whose words this viewer may read: as `is_private` says it of one that is loaded."""
    theirs = Q(is_shared=True) | Q(owner_id=viewer.membership_id) | _takes_part(viewer)
    return visible_to(viewer).filter(theirs)


def is_private(viewer: Viewer, interaction: Kept, people: Collection[UUID]) -> bool:
    """Whether its words are not for this viewer: they took no part (`people` did), do not own it, nobody shared it."""
    return not (interaction.is_shared or interaction.owner_id == viewer.membership_id or viewer.person_id in people)


def readable_to(viewer: Viewer, interaction_id: UUID) -> Interaction:
    """The interaction whose words this viewer may read; NotAllowed where they are private."""
    found = interaction_of(viewer, interaction_id)
    people = set(took_part(found.id).values_list("person_id", flat=True))
    if is_private(viewer, found, people):
        raise NotAllowed(_("This is private: only those who took part can read it."), code="private")
    return found


def took_part(interaction_id: UUID | OuterRef) -> QuerySet[Participant]:
    """Who took part; whom it is only about did not."""
    return Participant.objects.filter(interaction_id=interaction_id).exclude(part=ABOUT)


def _takes_part(viewer: Viewer) -> Exists:
    return Exists(took_part(OuterRef("id")).filter(person_id=viewer.person_id))
