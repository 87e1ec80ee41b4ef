"""Which database a house uses: the server that DATABASE_URL names, else its own embedded one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..house import House
from .addresses import Addresses
from .ordinary import prepare_server
from .server import EmbeddedServer


class OrdinaryServer:
    """A server that others start, watch and stop: here it is only prepared."""

    def __init__(self, house: House, database_url: str) -> None:
        self._house = house
        self._database_url = database_url

    def start(self) -> Addresses:
        """Prepare it; Trouble where it does not answer or does not allow what is needed."""
        return prepare_server(self._database_url, self._house)

    def stop(self) -> None:
        """Nothing: it belongs to others."""

    def is_running(self) -> bool:
        """Taken for granted: who comes too early is told so by the server, and tries again."""
        return True

    @contextmanager
    def running(self) -> Iterator[Addresses]:
        """The server for the length of a block."""
        yield self.start()


def database_of(house: House, environment: Mapping[str, str] = os.environ) -> EmbeddedServer | OrdinaryServer:
    """The database of this house, not yet started."""
    url = environment.get("DATABASE_URL")
    return OrdinaryServer(house, url) if url else EmbeddedServer(house)
