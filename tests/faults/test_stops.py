"""Each scenario, stopped at every place it comes to in every way a process ends, comes to the same in the end.

`make faults` runs all of it; otherwise a share drawn by chance, within RAPPORT_FAULT_SECONDS. The seed is printed.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from rapport.interactions import importing, imports

from .lab import ALL, ENDS, SEED, STOPPED, Ended, Ending, Lab, Recorder, Stage, port_of
from .scenarios import SCENARIOS, Scenario

SECONDS = float(os.environ.get("RAPPORT_FAULT_SECONDS", "45"))
SHARE = SECONDS / len(SCENARIOS)
AT_LEAST = 2  # faults of each scenario, however slow the machine
BY_ENDING = {"raise": STOPPED, "exit": 70, "kill": -9}


@pytest.fixture(autouse=True)
def _in_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PIECES_AT_A_TIME", 5)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_wherever_it_is_stopped_it_comes_to_the_same(
    scenario: Scenario, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "in line" in scenario.name:
        monkeypatch.setattr(imports, "UNDONE_AT_ONCE", 0)
    began = time.monotonic()
    beginning = lab.beginning(*scenario.begins)
    recorder = Recorder(tmp_path / "reached")
    with lab.copy(beginning) as stage:
        ran = lab.in_process(stage, lambda: scenario.act(stage), recorder)
        assert ran.code == 0, ran.wrote
        expected = _finished(lab, scenario, stage)
    places = recorder.reached()
    assert expected.get("check", []) == []
    assert places
    faults = [(hit, kind) for hit in range(1, len(places) + 1) for kind in ENDS]
    if not ALL:
        random.Random(f"{SEED} {scenario.name}").shuffle(faults)
    tried = 0
    for hit, kind in faults:
        if not ALL and tried >= AT_LEAST and time.monotonic() - began > SHARE:
            break
        _stop(lab, scenario, beginning, expected, places, hit, kind)
        tried += 1
    spent = time.monotonic() - began
    print(f"\n{scenario.name}: {len(places)} stops at {len(set(places))} places; {tried} of {len(faults)} faults"
          f" in {spent:.0f} s, seed {SEED}")  # fmt: skip


def _stop(
    lab: Lab, scenario: Scenario, beginning: Stage, expected: dict[str, Any], places: list[str], hit: int, kind: str
) -> None:
    fault = f"{scenario.name}, {kind} at stop {hit} of {len(places)}, {places[hit - 1]} (seed {SEED})"
    with lab.copy(beginning) as stage:
        ended = lab.in_process(stage, lambda: scenario.act(stage), Ending(hit, kind, port_of(stage)))
        # A wire that is cut may be mended on the way: then it ends well at once.
        assert kind == "cut" or ended.code == BY_ENDING[kind], f"{fault}: exit {ended.code}\n{ended.wrote}"
        outcome = _finished(lab, scenario, stage, fault, ended)
        for part in expected:
            assert outcome[part] == expected[part], f"{fault}: {part}\n{ended.wrote}"


def _finished(
    lab: Lab, scenario: Scenario, stage: Stage, fault: str = "undisturbed", stopped: Ended | None = None
) -> dict[str, Any]:
    """What it came to, after somebody brought it to its end."""

    def finish() -> dict[str, Any]:
        scenario.finish(stage)
        return scenario.outcome(stage)

    ended = lab.in_process(stage, finish)
    assert ended.code == 0, f"{fault}: not brought to its end\n{ended.wrote}\n--- stopped:\n{stopped and stopped.wrote}"
    outcome: dict[str, Any] = ended.gave
    return outcome
