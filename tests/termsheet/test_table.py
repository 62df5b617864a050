"""Numbers as TOML tables may write them."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from ftroi.termsheet.table import Figure, Table


class One(Table):
    """A table of one number."""

    value: Figure


def test_a_date_is_its_serial_number() -> None:
    assert One(value=date(2027, 1, 1)).value == 46_388


@pytest.mark.parametrize("value", [True, "x", float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        One.model_validate({"value": value})


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        One.model_validate({"value": 1, "valu": 2})
