"""Whether a backup is whole: every byte of it, every member, and a database dump that PostgreSQL can read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .manifest import NAME, BackupManifest, read_manifest
from .programs import list_dump
from .sealing import CHUNK, Damaged, check_seal, members_of


def verify(path: Path) -> BackupManifest:
    """Read a backup from end to end; its manifest. Damaged, with the reason, where it is not what was written."""
    if not path.is_file():
        raise Damaged(_("There is no backup at %(path)s.") % {"path": path}, code="no-backup")
    check_seal(path)
    manifest = None
    found: dict[str, str] = {}
    for name, file in members_of(path):
        if name == NAME:
            manifest = _read(path, file)
        else:
            found[name] = _digest(file)
    if manifest is None or found != {member.name: member.sha256 for member in manifest.members}:
        raise Damaged(_("%(path)s does not hold what its manifest says.") % {"path": path}, code="backup-incomplete")
    for name, file in members_of(path):
        if name.endswith(".dump"):
            list_dump(file)
    return manifest


def _read(path: Path, file: IO[bytes]) -> BackupManifest:
    manifest = read_manifest(file.read())
    if manifest is None:
        raise Damaged(
            _("%(path)s was written by a later Rapport. Install that version, then restore it.") % {"path": path},
            code="backup-newer",
        )
    return manifest


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
