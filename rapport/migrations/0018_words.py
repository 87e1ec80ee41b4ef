"""What happened is found by its words: subjects, texts, notes, names of files; each reader finds what they may read."""

import django.contrib.postgres.search
import django.db.models.deletion
import rapport.kit.ids
from django.db import migrations, models

# Letters that are written without blanks between words stand alone, so that a part of such a run is found as a phrase.
# What the parser would take for an address, a path, a tag or a sign is blank: each part of it is a word. Seven replacements
# take a sixth of the time of one translation.
FOLDED = r"""
CREATE FUNCTION words_parted(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(replace(replace(replace(
        said, '.', ' '), '/', ' '), '@', ' '), '-', ' '), '<', ' '), '&', ' '), '+', ' ')
$$;
CREATE FUNCTION words_folded(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN octet_length(said) = char_length(said) THEN words_parted(said)
    ELSE translate(
        regexp_replace(
            normalize(
                regexp_replace(
                    normalize(replace(lower(words_parted(said)), 'ß', 'ss'), NFKD),
                    '[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]', '', 'g'
                ),
                NFKC
            ),
            '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff])',
            ' \1 ', 'g'
        ),
        'ςøłđı', 'σoldi'
    ) END
$$;
"""
# A tsvector holds 1 MB: a hundred thousand letters always fit.
WORDS_IN = r"""
CREATE FUNCTION words_in(title text, body text, files jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN jsonb_array_length(files) = 0
    THEN to_tsvector('pg_catalog.simple', words_folded(title || E'\n' || left(body, 100000)))
    ELSE to_tsvector('pg_catalog.simple', words_folded(title || E'\n' || left(body, 100000) || E'\n'
        || left(jsonb_path_query_array(files, '$[*].name')::text, 30000))) || '''has:file'''::tsvector
    END
$$;
"""
QUERY = r"""
CREATE FUNCTION words_query(wanted text[], begun text[], unwanted text[]) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    whole tsquery := ''; part tsquery; one text;
BEGIN
    FOREACH one IN ARRAY wanted LOOP
        whole := whole && phraseto_tsquery('pg_catalog.simple', words_folded(one));
    END LOOP;
    FOREACH one IN ARRAY begun LOOP
        part := phraseto_tsquery('pg_catalog.simple', words_folded(one));
        IF numnode(part) > 0 THEN
            whole := whole && (part::text || ':*')::tsquery;
        END IF;
    END LOOP;
    FOREACH one IN ARRAY unwanted LOOP
        part := phraseto_tsquery('pg_catalog.simple', words_folded(one));
        IF numnode(part) > 0 THEN
            whole := whole && !! part;
        END IF;
    END LOOP;
    RETURN whole;
END $$;
"""
TABLE = """
ALTER TABLE "words" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "words" DROP CONSTRAINT "words_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "words" ADD CONSTRAINT "words_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "words" ADD CONSTRAINT "words_interaction_id_same_workspace" FOREIGN KEY (workspace_id, interaction_id) REFERENCES "interaction" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "words" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "words" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "words" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
"""
# Of what is here already. Its owner sees all workspaces; the row's own is written.
FILL = """
SET LOCAL maintenance_work_mem = '256MB';
INSERT INTO words (workspace_id, id, interaction_id, at, words)
SELECT i.workspace_id, i.id, i.id, i.at,
    words_in(i.title, coalesce(nullif(m.text, ''), i.excerpt), coalesce(m.attachments, '[]'))
FROM interaction i LEFT JOIN message m ON m.workspace_id = i.workspace_id AND m.interaction_id = i.id;
"""
INDEX = "CREATE INDEX words_found ON words USING gin (workspace_id, words);"
# Row-level security keeps `@@` from using an index: the owner asks, for the workspace that was entered.
#
# Newest first, in the way that looks at least. What is common stands among the newest: two thousand are looked through
# one after the other, twenty thousand where the first showed that this will do. What is rare is asked of the index, and
# sorted. What is common but not for this reader is looked for among what they may read, as is all that a guest asks.
# `sought` is what is asked of the index: all of `asked` but short beginnings, which would gather half of all there is.
FIND = """
CREATE FUNCTION find_words(
    asked tsquery, sought tsquery, person uuid, member uuid, is_guest boolean,
    before timestamptz, before_id uuid, most integer
) RETURNS TABLE (interaction_id uuid, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    own uuid := nullif(current_setting('rapport.workspace', true), '')::uuid;
    missing integer := most; matching integer := 0; wide integer := 2000;
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
        EXIT WHEN wide > 2000 OR (most - missing) * 10 < missing;
        wide := 20000;
    END LOOP;
    IF is_guest OR matching > wide / 100 THEN
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
# What a member may read, as `is_private` in interactions/visible.py says it of what is loaded.
MAY_READ = """
CREATE FUNCTION may_read(own uuid, what uuid, reader uuid, member uuid) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM interaction i WHERE i.workspace_id = own AND i.id = what AND (i.is_shared OR i.owner_id = member)
    ) OR EXISTS (
        SELECT 1 FROM participant p WHERE p.workspace_id = own AND p.interaction_id = what AND p.person_id = reader
            AND p.part <> 'about'
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0017_second_factors")]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION words_folded(text); DROP FUNCTION words_parted(text)"),
        migrations.RunSQL(WORDS_IN, "DROP FUNCTION words_in(text, text, jsonb)"),
        migrations.RunSQL(QUERY, "DROP FUNCTION words_query(text[], text[], text[])"),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('id', models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('interaction', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.interaction')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.workspace')),
            ],
            options={'db_table': 'words'},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='words',
            constraint=models.UniqueConstraint(fields=('workspace', 'interaction'), name='words_once'),
        ),
        migrations.AddIndex(
            model_name='words',
            index=models.Index(fields=['workspace', '-at', '-interaction'], name='words_recent'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(condition=models.Q(('owner', None), _negated=True), fields=['workspace', 'owner', '-at', '-id'], name='interaction_of_owner'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(condition=models.Q(('is_shared', True)), fields=['workspace', '-at', '-id'], name='interaction_shared'),
        ),
        migrations.RunSQL(INDEX, "DROP INDEX words_found"),
        migrations.RunSQL(TABLE, migrations.RunSQL.noop),
        migrations.RunSQL(MAY_READ, "DROP FUNCTION may_read(uuid, uuid, uuid, uuid)"),
        migrations.RunSQL(
            FIND,
            "DROP FUNCTION find_words(tsquery, tsquery, uuid, uuid, boolean, timestamptz, uuid, integer)",
        ),
    ]
