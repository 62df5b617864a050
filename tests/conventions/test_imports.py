"""No circle of imports, none upward within the workbook, and no test that is made of another test's parts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.support import module_graph as graphs
from tests.support.module_graph import FLOORS, Graph
from tests.support.project_files import sources


def graph(texts: Mapping[str, str]) -> Graph:
    """The graph of made-up modules."""
    return graphs.graph_of((f"{name.replace('.', '/')}.py", text) for name, text in texts.items())


@pytest.fixture(scope="module")
def ours() -> Graph:
    return graphs.graph_of(sources("ftroi/"))


# --- circles -----------------------------------------------------------------------------------------------


def test_a_circle_is_told_as_a_chain() -> None:
    first, second, third = "from ftroi.b import x", "def f():\n    from ftroi import c", "import ftroi.a"
    assert graphs.circle_faults(graph({"ftroi.a": first, "ftroi.b": second, "ftroi.c": third})) == [
        "ftroi.a -> ftroi.b -> ftroi.c -> ftroi.a",
        "ftroi.b -> ftroi.c -> ftroi.a -> ftroi.b",
        "ftroi.c -> ftroi.a -> ftroi.b -> ftroi.c",
    ]


def test_a_circle_through_a_package_is_told() -> None:
    made = graph({"ftroi.p.__init__": "from ftroi.p.a import x", "ftroi.p.a": "from ftroi.p import y"})
    assert graphs.circle_faults(made)


def test_two_ways_to_one_module_are_no_circle() -> None:
    made = {"ftroi.a": "from ftroi import b, c", "ftroi.b": "from ftroi import d", "ftroi.c": "from .d import x"}
    assert graphs.circle_faults(graph({**made, "ftroi.d": ""})) == []


def test_no_imports_go_in_circles(ours: Graph) -> None:
    assert graphs.circle_faults(ours) == []


# --- floors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lower,upper", [("layout.gates", "references"), ("references.compare", "sheets"), ("sheets.log", "write")]
)
def test_an_import_of_a_higher_floor_is_caught(lower: str, upper: str) -> None:
    below, above = f"ftroi.workbook.{lower}", f"ftroi.workbook.{upper}"
    assert len(graphs.floor_faults(graph({below: f"from {above} import x", above: ""}))) == 1
    assert graphs.floor_faults(graph({below: "", above: f"import {below}"})) == []


def test_a_room_without_a_floor_is_caught() -> None:
    (fault,) = graphs.floor_faults(graph({"ftroi.workbook.attic.box": ""}))
    assert fault == "ftroi.workbook.attic.box: 'attic' has no place in FLOORS"


def test_the_workbook_is_built_from_the_ground_up(ours: Graph) -> None:
    assert graphs.floor_faults(ours) == []
    assert {graphs.room(module) for module in ours} - {""} == set(FLOORS)


def test_a_file_format_that_knows_a_plan_is_caught() -> None:
    assert graphs.plan_faults(graph({"ftroi.workbook.xlsx.a": "from ftroi.plan import Plan", "ftroi.plan": ""}))


def test_the_file_format_knows_no_plan(ours: Graph) -> None:
    assert graphs.plan_faults(ours) == []


# --- tests -------------------------------------------------------------------------------------------------


def test_a_test_that_imports_from_another_test_is_caught() -> None:
    (fault,) = graphs.test_faults(graph({"tests.test_x": "from tests.a.test_y import helper", "tests.a.test_y": ""}))
    assert fault == "tests.test_x imports tests.a.test_y: what tests share stands in tests/support"
    assert graphs.test_faults(graph({"tests.test_x": "from tests.support import z", "tests.support.z": ""})) == []


def test_helpers_that_import_from_a_test_are_caught() -> None:
    assert graphs.test_faults(graph({"tests.support.z": "from tests import test_x", "tests.test_x": ""}))


def test_no_test_is_made_of_another_tests_parts() -> None:
    assert graphs.test_faults(graphs.graph_of(sources("tests/"))) == []
