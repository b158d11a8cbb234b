"""How working calendars look: fields, list, page, and what can be done with them."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, Panel, RecordType, Verb, register

from ..retiring_face import IN_USE, IS_RETIRED, retiring_verbs, unless_retired
from . import actions
from .models import WorkingCalendar


def _of_record(action: Callable[..., Any]) -> Callable[..., Any]:
    """The action with its calendar called as its record type is: pages and API give records by their type's name."""

    @functools.wraps(action)
    def run(*, workingcalendar: WorkingCalendar, **given: Any) -> Any:
        return action(calendar=workingcalendar, **given)

    known = inspect.signature(action)
    renamed = [
        each.replace(name="workingcalendar") if name == "calendar" else each
        for name, each in known.parameters.items()
    ]
    run.__signature__ = known.replace(parameters=renamed)  # type: ignore[attr-defined]
    return run


CALENDAR = register(
    RecordType(
        name="workingcalendar",
        model=WorkingCalendar,
        label=_("Working calendar"),
        plural=_("Working calendars"),
        slug="calendars",
        icon="calendar",
        prefix="WC",
        place="organisation",
        title=lambda calendar: calendar.name,
        subtitle=unless_retired(lambda calendar: calendar.time_zone),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field("time_zone", _("Time zone"), Kind.TEXT, editable=True),
            Field(
                "country",
                _("Public holidays of"),
                Kind.TEXT,
                editable=True,
                shape="place",
                help=_("Two letters, such as CN"),
            ),
            IS_RETIRED,
            Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
            Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
        ),
        columns=("name", "time_zone", "country"),
        facts=(
            (_("Working calendar"), ("name", "time_zone", "country", "is_retired")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name",),
        order="id",
        verbs=(
            Verb("set_day", _("Add a special day"), _of_record(actions.set_calendar_day), icon="calendar"),
            Verb("remove_day", _("Remove a special day"), _of_record(actions.remove_calendar_day), icon="x"),
            *retiring_verbs(_of_record(actions.retire_calendar), _of_record(actions.take_up_calendar)),
        ),
        panels=(Panel(_("People"), "person", "calendar"),),
        create=actions.add_calendar,
        change=_of_record(actions.change_calendar),
        empty=_("Working calendars appear here when they are added: hours, time zone and holidays."),
        views=(IN_USE,),
    )
)
