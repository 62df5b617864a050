"""A Python function for each function of the registry, with the name, parameters and help that a host reads off it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter, Signature

from ftroi.functions.question import Answer
from ftroi.functions.registry import Function

Edge = Callable[..., Answer]
"""What a host calls: arguments by position, in the registry's order."""


def edge(function: Function, names: Sequence[str], answer: Edge, module: str) -> Edge:
    """Dress `answer` as one of the registry's functions, and give it.

    `names` are the parameters' names: one for each argument, then those of what the host hands
    over beside them. There are no type hints: xlwings would convert by them.
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
