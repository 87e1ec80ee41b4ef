"""What we know about somebody, what they asked of us, and that they are erased: through the browser."""

from __future__ import annotations

import io
import json
import re
import zipfile
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry, Membership, Role
from rapport.interactions.erasing.going_on import go_on
from rapport.interactions.models import Erasure, Interaction, Participant, Thread
from rapport.people.models import Affiliation, Handle, Person, Wish
from rapport.relationships.models import Relationship

pytestmark = pytest.mark.django_db


def test_everything_is_on_the_page_and_in_the_file(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get(f"/people/{priya}/known").text
    for words in ("priya@northwind.example", "Northwind Clinics", "The rota works", "Head of Operations", "rota 58"):
        assert words in page or words == "rota 58", words
    assert f'href="/people/{priya}/known"' in client_maya.get(f"/people/{priya}").text
    answer = client_maya.get(f"/people/{priya}/known/file")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="what-we-know-')
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    kept = json.loads(archive.read("everything.json"))
    assert len(kept["sections"]["interaction"]) == 52
    assert "rota 58" in archive.read("read-me.html").decode()


def test_a_number_of_the_latest_alone_is_not_told_as_that_of_all(client_maya: Client, priya: UUID) -> None:
    """The page reads the latest fifty, the file all: each of 52 moments is a conversation of its own."""
    with_her = Participant.objects.filter(person_id=priya).values("interaction_id")
    for one in Interaction.objects.filter(id__in=with_her):
        thread = Thread.objects.create(workspace_id=one.workspace_id, root=str(one.id), subject="The rota")
        Interaction.objects.filter(id=one.id).update(thread_id=thread.id)
    page = client_maya.get(f"/people/{priya}/known").text
    told = dict(re.findall(r'<span class="strong">([^<]+)</span> <span class="quiet num">([^<]+)</span>', page))
    assert told["Conversations"].endswith("of the latest 50 moments")
    archive = zipfile.ZipFile(io.BytesIO(client_maya.get(f"/people/{priya}/known/file").content))
    whole = len(json.loads(archive.read("everything.json"))["sections"]["thread"])
    assert f"<h2>Conversations ({whole})</h2>" in archive.read("read-me.html").decode()


def test_the_whole_file_wants_a_reason_and_is_written_down(client_maya: Client, priya: UUID) -> None:
    refused = client_maya.post(f"/people/{priya}/known/whole", {"why": " "})
    assert refused.status_code == 400
    assert "Say who asked for it, and when." in refused.text
    assert not JournalEntry.objects.filter(verb="person.known").exists()
    answer = client_maya.post(f"/people/{priya}/known/whole", {"why": "By letter."})
    assert json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("everything.json"))["is_whole"]
    assert JournalEntry.objects.get(verb="person.known").values == {"why": "By letter."}
    assert "Made the whole file of Priya Raman" in client_maya.get("/settings/changes").text


def test_who_does_not_own_the_workspace_makes_no_whole_file_and_erases_nobody(
    client_maya: Client, maya_membership: Membership, priya: UUID
) -> None:
    Membership.objects.filter(id=maya_membership.id).update(role=Role.ADMIN)
    page = client_maya.get(f"/people/{priya}/known").text
    assert "/known/whole" not in page
    assert "/erase" not in page
    assert client_maya.post(f"/people/{priya}/known/whole", {"why": "x"}).status_code == 403
    assert client_maya.get(f"/people/{priya}/erase").status_code == 403
    assert client_maya.post(f"/people/{priya}/erase", {"name": "Priya Raman"}).status_code == 403
    assert client_maya.get("/erasures").status_code == 403
    Membership.objects.filter(id=maya_membership.id).update(role=Role.GUEST)
    assert client_maya.get(f"/people/{priya}/known").status_code in (403, 404)
    assert Person.objects.filter(id=priya).exists()


def test_not_to_be_scored_shows_on_the_page_and_the_list_and_is_lifted(client_maya: Client, priya: UUID) -> None:
    before = client_maya.get(f"/people/{priya}").text
    assert 'id="why"' in before
    client_maya.post(f"/people/{priya}/wishes", {"kind": "do-not-score", "why": "By phone."})
    page = client_maya.get(f"/people/{priya}").text
    assert "Not scored, as they asked" in page
    assert "By phone." in page
    assert "Is it still alive?" not in page
    assert "Rhythm" not in page
    assert "Not scored, as they asked" in client_maya.get("/people").text
    assert "no figures" in client_maya.get(f"/people/{priya}/why").text
    assert not Relationship.objects.filter(person_id=priya).exists()
    client_maya.post(f"/people/{priya}/wishes/do-not-score/lift")
    assert "Is it still alive?" in client_maya.get(f"/people/{priya}").text
    assert not Wish.objects.exists()


def test_not_to_be_contacted_takes_every_way_in_away(client_maya: Client, priya: UUID) -> None:
    assert "mailto:priya" in client_maya.get(f"/people/{priya}").text
    client_maya.post(f"/people/{priya}/wishes", {"kind": "do-not-contact", "why": "She moved on."})
    page = client_maya.get(f"/people/{priya}").text
    assert "mailto:" not in page
    assert "tel:" not in page
    assert "Do not contact" in page
    assert "She moved on." in page
    assert "do not contact" in client_maya.get("/people").text


def test_a_place_is_taken_out_of_the_path(client_maya: Client, priya: UUID) -> None:
    place = Affiliation.objects.filter(person_id=priya)[0]
    client_maya.post(f"/people/{priya}/places/{place.id}/remove")
    assert not Affiliation.objects.filter(id=place.id).exists()


def test_erasing_wants_the_name_and_says_what_goes(client_maya: Client, by: By, priya: UUID) -> None:
    page = client_maya.get(f"/people/{priya}/erase").text
    assert "priya@northwind.example" in page
    assert "52 mails, meetings and notes that nobody else from outside was in" in page
    assert client_maya.post(f"/people/{priya}/erase", {"name": "Priya"}).status_code == 400
    assert Person.objects.filter(id=priya).exists()
    answer = client_maya.post(f"/people/{priya}/erase", {"name": "priya raman"})
    assert answer.headers["Location"] == "/erasures"
    assert not Person.objects.filter(id=priya).exists()
    page = client_maya.get("/erasures").text
    assert "Priya Raman" not in page
    assert "0 of 52 things gone whole" in page
    go_on(by.viewer.workspace_id, settings.HOUSE.path, settings.HOUSE.files_folder)
    assert Erasure.objects.get().counts == {"alone": 52}
    assert not Interaction.objects.exists()
    assert "52 things gone whole" in client_maya.get("/erasures").text
    assert "Priya Raman" not in client_maya.get("/settings/changes").text
    refused = client_maya.post("/people/new", {"name": "Priya", "email": "priya@northwind.example"})
    assert "asked to be erased" in refused.text
    client_maya.post("/erasures", {"address": "priya@northwind.example"})
    client_maya.post("/people/new", {"name": "Priya", "email": "priya@northwind.example"})
    assert Handle.objects.filter(value="priya@northwind.example").exists()
