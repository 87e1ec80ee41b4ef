"""A note that names a day to come is of now: that day is not when it happened."""

from __future__ import annotations

import pytest

from .test_saying import NOW, understood


@pytest.mark.parametrize(
    "text",
    [
        "Dana braucht bis 12.12. ein Angebot", "Dana needs the offer by 12 December", "Dana until Friday on holiday",
        "Dana wants to hear by Monday", "Dana bis spätestens 12.12.", "Dana: Angebot am 3.11. fällig",
        "spätestens Montag meldet sich Dana", "Dana expects the offer before 3 November",
        "Dana hat am 12.12. Geburtstag", "Dana starts at Solace on 1 March", "Dana ab 1.3. in Elternzeit",
        "Dana veut une offre avant le 12 décembre", "Dana necesita la oferta antes del 12 de diciembre",
    ],
)  # fmt: skip
def test_a_day_until_which_something_waits_dates_no_note(text: str) -> None:
    read = understood(text)
    assert (read.kind, read.at, read.note, read.is_plan) == ("note", NOW, text, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dana was ill on 12 December", "2025-12-12"), ("Dana war am 12.12. krank", "2025-12-12"),
        ("Dana moved on 1 March", "2026-03-01"), ("Dana ill on 12 October", "2026-10-12"),
        ("Dana ill on 12 December 2025", "2025-12-12"), ("Dana ill on Friday", "2026-11-20"),
        ("met Dana on 12 December", "2025-12-12"), ("Dana am 12.12. getroffen", "2025-12-12"),
        ("vor drei Tagen Dana krank", "2026-11-21"),
    ],
)  # fmt: skip
def test_what_is_past_keeps_its_day(text: str, day: str) -> None:
    assert understood(text).at.date().isoformat() == day


def test_a_call_to_be_made_by_a_day_is_a_plan() -> None:
    assert understood("call dana by 12 December").is_plan
    assert not understood("called dana, she needs it by 12 December").is_plan
