"""Who works here: the members of the workspace, their roles, and letting somebody go."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from rapport.accounts.inviting import members_here
from rapport.accounts.leaving import let_go
from rapport.accounts.models import Membership
from rapport.accounts.requiring import require_second_factor, reset_second_factor
from rapport.accounts.roles import set_role
from rapport.people.models import Person
from rapport.people.visible import sees_whole

from .answers import Answer
from .catalogue import Asked, operation
from .given import Given, Nothing
from .shapes import Done

RoleName = Literal["owner", "admin", "lead", "member", "guest"]


class Member(Answer):
    """Somebody who signs in here. `id` is what the other operations take; a guest sees no addresses but their own."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    role: str
    since: datetime


class Members(Answer):
    """Who works here, in the order they came."""

    rows: list[Member]


@operation("members.list", "GET", "/members", "List who works here", right="read", takes=Nothing, gives=Members)
def listed(asked: Asked, given: Nothing) -> Members:
    """Those who can sign in; who has left is not among them."""
    members = members_here(asked.viewer.workspace_id)
    people = Person.objects.in_bulk([one.person_id for one in members])
    return Members(rows=[_member(asked, one, people[one.person_id]) for one in members if one.person_id in people])


def _member(asked: Asked, one: Membership, person: Person) -> Member:
    return Member(
        id=one.id, person_id=person.id, name=one.user.name or person.name, role=one.role, since=one.joined_at,
        email=one.user.email if sees_whole(asked.viewer, person.id) else "",
    )  # fmt: skip


class WantSecondFactor(Given):
    """Whether everybody here needs one."""

    wanted: bool


@operation(
    "members.want-second-factor", "POST", "/second-factor", "Want a second factor of everybody, or of nobody",
    right="own", takes=WantSecondFactor, gives=Done,
)  # fmt: skip
def second_factor_wanted(asked: Asked, given: WantSecondFactor) -> Done:
    """Whoever has none is led to turn one on before anything else."""
    return Done(id=asked.viewer.workspace_id, undo=require_second_factor(asked.by, given.wanted))


class OfMember(Given):
    """Which member: the `id` of a row of `members.list`."""

    membership_id: UUID


class SetRole(OfMember):
    """What they are from now on."""

    role: RoleName


@operation(
    "members.set-role", "POST", "/members/{membership_id}/role", "Give a member another role",
    right="manage", takes=SetRole, gives=Done,
)  # fmt: skip
def role_set(asked: Asked, given: SetRole) -> Done:
    """Only owners make and unmake owners, and somebody always is one."""
    return Done(id=given.membership_id, undo=set_role(asked.by, given.membership_id, given.role))


@operation(
    "members.end", "DELETE", "/members/{membership_id}", "Let a member go", right="manage", takes=OfMember, gives=Done
)
def ended(asked: Asked, given: OfMember) -> Done:
    """Their sessions and keys end at once; the person they are stays."""
    return Done(id=given.membership_id, undo=let_go(asked.by, given.membership_id))


class Reset(Answer):
    """Whose second factor is off."""

    id: UUID


@operation(
    "members.reset-second-factor", "POST", "/members/{membership_id}/reset-second-factor",
    "Turn off the second factor of a member who lost it", right="manage", takes=OfMember, gives=Reset,
)  # fmt: skip
def second_factor_reset(asked: Asked, given: OfMember) -> Reset:
    """They sign in without one until they turn on another. It cannot be taken back: what an app knew is gone."""
    reset_second_factor(asked.by, given.membership_id)
    return Reset(id=given.membership_id)
