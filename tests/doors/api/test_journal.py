"""What was changed, and taking it back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from rapport.accounts.models import JournalEntry
from rapport.kit.ids import new_id

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
    assert maya_key.post("/undo", {"entry": added["undo"]})["sentence"] == "Undone: Added Ana."
    again = maya_key.ask("POST", "/undo", {"entry": added["undo"]})
    assert (again.status_code, again.json()["code"]) == (409, "undone-already")
    entry = maya_key.get("/journal")["rows"][0]
    assert (entry["can_undo"], entry["undone_at"] is not None) == (False, True)
    assert maya_key.ask("POST", "/undo").status_code == 404


def test_a_program_sees_also_what_was_changed_long_ago(maya_key: Program) -> None:
    maya_key.post("/people", {"name": "Ana"})
    JournalEntry.objects.update(at=F("at") - timedelta(days=90))
    assert [row["subject"] for row in maya_key.get("/journal")["rows"]][:1] == ["Ana"]


def test_what_has_to_stay_is_named_and_the_one_before_is_taken_back(maya_key: Program) -> None:
    """Ana is added, then Bo; Bo gets a tag that a colleague's key could take off again, so that Bo has to stay."""
    ana, bo = (maya_key.post("/people", {"name": name}) for name in ("Ana", "Bo"))
    noted = maya_key.post(f"/people/{bo['id']}/tags", {"word": "gardener"})
    JournalEntry.objects.filter(id=noted["undo"]).update(membership=None)
    undone = maya_key.post("/undo")
    why = "Something has happened with them since, so they stay. Take back first what came since, or leave it as it is."
    assert undone["sentence"] == f"Undone: Added Ana. Not undone: Added Bo. {why}"
    assert [(one["id"], one["verb"]) for one in undone["stay"]] == [(bo["undo"], "person.add")]
    assert undone["id"] == ana["undo"]
    for named in ({"entry": bo["undo"]}, {}):
        refused = maya_key.ask("POST", "/undo", named)
        assert (refused.status_code, refused.json()["code"]) == (409, "has-history")
        assert refused.json()["detail"] == f"Not undone: Added Bo. {why}"
        assert refused.json()["fields"]["entry"] == bo["undo"]
    assert maya_key.get(f"/people/{bo['id']}")["name"] == "Bo"


def test_what_is_gone_is_passed_over(maya_key: Program) -> None:
    ana, bo = (maya_key.post("/people", {"name": name}) for name in ("Ana", "Bo"))
    maya_key.post(f"/people/{ana['id']}/merge", {"other": bo["id"]})
    merge = JournalEntry.objects.get(verb="person.merge")
    JournalEntry.objects.filter(id=merge.id).update(way_back={"merge_id": str(new_id())})
    assert "What it was about is no longer here." in maya_key.ask("POST", "/undo", {"entry": str(merge.id)}).text
