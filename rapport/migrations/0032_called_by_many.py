"""A part that thousands have in their names or addresses: found by walking along the names, not by reading all of them.

Of a million people all have "example" in their addresses: to show fifty of them, all were read and put in order, which
took seven seconds. So few are read first; where there are more, the next by name are looked at one after the other until
a page is full, which is soon where many are called so.
"""

from django.db import migrations

# Each of the settings leaves the planner the one way that is right whatever it believes of how common a part is: the
# index of parts for the first two, the index of names for the walk. A subquery that must give one row is asked for each
# person; EXISTS may be turned into reading all addresses.
CALLED_BY_MANY = r"""
CREATE FUNCTION some_named(needle text, most integer)
RETURNS TABLE (id uuid, listed_by text, sort_name text, is_closer boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_indexscan = off AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle))
    SELECT p.id, p.listed_by, p.sort_name, begins_with(p.listed_by, needle) OR begins_with(p.sort_name, needle)
    FROM own, pattern, person p
    WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
      AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second)
      AND (replace(p.sort_name, '.', '0') LIKE replace(pattern.first, '.', '0')
           OR replace(p.sort_name, '.', '0') LIKE replace(pattern.second, '.', '0'))
    LIMIT most
$$;

CREATE FUNCTION some_reached(needle text, most integer)
RETURNS TABLE (person_id uuid, value text, is_closer boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_indexscan = off AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle))
    SELECT h.person_id, h.value, h.kind = 'email' AND begins_with(h.value, needle) FROM own, pattern, handle h
    WHERE h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
      AND replace(replace(h.value, '.', '0'), '@', '1') LIKE replace(replace(pattern.first, '.', '0'), '@', '1')
    LIMIT most
$$;

CREATE FUNCTION some_placed(needle text, most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle))
    SELECT a.person_id FROM own, pattern, organization o
    JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
    WHERE o.workspace_id = own.id AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
    LIMIT most
$$;

CREATE FUNCTION people_along_names(needle text, after text, after_id uuid, most integer, within integer)
RETURNS TABLE (key text, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 60
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
    SELECT p.listed_by, p.id
    FROM (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id) AS own,
        patterns_of(needle) AS pattern, LATERAL (
            SELECT p.id, p.listed_by, p.sort_name FROM person p
            WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND (p.listed_by, p.id) > (after, after_id)
            ORDER BY p.listed_by, p.id LIMIT within) AS p
    WHERE NOT begins_with(p.listed_by, needle) AND NOT begins_with(p.sort_name, needle)
      AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second OR (
            SELECT true FROM handle h WHERE h.workspace_id = own.id AND h.person_id = p.id
              AND h.value LIKE pattern.first AND h.kind <> 'card' LIMIT 1
        ) OR (
            SELECT true FROM affiliation a JOIN organization o ON o.workspace_id = own.id AND o.id = a.organization_id
            WHERE a.workspace_id = own.id AND a.person_id = p.id AND a.until IS NULL
              AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second) LIMIT 1
        ))
      AND (
            SELECT true FROM handle h WHERE h.workspace_id = own.id AND h.person_id = p.id AND h.kind = 'email'
              AND begins_with(h.value, needle) LIMIT 1
        ) IS NULL
    ORDER BY p.listed_by, p.id LIMIT most
$$;

-- All others, of whom the first three ways have not told; one row of nothing behind them where `few` were not enough.
CREATE FUNCTION people_called_anyhow(needle text, after text, after_id uuid, most integer, few integer)
RETURNS TABLE (key text, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 60
SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    named AS MATERIALIZED (SELECT * FROM some_named(needle, few + 1)),
    reached AS MATERIALIZED (SELECT * FROM some_reached(needle, few + 1)),
    placed AS MATERIALIZED (SELECT * FROM some_placed(needle, few + 1) AS p(person_id)),
    others AS (
        SELECT r.person_id AS id FROM (SELECT person_id FROM reached UNION ALL SELECT person_id FROM placed) AS r
        WHERE NOT EXISTS (SELECT FROM named n WHERE n.id = r.person_id)
        GROUP BY r.person_id
    ),
    closer AS (SELECT person_id AS id FROM reached WHERE is_closer),
    many AS (SELECT greatest(
        (SELECT count(*) FROM named), (SELECT count(*) FROM reached), (SELECT count(*) FROM placed)) > few AS so)
    (
        SELECT found.listed_by, found.id FROM (
            SELECT n.id, n.listed_by FROM named n WHERE NOT n.is_closer
            UNION ALL
            SELECT p.id, p.listed_by FROM own, others o JOIN person p ON p.id = o.id
            WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
              AND NOT begins_with(p.listed_by, needle) AND NOT begins_with(p.sort_name, needle)
        ) AS found
        WHERE (SELECT so IS NOT TRUE FROM many) AND (found.listed_by, found.id) > (after, after_id)
          AND NOT EXISTS (SELECT FROM closer c WHERE c.id = found.id)
        ORDER BY found.listed_by, found.id LIMIT most
    )
    UNION ALL
    SELECT NULL, NULL FROM many WHERE so
$$;

CREATE OR REPLACE FUNCTION people_called_else(needle text, after text, after_id uuid, most integer)
RETURNS TABLE (key text, person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60
SET search_path = public, pg_temp AS $$
DECLARE
    keys text[];
    ids uuid[];
BEGIN
    SELECT array_agg(r.key), array_agg(r.person_id) INTO keys, ids
    FROM people_called_anyhow(needle, after, after_id, most, 10000) r;
    IF array_position(ids, NULL) IS NULL THEN
        RETURN QUERY SELECT * FROM unnest(keys, ids);
        RETURN;
    END IF;
    SELECT array_agg(r.key), array_agg(r.person_id) INTO keys, ids
    FROM people_along_names(needle, after, after_id, most, 6000) r;
    IF cardinality(ids) = most THEN
        RETURN QUERY SELECT * FROM unnest(keys, ids);
        RETURN;
    END IF;
    RETURN QUERY SELECT r.key, r.person_id FROM people_called_anyhow(needle, after, after_id, most, NULL) r;
END $$;

-- Who is called exactly so, or begins so, is found among however many; of all others, enough.
CREATE OR REPLACE FUNCTION find_people(needle text, most integer, by_address boolean)
RETURNS TABLE (person_id uuid, closeness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    word AS (SELECT replace(replace(replace(needle, '\', '\\'), '%', '\%'), '_', '\_') AS part)
    SELECT id, max(closeness)::real FROM (
        (SELECT p.id, CASE WHEN p.sort_name = needle THEN 4 ELSE 3 END AS closeness FROM own, person p
         WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND begins_with(p.sort_name, needle)
         ORDER BY p.sort_name, p.id LIMIT most)
        UNION ALL
        (SELECT p.id, 2 FROM own, person p
         WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND begins_with(p.listed_by, needle)
         ORDER BY p.listed_by, p.id LIMIT most)
        UNION ALL
        SELECT n.id, CASE WHEN n.sort_name LIKE '% ' || word.part || '%' THEN 2 ELSE 1 END
        FROM word, some_named(needle, 5 * most) n
        UNION ALL
        SELECT r.person_id, CASE WHEN r.value LIKE word.part || '%' THEN 2 ELSE 1 END
        FROM word, some_reached(needle, 5 * most) r WHERE by_address
        UNION ALL
        SELECT p.person_id, 0.5 FROM some_placed(needle, 5 * most) AS p(person_id)
    ) AS found GROUP BY id ORDER BY 2 DESC, id LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0031_closest")]

    operations = [migrations.RunSQL(CALLED_BY_MANY, migrations.RunSQL.noop)]
