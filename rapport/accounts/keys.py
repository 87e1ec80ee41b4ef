"""Personal keys for the API: `rap_<workspace>_<secret>`, so that the workspace is known before the row is read."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.kit.ids import as_id
from rapport.kit.text import one_line
from rapport.kit.trouble import NotFound

from .access import Viewer
from .models import Key

USED_AT_MOST_EVERY = timedelta(minutes=1)
LASTS = {
    "30": timedelta(days=30),
    "90": timedelta(days=90),
    "365": timedelta(days=365),
    "always": None,
}  # for how long a key works, by the word that is posted


def make_key(
    membership_id: UUID,
    workspace_id: UUID,
    name: str,
    may_write: bool,
    now: datetime,
    lasts: timedelta | None = None,
    may_manage: bool = False,
) -> tuple[Key, str]:
    """A new key; its text is shown this once. It works until it is ended where nothing is said."""
    secret = secrets.token_urlsafe(32)
    key = Key.objects.create(
        workspace_id=workspace_id,
        membership_id=membership_id,
        name=one_line(name, 100),
        secret_hash=_hash(secret),
        may_write=may_write,
        may_manage=may_write and may_manage,
        made_at=now,
        expires_at=now + lasts if lasts else None,
    )
    return key, f"rap_{workspace_id.hex}_{secret}"


def workspace_of(text: str) -> tuple[UUID, str] | None:
    """The workspace a key names and its secret, or None where it is no key."""
    prefix, _sep, rest = text.partition("_")
    workspace, _sep, secret = rest.partition("_")
    workspace_id = as_id(workspace) if prefix == "rap" and len(workspace) == 32 else None
    return (workspace_id, secret) if workspace_id and secret else None


def open_key(secret: str, now: datetime) -> Key | None:
    """The key with this secret in the current workspace, while it works; that it was used is noted now and then."""
    key = (
        Key.objects.select_related("membership", "membership__user", "membership__workspace")
        .filter(secret_hash=_hash(secret), ended_at=None, membership__ended_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=now))
        .first()
    )
    if key and (key.last_used_at is None or now - key.last_used_at > USED_AT_MOST_EVERY):
        Key.objects.filter(id=key.id).update(last_used_at=now)
    return key


def keys_of(viewer: Viewer) -> list[Key]:
    """The viewer's own keys that were not ended, newest first."""
    return list(Key.objects.filter(membership_id=viewer.membership_id, ended_at=None).order_by("-made_at"))


def end_key(viewer: Viewer, key_id: str, now: datetime) -> None:
    """End one of the viewer's own keys; it stops at once."""
    own = Key.objects.filter(membership_id=viewer.membership_id, ended_at=None)
    chosen = as_id(key_id)
    if chosen is None or not own.filter(id=chosen).update(ended_at=now):
        raise NotFound(_("There is no such key, or it was removed already."))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
