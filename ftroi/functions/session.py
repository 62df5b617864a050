"""Evaluated plans of a spreadsheet session, cached by the values of their cells."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TypeVar

from ftroi.analysis import Judged, Verdict, give_verdict, judge_plan
from ftroi.analysis.risk.simulation import Simulation, simulate
from ftroi.analysis.risk.statistics import simulated_names
from ftroi.engine import Measured, Results
from ftroi.errors import Finding, WorkbookError
from ftroi.functions.arguments import Rectangles, Rows, key_of
from ftroi.functions.cache import Cache
from ftroi.functions.overwritten_cells import typed_over
from ftroi.functions.sheets_agree import Control, control_of
from ftroi.plan import Plan, calculate
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.reading.blocks import Notebook
from ftroi.workbook.reading.plan import PlanCells, read_plan_cells
from ftroi.workbook.schema import INPUTS

MOST_CACHED = 16
"""The number of workbooks, or states of one, whose results are cached; each takes a few megabytes."""

MOST_ANSWERS = 2_000
"""The number of answers that are cached for one state."""

_Answer = TypeVar("_Answer")


class Evaluated:
    """One state of the inputs: its plan and results, with caches of measures, simulations and answers.

    ``typed_over`` are findings on values typed over live cells.
    """

    def __init__(self, plan: Plan, typed_over: tuple[Finding, ...] = ()) -> None:
        """Evaluate all lines and measures for all options."""
        self.plan = plan
        self.typed_over = typed_over
        self.results: Results = calculate(plan)
        self._measures: dict[tuple[str, str], Measured] = {}
        self._simulations: dict[tuple[str, tuple[str, ...]], Simulation] = {}
        self._answers: Cache[object] = Cache(MOST_ANSWERS)

    def answer(self, question: Hashable, find: Callable[[], _Answer]) -> _Answer:
        """The answer to a question on this state, cached; ``find`` computes it."""
        answer: _Answer = self._answers.get(question, find)  # type: ignore[assignment]  # stored under this question
        return answer

    def simulation(self, option: str, measure: str = "") -> Simulation:
        """Simulate an option with the default settings of the command line; cached.

        It stores the measures that the command reports or, if ``measure`` is not among them, all measures; events are
        drawn only without a ``measure``. The draws are the same in all cases.
        """
        key = (option, self._names(option, measure))
        if key not in self._simulations:
            self._simulations[key] = simulate(self.plan, [option], key[1])
        return self._simulations[key]

    def _names(self, option: str, measure: str) -> tuple[str, ...]:
        """The measures to simulate: as few as needed, or those of an earlier simulation that can be reused."""
        shown, plain = simulated_names(self.plan), simulated_names(self.plan, events=False)
        if not measure or (measure in plain and (option, shown) in self._simulations):
            return shown
        return plain if measure in plain else tuple(self.plan.template.measures)

    @cached_property
    def control(self) -> Control:
        """The control total of options' sheets that compute the same."""
        return control_of(self.plan, self.results)

    def measure(self, name: str, option: str) -> Measured:
        """A measure of an option, cached."""
        key = (name, option)
        if key not in self._measures:
            self._measures[key] = self.results.measure(name, option)
        return self._measures[key]


class Judgement:
    """The gates and the verdict on a plan's candidate."""

    def __init__(self, plan: Plan, results: Results) -> None:
        """Evaluate all gates; computes the pessimistic case."""
        self._plan = plan
        self._results = results
        self.gates: tuple[Judged, ...] = judge_plan(plan, results)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict, with its reasons and conditions."""
        return give_verdict(self._plan, self._results, self.gates)


EVALUATED: Cache[Evaluated] = Cache(MOST_CACHED)
"""Evaluated plans, by the values of FT_Inputs."""

JUDGEMENTS: Cache[Judgement] = Cache(MOST_CACHED)
"""Gates and verdicts, by the values of FT_Inputs and FT_GateTable, the day and the candidate."""


@lru_cache(maxsize=MOST_CACHED)
def cached_template(wanted: str) -> Template:
    """A template by its id, loaded once for each process; an edited template needs a new process."""
    return template_of_id(wanted)


def evaluated(inputs: Rows, days_offset: int = 0) -> Evaluated:
    """The evaluated plan for the values of FT_Inputs, cached; raises FtroiError with all findings on them.

    ``days_offset`` is added to serial dates to convert them to the 1900 date system.
    """
    return EVALUATED.get((key_of(inputs), days_offset), lambda: _evaluated(inputs, days_offset))


def _evaluated(inputs: Rows, days_offset: int) -> Evaluated:
    found = cells_in({INPUTS: inputs}, days_offset)
    return Evaluated(found.plan, tuple(typed_over(found, Notebook(INPUTS, joint=", "))))


def judgement(rectangles: dict[str, Rows], candidate: str | None, days_offset: int = 0) -> Judgement:
    """The gates and verdict for a candidate (default: the plan's), from FT_Inputs and the other ranges given."""
    key = (tuple((name, key_of(rows)) for name, rows in sorted(rectangles.items())), candidate, days_offset)
    return JUDGEMENTS.get(key, lambda: _judged(rectangles, candidate, days_offset))


def _judged(rectangles: dict[str, Rows], candidate: str | None, days_offset: int) -> Judgement:
    plan = cells_in(rectangles, days_offset).plan
    if candidate is None or candidate == plan.settings.candidate:
        return Judgement(plan, evaluated(rectangles[INPUTS], days_offset).results)
    other = plan.with_settings(candidate=candidate)
    return Judgement(other, calculate(other))


def cells_in(rectangles: dict[str, Rows], days_offset: int = 0) -> PlanCells:
    """Read the plan from the values of FT_Inputs and, if they are given, of FT_GateTable, FT_AsOf and FT_Risk."""
    sheets = Rectangles(rectangles, days_offset)
    area = sheets.area_named(INPUTS)
    rows = [] if area is None else list(sheets.cells(area))
    found = read_plan_cells("inputs", rows, sheets, cached_template, Notebook(INPUTS, joint=", "))
    if found.settings.other_edition(found.plan.template):
        cached_template.cache_clear()  # it may have been changed since this process loaded it
        found = read_plan_cells("inputs", rows, sheets, cached_template, Notebook(INPUTS, joint=", "))
    if other := found.settings.other_edition(found.plan.template):
        # The sheet's own formulas are still those of the former one.
        raise WorkbookError(replace(other, cure="run 'ftroi regenerate' on the saved workbook"))
    return found
