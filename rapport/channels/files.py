"""The file store: large or uploaded bytes, each workspace's apart, by the hash of their content, whole or not."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from rapport.kit.failpoints import failpoint

CHUNK = 1 << 20
DRAFT, UPLOAD = ".draft-", ".upload"  # the second as Django calls a file that is being sent
_WORKSPACE = re.compile(r"[0-9a-f]{32}")


def keep(folder: Path, workspace_id: UUID, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Store these bytes; their name (workspace/SHA-256, hex) and size. Temporary, fsync, rename; only then may a row
    name it.

    Two workspaces with the same bytes keep them twice: what one lets go, or takes along when it ends, is its own.
    """
    draft = folder / f"{DRAFT}{uuid4().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with draft.open("xb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        failpoint("files.after_draft")
        name = f"{workspace_id.hex}/{digest.hexdigest()}"
        place = path_of(folder, name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.rename(place)
        failpoint("files.after_rename")
        _sync(place.parent)
    finally:
        draft.unlink(missing_ok=True)
    return name, size


@dataclass(frozen=True, slots=True)
class Laid:
    """Bytes on the disk of the store whose hash (SHA-256, hex) was taken while they came in, and which are synced."""

    path: Path
    digest: str
    size: int

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def adopt(folder: Path, workspace_id: UUID, laid: Laid) -> tuple[str, int]:
    """Store what lies on this disk already, however large, without copying it; name and size as `keep` gives them."""
    name = f"{workspace_id.hex}/{laid.digest}"
    place, draft = path_of(folder, name), folder / f"{DRAFT}{uuid4().hex}"
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(laid.path, draft)
        failpoint("files.after_link")
        os.utime(draft)  # its age counts from here: it came in before the others that were sent with it
        draft.rename(place)
        _sync(place.parent)
        failpoint("files.after_adoption")
    finally:
        draft.unlink(missing_ok=True)
    return name, laid.size


def path_of(folder: Path, name: str) -> Path:
    """Where the bytes of this name lie. The name is ours (hex): paths of senders never reach the disk."""
    workspace, _, digest = name.partition("/")
    return folder / workspace / digest[:2] / digest


def names_in(folder: Path, workspace: str = "*") -> Iterator[str]:
    """The names of all that is stored, of one workspace (its id in hex) or of all."""
    for path in folder.glob(f"{workspace}/??/*"):
        if path.is_file():
            yield f"{path.parent.parent.name}/{path.name}"


def digest_in(name: str) -> str:
    """The SHA-256 (hex) that bytes of this name have."""
    return name.rpartition("/")[2]


def let_go(folder: Path, names: Iterable[str]) -> None:
    """Remove stored bytes nobody names any more."""
    for name in names:
        path_of(folder, name).unlink(missing_ok=True)
        failpoint("files.after_unlink")


def let_go_unnamed(folder: Path, workspace_id: UUID, named: Collection[str], before: datetime) -> int:
    """Remove what a workspace stored before that moment and no row names; how many unnamed ones are younger.

    Bytes are stored before the row that names them is committed: a young file may only wait for it.
    """
    young = 0
    for name in names_in(folder, workspace_id.hex):
        if name in named:
            continue
        # Asked of each just before it goes: the same bytes may have come in again while others were looked at.
        if _is_older(path_of(folder, name), before):
            let_go(folder, [name])
        else:
            young += 1
    return young


def let_go_ended(folder: Path, workspaces: Collection[UUID], before: datetime) -> None:
    """Remove what other workspaces than these have stored, as far as nothing came in since that moment."""
    living = {workspace_id.hex for workspace_id in workspaces}
    for path in folder.iterdir():
        if _WORKSPACE.fullmatch(path.name) and path.name not in living and _is_older(path, before):
            shutil.rmtree(path, ignore_errors=True)


def let_go_drafts(folder: Path, before: datetime) -> None:
    """Remove drafts and uploads that were left in the middle before that moment."""
    for path in folder.iterdir():
        if (path.name.startswith(DRAFT) or UPLOAD in path.name) and _is_older(path, before):
            path.unlink(missing_ok=True)


def let_go_all(folder: Path, workspace_id: UUID) -> None:
    """Remove everything a workspace stored, once it has ended."""
    shutil.rmtree(folder / workspace_id.hex, ignore_errors=True)


def room_left(folder: Path) -> int:
    """Free bytes on the disk of the store."""
    return shutil.disk_usage(folder).free


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
