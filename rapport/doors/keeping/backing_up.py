"""`rapport backup`: everything in one sealed file, taken at one moment while Rapport goes on running."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from django.utils.translation import gettext as _

from rapport import __version__
from rapport.channels.files import path_of
from rapport.kit import clock
from rapport.kit.failpoints import failpoint
from rapport.kit.house import House
from rapport.kit.postgres import Addresses
from rapport.kit.trouble import Conflict, Trouble
from rapport.people.tombstones import KEY, mark_of_key

from .manifest import NAME, BackupManifest
from .programs import dump
from .sealing import Sealing
from .snapshot import Snapshot, held_still
from .verifying import verify
from .workplace import workplace

SUFFIX = ".rapport"
DUMP = "database.dump"
SETTINGS = "settings.json"
# Named one by one: a setting that is added later may be a secret.
SETTINGS_KEPT = (
    "RAPPORT_PORT",
    "RAPPORT_BIND",
    "RAPPORT_HOSTS",
    "RAPPORT_BEHIND_TLS",
    "RAPPORT_SMTP_HOST",
    "RAPPORT_SMTP_PORT",
    "RAPPORT_MAIL_FROM",
    "RAPPORT_LOG",
)
LAST = "last-backup.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """Where the last backup of a home was written, when, and how large it was."""

    path: str
    made_at: str
    size: int


def back_up(house: House, addresses: Addresses, target: Path, say: Callable[[str], None]) -> BackupManifest:
    """Write a backup to `target` (a new file, or a folder that gets one named by the time) and read it back.

    Conflict where the file exists; Trouble where there is no room, or what was written cannot be read again. Then
    nothing is left of it.
    """
    now = clock.now()
    path = _new_in(target, now) if target.is_dir() else target
    if not path.parent.is_dir():
        said = _("There is no folder %(folder)s. Make it first, or choose another.") % {"folder": path.parent}
        raise Trouble(said, code="no-such-folder")
    if path.exists():
        raise Conflict(_("%(path)s exists already. Choose another name.") % {"path": path}, code="backup-exists")
    try:
        with workplace(path.parent, "rapport-backup") as beside:
            draft = beside / path.name
            manifest = _write(house, addresses, draft, say, now)
            say(_("reading it back"))
            verify(draft)
            failpoint("backup.after_verifying")
            draft.rename(path)
            failpoint("backup.after_rename")
            _sync(path.parent)
    except OSError as fault:
        raise Trouble(
            _("The backup could not be written to %(path)s (%(reason)s). Choose a place with more room, or mend that.")
            % {"path": path, "reason": fault.strerror},
            code="backup-not-written",
        ) from fault
    _remember(house, LastBackup(str(path.absolute()), now.isoformat(), path.stat().st_size))
    failpoint("backup.after_remembering")
    say(_("backup: %(path)s") % {"path": path})
    return manifest


def _new_in(folder: Path, now: datetime) -> Path:
    """A name nobody has in this folder."""
    name = f"rapport-{now:%Y%m%d-%H%M%S}"
    again = (f"{name}-{number}{SUFFIX}" for number in count(2))
    return next(path for path in (folder / one for one in chain([name + SUFFIX], again)) if not path.exists())


def last_backup(house: House) -> LastBackup | None:
    """The last backup that was made of this home, or None."""
    try:
        return LastBackup(**json.loads((house.path / LAST).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def settings_of(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What this Rapport was told at its start, without anything secret."""
    return {name: environment[name] for name in SETTINGS_KEPT if name in environment}


def _write(
    house: House, addresses: Addresses, draft: Path, say: Callable[[str], None], now: datetime
) -> BackupManifest:
    with (
        held_still(addresses.backup) as snapshot,
        _held_files(house.files_folder, snapshot.stored) as held,
        os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
    ):
        sealing = Sealing(file)
        say(_("database: %(rows)s rows") % {"rows": sum(snapshot.counts.values())})
        dump_file = draft.with_name(DUMP)
        dump(addresses.backup, int(snapshot.postgres.partition(".")[0]), snapshot.name, dump_file)
        failpoint("backup.after_dump")
        _add(sealing, DUMP, dump_file)
        say(_("files: %(number)s") % {"number": len(held)})
        for name, place in held.items():
            _add(sealing, f"files/{name}", place)
            failpoint("backup.after_member")
        sealing.add_bytes(SETTINGS, json.dumps(settings_of(), indent=1).encode())
        manifest = _manifest(house, snapshot, sealing, held, now)
        sealing.add_bytes(NAME, manifest.to_json())
        sealing.seal()
        file.flush()
        os.fsync(file.fileno())
        failpoint("backup.after_seal")
    return manifest


def _manifest(
    house: House, snapshot: Snapshot, sealing: Sealing, held: Mapping[str, Path], now: datetime
) -> BackupManifest:
    return BackupManifest(
        made_at=now,
        version=__version__,
        postgres=snapshot.postgres,
        schema=snapshot.schema,
        counts=snapshot.counts,
        members=tuple(sealing.members),
        missing=tuple(name for name in snapshot.stored if name not in held),
        erasure_key=mark_of_key(house.secret(KEY)),
    )


@contextmanager
def _held_files(folder: Path, names: Sequence[str]) -> Iterator[dict[str, Path]]:
    """The stored files of these names that are there, linked aside: an import may be undone while they are copied."""
    with workplace(folder, "backup") as aside:
        held = {}
        for name in names:
            place = path_of(aside, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path_of(folder, name), place)
            except FileNotFoundError:
                continue
            held[name] = place
        failpoint("backup.after_links")
        yield held


def _add(sealing: Sealing, name: str, path: Path) -> None:
    with path.open("rb") as source:
        sealing.add(name, source, path.stat().st_size)


def _remember(house: House, last: LastBackup) -> None:
    draft = house.path / f".{LAST}"
    draft.write_text(json.dumps({"path": last.path, "made_at": last.made_at, "size": last.size}), "utf-8")
    draft.replace(house.path / LAST)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
