"""A sentence with the chips beside it: what is kept if it is saved now, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from rapport.care.recognizing import recognize
from rapport.interactions.saying import Meant, Settled, answered, meant_here, understand
from rapport.interactions.saying.values import Understood as Sentence
from rapport.interactions.saying.wording import nobody_answered, plans_are_not_logged, said_in, say_with_whom
from rapport.kit import clock
from rapport.kit.ids import as_id
from rapport.people.editing import add_person

from ..entering import Visit
from ..faces import face_of
from ..knowing import Known, known
from ..pages.telling import NEW, NOTE, Chip, NameAsked, PersonChoice, Understood
from ..telling_apart import beside
from ..telling_moments import ICONS, icon_of

MEANT = "meant:"  # before the words of a name, in a form


@dataclass(frozen=True, slots=True)
class Told:
    """What a form tells: the sentence, whom it is about, the people chosen, and chips that still belong to it.

    `answers` say by its words what somebody answered about a name that was not clear.
    """

    text: str
    about: UUID | None
    people: tuple[UUID, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    minutes: int | None = None
    at: datetime | None = None
    has_chips: bool = False

    @classmethod
    def of(cls, request: HttpRequest, visit: Visit) -> Told:
        """Chips of an earlier wording do not count: whoever types and saves at once would lose the last words."""
        said = request.POST.get
        text = said("text", "").strip()
        kind, _at, length = said("kind", "").partition("@")
        has_chips = kind in ICONS and length == str(len(text))
        chosen = [one for one in map(as_id, request.POST.getlist("person")) if one]
        answers = {name.removeprefix(MEANT): said(name, "") for name in request.POST if name.startswith(MEANT)}
        if not has_chips:
            return cls(text, as_id(said("about")), tuple(chosen) if not kind else (), answers)
        minutes = said("minutes", "")
        return cls(
            text=text,
            about=as_id(said("about")),
            people=tuple(chosen),
            answers=answers,
            kind=kind,
            minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 6 else None,
            at=_moment(said("at", ""), visit),
            has_chips=True,
        )

    def sentence(self, visit: Visit) -> Sentence:
        """What was said. A chip that was taken off is not put on again by the words."""
        zone = clock.zone(visit.viewer.time_zone)
        read = understand(self.text, visit.now, zone, kind=self.kind, minutes=self.minutes, at=self.at)
        return replace(read, minutes=self.minutes) if self.has_chips else read

    def with_whom(self, settled: Settled) -> list[UUID]:
        """The people it was with: those chosen, or those the words mean, and whom the form is about, unless their chip
        was taken off."""
        spoken_of = [one.person_id for one in settled.meant if one.words in self.answers]
        said = [one for one in spoken_of if one] if self.has_chips else settled.people
        is_on = not self.has_chips or not self.people or self.about in self.people
        return list(dict.fromkeys([*([self.about] if self.about and is_on else []), *self.people, *said]))


def settled_of(told: Told, visit: Visit) -> Settled:
    """The sentence with its names looked up; on somebody's own page a name that may be theirs is theirs."""
    settled = recognize(told.sentence(visit), visit.viewer)
    return meant_here(settled, told.about) if told.about else settled


def answered_of(told: Told, visit: Visit) -> Settled:
    """The same with what was answered about its names; who was said to be new is added."""
    settled = settled_of(told, visit)
    given = {one.words: told.answers.get(one.words, "") for one in settled.unclear}
    clear = {words: said for words, said in given.items() if said in (NEW, NOTE) or as_id(said)}
    return answered(settled, {words: _person(words, said, visit) for words, said in clear.items()})


def _person(words: str, said: str, visit: Visit) -> UUID | None:
    return add_person(visit.by, words).person_id if said == NEW else as_id(said)


def understood_page(told: Told, visit: Visit) -> Understood:
    """The chips for a sentence as it stands, read from its words alone, and a question for every name not clear."""
    if not told.text:
        return Understood((), certainty="nothing")
    fresh = Told(told.text, told.about, ())
    settled = settled_of(fresh, visit)
    choices = [one.id for meant in settled.unclear for one in meant.choices]
    people = known(visit, [*fresh.with_whom(settled), *choices])
    certain = [people[one] for one in fresh.with_whom(settled) if one in people]
    question = _question(settled, certain)
    return Understood(
        chips=(*_of_words(fresh, settled, visit), *_of_people(certain)),
        asked=_asked(settled.unclear, told.answers, _choices(visit, choices, people)),
        question=question,
        certainty="partly" if question or settled.unclear else "whole",
    )


def _of_words(told: Told, settled: Settled, visit: Visit) -> list[Chip]:
    zone = clock.zone(visit.viewer.time_zone)
    chips = []
    for one in said_in(settled.understood, visit.now, zone):
        icon = {"kind": icon_of(settled.understood.kind), "minutes": "clock", "at": "calendar"}.get(one.name, "tag")
        value = f"{one.value}@{len(told.text)}" if one.name == "kind" else one.value
        chips.append(Chip(icon, one.label, one.name, value, can_remove=one.name == "minutes"))
    return chips


def _of_people(people: Sequence[Known]) -> list[Chip]:
    return [Chip("users", one.face.name, "person", str(one.id), can_remove=len(people) > 1) for one in people]


def _asked(
    unclear: Sequence[Meant], answers: Mapping[str, str], choices: Mapping[UUID, PersonChoice]
) -> tuple[NameAsked, ...]:
    """One question for each of these names, however often it is said."""
    return tuple(
        NameAsked(
            name=MEANT + one.words,
            words=one.words,
            choices=tuple(choices[choice.id] for choice in one.choices if choice.id in choices),
            chosen=answers.get(one.words, ""),
            more=one.more,
        )
        for one in {each.words: each for each in unclear}.values()
    )


def _choices(visit: Visit, ids: Collection[UUID], people: dict[UUID, Known]) -> dict[UUID, PersonChoice]:
    notes = beside(visit.viewer, people.values())
    return {
        one: PersonChoice(str(one), face_of(one, people[one].face.name, ""), notes[one]) for one in ids if one in people
    }


def _question(settled: Settled, certain: Sequence[Known]) -> str:
    if settled.understood.is_plan:
        return plans_are_not_logged()
    if not certain and not settled.unclear:
        return say_with_whom()
    return nobody_answered() if settled.understood.is_unanswered else ""


def _moment(said: str, visit: Visit) -> datetime | None:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=clock.zone(visit.viewer.time_zone))
    except ValueError:
        return None
