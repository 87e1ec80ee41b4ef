"""A link that is mailed leads to us, whatever host the request for it named."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from rapport.doors.web.mailing import site_of


@pytest.mark.parametrize(
    ("ours", "asked", "leads"),
    [
        ([], "localhost:8000", "http://localhost:8000"),
        (["crm.fernhill.example"], "crm.fernhill.example", "http://crm.fernhill.example"),
        (["crm.fernhill.example"], "127.0.0.1:9999", "https://crm.fernhill.example"),
        (["crm.fernhill.example", "localhost"], "localhost:9000", "http://localhost:9000"),
        ([".fernhill.example"], "team.fernhill.example", "http://team.fernhill.example"),
        ([".fernhill.example"], "localhost", "https://fernhill.example"),
    ],
)
def test_a_mailed_link_leads_to_us(settings: Any, ours: list[str], asked: str, leads: str) -> None:
    settings.OWN_HOSTS, settings.ALLOWED_HOSTS = ours, ["*"]
    settings.BEHIND_TLS = "https" in leads
    assert site_of(RequestFactory(headers={"Host": asked}).get("/")) == leads
