"""What the planner is told of columns whose statistics are off.

Of `workspace_id` it must not learn how common each workspace is: one it has not met yet it believes to be empty.
Knowing nothing it takes each for a two-hundredth of a table, and then finds an index of a whole workspace as good as
one of a person: with 100,000 people a list took 70 ms of which 60 were that mistake. So it is told that there is one
value, which is true of nearly every home and errs, in others, towards the finer index.
"""

from __future__ import annotations

from typing import Any

ABLE_SINCE = 180000  # earlier servers have no way to be told; they plan as if they knew nothing

_TELL = """
SELECT pg_restore_attribute_stats(
  'schemaname', n.nspname::text, 'relname', c.relname::text, 'attname', a.attname::text, 'inherited', false,
  'version', current_setting('server_version_num')::int,
  'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attname = 'workspace_id' AND a.attstattarget = 0 AND c.relkind = 'r' AND n.nspname = current_schema()
"""


def tell_of_workspaces(cursor: Any) -> bool:
    """Tell the planner, as the owner of the tables; whether this server can be told. Safe to repeat; ANALYZE keeps it,
    a dump does not.
    """
    cursor.execute("SELECT current_setting('server_version_num')::int")
    if cursor.fetchone()[0] < ABLE_SINCE:
        return False
    cursor.execute(_TELL)
    return True
