"""The parts of printed kernels that are the same for all term sheets."""

from __future__ import annotations

HEAD = '''"""Printed from a term sheet; made anew when it is missing."""

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

SIGNATURE = "b1(i8[:, ::1], b1[::1], i8, f8[:, :, ::1], i8, i8[::1], f8[:, :, ::1], f8[:, :, :, ::1])"
OPTIONS = {"nogil": True, "error_model": "numpy", "cache": CACHED}


@intrinsic
def numbers_at(typing, address):
    def code(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.float64)(address), code


@njit(**OPTIONS)
def choose(condition, yes, no):
    return yes if condition else no


@njit(**OPTIONS)
def opposite(condition):
    return condition == False


@njit(**OPTIONS)
def signed(size, number):
    return choose(number < 0.0, -size, size)


@njit(**OPTIONS)
def nudged(scaled):
    slack = choose(scaled * 2.0**-50 < 2.0**-11, scaled * 2.0**-50, 2.0**-11)
    return np.floor(scaled + slack + 0.5)


@njit(**OPTIONS)
def meant(scaled, outcome):
    nearest = np.rint(scaled)
    return choose(abs(scaled - nearest) <= scaled * 2.0**-50, nearest, outcome)


@njit(**OPTIONS)
def rounded(number, up, down):
    scaled = abs(number) * up / down
    return choose(scaled < 2.0**52, signed(nudged(scaled) * down / up, number), number)


@njit(**OPTIONS)
def rounded_up(number, up, down):
    scaled = abs(number) * up / down
    return signed(meant(scaled, np.ceil(scaled)) * down / up, number)


@njit(**OPTIONS)
def rounded_down(number, up, down):
    scaled = abs(number) * up / down
    return signed(meant(scaled, np.floor(scaled)) * down / up, number)


@njit(**OPTIONS)
def rounded_to_units(number):
    return choose(abs(number) < 2.0**52, signed(nudged(abs(number)), number), number)


@njit(**OPTIONS)
def rounded_up_to_units(number):
    return signed(meant(abs(number), np.ceil(abs(number))), number)


@njit(**OPTIONS)
def rounded_down_to_units(number):
    return signed(meant(abs(number), np.floor(abs(number))), number)
'''
"""What every kernel begins with."""

MONTHS = """@njit(**OPTIONS)
def fill(w, addresses, varies):
    for k in range(COLUMNS):
        if not varies[k]:
            for o in range(addresses.shape[1]):
                number = numbers_at(addresses[k, o])[0]
                for i in range({lanes}):
                    w[o, k * {lanes} + i] = number


@njit(**OPTIONS)
def load(w, addresses, varies, start, count):
    for k in range(COLUMNS):
        if varies[k]:
            for o in range(addresses.shape[1]):
                numbers = numbers_at(addresses[k, o])
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
"""What every kernel ends with: the loop over bundles of scenarios, and in it the one over the months."""
