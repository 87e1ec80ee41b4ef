"""Signing in: by password or by a link in a mail, and the page a one-time link opens."""

from __future__ import annotations

from dataclasses import dataclass, field

from .shell import Field


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in form. `next` is where to go after; `error` is about both fields together."""

    email: Field = field(default_factory=Field)
    password: Field = field(default_factory=Field)
    error: str = ""
    next: str = ""
    can_mail: bool = True  # a link can be sent by mail
    link_sent: bool = False
    is_held: bool = False  # after a restore some are mailed nothing


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What a one-time link opens: a button, or why it no longer works. `purpose` says what the button does.

    `next` is where a sign-in goes on to.
    """

    token: str
    works: bool
    name: str = ""
    email: str = ""
    workspace: str = ""
    purpose: str = "signin"  # signin, invitation
    next: str = "/"
    problem: str = ""
    is_new: bool = False  # nobody has the invited address yet: they say a name and may choose a password
    called: Field = field(default_factory=Field)
    password: Field = field(default_factory=Field)
    can_mail: bool = False
