"""The functions' VBA beside what xlwings itself generates."""

from __future__ import annotations

import importlib
import io
import sys
from types import ModuleType, SimpleNamespace

import pytest

from ftroi.hosts.xlam.wrappers import (
    BY_ERROR,
    HELPER,
    LONGEST_HELP,
    RESERVED,
    SERVED_BY,
    handed_over,
    vba_name,
    wizard_text,
    wrapper_lines,
    wrappers_code,
)
from ftroi.workbook.references.engine import FAILED, mark_formula
from tests.support.xlam_functions import FUNCTIONS, INPUTS, Argument, Function

BOOLEAN_TEXTS = {True: "=None", False: ""}


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Xlwings' own generator; it imports Windows' libraries, which it does not use to write a wrapper."""
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
    handed = handed_over(function)
    typed = [vba_name(a.name) + BOOLEAN_TEXTS[a.is_optional] for a in function.arguments]
    arguments = ", ".join([*typed, *(f"{name}=None" for name in handed)])
    scope: dict[str, object] = {}
    exec(f"def {function.name}({arguments}): pass", scope)  # noqa: S102 - a function with the arguments of the test
    module = ModuleType(SERVED_BY)
    module.__dict__[function.name] = generator.xlfunc(scope[function.name])
    for name, expression in handed.items():
        generator.xlarg(name, vba=expression)(scope[function.name])
    text = io.StringIO()
    generator.generate_vba_wrapper(SERVED_BY, module, text, SimpleNamespace(Name="ftroi.xlam"))
    before, _, rest = text.getvalue().partition("#Else")
    return [line.strip() for line in (before + rest.partition("#End If")[2]).splitlines() if line.strip()]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_wrapper_is_what_xlwings_generates_but_for_our_changes(generator: ModuleType, function: Function) -> None:
    theirs = [
        line.replace("ActiveWorkbook", "Nothing").replace("= Err.Description", "= Unanswered(Err.Description)")
        for line in generated(generator, function)
    ]
    theirs.remove('#If App = "Microsoft Excel" Then')
    added = ("Attribute ", "If IsMissing(", "Application.Volatile")
    assert [line.strip() for line in wrapper_lines(function) if not line.strip().startswith(added)] == theirs


@pytest.mark.parametrize(
    "number, expected",
    [
        (0, ["    If IsMissing(inputs) Then Application.Volatile"]),
        (1, ["    If IsMissing(inputs) Then Application.Volatile"]),
        (2, ["    Application.Volatile"]),
        (3, []),
    ],
)
def test_a_call_that_reads_its_own_workbook_is_volatile(number: int, expected: list[str]) -> None:
    assert [line for line in wrapper_lines(FUNCTIONS[number]) if "Volatile" in line] == expected


def test_the_workbook_goes_along_where_it_is_wanted() -> None:
    assert "Array(inputs, option_, CallersBook(IsMissing(inputs)), CallersDays())" in "\n".join(
        wrapper_lines(FUNCTIONS[0])
    )
    expected = "Array(inputs, option_, gates, CallersBook(True), CallersDays(), CallersSize())"
    assert expected in "\n".join(wrapper_lines(FUNCTIONS[2]))
    assert "Array(), Nothing" in "\n".join(wrapper_lines(FUNCTIONS[3]))


def test_what_gives_the_workbook_and_the_size_is_there() -> None:
    names = {expression.partition("(")[0] for one in FUNCTIONS for expression in handed_over(one).values()}
    assert names == {"CallersBook", "CallersDays", "CallersSize"}
    assert all(f"Private Function {name}(" in HELPER for name in names)


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


def test_a_cell_says_that_python_does_not_answer() -> None:
    """In the add-in by a text with the cure; in a workbook that travels by #N/A, which its formulas look for."""
    text = f'Unanswered = "{FAILED}: Python did not answer (" & reason & "); run: ftroi doctor"'
    assert text in wrappers_code(FUNCTIONS)
    assert FAILED in mark_formula(1, "zero_tolerance")
    assert "    Unanswered = CVErr(xlErrNA)\n" in wrappers_code(FUNCTIONS, BY_ERROR)
