"""Links that confirm another address to sign in with, and mail that only tells and carries no link."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0033_strongest_tie")]

    operations = [
        migrations.AddField(
            model_name="onetimelink",
            name="replaces",
            field=models.EmailField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="link",
            field=models.ForeignKey(
                db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE,
                related_name="mails", to="rapport.onetimelink",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="to",
            field=models.EmailField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE,
                related_name="+", to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
