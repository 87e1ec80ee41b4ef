"""The web: Granian with WSGI threads, in as many processes as are worth it; `python -m rapport.doors.running.serving`.

Everything is loaded once, before the processes: they are copies and share that memory.
"""

from __future__ import annotations

import gc
import os
import resource
from importlib import import_module

from granian import Granian
from granian.constants import Interfaces

THREADS = 8  # of each process
MOST_PROCESSES = 2  # by themselves; beside them the database wants processors too


def serve() -> None:
    """Answer on 127.0.0.1 (RAPPORT_BIND says otherwise) until asked to stop."""
    from rapport.kit.house import House

    house = House.from_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    _allow_many_files()
    _load()
    Granian(
        "rapport.wsgi:application",
        address=os.environ.get("RAPPORT_BIND", "127.0.0.1"),
        port=house.web_port,
        interface=Interfaces.WSGI,
        workers=processes(),
        blocking_threads=THREADS,
        backlog=256,
        log_access=False,
        websockets=False,
    ).serve()


def processes() -> int:
    """How many processes answer: what RAPPORT_WEB_PROCESSES says, else one for each processor, two at most."""
    return int(os.environ.get("RAPPORT_WEB_PROCESSES") or min(os.cpu_count() or 1, MOST_PROCESSES))


def _load() -> None:
    """All that a request may need, and no connection: that would be shared by the copies."""
    import_module("rapport.wsgi")
    from django.urls import get_resolver

    get_resolver().check()
    gc.collect()
    gc.freeze()  # the collector would write into each shared page


def _allow_many_files() -> None:
    """A dropped folder is a thousand uploads, each an open file until the request ends."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536) if hard > 0 else 65_536, hard))


if __name__ == "__main__":
    serve()
