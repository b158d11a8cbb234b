from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0004_reference_model'),
    ]

    operations = [
        migrations.AddField(
            model_name='diagnosis',
            name='waits',
            field=models.JSONField(default=list),
        ),
    ]
