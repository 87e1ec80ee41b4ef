"""Who is called so, the closest first: whose list name begins so, whose name, whose address, then all others.

Each of the first three is a stretch of an index, read from where the page before ended. Before, all who were found were
read to put them in order: of a million people forty thousand for "ana".
"""

from django.db import migrations, models

# A stretch is what lies between two texts and begins so: the first says it as an index can use it, the second what is
# meant, whichever way the database puts texts in order. The rest asks the same, so that each is found once. Of several
# addresses that begin so the first counts, looked for among those of the person: of all that begin so it took 100 ms.
# An address mostly holds the name: who was found by name is not looked up a second time for it.
CLOSEST = r"""
CREATE FUNCTION begins_with(said text, needle text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT said >= needle AND said < needle || chr(1114111) AND starts_with(said, needle)
$$;

CREATE FUNCTION people_closest(needle text, tier integer, after text, after_id uuid, most integer)
RETURNS TABLE (place integer, key text, person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60
SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    own uuid := nullif(current_setting('rapport.workspace', true), '')::uuid;
    nobody uuid := '00000000-0000-0000-0000-000000000000';
    beyond text := needle || chr(1114111);
    wanted integer := most;
    found_now integer;
BEGIN
    IF own IS NULL OR needle = '' THEN
        RETURN;
    END IF;
    IF tier < 3 AND after < needle THEN
        after := needle; after_id := nobody;
    END IF;
    IF tier <= 0 THEN
        RETURN QUERY
        SELECT 0, p.listed_by, p.id FROM person p
        WHERE p.workspace_id = own AND p.merged_into_id IS NULL AND (p.listed_by, p.id) > (after, after_id)
            AND p.listed_by < beyond AND starts_with(p.listed_by, needle)
        ORDER BY p.listed_by, p.id LIMIT wanted;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        wanted := wanted - found_now;
        after := needle; after_id := nobody;
    END IF;
    IF tier <= 1 AND wanted > 0 THEN
        RETURN QUERY
        SELECT 1, p.sort_name, p.id FROM person p
        WHERE p.workspace_id = own AND p.merged_into_id IS NULL AND (p.sort_name, p.id) > (after, after_id)
            AND p.sort_name < beyond AND starts_with(p.sort_name, needle) AND NOT begins_with(p.listed_by, needle)
        ORDER BY p.sort_name, p.id LIMIT wanted;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        wanted := wanted - found_now;
        after := needle; after_id := nobody;
    END IF;
    IF tier <= 2 AND wanted > 0 THEN
        RETURN QUERY
        SELECT 2, h.value, h.person_id FROM handle h
        JOIN person p ON p.workspace_id = own AND p.id = h.person_id AND p.merged_into_id IS NULL
        WHERE h.workspace_id = own AND h.kind = 'email' AND h.value >= after AND h.value < beyond
            AND NOT (h.value = after AND h.person_id = after_id) AND starts_with(h.value, needle)
            AND NOT begins_with(p.listed_by, needle) AND NOT begins_with(p.sort_name, needle)
            AND NOT EXISTS (
                SELECT FROM (
                    SELECT e.value FROM handle e
                    WHERE e.workspace_id = own AND e.person_id = h.person_id AND e.kind = 'email' OFFSET 0
                ) AS theirs WHERE begins_with(theirs.value, needle) AND theirs.value < h.value)
        ORDER BY h.value LIMIT wanted;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        wanted := wanted - found_now;
        after := ''; after_id := nobody;
    END IF;
    IF wanted > 0 THEN
        RETURN QUERY SELECT 3, r.key, r.person_id FROM people_called_else(needle, after, after_id, wanted) r;
    END IF;
END $$;

CREATE FUNCTION people_called_else(needle text, after text, after_id uuid, most integer)
RETURNS TABLE (key text, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 60
SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle)),
    named AS MATERIALIZED (
        SELECT p.id, p.listed_by, begins_with(p.listed_by, needle) OR begins_with(p.sort_name, needle) AS is_closer
        FROM own, pattern, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
          AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second)
          AND (replace(p.sort_name, '.', '0') LIKE replace(pattern.first, '.', '0')
               OR replace(p.sort_name, '.', '0') LIKE replace(pattern.second, '.', '0'))
    ),
    reached AS MATERIALIZED (
        SELECT h.person_id, h.kind = 'email' AND begins_with(h.value, needle) AS is_closer FROM own, pattern, handle h
        WHERE h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
          AND replace(replace(h.value, '.', '0'), '@', '1') LIKE replace(replace(pattern.first, '.', '0'), '@', '1')
    ),
    others AS (
        SELECT r.person_id AS id FROM (
            SELECT person_id FROM reached
            UNION ALL
            SELECT a.person_id FROM own, pattern, organization o
            JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
            WHERE o.workspace_id = own.id AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
        ) AS r
        WHERE NOT EXISTS (SELECT FROM named n WHERE n.id = r.person_id)
        GROUP BY r.person_id
    ),
    closer AS (SELECT person_id AS id FROM reached WHERE is_closer)
    SELECT found.listed_by, found.id FROM (
        SELECT n.id, n.listed_by FROM named n WHERE NOT n.is_closer
        UNION ALL
        SELECT p.id, p.listed_by FROM own, others o JOIN person p ON p.id = o.id
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
          AND NOT begins_with(p.listed_by, needle) AND NOT begins_with(p.sort_name, needle)
    ) AS found
    WHERE (found.listed_by, found.id) > (after, after_id) AND NOT EXISTS (SELECT FROM closer c WHERE c.id = found.id)
    ORDER BY found.listed_by, found.id LIMIT most
$$;

-- What lists go by finds too: "raman, p".
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
          AND (replace(p.sort_name, '.', '0') LIKE replace(pattern.first, '.', '0')
               OR replace(p.sort_name, '.', '0') LIKE replace(pattern.second, '.', '0'))
        UNION ALL
        SELECT p.id, 2 FROM own, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND begins_with(p.listed_by, needle)
        UNION ALL
        SELECT h.person_id, CASE WHEN h.value LIKE word.part || '%' THEN 2 ELSE 1 END
        FROM own, pattern, word, handle h
        WHERE by_address AND h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
          AND replace(replace(h.value, '.', '0'), '@', '1') LIKE replace(replace(pattern.first, '.', '0'), '@', '1')
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
          AND (replace(p.sort_name, '.', '0') LIKE replace(pattern.first, '.', '0')
               OR replace(p.sort_name, '.', '0') LIKE replace(pattern.second, '.', '0'))
    UNION
    SELECT p.id FROM own, person p
    WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND begins_with(p.listed_by, needle)
    UNION
    SELECT h.person_id FROM own, pattern, handle h
    WHERE by_address AND h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
          AND replace(replace(h.value, '.', '0'), '@', '1') LIKE replace(replace(pattern.first, '.', '0'), '@', '1')
    UNION
    SELECT a.person_id FROM own, pattern, organization o
    JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
    WHERE o.workspace_id = own.id AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
$$;

CREATE OR REPLACE FUNCTION is_anybody_called(needle text, by_address boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(needle))
    SELECT EXISTS (
        SELECT FROM own, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND begins_with(p.listed_by, needle)
    ) OR EXISTS (
        SELECT FROM own, pattern, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
          AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second)
          AND (replace(p.sort_name, '.', '0') LIKE replace(pattern.first, '.', '0')
               OR replace(p.sort_name, '.', '0') LIKE replace(pattern.second, '.', '0'))
    ) OR by_address AND EXISTS (
        SELECT FROM own, pattern, handle h
        WHERE h.workspace_id = own.id AND h.value LIKE pattern.first AND h.kind <> 'card'
          AND replace(replace(h.value, '.', '0'), '@', '1') LIKE replace(replace(pattern.first, '.', '0'), '@', '1')
    ) OR EXISTS (
        SELECT FROM own, pattern, organization o
        JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
        WHERE o.workspace_id = own.id AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
    )
$$;

DROP FUNCTION people_called_next(text, text, uuid, integer);
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0030_item_in_file_of_import")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["workspace", "sort_name", "id"],
                condition=models.Q(merged_into=None),
                name="person_by_written_name",
            ),
        ),
        migrations.RunSQL(CLOSEST, migrations.RunSQL.noop),
    ]
