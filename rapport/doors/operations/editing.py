"""People as they are added and changed: who they are, their addresses, where they work."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field

from rapport.accounts.bundling import as_one
from rapport.interactions.removing import remove_person
from rapport.interactions.wishing import ask_not, lift
from rapport.people.done import Done as Changed
from rapport.people.editing import add_handle, add_person, edit_person, remove_handle, set_affiliation
from rapport.people.leaving_places import remove_place
from rapport.relationships.refresh import read_on
from rapport.relationships.ties import settle_ties_of

from .catalogue import Asked, not_understood, operation
from .given import Given, OfPerson, Text
from .shapes import Done


def done(changed: Changed) -> Done:
    """What a verb about a person answers, as it is given out."""
    return Done(id=changed.person_id, undo=changed.journal_id)


class AddPerson(Given):
    """Somebody new."""

    name: Text = Field(min_length=1, max_length=300, examples=["Priya Raman"])
    email: Text = Field("", max_length=320, examples=["priya@northwind.example"])
    phone: Text = Field("", max_length=60)
    organization: Text = Field("", max_length=300, examples=["Northwind"])
    title: Text = Field("", max_length=200)
    last_said: Text = Field("", max_length=2000, description="The last thing they said, as you remember it.")


@operation("people.add", "POST", "/people", "Add a person", right="write", takes=AddPerson, gives=Done, status=201)
def added(asked: Asked, given: AddPerson) -> Done:
    """A new person; a conflict names whom an address reaches already."""
    changed = add_person(asked.by, **given.model_dump())
    read_on(asked.now)
    return done(changed)


class EditPerson(OfPerson):
    """What to change; what is not named stays."""

    name: Text = Field("", max_length=300)
    listed_as: Text = Field(
        "", max_length=300, description="What lists go by. Empty: the family name first, as its script has it.",
        examples=["Okafor, Maya"],
    )  # fmt: skip
    said: Text = Field("", max_length=200, description="How to say the name.")
    pronouns: Text = Field("", max_length=60)
    time_zone: Text = Field("", max_length=60, examples=["Europe/London"])
    language: Text = Field("", max_length=20)
    birthday: Text = Field(
        "",
        max_length=60,
        examples=["--03-14"],
        description="1987-03-14, --03-14, 14.3.1987, 14 March 1987 or 14 March; not to come. Empty: none.",
    )
    do_not_contact: bool = False


@operation(
    "people.edit", "PATCH", "/people/{person_id}", "Change who somebody is", right="write", takes=EditPerson, gives=Done
)
def edited(asked: Asked, given: EditPerson) -> Done:
    """Only the fields named are changed."""
    fields = given.model_dump(exclude_unset=True, exclude={"person_id"})
    if not fields:
        raise not_understood([("name", _("say at least one thing to change"))])
    wished = fields.pop("do_not_contact", None)
    changed = [edit_person(asked.by, given.person_id, **fields)] if fields else []
    if wished is not None:
        changed.append((ask_not if wished else lift)(asked.by, given.person_id, "do-not-contact"))
    person = changed[0].person_id
    return Done(id=person, undo=as_one(asked.by, [one.journal_id for one in changed], person, given.name))


class PlacePerson(OfPerson):
    """Where somebody works and as what."""

    organization: Text = Field("", max_length=300, description="Empty: where they are now.", examples=["Northwind"])
    title: Text = Field("", max_length=200)


@operation(
    "people.place", "POST", "/people/{person_id}/affiliation", "Say where somebody works",
    right="write", takes=PlacePerson, gives=Done,
)  # fmt: skip
def placed(asked: Asked, given: PlacePerson) -> Done:
    """Where they were stays in their path."""
    changed = set_affiliation(asked.by, given.person_id, given.organization, given.title)
    read_on(asked.now)
    settle_ties_of([changed.person_id])
    return done(changed)


class AddHandle(OfPerson):
    """One more address."""

    kind: Text = Field(min_length=1, max_length=20, description="email, phone or handle", examples=["email"])
    value: Text = Field(min_length=1, max_length=320, examples=["priya@home.example"])


@operation(
    "people.add-handle", "POST", "/people/{person_id}/handles", "Add an address of somebody",
    right="write", takes=AddHandle, gives=Done, status=201,
)  # fmt: skip
def reached(asked: Asked, given: AddHandle) -> Done:
    """A conflict names whom the address reaches already."""
    changed = add_handle(asked.by, given.person_id, given.kind, given.value)
    read_on(asked.now)
    return done(changed)


class RemoveHandle(Given):
    """Which address."""

    handle_id: UUID


@operation(
    "people.remove-handle", "DELETE", "/handles/{handle_id}", "Forget an address of somebody",
    right="write", takes=RemoveHandle, gives=Done,
)  # fmt: skip
def unreached(asked: Asked, given: RemoveHandle) -> Done:
    """What came through it stays with the person."""
    changed = remove_handle(asked.by, given.handle_id)
    read_on(asked.now)
    return done(changed)


class RemovePlace(Given):
    """Which place of a path."""

    affiliation_id: UUID


@operation(
    "people.remove-place", "DELETE", "/places/{affiliation_id}", "Say that somebody is not at an organization",
    right="write", takes=RemovePlace, gives=Done,
)  # fmt: skip
def not_there(asked: Asked, given: RemovePlace) -> Done:
    """Mail and cards do not bring it back."""
    return done(remove_place(asked.by, given.affiliation_id))


@operation(
    "people.remove", "DELETE", "/people/{person_id}", "Remove somebody who should not be here",
    right="write", takes=OfPerson, gives=Done,
)  # fmt: skip
def removed(asked: Asked, given: OfPerson) -> Done:
    """It can be undone, and a file brings them back: this is no erasure."""
    changed = remove_person(asked.by, given.person_id)
    read_on(asked.now)
    return done(changed)
