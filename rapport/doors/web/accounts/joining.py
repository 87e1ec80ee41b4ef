"""Using a one-time link up: signing in by it, or joining the workspace it invites to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rapport.accounts import links
from rapport.accounts.founding import join
from rapport.accounts.models import OneTimeLink, User
from rapport.accounts.rows import in_workspace
from rapport.interactions.changes import note_person_changes
from rapport.kit.text import one_line
from rapport.kit.trouble import Conflict, Trouble
from rapport.people.home import found_home, make_home_person
from rapport.relationships.refresh import read_on


def sign_in_by_link(token: str, now: datetime) -> User:
    """The user a sign-in link belongs to, once."""
    with transaction.atomic():
        link = links.use(token, now)
        if link.user is None or not link.user.is_active:
            raise Conflict(_("This link was used already or is too old. Ask for a new one."), code="link-used")
        return link.user


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
            home = found_home(link.workspace.name, now)
            person = make_home_person(user.name, user.email, home, now)
            note_person_changes([person.id])
            join(link.workspace, user, person.id, link.role, now)
            read_on(now)
        return user, link.workspace.id


def account_of(link: OneTimeLink) -> User | None:
    """Who has the invited address already."""
    return User.objects.filter(email=link.email).first()


def check_password(password: str, user: User | None = None) -> None:
    """Trouble with the sentences that say what a password lacks."""
    try:
        validate_password(password, user)
    except ValidationError as lacks:
        raise Trouble(" ".join(lacks.messages), code="weak-password") from None


def _new_user(link: OneTimeLink, name: str, password: str) -> User:
    if account_of(link) is not None:
        raise Conflict(_("You have an account already. Sign in first, then open this link again."), code="has-account")
    name = one_line(name, 200) or _name_in(link.email)
    if password:
        check_password(password, User(email=link.email, name=name))
    return User.objects.create_user(link.email, password or None, name=name)


def _name_in(email: str) -> str:
    """maya.lindgren@… is Maya Lindgren, until she says otherwise."""
    words = email.partition("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word.capitalize() for word in words if word)
