"""Home: our own organization, and the mail domain it is known by."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from rapport.interactions.own_domain import set_own_domain
from rapport.people.home_domains import home_domains, own_domain
from rapport.relationships.refresh import read_on

from .answers import Answer
from .catalogue import Asked, operation
from .given import Given, Nothing, Text


class Home(Answer):
    """Which mail domains are ours."""

    domain: str = Field(description="The one home is known by; empty where it has none.")
    also: list[str] = Field(description="Further ones, from which members write.")


class ChangeHome(Given):
    """Another domain."""

    domain: Text = Field(max_length=320, description="As in fernhill.example; empty for none.")


class ChangedHome(Home):
    """How it is now, and what undoes it."""

    undo: UUID


@operation("home.get", "GET", "/home", "Say which mail domains are ours", right="read", takes=Nothing, gives=Home)
def shown(asked: Asked, given: Nothing) -> Home:
    """Whoever has an address there is a colleague."""
    domain = own_domain()
    return Home(domain=domain, also=sorted(home_domains() - {domain}))


@operation(
    "home.edit", "PATCH", "/home", "Change which mail domain is ours",
    right="manage", takes=ChangeHome, gives=ChangedHome,
)  # fmt: skip
def changed(asked: Asked, given: ChangeHome) -> ChangedHome:
    """Whoever is at the domain left is a colleague no more, unless they sign in."""
    undo = set_own_domain(asked.by, given.domain)
    read_on(asked.now)
    now = shown(asked, Nothing())
    return ChangedHome(domain=now.domain, also=now.also, undo=undo)
