"""Prosimos, the rival of the simulation: installed into an environment of its own, told of models in its own format."""

import json
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kinflow.processes.simulation.scenario import SECOND, Scenario

ROOT = Path(__file__).parent.parent
LOCK, ENVIRONMENT = ROOT / "requirements-prosimos.txt", ROOT / ".build" / "prosimos"
NOTE = ENVIRONMENT / "installed.sha256"
INSTALL = (
    "-m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes --requirement"
)
ALWAYS = [{"from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:59.999999"}]
LONGEST = 10**9
"""Draws of more seconds do not happen."""


def installed() -> Path:
    """The Python that has Prosimos; installs it where it is not there as the lock says."""
    python = ENVIRONMENT / "bin" / "python"
    wanted = sha256(LOCK.read_bytes()).hexdigest()
    if not (NOTE.exists() and NOTE.read_text() == wanted):
        print("Installing Prosimos", file=sys.stderr)
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
        subprocess.run([python, *INSTALL.split(), LOCK], check=True)
        NOTE.write_text(wanted)
    return python


@contextmanager
def prosimos(scenario: Scenario, people: int) -> Iterator["Playing"]:
    """Prosimos, ready to play a scenario whose roles have so many people each, who are always there."""
    with TemporaryDirectory(prefix="kinflow-prosimos-") as scratch:
        folder = Path(scratch)
        (folder / "model.bpmn").write_text(_bpmn(scenario))
        (folder / "model.json").write_text(json.dumps(_parameters(scenario, people)))
        command = [str(installed()), str(Path(__file__).with_name("_prosimos_play.py")), scratch]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield Playing(process)
        finally:
            process.communicate()


class Playing:
    """Plays so many cases by a seed; gives their mean time in minutes, how many activity instances, and the seconds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __call__(self, cases: int, seed: int) -> tuple[float, int, float]:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("Prosimos has no pipes.")
        self.process.stdin.write(f"{cases} {seed}\n")
        self.process.stdin.flush()
        mean, count, seconds = json.loads(self.process.stdout.readline())
        return mean, count, seconds


def _bpmn(scenario: Scenario) -> str:
    kinds = {"start": "startEvent", "task": "task", "choose": "exclusiveGateway", "end": "endEvent"}
    nodes = [f'<{kinds[step.kind]} id="{step.id}" name="{step.id}"/>' for step in scenario.steps]
    flows = [
        f'<sequenceFlow id="{flow.source}-{flow.target}" sourceRef="{flow.source}" targetRef="{flow.target}"/>'
        for flow in scenario.flows
    ]
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
        + "".join([*nodes, *flows])
        + "</process></definitions>"
    )


def _parameters(scenario: Scenario, people: int) -> dict[str, Any]:
    roles = sorted({step.role for step in scenario.steps if step.role})
    times = scenario.arrivals.times
    if times is None:
        raise ValueError("Cases come by times between them.")
    return {
        "resource_profiles": [
            {
                "id": role,
                "name": role,
                "resource_list": [
                    {"id": role, "name": role, "amount": people, "cost_per_hour": 0, "calendar": "always"}
                ],
            }
            for role in roles
        ],
        "resource_calendars": [{"id": "always", "name": "always", "time_periods": ALWAYS}],
        "arrival_time_calendar": ALWAYS,
        "arrival_time_distribution": _exponential(times.mean),
        "task_resource_distribution": [
            {"task_id": step.id, "resources": [{"resource_id": step.role} | _exponential(step.times.mean)]}
            for step in scenario.steps
            if step.kind == "task"
        ],
        "gateway_branching_probabilities": [
            {
                "gateway_id": step.id,
                "probabilities": [
                    {"path_id": f"{flow.source}-{flow.target}", "value": flow.chances[0][0]}
                    for flow in scenario.flows
                    if flow.source == step.id
                ],
            }
            for step in scenario.steps
            if step.kind == "choose"
        ],
    }


def _exponential(mean: float) -> dict[str, Any]:
    """Microseconds in ours, seconds in theirs: mean, least and most."""
    return {
        "distribution_name": "expon",
        "distribution_params": [{"value": each} for each in (mean / SECOND, 0, LONGEST)],
    }
