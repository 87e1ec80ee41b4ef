"""Lists kept under a name: one's own, shared, renamed, removed, and had back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rapport.accounts import journal
from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.models import Role, User, Workspace
from rapport.care.views import change_view, remove_view, save_view, view_of, views_of
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble

from .conftest import History

pytestmark = pytest.mark.django_db


@pytest.fixture
def jon(history: History, workspace: Workspace, now: datetime) -> By:
    """Jon, a member."""
    person = history.person("Jon Bell", is_home=True)
    user = User.objects.create_user("jon@fernhill.example", name="Jon Bell")
    return By(viewer_of(join(workspace, user, person, Role.MEMBER, now)), "web", now)


def names(viewer: Viewer) -> list[str]:
    return [one.name for one in views_of(viewer)]


def test_it_is_kept_with_what_it_asks_and_nothing_else(by: By, maya: Viewer) -> None:
    done = save_view(by, " At  risk ", {"state": "at_risk", "sort": "last", "after": "x", "csrf": "y", "q": ""})
    view = view_of(maya, done.view_id)
    assert (view.name, view.asked, view.is_own, view.by) == (
        "At risk", {"state": "at_risk", "sort": "last"}, True, "Maya Okafor",
    )  # fmt: skip
    journal.undo(maya, done.journal_id, by.now)
    assert names(maya) == []


def test_one_name_one_list(by: By) -> None:
    save_view(by, "Old friends", {})
    for name in ("old FRIENDS", "  "):
        with pytest.raises(Trouble):
            save_view(by, name, {})


def test_only_what_is_shared_is_seen_by_others_and_only_its_owner_changes_it(by: By, jon: By, maya: Viewer) -> None:
    own = save_view(by, "Mine", {}).view_id
    shared = save_view(by, "Ours", {}, is_shared=True).view_id
    assert names(jon.viewer) == ["Ours"]
    for verb in (lambda: remove_view(jon, shared), lambda: change_view(jon, shared, name="Else")):
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(NotFound):
        remove_view(jon, own)
    with pytest.raises(NotFound):
        view_of(jon.viewer, own)
    theirs = save_view(jon, "Theirs", {}, is_shared=True).view_id
    remove_view(by, theirs)  # Maya manages the workspace
    assert names(jon.viewer) == ["Ours"]


def test_it_is_renamed_shared_and_asks_something_else_until_that_is_taken_back(by: By, maya: Viewer) -> None:
    view = save_view(by, "Mine", {"q": "a"}).view_id
    done = change_view(by, view, name="Ours", asked={"q": "b"}, is_shared=True)
    assert (view_of(maya, view).name, view_of(maya, view).asked, view_of(maya, view).is_shared) == (
        "Ours", {"q": "b"}, True,
    )  # fmt: skip
    change_view(by, view, asked={"q": "c"})
    journal.undo(maya, done.journal_id, by.now)
    assert (view_of(maya, view).name, view_of(maya, view).asked) == ("Mine", {"q": "c"})  # what came since stays


def test_what_is_removed_comes_back_unless_another_has_its_name(by: By, maya: Viewer) -> None:
    view = save_view(by, "Mine", {"q": "a"}, is_shared=True).view_id
    done = remove_view(by, view)
    assert names(maya) == []
    journal.undo(maya, done.journal_id, by.now)
    assert view_of(maya, view).asked == {"q": "a"}
    done = remove_view(by, view)
    save_view(by, "Mine", {})
    with pytest.raises(journal.StaysDone):
        journal.undo(maya, done.journal_id, by.now)


def test_a_guest_changes_nothing_and_sees_nobody_elses(by: By, maya: Viewer) -> None:
    save_view(by, "Ours", {}, is_shared=True)
    guest = replace(maya, role=Role.GUEST, membership_id=by.viewer.workspace_id)
    assert names(guest) == []
    with pytest.raises(NotAllowed):
        save_view(replace(by, viewer=guest), "Mine", {})


def test_a_name_given_again_is_refused_while_another_has_it(by: By) -> None:
    save_view(by, "One", {})
    two = save_view(by, "Two", {}).view_id
    with pytest.raises(Conflict):
        change_view(by, two, name="one")
