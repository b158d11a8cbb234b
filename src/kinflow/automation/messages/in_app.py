"""In the app: a message there is a notice, told to the open pages at once."""

from kinflow.organisation.users.models import User
from kinflow.web.live import tell

from ..notices.kinds import MESSAGE
from ..notices.models import Notice
from .models import Message


def show_in_app(message: Message) -> None:
    """Put the message among the person's notices, and tell their open pages."""
    Notice.objects.get_or_create(
        message=message,
        defaults={
            "person_id": message.person_id,
            "kind": MESSAGE,
            "params": {"kind": message.kind, "id": message.object_id},
            "url": message.url,
            "created_at": message.created_at,
        },
    )
    users = list(User.objects.filter(person_id=message.person_id).values_list("pk", flat=True))
    tell(users, "notices")
    tell(users, "reached")
