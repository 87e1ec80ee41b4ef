"""Going in: the house's database, a member, one transaction. What most verbs of the command line begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from rapport.kit.trouble import NotFound, NotUnderstood

from .printing import say
from .words import _

if TYPE_CHECKING:
    from rapport.accounts.access import Viewer
    from rapport.kit.house import House

WorkspaceOption = Annotated[str, typer.Option("--workspace", help="Which workspace, by name.", show_default=False)]
MemberOption = Annotated[str, typer.Option("--member", help="As which member, by e-mail.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON, with the fields of the API.")]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Answer as of the end of that day.", show_default=False)
]


def must_be_there(house: House) -> None:
    """NotFound where nothing of Rapport is in this folder: what only looks must not begin a new home there."""
    if not os.environ.get("DATABASE_URL") and not house.database_folder.exists():
        said = _("There is no Rapport in %(home)s. Say where it is with RAPPORT_HOME, or begin one: rapport up")
        raise NotFound(said % {"home": house.path}, code="no-home")


@contextmanager
def house_open() -> Iterator[House]:
    """Django on this house's database, its schema up to date; the server is started where it does not run."""
    from rapport.doors.running.database import is_ours, opened
    from rapport.kit.house import House
    from rapport.kit.supervision.census import as_it_runs

    house = as_it_runs(House.from_environment())
    with opened(house) as addresses:
        if not is_ours(house):
            from rapport.doors.keeping.upgrading import bring_forward

            bring_forward(house, addresses, say)
        yield house


@contextmanager
def entered(workspace: str = "", member: str = "") -> Iterator[Viewer]:
    """A member, inside their workspace, in one transaction."""
    with house_open():
        from rapport.accounts.rows import in_workspace
        from rapport.doors.operations.beginning import viewer_for

        viewer = viewer_for(workspace, member)
        with in_workspace(viewer.workspace_id):
            yield viewer


def day_of(text: str) -> date | None:
    """The day `--as-of` names."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        said = _("“%(text)s” is not a day. Write it like 2004-07-01.") % {"text": text}
        raise NotUnderstood(said, code="bad-day") from None
