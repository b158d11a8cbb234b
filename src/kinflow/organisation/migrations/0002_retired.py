from django.db import migrations, models

RETIRABLE = ("position", "skill", "territory", "workingcalendar")


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name='is_retired',
            field=models.BooleanField(default=False, verbose_name='retired'),
        )
        for name in RETIRABLE
    ]
