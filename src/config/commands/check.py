"""`./kinflow test`: everything that is checked before a change is taken."""

import os
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree  # noqa: S405 (reads only what our own test run wrote)

from config.commands import spark
from config.commands.browser import SETTING, NoBrowser, chromium
from config.commands.place import ROOT, say

RESULTS = ROOT / ".build" / "tests.xml"
REAL_DATA = "real data are not on this machine"  # the reason tests/real_data.py gives
SPARK = "Spark is not on this machine"  # the reason tests/processes/measuring/test_on_spark.py gives
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "-m", "django"]
STEPS: dict[str, list[str | Path]] = {
    "Style": [BIN / "ruff", "check", ".", "kinflow"],
    "Format": [BIN / "ruff", "format", "--check", ".", "kinflow"],
    "Types": [BIN / "mypy"],
    "Floors": [BIN / "lint-imports"],
    "Migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "Translations": [*MANAGE, "translations", "--check"],
}


def test(arguments: list[str]) -> int:
    """Run every step; with arguments only pytest, which gets them. Tells at the end how many tests passed."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred processes would each compile all of it
    failed = []
    installing = spark.begin_to_install()
    if not find_browser(environment):
        failed.append("Browser")
    if not arguments:
        failed += [name for name, command in STEPS.items() if not passes(name, command, environment)]
    spark.finish(installing)
    say("\n== Tests")
    RESULTS.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        f"--junit-xml={RESULTS}",
        *(arguments or ["-n", "2", "--dist", "worksteal"]),
    ]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        failed.append("Tests")
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything passed.")
    say_counts(RESULTS)
    return 1 if failed else 0


def find_browser(environment: dict[str, str]) -> bool:
    """Tell the tests where a Chromium is; without one this step fails, and so will they."""
    say("== Browser")
    try:
        environment[SETTING] = chromium()
    except NoBrowser as error:
        say(f"{error}\n   failed")
        return False
    say(f"   {environment[SETTING]}")
    return True


def passes(name: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    """Run a step, say how it went, and show what it said when it failed."""
    say(f"== {name}")
    begun_at = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        say(done.stdout + done.stderr)
    say(f"   {'failed' if done.returncode else 'passed'} ({time.monotonic() - begun_at:.1f} s)")
    return done.returncode == 0


def say_counts(results: Path) -> None:
    """Say how many tests passed, failed and were skipped, and how many lacked what is not on this machine."""
    passed, failed, skipped, lacking = counts(results)
    again = asked_again(results)
    if again:
        say(f"Asked a second time, for the browser did not answer as expected at first: {', '.join(again)}.")
    if lacking[REAL_DATA]:
        say(f"{lacking[REAL_DATA]} tests of real data did not run: {REAL_DATA}.")
    if lacking[SPARK]:
        say(f"{lacking[SPARK]} tests of mining on Spark did not run: {SPARK}.")
    say(f"{passed} passed, {failed} failed, {skipped} skipped, {len(again)} asked twice")


def counts(results: Path) -> tuple[int, int, int, dict[str, int]]:
    """How many tests passed, failed, were skipped, and of those lacked the real data or Spark."""
    if not results.exists():
        return 0, 1, 0, {REAL_DATA: 0, SPARK: 0}
    cases = [answers[-1] for answers in _answers(results).values()]
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    reasons = [each.get("message", "") for case in cases if (each := case.find("skipped")) is not None]
    return (
        len(cases) - failed - len(reasons),
        failed,
        len(reasons),
        {lack: sum(lack in each for each in reasons) for lack in (REAL_DATA, SPARK)},
    )


def asked_again(results: Path) -> list[str]:
    """The tests that were asked more than once, by name."""
    return [f"{name} in {place}" for (place, name), answers in _answers(results).items() if len(answers) > 1]


def _answers(results: Path) -> dict[tuple[str, str], list[ElementTree.Element]]:
    """What each test answered, in the order it was asked: a test of the browser may be asked a second time."""
    answers: dict[tuple[str, str], list[ElementTree.Element]] = {}
    if results.exists():
        for case in ElementTree.parse(results).iter("testcase"):  # noqa: S314 (our own file)
            answers.setdefault((case.get("classname", ""), case.get("name", "")), []).append(case)
    return answers
