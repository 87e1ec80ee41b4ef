"""A file of an import keeps how many of its items ended how. Files that were read before are counted here."""

from django.db import migrations, models

COUNTED = """
UPDATE import_file f SET counts = coalesce((
  SELECT jsonb_object_agg(each.outcome, each.by_reason) FROM (
    SELECT one.outcome, jsonb_object_agg(one.reason, one.n) AS by_reason FROM (
      SELECT i.outcome, i.reason, count(*) AS n FROM import_item i
      WHERE i.workspace_id = f.workspace_id AND i.file_id = f.id GROUP BY i.outcome, i.reason
    ) AS one GROUP BY one.outcome
  ) AS each), '{}'::jsonb)
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0007_outgoing_mail")]

    operations = [
        migrations.AddField(
            model_name="importfile", name="counts", field=models.JSONField(db_default={}, default=dict)
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
    ]
