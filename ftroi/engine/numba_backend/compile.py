"""Compiled months: printed for numba where it is found, compiled once, and kept on disk for the next time.

Compiling takes some ten seconds for each term sheet and choice of lines, so that it is worth it for many scenarios
alone; what is kept on disk is loaded for a few thousand already. How many there are decides, and what is on disk, not
what happened before in the process: the same question is answered in the same way.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import pickle
import platform
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from ftroi.atomic import write_text
from ftroi.engine.numba_backend.expression_printer import UncompiledError
from ftroi.engine.numba_backend.program import CompiledWriter, Months
from ftroi.engine.numpy_backend.program import Program, executed
from ftroi.resources import cache_folder
from ftroi.termsheet import Template

WORTH_LOADING = 4_000
"""Scenarios from which months that are kept on disk take over."""

WORTH_COMPILING = 100_000
"""Scenarios from which months are compiled that are not."""

_lock = threading.Lock()
_written: WeakKeyDictionary[Program, tuple[str, Months] | None] = WeakKeyDictionary()
_compiled: WeakKeyDictionary[Program, Program | None] = WeakKeyDictionary()

_UNREADABLE = (OSError, ImportError, EOFError, pickle.UnpicklingError)
"""What a folder that cannot be written, or a damaged file in it, ends in."""


def with_compiled_months(template: Template, program: Program, scenarios: int) -> Program | None:
    """A program that does the same for many scenarios with compiled months.

    None where numba is not found, as in a browser, for lines that hang together in a way that has no compiled months,
    and for too few ``scenarios``.
    """
    if scenarios < WORTH_LOADING or not _is_found():
        return None
    with _lock:
        if program not in _written:
            _written[program] = _printed(template, program)
        written = _written[program]
        if written is None or (scenarios < WORTH_COMPILING and not is_kept(written[1].source.text)):
            return None
        if program not in _compiled:
            _compiled[program] = _made(program, *written)
        return _compiled[program]


def _is_found() -> bool:
    try:
        return importlib.util.find_spec("numba") is not None
    except ImportError:
        return False


def _printed(template: Template, program: Program) -> tuple[str, Months] | None:
    """The source around the months, and the months, which are not compiled yet."""
    try:
        return CompiledWriter(template, program.wanted, program.lines, sums=program.sums).write_both()
    except UncompiledError:
        return None


def _made(program: Program, source: str, months: Months) -> Program | None:
    from numba.core.errors import NumbaError

    try:
        kernel = months_function(months.source.text)
    except NumbaError as error:
        # Figures are the same without: numpy computes them.
        told = f"the months could not be compiled ({type(error).__name__}): numpy computes them, more slowly"
        warnings.warn(told, RuntimeWarning, stacklevel=2)
        return None
    return replace(program, source=source, run=executed(source, {"compiled": replace(months, kernel=kernel)})["run"])


def is_kept(text: str) -> bool:
    """Say whether printed source was compiled before, by this numba and Python, and is still there."""
    return any((_folder() / "__pycache__").glob(f"{_name(text)}.*.nbi"))


def _folder() -> Path:
    return cache_folder() / "months"


def _name(text: str) -> str:
    """The name of a module for printed source: another one for each numba and Python."""
    made_by = f"{importlib.metadata.version('numba')} {platform.python_version()} {platform.machine()}"
    return f"ftroi_months_{hashlib.sha256(f'{made_by}{text}'.encode()).hexdigest()[:24]}"


def months_function(text: str) -> Callable[..., Any]:
    """The function ``months`` of printed source, compiled; raises numba's errors where it cannot be.

    The source is kept in a file, because numba keeps what it compiles beside one; where none can be written or read,
    it is compiled for this process alone.
    """
    name = _name(text)
    if name not in sys.modules:
        try:
            _import(name, _kept(name, text))
        except _UNREADABLE:
            _define(name, text)
    function: Callable[..., Any] = vars(sys.modules[name])["months"]
    return function


def _kept(name: str, text: str) -> Path:
    path = _folder() / f"{name}.py"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)
    return path


def _import(name: str, path: Path) -> None:
    """Import printed source as a module of its own, which numba imports by its name from what it kept."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise OSError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    vars(module)["CACHED"] = True
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise


def _define(name: str, text: str) -> None:
    module = ModuleType(name)
    vars(module)["CACHED"] = False
    exec(compile(text, f"<{name}>", "exec"), vars(module))  # noqa: S102 - printed from parsed trees alone
    sys.modules[name] = module
