"""The favourable end of each assumption's range, determined by its effect in the plan.

A case moves every uncertain assumption towards its favourable or unfavourable end. Favourable is what raises the NPV of
the proposed option over the baseline, which the template cannot know: a higher token price hurts a plan, unless the
plan saves tokens. So each assumption is moved alone, to its low and to its high; if that changes nothing, the direction
of the template applies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ftroi.analysis.tornado import swings
from ftroi.plan import Plan

End = Literal["low", "high"]


def directions_by_effect(plan: Plan) -> dict[str, End]:
    """The favourable end of each uncertain assumption that changes the NPV of the proposed option over the baseline."""
    settings, gain = plan.settings, plan.template.views.roles.gain
    if gain is None or settings.candidate == settings.reference:
        return {}
    shown = plan.with_settings(option=settings.candidate)
    moved = swings(shown, gain, len(plan.entries))
    return {one.name: "high" if one.at_high > one.at_low else "low" for one in moved if one.size > plan.zero_tolerance}


def with_directions(plan: Plan) -> Plan:
    """The plan with the favourable ends by effect, stored where they differ from the template's."""
    stated, found = plan.template.assumptions, directions_by_effect(plan)
    entries = dict(plan.entries)
    for name, end in found.items():
        entries[name] = replace(entries[name], favourable="" if stated[name].table.favourable == end else end)
    return replace(plan, entries=entries)


def changed_directions(plan: Plan) -> dict[str, End]:
    """The assumptions whose favourable end has changed since the plan stored it, with the present end.

    Empty for a plan with the template's ends only, as these were not determined by effect.
    """
    if not any(entry.favourable for entry in plan.entries.values()):
        return {}
    return {name: end for name, end in directions_by_effect(plan).items() if plan.good_end(name) != end}
