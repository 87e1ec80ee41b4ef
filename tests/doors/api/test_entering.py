"""Who comes in and what they may: the whole catalogue, asked by those who may not."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.keys import make_key
from rapport.accounts.models import Key, Membership, Role
from rapport.care.views import save_view
from rapport.doors.operations.catalogue import Operation, catalogue
from rapport.interactions.imports import GivenFile, start_import
from rapport.kit import clock
from rapport.kit.ids import new_id
from rapport.people.models import Fact, Handle, Merge, Organization
from tests.care.conftest import History

from .conftest import Program

BODIES: dict[str, Any] = {
    "erasures.let-come-back": {"value": "zoe@home.example"},
    "home.edit": {"domain": "quayside.example"},
    "interactions.log": {"text": "called Priya"},
    "interactions.understand": {"text": "called Priya"},
    "members.set-role": {"role": "guest"},
    "organizations.add-domain": {"domain": "quayside.example"},
    "organizations.edit": {"name": "Quayside"},
    "members.want-second-factor": {"wanted": True},
    "people.add": {"name": "Zoë"},
    "people.add-handle": {"kind": "email", "value": "zoe@home.example"},
    "people.ask-not": {"kind": "do-not-score"},
    "people.erase": {"name": "Zoë"},
    "people.known-whole": {"why": "She asked by letter."},
    "people.edit": {"name": "Zoë"},
    "people.export": {"all": True},
    "people.fact": {"kind": "family", "value": "Two cats."},
    "people.note": {"text": "Mornings."},
    "people.place": {"organization": "Quayside"},
    "people.place-many": {"all": True, "at": "Quayside"},
    "people.tag": {"word": "partner"},
    "people.tag-many": {"all": True, "word": "partner"},
    "people.untag-many": {"all": True, "word": "partner"},
    "views.edit": {"name": "At risk"},
    "views.save": {"name": "At risk"},
    "workspace.end": {"name": "Another one"},
}
QUERIES = {
    "interactions.search": "?q=rota",
    "organizations.remove-domain": "?domain=quayside.example",
    "people.find": "?q=priya",
    "people.lift": "?kind=do-not-score",
    "people.untag": "?word=partner",
}
PLACES = {"place": "0"}


def _ask(program: Program, operation: Operation, ids: dict[str, UUID], **more: Any) -> Any:
    path = re.sub(r"{(\w+)}", lambda found: str(ids.get(found[1], PLACES.get(found[1]) or new_id())), operation.path)
    path += QUERIES.get(operation.name, "")
    body = BODIES.get(operation.name)
    if operation.name in ("people.merge", "organizations.merge"):
        body = {"other": str(ids.get("other", new_id()))}
    if operation.carries == "files":
        with open(__file__, "rb") as file:
            return program.ask("POST", path, None, data={"files": file}, **more)
    return program.ask(operation.method, path, body, **more)


def _codes(program: Program, operations: list[Operation], ids: dict[str, UUID] | None = None) -> dict[str, int]:
    """By operation, each asked from another address: what is asked too often is not looked at."""
    where = (f"10.0.0.{number}" for number, _one in enumerate(operations))
    return {one.name: _ask(program, one, ids or {}, REMOTE_ADDR=next(where)).status_code for one in operations}


def test_nobody_gets_anything_without_a_key(maya_membership: Membership) -> None:
    every = list(catalogue().values())
    other = Program(f"rap_{maya_membership.workspace_id.hex}_not-the-secret")
    for program in (Program(""), Program("rap_x_y"), other, Program(f"rap_{new_id().hex}_secret")):
        assert set(_codes(program, every).values()) == {401}
    refused = Client().get("/api/v1/people")
    assert (refused.status_code, refused.json()["code"]) == (401, "not-signed-in")
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_wrong_keys_from_one_address_are_slowed(maya_key: Program, maya_membership: Membership, now: datetime) -> None:
    wrong = Program(f"rap_{maya_membership.workspace_id.hex}_not-the-secret")
    answers = [wrong.ask("GET", "/me", REMOTE_ADDR="10.9.9.9").status_code for _guess in range(31)]
    assert answers == [401] * 30 + [429]
    refused = maya_key.ask("GET", "/me", REMOTE_ADDR="10.9.9.9")  # a guess that came right is not told either
    assert (refused.status_code, refused.json()["code"], refused["Retry-After"]) == (429, "too-often", "900")
    assert maya_key.ask("GET", "/me", REMOTE_ADDR="10.9.9.8").status_code == 200
    with clock.stopped_at(now + timedelta(minutes=10)):
        assert wrong.ask("GET", "/me", REMOTE_ADDR="10.9.9.9")["Retry-After"] == "300"
    with clock.stopped_at(now + timedelta(minutes=15)):
        assert maya_key.ask("GET", "/me", REMOTE_ADDR="10.9.9.9").status_code == 200


def test_a_right_key_is_never_too_often(maya_key: Program) -> None:
    assert {maya_key.ask("GET", "/me").status_code for _asked in range(35)} == {200}


def test_a_key_for_reading_changes_nothing(reading_key: Program, priya: UUID) -> None:
    changing = [one for one in catalogue().values() if one.right != "read"]
    assert len(changing) > 20
    assert set(_codes(reading_key, changing, {"person_id": priya}).values()) == {403}
    reading = [one for one in catalogue().values() if one.right == "read" and "{" not in one.path]
    reading = [one for one in reading if one.name != "erasures.list"]  # for owners, by what they may do
    assert set(_codes(reading_key, reading).values()) == {200}


@pytest.fixture
def things(
    by: By, maya_key: Program, history: History, priya: UUID, dana: UUID, tmp_path: Any, maya: Viewer
) -> dict[str, UUID]:
    """One of everything an address can name, in Fernhill."""
    history.judge()
    suggestion = maya_key.get("/today")["groups"][0]["items"][0]["suggestion_id"]
    note = maya_key.post(f"/people/{priya}/notes", {"text": "Mornings."})
    maya_key.post(f"/people/{priya}/facts", {"kind": "family", "value": "Two cats."})
    maya_key.post(f"/people/{priya}/handles", {"kind": "email", "value": "priya@northwind.example"})
    maya_key.post(f"/people/{priya}/affiliation", {"organization": "Northwind"})
    maya_key.post(f"/people/{priya}/merge", {"other": str(history.person("P. Raman"))})
    mail = b"From: a@b.example\r\nTo: maya@fernhill.example\r\nDate: Fri, 20 Nov 2026 08:00:00 +0000\r\n\r\nHello"
    begun = start_import(by, [GivenFile("a.eml", [mail])], tmp_path)
    return {
        "person_id": priya,
        "other": dana,
        "interaction_id": UUID(note["id"]),
        "suggestion_id": UUID(suggestion),
        "fact_id": Fact.objects.get().id,
        "handle_id": Handle.objects.get(value="priya@northwind.example").id,
        "merge_id": Merge.objects.get().id,
        "import_id": begun.import_id,
        "item_id": new_id(),
        "membership_id": by.viewer.membership_id,
        "organization_id": Organization.objects.get(name="Northwind").id,
        "view_id": save_view(by, "Mine", {}, is_shared=True).view_id,
    }


def test_what_is_next_door_is_not_there(stranger: Program, things: dict[str, UUID]) -> None:
    naming = [one for one in catalogue().values() if "{" in one.path]
    assert set(_codes(stranger, naming, things).values()) == {404}
    assert stranger.get("/people", q="Priya")["rows"] == []
    assert stranger.get("/find", q="Priya")["rows"] == []
    assert stranger.ask("GET", "/find", query_params={"q": str(things["person_id"])}).status_code == 404
    assert stranger.get("/journal")["rows"] == []
    assert stranger.get("/imports")["rows"] == []


def test_whoever_is_at_home_opens_the_same(maya_key: Program, things: dict[str, UUID]) -> None:
    reading = [one for one in catalogue().values() if one.is_reading and "{" in one.path]
    codes = _codes(maya_key, reading, things)
    assert codes.pop("interactions.raw") == 404  # a note was written here, nothing came in
    assert codes.pop("interactions.attachment") == 404
    assert codes.pop("imports.raw") == 404  # the import has not found anything yet
    assert codes.pop("imports.to-mend") == 404
    assert set(codes.values()) == {200}


def test_a_guest_may_not_change_and_sees_no_imports(
    maya_key: Program, maya_membership: Membership, things: dict[str, UUID]
) -> None:
    Membership.objects.filter(id=maya_membership.id).update(role=Role.GUEST)
    assert maya_key.ask("POST", "/people", {"name": "Zoë"}).status_code == 403
    assert maya_key.ask("GET", f"/imports/{things['import_id']}").status_code == 404


def test_keys_that_ended_expired_or_lost_their_member_open_nothing(maya_membership: Membership, now: datetime) -> None:
    def answer(**changed: Any) -> int:
        key, text = make_key(maya_membership.id, maya_membership.workspace_id, "program", True, now)
        Key.objects.filter(id=key.id).update(**changed)
        return int(Program(text).ask("GET", "/me").status_code)

    assert answer() == 200
    assert answer(expires_at=now + timedelta(seconds=1)) == 200
    assert answer(expires_at=now) == 401
    assert answer(ended_at=now) == 401
    maya_membership.user.is_active = False
    maya_membership.user.save()
    assert answer() == 401


def test_me_says_who_and_where(reading_key: Program, maya: Viewer) -> None:
    me = reading_key.get("/me")
    assert (me["name"], me["role"], me["workspace"], me["may_write"]) == ("Maya Okafor", "owner", "Fernhill", False)
    assert me["person_id"] == str(maya.person_id)


def test_a_session_reads_and_needs_a_token_to_change(maya_membership: Membership) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(maya_membership.user)
    assert browser.get("/api/v1/me").json()["may_write"]
    sent: dict[str, Any] = {"data": {"name": "Zoë"}, "content_type": "application/json"}
    refused = browser.post("/api/v1/people", **sent)
    assert (refused.status_code, refused.json()["code"]) == (403, "forgery")
    token = "a" * 32
    browser.cookies[settings.CSRF_COOKIE_NAME] = token
    assert browser.post("/api/v1/people", headers={"X-CSRFToken": token}, **sent).status_code == 201


def test_a_wrong_key_is_not_helped_by_a_session(maya_membership: Membership) -> None:
    browser = Client()
    browser.force_login(maya_membership.user)
    assert browser.get("/api/v1/me", headers={"Authorization": "Bearer rap_x_y"}).status_code == 401


def test_a_key_needs_no_token(maya_key: Program) -> None:
    sent = Client(enforce_csrf_checks=True).post(
        "/api/v1/people",
        data={"name": "Zoë"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {maya_key.key}"},
    )
    assert sent.status_code == 201
