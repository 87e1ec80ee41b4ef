"""The first import into an empty house: what was planned for empty tables is not kept while they fill."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from rapport.accounts.access import Viewer
from tests.accept.importing import import_all

pytestmark = pytest.mark.django_db
CARDS = 1_600  # four batches


def test_rows_are_found_by_their_own_key_while_tables_fill(maya: Viewer, tmp_path: Path) -> None:
    book = tmp_path / "book.vcf"
    book.write_text("".join(_card(n) for n in range(CARDS)))
    before = _rows_looked_at()
    done = import_all(maya, [book])
    assert (done.found, done.stored, done.people) == (CARDS, CARDS, CARDS)
    assert _rows_looked_at() - before < 400 * CARDS  # two thousand four hundred, when each is looked for among all


def _rows_looked_at() -> int:
    """Of persons, organizations and where they belong, in this transaction; also by the checks of references."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables "
            "WHERE relname IN ('person', 'organization', 'affiliation')"
        )
        (rows,) = cursor.fetchone()
        return int(rows)


def _card(n: int) -> str:
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {n}\r\nEMAIL:p{n}@org{n % 300}.example\r\nORG:Org {n % 300}\r\n"
        f"TEL:+442079{n:06}\r\nBDAY:1980-01-{n % 28 + 1:02}\r\nEND:VCARD\r\n"
    )
