"""Until when customers are promised delivery."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sales", "0003_territories"),
    ]

    operations = [
        migrations.AddField(
            model_name="opportunity",
            name="delivers_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="promised delivery"),
        ),
    ]
