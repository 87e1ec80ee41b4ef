"""import, log, undo: what is done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from rapport.kit.trouble import Conflict, NotUnderstood, Trouble

from . import completing
from .entering import JsonOption, MemberOption, WorkspaceOption, entered, house_open
from .printing import and_more, answer, answer_json, say, undo_with
from .words import _, ngettext

if TYPE_CHECKING:
    from uuid import UUID

    from rapport.kit.house import House


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command("import")(take_in)
    app.command()(log)
    app.command()(undo)


def take_in(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: mbox, maildir, eml, ics, vcf, csv, zip.")],
    home: Annotated[
        list[str] | None, typer.Option("--as", help="Whose mail it is: your address. May be given again.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Read mail, calendars and contacts from files. Reading the same thing again changes nothing.

    \b
    Examples:
      rapport import mail.mbox --as you@firm.com
      rapport import ~/Maildir people.vcf --as you@firm.com
    """
    from rapport.kit import clock

    with house_open() as house:
        from rapport.accounts.rows import in_workspace
        from rapport.doors.operations.beginning import own_viewer
        from rapport.doors.operations.catalogue import call
        from rapport.doors.operations.handing_over import hand_over, read_now

        viewer = own_viewer(home or [], clock.now(), workspace, member)
        say(_("Reading %(names)s") % {"names": ", ".join(path.name for path in paths)})
        import_id, journal_id = hand_over(viewer, paths, home or [], house.files_folder)
        shown = _Progress()
        try:
            progress = read_now(viewer, import_id, house.files_folder, shown.show)
        except KeyboardInterrupt:
            shown.end()
            _say_how_it_goes_on(house, journal_id)
            raise typer.Exit(130) from None
        shown.end()
        with in_workspace(viewer.workspace_id):
            result = call("imports.get", viewer, "cli", {"import_id": import_id})
            has_often = bool(call("people.list", viewer, "cli", {"often": True, "limit": 1}).rows)
    if as_json:
        answer_json(result)
    else:
        _show_import(result, has_often)
        answer(undo_with(journal_id))
    if progress.state == "stopped":
        raise typer.Exit(1)
    if progress.quarantined:
        raise typer.Exit(2)  # taken in, but some items wait to be looked at


def _say_how_it_goes_on(house: House, journal_id: UUID) -> None:
    """After Ctrl-C. The import is in line: whoever looks at the line next reads it on."""
    from rapport.kit.supervision import find_supervisor

    if find_supervisor(house):
        say(_("Rapport runs and reads on. See how far it is: rapport status"))
    else:
        say(_("Reading rests where it stood. It goes on when Rapport runs: rapport up"))
    say(_("What was read stays.") + " " + undo_with(journal_id))


class _Progress:
    """One line on stderr that is written over; on something that is no terminal, a line every few seconds."""

    def __init__(self) -> None:
        import sys

        self._stream = sys.stderr
        self._is_terminal = sys.stderr.isatty()
        self._last = 0.0

    def show(self, progress: Any) -> None:
        """Say how far it is."""
        if not self._is_terminal and time.monotonic() - self._last < 5:
            return
        self._last = time.monotonic()
        line = f"  {progress.share:4.0%}  " + ", ".join(_progress_words(progress))
        self._stream.write(f"\r\x1b[K{line}" if self._is_terminal else line + "\n")
        self._stream.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._is_terminal:
            self._stream.write("\r\x1b[K")


def _progress_words(progress: Any) -> Iterator[str]:
    yield _items(progress.found)
    yield _people(progress.people)
    yield _("%(n)d a second") % {"n": round(progress.rate)} if progress.rate else _state(progress.state)
    if progress.seconds_left:
        yield _("about %(n)d s left") % {"n": round(progress.seconds_left)}


def _state(state: str) -> str:
    return {"waiting": _("waiting"), "judging": _("working out how you stand")}.get(state) or _("reading")


def _items(number: int) -> str:
    return ngettext("%(n)s item", "%(n)s items", number) % {"n": f"{number:,}"}


def _people(number: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", number) % {"n": f"{number:,}"}


def _show_import(found: Any, has_often: bool) -> None:
    ended = _("%(stored)s stored, %(already)s here before, %(skipped)s left out, %(quarantined)s set aside")
    counts = {name: f"{getattr(found, name):,}" for name in ("stored", "already", "skipped", "quarantined")}
    answer(f"{_items(found.found)}: {ended % counts}")
    for one in found.rules:
        answer("  " + _("left out %(n)s: %(why)s") % {"n": f"{one.count:,}", "why": one.sentence})
        for name in one.files:
            answer(f"    {name}")
    _show_in_part(found)
    for one in found.automatic:
        answer("  " + _("kept out of people %(n)s: %(why)s") % {"n": f"{one.count:,}", "why": one.sentence})
    if found.quarantined:
        aside = _("See what was set aside: rapport imports %(id)s --which set-aside")
        answer("  " + aside % {"id": found.id})
    if found.skipped or found.in_part:
        which = "left-out" if found.skipped else "in-part"
        every = _("See each with what was in it: rapport imports %(id)s --which %(which)s")
        answer("  " + every % {"id": found.id, "which": which})
    if found.about and found.about.cards != found.about.brought:
        about = _("%(cards)s cards and rows are about %(people)s people, of whom %(known)s were here before")
        answer("  " + about % {name: f"{getattr(found.about, name):,}" for name in ("cards", "people", "known")})
    answer(_("%(people)s, in %(n)d s") % {"people": _people(found.people), "n": round(found.seconds)})
    look_at = "rapport people --often" if has_often else "rapport people"
    answer(_("Look first at whom you talk to: %(command)s · then: rapport today") % {"command": look_at})


def _show_in_part(found: Any) -> None:
    said = found.parts[0].sentence if found.parts else found.in_part_sentence
    if found.in_part:
        answer("  " + _("read in part %(n)s: %(why)s") % {"n": f"{found.in_part:,}", "why": said})
    for part in found.parts:
        if part.sentence != said:
            said = part.sentence
            answer(f"  {said}")
        answer(f"    {part.fields}: " + ", ".join(one.name for one in part.people))
    if found.tables:
        counted = {"n": f"{found.tables_in_part:,}", "why": found.tables_in_part_sentence}
        answer("  " + _("tables read in part %(n)s: %(why)s") % counted)
    for table in found.tables:
        answer(f"    {table.file}: {table.columns}")


def log(
    sentence: Annotated[str, typer.Argument(help="What happened, in one line.")],
    person: Annotated[str, typer.Option("--with", help="Whom you mean, where a name is not enough.")] = "",
    kind: Annotated[
        str,
        typer.Option(
            help="call, meeting, visit, mail, note ... if it was taken wrongly.",
            autocompletion=completing.of(*completing.KINDS),
        ),
    ] = "",
    minutes: Annotated[int | None, typer.Option(help="How long.", show_default=False)] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Log what happened, in one sentence.

    \b
    Examples:
      rapport log "called priya 10 min, rota works"
      rapport log "coffee with dana yesterday"
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call

        given: dict[str, Any] = {"text": sentence, "kind": kind or None, "minutes": minutes}
        if person:
            from .reading import one_person

            given["person_ids"] = [one_person(viewer, person)]
        with _told_how_to_say_who():
            found = call("interactions.log", viewer, "cli", given)
    if as_json:
        answer_json(found)
    else:
        answer(f"  {found.sentence}")
        answer(_("Saved. Undo with: rapport undo"))


@contextmanager
def _told_how_to_say_who() -> Iterator[None]:
    """Whom a line may mean, with what to type next: it is no dead end."""
    try:
        yield
    except Trouble as trouble:
        if trouble.code == "with-whom":
            trouble.sentence += " " + _("Say it with: --with NAME")
        for choice in trouble.fields.get("choices", ()):  # type: ignore[attr-defined]
            trouble.sentence += _choice_lines(choice)
        raise


def _choice_lines(choice: dict[str, Any]) -> str:
    if not choice["people"]:
        add = _('Add them: rapport do people.add name="%(name)s" · or say whom you mean: --with NAME')
        return "\n  " + add % {"name": choice["words"]}
    people = "".join(f"\n  {one['id']}  {one['name']}  {one['organization']}".rstrip() for one in choice["people"])
    people += f"\n  {and_more(choice['more'])}" if choice["more"] else ""
    again = _("Say it again with the id, an address or the whole name: --with %(id)s")
    return f"{people}\n  " + again % {"id": choice["people"][0]["id"]}


def undo(
    entry: Annotated[str, typer.Argument(help="Which change; your last one by default.", show_default=False)] = "",
    sure: Annotated[bool, typer.Option("--sure", help="Do not ask before an import.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Take back your last change, or one named. Of an import that brought many, or about whose
    people something was written since, it says first what goes.

    \b
    Examples:
      rapport undo
      rapport undo 0199f1c2-…
    """
    from rapport.kit.ids import as_id

    if entry and as_id(entry) is None:
        said = _("“%(entry)s” names no change. Copy it from where it was printed.") % {"entry": entry}
        raise NotUnderstood(said, code="bad-id")
    found, asked = _undone(entry, sure, workspace, member)
    if asked is not None:  # asked outside of a transaction: nobody else waits for the answer
        _ask_before(asked)
        found, _asked = _undone(asked.entry, True, workspace, member)
    if as_json:
        answer_json(found)
    else:
        answer(found.sentence)


class _Asked(NamedTuple):
    """What is asked about before it is undone: the entry, why it comes to that, and what would go."""

    entry: str
    sentence: str
    plan: Any


def _undone(entry: str, sure: bool, workspace: str, member: str) -> tuple[Any, _Asked | None]:
    """What was taken back; or nothing, and what is to be asked first."""
    from rapport.kit.ids import as_id

    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call
        from rapport.doors.operations.import_items import plan_of, plan_to_ask_about

        named = as_id(entry)
        if named and not sure and (plan := plan_to_ask_about(viewer, named)):
            return None, _Asked(entry, "", plan)
        try:
            return call("journal.undo", viewer, "cli", {"entry": entry or None, "sure": sure}), None
        except Conflict as refused:
            asked = as_id(refused.fields.get("entry")) if refused.code == "must-ask" else None
            if asked is None:
                raise
            return None, _Asked(str(asked), refused.sentence, plan_of(viewer, asked))


def _ask_before(asked: _Asked) -> None:
    if asked.sentence:
        say(asked.sentence)
    say(_("What would go") + ": " + " ".join(asked.plan.going))
    say(_("What would stay") + ": " + " ".join(asked.plan.staying))
    try:
        is_sure = typer.confirm(_("Take it back"), default=False, err=True)
    except typer.Abort:  # nobody is there to answer
        is_sure = False
    if not is_sure:
        raise Trouble(_("Nothing was taken back. Without being asked: rapport undo --sure"), code="not-sure")
