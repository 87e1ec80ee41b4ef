"""Who may give whom which role, and let whom go; whoever left is out at once, and can be taken in again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.test import Client

from rapport.accounts import journal
from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import join, memberships_of
from rapport.accounts.inviting import invite
from rapport.accounts.keys import make_key
from rapport.accounts.leaving import let_go
from rapport.accounts.links import look_at, make_sign_in_link
from rapport.accounts.models import JournalEntry, Key, Membership, Role, User, Workspace
from rapport.accounts.roles import set_role
from rapport.accounts.rows import enter
from rapport.kit import clock
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
ROLES = tuple(Role.values)


@pytest.fixture
def members(maya_membership: Membership, now: datetime) -> Mapping[str, Membership]:
    """One in each role, made when asked for; Maya is an owner, too."""
    return Members(maya_membership, now)


class Members(dict[str, Membership]):
    """Who is there by their role."""

    def __init__(self, maya: Membership, now: datetime) -> None:
        self._maya, self._now = maya, now

    def __missing__(self, role: str) -> Membership:
        self[role] = _member(self._maya, role, self._now)
        return self[role]


def _member(maya: Membership, role: str, now: datetime, name: str = "") -> Membership:
    email = f"{name or role}@fernhill.example"
    person = make_home_person(name or role, email, found_home("Fernhill", now), now)
    return join(maya.workspace, User.objects.create_user(email, name=name or role), person.id, role, now)


def _by(membership: Membership, now: datetime) -> By:
    membership.refresh_from_db()
    return By(viewer_of(membership), "web", now)


def _may(who: str, *roles: str) -> bool:
    return who == Role.OWNER or (who == Role.ADMIN and Role.OWNER not in roles)


@pytest.mark.parametrize(("who", "whom", "what"), list(product(ROLES, ROLES, ROLES)))
def test_who_may_make_whom_what(
    members: Mapping[str, Membership], maya_membership: Membership, now: datetime, who: str, whom: str, what: str
) -> None:
    by, member = _by(members[who], now), _member(maya_membership, whom, now, "ned")
    if not _may(who, whom, what):
        with pytest.raises(NotAllowed):
            set_role(by, member.id, what)
        assert Membership.objects.get(id=member.id).role == whom
        return
    entry = set_role(by, member.id, what)
    assert Membership.objects.get(id=member.id).role == what
    if what == whom:
        assert JournalEntry.objects.get(id=entry).way_back is None
    else:
        journal.undo(by.viewer, entry, now)
        assert Membership.objects.get(id=member.id).role == whom


@pytest.mark.parametrize(("who", "whom"), list(product(ROLES, ROLES)))
def test_who_may_let_whom_go(
    members: Mapping[str, Membership], maya_membership: Membership, now: datetime, who: str, whom: str
) -> None:
    by, member = _by(members[who], now), _member(maya_membership, whom, now, "ned")
    key = make_key(member.id, member.workspace_id, "program", True, now)[0]
    if not _may(who, whom):
        with pytest.raises(NotAllowed):
            let_go(by, member.id)
        assert memberships_of(member.user)
        return
    entry = let_go(by, member.id)
    assert memberships_of(member.user) == []
    assert Key.objects.get(id=key.id).ended_at == now
    assert Person.objects.get(id=member.person_id).is_home
    with pytest.raises(NotFound):
        let_go(by, member.id)
    journal.undo(by.viewer, entry, now)
    assert [one.role for one in memberships_of(member.user)] == [whom]
    assert Key.objects.get(id=key.id).ended_at is None


def test_the_last_owner_stays_one(maya_membership: Membership, now: datetime) -> None:
    by = _by(maya_membership, now)
    for verb in (lambda: set_role(by, maya_membership.id, "admin"), lambda: let_go(by, maya_membership.id)):
        with pytest.raises(Conflict) as refused:
            verb()
        assert refused.value.code == "last-owner"
    other = _member(maya_membership, "owner", now)
    set_role(by, maya_membership.id, "admin")
    with pytest.raises(Conflict):
        let_go(_by(other, now), other.id)


def test_an_undo_leaves_an_owner_too(maya_membership: Membership, now: datetime) -> None:
    """Maya makes Ali an owner, who makes her an admin: neither of them can take his ownership back then."""
    ali = _member(maya_membership, "member", now)
    made = set_role(_by(maya_membership, now), ali.id, "owner")
    lessened = set_role(_by(ali, now), maya_membership.id, "admin")
    with pytest.raises(NotAllowed):
        journal.undo(_by(maya_membership, now).viewer, made, now)
    with pytest.raises(journal.StaysDone) as refused:
        journal.undo(_by(ali, now).viewer, made, now)
    assert refused.value.code == "last-owner"
    journal.undo(_by(ali, now).viewer, lessened, now)
    assert Membership.objects.get(id=maya_membership.id).role == "owner"


def test_who_lost_the_right_cannot_take_it_back_by_undoing(members: Mapping[str, Membership], now: datetime) -> None:
    admin = _by(members["admin"], now)
    entry = set_role(admin, members["lead"].id, "member")
    set_role(_by(members["owner"], now), members["admin"].id, "member")
    with pytest.raises(NotAllowed):
        journal.undo(_by(members["admin"], now).viewer, entry, now)


def test_what_was_changed_since_is_not_taken_back(members: Mapping[str, Membership], now: datetime) -> None:
    by = _by(members["owner"], now)
    first = set_role(by, members["guest"].id, "member")
    set_role(by, members["guest"].id, "lead")
    with pytest.raises(Conflict):
        journal.undo(by.viewer, first, now)
    gone = let_go(by, members["guest"].id)
    member = members["guest"]
    join(member.workspace, member.user, member.person_id, "guest", now)
    with pytest.raises(Conflict):
        journal.undo(by.viewer, gone, now)
    assert memberships_of(member.user)[0].role == "guest"


def test_what_is_no_role_and_who_is_no_member_is_refused(
    members: Mapping[str, Membership], other_workspace: Workspace, maya_membership: Membership, now: datetime
) -> None:
    by = _by(members["owner"], now)
    with pytest.raises(Trouble):
        set_role(by, members["lead"].id, "queen")
    enter(other_workspace.id)
    person = make_home_person("Ned", "ned@elsewhere.example", found_home("Elsewhere", now), now)
    theirs = join(other_workspace, User.objects.create_user("ned@elsewhere.example"), person.id, "member", now)
    enter(maya_membership.workspace_id)
    for nobody in (theirs.id, new_id()):
        with pytest.raises(NotFound):
            set_role(by, nobody, "guest")
        with pytest.raises(NotFound):
            let_go(by, nobody)


def test_a_leaver_is_refused_at_once(members: Mapping[str, Membership], now: datetime) -> None:
    """By the session they are in, by their key, by their links, and by an invitation they had put by."""
    with clock.stopped_at(now):
        lead = members["lead"]
        browser = Client()
        browser.force_login(lead.user)
        headers = {"Authorization": f"Bearer {make_key(lead.id, lead.workspace_id, 'program', True, now)[1]}"}
        link = make_sign_in_link(lead.user, now)
        invited = invite(_by(lead, now), lead, "second.self@home.example", "lead")
        waiting = invite(_by(members["owner"], now), members["owner"], "sofia@fernhill.example", "member")
        assert browser.get("/people").status_code == 200
        assert Client().get("/api/v1/me", headers=headers).status_code == 200

        let_go(_by(members["admin"], now), lead.id)

        assert browser.get("/people").headers["Location"].startswith("/accounts/login")
        assert browser.get("/api/v1/me").status_code == 401
        assert Client().get("/api/v1/me", headers=headers).status_code == 401
        assert (look_at(link, now), look_at(invited, now)) == (None, None)
        assert look_at(waiting, now) is not None
        again = Client()
        again.force_login(lead.user)  # whoever still knows their password
        assert again.get("/people").headers["Location"] == "/welcome"
        assert "in no workspace any more" in again.get("/welcome").text
        assert again.get("/api/v1/me").status_code == 403


def test_who_works_elsewhere_too_stays_there(
    members: Mapping[str, Membership], other_workspace: Workspace, maya_membership: Membership, now: datetime
) -> None:
    member = members["member"]
    enter(other_workspace.id)
    person = make_home_person("Ned", "ned@elsewhere.example", found_home("Elsewhere", now), now)
    join(other_workspace, member.user, person.id, "member", now + timedelta(hours=1))
    enter(maya_membership.workspace_id)
    let_go(_by(maya_membership, now), member.id)
    assert [one.workspace_id for one in memberships_of(member.user)] == [other_workspace.id]
