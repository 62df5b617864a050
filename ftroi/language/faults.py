"""The findings on one formula, collected with the formula's text and a caret under each position."""

from __future__ import annotations

from operator import itemgetter

from ftroi.errors import Finding

_INDENT = "    "


class Faults:
    """Collects findings on one formula, so that a reader sees all of them at once."""

    def __init__(self, where: str, text: str) -> None:
        """Collect findings on the formula ``text``; ``where`` is its place as messages show it, such as file:line."""
        self._where = where
        self._text = text
        self._found: list[tuple[int, Finding]] = []

    def add(self, at: int, what: str, cure: str = "") -> None:
        """Add a finding at an offset in the text; ``cure`` says what to do about it."""
        self._found.append((at, Finding(self._where, what, cure, excerpt(self._text, at))))

    def __bool__(self) -> bool:
        """Say whether anything was found."""
        return bool(self._found)

    @property
    def findings(self) -> list[Finding]:
        """All findings, from left to right."""
        return [finding for _, finding in sorted(self._found, key=itemgetter(0))]


def excerpt(text: str, at: int) -> str:
    """The line of the text that holds an offset, and a caret below it, both indented.

    An empty or blank text gives "".
    """
    if not text.strip():
        return ""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].split("\n", 1)[0].replace("\t", " ")
    return f"{_INDENT}{line}\n{_INDENT}{' ' * (at - start)}^"
