"""A failpoint does nothing, unless a test asks for it, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from rapport.kit.failpoints import NAMES, Stopped, failpoint, obey, watch
from rapport.kit.trouble import Conflict

PLACE = "import.after_raw"


@pytest.fixture(autouse=True)
def _nobody_watches_after() -> Iterator[None]:
    yield
    watch(None)


def test_it_does_nothing_unasked() -> None:
    obey({})
    for name in NAMES:
        failpoint(name)


def test_it_stops_at_the_place_and_time_named() -> None:
    obey({"RAPPORT_FAILPOINT": f"{PLACE}:raise:2", "RAPPORT_TESTING": "yes"})
    failpoint("import.after_commit")
    failpoint(PLACE)
    with pytest.raises(Stopped):
        failpoint(PLACE)
    failpoint(PLACE)


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(Conflict, match=r"nowhere\.at_all"):
        obey({"RAPPORT_FAILPOINT": "nowhere.at_all:raise", "RAPPORT_TESTING": "yes"})


def test_a_home_that_is_no_test_does_not_start_with_one(tmp_path: object) -> None:
    environment = {**os.environ, "RAPPORT_HOME": str(tmp_path), "RAPPORT_FAILPOINT": f"{PLACE}:kill"}
    environment.pop("RAPPORT_TESTING", None)
    command = [sys.executable, "-c", "import django; django.setup()"]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "this is no test" in refused.stderr
    allowed = subprocess.run(command, env={**environment, "RAPPORT_TESTING": "yes"}, capture_output=True, check=False)
    assert allowed.returncode == 0
