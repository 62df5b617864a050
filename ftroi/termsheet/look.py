"""The appearance (look) of a template's workbooks and board papers: theme and logo, with findings on invalid parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ftroi.errors import Finding
from ftroi.termsheet.schema import ThemeTable


@dataclass(frozen=True, slots=True)
class Look:
    """A theme and a logo; ``logo`` holds the bytes of a PNG, b"" for none.

    ``is_chosen`` says that the user requested this look, so that the workbook stores it; otherwise it comes from the
    template's folder each time.
    """

    theme: ThemeTable = ThemeTable()  # noqa: RUF009 - a table is frozen
    logo: bytes = b""
    findings: tuple[Finding, ...] = ()
    is_chosen: bool = False


STANDARD = Look()
"""The look of a template without one of its own."""


def theme_of(values: Mapping[str, str]) -> tuple[ThemeTable, tuple[str, ...]]:
    """A theme from values by path, such as "colours.visible.0", and the paths of invalid values.

    Values that are missing or invalid are those of the standard theme.
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
