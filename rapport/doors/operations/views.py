"""Lists of people kept under a name: one's own, or shared with the team."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import Field

from rapport.care.narrowing import ANYBODY, NOBODY, PeopleFilter
from rapport.care.views import LONGEST_NAME, ViewDone, change_view, remove_view, save_view, views_of
from rapport.care.views import View as KeptView
from rapport.relationships.engine.wording import strength_word, tone_word

from .answers import Answer
from .catalogue import Asked, not_understood, operation
from .choosing import Chosen, filter_of
from .given import Given, Nothing, Text
from .shapes import Done


class View(Answer):
    """A list under a name. `asked` is what the address of the page asks: `/people?` and these."""

    id: UUID
    name: str
    asked: dict[str, str]
    said: str = Field(description="The same in words.")
    is_shared: bool
    is_own: bool
    by: str = Field(description="Whose it is; empty where they have left.")
    may_change: bool


class Views(Answer):
    """All of them, by name."""

    rows: list[View]


@operation("views.list", "GET", "/views", "List the lists kept under a name", right="read", takes=Nothing, gives=Views)
def listed(asked: Asked, given: Nothing) -> Views:
    """One's own and those others share. `people.list` takes one as `view`."""
    return Views(rows=[_view(one) for one in views_of(asked.viewer)])


def _view(one: KeptView) -> View:
    return View(
        id=one.id, name=one.name, asked=one.asked, said=", ".join(_in_words(PeopleFilter.read(one.asked))),
        is_shared=one.is_shared, is_own=one.is_own, by=one.by, may_change=one.may_change,
    )  # fmt: skip


def _in_words(asked: PeopleFilter) -> Iterator[str]:
    if asked.q:
        yield f"“{asked.q}”"
    if asked.tag:
        yield asked.tag
    if asked.organization_id:
        yield _("an organization")
    if asked.often:
        yield _("You talk often")
    yield from map(strength_word, asked.strength)
    yield from map(tone_word, asked.state)
    if asked.whose:
        known = {ANYBODY: _("known to anybody of us"), NOBODY: _("known to nobody of us")}
        yield known.get(str(asked.whose)) or _("known to %(name)s") % {"name": _("somebody")}
    if asked.quiet_days is not None:
        yield ngettext("quiet for %(n)d day", "quiet for %(n)d days", asked.quiet_days) % {"n": asked.quiet_days}
    if asked.kind:
        yield _("colleagues") if asked.kind == "ours" else _("not colleagues")
    if asked.coming:
        yield {
            "today": _("on your Today"),
            "meeting": _("a meeting within 30 days"),
            "birthday": _("a birthday within 30 days"),
        }[asked.coming]


class SaveView(Given, Chosen):
    """What it is called, and what it asks."""

    name: Text = Field(min_length=1, max_length=LONGEST_NAME, examples=["At risk"])
    sort: Text = Field("", max_length=20, description="name, last or strength", examples=["last"])
    shared: bool = Field(False, description="Whether all members see it.")


@operation(
    "views.save", "POST", "/views", "Keep a list under a name", right="write", takes=SaveView, gives=Done, status=201
)
def saved(asked: Asked, given: SaveView) -> Done:
    """A conflict where one of yours is called so."""
    return _done(save_view(asked.by, given.name, _asked(asked, given), given.shared))


class OfView(Given):
    """Which list."""

    view_id: UUID


class ChangeView(OfView):
    """What is to change."""

    name: Text | None = Field(None, min_length=1, max_length=LONGEST_NAME, examples=["At risk"])
    shared: bool | None = Field(None, description="Whether all members see it.")


@operation(
    "views.edit", "PATCH", "/views/{view_id}", "Rename a list kept under a name, or share it",
    right="write", takes=ChangeView, gives=Done,
)  # fmt: skip
def changed(asked: Asked, given: ChangeView) -> Done:
    """One's own; another's that is shared, where one manages the workspace."""
    if given.name is None and given.shared is None:
        raise not_understood([("name", _("say at least one thing to change"))])
    return _done(change_view(asked.by, given.view_id, name=given.name, is_shared=given.shared))


@operation(
    "views.remove", "DELETE", "/views/{view_id}", "Keep a list no longer", right="write", takes=OfView, gives=Done
)
def removed(asked: Asked, given: OfView) -> Done:
    """Its people stay."""
    return _done(remove_view(asked.by, given.view_id))


def _asked(asked: Asked, given: SaveView) -> dict[str, str]:
    chosen, sort = filter_of(asked.viewer, given)
    return {**chosen.said(), "sort": given.sort or sort}


def _done(done: ViewDone) -> Done:
    return Done(id=done.view_id, undo=done.journal_id)
