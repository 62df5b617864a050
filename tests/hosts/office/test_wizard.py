"""The function wizard of Calc knows every function, its arguments and their help."""

from __future__ import annotations

import pytest

from ftroi.functions.registry import FUNCTIONS
from tests.support.office import Office


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_wizard_tells_of_every_function(functions_office: Office, name: str) -> None:
    function = FUNCTIONS[name]
    known = functions_office.service("sheet.FunctionDescriptions").getByName(name)
    told = {one.Name: one.Value for one in known}
    assert told["Description"] == function.help
    assert [one.Name for one in told["Arguments"]] == [one.name for one in function.arguments]
    for shown, argument in zip(told["Arguments"], function.arguments, strict=True):
        assert shown.Description.startswith(argument.help)
        assert shown.Description.endswith("(May be left out.)") == argument.is_optional
