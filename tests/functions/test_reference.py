"""docs/functions.md is the registry's, and every example in it works."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.functions.call import ERROR, call
from ftroi.functions.question import Answer
from ftroi.functions.reference import reference
from ftroi.functions.registry import FUNCTIONS
from tests.functions.examples import PENDING, shipped, taken_apart
from tests.functions.sheet import Workbook

PAGE = Path(__file__).parents[2] / "docs" / "functions.md"


def cells(found: Answer) -> list[object]:
    return [one for row in found for one in row] if isinstance(found, tuple) else [found]


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "run python -m ftroi.functions.reference > docs/functions.md"
    )


def test_the_page_tells_of_every_function_and_argument() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, function in FUNCTIONS.items():
        assert f"\n## {name}\n" in page
        assert function.example in page
        assert all(one.help in page for one in function.arguments)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_gives_an_answer(name: str) -> None:
    found = call(name, taken_apart(FUNCTIONS[name], shipped()), Workbook(**shipped()))
    errors = [one for one in cells(found) if str(one).startswith(ERROR)]
    assert bool(errors) == (name in PENDING), errors


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_shows_what_has_to_be_given(name: str) -> None:
    given = taken_apart(FUNCTIONS[name], shipped())
    assert FUNCTIONS[name].least_arguments <= len(given) <= len(FUNCTIONS[name].arguments)
