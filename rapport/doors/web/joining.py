"""Joining the workspace an invitation names: the account, the home person and the membership in one step."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rapport.accounts import links
from rapport.accounts.founding import join
from rapport.accounts.models import OneTimeLink, User
from rapport.accounts.oneself import check_password
from rapport.accounts.rows import in_workspace
from rapport.interactions.changes import note_person_changes
from rapport.kit.text import one_line
from rapport.kit.trouble import Conflict
from rapport.people.colleagues import must_be_let_in
from rapport.people.gathering import hold_people_still
from rapport.people.home import found_home, make_home_person
from rapport.people.merging import signs_in
from rapport.relationships.refresh import read_on


def accept_invitation(token: str, user: User | None, name: str, password: str, now: datetime) -> tuple[User, UUID]:
    """Join the workspace an invitation names, as this user or a new one; who joined, and which workspace.

    The inviter may have seen the link, so it never signs in somebody who has an account already: they come as `user`.
    """
    with transaction.atomic():
        link = links.use(token, now)
        assert link.workspace is not None
        if user is None:
            user = _new_user(link, name, password)
        with in_workspace(link.workspace.id):
            hold_people_still()  # an import may just now meet them
            must_be_let_in(user.email, link.invited_by, link.workspace.name)
            home = found_home(link.workspace.name, now)
            person = make_home_person(user.name, user.email, home, now)
            if signs_in([person.id], but=user.id):
                said = _("This address reaches somebody who signs in already. Ask to be invited by another one.")
                raise Conflict(said, code="another-member")
            note_person_changes([person.id])
            join(link.workspace, user, person.id, link.role, now)
            read_on(now)
        return user, link.workspace.id


def _new_user(link: OneTimeLink, name: str, password: str) -> User:
    if links.account_of(link) is not None:
        raise Conflict(_("You have an account already. Sign in first, then open this link again."), code="has-account")
    name = one_line(name, 200) or _name_in(link.email)
    if password:
        check_password(password, User(email=link.email, name=name))
    return User.objects.create_user(link.email, password or None, name=name)


def _name_in(email: str) -> str:
    """maya.lindgren@… is Maya Lindgren, until she says otherwise."""
    words = email.partition("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word.capitalize() for word in words if word)
