"""One person's rights: what they asked of us, what was said not to be so, and who was erased at their request."""

import django.db.models.deletion
import django.db.models.functions.text
import rapport.kit.ids
from django.db import migrations, models

TENANTS = """
ALTER TABLE "wish" DROP CONSTRAINT "wish_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "withdrawn" DROP CONSTRAINT "withdrawn_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "tombstone" DROP CONSTRAINT "tombstone_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "erasure" DROP CONSTRAINT "erasure_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "erasure_item" DROP CONSTRAINT "erasure_item_pkey", ADD PRIMARY KEY (workspace_id, id);
ALTER TABLE "wish" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "wish" ADD CONSTRAINT "wish_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "wish" ADD CONSTRAINT "wish_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "wish" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "wish" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "wish" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "withdrawn" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "withdrawn" ADD CONSTRAINT "withdrawn_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "withdrawn" ADD CONSTRAINT "withdrawn_person_id_same_workspace" FOREIGN KEY (workspace_id, person_id) REFERENCES "person" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "withdrawn" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "withdrawn" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "withdrawn" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "tombstone" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "tombstone" ADD CONSTRAINT "tombstone_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "tombstone" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tombstone" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "tombstone" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "erasure" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "erasure" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "erasure" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "erasure" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
ALTER TABLE "erasure_item" ALTER COLUMN workspace_id SET STATISTICS 0;
ALTER TABLE "erasure_item" ADD CONSTRAINT "erasure_item_in_workspace" FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE;
ALTER TABLE "erasure_item" ADD CONSTRAINT "erasure_item_erasure_id_same_workspace" FOREIGN KEY (workspace_id, erasure_id) REFERENCES "erasure" (workspace_id, id) ON DELETE CASCADE;
ALTER TABLE "erasure_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "erasure_item" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON "erasure_item" USING (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid);
"""

# Who was not to be contacted before there was a place for who said so and when: it was said, nobody knows by whom.
WISHES = """
INSERT INTO wish (workspace_id, id, person_id, kind, why, noted_at)
SELECT workspace_id, gen_random_uuid(), id, 'do-not-contact', '', made_at FROM person WHERE do_not_contact
"""


class Migration(migrations.Migration):

    dependencies = [("rapport", "0014_beginnings")]

    operations = [
        migrations.AddField(
            model_name='person',
            name='do_not_score',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('stage', models.TextField()),
                ('position', models.UUIDField(null=True)),
                ('sought', models.JSONField(null=True)),
                ('leaving', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='rapport.membership')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.workspace')),
            ],
            options={
                'db_table': 'erasure',
            },
        ),
        migrations.CreateModel(
            name='ErasureItem',
            fields=[
                ('id', models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('interaction_id', models.UUIDField()),
                ('part', models.TextField()),
                ('erasure', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.erasure')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.workspace')),
            ],
            options={
                'db_table': 'erasure_item',
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('mark', models.TextField()),
                ('key_mark', models.TextField()),
                ('erasure_id', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.workspace')),
            ],
            options={
                'db_table': 'tombstone',
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('why', models.TextField(blank=True, default='')),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='rapport.membership')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.person')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.workspace')),
            ],
            options={
                'db_table': 'wish',
            },
        ),
        migrations.CreateModel(
            name='Withdrawn',
            fields=[
                ('id', models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('value', models.TextField()),
                ('said_at', models.DateTimeField()),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.person')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rapport.workspace')),
            ],
            options={
                'db_table': 'withdrawn',
            },
        ),
        migrations.AddIndex(
            model_name='erasure',
            index=models.Index(fields=['workspace', '-asked_at'], name='erasure_recent'),
        ),
        migrations.AddConstraint(
            model_name='erasureitem',
            constraint=models.UniqueConstraint(fields=('workspace', 'erasure', 'interaction_id'), name='erasure_item_once'),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=models.Index(fields=['workspace', 'erasure_id'], name='tombstone_of_erasure'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.UniqueConstraint(fields=('workspace', 'mark'), name='tombstone_once'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('workspace', 'person', 'kind'), name='wish_once'),
        ),
        migrations.AddConstraint(
            model_name='withdrawn',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('person'), models.F('kind'), django.db.models.functions.text.MD5('value'), name='withdrawn_once'),
        ),
        migrations.RunSQL(TENANTS, migrations.RunSQL.noop),
        migrations.RunSQL(WISHES, migrations.RunSQL.noop),
    ]
