"""Whom a day's list names: few, once each, never the same nag twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rapport.care.ranking import CARES, Chosen, Past, choose
from rapport.moments.moment import Moment, Passed, Reason

TODAY = date(2026, 11, 20)
ENDS = datetime.combine(TODAY, time.max, UTC)
PRIYA, DANA, WEI = UUID(int=1), UUID(int=2), UUID(int=3)


def moment(person: UUID, rule: str = "silence", weight: float = 0.5, care: str = "stay-close", key: str = "") -> Moment:
    """A moment that fired."""
    return Moment(rule, key or f"{rule}:{person}", person, care, Reason(rule), (), None, 5, weight)  # type: ignore[arg-type]


def past(one: Moment, state: str, days_ago: int = 1, **more: object) -> Past:
    """What became of it some days ago."""
    return Past(one.key, one.rule, one.person_id, state, TODAY - timedelta(days=days_ago), **more)  # type: ignore[arg-type]


def chosen(found: list[Moment | Passed], *before: Past, **more: object) -> Chosen:
    """The choice of today."""
    return choose(found, before, TODAY, ENDS, **more)  # type: ignore[arg-type]


def people(choice: Chosen) -> list[UUID]:
    """Who was chosen, in the order of the page."""
    return [pick.moment.person_id for pick in choice.picks]


def reasons(choice: Chosen) -> dict[UUID, str]:
    """Why the others were not."""
    return {one.person_id: one.reason.kind for one in choice.left_out}


def test_a_person_stands_there_once_with_their_strongest_reason() -> None:
    choice = chosen([moment(PRIYA, weight=0.4), moment(PRIYA, "question", 0.9, "answer")])
    assert people(choice) == [PRIYA]
    assert choice.picks[0].moment.rule == "question"
    assert [one.rule for one in choice.picks[0].also] == ["silence"]
    assert choice.left_out == ()


def test_what_is_not_needed_or_done_does_not_come_back() -> None:
    choice = chosen(
        [moment(PRIYA), moment(DANA), moment(WEI)],
        past(moment(PRIYA), "not-needed", 100),
        past(moment(DANA), "done", 3),
    )
    assert people(choice) == [WEI]
    assert reasons(choice) == {PRIYA: "not_needed", DANA: "done"}


def test_a_new_moment_about_somebody_done_does() -> None:
    assert people(chosen([moment(PRIYA, key="silence:new")], past(moment(PRIYA), "done"))) == [PRIYA]


def test_what_was_put_off_returns_on_its_day_before_everything_else() -> None:
    tomorrow = past(moment(PRIYA), "later", later_until=ENDS + timedelta(hours=9))
    assert reasons(chosen([moment(PRIYA)], tomorrow)) == {PRIYA: "later"}
    this_morning = past(moment(PRIYA, weight=0.1), "later", later_until=ENDS - timedelta(hours=15))
    assert people(chosen([moment(PRIYA, weight=0.1), moment(DANA, weight=0.9)], this_morning, limit=1)) == [PRIYA]


def test_who_was_left_on_three_days_rests_two_weeks() -> None:
    shown = [past(moment(PRIYA), "open", days) for days in (1, 2, 3)]
    cared = [past(moment(DANA), "done", days) for days in (1, 2, 3, 14, 15, 16)]
    assert reasons(chosen([moment(PRIYA)], *shown, *cared)) == {PRIYA: "rests"}
    assert people(chosen([moment(PRIYA)], *shown[:2], *cared)) == [PRIYA]
    long_ago = [past(moment(PRIYA), "open", days) for days in (14, 15, 16)]
    assert people(chosen([moment(PRIYA)], *long_ago, *cared)) == [PRIYA]


def test_days_on_which_nobody_was_cared_for_do_not_count() -> None:
    shown = [past(moment(PRIYA), "open", days) for days in (1, 2, 3, 4, 5)]
    assert people(chosen([moment(PRIYA)], *shown)) == [PRIYA]


def test_twice_not_needed_is_believed_for_that_person_and_rule_only() -> None:
    said = [past(moment(PRIYA, key=f"silence:{n}"), "not-needed", n) for n in (20, 50)]
    choice = chosen([moment(PRIYA, key="silence:new"), moment(DANA)], *said)
    assert people(choice) == [DANA]
    assert reasons(choice) == {PRIYA: "not_for_this"}
    assert people(chosen([moment(PRIYA, "question", care="answer")], *said)) == [PRIYA]


def test_a_rule_that_is_not_needed_weighs_less() -> None:
    said = [past(moment(UUID(int=n), key=f"k{n}"), "not-needed", n) for n in range(10, 20)]
    found: list[Moment | Passed] = [moment(PRIYA, weight=0.8), moment(DANA, "question", 0.7, "answer")]
    assert people(chosen(found, limit=1)) == [PRIYA]
    assert people(chosen(found, *said, limit=1)) == [DANA]


def test_who_asked_to_be_left_alone_is() -> None:
    choice = chosen([moment(PRIYA), moment(DANA)], not_to_contact={PRIYA})
    assert people(choice) == [DANA]
    assert reasons(choice) == {PRIYA: "do_not_contact"}


def test_a_day_has_so_many_minutes_and_at_least_one_person() -> None:
    long = replace(moment(PRIYA, weight=0.9), minutes=90)
    choice = chosen([long, moment(DANA)], minutes=45)
    assert people(choice) == [PRIYA]
    assert reasons(choice) == {DANA: "minutes"}


def test_who_was_passed_over_is_said() -> None:
    choice = chosen([Passed("silence", DANA, Reason("clinging")), moment(PRIYA)])
    assert reasons(choice) == {DANA: "clinging"}


def test_a_list_that_is_half_full_is_only_filled_up() -> None:
    choice = chosen([moment(PRIYA), moment(DANA), moment(WEI, weight=0.6)], placed=[PRIYA], limit=2)
    assert people(choice) == [WEI]
    assert reasons(choice) == {DANA: "limit"}


moments = st.builds(
    moment,
    st.integers(1, 20).map(lambda n: UUID(int=n)),
    st.sampled_from(["silence", "question"]),
    st.floats(0, 1),
    st.sampled_from(CARES),
)


@given(st.lists(moments, max_size=40), st.integers(1, 7))
def test_nobody_is_lost_or_named_twice(found: list[Moment], limit: int) -> None:
    choice = chosen(list(found), limit=limit)
    assert len(people(choice)) == len(set(people(choice))) <= limit
    assert set(people(choice)) | set(reasons(choice)) == {one.person_id for one in found}
    assert not set(people(choice)) & set(reasons(choice))
    assert [CARES.index(pick.moment.care) for pick in choice.picks] == sorted(
        CARES.index(pick.moment.care) for pick in choice.picks
    )


@given(st.lists(moments, max_size=20, unique_by=lambda one: one.key), st.randoms())
def test_the_order_of_reading_does_not_matter(found: list[Moment], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert people(chosen(list(found))) == people(chosen(list(shuffled)))
