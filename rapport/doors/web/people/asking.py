"""What can be asked of the list beside words, and what is asked now, each with the list without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.care.narrowing import ANYBODY, NOBODY, STRENGTHS, PeopleFilter
from rapport.relationships.engine.wording import strength_word, tone_word
from rapport.relationships.engine.words import Tone

from ..organizations.filtering import QUIET, quiet_words
from ..pages.organizations import ActiveFilter
from ..pages.people import Question
from ..pages.shell import Choice

STATES: tuple[Tone, ...] = ("doing_well", "needs_care", "at_risk", "too_early")


def questions(chosen: PeopleFilter, ours: Sequence[tuple[str, str]]) -> tuple[Question, ...]:
    """The selects behind *More filters*; whose ties are meant only where one sees those of others."""
    whose = [(ANYBODY, _("known to anybody of us")), (NOBODY, _("known to nobody of us")), *ours]
    asked: list[tuple[str, str, str, list[tuple[str, str]], str]] = [
        ("strength", _("Strength"), _("Any strength"), [(str(one), strength_word(one)) for one in STRENGTHS],
         ",".join(chosen.strength)),
        ("state", _("How it is tended"), _("Tended well or not"), [(str(one), tone_word(one)) for one in STATES],
         ",".join(chosen.state)),
        ("whose", _("Whose ties"), _("How you stand"), whose if ours else [], str(chosen.whose)),
        ("quiet", _("Last in touch"), _("In touch at any time"), [(str(one), quiet_words(one)) for one in QUIET],
         "" if chosen.quiet_days is None else str(chosen.quiet_days)),
        ("kind", _("Who"), _("Colleagues and others"), list(_kinds().items()), chosen.kind),
        ("coming", _("What is next"), _("Whatever is next"), list(_comings().items()), chosen.coming),
    ]  # fmt: skip
    return tuple(
        Question(name, label, any_of, tuple(Choice(value, words, value == now) for value, words in choices))
        for name, label, any_of, choices, now in asked
        if choices
    )


def active_filters(
    chosen: PeopleFilter, organization: str, ours: Mapping[str, str]
) -> Iterator[tuple[ActiveFilter, PeopleFilter]]:
    """What is asked, one by one; a strength among several goes alone."""
    if chosen.q:
        yield _one(f"“{chosen.q}”"), replace(chosen, q="")
    if chosen.organization_id:
        yield _one(organization or _("an organization")), replace(chosen, organization_id=None)
    if chosen.tag:
        yield _one(chosen.tag), replace(chosen, tag="")
    if chosen.often:
        yield _one(_("You talk often")), replace(chosen, often=False)
    for word in chosen.strength:
        yield _one(strength_word(word)), replace(chosen, strength=tuple(one for one in chosen.strength if one != word))
    for tone in chosen.state:
        yield _one(tone_word(tone)), replace(chosen, state=tuple(one for one in chosen.state if one != tone))
    if chosen.whose:
        yield _one(_whose(chosen.whose, ours)), replace(chosen, whose="")
    if chosen.quiet_days is not None:
        yield _one(quiet_words(chosen.quiet_days)), replace(chosen, quiet_days=None)
    if chosen.kind:
        yield _one(_kinds()[chosen.kind]), replace(chosen, kind="")
    if chosen.coming:
        yield _one(_comings()[chosen.coming]), replace(chosen, coming="")


def _one(label: str) -> ActiveFilter:
    return ActiveFilter(label, "")


def _whose(whose: UUID | str, ours: Mapping[str, str]) -> str:
    if whose == ANYBODY:
        return _("known to anybody of us")
    if whose == NOBODY:
        return _("known to nobody of us")
    return _("known to %(name)s") % {"name": ours.get(str(whose), _("somebody"))}


def _kinds() -> dict[str, str]:
    return {"ours": _("colleagues"), "theirs": _("not colleagues")}


def _comings() -> dict[str, str]:
    return {
        "today": _("on your Today"),
        "meeting": _("a meeting within 30 days"),
        "birthday": _("a birthday within 30 days"),
    }
