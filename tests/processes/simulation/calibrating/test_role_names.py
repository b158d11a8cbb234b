"""A role is called after a step at which it works, not after a mark that is set most often."""

from types import SimpleNamespace

import pytest

from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.calibrating.role_names import called_after
from kinflow.processes.simulation.whatif.telling import named_in
from tests.processes.given import traces
from tests.processes.simulation.whatif.given import office
from tests.processes.studio.given import process_of


def step(activity: str, role: str, count: int, mean: float) -> dict[str, object]:
    return {"activity": activity, "role": role, "count": count, "mean": mean}


STEPS = [
    step("discounted", "discounted", 900, 0.0),
    step("quoted", "discounted", 800, 2_400.0),
    step("checked", "discounted", 700, 60.0),
    step("assigned", "assigned", 900, 0.0),
    step("opened", "", 900, 0.0),
    step("called", "called", 900, 60.0),
    step("visited", "called", 100, 9_000.0),
]


def test_a_role_known_by_a_mark_is_called_after_its_step_with_the_most_work() -> None:
    assert called_after({"steps": STEPS}) == {
        "discounted": "quoted",
        "assigned": "assigned",
        "called": "called",
    }
    assert called_after({}) == {}


@pytest.mark.django_db
def test_moves_call_it_so_and_roles_that_they_make_by_their_own_names() -> None:
    calibration = SimpleNamespace(facts={"steps": STEPS, "kinds": {"attribute": ""}})
    with process_of(traces("abc"), key="office") as process:
        assert isinstance(process, Process)
        named = named_in(process, calibration, office())  # type: ignore[arg-type]
        assert named("role", "discounted") == "quoted"
        assert named("role", "a team") == "a team"
