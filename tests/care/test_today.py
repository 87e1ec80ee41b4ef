"""Today, from rows to the page: who stands on it, why, and what stays true during the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.care.actions import later
from rapport.care.looking import Room
from rapport.care.making import make_today
from rapport.care.models import Suggestion, TodayList
from rapport.care.placed import Placed, Today
from rapport.care.today import today_for
from rapport.care.ways import Way
from rapport.care.wording import source, why_left_out
from rapport.channels.models import Import, Source
from rapport.doors.known.everything import everything_about
from rapport.interactions.joining import merge
from rapport.interactions.models import Interaction
from rapport.moments.moment import Reason
from rapport.moments.wording import headline
from rapport.people.editing import edit_person
from rapport.people.gathering import rename_where_better
from rapport.people.matching import Named
from rapport.people.models import Fact, Person
from rapport.people.naming import FROM_CARD

from .conftest import LONDON, History


def look(history: History, days_on: float = 0, **more: object) -> Today:
    """Maya's Today, so many days on."""
    return today_for(history.maya, LONDON, history.now + timedelta(days=days_on), **more)  # type: ignore[arg-type]


@contextmanager
def nothing_written() -> Iterator[None]:
    """Within, the database refuses to store anything."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)


def of(today: Today, person: UUID) -> Placed:
    """The one suggestion about somebody."""
    return next(one for one in today.placed if one.person_id == person)


def make(history: History, days_on: float = 0) -> bool:
    """What the worker does for Maya."""
    return make_today(history.maya, LONDON, history.now + timedelta(days=days_on))


@pytest.fixture
def day(history: History, priya: UUID, dana: UUID, wei: UUID, elena: UUID) -> Today:
    """A day on which all four rules have somebody."""
    history.judge()
    make(history)
    return look(history)


def test_four_people_for_four_reasons_in_the_order_of_the_page(
    day: Today, priya: UUID, dana: UUID, wei: UUID, elena: UUID
) -> None:
    assert [one.person_id for one in day.placed] == [dana, wei, priya, elena]
    assert [one.care for one in day.placed] == ["answer", "celebrate", "stay-close", "follow-up"]
    assert [headline(one.reason) for one in day.placed] == [
        "Dana asked you something 5 days ago. Nobody has answered yet.",
        "Wei’s birthday is tomorrow.",
        "Quiet for 6 weeks. You two usually talk every week.",
        "You met Elena for the first time 3 days ago. No word since.",
    ]
    assert of(day, dana).evidence[0].quote == "Could we see the rota by Friday?"
    assert of(day, priya).evidence[0].quote == "The two-site rota works."
    assert all(Interaction.objects.filter(id=e.interaction_id).exists() for one in day.placed for e in one.evidence)
    assert day.minutes == sum(one.minutes for one in day.placed)


def test_whoever_is_renamed_is_called_so_in_sentences_made_before(
    day: Today, history: History, by: By, dana: UUID, wei: UUID, maya: Viewer
) -> None:
    edit_person(by, dana, name="Daniela Whitfield")  # by hand
    rename_where_better([(wei, Named("email", "", "Weiwei Chen", FROM_CARD))])  # by an import
    assert [headline(of(look(history), one).reason) for one in (dana, wei)] == [
        "Daniela asked you something 5 days ago. Nobody has answered yet.",
        "Weiwei’s birthday is tomorrow.",
    ]
    (told,) = everything_about(maya, dana, history.now).sections["suggestion"]
    assert told["reason"]["values"]["name"] == "Daniela"


def test_joined_with_somebody_they_are_called_so(day: Today, history: History, by: By, dana: UUID) -> None:
    kept = history.person("Delia Whitfield")
    merge(by, kept, dana)
    assert headline(of(look(history), kept).reason).startswith("Delia asked you something 5 days ago.")


def test_who_was_left_out_is_called_as_now() -> None:
    reason = Reason("clinging", {"name": "Dana"})
    assert why_left_out(reason, "Daniela Whitfield").endswith("Better to leave Daniela some room.")


def test_the_list_is_the_same_all_day(day: Today, history: History) -> None:
    again = look(history, 0.2)
    assert again.placed == day.placed
    assert (again.quiet, again.found) == (day.quiet, day.found)
    assert not make(history, 0.2)
    assert TodayList.objects.count() == 1


def test_a_list_that_is_not_made_yet_is_shown_as_it_will_be(history: History, priya: UUID, dana: UUID) -> None:
    history.judge()
    with nothing_written():
        before = look(history)
    assert not TodayList.objects.exists()
    assert make(history)
    assert look(history) == before
    assert Suggestion.objects.get(person_id=dana).id == of(before, dana).id


@pytest.mark.parametrize("more_people", [0, 40])
def test_however_many_are_known_it_takes_a_dozen_queries(
    more_people: int, history: History, priya: UUID, dana: UUID, wei: UUID, elena: UUID
) -> None:
    for table in range(0, more_people, 8):
        guests = [history.person(f"Guest {number}") for number in range(table, table + 8)]
        history.met_weekly(guests, 100, 40)
    history.judge()
    with CaptureQueriesContext(connection) as before:
        today = look(history)
    assert len(today.placed) + len(today.left_out) == 4 + more_people
    make(history)
    with CaptureQueriesContext(connection) as reading:
        look(history)
    with CaptureQueriesContext(connection) as back:
        look(history, as_of=True)
    assert len(before) <= 12
    assert len(reading) <= 12
    assert len(back) <= 12


def test_what_settles_itself_shows_so(day: Today, history: History, priya: UUID, dana: UUID) -> None:
    history.mail(history.maya, dana, -0.05)
    history.happened("call", -0.05, {history.maya: "from", priya: "to"})
    history.judge(history.now + timedelta(hours=2))
    later = look(history, 0.1)
    assert {one.person_id for one in later.settled} == {dana, priya}
    assert all(one.state == "cleared" for one in later.settled)
    assert not later.is_finished


def test_a_call_before_the_day_leaves_a_birthday_on_the_list(day: Today, history: History, wei: UUID) -> None:
    history.happened("call", 1, {history.maya: "from", wei: "to"})
    history.happened("call", -0.05, {history.maya: "from", wei: "to"})
    history.judge(history.now + timedelta(hours=2))
    assert of(look(history, 0.1), wei).is_open


def test_nobody_needs_you(history: History) -> None:
    friend = history.person("Grace O’Neill")
    history.weekly(friend, 200, 2)
    history.judge()
    today = look(history)
    assert today.placed == ()
    assert today.quiet == 1
    assert not today.is_finished


def test_looking_back_stores_nothing_and_sees_what_was_known_then(history: History, dana: UUID, priya: UUID) -> None:
    history.mail(history.maya, dana, 1)
    history.judge()
    then = look(history, -2, as_of=True)
    assert [one.person_id for one in then.placed] == [dana, priya]
    assert headline(then.placed[0].reason) == "Dana asked you something 3 days ago. Nobody has answered yet."
    assert [one.person_id for one in look(history, as_of=True).placed] == [priya]
    assert not TodayList.objects.exists()
    assert not Suggestion.objects.exists()


def test_a_small_day_takes_the_heaviest_and_says_who_waits(history: History, priya: UUID, dana: UUID) -> None:
    history.judge()
    today = look(history, room=Room(people=1))
    assert len(today.placed) == 1
    assert [one.reason.kind for one in today.left_out] == ["limit"]


def test_who_asked_to_be_left_alone_leaves_the_list_at_once(day: Today, history: History, priya: UUID) -> None:
    Person.objects.filter(id=priya).update(do_not_contact=True)
    assert priya not in [one.person_id for one in look(history).placed]
    assert {one.person_id: one.reason.kind for one in look(history, 3).left_out}[priya] == "do_not_contact"


def test_nothing_is_chosen_from_half_a_history(history: History, priya: UUID, maya_membership: object) -> None:
    run = _import(history, "reading", maya_membership)
    history.judge()
    assert not make(history)
    assert look(history).is_reading
    assert not TodayList.objects.exists()
    Import.objects.filter(id=run.id).update(state="done", ended_at=history.now)
    assert [one.person_id for one in look(history).placed] == [priya]


def test_a_list_is_completed_when_an_import_ends(
    history: History, priya: UUID, dana: UUID, maya_membership: object
) -> None:
    history.judge()
    make(history)
    before = look(history)
    history.mail(priya, history.maya, 2)
    guest = history.person("Amina Yusuf")
    history.weekly(guest, 250, 40)
    history.judge(history.now + timedelta(hours=1))
    _import(history, "done", maya_membership, ended_at=history.now + timedelta(hours=1))
    with CaptureQueriesContext(connection) as looking, nothing_written():
        after = look(history, 0.1)
    assert len(looking) <= 12 + 3  # of them three to forbid writing
    assert {one.person_id for one in after.placed} == {dana, guest}  # Priya was never quiet: we had not read it yet
    assert of(after, dana).id == of(before, dana).id
    assert make(history, 0.1)
    assert not make(history, 0.2)
    assert look(history, 0.2).placed == after.placed


def test_an_old_archive_says_how_old_it_is(history: History) -> None:
    assert look(history).look_back_to is None
    for days in (900, 800, 100):
        history.mail(history.maya, history.person(f"Old {days}"), days)
    history.judge()
    today = look(history)
    assert (today.placed, today.look_back_to) == ((), (history.now - timedelta(days=100)).date())
    history.mail(history.maya, history.person("New"), 5)
    history.judge()
    assert look(history).look_back_to is None


def test_a_day_off_is_known(history: History) -> None:
    assert [look(history, days).is_day_off for days in (0, 1, 2, 3)] == [False, True, True, False]  # a Friday


def test_people_left_on_days_nobody_was_here_do_not_rest(by: By, history: History, priya: UUID, dana: UUID) -> None:
    history.judge()
    for days in range(3):
        assert make(history, days)
    assert priya in [one.person_id for one in look(history, 3).placed]
    for one in Suggestion.objects.filter(person_id=dana):
        later(by, one.id, history.now + timedelta(days=30))
    assert {one.person_id: one.reason.kind for one in look(history, 3).left_out}[priya] == "rests"


def _import(history: History, state: str, membership: object, ended_at: datetime | None = None) -> Import:
    where = {"workspace_id": history.workspace_id, "made_at": history.now}
    source = Source.objects.create(kind="files", name="mail.mbox", **where)
    return Import.objects.create(
        source=source,
        state=state,
        started_by=membership,
        ended_at=ended_at,
        **where,  # type: ignore[misc]
    )


def test_ways_in_come_from_facts_and_last_talks(history: History, priya: UUID) -> None:
    history.happened(
        "meeting", 59, {history.maya: "attendee", priya: "attendee"}, title="Call with Priya Raman", minutes=30
    )
    history.happened(
        "meeting", 60, {history.maya: "attendee", priya: "attendee"}, title="Leeds receptionists", minutes=30
    )
    Fact.objects.create(
        workspace_id=history.workspace_id, person_id=priya, kind="family", value="Arjun’s recital", learnt="told",
        noted_at=history.now - timedelta(days=30),
    )  # fmt: skip
    Fact.objects.create(
        workspace_id=history.workspace_id, person_id=priya, kind="other", value="faded",
        noted_at=history.now - timedelta(days=90), expires_at=history.now - timedelta(days=1),
    )  # fmt: skip
    history.judge()
    ways = of(look(history), priya).ways
    assert [(way.kind, way.text) for way in ways] == [
        ("fact", "Arjun’s recital"), ("meeting", "Leeds receptionists"), ("subject", "The rota")
    ]  # fmt: skip
    make(history)
    assert of(look(history), priya).ways == ways


def test_no_way_in_is_there_twice(history: History, priya: UUID) -> None:
    history.happened(
        "call", 50, {history.maya: "from", priya: "to"}, title="The rota", excerpt="the rota", by_hand=True, minutes=9
    )
    Fact.objects.create(
        workspace_id=history.workspace_id, person_id=priya, kind="other", value="The rota", learnt="told",
        noted_at=history.now,
    )  # fmt: skip
    history.judge()
    ways = of(look(history), priya).ways
    assert len({way.text.casefold() for way in ways}) == len(ways)
    assert len({way.interaction_id for way in ways}) == len(ways)


def test_what_was_just_noted_was_not_told_today(history: History) -> None:
    noted = Way("fact", "Arjun’s recital", history.now, about="told")
    assert source(noted, history.now) == "Noted today."
    assert source(noted, history.now + timedelta(days=1)) == "You were told this, yesterday."


def test_a_birthday_rests_on_no_talk(day: Today, wei: UUID) -> None:
    assert of(day, wei).evidence == ()


def test_words_that_are_gone_stay_gone(day: Today, history: History, dana: UUID) -> None:
    Interaction.objects.filter(id=of(day, dana).evidence[0].interaction_id).delete()
    assert dana not in {one.person_id for one in look(history).placed}  # and is not among what was done either


def test_who_was_in_touch_today_stays_among_what_was_done_when_more_comes_in(
    day: Today, history: History, dana: UUID
) -> None:
    """A list completed after an import keeps whom one cared for: only what was mistaken leaves it."""
    history.mail(history.maya, dana, -0.05)
    history.judge(history.now + timedelta(hours=2))
    TodayList.objects.update(made_at=history.now - timedelta(days=1))
    Import.objects.create(
        workspace_id=history.workspace_id, state="done", made_at=history.now, ended_at=history.now,
        source=Source.objects.create(workspace_id=history.workspace_id, kind="files", name="a", made_at=history.now),
    )  # fmt: skip
    make(history, 0.1)
    assert of(look(history, 0.1), dana).state == "cleared"


@pytest.mark.django_db
def test_whether_anybody_was_judged_since_is_asked_along_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'relationship'")
        columns = [definition.partition("USING btree ")[2] for (definition,) in cursor.fetchall()]
    assert "(workspace_id, home_person_id, judged_at)" in columns
