"""An import keeps the time zone it was begun in: times and telephone numbers without one are read by it, also later."""

from django.db import migrations, models

AS_NOW = """
UPDATE import i SET time_zone = m.time_zone FROM source s
JOIN membership m ON m.workspace_id = s.workspace_id AND m.id = s.owner_id
WHERE s.workspace_id = i.workspace_id AND s.id = i.source_id
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0023_workspace_by_reference")]

    operations = [
        migrations.AddField(
            model_name="import", name="time_zone", field=models.TextField(default="UTC", db_default="UTC")
        ),
        migrations.RunSQL(AS_NOW, migrations.RunSQL.noop),
    ]
