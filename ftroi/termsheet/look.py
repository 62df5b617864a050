"""What a template's workbooks and papers look like: a theme, a logo, and what of a look could not be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ftroi.errors import Finding
from ftroi.termsheet.schema import ThemeTable


@dataclass(frozen=True, slots=True)
class Look:
    """A look; ``logo`` is a PNG, b"" for none.

    ``is_chosen`` says that it was asked for rather than found in the template's folder: a workbook then keeps it.
    """

    theme: ThemeTable = ThemeTable()  # noqa: RUF009 - a table is frozen
    logo: bytes = b""
    findings: tuple[Finding, ...] = ()
    is_chosen: bool = False


STANDARD = Look()
"""The look of a template that brings none of its own."""


def theme_of(values: Mapping[str, str]) -> tuple[ThemeTable, tuple[str, ...]]:
    """Make a theme from values by their paths, such as "colours.visible.0"; what is left out is as the standard has it.

    Gives it with the paths whose values are none, which are then the standard's as well.
    """
    try:
        return ThemeTable.model_validate(_nested(values)), ()
    except ValidationError as error:
        refused = tuple(".".join(str(key) for key in one["loc"]) for one in error.errors())
    kept = {place: value for place, value in values.items() if place not in refused}
    return ThemeTable.model_validate(_nested(kept)), refused


def _nested(values: Mapping[str, str]) -> dict[str, Any]:
    theme = ThemeTable().model_dump()
    for place, value in values.items():
        at: Any = theme
        *keys, last = place.split(".")
        for key in keys:
            if isinstance(at[key], tuple):
                at[key] = list(at[key])
            at = at[key]
        at[int(last) if last.isdigit() else last] = value
    return theme
