"""When somebody left a place: worked out from where they were seen or said to be since, never from what was read first.

Who was found at a place later than anything was seen from the one before has moved. Where they write from both in the
same time, both are where they are. A colleague's home is not left that way.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import connection

from .models import Affiliation, Person

SOON = timedelta(seconds=20)  # by then lists of organizations go by where people are now

# What was seen ends a place on the day they were last seen there; what was said, on the day it was said: until then
# nobody knew better. A place somebody is seen at again after that is where they are again. A place where they are to be
# met, and were not yet, ends no other. Who was at one place only, and is there, has left none: of most.
_ENDS = """
UPDATE affiliation a SET until = u.until FROM (
  SELECT b.id, CASE
    WHEN o.is_home THEN NULL
    WHEN max(b.since) FILTER (WHERE NOT o.is_home AND b.since <= greatest(b.last_seen, b.said_at)::date) OVER theirs
      > greatest(b.last_seen, b.said_at)::date
    THEN greatest(b.last_seen, b.said_at)::date
    WHEN max(b.said_at) OVER theirs > coalesce(b.said_at, '-infinity')
     AND max(b.said_at) OVER theirs >= coalesce(b.last_seen, '-infinity') THEN (max(b.said_at) OVER theirs)::date
  END AS until
  FROM affiliation b JOIN organization o ON o.id = b.organization_id WHERE b.person_id = ANY(ARRAY(
    SELECT person_id FROM affiliation WHERE person_id = ANY(%s) GROUP BY person_id
    HAVING count(*) > 1 OR bool_or(until IS NOT NULL)
  ))
  WINDOW theirs AS (PARTITION BY b.person_id)
) AS u WHERE u.id = a.id AND u.until IS DISTINCT FROM a.until
"""


def settle_ends(people: Collection[UUID]) -> None:
    """Say of every place these people have been at whether they left it and when: one statement for all of them."""
    if not people:
        return
    with connection.cursor() as cursor:
        cursor.execute(_ENDS, [list(people)])


def unmake(stations: Collection[UUID | str], person_id: UUID, was_home: bool) -> None:
    """Take away those of these stations of which nobody has said or seen anything else since they were made."""
    made = Affiliation.objects.filter(id__in=stations, person_id=person_id)
    made.filter(title="", since=None, last_seen=None, said_at=None).delete()
    if not Affiliation.objects.filter(person_id=person_id, organization__is_home=True).exists():
        Person.objects.filter(id=person_id).update(is_home=was_home)
    settle_ends([person_id])
