"""What is wrong with a scenario, before it is played."""

from .scenario import Scenario


def check_scenario(scenario: Scenario) -> None:
    """Raise Invalid, naming each thing that is wrong."""
