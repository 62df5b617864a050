"""The base of every TOML table's model, and numbers as tables may write them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ftroi.dates import serial


def _as_number(value: object) -> object:
    """Let a date stand where a number is wanted; refuse true and false."""
    if isinstance(value, bool):
        raise ValueError("a number is wanted, not true or false")  # noqa: TRY004 - pydantic reports ValueError
    return serial(value) if isinstance(value, dt.date) else value


Figure = Annotated[float, BeforeValidator(_as_number), Field(allow_inf_nan=False)]
"""A number, or a date as its serial number."""


class Table(BaseModel):
    """One TOML table: read-only once loaded, and nothing in it that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)
