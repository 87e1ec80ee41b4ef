"""What was understood, as short words on chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .values import Understood


@dataclass(frozen=True, slots=True)
class Said:
    """One thing understood: `name`=`value` gives it back, `label` shows it."""

    name: str
    value: str
    label: str


def said_in(understood: Understood, now: datetime, zone: ZoneInfo) -> tuple[Said, ...]:
    """Kind, length and time of what was understood; people are shown beside it."""
    said = [Said("kind", understood.kind, kind_label(understood.kind))]
    if understood.minutes is not None:
        minutes = understood.minutes
        said.append(Said("minutes", str(minutes), ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}))
    local = understood.at.astimezone(zone)
    said.append(Said("at", local.strftime("%Y-%m-%dT%H:%M"), day_label(understood, now, zone)))
    return tuple(said)


def kind_label(kind: str) -> str:
    """What a kind of interaction is called."""
    return {
        "mail": _("Mail"),
        "meeting": _("Meeting"),
        "call": _("Call"),
        "visit": _("Visit"),
        "chat": _("Chat"),
        "letter": _("Letter"),
        "card": _("Card"),
        "gift": _("Gift"),
        "social": _("Post"),
        "form": _("Form"),
        "purchase": _("Purchase"),
        "event": _("Event"),
        "note": _("Note"),
    }[kind]


def day_label(understood: Understood, now: datetime, zone: ZoneInfo) -> str:
    """ "today", "yesterday", or the date."""
    day = understood.at.astimezone(zone).date()
    days = (now.astimezone(zone).date() - day).days
    return {0: _("today"), 1: _("yesterday")}.get(days) or day.isoformat()


def plans_are_not_logged() -> str:
    """Said where a sentence speaks of what is still to come."""
    return _("This has not happened yet. Log it when it has; until then it belongs into your calendar.")


def nobody_answered() -> str:
    """Said where a call reached nobody."""
    return _("Noted; a call nobody answered does not count as being in touch.")


def say_with_whom() -> str:
    """Said where nobody is named."""
    return _("Say who it was with, and it can be saved.")


def who_is_meant(several: Sequence[str], nobody: Sequence[str]) -> str:
    """Said where a name fits several people, or nobody."""
    said = [nobody_is_called(one) for one in nobody]
    if several:
        names = get_text_list([f"“{one}”" for one in several], _("and"))
        said.append(_("More than one person may be meant by %(names)s. Say which.") % {"names": names})
    return " ".join(said)


def nobody_is_called(words: str) -> str:
    """Said where nobody has the name that was written."""
    return _("Nobody here is called “%(name)s”. Add them first, or write their name as it is here.") % {"name": words}


def no_such_person() -> str:
    """Said where somebody named is not there any more."""
    return _("One of these people is not here any more. Choose them again.")


def say_something() -> str:
    """Said where there is nothing to keep."""
    return _("Write one sentence about what happened, such as “called Priya 10 min, rota works”.")
