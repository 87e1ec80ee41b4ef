"""A pair's folded state is kept as the text it is written as: nothing asks the database for a part of it.

Of a list of fifty people a fifth of the database's time went into writing jsonb out as text.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0038_common_words")]

    operations = [
        migrations.AlterField(model_name="relationship", name="state", field=models.TextField(null=True)),
    ]
