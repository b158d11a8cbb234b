"""The subject of an activity by language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty for what is there already."""

    dependencies = [("customers", "0004_duplicates")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="subjects",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                editable=False,
            ),
        ),
    ]
