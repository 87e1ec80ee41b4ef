"""The clock of this machine jumps, and an import is killed meanwhile: nothing is lost, doubled or left undone for ever.

The jump is that of the one clock of Rapport (rapport/kit/clock.py); the database keeps its own, by which claims end.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from rapport.doors.worker import look_around
from rapport.interactions import importing
from rapport.kit import clock

from .lab import ALL, NOW, SEED, Ending, Lab, Recorder, Stage, port_of
from .scenarios import SCENARIOS, usual_outcome

JUMPS = (timedelta(days=400), timedelta(days=-1), *((timedelta(hours=1), timedelta(hours=-1)) if ALL else ()))
# What is told for a day, or folded up to a moment, is another by another clock.
OF_A_MOMENT = {"relationships", "lists of days", "suggestions", "stored"}
SCENARIO = SCENARIOS[0]


@pytest.fixture(scope="module", autouse=True)
def _in_several_batches() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "PIECES_AT_A_TIME", 5)
        yield


@pytest.fixture(scope="module")
def expected(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, Any]]:
    """The places an undisturbed import comes to, and what it came to."""
    recorder = Recorder(tmp_path_factory.mktemp("reached") / "places")
    with lab.copy(lab.beginning(*SCENARIO.begins)) as stage:
        assert lab.in_process(stage, lambda: SCENARIO.act(stage), recorder).code == 0
        return recorder.reached(), _came_to(lab, stage, lambda: SCENARIO.finish(stage))


@pytest.mark.parametrize("jump", JUMPS, ids=str)
@pytest.mark.parametrize("back", [True, False], ids=["and back", "for good"])
def test_nothing_is_lost_when_the_clock_jumps(
    lab: Lab, expected: tuple[list[str], dict[str, Any]], jump: timedelta, back: bool
) -> None:
    places, undisturbed = expected
    hit = random.Random(f"{SEED} {jump} {back}").randrange(1, len(places) + 1)
    with lab.copy(lab.beginning(*SCENARIO.begins)) as stage:
        first, then = (jump, timedelta(0)) if back else (timedelta(0), jump)
        ending = Ending(hit, "kill", port_of(stage))
        lab.in_process(stage, lambda: _at(first, lambda: SCENARIO.act(stage)), ending)

        def finish() -> None:
            look_around()  # as at the start of the worker: what was put off by a wrong clock is asked for now
            SCENARIO.finish(stage)

        came_to = _came_to(lab, stage, lambda: _at(then, finish))
    for part in undisturbed.keys() - OF_A_MOMENT:
        assert came_to[part] == undisturbed[part], f"{part}, killed at stop {hit}, {places[hit - 1]} (seed {SEED})"


def _at(jump: timedelta, do: Callable[[], object]) -> None:
    with clock.stopped_at(NOW + jump):
        do()


def _came_to(lab: Lab, stage: Stage, finish: Callable[[], object]) -> dict[str, Any]:
    def do() -> dict[str, Any]:
        finish()
        return usual_outcome(stage)

    ended = lab.in_process(stage, do)
    assert ended.code == 0, ended.wrote
    outcome: dict[str, Any] = ended.gave
    return outcome
