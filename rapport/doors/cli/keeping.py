"""backup, restore, check: what keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rapport.kit.trouble import NotFound, Trouble

from .entering import JsonOption, must_be_there
from .printing import answer, answer_json, say
from .words import _, ngettext

if TYPE_CHECKING:
    from rapport.doors.keeping.findings import Finding

MOST_IDS = 3


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(backup)
    app.command()(restore)
    app.command()(check)


def backup(
    target: Annotated[
        str, typer.Argument(help="The file to write; named by the day by default.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Keep everything in one file, even while Rapport runs. It is read back to be sure.

    \b
    Examples:
      rapport backup
      rapport backup /mnt/disk/rapport-monday.rapport
    """
    from rapport.doors.running.database import opened
    from rapport.kit.house import House

    house, path = House.from_environment(), Path(target)
    must_be_there(house)
    if target.endswith("/") and not path.is_dir():
        said = _("There is no folder %(path)s. Make it, or see whether its disk is there.")
        raise NotFound(said % {"path": target}, code="no-folder")
    with opened(house) as addresses:
        from rapport.doors.keeping.backing_up import back_up, last_backup
        from rapport.doors.keeping.keys import to_be_kept

        manifest = back_up(house, addresses, path, say)
        kept = last_backup(house)
    if as_json:
        answer_json(manifest)
    elif kept:
        size = f"{kept.size / 1e6:.1f}"
        answer(_("Kept in %(path)s (%(size)s MB), read back and whole.") % {"path": kept.path, "size": size})
        back = _("Bring it back with: RAPPORT_HOME=/an/empty/folder rapport restore %(path)s")
        answer(back % {"path": kept.path})
        answer(to_be_kept(house))


def restore(
    source: Annotated[Path, typer.Argument(help="A file written by rapport backup.")],
    dry_run: Annotated[bool, typer.Option(help="Only say whether the file is whole.")] = False,
    keys: Annotated[
        Path | None,
        typer.Option(help="The folder keys/ of the former home: erased people stay erased.", show_default=False),
    ] = None,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="The keys are lost: erased people can come back.")
    ] = False,
) -> None:
    """Bring a backup back into an empty home. Nothing goes out until a person says so.

    \b
    Examples:
      rapport restore rapport-2026-11-22-0900.rapport
      rapport restore rapport-2026-11-22-0900.rapport --keys /former/home/keys
      rapport restore --dry-run FILE
    """
    from rapport.doors.running.database import opened, set_up_django
    from rapport.kit.house import House

    house = House.from_environment()
    if dry_run:
        set_up_django()
        from rapport.doors.keeping.keys import must_be_one_of_both, must_keep_them_out
        from rapport.doors.keeping.verifying import verify

        must_be_one_of_both(keys, without_keys)
        manifest = verify(source)
        answer(_("The file is whole."))
        if without_keys:
            return
        try:
            must_keep_them_out(house, manifest, source, keys)
        except Trouble as fault:
            answer(fault.sentence)
        return
    with opened(house) as addresses:
        from rapport.doors.keeping.restoring import restore as bring_back

        bring_back(house, addresses, source, say, keys, without_keys)
    answer(_("Restored. No mail goes out of it until whoever manages a workspace lets it, by the banner on its pages."))
    answer(_("Open it with: rapport up"))


def check(as_json: JsonOption = False) -> None:
    """Check that nothing is lost, doubled or out of place. Exit code 1 where something is.

    \b
    Examples:
      rapport check
      rapport check --json
    """
    from rapport.doors.running.database import opened
    from rapport.kit.house import House

    house = House.from_environment()
    must_be_there(house)
    with opened(house) as addresses:
        from rapport.doors.keeping.upgrading import bring_forward

        bring_forward(house, addresses, say)
        from rapport.doors.keeping.checking import check as look

        found = look(house, addresses)
    if as_json:
        answer_json(found)
    else:
        for one in found:
            answer(one.sentence)
            if one.ids:
                answer("  " + _about(one))
        if not found:
            answer(_("Everything is in its place."))
    if found:
        raise typer.Exit(1)


def _about(one: Finding) -> str:
    """The first ids a finding is about, and how many more there are."""
    ids = ", ".join(one.ids[:MOST_IDS])
    more = one.count - len(one.ids[:MOST_IDS])
    if not more:
        return _("It is about %(ids)s.") % {"ids": ids}
    said = ngettext("It is about %(ids)s and %(n)d more.", "It is about %(ids)s and %(n)d more.", more)
    return said % {"ids": ids, "n": more}
