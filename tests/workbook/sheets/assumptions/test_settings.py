"""The settings as a person reads them: options by label with their ids in grey, and a rate that may be typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ftroi.plan import plan_from_preset
from ftroi.workbook.layout.assumptions import AssumptionsLayout
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.plans import fine_tuning

PLAN = plan_from_preset(fine_tuning(), "support_assistant", ["rag"])
LAYOUT: AssumptionsLayout = layout_of(PLAN).assumptions


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("settings") / "plan.xlsx"
    write_workbook(PLAN, path)
    return load_workbook(path, data_only=True)["Assumptions"]


def value(sheet: Any, key: str, right: int = 0) -> object:
    return sheet.cell(LAYOUT.settings[key] + 1, LAYOUT.setting_column + 1 + right).value


@pytest.mark.parametrize("key", ["option", "reference", "candidate", "incumbent"])
def test_an_option_is_shown_by_its_label_and_its_id_stands_beside(key: str, sheet: Any) -> None:
    option = getattr(PLAN.settings, key)
    assert value(sheet, key) == fine_tuning().options[option].short
    assert value(sheet, key, right=1) == option


def test_the_rate_is_blank_in_the_currency_of_the_prices_and_counts_as_one(sheet: Any) -> None:
    assert value(sheet, "currency") == "USD"
    assert (value(sheet, "exchange_rate"), value(sheet, "exchange_rate_date")) == (None, None)
    assert value(sheet, "exchange_rate", right=1) == 1
