#!/usr/bin/env python3
"""Set ftroi up on a machine that has nothing but Python.

    python3 setup_addin.py             set up, and say how to go on
    python3 setup_addin.py demo        build the sample workbook and compare its options
    python3 setup_addin.py test        install what the tests need, and run them all
    python3 setup_addin.py uninstall   remove what the above have made (LibreOffice, if installed, stays)

Everything is put into the folder .venv beside this file (or the one given by --venv). With --dry-run nothing is
done, only said. Exit code 0: done; 1: tests failed; 2: it could not be done, and a message says why.
"""

import sys

OLDEST_PYTHON = (3, 11)

# Up to here this file must be readable by Python 3.6, so that an old Python answers with this message.
if sys.version_info < OLDEST_PYTHON:
    sys.stderr.write(
        "ftroi needs Python 3.11 or newer, and this is Python {}.{}.\n"
        "Get a newer one from https://www.python.org/downloads/ (or your system's packages), "
        "and run this file with it, for example: python3.12 setup_addin.py\n".format(*sys.version_info[:2])
    )
    sys.exit(2)

import argparse
import hashlib
import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DEMO = ROOT / "demo.xlsx"
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".benchmarks")
NO_TESTS = 5  # pytest's exit code when no test was chosen
PIP_SIGNS = {  # what pip prints -> what it means
    "CERTIFICATE_VERIFY_FAILED": "this machine does not trust the package index's certificate; a company's network "
    "may need a certificate of its own (pip's setting `cert`)",
    "ProxyError": "the proxy does not let pip through to the package index; look at HTTPS_PROXY",
    "Failed to establish a new connection": "the package index cannot be reached; is there a network?",
    "(from versions: none)": "the package index cannot be reached, or lacks what ftroi needs; is there a network?",
}


class SetupError(Exception):
    """Something that only a person can put right; the text says what, and how."""


@dataclass(frozen=True)
class Environment:
    """The Python environment that ftroi is installed into."""

    folder: Path

    def program(self, name: str) -> Path:
        """Give the path of one of the environment's programs."""
        return self.folder / "Scripts" / f"{name}.exe" if os.name == "nt" else self.folder / "bin" / name

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.program("python")

    @property
    def ftroi(self) -> Path:
        """The command `ftroi`."""
        return self.program("ftroi")

    @property
    def notes(self) -> Path:
        """The file in which this script notes what it has done; pip's own words stand in .log beside it."""
        return self.folder / "ftroi-setup.json"

    def works(self) -> bool:
        """Tell whether the environment has a Python that is new enough, and pip."""
        question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
        return self.python.exists() and answer([self.python, "-c", question])[0] == 0


@dataclass
class Notes:
    """What this script has done in an environment, so that it does nothing twice and removes only its own."""

    made_here: bool = False  # the environment itself, which may also have been there before
    project: str = ""  # a fingerprint of what was installed
    extras: list[str] = field(default_factory=list)
    demo: str = ""  # a fingerprint of the sample workbook as built

    @classmethod
    def read(cls, path: Path) -> "Notes":
        """Read the notes; a missing or damaged file counts as none."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls()


# --- talking and running -----------------------------------------------------------------------------------


def say(text: str) -> None:
    """Tell the person what is happening, at once even when the output goes to a file."""
    print(text, flush=True)


def shown(command: Iterable[object]) -> str:
    """Write a command as one would type it in the project's folder."""
    return shlex.join(str(part).replace(f"{ROOT}{os.sep}", "") for part in command)


def answer(command: list[object], notice: Callable[[str], None] = lambda _line: None) -> tuple[int, str]:
    """Run a command out of sight, hand each line that it prints to `notice`; give its exit code and its output."""
    lines = []
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={"PIP_RETRIES": "2", **os.environ, "PIP_NO_INPUT": "1", "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        return 1, str(error)
    with process:
        for line in process.stdout or ():
            notice(line)
            lines.append(line)
    return process.returncode, "".join(lines)


def fingerprint(path: Path) -> str:
    """Give a hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- failures in plain words -------------------------------------------------------------------------------


def explain_venv_failure(output: str) -> str:
    """Say why no environment could be made."""
    if "ensurepip" in output or "No module named venv" in output:
        cure = "on Debian and Ubuntu: sudo apt-get install python{}.{}-venv".format(*sys.version_info[:2])
        return f"this Python cannot make environments, because its venv module is not complete; {cure}"
    return f"no Python environment could be made: {last_words(output)}"


def explain_pip_failure(output: str) -> str:
    """Say why pip failed: the first known sign in its output decides."""
    known = next((reason for sign, reason in PIP_SIGNS.items() if sign in output), "")
    return f"ftroi could not be installed: {known or last_words(output)}"


def last_words(output: str) -> str:
    """Give what a failed program said last, its errors if it names any."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return "; ".join((errors or lines)[-3:]) or "it said nothing"


def tell_progress(line: str) -> None:
    """Turn pip's lines into a few plain ones."""
    words = line.split()
    if words[:1] == ["Collecting"]:
        say(f"  fetching {words[1]}")
    elif words[:3] == ["Installing", "collected", "packages:"]:
        say(f"  installing {len(words) - 3} packages")
    elif words[:2] == ["WARNING:", "Retrying"]:
        say("  no answer from the package index, trying again")


# --- the commands ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Setup:
    """The commands of this script, for one environment; a dry run only says what they would do."""

    environment: Environment
    dry_run: bool = False

    def run(self, command: list[object]) -> int:
        """Run a command in the open, in the project's folder; give its exit code."""
        say(f"+ {shown(command)}")
        if self.dry_run:
            return 0
        return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode

    def install(self, *extras: str) -> None:
        """Make the environment and install ftroi, unless that is done and nothing has changed since."""
        pyproject = ROOT / "pyproject.toml"
        if not pyproject.exists():
            raise SetupError(f"{ROOT} is not ftroi's folder: there is no pyproject.toml beside setup_addin.py")
        project = f"{fingerprint(pyproject)} {ROOT}"
        notes = Notes.read(self.environment.notes)
        if notes.project == project and set(extras) <= set(notes.extras) and self.environment.works():
            say(f"ftroi is installed in {shown([self.environment.folder])}, and nothing has changed since")
            return
        self.make_environment()
        self.pip_install(extras)
        self.note(project=project, extras=list(extras))

    def note(self, **changes: object) -> None:
        """Write into the notes what has been done."""
        if not self.dry_run:
            notes = vars(Notes.read(self.environment.notes)) | changes
            self.environment.notes.write_text(json.dumps(notes, indent=2) + "\n", encoding="utf-8")

    def make_environment(self) -> None:
        """Make the environment where there is none; raises SetupError when the folder holds something else."""
        folder = self.environment.folder
        if self.environment.works():
            return
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SetupError(
                f"{folder} is there, but is no working environment of Python 3.11 or newer: "
                "remove it, or choose another folder with --venv"
            )
        command: list[object] = [sys.executable, "-m", "venv", folder]
        say(f"Making a Python environment\n+ {shown(command)}")
        if self.dry_run:
            return
        code, output = answer(command)
        if code:
            shutil.rmtree(folder, ignore_errors=True)
            raise SetupError(explain_venv_failure(output))
        self.note(made_here=True)

    def pip_install(self, extras: Iterable[str]) -> None:
        """Install the project from its folder with pip; raises SetupError, in plain words, when pip fails."""
        wish = ",".join(extras)
        project = f"{ROOT}[{wish}]" if wish else str(ROOT)
        command = [self.environment.python, "-m", "pip", "install", "--progress-bar", "off", "-e", project]
        say(f"Installing ftroi and what it needs (the first time takes a minute or two)\n+ {shown(command)}")
        if self.dry_run:
            return
        code, output = answer(command, tell_progress)
        log = self.environment.notes.with_suffix(".log")
        log.write_text(output, encoding="utf-8")
        if code:
            raise SetupError(f"{explain_pip_failure(output)}\nEverything that pip said: {log}")

    def set_up(self) -> int:
        """Install ftroi and say how to run it."""
        self.install()
        say(
            f"\nftroi is ready: {shown([self.environment.ftroi])} --help\n"
            f"A sample to look at first: python3 {Path(__file__).name} demo\n"
            "Installing the add-in into Excel and LibreOffice comes with a later release; "
            "workbooks work without it."
        )
        return 0

    def demo(self) -> int:
        """Build the sample workbook, print how its options compare, and say where to look next."""
        self.install()
        new, compare, explain = demo_commands(self.environment.ftroi)
        code = self.build_demo(new) or self.run(compare)
        if not code:
            say(
                f"\nLook next at: {DEMO} (in Excel or LibreOffice; the first sheet has the answer)\n"
                f"How a figure comes about: {shown(explain)}\n"
                f"All commands: {shown([self.environment.ftroi])} --help, and README.md"
            )
        return code

    def build_demo(self, command: list[object]) -> int:
        """Build the sample workbook, but never over one that a person has changed; give the exit code."""
        if self.demo_has_changed():
            return 0
        code = self.run(command)
        if DEMO.exists() and not code:
            self.note(demo=fingerprint(DEMO))
        return code

    def demo_has_changed(self) -> bool:
        """Tell whether there is a sample workbook that is not as this script built it, which is then kept."""
        changed = DEMO.exists() and fingerprint(DEMO) != Notes.read(self.environment.notes).demo
        if changed:
            say(f"{DEMO.name} is kept, for it has changed since it was built: move it away to be rid of it")
        return changed

    def test(self) -> int:
        """Install what the tests need and run them all; pytest comes last, so that its count ends the output."""
        self.install("test")
        office_code = self.prepare_office()
        codes = {name: self.run(command) for name, command in first_checks(self.environment.python).items()}
        if codes["benchmarks"] == NO_TESTS:
            codes["benchmarks"] = 0
        if not self.dry_run:
            say("\n".join(f"{name}: {'FAILED' if code else 'passed'}" for name, code in codes.items()))
        codes["tests"] = self.run(main_tests(self.environment.python))
        if os.environ.get("CI") == "true":
            codes["LibreOffice"] = office_code
        return int(any(codes.values()))

    def prepare_office(self) -> int:
        """Install LibreOffice where that is possible; where not, say which tests do not run."""
        wish = ["--dry-run"] if self.dry_run else []
        script = ROOT / "tests" / "install_office.py"
        code = subprocess.run([sys.executable, str(script), *wish], check=False).returncode
        if code:
            say("Until then the tests marked `host`, which open workbooks in LibreOffice, do not run.")
        return code

    def uninstall(self) -> int:
        """Remove what this script has made, and nothing else."""
        if DEMO.exists() and not self.demo_has_changed():
            self.remove(DEMO)
        for cache in caches():
            self.remove(cache)
        self.remove_installation()
        return 0

    def remove_installation(self) -> None:
        """Remove the environment if it was made here, or else only ftroi from it."""
        environment = self.environment
        notes = Notes.read(environment.notes)
        if notes.made_here:
            self.remove(environment.folder)
        elif notes.project:
            self.run([environment.python, "-m", "pip", "uninstall", "-y", "ftroi"])
            self.remove(environment.notes)
            self.remove(environment.notes.with_suffix(".log"))
        elif environment.folder.exists():
            say(f"{environment.folder} is kept, for it was not made by this script")

    def remove(self, path: Path) -> None:
        """Remove a file or a folder, and say so."""
        say(f"removing {shown([path])}")
        if self.dry_run:
            return
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def demo_commands(ftroi: Path) -> tuple[list[object], list[object], list[object]]:
    """Give the commands of the demo: build, compare, explain."""
    return (
        [ftroi, "new", DEMO.name, "--preset", "support_assistant", "--force"],
        [ftroi, "compare", DEMO.name],
        [ftroi, "explain", DEMO.name, "tco"],
    )


def first_checks(python: Path) -> dict[str, list[object]]:
    """Give the checks that come before the tests: style, types, and timings, which want the machine alone."""
    return {
        "style": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "types": [python, "-m", "mypy"],
        "benchmarks": [python, "-m", "pytest", "-q", "-m", "benchmark"],
    }


def main_tests(python: Path) -> list[object]:
    """Give the command for all other tests, on two workers where there are two processors."""
    workers = min(os.cpu_count() or 1, 2)
    return [python, "-m", "pytest", "-n", workers, "--dist", "loadfile", "-m", "not benchmark"]


def caches() -> list[Path]:
    """Give the folders that running ftroi and its tests leaves in the project."""
    compiled = [path for part in ("ftroi", "tests") for path in sorted((ROOT / part).rglob("__pycache__"))]
    return [path for path in (*(ROOT / name for name in CACHES), *compiled) if path.is_dir()]


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", choices=["demo", "test", "uninstall"], help="without one: set up")
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv", metavar="FOLDER", help="default: .venv here")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; give the exit code."""
    wish = read_arguments(arguments)
    setup = Setup(Environment(wish.venv.absolute()), dry_run=wish.dry_run)
    commands = {None: setup.set_up, "demo": setup.demo, "test": setup.test, "uninstall": setup.uninstall}
    try:
        return commands[wish.command]()
    except (SetupError, OSError) as error:
        print(f"setup_addin: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("setup_addin: stopped; run it again to go on", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
