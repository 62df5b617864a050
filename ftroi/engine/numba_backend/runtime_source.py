"""The parts of the kernel source that are the same for all term sheets.

Scenarios are read through memory addresses (``number_pointer``) instead of arrays, so that columns of different
shapes need not be copied into one. Names in capitals are placeholders that `month_kernel` replaces by slot numbers.
"""

from __future__ import annotations

import inspect
import re

from ftroi.language import scalar_bodies

_IMPORTS = """import numpy as np
from numba import njit, types
from numba.extending import intrinsic

SIGNATURE = "b1(i8[:, ::1], b1[::1], i8, f8[:, :, ::1], i8, i8[::1], f8[:, :, ::1], f8[:, :, :, ::1])"
OPTIONS = {"nogil": True, "error_model": "numpy", "cache": CACHED}
"""

_ADDRESSES = """

@intrinsic
def number_pointer(typing, address):
    def code(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.float64)(address), code
"""


def head() -> str:
    """The beginning of every kernel: the language's scalar bodies, each decorated for numba."""
    bodies = re.sub(r"^def ", "@njit(**OPTIONS)\ndef ", inspect.getsource(scalar_bodies), flags=re.MULTILINE)
    return bodies.replace("import numpy as np\n", _IMPORTS, 1) + _ADDRESSES


MONTHS = """@njit(**OPTIONS)
def fill(w, addresses, varies):
    for k in range(COLUMNS):
        if not varies[k]:
            for o in range(addresses.shape[1]):
                number = number_pointer(addresses[k, o])[0]
                for i in range({lanes}):
                    w[o, k * {lanes} + i] = number


@njit(**OPTIONS)
def load(w, addresses, varies, start, count):
    for k in range(COLUMNS):
        if varies[k]:
            for o in range(addresses.shape[1]):
                numbers = number_pointer(addresses[k, o])
                if start + {lanes} <= count:
                    for i in range({lanes}):
                        w[o, k * {lanes} + i] = numbers[start + i]
                else:
                    for i in range({lanes}):
                        w[o, k * {lanes} + i] = numbers[min(start + i, count - 1)]


@njit(SIGNATURE, **OPTIONS)
def months(addresses, varies, count, own, months, parties, sums, rows):
    options = addresses.shape[1]
    w = np.zeros((options, ALL_SLOTS * {lanes}))
    across = np.empty({across} * {lanes})
    fill(w, addresses, varies)
    answered = True
    for start in range(0, count, {lanes}):
        w[:, STEADY * {lanes} :] = 0.0
        load(w, addresses, varies, start, count)
        for o in range(options):
            before(w[o])
        for m in range(months):
{phases}{rows}
        for o in range(options):
            for i in range({lanes}):
{sums}
{finite}
                answered = answered and {bad} == 0.0
    return answered"""
"""The end of every kernel: the loop over bundles of scenarios, and in it the loop over the months."""
