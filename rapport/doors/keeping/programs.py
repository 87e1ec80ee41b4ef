"""PostgreSQL's own programs that copy a database out and in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from rapport.kit.postgres.binaries import find_binaries
from rapport.kit.trouble import Trouble

from .snapshot import LEFT_OUT

# A pg_restore of 17 or later says this to every server; those before 17 refuse it, and nothing is lost by that.
HARMLESS = 'unrecognized configuration parameter "transaction_timeout"'


def dump(backup_address: str, server_major: int, snapshot: str, target: Path) -> None:
    """The database at this snapshot, with neither sessions nor links, into a new file."""
    options = [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    done = _run(
        backup_address,
        server_major,
        ["pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}", *options],
    )
    if done.returncode != 0:
        raise _failed(done.stderr)


def list_dump(dump_file: IO[bytes]) -> int:
    """How many entries the table of contents of a dump has; Trouble where it cannot be read."""
    program = find_binaries().program("pg_restore")
    process = subprocess.Popen(
        [program, "--list"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    try:
        shutil.copyfileobj(dump_file, process.stdin)
    except BrokenPipeError:
        pass  # the table of contents stands in front: it need not hear the rest
    said, errors = process.communicate()
    if process.returncode != 0:
        raise _failed(errors)
    return sum(not line.startswith(b";") for line in said.splitlines())


def fill(owner_address: str, server_major: int, dump_file: Path) -> None:
    """A dump into an empty database. Comments on extensions are left out: they belong to the superuser."""
    done = _run(owner_address, server_major, ["pg_restore", "--no-owner", "--no-comments", str(dump_file)])
    errors = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "ERROR:" in line]
    if any(HARMLESS not in line for line in errors) or (done.returncode != 0 and not errors):
        raise _failed(done.stderr)


def _run(address: str, server_major: int, command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    url = urlsplit(address)
    user = url.netloc.rpartition("@")[0].partition(":")[0]
    bare = urlunsplit(url._replace(netloc=f"{user}@{url.netloc.rpartition('@')[2]}"))
    # The password travels in the environment: arguments can be read by everybody on the machine.
    return subprocess.run(
        [_program(command[0], server_major), f"--dbname={bare}", *command[1:]],
        env={**os.environ, "PGPASSWORD": unquote(url.password or "")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _program(name: str, server_major: int) -> str:
    ours = find_binaries()
    if server_major <= int(ours.major):
        return str(ours.program(name))
    found = shutil.which(name)
    if found is None:
        raise Trouble(
            _("The server is PostgreSQL %(major)s. Install its programs (%(name)s), so that it can be copied.")
            % {"major": server_major, "name": name},
            code="program-missing",
        )
    return found


def _failed(errors: bytes) -> Trouble:
    # "DETAIL" and "CONTEXT" may hold rows: only what went wrong is said.
    lines = errors.decode("utf-8", "replace").splitlines()
    said = [line for line in lines if re.search("error|fatal", line, re.IGNORECASE)]
    return Trouble(
        _("The database could not be copied: %(said)s Check that the disk has room, then try again.")
        % {"said": " / ".join(said[:3])},
        code="copying-failed",
    )
