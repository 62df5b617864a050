"""Compiling the months with numba, where it is installed, and caching the result on disk.

Compiling takes some ten seconds for each term sheet and choice of lines, which pays only for many scenarios; loading
from the disk cache pays from a few thousand. The choice depends on the number of scenarios and on the disk cache alone,
never on what ran earlier in the process, so that the same request always takes the same path.
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
"""The number of scenarios from which cached compiled months are used."""

WORTH_COMPILING = 100_000
"""The number of scenarios from which months that are not in the cache are compiled."""

_lock = threading.Lock()
_written: WeakKeyDictionary[Program, tuple[str, Months] | None] = WeakKeyDictionary()
_compiled: WeakKeyDictionary[Program, Program | None] = WeakKeyDictionary()

_UNREADABLE = (OSError, ImportError, EOFError, pickle.UnpicklingError)
"""Errors of a cache folder that cannot be written, or of a damaged file in it."""


def with_compiled_months(template: Template, program: Program, scenarios: int) -> Program | None:
    """The same program with compiled months.

    None where numba is not installed (as in a browser), for lines whose dependencies the compiled loop does not
    support, and for too few ``scenarios``.
    """
    if scenarios < WORTH_LOADING or not _has_numba():
        return None
    with _lock:
        if program not in _written:
            _written[program] = _printed(template, program)
        written = _written[program]
        if written is None or (scenarios < WORTH_COMPILING and not is_cached(written[1].source.text)):
            return None
        if program not in _compiled:
            _compiled[program] = _compiled_program(program, *written)
        return _compiled[program]


def _has_numba() -> bool:
    try:
        return importlib.util.find_spec("numba") is not None
    except ImportError:
        return False


def _printed(template: Template, program: Program) -> tuple[str, Months] | None:
    """The source of the program around the months, and the months, not compiled yet; None if unsupported."""
    try:
        return CompiledWriter(template, program.wanted, program.lines, sums=program.sums).write_both()
    except UncompiledError:
        return None


def _compiled_program(program: Program, source: str, months: Months) -> Program | None:
    from numba.core.errors import NumbaError

    try:
        kernel = months_function(months.source.text)
    except NumbaError as error:
        # The results are the same without compiled months, as numpy computes them then.
        message = f"the months could not be compiled ({type(error).__name__}): numpy computes them, more slowly"
        warnings.warn(message, RuntimeWarning, stacklevel=2)
        return None
    return replace(program, source=source, run=executed(source, {"compiled": replace(months, kernel=kernel)})["run"])


def is_cached(text: str) -> bool:
    """Say whether the cache holds a compiled version of a source, for this version of numba and Python."""
    return any((_folder() / "__pycache__").glob(f"{_name(text)}.*.nbi"))


def _folder() -> Path:
    return cache_folder() / "months"


def _name(text: str) -> str:
    """The module name for a source: a digest of the source and of the versions of numba and Python."""
    made_by = f"{importlib.metadata.version('numba')} {platform.python_version()} {platform.machine()}"
    return f"ftroi_months_{hashlib.sha256(f'{made_by}{text}'.encode()).hexdigest()[:24]}"


def months_function(text: str) -> Callable[..., Any]:
    """The function ``months`` of a source, compiled; raises NumbaError where that fails.

    The source is written to a file, because numba's cache lies beside the source file; where no file can be written or
    read, it is compiled for this process only.
    """
    name = _name(text)
    if name not in sys.modules:
        try:
            _import(name, _source_file(name, text))
        except _UNREADABLE:
            _define(name, text)
    function: Callable[..., Any] = vars(sys.modules[name])["months"]
    return function


def _source_file(name: str, text: str) -> Path:
    path = _folder() / f"{name}.py"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)
    return path


def _import(name: str, path: Path) -> None:
    """Import a source file as a module; numba finds its cached functions by the module's name."""
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
