"""Nobody comes in as somebody else: who is invited, by whom, and as which person they join."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.links import make_invitation
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.doors.web.joining import accept_invitation
from rapport.interactions.joining import merge
from rapport.kit import clock
from rapport.kit.trouble import Conflict, NotAllowed
from rapport.people.colleagues import invite_colleague
from rapport.people.handles import add_handle
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Handle
from tests.conftest import NOW
from tests.interactions.mails import MAYA, PRIYA, mail, read
from tests.people.people import membered, somebody

pytestmark = pytest.mark.django_db
BOSS, DESK = "boss@fernhill.example", "hr@fernhill.example"
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


def invited_by(member: Membership, email: str, now: datetime) -> str:
    member.refresh_from_db()
    return invite_colleague(By(viewer_of(member), "web", now), member, email, Role.MEMBER)


def accepted(token: str, now: datetime) -> UUID | None:
    user, _workspace = accept_invitation(token, None, "Whoever", "a long enough secret", now)
    return Membership.objects.get(user=user).person_id


def test_an_address_mail_has_come_through_since_is_let_in_by_who_manages(
    by: By, lead: Membership, maya_membership: Membership, now: datetime
) -> None:
    """The lead could open the link herself, and read what the boss wrote and was written."""
    token = invited_by(lead, BOSS, now)
    read(now, mail("salaries", PRIYA, [BOSS, MAYA]))
    with pytest.raises(NotAllowed, match="Ask an owner or admin there"):
        accepted(token, now)
    assert not User.objects.filter(email=BOSS).exists()
    with pytest.raises(NotAllowed):
        invited_by(lead, BOSS, now)
    assert accepted(invited_by(maya_membership, BOSS, now), now) == Handle.objects.get(value=BOSS).person_id


def test_the_address_of_a_desk_is_let_in_by_who_manages(
    lead: Membership, maya_membership: Membership, now: datetime
) -> None:
    token = invited_by(lead, DESK, now)
    read(now, mail("applications", PRIYA, [DESK, MAYA]))
    assert not Handle.objects.filter(value=DESK).exists()
    with pytest.raises(NotAllowed):
        accepted(token, now)
    with pytest.raises(NotAllowed):
        invited_by(lead, DESK, now)
    assert accepted(invited_by(maya_membership, DESK, now), now)


def test_an_address_given_to_somebody_after_the_invitation_lets_nobody_in_as_them(
    by: By, lead: Membership, now: datetime
) -> None:
    read(now, mail("salaries", PRIYA, [BOSS, MAYA]))
    boss = Handle.objects.get(value=BOSS).person_id
    leading = By(viewer_of(lead), "web", now)
    token = invited_by(lead, "lea.ott@gmail.com", now)
    nobody = somebody(leading, "Nobody", email="lea.ott@gmail.com")
    merge(leading, boss, nobody.id)
    with pytest.raises(NotAllowed):
        accepted(token, now)


@pytest.mark.parametrize("change", [{"role": Role.LEAD}, {"ended_at": NOW}])
def test_who_invited_still_manages_when_it_is_accepted(
    by: By, lead: Membership, now: datetime, change: dict[str, object]
) -> None:
    make_home_person("Ana Sousa", "ana@fernhill.example", found_home("Fernhill", now), now)
    Membership.objects.filter(id=lead.id).update(role=Role.ADMIN)
    token = invited_by(lead, "ana@fernhill.example", now)
    Membership.objects.filter(id=lead.id).update(**change)
    with pytest.raises(NotAllowed):
        accepted(token, now)


def test_a_lead_invites_whom_nobody_has_heard_of(lead: Membership, now: datetime) -> None:
    token = invited_by(lead, "new@fernhill.example", now)
    read(now, mail("hello", PRIYA, [MAYA]))
    assert accepted(token, now)


def test_who_is_refused_is_told_whom_to_ask_and_has_no_account(lead: Membership, now: datetime) -> None:
    token = invited_by(lead, BOSS, clock.now())
    read(now, mail("salaries", PRIYA, [BOSS, MAYA]))
    answer = Client().post(f"/link/{token}", {"name": "Boss", "password": "a long enough secret"})
    assert answer.status_code == 403
    assert "Ask an owner or admin there to invite you again." in answer.text
    assert not User.objects.filter(email=BOSS).exists()
