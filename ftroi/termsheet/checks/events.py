"""The rules on events.toml, the risk events of a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ftroi.errors import Finding
from ftroi.language import did_you_mean, parse_unit
from ftroi.termsheet.model import Assumption, Template
from ftroi.termsheet.schema import EventTable

ALL_EVENTS = "events"
"""The name that stands for all events of a template together, and which no event may have."""

_A_YEAR, _ONCE, _MONTH = "1/year", "1", "month"


def check_events(template: Template) -> Iterator[Finding]:
    """Find events without a month or an outcome, and names of the wrong kind, unit or range."""
    taken = Counter(name for table in template.events.values() for name in (table.month, *table.sizes) if name)
    for event, table in template.events.items():
        where = f"events.toml: [{event}]"
        if event == ALL_EVENTS:
            yield Finding(where, f"'{ALL_EVENTS}' stands for all of them", "choose another name")
        if (table.month is None) == (table.outcome is None):
            what = "an event has either a month or an outcome"
            yield Finding(where, what, "give it one of the two: a month that is drawn, or the line that is its outcome")
        yield from _check_chance(template, where, table)
        yield from _check_month(template, where, table)
        yield from _check_outcome(template, where, table)
        yield from _check_sizes(template, where, table)
        for name in (table.month, *table.sizes):
            if name and taken[name] > 1:
                yield Finding(where, f"'{name}' is named twice", "let each belong to one event")


def _check_chance(template: Template, where: str, table: EventTable) -> Iterator[Finding]:
    yield from _known(template, where, table.chance)
    one = template.assumptions.get(table.chance)
    wanted = _A_YEAR if table.month else _ONCE
    if one is None:
        return
    if parse_unit(one.table.unit) != parse_unit(wanted):
        yield Finding(where, f"the chance '{one.name}' is in {one.table.unit}, not in {wanted}", "correct its unit")
    least, most = one.table.range or (-1.0, 2.0)
    if least < 0 or most > 1:
        yield Finding(where, f"the chance '{one.name}' may lie outside 0 to 1", "give it a range within 0 to 1")


def _check_month(template: Template, where: str, table: EventTable) -> Iterator[Finding]:
    if table.month is None:
        return
    yield from _known(template, where, table.month)
    one = template.assumptions.get(table.month)
    if one is not None and not _is_month(one):
        what = f"'{one.name}' cannot be its month"
        cure = "let it be a whole decision in months, with a base of 0 for never and a range from 0"
        yield Finding(where, what, cure)


def _is_month(one: Assumption) -> bool:
    table = one.table
    is_count = table.kind == "decision" and table.whole and parse_unit(table.unit) == parse_unit(_MONTH)
    return is_count and table.base == 0 and table.range is not None and table.range[0] == 0


def _check_outcome(template: Template, where: str, table: EventTable) -> Iterator[Finding]:
    name = table.outcome
    if name is not None and (name not in template.lines or name in template.series or template.lines[name].unless):
        cure = did_you_mean(name, set(template.lines) - template.series) or "name a line with one amount of money"
        yield Finding(where, f"no such outcome '{name}'", cure)


def _check_sizes(template: Template, where: str, table: EventTable) -> Iterator[Finding]:
    grouped = {name for group in template.correlations.values() for name in group.members}
    for name in table.sizes:
        yield from _known(template, where, name)
        if name in template.assumptions and template.assumptions[name].table.kind != "uncertain":
            yield Finding(where, f"'{name}' is never drawn", "name uncertain assumptions as sizes")
    for name in (*table.sizes, *([table.chance] if table.month else [])):
        if name in grouped:
            what = f"'{name}' is drawn with its event, apart from the others"
            yield Finding(where, what, "leave it out of correlations.toml")


def _known(template: Template, where: str, name: str) -> Iterator[Finding]:
    if name not in template.assumptions:
        yield Finding(where, f"no assumption named '{name}'", did_you_mean(name, template.assumptions))
