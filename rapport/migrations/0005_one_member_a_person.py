"""Nobody signs in as a person somebody else signs in as."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0004_listed_by_family_name")]

    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(ended_at=None), fields=["workspace", "person_id"], name="membership_of_person_once"
            ),
        ),
    ]
