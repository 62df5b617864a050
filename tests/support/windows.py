"""xlwings' real code for Windows, imported on any system: stubs stand in the place of pywin32, and of nothing else."""

from __future__ import annotations

import asyncio
import ctypes
import importlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np

import ftroi.hosts
from ftroi.hosts.xlam.wrappers import SERVED_BY

# What is imported before it is pretended that this is Windows, and must not be imported again.
IMPORTED = (asyncio, np, importlib.import_module("pandas"))

RANGE = "{00020846-0000-0000-C000-000000000046}"
"""The number of Excel's class Range, by which xlwings tells a range from other objects."""


class ComError(Exception):
    """pywin32's com_error: hresult, text, details, argument."""

    @property
    def hresult(self) -> int:
        return int(self.args[0])


class Dispatch:
    """pywin32's base of all objects of another program."""


class AnyFunction:
    """A library of Windows: each of its functions can be called, and does nothing."""

    def __getattr__(self, name: str) -> AnyFunction:
        return AnyFunction()

    def __call__(self, *_: object) -> AnyFunction:
        return AnyFunction()


class Wrapped:
    """What pywin32 hands to Excel for a Python object."""

    def __init__(self, inner: Any) -> None:
        self.obj = inner.obj


def unwrap(value: object) -> Wrapped:
    if isinstance(value, Wrapped):
        return value
    raise TypeError(value)


def module(name: str, **content: object) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(content)
    return made


def pywin32() -> dict[str, ModuleType]:
    """The stubs of pywin32's modules, with what xlwings takes from each."""
    client = module(
        "win32com.client", Dispatch=lambda one, *_, **__: one, DispatchEx=None, CDispatch=Dispatch,
        CoClassBaseClass=type("CoClassBaseClass", (), {}), DispatchBaseClass=type("DispatchBaseClass", (), {}),
        gencache=SimpleNamespace(EnsureModule=lambda *_, **__: None),
    )  # fmt: skip
    util = module("win32com.server.util", wrap=lambda one, **_: Wrapped(one), unwrap=unwrap)
    server = module(
        "win32com.server", util=util, policy=SimpleNamespace(DefaultPolicy=object), dispatcher=None, exception=None
    )
    made = [
        module("pywintypes", com_error=ComError, error=OSError, IID=str, TimeType=datetime),
        module(
            "pythoncom", __file__="pythoncom.dll", CoInitialize=lambda *_: None, ole_error=ComError,
            IID_IDispatch="IDispatch", TypeIIDs={"IDispatch": type("PyIDispatch", (), {})},
        ),
        module("win32process", GetWindowThreadProcessId=lambda _: (1, 1)),
        module("win32timezone", TimeZoneInfo=SimpleNamespace(utc=lambda: UTC)),
        module("win32com", client=client, server=server, __path__=[]),
        client, server, util, module("win32com.server.policy"), module("win32com.server.dispatcher"),
        *(module(name) for name in ("win32api", "win32con", "win32gui", "win32event")),
    ]  # fmt: skip
    return {one.__name__: one for one in made}


@cache
def imported() -> dict[str, ModuleType]:
    """Import xlwings as on Windows, and our functions with it; give those modules and the stubs."""
    before = {name: one for name, one in sys.modules.items() if not is_ours(name)}
    own = ftroi.hosts.__dict__.pop("excel", None)
    with ExitStack() as stack:
        stack.enter_context(mock.patch.dict(sys.modules, {**before, **pywin32()}, clear=True))
        stack.enter_context(mock.patch.object(ctypes, "oledll", AnyFunction(), create=True))
        stack.enter_context(mock.patch.object(ctypes, "windll", AnyFunction(), create=True))
        stack.enter_context(mock.patch.object(ctypes, "PyDLL", AnyFunction()))
        with mock.patch.object(sys, "platform", "win32"):
            importlib.import_module("xlwings")
        importlib.import_module(SERVED_BY)
        found = {name: one for name, one in sys.modules.items() if name not in before or is_ours(name)}
    if own is not None:
        ftroi.hosts.__dict__["excel"] = own
    return found


def is_ours(name: str) -> bool:
    """Say whether a module is one that differs on Windows."""
    return f"{name}.".startswith("xlwings.") or name == SERVED_BY


@contextmanager
def windows() -> Iterator[SimpleNamespace]:
    """Xlwings' generator of wrappers and its server of calls, and our module, as they are on Windows."""
    modules = imported()
    with mock.patch.dict(sys.modules, modules):
        yield SimpleNamespace(
            udfs=modules["xlwings.udfs"],
            server=modules["xlwings.com_server"].XLPython(),
            excel=modules[SERVED_BY],
            errors=modules["xlwings._xlwindows"].cell_errors,
        )
