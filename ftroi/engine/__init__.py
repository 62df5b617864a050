"""The engine: a template's lines over months × options × scenarios, in numpy.

`evaluate` computes; `Results` holds rows, scalars and measures with their texts.
"""

from ftroi.engine.evaluate import compiled_ahead, evaluate, parties_read, program_of
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
    "compiled_ahead",
    "evaluate",
    "parties_read",
    "program_of",
]
