"""Every command with the eyes of every member: what a role may not do, no door does for it."""

from __future__ import annotations

import contextlib

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from rapport.accounts.access import RIGHTS
from rapport.accounts.rows import enter
from rapport.doors.cli import entering
from rapport.doors.cli import rights as of_rights
from rapport.doors.cli.app import app
from rapport.doors.operations.catalogue import catalogue
from rapport.kit.trouble import Trouble

from .asking import logical_hash
from .cast import INSIDE, NAMES, Cast
from .routes import API

AS_A_MEMBER = {  # by command, the operations it asks and one way to type it
    "today": (["today.get"], []),
    "search": (["interactions.search"], ["rota"]),
    "people": (["people.list"], []),
    "why": (["people.why"], ["Priya Raman"]),
    "organizations": (["organizations.list"], []),
    "organization": (["organizations.get"], ["Fairlight"]),
    "who-knows": (["people.who-knows"], ["Priya Raman"]),
    "views": (["views.list"], []),
    "imports": (["imports.list"], []),
    "known": (["people.known"], ["Priya Raman"]),
    "known --whole": (["people.known-whole"], ["Priya Raman", "--why", "her letter"]),
    "erase": (["people.erase"], ["Priya Raman", "--name", "Priya Raman"]),
    "erase --plan": (["people.erasure-plan"], ["Priya Raman"]),
    "log": (["interactions.log"], ["called Priya Raman 10 min"]),
    "done": (["today.done"], ["1"]),
    "later": (["today.later"], ["1"]),
    "not-needed": (["today.not-needed"], ["1"]),
    "undo": (["journal.undo"], []),
    "do": (sorted(set(API)), []),
}
# Whoever may run these may do anything to this home: they ask no member's right (docs/host/security.md).
AS_THE_HOST = {"up", "down", "status", "link", "backup", "restore", "check", "version", "reset-second-factor"}
AS_THE_HOST |= {"set-address"}
AS_THE_HOST |= {"config", "completion"}  # they open no workspace
AS_EITHER = {"import"}  # the host brings files for a member, who may then import
NOT_ALLOWED, NOT_THERE = 3, 4


def test_every_command_is_declared() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert commands == {one.split()[0] for one in AS_A_MEMBER} | AS_THE_HOST | AS_EITHER


@pytest.fixture
def typed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for door in (entering, of_rights):
        monkeypatch.setattr(door, "house_open", contextlib.nullcontext)
    return CliRunner()


@pytest.mark.parametrize("who", sorted(INSIDE | {"let go", "nobody"}))
def test_what_a_role_may_not_do_is_refused_and_changes_nothing(cast: Cast, typed: CliRunner, who: str) -> None:
    called = NAMES.get(who, {"let go": "Lenny"}.get(who, "Nobody"))
    before, wrong = logical_hash(cast), []
    for command, (operations, words) in AS_A_MEMBER.items():
        if command == "do":
            operations, words = ["people.add"], ["people.add", "name=Zoë"]
        rights = {catalogue()[one].right for one in operations}
        allowed = who in RIGHTS and rights <= RIGHTS[who] and all(who in API[one].only for one in operations)
        if allowed and rights != {"read"}:
            continue  # it would be done; that it is stands in tests/doors/cli
        enter(cast.workspaces["here"])
        code, said = _code(typed, *command.split(), *words, "--member", f"{called.lower()}@fernhill.example")
        expected = NOT_THERE if who not in RIGHTS else 0 if allowed else NOT_ALLOWED
        # who is not on their Today is not there, whatever they may do
        if code not in {expected, NOT_THERE if "today" in operations[0] and code != 0 else expected}:
            wrong.append(f"{command}: {code} instead of {expected}: {said}")
    assert not wrong, "\n".join(wrong)
    assert logical_hash(cast) == before


def _code(typed: CliRunner, *words: str) -> tuple[int, str]:
    """The exit code, as the command ends; Trouble carries its own."""
    told = typed.invoke(app, list(words))
    if isinstance(told.exception, Trouble):
        return told.exception.exit_code, told.exception.sentence
    return told.exit_code, repr(told.exception)
