"""Of a title and a birthday it is kept when the card was last seen to on which they stand: the newer card is right."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapport", "0020_filed_as")]

    operations = [
        migrations.AddField(
            model_name="affiliation",
            name="title_revised",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="birthday_revised",
            field=models.DateTimeField(null=True),
        ),
    ]
