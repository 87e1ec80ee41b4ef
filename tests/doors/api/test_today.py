"""Today through the API: named people with evidence that opens, and what is done about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from rapport.care.models import Suggestion
from rapport.kit import clock
from tests.care.conftest import History

from .conftest import Program


def _items(today: dict[str, Any]) -> dict[str, Any]:
    return {item["person"]["name"]: item for group in today["groups"] for item in group["items"]}


def test_today_names_people_with_reasons_and_evidence_that_opens(
    maya_key: Program, history: History, priya: UUID, dana: UUID
) -> None:
    history.judge()
    today = maya_key.get("/today")
    items = _items(today)
    assert set(items) == {"Priya Raman", "Dana Whitfield"}
    assert [group["care"] for group in today["groups"]] == ["answer", "stay-close"]
    asked = items["Dana Whitfield"]["evidence"][0]
    assert asked["quote"] == "Could we see the rota by Friday?"
    assert maya_key.get(f"/interactions/{asked['interaction_id']}")["question"] == asked["quote"]
    assert items["Priya Raman"]["figures"]["known"]
    assert today["minutes"] == sum(item["minutes"] for item in items.values())
    assert maya_key.get("/today") == today


def test_done_later_and_not_needed_can_be_taken_back(maya_key: Program, history: History, dana: UUID) -> None:
    history.judge()
    for verb in ("done", "later", "not-needed"):
        suggestion = _items(maya_key.get("/today"))["Dana Whitfield"]["suggestion_id"]
        acted = maya_key.post(f"/today/{suggestion}/{verb}")
        assert _items(maya_key.get("/today"))["Dana Whitfield"]["state"] == verb
        assert maya_key.ask("POST", f"/today/{suggestion}/{verb}", {}).status_code == 409
        maya_key.post("/undo", {"entry": acted["undo"]})
        assert _items(maya_key.get("/today"))["Dana Whitfield"]["state"] == "open"
    maya_key.post(f"/today/{suggestion}/done")
    maya_key.post(f"/today/{suggestion}/reopen")
    assert _items(maya_key.get("/today"))["Dana Whitfield"]["state"] == "open"


def test_a_verb_without_a_body_is_enough(maya_key: Program, history: History, dana: UUID) -> None:
    history.judge()
    suggestion = _items(maya_key.get("/today"))["Dana Whitfield"]["suggestion_id"]
    assert maya_key.ask("POST", f"/today/{suggestion}/later").status_code == 200
    assert maya_key.ask("POST", "/undo").status_code == 200


def test_a_day_looked_back_at_stores_nothing(maya_key: Program, history: History, dana: UUID) -> None:
    history.judge()
    day = (history.now).date().isoformat()
    looked = maya_key.get("/today", as_of=day)
    assert looked["day"] == day
    assert _items(looked)["Dana Whitfield"]["suggestion_id"] is None
    assert not Suggestion.objects.exists()
    assert maya_key.get("/today", as_of="2020-01-01")["sentence"] == "Nobody needed you on 2020-01-01."


def test_an_empty_day_says_so(maya_key: Program) -> None:
    today = maya_key.get("/today")
    assert (today["sentence"], today["groups"], today["minutes"]) == ("Nobody needs you today.", [], 0)


def test_an_old_archive_says_how_old_it_is(maya_key: Program, history: History) -> None:
    history.mail(history.maya, history.person("Old"), 900)
    history.judge()
    today = maya_key.get("/today")
    assert today["look_back_to"] == "2024-06-03"
    assert today["sentence"] == "Nobody needs you today. The newest contact here is from 3 June 2024."
    then = maya_key.get("/today", as_of=today["look_back_to"])
    assert (then["day"], then["look_back_to"]) == ("2024-06-03", None)


def test_a_day_off_is_told(maya_key: Program, history: History, dana: UUID) -> None:
    history.judge()
    assert not maya_key.get("/today")["is_day_off"]
    with clock.stopped_at(history.now + timedelta(days=1)):  # a Saturday
        today = maya_key.get("/today")
    assert today["is_day_off"]
    assert today["sentence"].endswith(" It is your day off.")
