"""The Python environment that ftroi is installed into: creating it, installing with pip, and recording both."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ftroi.atomic import is_in_the_making, write_text
from ftroi.installer.operations import Operation, fingerprint

OLDEST_PYTHON = (3, 11)
_PIP_MESSAGES = {  # what pip prints -> what it means
    "CERTIFICATE_VERIFY_FAILED": "this machine does not trust the package index's certificate; a company's network "
    "may need a certificate of its own (pip's setting `cert`)",
    "ProxyError": "the proxy does not let pip through to the package index; look at HTTPS_PROXY",
    "Failed to establish a new connection": "the package index cannot be reached; is there a network?",
    "DO NOT MATCH THE HASHES": "a file from the package index is not the one that ftroi was tested with, and is not "
    "installed; ask who keeps the index or the mirror between",
    "(from versions: none)": "the package index cannot be reached, or lacks what ftroi needs; is there a network?",
}

LOCKED, LOCKED_FOR_TESTS = (Path(__file__).with_name(name) for name in ("locked.txt", "locked_test.txt"))
"""Every package with its version and the hashes of its files: what was tested is what is installed."""


class SetupError(Exception):
    """A problem that only the user can solve; the text says what it is, and what to do."""


@dataclass
class Notes:
    """The record of what was done in an environment, so that nothing is done twice and only that is removed."""

    made_here: bool = False  # the environment itself, which may also have been there before
    project: str = ""  # a fingerprint of what was installed
    extras: list[str] = field(default_factory=list)
    demo: str = ""  # a fingerprint of the sample workbook as built

    @classmethod
    def read(cls, path: Path) -> Notes:
        """Read the record; a missing or damaged file counts as an empty record."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls()


Tell = Callable[[str], None]


@dataclass(frozen=True)
class Environment:
    """The Python environment in `folder`, for the project in `root`; a dry run only says what would be done."""

    folder: Path
    root: Path
    dry_run: bool = False
    tell: Tell = print

    def program(self, name: str) -> Path:
        """The path of one of the environment's programs."""
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
        """The file of the record; pip's output is in the .log file beside it."""
        return self.folder / "ftroi-setup.json"

    def works(self) -> bool:
        """Say whether the environment has a Python that is recent enough, and pip."""
        question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
        return self.python.exists() and answer([str(self.python), "-c", question], self.root)[0] == 0

    def shown(self, command: Iterable[object]) -> str:
        """A command as the user would type it in the project's folder."""
        return shlex.join(str(part).replace(f"{self.root}{os.sep}", "") for part in command)

    def install(self, extras: Iterable[str] = ()) -> list[Operation]:
        """Create the environment and install ftroi, unless nothing has changed since; returns what was done.

        Raises SetupError if that fails.
        """
        pyproject = self.root / "pyproject.toml"
        if not pyproject.exists():
            raise SetupError(f"{self.root} is not ftroi's folder: there is no pyproject.toml beside setup_addin.py")
        project = f"{fingerprint(pyproject)} {fingerprint(LOCKED_FOR_TESTS)} {self.root}"
        notes = Notes.read(self.notes)
        if notes.project == project and set(extras) <= set(notes.extras) and self.works():
            self.tell(f"ftroi is installed in {self.shown([self.folder])}, and nothing has changed since")
            return []
        done = [*self.make(), *self.pip_install(extras)]
        self.note(project=project, extras=list(extras))
        return done

    def note(self, **changes: object) -> None:
        """Update the record."""
        if not self.dry_run:
            notes = vars(Notes.read(self.notes)) | changes
            write_text(self.notes, json.dumps(notes, indent=2) + "\n")

    def make(self) -> Iterator[Operation]:
        """Create the environment if there is none; raises SetupError if the folder holds something else."""
        if self.works():
            return
        self._clear_half_made()
        command = (sys.executable, "-m", "venv", str(self.folder))
        self.tell(f"Making a Python environment\n+ {self.shown(command)}")
        if not self.dry_run:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.note(made_here=True)  # beforehand: stopped half-way, the next run knows whose it is
            code, output = answer(command, self.root)
            if code:
                shutil.rmtree(self.folder, ignore_errors=True)
                raise SetupError(explain_venv_failure(output))
        yield Operation("run", str(self.folder), command=command)

    def _clear_half_made(self) -> None:
        """Remove the remains of an interrupted run; raises SetupError if the folder holds something else."""
        if not self.folder.exists() or (self.folder.is_dir() and not any(self._of_others())):
            return
        notes = Notes.read(self.notes)
        if not notes.made_here or notes.project:
            raise SetupError(
                f"{self.folder} is there, but is no working environment of Python 3.11 or newer: "
                "remove it, or choose another folder with --venv"
            )
        self.tell(f"{self.shown([self.folder])} is half made, by a run that was stopped: it is made anew")
        if not self.dry_run:
            shutil.rmtree(self.folder)

    def _of_others(self) -> Iterator[Path]:
        """What stands in the folder besides the record, whole or in the making."""
        return (one for one in self.folder.iterdir() if one != self.notes and not is_in_the_making(one))

    def pip_install(self, extras: Iterable[str]) -> Iterator[Operation]:
        """Install the locked packages and then the project, from its folder; raises SetupError when pip fails."""
        locked = LOCKED_FOR_TESTS if "test" in extras else LOCKED
        self.tell("Installing ftroi and what it needs (the first time takes a minute or two)")
        yield self._pip("--require-hashes", "-r", str(locked))
        yield self._pip("--no-deps", "--no-build-isolation", "-e", str(self.root))

    def _pip(self, *wish: str) -> Operation:
        command = (str(self.python), "-m", "pip", "install", "--progress-bar", "off", *wish)
        self.tell(f"+ {self.shown(command)}")
        if not self.dry_run:
            code, output = answer(command, self.root, lambda line: tell_progress(line, self.tell))
            log = self.notes.with_suffix(".log")
            log.write_text(output, encoding="utf-8")
            if code:
                raise SetupError(f"{explain_pip_failure(output)}\nEverything that pip said: {log}")
        return Operation("run", str(self.folder), command=command)

    def removal(self) -> list[Operation]:
        """The steps that remove the environment if it was created here, else only ftroi from it."""
        notes = Notes.read(self.notes)
        if notes.made_here:
            return [Operation("remove_tree", str(self.folder))]
        if not notes.project:
            return []
        command = (str(self.python), "-m", "pip", "uninstall", "-y", "ftroi")
        files = (self.notes, self.notes.with_suffix(".log"))
        return [
            Operation("run", str(self.folder), command=command),
            *(Operation("remove_file", str(path)) for path in files),
        ]


def answer(command: Iterable[str], folder: Path, notice: Tell = lambda _line: None) -> tuple[int, str]:
    """Run a command in `folder` without a window; passes lines of output to `notice`; returns exit code and output."""
    lines = []
    try:
        process = subprocess.Popen(  # noqa: S603 - our own commands, never a shell's
            list(command),
            cwd=folder,
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


# --- failures in plain words -------------------------------------------------------------------------------


def explain_venv_failure(output: str) -> str:
    """The likely cause why no environment could be created."""
    if "ensurepip" in output or "No module named venv" in output:
        cure = "on Debian and Ubuntu: sudo apt-get install python{}.{}-venv".format(*sys.version_info[:2])
        return f"this Python cannot make environments, because its venv module is not complete; {cure}"
    return f"no Python environment could be made: {last_lines(output)}"


def explain_pip_failure(output: str) -> str:
    """The likely cause why pip failed, from the first known message in its output."""
    known = next((reason for sign, reason in _PIP_MESSAGES.items() if sign in output), "")
    return f"ftroi could not be installed: {known or last_lines(output)}"


def last_lines(output: str) -> str:
    """The last lines of a failed program's output, or its last errors if it printed any."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return "; ".join((errors or lines)[-3:]) or "it said nothing"


def tell_progress(line: str, tell: Tell) -> None:
    """Report the progress of pip from a line of its output."""
    words = line.split()
    if words[:1] == ["Collecting"]:
        tell(f"  fetching {words[1]}")
    elif words[:3] == ["Installing", "collected", "packages:"]:
        tell(f"  installing {len(words) - 3} packages")
    elif words[:2] == ["WARNING:", "Retrying"]:
        tell("  no answer from the package index, trying again")
