"""in: a House or a DATABASE_URL … out: a PostgreSQL that runs, and the addresses of its three roles."""

from .addresses import Addresses
from .ordinary import prepare_server
from .scratch import create_scratch_database, drop_scratch_database
from .server import EmbeddedServer

__all__ = ["Addresses", "EmbeddedServer", "create_scratch_database", "drop_scratch_database", "prepare_server"]
