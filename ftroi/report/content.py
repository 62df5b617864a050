"""What stands in a plan's paper, in order: the verdict first, then the figures, then what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ftroi.analysis import Verdict, give_verdict, judge_plan
from ftroi.analysis.approval import void_approval
from ftroi.analysis.difference import Difference
from ftroi.analysis.report import warnings_of
from ftroi.analysis.tornado import Swing, swings
from ftroi.engine import Measured, Results
from ftroi.errors import EvaluationError
from ftroi.language import evaluate
from ftroi.plan import Plan, calculate
from ftroi.report.changes import changes_since
from ftroi.report.charts import draw_months, draw_shares, draw_stacks, draw_steps, draw_tornado
from ftroi.report.figures import (
    claim_of,
    curves_of,
    shares_of,
    slope_of,
    spans_of,
    stacks_of,
    steps_legend,
    steps_of,
    used_categories,
)
from ftroi.report.number_text import measured_words, money_of
from ftroi.report.outlook import turning_points, years_and_scenarios
from ftroi.report.paper import Banner, Block, Card, Cards, Heading, Paper, Picture, Points, Text, clipped
from ftroi.report.risk_section import sureness
from ftroi.report.tables import (
    first_inputs,
    first_inputs_table,
    gates_table,
    judgement_share,
    options_table,
    sources_table,
    stands_at_default,
    swings_table,
)
from ftroi.report.winner_map import winner_map
from ftroi.termsheet.colour import ink_on
from ftroi.termsheet.text_templates import read_text
from ftroi.termsheet.views import HeadlineTable

LONGEST_TITLE = 400
"""Letters of a project's name that a paper shows."""

_MOST_SWINGS = 12
_LANGUAGES = {"british": "en-GB", "american": "en-US"}


def paper_of(
    plan: Plan,
    results: Results,
    warnings: Sequence[str] = (),
    today: date | None = None,
    since: tuple[str, Difference] | None = None,
) -> Paper:
    """The paper of a plan from its results, which are those of the plan's own case.

    ``warnings`` are those of reading the plan. ``today`` dates the paper; without it the date is the plan's, and so
    the same plan gives the same paper. ``since`` is the name of an earlier plan, and what is otherwise now.
    """
    return _Writer(plan, results, warnings, today or plan.day, since).paper()


class _Writer:
    """One paper in the making."""

    def __init__(
        self, plan: Plan, results: Results, warnings: Sequence[str], day: date, since: tuple[str, Difference] | None
    ) -> None:
        self._plan, self._day, self._since = plan, day, since
        self._results = results
        self._theme = plan.template.theme
        found = (*warnings, *warnings_of(plan, results))
        self._warnings = tuple(one for one in found if one != void_approval(plan))  # it stands below the verdict
        self._gates = judge_plan(plan, results)
        has_verdict = plan.template.verdict is not None
        self._verdict_given = give_verdict(plan, results, self._gates) if has_verdict else None
        self._money = money_of(plan.settings.currency, self._largest())

    def _largest(self) -> float:
        cost = self._plan.template.role("cost")
        return max(abs(self._results.number(cost, option)) for option in self._plan.settings.options)

    def paper(self) -> Paper:
        settings, template = self._plan.settings, self._plan.template
        title = clipped(" ".join(settings.project.split()), LONGEST_TITLE) or template.label
        foot = f"{clipped(title, 60)}   ·   {self._day.isoformat()}   ·   {template.id} {template.version}"
        blocks = (
            *self._head(title), *self._figures(), *self._odds(), *self._decision(), *self._changes(), *self._grounds(),
        )  # fmt: skip
        return Paper(title, foot, _LANGUAGES[template.spelling], self._theme, tuple(blocks))

    # --- the first page ------------------------------------------------------------------------------------

    def _head(self, title: str) -> Iterator[Block]:
        yield Text(f"Board paper   ·   {self._day.isoformat()}", "eyebrow")
        yield Text(title, "title")
        if self._verdict_given is not None:
            yield from self._verdict(self._verdict_given)
        if told := void_approval(self._plan):
            yield Text(f"{told}.", "body")
        yield Text(self._about(), "small")

    def _verdict(self, verdict: Verdict) -> Iterator[Block]:
        fill: str = self._theme.verdict.model_dump()[verdict.code]
        yield Banner(verdict.word.upper(), verdict.sentence, fill, ink_on(fill, self._theme))
        yield Points(tuple(_reasons(verdict)))

    def _about(self) -> str:
        """Say what is compared with what, over which time and in which money."""
        settings, options, plan = self._plan.settings, self._plan.template.options, self._plan
        named = plan.template.views.roles.yearly_rate
        rate = plan.entries[named].base if named else None
        about = [f"Proposed option: {options[settings.candidate].label}"]
        if settings.option != settings.candidate:
            about.append(f"figures shown: {options[settings.option].label}")
        about.append(f"baseline: {options[settings.reference].label}")
        about.append(f"{settings.case} case, {plan.horizon} months from {settings.start:%Y-%m}")
        about.append(f"money in {settings.currency}, nominal" + (f", discounted at {rate:.1%} a year" if rate else ""))
        if settings.exchange_rate and settings.exchange_rate_date:
            day = settings.exchange_rate_date.isoformat()
            about.append(f"prices converted at {settings.exchange_rate:g} of {day}")
        return "; ".join(about) + "."

    # --- figures and charts --------------------------------------------------------------------------------

    def _figures(self) -> Iterator[Block]:
        theme, money = self._theme, self._money
        label = self._plan.template.options[self._plan.settings.option].label
        views, template = self._plan.template.views, self._plan.template
        yield Cards(tuple(self._card(one) for one in views.cards))
        if view := views.charts.steps:
            steps, end = steps_of(self._plan, self._results, view), template.lines[template.role("cost")].label
            title = f"{view.title}: {label}"
            yield draw_steps(steps, steps_legend(template, view), end, title, money, theme)
        yield Heading("The options")
        yield options_table(self._plan, self._results, money)
        yield Text(f"Money in {money.unit}; costs of a unit in {self._plan.settings.currency}.", "small")
        yield from (Text(warning, "small") for warning in self._warnings)
        legend = list(used_categories(self._plan, self._results).values())
        stacks = stacks_of(self._plan, self._results)
        yield draw_stacks(stacks, legend, views.charts.stacks, money, theme)
        yield from self._curves()
        yield from years_and_scenarios(self._plan, self._results, money)
        yield from turning_points(self._plan, self._results)

    def _has(self, *names: str) -> bool:
        """Say whether the template has all of these lines and assumptions; a company's own may go without."""
        return all(name in self._plan.template.lines or name in self._plan.entries for name in names)

    def _curves(self) -> Iterator[Block]:
        yield Heading("Value, cost and time")
        yield self._months()
        if view := self._plan.template.views.charts.shares:
            shares, claim = shares_of(self._plan, self._results, view), claim_of(self._plan, view)
            slope = slope_of(self._plan, self._results, view)
            if shares:
                yield draw_shares(shares, claim, slope, view.title, self._theme)

    def _card(self, one: HeadlineTable) -> Card:
        name = one.measure
        line, settings = self._plan.template.measures[name], self._plan.settings
        shown, reference = (
            measured_words(self._results.measure(name, option), line.unit, self._money)
            for option in (settings.option, settings.reference)
        )
        unit = self._money.unit if line.unit == "money" else ""
        below = [unit or one.unit, self._beside(one) or f"baseline {reference}"]
        return Card(one.card, shown, "; ".join(part for part in below if part))

    def _beside(self, one: HeadlineTable) -> str:
        """What the views tell in place of the baseline's figure; else the figure's own text."""
        results, option = self._results, self._plan.settings.option
        own = results.measure(one.measure, option).text
        text = read_text(one.told, one.measure)
        if not one.told or any(self._is_text(mention.name) for mention in text.mentions()):
            return own
        return text.filled(lambda tree: evaluate(tree, lambda name, _via: results.number(name, option)))

    def _is_text(self, name: str) -> bool:
        """Whether a measure has a text in place of its number."""
        is_measure = name in self._plan.template.measures
        return is_measure and self._results.measure(name, self._plan.settings.option).value is None

    def _months(self) -> Picture:
        charts, curves = self._plan.template.views.charts, curves_of(self._plan, self._results)
        measure = self._results.measure
        payback = measure(charts.payback, self._plan.settings.option) if charts.payback else Measured(None)
        is_itself = self._plan.settings.option == self._plan.settings.reference
        point = None if is_itself else payback.value
        told = payback.text or ("" if point is None else f"{point:.1f} months")
        return draw_months(curves, point, told, charts.months, self._money, self._theme)

    # --- odds, gates, assumptions, sources -----------------------------------------------------------------------

    def _odds(self) -> Iterator[Block]:
        yield from sureness(self._plan, self._money)

    def _decision(self) -> Iterator[Block]:
        if not self._gates:
            return
        yield Heading("Gates")
        told = self._verdict_given.gates_told if self._verdict_given else ""
        yield from (Text(one, "body") for one in (told,) if one)
        yield gates_table(self._gates, self._money)
        yield Text(f"Money in {self._money.unit}. Thresholds are set and dated before a result is looked at.", "small")

    def _changes(self) -> Iterator[Block]:
        if self._since is not None:
            name, found = self._since
            yield from changes_since(found, name, self._money)

    def _grounds(self) -> Iterator[Block]:
        yield Heading("The assumptions that matter most")
        yield from self._assumptions()
        inputs = first_inputs(self._plan)
        if inputs:
            left = sum(stands_at_default(self._plan, one.name) for one in inputs)
            yield Heading("The inputs to fill first")
            yield Text(f"{left} of {len(inputs)} still stand at the preset's default (bold).", "body")
            yield first_inputs_table(self._plan)
        yield Heading("Sources")
        share = judgement_share(self._plan)
        told = f"{share} of the figures are management estimates, each with its reason in the workbook."
        yield Text(told, "body")
        yield sources_table(self._plan)

    def _assumptions(self) -> Iterator[Block]:
        try:
            found = swings(self._plan, self._gain, _MOST_SWINGS)
        except EvaluationError as error:
            yield Text(f"Their ends cannot be computed. {error}", "body")
            return
        base = self._base_npv()
        label = self._plan.template.lines[self._gain].label
        if not found or base is None:
            yield Text(f"No assumption moves this: {label}.", "body")
            return
        yield Text(self._swing_told(found, base), "body")
        title = f"{label}, with one assumption at its low and at its high"
        yield draw_tornado(spans_of(self._plan, found), base, title, self._money, self._theme)
        yield swings_table(self._plan, found)
        yield from winner_map(self._plan.with_settings(case="base"))

    @property
    def _gain(self) -> str:
        return self._plan.template.role("gain")

    def _base_npv(self) -> float | None:
        results = self._results if self._plan.settings.case == "base" else calculate(self._plan, "base")
        return results.measure(self._gain, self._plan.settings.option).value

    def _swing_told(self, found: Sequence[Swing], base: float) -> str:
        label = self._plan.template.assumptions[found[0].name].table.label
        low, high = self._money.words(found[0].at_low), self._money.words(found[0].at_high)
        gain = self._plan.template.views.simulation.gain_words
        told = f"{label} moves {gain} most: {low} at its low, {high} at its high ({self._money.unit}). "
        turning = [one for one in found if min(one.at_low, one.at_high) < 0 <= max(one.at_low, one.at_high)]
        side = "below" if base >= 0 else "above"
        if not turning:
            return f"{told}None of them alone, at either end, brings it {side} zero."
        return f"{told}{len(turning)} of the {len(found)} shown bring it {side} zero alone, at one of their ends."


def _reasons(verdict: Verdict) -> Iterator[str]:
    yield from verdict.reasons
    if verdict.conditions:
        yield verdict.conditions_told
