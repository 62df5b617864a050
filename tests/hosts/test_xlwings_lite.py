"""The functions in xlwings Lite: they come, and answer, with nothing but what Pyodide has."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from ftroi.functions.arguments import Scalar
from ftroi.functions.call import call
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts import xlwings_lite as lite
from ftroi.termsheet import serial
from ftroi.workbook.schema import AS_OF, GATES
from tests.support.function_answers import positional
from tests.support.function_calls import Call, calls
from tests.support.function_sheet import Workbook, inputs, plan, ranges

IN_PYODIDE = (
    "annotated_types cachetools ftroi numpy pydantic pydantic_core scipy typing_extensions typing_inspection xlwings"
)
"""What the functions may use, all of it built for Pyodide or pure; whatever else ftroi can use is hidden."""

MODEL = "gpt-4o"
"""A model whose price stands in the package genai-prices."""

NOT_IN_PYODIDE = (
    "curses dbm ensurepip fcntl grp idlelib lzma msvcrt pwd readline resource sqlite3 ssl syslog termios tkinter turtle"
    " venv winreg"
)
"""Python's own modules that Pyodide leaves out, or that are loaded there only when asked for."""

BROWSER = f"""
import json, os, sys

allowed = set({IN_PYODIDE!r}.split()) | sys.stdlib_module_names - set({NOT_IN_PYODIDE!r}.split())

class Browser:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in allowed and not name.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(f"hidden: {{name}}", name=name)

for name in [name for name in sys.modules if name.split(".")[0] not in allowed | {{"__main__"}}]:
    del sys.modules[name]
sys.meta_path.insert(0, Browser())
"""

ASK = f"""{BROWSER}
from ftroi.hosts.xlwings_lite import *
json.dump([globals()[name](*given) for name, given in json.load(sys.stdin)], sys.stdout)
"""


def handed(value: Any) -> Any:
    """An argument as Lite hands it over: a range is a list of lists, and a date its serial number."""
    if isinstance(value, tuple):
        return [[handed(one) for one in row] for row in value]
    return serial(date(value.year, value.month, value.day)) if isinstance(value, date) else value


def in_browser(asked: list[tuple[str, list[Any]]]) -> list[Any]:
    """Ask a Python of its own that has only what Pyodide has."""
    given = json.dumps([(name, [handed(one) for one in arguments]) for name, arguments in asked])
    done = subprocess.run([sys.executable, "-c", ASK], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[Any] = json.loads(done.stdout)
    return answers


def test_every_call_is_answered_as_by_the_functions_themselves() -> None:
    asked = [(one.function, positional(one, inputs())) for one in calls(plan())]
    asked += [
        ("FT_GATES", [inputs(), None, ranges()[GATES]]),
        ("FT_VERDICT", [inputs(), "rag"]),
        ("FT_VERDICT", [inputs(), None, ranges()[GATES], ranges()[AS_OF][0][0]]),
        ("FT_VERSION", []),
    ]
    asked = [(name, given) for name, given in asked if (name, given[:1]) != ("FT_PRICE", [MODEL])]
    expected = [call(name, arguments) for name, arguments in asked]
    assert in_browser(asked) == json.loads(json.dumps(expected))


def test_a_price_of_tokens_needs_a_package_that_pyodide_has_not() -> None:
    (found,) = in_browser([("FT_PRICE", positional(Call("FT_PRICE", (MODEL, None), "", 0), inputs()))])
    assert found.startswith("#FT: prices of tokens: the package genai-prices is not here")


def test_the_gates_and_the_day_are_given_as_ranges() -> None:
    given = [inputs(), None, ranges()[GATES], ranges()[AS_OF]]
    (found,) = in_browser([("FT_VERDICT", given)])
    assert found == call("FT_VERDICT", [], Workbook())


def test_a_call_without_inputs_says_what_to_give() -> None:
    (found,) = in_browser([("FT_TCO", [])])
    assert found.startswith("#FT: ")
    assert "FT_TCO(FT_Inputs)" in found


@pytest.mark.parametrize("name", ["lxml", "openpyxl", "typer", "platformdirs", "pandas", "sqlite3", "ssl"])
def test_what_pyodide_lacks_is_hidden(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{BROWSER}\nimport {name}"], capture_output=True, text=True, check=False
    )
    assert f"hidden: {name}" in done.stderr


def test_a_star_brings_the_functions_and_nothing_else() -> None:
    brought: dict[str, object] = {}
    exec("from ftroi.hosts.xlwings_lite import *", brought)  # noqa: S102 - the line of a workbook's main.py
    assert set(brought) - {"__builtins__"} == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_arguments_bear_the_registrys_names(name: str) -> None:
    parameters = inspect.signature(getattr(lite, name)).parameters
    assert list(parameters) == [one.name for one in FUNCTIONS[name].arguments]
    assert [one.default is None for one in parameters.values()] == [
        one.is_optional for one in FUNCTIONS[name].arguments
    ]
    assert {one.annotation for one in parameters.values()} <= {inspect.Parameter.empty}


@pytest.mark.parametrize("value", [1.0, "25%", None, True])
def test_a_single_value_in_place_of_rows_is_told(value: Scalar) -> None:
    given = [[value]]  # as xlwings hands it over for an argument of two dimensions
    assert getattr(lite, "FT_TCO")(given) == call("FT_TCO", [given])  # noqa: B009 - the name is made while running
