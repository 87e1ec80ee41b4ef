"""A word that is in most texts is found soon, too, where the newest have none of it.

Behind a calendar of thousands that came in last, a word of every other text was asked of the index: half a million found
and put in order for a page of twenty, half a second and more. Looking through texts in their order costs a third of that
for each; a sample says how many have the word.
"""

from django.db import migrations

# Newest first, in the way that looks at least. What is common stands among the newest: two thousand are looked through
# one after the other, twenty thousand where the first showed that this will do. Where they showed nothing, a
# sample of all says how common it is, and one goes on looking for at most as many texts as have it: the index
# would have gathered as many. What is rare is asked of the index, and sorted. What is common but not for this reader is
# looked for among what they may read, as is all that a guest asks. `sought` is what is asked of the index: all of `asked`
# but short beginnings, which would gather half of all there is.
FIND = """
CREATE OR REPLACE FUNCTION find_words(
    asked tsquery, sought tsquery, person uuid, member uuid, is_guest boolean,
    before timestamptz, before_id uuid, most integer
) RETURNS TABLE (interaction_id uuid, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    own uuid := nullif(current_setting('rapport.workspace', true), '')::uuid;
    missing integer := most; matching integer := 0; wide integer := 2000; walked integer := 0; farthest float;
    edge timestamptz; edge_id uuid; one record;
BEGIN
    IF own IS NULL OR numnode(asked) = 0 THEN
        RETURN;
    END IF;
    WHILE NOT is_guest LOOP
        SELECT w.at, w.interaction_id INTO edge, edge_id FROM words w
        WHERE w.workspace_id = own AND (w.at, w.interaction_id) < (before, before_id)
        ORDER BY w.at DESC, w.interaction_id DESC OFFSET wide - 1 LIMIT 1;
        FOR one IN
            SELECT w.interaction_id, w.at
            FROM (
                SELECT * FROM words w
                WHERE w.workspace_id = own AND (w.at, w.interaction_id) < (before, before_id)
                ORDER BY w.at DESC, w.interaction_id DESC LIMIT wide
            ) AS w
            WHERE w.words @@ asked
            ORDER BY w.at DESC, w.interaction_id DESC
        LOOP
            matching := matching + 1;
            IF may_read(own, one.interaction_id, person, member) THEN
                interaction_id := one.interaction_id;
                at := one.at;
                RETURN NEXT;
                missing := missing - 1;
                EXIT WHEN missing = 0;
            END IF;
        END LOOP;
        IF missing = 0 OR edge IS NULL THEN
            RETURN;
        END IF;
        before := edge;
        before_id := edge_id;
        walked := walked + wide;
        IF farthest IS NULL THEN
            farthest := CASE
                WHEN (most - missing) * 10 >= missing THEN 20000
                WHEN matching > walked / 100 THEN 0
                ELSE texts_with(asked)
            END;
            wide := 20000;
        END IF;
        EXIT WHEN walked >= farthest OR (matching > walked / 100 AND (most - missing) * 10 < missing);
    END LOOP;
    IF is_guest OR matching > walked / 100 THEN
        RETURN QUERY
        WITH theirs AS (
            (SELECT p.interaction_id, p.at FROM participant p
             WHERE p.workspace_id = own AND p.person_id = person AND p.part <> 'about'
                 AND (p.at, p.interaction_id) < (before, before_id)
                 AND (SELECT w.words FROM words w WHERE w.workspace_id = own AND w.interaction_id = p.interaction_id)
                     @@ asked
             ORDER BY p.at DESC, p.interaction_id DESC LIMIT missing)
            UNION
            (SELECT i.id, i.at FROM interaction i
             WHERE NOT is_guest AND i.workspace_id = own AND i.owner_id = member AND (i.at, i.id) < (before, before_id)
                 AND (SELECT w.words FROM words w WHERE w.workspace_id = own AND w.interaction_id = i.id) @@ asked
             ORDER BY i.at DESC, i.id DESC LIMIT missing)
            UNION
            (SELECT i.id, i.at FROM interaction i
             WHERE NOT is_guest AND i.workspace_id = own AND i.is_shared AND (i.at, i.id) < (before, before_id)
                 AND (SELECT w.words FROM words w WHERE w.workspace_id = own AND w.interaction_id = i.id) @@ asked
             ORDER BY i.at DESC, i.id DESC LIMIT missing)
        )
        SELECT t.interaction_id, t.at FROM theirs t ORDER BY t.at DESC, t.interaction_id DESC LIMIT missing;
        RETURN;
    END IF;
    RETURN QUERY
    WITH hit AS MATERIALIZED (
        SELECT w.interaction_id, w.at FROM words w
        WHERE w.workspace_id = own AND w.words @@ sought AND (w.at, w.interaction_id) < (before, before_id)
            AND (sought = asked OR (w.words @@ asked) IS TRUE)
    ), sorted AS (
        SELECT * FROM hit ORDER BY hit.at DESC, hit.interaction_id DESC OFFSET 0
    )
    SELECT s.interaction_id, s.at FROM sorted s
    WHERE may_read(own, s.interaction_id, person, member) LIMIT missing;
END $$;
"""
# A hundred and fifty blocks from anywhere, some thousand texts. What fewer than one of a hundred have is 0: for the index
# that is few.
TEXTS_WITH = """
CREATE OR REPLACE FUNCTION texts_with(asked tsquery) RETURNS float
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own uuid := nullif(current_setting('rapport.workspace', true), '')::uuid;
    blocks float := greatest(pg_relation_size('words') / current_setting('block_size')::integer, 1);
    percent float := least(100, 100 * 150 / blocks); have integer; seen integer;
BEGIN
    SELECT count(*) FILTER (WHERE w.words @@ asked), count(*) INTO have, seen
    FROM words w TABLESAMPLE SYSTEM (percent) WHERE w.workspace_id = own;
    RETURN CASE WHEN have < 10 OR have * 100 < seen THEN 0 ELSE have * 100 / percent END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0037_spelt_out")]

    operations = [
        migrations.RunSQL(TEXTS_WITH, migrations.RunSQL.noop),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
    ]
