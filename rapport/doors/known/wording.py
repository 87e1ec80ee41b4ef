"""The names of sources and columns as people read them, on the page and in the readable file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .everything import Everything

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?\+00:00")

SECTIONS: Mapping[str, tuple[object, object]] = {
    "person": (gettext_lazy("Who they are"), gettext_lazy("From cards and mail, or written by hand.")),
    "handle": (gettext_lazy("Addresses that reach them"), gettext_lazy("With where each was seen, and when.")),
    "affiliation": (gettext_lazy("Where they are and were"), gettext_lazy("From domains of their mail, and cards.")),
    "organization": (gettext_lazy("Organizations they belong to"), ""),
    "fact": (gettext_lazy("What was noted about them"), gettext_lazy("With who noted it and how it was learnt.")),
    "person_tag": (gettext_lazy("Tags on them"), ""),
    "tag": (gettext_lazy("The words of those tags"), ""),
    "wish": (gettext_lazy("What they asked of us"), ""),
    "withdrawn": (gettext_lazy("What was said not to be so"), gettext_lazy("Kept so that no file brings it back.")),
    "standing": (
        gettext_lazy("How they and our people stand"),
        gettext_lazy("Worked out from who, when and what kind, never from words. No row: no figure is kept."),
    ),
    "relationship": (gettext_lazy("What those figures are worked out from"), ""),
    "suggestion": (gettext_lazy("When we were reminded of them"), gettext_lazy("On whose list, why, what was done.")),
    "today_list": (gettext_lazy("Lists of the day made for them"), ""),
    "interaction": (gettext_lazy("What happened"), gettext_lazy("Mail, meetings, calls, visits, notes.")),
    "participant": (gettext_lazy("Their part in it"), ""),
    "message": (gettext_lazy("Words of mail and notes"), ""),
    "thread": (gettext_lazy("Conversations"), ""),
    "address_part": (gettext_lazy("Their address where nobody was known behind it"), ""),
    "import_item": (
        gettext_lazy("What imports found of them"),
        gettext_lazy("Also what could not be read or was left out, and names their address."),
    ),
    "import_file": (gettext_lazy("The files it came in"), ""),
    "source": (gettext_lazy("The sources of those files"), ""),
    "raw_item": (gettext_lazy("Copies as they came"), gettext_lazy("Their bytes are in the whole file.")),
    "merge": (gettext_lazy("Whom they were joined with"), ""),
    "journal_entry": (gettext_lazy("What was done with their entry"), gettext_lazy("By whom and when.")),
}  # fmt: skip


_FOR_PROGRAMS = ("id", "sort_name", "filed_as", "listed_by", "name_rank", "touched_by_hand")


def title_of(key: str) -> str:
    """What a section is called; a table without a name of its own is told by its table's."""
    return str(SECTIONS[key][0]) if key in SECTIONS else key.replace("_", " ").capitalize()


def note_of(key: str) -> str:
    """Where a section comes from."""
    return str(SECTIONS[key][1]) if key in SECTIONS else ""


def pairs_of(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A row as people read it: what says something, without the ids that programs need."""
    return [
        (name.replace("_", " "), _told(value))
        for name, value in row.items()
        if value not in (None, "", [], {}, False) and not name.endswith("_id") and name not in _FOR_PROGRAMS
    ]


def introduction(about: Everything) -> str:
    """What the file is, and what it leaves out."""
    if about.is_whole:
        return _(
            "Everything known here about %(name)s, by source, as they may read it: also the words of what they took "
            "part in. Names of others who took part are told; who was blind-copied is not."
        ) % {"name": about.name}
    return _(
        "Everything known here about %(name)s, by source, as far as you may read it. "
        "Words of mail others exchanged with them are left out."
    ) % {"name": about.name}


def _told(value: Any) -> str:
    if value is True:
        return _("yes")
    if isinstance(value, str) and (at := _MOMENT.fullmatch(value)):
        return f"{at[1]} {at[2]}"
    if isinstance(value, list):
        return "; ".join(_told(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_told(one)}" for name, one in value.items())
    return str(value)
