"""Running the command line, and turning errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from ftroi.cli.text import printable
from ftroi.errors import FtroiError

UNEXPECTED = 3
"""The exit code of an error that nobody expected."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line says; always ends with SystemExit, which bears the exit code.

    ``arguments`` are those after the program's name; None takes the process's own.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console without a sign for × shows a question mark, and the command goes on.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        _run(arguments)
    except SystemExit as ended:
        sys.exit(0 if _is_unread(ended) else ended.code)
    except FtroiError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a log, and no traceback on screen
        from ftroi.cli.log import write_log

        sys.stderr.write(
            f"ftroi met an error that it did not expect: {type(error).__name__}.\n"
            f"This is a fault of ftroi; please report it with this file: {write_log(error)}\n"
        )
        sys.exit(UNEXPECTED)


def _is_unread(ended: SystemExit) -> bool:
    """Say whether the program ends because nobody reads on, as with ``ftroi calc | head``: all is well then."""
    cause: BaseException | None = ended
    while cause is not None and not isinstance(cause, BrokenPipeError):
        cause = cause.__context__
    try:
        sys.stdout.flush()
    except BrokenPipeError as error:
        cause = error
    if cause is None:
        return False
    with suppress(OSError, ValueError):  # what is left goes nowhere, so that Python's own end has nothing to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return True


def _run(arguments: Sequence[str] | None) -> None:
    from typer.main import get_command

    from ftroi.cli.program import program

    get_command(program()).main(args=None if arguments is None else list(arguments), prog_name="ftroi")


def _tell(error: FtroiError) -> None:
    """Print the findings, one a line, without what would steer a terminal."""
    count = len(error.findings)
    if count > 1:
        sys.stderr.write(f"{count} findings:\n")
    for finding in error.findings:
        sys.stderr.write(f"{printable(str(finding))}\n")
