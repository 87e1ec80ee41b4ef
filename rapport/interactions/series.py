"""A meeting that repeats is told as a whole: its last telling says at which times it takes place.

Each time is an interaction of its own. Those of an earlier telling that the last one does without go; whatever was read
of them leads to the meeting as it is now. A time told alone (an exception, an answer) does not replace the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from rapport.channels.sightings import Sighting

from .answering import is_answer
from .changes import note_pair_changes
from .copies import names_any
from .incoming import Incoming
from .standing import HAS_PART, IS_ANOTHERS, OWNER_ADDRESSES

_TOLD = f"""
SELECT m.message_id, i.id, i.origin, coalesce(i.revision, 0), m.in_reply_to = '' AS is_whole,
  {IS_ANOTHERS}, {IS_ANOTHERS} AND {HAS_PART}, CASE WHEN {IS_ANOTHERS} THEN {OWNER_ADDRESSES} ELSE ARRAY[]::text[] END
FROM message m JOIN interaction i ON i.id = m.interaction_id
WHERE m.message_id = ANY(%(uids)s) AND m.message_id <> '' AND i.kind <> 'mail'
"""  # noqa: S608 - only what is ours is put in


@dataclass(frozen=True, slots=True)
class _Told:
    """One time of a meeting as it is stored."""

    uid: str
    id: UUID
    origin: str
    revision: int
    is_whole: bool
    is_anothers: bool
    has_part: bool
    owner_addresses: Sequence[str]

    @property
    def may_go(self) -> bool:
        """Whether a telling from the source that is read may do without it, as `may_tell` says of a copy."""
        return not self.is_anothers or self.has_part or self.revision < 0

    def is_heard_by(self, tellings: Sequence[Sighting]) -> bool:
        """Whether it says anything of the meeting these tell of: its owner is in that, or they tell of none."""
        if not self.is_anothers or all(is_answer(one) for one in tellings):
            return True
        return any(names_any(one, self.owner_addresses) for one in tellings)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What does not take place any more: stored interactions, and origins that came too late, by the origin of a time
    that does."""

    stored: Mapping[UUID, str]
    origins: Mapping[str, str]


def told_last(incoming: Sequence[Incoming], reader: UUID | None) -> tuple[list[Incoming], Dropped]:
    """These without what the last telling of their meeting does without; what is dropped therefore. `reader` is the
    member whose source they come from.
    """
    tellings: dict[str, list[Sighting]] = {}
    for one in incoming:
        tellings.setdefault(_uid(one.sighting), []).append(one.sighting)
    tellings.pop("", None)
    if not tellings:
        return list(incoming), Dropped({}, {})
    stored = _told_before(tellings, reader)
    before = [one for one in stored if one.is_heard_by(tellings[one.uid])]
    last = _last_revisions([one.sighting for one in incoming if _uid(one.sighting)], before)
    present: dict[str, set[str]] = {}
    for uid, revision, origin in (
        *((one.uid, one.revision, one.origin) for one in before),
        *((_uid(one.sighting), one.sighting.revision, one.sighting.origin) for one in incoming),
    ):
        if uid in last and revision >= last[uid]:
            present.setdefault(uid, set()).add(origin)

    def takes_place(uid: str, origin: str) -> bool:
        return uid not in present or origin in present[uid]

    kept = [one for one in incoming if takes_place(_uid(one.sighting), one.sighting.origin)]
    gone = {
        one.id: min(present[one.uid])
        for one in stored
        if one.may_go and not takes_place(one.uid, one.origin) and one.revision < last[one.uid]
    }
    late = {
        one.sighting.origin: min(present[_uid(one.sighting)])
        for one in incoming
        if not takes_place(_uid(one.sighting), one.sighting.origin)
    }
    return kept, Dropped(gone, late)


def let_go(dropped: Dropped, ids: Mapping[str, UUID]) -> None:
    """Take away the times that do not take place any more; `ids` are those of the times that do, by origin."""
    if not dropped.stored:
        return
    gone = list(dropped.stored)
    note_pair_changes(gone, even_if_no_contact=True)
    now_at = _known([origin for origin in dropped.stored.values() if origin not in ids]) | dict(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE import_item i SET interaction_id = u.now_at FROM unnest(%s::uuid[], %s::uuid[]) AS u(gone, now_at)"
            " WHERE i.interaction_id = u.gone",
            [gone, [now_at[dropped.stored[one]] for one in gone]],
        )
        cursor.execute("DELETE FROM interaction WHERE id = ANY(%s)", [gone])


def led_on(dropped: Dropped, ids: Mapping[str, UUID]) -> dict[str, UUID]:
    """Where origins that came too late lead: to a time that takes place."""
    now_at = _known([origin for origin in dropped.origins.values() if origin not in ids]) | dict(ids)
    return {origin: now_at[stand_in] for origin, stand_in in dropped.origins.items()}


def _uid(sighting: Sighting) -> str:
    return "" if sighting.kind == "mail" else sighting.message_id


def _told_before(uids: Iterable[str], reader: UUID | None) -> list[_Told]:
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, {"uids": list(uids), "reader": reader})
        return [_Told(*row) for row in cursor.fetchall()]


def _last_revisions(sightings: Iterable[Sighting], before: Iterable[_Told]) -> dict[str, int]:
    """The revision in which each meeting was last told as a whole."""
    told = [(one.message_id, one.revision) for one in sightings if not one.in_reply_to]
    told += [(one.uid, one.revision) for one in before if one.is_whole]
    last: dict[str, int] = {}
    for uid, revision in told:
        last[uid] = max(revision, last.get(uid, revision))
    return last


def _known(origins: Sequence[str]) -> dict[str, UUID]:
    if not origins:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT origin, id FROM interaction WHERE origin = ANY(%s)", [list(origins)])
        return dict(cursor.fetchall())
