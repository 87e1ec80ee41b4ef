"""Every table is a tenant's, whole, or is on the list of global ones with a reason."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection

from rapport.accounts.global_tables import GLOBAL_TABLES
from rapport.kit.ids import new_id
from rapport.kit.postgres import Addresses
from rapport.kit.postgres.planning import ABLE_SINCE, tell_planner

pytestmark = pytest.mark.django_db


def asked(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def tables() -> set[str]:
    return {str(name) for (name,) in asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def tenant_tables() -> set[str]:
    return tables() - GLOBAL_TABLES.keys()


def test_no_global_table_is_listed_that_does_not_exist() -> None:
    assert GLOBAL_TABLES.keys() <= tables()


def test_every_tenant_table_forces_row_level_security_both_ways() -> None:
    guarded = {
        str(row[0])
        for row in asked(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL"
        )
    }
    assert tenant_tables() - guarded == set()


def test_primary_keys_and_unique_constraints_begin_with_the_workspace() -> None:
    for table, columns in asked(
        "SELECT t.relname, array_agg(a.attname::text ORDER BY k.n) FROM pg_index i "
        "JOIN pg_class t ON t.oid = i.indrelid "
        "JOIN pg_namespace s ON s.oid = t.relnamespace AND s.nspname = 'public' "
        "CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, n) "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum "
        "WHERE i.indisunique GROUP BY t.relname, i.indexrelid"
    ):
        if table in tenant_tables():
            assert columns[0] == "workspace_id", (table, columns)  # type: ignore[index]


def test_foreign_keys_between_tenant_tables_carry_the_workspace() -> None:
    for table, target, columns in asked(
        "SELECT t.relname, r.relname, array_agg(a.attname::text) FROM pg_constraint c "
        "JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(c.conkey) WHERE c.contype = 'f' "
        "GROUP BY t.relname, r.relname, c.oid"
    ):
        if table in tenant_tables() and target in tenant_tables():
            assert "workspace_id" in columns, (table, target)  # type: ignore[operator]


def test_every_row_is_of_a_workspace_by_one_reference_and_goes_with_it() -> None:
    """To the workspace, or to a row that is of one and without which it cannot be; never both: each is looked up for
    every row that is written."""
    leads = {
        (table, target, is_needed)
        for table, target, is_needed in asked(
            "SELECT t.relname, r.relname, bool_and(a.attnotnull) FROM pg_constraint c "
            "JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid "
            "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(c.conkey) "
            "WHERE c.contype = 'f' AND c.confdeltype = 'c' GROUP BY t.relname, r.relname, c.oid"
        )
        if table in tenant_tables()
    }
    direct = {table for table, target, _ in leads if target == "workspace"}
    by_another = {table for table, target, is_needed in leads if target in tenant_tables() and is_needed}
    assert direct | by_another == set(tenant_tables())
    assert direct & by_another == set()


def test_the_app_owns_nothing_and_bypasses_nothing() -> None:
    assert asked("SELECT 1 FROM pg_class WHERE pg_get_userbyid(relowner) = 'rapport_app'") == []
    assert asked("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_without_a_workspace_nothing_is_seen(workspace: object) -> None:
    assert asked("SELECT count(*) FROM organization") == [(1,)]
    asked("SELECT set_config('rapport.workspace', '', true)")
    assert asked("SELECT count(*) FROM organization") == [(0,)]


def test_the_planner_learns_nothing_about_workspaces() -> None:
    told = asked(
        "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE a.attname = 'workspace_id' AND c.relkind = 'r' AND a.attstattarget = 0"
    )
    assert tenant_tables() <= {name for (name,) in told}


def test_the_planner_is_told_that_there_is_one_and_keeps_it(addresses: Addresses) -> None:
    """On a server that can be told (docs/build/decisions/0010)."""
    with psycopg.connect(addresses.owner, autocommit=True) as owner:
        if owner.info.server_version < ABLE_SINCE:
            pytest.skip("this server cannot be told")
        owner.execute("ANALYZE person")
        rows = owner.execute(
            "SELECT tablename, n_distinct, most_common_vals IS NULL FROM pg_stats WHERE attname = 'workspace_id'"
        )
        told = {name for name, distinct, none_common in rows if distinct == 1 and none_common}
    assert tenant_tables() <= told


def test_of_a_new_table_the_planner_is_told_what_identifies_its_rows(addresses: Addresses) -> None:
    """Until somebody has counted; what ANALYZE found stays."""
    with psycopg.connect(addresses.owner, autocommit=True) as owner:
        if owner.info.server_version < ABLE_SINCE:
            pytest.skip("this server cannot be told")
        with owner.transaction(force_rollback=True):
            owner.execute("CREATE TABLE newly (workspace_id uuid, id uuid, person_id uuid, said text)")
            owner.execute("ALTER TABLE newly ADD PRIMARY KEY (workspace_id, id)")
            tell_planner(owner.cursor())
            assert _told(owner, "newly") == {"id": -1, "person_id": -0.25}
            workspace, person = new_id(), new_id()
            for _ in range(20):
                owner.execute("INSERT INTO newly VALUES (%s, %s, %s, '')", [workspace, new_id(), person])
            owner.execute("ANALYZE newly")
            tell_planner(owner.cursor())
            assert _told(owner, "newly")["person_id"] == 1


def _told(owner: psycopg.Connection[Any], table: str) -> dict[str, float]:
    rows = owner.execute("SELECT attname, n_distinct FROM pg_stats WHERE tablename = %s", [table])
    return {str(name): float(distinct) for name, distinct in rows}
