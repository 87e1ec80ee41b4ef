"""A form sent twice does once what it asks."""

from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import JournalEntry, Key, OneTimeLink, RememberedAnswer, Role, User
from rapport.accounts.rows import in_workspace
from rapport.channels.models import Import
from rapport.interactions.models import Interaction
from rapport.kit import clock
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Person

TALK = {"text": "called Priya 10 min, sent twice"}


def _once(client: Client, page: str, action: str) -> dict[str, str]:
    """What the form for this address on a page carries to be sent once."""
    form = re.search(rf'<form[^>]*action="{action}".*?</form>', client.get(page).text, re.S)
    assert form
    field = re.search(r'name="once" value="([^"]+)"', form[0])
    assert field
    return {"once": field[1]}


def _talks() -> int:
    return Interaction.objects.filter(excerpt="sent twice").count()


def test_a_talk_told_twice_happened_once(client_maya: Client, priya: UUID) -> None:
    form = TALK | _once(client_maya, "/log", "/log")
    first, second = client_maya.post("/log", form), client_maya.post("/log", form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    page = client_maya.get(second["Location"]).text
    assert "Kept." in page
    assert 'action="/undo/' in page  # the toast of the first, with its way back
    assert _talks() == 1
    client_maya.post("/log", form | {"text": "called Priya 10 min, and another"})  # a page that stayed open
    client_maya.post("/log", TALK | _once(client_maya, "/log", "/log"))  # the same words again, on purpose
    assert _talks() == 2
    assert Interaction.objects.filter(excerpt="and another").count() == 1


def test_what_went_wrong_may_be_sent_again(client_maya: Client, priya: UUID) -> None:
    form = {"text": "called Zoë 5 min"} | _once(client_maya, "/log", "/log")
    assert client_maya.post("/log", form).status_code >= 400
    assert not RememberedAnswer.objects.exists()
    client_maya.post("/people/new", {"name": "Zoë"})
    assert client_maya.post("/log", form).status_code == 303


def test_everything_a_form_makes_is_made_once(client_maya: Client, priya: UUID) -> None:
    person = f"/people/{priya}"
    for page, action, said in (
        ("/people/new", "/people/new", {"name": "Zoë"}),
        (person, f"{person}/notes", {"text": "Mornings."}),
        (person, f"{person}/tags", {"name": "partner"}),
        ("/settings/keys", "/settings/keys", {"name": "calendar"}),
        ("/team", "/team/invite", {"email": "ali@fernhill.example", "role": "member"}),
    ):
        form = said | _once(client_maya, page, action)
        client_maya.post(action, form)
        assert client_maya.post(action, form).status_code == 303, action
    assert Person.objects.filter(name="Zoë").count() == 1
    assert Interaction.objects.filter(kind="note").count() == 1
    assert JournalEntry.objects.filter(verb="person.tag").count() == 1
    assert Key.objects.filter(name="calendar").count() == 1
    assert OneTimeLink.objects.filter(email="ali@fernhill.example").count() == 1
    assert not RememberedAnswer.objects.filter(body__contains="rap_").exists()  # no secret is kept


def test_files_sent_twice_are_one_import(client_maya: Client) -> None:
    form = _once(client_maya, "/import", "/import")

    def send(name: str, words: str) -> str:
        file = SimpleUploadedFile(name, f"From: a@b.example\nSubject: {words}\n\nHello\n".encode())
        answer = client_maya.post("/import", form | {"files": [file]})
        assert answer.status_code == 303
        return str(answer["Location"])

    first = send("mail.eml", "one")
    assert send("mail.eml", "one") == first
    assert Import.objects.count() == 1
    assert send("mail.eml", "two") != first  # others, from a page that stayed open
    assert send("more.eml", "one") != first
    assert Import.objects.count() == 3


def test_it_is_remembered_for_a_day(client_maya: Client, priya: UUID, now: datetime) -> None:
    form = TALK | _once(client_maya, "/log", "/log")
    client_maya.post("/log", form)
    with clock.stopped_at(now + timedelta(hours=23)):
        client_maya.post("/log", form)
    assert _talks() == 1


def test_at_the_same_moment_it_is_done_once(committed: Any, now: datetime) -> None:
    workspace = found_workspace("Fernhill", "UTC", now)
    with in_workspace(workspace.id):
        person = make_home_person("Maya", "maya@fernhill.example", found_home("Fernhill", now), now)
        user = User.objects.create_user("maya@fernhill.example", name="Maya")
        join(workspace, user, person.id, Role.OWNER, now)
    answers: list[int] = []

    def send() -> None:
        client = Client()
        client.force_login(user)
        answers.append(client.post("/people/new", {"name": "Zoë", "once": "a-double-click"}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answers == [303, 303, 303]
    with in_workspace(workspace.id):
        assert Person.objects.filter(name="Zoë").count() == 1
