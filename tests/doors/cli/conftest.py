"""Words typed after `rapport`, in the workspace of the cast."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from django.conf import settings
from typer.testing import CliRunner

from rapport.accounts.access import Viewer
from rapport.doors.cli import entering, writing
from rapport.doors.cli.app import app
from rapport.kit import clock
from tests.care.conftest import History, dana, elena, history, priya  # noqa: F401 - fixtures

Type = Callable[..., Result]


@pytest.fixture
def typed(maya: Viewer, monkeypatch: pytest.MonkeyPatch, history: History) -> Iterator[Type]:  # noqa: F811
    """Type words after `rapport`, at the moment of the history."""
    monkeypatch.setattr(entering, "house_open", contextlib.nullcontext)  # the database is here already
    with clock.stopped_at(history.now):
        yield lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> None:
    """For verbs that want the house itself and not only its database."""
    monkeypatch.setattr(writing, "house_open", lambda: contextlib.nullcontext(settings.HOUSE))
