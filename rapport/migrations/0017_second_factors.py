"""A workspace may ask everybody for a second factor; keys say whether they may manage; links may set a password.

Keys that were made before may go on looking and changing things, and no longer manage: nobody was asked about that.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0016_organizations_and_views")]

    operations = [
        migrations.AddField("workspace", "needs_second_factor", models.BooleanField(default=False)),
        migrations.AddField("key", "may_manage", models.BooleanField(default=False)),
        migrations.AddField("onetimelink", "for_password", models.BooleanField(default=False)),
    ]
