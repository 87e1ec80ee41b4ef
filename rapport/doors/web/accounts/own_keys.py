"""The keys of a member: those that work, and ending one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.models import Key
from rapport.kit.ids import as_id
from rapport.kit.trouble import NotFound


def keys_of(viewer: Viewer) -> list[Key]:
    """The viewer's own keys that were not ended, newest first."""
    return list(Key.objects.filter(membership_id=viewer.membership_id, ended_at=None).order_by("-made_at"))


def end_key(viewer: Viewer, key_id: str, now: datetime) -> None:
    """End one of the viewer's own keys; it stops at once."""
    own = Key.objects.filter(membership_id=viewer.membership_id, ended_at=None)
    chosen = as_id(key_id)
    if chosen is None or not own.filter(id=chosen).update(ended_at=now):
        raise NotFound(_("There is no such key, or it was removed already."))
