"""Home: our own organization, what it is called, and the mail domain it is known by."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field

from rapport.accounts.bundling import as_one
from rapport.interactions.own_domain import set_own_domain
from rapport.people.home_domains import home_domains, own_domain
from rapport.people.our_name import our_name, our_organization, rename_ours
from rapport.relationships.refresh import read_on

from .answers import Answer
from .catalogue import Asked, not_understood, operation
from .given import Given, Nothing, Text


class Home(Answer):
    """What we are called, and which mail domains are ours."""

    name: str
    domain: str = Field(description="The one home is known by; empty where it has none.")
    also: list[str] = Field(description="Further ones, from which members write.")


class ChangeHome(Given):
    """What to change; what is not named stays."""

    name: Text = Field("", max_length=200, examples=["Fernhill Care"])
    domain: Text = Field("", max_length=320, description="As in fernhill.example; empty for none.")


class ChangedHome(Home):
    """How it is now, and what undoes it."""

    undo: UUID


@operation(
    "home.get", "GET", "/home", "Say what our business is called and which mail domains are ours",
    right="read", takes=Nothing, gives=Home,
)  # fmt: skip
def shown(asked: Asked, given: Nothing) -> Home:
    """Whoever has an address there is a colleague."""
    domain = own_domain()
    return Home(name=our_name(), domain=domain, also=sorted(home_domains() - {domain}))


@operation(
    "home.edit", "PATCH", "/home", "Change what our business is called, or which mail domain is ours",
    right="manage", takes=ChangeHome, gives=ChangedHome,
)  # fmt: skip
def changed(asked: Asked, given: ChangeHome) -> ChangedHome:
    """Whoever is at the domain left is a colleague no more, unless they sign in."""
    fields = given.model_dump(exclude_unset=True)
    if not fields:
        raise not_understood([("name", _("say at least one thing to change"))])
    entries = [_CHANGES[field](asked.by, value) for field, value in fields.items()]
    read_on(asked.now)
    now = shown(asked, Nothing())
    return ChangedHome(**now.model_dump(), undo=as_one(asked.by, entries, our_organization(), now.name))


_CHANGES = {"name": rename_ours, "domain": set_own_domain}
