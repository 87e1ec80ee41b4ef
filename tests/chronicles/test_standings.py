"""Stories of two people, and how they must stand afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapport.relationships.engine import Standing, fold, judge
from rapport.relationships.engine.explaining import explain
from tests.chronicles.telling import on, told


def standing(story: Callable[..., object], day: str) -> Standing:
    """How the two of a story stand on a day."""
    now = on(day)
    return judge(fold(contact for contact in told(story.__doc__) if contact.at <= now), now)


def test_two_who_never_met() -> None:
    """Nothing has happened between Ana and Bo."""
    them = standing(test_two_who_never_met, "2026-01-01")
    assert not them.known
    assert (them.strength, them.strength_word, them.vitality, them.tone) == (0, "not_met", None, "too_early")
    assert them.next_look is None


def test_one_mail_is_faint_and_too_early_to_say_more() -> None:
    """
    2026-01-05 Ana → Bo mail
    """
    them = standing(test_one_mail_is_faint_and_too_early_to_say_more, "2026-01-08")
    assert (them.strength_word, them.tone, them.silence) == ("faint", "too_early", "none")
    assert them.confidence.certainty == "a_guess"


def test_weekly_friends_are_strong_and_well() -> None:
    """
    every 7 days from 2024-01-01 until 2025-12-31 Ana → Bo mail
    every 7 days from 2024-01-02 until 2025-12-31 Bo → Ana mail
    every 60 days from 2024-01-20 until 2025-12-31 Ana ↔ Bo meeting 60 min
    """
    them = standing(test_weekly_friends_are_strong_and_well, "2026-01-02")
    assert (them.strength_word, them.tone, them.silence, them.trend_word) == ("strong", "doing_well", "usual", "even")
    assert them.balance is not None
    assert them.balance.word == "both"
    assert them.confidence.certainty == "sure"


def test_a_strong_tie_runs_dry_before_it_grows_weak() -> None:
    """Two years of letters, then silence.

    every 7 days from 2024-01-01 until 2025-12-31 Ana → Bo mail
    every 7 days from 2024-01-03 until 2025-12-31 Bo → Ana mail
    """
    before = standing(test_a_strong_tie_runs_dry_before_it_grows_weak, "2026-01-01")
    after = standing(test_a_strong_tie_runs_dry_before_it_grows_weak, "2026-07-15")
    assert before.tone == "doing_well"
    assert (after.tone, after.silence, after.trend_word) == ("at_risk", "much_longer", "cooling")
    assert after.strength_word in ("steady", "strong")
    assert after.strength < before.strength


def test_one_call_after_decades_is_a_beginning_and_no_recovery() -> None:
    """
    every 7 days from 1998-01-01 until 2003-12-31 Ana → Bo mail
    every 7 days from 1998-01-03 until 2003-12-31 Bo → Ana mail
    2026-11-02 Bo → Ana call 20 min
    """
    before = standing(test_one_call_after_decades_is_a_beginning_and_no_recovery, "2026-11-01")
    after = standing(test_one_call_after_decades_is_a_beginning_and_no_recovery, "2026-11-03")
    assert (before.tone, before.again_after) == ("at_risk", None)
    assert (after.tone, after.rhythm_days, after.silence) == ("too_early", None, "none")
    assert after.vitality is not None
    assert after.vitality < 0.6
    assert after.again_after == pytest.approx(22.85 * 365.25, abs=30)
    assert after.confidence.certainty == "a_guess"
    assert after.horizon_days == 90


def test_a_few_talks_after_decades_are_a_rhythm_of_their_own() -> None:
    """
    every 7 days from 1998-01-01 until 2003-12-31 Ana → Bo mail
    every 30 days from 2026-06-02 until 2026-11-02 Bo → Ana call 20 min
    """
    them = standing(test_a_few_talks_after_decades_are_a_rhythm_of_their_own, "2026-11-03")
    assert them.rhythm_days == pytest.approx(30, abs=1)
    assert them.tone != "too_early"
    assert them.again_after is None


def test_a_card_every_christmas_never_begins_afresh() -> None:
    """
    every 366 days from 2015-12-20 until 2025-12-31 Ana → Bo card
    every 365 days from 2015-12-27 until 2025-12-31 Bo → Ana card
    """
    them = standing(test_a_card_every_christmas_never_begins_afresh, "2026-01-10")
    assert them.rhythm_days == pytest.approx(365, abs=20)
    assert them.again_after is None


def test_nobody_much_quieter_than_usual_is_doing_well() -> None:
    """
    every 21 days from 2024-01-01 until 2025-09-30 Ana → Bo mail
    every 21 days from 2024-01-02 until 2025-09-30 Bo → Ana mail
    """
    before = standing(test_nobody_much_quieter_than_usual_is_doing_well, "2025-11-08")
    after = standing(test_nobody_much_quieter_than_usual_is_doing_well, "2025-11-12")
    assert (before.silence, before.tone) == ("longer", "doing_well")
    assert (after.silence, after.tone) == ("much_longer", "needs_care")
    assert before.next_look is not None
    assert on("2025-11-08") < before.next_look < on("2025-11-12")


def test_six_weeks_are_long_for_weekly_friends_and_usual_for_quarterly_ones() -> None:
    """Only the pair's own rhythm counts.

    every 90 days from 2023-01-01 until 2025-11-20 Ana → Bo mail
    """
    quarterly = standing(test_six_weeks_are_long_for_weekly_friends_and_usual_for_quarterly_ones, "2026-01-05")
    assert quarterly.silence == "usual"
    assert quarterly.rhythm_days == pytest.approx(90)
    assert quarterly.horizon_days == pytest.approx(270)


def test_an_answer_the_next_day_is_not_a_rhythm() -> None:
    """Each talk is a mail and its answer a day later; they talk every three weeks, not every few days.

    every 21 days from 2025-01-01 until 2025-12-31 Ana → Bo mail
    every 21 days from 2025-01-02 until 2025-12-31 Bo → Ana mail
    """
    them = standing(test_an_answer_the_next_day_is_not_a_rhythm, "2026-01-02")
    assert them.rhythm_days == pytest.approx(21, abs=1)
    assert them.silence == "usual"


def test_who_begin_to_talk_daily_are_not_one_endless_talk() -> None:
    """A call every three weeks for a year; then they share a project.

    every 21 days from 2025-01-01 until 2025-12-31 Ana → Bo call 20 min
    every 2 days from 2026-01-02 until 2026-03-31 Ana → Bo mail
    """
    them = standing(test_who_begin_to_talk_daily_are_not_one_endless_talk, "2026-04-01")
    assert them.rhythm_days is not None
    assert them.rhythm_days < 3


def test_every_working_day_is_a_rhythm_of_its_own() -> None:
    """
    every 7 days from 2025-01-06 until 2025-06-30 Ana → Bo chat
    every 7 days from 2025-01-07 until 2025-06-30 Ana → Bo chat
    every 7 days from 2025-01-08 until 2025-06-30 Ana → Bo chat
    every 7 days from 2025-01-09 until 2025-06-30 Ana → Bo chat
    every 7 days from 2025-01-10 until 2025-06-30 Ana → Bo chat
    """
    them = standing(test_every_working_day_is_a_rhythm_of_its_own, "2025-07-01")
    assert them.rhythm_days == pytest.approx(1.2, abs=0.3)


def test_mail_that_nobody_answers_stays_light() -> None:
    """
    every 7 days from 2025-01-01 until 2025-12-31 Ana → Bo mail
    """
    them = standing(test_mail_that_nobody_answers_stays_light, "2026-01-01")
    assert them.strength_word == "light"
    assert them.balance is not None
    assert them.balance.word == "mostly_us"


def test_who_begins_is_not_said_of_a_few_contacts() -> None:
    """
    2026-01-05 Ana → Bo call
    2026-01-12 Ana → Bo mail
    2026-01-19 Ana → Bo mail
    2026-01-26 Ana → Bo mail
    """
    tells = test_who_begins_is_not_said_of_a_few_contacts
    contacts = told(tells.__doc__)
    for few in (1, 2, 3):
        them = judge(fold(contacts[:few]), on("2026-02-01"))
        assert them.balance is None
        assert "begin" not in explain(them).sentence
    them = standing(tells, "2026-02-01")
    assert them.balance is not None
    assert them.balance.word == "mostly_us"


def test_an_answer_warms_more_than_one_more_mail_of_ours() -> None:
    """
    every 7 days from 2025-01-01 until 2025-06-30 Ana → Bo mail
    """
    story = told(test_an_answer_warms_more_than_one_more_mail_of_ours.__doc__)
    ours, theirs = told("2025-07-02 Ana → Bo mail"), told("2025-07-02 Bo → Ana mail")
    now = on("2025-07-03")
    assert judge(fold(story + theirs), now).strength_exact > judge(fold(story + ours), now).strength_exact


def test_time_together_counts_for_more_than_mail() -> None:
    """
    every 30 days from 2024-01-01 until 2025-12-31 Ana ↔ Bo meeting 60 min
    """
    meetings = told(test_time_together_counts_for_more_than_mail.__doc__)
    mails = told("every 30 days from 2024-01-01 until 2025-12-31 Ana → Bo mail")
    now = on("2026-01-01")
    assert judge(fold(meetings), now).strength > 2 * judge(fold(mails), now).strength


def test_a_crowded_meeting_counts_for_less_than_a_talk_between_two() -> None:
    """
    2026-01-05 Ana ↔ Bo meeting 60 min of 10
    """
    crowd = told(test_a_crowded_meeting_counts_for_less_than_a_talk_between_two.__doc__)
    alone, now = told("2026-01-05 Ana ↔ Bo meeting 60 min"), on("2026-01-06")
    assert judge(fold(crowd), now).strength_exact < judge(fold(alone), now).strength_exact


def test_as_of_an_earlier_day_later_contact_is_not_known() -> None:
    """
    every 10 days from 2025-01-01 until 2025-12-31 Ana → Bo mail
    """
    earlier = standing(test_as_of_an_earlier_day_later_contact_is_not_known, "2025-03-01")
    assert earlier.confidence.signals == 6
    assert earlier.days_silent == pytest.approx(9)


def test_an_entry_that_cannot_be_read_is_refused() -> None:
    """A typing error in a story must not become a shorter story."""
    with pytest.raises(ValueError, match="A chronicle says"):
        told("2026-01-05 Ana > Bo mail")
