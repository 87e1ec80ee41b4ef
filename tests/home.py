"""A home of its own for this run of the tests, named before the settings are read (loaded by `-p tests.home`)."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="rapport-tests-")
os.environ["RAPPORT_HOME"] = HOME
for name in ("RAPPORT_APP_DSN", "RAPPORT_OWNER_DSN", "RAPPORT_PORT", "DATABASE_URL"):
    os.environ.pop(name, None)


def leave() -> None:
    """Stop what stands in the home and remove it."""
    from rapport.kit.house import House
    from rapport.kit.postgres import EmbeddedServer

    house = House.from_environment()
    if (house.path / "keys").exists():
        EmbeddedServer(house).stop()
        shutil.rmtree(house.database_folder, ignore_errors=True)
    shutil.rmtree(HOME, ignore_errors=True)


_born = os.getpid()
atexit.register(lambda: leave() if os.getpid() == _born else None)
