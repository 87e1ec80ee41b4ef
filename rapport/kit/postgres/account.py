"""Who runs the embedded server. PostgreSQL refuses to run as root, so root lends it an ordinary account."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ..house import ROOT_FOLDER
from ..trouble import Trouble

OWN_ACCOUNT = "rapport"
LENT_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine; `borrowed` when we are root and must step down to it."""

    uid: int
    gid: int
    borrowed: bool

    @property
    def user(self) -> int | None:
        """As whom `subprocess` is to start a program; None stays who we are. So for `group` and `extra_groups`."""
        return self.uid if self.borrowed else None

    @property
    def group(self) -> int | None:
        """See `user`."""
        return self.gid if self.borrowed else None

    @property
    def extra_groups(self) -> tuple[int, ...] | None:
        """See `user`: none of root's groups go along."""
        return () if self.borrowed else None

    def own(self, path: Path) -> None:
        """Give a file or folder to this account."""
        if self.borrowed:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Ourselves; for root whoever owns the data already, else an account of Rapport's own."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), borrowed=False)
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid, borrowed=True)
    found = _known(OWN_ACCOUNT) or _made(OWN_ACCOUNT) or next(filter(None, map(_known, LENT_ACCOUNTS)), None)
    if found is None:
        raise Trouble(
            "PostgreSQL may not run as root, and there is no ordinary account here. Start Rapport as another user.",
            code="no-account",
        )
    return Account(found.pw_uid, found.pw_gid, borrowed=True)


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _made(name: str) -> pwd.struct_passwd | None:
    if not shutil.which("useradd"):
        return None
    options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    subprocess.run(["useradd", *options, "--home-dir", str(ROOT_FOLDER), name], check=False, capture_output=True)
    return _known(name)
