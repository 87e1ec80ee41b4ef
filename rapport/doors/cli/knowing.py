"""organizations, organization, who-knows, views: who of ours knows whom, and lists kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapport.kit.trouble import NotFound, Trouble

from . import completing
from .entering import JsonOption, MemberOption, WorkspaceOption, entered
from .printing import answer, answer_json, columns, glyph, more_with
from .reading import one_person
from .words import _, ngettext

if TYPE_CHECKING:
    from rapport.accounts.access import Viewer


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(organizations)
    app.command()(organization)
    app.command("who-knows")(who_knows)
    app.command()(views)


def organizations(
    typed: typer.Context,
    search: Annotated[str, typer.Argument(help="Part of a name or a domain.", show_default=False)] = "",
    whose: Annotated[str, typer.Option(help="Where this colleague knows somebody.", show_default=False)] = "",
    quiet: Annotated[int | None, typer.Option(help="Nobody was in touch for so many days.", show_default=False)] = None,
    sort: Annotated[
        str, typer.Option(help="name, last or strength.", autocompletion=completing.of(*completing.SORTS))
    ] = "name",
    limit: Annotated[int, typer.Option(help="How many at once.", min=1, max=200)] = 50,
    cursor: Annotated[str, typer.Option(help="Go on after an earlier page.", show_default=False)] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """List organizations, with who of ours knows them.

    \b
    Examples:
      rapport organizations
      rapport organizations --sort strength --whose jon
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        given = {"q": search, "whose": one_person(viewer, whose) if whose else None, "quiet": quiet, "sort": sort,
                 "limit": limit, "cursor": cursor or None}  # fmt: skip
        found = call("organizations.list", viewer, "cli", given)
    if as_json:
        answer_json(found)
        return
    for line in columns([_organization_row(row) for row in found.rows]):
        answer(line.rstrip())
    if not found.rows:
        answer(_("No organization like that. Try part of a name, or a domain."))
    if found.next:
        answer("\n" + more_with(typed, found.next))


def _organization_row(row: Any) -> tuple[str, ...]:
    last = f"{row.last_at:%Y-%m-%d}" if row.last_at else "—"
    people = ngettext("%(n)s person", "%(n)s people", row.people) % {"n": f"{row.people:,}"}
    stands = row.figures
    tie = f"{row.holder.name} – {row.person.name}" if row.holder and row.person else ""
    return row.name, row.domain, people, last, glyph(stands), tie


def organization(
    name: Annotated[str, typer.Argument(help="A name, part of one, a domain or an id.")],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Say who is at an organization and who knows them.

    \b
    Examples:
      rapport organization northwind
      rapport organization northwind.example --json
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        place = _one_organization(viewer, name)
        found = call("organizations.get", viewer, "cli", {"organization_id": place})
    if as_json:
        answer_json(found)
    else:
        _show_organization(found)


def _one_organization(viewer: Viewer, name: str) -> Any:
    from rapport.doors.operations.catalogue import call
    from rapport.kit.ids import as_id

    if as_id(name):
        return name
    page = call("organizations.list", viewer, "cli", {"q": name, "limit": 12})
    found = page.rows
    if not found:
        said = _("No organization here is called “%(name)s”. See all: rapport organizations")
        raise NotFound(said % {"name": name})
    exact = [one for one in found if name.casefold() in (one.name.casefold(), one.domain)] or found
    if len(exact) > 1:
        lines = "\n".join(f"  {one.id}  {one.name}  {one.domain}".rstrip() for one in exact)
        if page.next and len(exact) == len(found):
            lines += "\n  " + _("... and more. Write more of the name.")
        said = _("“%(name)s” may be one of these. Say the whole name, a domain or the id:") % {"name": name}
        raise Trouble(f"{said}\n{lines}", code="several-organizations")
    return exact[0].id


def _show_organization(found: Any) -> None:
    answer(" · ".join([found.name, *found.domains]))
    for one in found.there:
        who = f"{one.name}, {one.title}" if one.title else one.name
        answer(f"\n  {who}" + (f" ({_('do not contact')})" if one.do_not_contact else ""))
        for line in columns([_tie_row(tie) for tie in one.ties]):
            answer(f"    {line}".rstrip())
        if one.not_scored:
            answer("    " + _("not scored, as they asked"))
        elif not one.ties:
            answer("    " + _("nobody of us yet"))
    if not found.there:
        answer(_("Nobody is there now whom we know of."))
    for one in found.left:
        now = f" → {one.now_at}" if one.now_at else ""
        answer("\n  " + _("left: %(name)s") % {"name": f"{one.name}{now}"})


def _tie_row(tie: Any) -> tuple[str, ...]:
    stands = tie.figures
    last = f"{tie.last_at:%Y-%m-%d}" if tie.last_at else "—"
    words = f"{stands.strength_word.lower()}, {stands.health_word}"
    return tie.person.name, last, glyph(stands), words


def who_knows(
    name: Annotated[str, typer.Argument(help="A name, part of one, an address or an id.")],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Say who of ours knows somebody, and how well.

    \b
    Examples:
      rapport who-knows priya
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        found = call("people.who-knows", viewer, "cli", {"person_id": one_person(viewer, name)})
    if as_json:
        answer_json(found)
        return
    for line in columns([_tie_row(one) for one in found.colleagues]):
        answer(line.rstrip())
    if found.not_scored:
        answer(
            _("%(name)s is not scored, as they asked. So it is not said who knows them.") % {"name": found.person.name}
        )
    elif not found.colleagues:
        answer(_("None of your colleagues knows %(name)s.") % {"name": found.person.name})
    best = next((one for one in found.colleagues if one.person.id == found.best), None)
    if best:
        answer("\n" + _("Best introduction: %(name)s") % {"name": best.person.name})


def views(as_json: JsonOption = False, workspace: WorkspaceOption = "", member: MemberOption = "") -> None:
    """List the lists of people kept under a name.

    \b
    Examples:
      rapport views
      rapport people --view "At risk"
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        found = call("views.list", viewer, "cli", {})
    if as_json:
        answer_json(found)
        return
    for line in columns([_view_row(one) for one in found.rows]):
        answer(line.rstrip())
    if not found.rows:
        answer(_("No list is kept yet. Keep one in People, or with: rapport do views.save name=… state=at_risk"))


def _view_row(one: Any) -> tuple[str, ...]:
    whose = one.by if not one.is_own else _("shared") if one.is_shared else ""
    return one.name, whose, one.said
