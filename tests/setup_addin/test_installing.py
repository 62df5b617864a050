"""How the script that people start with installs, on its real paths as far as no network is needed."""

from __future__ import annotations

import ast
import json
import re
import runpy
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import ftroi.installer.environment as installing
import setup_addin
from ftroi.installer.environment import Environment, Notes, SetupError

SCRIPT = Path(setup_addin.__file__)
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)", re.MULTILINE)
NO_NETWORK = """\
Obtaining file:///home/someone/ftroi
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by \
'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new \
connection: [Errno -2] Name or service not known')': /simple/lxml/
ERROR: Could not find a version that satisfies the requirement lxml>=5.3 (from ftroi) (from versions: none)
ERROR: No matching distribution found for lxml>=5.3
"""
NO_INDEX = """\
ERROR: Could not find a version that satisfies the requirement hatchling>=1.26 (from versions: none)
ERROR: No matching distribution found for hatchling>=1.26
"""
WRONG_FILE = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n"
NO_ROOM = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
NO_ENSUREPIP = """\
The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv package.
"""


def fail_with(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    """Let venv and pip fail with this output."""
    monkeypatch.setattr(installing, "answer", lambda _command, _folder, _notice=None: (1, output))


# --- Python's version --------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_what_is_needed(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec")
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as ended:
        exec(code, {"__name__": "__main__", "__file__": str(SCRIPT)})  # noqa: S102 - our own script, as Python runs it
    monkeypatch.undo()
    assert ended.value.code == 2
    assert f"ftroi needs Python 3.11 or newer, and this is Python {version[0]}.{version[1]}." in capsys.readouterr().err


def test_an_old_python_can_read_the_script() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))
    future = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert not future, "Python 3.6 stops at an import from __future__ that it does not know, before the message"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(word in said for word in ("status", "demo", "test", "uninstall", "--dry-run", "--json", "--venv"))


# --- installing --------------------------------------------------------------------------------------------


def test_installs_once_and_again_when_the_project_changes(
    asked: list[str], environment: Environment, project: Path
) -> None:
    environment.install()
    assert [command.split()[1] for command in asked] == ["venv", "pip", "pip"]
    environment.install()
    assert len(asked) == 3
    (project / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    environment.install()
    assert asked[4].endswith(f"-e {project}")
    assert len(asked) == 5


def test_installs_again_when_the_tests_need_more(asked: list[str], environment: Environment) -> None:
    environment.install()
    environment.install(["test"])
    assert asked[3].endswith(f"--require-hashes -r {installing.LOCKED_FOR_TESTS}")
    environment.install()
    assert len(asked) == 5


@pytest.mark.parametrize("locked,extras", [(installing.LOCKED, ()), (installing.LOCKED_FOR_TESTS, ("test", "parquet"))])
def test_every_package_is_locked_with_its_hashes(locked: Path, extras: tuple[str, ...]) -> None:
    """What pyproject.toml asks for is locked, in a version that it takes; and no file names an index."""
    text = locked.read_text(encoding="utf-8")
    pins = {one["name"]: one["version"] for one in re.finditer(PIN, text)}
    project = tomllib.loads((SCRIPT.parent / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["optional-dependencies"][extra] for extra in extras]
    for wanted in map(Requirement, [*project["project"]["dependencies"], *chain(*groups)]):
        assert wanted.specifier.contains(pins[wanted.name]), wanted
    assert "hatchling" in pins, "the project itself is built without fetching anything"
    assert "://" not in text
    assert all("sha256:" in lines for lines in re.split(r"\n(?=[a-z])", text)[1:])


def test_a_failed_installation_is_tried_again(
    asked: list[str], environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        list(environment.make())
        fail_with(patch, NO_NETWORK)
        patch.setattr(Environment, "works", lambda _self: True)
        with pytest.raises(SetupError):
            environment.install()
    environment.install()
    assert asked[-1].startswith("-m pip install")


def test_a_folder_with_something_else_is_left_alone(environment: Environment) -> None:
    environment.folder.mkdir()
    (environment.folder / "letter.txt").touch()
    with pytest.raises(SetupError, match=r"is no working environment.*--venv"):
        environment.install()


def test_outside_the_project_it_says_so(environment: Environment, project: Path) -> None:
    (project / "pyproject.toml").unlink()
    with pytest.raises(SetupError, match="is not ftroi's folder"):
        environment.install()


@pytest.mark.parametrize(
    "output,reason",
    [
        (NO_NETWORK, "the package index cannot be reached; is there a network?"),
        (NO_INDEX, "the package index cannot be reached, or lacks what ftroi needs"),
        (NO_ROOM, "No space left on device"),
        (WRONG_FILE, "is not the one that ftroi was tested with, and is not installed"),
        ("", "it said nothing"),
    ],
)
def test_a_failure_of_pip_is_one_plain_message(
    output: str,
    reason: str,
    asked: list[str],
    environment: Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    list(environment.make())
    assert asked
    fail_with(monkeypatch, output)
    monkeypatch.setattr(Environment, "works", lambda _self: True)
    assert setup_addin.main(["--venv", str(environment.folder)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("setup_addin: ftroi could not be installed: ")
    assert reason in said
    assert environment.notes.with_suffix(".log").read_text(encoding="utf-8") == output


def test_a_python_without_venv_is_told_the_package(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail_with(monkeypatch, NO_ENSUREPIP)
    assert setup_addin.main(["--venv", str(environment.folder)]) == 2
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"sudo apt-get install python{version}-venv" in capsys.readouterr().err
    assert not environment.folder.exists()


def test_a_real_pip_without_an_index_fails_in_plain_words(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    assert setup_addin.main(["--venv", str(environment.folder)]) == 2
    said = capsys.readouterr()
    assert "the package index cannot be reached, or lacks what ftroi needs" in said.err
    assert "Traceback" not in said.err
    assert Notes.read(environment.notes) == Notes(made_here=True)


def test_progress_is_told_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    for line in [
        "Collecting numpy (from ftroi==0.1.0)",
        "  Using cached numpy-2.4.6.whl (16 MB)",
        "WARNING: Retrying (Retry(total=1)) after connection broken",
        "Installing collected packages: numpy, lxml",
    ]:
        installing.tell_progress(line, print)
    assert capsys.readouterr().out == (
        "  fetching numpy\n  no answer from the package index, trying again\n  installing 2 packages\n"
    )


def test_damaged_notes_count_as_none(environment: Environment) -> None:
    environment.folder.mkdir()
    for text in ("{", "[]", json.dumps({"unknown": 1})):
        environment.notes.write_text(text, encoding="utf-8")
        assert Notes.read(environment.notes) == Notes()
