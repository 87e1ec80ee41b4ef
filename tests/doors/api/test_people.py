"""People through the API: found, listed, opened, explained, changed, merged."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from rapport.accounts.access import Viewer
from rapport.kit import clock
from tests.care.conftest import History

from .conftest import Program


def test_people_come_by_pages_each_once(maya_key: Program, history: History) -> None:
    for name in ("Ana", "Bo", "Cleo", "Dora", "Emil"):
        history.person(name)
    names: list[str] = []
    cursor: dict[str, str] = {}
    for _page in range(4):
        page = maya_key.get("/people", limit=2, **cursor)
        names += [row["name"] for row in page["rows"]]
        cursor = {"cursor": page["next"]}
        if page["next"] is None:
            break
    assert names == ["Ana", "Bo", "Cleo", "Dora", "Emil", "Maya Okafor"]


def test_who_was_never_met_is_unknown_and_not_weak(maya_key: Program, history: History, priya: UUID) -> None:
    history.person("Nobody Yet")
    history.judge()
    rows = {row["name"]: row["figures"] for row in maya_key.get("/people", sort="strength")["rows"]}
    assert rows["Priya Raman"]["known"]
    assert rows["Priya Raman"]["strength"] > 0
    assert rows["Nobody Yet"] | {"strength_word": "", "health_word": ""} == rows["Nobody Yet"] | {
        "known": False, "strength": None, "vitality": None, "strength_word": "", "health_word": "",
    }  # fmt: skip


def test_relationships_are_those_one_has(maya_key: Program, history: History, priya: UUID, dana: UUID) -> None:
    history.person("Nobody Yet")
    history.judge()
    found = maya_key.get("/relationships")
    assert [row["person"]["name"] for row in found["rows"]] == ["Priya Raman", "Dana Whitfield"]
    assert found["next"] is None
    first = maya_key.get("/relationships", limit=1)
    assert [row["person"]["name"] for row in maya_key.get("/relationships", cursor=first["next"])["rows"]] == [
        "Dana Whitfield"
    ]


def test_rows_add_up_and_open_into_their_evidence(maya_key: Program, history: History, priya: UUID) -> None:
    history.judge()
    why = maya_key.get(f"/people/{priya}/relationship")
    assert sum(row["points"] for row in why["explanation"]["rows"]) == why["figures"]["strength"]
    messages = next(row for row in why["explanation"]["rows"] if row["kind"] == "messages")
    asked = {name: value for name, value in messages["evidence"].items() if value not in (None, [])}
    evidence = maya_key.get(f"/people/{priya}/evidence", **asked, limit=200)
    assert evidence["rows"]
    assert {row["kind"] for row in evidence["rows"]} == {"mail"}
    opened = maya_key.get(f"/interactions/{evidence['rows'][0]['id']}")
    assert {one["name"] for one in opened["people"]} == {"Maya Okafor", "Priya Raman"}


def test_a_horizon_changes_vitality_and_nothing_else(maya_key: Program, history: History, priya: UUID) -> None:
    history.judge()
    own = maya_key.get(f"/people/{priya}/relationship")["figures"]
    year = maya_key.get(f"/people/{priya}/relationship", horizon_days=365)["figures"]
    assert year["horizon_days"] == 365
    assert year["vitality"] > own["vitality"]
    assert year["strength"] == own["strength"]


def test_as_of_answers_from_what_had_happened_by_then(maya_key: Program, history: History, priya: UUID) -> None:
    history.judge()
    then = (history.now - timedelta(days=200)).date().isoformat()
    long_ago = (history.now - timedelta(days=400)).date().isoformat()
    now = maya_key.get(f"/people/{priya}")["figures"]
    earlier = maya_key.get(f"/people/{priya}", as_of=then)["figures"]
    assert earlier["known"]
    assert earlier["signals"] < now["signals"]
    assert not maya_key.get(f"/people/{priya}", as_of=long_ago)["figures"]["known"]
    rows = maya_key.get(f"/people/{priya}/timeline", as_of=then, limit=200)["rows"]
    assert rows
    assert max(row["at"] for row in rows)[:10] <= then
    assert {row["id"]: row["figures"] for row in maya_key.get("/people", as_of=then)["rows"]}[str(priya)] == earlier


def test_a_timeline_can_be_narrowed(maya_key: Program, history: History, priya: UUID) -> None:
    history.happened("call", 2, {history.maya: "from", priya: "to"}, minutes=10)
    calls = maya_key.get(f"/people/{priya}/timeline", kinds=["call", "visit"])["rows"]
    assert [(row["kind"], row["by"], row["minutes"]) for row in calls] == [("call", "us", 10)]
    assert all(row["by"] == "them" for row in maya_key.get(f"/people/{priya}/timeline", by_us=False)["rows"])


def test_a_person_is_added_changed_known_and_all_of_it_taken_back(maya_key: Program, now: datetime) -> None:
    added = maya_key.post("/people", {"name": "Zoë Müller", "email": "zoe@harbour.example", "title": "Director"})
    address = f"/people/{added['id']}"
    edited = maya_key.ask("PATCH", address, {"birthday": "--02-29", "pronouns": "she"})
    assert edited.status_code == 200
    maya_key.post(f"{address}/facts", {"kind": "family", "value": "Two cats."})
    maya_key.post(f"{address}/tags", {"word": "partner"})
    maya_key.post(f"{address}/handles", {"kind": "email", "value": "zoe@home.example"})
    with clock.stopped_at(now + timedelta(minutes=1)):
        maya_key.post(f"{address}/affiliation", {"organization": "Quayside", "title": "Chair"})
    note = maya_key.post(f"{address}/notes", {"text": "Prefers mornings."})
    person = maya_key.get(address)
    assert (person["name"], person["birthday"], person["pronouns"]) == ("Zoë Müller", "--02-29", "she")
    assert person["path"][0]["organization"] == "Quayside"
    assert person["tags"] == ["partner"]
    assert [one["kind"] for one in maya_key.get(f"{address}/timeline")["rows"]] == ["note"]

    maya_key.post("/undo", {"entry": edited.json()["undo"]})
    assert maya_key.ask("DELETE", f"{address}/tags?word=Partner").status_code == 200
    assert maya_key.ask("DELETE", f"/facts/{person['facts'][0]['id']}").status_code == 200
    home = next(one for one in person["handles"] if one["value"] == "zoe@home.example")
    assert maya_key.ask("DELETE", f"/handles/{home['id']}").status_code == 200
    assert maya_key.ask("DELETE", f"/notes/{note['id']}").status_code == 200
    person = maya_key.get(address)
    assert (person["birthday"], person["pronouns"], person["tags"], person["facts"]) == (None, "", [], [])
    assert [one["value"] for one in person["handles"]] == ["zoe@harbour.example"]
    maya_key.post("/undo", {"entry": added["undo"]})
    assert maya_key.ask("GET", address).status_code == 404


def test_a_birthday_is_given_in_words_and_never_to_come(maya_key: Program) -> None:
    address = f"/people/{maya_key.post('/people', {'name': 'Zoë'})['id']}"
    assert maya_key.ask("PATCH", address, {"birthday": "5. Mai 1980"}).status_code == 200
    refused = maya_key.ask("PATCH", address, {"birthday": "2990-05-05"})
    assert (refused.status_code, refused.json()["code"]) == (400, "birthday-to-come")
    assert "“2990-05-05” is still to come" in refused.text
    assert maya_key.get(address)["birthday"] == "1980-05-05"


def test_what_a_change_does_not_name_stays(maya_key: Program) -> None:
    added = maya_key.post("/people", {"name": "Zoë"})
    maya_key.ask("PATCH", f"/people/{added['id']}", {"birthday": "1987-03-14", "said": "ZOH-ee"})
    maya_key.ask("PATCH", f"/people/{added['id']}", {"birthday": ""})
    person = maya_key.get(f"/people/{added['id']}")
    assert (person["name"], person["birthday"], person["said"]) == ("Zoë", None, "ZOH-ee")
    assert maya_key.ask("PATCH", f"/people/{added['id']}", {}).status_code == 422


def test_two_become_one_and_are_taken_apart(maya_key: Program, history: History, priya: UUID, dana: UUID) -> None:
    history.judge()
    before = maya_key.get(f"/people/{priya}")
    maya_key.post(f"/people/{priya}/merge", {"other": str(dana)})
    merged = maya_key.get(f"/people/{dana}")
    assert merged["id"] == str(priya)
    assert merged["figures"]["signals"] == before["figures"]["signals"] + 1
    maya_key.post(f"/merges/{merged['merges'][0]['merge_id']}/undo")
    assert maya_key.get(f"/people/{priya}") == before
    assert maya_key.get(f"/people/{dana}")["name"] == "Dana Whitfield"
    assert maya_key.ask("POST", f"/people/{priya}/merge", {"other": str(priya)}).status_code == 409


def test_somebody_is_found_by_a_name_a_slip_or_an_id(maya_key: Program, priya: UUID) -> None:
    assert maya_key.get("/find", q="priya") == {
        "rows": [{"id": str(priya), "name": "Priya Raman", "organization": ""}], "is_guess": False, "more": 0,
    }  # fmt: skip
    assert maya_key.get("/find", q=str(priya))["rows"][0]["name"] == "Priya Raman"
    assert maya_key.get("/find", q="prija ramen")["is_guess"]
    assert maya_key.get("/find", q="zzzzzz")["rows"] == []


def test_who_asks_is_not_somebody_they_never_met(maya_key: Program, maya: Viewer) -> None:
    own = str(maya.person_id)
    listed = next(one for one in maya_key.get("/people")["rows"] if one["id"] == own)
    for figures in (listed["figures"], maya_key.get(f"/people/{own}")["figures"]):
        assert (figures["known"], figures["strength_word"], figures["health_word"]) == (False, "you", "")
    refused = maya_key.ask("GET", f"/people/{own}/relationship")
    assert (refused.status_code, refused.json()["code"]) == (400, "oneself")


@pytest.mark.parametrize("sort", ["name", "strength", "last"])
def test_pages_neither_skip_nor_repeat_while_people_are_added(
    maya_key: Program, history: History, priya: UUID, dana: UUID, sort: str
) -> None:
    history.judge()
    before = {maya_key.post("/people", {"name": f"{letter} Tester"})["id"] for letter in "BDFHJ"} | {
        str(priya),
        str(dana),
    }
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = maya_key.get("/people", sort=sort, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [one["id"] for one in page["rows"]]
        cursor = page["next"]
        if len(seen) < 20:
            maya_key.post("/people", {"name": f"{'ACEGIKMNOPQRSTUVWXYZ'[len(seen)]} Between"})
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_what_lists_go_by_is_changed_by_a_program(maya_key: Program, priya: UUID, dana: UUID) -> None:
    assert maya_key.ask("PATCH", f"/people/{priya}", {"listed_as": "Aaa"}).status_code == 200
    assert maya_key.get(f"/people/{priya}")["listed_by"] == "aaa"
    assert maya_key.get("/people")["rows"][0]["id"] == str(priya)


def test_one_fault_among_what_is_changed_keeps_nothing(maya_key: Program, priya: UUID) -> None:
    before = maya_key.get(f"/people/{priya}")
    given = {"name": "Pria", "do_not_contact": True, "time_zone": "Europe/Nowhere"}
    refused = maya_key.ask("PATCH", f"/people/{priya}", given)
    assert refused.status_code == 400
    assert refused.json()["fields"]["field"] == "time_zone"
    assert maya_key.get(f"/people/{priya}") == before
