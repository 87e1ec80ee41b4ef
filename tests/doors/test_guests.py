"""A guest learns who somebody is, where they are and what the two did together: at every door the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.keys import make_key
from rapport.accounts.models import Membership, Role, User
from rapport.doors.operations.beginning import viewer_for
from rapport.doors.operations.catalogue import call
from rapport.interactions.notes import add_note
from rapport.kit import clock
from rapport.people.editing import add_handle, edit_person, note_fact, set_affiliation, tag
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Handle, Person
from rapport.relationships.refresh import read_on
from tests.interactions.mails import KENJI, MAYA, PRIYA, mail, read

GUS = "gus@fernhill.example"
SECRETS = ("Two cats", "Prefers mornings", "partner", PRIYA, "0718", "PREE-yah", "1985", "14 March", "Europe/London")


@dataclass(frozen=True)
class Gus:
    """A guest, by each of his doors."""

    browser: Client
    key: str
    priya: UUID

    def api(self, path: str, **query: str) -> Any:
        """What the API answers."""
        return Client().get(f"/api/v1{path}", query, headers={"Authorization": f"Bearer {self.key}"})


@pytest.fixture(autouse=True)
def _stopped_clock(now: datetime) -> Iterator[None]:
    with clock.stopped_at(now):
        yield


@pytest.fixture
def gus(maya_membership: Membership, by: By, now: datetime) -> Gus:
    """Gus wrote with Priya once; Maya knows much more of her."""
    home = make_home_person("Gus Guest", GUS, found_home("Fernhill", now), now)
    user = User.objects.create_user(GUS, name="Gus Guest")
    membership = join(maya_membership.workspace, user, home.id, Role.GUEST, now)
    read(
        now,
        mail("ours", GUS, [PRIYA]),
        mail("theirs", MAYA, [PRIYA], text="Only for Maya."),
        mail("else", MAYA, [KENJI]),
    )
    priya = Handle.objects.get(value=PRIYA).person_id
    set_affiliation(by, priya, "Old Employer", "Nurse")
    set_affiliation(by, priya, "Solace", "Head of Operations")
    add_handle(by, priya, "phone", "+44 161 496 0718")
    edit_person(by, priya, said="PREE-yah", birthday="1985-03-14", time_zone="Europe/London")
    note_fact(by, priya, "family", "Two cats")
    add_note(by, priya, "Prefers mornings")
    tag(by, priya, "partner")
    read_on(now)
    browser = Client()
    browser.force_login(user)
    return Gus(browser, make_key(membership.id, membership.workspace_id, "gus", False, now)[1], priya)


def _nothing_told(text: str) -> None:
    assert [one for one in SECRETS if one in text] == []


def test_the_pages_tell_a_guest_who_and_where(gus: Gus) -> None:
    page = gus.browser.get(f"/people/{gus.priya}").text
    assert "Priya Raman" in page
    assert "Solace" in page
    assert "ours" in page
    assert "Only for Maya" not in page
    _nothing_told(page)
    for offered in ("/facts", "/notes", "/tags", "?edit", "/merge", 'id="tell-person"', "Who else knows"):
        assert offered not in page
    for address in ("/people", "/find?q=priya", "/people?sort=strength", f"/people/{gus.priya}/why", "/"):
        _nothing_told(gus.browser.get(address).text)
    assert MAYA not in gus.browser.get("/team").text


def test_the_api_tells_a_guest_who_and_where(gus: Gus) -> None:
    person = gus.api(f"/people/{gus.priya}")
    assert person.json()["name"] == "Priya Raman"
    assert [one["organization"] for one in person.json()["path"]] == ["Solace"]  # where she is, not where she was
    assert person.json()["handles"] == person.json()["facts"] == person.json()["tags"] == person.json()["merges"] == []
    timeline = gus.api(f"/people/{gus.priya}/timeline").json()["rows"]
    assert [one["title"] for one in timeline] == ["ours"]
    for path in ("", f"/{gus.priya}", f"/{gus.priya}/timeline", f"/{gus.priya}/relationship", f"/{gus.priya}/evidence"):
        answer = gus.api(f"/people{path}")
        assert answer.status_code == 200
        _nothing_told(answer.text)


def test_the_command_line_tells_a_guest_who_and_where(gus: Gus) -> None:
    viewer = viewer_for(member=GUS)
    for name, given in (("people.get", {"person_id": gus.priya}), ("people.list", {}), ("people.find", {"q": "priya"}),
                        ("people.why", {"person_id": gus.priya}), ("today.get", {})):  # fmt: skip
        _nothing_told(call(name, viewer, "cli", given).model_dump_json())


def test_a_guest_cannot_ask_whose_an_address_or_a_tag_is(gus: Gus) -> None:
    for q in (PRIYA, "0718", "solace.example"):
        assert gus.api("/find", q=q).json()["rows"] == []
        assert gus.api("/people", q=q).json()["rows"] == []
    assert gus.api("/people", tag="partner").json()["rows"] == []
    assert gus.api("/people", q="priya").json()["rows"][0]["name"] == "Priya Raman"


def test_a_guest_meets_nobody_by_a_blind_copy(gus: Gus, now: datetime) -> None:
    from rapport.interactions.models import Participant
    from rapport.people.visible import visible_to

    kenji = Person.objects.get(name="Kenji Mori")
    ours = read(now, mail("more", PRIYA, [GUS]))
    viewer = viewer_of(Membership.objects.select_related("user", "workspace").get(user__email=GUS))
    assert kenji not in visible_to(viewer)
    sent = Participant.objects.filter(person_id=gus.priya, part="from").get()
    assert ours
    blind = Participant(interaction_id=sent.interaction_id, person=kenji, part="bcc", at=sent.at)
    blind.workspace_id = sent.workspace_id
    blind.save(force_insert=True)
    assert kenji not in visible_to(viewer)
    Participant.objects.filter(id=blind.id).update(part="cc")
    assert kenji in visible_to(viewer)


def test_a_guest_reads_all_about_themselves(gus: Gus) -> None:
    own = gus.api("/me").json()["person_id"]
    assert gus.api(f"/people/{own}").json()["handles"][0]["value"] == GUS
