"""The blocks of FT_Inputs: the contract between the writers and the readers of a workbook.

FT_Inputs is one rectangle on the sheet Assumptions, starting in column A, with blocks below each other: settings,
assumptions, own costs and, if there are any, own formulas. A block begins at the row whose first cell is the block's
mark; that row holds the headers, by which columns are found, never by position. A row of a block is identified by its
first cell; rows in which it is empty are headings or spaces.

=========== ================== ==============================================================
mark        first cell of rows  what a row holds
=========== ================== ==============================================================
setting     the setting's key   its value, typed, or for option and case a link to the Dashboard
name        an assumption       live (computed), base, one cell for each option (blank: base), ...
own cost    1, 2, 3, ...        one cost line of the user's own; a slot without label is empty
own formula 1, 2, 3, ...       a formula of the user's own for a line of an option; only where there is one
=========== ================== ==============================================================

Dates are cells with a date format: the setting ``start``, and assumptions whose unit is ``date``.
"""

from __future__ import annotations

from collections.abc import Iterable

INPUTS_SHEET = "Assumptions"
"""The sheet that FT_Inputs stands on."""

INPUTS = "FT_Inputs"
"""The name of the rectangle, and of what every FT_ function takes as its inputs."""

OPTION, CASE = "FT_Option", "FT_Case"
"""The names of the two selectors, typed on the Dashboard: an option's id, and a case."""

REFERENCE, CANDIDATE, INCUMBENT = "FT_Reference", "FT_Candidate", "FT_Incumbent"
"""The names of three settings' values, typed on Assumptions: options' ids."""

SETTING, ASSUMPTION, OWN_COST = "setting", "name", "own cost"
"""The marks: the first header of each block."""

MARKS = (SETTING, ASSUMPTION, OWN_COST)
"""The marks in the order of the blocks."""

OWN_FORMULA = "own formula"
"""The mark of a further block, below the others, of a plan with formulas of the user's own."""

OWN_FORMULA_HEADERS = (OWN_FORMULA, "label", "option", "line", "formula", "category", "nature")
"""Its headers; ``label`` is the line's, ``category`` and ``nature`` are those of a line that was added, else blank."""

SETTING_HEADERS = (SETTING, "label", "", "value")
"""The headers of the settings; the third column is left to what the other blocks put there."""

SETTINGS = {
    "template": "Template; right of it the control total of the sheets",
    "version": "Its version and checksum; right of it the fingerprint of the inputs",
    "project": "Project",
    "currency": "Currency",
    "start": "Start: month 1 is the month of this date",
    "option": "Option shown (chosen on the Dashboard)",
    "case": "Case shown (chosen on the Dashboard)",
    "reference": "Baseline: what returns are measured against",
    "candidate": "Proposed option: what the verdict is about",
    "incumbent": "Incumbent: the option in service on the decision date, until another goes live",
}
"""The settings' keys, in order, with the labels that people read."""

OPTION_SETTINGS = ("option", "reference", "candidate", "incumbent")
"""The settings that name an option."""

WANTED_OPTIONS = "FT_OptionsWanted"
"""The name of the table on Start that says which options the plan is to have: answers, and ids right of them."""

WANTED, UNWANTED = "yes", "no"
"""Its answers; `ftroi regenerate` follows them."""

LATER_SETTINGS = {"incumbent": "do_nothing"}
"""Settings that workbooks of earlier versions do not have, with what they mean where they are missing."""

RATE_SETTINGS = {
    "exchange_rate": "Exchange rate, for another currency: what one unit of that of the prices costs",
    "exchange_rate_date": "Date of the exchange rate",
}
"""Further settings, after the others, of a plan in another currency than its template (Settings.exchange_rate)."""

CONTROL_TOTAL, CONTROLLED_INPUTS = "template", "version"
"""The settings right of whose values stand the control total of the options' sheets, and the fingerprint of the inputs
and the case that it is of; the functions read both."""

BEFORE_OPTIONS = (ASSUMPTION, "label", "live", "base")
FAVOURABLE = "favourable"
"""The header of the end of a range that is good news for the plan: low or high."""

AFTER_OPTIONS = ("low", "high", "distribution", "unit", FAVOURABLE)

OWN_COST_HEADERS = (
    OWN_COST,
    "label",
    "option",
    "category",
    "nature",
    "first_month",
    "last_month",
    "amount",
    "growth",
    "how_often",
)
"""The headers of the own costs. Of a slot in use every cell is filled but ``growth`` (0) and ``how_often`` (monthly, as
in workbooks without it); of what is paid once the last month may be blank."""

LOG_HEADERS = ("Date", "What", "Was", "Is now", "By", "Why")
"""The headers of the sheet Log, by which its columns are found."""

ACTUALS_SHEET, MAPPING_SHEET = "Actuals", "Mapping"
"""The sheets of what was billed, and of the rules that give each charge its category."""

ACTUALS, BASELINE, MAPPING = "FT_Actuals", "FT_Baseline", "FT_Mapping"
"""The names of their tables, headers included: imported amounts, the approved plan by month, the rules."""

ACTUALS_STAMPS = {
    "option": "Option compared",
    "to_date": "Compared up to month",
    "basis": "Amounts as",
    "approved_on": "Plan frozen on",
    "approved_by": "Approved by",
    "digest": "Inputs then",
    "fingerprint": "Fingerprint of the inputs then",
    "value": "Value as frozen",
    "gain": "Net present value as frozen",
    "volume": "Variance of what is billed by token, at the import: volume",
    "usage": "Variance of what is billed by token, at the import: tokens of a request",
    "price": "Variance of what is billed by token, at the import: price",
    "currency": "Variance of what is billed by token, at the import: exchange rate",
    "phasing": "Variance of what is billed by token, at the import: an earlier or later start",
}
"""What the head of Actuals says, by the keys by which it is read back, in order."""

NOT_ASSIGNED = "not assigned"
"""What stands in place of the category of an amount that no rule fits."""

ACTUALS_STAMP = "FT_ActualsHead"
"""The name of that head: its keys, labels and values."""

BILLED_HEADERS = (
    "month", "category", "option", "kind", "amount", "quantity", "unit", "rule", "charge", "rows", "file", "first_line",
    "last_line", "format", "account", "checksum",
)  # fmt: skip
"""The headers of the imported amounts."""

MAPPED_PATTERNS = ("service", "description", "unit", "provider", "format", "kind", "account")
"""What the patterns of a rule may look at."""

MAPPING_HEADERS = ("rule", *MAPPED_PATTERNS, "category", "option", "note")
"""The headers of the rules."""

BILL_COLUMNS = "FT_BillColumns"
"""The name of the table, right of the rules, of what stands in which column of bills of a company's own."""

BILL_COLUMN_HEADERS = ("bill", "entry", "value")
"""Its headers: the mapping's name, what it says, such as date or amount, and what it holds."""

REMARK_HEADERS = ("source", "evidence", "checked", "owner", "review by", "note")
"""The headers of what people may write beside an assumption; they stand right of FT_Inputs, in the row above it."""

RANGE_AT, LOW_THERE, HIGH_THERE = "range at", "low there", "high there"
"""The headers of the base at which low and high were stated, and of both, from which their formulas travel."""

OWN_COST_SLOTS = 20
"""Rows for own costs in a new workbook; a plan with more of them gets more."""


def assumption_headers(options: Iterable[str]) -> tuple[str, ...]:
    """The headers of the assumptions for a plan's options, which are headers by their ids."""
    return (*BEFORE_OPTIONS, *options, *AFTER_OPTIONS)


ENDS = ("low", "high")
"""The ends of a range."""

DISTRIBUTIONS = ("pert", "triangular", "uniform", "lognormal", "fixed")
"""What an uncertain assumption may be drawn from."""

GATES_SHEET = "Gates"
"""The sheet that FT_GateTable stands on."""

GATES, AS_OF = "FT_GateTable", "FT_AsOf"
"""The names of the table of gates with its headers, and of the typed day on which evidence is judged."""

FORMER_NAMES = {GATES: "FT_Gates"}
"""Names as workbooks of earlier versions have them: in LibreOffice they took the place of functions spelt alike."""

GATE = "gate"
"""The first header of the table of gates; below it stand the gates' ids."""

TYPED_GATE_HEADERS = (
    "own threshold",
    "evidence figure",
    "set on",
    "set by",
    "evidence on",
    "evidence until",
    "waiver",
)
"""What people enter for a gate; all may stay empty."""

GATE_FIGURES, GATE_DAYS = ("own threshold", "evidence figure"), ("set on", "evidence on", "evidence until")
"""Those of them that are numbers, and those that are dates."""

GATE_HEADERS = (
    GATE,
    "label",
    "figure",
    "unit",
    "direction",
    "default threshold",
    "own threshold",
    "threshold",
    "part",
    "evidence",
    "evidence figure",
    "set on",
    "set by",
    "evidence on",
    "evidence until",
    "waiver",
    "status",
    "why",
)
"""The headers of FT_GateTable, in order."""

CHECKS_FAILED, CHECKS_PASSED = "FT_ChecksFailed", "FT_ChecksPassed"
"""The names of the counts of checks that fail and that pass."""

VERDICT, VERDICT_CODE = "FT_VerdictText", "FT_VerdictCode"
"""The names of the verdict's sentence and code, on the Dashboard."""

SCENARIOS_SHEET, SCENARIOS = "Scenarios", "FT_Scenarios"
"""The sheet of scenarios, and the name of the rows of one's own: a name, and changes apart by semicolons."""

RISK_SHEET = "Risk"
"""The sheet that FT_Risk stands on."""

RISK_FIGURES, RISK_STATE = "FT_Risk", "FT_RiskState"
"""The names of the table of simulated figures with its headers, and of the cell that tells whether it is fresh."""

STAMPS = {
    "draws": "Draws of every uncertain assumption",
    "seed": "Seed: the same one gives the same draws",
    "method": "Method of drawing",
    "version": "Version of ftroi",
    "template": "Version of the template",
    "made": "Simulated at",
    "digest": "Digest of the inputs",
    "budget": "Approved budget, in cash",
    "fingerprint": "Fingerprint of the inputs then",
}
"""What stamps the figures, by its name behind ``stamp.``, with the labels that people read."""

STAMP = "stamp."
"""What stands before a stamp's name in the key of its row."""

SEE_FUNCTION = "not unique"
"""What a native rate of return shows where no single root is proved, or none is found."""
