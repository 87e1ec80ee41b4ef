"""Who worked in the sample only, and whose sample went: they are told so, and begin nothing on another's server."""

from __future__ import annotations

import pytest
from django.test import Client

from rapport.accounts.founding import may_found
from rapport.accounts.models import Membership, User, Workspace
from rapport.doors.web.own_workspace import found_own
from rapport.kit import clock
from rapport.kit.trouble import NotAllowed

pytestmark = pytest.mark.django_db
WHO = {"step": "1", "name": "Ali", "business": "Ali & Sons", "email": "ali@sons.example"}
WHEN = {"step": "2", "time_zone": "UTC", "working_days": ["1"]}


@pytest.fixture
def sample(maya_membership: Membership) -> Workspace:
    """Fernhill as a sample, which Maya, the first of this home, owns."""
    Workspace.objects.filter(id=maya_membership.workspace_id).update(is_sample=True)
    return maya_membership.workspace


def test_colleagues_of_a_sample_that_went_begin_nothing(
    client_maya: Client, colleague: Client, guest: Client, sample: Workspace
) -> None:
    client_maya.post("/sample/leave")
    for left in (colleague, guest):
        assert left.get("/").headers["Location"] == "/welcome"
        told = left.get("/welcome").text
        assert "You are in no workspace any more." in told
        assert "Ask whoever invited you." in told
        assert 'action="/logout"' in told
        assert "Who are you?" not in told
        for form in (WHO, WHEN):
            assert "in no workspace any more" in left.post("/welcome", form).text
    assert not Workspace.objects.exists()
    assert "Who are you?" in client_maya.get("/welcome").text


def test_leaving_is_asked_before_it_is_done(client_maya: Client, sample: Workspace) -> None:
    page = client_maya.get("/").text
    assert '<a class="link" href="/sample/leave"' in page
    assert 'action="/sample/leave"' not in page
    asked = client_maya.get("/sample/leave").text
    assert "This cannot be undone." in asked
    assert "rapport up --sample" in asked
    assert '<a class="btn" href="/">Keep looking around</a>' in asked
    assert Workspace.objects.filter(id=sample.id).exists()
    assert client_maya.post("/sample/leave").headers["Location"] == "/welcome"
    assert not Workspace.objects.filter(id=sample.id).exists()


def test_who_may_not_remove_the_sample_is_not_offered_to(colleague: Client, guest: Client, sample: Workspace) -> None:
    for other in (colleague, guest):
        page = other.get("/people").text
        assert "Sample people." in page
        assert "/sample/leave" not in page
        assert [other.get("/sample/leave").status_code, other.post("/sample/leave").status_code] == [403, 403]
    assert Workspace.objects.filter(id=sample.id).exists()


def test_a_member_of_a_sample_does_not_begin_beside_it(colleague: Client, sample: Workspace) -> None:
    assert colleague.get("/welcome").headers["Location"] == "/"
    assert colleague.post("/welcome", WHO).headers["Location"] == "/"


def test_the_first_of_the_home_begins_once(client_maya: Client, maya_membership: Membership, sample: Workspace) -> None:
    assert may_found(maya_membership.user)
    client_maya.post("/welcome", WHO)
    assert client_maya.post("/welcome", WHEN).status_code == 303
    assert "What shall we begin with?" in client_maya.get("/welcome").text
    assert "What shall we begin with?" in client_maya.post("/welcome", WHEN).text
    assert Workspace.objects.filter(is_sample=False).count() == 1


def test_founding_itself_asks_who_it_is(maya_membership: Membership) -> None:
    other = User.objects.create_user("ali@sons.example", name="Ali")
    for user in (other, maya_membership.user):  # a colleague, and one who owns a workspace already
        with pytest.raises(NotAllowed):
            found_own(user, "Ali & Sons", "ali@sons.example", "UTC", [1], clock.now())
