"""When a place was said to be where somebody is; and since then, and before, which places they have left."""

from django.db import migrations, models

ENDS = """
UPDATE affiliation a SET until = u.until FROM (
  SELECT b.workspace_id, b.id, CASE
    WHEN NOT o.is_home AND max(b.since) FILTER (WHERE NOT o.is_home) OVER theirs > b.last_seen::date
    THEN b.last_seen::date
  END AS until
  FROM affiliation b JOIN organization o ON o.workspace_id = b.workspace_id AND o.id = b.organization_id
  WINDOW theirs AS (PARTITION BY b.workspace_id, b.person_id)
) AS u WHERE u.workspace_id = a.workspace_id AND u.id = a.id AND u.until IS DISTINCT FROM a.until;
"""
# Written down in a way that would take away what was learnt since.
NO_WAY_BACK = "UPDATE journal_entry SET way_back = NULL WHERE verb = 'affiliation.set';"


class Migration(migrations.Migration):
    dependencies = [("rapport", "0010_long_facts")]

    operations = [
        migrations.AddField(model_name="affiliation", name="said_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(ENDS, migrations.RunSQL.noop),
        migrations.RunSQL(NO_WAY_BACK, migrations.RunSQL.noop),
    ]
