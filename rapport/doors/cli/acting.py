"""done, later, not-needed: acting on Today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapport.kit.trouble import NotFound

from .entering import JsonOption, MemberOption, WorkspaceOption, entered
from .printing import answer, answer_json, undo_with
from .reading import one_person
from .words import _

if TYPE_CHECKING:
    from rapport.accounts.access import Viewer

WhoArgument = Annotated[str, typer.Argument(help="Their number on `rapport today`, or their name.")]


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(done)
    app.command()(later)
    app.command("not-needed")(not_needed)


def done(
    who: WhoArgument, as_json: JsonOption = False, workspace: WorkspaceOption = "", member: MemberOption = ""
) -> None:
    """Say that somebody on Today was cared for.

    \b
    Examples:
      rapport done 1
      rapport done priya
    """
    _settle("today.done", who, {}, _("Done for today: %(name)s."), as_json, workspace, member)


def later(
    who: WhoArgument,
    until: Annotated[str, typer.Option(help="2026-12-01T09:00+01:00; tomorrow at nine by default.")] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Put somebody on Today off to another day.

    \b
    Examples:
      rapport later 2
      rapport later priya --until 2026-12-01T09:00+01:00
    """
    _settle("today.later", who, {"until": until} if until else {}, _("Later: %(name)s."), as_json, workspace, member)


def not_needed(
    who: WhoArgument, as_json: JsonOption = False, workspace: WorkspaceOption = "", member: MemberOption = ""
) -> None:
    """Say that somebody on Today needs nothing.

    \b
    Examples:
      rapport not-needed 3
    """
    _settle("today.not-needed", who, {}, _("Not needed: %(name)s."), as_json, workspace, member)


def _settle(
    operation: str, who: str, more: dict[str, Any], said: str, as_json: bool, workspace: str, member: str
) -> None:
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        item = _on_today(viewer, who)
        found = call(operation, viewer, "cli", {"suggestion_id": item.suggestion_id, **more})
    if as_json:
        answer_json(found)
    else:
        answer(said % {"name": item.person.name} + " " + undo_with(found.undo))


def _on_today(viewer: Viewer, who: str) -> Any:
    """The item with this number, as `rapport today` prints them, or of this person."""
    from rapport.doors.operations.catalogue import call

    items = [item for group in call("today.get", viewer, "cli", {}).groups for item in group.items]
    if who.isdigit() and 1 <= int(who) <= len(items):
        return items[int(who) - 1]
    person_id = None if who.isdigit() else one_person(viewer, who)
    for item in items:
        if item.person.id == person_id:
            return item
    raise NotFound(_("“%(name)s” is not on Today. See who is: rapport today") % {"name": who})
