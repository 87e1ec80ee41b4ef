"""Where a meeting takes place, as its calendar says it. Empty for those that were here: reading their calendar again
fills it in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0025_addresses_spelt")]

    operations = [
        migrations.AddField(
            model_name="interaction",
            name="place",
            field=models.TextField(blank=True, default="", db_default=""),
        ),
    ]
