"""imports: all there ever were, and what one of them found. Changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from rapport.kit.trouble import NotUnderstood

from .entering import JsonOption, MemberOption, WorkspaceOption, entered
from .new_files import must_be_new, write_new
from .printing import answer, answer_json, columns, more_with, say
from .words import _


def register(app: typer.Typer) -> None:
    """Put this verb into the command."""
    app.command()(imports)


def imports(
    typed: typer.Context,
    one: Annotated[str, typer.Argument(help="Which import, by its id: what it found.", show_default=False)] = "",
    which: Annotated[
        str, typer.Option(help="found, stored, already, left-out, set-aside, in-part, or people.")
    ] = "found",
    rule: Annotated[str, typer.Option(help="Only by this rule.", show_default=False)] = "",
    aside: Annotated[bool, typer.Option("--aside", help="Only imports with something set aside.")] = False,
    to_mend: Annotated[
        Path | None, typer.Option("--to-mend", help="Write its rows that were not read as a table.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(help="How many at once.", min=1, max=100)] = 20,
    cursor: Annotated[str, typer.Option(help="Go on after an earlier page.", show_default=False)] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """List imports, newest first, or what one found.

    \b
    Examples:
      rapport imports
      rapport imports 0199f1c2-… --which left-out
      rapport imports 0199f1c2-… --to-mend rows.csv
    """
    from rapport.kit.ids import as_id

    if one and as_id(one) is None:
        raise NotUnderstood(_("“%(id)s” names no import. See all: rapport imports") % {"id": one}, code="bad-id")
    if to_mend is not None and not one:
        raise NotUnderstood(_("Say of which import. See all: rapport imports"), code="no-import")
    if to_mend is not None:
        must_be_new(to_mend)
    page = {"cursor": cursor or None, "limit": limit}
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        if to_mend is not None:
            table = call("imports.to-mend", viewer, "cli", {"import_id": one})
        elif not one:
            found = call("imports.list", viewer, "cli", {"set_aside": aside, **page})
        elif which == "people":
            found = call("imports.people", viewer, "cli", {"import_id": one, **page})
        else:
            found = call(
                "imports.items", viewer, "cli", {"import_id": one, "which": which, "rule": rule or None, **page}
            )
    if to_mend is not None:
        write_new(to_mend, table.body)
        answer(_("Written to %(path)s. Put the rows right and import it.") % {"path": to_mend})
        if table.sentence:
            say(table.sentence)
        return
    if as_json:
        answer_json(found)
        return
    show = _show_items if one and which != "people" else _show_people if one else _show_imports
    show(found.rows)
    if not found.rows:
        answer(_("There is nothing here"))
    if found.next:
        answer(more_with(typed, found.next))


def _show_imports(rows: Any) -> None:
    told: list[tuple[str, ...]] = [
        (
            f"{row.made_at:%Y-%m-%d}", row.state, _("%(n)s found") % {"n": f"{row.found:,}"},
            _("%(n)s left out") % {"n": f"{row.skipped:,}"}, _("%(n)s set aside") % {"n": f"{row.quarantined:,}"},
            row.by, row.name, str(row.id),
        )
        for row in rows
    ]  # fmt: skip
    for line in columns(told):
        answer(line.rstrip())


def _show_people(rows: Any) -> None:
    for row in rows:
        answer(f"{row.name}  {row.id}")


def _show_items(rows: Any) -> None:
    for row in rows:
        became = row.person.name if row.person else row.interaction.title if row.interaction else row.heading
        answer("  ".join(one for one in (row.place, row.outcome, became) if one))
        if row.sentence:
            answer(f"    {row.sentence}")
        if row.fields and (row.person is None or row.unread):
            answer("    " + " · ".join(f"{one.name}: {one.value}" if one.name else one.value for one in row.fields))
        answer(f"    {row.id}")
