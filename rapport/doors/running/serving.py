"""The web: Granian with WSGI threads, in as many processes as are worth it; `python -m rapport.doors.running.serving`.

Everything is loaded once, before the processes: they are copies and share that memory.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
from importlib import import_module

from granian import Granian
from granian.constants import Interfaces

from rapport.kit.trouble import Trouble

THREADS = 8  # of each process
USUAL_PROCESSES = 2  # beside them the database wants processors too
MOST_PROCESSES = 5  # each holds eight connections, of the sixty the embedded database gives


def serve() -> None:
    """Answer on 127.0.0.1 (RAPPORT_BIND says otherwise) until asked to stop."""
    from rapport.kit.house import House

    house = House.from_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    _allow_many_files()
    multiprocessing.set_start_method("fork")  # copies, wherever that is not usual
    _load()
    Granian(
        "rapport.wsgi:application",
        address=os.environ.get("RAPPORT_BIND", "127.0.0.1"),
        port=house.web_port,
        interface=Interfaces.WSGI,
        workers=processes(),
        respawn_failed_workers=True,
        blocking_threads=THREADS,
        backlog=256,
        log_access=False,
        websockets=False,
    ).serve()


def processes() -> int:
    """How many processes answer: what RAPPORT_WEB_PROCESSES says, else one for each processor, two at most.

    Raises Trouble where it says something else than a number from 1 to `MOST_PROCESSES`.
    """
    said = os.environ.get("RAPPORT_WEB_PROCESSES", "").strip()
    if not said:
        return min(_processors(), USUAL_PROCESSES)
    if not said.isdecimal() or not 1 <= int(said) <= MOST_PROCESSES:
        sentence = f"RAPPORT_WEB_PROCESSES is “{said}”. Write a number from 1 to {MOST_PROCESSES}."
        raise Trouble(sentence, code="bad-setting")
    return int(said)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
