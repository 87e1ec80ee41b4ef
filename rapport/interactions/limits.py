"""How many can be together and still be in contact with each other."""

from __future__ import annotations

MOST_PEOPLE_IN_A_CONTACT = 10  # beyond this, being together is on the timeline and says nothing about two people
MOST_ADDRESSES = MOST_PEOPLE_IN_A_CONTACT + 1  # who wrote or invited, and these
