"""Who gave no name yet is called by the person they are, and nowhere by the address an account begins with."""

from __future__ import annotations

from uuid import UUID

from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry, Membership
from rapport.interactions.erasing.beginning import erase
from rapport.interactions.erasing.plan import erasures
from rapport.interactions.notes import add_note
from rapport.interactions.wishing import ask_not
from rapport.people.editing import add_person
from rapport.people.facts import note_fact
from rapport.people.wishes import wishes_of

FIRST = "you@localhost"


def test_an_owner_without_a_name_is_called_by_the_person_they_are(
    client_maya: Client, maya_membership: Membership, by: By, priya: UUID
) -> None:
    maya_membership.user.name, maya_membership.user.email = "", FIRST
    maya_membership.user.save()
    ask_not(by, priya, "do-not-score", "By letter.")
    note_fact(by, priya, "family", "Two dogs", "told")
    add_note(by, priya, "Likes Mondays.")
    assert [one.noted_by for one in wishes_of(priya)] == ["Maya Okafor"]
    for address in (f"/people/{priya}", f"/people/{priya}/known", "/settings/changes"):
        page = client_maya.get(address).text
        assert "Maya Okafor" in page
        assert FIRST not in page
    bo = add_person(by, "Bo Lind").person_id
    erase(by, bo, "Bo Lind")
    assert [one.who for one in erasures(by.viewer)] == ["Maya Okafor"]
    client_maya.post("/settings/factors/codes")
    assert not JournalEntry.objects.filter(subject_name=FIRST).exists()
