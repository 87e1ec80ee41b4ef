"""Personal keys for the API: `rap_<workspace>_<secret>`, so that the workspace is known before the row is read."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from rapport.kit.ids import as_id
from rapport.kit.text import one_line
from rapport.kit.trouble import NotFound

from .access import Viewer
from .attempts import KEYS_FROM_ADDRESS
from .factors import CODES
from .models import Key
from .rows import ask

USED_AT_MOST_EVERY = timedelta(minutes=1)
LASTS = {
    "30": timedelta(days=30),
    "90": timedelta(days=90),
    "365": timedelta(days=365),
    "always": None,
}  # for how long a key works, by the word that is posted

_OPEN = """
SELECT k.id, k.last_used_at, u.language, m.working_days, k.workspace_id, m.id, m.user_id, m.person_id, m.role,
  m.time_zone, u.name, w.is_sample, m.per_day, k.may_write, k.may_manage,
  w.needs_second_factor AND NOT EXISTS (
    SELECT FROM mfa_authenticator a WHERE a.user_id = u.id AND a.type <> %(codes)s),
  (SELECT at FROM sign_in_attempt WHERE kind = %(kind)s AND who = %(address)s AND at > %(since)s
   ORDER BY at DESC OFFSET %(most)s LIMIT 1)
FROM key k JOIN membership m ON m.id = k.membership_id JOIN "user" u ON u.id = m.user_id
JOIN workspace w ON w.id = m.workspace_id
WHERE k.secret_hash = %(hash)s AND k.ended_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %(now)s)
  AND m.ended_at IS NULL AND m.person_id IS NOT NULL AND u.is_active
"""


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


@dataclass(frozen=True, slots=True)
class Opened:
    """Whom a key lets in, and in which language they read; `wait` where too many keys from there were wrong lately;
    whether they lack the second factor that is wanted of everybody there.
    """

    key_id: UUID
    viewer: Viewer
    language: str
    wait: timedelta | None
    lacks_factor: bool


def open_key(secret: str, address: str, now: datetime) -> Opened | None:
    """Whom the key with this secret in the current workspace lets in, while it works, coming from this address.

    That it was used is noted now and then. One statement: every call of a program begins here.
    """
    limit = KEYS_FROM_ADDRESS
    asked = {"hash": _hash(secret), "now": now, "kind": limit.kind, "address": address, "since": now - limit.within}
    found = ask(_OPEN, {**asked, "most": limit.most - 1, "codes": CODES})
    if not found:
        return None
    key_id, last_used_at, language, working_days, *said, lacks_factor, tried_at = found[0]
    if last_used_at is None or now - last_used_at > USED_AT_MOST_EVERY:
        Key.objects.filter(id=key_id).update(last_used_at=now)
    names = ("workspace_id", "membership_id", "user_id", "person_id", "role", "time_zone", "name", "is_sample",
             "per_day", "may_write", "may_manage")  # fmt: skip
    days = tuple(msgspec.json.decode(working_days))
    viewer = Viewer(working_days=days, **dict(zip(names, said, strict=True)))
    return Opened(key_id, viewer, language, tried_at and tried_at + limit.within - now, lacks_factor)


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
