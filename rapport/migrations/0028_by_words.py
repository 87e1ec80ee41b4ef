"""People by words in any order, of their name and of where they are: "rossi marta", "marta acme"."""

from django.db import migrations

# Row-level security keeps LIKE from using an index: the owner asks, for the workspace that was entered. A word is one
# from its beginning; the index finds it anywhere. Four words narrow enough: those after them are only looked at.
# Where somebody is, one step follows the other, each by its index; of two thousand organizations: "Marta GmbH" must not
# look through everybody. Planned with the words that are asked for, or a common one is taken for a rare one.
BY_WORDS = r"""
CREATE FUNCTION people_by_words(words text[], most integer) RETURNS TABLE (person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    own uuid := nullif(current_setting('rapport.workspace', true), '')::uuid;
    begun text[]; first text; second text; third text; fourth text; plain text[];
BEGIN
    IF own IS NULL OR coalesce(array_length(words, 1), 0) < 2 THEN
        RETURN;
    END IF;
    SELECT array_agg(said ORDER BY length(said) DESC) INTO plain
    FROM (SELECT replace(replace(replace(said, '\', '\\'), '%', '\%'), '_', '\_') AS said FROM unnest(words) AS said) AS u;
    SELECT array_agg('% ' || said || '%') INTO begun FROM unnest(plain) AS said;
    first := '%' || plain[1] || '%';
    second := '%' || plain[2] || '%';
    third := coalesce('%' || plain[3] || '%', first);
    fourth := coalesce('%' || plain[4] || '%', first);
    RETURN QUERY
    SELECT id FROM (
        SELECT p.id, 1 AS place FROM person p
        WHERE p.workspace_id = own AND p.merged_into_id IS NULL
            AND replace(p.sort_name, '.', '0') LIKE replace(first, '.', '0')
            AND replace(p.sort_name, '.', '0') LIKE replace(second, '.', '0')
            AND replace(p.sort_name, '.', '0') LIKE replace(third, '.', '0')
            AND replace(p.sort_name, '.', '0') LIKE replace(fourth, '.', '0') AND ' ' || p.sort_name LIKE ALL (begun)
        UNION ALL
        SELECT p.id, 2 FROM (
            SELECT o.id, o.sort_name FROM organization o
            WHERE o.workspace_id = own AND (o.sort_name LIKE first OR o.sort_name LIKE second
                OR o.sort_name LIKE third OR o.sort_name LIKE fourth)
            LIMIT 2000
        ) AS o
        CROSS JOIN LATERAL (
            SELECT a.person_id FROM affiliation a
            WHERE a.workspace_id = own AND a.organization_id = o.id AND a.until IS NULL OFFSET 0
        ) AS a
        CROSS JOIN LATERAL (
            SELECT p.id, p.sort_name FROM person p
            WHERE p.workspace_id = own AND p.id = a.person_id AND p.merged_into_id IS NULL OFFSET 0
        ) AS p
        WHERE ' ' || p.sort_name || ' ' || o.sort_name LIKE ALL (begun)
    ) AS found GROUP BY id ORDER BY min(place), id LIMIT most;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0027_wishes_on_cards")]

    operations = [migrations.RunSQL(BY_WORDS, "DROP FUNCTION people_by_words(text[], integer)")]
