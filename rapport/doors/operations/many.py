"""Many people at once: tagged, placed, given out as a file. One entry undoes it for all."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field

from rapport.care.narrowing import people_chosen
from rapport.interactions.giving_out.people import export_people
from rapport.people.many import MOST, DoneToMany, place_many, tag_many, untag_many

from .answers import Answer, File
from .catalogue import Asked, not_understood, operation
from .choosing import Chosen, filter_of
from .given import Given, Text


class Many(Given, Chosen):
    """Whom: these people, or with `all` everybody whom the filter lets through."""

    people: list[UUID] = Field([], max_length=MOST, description="These people.")
    all: bool = Field(False, description="Everybody whom the filter lets through, instead of `people`.")


class DoneForMany(Answer):
    """How many it was done to, how many of them were not so before, and what undoes it for all, if anything changed."""

    people: int
    changed: int
    undo: UUID | None


class TagMany(Many):
    """A tag for all of them."""

    word: Text = Field(min_length=1, max_length=60, examples=["partner"])


@operation(
    "people.tag-many", "POST", "/many-people/tag", "Put a tag on many people at once",
    right="write", takes=TagMany, gives=DoneForMany,
)  # fmt: skip
def tagged(asked: Asked, given: TagMany) -> DoneForMany:
    """Who has it already keeps it when this is undone."""
    return _done(tag_many(asked.by, _people(asked, given), given.word))


@operation(
    "people.untag-many", "POST", "/many-people/untag", "Take a tag off many people at once",
    right="write", takes=TagMany, gives=DoneForMany,
)  # fmt: skip
def untagged(asked: Asked, given: TagMany) -> DoneForMany:
    """Undone, those have it again who had it. Where none of them has it, nothing is changed and nothing noted."""
    return _done(untag_many(asked.by, _people(asked, given), given.word))


class PlaceMany(Many):
    """Where all of them are now."""

    at: Text = Field(min_length=1, max_length=300, description="Which organization.", examples=["Northwind"])
    title: Text = Field("", max_length=200, description="As what; empty leaves what is known.")


@operation(
    "people.place-many", "POST", "/many-people/place", "Say where many people work",
    right="write", takes=PlaceMany, gives=DoneForMany,
)  # fmt: skip
def placed(asked: Asked, given: PlaceMany) -> DoneForMany:
    """Where they were stays in their path. Colleagues are said one by one."""
    return _done(place_many(asked.by, _people(asked, given), given.at, given.title))


class ExportMany(Many):
    """As what."""

    form: Literal["csv", "vcard"] = "csv"


@operation(
    "people.export", "POST", "/many-people/export", "Have many people as a file",
    right="write", takes=ExportMany, gives=bytes, carries="bytes",
)  # fmt: skip
def exported(asked: Asked, given: ExportMany) -> File:
    """A table or cards, which other address books read. The journal says that it was taken."""
    found = export_people(asked.by, _people(asked, given), given.form)
    return File(found.name, found.body, found.sentence)


def _people(asked: Asked, given: Many) -> list[UUID]:
    if not given.all:
        if not given.people:
            raise not_understood([("people", _("say whom, or “all” with a filter"))])
        return given.people
    chosen, _sort = filter_of(asked.viewer, given)
    people = people_chosen(asked.viewer, asked.now, chosen)
    return list(people.values_list("id", flat=True)[: MOST + 1])


def _done(done: DoneToMany) -> DoneForMany:
    return DoneForMany(people=done.people, changed=done.changed, undo=done.journal_id)
