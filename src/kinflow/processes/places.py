"""Where processes stand in the frame."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.web import places

from .access import sees_processes
from .designs.access import sees_designs
from .execution.access import sees_all_instances
from .logs.access import sees_logs


def take_places() -> None:
    """Put processes on the rail."""
    label = pgettext_lazy("place", "Processes")
    places.register(
        places.Place("processes", label, "flow", "/processes/", 70, "company", "p", permitted=sees_processes)
    )
    places.register_sub(
        "processes",
        places.SubPlace(
            _("The organisation as it is"),
            "/processes/structure/",
            70,
            sees_processes,
            _("Chart, functions, who works with whom, where decisions are made"),
        ),
    )
    places.register_sub(
        "processes",
        places.SubPlace(
            _("All kinds together"),
            "/processes/objects/",
            75,
            sees_processes,
            _("Leads, opportunities, requests and all other records in one map"),
        ),
    )
    places.register_sub(
        "processes",
        places.SubPlace(
            _("Designs"),
            "/process-design/",
            76,
            sees_designs,
            _("How processes are to run: models whose steps do what they say"),
        ),
    )
    places.register_sub(
        "processes",
        places.SubPlace(
            _("Process instances"),
            "/process-instance/",
            77,
            sees_all_instances,
            _("What runs by a design now, where it stands, what is stuck"),
        ),
    )
    places.register_sub(
        "processes",
        places.SubPlace(
            _("Imported logs"), "/imported-log/", 80, sees_logs, _("Logs of other systems as processes")
        ),
    )
