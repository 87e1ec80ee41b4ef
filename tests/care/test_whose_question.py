"""Which questions are ours to answer, and which have been."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from rapport.moments.watching import first_meetings, open_questions

from .conftest import History


@pytest.fixture
def sofia(history: History) -> UUID:
    """A colleague."""
    return history.person("Sofia Marchetti", is_home=True)


@pytest.fixture
def tomas(history: History) -> UUID:
    """A customer with whom nothing happened yet."""
    return history.person("Tomás Herrera")


def asked(history: History) -> dict[UUID, str]:
    """Who waits for Maya, and for what."""
    return {person: one.sentence for person, one in open_questions(history.maya, history.now).items()}


def test_a_question_to_me_is_mine(history: History, dana: UUID) -> None:
    assert asked(history) == {dana: "Could we see the rota by Friday?"}


@pytest.mark.parametrize("how", ["mail", "call", "meeting"])
def test_any_answer_closes_it(how: str, history: History, dana: UUID) -> None:
    parts = {history.maya: "attendee", dana: "attendee"} if how == "meeting" else {history.maya: "from", dana: "to"}
    history.happened(how, 2, parts)
    assert asked(history) == {}


def test_their_call_answers_it_and_their_next_mail_does_not(history: History, dana: UUID) -> None:
    history.mail(dana, history.maya, 2)
    assert dana in asked(history)
    history.happened("call", 1, {dana: "from", history.maya: "to"})
    assert asked(history) == {}


def test_a_colleague_may_answer_for_me_in_the_same_thread(history: History, sofia: UUID, tomas: UUID) -> None:
    thread = history.thread()
    history.mail(tomas, [history.maya, sofia], 6, question="When?", thread_id=thread)
    assert tomas in asked(history)
    history.mail(sofia, tomas, 5, thread_id=thread)
    assert asked(history) == {}


def test_a_copy_a_crowd_and_a_robot_ask_nobody(history: History, tomas: UUID) -> None:
    history.happened("mail", 4, {tomas: "from", history.maya: "cc"}, question="Who comes?")
    history.mail(tomas, [history.maya, *(history.person(f"P{n}") for n in range(7))], 4, question="Who comes?")
    history.mail(tomas, history.maya, 4, question="Renew now?", automatic="bulk", is_contact=False)
    assert asked(history) == {}


def test_an_answer_that_comes_tomorrow_is_not_known_today(history: History, dana: UUID) -> None:
    history.mail(history.maya, dana, -1)
    assert dana in asked(history)


def test_a_first_meeting_is_one_without_meetings_before_or_words_since(history: History, elena: UUID) -> None:
    def met() -> set[UUID]:
        return set(first_meetings(history.maya, history.now))

    assert met() == {elena}
    history.happened("meeting", 200, {history.maya: "attendee", elena: "attendee"})
    assert met() == set()


def test_a_thank_you_note_follows_a_first_meeting_up(history: History, elena: UUID) -> None:
    history.mail(history.maya, elena, 2)
    assert first_meetings(history.maya, history.now) == {}


def test_who_was_written_with_for_years_is_no_new_acquaintance(history: History, elena: UUID) -> None:
    history.mail(elena, history.maya, 400)
    assert first_meetings(history.maya, history.now) == {}
    assert first_meetings(history.maya, history.now - timedelta(days=5)) == {}
