"""Situations from the database: whoever may be in somebody's mind today, in a handful of queries for all pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.relationships.engine.habits import HABITS
from rapport.relationships.engine.values import Standing
from rapport.relationships.reading import standings_of

from .rules.follow_up import DAYS as DAYS_TO_FOLLOW_UP
from .rules.question import DAYS_OPEN
from .rules.silence import FROM_DAYS
from .situation import SHARED_KINDS, Birthday, FirstMeeting, OpenQuestion, Situation, Talk, Week, Who

TALKS = 16  # of each pair, newest first: enough for last words, a run of unanswered mails and what is planned
DAYS_PLANNED = 14  # a meeting within these days makes a silence harmless
DAYS_ARRANGING = 30  # mails this close before a first meeting only arranged it
SMALL_GROUP = 6  # a question to more people than this is put to nobody in particular

# After an import the planner has no statistics yet, and a join in the wrong order took half a minute where this takes
# a tenth of a second: OFFSET 0 holds the order as written, and `at`, the same in all rows of one interaction, makes
# either index of participant a look-up of one row.

# The sender with each recipient, at meetings and calls all who were there; the same rule as in relationships.contacts.
_IN_TOUCH = """mine.response <> 'declined' AND theirs.response <> 'declined'
  AND ((mine.part = 'from') <> (theirs.part = 'from')
       OR (mine.part IN ('organizer', 'attendee') AND theirs.part IN ('organizer', 'attendee')))"""

_QUESTIONS = """
SELECT DISTINCT ON (asker.person_id) asker.person_id, i.id, i.at, i.question, i.kind, i.thread_id
FROM (SELECT interaction_id, at FROM participant
      WHERE person_id = %(home)s AND part IN ('to', 'answered') AND at > %(since)s AND at <= %(now)s OFFSET 0) AS mine
CROSS JOIN LATERAL (
  SELECT id, at, question, kind, thread_id FROM interaction
  WHERE id = mine.interaction_id AND question <> '' AND automatic = '' AND is_contact AND group_size <= %(small)s
  OFFSET 0) AS i
CROSS JOIN LATERAL (
  SELECT person_id FROM participant
  WHERE interaction_id = i.id AND at = i.at AND part = 'from' AND person_id <> %(home)s
    AND (%(people)s::uuid[] IS NULL OR person_id = ANY(%(people)s)) OFFSET 0) AS asker
WHERE NOT EXISTS (
    SELECT 1 FROM (SELECT id, at FROM interaction WHERE thread_id = i.thread_id OFFSET 0) AS later
    CROSS JOIN LATERAL (
      SELECT 1 FROM participant
      WHERE interaction_id = later.id AND at = later.at AND part = 'from' AND person_id <> asker.person_id
      OFFSET 0) AS word
    WHERE later.at > i.at AND later.at <= %(now)s)
  AND NOT EXISTS (
    SELECT 1 FROM (SELECT interaction_id, at FROM participant
                   WHERE person_id = asker.person_id AND at > i.at AND at <= %(now)s OFFSET 0) AS them
    CROSS JOIN LATERAL (
      SELECT part FROM participant
      WHERE interaction_id = them.interaction_id AND at = them.at AND person_id = %(home)s OFFSET 0) AS me
    CROSS JOIN LATERAL (
      SELECT kind FROM interaction WHERE id = them.interaction_id AND is_contact OFFSET 0) AS later
    WHERE me.part = 'from' OR later.kind = ANY(%(shared)s))
ORDER BY asker.person_id, i.at DESC, i.id DESC
"""

_FIRST_MEETINGS = f"""
SELECT DISTINCT ON (theirs.person_id) theirs.person_id, i.id, i.at, i.kind, i.title, i.minutes
FROM (SELECT interaction_id, at, part, response FROM participant
      WHERE person_id = %(home)s AND at > %(since)s AND at <= %(now)s OFFSET 0) AS mine
CROSS JOIN LATERAL (
  SELECT id, at, kind, title, minutes FROM interaction
  WHERE id = mine.interaction_id AND is_contact AND kind = ANY(%(shared)s) OFFSET 0) AS i
CROSS JOIN LATERAL (
  SELECT person_id, part, response FROM participant
  WHERE interaction_id = i.id AND at = i.at AND person_id <> %(home)s
    AND (%(people)s::uuid[] IS NULL OR person_id = ANY(%(people)s)) OFFSET 0) AS theirs
WHERE {_IN_TOUCH} AND NOT EXISTS (
  SELECT 1 FROM (SELECT interaction_id, at, part FROM participant
                 WHERE person_id = theirs.person_id AND at <= %(now)s AND interaction_id <> i.id OFFSET 0) AS them
  CROSS JOIN LATERAL (
    SELECT part FROM participant
    WHERE interaction_id = them.interaction_id AND at = them.at AND person_id = %(home)s OFFSET 0) AS me
  CROSS JOIN LATERAL (
    SELECT kind FROM interaction WHERE id = them.interaction_id AND is_contact OFFSET 0) AS other
  WHERE (me.part = 'from' OR them.part = 'from' OR other.kind = ANY(%(shared)s))
    AND (them.at > i.at OR other.kind = ANY(%(shared)s) OR them.at < i.at - %(arranging)s))
ORDER BY theirs.person_id, i.at DESC
"""  # noqa: S608 (a constant, no input)

_PEOPLE = """
WITH wanted AS MATERIALIZED (
  SELECT unnest(%(found)s::uuid[]) AS id
  UNION
  SELECT person_id FROM relationship
  WHERE home_person_id = %(home)s AND contacts >= %(contacts)s
    AND (%(as_of)s OR strength IS NULL OR strength >= %(light)s)
  UNION
  SELECT r.person_id FROM relationship r JOIN person b ON b.id = r.person_id
  WHERE r.home_person_id = %(home)s AND (b.birthday_month, b.birthday_day) IN (
    SELECT * FROM unnest(%(months)s::int[], %(days)s::int[]))
)
SELECT p.id, p.name, p.is_home, p.do_not_contact, p.birthday_month, p.birthday_day, p.birthday_year
FROM wanted JOIN person p ON p.id = wanted.id
WHERE p.merged_into_id IS NULL AND NOT p.do_not_score AND p.id <> %(home)s
  AND (%(people)s::uuid[] IS NULL OR p.id = ANY(%(people)s))
"""

_SINCE = f"""
SELECT DISTINCT theirs.person_id
FROM (SELECT interaction_id, at, part, response FROM participant
      WHERE person_id = %(home)s AND at >= %(since)s AND at <= %(now)s OFFSET 0) AS mine
JOIN interaction i ON i.id = mine.interaction_id AND i.is_contact
CROSS JOIN LATERAL (
  SELECT person_id, part, response FROM participant
  WHERE interaction_id = i.id AND person_id = ANY(%(people)s) OFFSET 0) AS theirs
WHERE {_IN_TOUCH}
"""  # noqa: S608 (a constant, no input)

_TALKS = f"""
SELECT wanted.person_id, talk.*
FROM unnest(%(people)s::uuid[]) AS wanted(person_id)
CROSS JOIN LATERAL (
  SELECT i.id, theirs.at, i.kind,
         mine.part IN ('from', 'organizer') OR (mine.part = 'attendee' AND theirs.part = 'attendee') AS by_us,
         i.title, i.excerpt, i.minutes, i.by_hand
  FROM (SELECT interaction_id, at, part, response FROM participant
        WHERE person_id = wanted.person_id AND at <= %(until)s
        ORDER BY at DESC, interaction_id DESC OFFSET 0) AS theirs
  CROSS JOIN LATERAL (
    SELECT part, response FROM participant
    WHERE interaction_id = theirs.interaction_id AND at = theirs.at AND person_id = %(home)s OFFSET 0) AS mine
  CROSS JOIN LATERAL (
    SELECT id, kind, title, excerpt, minutes, by_hand FROM interaction
    WHERE id = theirs.interaction_id AND is_contact OFFSET 0) AS i
  WHERE {_IN_TOUCH}
  ORDER BY theirs.at DESC, theirs.interaction_id DESC LIMIT %(most)s
) AS talk
ORDER BY wanted.person_id, talk.at DESC, talk.id DESC
"""  # noqa: S608 (a constant, no input)


def situations_of(
    home_person_id: UUID, week: Week, now: datetime, people: Collection[UUID] | None = None, as_of: bool = False
) -> list[Situation]:
    """Everybody a rule may have something to say about (of these people), in five queries, as things were at `now`.

    `as_of` looks at an earlier moment: nothing planned is known, and history is folded again.
    """
    wanted = None if people is None else list(people)
    questions = open_questions(home_person_id, now, wanted)
    meetings = first_meetings(home_person_id, now, wanted)
    known = _people(home_person_id, week.day_of(now), {*questions, *meetings}, wanted, as_of)
    standings = standings_of(home_person_id, now, known.keys(), as_of)
    worth_a_look = [who for who in known if who in questions or who in meetings or _may_matter(standings.get(who))]
    talks = _talks(home_person_id, worth_a_look, now if as_of else now + timedelta(days=DAYS_PLANNED))
    return [
        with_talks(
            Situation(
                now=now,
                week=week,
                person=known[who],
                standing=standings.get(who),
                open_question=questions.get(who),
                first_meeting=meetings.get(who),
            ),
            talks.get(who, ()),
        )
        for who in worth_a_look
    ]


def with_talks(situation: Situation, talks: Iterable[Talk]) -> Situation:
    """Talks (newest first) told apart into what was and the nearest that is planned."""
    was, planned = [], None
    for talk in talks:
        if talk.at <= situation.now:
            was.append(talk)
        else:
            planned = talk.at
    return replace(situation, talks=tuple(was), next_meeting=planned)


def open_questions(
    home_person_id: UUID, now: datetime, people: Collection[UUID] | None = None
) -> dict[UUID, OpenQuestion]:
    """By asker: the latest question put to this home person (To, in a small group, by a human) that nobody answered."""
    rows = _rows(
        _QUESTIONS,
        home=home_person_id,
        since=now - timedelta(days=DAYS_OPEN + 1),
        now=now,
        small=SMALL_GROUP,
        people=people,
        shared=list(SHARED_KINDS),
    )
    return {
        person: OpenQuestion(interaction, at, sentence, kind, thread)
        for person, interaction, at, sentence, kind, thread in rows
    }


def first_meetings(
    home_person_id: UUID, now: datetime, people: Collection[UUID] | None = None
) -> dict[UUID, FirstMeeting]:
    """By person: a recent first meeting without a word since. Mails that arranged it do not make it a second one."""
    rows = _rows(
        _FIRST_MEETINGS,
        home=home_person_id,
        since=now - timedelta(days=DAYS_TO_FOLLOW_UP + 1),
        now=now,
        people=people,
        shared=list(SHARED_KINDS),
        arranging=timedelta(days=DAYS_ARRANGING),
    )
    return {person: FirstMeeting(*meeting) for person, *meeting in rows}


def in_touch_since(home_person_id: UUID, people: Collection[UUID], since: datetime, now: datetime) -> set[UUID]:
    """With whom of these there was contact from `since` to `now`, whoever began it."""
    rows = _rows(_SINCE, home=home_person_id, people=list(people), since=since, now=now)
    return {person for (person,) in rows}


def _people(
    home_person_id: UUID, today: date, found: Collection[UUID], people: Collection[UUID] | None, as_of: bool
) -> dict[UUID, Who]:
    """Whom a question or meeting named, who has a birthday near, and who has talked often enough to be missed.

    A stored strength only falls by silence, so whoever was below light when last judged is below it now.
    """
    near = [today + timedelta(days=far) for far in range(-8, 9)] + [date(2000, 2, 29)]
    rows = _rows(
        _PEOPLE,
        home=home_person_id,
        people=people,
        found=list(found),
        months=[day.month for day in near],
        days=[day.day for day in near],
        contacts=FROM_DAYS,
        as_of=as_of,
        light=HABITS.strength_steps[0],
    )
    return {
        person: Who(person, name, is_home, do_not_contact, Birthday(month, day, year) if month and day else None)
        for person, name, is_home, do_not_contact, month, day, year in rows
    }


def _may_matter(standing: Standing | None) -> bool:
    """Whether the two know each other well enough to be missed or congratulated."""
    return standing is not None and standing.strength >= HABITS.strength_steps[0]


def _talks(home_person_id: UUID, people: Collection[UUID], until: datetime) -> dict[UUID, list[Talk]]:
    if not people:
        return {}
    found: dict[UUID, list[Talk]] = {}
    for person, *talk in _rows(_TALKS, people=list(people), home=home_person_id, until=until, most=TALKS):
        found.setdefault(person, []).append(Talk(*talk))
    return found


def _rows(query: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
