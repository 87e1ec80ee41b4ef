"""Each key goes its own pace; whoever is too fast is told when to come back."""

from __future__ import annotations

from datetime import timedelta
from multiprocessing import get_context
from typing import Any

from rapport.doors.api.pace import BUCKETS, Pace

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


def test_more_than_there_are_buckets_for_are_let_through() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for one in range(3 * BUCKETS):
        now[0] += 0.001
        assert pace.wait_of(str(one), 60) is None


def test_processes_count_together() -> None:
    """Two copies of one process, as the web runs: what one let through, the other counts."""
    pace = Pace(lambda: 0.0)
    assert pace.wait_of("a", 10) is None
    copy = get_context("fork").Process(target=lambda: [pace.wait_of("a", 10) for _asked in range(5)])
    copy.start()
    copy.join()
    assert copy.exitcode == 0
    assert [pace.wait_of("a", 10) for _asked in range(5)] == [None] * 4 + [timedelta(seconds=6)]


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
