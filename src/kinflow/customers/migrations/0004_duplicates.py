"""Pairs of contacts and of accounts that may be the same."""

import django.db.models.deletion
from django.db import migrations, models

REASONS = [
    ("email", "same e-mail address"),
    ("phone", "same phone number"),
    ("chat", "same name in a chat service"),
    ("name", "same name"),
]


def pairs(kind: str) -> list[tuple[str, models.Field]]:
    """The columns of the pairs of a kind."""

    def leads_to() -> models.Field:
        return models.ForeignKey(
            db_constraint=False,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=f"customers.{kind}",
        )

    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("reason", models.CharField(choices=REASONS, max_length=10, verbose_name="reason")),
        ("is_dismissed", models.BooleanField(default=False)),
        ("found_at", models.DateTimeField()),
        ("other", leads_to()),
        ("record", leads_to()),
    ]


def options(kind: str) -> dict[str, object]:
    """What holds for the table of a kind."""
    return {
        "abstract": False,
        "base_manager_name": "objects",
        "indexes": [models.Index(fields=["is_dismissed", "id"], name=f"{kind}_likeness_open")],
        "constraints": [models.UniqueConstraint(fields=("record", "other"), name=f"{kind}_likeness_once")],
    }


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_birthdays")]

    operations = [
        migrations.AddIndex(
            model_name="account", index=models.Index(fields=["phone"], name="account_phone")
        ),
        migrations.CreateModel(
            name="ContactLikeness", fields=pairs("contact"), options=options("contact")
        ),
        migrations.CreateModel(
            name="AccountLikeness", fields=pairs("account"), options=options("account")
        ),
    ]
