"""The formula language of the term sheet: a closed subset of Excel's.

`parse` turns a text into a tree of nodes; `check_formula` checks names, units and conditions; `to_excel` prints the
tree for a workbook; `evaluate` computes one formula for one set of numbers. `FUNCTIONS` is the table of all functions.
The engine prints the same trees as numpy and numba source, so that no formula is written twice.
"""

from ftroi.language.checker import Names, check_formula, is_whole
from ftroi.language.functions import AGGREGATE_FUNCTIONS, FUNCTIONS, PARTIES, ROW_FUNCTIONS
from ftroi.language.interpreter import ArithmeticFault, evaluate
from ftroi.language.names import did_you_mean, invalid_name_reason
from ftroi.language.nodes import (
    Binary,
    Call,
    Name,
    Negative,
    Node,
    Number,
    Reference,
    references,
    walk,
)
from ftroi.language.operators import COMPARISONS, OPERATORS, Operator, Refusal
from ftroi.language.parser import parse
from ftroi.language.printer import formula_text, to_excel
from ftroi.language.row_bodies import FloatArray
from ftroi.language.signature import Function, Reads
from ftroi.language.units import (
    DIMENSIONLESS,
    Unit,
    divide,
    multiply,
    parse_unit,
    power,
    unit_text,
)

__all__ = [
    "AGGREGATE_FUNCTIONS",
    "COMPARISONS",
    "DIMENSIONLESS",
    "FUNCTIONS",
    "OPERATORS",
    "PARTIES",
    "ROW_FUNCTIONS",
    "ArithmeticFault",
    "Binary",
    "Call",
    "FloatArray",
    "Function",
    "Name",
    "Names",
    "Negative",
    "Node",
    "Number",
    "Operator",
    "Reads",
    "Reference",
    "Refusal",
    "Unit",
    "check_formula",
    "did_you_mean",
    "divide",
    "evaluate",
    "formula_text",
    "invalid_name_reason",
    "is_whole",
    "multiply",
    "parse",
    "parse_unit",
    "power",
    "references",
    "to_excel",
    "unit_text",
    "walk",
]
