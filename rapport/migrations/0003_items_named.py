"""What an import found in a folder or an archive says which file of it that was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0002_tenants")]

    operations = [
        migrations.AddField(
            model_name="importitem", name="name", field=models.TextField(blank=True, db_default="", default="")
        ),
    ]
