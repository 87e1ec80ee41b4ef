"""A second domain of ours is home once one of ours signs in with it, or says it is theirs and writes from it."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

import pytest
from django.db import transaction

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.journal import undo
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.accounts.oneself import set_address
from rapport.accounts.rows import enter
from rapport.doors.web.joining import accept_invitation
from rapport.interactions.models import PairChange
from rapport.interactions.own_domain import set_own_domain
from rapport.kit.trouble import Conflict, Trouble
from rapport.people.colleagues import invite_colleague
from rapport.people.handles import add_handle
from rapport.people.home import claim_addresses, found_home, make_home_person
from rapport.people.models import Organization, Person
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import read_on
from tests.interactions.mails import MAYA, PRIYA, mail, read
from tests.people.people import membered, somebody

MAYA_TOO, BEN, ZOE = "maya@aldersons.example", "ben@aldersons.example", "zoe@aldersons.example"


def ours() -> set[str]:
    return set(Person.objects.filter(is_home=True).values_list("name", flat=True))


def test_where_one_of_ours_writes_from_is_home_whatever_was_read_first(maya: Viewer, now: datetime) -> None:
    week = (mail("a", MAYA_TOO, [PRIYA]), mail("b", BEN, [PRIYA], hour=1), mail("c", PRIYA, [ZOE], hour=2))
    for order in permutations(week):
        with transaction.atomic():
            claim_addresses(maya.person_id, [MAYA_TOO], now)
            for one in order:
                read(now, one)
            assert ours() == {"Maya Okafor", "Ben", "Zoe"}
            assert not Organization.objects.filter(domain="aldersons.example").exists()
            transaction.set_rollback(True)


def test_pairs_of_who_turns_out_one_of_ours_are_judged_again(maya: Viewer, now: datetime) -> None:
    claim_addresses(maya.person_id, [MAYA_TOO], now)
    read(now, mail("b", BEN, [PRIYA]))
    ben = Person.objects.get(name="Ben")
    PairChange.objects.all().delete()
    read(now, mail("a", MAYA_TOO, [PRIYA], hour=3))
    assert PairChange.objects.filter(home_person_id=ben.id).exists()


def test_an_address_only_typed_makes_nobody_ours(maya: Viewer, now: datetime) -> None:
    claim_addresses(maya.person_id, [MAYA_TOO], now)
    read(now, mail("b", BEN, [MAYA_TOO, PRIYA]))
    assert ours() == {"Maya Okafor"}


@pytest.mark.parametrize(("role", "expected"), [(Role.MEMBER, {"Zoe", "Ben"}), (Role.GUEST, {"Ben"})])
def test_a_colleague_signs_in_from_home_and_a_guest_does_not(
    by: By, maya_membership: Membership, now: datetime, role: str, expected: set[str]
) -> None:
    read(now, mail("c", ZOE, [MAYA], names={}))
    token = invite_colleague(by, maya_membership, BEN, role)
    accept_invitation(token, None, "Ben", "a long enough secret", now)
    read(now, mail("d", PRIYA, [MAYA], hour=3))
    assert ours() - {"Maya Okafor"} == expected


def test_a_free_mail_provider_is_nobodys_home(maya: Viewer, now: datetime) -> None:
    claim_addresses(maya.person_id, ["maya@gmail.com"], now)
    read(now, mail("a", "maya@gmail.com", [PRIYA]), mail("b", "dana@gmail.com", [PRIYA]))
    assert ours() == {"Maya Okafor"}


def test_where_colleagues_of_another_workspace_sign_in_from_is_not_home(
    maya: Viewer, other_workspace: Workspace, now: datetime
) -> None:
    enter(other_workspace.id)
    zoe = make_home_person("Zoe", ZOE, found_home("Elsewhere", now), now)
    join(other_workspace, User.objects.create_user(ZOE, "a long enough secret"), zoe.id, Role.OWNER, now)
    enter(maya.workspace_id)
    read(now, mail("c", ZOE, [MAYA], names={}))
    assert ours() == {"Maya Okafor"}


def test_a_domain_taken_for_ours_by_mistake_is_let_go_and_taken_back(by: By, maya: Viewer, now: datetime) -> None:
    """Whoever writes from there is nobody of ours any more, until it is undone."""
    Organization.objects.filter(is_home=True).update(domain="aldersons.example")
    read(now, mail("b", BEN, [PRIYA]), mail("c", ZOE, [PRIYA]), mail("d", MAYA, [PRIYA]))
    while read_on(now):
        pass
    ben = Person.objects.get(name="Ben")
    assert Relationship.objects.filter(home_person=ben).exists()
    journal_id = set_own_domain(by, "maya@fernhill.example")
    assert ours() == {"Maya Okafor"}
    assert Organization.objects.get(domain="aldersons.example").name == "Aldersons"
    while read_on(now):
        pass
    assert not Relationship.objects.filter(home_person=ben).exists()
    undo(maya, journal_id, now)
    assert ours() == {"Maya Okafor", "Ben", "Zoe"}
    while read_on(now):
        pass
    assert Relationship.objects.filter(home_person=ben).exists()


def test_the_domain_members_were_invited_at_stays_ours(by: By) -> None:
    with pytest.raises(Conflict, match="Members sign in"):
        set_own_domain(by, "aldersons.example")
    with pytest.raises(Trouble, match="no domain of a business"):
        set_own_domain(by, "gmail.com")


def test_signing_in_with_a_customers_address_by_mistake_makes_no_customer_ours(
    maya: Viewer, maya_membership: Membership, now: datetime
) -> None:
    read(now, mail("c", ZOE, [MAYA]))
    User.objects.filter(id=maya_membership.user_id).update(email="maya@aldersons.example")
    read(now, mail("d", PRIYA, [MAYA], hour=3))
    assert ours() == {"Maya Okafor"}


def test_signing_in_with_a_customers_domain_makes_no_customer_ours(
    by: By, workspace: Workspace, maya_membership: Membership, now: datetime
) -> None:
    """Anything can be written down to sign in with; mail written from there shows that it is theirs."""
    read(now, mail("c", ZOE, [MAYA], names={}))
    token = invite_colleague(by, maya_membership, "ali@fernhill.example", Role.MEMBER)
    user, _workspace = accept_invitation(token, None, "Ali", "a long enough secret", now)
    ali = By(viewer_of(Membership.objects.get(user=user)), "web", now)
    set_address(user, "ali@aldersons.example")
    add_handle(ali, ali.viewer.person_id, "email", "ali@aldersons.example")
    read(now, mail("d", PRIYA, [MAYA, "ali@aldersons.example"], hour=3))
    assert ours() == {"Maya Okafor", "Ali"}
    read(now, mail("e", "ali@aldersons.example", [PRIYA], hour=4))
    assert ours() == {"Maya Okafor", "Ali", "Zoe"}


def test_a_colleague_who_was_a_customer_does_not_bring_the_others_by_signing_in_as_before(
    by: By, maya_membership: Membership, now: datetime
) -> None:
    read(now, mail("c", ZOE, [MAYA], names={}), mail("b", BEN, [MAYA], names={}, hour=1))
    ben = Person.objects.get(name="Ben")
    add_handle(by, ben.id, "email", "ben@fernhill.example")
    token = invite_colleague(by, maya_membership, "ben@fernhill.example", Role.MEMBER)
    user, _workspace = accept_invitation(token, None, "Ben", "a long enough secret", now)
    set_address(user, BEN)
    read(now, mail("d", PRIYA, [MAYA], hour=3))
    assert ours() == {"Maya Okafor", "Ben"}


def test_who_founds_home_before_any_mail_was_read_brings_its_domain(other_workspace: Workspace, now: datetime) -> None:
    enter(other_workspace.id)
    zoe = make_home_person("Zoe", ZOE, found_home("Elsewhere", now), now)
    join(other_workspace, User.objects.create_user(ZOE, "a long enough secret"), zoe.id, Role.OWNER, now)
    read(now, mail("b", BEN, [PRIYA]))
    assert ours() == {"Zoe", "Ben"}


def test_a_member_gives_home_no_first_domain(
    by: By, workspace: Workspace, maya_membership: Membership, now: datetime
) -> None:
    """They could name a customer's, and read that customer's people as colleagues."""
    Organization.objects.filter(is_home=True).update(domain=None)
    read(now, mail("c", ZOE, ["maya@gmail.com"], names={}))
    ali = somebody(by, "Ali", email="ali@gmail.com")
    member = viewer_of(membered(ali.id, "ali@gmail.com", workspace, now))
    claim_addresses(member.person_id, ["ali@aldersons.example"], now, member)
    assert ours() == {"Maya Okafor", "Ali"}
    claim_addresses(by.viewer.person_id, [MAYA_TOO], now, by.viewer)
    assert ours() == {"Maya Okafor", "Ali", "Zoe"}
