"""The words of this room: what kinds of facts are called, how something was learnt, and birthdays."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .birthdays import Birthday

FACT_KINDS: Mapping[str, object] = {
    "family": gettext_lazy("Family"),
    "way": gettext_lazy("How they like it"),
    "interest": gettext_lazy("Interests"),
    "date": gettext_lazy("A date"),
    "language": gettext_lazy("Languages"),
    "thanks": gettext_lazy("How to thank them"),
    "coffee": gettext_lazy("Coffee and tea"),
    "name": gettext_lazy("Their name"),
    "work": gettext_lazy("Work"),
    "last_said": gettext_lazy("The last thing they said"),
    "other": gettext_lazy("Something else"),
}

_LEARNT: Mapping[str, object] = {
    "noticed": gettext_lazy("noticed"),
    "public": gettext_lazy("publicly known"),
    "imported": gettext_lazy("imported"),
}


def learnt_words(learnt: str) -> str:
    """How something was learnt, inside a sentence; what nobody said was told."""
    return str(_LEARNT.get(learnt) or _("told"))


def birthday_in_words(birthday: Birthday) -> str:
    """As it stands in the form, so that it may be typed the same way."""
    year = f" {birthday.year}" if birthday.year else ""
    return f"{birthday.day} {MONTHS[birthday.month]}{year}"
