"""The functions' VBA beside what xlwings itself generates."""

from __future__ import annotations

import importlib
import io
import sys
from types import ModuleType, SimpleNamespace

import pytest

from ftroi.hosts.xlam.wrappers import LONGEST_HELP, RESERVED, SERVED_BY, vba_name, wizard_text, wrapper_lines
from tests.hosts.xlam.functions import FUNCTIONS, INPUTS, Argument, Function

BOOLEAN_TEXTS = {True: "=None", False: ""}


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give xlwings' own generator; it imports Windows' libraries, which it does not use to write a wrapper."""
    client = ModuleType("win32com.client")
    client.__dict__["Dispatch"] = None
    stubs: dict[str, dict[str, object]] = {
        "pythoncom": {"CoInitialize": lambda *_: None},
        "pywintypes": {"com_error": OSError},
        "win32com": {},
    }
    for name, content in stubs.items():
        stub = ModuleType(name)
        stub.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, stub)
    monkeypatch.setitem(sys.modules, "win32com.client", client)
    monkeypatch.delitem(sys.modules, "xlwings.udfs", raising=False)
    return importlib.import_module("xlwings.udfs")


def generated(generator: ModuleType, function: Function) -> list[str]:
    """Let xlwings generate the wrapper of a Python function with these arguments; only the branch of Excel."""
    arguments = ", ".join(vba_name(a.name) + BOOLEAN_TEXTS[a.is_optional] for a in function.arguments)
    scope: dict[str, object] = {}
    exec(f"def {function.name}({arguments}): pass", scope)  # noqa: S102 - a function with the arguments of the test
    module = ModuleType(SERVED_BY)
    module.__dict__[function.name] = generator.xlfunc(scope[function.name])
    text = io.StringIO()
    generator.generate_vba_wrapper(SERVED_BY, module, text, SimpleNamespace(Name="ftroi.xlam"))
    before, _, rest = text.getvalue().partition("#Else")
    return [line.strip() for line in (before + rest.partition("#End If")[2]).splitlines() if line.strip()]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_wrapper_is_what_xlwings_generates_but_for_our_changes(generator: ModuleType, function: Function) -> None:
    theirs = [line.replace("ActiveWorkbook", "Nothing") for line in generated(generator, function)]
    theirs.remove('#If App = "Microsoft Excel" Then')
    added = ("Attribute ", "If IsMissing(", "Application.Volatile", "Set ", "End If")
    assert [line.strip() for line in wrapper_lines(function) if not line.strip().startswith(added)] == theirs


def test_call_without_inputs_takes_the_calling_workbooks_and_is_volatile() -> None:
    lines = list(wrapper_lines(FUNCTIONS[0]))
    start = lines.index("    If IsMissing(inputs) Then")
    assert lines[start : start + 4] == [
        "    If IsMissing(inputs) Then",
        "        Application.Volatile",
        '        Set inputs = RangeOfCaller("FT_Inputs")',
        "    End If",
    ]
    assert sum("Application.Volatile" in line for line in lines) == 1


def test_function_that_needs_no_inputs_is_not_volatile() -> None:
    assert not any("Volatile" in line for line in wrapper_lines(FUNCTIONS[-1]))


def test_gates_have_a_range_of_their_own() -> None:
    assert '        Set gates = RangeOfCaller("FT_Gates")' in list(wrapper_lines(FUNCTIONS[2]))


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_words_of_the_language_are_no_names(word: str) -> None:
    assert vba_name(word) == f"{word}_"


def test_wizards_text_holds_the_arguments_and_no_sign_that_ends_it() -> None:
    text = wizard_text(FUNCTIONS[1])
    assert "option_: An option of the plan." in text
    assert '"' not in text


def test_wizards_text_is_as_long_as_excel_takes() -> None:
    long = Function("FT_X", (Argument("item", "y" * 200, is_optional=False), INPUTS), "x" * 100)
    assert wizard_text(long) == "x" * 100
    assert len(wizard_text(Function("FT_X", (), "x" * 300))) == LONGEST_HELP
