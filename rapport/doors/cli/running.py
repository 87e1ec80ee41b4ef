"""up, down, status: what runs in this house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from rapport.kit.trouble import Trouble

from .entering import JsonOption, house_open, must_be_there
from .printing import answer, answer_json, say
from .words import _, ngettext


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(up)
    app.command()(down)
    app.command()(status)
    app.command("link")(link)
    app.command("reset-second-factor")(reset_second_factor)
    app.command("set-address")(set_address)


def up(
    sample: Annotated[
        bool | None,
        typer.Option(help="Raise the sample village again where it went, or not at all.", show_default=False),
    ] = None,
) -> None:
    """Open Rapport: database, web and worker, until Ctrl-C. A new home gets the sample village.

    \b
    Examples:
      rapport up
      RAPPORT_PORT=8080 rapport up
      rapport up --no-sample
      rapport up --sample
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
        say(_("Stopped. Nothing is lost."))
    else:
        raise Trouble(_("Nothing runs in this house."), code="not-running")


def status(as_json: JsonOption = False) -> None:
    """Say what runs and how much is there.

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
    place = f"http://localhost:{found.web_port}" if running else _("not running; open it with: rapport up")
    answer(_("Rapport in %(home)s: %(place)s") % {"home": found.home, "place": place})
    for name, pid in found.running.items():
        at = _("process %(pid)d") % {"pid": pid} if pid else _("starting again")
        answer(f"  {name}: " + ", ".join([at, *_how_often(found.restarts.get(name, 0))]))
    if found.database:
        said = _("database: PostgreSQL %(version)s, %(size)d MB, schema %(schema)s")
        size = round(found.database.size / 1e6)
        answer("  " + said % {"version": found.database.version, "size": size, "schema": found.database.schema})
        for one in found.database.workspaces:
            _show_workspace(one)
    kept = _in_words(found.last_backup.made_at) if found.last_backup else _("never; make one with: rapport backup")
    answer("  " + _("last backup: %(when)s") % {"when": kept})
    answer("  " + _("disk: %(free)s GB free") % {"free": f"{found.disk_free / 1e9:.1f}"})


def _show_workspace(one: Any) -> None:
    name = _("%(name)s (sample)") % {"name": one.name} if one.is_sample else one.name
    answer(f"  {name}: " + ", ".join(_held(one)))
    for member in one.who:
        answer(f"    {member.name} <{member.address}>, {member.role}")


def _held(one: Any) -> Iterator[str]:
    yield ngettext("%(n)s person", "%(n)s people", one.people) % {"n": f"{one.people:,}"}
    yield ngettext("%(n)s interaction", "%(n)s interactions", one.interactions) % {"n": f"{one.interactions:,}"}
    if one.imports_at_work:
        at_work = ngettext("%(n)d import at work", "%(n)d imports at work", one.imports_at_work)
        yield at_work % {"n": one.imports_at_work}
    if one.quarantined:
        aside = ngettext("%(n)s item set aside", "%(n)s items set aside", one.quarantined)
        yield aside % {"n": f"{one.quarantined:,}"}


def _in_words(moment: str) -> str:
    """ "27 November 2026, 14:44", by the clock on this machine's wall."""
    from django.utils.formats import date_format
    from django.utils.translation import pgettext

    from rapport.kit.clock import machine_zone

    local = datetime.fromisoformat(moment).astimezone(machine_zone())
    return f"{date_format(local, pgettext('date with year', 'j F Y'))}, {local:%H:%M}"


def _how_often(restarts: int) -> Iterator[str]:
    if restarts:
        yield ngettext("started again once", "started again %(n)d times", restarts) % {"n": restarts}


def link(
    member: Annotated[str, typer.Option(help="For which member, by e-mail.", show_default=False)] = "",
    password: Annotated[bool, typer.Option("--password", help="Lead on to where one sets a password.")] = False,
) -> None:
    """Make a link that signs in somebody.

    The first of this home, or a member.

    \b
    Examples:
      rapport link
      rapport link --password
      rapport link --member ali@your-company.com
    """
    from rapport.kit.house import House

    must_be_there(House.from_environment())
    with house_open() as house:
        from rapport.doors.running.links import sign_in_link

        whose, address = sign_in_link(house, member, password)
        said = (
            _("It signs in %(name)s, once, within a day.")
            if member
            else _("It signs in %(name)s, once, within 30 min.")
        )
        say(said % {"name": whose})
        answer(address)


def reset_second_factor(
    member: Annotated[
        str, typer.Option(help="Whose, by e-mail; else the first of this home.", show_default=False)
    ] = "",
) -> None:
    """Turn off a second factor that somebody lost.

    In all their workspaces.

    \b
    Examples:
      rapport reset-second-factor
      rapport reset-second-factor --member ali@your-company.com
    """
    with house_open():
        from rapport.doors.running.links import turn_second_factor_off

        said = _("%(name)s signs in without a second factor until they turn on another.")
        answer(said % {"name": turn_second_factor_off(member)})


def set_address(
    address: Annotated[str, typer.Argument(help="The address they sign in with from now on.", show_default=False)],
    member: Annotated[
        str, typer.Option(help="Whose, by e-mail; else the first of this home.", show_default=False)
    ] = "",
) -> None:
    """Set the address somebody signs in with.

    Where no mail goes out they cannot do so themselves. Nobody asks whether mail reaches it: look that it is theirs.

    \b
    Examples:
      rapport set-address maya@your-company.com
      rapport set-address ali@new.example --member ali@your-company.com
    """
    from rapport.kit.house import House

    must_be_there(House.from_environment())
    with house_open() as house:
        from rapport.doors.running.links import give_address

        before, now = give_address(house, address, member)
        said = _("Who signed in as %(before)s signs in as %(now)s from now on. They are signed out everywhere.")
        answer(said % {"before": before, "now": now})
