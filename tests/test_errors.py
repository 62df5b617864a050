from __future__ import annotations

import pytest

from ftroi import errors
from ftroi.errors import Finding, FtroiError


def test_a_finding_says_where_what_and_what_to_do() -> None:
    assert (
        str(Finding("lines.toml:3", "no name 'x'", "did you mean 'y'?"))
        == "lines.toml:3: no name 'x'; did you mean 'y'?"
    )
    assert str(Finding("lines.toml:3", "no name 'x'")) == "lines.toml:3: no name 'x'"
    assert str(Finding("here", "what", "cure", "  a + b\n    ^")) == "here: what; cure\n  a + b\n    ^"


def test_an_error_gives_one_finding_a_line() -> None:
    error = FtroiError(Finding("a", "one"), Finding("b", "two", "mend it"))
    assert str(error) == "a: one\nb: two; mend it"
    assert [finding.where for finding in error.findings] == ["a", "b"]


@pytest.mark.parametrize(
    "name",
    ["FormulaError", "TemplateError", "PlanError", "EvaluationError", "WorkbookError", "BillError", "HostError"],
)
def test_every_error_is_bad_input_and_is_drawn_in_the_tree(name: str) -> None:
    error = getattr(errors, name)
    assert issubclass(error, FtroiError)
    assert error.exit_code == 2
    assert name in (errors.__doc__ or "")
