"""What is known about people: facts, tags and notes, put down and taken away."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from rapport.interactions.notes import LONGEST, add_note, remove_note
from rapport.people.editing import forget_fact, note_fact, tag, untag

from .answers import Answer
from .catalogue import Asked, operation
from .editing import done
from .given import Given, OfPerson, Text
from .shapes import Done


class NoteFact(OfPerson):
    """One thing about somebody, and how you learnt it."""

    kind: Text = Field(min_length=1, max_length=40, examples=["family"])
    value: Text = Field(min_length=1, max_length=2000, examples=["Her daughter starts school in September."])
    learnt: Literal["told", "noticed", "public"] = "told"


@operation(
    "people.fact", "POST", "/people/{person_id}/facts", "Note one thing about somebody",
    right="write", takes=NoteFact, gives=Done, status=201,
)  # fmt: skip
def noted(asked: Asked, given: NoteFact) -> Done:
    """Noting it twice is once."""
    return done(note_fact(asked.by, given.person_id, given.kind, given.value, given.learnt))


class ForgetFact(Given):
    """Which fact."""

    fact_id: UUID


@operation(
    "people.forget", "DELETE", "/facts/{fact_id}", "Forget one thing about somebody",
    right="write", takes=ForgetFact, gives=Done,
)  # fmt: skip
def forgotten(asked: Asked, given: ForgetFact) -> Done:
    """It can be had back."""
    return done(forget_fact(asked.by, given.fact_id))


class TagPerson(OfPerson):
    """A word your team sorts people by."""

    word: Text = Field(min_length=1, max_length=60, examples=["partner"])


@operation(
    "people.tag",
    "POST",
    "/people/{person_id}/tags",
    "Put a tag on somebody",
    right="write",
    takes=TagPerson,
    gives=Done,
)
def tagged(asked: Asked, given: TagPerson) -> Done:
    """Twice is once."""
    return done(tag(asked.by, given.person_id, given.word))


@operation(
    "people.untag", "DELETE", "/people/{person_id}/tags", "Take a tag off somebody",
    right="write", takes=TagPerson, gives=Done,
)  # fmt: skip
def untagged(asked: Asked, given: TagPerson) -> Done:
    """A tag nobody has any more is forgotten."""
    return done(untag(asked.by, given.person_id, given.word))


class WriteNote(OfPerson):
    """What you want to remember."""

    text: Text = Field(min_length=1, max_length=LONGEST, examples=["Prefers to meet in the morning."])


class Noted(Answer):
    """The note, whom it is about, and what undoes it."""

    id: UUID
    person_id: UUID
    undo: UUID


@operation(
    "people.note", "POST", "/people/{person_id}/notes", "Write a note about somebody",
    right="write", takes=WriteNote, gives=Noted, status=201,
)  # fmt: skip
def written(asked: Asked, given: WriteNote) -> Noted:
    """On the timeline, never contact, for everybody at home to read."""
    note = add_note(asked.by, given.person_id, given.text)
    return Noted(id=note.interaction_id, person_id=note.person_id, undo=note.journal_id)


class RemoveNote(Given):
    """Which note."""

    interaction_id: UUID


@operation(
    "people.remove-note", "DELETE", "/notes/{interaction_id}", "Remove a note",
    right="write", takes=RemoveNote, gives=Noted,
)  # fmt: skip
def removed(asked: Asked, given: RemoveNote) -> Noted:
    """One's own; of others', whoever manages the workspace."""
    note = remove_note(asked.by, given.interaction_id)
    return Noted(id=note.interaction_id, person_id=note.person_id, undo=note.journal_id)
