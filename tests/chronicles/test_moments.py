"""Moments as stories: the docstring is what happened, dated; the body says what Today makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from rapport.kit.ids import named_id
from rapport.moments.moment import Moment, Passed
from rapport.moments.rulebook import moments_in
from rapport.moments.situation import Birthday, OpenQuestion, Situation, Talk, Week, Who
from rapport.moments.wording import headline
from rapport.relationships.engine.judge import judge
from rapport.relationships.engine.state import fold
from rapport.relationships.engine.values import Contact

PRIYA = UUID(int=1)
LINE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?: \.\. (\d{4}-\d\d-\d\d) every (\d+) days)? (\w+) (→|with) (\w+) (\w+)(?: “(.+)”)?"
)

Look = Callable[..., dict[str, Moment | Passed]]


def happened(story: str) -> list[Talk]:
    """The talks of a story, oldest first. A line is a day (or a row of days), who to whom, how, and the words."""
    talks = []
    for since, until, step, who, _, _, kind, words in LINE.findall(story):
        at = datetime.fromisoformat(f"{since}T10:00+00:00")
        last = datetime.fromisoformat(f"{until or since}T10:00+00:00")
        while at <= last:
            talks.append(Talk(named_id(at, who), at, kind, by_us=who == "Maya", quote=words))
            at += timedelta(days=int(step or 1))
    return sorted(talks, key=lambda talk: talk.at)


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Look:
    """What every rule says at nine in the morning of a day, by rule."""
    talks = happened(request.function.__doc__)

    def look_on(day: str, **more: object) -> dict[str, Moment | Passed]:
        now = datetime.fromisoformat(f"{day}T09:00+00:00")
        was = [talk for talk in talks if talk.at <= now]
        planned = [talk.at for talk in talks if talk.at > now and talk.kind == "meeting"]
        known = fold([Contact(one.at, one.by_us, one.kind) for one in was])
        person = Who(PRIYA, str(more.pop("name", "Priya Raman")), birthday=more.pop("birthday", None))  # type: ignore[arg-type]
        situation = Situation(
            now=now,
            week=Week("Europe/London"),
            person=person,
            standing=judge(known, now),
            talks=tuple(reversed(was)),
            next_meeting=min(planned, default=None),
            **more,  # type: ignore[arg-type]
        )
        return {found.rule: found for found in moments_in(situation)}

    return look_on


def test_quiet_beyond_their_rhythm(look: Look) -> None:
    """
    2026-01-05 .. 2026-06-29 every 14 days Maya → Priya mail
    2026-01-06 .. 2026-06-30 every 14 days Priya → Maya mail “The two-site rota works.”
    """
    assert "silence" not in look("2026-07-14")
    quiet = look("2026-08-10")["silence"]
    assert isinstance(quiet, Moment)
    assert quiet.care == "stay-close"
    assert headline(quiet.reason) == "Quiet for 7 weeks. You two usually talk every two weeks."
    assert quiet.evidence[0].quote == "The two-site rota works."


def test_a_silence_is_the_same_moment_until_they_talk_again(look: Look) -> None:
    """
    2026-01-05 .. 2026-06-30 every 7 days Priya → Maya mail “Thanks!”
    2026-01-06 .. 2026-06-30 every 7 days Maya → Priya mail
    2026-08-20 Maya with Priya call
    """
    before, later, after = look("2026-08-10")["silence"], look("2026-08-15")["silence"], look("2026-10-01")["silence"]
    assert isinstance(before, Moment)
    assert isinstance(later, Moment)
    assert isinstance(after, Moment)
    assert before.key == later.key != after.key
    assert "silence" not in look("2026-08-21")


def test_who_was_written_to_twice_in_vain_is_left_some_room(look: Look) -> None:
    """
    2026-01-05 .. 2026-06-01 every 7 days Priya → Maya mail “Good.”
    2026-01-06 .. 2026-06-02 every 7 days Maya → Priya mail
    2026-06-20 Maya → Priya mail
    2026-07-01 Maya → Priya mail
    """
    passed = look("2026-08-15")["silence"]
    assert isinstance(passed, Passed)
    assert passed.reason.kind == "clinging"


def test_who_will_be_met_anyway_is_not_missed(look: Look) -> None:
    """
    2026-01-05 .. 2026-06-01 every 7 days Priya → Maya mail
    2026-01-06 .. 2026-06-02 every 7 days Maya → Priya mail
    2026-07-16 Maya with Priya meeting
    """
    passed = look("2026-07-14")["silence"]
    assert isinstance(passed, Passed)
    assert headline(passed.reason) == "It has been quiet, and you will meet Priya in 2 days anyway."


@pytest.mark.parametrize(
    ("name", "called"), [("Dr. Anna Størmer", "Anna"), ("Raman, Priya", "Priya"), ("Dr. Berg", "Dr. Berg")]
)
def test_nobody_is_called_by_their_title_or_their_family_name_alone(look: Look, name: str, called: str) -> None:
    """
    2026-07-03 Priya → Maya mail “Could you send it?”
    """
    asked = OpenQuestion(UUID(int=2), datetime(2026, 7, 3, 10, tzinfo=UTC), "Could you send it?")
    question = look("2026-07-14", name=name, open_question=asked)["question"]
    assert isinstance(question, Moment)
    assert headline(question.reason) == f"{called} asked you something 11 days ago. Nobody has answered yet."


def test_a_stranger_is_never_quiet(look: Look) -> None:
    """
    2026-01-05 Priya → Maya mail
    2026-01-06 Maya → Priya mail
    2026-01-09 Priya → Maya mail
    """
    assert look("2026-03-01") == {}


def test_those_who_parted_long_ago_are_let_rest(look: Look) -> None:
    """
    2020-01-05 .. 2023-06-01 every 4 days Priya → Maya mail
    2020-01-06 .. 2023-06-02 every 4 days Maya with Priya meeting
    """
    assert "silence" in look("2023-09-01")
    assert "silence" not in look("2026-08-01")


def test_a_birthday_on_a_saturday_is_remembered_on_friday_and_still_on_monday(look: Look) -> None:
    """
    2026-01-05 .. 2026-11-17 every 7 days Priya → Maya mail
    2026-01-06 .. 2026-11-17 every 7 days Maya → Priya mail
    """
    saturday = Birthday(11, 21)
    said = {day: look(f"2026-11-{day}", birthday=saturday).get("birthday") for day in range(18, 25)}
    assert [day for day, found in said.items() if found] == [20, 21, 22, 23]
    assert [headline(found.reason) for found in said.values() if found] == [
        "Priya’s birthday is tomorrow.",
        "It is Priya’s birthday today.",
        "Priya’s birthday was yesterday.",
        "Priya’s birthday was 2 days ago.",
    ]
    assert len({found.key for found in said.values() if isinstance(found, Moment)}) == 1


def test_who_has_been_congratulated_is_not_again(look: Look) -> None:
    """
    2026-01-05 .. 2026-11-17 every 7 days Priya → Maya mail
    2026-01-06 .. 2026-11-17 every 7 days Maya → Priya mail
    2026-11-22 Maya with Priya call
    """
    assert "birthday" in look("2026-11-22", birthday=Birthday(11, 21))
    assert "birthday" not in look("2026-11-23", birthday=Birthday(11, 21))


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-21", "2026-11-23"])
def test_everyday_contact_before_a_birthday_says_nothing_of_it(day: str, look: Look) -> None:
    """
    2026-01-05 .. 2026-11-17 every 7 days Priya → Maya mail
    2026-01-06 .. 2026-11-17 every 7 days Maya → Priya mail
    2026-11-19 Maya with Priya call
    2026-11-20 Maya → Priya mail “Here are the figures you asked for.”
    2026-11-20 Maya with Priya call
    2026-11-20 Maya with Priya meeting
    """
    assert "birthday" in look(day, birthday=Birthday(11, 21))
    assert "birthday" not in look("2026-11-21", birthday=Birthday(11, 20))


def test_a_card_that_was_sent_ahead_is_for_the_birthday(look: Look) -> None:
    """
    2026-01-05 .. 2026-11-17 every 7 days Priya → Maya mail
    2026-01-06 .. 2026-11-17 every 7 days Maya → Priya mail
    2026-11-20 Maya → Priya card
    """
    assert "birthday" not in look("2026-11-21", birthday=Birthday(11, 21))


def test_a_leap_day_birthday_is_kept_each_year(look: Look) -> None:
    """
    2025-09-01 .. 2027-02-20 every 7 days Priya → Maya mail
    2025-09-02 .. 2027-02-20 every 7 days Maya → Priya mail
    """
    assert "birthday" in look("2027-02-26", birthday=Birthday(2, 29, 1988))  # a Friday; the 28th is a Sunday
    assert "birthday" not in look("2027-02-25", birthday=Birthday(2, 29, 1988))


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-11-19", False), ("2026-11-20", True), ("2027-01-03", True), ("2027-01-04", False)]
)
def test_a_question_waits_from_the_next_day_for_six_weeks(day: str, holds: bool, look: Look) -> None:
    """
    2026-11-19 Priya → Maya mail “Could we see the rota by Friday?”
    """
    asked = OpenQuestion(UUID(int=7), datetime(2026, 11, 19, 10, tzinfo=UTC), "Could we see the rota by Friday?")
    found = look(day, open_question=asked).get("question")
    assert (found is not None) is holds
    if isinstance(found, Moment):
        assert found.evidence[0].quote == "Could we see the rota by Friday?"
        assert found.evidence[0].interaction_id == UUID(int=7)
