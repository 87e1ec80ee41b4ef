"""The rhythm strip: which weeks they reached out, which weeks we did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.people.models import Handle
from rapport.relationships.rhythm_weeks import weeks_of
from tests.interactions.mails import KENJI, MAYA, PRIYA, mail, meeting, read


def test_weeks_begin_on_monday_and_each_side_is_counted(
    by: By, maya: Viewer, now: datetime, django_assert_num_queries: Any
) -> None:
    """The first morning is Monday 2 November 2026; now is Friday the 20th."""
    read(
        now,
        mail("long-ago", PRIYA, [MAYA], hour=-24 * 400),
        mail("sunday", PRIYA, [MAYA], hour=-10),
        mail("monday", PRIYA, [MAYA], hour=0),
        mail("tuesday", MAYA, [PRIYA], hour=24),
        mail("again", MAYA, [PRIYA], hour=25),
        mail("this-week", MAYA, [PRIYA, KENJI], hour=24 * 15),
        mail("to-come", MAYA, [PRIYA], hour=24 * 40),
    )
    people = dict(Handle.objects.values_list("value", "person_id"))
    with django_assert_num_queries(1):
        weeks = weeks_of(maya.person_id, [people[PRIYA], people[KENJI]], now, weeks=4)
    assert weeks[people[PRIYA]] == [
        (date(2026, 10, 26), 1, 0),
        (date(2026, 11, 2), 1, 2),
        (date(2026, 11, 9), 0, 0),
        (date(2026, 11, 16), 0, 1),
    ]
    assert [them + us for _monday, them, us in weeks[people[KENJI]]] == [0, 0, 0, 1]


def test_a_meeting_a_colleague_called_together_was_begun_by_neither(by: By, maya: Viewer, now: datetime) -> None:
    read(
        now,
        meeting("ours", MAYA, PRIYA, hour=1, organizer=MAYA),
        meeting("theirs", MAYA, PRIYA, hour=25, organizer=PRIYA),
        *(meeting(f"a third {n}", MAYA, PRIYA, KENJI, hour=30 + n, organizer=KENJI) for n in range(3)),
    )
    priya = Handle.objects.get(value=PRIYA).person_id
    assert weeks_of(maya.person_id, [priya], now, weeks=3)[priya][0] == (date(2026, 11, 2), 1, 1)
