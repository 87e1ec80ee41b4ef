"""What the planner is told of columns whose statistics are off, and of those nobody has counted yet.

Of `workspace_id` it must not learn how common each workspace is: one it has not met yet it believes to be empty.
Knowing nothing it takes each for a two-hundredth of a table, and then finds an index of a whole workspace as good as
one of a person: with 100,000 people a list took 70 ms of which 60 were that mistake. So it is told that there is one
value, which is true of nearly every home and errs, in others, towards the finer index.

Of a column that was never looked at it takes each value for a two-hundredth of the table. The first import of a new
home is over before anybody looks: for each batch it read whole tables, a third of its time and more with each batch.
"""

from __future__ import annotations

from typing import Any

ABLE_SINCE = 180000  # earlier servers have no way to be told; they plan as if they knew nothing

# Of tables nobody has counted: what identifies a row is there once, a person or an interaction in a few. ANALYZE finds
# out better and replaces it.
_TELL = """
SELECT pg_restore_attribute_stats(
  'schemaname', n.nspname::text, 'relname', c.relname::text, 'attname', a.attname::text, 'inherited', false,
  'version', current_setting('server_version_num')::int, 'null_frac', 0::real, 'avg_width', 16,
  'n_distinct', (CASE WHEN a.attname = 'workspace_id' THEN 1 WHEN alone.is_key THEN -1 ELSE -0.25 END)::real)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
  SELECT EXISTS (
    SELECT FROM pg_index i JOIN pg_attribute w ON w.attrelid = c.oid AND w.attnum = i.indkey[0]
    WHERE i.indrelid = c.oid AND i.indisunique AND i.indnkeyatts = 2 AND w.attname = 'workspace_id'
      AND i.indkey[1] = a.attnum) AS is_key
) AS alone
WHERE c.relkind = 'r' AND n.nspname = current_schema() AND a.attnum > 0 AND NOT a.attisdropped AND CASE
  WHEN a.attname = 'workspace_id' THEN a.attstattarget = 0
  ELSE c.reltuples < 0 AND (alone.is_key OR a.attname IN ('person_id', 'interaction_id'))
END
"""


def tell_planner(cursor: Any) -> bool:
    """Tell the planner, as the owner of the tables; whether this server can be told. Safe to repeat; ANALYZE keeps what
    is said of workspaces, a dump keeps nothing.
    """
    cursor.execute("SELECT current_setting('server_version_num')::int")
    if cursor.fetchone()[0] < ABLE_SINCE:
        return False
    cursor.execute(_TELL)
    return True
