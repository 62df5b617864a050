"""Which end of each range is good news, found by its effect in this very plan.

A case moves every uncertain assumption towards its good or its bad end. Good is what raises the NPV of the proposed
option against the baseline, and the template cannot know it: dearer tokens hurt a plan, unless it is the plan that
saves tokens. So each assumption is moved alone, to its low and to its high end; what moves nothing stays as the
template has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ftroi.analysis.tornado import swings
from ftroi.plan import Plan

End = Literal["low", "high"]


def directions_by_effect(plan: Plan) -> dict[str, End]:
    """The good end of each uncertain assumption that moves the gain of the plan's proposed option over its baseline."""
    settings, gain = plan.settings, plan.template.views.roles.gain
    if gain is None or settings.candidate == settings.reference:
        return {}
    shown = plan.with_settings(option=settings.candidate)
    moved = swings(shown, gain, len(plan.entries))
    return {one.name: "high" if one.at_high > one.at_low else "low" for one in moved if one.size > plan.zero_tolerance}


def with_directions(plan: Plan) -> Plan:
    """The plan with the good end of every assumption as its effect says, where the template says another."""
    stated, found = plan.template.assumptions, directions_by_effect(plan)
    entries = dict(plan.entries)
    for name, end in found.items():
        entries[name] = replace(entries[name], favourable="" if stated[name].table.favourable == end else end)
    return replace(plan, entries=entries)


def turned(plan: Plan) -> dict[str, End]:
    """The assumptions whose good end is another by now than the plan says, with the end that it is.

    None in a plan that has the template's ends alone: they were never found by effect.
    """
    if not any(entry.favourable for entry in plan.entries.values()):
        return {}
    return {name: end for name, end in directions_by_effect(plan).items() if plan.good_end(name) != end}
