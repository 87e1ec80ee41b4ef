"""Today asks whether any pair of a home person was judged since it was made: along an index, not through all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0008_counted_by_file")]

    operations = [
        migrations.AddIndex(
            model_name="relationship",
            index=models.Index(fields=["workspace", "home_person", "judged_at"], name="relationship_judged"),
        ),
    ]
