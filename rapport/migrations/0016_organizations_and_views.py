"""Organizations joined, their ties for order, lists by a name; relationships found by how they are tended."""

import django.db.models.deletion
import rapport.kit.ids
from django.db import migrations, models

TENANTS = """
ALTER TABLE "saved_view" DROP CONSTRAINT "saved_view_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "organization_ties" DROP CONSTRAINT "organization_ties_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "saved_view" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "saved_view" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "saved_view" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "saved_view" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "organization_ties" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "organization_ties" ADD CONSTRAINT "organization_ties_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "organization_ties" ADD CONSTRAINT "organization_ties_organization_id_same_workspace" FOREIGN KEY (workspace_id, organization_id) REFERENCES "organization" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "organization_ties" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "organization_ties" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "organization_ties" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "organization" ADD CONSTRAINT "organization_merged_into_id_same_workspace" FOREIGN KEY (workspace_id, merged_into_id) REFERENCES "organization" (workspace_id, id) ON DELETE CASCADE;
"""

TIES = """
INSERT INTO organization_ties (workspace_id, id, organization_id, strongest, last_at)
SELECT a.workspace_id, gen_random_uuid(), a.organization_id, max(r.strength), max(r.last_at)
FROM affiliation a JOIN relationship r ON r.workspace_id = a.workspace_id AND r.person_id = a.person_id
WHERE a.until IS NULL AND r.strength IS NOT NULL AND r.last_at IS NOT NULL GROUP BY a.workspace_id, a.organization_id;
"""

# A tone cannot be worked out here: the worker judges every pair once more.
LOOK_AGAIN = """
UPDATE relationship SET next_look_at = now();
INSERT INTO agenda (workspace_id, kind, due_at) SELECT DISTINCT workspace_id, 'look', now() FROM relationship
ON CONFLICT (workspace_id, kind) DO UPDATE SET due_at = least(agenda.due_at, excluded.due_at);
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0015_one_persons_rights")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="merged_into",
            field=models.ForeignKey(
                db_column="merged_into_id", db_constraint=False, db_index=False, null=True,
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="rapport.organization",
            ),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                condition=models.Q(("merged_into", None), _negated=True), fields=["workspace", "merged_into"],
                name="organization_merged",
            ),
        ),
        migrations.AddField(
            model_name="relationship",
            name="tone",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.CreateModel(
            name="OrganizationTies",
            fields=[
                ("id", models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("strongest", models.SmallIntegerField()),
                ("last_at", models.DateTimeField()),
                ("organization", models.ForeignKey(
                    db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+", to="rapport.organization",
                )),
                ("workspace", models.ForeignKey(
                    db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+", to="rapport.workspace",
                )),
            ],
            options={
                "db_table": "organization_ties",
                "indexes": [
                    models.Index(fields=["workspace", "-strongest", "organization"], name="organization_by_strongest"),
                    models.Index(fields=["workspace", "-last_at", "organization"], name="organization_by_last"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "organization"), name="organization_ties_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("asked", models.JSONField(default=dict)),
                ("is_shared", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("membership", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="rapport.membership",
                )),
                ("workspace", models.ForeignKey(
                    db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+", to="rapport.workspace",
                )),
            ],
            options={
                "db_table": "saved_view",
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "membership", "name"), name="saved_view_once")
                ],
            },
        ),
        migrations.RunSQL(TENANTS, migrations.RunSQL.noop),
        migrations.RunSQL(TIES, migrations.RunSQL.noop),
        migrations.RunSQL(LOOK_AGAIN, migrations.RunSQL.noop),
    ]
