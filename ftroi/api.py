"""The Python interface for analysts and notebooks: a plan whose results are pandas data frames.

    >>> import ftroi
    >>> plan = ftroi.preset("support_assistant")
    >>> dearer = plan.set(requests_per_month=2_000_000, discount_rate="8%")
    >>> dearer.compare().loc["do_nothing", "tco"]
    np.float64(0.0)

Nothing is computed here: all results come from the engine and the analyses. A plan is never changed in place;
`Model.set` returns another one. Problems are raised as PlanError, WorkbookError or TemplateError with all findings
together, each of which says what is wrong, where, and what to do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftroi import frames
from ftroi.analysis import give_verdict, judge_plan
from ftroi.analysis.report import verdict_report
from ftroi.dates import local_day
from ftroi.engine import Results
from ftroi.plan import Plan, apply_changes, calculate, plan_from_preset, require_sound
from ftroi.termsheet.catalogue import find_template, template_of_id
from ftroi.termsheet.load import DEFAULT_PRESET, DEFAULT_TEMPLATE

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ftroi.analysis.risk.simulation import Simulation


@dataclass(frozen=True)
class Model:
    """A plan with its results and analyses; money is in the plan's currency, months are numbered from 1."""

    plan: Plan
    warnings: tuple[str, ...] = ()
    """Warnings of the workbook that the plan was read from."""

    @property
    def options(self) -> tuple[str, ...]:
        """The ids of the plan's options, in order."""
        return self.plan.settings.options

    @cached_property
    def results(self) -> Results:
        """The engine's results for all options, in the plan's case. Raises PlanError for invalid inputs."""
        return calculate(require_sound(self.plan))

    def set(self, changes: Mapping[str, float | str] | None = None, /, **more: float | str) -> Model:
        """A copy with other values: ``set(discount_rate=0.08)``, ``set({"rag.examples": 500}, option="rag")``.

        Names are assumptions (the base), ``option.assumption`` (that option's own value) or settings such as option,
        case, reference, candidate and start; values are numbers, or texts as in ``--set``. Raises PlanError with all
        findings.
        """
        values = {**(changes or {}), **more}
        plan = apply_changes(self.plan, [f"{name}={_text(value)}" for name, value in values.items()])
        return Model(require_sound(plan), self.warnings)

    def measures(self, option: str | None = None) -> DataFrame:
        """All measures of an option (default: the plan's), with label, value, unit, and why one has no value."""
        return frames.measures_frame(self.plan, self.results, self._option(option))

    def compare(self) -> DataFrame:
        """All measures (columns) of all options (rows); ``attrs["units"]`` has the units."""
        return frames.compare_frame(self.plan, self.results)

    def schedule(self, by: str = "year", rows: str = "category", option: str | None = None) -> DataFrame:
        """Costs and value over time: by "month", "quarter" or "year"; rows "category", "line" or one item's name."""
        return frames.schedule_frame(self.plan, self.results, self._option(option), by, rows)

    def verdict(self) -> dict[str, Any]:
        """The verdict on the proposed option: code, sentence, option, reasons, conditions."""
        return verdict_report(give_verdict(self.plan, self.results, judge_plan(self.plan, self.results)))

    def simulate(
        self, draws: int = 10_000, *, seed: int = 1, method: str = "sobol", options: Iterable[str] | None = None
    ) -> Simulated:
        """A Monte Carlo simulation of some options (default: the plan's), all with the same draws.

        ``draws`` is rounded up by an eighth at most; the same seed gives the same draws. ``method`` is "sobol", "lhs"
        or "plain". Raises PlanError as `ftroi.analysis.risk.simulation.simulate` does.
        """
        from ftroi.analysis.risk.simulation import Setup, simulate
        from ftroi.analysis.risk.statistics import approved_budget, simulated_names

        chosen = tuple(frames.require_options(self.plan, options or (self._option(None),)))
        plan = self.plan.with_settings(case="base")
        simulation = simulate(plan, chosen, simulated_names(plan), Setup(draws, seed, method))
        return Simulated(simulation, approved_budget(plan))

    def sensitivity(self, measure: str | None = None, top: int = 10, option: str | None = None) -> DataFrame:
        """The ``top`` assumptions that change a measure (default: the net one) most, each moved alone from low to high.

        All others are at their base.
        """
        from ftroi.analysis.sensitivity import tornado_report

        plan = self.plan.with_settings(option=self._option(option), case="base")
        return frames.sensitivity_frame(plan, tornado_report(plan, measure or plan.template.role("gain"), top))

    def write(self, path: Path | str, *, replace: bool = False) -> Path | None:
        """Write the plan as a workbook; returns the path of the dated backup of a replaced file, if there was one.

        Raises WorkbookError if the file exists and ``replace`` is False, is open elsewhere, or cannot be written.
        """
        from ftroi.workbook.write import write_workbook
        from ftroi.workbook.xlsx.safe_files import put_in_place

        today = local_day()  # for the name of the backup; the workbook itself has no time stamp
        return put_in_place(Path(path), lambda fresh: write_workbook(self.plan, fresh), today, replace=replace)

    def _option(self, option: str | None) -> str:
        return frames.require_options(self.plan, [option or self.plan.settings.option])[0]


@dataclass(frozen=True)
class Simulated:
    """The results of a simulation: draws, statistics and probabilities."""

    simulation: Simulation
    budget: float | None = None

    @property
    def frame(self) -> DataFrame:
        """All draws: one row per draw, columns (option, measure)."""
        return frames.draws_frame(self.simulation)

    @property
    def summary(self) -> DataFrame:
        """Base, mean, standard error and percentiles, by option and measure."""
        return frames.summary_frame(self.simulation.plan, self._report)

    @property
    def odds(self) -> DataFrame:
        """The probabilities for each option (rows), from 0 to 1, and the expected shortfall in money."""
        from pandas import DataFrame

        found = {option: figures["odds"] for option, figures in self._report["options"].items()}
        return DataFrame.from_dict(found, orient="index", dtype=float).rename_axis("option")

    def draws(self, measure: str, option: str | None = None) -> Series:
        """One measure of one option (default: the first) by draw."""
        return self.frame[option or self.simulation.options[0], measure]

    @cached_property
    def _report(self) -> dict[str, Any]:
        from ftroi.analysis.risk.statistics import option_report, simulation_report

        reports = {option: option_report(self.simulation, option, self.budget) for option in self.simulation.options}
        return simulation_report(self.simulation.plan, self.simulation.setup, self.budget, reports)


def read(path: Path | str) -> Model:
    """Read the plan of a workbook as last saved; nothing in it is executed, and it may be open elsewhere.

    Raises WorkbookError with all findings on the file and its cells, PlanError for invalid inputs, and TemplateError if
    its template is not registered.
    """
    from ftroi.workbook.reading.file import read_workbook
    from ftroi.workbook.regeneration.edited_plan import as_sheets_compute
    from ftroi.workbook.xlsx.look import stored_look

    reading = as_sheets_compute(Path(path), read_workbook(Path(path), template_of_id))
    plan = require_sound(reading.plan)
    template = dataclasses.replace(plan.template, look=stored_look(Path(path)))
    return Model(dataclasses.replace(plan, template=template), tuple(map(str, reading.warnings)))


def preset(name: str = DEFAULT_PRESET, *, template: str = DEFAULT_TEMPLATE, options: Iterable[str] = ()) -> Model:
    """A ready-made plan, with its own options (default), the given ones, or all of the template (``("all",)``)."""
    return Model(_plan_of_preset(template, name, options))


def new(
    path: Path | str,
    preset: str = DEFAULT_PRESET,
    *,
    template: str = DEFAULT_TEMPLATE,
    options: Iterable[str] = (),
    replace: bool = False,
) -> Model:
    """Write a workbook from a ready-made plan, and return the plan; see `preset` and `Model.write`."""
    model = Model(_plan_of_preset(template, preset, options))
    model.write(path, replace=replace)
    return model


def _plan_of_preset(template: str, preset: str, options: Iterable[str]) -> Plan:
    from ftroi.analysis.case_directions import with_directions

    return with_directions(plan_from_preset(find_template(template), preset, options))


def _text(value: float | str) -> str:
    """A value in the text of a change: all digits of a number, a text unchanged."""
    return value if isinstance(value, str) else f"{float(value):.17e}"
