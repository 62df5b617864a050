"""The names of a simulation's results: probabilities ("odds"), means and percentiles.

Workbooks store results under these names, and gates refer to them. They are made of the measures that the template's
roles name: ``tco.p80``, ``npv.mean``, ``npv_below_zero``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ftroi.termsheet.checks.events import ALL_EVENTS
from ftroi.termsheet.model import Template

SIMULATED = "simulated."
"""The prefix of a gate's measure that is a result of a simulation, as in ``simulated.tco.p80``."""

PERCENTILES = tuple(range(5, 100, 5))

BEATS_REFERENCE, WITHIN_BUDGET = "beats_reference", "within_budget"
"""The probabilities of a positive net measure, and of a cost in cash within the budget."""


@dataclass(frozen=True, slots=True)
class SimulatedNames:
    """The names for one template.

    ``cost`` and ``gain`` are its measures of cost and net benefit; ``events`` those whose probabilities are shown.
    """

    cost: str
    gain: str
    events: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, str]:
        """The measures whose mean and percentiles are stored."""
        return self.cost, self.gain

    @property
    def below_zero(self) -> str:
        """The probability of a net measure below 0."""
        return f"{self.gain}_below_zero"

    @property
    def shortfall(self) -> str:
        """The expected shortfall: the mean of the net measure in the worst draws."""
        return f"{self.gain}_expected_shortfall"

    @property
    def within_base(self) -> str:
        """The probability of a cost at or below that of the base case."""
        return f"{self.cost}_within_base"

    def below(self, event: str) -> str:
        """The probability of a net measure below 0 in a simulation with an event, or with all of them."""
        return f"{self.below_zero}_with_{event}"

    def mean(self, event: str) -> str:
        """The mean of the net measure in a simulation with an event, or with all of them."""
        return f"{self.gain}_mean_with_{event}"

    @property
    def odds(self) -> tuple[str, ...]:
        """All probabilities, and the means in money that are listed with them."""
        with_events = (name for event in self.events for name in (self.below(event), self.mean(event)))
        return self.below_zero, BEATS_REFERENCE, WITHIN_BUDGET, self.within_base, self.shortfall, *with_events

    @property
    def in_money(self) -> frozenset[str]:
        """The names in `odds` that are amounts of money rather than probabilities."""
        return frozenset((self.shortfall, *(self.mean(event) for event in self.events)))


def figure_names(template: Template) -> SimulatedNames:
    """The names for a template. Raises TemplateError if its roles lack the measure of cost or the net one."""
    return SimulatedNames(template.role("cost"), template.role("gain"), events_shown(template))


def events_shown(template: Template) -> tuple[str, ...]:
    """The events whose probabilities are shown, and `ALL_EVENTS` if there are several."""
    return (*template.events, *((ALL_EVENTS,) if len(template.events) > 1 else ()))


def simulated_gate_measures(template: Template) -> tuple[str, ...]:
    """The results that a gate may refer to; without those of the budget, which depend on more than the inputs."""
    roles = template.views.roles
    if roles.cost is None or roles.gain is None:
        return ()
    names = figure_names(template)
    odds = (name for name in names.odds if name != WITHIN_BUDGET)
    parts = ("mean", *(f"p{at}" for at in PERCENTILES))
    figures = (*odds, *(f"{measure}.{part}" for measure in names.kept for part in parts))
    return tuple(f"{SIMULATED}{name}" for name in figures)


def measure_headings(template: Template) -> dict[str, str]:
    """The names of the measures of cost and of net benefit above a column, by measure."""
    return {name: words[:1].upper() + words[1:] for name, words in measure_names_in_sentences(template).items()}


def measure_names_in_sentences(template: Template) -> dict[str, str]:
    """The names in sentences of the two measures that a simulation stores, by measure."""
    views = template.views.simulation
    return dict(zip(figure_names(template).kept, (views.cost_words, views.gain_words), strict=True))
