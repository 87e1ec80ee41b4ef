"""The list of people says how many there are, and counts no further than anybody reads."""

from __future__ import annotations

import pytest
from django.test import Client

from rapport.accounts.acting import By

from ...people.people import somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("most_of_all", "most_chosen", "all_of_them", "chosen"),
    [(10, 10, "5", "3 of 5"), (3, 10, "more than 3", "3 of more than 3"), (3, 2, "more than 3", "more than 2 of")],
)
def test_as_many_as_there_are_or_more_than_are_counted(
    by: By, client_maya: Client, monkeypatch: pytest.MonkeyPatch, most_of_all: int, most_chosen: int, all_of_them: str,
    chosen: str,
) -> None:  # fmt: skip
    for module in (
        "rapport.relationships.listing.MOST_COUNTED",
        "rapport.doors.web.people.filtering.EVERYBODY_COUNTED",
    ):
        monkeypatch.setattr(module, most_of_all)
    for module in ("rapport.care.narrowing.MOST_COUNTED", "rapport.doors.web.people.filtering.CHOSEN_COUNTED"):
        monkeypatch.setattr(module, most_chosen)
    for name in ("Ann Alder", "Ann Birch", "Ann Cedar", "Bo Dogwood"):
        somebody(by, name)
    assert f">{all_of_them}<" in client_maya.get("/people").text
    assert f">{chosen}" in client_maya.get("/people", {"q": "ann"}).text
