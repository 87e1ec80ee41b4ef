"""Names that need somebody's word: whom they mean, or that they only stay in the note. No word is lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from .resolving import Candidate, Meant, Settled


def answered(settled: Settled, answers: Mapping[str, UUID | None]) -> Settled:
    """The sentence with these words answered: by the person they mean, or by None, and they stay in the note."""
    meant: list[Meant] = []
    left: list[str] = []
    for one in settled.meant:
        person = answers.get(one.words)
        if one.person_id is not None or one.words not in answers:
            meant.append(one)
        elif person is None:
            left.append(one.words)
        else:
            meant.append(Meant(one.words, "sure", (Candidate(person, one.words),)))
    return _with_words(settled, meant, left)


def meant_here(settled: Settled, person: UUID) -> Settled:
    """The sentence where it is said about somebody: of several whom a name may mean, it means them."""
    meant = [
        replace(one, certainty="sure", choices=own, more=0)
        if one.person_id is None and (own := _of(one, person))
        else one
        for one in settled.meant
    ]
    return replace(settled, meant=tuple(meant))


def _of(meant: Meant, person: UUID) -> tuple[Candidate, ...]:
    return tuple(choice for choice in meant.choices if choice.id == person)


def meant_by(settled: Settled, people: Collection[UUID]) -> Settled:
    """The sentence where somebody said who it was with. Names that are none of theirs stay in the note."""
    meant: list[Meant] = []
    left: list[str] = []
    for one in settled.meant:
        choices = tuple(choice for choice in one.choices if choice.id in people)
        if choices:
            meant.append(replace(one, certainty="sure", choices=choices[:1], more=0))
        else:
            left.append(one.words)
    return _with_words(settled, meant, left)


def _with_words(settled: Settled, meant: list[Meant], left: list[str]) -> Settled:
    """In brackets before the note, as a place is; what stands in the note already is not said twice."""
    note = settled.understood.note
    missing = [words for words in left if not re.search(rf"\b{re.escape(words)}\b", note)]
    note = " ".join(part for part in (f"({', '.join(missing)})" if missing else "", note) if part)
    return Settled(replace(settled.understood, note=note), tuple(meant))
