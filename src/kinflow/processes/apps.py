"""The Django application of kinflow.processes."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProcessesConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.processes"
    label = "processes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access, and take the places in the frame."""
        from . import access  # noqa: F401
        from .conformance import access as conformance_access  # noqa: F401
        from .conformance import events as conformance_events  # noqa: F401
        from .conformance import naming as conformance_naming  # noqa: F401
        from .definitions import events, naming  # noqa: F401
        from .definitions.shipped import add_to_systems_at_work
        from .definitions.showing import finders
        from .deployments import access as deployments_access  # noqa: F401
        from .deployments import background as deployments_background  # noqa: F401
        from .deployments import events as deployments_events  # noqa: F401
        from .deployments import face as deployments_face  # noqa: F401
        from .deployments.following import follow as follow_triggers
        from .designs import access as designs_access  # noqa: F401
        from .designs import events as designs_events  # noqa: F401
        from .designs import face as designs_face  # noqa: F401
        from .diagnosis import background as diagnosis_background  # noqa: F401
        from .diagnosis import events as diagnosis_events  # noqa: F401
        from .diagnosis.telling import at_a_glance
        from .execution import access as execution_access  # noqa: F401
        from .execution import events as execution_events  # noqa: F401
        from .execution import face as execution_face  # noqa: F401
        from .execution import step as execution_step  # noqa: F401
        from .execution.card import show_process_cards
        from .execution.deciding import show_what_tasks_decide
        from .execution.filling import ask_for_fields
        from .execution.following import follow
        from .execution.reserving import reserve_tasks
        from .logs import access as logs_access  # noqa: F401
        from .logs import events as logs_events  # noqa: F401
        from .logs import face  # noqa: F401
        from .logs import running as logs_running  # noqa: F401
        from .logs.keeping import know_imported_logs
        from .places import take_places
        from .redesigns import events as redesigns_events  # noqa: F401
        from .simulation.calibrating import access as calibrating_access  # noqa: F401
        from .simulation.calibrating import events as calibrating_events  # noqa: F401
        from .simulation.calibrating import naming as calibrating_naming  # noqa: F401
        from .simulation.calibrating import running as calibrating_running  # noqa: F401
        from .simulation.satisfaction import events as satisfaction_events  # noqa: F401
        from .simulation.search import access as search_access  # noqa: F401
        from .simulation.search import events as search_events  # noqa: F401
        from .simulation.search import naming as search_naming  # noqa: F401
        from .simulation.search import running as search_running  # noqa: F401
        from .simulation.sensitivity import access as sensitivity_access  # noqa: F401
        from .simulation.sensitivity import events as sensitivity_events  # noqa: F401
        from .simulation.sensitivity import naming as sensitivity_naming  # noqa: F401
        from .simulation.sensitivity import running as sensitivity_running  # noqa: F401
        from .simulation.whatif import access as what_if_access  # noqa: F401
        from .simulation.whatif import events as what_if_events  # noqa: F401
        from .simulation.whatif import naming as what_if_naming  # noqa: F401
        from .simulation.whatif import running as what_if_running  # noqa: F401
        from .simulation.whatif import widening as what_if_widening  # noqa: F401

        take_places()
        follow()
        reserve_tasks()
        follow_triggers()
        show_process_cards()
        show_what_tasks_decide()
        ask_for_fields()
        finders.append(at_a_glance)
        know_imported_logs()
        post_migrate.connect(add_to_systems_at_work, sender=self, dispatch_uid="processes.shipped")
