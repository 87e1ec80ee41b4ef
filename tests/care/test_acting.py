"""What is done about a suggestion: once, undoable, and remembered on later days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.care import actions
from rapport.care.making import make_today
from rapport.care.models import Suggestion
from rapport.care.placed import Placed
from rapport.care.today import today_for
from rapport.interactions.logging import log
from rapport.interactions.models import Interaction
from rapport.interactions.saying import understand
from rapport.kit.trouble import Conflict, NotFound, Trouble

from .conftest import LONDON, History


@pytest.fixture
def quiet(history: History, priya: UUID) -> Placed:
    """Priya on today's list."""
    history.judge()
    return today_for(history.maya, LONDON, history.now).placed[0]


def states(history: History, days_on: float = 0) -> list[str]:
    """The states on Today, so many days on."""
    return [one.state for one in today_for(history.maya, LONDON, history.now + timedelta(days=days_on)).placed]


def test_done_is_done_and_does_not_return(by: By, quiet: Placed, history: History) -> None:
    assert quiet.id
    actions.done(by, quiet.id)
    assert states(history) == ["done"]
    assert today_for(history.maya, LONDON, history.now).is_finished
    assert states(history, 1) == []
    assert [one.reason.kind for one in today_for(history.maya, LONDON, history.now + timedelta(days=1)).left_out] == [
        "done"
    ]


def test_who_acts_while_the_list_is_being_made_acts_on_it(
    by: By, quiet: Placed, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has it a moment before: making it here waits for that, and makes nothing."""
    assert quiet.id
    monkeypatch.setattr(actions, "make_today", lambda *given: make_today(*given) and False)
    actions.done(by, quiet.id)
    assert states(history) == ["done"]


def test_not_needed_never_returns(by: By, quiet: Placed, history: History) -> None:
    assert quiet.id
    actions.not_needed(by, quiet.id)
    assert states(history) == ["not-needed"]
    assert states(history, 130) == []


def test_later_returns_tomorrow_at_nine_or_at_its_time_today(by: By, quiet: Placed, history: History) -> None:
    assert quiet.id
    actions.later(by, quiet.id)
    kept = Suggestion.objects.get(id=quiet.id)
    assert kept.later_until
    assert kept.later_until.isoformat() == "2026-11-21T09:00:00+00:00"
    assert states(history, 0.5) == ["later"]
    assert states(history, 1) == ["open"]


def test_later_today_returns_to_the_same_list(by: By, quiet: Placed, history: History) -> None:
    assert quiet.id
    actions.later(by, quiet.id, history.now + timedelta(hours=3))
    assert states(history, 0.1) == ["later"]
    assert states(history, 0.2) == ["open"]
    actions.done(replace(by, now=history.now + timedelta(hours=5)), quiet.id)
    assert states(history, 0.3) == ["done"]


def test_later_lies_ahead(by: By, quiet: Placed) -> None:
    assert quiet.id
    with pytest.raises(Trouble, match="still ahead"):
        actions.later(by, quiet.id, by.now - timedelta(minutes=1))


def test_every_act_is_undone_from_the_journal(by: By, quiet: Placed, history: History) -> None:
    assert quiet.id
    for act in (actions.done, actions.later, actions.not_needed):
        entry = act(by, quiet.id)
        undo(by.viewer, entry, by.now)
        assert states(history) == ["open"]
    done = actions.done(by, quiet.id)
    actions.reopen(by, quiet.id)
    assert states(history) == ["open"]
    with pytest.raises(Conflict):
        undo(by.viewer, done, by.now)


def test_what_was_told_goes_with_it_once(by: By, quiet: Placed, history: History) -> None:
    assert quiet.id
    assert actions.suggestion_of(by, quiet.id)  # stored from now on, as it was before anything was told
    told = log(by, understand("called, 5 min", by.now, LONDON.zone), [quiet.person_id])
    entry = actions.done(by, quiet.id, told)
    assert told.journal_id
    undo(by.viewer, told.journal_id, by.now)  # by itself
    assert states(history) == ["done"]
    undo(by.viewer, entry, by.now)
    assert states(history) == ["open"]
    told = log(by, understand("called, 5 min", by.now, LONDON.zone), [quiet.person_id])
    undo(by.viewer, actions.done(by, quiet.id, told), by.now)
    assert not Interaction.objects.filter(id=told.interaction_id).exists()
    with pytest.raises(Conflict):
        undo(by.viewer, told.journal_id, by.now)


def test_twice_is_once(by: By, quiet: Placed) -> None:
    assert quiet.id
    actions.done(by, quiet.id)
    with pytest.raises(Conflict, match="done already"):
        actions.done(by, quiet.id)


def test_anothers_today_is_not_ours(by: By, quiet: Placed, history: History) -> None:
    assert quiet.id
    stranger = replace(by, viewer=replace(by.viewer, person_id=history.person("Sofia Marchetti", is_home=True)))
    with pytest.raises(NotFound):
        actions.done(stranger, quiet.id)
