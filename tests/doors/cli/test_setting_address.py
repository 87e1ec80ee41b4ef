"""Whoever runs Rapport sets the address somebody signs in with, where nobody can ask them by mail."""

from __future__ import annotations

import contextlib

import pytest
from django.conf import settings

from rapport.accounts.access import Viewer
from rapport.accounts.models import JournalEntry, Membership, User
from rapport.doors.cli import running
from rapport.kit.trouble import Trouble

from .conftest import Type


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "house_open", lambda: contextlib.nullcontext(settings.HOUSE))
    monkeypatch.setattr(running, "must_be_there", lambda _house: None)


def test_it_is_set_and_written_down(typed: Type, maya: Viewer) -> None:
    user = Membership.objects.get(id=maya.membership_id).user
    told = typed("set-address", "Maya@new.example", "--member", user.email)
    assert f"Who signed in as {user.email} signs in as maya@new.example from now on." in told.stdout
    assert User.objects.get(id=user.id).email == "maya@new.example"
    assert JournalEntry.objects.get(verb="member.address").door == "cli"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nonsense"], "Write it like you@example.org."),
        (["new@else.example", "--member", "nobody@else.example"], "Nobody here signs in as nobody@else.example."),
    ],
)
def test_what_cannot_be_is_said(typed: Type, maya: Viewer, words: list[str], sentence: str) -> None:
    refused = typed("set-address", *words).exception
    assert isinstance(refused, Trouble)
    assert sentence in refused.sentence
    assert not JournalEntry.objects.filter(verb="member.address").exists()
