"""When the sample village is raised: once, and again only where somebody asks for it."""

from __future__ import annotations

import pytest

from rapport.accounts.models import Membership, Workspace
from rapport.doors.running.up import village_is_due

pytestmark = pytest.mark.django_db


def test_a_sample_that_was_removed_comes_back_only_when_asked_for(maya_membership: Membership) -> None:
    user = maya_membership.user  # she has begun with her own
    assert not village_is_due(user, fresh=False, with_sample=None)
    assert not village_is_due(user, fresh=False, with_sample=False)
    assert village_is_due(user, fresh=False, with_sample=True)


def test_a_new_home_gets_one_unless_somebody_says_no(
    maya_membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = maya_membership.user
    Workspace.objects.filter(id=maya_membership.workspace_id).delete()
    assert village_is_due(user, fresh=True, with_sample=None)
    assert not village_is_due(user, fresh=True, with_sample=False)
    assert not village_is_due(user, fresh=False, with_sample=None)  # it was removed, and nothing begun yet
    monkeypatch.setenv("RAPPORT_SAMPLE", "no")
    assert not village_is_due(user, fresh=True, with_sample=None)
    assert village_is_due(user, fresh=True, with_sample=True)


def test_what_a_start_left_half_raised_is_raised_whole(maya_membership: Membership) -> None:
    Workspace.objects.filter(id=maya_membership.workspace_id).update(is_sample=True)  # no fact yet: they come last
    assert village_is_due(maya_membership.user, fresh=False, with_sample=None)
    assert village_is_due(maya_membership.user, fresh=False, with_sample=True)
