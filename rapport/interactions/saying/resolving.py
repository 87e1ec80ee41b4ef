"""Whom a name means among the people one knows. Where several fit, all are kept: nothing is guessed silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal
from uuid import UUID

from rapport.kit.text import fold
from rapport.people.splitting import parts_of

from .nearness import slips, slips_allowed
from .titles import without_titles
from .values import NameGuess, Understood

Certainty = Literal["sure", "slip", "several", "unknown"]

MOST_CHOICES: Final = 6
_WHOLE, _OUTER, _PART, _BEGINNING, _SLIP = 5, 4, 3, 2, 1  # how well words fit a name, best first
_PIECES = re.compile(r"[\s.,'’-]+")
_JOINED = re.compile(r"\s*(?:,|&|\+|/|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a name may mean; of equals the stronger comes first."""

    id: UUID
    name: str
    organization: str = ""
    strength: float = 0


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a name means: the words it was read from, and one person, several to choose from, or nobody known.

    `more` fit as well and are not among those to choose from: so many at least.
    """

    words: str
    certainty: Certainty
    choices: tuple[Candidate, ...] = ()
    is_slip: bool = False  # no name is written so: it is the nearest
    more: int = 0

    @property
    def person_id(self) -> UUID | None:
        """The one person meant; None where somebody has to say."""
        return self.choices[0].id if self.certainty in ("sure", "slip") else None


@dataclass(frozen=True, slots=True)
class Settled:
    """A sentence and the people in it. Words that were taken for names and are none went back into the note."""

    understood: Understood
    meant: tuple[Meant, ...]

    @property
    def people(self) -> tuple[UUID, ...]:
        """Everybody it certainly means, once each."""
        return tuple(dict.fromkeys(one.person_id for one in self.meant if one.person_id))

    @property
    def unclear(self) -> tuple[Meant, ...]:
        """The names somebody has to speak about before it is kept: they mean several people, or nobody known."""
        return tuple(one for one in self.meant if one.person_id is None)


def resolve(words: str, candidates: Sequence[Candidate], place: str = "", is_surname: bool = False) -> Meant:
    """Whom these words mean: by the whole name, a part of it, its beginning, or but for a slip.

    Of a surname those are preferred who have it as theirs: "Herr Peter" is Mr Peter before any Peter.
    """
    asked = _pieces(words)
    fits = [(fit, one) for one in candidates if (fit := _fit(asked, _pieces(one.name)))]
    if not fits:
        return Meant(words, "unknown")
    best = max(fit for fit, _ in fits)
    found = sorted((one for fit, one in fits if fit == best), key=lambda one: (-one.strength, fold(one.name)))
    there = [one for one in found if place and fold(place) in fold(one.organization)]
    found = there or found
    found = ([one for one in found if _is_family(asked, one)] if is_surname else []) or found
    slipped = best == _SLIP
    if len(found) > 1:
        return Meant(words, "several", tuple(found[:MOST_CHOICES]), slipped, len(found[MOST_CHOICES:]))
    return Meant(words, "slip" if slipped else "sure", tuple(found), slipped)


def settle(understood: Understood, candidates: Sequence[Candidate]) -> Settled:
    """A sentence with its names looked up. Of words in a row the longest that name somebody are the name."""
    meant: list[Meant] = []
    left: list[str] = []
    found = [(guess, *_longest(guess, candidates, understood.place)) for guess in understood.names]
    for guess, one, rest in found:
        if guess.is_thing and one.certainty in ("unknown", "slip") and any(other.choices for _, other, _ in found):
            left.append(guess.words)
            continue
        if one.certainty != "unknown" or not guess.is_loose:
            meant.append(one)
        if rest and not guess.is_loose:
            left.append(rest)
    others, note = _more_names(understood, candidates) if meant and not left else ([], understood.note)
    place = understood.place if not _is_organization(understood.place, meant) else ""
    note = " ".join(part for part in (*left, f"({place})" if place else "", note) if part)
    return Settled(replace(understood, note=note), (*meant, *others))


def _fit(asked: Sequence[str], name: Sequence[str]) -> int:
    """How well words fit a name; 0 where they do not."""
    if not asked or not name:
        return 0
    if list(asked) == list(name):
        return _WHOLE
    if len(asked) == 1 and asked[0] in (name[0], name[-1]):
        return _OUTER
    if set(asked) <= set(name):
        return _PART
    alone = len(asked) == 1
    if _in_order(asked, name, lambda one, other: other.startswith(one) and (len(one) > 2 or not alone)):
        return _BEGINNING
    if _in_order(asked, name, lambda one, other: slips(one, other) <= slips_allowed(one, alone)):
        return _SLIP
    return 0


def _is_family(asked: Sequence[str], one: Candidate) -> bool:
    family = _pieces(parts_of(one.name).family)
    return family[-len(asked) :] == list(asked)


def _in_order(asked: Sequence[str], name: Sequence[str], fits: Callable[[str, str], bool]) -> bool:
    """Whether every word fits a word of the name, in its order."""
    words = iter(name)
    return all(any(fits(one, other) for other in words) for one in asked)


def _longest(guess: NameGuess, candidates: Sequence[Candidate], place: str) -> tuple[Meant, str]:
    """The longest run of first words that names somebody, and the words after; slips only where nothing else fits."""
    words = guess.words.split()
    tried = [
        (resolve(" ".join(words[:n]), candidates, place, guess.is_surname), " ".join(words[n:]))
        for n in range(len(words), 0, -1)
    ]
    if guess.is_loose:
        tried = [(one, rest) for one, rest in tried if _is_exact(one, candidates)]
    known = [(one, rest) for one, rest in tried if one.choices]
    exact = [(one, rest) for one, rest in known if not one.is_slip]
    return next(iter([*exact, *known]), (Meant(guess.words, "unknown"), ""))


def _is_exact(one: Meant, candidates: Iterable[Candidate]) -> bool:
    """Whether the words are the name or a whole part of it: a beginning is not enough at the head of a note."""
    asked = _pieces(one.words)
    return one.certainty in ("sure", "several") and all(
        _fit(asked, _pieces(choice.name)) >= _PART for choice in one.choices
    )


def _more_names(understood: Understood, candidates: Sequence[Candidate]) -> tuple[list[Meant], str]:
    """ "met Priya, Dana and Wei for lunch": the note may begin with more people; words after the last are the note."""
    if understood.kind == "note":
        return [], understood.note
    first, comma, after = understood.note.partition(", ")
    found: list[Meant] = []
    rest = ""
    for words in filter(None, _JOINED.split(first)):
        said = without_titles(words)
        one, more = _longest(NameGuess(said, 0, 0, is_loose=True, is_surname=said != words), candidates, "")
        if rest or not one.choices:
            return [], understood.note
        found.append(one)
        rest = more
    if rest or not comma:
        return found, comma.join(part for part in (rest, after) if part)
    others, note = _more_names(replace(understood, note=after), candidates)
    return [*found, *others], note


def _is_organization(place: str, meant: Iterable[Meant]) -> bool:
    """Whether a place is only where somebody of them works: then it need not be kept."""
    return bool(place) and any(fold(place) in fold(one.organization) for found in meant for one in found.choices)


def _pieces(name: str) -> list[str]:
    return [piece for piece in _PIECES.split(fold(name)) if piece]
