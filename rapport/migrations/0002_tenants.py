"""Composite keys, forced row-level security, and search: what the ORM cannot say."""

from django.db import migrations

TENANTS = """
ALTER TABLE "key" DROP CONSTRAINT "key_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "journal_entry" DROP CONSTRAINT "journal_entry_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "remembered_answer" DROP CONSTRAINT "remembered_answer_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "person" DROP CONSTRAINT "person_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "handle" DROP CONSTRAINT "handle_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "organization" DROP CONSTRAINT "organization_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "affiliation" DROP CONSTRAINT "affiliation_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "fact" DROP CONSTRAINT "fact_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "tag" DROP CONSTRAINT "tag_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "person_tag" DROP CONSTRAINT "person_tag_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "merge" DROP CONSTRAINT "merge_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "today_list" DROP CONSTRAINT "today_list_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "suggestion" DROP CONSTRAINT "suggestion_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "source" DROP CONSTRAINT "source_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "import" DROP CONSTRAINT "import_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "import_file" DROP CONSTRAINT "import_file_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "raw_item" DROP CONSTRAINT "raw_item_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "import_item" DROP CONSTRAINT "import_item_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "thread" DROP CONSTRAINT "thread_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "interaction" DROP CONSTRAINT "interaction_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "participant" DROP CONSTRAINT "participant_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "address_part" DROP CONSTRAINT "address_part_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "message" DROP CONSTRAINT "message_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "pair_change" DROP CONSTRAINT "pair_change_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "relationship" DROP CONSTRAINT "relationship_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "key" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "key" ADD CONSTRAINT "key_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "key" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "key" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "key" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "journal_entry" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "journal_entry" ADD CONSTRAINT "journal_entry_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "journal_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "journal_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "journal_entry" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "remembered_answer" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "remembered_answer" ADD CONSTRAINT "remembered_answer_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "remembered_answer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "remembered_answer" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "remembered_answer" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "person" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "person" ADD CONSTRAINT "person_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "person" ADD CONSTRAINT "person_merged_into_id_same_workspace" FOREIGN KEY (workspace_id, merged_into_id) REFERENCES "person" (workspace_id, id) ON DELETE SET NULL (merged_into_id);
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "person" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "person" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "handle" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "handle" ADD CONSTRAINT "handle_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "handle" ADD CONSTRAINT "handle_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "handle" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "handle" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "handle" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "organization" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "organization" ADD CONSTRAINT "organization_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "organization" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "organization" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "organization" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "affiliation" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_organization_id_same_workspace" FOREIGN KEY (workspace_id, organization_id) REFERENCES "organization" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "affiliation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "affiliation" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "affiliation" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "fact" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "fact" ADD CONSTRAINT "fact_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "fact" ADD CONSTRAINT "fact_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "fact" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "fact" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "fact" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "tag" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "tag" ADD CONSTRAINT "tag_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "tag" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tag" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "tag" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "person_tag" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "person_tag" ADD CONSTRAINT "person_tag_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "person_tag" ADD CONSTRAINT "person_tag_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "person_tag" ADD CONSTRAINT "person_tag_tag_id_same_workspace" FOREIGN KEY (workspace_id, tag_id) REFERENCES "tag" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "person_tag" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "person_tag" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "person_tag" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "merge" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "merge" ADD CONSTRAINT "merge_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "merge" ADD CONSTRAINT "merge_kept_id_same_workspace" FOREIGN KEY (workspace_id, kept_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "merge" ADD CONSTRAINT "merge_gone_id_same_workspace" FOREIGN KEY (workspace_id, gone_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "merge" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "merge" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "merge" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "today_list" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "today_list" ADD CONSTRAINT "today_list_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "today_list" ADD CONSTRAINT "today_list_home_person_id_same_workspace" FOREIGN KEY (workspace_id, home_person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "today_list" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "today_list" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "today_list" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "suggestion" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_today_list_id_same_workspace" FOREIGN KEY (workspace_id, today_list_id) REFERENCES "today_list" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_home_person_id_same_workspace" FOREIGN KEY (workspace_id, home_person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "suggestion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "suggestion" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "suggestion" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "source" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "source" ADD CONSTRAINT "source_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "source" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "source" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "source" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "import" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "import" ADD CONSTRAINT "import_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "import" ADD CONSTRAINT "import_source_id_same_workspace" FOREIGN KEY (workspace_id, source_id) REFERENCES "source" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "import" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "import" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "import" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "import_file" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_import_id_same_workspace" FOREIGN KEY (workspace_id, import_id) REFERENCES "import" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "import_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "import_file" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "import_file" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "raw_item" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "raw_item" ADD CONSTRAINT "raw_item_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "raw_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "raw_item" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "raw_item" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "import_item" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "import_item" ADD CONSTRAINT "import_item_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "import_item" ADD CONSTRAINT "import_item_import_id_same_workspace" FOREIGN KEY (workspace_id, import_id) REFERENCES "import" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "import_item" ADD CONSTRAINT "import_item_file_id_same_workspace" FOREIGN KEY (workspace_id, file_id) REFERENCES "import_file" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "import_item" ADD CONSTRAINT "import_item_raw_item_id_same_workspace" FOREIGN KEY (workspace_id, raw_item_id) REFERENCES "raw_item" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "import_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "import_item" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "import_item" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "thread" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "thread" ADD CONSTRAINT "thread_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "thread" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "thread" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "thread" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "interaction" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_thread_id_same_workspace" FOREIGN KEY (workspace_id, thread_id) REFERENCES "thread" (workspace_id, id) ON DELETE SET NULL (thread_id);
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_source_id_same_workspace" FOREIGN KEY (workspace_id, source_id) REFERENCES "source" (workspace_id, id) ON DELETE SET NULL (source_id);
ALTER TABLE "interaction" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "interaction" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "interaction" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "participant" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "participant" ADD CONSTRAINT "participant_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "participant" ADD CONSTRAINT "participant_interaction_id_same_workspace" FOREIGN KEY (workspace_id, interaction_id) REFERENCES "interaction" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "participant" ADD CONSTRAINT "participant_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "participant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "participant" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "participant" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "address_part" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "address_part" ADD CONSTRAINT "address_part_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "address_part" ADD CONSTRAINT "address_part_interaction_id_same_workspace" FOREIGN KEY (workspace_id, interaction_id) REFERENCES "interaction" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "address_part" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "address_part" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "address_part" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "message" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "message" ADD CONSTRAINT "message_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "message" ADD CONSTRAINT "message_interaction_id_same_workspace" FOREIGN KEY (workspace_id, interaction_id) REFERENCES "interaction" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "message" ADD CONSTRAINT "message_raw_item_id_same_workspace" FOREIGN KEY (workspace_id, raw_item_id) REFERENCES "raw_item" (workspace_id, id) ON DELETE SET NULL (raw_item_id);
ALTER TABLE "message" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "message" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "message" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "pair_change" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "pair_change" ADD CONSTRAINT "pair_change_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "pair_change" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "pair_change" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "pair_change" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "relationship" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "relationship" ADD CONSTRAINT "relationship_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "relationship" ADD CONSTRAINT "relationship_home_person_id_same_workspace" FOREIGN KEY (workspace_id, home_person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "relationship" ADD CONSTRAINT "relationship_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "relationship" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "relationship" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "relationship" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
"""

FINDING = r"""
-- Part-of-a-word search. ILIKE is not leakproof, so under row-level security the trigram index would not be used:
-- one function with the owner's rights filters by the current workspace inside and returns ids only.
CREATE INDEX person_name_parts ON person USING gin (workspace_id, sort_name gin_trgm_ops);
CREATE INDEX handle_value_parts ON handle USING gin (workspace_id, value gin_trgm_ops);

CREATE FUNCTION find_people(needle text, most integer) RETURNS TABLE (person_id uuid, closeness real)
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
        WHERE h.workspace_id = own.id AND h.value LIKE '%' || pattern.part || '%' AND h.kind <> 'card'
    ) AS found GROUP BY id ORDER BY 2 DESC, id LIMIT most
$$;

CREATE FUNCTION guess_people(needle text, most integer) RETURNS TABLE (person_id uuid, closeness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, word_similarity(needle, p.sort_name)
    FROM person p
    WHERE p.workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid
      AND p.merged_into_id IS NULL AND needle <% p.sort_name
    ORDER BY 2 DESC, p.id LIMIT most
$$;
"""


class Migration(migrations.Migration):
    """Text printed by `python -m scripts.tenant_sql`, and the functions that search."""

    dependencies = [("rapport", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS btree_gin;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(TENANTS, migrations.RunSQL.noop),
        migrations.RunSQL(FINDING, migrations.RunSQL.noop),
    ]
