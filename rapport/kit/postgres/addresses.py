"""Where a database is and as whom one may enter: one postgresql:// address per role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

OWNER, APP, BACKUP, SUPERUSER = "rapport_owner", "rapport_app", "rapport_backup", "rapport_superuser"
DATABASE = "rapport"


@dataclass(frozen=True, slots=True)
class Addresses:
    """postgresql:// addresses with passwords, never to be logged. `superuser` may create roles and databases."""

    owner: str
    app: str
    backup: str
    superuser: str

    def in_database(self, name: str) -> Addresses:
        """The same doors into another database of this server."""
        return Addresses(*(_with_database(each, name) for each in (self.owner, self.app, self.backup, self.superuser)))


def embedded_addresses(port: int, password_of: Callable[[str], str]) -> Addresses:
    """The addresses of the embedded server, which listens on this machine only."""

    def address(role: str) -> str:
        return as_role(f"postgresql://127.0.0.1:{port}/{DATABASE}", role, password_of(role))

    return Addresses(owner=address(OWNER), app=address(APP), backup=address(BACKUP), superuser=address(SUPERUSER))


def as_role(url: str, role: str, password: str) -> str:
    """The same server and database, entered as somebody else."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role, safe='')}:{quote(password, safe='')}@{place}"))


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(name, safe="")))
