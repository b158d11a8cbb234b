"""How content customers are with what was done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("service", "0003_refund"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="rated_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="rated"),
        ),
        migrations.AddField(
            model_name="case",
            name="rating",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="customer’s rating"
            ),
        ),
    ]
