"""Which import brought a wish: it goes when the import is taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0026_places_of_meetings")]

    operations = [
        migrations.AddField(
            model_name="wish",
            name="import_id",
            field=models.UUIDField(null=True),
        ),
    ]
