"""The machine code is made ahead, and not before it is wanted."""

import subprocess
import sys

from kinflow.processes.measuring import compile_ahead


def test_the_machine_code_can_be_made_ahead() -> None:
    compile_ahead()


def test_a_process_that_measures_nothing_does_not_load_the_compiler() -> None:
    program = "import sys, kinflow.processes.measuring as _; print('numba' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": "src"}, capture_output=True, check=True
    )
    assert said.stdout.strip() == b"False"
