"""Statements that are not waited for: what the database refuses is still told, and what is read is what was written."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from rapport.accounts.rows import ask, sent_ahead

pytestmark = pytest.mark.django_db


def write(*numbers: int) -> None:
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("INSERT INTO sent VALUES (%s)", [number])


@pytest.fixture(autouse=True)
def sent() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE sent (number integer PRIMARY KEY) ON COMMIT DROP")


def test_what_was_sent_is_there_when_it_is_read() -> None:
    with sent_ahead():
        write(*range(500))
        assert ask("SELECT count(*) FROM sent", []) == [(500,)]
        write(500)
    assert ask("SELECT count(*) FROM sent", []) == [(501,)]


@pytest.mark.parametrize("reads", [True, False])
def test_what_is_refused_is_told_when_something_is_read_or_at_the_end(reads: bool) -> None:
    came_so_far = False

    def twice_the_same() -> None:
        nonlocal came_so_far
        with transaction.atomic(), sent_ahead():
            write(1, 1)
            came_so_far = True
            if reads:
                ask("SELECT count(*) FROM sent", [])
                came_so_far = False

    with pytest.raises(IntegrityError, match="sent_pkey"):
        twice_the_same()
    assert came_so_far
    assert ask("SELECT count(*) FROM sent", []) == [(0,)]
