"""The Django application of kinflow.eventlog."""

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_migrate


class EventlogConfig(AppConfig):
    """Registers the log, and puts the guards on the tables after each migration."""

    name = "kinflow.eventlog"
    label = "eventlog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the guards."""
        from .guard import install, note_links

        m2m_changed.connect(note_links, dispatch_uid="kinflow.eventlog.links")
        post_migrate.connect(install, sender=self, dispatch_uid="kinflow.eventlog.guard")
