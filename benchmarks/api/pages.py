"""How long the server takes for a page of a large workspace: in this process, no network, no browser."""

from __future__ import annotations

from typing import Any

from django.test import Client

from benchmarks.serving import Latency, latency
from rapport.accounts.models import User
from rapport.accounts.rows import in_workspace
from rapport.people.models import Organization


def measure(told: dict[str, Any]) -> list[Latency]:
    """Every page somebody looks at daily, as whom the home was filled for."""
    user = User.objects.filter(email__endswith="@benchmark.example").latest("id")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    membership = user.memberships.get()
    with in_workspace(membership.workspace_id):
        organization = Organization.objects.filter(is_home=False).order_by("id").values_list("id", flat=True)[0]
    busiest = f"/people/{told['busiest']}"
    pages = {
        "Today": "/",
        "People": "/people",
        "People by name": "/people?sort=name",
        "People, page 1,000": f"/people?sort=name&after={told['cursor']}",
        "People called ana": "/people?q=ana",
        "Person, 200 entries": busiest,
        "Why": f"{busiest}/why",
        "What we know": f"{busiest}/known",
        "Organizations": "/organizations",
        "Organization": f"/organizations/{organization}",
        "Find": "/find?q=garcia",
        "Search": "/search?q=ybc",
        "Import": "/import",
        "Changes": "/settings/changes",
        "Settings": "/settings",
    }
    return [latency(browser, page, address) for page, address in pages.items()]
