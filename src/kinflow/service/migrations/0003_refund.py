"""What customers get back of what they paid."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("service", "0002_goodwill"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="refund",
            field=models.DecimalField(
                decimal_places=2, default=0, editable=False, max_digits=14, verbose_name="refund"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="refund_currency",
            field=models.CharField(default="CNY", editable=False, max_length=3, verbose_name="currency"),
        ),
    ]
