"""Birthdays of contacts, and since when an account has been a customer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_result")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="customer_since",
            field=models.DateField(blank=True, null=True, verbose_name="customer since"),
        ),
        migrations.AddField(
            model_name="contact",
            name="birthday",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="birthday"),
        ),
    ]
