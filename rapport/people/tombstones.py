"""Addresses that must not come back: known again by a keyed hash, so that nobody can read them from the database.
Of one that another shares, and keeps, the mark is of the address together with the name.

The key lies in the home, in no dump: whoever has only a dump cannot even try addresses out. The same key makes other
marks in another workspace.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from rapport.accounts.rows import ask, current_workspace
from rapport.kit.trouble import Conflict

from .matching import HandleKey, forms_of
from .models import Tombstone
from .reaching import beside

KEY = "erasure-key"


def bury(keys: Collection[HandleKey], erasure_id: UUID, now: datetime) -> list[str]:
    """Let these addresses not come back; their marks."""
    workspace = current_workspace()
    marks = sorted(marks_of(keys).values())
    put_marks(workspace, marks, erasure_id, now)
    return marks


def put_marks(workspace_id: UUID, marks: Collection[str], erasure_id: UUID, now: datetime) -> None:
    """Keep these marks; those kept before stay as they are."""
    Tombstone.objects.bulk_create(
        [
            Tombstone(workspace_id=workspace_id, mark=mark, key_mark=key_mark(), erasure_id=erasure_id, made_at=now)
            for mark in marks
        ],
        ignore_conflicts=True,
    )


def buried(keys: Collection[HandleKey]) -> set[HandleKey]:
    """Those of these addresses that were erased on request. Costs one short question where nobody ever was."""
    if not keys or not ask("SELECT EXISTS (SELECT FROM tombstone)", [])[0][0]:
        return set()
    forms = {key: forms_of(key) for key in keys}
    marks = marks_of({one for some in forms.values() for one in some})
    found = set(Tombstone.objects.filter(mark__in=list(marks.values())).values_list("mark", flat=True))
    return {key for key, some in forms.items() if any(marks[one] in found for one in some)}


def buried_by(key: HandleKey) -> UUID | None:
    """The erasure after which this address must not come back; else one after which it stayed with another."""
    for some in (forms_of(key), [beside(key)]):
        found = Tombstone.objects.filter(mark__in=list(marks_of(some).values())).first()
        if found is not None:
            return found.erasure_id
    return None


def must_not_be_buried(key: HandleKey) -> None:
    """Raise Conflict where somebody asked that this address be erased: it is not written down again by the way."""
    if buried([key]):
        raise Conflict(
            _(
                "Whoever has this address asked to be erased, so it is not written down again. "
                "If they want to be known again, an owner lets the address come back first."
            ),
            code="erased",
        )


def marks_of(keys: Collection[HandleKey]) -> dict[HandleKey, str]:
    """The mark of each address in the current workspace."""
    secret, workspace = _key(), current_workspace().hex
    return {key: _mark(secret, workspace, key) for key in keys}


def key_mark() -> str:
    """By which a key is recognised without being told."""
    return mark_of_key(settings.HOUSE.secret(KEY))


def mark_of_key(secret: str) -> str:
    """The same of any key."""
    return hashlib.sha256(b"which key\x1f" + secret.encode()).hexdigest()[:16]


def _key() -> bytes:
    return bytes(settings.HOUSE.secret(KEY).encode())


def _mark(secret: bytes, workspace: str, key: HandleKey) -> str:
    kind, value = key
    told = "\x1f".join((workspace, kind, value.strip().casefold()))
    return hmac.new(secret, told.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
