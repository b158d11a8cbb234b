"""The launcher needs nothing but Python; what it installs is locked by hash, from wherever packages come."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.commands import browser, check
from config.commands.doctor import look_at_database
from config.commands.place import ROOT, secret_of

LOCKS = ["requirements.txt", "requirements-dev.txt"]
EXTRAS = ["requirements-spark.txt", "requirements-prosimos.txt"]


def pins_of(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.\-\[\]]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def test_the_launcher_imports_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "kinflow").read_text("utf-8"), feature_version=(3, 11))
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = [getattr(node, "module", None) or node.names[0].name for node in statements]
    imported = {module.split(".")[0] for module in modules}
    assert imported
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("lock", [*LOCKS, *EXTRAS])
def test_every_package_is_locked_by_hash_and_no_lock_names_a_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    requirements = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    assert all("--hash=sha256:" in each for each in requirements)
    assert "://" not in text
    assert "index" not in text.replace("-index-", "")


def test_tests_run_with_the_versions_that_users_get() -> None:
    run, development = map(pins_of, LOCKS)
    assert run.items() <= development.items()


def test_npm_packages_are_locked_by_hash_and_their_lock_names_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = [each for name, each in packages.items() if name]
    assert installed
    assert all(each["integrity"].startswith("sha512-") for each in installed)
    assert not any("resolved" in each for each in installed)


def test_asking_for_no_command_shows_them_all() -> None:
    command = [sys.executable, "-P", "-m", "config.commands"]
    done = subprocess.run([*command, "help"], capture_output=True, text=True, check=True)
    for name in ("demo", "serve", "work", "test", "import", "token", "bench", "doctor", "manage"):
        assert f"\n  {name} " in done.stdout
    assert subprocess.run([*command, "danec"], capture_output=True, check=False).returncode == 2


def test_the_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    secret = secret_of(tmp_path / "data")
    assert len(secret) > 40
    assert secret_of(tmp_path / "data") == secret
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_results_are_counted_with_those_that_lacked_real_data(tmp_path: Path) -> None:
    results = tmp_path / "tests.xml"
    results.write_text(
        "<testsuites><testsuite><testcase name='a'/><testcase name='b'/><testcase name='c'><failure/></testcase>"
        "<testcase name='d'><error/></testcase><testcase name='e'><skipped message='too hot'/></testcase>"
        f"<testcase name='f'><skipped message='Skipped: {check.REAL_DATA}'/></testcase></testsuite></testsuites>"
    )
    assert check.counts(results) == (2, 2, 2, {check.REAL_DATA: 1, check.SPARK: 0})
    assert not check.asked_again(results)


def test_the_last_answer_of_a_test_that_was_asked_twice_counts(tmp_path: Path) -> None:
    results = tmp_path / "tests.xml"
    results.write_text(
        "<testsuites><testsuite><testcase classname='x' name='a'/><testcase classname='x' name='a'/>"
        "<testcase classname='y' name='a'/><testcase classname='x' name='b'/>"
        "<testcase classname='x' name='b'><failure/></testcase></testsuite></testsuites>"
    )
    assert check.counts(results)[:3] == (2, 1, 0)
    assert check.asked_again(results) == ["a in x", "b in x"]


def test_a_run_that_left_no_results_counts_as_failed(tmp_path: Path) -> None:
    assert check.counts(tmp_path / "nothing.xml")[:3] == (0, 1, 0)


def test_a_browser_that_is_named_is_the_only_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.SETTING, sys.executable)
    assert browser.found_chromium() == sys.executable
    monkeypatch.setenv(browser.SETTING, "/no/such/browser")
    assert browser.found_chromium() is None


def test_no_browser_anywhere_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.SETTING, "/no/such/browser")
    monkeypatch.setattr(browser, "ways_to_install", lambda: iter([["/no/such/installer"]]))
    with pytest.raises(browser.NoBrowser, match=browser.SETTING):
        browser.chromium()


def test_the_doctor_looks_and_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINFLOW_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    finding = look_at_database()
    assert (finding.is_well, finding.is_essential) == (False, False)
    assert list(tmp_path.iterdir()) == []
