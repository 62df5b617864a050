"""The engine: evaluates a template's lines over months × options × scenarios.

`evaluate` takes a template and `Inputs`, and returns `Results` with rows, scalars and measures. There are two backends,
both generated from the template's formula trees: a straight numpy program (`numpy_backend`), and for many scenarios a
loop over the months compiled by numba (`numba_backend`). `diagnose` locates the formula behind an error.
"""

from ftroi.engine.evaluate import compile_months, evaluate, option_roles_read, program_of
from ftroi.engine.inputs import NOTHING, Inputs
from ftroi.engine.numpy_backend.program import compile_formula
from ftroi.engine.rates import all_rates
from ftroi.engine.results import Measured, Results
from ftroi.language import FloatArray

__all__ = [
    "NOTHING",
    "FloatArray",
    "Inputs",
    "Measured",
    "Results",
    "all_rates",
    "compile_formula",
    "compile_months",
    "evaluate",
    "option_roles_read",
    "program_of",
]
