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
class SecondStepPage:
    """What is asked after the password: a code, a passkey, or both are offered. `next` is where to go after."""

    by_code: bool
    by_passkey: bool
    reset: str  # the command that turns a lost one off
    next: str = ""
    code: Field = field(default_factory=Field)


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A form waits until it is confirmed who sent it: `address` is where it goes on to, `waiting` what is in it."""

    address: str
    waiting: tuple[tuple[str, str], ...] = ()
    by_password: bool = True
    by_code: bool = False
    by_passkey: bool = False
    email: str = ""
    can_mail: bool = False
    command: str = ""  # what whoever runs Rapport types for somebody who has nothing to show at hand
    code: Field = field(default_factory=Field)


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    """Asking for a mail that lets one set a new password."""

    email: Field = field(default_factory=Field)
    error: str = ""
    is_sent: bool = False
    can_mail: bool = True


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
    replaces: str = ""  # the address until now
    purpose: str = "signin"  # signin, invitation, password, address
    next: str = "/"
    problem: str = ""
    is_new: bool = False  # nobody has the invited address yet: they say a name and may choose a password
    called: Field = field(default_factory=Field)
    password: Field = field(default_factory=Field)
    can_mail: bool = False
