"""An attached file is opened by whose mailbox it came into, to be kept and never to be run."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.models import Interaction, Message, Participant
from rapport.relationships.refresh import read_on
from tests.channels.test_enclosed import PDF, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(by: By, tmp_path: Any, settings: Any) -> UUID:
    """A mail with files to Maya and to Ali, in Maya's mailbox."""
    body = whole().replace(b"c@d.example", b"maya@fernhill.example, ali@fernhill.example")
    folder = settings.HOUSE.files_folder
    begun = start_import(by, [GivenFile("one.eml", [body])], folder)
    run_import(by.viewer.workspace_id, begun.import_id, folder, read_on)
    return Interaction.objects.get(title="Files").id


def test_it_is_listed_and_kept_byte_for_byte(client_maya: Client, mail: UUID) -> None:
    page = client_maya.get(f"/interactions/{mail}").text
    assert f'href="/interactions/{mail}/files/0" download' in page
    assert "Quartalsbericht größer.pdf" in page
    answer = client_maya.get(f"/interactions/{mail}/files/0")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''Quartalsbericht%20gr%C3%B6%C3%9Fer.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client_maya.get(f"/interactions/{mail}/files/3")["Content-Disposition"].endswith('"Inner thoughts.eml"')
    assert client_maya.get(f"/interactions/{mail}/files/4").status_code == 404
    assert client_maya.post(f"/interactions/{mail}/files/0").status_code == 405


def test_who_only_took_part_is_told_whose_it_is(colleague: Client, mail: UUID) -> None:
    page = colleague.get(f"/interactions/{mail}").text
    assert "Quartalsbericht größer.pdf" in page
    assert f"/interactions/{mail}/files/" not in page
    assert "colleague’s mailbox" in page
    assert colleague.get(f"/interactions/{mail}/files/0").status_code == 403


def test_nobody_else_opens_it(guest: Client, neighbour: Client, stranger: Client, mail: UUID) -> None:
    address = f"/interactions/{mail}/files/0"
    assert [one.get(address).status_code for one in (guest, neighbour, stranger)] == [404, 404, 303]


def test_a_file_that_is_not_in_its_mail_is_a_trouble(client_maya: Client, mail: UUID) -> None:
    notes = [{"name": "gone.pdf", "media_type": "application/pdf", "size": 3}]
    Message.objects.filter(interaction_id=mail).update(attachments=notes)
    answer = client_maya.get(f"/interactions/{mail}/files/0")
    assert answer.status_code == 404
    assert "cannot be taken out" in answer.text


def test_the_timeline_shows_what_came_with_files_to_who_may_read_it(
    client_maya: Client, colleague: Client, mail: UUID, by: By
) -> None:
    sender = Participant.objects.get(interaction_id=mail, part="from").person_id
    Message.objects.exclude(interaction_id=mail).update(attachments=[])
    assert f"/interactions/{mail}" in client_maya.get(f"/people/{sender}?show=files").text
    assert f"/interactions/{mail}" in colleague.get(f"/people/{sender}?show=files").text
    Participant.objects.filter(interaction_id=mail, address="ali@fernhill.example").delete()
    assert f"/interactions/{mail}" in colleague.get(f"/people/{sender}").text
    assert f"/interactions/{mail}" not in colleague.get(f"/people/{sender}?show=files").text
    Message.objects.update(attachments=[])
    assert f"/interactions/{mail}" not in client_maya.get(f"/people/{sender}?show=files").text
