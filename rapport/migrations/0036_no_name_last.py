"""Who has no name but a telephone number stands behind all who have one."""

from django.db import migrations

BEHIND = r"""
UPDATE person SET filed_as = chr(1114111) || sort_name WHERE sort_name ~ '^[0-9+() ./-]*$' AND filed_as = '';
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0035_who_called_it")]

    operations = [migrations.RunSQL(BEHIND, migrations.RunSQL.noop)]
