"""What people read about a standing: sentence, scale, rows with their evidence, how sure."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given

from rapport.relationships.engine import Contact, Standing, fold, judge
from rapport.relationships.engine.explaining import explain
from rapport.relationships.engine.wording import Names
from tests.chronicles.telling import on, told
from tests.relationships.histories import histories

TALK = told("every 21 days from 2024-01-01 until 2025-09-30 Ana → Bo mail") + told(
    "every 21 days from 2024-01-02 until 2025-09-30 Bo → Ana mail"
)
MEETINGS = told("every 60 days from 2024-02-01 until 2025-09-30 Ana ↔ Bo meeting 60 min")


def standing_on(day: str, history: list[Contact]) -> Standing:
    """How the pair of a history stands."""
    return judge(fold(history), on(day))


def test_a_long_silence_is_told_beside_the_rhythm() -> None:
    said = explain(standing_on("2025-11-12", TALK)).sentence
    assert (
        said == "Light, and needs care. Quiet for 7 weeks. You two usually talk every three weeks. It goes both ways."
    )


def test_a_usual_silence_is_not_made_a_matter() -> None:
    said = explain(standing_on("2025-10-02", TALK)).sentence
    assert "uiet" not in said
    assert said.endswith("You two usually talk every three weeks. It goes both ways.")


def test_others_are_called_by_their_names() -> None:
    said = explain(standing_on("2025-10-02", TALK), Names("Ana", "Bo")).sentence
    assert "Ana and Bo usually talk every three weeks." in said


def test_not_met_yet_is_said_and_nothing_else() -> None:
    told_so = explain(judge(None, on("2026-01-01")))
    assert told_so.sentence == "Not met yet."
    assert told_so.rows == told_so.vitality_rows == ()
    assert told_so.confidence == "Nothing is known yet."


def test_the_scale_shows_the_tick_inside_its_doubt() -> None:
    scale = explain(standing_on("2025-10-02", TALK)).scale
    assert scale.words == ("Faint", "Light", "Steady", "Strong", "Close")
    assert scale.word in scale.words
    assert scale.low < scale.tick < scale.high


def test_how_sure_names_what_it_rests_on() -> None:
    assert explain(standing_on("2025-10-02", TALK + MEETINGS)).confidence == "Sure: 73 signals, 2 channels."
    assert explain(standing_on("2025-10-02", TALK[:1])).confidence.startswith("A guess: 1 signal, 1 channel.")


def test_vitality_gives_a_window_and_never_a_date() -> None:
    said = explain(standing_on("2025-10-02", TALK)).vitality_sentence
    assert "likely that you are in touch within 9 weeks." in said
    assert "Most likely within 19 days from now." in said
    later = explain(standing_on("2025-10-12", TALK)).vitality_sentence
    assert "Most likely between 2 days and" in later


def test_each_row_opens_into_its_own_contacts() -> None:
    history = TALK + MEETINGS
    rows = {row.kind: row for row in explain(standing_on("2025-10-02", history)).rows}
    assert {c.kind for c in history if rows["together"].evidence.takes(c)} == {"meeting"}
    assert {c.kind for c in history if rows["messages"].evidence.takes(c)} == {"mail"}
    assert "is usual for you two" in rows["messages"].detail


def test_a_quieter_time_costs_points_of_its_own() -> None:
    rows = explain(standing_on("2026-03-01", TALK)).rows
    assert next(row for row in rows if row.kind == "quieter").points < 0
    assert all(row.points > 0 for row in rows if row.kind != "quieter")


def test_mail_that_stays_unanswered_is_named() -> None:
    history = TALK[:1] + told("every 5 days from 2025-01-01 until 2025-01-20 Ana → Bo mail")
    rows = explain(standing_on("2025-02-01", history)).vitality_rows
    assert "our last 5 are unanswered" in next(row.detail for row in rows if row.kind == "answers")


def test_nothing_from_one_side_is_no_going_both_ways() -> None:
    ours = told("every 21 days from 2024-01-01 until 2025-09-30 Ana → Bo mail")
    for history in (ours, ours + MEETINGS):
        them = standing_on("2025-10-02", history)
        assert "both_ways" not in {row.kind for row in them.strength_rows}
        assert sum(row.points for row in them.strength_rows) == them.strength


def test_that_it_goes_both_ways_rests_on_what_each_side_wrote() -> None:
    row = next(row for row in explain(standing_on("2025-10-02", TALK + MEETINGS)).rows if row.kind == "both_ways")
    assert row.points > 0
    assert row.detail == "from us: 31, from them: 31"
    assert {contact.kind for contact in TALK + MEETINGS if row.evidence.takes(contact)} == {"mail"}


def test_a_silence_opens_into_nothing_and_so_does_where_any_two_start() -> None:
    last = datetime(2025, 9, 30, 8, 15, 3, 777777, tzinfo=UTC)
    history = [*TALK, Contact(last, True, "mail")]
    rows = {row.kind: row for row in judge(fold(history), on("2025-12-01")).vitality_rows}
    assert not [c for c in history for kind in ("silence", "starting_point") if rows[kind].evidence.takes(c)]
    assert len([c for c in history if rows["lately"].evidence.takes(c)]) > len(history) / 3


def test_nothing_is_never_called_usual() -> None:
    said = [
        next(row.detail for row in explain(standing_on("2029-06-01", history)).vitality_rows if row.kind == "lately")
        for history in (TALK, TALK[:3])
    ]
    assert said == ["on 0 of the last 90 days; 3 is usual for you two", "on 0 of the last 90 days"]


def test_in_touch_again_after_decades_is_said_so() -> None:
    story = told("every 7 days from 1998-01-01 until 2003-12-31 Ana → Bo mail") + told("2026-10-30 Bo → Ana call 9 min")
    said = explain(standing_on("2026-11-20", story))
    assert said.sentence.startswith("Faint, and it is too early to say more. In touch again after 22 years of silence.")
    assert said.confidence.startswith("A guess: ")


@given(histories)
def test_every_standing_can_be_explained(history: list[Contact]) -> None:
    state = fold(history)
    assert state is not None
    told_so = explain(judge(state, state.last_at))
    assert sum(row.points for row in told_so.rows) == told_so.scale.tick
    assert all(row.title for row in (*told_so.rows, *told_so.vitality_rows))


@pytest.mark.parametrize(("zone", "days"), [("UTC", "2 days"), ("Asia/Tokyo", "3 days")])
def test_quiet_days_are_counted_by_the_calendar_of_the_reader(zone: str, days: str) -> None:
    """
    2026-02-09 14:00 Ana → Bo mail
    """
    tells = test_quiet_days_are_counted_by_the_calendar_of_the_reader.__doc__
    now = on("2026-02-11", "16:00")  # 50 hours on; in Tokyo 23:00 of the 9th and 01:00 of the 12th
    with timezone.override(ZoneInfo(zone)):
        told_now = explain(judge(fold(told(tells)), now))
    assert f"Quiet for {days}." in told_now.sentence
    silences = [row.detail for row in told_now.vitality_rows if "of silence" in row.detail]
    assert all(one.startswith(f"{days} of silence") for one in silences)
