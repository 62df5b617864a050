"""What the template's checks say of inputs that are in range one by one, and together cannot be meant.

Such a part of `checks.toml` names the input that is typed wrong. It mentions nothing that is computed, so that a plan
is refused, or remarked upon, before any figure of it is shown; the sheet Checks has the same formula.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ftroi.dates import serial
from ftroi.errors import Finding
from ftroi.language.rules import RuleCells, Value, value_of_rule
from ftroi.plan.plan import Plan
from ftroi.termsheet.check_rules import CheckPart
from ftroi.termsheet.rules import mentions


def option_facts(plan: Plan, option: str) -> dict[str, Value]:
    """What rules may mention of an option besides its figures: its names, whether it is tuned, and its roles."""
    table = plan.template.options[option]
    facts: dict[str, Value] = {"option": option, "label": table.label, "phrase": table.phrase or table.label}
    roles = {f"is_{role.lower()}": float(option == whose) for role, whose in plan.settings.parties.items()}
    return facts | {"tuned": float(table.tuned)} | roles


def broken_rules(plan: Plan, wrong: Collection[str] = ()) -> Iterator[Finding]:
    """Find inputs that contradict each other: no figure of the plan would mean anything.

    ``wrong`` are inputs that are wrong by themselves: what mentions one of them is not asked.
    """
    for part in _parts(plan, edited=False):
        if part.difference and not any(name in wrong for name, _ in mentions([part.difference])):
            yield from _findings_of(plan, part)


def warn_of_inputs(plan: Plan) -> Iterator[Finding]:
    """Warn of inputs that are odd, and may be meant."""
    for part in _parts(plan, edited=True):
        yield from _findings_of(plan, part)


def _parts(plan: Plan, *, edited: bool) -> Iterator[CheckPart]:
    """The parts about inputs that refuse a plan, or remark upon it."""
    if plan.template.checks:
        yield from (part for part in plan.template.checks.about_inputs if part.table.edited == edited)


def _findings_of(plan: Plan, part: CheckPart) -> Iterator[Finding]:
    """One finding for each input cell that is wrong; a base that several options share is told once."""
    told: dict[str, Finding] = {}
    for option in plan.settings.options:
        cells = _InputCells(plan, option)
        if part.difference and part.reason and value_of_rule(part.difference, cells) != 0:
            where = _place(plan, part.table.input, option)
            what = part.reason.filled(cells, {}, plan.settings.currency)
            told.setdefault(where, Finding(where, what, part.table.cure))
    yield from told.values()


def _place(plan: Plan, name: str, option: str) -> str:
    """What the plan's checks call the cell that an option has a value of an input from."""
    return f"{name} ({option})" if name in plan.entries and option in plan.entries[name].own else name


class _InputCells(RuleCells):
    """The names that a rule about inputs may mention of an option."""

    def __init__(self, plan: Plan, option: str) -> None:
        self._plan, self._option = plan, option

    def value(self, name: str, via: str) -> Value:
        option = self._plan.settings.parties[via] if via else self._option
        if name == "start_date":
            return float(serial(self._plan.settings.start))
        if name in self._plan.entries:
            return self._plan.entries[name].value(option)
        return option_facts(self._plan, option)[name]
