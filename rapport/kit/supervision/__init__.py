"""in: a House, its database and what shall run … out: all of it running, restarted when it dies, stopped together."""

from .census import Census, check_not_up, find_supervisor, stop_supervisor
from .child import Child
from .supervisor import Supervisor

__all__ = ["Census", "Child", "Supervisor", "check_not_up", "find_supervisor", "stop_supervisor"]
