"""Write the SQL every tenant table needs: composite keys, composite foreign keys, forced row-level security.

`python -m scripts.tenant_sql person handle …` prints it for those tables (all of them without arguments); the text is
pasted into a migration, because migrations import nothing of the project. `tests/house/test_catalogue.py` checks
that no table was forgotten.
"""

from __future__ import annotations

import sys
from typing import Any

import django
from django.apps import apps


def keys_sql(model: Any) -> str:
    """The composite primary key of one tenant table; all tables need theirs before any can point at another."""
    table = model._meta.db_table
    return f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_pkey", ADD PRIMARY KEY (workspace_id, id);'


def tenant_sql(model: Any) -> str:
    """The foreign keys and the policy of one tenant table."""
    from rapport.accounts.rows import RowKey

    table = model._meta.db_table
    lines = [
        # The planner must not learn how common each workspace is: one it has not met yet it believes to be empty, finds
        # every index that begins with workspace_id equally good, and reads the whole workspace once per row.
        f'ALTER TABLE "{table}" ALTER COLUMN workspace_id SET STATISTICS 0;',
    ]
    # A row that must point at another of its workspace is in that one's.
    if not any(isinstance(field, RowKey) and not field.null for field in model._meta.local_fields):
        lines.append(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_in_workspace" '
            "FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;"
        )
    for field in model._meta.local_fields:
        if isinstance(field, RowKey):
            target = field.remote_field.model._meta.db_table
            gone = f"SET NULL ({field.column})" if field.when_gone == "SET NULL" else field.when_gone
            lines.append(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{field.column}_same_workspace" '
                f'FOREIGN KEY (workspace_id, {field.column}) REFERENCES "{target}" (workspace_id, id) ON DELETE {gone};'
            )
    own = "workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid"
    lines += [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;',
        f'CREATE POLICY own_workspace ON "{table}" USING ({own}) WITH CHECK ({own});',
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the SQL for the named tables, or for all."""
    django.setup()
    from rapport.accounts.rows import TenantRow

    wanted = set(sys.argv[1:])
    models = [
        model
        for model in apps.get_app_config("rapport").get_models()
        if issubclass(model, TenantRow) and (not wanted or model._meta.db_table in wanted)
    ]
    for statements in (keys_sql, tenant_sql):
        sys.stdout.write("\n".join(statements(model) for model in models) + "\n")


if __name__ == "__main__":
    main()
