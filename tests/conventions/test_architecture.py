"""docs/architecture.md is true: what it names is there, its tree is the tree; tests/recipes follows its recipes."""

from __future__ import annotations

import re

import pytest

from tests.support.house_style import LAYERS, ROOT
from tests.support.module_graph import FLOORS

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
TREE = PAGE.split("```")[1]
ROOTS = ("ftroi/", "templates/", "tests/", "docs/", ".ci/", "README.md", "setup_addin.py")
IN_CODE = re.compile(r"`([^`\n]+)`")


def paths_in(text: str) -> list[str]:
    """The files and folders that a text names; within ftroi a path may leave out the package."""
    named = IN_CODE.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    words = [one for one in named if re.fullmatch(r"[\w./-]+", one) and ("/" in one or one.endswith((".py", ".md")))]
    return [one if one.startswith(ROOTS) else f"ftroi/{one}" for one in words]


def missing(text: str) -> list[str]:
    return [path for path in paths_in(text) if not (ROOT / path).exists()]


def test_a_path_that_is_not_there_is_found() -> None:
    text = "see `workbook/nothing.py`, `docs/measures.md`, `FT_NPV` and `ftroi check templates`"
    assert missing(text) == ["ftroi/workbook/nothing.py"]


def test_every_file_that_the_page_names_is_there() -> None:
    without_bare_names = re.sub(r"`(tables|risk_answers)\.py`", "", PAGE)
    assert len(paths_in(PAGE)) > 30
    assert missing(without_bare_names) == []


def test_the_tree_has_every_part_in_the_order_of_imports() -> None:
    lines = re.findall(r"^  (\w+(?:/|\.py)(?: \w+\.py)*)", TREE, re.MULTILINE)
    assert [re.split(r"[/.]", part)[0] for line in lines for part in line.split()] == [*LAYERS][:-1]
    rooms = re.findall(r"^    ([a-z]+)(?:/|\.py) ", TREE, re.MULTILINE)
    folders = [one for one in FLOORS if (ROOT / "ftroi" / "workbook" / one).is_dir()]
    assert [one for one in rooms if one in folders] == folders


@pytest.mark.parametrize(
    "recipe", ["A cost line", "A measure", "A sheet", "An FT_ function", "A function of the language"]
)
def test_a_recipe_lists_its_files_in_order(recipe: str) -> None:
    section = PAGE.split(f"### {recipe}\n")[1].split("\n#")[0]
    steps = re.findall(r"^(\d)\. (.*)$", section, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    assert len(steps) >= 3
    for _, text in steps:
        assert paths_in(text), text
        assert missing(text) == []
