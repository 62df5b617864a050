"""A plan as it stands in a spreadsheet's cells, with what the engine computed from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache
from typing import TypeVar

from ftroi.analysis import Judged, Verdict, give_verdict, judge_plan
from ftroi.analysis.risk.simulation import Simulation, simulate
from ftroi.analysis.risk.statistics import simulated_names
from ftroi.engine import Measured, Results
from ftroi.errors import Finding
from ftroi.functions.arguments import Rectangles, Rows, key_of
from ftroi.functions.cache import Cache
from ftroi.functions.overwritten_cells import typed_over
from ftroi.plan import Plan, calculate
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.reading.blocks import Notebook
from ftroi.workbook.reading.plan import PlanCells, read_plan_cells
from ftroi.workbook.schema import INPUTS

MOST_KEPT = 16
"""Workbooks, or states of them, whose results are kept; each takes a few megabytes."""

MOST_ANSWERS = 2_000
"""Answers that are kept for one state."""

_Answer = TypeVar("_Answer")


class Evaluated:
    """One state of the inputs: its plan and results; measures are worked out once for each option.

    ``typed_over`` tells of figures that stand in the place of live ones.
    """

    def __init__(self, plan: Plan, typed_over: tuple[Finding, ...] = ()) -> None:
        """Compute every line and measure of every option."""
        self.plan = plan
        self.typed_over = typed_over
        self.results: Results = calculate(plan)
        self._measures: dict[tuple[str, str], Measured] = {}
        self._simulations: dict[tuple[str, tuple[str, ...]], Simulation] = {}
        self._answers: Cache[object] = Cache(MOST_ANSWERS)

    def answer(self, question: Hashable, find: Callable[[], _Answer]) -> _Answer:
        """The answer to a question on this state, found once; of many questions the latest are kept."""
        found: _Answer = self._answers.get(question, find)  # type: ignore[assignment]  # kept for this very question
        return found

    def simulation(self, option: str, measure: str = "") -> Simulation:
        """Simulate an option as the command line does when it is told nothing else.

        It keeps what the command shows or, where ``measure`` is none of that, every measure; events are drawn where
        no one ``measure`` is asked for. The figures are the same in all of them.
        """
        key = (option, self._names(option, measure))
        if key not in self._simulations:
            self._simulations[key] = simulate(self.plan, [option], key[1])
        return self._simulations[key]

    def _names(self, option: str, measure: str) -> tuple[str, ...]:
        """Name what is kept: as little as is needed, or what was kept before."""
        shown, plain = simulated_names(self.plan), simulated_names(self.plan, events=False)
        if not measure or (measure in plain and (option, shown) in self._simulations):
            return shown
        return plain if measure in plain else tuple(self.plan.template.measures)

    def measure(self, name: str, option: str) -> Measured:
        """A measure of an option."""
        key = (name, option)
        if key not in self._measures:
            self._measures[key] = self.results.measure(name, option)
        return self._measures[key]


class Judgement:
    """The gates and the verdict on a plan's candidate."""

    def __init__(self, plan: Plan, results: Results) -> None:
        """Judge every gate; computes the pessimistic case."""
        self._plan = plan
        self._results = results
        self.gates: tuple[Judged, ...] = judge_plan(plan, results)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict, with its reasons and conditions."""
        return give_verdict(self._plan, self._results, self.gates)


EVALUATED: Cache[Evaluated] = Cache(MOST_KEPT)
"""What was computed, by the values of FT_Inputs."""

JUDGEMENTS: Cache[Judgement] = Cache(MOST_KEPT)
"""What was judged, by the values of FT_Inputs and FT_GateTable, the day and the candidate."""


@lru_cache(maxsize=MOST_KEPT)
def template_kept(wanted: str) -> Template:
    """A template by its id, loaded once; one that was edited is read anew by a new process."""
    return template_of_id(wanted)


def evaluated(inputs: Rows, days_offset: int = 0) -> Evaluated:
    """The results for the values of FT_Inputs; raises FtroiError with all findings about them.

    ``days_offset`` is what is added to dates for the 1900 system.
    """
    return EVALUATED.get((key_of(inputs), days_offset), lambda: _evaluated(inputs, days_offset))


def _evaluated(inputs: Rows, days_offset: int) -> Evaluated:
    found = cells_in({INPUTS: inputs}, days_offset)
    return Evaluated(found.plan, tuple(typed_over(found, Notebook(INPUTS, joint=", "))))


def judgement(rectangles: dict[str, Rows], candidate: str | None, days_offset: int = 0) -> Judgement:
    """Judge a candidate, by default the plan's own, for FT_Inputs and, where they are given, the others."""
    key = (tuple((name, key_of(rows)) for name, rows in sorted(rectangles.items())), candidate, days_offset)
    return JUDGEMENTS.get(key, lambda: _judged(rectangles, candidate, days_offset))


def _judged(rectangles: dict[str, Rows], candidate: str | None, days_offset: int) -> Judgement:
    plan = cells_in(rectangles, days_offset).plan
    if candidate is None or candidate == plan.settings.candidate:
        return Judgement(plan, evaluated(rectangles[INPUTS], days_offset).results)
    other = plan.with_settings(candidate=candidate)
    return Judgement(other, calculate(other))


def cells_in(rectangles: dict[str, Rows], days_offset: int = 0) -> PlanCells:
    """Read the plan in the values of FT_Inputs and, where they are given, of FT_GateTable, FT_AsOf and FT_Risk."""
    sheets = Rectangles(rectangles, days_offset)
    area = sheets.area_named(INPUTS)
    rows = [] if area is None else list(sheets.cells(area))
    return read_plan_cells("inputs", rows, sheets, template_kept, Notebook(INPUTS, joint=", "))
