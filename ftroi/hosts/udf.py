"""Python functions with the names, parameters and help of the registry's functions, as hosts expect them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter, Signature

from ftroi.functions.question import Answer
from ftroi.functions.registry import Function

Edge = Callable[..., Answer]
"""A function that a host calls, with positional arguments in the registry's order."""


def edge(function: Function, names: Sequence[str], answer: Edge, module: str) -> Edge:
    """`answer` with the name, help and signature of one of the registry's functions.

    `names` are the names of the parameters: one for each argument, then those that the host adds. There are no type
    hints, as xlwings would convert values by them.
    """
    answer.__name__ = answer.__qualname__ = function.name
    answer.__module__ = module
    answer.__doc__ = function.help
    answer.__annotations__ = {}
    answer.__signature__ = Signature(list(_parameters(function, names)))  # type: ignore[attr-defined]  # inspect's own
    return answer


def _parameters(function: Function, names: Sequence[str]) -> Iterator[Parameter]:
    for place, name in enumerate(names):
        default = Parameter.empty if place < function.least_arguments else None
        yield Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=default)
