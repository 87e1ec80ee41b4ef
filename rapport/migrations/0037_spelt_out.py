"""Names with an umlaut or a Scandinavian letter are found by its two letters too, and the other way: Mueller and Müller.

Looked for only where what was typed has such a letter, or two that may stand for one.
"""

from django.db import migrations

# NULL for nearly all names, which are then in no index of these: it holds the few that have such a letter.
# Marks are taken off after the letters are spelt, or there would be none left to spell.
SPELT_OUT = r"""
CREATE FUNCTION spelt_out(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN name ~ '[ÄÖÜÅÆØäöüåæø]' THEN
        btrim(regexp_replace(regexp_replace(normalize(
            replace(replace(replace(replace(replace(replace(replace(
                lower(translate(name, 'ÄÖÜÅÆØẞ', 'äöüåæøß')),
            'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'å', 'aa'), 'æ', 'ae'), 'ø', 'oe'), 'ß', 'ss'),
        NFKD), '[\u0300-\u036f]', '', 'g'), '\s+', ' ', 'g'))
    END
$$;

CREATE INDEX person_spelt_out ON person USING gin (workspace_id, spelt_out(name) gin_trgm_ops)
    WHERE spelt_out(name) IS NOT NULL;
CREATE INDEX organization_spelt_out ON organization USING gin (workspace_id, spelt_out(name) gin_trgm_ops)
    WHERE spelt_out(name) IS NOT NULL;

-- By words in any order, of their name alone.
CREATE FUNCTION people_by_words_spelt(words text[], most integer) RETURNS TABLE (person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp SET jit = off AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    plain AS (SELECT replace(replace(replace(said, '\', '\\'), '%', '\%'), '_', '\_') AS said
              FROM unnest(words) AS said WHERE said <> ''),
    word AS (SELECT array_agg('% ' || said || '%') AS begun,
                    '%' || (array_agg(said ORDER BY length(said) DESC))[1] || '%' AS longest FROM plain)
    SELECT p.id FROM own, word, person p
    WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
      AND spelt_out(p.name) LIKE word.longest AND ' ' || spelt_out(p.name) LIKE ALL (word.begun)
    UNION
    SELECT p.id FROM own, word, person p
    WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
      AND replace(p.sort_name, '.', '0') LIKE replace(word.longest, '.', '0')
      AND ' ' || p.sort_name LIKE ALL (word.begun)
    ORDER BY 1 LIMIT most
$$;

-- Whose name has `spelt` where it is spelt out. Where what was typed had such a letter itself, `typed` is another, and
-- names that are written with two letters have it too.
CREATE FUNCTION organizations_spelt(typed text, spelt text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp SET jit = off AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(spelt))
    SELECT o.id FROM own, pattern, organization o
    WHERE o.workspace_id = own.id
      AND (spelt_out(o.name) LIKE pattern.first OR spelt_out(o.name) LIKE pattern.second)
    UNION
    SELECT o.id FROM own, pattern, organization o
    WHERE typed <> spelt AND o.workspace_id = own.id
      AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second)
$$;

-- The same of people and of where they are. With a comma it was typed as lists have it, which is not spelt out: by
-- words. `most` may be NULL: all of them.
CREATE FUNCTION people_spelt(typed text, spelt text, most integer) RETURNS TABLE (person_id uuid, closeness real)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp SET jit = off AS $$
    WITH own AS (SELECT nullif(current_setting('rapport.workspace', true), '')::uuid AS id),
    pattern AS (SELECT * FROM patterns_of(spelt)),
    word AS (SELECT regexp_split_to_array(spelt, '[\s,;]+') AS words WHERE strpos(spelt, ',') > 0),
    named AS (
        SELECT p.id, spelt_out(p.name) AS name FROM own, pattern, person p
        WHERE p.workspace_id = own.id AND p.merged_into_id IS NULL
          AND (spelt_out(p.name) LIKE pattern.first OR spelt_out(p.name) LIKE pattern.second)
        UNION ALL
        SELECT p.id, p.sort_name FROM own, pattern, person p
        WHERE typed <> spelt AND p.workspace_id = own.id AND p.merged_into_id IS NULL
          AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second)
          AND (replace(p.sort_name, '.', '0') LIKE replace(pattern.first, '.', '0')
               OR replace(p.sort_name, '.', '0') LIKE replace(pattern.second, '.', '0'))
    )
    SELECT id, max(closeness)::real FROM (
        SELECT n.id, CASE WHEN n.name = spelt THEN 3.5 WHEN starts_with(n.name, spelt) THEN 2.5
                          WHEN strpos(n.name, ' ' || spelt) > 0 THEN 1.5 ELSE 0.75 END AS closeness
        FROM named n
        UNION ALL
        SELECT w.person_id, 0.5 FROM word, people_by_words_spelt(word.words, 1000) w
        UNION ALL
        SELECT a.person_id, 0.25 FROM own CROSS JOIN organizations_spelt(typed, spelt) AS o (id)
        JOIN affiliation a ON a.workspace_id = own.id AND a.organization_id = o.id AND a.until IS NULL
    ) AS found GROUP BY id ORDER BY 2 DESC, id LIMIT most
$$;

-- The closest, and behind them as a fifth stretch, by what lists go by, who is found only where it is spelt out.
CREATE FUNCTION people_closest_spelt(
    needle text, spelt text, tier integer, after text, after_id uuid, most integer)
RETURNS TABLE (place integer, key text, person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60
SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    own uuid := nullif(current_setting('rapport.workspace', true), '')::uuid;
    wanted integer := most;
    found_now integer;
BEGIN
    IF tier < 4 THEN
        RETURN QUERY SELECT * FROM people_closest(needle, tier, after, after_id, wanted);
        GET DIAGNOSTICS found_now = ROW_COUNT;
        wanted := wanted - found_now;
        after := ''; after_id := '00000000-0000-0000-0000-000000000000';
    END IF;
    IF wanted > 0 THEN
        RETURN QUERY
        SELECT 4, p.listed_by, p.id FROM patterns_of(needle) AS pattern, people_spelt(needle, spelt, NULL) AS s
        JOIN person p ON p.workspace_id = own AND p.id = s.person_id AND p.merged_into_id IS NULL
        WHERE (p.listed_by, p.id) > (after, after_id)
          AND NOT begins_with(p.listed_by, needle)
          AND (p.sort_name LIKE pattern.first OR p.sort_name LIKE pattern.second) IS NOT TRUE
          AND NOT EXISTS (SELECT FROM handle h WHERE h.workspace_id = own AND h.person_id = p.id
                            AND h.value LIKE pattern.first AND h.kind <> 'card')
          AND NOT EXISTS (
            SELECT FROM affiliation a JOIN organization o ON o.workspace_id = own AND o.id = a.organization_id
            WHERE a.workspace_id = own AND a.person_id = p.id AND a.until IS NULL
              AND (o.sort_name LIKE pattern.first OR o.sort_name LIKE pattern.second))
        ORDER BY p.listed_by, p.id LIMIT wanted;
    END IF;
END $$;
"""

TAKEN_BACK = """
DROP FUNCTION people_closest_spelt(text, text, integer, text, uuid, integer);
DROP FUNCTION people_spelt(text, text, integer);
DROP FUNCTION organizations_spelt(text, text);
DROP FUNCTION people_by_words_spelt(text[], integer);
DROP INDEX organization_spelt_out;
DROP INDEX person_spelt_out;
DROP FUNCTION spelt_out(text);
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0036_no_name_last")]

    operations = [migrations.RunSQL(SPELT_OUT, TAKEN_BACK)]
