"""A sentence becomes an interaction, or a question when it is not clear who is meant."""

from __future__ import annotations

from uuid import UUID

from rapport.interactions.models import Interaction
from tests.care.conftest import History

from .conftest import Program

CALLED = {"text": "called Priya 10 min, rota works"}


def test_a_sentence_is_kept_counted_and_taken_back(maya_key: Program, history: History, priya: UUID) -> None:
    history.judge()
    before = maya_key.get(f"/people/{priya}")["figures"]["signals"]
    told = maya_key.post("/log", CALLED)
    assert told["sentence"] == "Call with Priya Raman, 10 min, today: rota works"
    kept = maya_key.get(f"/interactions/{told['interaction']}")
    assert (kept["kind"], kept["minutes"], kept["text"], kept["by_hand"]) == ("call", 10, "rota works", True)
    assert maya_key.get(f"/people/{priya}")["figures"]["signals"] == before + 1
    undone = maya_key.post("/undo")
    assert undone["sentence"] == "Undone: Logged something with Priya Raman."
    assert maya_key.get(f"/people/{priya}")["figures"]["signals"] == before


def test_understanding_keeps_nothing_and_reading_is_enough(reading_key: Program, priya: UUID) -> None:
    before = Interaction.objects.count()
    told = reading_key.post("/log/understand", CALLED)
    assert told["interaction"] is None
    assert [one["name"] for one in told["understood"]["people"]] == ["Priya Raman"]
    assert Interaction.objects.count() == before


def test_what_is_given_beside_a_sentence_wins(maya_key: Program, priya: UUID) -> None:
    given = {**CALLED, "kind": "visit", "minutes": 25, "at": "2026-11-18T10:00:00Z"}
    kept = maya_key.get(f"/interactions/{maya_key.post('/log', given)['interaction']}")
    assert (kept["kind"], kept["minutes"], kept["at"]) == ("visit", 25, "2026-11-18T10:00:00Z")


def test_a_name_of_two_asks_who_is_meant(maya_key: Program, history: History, priya: UUID) -> None:
    other = history.person("Priya Anand")
    refused = maya_key.ask("POST", "/log", CALLED)
    assert (refused.status_code, refused.json()["code"]) == (409, "who-is-meant")
    choices = refused.json()["fields"]["choices"][0]
    assert choices["words"] == "Priya"
    assert {one["id"] for one in choices["people"]} == {str(priya), str(other)}
    told = maya_key.post("/log", {**CALLED, "person_ids": [str(other)]})
    assert [one["name"] for one in told["understood"]["people"]] == ["Priya Anand"]


def test_nobody_known_nobody_named_and_not_yet_are_refused(maya_key: Program, priya: UUID) -> None:
    said = ("called Xenophon 5 min", "called Priya tomorrow")
    codes = [maya_key.ask("POST", "/log", {"text": text}).json()["code"] for text in said]
    assert codes == ["who-is-meant", "not-yet"]
    assert not Interaction.objects.filter(by_hand=True).exists()


def test_a_name_of_nobody_given_beside_stays_in_the_note(maya_key: Program, priya: UUID) -> None:
    lunch = {"text": "lunch with Priya and Xyzzy, rota works"}
    assert maya_key.ask("POST", "/log", lunch).json()["code"] == "who-is-meant"
    told = maya_key.post("/log", {**lunch, "person_ids": [str(priya)]})
    assert told["understood"]["note"] == "(Xyzzy) rota works"
    assert told["choices"] == []
