"""A home of its own for a measurement: started empty, removed after. Nobody's data is touched."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapport.kit.house import House


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def own_home() -> Iterator[House]:
    """Django on the embedded server of a new home, its schema up to date. Once per process: settings are read once."""
    folder = tempfile.mkdtemp(prefix="rapport-benchmark-")
    os.environ["RAPPORT_HOME"] = folder
    for name in ("DATABASE_URL", "RAPPORT_PORT"):
        os.environ.pop(name, None)
    from rapport.doors.running.database import opened
    from rapport.doors.running.migrating import migrate
    from rapport.kit.house import House
    from rapport.kit.postgres import EmbeddedServer

    house = House(Path(folder))
    try:
        with opened(house):
            migrate()
            yield house
    finally:
        EmbeddedServer(house).discard()
        shutil.rmtree(folder, ignore_errors=True)
