"""A telephone reaches everybody it was given for, and says under which names: a switchboard is not one person's."""

import django.contrib.postgres.fields
from django.db import migrations, models

# The words of their name, in order, without what stands about it; it compares as if it had been read from a card.
CALL_THOSE_HERE = """
UPDATE handle h SET called = ARRAY[w.words] FROM (
  SELECT x.workspace_id, x.id, string_agg(x.word, ' ' ORDER BY x.word COLLATE "C") AS words FROM (
    SELECT DISTINCT h.workspace_id, h.id, s.word FROM handle h
    JOIN person p ON p.workspace_id = h.workspace_id AND p.id = h.person_id
    CROSS JOIN LATERAL regexp_split_to_table(p.sort_name, '[[:space:][:punct:]]+') AS s(word)
    WHERE h.kind = 'phone' AND s.word !~ '^[0-9]*$'
      AND s.word NOT IN ('mr', 'mrs', 'ms', 'miss', 'herr', 'frau', 'dr', 'prof', 'dipl', 'ing', 'jr', 'sr', 'ii', 'iii',
                         'iv', 'phd', 'md', 'mba')
  ) AS x GROUP BY x.workspace_id, x.id) AS w
WHERE h.workspace_id = w.workspace_id AND h.id = w.id
"""
ANSWERED_BY = models.Case(models.When(kind="phone", then=models.F("person")), default=models.F("workspace"))


class Migration(migrations.Migration):
    dependencies = [("rapport", "0021_revised")]

    operations = [
        migrations.AddField(
            model_name="handle",
            name="called",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.RunSQL(CALL_THOSE_HERE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="handle", name="handle_once"),
        migrations.AddConstraint(
            model_name="handle",
            constraint=models.UniqueConstraint("workspace", "kind", "value", ANSWERED_BY, name="handle_once"),
        ),
    ]
