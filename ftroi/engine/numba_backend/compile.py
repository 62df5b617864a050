"""Compiled months: printed for numba where it is installed, compiled once, and kept on disk for the next time."""

from __future__ import annotations

import hashlib
import importlib.util
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from ftroi.atomic import write_text
from ftroi.engine.numba_backend.expression_printer import UncompiledError
from ftroi.engine.numba_backend.program import compiled_program
from ftroi.engine.numpy_backend.program import Program
from ftroi.resources import cache_folder
from ftroi.termsheet import Template

_compiled: WeakKeyDictionary[Program, Program | None] = WeakKeyDictionary()
_lock = threading.Lock()

_UNREADABLE = (OSError, ImportError, EOFError, pickle.UnpicklingError)
"""What a folder that cannot be written, or a damaged file in it, ends in."""


def with_compiled_months(template: Template, program: Program) -> Program | None:
    """Give a program that does the same with compiled months; None without numba, and for what it cannot compute.

    The first time takes some seconds for each term sheet and choice of lines.
    """
    with _lock:
        if program not in _compiled:
            _compiled[program] = _made(template, program)
        return _compiled[program]


def _made(template: Template, program: Program) -> Program | None:
    try:
        from numba.core.errors import NumbaError
    except ImportError:
        return None
    try:
        return compiled_program(template, program, months_function)
    except (UncompiledError, NumbaError):
        return None


def months_function(text: str) -> Callable[..., Any]:
    """Give the function ``months`` of printed source, compiled; raises numba's errors where it cannot be.

    The source is kept in a file, because numba keeps what it compiles beside one; where none can be written or read,
    it is compiled for this process alone.
    """
    name = f"ftroi_months_{hashlib.sha256(text.encode()).hexdigest()[:24]}"
    if name not in sys.modules:
        try:
            _import(name, _kept(name, text))
        except _UNREADABLE:
            _define(name, text)
    function: Callable[..., Any] = vars(sys.modules[name])["months"]
    return function


def _kept(name: str, text: str) -> Path:
    path = cache_folder() / "months" / f"{name}.py"
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
