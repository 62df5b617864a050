"""The rules on correlations.toml."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ftroi.errors import Finding
from ftroi.language import did_you_mean
from ftroi.termsheet.model import Template
from ftroi.termsheet.schema import CorrelationTable


def check_correlations(template: Template) -> Iterator[Finding]:
    """Find members that are not uncertain assumptions, and two that are correlated twice."""
    taken: dict[frozenset[str], str] = {}
    for group, table in template.correlations.items():
        where = f"correlations.toml: [{group}]"
        yield from _check_members(template, where, table)
        for pair in map(frozenset, combinations(dict.fromkeys(table.members), 2)):
            if pair in taken:
                what = f"{' and '.join(sorted(pair))} are correlated in [{taken[pair]}] as well"
                yield Finding(where, what, "leave one of the two out")
            taken[pair] = group


def _check_members(template: Template, where: str, table: CorrelationTable) -> Iterator[Finding]:
    for name in dict.fromkeys(table.members):
        if name not in template.assumptions:
            yield Finding(where, f"no assumption named '{name}'", did_you_mean(name, template.assumptions))
        elif template.assumptions[name].table.kind != "uncertain":
            kind = template.assumptions[name].table.kind
            yield Finding(where, f"'{name}' is a {kind} and never drawn", "name uncertain assumptions alone")
        if table.members.count(name) > 1:
            yield Finding(where, f"'{name}' is named twice", "name each member once")
