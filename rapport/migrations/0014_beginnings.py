"""One or two letters are looked for where words begin: inside words no index finds them, and each person was read."""

from django.db import migrations

FINDING = r"""
-- What LIKE looks for: two patterns where a needle is too short for the index, else one.
CREATE FUNCTION patterns_of(needle text, OUT first text, OUT second text) LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN is_short THEN plain || '%' ELSE '%' || plain || '%' END,
           CASE WHEN is_short THEN '% ' || plain || '%' END
    FROM (SELECT replace(replace(replace(needle, '\', '\\'), '%', '\%'), '_', '\_') AS plain,
                 length(needle) < 3 AND needle ~ '^[ -~]*$' AS is_short) AS said  -- 小 is a whole name
$$;

CREATE OR REPLACE FUNCTION find_people(needle text, most integer, by_address boolean)
RETURNS TABLE (person_id uuid, closeness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle)),
    word AS (SELECT replace(replace(replace(needle, '\', '\\'), '%', '\%'), '_', '\_') AS part)
    SELECT id, max(closeness)::real FROM (
        SELECT p.id, CASE WHEN p.sort_name = needle THEN 4 WHEN p.sort_name LIKE word.part || '%' THEN 3
                          WHEN p.sort_name LIKE '% ' || word.part || '%' THEN 2 ELSE 1 END AS closeness
        FROM own, pattern, word, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
          AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second)
        UNION ALL
        SELECT h.person_id, CASE WHEN h.value LIKE word.part || '%' THEN 2 ELSE 1 END
        FROM own, pattern, word, handle h
        WHERE by_address AND h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
        UNION ALL
        SELECT a.person_id, 0.5
        FROM own, pattern, organization o
        JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
        WHERE o.workspace_id = own.id AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
    ) AS found GROUP BY id ORDER BY 2 DESC, id LIMIT most
$$;

CREATE OR REPLACE FUNCTION people_called(needle text, by_address boolean) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle))
    SELECT p.id FROM own, pattern, person p
    WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
      AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second)
    UNION
    SELECT h.person_id FROM own, pattern, handle h
    WHERE by_address AND h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
    UNION
    SELECT a.person_id FROM own, pattern, organization o
    JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
    WHERE o.workspace_id = own.id AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
$$;

CREATE FUNCTION is_anybody_called(needle text, by_address boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle))
    SELECT EXISTS (
        SELECT FROM own, pattern, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
          AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second)
    ) OR by_address AND EXISTS (
        SELECT FROM own, pattern, handle h
        WHERE h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
    ) OR EXISTS (
        SELECT FROM own, pattern, organization o
        JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
        WHERE o.workspace_id = own.id AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0013_called")]

    operations = [migrations.RunSQL(FINDING, migrations.RunSQL.noop)]
