"""today, people, why: what is asked. Each changes nothing and takes --as-of."""

from __future__ import annotations

import sys
from itertools import count
from typing import Annotated, Any

import typer

from rapport.kit.trouble import NotFound, Trouble

from . import completing
from .entering import AsOfOption, JsonOption, MemberOption, WorkspaceOption, day_of, entered
from .printing import and_more, answer, answer_json, columns, glyph, more_with, say, was_typed
from .words import _, ngettext

MOST_LISTED, MOST_NAMESAKES = 12, 50
OPEN = "open"


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(today)
    app.command()(people)
    app.command()(why)


def today(
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Say whom to care for today, why, and how to start.

    \b
    Examples:
      rapport today
      rapport today --json
      rapport today --as-of 2004-07-01
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        found = call("today.get", viewer, "cli", {"as_of": day_of(as_of)})
        if as_json:
            answer_json(found)
        else:
            _show_today(found)


def _show_today(found: Any) -> None:
    back = f": rapport today --as-of {found.look_back_to}" if found.look_back_to else ""
    answer(found.sentence.removesuffix(".") + back if back else found.sentence)
    numbers, settled = count(1), list[Any]()
    for group in found.groups:
        numbered = [(next(numbers), item) for item in group.items]  # a number is somebody's all day
        waiting = [(number, item) for number, item in numbered if item.state == OPEN]
        settled += [item for _number, item in numbered if item.state != OPEN]
        if waiting:
            answer()
            answer(f"  {group.title}")
        for number, item in waiting:
            _show_item(number, item)
    _show_settled(settled)
    if found.groups:
        answer()
        answer("  " + _('rapport why NAME · rapport log "called NAME 10 min, ..."'))


def _show_item(number: int, item: Any) -> None:
    stands = item.figures
    picture = glyph(stands)
    words = f"{stands.strength_word.lower()}, {stands.health_word}"
    minutes = ngettext("%(n)d min", "%(n)d min", item.minutes) % {"n": item.minutes}
    place = f" ({item.person.organization})" if item.person.organization else ""
    answer(f"  {number}  {item.person.name}{place}   {picture} {words}   {minutes}")
    answer(f"     {item.sentence}")
    for quote in [one for one in item.evidence if one.quote][:1]:
        answer(f"     “{quote.quote}” ({quote.at:%d %b %Y}, {quote.kind})")


def _show_settled(settled: list[Any]) -> None:
    if not settled:
        return
    hows = {"later": _("later"), "not-needed": _("not needed")}
    names = [item.person.name + (f" ({hows[item.state]})" if item.state in hows else "") for item in settled]
    answer()
    answer("  " + _("Done today: %(names)s") % {"names": ", ".join(names)})


def people(
    typed: typer.Context,
    search: Annotated[str, typer.Argument(help="Part of a name, address or organization.", show_default=False)] = "",
    often: Annotated[bool, typer.Option(help="Only those you are in touch with often.")] = False,
    strength: Annotated[
        list[str] | None,
        typer.Option(
            help="not_met, faint, light, steady, strong, close.", autocompletion=completing.of(*completing.STRENGTHS)
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            help="doing_well, needs_care, at_risk, too_early.", autocompletion=completing.of(*completing.STATES)
        ),
    ] = None,
    whose: Annotated[
        str,
        typer.Option(
            help="A colleague's ties; anybody, nobody.",
            show_default=False,
            autocompletion=completing.of(*completing.WHOSE),
        ),
    ] = "",
    quiet: Annotated[int | None, typer.Option(help="Last contact so many days ago.", show_default=False)] = None,
    kind: Annotated[
        str,
        typer.Option(
            help="ours or theirs.", show_default=False, autocompletion=completing.of(*completing.OURS_OR_THEIRS)
        ),
    ] = "",
    coming: Annotated[
        str,
        typer.Option(
            help="today, meeting or birthday.", show_default=False, autocompletion=completing.of(*completing.COMING)
        ),
    ] = "",
    view: Annotated[str, typer.Option(help="A list kept under this name.", show_default=False)] = "",
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help="A file on stdout: csv or vcard.",
            show_default=False,
            autocompletion=completing.of(*completing.FORMS),
        ),
    ] = "",
    sort: Annotated[
        str,
        typer.Option(
            help="name, last or strength.", show_default=False, autocompletion=completing.of(*completing.SORTS)
        ),
    ] = "",
    tag: Annotated[str, typer.Option(help="Only people with this tag.", show_default=False)] = "",
    limit: Annotated[int, typer.Option(help="How many at once.", min=1, max=200)] = 50,
    cursor: Annotated[str, typer.Option(help="Go on after an earlier page.", show_default=False)] = "",
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """List people and how you stand.

    \b
    Examples:
      rapport people
      rapport people --often
      rapport people pri --json
      rapport people --state at_risk --quiet 90 --whose jon
      rapport people --view "At risk" --as csv > people.csv
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        asked: dict[str, Any] = {
            "q": search, "often": often, "tag": tag, "strength": strength, "state": state, "quiet": quiet, "kind": kind,
            "coming": coming, "whose": _whose(viewer, whose), "view": _view(viewer, view),
        }  # fmt: skip
        asked = {name: value for name, value in asked.items() if value not in ("", None, False, [])}
        given = {**asked, "limit": limit, "cursor": cursor or None, "as_of": day_of(as_of)}
        given |= {"sort": sort} if sort else {}
        if form:
            is_part = any(was_typed(typed, one) for one in ("limit", "cursor", "as_of"))
            whom = {"people": _ids(viewer, given)} if is_part else {**asked, "all": True}
            file = call("people.export", viewer, "cli", {**whom, "form": form})
            sys.stdout.buffer.write(file.body)
            if file.sentence:
                say(file.sentence)
            return
        found = call("people.list", viewer, "cli", given)
        if as_json:
            answer_json(found)
            return
        for line in columns([_person_row(row) for row in found.rows]):
            answer(line)
        if not found.rows:
            answer(_("Nobody like that. Try part of a name, or an address."))
        if found.next:
            answer("\n" + more_with(typed, found.next))


def _ids(viewer: Any, given: dict[str, Any]) -> list[Any]:
    """The people of one page of the list."""
    from rapport.doors.operations.catalogue import call

    rows = call("people.list", viewer, "cli", given).rows
    if not rows:
        raise NotFound(_("Nobody like that. Try part of a name, or an address."))
    return [one.id for one in rows]


def _whose(viewer: Any, whose: str) -> Any:
    return whose if whose in ("", "anybody", "nobody") else one_person(viewer, whose)


def _view(viewer: Any, name: str) -> Any:
    """The id of the list so called."""
    from rapport.doors.operations.catalogue import call

    if not name:
        return None
    found = [one for one in call("views.list", viewer, "cli", {}).rows if one.name.casefold() == name.casefold()]
    if not found:
        said = _("No list is kept as “%(name)s”. See them: rapport views")
        raise NotFound(said % {"name": name})
    return next((one for one in found if one.is_own), found[0]).id


def _person_row(row: Any) -> tuple[str, ...]:
    stands = row.figures
    last = f"{row.last_at:%Y-%m-%d}" if row.last_at else "—"
    words = f"{stands.strength_word}, {stands.health_word}" if stands.known else stands.strength_word
    if row.do_not_contact:
        words = f"{words} · {_('do not contact')}"
    return row.name, row.organization or "", last, glyph(stands), words


def why(
    name: Annotated[str, typer.Argument(help="A name, part of one, an address or an id.")],
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Explain how you and somebody stand, row by row.

    \b
    Examples:
      rapport why priya
      rapport why priya@northwind.example --json
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        person_id = one_person(viewer, name)
        found = call("people.why", viewer, "cli", {"person_id": person_id, "as_of": day_of(as_of)})
        if as_json:
            answer_json(found)
        else:
            _show_why(found)


def one_person(viewer: Any, name: str) -> Any:
    """The id of the one person so called; Trouble that lists them where there are several."""
    from rapport.doors.operations.catalogue import call

    near = call("people.find", viewer, "cli", {"q": name, "limit": MOST_NAMESAKES})
    found = near.rows
    if not found:
        said = _("Nobody here is called “%(name)s”. Look for them with: rapport people %(part)s")
        raise NotFound(said % {"name": name, "part": name[:3]})
    exact = [one for one in found if one.name.casefold() == name.casefold()] or found
    first_names = [one for one in exact if one.name.casefold().split()[:1] == [name.casefold()]]
    chosen = first_names if len(first_names) == 1 else exact
    if len(chosen) > 1:
        lines = "\n".join(f"  {one.id}  {one.name}  {one.organization}".rstrip() for one in chosen[:MOST_LISTED])
        # Behind the last that was asked for there may be namesakes only where all before it are.
        more = len(chosen[MOST_LISTED:]) + (near.more if len(chosen) == len(found) else 0)
        lines += f"\n  {and_more(more)}" if more else ""
        said = _("“%(name)s” may be one of these. Say the whole name, an address or the id:") % {"name": name}
        raise Trouble(f"{said}\n{lines}", code="several-people")
    return chosen[0].id


def _show_why(found: Any) -> None:
    stands, said = found.figures, found.explanation
    who = f"{found.person.name}, {found.person.organization}" if found.person.organization else found.person.name
    answer(f"{who}   {glyph(stands)}")
    answer(said.sentence)
    if not stands.known:
        return
    strength = _("Strength %(strength)d of 100, give or take %(doubt)d:")
    answer("\n" + strength % {"strength": stands.strength, "doubt": stands.give_or_take})
    _show_rows(said.rows)
    answer("\n" + _("Is it still alive? %(sentence)s") % {"sentence": said.vitality_sentence})
    _show_rows(said.vitality_rows)
    answer(f"\n{said.confidence}")


def _show_rows(rows: Any) -> None:
    telling = [row for row in rows if row.points]
    for line in columns([(f"  {row.points:+4d}", row.title, row.detail) for row in telling]):
        answer(line.rstrip())
