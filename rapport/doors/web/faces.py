"""People as pages show them: a face, how things stand as the Overlap draws it, and the rhythm of the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.templatetags.static import static

from rapport.people.splitting import called
from rapport.relationships.engine import wording
from rapport.relationships.engine.standing import Standing
from rapport.relationships.unscored import is_not_scored

from .directions import set_apart
from .pages.shell import Bond, Face, Rhythm, Tone, Week

TONES: dict[str, Tone] = {"doing_well": "well", "needs_care": "care", "at_risk": "risk", "too_early": "unsure"}
LONGEST = 40  # letters of what somebody is called; a whole name may have three hundred


def face_of(person_id: UUID, name: str, portrait: str) -> Face:
    """A person's face. A portrait is the name of one of our own pictures."""
    picture = static(f"avatars/{portrait}.svg") if portrait.isalnum() else None
    return Face(name=name, seed=str(person_id), picture=picture, called=set_apart(_within(called(name))))


def _within(words: str) -> str:
    """What a sentence, a heading and a picture have room for."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def bond_of(standing: Standing | None) -> Bond:
    """How things stand, in the words of the engine; without a standing they have not met, unscored nothing is said."""
    if is_not_scored(standing):
        return Bond(None, None, "unsure", wording.strength_word("not_scored"), "", is_guess=True)
    if standing is None or not standing.known:
        return Bond(0, None, "unsure", wording.strength_word("not_met"), "", is_guess=True)
    return Bond(
        strength=standing.strength,
        health=None if standing.tone == "too_early" else standing.vitality,
        tone=TONES[standing.tone],
        strength_word=wording.strength_word(standing.strength_word),
        health_word=wording.tone_word(standing.tone),
        give_or_take=standing.give_or_take,
        is_guess=standing.confidence.certainty == "a_guess",
    )


def rhythm_of(weeks: Sequence[tuple[date, int, int]], standing: Standing | None) -> Rhythm | None:
    """The weeks of a pair as a strip; nothing is drawn where nothing happened."""
    if not any(them or us for _, them, us in weeks):
        return None
    sentence = wording.rhythm_sentence(standing) if standing else ""
    return Rhythm(tuple(Week(*week) for week in weeks), sentence)
