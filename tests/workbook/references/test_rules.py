"""One text for every rule: a word or threshold changed in TOML changes cell, JSON, paper and function alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ftroi.analysis import give_verdict, judge_plan
from ftroi.analysis.report import verdict_report
from ftroi.functions.arguments import Rows
from ftroi.functions.call import call
from ftroi.language import parse
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.report.content import paper_of
from ftroi.report.paper import Banner, Table
from ftroi.termsheet.catalogue import register
from ftroi.termsheet.rules import Case, RuleText
from ftroi.workbook.references.rules import RulePrinter, joined
from ftroi.workbook.schema import AS_OF, GATES, INPUTS, VERDICT
from ftroi.workbook.write import write_workbook
from tests.support.own_template import changed_template

OPTIONS = ["api_fine_tune", "lora_hosted"]


@dataclass(frozen=True)
class Told:
    """What is said of a plan: by the cell, its formulas, JSON, the paper and the functions."""

    cell: str
    formulas: str
    json: dict[str, Any]
    banner: Banner
    gates: tuple[tuple[str, ...], ...]
    function: str
    table: Any


class Book:
    """A workbook's named ranges, as a spreadsheet hands them over."""

    days_offset = 0

    def __init__(self, ranges: Mapping[str, Rows]) -> None:
        self._ranges = ranges

    def range_named(self, name: str) -> Rows | None:
        return self._ranges.get(name)


def _range(book: Any, name: str) -> Rows:
    ((sheet, area),) = book.defined_names[name].destinations
    cells = book[sheet][area]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return tuple(tuple(cell.value for cell in row) for row in rows)


def told(plan: Plan, path: Path) -> Told:
    """Write a plan's workbook, and ask everything that tells of its gates and verdict."""
    write_workbook(plan, path)
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    ((cell,),) = _range(values, VERDICT)
    printed = "\n".join(str(one.value) for name in ("Gates", "Checks") for row in formulas[name] for one in row)
    results = calculate(plan)
    verdict = give_verdict(plan, results, judge_plan(plan, results))
    blocks = paper_of(plan, results).blocks
    tables = [one for one in blocks if isinstance(one, Table)]
    book = Book({name: _range(values, name) for name in (INPUTS, GATES, AS_OF)})
    return Told(
        str(cell), printed, verdict_report(verdict), next(one for one in blocks if isinstance(one, Banner)),
        tuple(row for table in tables for row in table.rows), str(call("FT_VERDICT", [], book)),
        call("FT_GATES", [], book),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))


def plan_of(folder: Path, *changes: tuple[str, str, str]) -> Plan:
    return plan_from_preset(register(changed_template(folder, *changes)), "support_assistant", OPTIONS)


def test_a_changed_sentence_of_the_verdict_is_said_everywhere(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path / "another_sentence",
        (
            "verdict.toml",
            'sentence = "Use {best_phrase}: {best_gain',
            'sentence = "Rather {best_phrase}, by {best_gain',
        ),
        ("verdict.toml", 'word     = "Choose another"', 'word     = "Take another"'),
    )
    found = told(plan, tmp_path / "plan.xlsx")
    assert found.json["code"] == "choose_other"
    assert found.cell == found.json["sentence"] == found.banner.sentence
    assert found.cell.startswith("Rather ")
    assert found.function.startswith(found.cell)
    assert found.banner.word == "TAKE ANOTHER"
    assert '"Rather "&' in found.formulas
    assert '"Use "&' not in found.formulas


def test_a_changed_threshold_of_a_clause_holds_everywhere(tmp_path: Path) -> None:
    """An option counts as better where it is, by however little or much: none is, once it has to be by 1,000 times."""
    plan = plan_of(
        tmp_path / "another_threshold",
        ("verdict.toml", "gain - materiality > zero_tolerance", "gain - 1000 * materiality > zero_tolerance"),
        (
            "verdict.toml",
            "ABS(gain) - materiality <= zero_tolerance",
            "ABS(gain) + materiality <= zero_tolerance",
        ),
    )
    found = told(plan, tmp_path / "plan.xlsx")
    assert found.json["code"] not in ("choose_other", "tie")
    assert found.cell == found.json["sentence"] == found.banner.sentence
    assert found.function.startswith(found.cell)
    assert "-1000*" in found.formulas


def test_a_changed_word_and_threshold_of_a_gate_are_told_everywhere(tmp_path: Path) -> None:
    standard = plan_of(tmp_path / "standard_words")
    words = (
        ("gates.toml", 'not_decidable = "evidence pending"', 'not_decidable = "still open"'),
        ("gates.toml", 'threshold = "payback_limit"', "threshold = 1"),
    )
    assert _status(told(standard, tmp_path / "standard.xlsx"), "approved_budget") == "evidence pending"
    plan = plan_of(tmp_path / "other_words", *words)
    found = told(plan, tmp_path / "plan.xlsx")
    assert _status(found, "approved_budget") == "still open"
    assert any("still open" in row for row in found.gates)
    assert not any("evidence pending" in row for row in found.gates)
    assert '"still open"' in found.formulas
    payback = next(row for row in found.table if row[0] == "discounted_payback")
    assert payback[4] == 1


def _status(found: Told, gate: str) -> Any:
    return next(row[2] for row in found.table if row[0] == gate)


def test_a_changed_reason_of_a_check_is_said_everywhere(tmp_path: Path) -> None:
    plan = plan_of(tmp_path / "another_reason", ("checks.toml", "closed on {last_start", "left {last_start"))
    late = plan.with_settings(candidate="api_fine_tune", start=date(2028, 7, 1))
    found = told(late, tmp_path / "plan.xlsx")
    assert found.json["code"] == "no_verdict"
    assert " left 6 Jan 2027; the plan starts 1 Jul 2028" in found.cell
    assert found.cell == found.json["sentence"] == found.banner.sentence
    assert found.function.startswith(found.cell)
    assert '" left "&' in found.formulas


def test_cases_are_printed_within_each_other_and_the_last_may_have_a_condition() -> None:
    printer = RulePrinter(lambda name, _via: name.upper(), str.upper, "CUR")
    when = parse("x > y")
    both = (Case(when, parse("x + y")), Case(None, RuleText(("none",))))
    assert printer.cases(both) == 'IF(X>Y,X+Y,"none")'
    assert printer.cases((Case(when, RuleText(())),)) == 'IF(X>Y,"","")'


def test_texts_that_may_be_empty_are_joined_with_nothing_between_too_much() -> None:
    assert joined([], "; ") == '""'
    assert joined(["A1", "B1"], "; ") == 'A1&IF(AND(A1<>"",B1<>""),"; ","")&B1'
