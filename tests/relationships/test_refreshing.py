"""A request judges what was just changed and no more; the worker judges the rest."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.interactions.models import PairChange
from rapport.people.models import Handle
from rapport.relationships import refresh
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import PAIRS_IN_A_REQUEST, read_far_on, read_on
from tests.interactions.mails import KENJI, MAYA, mail, read

MANY = PAIRS_IN_A_REQUEST * 2


@pytest.fixture
def waiting(by: By, maya: Viewer, now: datetime) -> Viewer:
    """An import has changed many pairs; none is judged yet. Then Kenji writes."""
    read(now, *(mail(f"w{n}", f"w{n}@many.example", [MAYA], hour=n) for n in range(MANY)))
    read(now, mail("k", KENJI, [MAYA]))
    return maya


def test_a_request_judges_the_newest_changes_only(waiting: Viewer, now: datetime) -> None:
    assert read_on(now) == PAIRS_IN_A_REQUEST
    kenji = Handle.objects.get(value=KENJI).person_id
    assert Relationship.objects.filter(home_person_id=waiting.person_id, person_id=kenji).exists()
    assert Relationship.objects.count() == PAIRS_IN_A_REQUEST
    assert PairChange.objects.count() == MANY + 1 - PAIRS_IN_A_REQUEST


def test_the_worker_judges_the_rest(waiting: Viewer, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    read_on(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agenda WHERE kind = 'judge'")
        assert cursor.fetchone() == (1,)
    monkeypatch.setattr(refresh, "PAIRS_AT_A_TIME", 30)
    rounds = 0
    while read_far_on(now):
        rounds += 1
    assert rounds == 2
    assert Relationship.objects.count() == MANY + 1
    assert not PairChange.objects.exists()
