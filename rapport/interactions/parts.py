"""The parts people can have in an interaction."""

from __future__ import annotations

from typing import Final

ABOUT = "about"  # whom a note is about; they took no part

STRONGEST_FIRST = ("from", "organizer", "to", "attendee", "cc", "bcc", "answered", ABOUT)

BEGINS = ("from", "organizer")

BOUNCED: Final = "bounced"  # the address a returned mail is about
