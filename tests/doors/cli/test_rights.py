"""known and erase, typed."""

from __future__ import annotations

import contextlib
import json
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from rapport.accounts.models import JournalEntry
from rapport.doors.cli import rights
from rapport.interactions.models import Erasure
from rapport.kit.trouble import Trouble
from rapport.people.models import Person

from .conftest import Type

pytestmark = pytest.mark.django_db


def test_everything_known_is_told_and_written_to_a_file(typed: Type, priya: UUID, tmp_path: Path) -> None:
    said = typed("known", "priya").stdout
    assert "Priya" in said
    assert "What happened (" in said
    kept = json.loads(typed("known", "priya", "--json").stdout)
    assert kept["person_id"] == str(priya)
    file = tmp_path / "priya.zip"
    typed("known", "priya", "--whole", "--why", "Her letter.", "--file", str(file))
    assert json.loads(zipfile.ZipFile(file).read("everything.json"))["is_whole"]
    assert JournalEntry.objects.get(verb="person.known").values == {"why": "Her letter."}
    assert isinstance(typed("known", "priya", "--file", str(file)).exception, Trouble)
    assert isinstance(typed("known", "priya", "--whole").exception, Trouble)


def test_somebody_is_erased_to_the_end_once_their_name_is_written(
    typed: Type, priya: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "house_open", lambda: contextlib.nullcontext(settings.HOUSE))
    name = Person.objects.get(id=priya).name
    planned = typed("erase", "priya", "--plan").stdout
    assert planned.startswith("Would be gone: Priya Raman")
    assert "It cannot be undone." in planned
    assert "Gone" not in planned
    assert isinstance(typed("erase", "priya", "--name", "somebody").exception, Trouble)
    assert Person.objects.filter(id=priya).exists()
    assert "They are erased." in typed("erase", "priya", "--name", name).stdout
    assert not Person.objects.filter(id=priya).exists()
    assert Erasure.objects.get().sought is None or Erasure.objects.get().stage == "files"


def test_wishes_are_written_down_by_name(typed: Type, priya: UUID) -> None:
    typed("do", "people.ask-not", "person_id=priya", "kind=do-not-score", "why=By phone")
    told = json.loads(typed("do", "people.get", "person_id=priya").stdout)
    assert told["figures"]["not_scored"] is True
    assert told["figures"]["strength"] is None
    assert [(one["kind"], one["why"]) for one in told["wishes"]] == [("do-not-score", "By phone")]
    assert "Not scored" in typed("why", "priya").stdout
    typed("do", "people.edit", "person_id=priya", "do_not_contact=true")
    assert json.loads(typed("do", "people.get", "person_id=priya").stdout)["do_not_contact"] is True
