"""The redesign best practices by name, and what each means; the names are those of Reijers and Limam Mansar (2005)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

NAMES: Mapping[str, tuple[Any, Any]] = {
    "case_manager": (_("Case manager"), _("One person is responsible for the case from beginning to end.")),
    "numerical_involvement": (
        _("Numerical involvement"),
        _("Have fewer units and people take part in a case."),
    ),
    "task_composition": (
        _("Task composition"),
        _("Put small tasks together, or part one that is too large."),
    ),
    "order_assignment": (_("Order assignment"), _("Whoever has worked on the case goes on with it.")),
    "customer_teams": (_("Customer teams"), _("People of several units work on a case as one team.")),
    "split_responsibilities": (
        _("Split responsibilities"),
        _("Do not let people of different units answer for the same task."),
    ),
    "integration": (
        _("Integration"),
        _("Join this process with that of the other unit, or of the customer."),
    ),
    "parallelism": (_("Parallelism"), _("Do at the same time what does not need each other's result.")),
    "empower": (_("Empower"), _("Let those who do the work decide, within a limit.")),
    "task_elimination": (_("Task elimination"), _("Leave the task out.")),
    "control_relocation": (_("Control relocation"), _("Move the check to where the information arises.")),
    "exception": (_("Exception"), _("Let the usual case pass, and look at unusual ones only.")),
    "specialist_generalist": (_("Specialist–generalist"), _("Train more people for it.")),  # noqa: RUF001
    "flexible_assignment": (
        _("Flexible assignment"),
        _("Give work so that those who can do much remain free for it."),
    ),
    "extra_resources": (_("Extra resources"), _("Have more people for it.")),
    "centralisation": (_("Centralisation"), _("Treat people at several places as if they sat together.")),
    "integral_technology": (_("Integral technology"), _("Enter it once, at its source, for everybody.")),
    "control_addition": (_("Control addition"), _("Check that it is complete before it goes on.")),
    "contact_reduction": (_("Contact reduction"), _("Ask the customer less often, and everything at once.")),
    "triage": (_("Triage"), _("Treat easy and difficult, urgent and other cases differently.")),
    "knock_out": (_("Knock-out"), _("Check first what most likely ends a case with the least effort.")),
    "resequencing": (_("Resequencing"), _("Do it earlier, or only when it is needed.")),
    "task_automation": (_("Task automation"), _("Let the system do it.")),
    "order_based_work": (_("Order-based work"), _("Do each case when it comes; collect nothing.")),
    "outsourcing": (_("Outsourcing"), _("Have it done by others.")),
    "order_types": (_("Order types"), _("Give cases of this kind a process of their own.")),
    "buffering": (_("Buffering"), _("Keep what is asked for from outside at hand.")),
}
