"""Nobody comes in as somebody else: who is invited, by whom, and as which person they join."""

from __future__ import annotations

from uuid import UUID

import pytest

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.links import make_invitation
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.doors.web.joining import accept_invitation
from rapport.kit.trouble import Conflict, NotAllowed
from rapport.people.colleagues import invite_colleague
from rapport.people.handles import add_handle
from rapport.people.home import found_home, make_home_person
from tests.people.people import membered

pytestmark = pytest.mark.django_db
PRIVATE = "maya.private@gmail.com"


@pytest.fixture
def lead(by: By, workspace: Workspace) -> Membership:
    """Lea, who may invite and does not manage."""
    person = make_home_person("Lea Ott", "lea@fernhill.example", found_home("Fernhill", by.now), by.now)
    member: Membership = membered(person.id, "lea@fernhill.example", workspace, by.now)
    member.role = Role.LEAD
    member.save()
    return member


def test_a_second_address_of_a_member_invites_nobody(by: By, lead: Membership, maya_membership: Membership) -> None:
    add_handle(by, by.viewer.person_id, "email", PRIVATE)
    for member in (lead, maya_membership):
        with pytest.raises(Conflict):
            invite_colleague(By(viewer_of(member), "web", by.now), member, PRIVATE, Role.MEMBER)


def test_an_invitation_older_than_that_address_signs_nobody_in_as_them(by: By, maya_membership: Membership) -> None:
    token = make_invitation(PRIVATE, Role.MEMBER, maya_membership, by.now)
    add_handle(by, by.viewer.person_id, "email", PRIVATE)
    with pytest.raises(Conflict):
        accept_invitation(token, None, "Mallory", "a long enough secret", by.now)
    assert not User.objects.filter(email=PRIVATE).exists()
    assert Membership.objects.get(person_id=by.viewer.person_id).id == maya_membership.id


def test_whose_mail_is_here_already_is_invited_by_who_manages(
    by: By, lead: Membership, maya_membership: Membership
) -> None:
    ana: UUID = make_home_person("Ana Sousa", "ana@fernhill.example", found_home("Fernhill", by.now), by.now).id
    with pytest.raises(NotAllowed):
        invite_colleague(By(viewer_of(lead), "web", by.now), lead, "ana@fernhill.example", Role.MEMBER)
    token = invite_colleague(by, maya_membership, "ana@fernhill.example", Role.MEMBER)
    user, _workspace = accept_invitation(token, None, "Ana Sousa", "a long enough secret", by.now)
    assert Membership.objects.get(user=user).person_id == ana
    assert invite_colleague(By(viewer_of(lead), "web", by.now), lead, "new@fernhill.example", Role.MEMBER)
