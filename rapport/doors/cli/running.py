"""up, down, status: what runs in this house."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from rapport.kit.trouble import Trouble

from .entering import JsonOption, house_open
from .printing import answer, answer_json, say


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(up)
    app.command()(down)
    app.command()(status)
    app.command("link")(link)


def up(
    sample: Annotated[bool, typer.Option(help="Raise the sample village where nothing is yet.")] = True,
) -> None:
    """Open Rapport: database, web and worker, until Ctrl-C.

    \b
    Examples:
      rapport up
      RAPPORT_PORT=8080 rapport up
      rapport up --no-sample
    """
    from rapport.doors.running.up import up as run
    from rapport.kit.house import House

    run(House.from_environment(), say, sample)


def down() -> None:
    """Stop what runs in this house.

    \b
    Examples:
      rapport down
    """
    from rapport.kit.house import House
    from rapport.kit.supervision import stop_supervisor

    if stop_supervisor(House.from_environment()):
        say("Stopped. Nothing is lost.")
    else:
        raise Trouble("Nothing runs in this house.", code="not-running")


def status(as_json: JsonOption = False) -> None:
    """Say what runs, how much is there, and what is at work.

    \b
    Examples:
      rapport status
      rapport status --json
    """
    from rapport.doors.running.database import opened
    from rapport.kit.house import House
    from rapport.kit.supervision.census import as_it_runs, find_supervisor

    house = as_it_runs(House.from_environment())
    running = find_supervisor(house) is not None
    with opened(house) as addresses:
        from rapport.doors.keeping.status import status as look

        found = look(house, addresses)
    if as_json:
        answer_json(found)
    else:
        _show(found, running)


def _show(found: Any, running: bool) -> None:
    place = f"http://localhost:{found.web_port}" if running else "not running; open it with: rapport up"
    answer(f"Rapport in {found.home}: {place}")
    for name, pid in found.running.items():
        fell = _how_often(found.restarts.get(name, 0))
        answer(f"  {name}: {'process ' + str(pid) if pid else 'starting again'}{fell}")
    if found.database:
        answer(f"  database: PostgreSQL {found.database.version}, {found.database.size / 1e6:.0f} MB, schema "
               f"{found.database.schema}")  # fmt: skip
        for one in found.database.workspaces:
            sample = " (sample)" if one.is_sample else ""
            work = f", {_count(one.imports_at_work, 'import')} at work" if one.imports_at_work else ""
            waits = f", {_count(one.quarantined, 'item')} set aside" if one.quarantined else ""
            answer(f"  {one.name}{sample}: {one.people:,} people, {one.interactions:,} interactions{work}{waits}")
            for member in one.who:
                answer(f"    {member.name} <{member.address}>, {member.role}")
    kept = _in_words(found.last_backup.made_at) if found.last_backup else "never; make one with: rapport backup"
    answer(f"  last backup: {kept}")
    answer(f"  disk: {found.disk_free / 1e9:.1f} GB free")


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _in_words(moment: str) -> str:
    """ "27 November 2026, 14:44", by the clock on this machine's wall."""
    from django.utils.formats import date_format

    from rapport.kit.clock import machine_zone

    return date_format(datetime.fromisoformat(moment).astimezone(machine_zone()), "j F Y, H:i")


def _how_often(restarts: int) -> str:
    if restarts > 1:
        return f", started again {restarts} times"
    return ", started again once" if restarts else ""


def link() -> None:
    """Make a link that signs in the first person of this home, once.

    \b
    Examples:
      rapport link
    """
    with house_open() as house:
        from rapport.doors.running.up import first_link

        answer(first_link(house))
