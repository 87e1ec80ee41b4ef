"""What all tests share: a real database per run, a workspace with a small known cast, and the shared corpora."""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.signals import setting_changed
from django.db import connections
from django.test import Client
from django.test.client import ClientHandler

from rapport.doors.running.migrating import migrate
from rapport.kit.house import House
from rapport.kit.postgres import Addresses, EmbeddedServer, prepare_server

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def pytest_configure() -> None:
    """Leave out what costs each test much and shows it nothing; what runs in a process of its own pays all of it."""
    _hash_cheaply()
    _load_middleware_once()


def _hash_cheaply() -> None:
    # A password costs a tenth of a second and 100 MB to hash, and more than a thousand tests begin with Maya's.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


def _load_middleware_once() -> None:
    # Each Client would load it anew and look at every static file, which took longer than most pages; a server does it
    # once. Where a test changes a setting it is loaded again.
    load, loaded = ClientHandler.load_middleware, dict[str, object]()
    setting_changed.connect(lambda **_changed: loaded.clear(), weak=False)

    def load_once(handler: ClientHandler, is_async: bool = False) -> None:
        if not loaded:
            load(handler, is_async)
            loaded.update({name: value for name, value in vars(handler).items() if "_middleware" in name})
        vars(handler).update(loaded)

    ClientHandler.load_middleware = load_once  # type: ignore[method-assign]


# Files that take longest; begun last, one process would be at them when all others are done.
LONG = (
    "tests/faults/test_kills", "tests/rights/test_pages", "tests/faults/test_stops", "tests/faults", "tests/upgrades",
    "tests/fuzz", "tests/stories", "tests/accept", "tests/doors/keeping", "tests/interactions/test_colleagues",
    "tests/rights",
)  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests, what takes longest begins first."""
    if hasattr(config, "workerinput"):
        place = {begin: number for number, begin in enumerate(LONG)}
        items.sort(key=lambda item: min((place[one] for one in LONG if item.nodeid.startswith(one)), default=len(LONG)))


@pytest.fixture
def shared() -> Path:
    """The folder of shared corpora; skips where it is absent (`make accept` fails on any skip)."""
    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    return SHARED


@pytest.fixture
def now() -> datetime:
    """The moment at which the tests live."""
    return NOW


@pytest.fixture(scope="session")
def server() -> EmbeddedServer:
    """The embedded server of this run's home."""
    return EmbeddedServer(House.from_environment())


@pytest.fixture(scope="session")
def addresses(server: EmbeddedServer) -> Iterator[Addresses]:
    """Where the migrated database is: embedded, or the server RAPPORT_TEST_DATABASE_URL names."""
    given = os.environ.get("RAPPORT_TEST_DATABASE_URL")
    if given:
        yield prepare_server(given, House.from_environment())
        return
    addresses = server.start()
    _count_no_rows_and_wait_for_no_disk(addresses)
    from rapport.doors.keeping.checks import schema

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "SAFE", tuple(one for one in schema.SAFE if one != "fsync"))
        yield addresses


def _count_no_rows_and_wait_for_no_disk(addresses: Addresses) -> None:
    """Tests do not commit: what counts rows in the background finds full pages without any, and the planner then takes
    every index for equally good (docs/build/decisions/0004). Uncounted tables it judges by their size.

    Here processes are killed and never the machine, so what was written stays, on the disk or not yet: where each fault
    has a database, a third of the time was waiting for the disk. Homes of their own wait for it, as in a house.
    """
    with psycopg.connect(addresses.superuser, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def readers_stay() -> Iterator[None]:
    """Let the process that reads stay for the next import: to load takes it a sixth of a second, and a thousand tests
    import. `rapport` in a process of its own begins each anew, and so do the tests of the sandbox.
    """
    from rapport.channels.sandbox import ParsingPool
    from rapport.interactions import importing

    idle = defaultdict[int, deque[ParsingPool]](deque)  # by process: a fork would speak into the same pipe

    @contextmanager
    def staying(workers: int) -> Iterator[ParsingPool]:
        here = idle[os.getpid()]
        pool = here.pop() if here else ParsingPool(workers)
        try:
            yield pool.__enter__()
        finally:
            here.append(pool)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "ParsingPool", staying)
        yield
    for pool in idle[os.getpid()]:
        pool.close()


@pytest.fixture(scope="session")
def django_db_setup(addresses: Addresses, readers_stay: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Migrate as the owner; the tests themselves are only ever the app."""
    point_django_at(addresses)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        migrate()
        connections["owner"].close()


def point_django_at(addresses: Addresses) -> None:
    """Let Django's two doors lead to this database."""
    from rapport.settings import _database

    for alias, dsn in (("default", addresses.app), ("owner", addresses.owner)):
        connections[alias].close()
        connections[alias].settings_dict.update(_database(dsn, pool=False))
        settings.DATABASES[alias] = connections[alias].settings_dict


@pytest.fixture
def workspace(db: None) -> Iterator[object]:
    """An entered workspace, Fernhill, with its home organization; all of it gone after the test."""
    from rapport.accounts.founding import found_workspace
    from rapport.accounts.rows import enter
    from rapport.people.home import found_home

    workspace = found_workspace("Fernhill", "Europe/London", NOW)
    enter(workspace.id)
    found_home("Fernhill", NOW)
    return workspace  # type: ignore[return-value]


@pytest.fixture
def other_workspace(db: None) -> object:
    """A neighbour that must never be seen from Fernhill; not entered."""
    from rapport.accounts.founding import found_workspace

    return found_workspace("Elsewhere", "UTC", NOW)


@pytest.fixture
def maya_membership(workspace: object) -> object:
    """Maya, who owns Fernhill: maya@fernhill.example, which is home's domain from now on."""
    from rapport.accounts.founding import join
    from rapport.accounts.models import Role, User
    from rapport.people.home import claim_addresses, make_home_person
    from rapport.people.models import Organization

    home = Organization.objects.get(is_home=True)
    person = make_home_person("Maya Okafor", "maya@fernhill.example", home, NOW)
    claim_addresses(person.id, ["maya@fernhill.example"], NOW)
    user = User.objects.create_user("maya@fernhill.example", "a long enough secret", name="Maya Okafor")
    return join(workspace, user, person.id, Role.OWNER, NOW, "Europe/London")  # type: ignore[arg-type]


@pytest.fixture
def maya(maya_membership: object) -> object:
    """Maya as a viewer."""
    from rapport.accounts.access import viewer_of

    return viewer_of(maya_membership)  # type: ignore[arg-type]


@pytest.fixture
def by(maya: object) -> object:
    """Maya, acting on the web, now."""
    from rapport.accounts.acting import By

    return By(maya, "web", NOW)  # type: ignore[arg-type]


@pytest.fixture
def client_maya(maya_membership: object) -> Client:
    """A browser without scripts in which Maya is signed in."""
    return signed_in(maya_membership.user)  # type: ignore[attr-defined]


def signed_in(user: object) -> Client:
    """A browser in which this user has just shown that it is them."""
    from rapport.kit import clock

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    session = client.session
    session["confirmed"] = clock.now().isoformat()
    session.save()
    return client


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: object, addresses: Addresses) -> Iterator[Addresses]:
    """For tests of several processes or threads: what they write is really committed, and swept away after."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield addresses
        connections.close_all()
    with psycopg.connect(addresses.owner, autocommit=True) as owner:
        owner.execute('TRUNCATE workspace, "user", django_session CASCADE')


def pytest_terminal_summary(terminalreporter: object) -> None:
    """Say how many tests were skipped; there is no other place where a skip would be noticed."""
    skipped = terminalreporter.stats.get("skipped", [])  # type: ignore[attr-defined]
    terminalreporter.write_line(f"skipped: {len(skipped)}")  # type: ignore[attr-defined]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """`make accept` (RAPPORT_ACCEPT=1) allows no skip."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("RAPPORT_ACCEPT") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = 1
