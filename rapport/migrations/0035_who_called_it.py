"""A meeting that a third person called is nobody's beginning: every pair is judged once more."""

from django.db import migrations

LOOK_AGAIN = """
UPDATE relationship SET next_look_at = now();
INSERT INTO agenda (workspace_id, kind, due_at) SELECT DISTINCT workspace_id, 'look', now() FROM relationship
ON CONFLICT (workspace_id, kind) DO UPDATE SET due_at = least(agenda.due_at, excluded.due_at);
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0034_address_confirmed")]

    operations = [migrations.RunSQL(LOOK_AGAIN, migrations.RunSQL.noop)]
