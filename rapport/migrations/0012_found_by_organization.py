"""People are found by the organization they are at now, too; without a limit where they are counted."""

from django.db import migrations

FINDING = r"""
CREATE INDEX organization_name_parts ON organization USING gin (workspace_id, sort_name gin_trgm_ops);

DROP FUNCTION find_people(text, integer);

-- `most` may be NULL: all of them. Addresses are looked at where `by_address`: they must not tell a guest whose they are.
CREATE FUNCTION find_people(needle text, most integer, by_address boolean)
RETURNS TABLE (person_id uuid, closeness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT replace(replace(replace(needle, '\', '\\'), '%', '\%'), '_', '\_') AS part)
    SELECT id, max(closeness)::real FROM (
        SELECT p.id, CASE WHEN p.sort_name = needle THEN 4 WHEN p.sort_name LIKE pattern.part || '%' THEN 3
                          WHEN p.sort_name LIKE '% ' || pattern.part || '%' THEN 2 ELSE 1 END AS closeness
        FROM own, pattern, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND p.sort_name LIKE '%' || pattern.part || '%'
        UNION ALL
        SELECT h.person_id, CASE WHEN h.value LIKE pattern.part || '%' THEN 2 ELSE 1 END
        FROM own, pattern, handle h
        WHERE by_address AND h.workspace_id = own.id AND h.value LIKE '%' || pattern.part || '%' AND h.kind <> 'card'
        UNION ALL
        SELECT a.person_id, 0.5
        FROM own, pattern, organization o
        JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
        WHERE o.workspace_id = own.id AND o.sort_name LIKE '%' || pattern.part || '%'
    ) AS found GROUP BY id ORDER BY 2 DESC, id LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0011_people_move")]

    operations = [migrations.RunSQL(FINDING, migrations.RunSQL.noop)]
