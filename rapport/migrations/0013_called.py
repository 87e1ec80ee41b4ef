"""Whoever is found by a part of a name, an address or an organization, without order: what lists are filtered by."""

from django.db import migrations

CALLED = """
CREATE FUNCTION people_called(needle text, by_address boolean) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT '%' || replace(replace(replace(needle, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%' AS part)
    SELECT p.id FROM own, pattern, person p
    WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL AND p.sort_name LIKE pattern.part
    UNION
    SELECT h.person_id FROM own, pattern, handle h
    WHERE by_address AND h.workspace_id = own.id AND h.value LIKE pattern.part AND h.kind <> 'card'
    UNION
    SELECT a.person_id FROM own, pattern, organization o
    JOIN affiliation a ON a.workspace_id = o.workspace_id AND a.organization_id = o.id AND a.until IS NULL
    WHERE o.workspace_id = own.id AND o.sort_name LIKE pattern.part
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0012_found_by_organization")]

    operations = [migrations.RunSQL(CALLED, "DROP FUNCTION people_called(text, boolean)")]
