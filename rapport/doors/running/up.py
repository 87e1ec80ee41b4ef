"""`rapport up`: the database, the schema, the sample village, then the web and the worker, until Ctrl-C."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rapport.kit.apart import apart
from rapport.kit.house import House
from rapport.kit.postgres import Addresses, database_of
from rapport.kit.supervision import Child, Supervisor, check_not_up
from rapport.kit.trouble import Unavailable

from .database import environment_of, set_up_django
from .links import sign_in_link

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from rapport.accounts.models import User, Workspace


def up(house: House, say: Callable[[str], None], with_sample: bool | None = None) -> None:
    """Run Rapport in this house until Ctrl-C or SIGTERM; everything that runs is stopped then.

    The sample is raised in a new home; True raises it again where it went, False never.
    """
    check_not_up(house)
    house.check_web_port()
    began = time.monotonic()

    def children_of(addresses: Addresses) -> Sequence[Child]:
        say("database: running")
        link = apart(lambda: _prepared(house, addresses, say, with_sample))
        threading.Thread(target=_greet, args=(house, link, began, say), daemon=True).start()
        return children(addresses)

    Supervisor(house, database_of(house), children_of, say).run()
    say("Stopped. Nothing is lost.")


def _prepared(house: House, addresses: Addresses, say: Callable[[str], None], with_sample: bool | None) -> str:
    """All made ready, and the link for who comes first. In a copy, so that what holds everything up stays small."""
    with _told_in_a_sentence():
        prepare(house, addresses, say, with_sample)
        return sign_in_link(house)[1]


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    """A database that goes away again is no end of everything: it is started once more."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as fault:
        raise Unavailable("The database does not answer yet.", code="database-away") from fault


def _greet(house: House, link: str, began: float, say: Callable[[str], None]) -> None:
    """Once the web answers: a link that is refused for its first seconds is no welcome."""
    while not house.answers():
        time.sleep(0.1)
    say(f"ready after {time.monotonic() - began:.0f} s")
    say("")
    say(f"  Rapport is on http://localhost:{house.web_port}")
    say(f"  Sign in with this link, which works once and for thirty minutes:\n  {link}")
    say("  Ctrl-C stops everything. Nothing is lost.")


def children(addresses: Addresses) -> Sequence[Child]:
    """What shall run beside the database."""
    environment = environment_of(addresses)
    copied = environment | {"OPENBLAS_NUM_THREADS": "1"}  # a process that copies itself should have no threads
    return [
        Child("web", [sys.executable, "-m", "rapport.doors.running.serving"], copied | {"RAPPORT_POOL": "yes"}),
        Child("worker", [sys.executable, "-m", "rapport.doors.running.working"],
              environment | {"DJANGO_SETTINGS_MODULE": "rapport.settings"}),
        Child("commands", [sys.executable, "-m", "rapport.doors.cli.answering"], copied),
    ]  # fmt: skip


def prepare(house: House, addresses: Addresses, say: Callable[[str], None], with_sample: bool | None) -> None:
    """Schema, first user and village, each only where it is missing."""
    set_up_django(addresses)
    from rapport.doors.keeping.upgrading import bring_forward

    if bring_forward(house, addresses, say):
        say("schema: up to date")
    from rapport.accounts.models import User
    from rapport.doors.operations.beginning import first_user
    from rapport.kit import clock

    fresh = not User.objects.exists()
    user = first_user()
    if village_is_due(user, fresh, with_sample):
        from .sample import raise_sample  # with all the rooms: a second of every start that needs none of it

        say("sample village: raising (eight colleagues, three hundred people, four years of mail)")
        raise_sample(user, house.files_folder, clock.now(), say)


def village_is_due(user: User, fresh: bool, with_sample: bool | None) -> bool:
    """Whether to raise it: in a new home, after a start that was cut short, or where somebody asks for it again."""
    from rapport.accounts.models import Workspace

    if with_sample is not None:
        return with_sample and (not _samples_of(user).exists() or _is_half_raised(user))
    if os.environ.get("RAPPORT_SAMPLE", "yes") == "no" or Workspace.objects.filter(is_sample=False).exists():
        return False
    return fresh or _is_half_raised(user)


def _samples_of(user: User) -> QuerySet[Workspace]:
    from rapport.accounts.models import Workspace

    return Workspace.objects.filter(is_sample=True, memberships__user=user)


def _is_half_raised(user: User) -> bool:
    """Whether a start was cut short while the village was raised: its hand-written facts come last."""
    from rapport.accounts.rows import in_workspace
    from rapport.people.models import Fact

    sample = _samples_of(user).first()
    if sample is None:
        return False
    with in_workspace(sample.id):
        return not Fact.objects.exists()
