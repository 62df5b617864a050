"""What stands in a plan's paper, in order: the verdict first, then the figures, then what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ftroi.analysis import Verdict, give_verdict, judge_plan
from ftroi.analysis.report import warnings_of
from ftroi.analysis.tornado import Swing, swings
from ftroi.engine import Results
from ftroi.errors import EvaluationError
from ftroi.plan import Plan, calculate
from ftroi.report.bar_charts import draw_stacks, draw_steps, draw_tornado
from ftroi.report.figures import (
    claim_of,
    curves_of,
    shares_of,
    slope_of,
    spans_of,
    stacks_of,
    steps_of,
    used_categories,
)
from ftroi.report.line_charts import draw_months, draw_shares
from ftroi.report.number_text import measured_words, money_of, percent
from ftroi.report.paper import Banner, Block, Card, Cards, Heading, Paper, Picture, Points, Text
from ftroi.report.risk_section import sureness
from ftroi.report.tables import (
    clipped,
    first_inputs,
    first_inputs_table,
    gates_table,
    judgement_share,
    options_table,
    sources_table,
    stands_at_default,
    swings_table,
)
from ftroi.termsheet.colour import ink_on

LONGEST_TITLE = 400
"""Letters of a project's name that a paper shows."""

_MOST_SWINGS = 12
_HEADLINES = ("tco", "sprint_budget", "hidden_share", "npv", "expected_npv", "payback_months")
_LANGUAGES = {"british": "en-GB", "american": "en-US"}


def paper_of(plan: Plan, results: Results, warnings: Sequence[str] = ()) -> Paper:
    """Give the paper of a plan from its results, which are those of the plan's own case.

    ``warnings`` are those of reading the plan. Dates are the plan's, and so the same plan gives the
    same paper.
    """
    return _Writer(plan, results, warnings).paper()


class _Writer:
    """One paper in the making."""

    def __init__(self, plan: Plan, results: Results, warnings: Sequence[str]) -> None:
        self._plan = plan
        self._results = results
        self._theme = plan.template.theme
        self._warnings = (*warnings, *warnings_of(plan, results))
        self._gates = judge_plan(plan, results)
        has_verdict = plan.template.verdict is not None
        self._verdict_given = give_verdict(plan, results, self._gates) if has_verdict else None
        self._money = money_of(plan.settings.currency, self._largest())

    def _largest(self) -> float:
        return max(abs(self._results.number("tco", option)) for option in self._plan.settings.options)

    def paper(self) -> Paper:
        settings, template = self._plan.settings, self._plan.template
        title = clipped(" ".join(settings.project.split()), LONGEST_TITLE) or template.label
        foot = f"{clipped(title, 60)}   ·   {self._plan.day.isoformat()}   ·   {template.id} {template.version}"
        blocks = (*self._head(title), *self._figures(), *self._odds(), *self._decision(), *self._grounds())
        return Paper(title, foot, _LANGUAGES[template.spelling], self._theme, tuple(blocks))

    # --- the first page ------------------------------------------------------------------------------------

    def _head(self, title: str) -> Iterator[Block]:
        yield Text(f"Board paper   ·   as of {self._plan.day.isoformat()}", "eyebrow")
        yield Text(title, "title")
        if self._verdict_given is not None:
            yield from self._verdict(self._verdict_given)
        yield Text(self._about(), "small")

    def _verdict(self, verdict: Verdict) -> Iterator[Block]:
        fill: str = self._theme.verdict.model_dump()[verdict.code]
        yield Banner(verdict.word.upper(), verdict.sentence, fill, ink_on(fill, self._theme))
        yield Points(tuple(_reasons(verdict)))

    def _about(self) -> str:
        """Say what is compared with what, over which time and in which money."""
        settings, options, plan = self._plan.settings, self._plan.template.options, self._plan
        rate = plan.entries["discount_rate"].base if "discount_rate" in plan.entries else None
        about = [f"Candidate: {options[settings.candidate].label}"]
        if settings.option != settings.candidate:
            about.append(f"figures shown: {options[settings.option].label}")
        about.append(f"reference: {options[settings.reference].label}")
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
        yield Cards(tuple(self._card(name) for name in _HEADLINES if name in self._plan.template.measures))
        if self._has("sprint_costs", "build_flag"):
            title = f"From the sprint budget to the lifetime cost: {label}"
            yield Picture(draw_steps(steps_of(self._plan, self._results), title, money, theme))
        yield Heading("The options")
        yield options_table(self._plan, self._results, money)
        yield Text(f"Money in {money.unit}; 1,000 valid answers in {self._plan.settings.currency}.", "small")
        yield from (Text(warning, "small") for warning in self._warnings)
        categories = used_categories(self._plan, self._results)
        stacks = stacks_of(self._plan, self._results)
        yield Picture(draw_stacks(stacks, categories, "Lifetime cost by category, every option", money, theme))
        yield from self._curves()

    def _has(self, *names: str) -> bool:
        """Say whether the template has all of these lines and assumptions; a company's own may go without."""
        return all(name in self._plan.template.lines or name in self._plan.entries for name in names)

    def _curves(self) -> Iterator[Block]:
        by_month = self._has("benefits", "costs", "payback_months")
        shared = self._has("value_share", "cost_share", "benefit_to_cost", "claimed_cost_share", "claimed_value_share")
        if by_month or shared:
            yield Heading("Value, cost and time")
        if by_month:
            yield self._months()
        if shared:
            shares, claim = shares_of(self._plan, self._results), claim_of(self._plan)
            title = "Share of the candidate's value against share of its cost"
            yield Picture(draw_shares(shares, claim, slope_of(self._plan, self._results), title, self._theme))

    def _card(self, name: str) -> Card:
        line, settings = self._plan.template.measures[name], self._plan.settings
        shown, reference = (
            measured_words(self._results.measure(name, option), line.unit, self._money)
            for option in (settings.option, settings.reference)
        )
        unit = self._money.unit if line.unit == "money" else ""
        below = [unit, self._beside(name) or f"reference {reference}"]
        return Card(line.label, shown, "; ".join(part for part in below if part))

    def _beside(self, name: str) -> str:
        """Say more than the reference's figure, where that is of no use."""
        if name == "sprint_budget" and self._has("lifetime_multiple"):
            multiple = self._results.measure("lifetime_multiple", self._plan.settings.option)
            return "" if multiple.value is None else f"the lifetime costs {multiple.value:.1f} times as much"
        if name == "expected_npv" and self._has("abandonment_rate"):
            return f"at {percent(self._plan.entries['abandonment_rate'].base)} odds of abandonment"
        if name == "payback_months":
            return self._results.measure(name, self._plan.settings.option).text
        return ""

    def _months(self) -> Picture:
        payback = self._results.measure("payback_months", self._plan.settings.option)
        title = "Value less cost, cumulated by month"
        curves = curves_of(self._plan, self._results)
        is_itself = self._plan.settings.option == self._plan.settings.reference
        point = None if is_itself else payback.value
        told = payback.text or ("" if point is None else f"{point:.1f} months")
        return Picture(draw_months(curves, point, told, title, self._money, self._theme))

    # --- odds, gates, assumptions, sources -----------------------------------------------------------------------

    def _odds(self) -> Iterator[Block]:
        if self._has("npv", "tco"):
            yield from sureness(self._plan, self._money)

    def _decision(self) -> Iterator[Block]:
        if not self._gates:
            return
        yield Heading("Gates")
        told = self._verdict_given.gates_told if self._verdict_given else ""
        yield from (Text(one, "body") for one in (told,) if one)
        yield gates_table(self._gates, self._money)
        yield Text(f"Money in {self._money.unit}. Thresholds are set and dated before a result is looked at.", "small")

    def _grounds(self) -> Iterator[Block]:
        if self._has("npv"):
            yield Heading("The assumptions that matter most")
            yield from self._assumptions()
        inputs = first_inputs(self._plan)
        if inputs:
            left = sum(stands_at_default(self._plan, one.name) for one in inputs)
            yield Heading("The inputs to fill first")
            yield Text(f"{left} of {len(inputs)} still stand at the preset's default (bold).", "body")
            yield first_inputs_table(self._plan)
        yield Heading("Sources")
        told = f"{judgement_share(self._plan)} of the figures are judgements, each with its reason in the workbook."
        yield Text(told, "body")
        yield sources_table(self._plan)

    def _assumptions(self) -> Iterator[Block]:
        try:
            found = swings(self._plan, "npv", _MOST_SWINGS)
        except EvaluationError as error:
            yield Text(f"Their ends cannot be computed. {error}", "body")
            return
        base = self._base_npv()
        if not found or base is None:
            yield Text("No assumption moves the net present value against the reference.", "body")
            return
        yield Text(self._swing_told(found, base), "body")
        title = "Net present value against the reference, with one assumption at its low and at its high"
        yield Picture(draw_tornado(spans_of(self._plan, found), base, title, self._money, self._theme))
        yield swings_table(self._plan, found)

    def _base_npv(self) -> float | None:
        results = self._results if self._plan.settings.case == "base" else calculate(self._plan, "base")
        return results.measure("npv", self._plan.settings.option).value

    def _swing_told(self, found: Sequence[Swing], base: float) -> str:
        label = self._plan.template.assumptions[found[0].name].table.label
        low, high = self._money.words(found[0].at_low), self._money.words(found[0].at_high)
        told = f"{label} moves the net present value most: {low} at its low, {high} at its high ({self._money.unit}). "
        turning = [one for one in found if min(one.at_low, one.at_high) < 0 <= max(one.at_low, one.at_high)]
        side = "below" if base >= 0 else "above"
        if not turning:
            return f"{told}None of them alone, at either end, brings it {side} zero."
        return f"{told}{len(turning)} of the {len(found)} shown bring it {side} zero alone, at one of their ends."


def _reasons(verdict: Verdict) -> Iterator[str]:
    yield from verdict.reasons
    if verdict.conditions:
        yield verdict.conditions_told
