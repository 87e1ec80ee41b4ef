"""What each column is called where people read it. `FOR_PROGRAMS` stand with their exact names in the file of values.

A test looks at every column of every table that is told: a new one is given a label here, or is left to programs.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

LABELS: Mapping[str, object] = {
    "acted_at": gettext_lazy("Done on"),
    "address": gettext_lazy("Address"),
    "all_day": gettext_lazy("All day"),
    "as_written": gettext_lazy("As it was written"),
    "at": gettext_lazy("When"),
    "attachments": gettext_lazy("Attached"),
    "automatic": gettext_lazy("Written by a program"),
    "belongs_to": gettext_lazy("Belongs to"),
    "birthday": gettext_lazy("Birthday"),
    "bounced_at": gettext_lazy("Mail came back on"),
    "by_hand": gettext_lazy("Written down by hand"),
    "came_at": gettext_lazy("Came on"),
    "care": gettext_lazy("Kind of care"),
    "contacts": gettext_lazy("In touch"),
    "day": gettext_lazy("Day"),
    "detail": gettext_lazy("In detail"),
    "do_not_contact": gettext_lazy("Asked not to be contacted"),
    "do_not_score": gettext_lazy("Asked not to be scored"),
    "domain": gettext_lazy("Mail domain"),
    "done": gettext_lazy("What was done"),
    "done_by": gettext_lazy("Done by"),
    "door": gettext_lazy("Where it was done"),
    "excerpt": gettext_lazy("How it begins"),
    "expires_at": gettext_lazy("Kept until"),
    "first_at": gettext_lazy("First in touch"),
    "first_seen": gettext_lazy("First seen"),
    "format": gettext_lazy("Kind of file"),
    "group_size": gettext_lazy("People in it"),
    "is_cancelled": gettext_lazy("Cancelled"),
    "is_contact": gettext_lazy("Counts as being in touch"),
    "is_home": gettext_lazy("One of us"),
    "is_list": gettext_lazy("A mailing list"),
    "is_private": gettext_lazy("Words are private"),
    "is_shared": gettext_lazy("Shared with the team"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "last_at": gettext_lazy("Last in touch"),
    "last_seen": gettext_lazy("Last seen"),
    "later_until": gettext_lazy("Put off until"),
    "learnt": gettext_lazy("How it was learnt"),
    "list_address": gettext_lazy("Mailing list"),
    "listed_as": gettext_lazy("Listed under"),
    "made_at": gettext_lazy("Written here on"),
    "minutes": gettext_lazy("How long"),
    "name": gettext_lazy("Name"),
    "noted_at": gettext_lazy("Noted on"),
    "noted_by": gettext_lazy("Noted by"),
    "organization": gettext_lazy("Organization"),
    "origin": gettext_lazy("Known from"),
    "our_person": gettext_lazy("Whose"),
    "outcome": gettext_lazy("What became of it"),
    "part": gettext_lazy("Part"),
    "people": gettext_lazy("Who was in it"),
    "place": gettext_lazy("Place"),
    "portrait": gettext_lazy("Portrait"),
    "pronouns": gettext_lazy("Pronouns"),
    "question": gettext_lazy("What was asked"),
    "reason": gettext_lazy("Why"),
    "response": gettext_lazy("Answer to the invitation"),
    "rule": gettext_lazy("What was looked for"),
    "said": gettext_lazy("How the name is said"),
    "said_at": gettext_lazy("Said on"),
    "since": gettext_lazy("Since"),
    "size": gettext_lazy("Size"),
    "state": gettext_lazy("What became of it"),
    "strength": gettext_lazy("Strength"),
    "strength_rows": gettext_lazy("It is made of"),
    "strength_word": gettext_lazy("In a word"),
    "subject": gettext_lazy("Subject"),
    "subject_name": gettext_lazy("About"),
    "text": gettext_lazy("Words"),
    "time_zone": gettext_lazy("Time zone"),
    "title": gettext_lazy("Title"),
    "tone": gettext_lazy("How it is"),
    "undone_at": gettext_lazy("Undone on"),
    "until": gettext_lazy("Until"),
    "value": gettext_lazy("What"),
    "values": gettext_lazy("In detail"),
    "vitality": gettext_lazy("Chance to be in touch again"),
    "why": gettext_lazy("Why"),
    "with": gettext_lazy("With"),
    "affiliation.last_seen": gettext_lazy("Last heard from there"),
    "affiliation.origin": gettext_lazy("Known from"),
    "affiliation.title": gettext_lazy("Their role"),
    "handle.value": gettext_lazy("Address"),
    "organization.is_home": gettext_lazy("Our own"),
    "suggestion.minutes": gettext_lazy("Would take"),
    "merge.at": gettext_lazy("Joined on"),
    "wish.kind": gettext_lazy("What they asked"),
    "withdrawn.kind": gettext_lazy("What was taken away"),
    "withdrawn.value": gettext_lazy("It said"),
}

FOR_PROGRAMS = frozenset(
    """
    id sort_name filed_as listed_by name_rank touched_by_hand verb way_back birthday_month birthday_day birthday_year
    birthday_revised title_revised revised_at revision comes_at judged_at next_look_at message_id in_reply_to has_html
    digest stored_as prefix body ordinal position bytes_read is_read counts moment evidence ways considered rank root
    called moved interaction.origin import_item.part relationship.state
    """.split()
)


def is_for_programs(table: str, column: str) -> bool:
    """Whether a column says nothing to people: an identity, an order, a hash, a place in a file."""
    return column.endswith("_id") or column in FOR_PROGRAMS or f"{table}.{column}" in FOR_PROGRAMS


def label_of(table: str, column: str) -> str:
    """What a column is called; one of a table to come is told by its own name."""
    label = LABELS.get(f"{table}.{column}") or LABELS.get(column)
    return str(label) if label else column.replace("_", " ").capitalize()
