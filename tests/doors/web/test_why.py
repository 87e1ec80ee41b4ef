"""Why: every row opens into what it rests on, and says so where that is nothing."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

from django.test import Client


def test_every_row_opens_into_what_it_rests_on(client_maya: Client, priya: UUID) -> None:
    """Fifty-two calls, the last seven weeks ago: all but the silence and the start rest on calls."""
    page = client_maya.get(f"/people/{priya}/why").content.decode()
    addresses = {unescape(one) for one in re.findall(r'href="([^"]*row=[^"]*)"', page)}
    kinds = {address.rpartition("row=")[2].replace("%3A", ":") for address in addresses}
    assert {"strength:calls", "strength:acquaintance", "vitality:silence", "vitality:starting_point"} <= kinds
    for address in addresses:
        opened = client_maya.get(address).content.decode()
        rests_on_nothing = address.endswith(("silence", "quieter", "starting_point"))
        assert ("/interactions/" in opened) is not rests_on_nothing, address
        assert ("Nothing happened in this time." in opened) is address.endswith(("silence", "quieter"))
        assert ("this is where any two people start" in opened) is address.endswith("starting_point")
