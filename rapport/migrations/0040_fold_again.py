"""Every pair is folded and judged again: an answer the day after the first letter is no second talk any more."""

from django.db import migrations

AGAIN = """
INSERT INTO pair_change (workspace_id, id, home_person_id, person_id)
SELECT workspace_id, id, home_person_id, person_id FROM relationship;
INSERT INTO agenda AS a (workspace_id, kind, due_at) SELECT DISTINCT workspace_id, 'judge', 'epoch'::timestamptz FROM relationship
ON CONFLICT (workspace_id, kind) DO UPDATE SET due_at = least(a.due_at, excluded.due_at);
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0039_state_as_text")]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
