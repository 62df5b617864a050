"""A paper's section on what changed since an earlier plan, and what each change did to cost and net present value."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.difference import Change, Difference, PlainValue, label_of, ranked, unit_of
from ftroi.report.number_text import Money, assumption_words
from ftroi.report.paper import WIDTH, Block, Column, Heading, Table, Text, clipped

_MOST = 30
"""Changes that are listed."""

_FIGURE, _OPTION, _VALUE = 30.0, 26.0, 34.0
_LONGEST = 60


def changes_since(found: Difference, name: str, money: Money) -> Iterator[Block]:
    """The section: the waterfall from the earlier plan's figures to this one's, and the changes themselves."""
    yield Heading(f"What changed since {clipped(name, _LONGEST)}")
    if not found.changes:
        yield Text("Nothing: inputs, options, own costs, gates and formulas are the same.", "body")
        return
    labels = [found.after.template.lines[figure].label for figure in found.figures]
    if found.missing:
        yield Text(f"The changes' effects cannot be told apart. {found.missing}", "body")
    yield _waterfall(found, labels, money)
    told = "No order of the changes is preferred, and the effects add up"
    yield Text(f"{told}. Money in {money.unit}.", "small")
    yield _listed(found)
    if len(found.changes) > _MOST:
        yield Text(f"{len(found.changes) - _MOST} more changes are not listed.", "small")


def _waterfall(found: Difference, labels: list[str], money: Money) -> Table:
    columns = (
        Column("Change", WIDTH - _FIGURE * len(labels)),
        *(Column(label, _FIGURE, is_figure=True) for label in labels),
    )
    ends = [tuple(money.words(pair[place]) for pair in found.figures.values()) for place in (0, 1)]
    steps = [
        (label_of(found, cause), *(money.words(found.effects[cause][figure]) for figure in found.figures))
        for cause in ranked(found)
    ]
    rows = (("Before", *ends[0]), *steps, ("Now", *ends[1]))
    return Table(columns, rows, frozenset((0, len(rows) - 1)))


def _listed(found: Difference) -> Table:
    columns = (
        Column("What", WIDTH - _OPTION - 2 * _VALUE), Column("Option", _OPTION),
        Column("Was", _VALUE, is_figure=True), Column("Is now", _VALUE, is_figure=True),
    )  # fmt: skip
    return Table(columns, tuple(_row(found, one) for one in found.changes[:_MOST]))


def _row(found: Difference, change: Change) -> tuple[str, str, str, str]:
    options = found.after.template.options
    option = options[change.option].short if change.option in options else change.option
    unit = unit_of(found, change)
    return change.label, option, _words(change.was, unit), _words(change.now, unit)


def _words(value: PlainValue, unit: str) -> str:
    return clipped(value, _LONGEST) if isinstance(value, str) else assumption_words(value, unit)
