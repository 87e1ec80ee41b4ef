"""in: a House or a DATABASE_URL … out: a PostgreSQL that runs, and the addresses of its three roles."""

from .addresses import Addresses
from .choice import OrdinaryServer, database_of
from .ordinary import prepare_server
from .scratch import create_scratch_database, drop_scratch_database
from .server import EmbeddedServer

__all__ = [
    "Addresses",
    "EmbeddedServer",
    "OrdinaryServer",
    "create_scratch_database",
    "database_of",
    "drop_scratch_database",
    "prepare_server",
]
