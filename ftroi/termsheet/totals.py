"""The generated lines, which no file states: sums of categories, the plan's own costs, and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ftroi.termsheet.model import Line, Role, flat, group_of
from ftroi.termsheet.schema import CategoryTable, GroupTable

MONEY_A_MONTH = "money/month"

COSTS, BENEFITS = "costs", "benefits"
"""The names of the lines with all costs and all value by month."""

OWN_BY_NATURE = {"cash": "own_cash_costs", "economic": "own_economic_costs"}
"""The names of the lines with a plan's own costs by nature, over all categories."""


def own_line(category: str) -> str:
    """The name of the line with the own costs of a category."""
    return f"own_{flat(category)}"


def total_of(group: str) -> str:
    """The name of the line with the total of a group of cost categories."""
    return f"{group}_{COSTS}"


def generated_lines(
    groups: Mapping[str, GroupTable], categories: Mapping[str, CategoryTable], stated: Mapping[str, Line]
) -> Iterator[Line]:
    """The generated lines for ``stated``, the lines of the files, in the order of the sheets."""
    costs = [name for name in categories if not groups[group_of(name)].is_value]
    for name in costs:
        label = f"Own costs: {categories[name].label}"
        yield _own(own_line(name), label, name)
    yield _own(OWN_BY_NATURE["cash"], "Own costs in cash")
    yield _own(OWN_BY_NATURE["economic"], "Own costs, economic")
    for name, category in categories.items():
        members = [line.name for line in stated.values() if line.category == name]
        own = [own_line(name)] if name in costs else []
        yield _sum(flat(name), category.label, (*members, *own), Role.CATEGORY, name)
    yield from _totals(groups, list(categories), stated)


def _totals(groups: Mapping[str, GroupTable], categories: list[str], stated: Mapping[str, Line]) -> Iterator[Line]:
    def of_groups(*wanted: str) -> tuple[str, ...]:
        return tuple(flat(name) for name in categories if group_of(name) in wanted)

    def of_nature(role: Role, nature: str) -> tuple[str, ...]:
        return tuple(line.name for line in stated.values() if line.role is role and line.nature == nature)

    costs = [name for name, one in groups.items() if not one.is_value]
    for name in costs:
        yield _sum(total_of(name), groups[name].label, of_groups(name), Role.TOTAL)
    yield _sum(COSTS, "Cost", tuple(map(total_of, costs)), Role.TOTAL)
    yield _sum(BENEFITS, "Value", of_groups(*(name for name in groups if name not in costs)), Role.TOTAL)
    for nature, label in (("cash", "Cost in cash"), ("economic", "Cost, economic")):
        terms = (*of_nature(Role.COST, nature), OWN_BY_NATURE[nature])
        yield _sum(f"{nature}_costs", label, terms, Role.TOTAL)
    yield _sum("cash_benefits", "Value in cash", of_nature(Role.VALUE, "cash"), Role.TOTAL)


def _own(name: str, label: str, category: str = "") -> Line:
    note = "The plan's own cost lines."
    return Line(name, label, MONEY_A_MONTH, "", Role.OWN, note, category=category, where="generated")


def _sum(name: str, label: str, terms: tuple[str, ...], role: Role, category: str = "") -> Line:
    note = "The sum of its lines."
    return Line(name, label, MONEY_A_MONTH, "", role, note, category=category, terms=terms, where="generated")
