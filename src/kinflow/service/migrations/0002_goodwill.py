"""What customers get out of goodwill."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("service", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="goodwill",
            field=models.DecimalField(
                decimal_places=2, default=0, editable=False, max_digits=12, verbose_name="goodwill"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="goodwill_currency",
            field=models.CharField(default="CNY", editable=False, max_length=3, verbose_name="currency"),
        ),
    ]
