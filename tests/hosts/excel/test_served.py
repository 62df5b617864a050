"""What xlwings reads off our functions, and the VBA that it generates for them."""

from __future__ import annotations

import inspect
import io
from types import SimpleNamespace

import pytest

from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.xlam.wrappers import vba_name, wrapper_lines
from tests.support.excel_calling import Excel

ADDED = ("Attribute ", "If IsMissing(", "Application.Volatile")
"""How the lines start that are ours alone."""

SHOWN_BY_THE_WIZARD = 255
"""The characters that Excel's function wizard shows of a help."""


def generated(excel: Excel) -> dict[str, list[str]]:
    """Let xlwings find our module by its name and write its wrappers; give each one's lines for Excel."""
    name = excel.modules.excel.__name__
    text = io.StringIO()
    found = excel.modules.udfs.get_udf_module(name, None)
    excel.modules.udfs.generate_vba_wrapper(name, found, text, SimpleNamespace(Name="ftroi.xlam"))
    blocks = [block for block in text.getvalue().split("End Function") if block.strip()]
    return {block.split()[1].partition("(")[0]: for_excel(block) for block in blocks}


def for_excel(block: str) -> list[str]:
    """A wrapper's lines without the branch for other programs."""
    before, _, rest = block.partition("#Else")
    kept = before.replace('#If App = "Microsoft Excel" Then', "") + rest.partition("#End If")[2]
    return [*(line.strip() for line in kept.splitlines() if line.strip()), "End Function"]


def test_the_wrappers_are_what_xlwings_generates_but_for_our_changes(excel: Excel) -> None:
    theirs = generated(excel)
    assert set(theirs) == set(FUNCTIONS)
    for name, function in FUNCTIONS.items():
        ours = [line.strip() for line in wrapper_lines(function) if not line.strip().startswith(ADDED)]
        assert ours == [changed(line) for line in theirs[name]]


def changed(line: str) -> str:
    """A line of xlwings' as we change it: no workbook but the calling cell's, and a failure told in our words."""
    return line.replace("ActiveWorkbook", "Nothing").replace("= Err.Description", "= Unanswered(Err.Description)")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_xlwings_knows_the_arguments_and_their_help(excel: Excel, name: str) -> None:
    function, served = FUNCTIONS[name], getattr(excel.modules.excel, name)
    known = served.__xlfunc__
    typed = [one for one in known["args"] if one["vba"] is None]
    assert [one["name"] for one in typed] == [vba_name(one.name) for one in function.arguments]
    assert [one["doc"] for one in typed] == [one.help for one in function.arguments]
    assert ["optional" in one for one in typed] == [one.is_optional for one in function.arguments]
    assert (known["name"], known["category"], known["ret"]["doc"]) == (name, function.category, function.help)
    assert not known["volatile"]
    assert known["call_in_wizard"]
    assert known["async_mode"] is None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nothing_is_converted_by_a_hint(excel: Excel, name: str) -> None:
    signature = inspect.signature(getattr(excel.modules.excel, name))
    assert signature.return_annotation is inspect.Signature.empty
    assert {one.annotation for one in signature.parameters.values()} == {inspect.Parameter.empty}
    assert {one.kind for one in signature.parameters.values()} == {inspect.Parameter.POSITIONAL_OR_KEYWORD}


def test_excels_function_wizard_shows_all_of_the_help() -> None:
    texts = [text for one in FUNCTIONS.values() for text in (one.help, *(each.help for each in one.arguments))]
    assert max(map(len, texts)) <= SHOWN_BY_THE_WIZARD


def test_the_functions_stand_in_the_module_as_they_are_called(excel: Excel) -> None:
    served = vars(excel.modules.excel)
    assert [name for name in served if name.startswith("FT_")] == list(FUNCTIONS)
    assert {served[name].__module__ for name in FUNCTIONS} == {excel.modules.excel.__name__}
