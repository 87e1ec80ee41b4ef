"""The house: where one installation of Rapport lives on this machine. Several can stand side by side."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import configuration
from .failpoints import failpoint
from .trouble import Conflict, Trouble

DEFAULT_PATH = "~/.local/share/rapport"
DEFAULT_PORT = 8000
ROOT_FOLDER = Path("/var/lib/rapport")  # root's home is closed to the ordinary user that runs PostgreSQL


@dataclass(frozen=True, slots=True)
class House:
    """A folder and a web port. Folders are made, and secrets drawn, when they are first asked for."""

    path: Path
    web_port: int = DEFAULT_PORT
    secret_key_file: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> House:
        """The house that RAPPORT_HOME, RAPPORT_PORT and RAPPORT_SECRET_KEY_FILE describe. Where the real environment is
        asked, what a file in that house says is put into it first.
        """
        path = Path(environment.get("RAPPORT_HOME") or DEFAULT_PATH).expanduser().absolute()
        if environment is os.environ:
            configuration.load(os.environ, path)
        key_file = environment.get("RAPPORT_SECRET_KEY_FILE")
        return cls(
            path=path,
            web_port=_port(environment.get("RAPPORT_PORT") or str(DEFAULT_PORT)),
            secret_key_file=Path(key_file) if key_file else None,
        )

    @property
    def files_folder(self) -> Path:
        """Large raw items, by the hash of their content."""
        return self._folder("files")

    @property
    def run_folder(self) -> Path:
        """What is true only while something runs: locks, ports, who supervises."""
        return self._folder("run")

    @property
    def logs_folder(self) -> Path:
        """One log per process."""
        return self._folder("logs")

    @property
    def database_folder(self) -> Path:
        """The embedded server's own folder: in the house, or, for root, where an ordinary user may enter."""
        here = self.path / "database"
        if os.geteuid() != 0 or (here.is_dir() and not here.is_symlink()):
            return self._folder("database")
        folder = ROOT_FOLDER / self.identity
        _point_at(here, folder)
        return folder

    @property
    def keys_folder(self) -> Path:
        """What no backup holds: secrets, and the ledger of who was erased."""
        return self._folder("keys")

    @property
    def identity(self) -> str:
        """A short name of this house that no other has; it stays when the folder is moved."""
        return _kept(self.keys_folder / "identity", lambda: secrets.token_hex(8))

    @property
    def secret_key(self) -> str:
        """What signs sessions and links. RAPPORT_SECRET_KEY_FILE wins over the one drawn here."""
        if self.secret_key_file:
            return _read_key(self.secret_key_file)
        return self.secret("secret-key")

    def secret(self, name: str) -> str:
        """A random secret of that name, drawn on first use, readable by its owner only, the same ever after."""
        return _kept(self.keys_folder / name, lambda: secrets.token_urlsafe(36))

    def secret_kept(self, name: str) -> str | None:
        """The secret of that name where one was drawn, or brought here; None where none is."""
        try:
            return (self.path / "keys" / name).read_text("utf-8").strip()
        except FileNotFoundError:
            return None

    def check_web_port(self) -> None:
        """Conflict where another program already answers on the web port."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.web_port))
            except OSError:
                raise Conflict(
                    f"Port {self.web_port} is taken by another program. "
                    f"Stop that program, or choose another port: RAPPORT_PORT={self.web_port + 1} make run",
                    code="port-taken",
                    port=self.web_port,
                ) from None

    def answers(self, patience: float = 30.0) -> bool:
        """Whether the web gives pages now. The port alone is open seconds before."""
        with socket.socket() as probe:
            probe.settimeout(patience)
            try:
                probe.connect(("127.0.0.1", self.web_port))
                probe.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return probe.recv(64).startswith(b"HTTP/1.1 200")
            except OSError:
                return False

    def _folder(self, name: str) -> Path:
        folder = self.path / name
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as fault:
            raise Trouble(
                f"Rapport cannot write to its home {self.path} ({fault.strerror}). "
                "Give yourself that folder, or choose another with RAPPORT_HOME=/a/folder.",
                code="home-closed",
                path=str(self.path),
            ) from fault
        return folder


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise Trouble(f"RAPPORT_PORT is {text!r}. Choose a number between 1 and 65535.", code="bad-port")


def _read_key(path: Path) -> str:
    try:
        key = path.read_text("utf-8").strip()
    except OSError as fault:
        raise Trouble(f"RAPPORT_SECRET_KEY_FILE names {path}, which cannot be read ({fault.strerror}).") from fault
    if len(key) < 32:
        raise Trouble(f"The secret key in {path} is shorter than 32 characters. Put a longer random text there.")
    return key


def _kept(path: Path, draw: Callable[[], str]) -> str:
    """What the file says; drawn first where there is none. Two processes that begin at once end with the same."""
    while True:
        try:
            return path.read_text("utf-8").strip()
        except FileNotFoundError:
            _write_once(path, draw())


def _write_once(path: Path, text: str) -> None:
    # A secret that is in use but not on disk after a power cut would lock the database: fsync, then the name.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    failpoint("secret.after_draft")
    try:
        os.link(draft, path)
        failpoint("secret.after_link")
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _point_at(link: Path, folder: Path) -> None:
    """Leave a sign in the house to where its data lies."""
    if link.is_symlink() and link.readlink() == folder:
        return
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
