from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0008_calibrations"),
    ]

    operations = [
        migrations.AddField(
            model_name="deployment",
            name="horizon_days",
            field=models.PositiveSmallIntegerField(default=14, verbose_name="days that each record is followed"),
        ),
        migrations.AddField(
            model_name="deployment",
            name="found",
            field=models.CharField(blank=True, default="", max_length=1000, verbose_name="what was found"),
        ),
        migrations.AddField(
            model_name="deployment",
            name="goals",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="deployment",
            name="promise",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="deployment",
            name="expected_at",
            field=models.DateTimeField(null=True),
        ),
    ]
