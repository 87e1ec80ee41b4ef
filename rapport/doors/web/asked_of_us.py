"""What somebody asked of us, in words: on their page, and where it is written down and lifted."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from rapport.people.wishes import Wished

from .dates import day_in_words
from .entering import Visit
from .pages.known import WishLine


def wish_lines(visit: Visit, wishes: Sequence[Wished], also_unasked: bool = False) -> tuple[WishLine, ...]:
    """Each with who wrote it down and when; `also_unasked` names what they might ask for, too."""
    asked = {one.kind: one for one in wishes}
    return tuple(
        WishLine(kind, title, what, one.why if one else "", _who(visit, one) if one else "")
        for kind, title, what in _kinds()
        if (one := asked.get(kind)) is not None or also_unasked
    )


def beside_the_name(do_not_contact: bool) -> tuple[str, ...]:
    """What stands beside somebody in every list they are in."""
    return (_("do not contact"),) if do_not_contact else ()


def _who(visit: Visit, one: Wished) -> str:
    said = {"who": one.noted_by or _("somebody"), "day": day_in_words(visit, one.noted_at)}
    return _("Written down by %(who)s on %(day)s.") % said


def _kinds() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "do-not-contact",
            _("Do not contact"),
            _("Nobody is reminded to write or call, and no way in is offered. They are labelled so on every list."),
        ),
        (
            "do-not-score",
            _("Do not score"),
            _("No strength, rhythm or moment is reckoned or shown; screens and the API say so in their place."),
        ),
    )
