#!/usr/bin/env python3
"""Set ftroi up on a machine that has nothing but Python.

    python3 setup_addin.py             install ftroi, and its functions into Excel (Windows) and LibreOffice
    python3 setup_addin.py status      say what is installed, and how far; exit code 1 unless all of it is
    python3 setup_addin.py demo        build the sample workbook and compare its options
    python3 setup_addin.py test        install what the tests need, and run them all
    python3 setup_addin.py uninstall   take back what the above have done (LibreOffice, if installed, stays)

Everything is put into the folder .venv beside this file (or the one given by --venv), and the add-in where Excel and
LibreOffice look for this person's. No administrator rights are needed. With --dry-run nothing is done, only said:
every command, file and registry key. Exit code 0: done; 1: tests failed, or the status is not "installed"; 2: it
could not be done, and a message says why.
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
import json
import os
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.dont_write_bytecode = True  # looking and removing leave no files behind
    sys.path.insert(0, str(ROOT))

from ftroi import installer
from ftroi.errors import FtroiError
from ftroi.installer import Journal, Machine, Operation
from ftroi.installer.environment import Environment, Notes, SetupError
from ftroi.installer.operations import fingerprint, perform

DEMO = ROOT / "demo.xlsx"
DEMO_TAKES = "This takes one to five minutes the first time, most of it to download packages; later some seconds."
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".benchmarks")
AHEAD = "ftroi.analysis.risk.ahead"
NO_TESTS = 5  # pytest's exit code when no test was chosen
WANTING = 1


def say(text: str) -> None:
    """Tell the person what is happening, at once even when the output goes to a file."""
    print(text, flush=True)


def say_aside(text: str) -> None:
    """Tell it on the error stream, where the output itself is JSON."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Setup:
    """The commands of this script, for one environment; a dry run only says what they would do.

    `done` collects every step and command, and `remarks` what a person should know besides, for the JSON.
    """

    environment: Environment
    in_add_ins: bool = False
    forget: bool = False
    as_json: bool = False
    open_it: bool = False
    done: list[Operation] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def dry_run(self) -> bool:
        """Whether nothing is done, only said."""
        return self.environment.dry_run

    @property
    def machine(self) -> Machine:
        """This machine, as the add-in's installation sees it."""
        return installer.this_machine(self.environment.folder)

    def tell(self, text: str) -> None:
        """Tell the person what is happening."""
        self.environment.tell(text)

    def run(self, command: list[object]) -> int:
        """Run a command in the open, in the project's folder; give its exit code."""
        self.tell(f"+ {self.environment.shown(command)}")
        parts = [str(part) for part in command]
        self.done.append(Operation("run", str(ROOT), command=tuple(parts)))
        if self.dry_run:
            return 0
        return subprocess.run(parts, cwd=ROOT, check=False, stdout=sys.stderr if self.as_json else None).returncode

    def install(self, *extras: str) -> None:
        """Make the environment and install ftroi, unless that is done and nothing has changed since."""
        self.done.extend(self.environment.install(extras))

    def set_up(self) -> int:
        """Install ftroi, and its functions into the spreadsheet programs that are found; say how to go on."""
        self.install()
        self.compile_ahead()
        self.install_add_in()
        self.tell(
            f"\nftroi is ready: {self.environment.shown([self.environment.ftroi])} --help\n"
            f"A sample to look at first: python3 {Path(__file__).name} demo"
        )
        return 0

    def compile_ahead(self) -> None:
        """Compile the standard template, so that nobody waits for it later; where that fails, say so and go on."""
        self.tell("Compiling the standard template for large simulations (the first time takes up to a minute)")
        try:
            failed = self.run([self.environment.python, "-m", AHEAD])
        except OSError:
            failed = 1
        if failed:
            self.tell("It could not be compiled: large simulations take longer, and give the same figures.")

    def install_add_in(self) -> None:
        """Install the functions into the spreadsheet programs that are found."""
        machine = self.machine
        journal = Journal.of(machine)
        plan = installer.plan_install(machine, journal, in_add_ins=self.in_add_ins)
        self.tell("Installing the FT_ functions" if plan.operations else "The FT_ functions are not installed")
        self.remarks.extend(plan.remarks)
        self.done.extend((*plan.stale, *plan.operations))
        if self.dry_run:
            self.tell_steps((*plan.stale, *plan.operations))
        else:
            installer.install(plan, machine, journal, self.tell)
            if plan.operations:
                self.remarks.append("Start Excel or LibreOffice afresh; then type =FT_VERSION() into a cell.")
        self.tell("\n".join(self.remarks))

    def tell_steps(self, steps: Iterable[Operation]) -> None:
        """Say what would be done, one step a line."""
        for step in steps:
            self.tell(f"  {step}")

    def status(self) -> int:
        """Say what is installed, and how far; 1 unless all of it is."""
        machine = self.machine
        found = installer.status(machine, Journal.of(machine))
        if self.as_json:
            say(json.dumps(found, indent=2))
        else:
            say("\n".join(installer.status_lines(found)))
        return 0 if found["installed"] else WANTING

    def demo(self) -> int:
        """Build the sample workbook, say where to look next, and end with how its options compare and the verdict."""
        self.tell(DEMO_TAKES)
        self.tell("Step 1 of 3: setting ftroi up")
        self.install()
        self.compile_ahead()
        new, compare, explain = demo_commands(self.environment.ftroi)
        self.tell("Step 2 of 3: building the sample workbook")
        code = self.build_demo(new)
        if code:
            return code
        shown = self.environment.shown
        self.tell(
            f"Look at it next: {DEMO} (in Excel or LibreOffice; the first sheets have the answer)\n"
            f"How a figure comes about: {shown(explain)}\n"
            f"All commands: {shown([self.environment.ftroi])} --help, and README.md\n"
            "Step 3 of 3: comparing its options"
        )
        code = self.compare_demo(compare)
        if self.open_it and not code:
            self.open_demo()
        return code

    def compare_demo(self, command: list[object]) -> int:
        """Compare the sample's options, and end with the verdict, which the comparison begins with."""
        if self.dry_run:
            return self.run(command)
        self.tell(f"+ {self.environment.shown(command)}")
        parts = [str(part) for part in command]
        self.done.append(Operation("run", str(ROOT), command=tuple(parts)))
        found = subprocess.run(parts, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.tell(found.stdout)
        verdict = found.stdout.partition("\n")[0]
        if verdict and not found.returncode:
            self.tell(f"The verdict: {verdict}")
        return found.returncode

    def open_demo(self) -> None:
        """Open the sample workbook in whatever program opens such files on this machine."""
        if self.dry_run:
            self.tell(f"  open {DEMO}")
        elif sys.platform == "win32":
            os.startfile(DEMO)  # noqa: S606 - the file that was just built
        else:
            opener = "open" if sys.platform == "darwin" else "xdg-open"
            try:
                subprocess.Popen([opener, str(DEMO)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            except OSError:
                self.tell(f"No program was found that opens it: open {DEMO} yourself")

    def build_demo(self, command: list[object]) -> int:
        """Build the sample workbook, but never over one that a person has changed; give the exit code."""
        if self.demo_has_changed():
            return 0
        code = self.run(command)
        if DEMO.exists() and not code:
            self.environment.note(demo=fingerprint(DEMO))
        return code

    def demo_has_changed(self) -> bool:
        """Whether there is a sample workbook that is not as this script built it, which is then kept."""
        changed = DEMO.exists() and fingerprint(DEMO) != Notes.read(self.environment.notes).demo
        if changed:
            self.tell(f"{DEMO.name} is kept, for it has changed since it was built: move it away to be rid of it")
        return changed

    def test(self) -> int:
        """Install what the tests need and run them all; pytest comes last, so that its count ends the output."""
        self.install("test")
        office_code = self.prepare_office()
        codes = {name: self.run(command) for name, command in first_checks(self.environment.python).items()}
        if codes["benchmarks"] == NO_TESTS:
            codes["benchmarks"] = 0
        if not self.dry_run:
            self.tell("\n".join(f"{name}: {'FAILED' if code else 'passed'}" for name, code in codes.items()))
        codes["tests"] = self.run(main_tests(self.environment.python))
        if os.environ.get("CI") == "true":
            codes["LibreOffice"] = office_code
        return int(any(codes.values()))

    def prepare_office(self) -> int:
        """Install LibreOffice where that is possible; where not, say which tests do not run."""
        wish = ["--dry-run"] if self.dry_run else []
        script = ROOT / "tests" / "install_office.py"
        out = sys.stderr if self.as_json else None
        code = subprocess.run([sys.executable, str(script), *wish], check=False, stdout=out).returncode
        if code:
            self.tell("Until then the tests marked `host`, which open workbooks in LibreOffice, do not run.")
        return code

    def uninstall(self) -> int:
        """Take back what this script has done, and nothing else."""
        machine = self.machine
        steps = list(installer.plan_uninstall(machine, Journal.of(machine), forget=self.forget).operations)
        if DEMO.exists() and not self.demo_has_changed():
            steps.append(Operation("remove_file", str(DEMO)))
        steps += [Operation("remove_tree", str(cache)) for cache in caches()]
        if machine.cache.is_dir():
            steps += [Operation("remove_tree", str(machine.cache / "months"))]
            steps += [Operation("remove_folder", str(machine.cache))]
        removal = self.environment.removal()
        if self.environment.folder.exists() and not removal:
            self.tell(f"{self.environment.folder} is kept, for it was not made by this script")
        for step in (*steps, *removal):
            self.take_back(step, machine)
        if not self.forget and installer.keeps_more(machine):
            self.tell(f"{machine.settings} is kept, with your templates and logs; --forget removes it too")
        return 0

    def take_back(self, step: Operation, machine: Machine) -> None:
        """Do one step of taking back, and say so."""
        self.tell(f"  {step}".replace(f"{ROOT}{os.sep}", ""))
        self.done.append(step)
        if not self.dry_run:
            perform(step, machine)

    def report(self, command: str, code: int) -> None:
        """Print what was done as JSON."""
        steps = [step.as_json() for step in self.done]
        report = {"command": command, "dry_run": self.dry_run, "exit_code": code, "operations": steps}
        say(json.dumps({**report, "remarks": self.remarks}, indent=2))


def demo_commands(ftroi: Path) -> tuple[list[object], list[object], list[object]]:
    """The commands of the demo: build, compare, explain."""
    return (
        [ftroi, "new", DEMO.name, "--force"],
        [ftroi, "compare", DEMO.name],
        [ftroi, "explain", DEMO.name, "tco"],
    )


def first_checks(python: Path) -> dict[str, list[object]]:
    """The checks that come before the tests: style, types, and timings, which want the machine alone."""
    return {
        "style": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "types": [python, "-m", "mypy"],
        "benchmarks": [python, "-m", "pytest", "-q", "-m", "benchmark"],
    }


def main_tests(python: Path) -> list[object]:
    """The command for all other tests, on two workers where there are two processors."""
    workers = min(os.cpu_count() or 1, 2)
    return [python, "-m", "pytest", "-n", workers, "--dist", "loadfile", "-m", "not benchmark"]


def caches() -> list[Path]:
    """The folders that running ftroi and its tests leaves in the project."""
    compiled = [path for part in ("ftroi", "tests") for path in sorted((ROOT / part).rglob("__pycache__"))]
    return [path for path in (*(ROOT / name for name in CACHES), *compiled) if path.is_dir()]


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = ["install", "status", "demo", "test", "uninstall"]
    parser.add_argument("command", nargs="?", choices=commands, default="install", help="without one: install")
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv", metavar="FOLDER", help="default: .venv here")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--json", action="store_true", help="print what is or would be done as JSON")
    parser.add_argument(
        "--addins-folder",
        action="store_true",
        help="install: Excel's add-in goes into the folder of add-ins, with a value in the registry, not into XLSTART",
    )
    parser.add_argument("--open", action="store_true", help="demo: also open the sample workbook")
    parser.add_argument(
        "--forget", action="store_true", help="uninstall: also remove your list of templates and ftroi's logs"
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; give the exit code."""
    wish = read_arguments(arguments)
    tell = say_aside if wish.json else say
    environment = Environment(wish.venv.absolute(), ROOT, dry_run=wish.dry_run, tell=tell)
    setup = Setup(environment, in_add_ins=wish.addins_folder, forget=wish.forget, as_json=wish.json, open_it=wish.open)
    commands = {
        "install": setup.set_up,
        "status": setup.status,
        "demo": setup.demo,
        "test": setup.test,
        "uninstall": setup.uninstall,
    }
    code = attempt(commands[wish.command])
    if wish.json and wish.command != "status":
        setup.report(wish.command, code)
    return code


def attempt(command: Callable[[], int]) -> int:
    """Run one command; give its exit code, or 2 where it could not be done, and say why."""
    try:
        return command()
    except (SetupError, FtroiError, OSError) as error:
        say_aside(f"setup_addin: {error}")
    except KeyboardInterrupt:
        say_aside("setup_addin: stopped; run it again to go on")
    return 2


if __name__ == "__main__":
    sys.exit(main())
