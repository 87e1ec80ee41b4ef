"""The parts people can have in an interaction."""

from __future__ import annotations

from typing import Final

ABOUT = "about"  # whom a note is about; they took no part

ANSWERED: Final = "answered"  # who wrote what a reply to a list answers

STRONGEST_FIRST = ("from", "organizer", "to", "attendee", "cc", "bcc", ANSWERED, ABOUT)

BEGINS = ("from", "organizer")

BOUNCED: Final = "bounced"  # the address a returned mail is about

ANSWERED_INVITATION: Final = "replied"  # the address from which a guest answered an invitation, at the time of that

SAID_OF_AN_ADDRESS = (BOUNCED, ANSWERED_INVITATION)  # no parts somebody took: nobody is found in them
