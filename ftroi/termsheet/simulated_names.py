"""The names of what a simulation finds, as workbooks keep it and gates may ask for it: odds, means and percentiles.

They are made of the measures that the template's roles name: ``tco.p80``, ``npv.mean``, ``npv_below_zero``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ftroi.termsheet.checks.events import ALL_EVENTS
from ftroi.termsheet.model import Template

SIMULATED = "simulated."
"""What stands before the name of a gate's figure that only a simulation knows."""

PERCENTILES = tuple(range(5, 100, 5))

BEATS_REFERENCE, WITHIN_BUDGET = "beats_reference", "within_budget"
"""The odds of a positive net measure, and of a cost in cash within the budget."""


@dataclass(frozen=True, slots=True)
class SimulatedNames:
    """The names for one template: ``cost`` and ``gain`` are its measures, ``events`` those whose odds are shown."""

    cost: str
    gain: str
    events: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, str]:
        """The measures that have moments and percentiles."""
        return self.cost, self.gain

    @property
    def below_zero(self) -> str:
        """The odds of a net measure below 0."""
        return f"{self.gain}_below_zero"

    @property
    def shortfall(self) -> str:
        """The mean of the net measure in the worst draws."""
        return f"{self.gain}_expected_shortfall"

    @property
    def within_base(self) -> str:
        """The odds of a cost at or below the base case's."""
        return f"{self.cost}_within_base"

    def below(self, event: str) -> str:
        """The odds of a net measure below 0 with an event among the chances, or all of them."""
        return f"{self.below_zero}_with_{event}"

    def mean(self, event: str) -> str:
        """The mean of the net measure with an event among the chances, or all of them."""
        return f"{self.gain}_mean_with_{event}"

    @property
    def odds(self) -> tuple[str, ...]:
        """All odds, and the means in money that stand among them."""
        with_events = (name for event in self.events for name in (self.below(event), self.mean(event)))
        return self.below_zero, BEATS_REFERENCE, WITHIN_BUDGET, self.within_base, self.shortfall, *with_events

    @property
    def in_money(self) -> frozenset[str]:
        """Those of `odds` that are amounts of money, and no probabilities."""
        return frozenset((self.shortfall, *(self.mean(event) for event in self.events)))


def figure_names(template: Template) -> SimulatedNames:
    """The names for a template. Raises TemplateError where its roles name no measure of cost or no net one."""
    return SimulatedNames(template.role("cost"), template.role("gain"), events_shown(template))


def events_shown(template: Template) -> tuple[str, ...]:
    """Name the events whose odds are shown, and all of them where there are several."""
    return (*template.events, *((ALL_EVENTS,) if len(template.events) > 1 else ()))


def figures_of_gates(template: Template) -> tuple[str, ...]:
    """Name what a gate may ask of a simulation; the odds of a budget depend on more than the inputs."""
    roles = template.views.roles
    if roles.cost is None or roles.gain is None:
        return ()
    names = figure_names(template)
    odds = (name for name in names.odds if name != WITHIN_BUDGET)
    parts = ("mean", *(f"p{at}" for at in PERCENTILES))
    figures = (*odds, *(f"{measure}.{part}" for measure in names.kept for part in parts))
    return tuple(f"{SIMULATED}{name}" for name in figures)


def measure_words(template: Template) -> dict[str, str]:
    """What sentences call the two measures that a simulation keeps, by measure."""
    views = template.views.simulation
    return dict(zip(figure_names(template).kept, (views.cost_words, views.gain_words), strict=True))
