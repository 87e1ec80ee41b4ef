"""Whom a list of people is of: everything it shows can be asked for, combined, and said in the words of an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, TypedDict, get_args
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.interactions.models import Participant
from rapport.interactions.parts import ABOUT
from rapport.kit.clock import zone
from rapport.kit.ids import as_id
from rapport.kit.pages import Page
from rapport.kit.trouble import NotAllowed, NotFound
from rapport.people.models import Affiliation, Person, PersonTag
from rapport.people.visible import visible_to
from rapport.relationships.engine.standing import Standing
from rapport.relationships.engine.strength import WORDS
from rapport.relationships.engine.words import StrengthWord, Tone
from rapport.relationships.lines import PersonLine, last_at_of
from rapport.relationships.listing import Sort, Within, list_people, people_by
from rapport.relationships.models import Relationship
from rapport.relationships.organizations import within
from rapport.relationships.reading import standings_of
from rapport.relationships.walking import FEW, Each

from .models import Suggestion

Kind = Literal["ours", "theirs"]
Coming = Literal["today", "meeting", "birthday"]
ANYBODY, NOBODY = "anybody", "nobody"
SOON = timedelta(days=30)
LONGEST_QUIET = 36_500  # days
MOST_COUNTED = 1000  # more people than these are not counted, only said to be more


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Whom. What is asked of a tie is asked of the viewer's own, or of that of `whose`: a colleague, anybody of ours.

    `strength` are words, `not_met` among them: with `anybody` whom somebody of ours knows and the viewer has not met;
    `state` how tended; `quiet_days` how long ago the last contact was at least; `coming` what is next: on the viewer's
    Today, a planned meeting or a birthday within thirty days.
    """

    q: str = ""
    tag: str = ""
    organization_id: UUID | None = None
    often: bool = False
    strength: tuple[StrengthWord, ...] = ()
    state: tuple[Tone, ...] = ()
    whose: UUID | Literal["anybody", "nobody", ""] = ""
    quiet_days: int | None = None
    kind: Kind | Literal[""] = ""
    coming: Coming | Literal[""] = ""

    @property
    def is_empty(self) -> bool:
        """Whether it lets everybody through."""
        return self == PeopleFilter()

    @classmethod
    def read(cls, said: Mapping[str, str]) -> PeopleFilter:
        """The filter in the words of an address; what it does not know is left out."""
        whose = said.get("whose", "")
        quiet = said.get("quiet", "")
        return cls(
            q=said.get("q", "").strip()[:200],
            tag=said.get("tag", "").strip()[:60],
            organization_id=as_id(said.get("org", "")),
            often=said.get("often") == "1",
            strength=_known(said.get("strength", ""), get_args(StrengthWord)),
            state=_known(said.get("state", ""), get_args(Tone)),
            whose=whose if whose in (ANYBODY, NOBODY) else as_id(whose) or "",  # type: ignore[arg-type]
            quiet_days=min(int(quiet), LONGEST_QUIET)
            if quiet.isascii() and quiet.isdecimal() and quiet < "9" * 6
            else None,
            kind=next((one for one in get_args(Kind) if one == said.get("kind")), ""),
            coming=next((one for one in get_args(Coming) if one == said.get("coming")), ""),
        )

    def said(self) -> dict[str, str]:
        """The same in the words of an address; what is not asked is left out."""
        said = {
            "q": self.q,
            "tag": self.tag,
            "org": str(self.organization_id or ""),
            "often": "1" if self.often else "",
            "strength": ",".join(self.strength),
            "state": ",".join(self.state),
            "whose": str(self.whose),
            "quiet": "" if self.quiet_days is None else str(self.quiet_days),
            "kind": self.kind,
            "coming": self.coming,
        }
        return {name: value for name, value in said.items() if value}


class _Asked(TypedDict):
    q: str
    tag: str
    organization_id: UUID | None
    often: bool
    as_of: bool
    within: Within | None


def list_chosen(
    viewer: Viewer,
    now: datetime,
    chosen: PeopleFilter,
    *,
    sort: Sort = "name",
    cursor: str | None = None,
    limit: int = 50,
    as_of: bool = False,
) -> Page[PersonLine]:
    """A page of these people. Where `whose` is a colleague, standings and order are theirs."""
    asked = _asked(viewer, now, chosen, as_of)
    if chosen.whose == NOBODY or (chosen.strength == ("not_met",) and _wants_strangers(chosen)):
        sort = "name"  # none of them has a figure
    return list_people(_eyes(viewer, chosen), now, **asked, sort=sort, cursor=cursor, limit=limit)


def how_many_chosen(viewer: Viewer, now: datetime, chosen: PeopleFilter, *, as_of: bool = False) -> int:
    """How many these are on all pages; `MOST_COUNTED` + 1 where they are more than that."""
    people = people_by(_eyes(viewer, chosen), now, **_asked(viewer, now, chosen, as_of))
    return people[: MOST_COUNTED + 1].count()


def people_chosen(viewer: Viewer, now: datetime, chosen: PeopleFilter) -> QuerySet[Person]:
    """All of these people, to do something with."""
    return people_by(_eyes(viewer, chosen), now, **_asked(viewer, now, chosen, False))


def _asked(viewer: Viewer, now: datetime, chosen: PeopleFilter, as_of: bool) -> _Asked:
    return _Asked(
        q=chosen.q, tag=chosen.tag, organization_id=chosen.organization_id, often=chosen.often, as_of=as_of,
        within=_within(viewer, now, chosen, as_of),
    )  # fmt: skip


def _eyes(viewer: Viewer, chosen: PeopleFilter) -> Viewer:
    """Who looks: the viewer with their rights, at the ties of the colleague they ask about."""
    if not isinstance(chosen.whose, UUID) or chosen.whose == viewer.person_id:
        return viewer
    if viewer.is_guest:
        raise NotAllowed(_("Guests see how they stand themselves. Leave out whose ties you mean."))
    if not visible_to(viewer).filter(id=chosen.whose, is_home=True).exists():
        raise NotFound(_("There is no colleague here with this address. Choose one from the list."))
    return replace(viewer, person_id=chosen.whose)


def _within(viewer: Viewer, now: datetime, chosen: PeopleFilter, as_of: bool) -> Within | None:
    """What is asked beside the words. Where a question fits few, those are named, and one begins with them."""
    if chosen.whose in (ANYBODY, NOBODY) and viewer.is_guest:
        raise NotAllowed(_("Guests see how they stand themselves. Leave out whose ties you mean."))
    whole = _of_known(viewer, now, chosen, as_of)
    if chosen.kind == "theirs":
        whole = replace(whole, people=whole.people & Q(is_home=False))
    if chosen.coming == "birthday":
        whole = replace(whole, people=whole.people & _birthday(viewer, now))
    for rows in _perhaps_few(viewer, now, chosen):
        few = list(rows[: FEW + 1])
        whole = replace(whole, people=whole.people & Q(id__in=few if len(few) <= FEW else rows))
        whole = replace(whole, is_few=whole.is_few or len(few) <= FEW)
    return None if whole == Within() else whole


def _perhaps_few(viewer: Viewer, now: datetime, chosen: PeopleFilter) -> Iterator[QuerySet[Any, UUID]]:
    """Ids of those who fit a question that is asked by an index of its own."""
    if chosen.kind == "ours":
        yield Person.objects.filter(is_home=True).values_list("id", flat=True)
    if chosen.coming == "today":
        yield _on_today(viewer, now)
    if chosen.coming == "meeting":
        yield _meeting(viewer, now)
    if chosen.tag and not viewer.is_guest:
        yield PersonTag.objects.filter(tag__name__iexact=chosen.tag).values_list("person_id", flat=True)
    if chosen.organization_id:
        there = Affiliation.objects.filter(organization_id=chosen.organization_id, until=None)
        yield there.values_list("person_id", flat=True)


def _of_known(viewer: Viewer, now: datetime, chosen: PeopleFilter, as_of: bool) -> Within:
    if chosen.whose == NOBODY:
        return Within(known=_without_tie(Relationship.objects.all()))
    if not (chosen.whose or chosen.strength or chosen.state) and chosen.quiet_days is None:
        return Within()
    home = chosen.whose if isinstance(chosen.whose, UUID) else None if chosen.whose == ANYBODY else viewer.person_id
    if as_of and home is not None:
        return Within(known=_of_that_day(home, now, chosen))
    return _by_ties(viewer, home, now, chosen)


def _by_ties(viewer: Viewer, home: UUID | None, now: datetime, chosen: PeopleFilter) -> Within:
    ties = Relationship.objects.all() if home is None else Relationship.objects.filter(home_person_id=home)
    fits = _fits(now, chosen)
    fitting = ties.filter(fits)
    if _wants_strangers(chosen):
        theirs = home or viewer.person_id
        known = _without_tie(Relationship.objects.filter(home_person_id=theirs)) & ~Q(id=theirs)
        if home is None:  # known to somebody, and shown as not met yet
            known &= Q(Each(ties.filter(person_id=OuterRef("id"))))
        if chosen.strength != ("not_met",):
            known |= Q(Each(fitting.filter(person_id=OuterRef("id"))))
        return Within(known=known)
    own = None if home is None else fits
    few = list(fitting.values_list("person_id", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Within(known=Q(id__in=few), ties=own, is_few=True)
    return Within(known=Q(Each(fitting.filter(person_id=OuterRef("id")))), ties=own)


def _without_tie(ties: QuerySet[Relationship]) -> Q:
    """Of who asked not to be scored there is no tie, and it is not said that nobody knows them."""
    return Q(~Each(ties.filter(person_id=OuterRef("id"))), do_not_score=False)


def _wants_strangers(chosen: PeopleFilter) -> bool:
    """Whom one has not met has no state, and no last contact."""
    return "not_met" in chosen.strength and not chosen.state and chosen.quiet_days is None


def _fits(now: datetime, chosen: PeopleFilter) -> Q:
    """Stored figures: words change when a pair is judged again, which is when they would be shown otherwise."""
    fits = Q()
    if chosen.strength:
        fits &= within(chosen.strength, "strength")
    if chosen.state:
        fits &= Q(tone__in=chosen.state)
    if chosen.quiet_days is not None:
        fits &= Q(last_at__lt=now - timedelta(days=chosen.quiet_days))
    return fits


def _of_that_day(home: UUID, now: datetime, chosen: PeopleFilter) -> Q:
    """By the figures of an earlier day, which are not stored."""
    standings = standings_of(home, now, as_of=True)
    fits = Q(id__in=[person for person, standing in standings.items() if _fitted(standing, now, chosen)])
    if _wants_strangers(chosen):
        fits |= ~Q(id__in=[*standings, home]) & Q(do_not_score=False)
    return fits


def _fitted(standing: Standing, now: datetime, chosen: PeopleFilter) -> bool:
    last_at = last_at_of(standing)
    return (
        (not chosen.strength or standing.strength_word in chosen.strength)
        and (not chosen.state or standing.tone in chosen.state)
        and (chosen.quiet_days is None or bool(last_at and last_at < now - timedelta(days=chosen.quiet_days)))
    )


def _on_today(viewer: Viewer, now: datetime) -> QuerySet[Suggestion, UUID]:
    day = now.astimezone(zone(viewer.time_zone)).date()
    waiting = Suggestion.objects.filter(home_person_id=viewer.person_id, day=day, state="open")
    return waiting.values_list("person_id", flat=True)


def _meeting(viewer: Viewer, now: datetime) -> QuerySet[Participant, UUID]:
    """A meeting that is planned, with the viewer in it."""
    mine = Participant.objects.filter(
        person_id=viewer.person_id, at__gt=now, at__lte=now + SOON, interaction__is_cancelled=False
    ).exclude(part=ABOUT)
    theirs = Participant.objects.filter(interaction_id__in=mine.values("interaction_id"))
    theirs = theirs.exclude(part__in=(ABOUT, "bcc")).exclude(person_id=viewer.person_id)
    return theirs.values_list("person_id", flat=True).distinct()


def _birthday(viewer: Viewer, now: datetime) -> Q:
    if viewer.is_guest:
        return Q(pk__in=[])
    first = now.astimezone(zone(viewer.time_zone)).date()
    days: dict[int, list[int]] = {}
    for more in range(SOON.days + 1):
        day = first + timedelta(days=more)
        days.setdefault(day.month, []).append(day.day)
    fits = Q(pk__in=[])
    for month, some in days.items():
        fits |= Q(birthday_month=month, birthday_day__in=some)
    return fits


STRENGTHS: tuple[StrengthWord, ...] = ("not_met", *WORDS)


def _known(said: str, words: tuple[Any, ...]) -> tuple[Any, ...]:
    asked = set(said.split(","))
    return tuple(one for one in words if one in asked)
