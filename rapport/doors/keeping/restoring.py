"""`rapport restore`: a backup into an empty home. Nothing is replaced before all of it is in place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

import psycopg
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from psycopg import sql

from rapport.channels.files import keep, path_of
from rapport.doors.running.migrating import migrate
from rapport.interactions.erasing.coming_back import erase_again, lacks_the_key
from rapport.kit import clock
from rapport.kit.failpoints import failpoint
from rapport.kit.house import House
from rapport.kit.postgres import Addresses
from rapport.kit.supervision import find_supervisor
from rapport.kit.supervision.census import only_supervisor
from rapport.kit.trouble import Conflict, Trouble

from .backing_up import DUMP
from .keys import bring, has_the_key, must_be_one_of_both, must_keep_them_out, without_the_key, without_the_ledger
from .manifest import BackupManifest
from .programs import fill
from .sealing import CHUNK, members_of
from .snapshot import LEFT_OUT, count_of, tables_of
from .verifying import verify
from .workplace import workplace

MEANWHILE, BEFORE = "rapport_restoring", "rapport_before_restore"


def restore(
    house: House,
    addresses: Addresses,
    source: Path,
    say: Callable[[str], None],
    keys: Path | None = None,
    without_keys: bool = False,
) -> BackupManifest:
    """Put a backup into this home, with the `keys` of the former one. Django must lead to this database.

    Damaged where the file is not whole; Conflict where Rapport runs here, somebody lives here already, the backup is
    of a later Rapport, or people were erased whom nothing would keep out (unless `without_keys`). Afterwards all that
    goes out is held until `release_outgoing`; nobody is signed in.
    """
    must_be_one_of_both(keys, without_keys)
    say(_("checking %(path)s") % {"path": source})
    manifest = verify(source)
    failpoint("restore.after_verifying")
    _refuse_what_is_newer(manifest)
    _refuse_a_running_home(house)
    if not without_keys:
        must_keep_them_out(house, manifest, source, keys)
    with only_supervisor(house):  # whoever opened it meanwhile would take the files for somebody's who is gone
        _refuse_a_home_in_use(house, addresses)
        if keys is not None:
            bring(house, keys)
            failpoint("restore.after_keys")
        _bring_back(house, addresses, source, manifest, say)
    say(
        _("Restored as of %(when)s. All that goes out is held until you confirm.")
        % {"when": f"{manifest.made_at:%Y-%m-%d %H:%M %Z}"}
    )
    return manifest


def _bring_back(
    house: House, addresses: Addresses, source: Path, manifest: BackupManifest, say: Callable[[str], None]
) -> None:
    with workplace(house.path, "restore") as beside:
        say(_("files: %(number)s") % {"number": manifest.files})
        dump_file = _unpack(source, beside, house.files_folder, say)
        say(_("database: %(rows)s rows") % {"rows": sum(manifest.counts.values())})
        _fill_meanwhile(addresses, dump_file, manifest, clock.now())
    connections.close_all()
    _move_in(addresses)
    migrate()
    _erase_again(house, manifest, say)


def _erase_again(house: House, manifest: BackupManifest, say: Callable[[str], None]) -> None:
    """Whoever asked to be erased since the backup was made, before anybody looks."""
    if lacks_the_key(house.path):
        say(
            _(
                "Warning: people were erased here with a key that is not in this home, so an import could bring them "
                "back. If you find the folder keys/ of the former home, restore into another empty home and add "
                "--keys /former/home/keys."
            )
        )
        return
    if not has_the_key(house, manifest):
        say(without_the_key())
    elif said_of_ledger := without_the_ledger(house):
        say(said_of_ledger)
    if again := erase_again(house.path, house.files_folder):
        said = ngettext("erased again on request: %(n)d person", "erased again on request: %(n)d people", again)
        say(said % {"n": again})


def _refuse_what_is_newer(manifest: BackupManifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    if unknown := set(manifest.schema) - known:
        raise Conflict(
            _("This backup was made by a later Rapport (%(version)s). Install that version, then restore it.")
            % {"version": manifest.version},
            code="backup-newer",
            unknown=sorted(unknown),
        )


def _refuse_a_running_home(house: House) -> None:
    if find_supervisor(house) is not None:
        raise Conflict(_("Rapport runs in this home. Stop it first: rapport down."), code="home-running")


def _refuse_a_home_in_use(house: House, addresses: Addresses) -> None:
    with psycopg.connect(addresses.backup) as connection:
        lived_in = [
            table for table in ("workspace", "user") if table in tables_of(connection) and count_of(connection, table)
        ]
    if lived_in:
        raise Conflict(
            _("There is somebody's work in %(path)s. Restore into an empty home: RAPPORT_HOME=/a/new/folder.")
            % {"path": house.path},
            code="home-not-empty",
        )


def _unpack(source: Path, beside: Path, files_folder: Path, say: Callable[[str], None]) -> Path:
    """Files into the store under their hash; where the dump lies."""
    for name, file in members_of(source):
        if name == DUMP:
            with (beside / DUMP).open("wb") as dump_file:
                shutil.copyfileobj(file, dump_file)
            failpoint("restore.after_dump")
        elif name.startswith("files/") and not path_of(files_folder, name.removeprefix("files/")).exists():
            workspace_id = UUID(hex=name.split("/")[1])
            kept_as, _size = keep(files_folder, workspace_id, iter(partial(file.read, CHUNK), b""))
            failpoint("restore.after_file")
            if kept_as != name.removeprefix("files/"):  # the hash decides where it lies, never a name in the backup
                say(
                    _("%(name)s was damaged before it was backed up; `rapport check` tells what it was.")
                    % {"name": name}
                )
    return beside / DUMP


def _fill_meanwhile(addresses: Addresses, dump_file: Path, manifest: BackupManifest, now: datetime) -> None:
    """Everything into a database beside the home's own, compared with the manifest."""
    with psycopg.connect(addresses.in_database("postgres").owner, autocommit=True) as connection:
        major = connection.info.server_version // 10000
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(MEANWHILE)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(MEANWHILE)))
    failpoint("restore.after_database")
    there = addresses.in_database(MEANWHILE).owner
    fill(there, major, dump_file)
    failpoint("restore.after_filling")
    with psycopg.connect(there) as connection:
        counts = {table: count_of(connection, table) for table in tables_of(connection)}
        if counts != manifest.counts:
            different = sorted(t for t in counts.keys() | manifest.counts if counts.get(t) != manifest.counts.get(t))
            raise Trouble(
                _("Not all rows came back (%(tables)s). Check that the disk has room, then try again.")
                % {"tables": ", ".join(different)},
                code="restored-in-part",
            )
        connection.execute("UPDATE workspace SET outgoing_held_since = %s", [now])
        for table in LEFT_OUT:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.execute("ANALYZE")
    failpoint("restore.after_holding")


def _move_in(addresses: Addresses) -> None:
    """The filled database takes the place of the empty one, in one step."""
    name = unquote(urlsplit(addresses.owner).path.lstrip("/"))
    with psycopg.connect(addresses.in_database("postgres").owner, autocommit=True) as connection:
        drop_former = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(BEFORE))
        connection.execute(drop_former)
        failpoint("restore.after_dropping")
        try:
            with connection.transaction():
                for old, new in ((name, BEFORE), (MEANWHILE, name)):
                    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                    connection.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))
                    failpoint("restore.between_names")
        except psycopg.errors.ObjectInUse as fault:
            raise Conflict(
                _("Something else still uses the database of this home. Stop it, then restore again."),
                code="database-in-use",
            ) from fault
        failpoint("restore.after_moving_in")
        connection.execute(drop_former)
        failpoint("restore.after_clearing_up")
