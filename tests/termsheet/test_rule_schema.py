"""What rules' tables refuse before anything is read in them."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import ValidationError

from ftroi.termsheet.rule_schema import CaseTable, CellTable, Code, GateTable
from tests.support.plans import fine_tuning


def test_a_case_has_a_text_or_a_formula() -> None:
    for both in ({}, {"text": "x", "formula": "1"}):
        with pytest.raises(ValidationError, match="either a text or a formula"):
            CaseTable.model_validate(both)


def test_a_cell_has_one_kind_of_content() -> None:
    for content in ({}, {"text": "x", "formula": "1"}, {"text": "x", "cases": [{"text": "y"}]}):
        with pytest.raises(ValidationError, match="either a text, a formula or cases"):
            CellTable.model_validate({"label": "X", **content})


def test_the_codes_are_those_of_the_contract() -> None:
    assert [clause.code for clause in fine_tuning().how_to_decide.clauses] == list(get_args(Code))


def test_a_gate_is_shown_by_its_format_or_its_unit() -> None:
    gates = fine_tuning().gates
    assert gates["approved_budget"].shown == "money"
    assert gates["discounted_payback"].shown == "months"
    assert gates["owner_funding"].shown == "whole_percent"
    assert gates["compliance_signed"].is_brought
    assert not gates["npv_over_nothing"].is_brought
    assert isinstance(gates["compliance_signed"], GateTable)
