"""Every writing command, stopped again and again, each time at another moment: ``python -m tests.support.killed``.

A process computes up to where the first file is opened for writing; from there on copies of it go on and are stopped.
What the folder holds then is printed as JSON, a line a moment. Even moments are an end from outside (SIGKILL), odd ones
Ctrl-C (SIGINT).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ftroi.__main__ import main
from tests.support.bills import OPENAI_COSTS, openai, table
from tests.support.edited import Inputs, small_workbook
from tests.support.own_template import changed_template

Files = Mapping[str, bytes]
LOCKS = ("~$", ".~lock.")
PLAN, BILL = "plan.xlsx", "bill.csv"


@dataclass(frozen=True)
class Writing:
    """A command that writes: what has to be there before, and its words; both are in the folder that is current."""

    words: tuple[str, ...]
    prepare: Callable[[Path], object]


def _nothing(_folder: Path) -> None:
    pass


def _cheap_accelerator(folder: Path) -> None:
    inputs = Inputs(small_workbook(folder))
    inputs.cell("gpu_price").value = 6.0
    inputs.save()


def _with_bill(folder: Path) -> None:
    inputs = Inputs(small_workbook(folder))
    inputs.cell("start", "value").value = datetime(2026, 3, 1)  # noqa: DTZ001 - a workbook's dates have no zone
    inputs.save()
    (folder / BILL).write_text(table(OPENAI_COSTS, [openai(1, 40.5, "gpt-4o-mini, input")]))


WRITINGS = {
    "new": Writing(("new", PLAN, "--options", "rag"), _nothing),
    "new --force": Writing(("new", PLAN, "--options", "rag", "--force"), small_workbook),
    "regenerate": Writing(("regenerate", PLAN), small_workbook),
    "simulate --write": Writing(("simulate", PLAN, "--write", "--draws", "64"), small_workbook),
    "simulate --output": Writing(("simulate", PLAN, "--draws", "64", "--output", "draws.csv"), small_workbook),
    "actuals --write": Writing(("actuals", PLAN, BILL, "--write"), _with_bill),
    "reassess --accept": Writing(("reassess", PLAN, "--accept", "all"), _cheap_accelerator),
    "approve": Writing(("approve", PLAN, "--by", "A. Smith"), small_workbook),
    "scenarios --write": Writing(("scenarios", PLAN, "--named", "Slow: ramp_months=18", "--write"), small_workbook),
    "report": Writing(("report", PLAN, "--format", "html"), small_workbook),
    "check": Writing(("check", PLAN), small_workbook),
    "template add": Writing(("template", "add", "acme"), lambda folder: changed_template(folder / "acme")),
    "addin checklist": Writing(("addin", "checklist", "--functions", "plain"), _nothing),
}
"""Every command that writes a file, by a name; check writes none, and is here to show it."""


def files_of(folder: Path) -> Files:
    """All files below a folder, with what they hold."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def keep(folder: Path) -> Path:
    """Keep a folder's files beside it, as further names of the same files."""
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept, copy_function=os.link)
    return kept


def put_back(kept: Path, folder: Path) -> None:
    """Let a folder hold the kept files and no others: the very same ones, as nobody had touched them."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(kept, folder, copy_function=os.link, dirs_exist_ok=True)


def run(words: tuple[str, ...]) -> int:
    """Run a command in this process, and give its exit code."""
    sys.argv = ["ftroi", *words]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def stop_at_moments(name: str, folder: Path, moments: int) -> None:
    """Stop a command at moments, in a folder of its own; what came before its first file is the same for all."""
    work, writing = folder / "work", WRITINGS[name]
    work.mkdir(parents=True)
    os.environ["FTROI_HOME"] = str(work / "home")
    os.chdir(work)
    writing.prepare(work)
    kept, server = keep(work), os.getpid()

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if os.getpid() == server and is_write(event, arguments, work) and not in_hand:
            in_hand.append(event)
            try:
                serve(kept, work, moments)
            except Exception:  # noqa: BLE001 - else the command would take it for a fault of its own file
                traceback.print_exc()
                os._exit(3)

    in_hand: list[str] = []
    sys.addaudithook(watch)
    code = run(writing.words)
    if os.getpid() == server:
        say(code=code, same=files_of(work) == files_of(kept))
    os._exit(code)


def is_write(event: str, arguments: tuple[object, ...], folder: Path) -> bool:
    """Say whether Python is about to change something in the folder."""
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
        return False
    return event in ("open", "os.mkdir") and str(arguments[0]).startswith(str(folder))


def serve(kept: Path, folder: Path, moments: int) -> None:
    """Go on in one forked process after another; each returns from here, and is stopped at its moment."""
    told, old, begun = folder.with_name("told"), files_of(kept), time.monotonic()
    if (child := os.fork()) == 0:
        return
    assert ended(child) == 0
    whole, new = time.monotonic() - begun, files_of(folder)
    say(seconds=whole, made=sorted(set(new) - set(old)))
    for number in reversed(range(moments)):
        kind = (signal.SIGKILL, signal.SIGINT)[number % 2]
        put_back(kept, folder)
        told.write_bytes(b"")  # a process may be stopped before it has opened it
        if (child := os.fork()) == 0:
            stream = os.open(told, os.O_WRONLY)
            os.dup2(stream, 1)
            os.dup2(stream, 2)
            return
        time.sleep(1.2 * whole * (number + 0.5) / moments)
        os.kill(child, kind)
        code, found = ended(child), files_of(folder)
        hidden = sum(map(is_hidden, found))
        odd = [name for name, content in found.items() if not is_whole(name, content, old, new)]
        text = told.read_text(errors="replace")
        say(
            signal=int(kind), code=code, done=found == new, hidden=hidden, odd=odd, gone=sorted(set(old) - set(found)),
            trace="Traceback" in text, told=text[-300:],
        )  # fmt: skip
    os._exit(0)


def ended(child: int) -> int:
    """Wait for a process, and give its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def say(**told: object) -> None:
    """Print a line for the test, past what the command prints."""
    os.write(_LINES, f"{json.dumps(told)}\n".encode())


def is_hidden(name: str) -> bool:
    """Say whether a file is one of ours in the making."""
    return Path(name).name.startswith(".ftroi-")


def is_whole(name: str, content: bytes, old: Files, new: Files) -> bool:
    """Say whether a file is as before, as after an undisturbed run, or a copy of what was there before."""
    if is_hidden(name):
        return True
    return content in (old.get(name), new.get(name)) and not Path(name).name.startswith(LOCKS)


_LINES = os.dup(1)

if __name__ == "__main__":
    here, wanted, names = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or WRITINGS
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    small_workbook(here).unlink()  # made once, for all that need it
    for one in names:
        if (process := os.fork()) == 0:
            stop_at_moments(one, here / one, wanted)
        say(command=one, ended=ended(process))
