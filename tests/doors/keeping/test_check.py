"""`rapport check` is silent in a sound home, and names each thing that is wrong in a damaged one."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from rapport.doors.keeping.checking import check
from rapport.doors.keeping.checks.rows import QUESTIONS as ROWS
from rapport.doors.keeping.checks.rows import check_leases
from rapport.doors.keeping.checks.turns import QUESTIONS as TURNS
from rapport.doors.keeping.checks.turns import check_mail_under_way
from rapport.doors.keeping.status import MemberStatus, status

from .conftest import Home

SPOILT = {
    "raw-changed": "UPDATE raw_item SET body = decode('00', 'hex') WHERE id = ("
    "SELECT min(id::text)::uuid FROM raw_item WHERE body IS NOT NULL)",
    "time-differs": "UPDATE participant SET at = at + interval '1 day' WHERE part = 'from'",
    "import-incomplete": "DELETE FROM import_item WHERE ordinal = 2",
    "import-miscounted": "UPDATE import_file SET counts = jsonb_set(counts, '{stored,already}', '17')",
    "item-lost": "DELETE FROM interaction WHERE id = (SELECT interaction_id FROM import_item WHERE ordinal = 2)",
    "mail-without-words": "DELETE FROM message",
    "not-found-by-its-words": "UPDATE message SET text = 'else'",
    "relationship-differs": "UPDATE relationship SET state = jsonb_set(state::jsonb, '{contacts}', '17')::text",
    "left-behind-by-merge": "UPDATE person p SET merged_into_id = h.id FROM person h WHERE h.is_home AND NOT p.is_home",
    "merged-in-a-circle": "UPDATE person p SET merged_into_id = o.id FROM person o WHERE o.id <> p.id",
    "table-open": "ALTER TABLE tag NO FORCE ROW LEVEL SECURITY",
    "constraint-unchecked": "ALTER TABLE tag ADD CONSTRAINT worded CHECK (name <> '') NOT VALID",
    "schema-ahead": "INSERT INTO django_migrations (app, name, applied) VALUES ('rapport', '9999_later', now())",
    "schema-behind": "DELETE FROM django_migrations WHERE app = 'rapport' AND name LIKE '0002%'",
    "interaction-twice": "ALTER TABLE interaction DROP CONSTRAINT interaction_once;"
    " UPDATE interaction SET origin = 'x'",
    "address-twice": "DROP INDEX handle_once; UPDATE handle SET kind = 'email', value = 'x'",
    "rule-missing": "ALTER TABLE raw_item DROP CONSTRAINT raw_item_once",
    "merge-in-part": "UPDATE person SET merged_into_id = (SELECT id FROM person WHERE is_home) WHERE NOT is_home",
    "leads-nowhere": "SET session_replication_role = replica; DELETE FROM person WHERE NOT is_home",
    "reference-unwatched": "ALTER TABLE handle DROP CONSTRAINT handle_person_id_same_workspace",
    "import-forgotten": "UPDATE import SET state = 'waiting'; DELETE FROM agenda",
    "change-forgotten": "INSERT INTO pair_change (workspace_id, id, home_person_id, person_id) SELECT workspace_id,"
    " gen_random_uuid(), home_person_id, person_id FROM relationship; DELETE FROM agenda",
    "look-forgotten": "UPDATE agenda SET due_at = now() + interval '9 years';"
    " UPDATE relationship SET next_look_at = now()",
    "planned-forgotten": "UPDATE interaction SET comes_at = now() + interval '1 day'; DELETE FROM agenda",
    "mail-may-go-twice": "INSERT INTO outgoing_mail (id, kind, link_id, seed, site, values, language, state, said,"
    " tries, made_at, due_at)"
    " VALUES (gen_random_uuid(), 'sign-in', 'x', 'seed', '', '{}', 'en', 'unknown', '', 1, now(), now())",
    "app-too-mighty": "ALTER ROLE rapport_app BYPASSRLS",
    "commit-unsafe": "ALTER ROLE rapport_backup SET synchronous_commit = off",
    "leads-out-of-workspace": "WITH elsewhere AS ("
    "INSERT INTO workspace (id, name, is_sample, time_zone, created_at, needs_second_factor) "
    "VALUES (gen_random_uuid(), 'Elsewhere', false, 'UTC', now(), false) RETURNING id) "
    "UPDATE membership SET workspace_id = elsewhere.id FROM elsewhere",
}
OPENED = "DROP POLICY own_workspace ON tag; CREATE POLICY own_workspace ON tag USING (true)"
CLOSED = (
    "DROP POLICY own_workspace ON tag; CREATE POLICY own_workspace ON tag"
    " USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid)"
    " WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid)"
)
MENDED = {
    "interaction-twice": "TRUNCATE interaction CASCADE;"
    " ALTER TABLE interaction ADD CONSTRAINT interaction_once UNIQUE (workspace_id, origin)",
    "address-twice": "TRUNCATE handle; CREATE UNIQUE INDEX handle_once ON handle"
    " (workspace_id, kind, value, (CASE WHEN kind = 'phone' THEN person_id ELSE workspace_id END))",
    "rule-missing": "ALTER TABLE raw_item ADD CONSTRAINT raw_item_once UNIQUE (workspace_id, digest)",
    "reference-unwatched": "ALTER TABLE handle ADD CONSTRAINT handle_person_id_same_workspace FOREIGN KEY"
    " (workspace_id, person_id) REFERENCES person (workspace_id, id) ON DELETE CASCADE",
    "app-too-mighty": "ALTER ROLE rapport_app NOBYPASSRLS",
    "commit-unsafe": "ALTER ROLE rapport_backup RESET synchronous_commit",
    "mail-may-go-twice": "DELETE FROM outgoing_mail",
    "table-open": "ALTER TABLE tag FORCE ROW LEVEL SECURITY",
    "constraint-unchecked": "ALTER TABLE tag DROP CONSTRAINT worded",
    "schema-ahead": "DELETE FROM django_migrations WHERE name = '9999_later'",
    "schema-behind": "INSERT INTO django_migrations (app, name, applied) VALUES ('rapport', '0002_tenants', now())",
}


def kinds(home: Home) -> list[str]:
    return [finding.kind for finding in check(home.house, home.addresses)]


def say(home: Home, statement: str) -> None:
    """As whoever may do everything: damage asks nobody."""
    with psycopg.connect(home.addresses.superuser, autocommit=True) as connection:
        connection.execute(statement.encode())


def rules(home: Home) -> list[str]:
    """What every index and constraint says: of another than before, tests that come later would fail."""
    with psycopg.connect(home.addresses.superuser) as connection:
        found = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1"
        )
        return [row[0] for row in found]


def test_a_sound_home_gives_no_findings(home: Home) -> None:
    assert kinds(home) == []


@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_wrong_is_named(home: Home, kind: str) -> None:
    before = rules(home)
    say(home, SPOILT[kind])
    try:
        assert kind in kinds(home)
    finally:
        if kind in MENDED:
            say(home, MENDED[kind])
    assert rules(home) == before


def test_each_finding_says_what_to_do(home: Home) -> None:
    """So that whoever reads it is not left alone with it."""
    say(home, OPENED)
    try:
        found = check(home.house, home.addresses)
        assert [(one.kind, one.ids) for one in found] == [("table-open", ("tag",))]
        assert "Restore the last backup" in found[0].sentence
    finally:
        say(home, CLOSED)


def test_every_kind_of_finding_is_shown_here() -> None:
    """Each question has its damaged home."""
    shown = {*SPOILT, "index-invalid"}
    assert sorted({*ROWS, *TURNS} - shown) == []


def test_a_half_made_index_is_found(home: Home) -> None:
    say(home, "INSERT INTO tag (workspace_id, id, name) SELECT id, gen_random_uuid(), n FROM workspace, "
        "(VALUES ('friend'), ('client')) AS v(n)")  # fmt: skip
    with pytest.raises(psycopg.errors.UniqueViolation):
        say(home, "CREATE UNIQUE INDEX CONCURRENTLY half_made ON tag (workspace_id)")
    assert "index-invalid" in kinds(home)
    say(home, "DROP INDEX half_made")
    assert kinds(home) == []


def test_files_that_changed_went_or_belong_to_nothing_are_found(home: Home) -> None:
    mailbox, letter = sorted(home.house.files_folder.glob("*/??/*"))
    letter.write_bytes(b"something else")
    mailbox.unlink()
    stray = letter.parent.parent / "ab" / ("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"a draft that nobody named")
    assert kinds(home) == ["file-changed", "file-missing"]  # bytes come before their row: a young one may be on its way
    age(stray)
    found = {finding.kind: finding.ids for finding in check(home.house, home.addresses)}
    place = home.workspace_id.hex
    assert found == {
        "file-changed": (f"{place}/{letter.name}",),
        "file-missing": (f"{place}/{mailbox.name}",),
        "file-unnamed": (f"{place}/{stray.name}",),
    }


def age(path: Path) -> None:
    os.utime(path, (1_000_000, 1_000_000))


def test_an_import_nobody_reads_on_is_found(home: Home) -> None:
    say(home, "UPDATE import SET state = 'reading', lease_until = now() - interval '10 seconds'")
    with psycopg.connect(home.addresses.backup) as connection:
        assert list(check_leases(connection)) == []
    say(home, "UPDATE import SET lease_until = now() - interval '1 minute'")
    with psycopg.connect(home.addresses.backup) as connection:
        assert [finding.kind for finding in check_leases(connection)] == ["import-abandoned"]


def test_status_says_what_is_there(home: Home) -> None:
    now = status(home.house, home.addresses)
    assert now.database is not None
    assert (now.database.schema, now.supervisor) == ("current", None)
    assert now.disk_free > 0
    (fernhill,) = now.database.workspaces
    assert (fernhill.name, fernhill.members, fernhill.people, fernhill.interactions) == ("Fernhill", 1, 2, 5)
    assert (fernhill.imports_at_work, fernhill.quarantined, fernhill.held) == (0, 0, False)
    assert fernhill.who == (MemberStatus("Maya Okafor", "maya@fernhill.example", "owner"),)
    assert status(home.house, None).database is None


def test_a_mail_whose_sender_died_is_found(home: Home) -> None:
    say(home, SPOILT["mail-may-go-twice"].replace("'unknown'", "'sending'"))
    with psycopg.connect(home.addresses.backup) as connection:
        assert list(check_mail_under_way(connection)) == []
    say(home, "UPDATE outgoing_mail SET due_at = now() - interval '20 minutes'")
    with psycopg.connect(home.addresses.backup) as connection:
        assert [finding.kind for finding in check_mail_under_way(connection)] == ["mail-under-way"]
    say(home, MENDED["mail-may-go-twice"])
