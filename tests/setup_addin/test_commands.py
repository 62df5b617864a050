"""The script's commands: demo, test and uninstall, and what they say in a dry run."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import setup_addin
from ftroi.installer import Machine
from ftroi.installer.environment import Environment
from setup_addin import Setup
from tests.support.machines import programs_of


def record_runs(monkeypatch: pytest.MonkeyPatch, codes: dict[str, int]) -> list[str]:
    """Let commands end with the code of the first word of `codes` that they contain; give the list of commands."""
    noted: list[str] = []

    def run(_setup: Setup, command: list[object]) -> int:
        noted.append(" ".join(str(part) for part in command[1:]))
        return next((code for word, code in codes.items() if word in noted[-1]), 0)

    monkeypatch.setattr(Setup, "run", run)
    monkeypatch.setattr(Setup, "compare_demo", run)
    return noted


# --- demo --------------------------------------------------------------------------------------------------


def build_workbooks(monkeypatch: pytest.MonkeyPatch, demo: Path) -> list[str]:
    """Let `ftroi new` write the sample workbook; give the list of commands."""
    noted: list[str] = []

    def run(_setup: Setup, command: list[object]) -> int:
        if command[1] == "-m":
            return 0
        noted.append(str(command[1]))
        if command[1] == "new":
            demo.write_bytes(b"as built")
        return 0

    monkeypatch.setattr(Setup, "run", run)
    monkeypatch.setattr(Setup, "compare_demo", run)
    return noted


@pytest.mark.usefixtures("asked")
def test_demo_builds_compares_and_says_where_to_look(
    environment: Environment, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = build_workbooks(monkeypatch, project / "demo.xlsx")
    assert Setup(environment).demo() == 0
    assert Setup(environment).demo() == 0
    assert commands == ["new", "compare"] * 2
    said = capsys.readouterr().out
    assert f"Look at it next: {project / 'demo.xlsx'}" in said
    steps = [said.index(words) for words in (setup_addin.DEMO_TAKES, "Step 1 of 3", "Step 2 of 3", "Step 3 of 3")]
    assert steps == sorted(steps)


def test_demo_ends_with_the_verdict_that_the_comparison_begins_with(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = "Use retrieval: better.\n  A reason.\n\nOption  TCO\n"
    command: list[object] = [sys.executable, "-c", f"print({shown!r}, end='')"]
    assert Setup(environment).compare_demo(command) == 0
    said = capsys.readouterr().out
    assert shown in said
    assert said.splitlines()[-1] == "The verdict: Use retrieval: better."
    assert Setup(environment).compare_demo([sys.executable, "-c", "print('no'); raise SystemExit(2)"]) == 2
    assert "The verdict" not in capsys.readouterr().out


@pytest.mark.usefixtures("asked")
def test_demo_opens_the_workbook_only_where_that_is_asked(
    environment: Environment, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_workbooks(monkeypatch, project / "demo.xlsx")
    opened: list[Setup] = []

    def note(setup: Setup) -> None:
        opened.append(setup)

    monkeypatch.setattr(Setup, "open_demo", note)
    assert Setup(environment).demo() == 0
    assert opened == []
    assert Setup(environment, open_it=True).demo() == 0
    assert len(opened) == 1


@pytest.mark.usefixtures("asked")
def test_demo_keeps_a_workbook_that_a_person_has_changed(
    environment: Environment, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = build_workbooks(monkeypatch, project / "demo.xlsx")
    (project / "demo.xlsx").write_bytes(b"a person's work")
    assert Setup(environment).demo() == 0
    assert commands == ["compare"]
    assert (project / "demo.xlsx").read_bytes() == b"a person's work"


@pytest.mark.usefixtures("asked")
def test_demo_ends_with_the_code_of_the_command_that_failed(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = record_runs(monkeypatch, {"new": 3})
    assert Setup(environment).demo() == 3
    assert len(commands) == 2
    assert "Look at it next" not in capsys.readouterr().out


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("code", [0, 1])
def test_the_standard_template_is_compiled_ahead_and_a_failure_is_told_and_stops_nothing(
    code: int, environment: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = record_runs(monkeypatch, {setup_addin.AHEAD: code})
    setup = Setup(environment)
    assert setup.set_up() == 0
    assert setup.demo() == 0
    assert commands.count(f"-m {setup_addin.AHEAD}") == 2
    assert importlib.util.find_spec(setup_addin.AHEAD) is not None
    said = capsys.readouterr().out
    assert "Compiling the standard template" in said
    assert ("It could not be compiled" in said) == bool(code)


# --- test --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    "codes,expected",
    [
        ({}, 0),
        ({"-m benchmark": 5}, 0),  # there are no benchmarks
        ({"-m benchmark": 1}, 1),
        ({"ruff check": 1}, 1),
        ({"mypy": 2}, 1),
        ({"not benchmark": 5}, 1),  # but tests there must be
    ],
)
def test_one_failed_check_fails_the_whole_and_pytest_comes_last(
    codes: dict[str, int], expected: int, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Setup, "prepare_office", lambda _self: 0)
    commands = record_runs(monkeypatch, codes)
    assert Setup(environment).test() == expected
    assert len(commands) == 5
    assert commands[-1].startswith("-m pytest -n")


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("on_build_server,expected", [("true", 1), ("", 0)])
def test_a_missing_office_fails_on_a_build_server_only(
    on_build_server: str, expected: int, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", on_build_server)
    monkeypatch.setattr(Setup, "prepare_office", lambda _self: 1)
    record_runs(monkeypatch, {})
    assert Setup(environment).test() == expected


def test_the_tests_that_do_not_run_are_named(
    environment: Environment, project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "tests").mkdir()
    (project / "tests" / "install_office.py").write_text("raise SystemExit(1)", encoding="utf-8")
    assert Setup(environment).prepare_office() == 1
    assert "the tests marked `host`" in capfd.readouterr().out


# --- dry runs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command,expected",
    [
        (
            "demo",
            [
                "-m venv .venv",
                "pip install --progress-bar off --require-hashes -r",
                "pip install --progress-bar off --no-deps --no-build-isolation -e",
                "-m ftroi.analysis.risk.ahead",
                "ftroi new demo.xlsx",
                "ftroi compare demo.xlsx",
            ],
        ),
        (
            "test",
            [
                "-m venv .venv",
                "locked_test.txt",
                "--no-deps",
                "ruff check",
                "ruff format --check",
                "mypy",
                "benchmark",
                "pytest -n",
            ],
        ),
    ],
)
def test_a_dry_run_shows_the_commands_and_does_nothing(
    command: str,
    expected: list[str],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Setup, "prepare_office", lambda _self: 0)
    before = sorted(project.rglob("*"))
    assert setup_addin.main([command, "--dry-run", "--venv", str(project / ".venv")]) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if line.startswith("+ ")]
    assert len(shown) == len(expected)
    assert all(part in line for part, line in zip(expected, shown, strict=True))
    assert sorted(project.rglob("*")) == before


# --- uninstall ---------------------------------------------------------------------------------------------


@pytest.fixture
def finished(asked: list[str], environment: Environment, project: Path, monkeypatch: pytest.MonkeyPatch) -> Setup:
    """A setup that has installed, built the sample and left caches behind."""
    setup = Setup(environment)
    with monkeypatch.context() as patch:
        build_workbooks(patch, project / "demo.xlsx")
        setup.demo()
    assert asked
    (project / ".mypy_cache").mkdir()
    (project / "ftroi" / "language" / "__pycache__").mkdir(parents=True)
    (project / "my plan.xlsx").touch()
    return setup


def test_uninstall_takes_compiled_simulations_along(finished: Setup) -> None:
    months = finished.machine.cache / "months"
    months.mkdir(parents=True)
    (months / "ftroi_months_1.py").touch()
    finished.uninstall()
    assert not months.parent.exists()


def names(project: Path) -> set[str]:
    return {path.relative_to(project).as_posix() for path in project.rglob("*")}


def test_uninstall_leaves_nothing_of_its_own_and_all_of_the_users(finished: Setup, project: Path) -> None:
    assert finished.uninstall() == 0
    assert names(project) == {"pyproject.toml", "my plan.xlsx", "ftroi", "ftroi/language"}


def test_uninstall_keeps_a_sample_that_a_person_has_changed(finished: Setup, project: Path) -> None:
    (project / "demo.xlsx").write_bytes(b"a person's work")
    finished.uninstall()
    assert "demo.xlsx" in names(project)


def test_uninstall_as_a_dry_run_removes_nothing(
    finished: Setup, environment: Environment, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = names(project)
    assert Setup(replace(environment, dry_run=True)).uninstall() == 0
    assert names(project) == before
    assert finished.environment.folder.exists()
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "  remove_file   demo.xlsx",
        "  remove_tree   .mypy_cache",
        "  remove_tree   ftroi/language/__pycache__",
        "  remove_tree   .venv",
    ]


def test_uninstall_keeps_an_environment_that_was_there_before(finished: Setup, project: Path, machine: Machine) -> None:
    finished.environment.note(made_here=False)
    finished.uninstall()
    assert programs_of(machine).asked == [f"{finished.environment.python} -m pip uninstall -y ftroi"]
    assert ".venv/bin" in names(project)
    assert ".venv/ftroi-setup.json" not in names(project)


def test_uninstall_keeps_a_folder_that_it_does_not_know(environment: Environment, project: Path) -> None:
    environment.folder.mkdir()
    (environment.folder / "letter.txt").touch()
    Setup(environment).uninstall()
    assert ".venv/letter.txt" in names(project)
