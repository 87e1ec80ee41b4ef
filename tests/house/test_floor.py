"""PostgreSQL 15 is the floor: where it is installed, migrations, catalogue and row-level security hold on it too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.kit.bare_server import bare_server, found_servers

HERE = Path(__file__).resolve().parents[2]
ASKED = ["tests/house/test_catalogue.py", "tests/relationships/test_listing.py"]


def holds_on(url: str) -> subprocess.CompletedProcess[str]:
    """The same tests in a process of their own, on that server. What only later servers can is skipped there."""
    given = {name: value for name, value in os.environ.items() if name != "RAPPORT_ACCEPT"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *ASKED],
        cwd=HERE,
        env={**given, "RAPPORT_TEST_DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=300,
    )


# Not a skip where only the wheel's server is here: there is nothing to hold then.
if len(found_servers()) > 1:

    def test_the_floor_carries_the_house() -> None:
        with bare_server(found_servers()[-1]) as url:
            _make_database(url)
            done = holds_on(url)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def _make_database(url: str) -> None:
    import psycopg

    with psycopg.connect(url.removesuffix("/rapport") + "/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE rapport")
