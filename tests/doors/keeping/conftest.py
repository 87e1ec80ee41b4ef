"""A lived-in home, and empty ones to restore into."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from rapport.kit.house import House
from rapport.kit.postgres import Addresses, create_scratch_database, drop_scratch_database

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Home:
    """A house with a migrated database in which Django stands."""

    house: House
    addresses: Addresses
    workspace_id: UUID


@pytest.fixture
def home(committed: Addresses, tmp_path: Path) -> Iterator[Home]:
    """Maya's home: an import of five letters, one with a large picture; a session, and a link that was sent."""
    from django.contrib.sessions.models import Session

    from rapport.accounts.access import viewer_of
    from rapport.accounts.acting import By
    from rapport.accounts.founding import found_workspace, join
    from rapport.accounts.links import make_sign_in_link
    from rapport.accounts.models import Role, User
    from rapport.accounts.rows import in_workspace
    from rapport.interactions.imports import GivenFile, run_import, start_import
    from rapport.people.home import claim_addresses, found_home, make_home_person
    from rapport.relationships.refresh import read_on

    house = House(tmp_path / "home")
    user = User.objects.create_user("maya@fernhill.example", name="Maya Okafor")
    workspace = found_workspace("Fernhill", "Europe/London", NOW)
    with in_workspace(workspace.id):
        person = make_home_person("Maya Okafor", "maya@fernhill.example", found_home("Fernhill", NOW), NOW)
        claim_addresses(person.id, ["maya@fernhill.example"], NOW)
        by = By(viewer_of(join(workspace, user, person.id, Role.OWNER, NOW)), "cli", NOW)
        started = start_import(by, [GivenFile("maya.mbox", [mailbox()])], house.files_folder)
    run_import(workspace.id, started.import_id, house.files_folder, read_on)
    Session.objects.create(session_key="k" * 32, session_data="secret", expire_date=NOW)
    make_sign_in_link(user, NOW)
    yield Home(house, committed, workspace.id)
    shutil.rmtree(house.path)


def mailbox() -> bytes:
    """Five letters between Maya and Priya, a week apart; the last carries two megabytes."""
    letters = []
    for week in range(5):
        at = NOW - timedelta(weeks=10 - week)
        us, them = "Maya Okafor <maya@fernhill.example>", "Priya Nair <priya@larkspur.example>"
        sender, recipient = (us, them) if week % 2 else (them, us)
        picture = "QUJD" * 19 + "\n"
        body = picture * (2 * 1024 * 1024 // len(picture)) if week == 4 else "The rota works. Thank you!\n"
        letters.append(
            f"From x@y {at:%a %b %d %H:%M:%S %Y}\nFrom: {sender}\nTo: {recipient}\n"
            f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000\nMessage-ID: <{week}@larkspur.example>\nSubject: Rota\n\n{body}\n"
        )
    return "".join(letters).encode()


@pytest.fixture
def empty(home: Home, tmp_path: Path) -> Iterator[tuple[House, Addresses]]:
    """A home nobody has lived in, on the same server; Django stands in it from `enter` on."""
    from django.db import connections

    from tests.conftest import point_django_at

    house = House(tmp_path / "empty")
    there = create_scratch_database(home.addresses, "empty_home")
    yield house, there
    connections.close_all()
    point_django_at(home.addresses)
    for name in ("empty_home", "rapport_restoring", "rapport_before_restore"):
        drop_scratch_database(home.addresses, name)
