"""A sentence with the chips beside it: what is kept if it is saved now, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.care.recognizing import recognize
from rapport.interactions.saying import Settled, understand
from rapport.interactions.saying.values import Understood as Sentence
from rapport.interactions.saying.wording import plans_are_not_logged, said_in, say_with_whom
from rapport.kit import clock
from rapport.kit.ids import as_id

from ..entering import Visit
from ..faces import face_of
from ..knowing import Known, known
from ..pages.telling import Chip, PersonChoice, Understood
from ..telling_apart import beside
from ..telling_moments import ICONS, icon_of


@dataclass(frozen=True, slots=True)
class Told:
    """What a form tells: the sentence, whom it is about, the people chosen, and chips that still belong to it."""

    text: str
    about: UUID | None
    people: tuple[UUID, ...]
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
        if not has_chips:
            return cls(text, as_id(said("about")), tuple(chosen) if not kind else ())
        minutes = said("minutes", "")
        return cls(
            text=text,
            about=as_id(said("about")),
            people=tuple(chosen),
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
        """The people it was with: those chosen, or those the words mean, and whom the form is about."""
        people = list(self.people) if self.has_chips else [*self.people, *settled.people]
        return list(dict.fromkeys([*([self.about] if self.about else []), *people]))


def settled_of(told: Told, visit: Visit) -> Settled:
    """The sentence with its names looked up."""
    return recognize(told.sentence(visit), visit.viewer)


def understood_page(told: Told, visit: Visit) -> Understood:
    """The chips for a sentence as it stands, read from its words alone."""
    if not told.text:
        return Understood((), certainty="nothing")
    fresh = Told(told.text, told.about, ())
    settled = settled_of(fresh, visit)
    choices = [one.id for meant in settled.meant if meant.certainty == "several" for one in meant.choices]
    people = known(visit, [*fresh.with_whom(settled), *choices])
    certain = [people[one] for one in fresh.with_whom(settled) if one in people]
    question = _question(settled, certain, choices)
    return Understood(
        chips=(*_of_words(fresh, settled, visit), *_of_people(certain, told.about)),
        choices=_choices(visit, choices, people),
        question=question,
        certainty="partly" if question else "whole",
    )


def _of_words(told: Told, settled: Settled, visit: Visit) -> list[Chip]:
    zone = clock.zone(visit.viewer.time_zone)
    chips = []
    for one in said_in(settled.understood, visit.now, zone):
        icon = {"kind": icon_of(settled.understood.kind), "minutes": "clock", "at": "calendar"}.get(one.name, "tag")
        value = f"{one.value}@{len(told.text)}" if one.name == "kind" else one.value
        chips.append(Chip(icon, one.label, one.name, value, can_remove=one.name == "minutes"))
    return chips


def _of_people(people: Sequence[Known], about: UUID | None) -> list[Chip]:
    return [
        Chip("users", one.face.name, "person", str(one.id), can_remove=one.id != about and len(people) > 1)
        for one in people
    ]


def _choices(visit: Visit, ids: Collection[UUID], people: dict[UUID, Known]) -> tuple[PersonChoice, ...]:
    notes = beside(visit.viewer, people.values())
    return tuple(
        PersonChoice(str(one), face_of(one, people[one].face.name, ""), notes[one])
        for one in dict.fromkeys(ids)
        if one in people
    )


def _question(settled: Settled, certain: Sequence[Known], choices: Sequence[UUID]) -> str:
    if settled.understood.is_plan:
        return plans_are_not_logged()
    if choices:
        return _("Who do you mean?")
    strangers = [one.words for one in settled.meant if one.certainty == "unknown"]
    if strangers and not certain:
        return _("We do not know “%(name)s” yet. Add them first, or write their whole name.") % {"name": strangers[0]}
    return "" if certain else say_with_whom()


def _moment(said: str, visit: Visit) -> datetime | None:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=clock.zone(visit.viewer.time_zone))
    except ValueError:
        return None
