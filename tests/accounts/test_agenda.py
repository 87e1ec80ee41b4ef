"""A wish for a round is never lost, whenever it comes: also not while that very round is at work."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from rapport.accounts import agenda
from rapport.accounts.founding import found_workspace
from rapport.accounts.rows import in_workspace
from rapport.kit import clock
from rapport.kit.postgres import Addresses

KINDS = ("judge", "look")


@pytest.fixture
def here(committed: Addresses) -> UUID:
    """A workspace whose rows other transactions see."""
    return found_workspace("Fernhill", "UTC", clock.now()).id


def wish(here: UUID, kind: str, seconds: float) -> None:
    with in_workspace(here):
        agenda.put_down(kind, clock.now() + timedelta(seconds=seconds))


def row(addresses: Addresses, kind: str) -> tuple[object, ...] | None:
    with psycopg.connect(addresses.owner) as connection:
        return connection.execute(
            "SELECT due_at - clock_timestamp() < interval '10 seconds' FROM agenda WHERE kind = %s", [kind]
        ).fetchone()


@pytest.mark.parametrize("seconds", [-5, 0, 5, 15, 86_400])
@pytest.mark.parametrize("again", [None, timedelta(days=5)])
def test_a_wish_that_comes_while_its_round_is_at_work_is_come_to(
    here: UUID, committed: Addresses, seconds: float, again: timedelta | None
) -> None:
    wish(here, "judge", -1)
    due = agenda.claim(KINDS)
    assert due is not None
    wish(here, "judge", seconds)  # the round has looked already
    agenda.finish(due, clock.now() + again if again else None)
    assert row(committed, "judge") == (True,)


def test_without_another_wish_a_round_that_is_over_is_over(here: UUID, committed: Addresses) -> None:
    wish(here, "judge", -1)
    due = agenda.claim(KINDS)
    assert due is not None
    agenda.finish(due, None)
    assert row(committed, "judge") is None
    assert agenda.claim(KINDS) is None


def test_a_later_wish_does_not_put_off_an_earlier_one(here: UUID, committed: Addresses) -> None:
    wish(here, "look", 5)
    wish(here, "look", 86_400)
    assert row(committed, "look") == (True,)


def test_what_was_forgotten_is_asked_for_everywhere(here: UUID, committed: Addresses) -> None:
    other = found_workspace("Elsewhere", "UTC", clock.now()).id
    wish(here, "look", 86_400)
    agenda.put_down_everywhere(KINDS, clock.now())
    found = {(due.workspace_id, due.kind) for _ in range(5) if (due := agenda.claim(KINDS))}
    assert found == {(one, kind) for one in (here, other) for kind in KINDS}


def test_a_round_that_asks_for_itself_lets_a_moment_pass(here: UUID) -> None:
    """The clock of a database on another machine is ahead: what is due there is not due here."""
    wish(here, "look", -1)
    due = agenda.claim(KINDS)
    assert due is not None
    agenda.finish(due, clock.now() - timedelta(minutes=5))
    assert agenda.claim(KINDS) is None
