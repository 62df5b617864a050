"""How many random plans a test tries: a few in the ordinary run, all of them with ``pytest --thorough``."""

from __future__ import annotations

_EXAMPLES = {False: 25, True: 100}
"""How many examples hypothesis draws for a property, by whether the run is thorough."""

_thorough = False


def go_deep(*, thorough: bool) -> None:
    """Set for the whole run whether it is thorough, before any test is collected."""
    global _thorough  # noqa: PLW0603 - pytest asks for the tests' parameters when it imports their modules
    _thorough = thorough


def seeds(few: int, many: int, first: int = 0) -> range:
    """The seeds from ``first`` on that this run tries."""
    return range(first, first + at_depth(few, many))


def at_depth(few: int, many: int) -> int:
    """One of two numbers: that of the ordinary run, or that of the thorough one."""
    return many if _thorough else few


def examples() -> int:
    """How many examples hypothesis draws where a test does not say."""
    return _EXAMPLES[_thorough]
