"""search: where words stand in mail and notes. Changes nothing and takes --as-of."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from .entering import AsOfOption, JsonOption, MemberOption, WorkspaceOption, day_of, entered
from .printing import answer, answer_json, more_with
from .words import _


def register(app: typer.Typer) -> None:
    """Put this verb into the command."""
    app.command()(search)


def search(
    typed: typer.Context,
    words: Annotated[str, typer.Argument(help='Words, "quoted phrases", -not, has:file.')],
    limit: Annotated[int, typer.Option(help="How many at once.", min=1, max=100)] = 20,
    cursor: Annotated[str, typer.Option(help="Go on after an earlier page.", show_default=False)] = "",
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Search in mail and notes, newest first.

    \b
    Examples:
      rapport search rota
      rapport search '"new rota" december -draft'
      rapport search 'report has:file' --json
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        given = {"q": words, "limit": limit, "cursor": cursor or None, "as_of": day_of(as_of)}
        found = call("interactions.search", viewer, "cli", given)
        if as_json:
            answer_json(found)
            return
        for row in found.rows:
            _show(row)
        if not found.rows:
            answer(_("That stands nowhere that you may read. Try fewer words, or the beginning of one: invit*"))
        if found.next:
            answer(more_with(typed, found.next))


def _show(row: Any) -> None:
    what = row.interaction
    who = ", ".join(one.name for one in what.people[:3])
    title = _said(row.title)
    answer(f"{what.at:%Y-%m-%d}  {what.kind}  {who}" + (f"  {title}" if title else ""))
    if row.text:
        answer(f"    {_said(row.text)}")
    if row.place:
        answer(f"    @ {_said(row.place)}")
    for name in row.files:
        answer(f"    + {_said(name)}")
    answer(f"    {what.id}")


def _said(pieces: Any) -> str:
    """The pieces as one line; what was looked for is bold where somebody looks."""
    if not sys.stdout.isatty():
        return "".join(one.text for one in pieces)
    return "".join(typer.style(one.text, bold=True) if one.is_found else one.text for one in pieces)
