"""The base class of every TOML table's model, and its type for numbers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ftroi.dates import serial


def _as_number(value: object) -> object:
    """Convert a date to its serial number, and refuse true and false, which Python would take for 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("a number is wanted, not true or false")  # noqa: TRY004 - pydantic reports ValueError
    return serial(value) if isinstance(value, dt.date) else value


Figure = Annotated[float, BeforeValidator(_as_number), Field(allow_inf_nan=False)]
"""A number, or a date as its serial number."""


class Table(BaseModel):
    """One TOML table: immutable once loaded; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
