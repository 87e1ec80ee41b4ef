"""What was changed, and taking it back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from rapport.accounts.models import JournalEntry

from .conftest import Program


def test_changes_come_newest_first_by_pages(maya_key: Program) -> None:
    for name in ("Ana", "Bo", "Cleo"):
        maya_key.post("/people", {"name": name})
    first = maya_key.get("/journal", limit=2)
    second = maya_key.get("/journal", limit=2, cursor=first["next"])
    assert [row["subject"] for row in first["rows"] + second["rows"]][:3] == ["Cleo", "Bo", "Ana"]
    assert {(row["verb"], row["door"], row["by"]) for row in first["rows"]} == {("person.add", "api", "Maya Okafor")}


def test_a_change_is_taken_back_once(maya_key: Program) -> None:
    added = maya_key.post("/people", {"name": "Ana"})
    assert maya_key.post("/undo", {"entry": added["undo"]})["sentence"] == "Taken back: Added Ana."
    again = maya_key.ask("POST", "/undo", {"entry": added["undo"]})
    assert (again.status_code, again.json()["code"]) == (409, "undone-already")
    entry = maya_key.get("/journal")["rows"][0]
    assert (entry["can_undo"], entry["undone_at"] is not None) == (False, True)
    assert maya_key.ask("POST", "/undo").status_code == 404


def test_a_program_sees_also_what_was_changed_long_ago(maya_key: Program) -> None:
    maya_key.post("/people", {"name": "Ana"})
    JournalEntry.objects.update(at=F("at") - timedelta(days=90))
    assert [row["subject"] for row in maya_key.get("/journal")["rows"]][:1] == ["Ana"]
