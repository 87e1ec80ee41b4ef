"""What concerns the ways in of somebody is written down in every workspace they work in."""

from __future__ import annotations

from datetime import datetime

from .access import viewer_of
from .founding import memberships_of
from .journal import note
from .models import User
from .rows import in_workspace


def note_everywhere(user: User, door: str, verb: str, now: datetime) -> None:
    """Write it down in each. For where no workspace was entered."""
    for one in memberships_of(user):
        if one.person_id is not None:
            with in_workspace(one.workspace_id):
                name = user.name or user.email
                note(viewer_of(one), door, verb, now, subject_id=one.person_id, subject_name=name)
