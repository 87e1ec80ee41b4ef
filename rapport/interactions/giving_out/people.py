"""People as a file: a table (CSV) or cards (vCard 4.0). What a viewer may not see is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from uuid import UUID

from django.utils.translation import ngettext

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.people.exporting import Row, rows_of, table_of
from rapport.people.many import chosen_of

from .as_they_came import AT_A_TIME, cards_as_they_came
from .cards import card_of
from .lines import folded

Format = Literal["csv", "vcard"]
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: what it is called, its bytes, how many people are in it, and the journal entry that says it was made.

    Of the people in `lost` a card they came from could not be read any more: what is known of them is in the file, what
    only that card said is not.
    """

    name: str
    body: bytes
    people: int
    journal_id: UUID
    lost: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is missing in it and what to do; nothing where nothing is."""
        return lost_sentence(self.lost)


def lost_sentence(names: Sequence[str]) -> str:
    """Whose cards could not be read any more, and what to do."""
    if not names:
        return ""
    said = ngettext(
        "The card %(who)s came from could not be read any more. What is known is in the file; for the rest, import the"
        " card again.",
        "The cards of %(n)s people could not be read any more: %(who)s. What is known is in the file; for the rest,"
        " import the cards again.",
        len(names),
    )
    who = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    return said % {"who": who, "n": f"{len(names):,}"}


def export_people(by: By, people: Sequence[UUID], form: Format) -> Exported:
    """A file of these people. It is written down that somebody took it.

    On a card stands what is known, and besides whatever stood on the cards the same member brought in.
    """
    by.may("write")
    chosen = chosen_of(by, people)
    rows = rows_of(chosen)
    lost = set[UUID]()
    body = table_of(rows).encode() if form == "csv" else _cards_of(by.viewer, rows, lost)
    entry = by.note("people.export", values={"people": len(rows), "form": form, "lost": len(lost)})
    names = tuple(row.person.name for row in rows if row.person.id in lost)
    return Exported(f"people.{'csv' if form == 'csv' else 'vcf'}", body, len(rows), entry, names)


def _cards_of(viewer: Viewer, rows: Sequence[Row], lost: set[UUID]) -> bytes:
    """The cards of all. Those they came from, with their pictures, are let go of as soon as they are written down."""
    file = BytesIO()
    for at in range(0, len(rows), AT_A_TIME):
        some = rows[at : at + AT_A_TIME]
        came = cards_as_they_came(viewer, [row.person.id for row in some], lost)
        for row in some:
            for line in card_of(row, came.get(row.person.id, ())):
                file.write(f"{folded(line)}\r\n".encode())
    return file.getvalue()
