"""up, down, status: what runs in this house."""

from __future__ import annotations

from typing import Annotated

import typer

from rapport.kit.house import House
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

    Examples:  rapport up   ·   RAPPORT_PORT=8080 rapport up   ·   rapport up --no-sample
    """
    from rapport.doors.running.up import up as run

    run(House.from_environment(), say, sample)


def down() -> None:
    """Stop what runs in this house.

    Example:  rapport down
    """
    from rapport.kit.supervision import stop_supervisor

    if stop_supervisor(House.from_environment()):
        say("Stopped. Nothing is lost.")
    else:
        raise Trouble("Nothing runs in this house.", code="not-running")


def status(as_json: JsonOption = False) -> None:
    """Say what runs, how much is there, and what is at work.

    Examples:  rapport status   ·   rapport status --json
    """
    with house_open() as house:
        from rapport.doors.keeping.status import lines_of, status_of

        found = status_of(house)
        if as_json:
            answer_json(found)
        else:
            for line in lines_of(found):
                answer(line)


def link() -> None:
    """Make a one-time sign-in link for this house's first person, for whoever is at this machine.

    Example:  rapport link
    """
    with house_open() as house:
        from rapport.doors.running.up import first_link

        answer(first_link(house))
