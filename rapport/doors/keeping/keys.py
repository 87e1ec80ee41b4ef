"""What a backup does not hold and a home cannot do without: its keys, and the ledger of who was erased."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext as _

from rapport.interactions.erasing import ledger
from rapport.kit.house import House
from rapport.kit.trouble import Conflict, NotFound
from rapport.people.tombstones import KEY, mark_of_key

from .manifest import BackupManifest

SIGNING = "secret-key"
KEPT = (KEY, ledger.NAME, SIGNING)  # never the passwords of the database: those of the new home are others


def to_be_kept(house: House) -> str:
    """What to say to whoever has just made a backup: what else to keep, and where it lies."""
    names = [name for name in KEPT if name != SIGNING or house.secret_key_file is None]
    return _(
        "Not in it: the keys. Keep a copy of %(folder)s as well, apart from the backup (%(names)s), and renew it with "
        "each backup: without them a restore brings erased people back, and codes of second factors do not work."
    ) % {"folder": house.path / "keys", "names": ", ".join(names)}


def has_the_key(house: House, manifest: BackupManifest) -> bool:
    """Whether this home knows erased people again as the backed-up one did; so, too, where the backup does not say."""
    secret = house.secret_kept(KEY)
    return not manifest.erasure_key or (secret is not None and mark_of_key(secret) == manifest.erasure_key)


def must_be_one_of_both(keys: Path | None, without_keys: bool) -> None:
    """Conflict where keys are given and said to be lost."""
    if keys is not None and without_keys:
        raise Conflict(_("Give --keys where you have the keys, or --without-keys, not both."), code="keys-and-none")


def must_keep_them_out(house: House, manifest: BackupManifest, source: Path, keys: Path | None) -> None:
    """Conflict where people had been erased and nothing would keep them out, or the keys given are another home's."""
    if keys is not None:
        _must_be_the_keys(keys, manifest)
        _must_not_replace_another(house, keys)
    elif (erased := manifest.counts.get("tombstone", 0)) and not has_the_key(house, manifest):
        raise Conflict(
            _(
                "People had been erased when this backup was made (%(n)s addresses), and the key that keeps them out "
                "is not in this home. Restore with the folder keys/ of the former home: rapport restore %(path)s "
                "--keys /former/home/keys. If it is lost, add --without-keys: an import can then bring them back."
            )
            % {"n": erased, "path": source},
            code="keys-missing",
        )
    elif erased and manifest.erasure_key:  # an older backup does not say, and was told to keep neither
        _must_have_the_ledger(house.keys_folder)


def _must_be_the_keys(folder: Path, manifest: BackupManifest) -> None:
    if not (folder / KEY).is_file():
        raise NotFound(
            _("There is no %(name)s in %(folder)s. Name the folder keys/ of the former home, or a copy of it.")
            % {"name": KEY, "folder": folder},
            code="no-keys",
        )
    if manifest.erasure_key not in ("", mark_of_key((folder / KEY).read_text("utf-8").strip())):
        raise Conflict(
            _("The keys in %(folder)s are of another home than this backup. Name those of the home it was made of.")
            % {"folder": folder},
            code="keys-of-another",
        )
    if manifest.counts.get("tombstone", 0):
        _must_have_the_ledger(folder)


def _must_have_the_ledger(folder: Path) -> None:
    if not (folder / ledger.NAME).is_file():
        raise NotFound(
            _(
                "People had been erased when this backup was made, and the list of them (%(name)s) is not in "
                "%(folder)s. Copy the whole folder keys/ of the former home. If the list is lost, add --without-keys "
                "instead: an import can then bring them back."
            )
            % {"name": ledger.NAME, "folder": folder},
            code="no-erasures",
        )


def _must_not_replace_another(house: House, folder: Path) -> None:
    own = house.secret_kept(KEY)
    if own is not None and own != (folder / KEY).read_text("utf-8").strip():
        raise Conflict(
            _(
                "There is another %(name)s in %(own)s already, and it is not replaced. Restore into a new home: "
                "RAPPORT_HOME=/a/new/folder."
            )
            % {"name": KEY, "own": house.keys_folder},
            code="other-keys-here",
        )


def without_the_ledger(house: House) -> str:
    """What to say after a restore with the key alone; empty where the list of erasures is here too."""
    if (house.keys_folder / ledger.NAME).is_file():
        return ""
    return _(
        "No list of erasures was found beside the key. If anybody was erased since this backup was made, they are "
        "here again: erase them again, or restore into another empty home with the whole folder keys/."
    )


def without_the_key() -> str:
    """What to say after a restore without the key, where nobody had been erased before."""
    return _(
        "The keys of the former home are not here. Nobody had been erased when this backup was made, but whoever was "
        "erased since is here again. If somebody was, restore into another empty home and add --keys "
        "/former/home/keys, or erase them again."
    )


def bring(house: House, folder: Path) -> None:
    """The keys of a former home into this one, which is empty; lists of erasures are joined. Twice is once."""
    for name in KEPT:
        if (folder / name).is_file():
            body, target = (folder / name).read_bytes(), house.keys_folder / name
            if name == ledger.NAME and target.is_file():
                body = ledger.joined(body, target.read_bytes())
            _put(body, target)


def _put(body: bytes, target: Path) -> None:
    if target.exists() and target.read_bytes() == body:
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
