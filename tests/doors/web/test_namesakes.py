"""One company met by two domains: each of the two says that another is called the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.doors.operations.catalogue import call
from rapport.people.models import Organization
from tests.accept.importing import import_all

pytestmark = pytest.mark.django_db


def test_an_organization_says_who_is_called_the_same(maya: Viewer, client_maya: Client, tmp_path: Path) -> None:
    rows = "Name,Company,E-mail\nAnna,Clinic Nord,a@clinic.example\nBen,clinic nord,b@clinic-nord.example\n"
    (tmp_path / "rows.csv").write_text(rows)
    import_all(maya, [tmp_path / "rows.csv"])
    one, other = Organization.objects.filter(is_home=False).order_by("domain")
    page = client_maya.get(f"/organizations/{one.id}").text
    assert "Called the same" in page
    assert f'href="/organizations/{other.id}"' in page
    told = call("organizations.get", maya, "api", {"organization_id": str(other.id)})
    assert [namesake.id for namesake in told.namesakes] == [one.id]
    looked = client_maya.get(f"/organizations/{one.id}/join?q={other.domain}").text
    assert f'value="{other.id}"' in looked
    client_maya.post(f"/organizations/{one.id}/join", {"other": str(other.id)})
    assert "Called the same" not in client_maya.get(f"/organizations/{one.id}").text
