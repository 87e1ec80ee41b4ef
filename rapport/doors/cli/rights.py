"""known, erase: one person's rights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .entering import JsonOption, MemberOption, WorkspaceOption, entered, house_open
from .new_files import must_be_new, write_new
from .printing import answer, answer_json, say
from .reading import one_person
from .words import _, ngettext


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(known)
    app.command()(erase)


NameArgument = Annotated[str, typer.Argument(help="A name, part of one, an address or an id.")]


def known(
    name: NameArgument,
    file: Annotated[
        Path | None, typer.Option("--file", help="Write a zip to read and keep.", show_default=False)
    ] = None,
    whole: Annotated[bool, typer.Option("--whole", help="All of it, for their own request. Owners only.")] = False,
    why: Annotated[str, typer.Option("--why", help="With --whole: who asked, and when.", show_default=False)] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Tell everything known about somebody, by source.

    \b
    Examples:
      rapport known priya
      rapport known priya --file priya.zip
      rapport known priya --whole --why "her letter of 3 November" --file priya.zip
    """
    if file is not None:
        must_be_new(file)
    with entered(workspace, member) as viewer:
        from rapport.doors.known.asking import whole_for_them
        from rapport.doors.known.everything import everything_about
        from rapport.doors.known.files import told, zip_of
        from rapport.doors.operations.catalogue import Asked
        from rapport.kit import clock

        asked = Asked(viewer, "cli", clock.now())
        person_id = one_person(viewer, name)
        about = whole_for_them(asked.by, person_id, why) if whole else everything_about(viewer, person_id, asked.now)
        if file is not None:
            write_new(file, zip_of(about))
        elif as_json:
            answer_json(told(about))
        else:
            _show(about)
    if file is not None:
        answer(_("Written to %(path)s. It holds everything: hand it over, and keep no copy.") % {"path": file})


def _show(about: Any) -> None:
    from rapport.doors.known.wording import introduction, told_of

    answer(introduction(about))
    for section in told_of(about):
        answer(f"\n{section.title} ({len(section.rows)})")
        for row in section.rows:
            answer("  " + " · ".join(f"{label}: {' '.join(value.split())}" for label, value in row))


def erase(
    name: NameArgument,
    confirm: Annotated[
        str, typer.Option("--name", help="Their name, to confirm without being asked.", show_default=False)
    ] = "",
    plan: Annotated[bool, typer.Option("--plan", help="Only say what would go and what would stay.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Erase somebody for good, as they asked. Says first what goes and what stays. Owners only.

    \b
    Examples:
      rapport erase priya --plan
      rapport erase priya
    """
    with house_open() as house:
        from rapport.accounts.rows import in_workspace
        from rapport.doors.operations.beginning import viewer_for
        from rapport.doors.operations.catalogue import call
        from rapport.doors.operations.erasing_now import erase_to_the_end

        viewer = viewer_for(workspace, member)
        with in_workspace(viewer.workspace_id):
            person_id = one_person(viewer, name)
            planned = call("people.erasure-plan", viewer, "cli", {"person_id": person_id})
        if plan:
            answer_json(planned) if as_json else _show_plan(planned)
            return
        if not confirm:
            _show_plan(planned)
            confirm = typer.prompt(
                _("Write their name to erase them for good"), default="", show_default=False, err=True
            )
        with in_workspace(viewer.workspace_id):
            begun = call("people.erase", viewer, "cli", {"person_id": person_id, "name": confirm or "-"})
        waits = erase_to_the_end(viewer.workspace_id, house)
        if as_json:
            answer_json(begun)
            return
    answer(_("They are erased."))
    if waits:
        say(_("Files handed over within the last minutes are looked at once more. That happens when Rapport runs."))


def _show_plan(planned: Any) -> None:
    going = ", ".join((planned.name, *planned.addresses))
    answer(_("Would be gone: %(them)s") % {"them": going})
    for number, sentence in (
        (
            planned.alone,
            ngettext(
                "%(n)d mail, meeting or note nobody else from outside was in, with its bytes",
                "%(n)d mails, meetings and notes nobody else from outside was in, with their bytes",
                planned.alone,
            ),
        ),
        (planned.facts, ngettext("%(n)d thing noted about them", "%(n)d things noted about them", planned.facts)),
        (planned.cards, ngettext("%(n)d card or row of an import", "%(n)d cards and rows of imports", planned.cards)),
    ):
        if number:
            answer("  " + sentence % {"n": number})
    for number, sentence in (
        (planned.wrote, _("%(n)d of theirs with others: that they happened, without their words")),
        (planned.about, _("%(n)d written by hand about them and others: that they happened, without the words")),
        (planned.took_part, _("%(n)d of others they were in: the others' own words, without their name and addresses")),
    ):
        if number:
            answer(_("Would stay: ") + sentence % {"n": number})
    for one in planned.shared:
        answer(_("Would stay: ") + one.told)
    answer(_("It cannot be undone."))
