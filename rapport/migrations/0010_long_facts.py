"""What is known of somebody is unique by its hash: a B-tree row holds 2,704 bytes, and 2,000 characters may need 8,000."""

from django.db import migrations, models
from django.db.models.functions import MD5


class Migration(migrations.Migration):
    dependencies = [("rapport", "0009_asked_when_judged")]

    operations = [
        migrations.RemoveConstraint(model_name="fact", name="fact_once"),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.UniqueConstraint("workspace", "person", "kind", MD5("value"), name="fact_once"),
        ),
    ]
