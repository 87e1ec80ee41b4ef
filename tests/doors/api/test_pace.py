"""Each key goes its own pace; whoever is too fast is told when to come back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rapport.doors.api.pace import MOST_BUCKETS, Pace

from .conftest import Program


def test_a_bucket_empties_and_fills_again() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert [pace.wait_of("a", 60) for _asked in range(60)] == [None] * 60
    assert pace.wait_of("a", 60) == timedelta(seconds=1)
    assert pace.wait_of("b", 60) is None
    now[0] = 1.0
    assert pace.wait_of("a", 60) is None
    assert pace.wait_of("a", 60) == timedelta(seconds=1)
    now[0] = 600.0
    assert [pace.wait_of("a", 60) for _asked in range(61)][-1] == timedelta(seconds=1)
    assert pace.wait_of("a", 0) is None


def test_those_who_come_no_more_are_forgotten() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for one in range(MOST_BUCKETS):
        pace.wait_of(str(one), 60)
    now[0] = 61.0
    pace.wait_of("new", 60)
    assert len(pace._buckets) == 1


def test_too_fast_is_429_with_when_to_come_back(
    maya_key: Program, reading_key: Program, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("rapport.doors.api.entering.PACE", Pace(lambda: 0.0))
    settings.API_PER_MINUTE = 30
    assert [maya_key.ask("GET", "/me").status_code for _asked in range(31)] == [200] * 30 + [429]
    refused = maya_key.ask("GET", "/people")
    assert (refused.json()["code"], refused["Retry-After"]) == ("too-often", "2")
    assert reading_key.ask("GET", "/me").status_code == 200
    settings.API_PER_MINUTE = 0
    assert maya_key.ask("GET", "/me").status_code == 200
