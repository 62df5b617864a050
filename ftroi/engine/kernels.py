"""Compiled months: printed for numba where it is installed, compiled once, and kept on disk for the next time."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from ftroi.engine.compiled import compiled_program
from ftroi.engine.program import Program
from ftroi.resources import cache_folder
from ftroi.termsheet import Template

_compiled: WeakKeyDictionary[Program, Program | None] = WeakKeyDictionary()
_lock = threading.Lock()


def numba_is_installed() -> bool:
    """Say whether the extra ``ftroi[fast]`` is there."""
    return importlib.util.find_spec("numba") is not None


def with_compiled_months(template: Template, program: Program) -> Program | None:
    """Give a program that does the same with compiled months; None without numba, and for what it cannot compute.

    The first time takes some seconds for each term sheet and choice of lines.
    """
    if not numba_is_installed():
        return None
    with _lock:
        if program not in _compiled:
            _compiled[program] = compiled_program(template, program, months_function)
        return _compiled[program]


def months_function(text: str) -> Callable[..., Any]:
    """Give the function ``months`` of printed source, compiled when it is first called.

    The source is kept in a file, because numba keeps what it compiles beside one; where none can be written, it is
    compiled for this process alone.
    """
    name = f"ftroi_months_{hashlib.sha256(text.encode()).hexdigest()[:24]}"
    if name not in sys.modules:
        try:
            _import(name, _kept(name, text))
        except OSError:
            _define(name, text)
    function: Callable[..., Any] = vars(sys.modules[name])["months"]
    return function


def _kept(name: str, text: str) -> Path:
    folder = cache_folder() / "months"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


def _import(name: str, path: Path) -> None:
    """Import printed source as a module of its own, which numba imports by its name from what it kept."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise OSError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    vars(module)["CACHED"] = True
    spec.loader.exec_module(module)
    sys.modules[name] = module


def _define(name: str, text: str) -> None:
    module = ModuleType(name)
    vars(module)["CACHED"] = False
    exec(compile(text, f"<{name}>", "exec"), vars(module))  # noqa: S102 - printed from parsed trees alone
    sys.modules[name] = module
