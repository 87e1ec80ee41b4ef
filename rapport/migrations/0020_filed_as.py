"""Lists go by the family name also where a title, a credential or a comma stands about it: "Berg, Dr. Anna", "Jo Roe MBA"."""

from django.db import migrations, models

AS_WRITTEN = r"[\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ufaff]"
FAMILY_LAST = (
    r"^(.+?) ((?:(?:af|al|am|auf|av|bin|da|das|de|del|della|den|der|di|do|dos|du|el|ibn|la|las|le|los|ten|ter|van|vom|von|y|zu|zum|zur"
    r") )*[^ (\[]*[^ (\[,])((?:,? (?:[(\[].*|(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?))*)$"
)
LISTED_BY = models.Case(
    models.When(~models.Q(listed_as=""), then=models.F("listed_as")),
    models.When(~models.Q(filed_as=""), then=models.F("filed_as")),
    models.When(models.Q(sort_name__regex=AS_WRITTEN), then=models.F("sort_name")),
    default=models.Func(
        models.F("sort_name"),
        models.Value(FAMILY_LAST),
        models.Value(r"\2, \1\3"),
        function="regexp_replace",
        output_field=models.TextField(),
    ),
    output_field=models.TextField(),
)


class Migration(migrations.Migration):
    dependencies = [("rapport", "0019_own_keys")]

    # PostgreSQL 15 cannot change how a column is computed, so it is made anew, and its index with it. Names that are
    # here keep their place until they are written again.
    operations = [
        migrations.AddField(
            model_name="person",
            name="filed_as",
            field=models.TextField(blank=True, default="", db_default=""),
        ),
        migrations.RemoveIndex(model_name="person", name="person_by_name"),
        migrations.RemoveField(model_name="person", name="listed_by"),
        migrations.AddField(
            model_name="person",
            name="listed_by",
            field=models.GeneratedField(db_persist=True, expression=LISTED_BY, output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(merged_into=None), fields=["workspace", "listed_by", "id"], name="person_by_name"
            ),
        ),
    ]
