"""Which module of ftroi imports which, and what is wrong with it: circles, and steps up the floors of the workbook."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from tests.support.house_style import import_base
from tests.support.project_files import module_name

FLOORS = (
    "schema",  # names and headers: the contract between who writes a workbook and who reads it
    "xlsx",  # the file format
    "layout",  # where everything stands
    "reading",  # cells to plan, from where they stand
    "cached_values",
    "context",
    "printing",
    "references",  # formulas that several sheets use
    "sheets",
    "write",
    "complete",  # whether a template has what a workbook shows
    "regeneration",
)
"""The parts of ``ftroi.workbook`` from the ground up; each may import those before it."""

KNOW_NO_PLAN = ("workbook.schema", "workbook.xlsx")
"""What would be the same for any other workbook, and imports nothing of a plan or of what is asked of one."""

OF_A_PLAN = ("engine", "risk", "plan", "analysis")

Graph = Mapping[str, frozenset[str]]
"""What each module imports of ftroi, within functions too, by its full name."""


def graph_of(named: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Read the graph from the names and texts of files."""
    texts = {module_name(path): text for path, text in named}
    modules = {module for module, _ in texts}
    graph = {}
    for (module, is_package), text in texts.items():
        asked = asked_for(module, text, is_package=is_package)
        # `from a import b` asks for the module a.b where there is one, else for a itself.
        found = {one if one in modules else one.rpartition(".")[0] for one in asked}
        graph[module] = frozenset(found & modules - {module})
    return graph


def asked_for(module: str, source: str, *, is_package: bool) -> set[str]:
    """What a module's imports bind, by its full name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = import_base(module, node, is_package=is_package)
            # The version stands in the package's own file, which imports the rest when it is asked for it.
            found |= {f"{base}.{alias.name}" for alias in node.names if alias.name != "__version__"}
    return found


def circle_faults(graph: Graph) -> list[str]:
    """Find imports that lead back to where they start; one chain for each module that lies on a circle."""
    return [" -> ".join(chain) for module in sorted(graph) if (chain := chain_back(graph, module))]


def chain_back(graph: Graph, start: str) -> list[str]:
    """The shortest chain of imports from a module to itself, or none."""
    before: dict[str, str] = {}
    waiting = [start]
    for module in waiting:
        for other in sorted(graph.get(module, ())):
            if other == start:
                chain = [start, module]
                while chain[-1] != start:
                    chain.append(before[chain[-1]])
                return chain[::-1]
            if other not in before:
                before[other] = module
                waiting.append(other)
    return []


def floor_faults(graph: Graph) -> list[str]:
    """Find imports of a higher floor of the workbook, and parts of it that have no floor."""
    rooms = {module: room(module) for module in graph if room(module)}
    faults = [f"{module}: '{one}' has no place in FLOORS" for module, one in rooms.items() if one not in FLOORS]
    return faults + [
        f"{module} imports {other}, which lies above it"
        for module, one in rooms.items()
        for other in sorted(graph[module])
        if one in FLOORS and room(other) in FLOORS and FLOORS.index(room(other)) > FLOORS.index(one)
    ]


def room(module: str) -> str:
    """The part of ``ftroi.workbook`` that a module belongs to, "" for one of none."""
    parts = module.split(".")
    return parts[2] if parts[1:2] == ["workbook"] and len(parts) > 2 else ""


def plan_faults(graph: Graph) -> list[str]:
    """Find modules that know of plans though they should not."""
    return [
        f"{module} imports {other}, which is of a plan"
        for module in graph
        if module.startswith(tuple(f"ftroi.{one}" for one in KNOW_NO_PLAN))
        for other in sorted(graph[module])
        if other.split(".")[1] in OF_A_PLAN
    ]


def test_faults(graph: Graph) -> list[str]:
    """Find what imports from a test module."""
    return [
        f"{module} imports {other}: what tests share stands in tests/support"
        for module in sorted(graph)
        for other in sorted(graph[module])
        if other.rpartition(".")[2].startswith("test_")
    ]
