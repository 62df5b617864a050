"""Running the command line, and turning errors into messages and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ftroi.cli.text import printable
from ftroi.errors import FtroiError

UNEXPECTED = 3
"""The exit code of an error that nobody expected."""

STOPPED = 130
"""The exit code of a command that a person stopped (Ctrl-C)."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line says; always ends with SystemExit, which bears the exit code.

    ``arguments`` are those after the program's name; None takes the process's own.
    """
    _prepare_streams()
    try:
        _run(arguments)
        code: int | str | None = 0
    except SystemExit as ended:
        code = 0 if _is_unread(ended) else ended.code
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        code = STOPPED
    except FtroiError as error:
        _tell(error)
        code = error.exit_code
    except OSError as error:
        code = _about_output(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a log, and no traceback on screen
        code = _unexpected(error)
    sys.exit(_flushed(code))


def _prepare_streams() -> None:
    """Let every text be written: a console without a sign for × shows a question mark, a closed stream nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # the process was started with it closed
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _about_output(error: OSError) -> int:
    """Report a standard output that takes no more, such as a full disk; anything else is unexpected."""
    if isinstance(error, BrokenPipeError):
        return 0
    if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG):
        return _unexpected(error)
    sys.stderr.write(f"The standard output cannot be written ({error.strerror}); make room, or write elsewhere\n")
    return FtroiError.exit_code


def _flushed(code: int | str | None) -> int | str | None:
    """Write out what is left, so that Python's own end has nothing to tell; gives the exit code."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _write_nowhere()
        return code or _about_output(error)
    except ValueError:  # the stream is closed
        return code
    return code


def _unexpected(error: BaseException) -> int:
    try:
        from ftroi.cli.log import write_log

        kept = f"please report it with this file: {write_log(error)}"
    except (OSError, FtroiError):
        kept = "please report it; no log could be written"
    sys.stderr.write(
        f"ftroi met an error that it did not expect: {type(error).__name__}.\nThis is a fault of ftroi; {kept}\n"
    )
    return UNEXPECTED


def _is_unread(ended: SystemExit) -> bool:
    """Say whether the program ends because nobody reads on, as with ``ftroi calc | head``: all is well then."""
    cause: BaseException | None = ended
    while cause is not None and not isinstance(cause, BrokenPipeError):
        cause = cause.__context__
    try:
        sys.stdout.flush()
    except BrokenPipeError as error:
        cause = error
    except (OSError, ValueError):
        return False
    if cause is None:
        return False
    _write_nowhere()
    return True


def _write_nowhere() -> None:
    """Let what is left to write go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


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
