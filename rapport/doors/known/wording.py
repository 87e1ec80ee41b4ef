"""The names of sources and columns as people read them, on the page and in the readable file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.kit import clock

from .everything import Everything
from .labels import is_for_programs, label_of
from .values import Row, birthday_told, done_in_words, in_words, moment_in_words

Pairs = tuple[tuple[str, str], ...]

SECTIONS: Mapping[str, tuple[object, object]] = {
    "person": (gettext_lazy("Who they are"), gettext_lazy("From cards and mail, or written by hand.")),
    "handle": (gettext_lazy("Addresses that reach them"), gettext_lazy("With where each was seen, and when.")),
    "affiliation": (gettext_lazy("Where they are and were"), gettext_lazy("From domains of their mail, and cards.")),
    "organization": (gettext_lazy("Organizations they belong to"), ""),
    "fact": (gettext_lazy("What was noted about them"), gettext_lazy("With who noted it and how it was learnt.")),
    "person_tag": (gettext_lazy("Tags on them"), ""),
    "tag": (gettext_lazy("Words they are tagged with"), ""),
    "wish": (gettext_lazy("What they asked of us"), ""),
    "withdrawn": (gettext_lazy("What was said not to be so"), gettext_lazy("Kept so that no file brings it back.")),
    "standing": (
        gettext_lazy("How they and our people stand"),
        gettext_lazy("Worked out from who, when and what kind, never from words. No row: no figure is kept."),
    ),
    "relationship": (gettext_lazy("What figures about them are worked out from"), ""),
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
    "source": (gettext_lazy("The sources of files it came in"), ""),
    "raw_item": (gettext_lazy("Copies as they came"), gettext_lazy("Their bytes are in the whole file.")),
    "merge": (gettext_lazy("Whom they were joined with"), ""),
    "journal_entry": (gettext_lazy("What was done with their entry"), gettext_lazy("By whom and when.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """One source as people read it: its rows, each as labels and values."""

    key: str
    title: str
    note: str
    rows: tuple[Pairs, ...]


def title_of(key: str) -> str:
    """What a section is called; a table without a name of its own is told by its table's."""
    return str(SECTIONS[key][0]) if key in SECTIONS else key.replace("_", " ").capitalize()


def note_of(key: str) -> str:
    """Where a section comes from."""
    return str(SECTIONS[key][1]) if key in SECTIONS else ""


def told_of(about: Everything) -> list[Section]:
    """All sections as people read them; rows and sections that say nothing to them are left out."""
    zone = clock.zone(about.time_zone)
    told = (
        (key, [pairs for row in rows if (pairs := pairs_of(key, row, zone))])
        for key, rows in _on_days_here(about.sections, zone).items()
    )
    return [Section(key, title_of(key), note_of(key), tuple(rows)) for key, rows in told if rows]


def _on_days_here(sections: Mapping[str, Sequence[Row]], zone: tzinfo) -> Mapping[str, Sequence[Row]]:
    """The same, since when they are at a place told as the reader's day. Kept is that of UTC; the moment stands with an
    address of theirs, and "since 13 April, first seen 14 April" would contradict itself."""
    moments = [datetime.fromisoformat(one["first_seen"]) for one in sections.get("handle", ()) if one.get("first_seen")]
    days = {
        one.astimezone(UTC).date().isoformat(): one.astimezone(zone).date() for one in sorted(moments, reverse=True)
    }
    places = [
        {**one, "since": days[one["since"]].isoformat()} if one.get("since") in days else one
        for one in sections.get("affiliation", ())
    ]
    return {**sections, "affiliation": places} if places else sections


def pairs_of(key: str, row: Mapping[str, Any], zone: tzinfo) -> Pairs:
    """A row of a section as people read it: what says something, each with its label."""
    shown = [column for column in row if not is_for_programs(key, column)]
    pairs = [(label_of(key, column), in_words(key, column, row, zone)) for column in shown]
    if key == "person":
        pairs.append((label_of(key, "birthday"), birthday_told(row)))
    if key == "journal_entry":
        pairs.insert(0, (label_of(key, "done"), done_in_words(row)))
    return tuple((label, value) for label, value in pairs if value)


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


def made_when(about: Everything) -> str:
    """When it was made, and whose clock its times go by."""
    said = {"when": moment_in_words(about.made_at, clock.zone(about.time_zone)), "zone": about.time_zone or "UTC"}
    return _("Made on %(when)s. Times are those of %(zone)s. everything.json holds the exact names and values.") % said
