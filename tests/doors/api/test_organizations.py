"""Organizations, who knows whom, lists under a name, and many people at once, as a program asks for them."""

from __future__ import annotations

from uuid import UUID

import pytest

from rapport.people.models import Organization, PersonTag
from tests.care.conftest import History

from .conftest import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def northwind(maya_key: Program, history: History, priya: UUID, dana: UUID) -> str:
    """Northwind, where Priya and Dana are, and Jon knows Priya."""
    jon = history.person("Jon Bell", is_home=True)
    for days in range(60, 1, -5):
        history.happened("meeting", days, {jon: "organizer", priya: "attendee"})
    history.judge()
    for person in (priya, dana):
        maya_key.post(f"/people/{person}/affiliation", {"organization": "Northwind"})
    return str(Organization.objects.get(name="Northwind").id)


def test_an_organization_is_listed_and_opened(maya_key: Program, northwind: str, priya: UUID) -> None:
    (row,) = maya_key.get("/organizations", q="north")["rows"]
    assert (row["name"], row["people"], row["person"]["name"]) == ("Northwind", 2, "Priya Raman")
    assert row["figures"]["known"]
    whole = maya_key.get(f"/organizations/{northwind}")
    assert whole["unknown"] == 0
    there = {one["name"]: [tie["person"]["name"] for tie in one["ties"]] for one in whole["there"]}
    assert set(there["Priya Raman"]) == {"Jon Bell", "Maya Okafor"}
    assert there["Dana Whitfield"] == ["Maya Okafor"]
    assert whole["lately"]
    assert maya_key.get("/organizations", known="false")["rows"] == []


def test_it_is_corrected_and_joined_and_all_of_it_undone(maya_key: Program, northwind: str) -> None:
    maya_key.post("/people", {"name": "Wei Chen", "email": "wei@solace.example", "title": "Nurse"})
    other = maya_key.get("/organizations", q="solace")["rows"][0]["id"]
    done = maya_key.post(f"/organizations/{northwind}/merge", {"other": other})
    assert maya_key.get(f"/organizations/{other}")["domains"] == ["solace.example"]
    assert maya_key.get(f"/organizations/{northwind}")["people"] == 3
    assert (
        "Joined the organizations Northwind and Solace" in maya_key.post("/undo", {"entry": done["undo"]})["sentence"]
    )
    maya_key.ask("PATCH", f"/organizations/{northwind}", {"name": "Northwind Clinics"})
    assert maya_key.get(f"/organizations/{northwind}")["name"] == "Northwind Clinics"
    maya_key.post(f"/organizations/{northwind}/domains", {"domain": "nw.example"})
    answer = maya_key.ask("DELETE", f"/organizations/{northwind}/domains?domain=nw.example")
    assert answer.status_code == 200
    assert maya_key.ask("POST", f"/organizations/{northwind}/domains", {"domain": "gmail.com"}).status_code == 400


def test_who_knows_somebody(maya_key: Program, northwind: str, priya: UUID) -> None:
    found = maya_key.get(f"/people/{priya}/who-knows")
    assert [one["person"]["name"] for one in found["colleagues"]] == ["Jon Bell"]
    assert found["best"] == found["colleagues"][0]["person"]["id"]
    assert found["colleagues"][0]["last_at"]


def test_people_are_listed_by_all_of_it_and_by_a_list_under_a_name(maya_key: Program, northwind: str) -> None:
    assert [one["name"] for one in maya_key.get("/people", quiet=30, kind="theirs")["rows"]] == ["Priya Raman"]
    view = maya_key.post("/views", {"name": "Quiet", "quiet": 30, "kind": "theirs", "sort": "last"})
    (kept,) = maya_key.get("/views")["rows"]
    assert kept["asked"] == {"quiet": "30", "kind": "theirs", "sort": "last"}
    assert [one["name"] for one in maya_key.get("/people", view=view["id"])["rows"]] == ["Priya Raman"]
    assert maya_key.get("/people", view=view["id"], quiet=9000)["rows"] == []
    several = maya_key.ask("GET", "/people?strength=not_met&strength=close&whose=anybody")
    assert several.status_code == 200
    assert maya_key.ask("GET", "/people", query_params={"state": "splendid"}).status_code == 422
    maya_key.ask("PATCH", f"/views/{view['id']}", {"shared": True})
    assert maya_key.ask("DELETE", f"/views/{view['id']}").status_code == 200
    assert maya_key.get("/views")["rows"] == []


def test_many_are_tagged_at_once_by_name_or_by_filter(maya_key: Program, northwind: str, priya: UUID) -> None:
    done = maya_key.post("/many-people/tag", {"all": True, "organization": northwind, "word": "partner"})
    assert (done["people"], done["changed"]) == (2, 2)
    assert maya_key.post("/many-people/untag", {"people": [str(priya)], "word": "partner"})["changed"] == 1
    assert PersonTag.objects.count() == 1
    assert "Tagged 2 people with “partner”" in maya_key.post("/undo", {"entry": done["undo"]})["sentence"]
    assert maya_key.ask("POST", "/many-people/tag", {"word": "partner"}).status_code == 422
    placed = maya_key.post("/many-people/place", {"people": [str(priya)], "at": "Solace"})
    assert placed["changed"] == 1


def test_many_are_given_out_as_a_file(maya_key: Program, northwind: str) -> None:
    table = maya_key.ask("POST", "/many-people/export", {"all": True, "organization": northwind})
    assert table.headers["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert table.content.decode("utf-8-sig").splitlines()[0].startswith("Name,Title,Organization")
    cards = maya_key.ask("POST", "/many-people/export", {"all": True, "organization": northwind, "form": "vcard"})
    assert cards.content.count(b"BEGIN:VCARD") == 2
