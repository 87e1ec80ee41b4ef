"""Searching in what was written and said."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rapport.interactions.searching import LONGEST, FoundWords, search

from .answers import Answer
from .catalogue import Asked, operation
from .given import Cursor, Reading, Text
from .shapes import Happened, happened


class SearchWords(Reading):
    """What stands in it."""

    q: Text = Field(
        min_length=1,
        max_length=LONGEST,
        description="Words, “quoted phrases”, -not, has:file. All must be there; the last may be a beginning.",
        examples=['"new rota" december'],
    )
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Piece(Answer):
    """A piece of a text as plain text, and whether it is what was looked for."""

    text: str
    is_found: bool


class FoundInteraction(Answer):
    """What was found, and where the words stand in it."""

    interaction: Happened
    title: list[Piece]
    text: list[Piece]
    place: list[Piece] = Field(description="Where it takes place, if the words stand there; or nothing.")
    files: list[list[Piece]]


class FoundPage(Answer):
    """A page of what was found, newest first."""

    rows: list[FoundInteraction]
    next: str | None


@operation(
    "interactions.search", "GET", "/search", "Search in mail and notes",
    right="read", takes=SearchWords, gives=FoundPage,
)  # fmt: skip
def searched(asked: Asked, given: SearchWords) -> FoundPage:
    """Subjects, places, texts, notes, what was logged, names of files: what this reader may read. Newest first."""
    page = search(asked.viewer, given.q, cursor=given.cursor or None, limit=given.limit, as_of=asked.until)
    return FoundPage(rows=[_row(one) for one in page.rows], next=page.next)


def _row(found: FoundWords) -> FoundInteraction:
    return FoundInteraction(
        interaction=happened(found.entry),
        title=[Piece.of(one) for one in found.title],
        text=[Piece.of(one) for one in found.text],
        place=[Piece.of(one) for one in found.place],
        files=[[Piece.of(one) for one in name] for name in found.files],
    )
