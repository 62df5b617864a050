"""Cells made of cases: the first that holds is taken."""

from __future__ import annotations

from ftroi.errors import Finding
from ftroi.language import parse_unit
from ftroi.language.rules import TEXT, Column, RuleCells, Value
from ftroi.termsheet.rule_schema import CaseTable, CellTable
from ftroi.termsheet.rules import Cell, RuleReader, Scope, is_constant, is_exact, mentions, unit_of

SCOPE = Scope({"npv": parse_unit("money"), "flag": (), "word": TEXT}, {"better": parse_unit("money")}, {"flag"})


class Cells(RuleCells):
    """Cells by name."""

    def __init__(self, **known: Value) -> None:
        self._known = known

    def value(self, name: str, via: str) -> Value:
        return self._known[name + via]

    def column(self, name: str) -> Column:
        return [self._known[name]]


def cell(*cases: CaseTable) -> tuple[Cell, list[Finding]]:
    findings: list[Finding] = []
    return RuleReader(findings).cell("x", CellTable(label="X", cases=cases), SCOPE, "verdict.toml:1"), findings


def test_the_first_case_that_holds_is_taken() -> None:
    one, findings = cell(
        CaseTable(when="flag = 1", text="{npv:money} and {word}"), CaseTable(when="npv > 10", formula="npv"),
    )  # fmt: skip
    assert findings == []
    assert one.value(Cells(flag=1.0, npv=5.0, word="more"), "EUR") == "EUR 5 and more"
    assert one.value(Cells(flag=0.0, npv=11.0, word=""), "EUR") == 11
    assert one.value(Cells(flag=0.0, npv=9.0, word=""), "EUR") == ""
    assert unit_of(one, SCOPE) == parse_unit("money")


def test_a_case_that_hides_others_and_a_text_too_long_are_findings() -> None:
    _, findings = cell(CaseTable(text="x" * 256), CaseTable(text="y"))
    told = " ".join(str(one) for one in findings)
    assert "a case without a condition hides those after it" in told
    assert "a piece of text of 256 characters" in told


def test_wholeness_and_mentions() -> None:
    flag, _ = cell(CaseTable(when="npv > LARGEST(better)", formula="1"), CaseTable(formula="0"))
    assert is_exact(flag, SCOPE)
    amount, _ = cell(CaseTable(formula="LARGEST(better)"))
    assert not is_exact(amount, SCOPE)
    assert list(mentions(flag.trees())) == [("npv", ""), ("better", "LARGEST")]
    assert not any(is_constant(case.when) for case in flag.cases if case.when is not None)
