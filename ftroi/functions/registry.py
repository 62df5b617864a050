"""The table of all ``FT_`` functions: name, arguments, unit, help and one example.

The add-ins of all spreadsheet programs, the help in their function wizards and docs/functions.md are generated from it.
All functions have the same pattern of arguments: those of the question first, then ``inputs``, then ``option``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CATEGORY = "ftroi"
"""The category of every function in a function wizard."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its name in snake_case, one sentence of help, and whether it may be left out."""

    name: str
    help: str
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """One spreadsheet function.

    ``arguments`` are in the order of a call; ``unit`` is the unit of the result, "text" or "table"; ``example`` is a
    complete formula; ``gives_table`` says that the result fills a range.
    """

    name: str
    arguments: tuple[Argument, ...]
    unit: str
    help: str
    example: str
    gives_table: bool = False
    category: str = CATEGORY

    @property
    def least_arguments(self) -> int:
        """The number of required arguments."""
        return sum(not argument.is_optional for argument in self.arguments)


INPUTS = Argument(
    "inputs", "The cells named FT_Inputs; those of the calling cell's workbook when left out.", is_optional=True
)
"""The range of the inputs."""

OPTION = Argument(
    "option", "The option's id, such as full_fine_tune; the one on the Dashboard when left out.", is_optional=True
)
"""The option that the result is about."""

JUDGED = Argument(
    "option", "The id of the option that is judged; the plan's candidate when left out.", is_optional=True
)
"""The option that gates and verdict are about."""

GATES = Argument(
    "gates", "The cells named FT_GateTable; those of the calling cell's workbook when left out.", is_optional=True
)
"""The range of the go/no-go gates."""

AS_OF = Argument(
    "as_of", "The day on which evidence is judged; that of the calling cell's workbook, FT_AsOf, when left out.",
    is_optional=True,
)  # fmt: skip
"""The day on which evidence is judged."""

_YEAR = Argument("year", "The year, 1 for the first twelve months; the whole life when left out.", is_optional=True)
_MEASURE = Argument("measure", 'A measure\'s name, such as "npv"; docs/measures.md defines them all.')


def _figure(name: str, unit: str, text: str, *question: Argument, example: str) -> Function:
    return Function(name, (*question, INPUTS, OPTION), unit, text, example)


def _table(name: str, text: str, *arguments: Argument, example: str) -> Function:
    return Function(name, arguments, "table", text, example, gives_table=True)


_ALL = (
    _figure(
        "FT_TCO", "money", "Total cost of ownership (TCO): every cost line over the horizon, nominal.",
        example="=FT_TCO(FT_Inputs)",
    ),
    _figure(
        "FT_TCO_PV", "money", "Total cost of ownership (TCO) at present value, month-end flows at the monthly rate.",
        example="=FT_TCO_PV(FT_Inputs)",
    ),
    _figure(
        "FT_VISIBLE", "money", "Visible cost over the horizon: what budgets count, such as data, compute and licences.",
        example="=FT_VISIBLE(FT_Inputs)",
    ),
    _figure(
        "FT_HIDDEN", "money", "Hidden cost over the horizon: what budgets miss, such as debt, retraining and review.",
        example="=FT_HIDDEN(FT_Inputs)",
    ),
    _figure(
        "FT_HIDDEN_MULTIPLE", "1", "TCO ÷ visible cost; 1 when nothing is hidden.",
        example="=FT_HIDDEN_MULTIPLE(FT_Inputs)",
    ),
    _figure(
        "FT_LIFETIME_MULTIPLE", "1", "TCO as a multiple of the initial project budget.",
        example="=FT_LIFETIME_MULTIPLE(FT_Inputs)",
    ),
    _figure(
        "FT_COST", "money",
        "Cost of one line, category or group (such as visible or hidden) over the life or in one year, nominal.",
        Argument("item", 'The name of a line, a category or a group: "data_labelling", "visible.compute", "hidden".'),
        _YEAR,
        example='=FT_COST("hidden", 1, FT_Inputs)',
    ),
    _figure(
        "FT_VALUE", "money", "Value over the life or in one year: cash value and realised capacity, nominal.",
        _YEAR,
        example="=FT_VALUE(1, FT_Inputs)",
    ),
    _figure(
        "FT_NPV", "money", "Net present value against the baseline; positive is better. Rank by it alone.",
        example="=FT_NPV(FT_Inputs)",
    ),
    _figure(
        "FT_ROI", "1", "Return on investment against the baseline: NPV over the extra cost at present value.",
        example="=FT_ROI(FT_Inputs)",
    ),
    _figure(
        "FT_IRR", "1", "Internal rate of return a year against the baseline, where exactly one root exists.",
        example="=FT_IRR(FT_Inputs)",
    ),
    _figure(
        "FT_MIRR", "1", "Modified internal rate of return a year against the baseline, at the discount rate.",
        example="=FT_MIRR(FT_Inputs)",
    ),
    _figure(
        "FT_PAYBACK", "month", "Months until the flows against the baseline have paid back for good, or a text.",
        example="=FT_PAYBACK(FT_Inputs)",
    ),
    _figure(
        "FT_EXPECTED_NPV", "money", "Net present value against the baseline with the odds of abandonment.",
        example="=FT_EXPECTED_NPV(FT_Inputs)",
    ),
    _figure(
        "FT_UNIT_COST", "money/krequest", "Levelised cost of 1,000 accepted responses: the one price that pays for it.",
        example="=FT_UNIT_COST(FT_Inputs)",
    ),
    _figure(
        "FT_MEASURE", "as the measure", "Any measure by its name; a text where the measure has no number.",
        _MEASURE,
        example='=FT_MEASURE("peak_funding", FT_Inputs)',
    ),
    _table(
        "FT_COMPARE", "Every measure of every option side by side, with headers.",
        INPUTS,
        example="=FT_COMPARE(FT_Inputs)",
    ),
    _table(
        "FT_SCHEDULE", "Costs, value and net by month, quarter or year, with headers.",
        Argument("by", '"month", "quarter" or "year"; by year when left out.', is_optional=True),
        Argument(
            "rows",
            '"category", "line", or the name of one line or category; by category when left out.',
            is_optional=True,
        ),
        INPUTS, OPTION,
        example='=FT_SCHEDULE("year", "category", FT_Inputs)',
    ),
    _figure(
        "FT_BREAKEVEN", "as the assumption",
        "The value of an assumption at which the option stops, or starts, paying against the baseline.",
        Argument("assumption", 'An assumption\'s name, such as "requests_per_month", or "rag.quality_level".'),
        example='=FT_BREAKEVEN("requests_per_month", FT_Inputs)',
    ),
    _table(
        "FT_SIMULATE", "Mean, percentiles and odds of the main measures over simulated lives, with headers.",
        INPUTS, OPTION,
        example="=FT_SIMULATE(FT_Inputs)",
    ),
    _figure(
        "FT_PERCENTILE", "as the measure", "A percentile of a measure over simulated lives.",
        _MEASURE,
        Argument("p", "The share of lives below it, between 0 and 1, such as 0.9 or 90%."),
        example='=FT_PERCENTILE("tco", 0.9, FT_Inputs)',
    ),
    _figure(
        "FT_PROBABILITY", "1", "The share of simulated lives in which a measure is above a threshold.",
        _MEASURE,
        Argument("threshold", "The threshold, in the measure's own unit."),
        example='=FT_PROBABILITY("npv", 0, FT_Inputs)',
    ),
    _table(
        "FT_TORNADO", "The assumptions that move the net present value most, each from low to high, with headers.",
        Argument("n", "How many assumptions are shown; ten when left out.", is_optional=True),
        INPUTS, OPTION,
        example="=FT_TORNADO(5, FT_Inputs)",
    ),
    _figure(
        "FT_CADENCE", "month", "The retraining interval with the lowest cost of retraining and drift together.",
        example="=FT_CADENCE(FT_Inputs)",
    ),
    _table(
        "FT_GATES", "The go/no-go gates with status, figure, threshold and margin, with headers.",
        INPUTS, JUDGED, GATES, AS_OF,
        example="=FT_GATES(FT_Inputs)",
    ),
    Function(
        "FT_VERDICT", (INPUTS, JUDGED, GATES, AS_OF), "text",
        "The verdict in one sentence, with its reasons and the conditions that remain.",
        "=FT_VERDICT(FT_Inputs)",
    ),
    _figure(
        "FT_EXPLAIN", "text", "The formula of a line, measure or assumption with its numbers in place.",
        Argument("item", 'The name of a line, a measure or an assumption, such as "data_labelling".'),
        Argument("month", "The month, 1 for the first; the first that is not 0 when left out.", is_optional=True),
        example='=FT_EXPLAIN("data_labelling", 1, FT_Inputs)',
    ),
    Function(
        "FT_PRICE",
        (
            Argument("product", 'A model, such as "gpt-4o", or a name of "ftroi prices --json".'),
            Argument(
                "part",
                '"input", "cached" or "output" of a million tokens; "price", "low" or "high" of others; "age" in days.',
                is_optional=True,
            ),
            INPUTS,
        ),
        "money", "A list price in the plan's currency, or its age in days: tokens, accelerators, hosting, storage.",
        '=FT_PRICE("gpt-4o", "output", FT_Inputs)',
    ),
    Function(
        "FT_VERSION", (INPUTS,), "text", "The versions of ftroi and of the workbook's template.", "=FT_VERSION()",
    ),
)  # fmt: skip

FUNCTIONS: Mapping[str, Function] = MappingProxyType({function.name: function for function in _ALL})
"""All functions by name, in the order of the documentation."""
