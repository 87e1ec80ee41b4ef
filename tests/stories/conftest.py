"""A home with the sample village, opened by `rapport up` as anybody would, and a browser that looks at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, sync_playwright

from rapport.kit.supervision.processes import waited
from scripts.browser import find_browser
from tests.faults.stack import Stack

UP = "from rapport.doors.cli import main; main()"


class Home(Stack):
    """A stack with the sample people in it. `settings`: further settings it is started with."""

    settings: ClassVar[dict[str, str]] = {}

    def start(self) -> None:
        """Begin, and wait until it serves."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
        environment |= self.settings | {"RAPPORT_HOME": str(self.house.path), "RAPPORT_PORT": str(self.house.web_port)}
        with (self.house.logs_folder / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", UP, "up"], env=environment, stdout=log, stderr=log, start_new_session=True
            )
        assert waited(self.serves, 300, step=0.5), self.said

    @property
    def said(self) -> str:
        """What it printed."""
        return (self.house.logs_folder / "up.log").read_text()

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://localhost:{self.house.web_port}"

    @property
    def link(self) -> str:
        """The link it printed to sign in by."""
        assert waited(lambda: "/link/" in self.said, 60, step=0.5), self.said
        return next(line.strip() for line in self.said.splitlines() if "/link/" in line)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home that was just opened for the first time."""
    opened = Home.at(tmp_path_factory.mktemp("home"))
    try:
        opened.start()
        yield opened
    finally:
        opened.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, wherever it is here; without one the stories fail, they are not skipped."""
    found = find_browser()
    assert found is not None, "No browser: install chromium, or name one in RAPPORT_BROWSER."
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
