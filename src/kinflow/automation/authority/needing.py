"""What policies still need: the positions and units that they ask."""

from collections.abc import Iterable

from kinflow.organisation.positions.models import Position
from kinflow.organisation.retiring import needs
from kinflow.organisation.units.models import Unit

from ..decisions.deciding import draft_of
from .models import Policy
from .naming import called


@needs("unit")
@needs("position")
def policies_asking(group: Unit | Position) -> Iterable[str]:
    """The policies in force that ask who leads a unit, or who holds a position, by their names."""
    named = f"{group._meta.model_name}:{group.pk}"
    for policy in Policy.objects.filter(is_active=True).select_related("table").order_by("pk"):
        number = policy.table.live_number
        if number is not None and any(
            row.then[0] == named for row in draft_of(policy.table, number).table.rows
        ):
            yield called(policy)
