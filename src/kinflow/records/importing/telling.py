"""Letting the open pages of whoever imports know how far it is."""

from django.contrib.auth import get_user_model

from kinflow.web.live import tell

from .models import ImportRun

TOPIC = "imports"


def tell_of(run: ImportRun) -> None:
    """Tell it once the transaction is done."""
    user = str(run.started_by.get("id", ""))
    if run.owner_id:
        users = get_user_model()._default_manager.filter(person_id=run.owner_id).values_list("pk", flat=True)
        tell(list(users), TOPIC, {"id": run.pk})
    elif user.startswith("user:"):
        tell([int(user.removeprefix("user:"))], TOPIC, {"id": run.pk})
