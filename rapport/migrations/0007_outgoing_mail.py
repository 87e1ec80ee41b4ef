"""Mail that Rapport sends is a row, written with the link it carries, and says what became of it."""

import django.db.models.deletion
import rapport.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rapport', '0006_planned_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.UUIDField(default=rapport.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('seed', models.TextField()),
                ('site', models.TextField()),
                ('values', models.JSONField(default=dict)),
                ('language', models.TextField(default='en')),
                ('state', models.TextField(default='waiting')),
                ('said', models.TextField(blank=True, default='')),
                ('tries', models.IntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('link', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='rapport.onetimelink')),
            ],
            options={
                'db_table': 'outgoing_mail',
                'indexes': [models.Index(condition=models.Q(('state__in', ('waiting', 'sending'))), fields=['due_at'], name='outgoing_mail_due')],
            },
        ),
    ]
