"""What colleagues wrote down by hand about the people they know: a few facts, each with its source, and tags."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.village.cast import Cast
from rapport.village.values import Fact, Tag

_FACTS = (
    ("priya", "family", "Dev, and Arjun, 9, who plays the violin", "She told Maya on a call"),
    ("priya", "way", "Short version first. Mornings. No Fridays.", "She told Maya"),
    ("priya", "interest", "Has an allotment, and likes old trains", "Maya noticed the photos in her office"),
    ("priya", "name", "Say PREE-yah", "She told Maya"),
    ("amina", "coffee", "Black, in the blue cup, never after two", "Maya made it wrong once"),
    ("amina", "thanks", "Cards by post, they hang in her corridor", "She showed Maya the corridor"),
    ("grace", "coffee", "Flat white, one sugar", "She ordered it on the visit in spring"),
    ("grace", "way", "Ring without an agenda, she prefers it to mail", "She told Maya"),
    ("dana", "coffee", "Drip, no milk, a large one before eight", "She told Maya at the opening"),
    ("dana", "date", "Her practice opened on a third of December", "The sign by the door"),
    ("jonas", "interest", "Rows on the Göta älv before work", "He told Maya"),
    ("jonas", "coffee", "Filter, and he bakes the buns himself", "Brought some to the visit"),
    ("tomas", "way", "Ring, don’t write; he stands in server rooms", "He told Maya"),
    ("kenji", "coffee", "Green tea, no coffee", "He told Jude"),
    ("wei", "interest", "Plays badminton on Wednesdays", "She told Maya"),
    ("liat", "language", "Writes English, reads Hebrew faster", "She told Tamar"),
    ("harpreet", "thanks", "Her name on the templates she shares", "She told Jude"),
    ("sam", "coffee", "Tea, builder’s, two sugars", "He told Jude"),
)
_TAGS = (
    ("priya", "two sites"),
    ("tomas", "two sites"),
    ("rosa", "user circle"),
    ("harpreet", "user circle"),
    ("sam", "user circle"),
    ("amina", "five years with us"),
    ("dana", "chair 2"),
    ("grace", "hospice"),
    ("marguerite", "hospice"),
    ("wei", "new job"),
)


def facts(cast: Cast) -> Iterator[Fact]:
    """The facts, about the address of today's job."""
    for key, kind, text, source in _FACTS:
        yield Fact(cast.known_as(key).posts[-1].address, kind, text, source)


def tags(cast: Cast) -> Iterator[Tag]:
    """The tags, on the address of today's job."""
    for key, word in _TAGS:
        yield Tag(cast.known_as(key).posts[-1].address, word)
