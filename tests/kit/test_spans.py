"""Spans of time are said as people say them, never in thousands of days."""

from __future__ import annotations

import pytest

from rapport.kit.spans import every, how_long_ago, length, quiet_for


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0.4, "0 days"),
        (1.9, "1 day"),
        (20.9, "20 days"),
        (21, "3 weeks"),
        (50, "7 weeks"),
        (90, "13 weeks"),
        (91, "3 months"),
        (400, "13 months"),
        (729, "24 months"),
        (730, "2 years"),
        (8343, "22 years"),
    ],
)
def test_a_length_is_told_in_the_unit_people_think_in(days: float, said: str) -> None:
    assert length(days) == said


def test_silence_is_told_as_a_sentence() -> None:
    assert [quiet_for(days) for days in (0.5, 1, 12, 41, 200, 8343)] == [
        "In touch within the last day.",
        "Quiet for 1 day.",
        "Quiet for 12 days.",
        "Quiet for 6 weeks.",
        "Quiet for 7 months.",
        "Quiet for 22 years.",
    ]


def test_how_long_ago_is_put_into_a_sentence() -> None:
    assert [how_long_ago(days) for days in (0, 1, 20, 30, 8343)] == [
        "today",
        "yesterday",
        "20 days ago",
        "4 weeks ago",
        "22 years ago",
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "every day"),
        (3, "every three days"),
        (7, "every week"),
        (20, "every three weeks"),
        (30, "every month"),
        (90, "every three months"),
        (365, "about once a year"),
        (800, "every two years"),
    ],
)
def test_how_often_is_said_in_words(days: float, said: str) -> None:
    assert every(days) == said
