"""What is planned says when it becomes contact; what was read before and is still to come, too."""

from django.db import migrations, models

AWAIT = """
UPDATE interaction SET comes_at = at WHERE is_contact AND at > now();
INSERT INTO agenda (workspace_id, kind, due_at)
SELECT workspace_id, 'look', min(comes_at) FROM interaction WHERE comes_at IS NOT NULL GROUP BY workspace_id
ON CONFLICT (workspace_id, kind) DO UPDATE SET due_at = least(agenda.due_at, excluded.due_at);
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0005_one_member_a_person")]

    operations = [
        migrations.AddField(model_name="interaction", name="comes_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(AWAIT, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="interaction",
            index=models.Index(
                condition=models.Q(("comes_at", None), _negated=True),
                fields=["workspace", "comes_at"],
                name="interaction_to_come",
            ),
        ),
    ]
