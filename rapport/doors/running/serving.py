"""The web process: Granian with WSGI threads; `python -m rapport.doors.running.serving`."""

from __future__ import annotations

import os
import resource

from granian import Granian
from granian.constants import Interfaces

THREADS = 8


def serve() -> None:
    """Answer on 127.0.0.1 (RAPPORT_BIND says otherwise) until asked to stop."""
    from rapport.kit.house import House

    house = House.from_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    _allow_many_files()
    Granian(
        "rapport.wsgi:application",
        address=os.environ.get("RAPPORT_BIND", "127.0.0.1"),
        port=house.web_port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=256,
        log_access=False,
        websockets=False,
    ).serve()


def _allow_many_files() -> None:
    """A dropped folder is a thousand uploads, each an open file until the request ends."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536) if hard > 0 else 65_536, hard))


if __name__ == "__main__":
    serve()
